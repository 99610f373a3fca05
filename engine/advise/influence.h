// SPDX-License-Identifier: Apache-2.0

// Which facts of a profile can have a say in whether a goal holds.
//
// Goals are followed from conclusions to conditions, positive or not, with the constants that the
// rules' heads pass down: what no such pattern fits cannot matter. Joins are left aside, so that
// more may be named than matters, but never less.

#ifndef DEM_ADVISE_INFLUENCE_H
#define DEM_ADVISE_INFLUENCE_H

#include "advise/subject.h"

typedef struct dem_influence {
  const dem_model *model;
  dem_vector goals; ///< dem_goal: every pattern that was met.
} dem_influence;

/// @param goals  What is asked for.
/// @return DEM_OK; DEM_ERR_NO_MEMORY. In both cases it may be cleared.
dem_status dem_influence_init(dem_influence *influence, dem_allocator allocator,
                              const dem_model *model, const dem_vector *goals);
void dem_influence_clear(dem_influence *influence);

/// Whether a fact can matter.
bool dem_influence_has(const dem_influence *influence, uint32_t relation, const dem_word *row);

/// Whether any fact of a relation can.
bool dem_influence_has_relation(const dem_influence *influence, uint32_t relation);

#endif
