// SPDX-License-Identifier: Apache-2.0

// A model made ready to run for one date: what is in force, the plans, and everything that
// follows from the kb alone. Immutable once compiled; shared by threads.

#ifndef DEM_INFER_PROGRAM_H
#define DEM_INFER_PROGRAM_H

#include "base/diagnostic.h"
#include "demarche/limits.h"
#include "model/model.h"
#include "plan/plan.h"
#include "store/derivations.h"
#include "store/facts.h"

typedef struct dem_program dem_program;

/// Plan the rules and run those that need no profile.
///
/// @param model        Borrowed; must outlive the program.
/// @param date         Day that the advice is for; facts and rules not in force take no part.
/// @param diagnostics  Receives a loop through a negation, an overflow, a limit reached.
/// @return DEM_OK; DEM_ERR_INVALID; DEM_ERR_LIMIT; DEM_ERR_NO_MEMORY.
dem_status dem_program_new(dem_allocator allocator, const dem_model *model, int64_t date,
                           const dem_limits *limits, dem_diagnostics *diagnostics,
                           dem_program **program_out);

/// The same, ready to be asked which conditions held and failed (infer/probe.h). Costs planning
/// each condition, and the indexes that this takes.
dem_status dem_program_new_with_probes(dem_allocator allocator, const dem_model *model,
                                       int64_t date, const dem_limits *limits,
                                       dem_diagnostics *diagnostics, dem_program **program_out);
void dem_program_free(dem_program *program);

const dem_model *dem_program_model(const dem_program *program);
const dem_plan *dem_program_plan(const dem_program *program);

/// The model's symbols and those that the kb's rules made. A session's symbols stand on these.
const dem_symbols *dem_program_symbols(const dem_program *program);

/// Empty session facts on top of the program's. Yours: dem_facts_free.
/// @param symbols  The session's symbols, based on dem_program_symbols; borrowed.
dem_facts *dem_program_facts(const dem_program *program, dem_allocator allocator,
                             dem_symbols *symbols);

/// Derive everything that follows from the session's given facts, stratum by stratum, each to its
/// fixpoint. Call once after a reset and the dem_facts_add_given's.
///
/// @return DEM_OK; DEM_ERR_INVALID for an arithmetic error; DEM_ERR_LIMIT, and what was
///         derived so far stays readable; DEM_ERR_NO_MEMORY: only reset or free.
/// Cost: proportional to the matches tried. Warm, it allocates nothing from the system.
dem_status dem_program_run(const dem_program *program, dem_facts *facts, const dem_limits *limits,
                           dem_diagnostics *diagnostics);

/// The same while questions are open: what is certain whatever their answers are, and what is
/// possible with some of them. Call after a reset of both.
///
/// @param certain   Holds the given facts.
/// @param possible  From dem_program_possible; holds the same given facts, and rows of the model's
///                  relation `open` for the questions that are.
/// @return As dem_program_run.
/// Cost: that of two runs, and of a list of all matches among the possible facts.
dem_status dem_program_run_open(const dem_program *program, dem_facts *certain, dem_facts *possible,
                                const dem_limits *limits, dem_diagnostics *diagnostics);

/// Empty facts for what is possible: they may hold open values, and note all their derivations.
/// Yours: dem_facts_free, after the certain ones that they were run with.
dem_facts *dem_program_possible(const dem_program *program, dem_allocator allocator,
                                dem_symbols *symbols);

/// All derivations among possible facts: each match once, in the order in which they were found.
const dem_derivations *dem_program_derivations(const dem_facts *possible);

/// The possible facts that a match's negations and aggregates have looked at: were they certain, or
/// not even possible, the match might be otherwise.
/// @param body, rows  Of the match, as in dem_derivation.
/// @param found       An empty vector of dem_fact; receives each once.
dem_status dem_program_doubts(const dem_program *program, dem_facts *possible, uint32_t body,
                              const uint32_t *rows, dem_vector *found);

/// The values of a rule's variables in the match behind a justification.
/// @param values  One word a variable of the rule; DEM_ABSENT for those that are local to a `not`
/// or an
///                aggregate.
/// Cost: O(body), plus the aggregates' and expressions' own.
dem_status dem_program_rebind(const dem_program *program, dem_facts *facts, dem_fact fact,
                              dem_word *values);

/// The facts that a derived fact rests on: those of its patterns, then those that its aggregates
/// ran over.
/// @param support  An empty vector of dem_fact; receives each once. Cost: O(facts) expected.
dem_status dem_program_support(const dem_program *program, dem_facts *facts, dem_fact fact,
                               dem_vector *support);

#endif
