// SPDX-License-Identifier: Apache-2.0

// Runs a phase's joins, stratum by stratum, each to its fixpoint.

#ifndef DEM_INFER_FIXPOINT_H
#define DEM_INFER_FIXPOINT_H

#include "infer/matcher.h"

/// The witness of a lazy proposition that nobody has asked for.
#define DEM_UNASKED (DEM_NONE - 1)

/// What one session's evaluation needs; kept from session to session.
typedef struct dem_worker {
  dem_matcher matcher;
  uint32_t *witness; ///< By proposition: the row that makes it true; DEM_NONE while none does.
  uint32_t *touched; ///< Propositions to forget: from the front those found by rows; from the back
                     ///< the lazy ones that were asked for.
  uint32_t true_count;
  uint32_t asked_count;
  uint32_t *first_trigger;     ///< By stratum: the trigger woken last + 1, or 0.
  uint32_t *next_trigger;      ///< By trigger: the one woken before it + 1, or 0.
  dem_derivations derivations; ///< Of possible facts.
  struct dem_worker *twin;     ///< While questions are open, the other model's; else NULL.
} dem_worker;

dem_status dem_worker_init(dem_worker *worker, dem_allocator allocator, const dem_plan *plan,
                           const dem_phase *phase, dem_facts *facts, dem_symbols *symbols);
void dem_worker_clear(dem_worker *worker);

/// Let two workers of one phase be the models of what is certain and what is possible; NULL: there
/// is one model alone.
void dem_worker_pair(dem_worker *certain, dem_worker *possible);

/// Run all strata over the facts given, in both models.
/// @return As dem_program_run_open.
dem_status dem_fixpoint_run_open(dem_worker *certain, dem_worker *possible,
                                 const dem_limits *limits, dem_diagnostics *diagnostics);

/// Run all strata over the facts given.
/// @return As dem_program_run.
dem_status dem_fixpoint_run(dem_worker *worker, const dem_limits *limits,
                            dem_diagnostics *diagnostics);

#endif
