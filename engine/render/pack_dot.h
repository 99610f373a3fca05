// SPDX-License-Identifier: Apache-2.0

// A pack's relations and rules as a graph.

#ifndef DEM_RENDER_PACK_DOT_H
#define DEM_RENDER_PACK_DOT_H

#include "base/buffer.h"
#include "plan/plan.h"

/// Append the graph. A stratum is a cluster, and within it each file of rules.
void dem_pack_dot(const dem_plan *plan, dem_buffer *out);

#endif
