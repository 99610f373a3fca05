// SPDX-License-Identifier: Apache-2.0

// Rules → strata → joins.
//
// Planned in two steps, since what is known differs. The kb plan derives what needs no
// profile, once; the session plan, made when the kb's facts are counted, derives the rest for each
// session, driven by the facts that arrive.

#ifndef DEM_PLAN_PLAN_H
#define DEM_PLAN_PLAN_H

#include "base/diagnostic.h"
#include "model/model.h"
#include "plan/body.h"
#include "plan/proposition.h"
#include "plan/step.h"

/// What is known of a relation's size, for the order of joins.
typedef struct dem_relation_size {
  double rows;
  double distinct[DEM_MAX_FIELDS]; ///< Values of each column.
} dem_relation_size;

/// A gate: a proposition that must hold (or must not) for a join to have a match at all.
typedef struct dem_gate {
  uint32_t proposition;
  bool is_negative;
} dem_gate;

/// A closed pattern: its row is whatever made its proposition true.
typedef struct dem_preset {
  uint32_t position;
  uint32_t proposition;
} dem_preset;

/// One way to run one body.
typedef struct dem_join {
  uint32_t body;  ///< Index into dem_plan.bodies.
  uint32_t delta; ///< Position of the pattern that takes the delta; DEM_NONE if none does.
  uint32_t gate_count;
  const dem_gate *gates;
  uint32_t preset_count;
  const dem_preset *presets;
  dem_steps steps;
} dem_join;

/// Joins that wait for a proposition.
typedef struct dem_candidate {
  uint32_t gate; ///< Proposition * 2, + 1 if it must not hold: looked at first. DEM_NONE: none.
  uint32_t join; ///< Index into dem_phase.joins.
} dem_candidate;

/// The candidates that one proposition wakes in one stratum.
typedef struct dem_trigger {
  uint32_t stratum;
  uint32_t count;
  const dem_candidate *candidates;
} dem_trigger;

typedef struct dem_index_list {
  uint32_t count;
  uint64_t *columns; ///< A set of columns an index.
  uint32_t capacity;
} dem_index_list;

/// Joins of one stratum in one phase.
typedef struct dem_stratum_joins {
  uint32_t always_count;
  const uint32_t *always; ///< Joins that no proposition wakes: run when the stratum begins.
  uint32_t recursive_count;
  const uint32_t *recursive; ///< Joins with a delta, run each round in which it is not empty.
} dem_stratum_joins;

/// The joins for the kb, or those for a session.
typedef struct dem_phase {
  uint32_t join_count;
  dem_join *joins;
  dem_stratum_joins *strata; ///< One a stratum.
  uint32_t active_count;
  const uint32_t *active; ///< Strata that may derive something while no question is open, in order.
  const bool *is_active;  ///< By stratum.
  dem_index_list *indexes; ///< One a relation.
  uint32_t position_count; ///< Most positions that any join uses.
  uint32_t scratch_count;  ///< Scratch tables that the aggregates need.
  const uint32_t *scratch_widths;
  dem_propositions propositions; ///< Of a session; empty for the kb.
  dem_trigger *triggers;
  uint32_t *trigger_begin; ///< By proposition, and one more: its triggers.
  dem_steps *doubts;       ///< Of a session, by body: its lets, aggregates and negations, when
                           ///< some of them look at what sessions change; else empty.
  dem_steps *explanations; ///< Of a session, by body: what binds the variables of its lets and
                           ///< aggregates when the patterns' rows are known; may be empty.
} dem_phase;

typedef struct dem_stratum {
  uint32_t relation_count;
  const uint32_t *relations;
  bool is_recursive;
} dem_stratum;

struct dem_probe;
struct dem_probed_condition;

typedef struct dem_plan {
  dem_arena arena;
  const dem_model *model;
  int64_t date;
  uint32_t body_count;
  dem_body *bodies;       ///< Of the rules in force, by rule.
  uint32_t *body_stratum; ///< By body.
  uint32_t stratum_count;
  dem_stratum *strata;  ///< In an order in which each needs only itself and those before it.
  uint32_t *stratum_of; ///< By relation; DEM_NONE when no rule in force derives it.
  bool *is_session;     ///< By relation: it may differ between sessions.
  bool *is_read;        ///< By relation: some condition names it.
  dem_phase kb;
  dem_phase session;
  uint32_t probe_count;           ///< None unless they were planned (plan/probe.h).
  const struct dem_probe *probes; ///< By body.
  uint32_t probed_count;
  const struct dem_probed_condition *probed; ///< By rule.
} dem_plan;

/// Expand the rules in force, find the strata, and plan what the kb alone decides.
///
/// @param sizes  One a relation: the given facts.
/// @return DEM_OK; DEM_ERR_INVALID with NEGATIVE_LOOP; DEM_ERR_LIMIT with TOO_MANY_BRANCHES;
///         DEM_ERR_NO_MEMORY. On failure the plan may only be cleared.
dem_status dem_plan_init(dem_plan *plan, dem_allocator allocator, const dem_model *model,
                         int64_t date, const dem_relation_size *sizes,
                         dem_diagnostics *diagnostics);

/// Plan the sessions, now that the kb's facts are known.
/// @param sizes  One a relation: what the kb holds.
dem_status dem_plan_sessions(dem_plan *plan, const dem_relation_size *sizes,
                             dem_diagnostics *diagnostics);

void dem_plan_clear(dem_plan *plan);

#endif
