// SPDX-License-Identifier: Apache-2.0

// Orders one body's conditions into steps.

#ifndef DEM_PLAN_JOIN_H
#define DEM_PLAN_JOIN_H

#include "plan/plan.h"

/// What planning one phase shares. All borrowed.
typedef struct dem_planner {
  dem_plan *plan;
  dem_phase *phase;               ///< Being built: its indexes grow.
  const dem_relation_size *sizes; ///< One a relation.
  uint32_t complete_rows;         ///< dem_rows of a relation that is complete.
  double session_guess;           ///< Rows of a relation in a session; 0: take `sizes`.
  dem_diagnostics *diagnostics;
  dem_vector scratch_widths; ///< uint32_t: one an aggregate.
  dem_arena scratch;         ///< Forgotten after each join.
  uint32_t variable_count;   ///< Of the rule that is being planned.
  uint32_t position_count;   ///< Positions that the join being planned has used.
} dem_planner;

typedef struct dem_join_request {
  const dem_body *body;
  const uint32_t *rows; ///< dem_rows, one a pattern; 0: its row is known, and so are its variables.
  uint32_t first;       ///< Pattern to begin with, or DEM_NONE.
  const bool *is_dropped; ///< One an `other`: a gate stands for it. NULL: none is.
} dem_join_request;

/// Choose the order and build the steps, in the plan's arena.
///
/// Greedy: conditions that only test come as soon as they can; then the pattern that is expected
/// to find the fewest rows. Source: Selinger et al. (1979) for the estimates.
dem_status dem_join_build(dem_planner *planner, const dem_join_request *request, dem_steps *out);

#endif
