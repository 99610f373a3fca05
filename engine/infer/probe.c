// SPDX-License-Identifier: Apache-2.0

// Asks the facts that a run left behind.

#include "infer/probe.h"

#include "infer/fixpoint.h"

/// Run the probe's steps; the matcher is left as it was.
/// @return The matcher's status: DEM_ERR_LIMIT when there were too many rows.
static dem_status run(dem_facts *facts, const dem_probe *probe, dem_finish *finish)
{
  dem_matcher *const m = &((dem_worker *)facts->worker)->matcher;
  dem_diagnostics *const before = m->diagnostics;
  dem_diagnostics ignored; // What divides by zero here was kept from it by the missing condition.
  dem_diagnostics_init(&ignored, m->allocator);
  m->diagnostics = &ignored;
  m->join = &probe->join;
  m->status = DEM_OK;
  m->work = 0;
  m->deadline = 0;
  m->max_work = DEM_PROBE_MOST_ROWS;
  (void)dem_steps_run(m, probe->join.steps.items, finish);
  const dem_status status = m->status;
  m->join = NULL;
  m->status = DEM_OK;
  m->max_work = 0;
  m->diagnostics = before;
  dem_diagnostics_clear(&ignored);
  return status;
}

dem_probe_verdict dem_probe_run(dem_facts *facts, const dem_probe *probe)
{
  dem_finish finish = {.kind = DEM_FINISH_EXISTS};
  const dem_status status = run(facts, probe, &finish);
  return finish.found ? DEM_PROBE_YES : status == DEM_OK ? DEM_PROBE_NO : DEM_PROBE_GIVEN_UP;
}

dem_status dem_probe_collect(dem_facts *facts, const dem_probe *probe, dem_vector *found)
{
  dem_finish finish = {.kind = DEM_FINISH_SUPPORT, .steps = &probe->join.steps, .support = found};
  const dem_status status = run(facts, probe, &finish);
  return status == DEM_ERR_NO_MEMORY ? status : DEM_OK;
}
