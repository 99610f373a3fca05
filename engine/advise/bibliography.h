// SPDX-License-Identifier: Apache-2.0

// The sources that advice or an explanation cites: each once, sorted by id, described.

#ifndef DEM_ADVISE_BIBLIOGRAPHY_H
#define DEM_ADVISE_BIBLIOGRAPHY_H

#include "advise/citation.h"
#include "advise/wording.h"
#include "demarche/advice.h"

typedef struct dem_bibliography {
  dem_vector cited; ///< dem_cited, in the order in which they were found.
} dem_bibliography;

void dem_bibliography_init(dem_bibliography *bibliography, dem_allocator allocator);
void dem_bibliography_clear(dem_bibliography *bibliography);

/// Take citations in; `numbers_out` becomes a provisional number for each, in the arena, until
/// dem_bibliography_settle says the final ones.
dem_status dem_bibliography_add(dem_bibliography *bibliography, const dem_vector *cited,
                                dem_arena *arena, size_t **numbers_out);

/// Sort and describe the sources.
///
/// @param after_out  By provisional number: the final one. In the arena of `words`.
dem_status dem_bibliography_settle(const dem_bibliography *bibliography, dem_wording *words,
                                   const dem_advice_source **sources_out, const size_t **after_out);

/// Put final numbers in the place of provisional ones, ascending.
void dem_bibliography_renumber(const size_t *after, size_t *numbers, size_t count);

#endif
