// SPDX-License-Identifier: Apache-2.0

// A plan as text, for people: strata, joins and the indexes they use.

#ifndef DEM_PLAN_LISTING_H
#define DEM_PLAN_LISTING_H

#include "base/buffer.h"
#include "plan/plan.h"

/// Append the whole plan. The same plan gives the same bytes.
void dem_plan_list(const dem_plan *plan, dem_buffer *out);

#endif
