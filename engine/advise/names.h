// SPDX-License-Identifier: Apache-2.0

// How people name the rows of keyed relations: by key, label and other names.

#ifndef DEM_ADVISE_NAMES_H
#define DEM_ADVISE_NAMES_H

#include "infer/program.h"
#include "store/table.h"

typedef struct dem_names dem_names;

/// What a name without case and accents stands for.
typedef struct dem_name {
  dem_word key;       ///< DEM_ABSENT when it means several rows.
  dem_slice spelling; ///< As the pack writes it, the first time.
} dem_name;

/// Names of one relation's rows.
typedef struct dem_relation_names {
  dem_table keys;      ///< One word a row: the key. Row n is the pack's n-th fact.
  dem_symbols *folded; ///< Names without case and accents; NULL where no question needs them.
  dem_vector meanings; ///< dem_name by folded name.
} dem_relation_names;

/// The names of all keyed relations of a pack, in one language. Immutable once built.
struct dem_names {
  dem_allocator allocator;
  const dem_model *model;
  const dem_language *language; ///< NULL: English.
  const dem_names *english;     ///< Of another language: what it falls back on; borrowed.
  const dem_facts *facts;       ///< The pack's facts, without a session's; English's own.
  uint32_t count;
  dem_relation_names *relations; ///< Of another language: its own names alone, and no keys.
};

typedef enum dem_name_verdict {
  DEM_NAME_FOUND,
  DEM_NAME_UNKNOWN,
  DEM_NAME_AMBIGUOUS,
  DEM_NAME_NO_MEMORY,
} dem_name_verdict;

/// Build the index. Cost: linear in the rows of keyed relations.
dem_status dem_names_init(dem_names *names, dem_allocator allocator, const dem_program *program);

/// The same for another language than English: what English knows is known to it, too.
/// @param english   Borrowed; must outlive it.
/// @param language  Not NULL. Cost: linear in its labels.
dem_status dem_names_init_for(dem_names *names, dem_allocator allocator, const dem_names *english,
                              const dem_language *language);
void dem_names_clear(dem_names *names);

/// The key that a text names: the key itself, else a label, an `also` field or an alias, without
/// regard to case and accents. Thread-safe.
dem_name_verdict dem_names_find(const dem_names *names, const dem_symbols *symbols,
                                uint32_t relation, dem_slice text, dem_word *key_out);

/// What the language makes of a row's label; NULL where English stands in.
const dem_text *dem_names_translation(const dem_names *names, uint32_t relation, dem_word key);

/// The word of the English label.
/// @param storage_out  Receives how it is stored.
dem_word dem_names_label_word(const dem_names *names, uint32_t relation, dem_word key,
                              dem_storage *storage_out);

/// The label of a row by its key, in the language; the key's own text where there is none.
/// @param storage  Of the key.
void dem_names_label(const dem_names *names, const dem_symbols *symbols, uint32_t relation,
                     dem_word key, dem_buffer *out);

/// The pack's fact with that key, or DEM_FACT_NONE.
dem_fact dem_names_row(const dem_names *names, uint32_t relation, dem_word key);

/// The keys of the rows that a text could name, ", " between them.
void dem_names_list(const dem_names *names, const dem_symbols *symbols, uint32_t relation,
                    dem_slice text, dem_buffer *out);

/// Rows with a name in which the text begins a word, as people read them: "'KP' (North Korea) or
/// 'KR' (South Korea)". None where the text is short or there are more than a few.
void dem_names_like(const dem_names *names, const dem_symbols *symbols, uint32_t relation,
                    dem_slice text, dem_buffer *out);

/// The name nearest to a text that names nothing, as the pack writes it; empty if none is near. In
/// the pack's memory.
dem_slice dem_names_nearest(const dem_names *names, uint32_t relation, dem_slice text);

#endif
