// SPDX-License-Identifier: Apache-2.0

// Which joins each phase needs, and what wakes them.

#ifndef DEM_PLAN_PHASE_H
#define DEM_PLAN_PHASE_H

#include "plan/plan.h"

/// Plan what the kb alone decides: bodies whose negations and aggregates no profile can change.
dem_status dem_phase_plan_kb(dem_plan *plan, const dem_relation_size *sizes,
                             dem_diagnostics *diagnostics);

/// Plan what sessions add: every match with at least one fact of the session, once.
dem_status dem_phase_plan_session(dem_plan *plan, const dem_relation_size *sizes,
                                  dem_diagnostics *diagnostics);

#endif
