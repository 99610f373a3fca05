// SPDX-License-Identifier: Apache-2.0

// What a pack holds, as people look it up: its things with their names, and tables being put
// together in an arena.

#ifndef DEM_ADVISE_CATALOGUE_H
#define DEM_ADVISE_CATALOGUE_H

#include "advise/name_search.h"
#include "advise/names.h"
#include "advise/wording.h"
#include "demarche/browse.h"

typedef enum dem_thing_kind {
  DEM_THING_RELATION,
  DEM_THING_RULE,
  DEM_THING_SOURCE,
  DEM_THING_QUESTION,
  DEM_THING_ROW, ///< Of a relation that has a key.
} dem_thing_kind;

/// One thing, or a kind of things.
typedef struct dem_thing {
  dem_thing_kind kind;
  uint32_t relation; ///< Of a row; else DEM_NONE.
  uint32_t index;    ///< In the model's array; of a row: in the pack's facts.
  dem_pack_item entry;
} dem_thing;

typedef struct dem_catalogue {
  dem_allocator allocator;
  const dem_program *program;
  const dem_model *model;
  const dem_names *names;
  const dem_symbols *symbols;
  int64_t date;
  dem_arena arena;
  dem_wording words;
  dem_name_search search;
  dem_vector things;  ///< dem_thing: relations, rules, sources, questions, rows.
  dem_vector columns; ///< dem_column of the table at hand.
  dem_vector cells;   ///< const char * of it.
  const char *title;  ///< Of it.
} dem_catalogue;

/// Find everything. Cost: linear in what there is.
/// @return DEM_OK; DEM_ERR_NO_MEMORY. In both cases it may be cleared.
dem_status dem_catalogue_init(dem_catalogue *catalogue, dem_allocator allocator,
                              const dem_program *program, const dem_names *names);
void dem_catalogue_clear(dem_catalogue *catalogue);

/// The kind that a word names, in the singular or the plural: its `kind`, and `relation` for facts
/// (also of relations without a key). False if there is none.
bool dem_catalogue_find_kind(const dem_catalogue *catalogue, const char *word, dem_thing *kind_out);

/// The thing of a kind with that id; NULL if there is none.
const dem_thing *dem_catalogue_find(const dem_catalogue *catalogue, const dem_thing *kind,
                                    const char *id);

/// What dem_browser_list and dem_browser_search do.
dem_status dem_catalogue_list(dem_catalogue *catalogue, const dem_thing *kind,
                              const dem_listing **listing_out);
dem_status dem_catalogue_search(dem_catalogue *catalogue, const dem_thing *kind, const char *text,
                                dem_found *found_out, const dem_listing **listing_out,
                                dem_pack_item *entry_out);

// Tables ----------------------------------------------------------------------------------

/// Begin a table. Its title, columns and cells must live as long as the catalogue. Where memory
/// runs short, dem_catalogue_end says so.
void dem_catalogue_begin(dem_catalogue *catalogue, const char *title);
void dem_catalogue_column(dem_catalogue *catalogue, const char *name, bool is_number);
void dem_catalogue_cell(dem_catalogue *catalogue, const char *text); ///< NULL: memory ran short.
dem_status dem_catalogue_end(dem_catalogue *catalogue, dem_listing *listing_out);

/// Cells of common kinds, as texts of the arena. NULL without memory.
const char *dem_catalogue_place(dem_catalogue *catalogue, dem_place place);
const char *dem_catalogue_count(dem_catalogue *catalogue, uint64_t count);
const char *dem_catalogue_citations(dem_catalogue *catalogue, const dem_citation *citations,
                                    uint32_t count);

/// A symbol's text.
const char *dem_catalogue_text(const dem_catalogue *catalogue, dem_symbol symbol);

/// Whether JSON writes a field's values without quotes.
bool dem_catalogue_is_number(const dem_type *type);

#endif
