// SPDX-License-Identifier: Apache-2.0

// Questions to ask of the facts that a run left behind: did a rule have a match; was there one but
// for this condition?
//
// A condition is seen to fail where it, and nothing else, decides:
//
//   - everything that does not depend on it has a match for which it does not hold, or
//   - a pattern refuses a row, by its tests, for which everything else holds.
//
// The order in which conditions are written does not matter.

#ifndef DEM_PLAN_PROBE_H
#define DEM_PLAN_PROBE_H

#include "plan/plan.h"

typedef enum dem_probe_kind {
  DEM_PROBE_MATCH, ///< The whole body has a match.
  DEM_PROBE_FAIL,  ///< All but one condition has a match for which that one does not hold.
} dem_probe_kind;

typedef struct dem_probe {
  dem_probe_kind kind;
  uint32_t body;
  const dem_condition *condition; ///< Of a FAIL.
  dem_join join;                  ///< Its steps end where there is a match.
} dem_probe;

/// A condition at the top of a rule or in a branch of its `any`.
typedef struct dem_probed_condition {
  const dem_condition *condition;
  uint32_t rule;
  bool can_fail; ///< False for what always holds: a `let`, a look-up by a checked reference.
} dem_probed_condition;

/// Plan the probes of all visible rules in force, and the indexes that they need.
///
/// Call after dem_plan_sessions, before the indexes of its phase are built.
dem_status dem_plan_probes(dem_plan *plan, const dem_relation_size *sizes,
                           dem_diagnostics *diagnostics);

#endif
