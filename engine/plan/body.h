// SPDX-License-Identifier: Apache-2.0

// Conditions in disjunctive normal form: each body is a plain conjunction.
//
// A rule with an `any` has a body for each choice of branches. Patterns stand in an order that does
// not depend on how the rule was written, so that reordered conditions give the same bytes.

#ifndef DEM_PLAN_BODY_H
#define DEM_PLAN_BODY_H

#include "base/diagnostic.h"
#include "base/vector.h"
#include "model/model.h"

/// Most bodies of one list of conditions. What needs more is refused.
enum { DEM_MAX_BODIES = 4096 };

typedef struct dem_body {
  uint32_t rule; ///< Index into the model's rules; DEM_NONE inside a `not` or an aggregate.
  uint32_t pattern_count;
  const dem_condition *const *patterns; ///< The positive patterns, in canonical order.
  uint32_t other_count;
  const dem_condition *const *others; ///< Guards, lets, negations, aggregates.
} dem_body;

/// Append the bodies of a list of conditions to a vector of dem_body.
/// @return DEM_OK; DEM_ERR_LIMIT with TOO_MANY_BRANCHES; DEM_ERR_NO_MEMORY.
dem_status dem_bodies_expand(dem_arena *arena, const dem_model *model, uint32_t rule,
                             const dem_conditions *conditions, dem_diagnostics *diagnostics,
                             dem_vector *bodies);

#endif
