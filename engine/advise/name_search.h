// SPDX-License-Identifier: Apache-2.0

// A search of things by what people call them.
//
//   dem_name_search_add(&search, 0, "Viet Nam") … → dem_name_search_find(&search, "vietnam")
//
// Every name is kept folded: lower case, no accents, a blank for whatever is no letter and no
// digit. A search folds what was typed and runs over all names; that is fast enough for ten
// thousand of them on every key.

#ifndef DEM_ADVISE_NAME_SEARCH_H
#define DEM_ADVISE_NAME_SEARCH_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/vector.h"
#include "demarche/choices.h"

typedef struct dem_name_search {
  dem_arena *arena;   ///< Holds the folded names; borrowed.
  dem_vector names;   ///< Of things, in the order in which they came.
  dem_vector matches; ///< dem_match: what the last search found.
  dem_vector found;   ///< dem_match, one a thing: the best of its names so far.
  dem_buffer typed;   ///< What is searched for, folded.
  dem_buffer scratch;
} dem_name_search;

void dem_name_search_init(dem_name_search *search, dem_allocator allocator, dem_arena *arena);
void dem_name_search_clear(dem_name_search *search);

/// The text as it is searched for, until the next call. `*folded_out` is empty for a text that is
/// not UTF-8.
/// @return False without memory.
bool dem_name_search_fold(dem_name_search *search, dem_slice text, dem_slice *folded_out);

/// Add a name of a thing.
/// @param written  Must live as long as the search.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
dem_status dem_name_search_add(dem_name_search *search, size_t thing, const char *written);

/// Find what people may mean by a text, as dem_choices_search does; a match's `choice` is the
/// thing. An empty text finds nothing.
///
/// @param thing_count  Things are numbered below it.
/// @param wanted       By thing: whether it is looked for; NULL: all are.
/// @param matches_out  In the search's memory until the next one.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
dem_status dem_name_search_find(dem_name_search *search, size_t thing_count, const bool *wanted,
                                const char *text, dem_matches *matches_out);

#endif
