// SPDX-License-Identifier: Apache-2.0

// Asks the facts that a run left behind whether a probe has a match among them.

#ifndef DEM_INFER_PROBE_H
#define DEM_INFER_PROBE_H

#include "infer/program.h"
#include "plan/probe.h"

typedef enum dem_probe_verdict {
  DEM_PROBE_NO,
  DEM_PROBE_YES,
  DEM_PROBE_GIVEN_UP, ///< Not found among the first DEM_PROBE_MOST_ROWS, or an error on the way.
} dem_probe_verdict;

/// Rows that one probe looks at. Without a condition that connects them, patterns multiply: most
/// probes find a match among the first few rows or have few rows to look at.
enum { DEM_PROBE_MOST_ROWS = 1 << 18 };

/// The facts of all matches of a probe, as far as DEM_PROBE_MOST_ROWS goes.
/// @param found  A vector of dem_fact; appended, some of them more than once.
dem_status dem_probe_collect(dem_facts *facts, const dem_probe *probe, dem_vector *found);

/// Run a probe of the program's plan. The facts stay as they are.
/// @param facts  Of a session that was run.
dem_probe_verdict dem_probe_run(dem_facts *facts, const dem_probe *probe);

#endif
