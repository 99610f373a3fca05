// SPDX-License-Identifier: Apache-2.0

// Values, facts and reasons in words, for whoever reads advice and explanations.

#ifndef DEM_ADVISE_WORDING_H
#define DEM_ADVISE_WORDING_H

#include "advise/names.h"
#include "base/buffer.h"
#include "model/saying.h"

/// Texts are put together in `text` and kept in `arena`. All but `text` is borrowed.
typedef struct dem_wording {
  const dem_program *program;
  const dem_model *model;
  const dem_names *names;
  const dem_symbols *symbols; ///< The session's.
  dem_facts *facts;           ///< The session's.
  dem_arena *arena;
  dem_buffer text;
  dem_word *values; ///< Of a rule's variables: room for those of any rule; in the arena.
} dem_wording;

/// Call dem_wording_reset before anything is put together.
void dem_wording_init(dem_wording *words, dem_allocator allocator, const dem_program *program,
                      const dem_names *names, const dem_symbols *symbols, dem_facts *facts,
                      dem_arena *arena);
void dem_wording_clear(dem_wording *words);

/// Begin anew, when the arena is empty.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
dem_status dem_wording_reset(dem_wording *words);

/// The variables of the rule that has most; at least 1.
size_t dem_wording_most_variables(const dem_model *model);

/// The slice's bytes, "" for none. Only of texts that end in a zero byte: symbols and a model's.
const char *dem_wording_of(dem_slice slice);

/// What was put together, as a text of its own; `text` is empty again. NULL without memory.
const char *dem_wording_keep(dem_wording *words);

/// Append a value as people know it: a reference by its label, anything else as it is written;
/// nothing for a missing value.
void dem_wording_add_label(dem_wording *words, const dem_type *type, dem_word word);

/// The same as a text. NULL without memory.
const char *dem_wording_label(dem_wording *words, const dem_type *type, dem_word word);

/// A value as a profile or a facts file would hold it. NULL without memory.
const char *dem_wording_key(dem_wording *words, const dem_type *type, dem_word word);

/// A day as YYYY-MM-DD. NULL without memory.
const char *dem_wording_day(dem_wording *words, int64_t day);

/// A rule's title in the language; may be empty.
dem_slice dem_wording_title(const dem_wording *words, const dem_rule *rule);

/// A value of a keyed row: a text in the language, anything else as a facts file would hold it.
/// NULL without memory.
const char *dem_wording_cell(dem_wording *words, uint32_t relation, uint32_t field,
                             const dem_word *row);

/// A source's title in the language.
dem_slice dem_wording_source(const dem_wording *words, uint32_t source);

/// What a question's field is called, and what it asks, in the language.
const char *dem_wording_field(const dem_wording *words, uint32_t question);
const char *dem_wording_ask(const dem_wording *words, uint32_t question);

/// Append one of the engine's own words.
void dem_wording_say(dem_wording *words, dem_said said);

/// Whether labels have forms in the language.
bool dem_wording_has_forms(const dem_wording *words);

/// Append whom advice is for, as the engine's own words name them: in the first of the forms.
void dem_wording_add_subject(dem_wording *words, const dem_type *type, dem_word word);

/// Append a rule's `because` with the names filled in from these values of its variables, else its
/// title.
void dem_wording_add_because(dem_wording *words, const dem_rule *rule, const dem_word *values);

/// Append why a rule derived a fact: its `because` with the names filled in, else its title.
dem_status dem_wording_add_reason(dem_wording *words, const dem_rule *rule, dem_fact fact);

#endif
