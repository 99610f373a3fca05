// SPDX-License-Identifier: Apache-2.0

// Numbers relations so that a negated relation is complete before it is read.

#ifndef DEM_PLAN_STRATIFY_H
#define DEM_PLAN_STRATIFY_H

#include "base/diagnostic.h"
#include "plan/plan.h"

/// Fill in the plan's strata, stratum_of and body_stratum from its bodies.
/// @return DEM_OK; DEM_ERR_INVALID, and of relations that need one another one loop through a
///         negation is reported, rule by rule; DEM_ERR_NO_MEMORY.
dem_status dem_plan_stratify(dem_plan *plan, dem_diagnostics *diagnostics);

#endif
