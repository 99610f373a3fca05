// SPDX-License-Identifier: Apache-2.0

// Which joins each phase needs, and what wakes them.
//
// Semi-naive evaluation: a body with several patterns over relations that grow has one join for
// each, in which that pattern takes the new rows, those before it all rows, and those after it the
// rows from before. So each match is found once. In a session "new" is the session's own facts,
// since what follows from the kb alone is there already.
//
// Source: Abiteboul, Hull and Vianu (1995), ch. 13.

#include "plan/phase.h"

#include <stdlib.h>

#include "base/try.h"
#include "plan/join.h"

/// A join before its triggers are laid out.
typedef struct draft {
  dem_join join;
  uint32_t stratum;
  bool is_recursive;
} draft;

typedef struct phase_builder {
  dem_planner planner;
  dem_arena join_scratch; ///< Of dem_join_build.
  bool is_session;
  bool *has_kb;       ///< By relation: the kb may hold rows of it.
  dem_vector drafts;  ///< draft
  dem_vector gates;   ///< dem_gate, of the join that is being built.
  dem_vector presets; ///< dem_preset, likewise.
  dem_proposition_builder *propositions;
} phase_builder;

/// What one body's patterns are to the phase.
typedef struct body_view {
  const dem_body *body;
  uint32_t number;
  uint32_t stratum;
  bool is_monotone; ///< No negation or aggregate reads what sessions change.
  bool reads_session;
  bool *is_recursive; ///< By pattern: of the body's own stratum.
  bool *is_growing;   ///< By pattern: sessions may add rows.
  bool *is_private;   ///< By pattern: only sessions have rows.
  uint32_t recursive_count;
  uint32_t growing_count; ///< Of those that are not recursive.
  uint32_t private_count; ///< Likewise.
  uint32_t *rows;
  bool *is_dropped; ///< By other: a gate stands for it.
} body_view;

// Looking at a body ---------------------------------------------------------------------

typedef struct negative_use {
  const dem_plan *plan;
  bool finds_session;
} negative_use;

static dem_status note_negative(void *context, uint32_t relation, bool is_negative, dem_place place)
{
  (void)is_negative;
  (void)place;
  negative_use *const use = context;
  use->finds_session = use->finds_session || use->plan->is_session[relation];
  return DEM_OK;
}

static bool others_read_session(const dem_plan *plan, const dem_body *body)
{
  negative_use use = {plan, false};
  for (uint32_t i = 0; i < body->other_count; ++i) {
    const dem_conditions one = {1, body->others[i]};
    (void)dem_conditions_visit(&one, false, note_negative, &use);
  }
  return use.finds_session;
}

static dem_status view_body(phase_builder *b, uint32_t number, body_view *view)
{
  const dem_plan *const plan = b->planner.plan;
  const dem_body *const body = &plan->bodies[number];
  dem_arena *const arena = &b->planner.scratch;
  *view = (body_view){.body = body, .number = number, .stratum = plan->body_stratum[number]};
  view->is_recursive = DEM_ARENA_ARRAY(arena, bool, body->pattern_count);
  view->is_growing = DEM_ARENA_ARRAY(arena, bool, body->pattern_count);
  view->is_private = DEM_ARENA_ARRAY(arena, bool, body->pattern_count);
  view->rows = DEM_ARENA_ARRAY(arena, uint32_t, body->pattern_count);
  view->is_dropped = DEM_ARENA_ARRAY(arena, bool, body->other_count);
  if (!view->is_recursive || !view->is_growing || !view->is_private || !view->rows ||
      !view->is_dropped) {
    return DEM_ERR_NO_MEMORY;
  }
  view->is_monotone = !others_read_session(plan, body);
  view->reads_session = !view->is_monotone;
  const bool recurs = plan->strata[view->stratum].is_recursive;
  for (uint32_t i = 0; i < body->pattern_count; ++i) {
    const uint32_t relation = body->patterns[i]->pattern.relation;
    view->is_recursive[i] = recurs && plan->stratum_of[relation] == view->stratum;
    view->is_growing[i] = plan->is_session[relation];
    view->is_private[i] = view->is_growing[i] && !b->has_kb[relation];
    view->reads_session = view->reads_session || view->is_growing[i];
    view->recursive_count += view->is_recursive[i];
    view->growing_count += view->is_growing[i] && !view->is_recursive[i];
    view->private_count += view->is_private[i] && !view->is_recursive[i];
  }
  return DEM_OK;
}

// Gates -----------------------------------------------------------------------------------

static dem_status add_gate(phase_builder *b, const dem_pattern *pattern, bool is_negative,
                           uint32_t *proposition_out)
{
  const uint32_t proposition = dem_proposition_of(b->propositions, pattern);
  const dem_gate gate = {proposition, is_negative};
  *proposition_out = proposition;
  return proposition != DEM_NONE && dem_vector_add(&b->gates, &gate) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

/// A pattern that only the session's rows can match needs its proposition; without variables it
/// needs nothing else.
static dem_status gate_patterns(phase_builder *b, const body_view *view)
{
  for (uint32_t i = 0; i < view->body->pattern_count; ++i) {
    const dem_pattern *const pattern = &view->body->patterns[i]->pattern;
    const bool by_session = view->is_private[i] || view->rows[i] == DEM_ROWS_SESSION;
    if (view->is_recursive[i] || !by_session) {
      continue;
    }
    uint32_t proposition;
    DEM_TRY(add_gate(b, pattern, false, &proposition));
    if (dem_pattern_is_closed(pattern)) {
      const dem_preset preset = {i, proposition};
      view->rows[i] = 0;
      if (!dem_vector_add(&b->presets, &preset)) {
        return DEM_ERR_NO_MEMORY;
      }
    }
  }
  return DEM_OK;
}

/// `not` of one closed pattern that only sessions have rows of: a gate that must stay shut.
static dem_status gate_negations(phase_builder *b, const body_view *view)
{
  for (uint32_t i = 0; i < view->body->other_count; ++i) {
    const dem_condition *const c = view->body->others[i];
    view->is_dropped[i] = false;
    if (c->kind != DEM_CONDITION_NOT || c->negated.count != 1 ||
        c->negated.items[0].kind != DEM_CONDITION_PATTERN) {
      continue;
    }
    const dem_pattern *const pattern = &c->negated.items[0].pattern;
    if (b->planner.plan->is_session[pattern->relation] && !b->has_kb[pattern->relation] &&
        dem_pattern_is_closed(pattern)) {
      uint32_t proposition;
      DEM_TRY(add_gate(b, pattern, true, &proposition));
      view->is_dropped[i] = true;
    }
  }
  return DEM_OK;
}

// Joins -----------------------------------------------------------------------------------

static void *copy_items(dem_arena *arena, const dem_vector *vector)
{
  char *const copy = dem_arena_array(arena, vector->count, vector->item_size);
  const char *const items = vector->items;
  for (size_t i = 0; copy && i < vector->count * vector->item_size; ++i) {
    copy[i] = items[i];
  }
  return copy;
}

/// The join's planning takes a scratch arena of its own: the view lives in the builder's.
static dem_status build_steps(phase_builder *b, const dem_join_request *request, dem_steps *out)
{
  const dem_arena views = b->planner.scratch;
  b->planner.scratch = b->join_scratch;
  const dem_status status = dem_join_build(&b->planner, request, out);
  b->join_scratch = b->planner.scratch;
  b->planner.scratch = views;
  return status;
}

static dem_status add_join(phase_builder *b, body_view *view, uint32_t first, bool is_recursive)
{
  dem_vector_reset(&b->gates);
  dem_vector_reset(&b->presets);
  if (b->is_session) {
    DEM_TRY(gate_patterns(b, view));
    DEM_TRY(gate_negations(b, view));
  }
  draft d = {.stratum = view->stratum, .is_recursive = is_recursive};
  d.join = (dem_join){.body = view->number,
                      .delta = is_recursive ? first : DEM_NONE,
                      .gate_count = (uint32_t)b->gates.count,
                      .gates = copy_items(&b->planner.plan->arena, &b->gates),
                      .preset_count = (uint32_t)b->presets.count,
                      .presets = copy_items(&b->planner.plan->arena, &b->presets)};
  DEM_TRY_MEMORY(d.join.gates);
  DEM_TRY_MEMORY(d.join.presets);
  const dem_join_request request = {
      .body = view->body, .rows = view->rows, .first = first, .is_dropped = view->is_dropped};
  DEM_TRY(build_steps(b, &request, &d.join.steps));
  return dem_vector_add(&b->drafts, &d) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

/// One join a recursive pattern: that one takes the delta.
static dem_status add_recursive_joins(phase_builder *b, body_view *view)
{
  for (uint32_t i = 0; i < view->body->pattern_count; ++i) {
    if (!view->is_recursive[i]) {
      continue;
    }
    for (uint32_t j = 0; j < view->body->pattern_count; ++j) {
      if (!view->is_recursive[j]) {
        view->rows[j] = !b->is_session        ? DEM_ROWS_SESSION
                        : view->is_growing[j] ? DEM_ROWS_ALL
                                              : DEM_ROWS_BASE;
      } else {
        const uint32_t old = b->is_session ? DEM_ROWS_SEEN : DEM_ROWS_OLD;
        view->rows[j] = j == i ? DEM_ROWS_DELTA : j < i ? old | DEM_ROWS_DELTA : old;
      }
    }
    DEM_TRY(add_join(b, view, i, true));
  }
  return DEM_OK;
}

static bool has_kb_rows(const phase_builder *b, const body_view *view)
{
  for (uint32_t i = 0; i < view->body->pattern_count; ++i) {
    if (!b->has_kb[view->body->patterns[i]->pattern.relation]) {
      return false;
    }
  }
  return true;
}

static dem_status plan_kb_body(phase_builder *b, body_view *view)
{
  if (!view->is_monotone || !has_kb_rows(b, view)) {
    return DEM_OK;
  }
  if (view->recursive_count > 0) {
    return add_recursive_joins(b, view);
  }
  for (uint32_t i = 0; i < view->body->pattern_count; ++i) {
    view->rows[i] = DEM_ROWS_SESSION;
  }
  return add_join(b, view, DEM_NONE, false);
}

/// When a stratum begins, its own relations have only the kb's rows.
static void set_entry_rows(const body_view *view)
{
  for (uint32_t i = 0; i < view->body->pattern_count; ++i) {
    view->rows[i] = view->is_growing[i] && !view->is_recursive[i] ? DEM_ROWS_ALL : DEM_ROWS_BASE;
  }
}

static bool recursive_kb_is_empty(const phase_builder *b, const body_view *view)
{
  for (uint32_t i = 0; i < view->body->pattern_count; ++i) {
    if (view->is_recursive[i] && !b->has_kb[view->body->patterns[i]->pattern.relation]) {
      return true;
    }
  }
  return false;
}

/// One join a pattern that sessions add to: that one takes the session's rows.
static dem_status add_entry_joins(phase_builder *b, body_view *view)
{
  for (uint32_t i = 0; i < view->body->pattern_count; ++i) {
    if (!view->is_growing[i] || view->is_recursive[i]) {
      continue;
    }
    set_entry_rows(view);
    for (uint32_t j = i + 1; j < view->body->pattern_count; ++j) {
      view->rows[j] = DEM_ROWS_BASE;
    }
    view->rows[i] = DEM_ROWS_SESSION;
    DEM_TRY(add_join(b, view, DEM_NONE, false));
  }
  return DEM_OK;
}

static dem_status plan_session_body(phase_builder *b, body_view *view)
{
  if (!view->reads_session) {
    return DEM_OK;
  }
  if (!recursive_kb_is_empty(b, view)) {
    if (view->private_count > 0 || !view->is_monotone) {
      set_entry_rows(view);
      DEM_TRY(add_join(b, view, DEM_NONE, false));
    } else {
      DEM_TRY(add_entry_joins(b, view));
    }
  }
  return add_recursive_joins(b, view);
}

// Triggers --------------------------------------------------------------------------------

typedef struct waiting {
  uint32_t proposition;
  uint32_t stratum;
  dem_candidate candidate;
} waiting;

static int compare_waiting(const void *left, const void *right)
{
  const waiting *const a = left;
  const waiting *const b = right;
  if (a->proposition != b->proposition) {
    return a->proposition < b->proposition ? -1 : 1;
  }
  if (a->stratum != b->stratum) {
    return a->stratum < b->stratum ? -1 : 1;
  }
  if (a->candidate.gate != b->candidate.gate) {
    return a->candidate.gate < b->candidate.gate ? -1 : 1;
  }
  return (a->candidate.join > b->candidate.join) - (a->candidate.join < b->candidate.join);
}

static double passes(const dem_propositions *propositions, const dem_gate *gate)
{
  const double likelihood = propositions->items[gate->proposition].likelihood;
  return gate->is_negative ? 1 - likelihood : likelihood;
}

/// The gate that is least likely to open wakes the join; the next one is looked at before the join
/// is. Gates are left in that order.
static void sort_gates(const dem_propositions *propositions, const dem_join *join)
{
  dem_gate *const gates = (dem_gate *)(uintptr_t)join->gates;
  for (uint32_t i = 1; i < join->gate_count; ++i) {
    const dem_gate gate = gates[i];
    uint32_t j = i;
    for (; j > 0 && passes(propositions, &gates[j - 1]) > passes(propositions, &gate); --j) {
      gates[j] = gates[j - 1];
    }
    gates[j] = gate;
  }
  for (uint32_t i = 0; i < join->gate_count; ++i) {
    if (!gates[i].is_negative) { // Only a fact that arrives can wake a join.
      const dem_gate waker = gates[i];
      for (uint32_t j = i; j > 0; --j) {
        gates[j] = gates[j - 1];
      }
      gates[0] = waker;
      return;
    }
  }
}

static uint32_t gate_word(const dem_gate *gate)
{
  return gate->proposition * 2 + gate->is_negative;
}

static dem_status lay_out_triggers(dem_phase *phase, dem_arena *arena, const dem_vector *all)
{
  const waiting *const items = all->items;
  dem_candidate *const candidates = DEM_ARENA_ARRAY(arena, dem_candidate, all->count);
  phase->triggers = DEM_ARENA_ARRAY(arena, dem_trigger, all->count);
  phase->trigger_begin = DEM_ARENA_ARRAY(arena, uint32_t, (size_t)phase->propositions.count + 1);
  DEM_TRY_MEMORY(candidates);
  DEM_TRY_MEMORY(phase->triggers);
  DEM_TRY_MEMORY(phase->trigger_begin);
  uint32_t count = 0;
  uint32_t proposition = 0;
  for (size_t i = 0; i < all->count; ++i) {
    while (proposition <= items[i].proposition) {
      phase->trigger_begin[proposition++] = count;
    }
    candidates[i] = items[i].candidate;
    const bool is_first = i == 0 || items[i - 1].proposition != items[i].proposition ||
                          items[i - 1].stratum != items[i].stratum;
    if (is_first) {
      phase->triggers[count++] =
          (dem_trigger){.stratum = items[i].stratum, .candidates = &candidates[i]};
      phase->trigger_begin[items[i].proposition + 1] = count;
      proposition = items[i].proposition + 1;
    }
    ++phase->triggers[count - 1].count;
  }
  while (proposition <= phase->propositions.count) {
    phase->trigger_begin[proposition++] = count;
  }
  return DEM_OK;
}

static dem_status build_triggers(phase_builder *b)
{
  dem_phase *const phase = b->planner.phase;
  dem_arena *const arena = &b->planner.plan->arena;
  dem_vector all;
  dem_vector_init(&all, arena->allocator, sizeof(waiting));
  dem_status status = dem_propositions_build(b->propositions, arena, &phase->propositions);
  for (uint32_t i = 0; status == DEM_OK && i < phase->join_count; ++i) {
    const dem_join *const join = &phase->joins[i];
    const draft *const d = &DEM_VECTOR_AT(&b->drafts, draft, i);
    sort_gates(&phase->propositions, join);
    if (!d->is_recursive && join->gate_count > 0 && !join->gates[0].is_negative) {
      const uint32_t second = join->gate_count > 1 ? gate_word(&join->gates[1]) : DEM_NONE;
      const waiting w = {join->gates[0].proposition, d->stratum, {second, i}};
      status = dem_vector_add(&all, &w) ? DEM_OK : DEM_ERR_NO_MEMORY;
    }
  }
  if (status == DEM_OK && all.count) {
    qsort(all.items, all.count, sizeof(waiting), compare_waiting);
  }
  if (status == DEM_OK) {
    status = lay_out_triggers(phase, arena, &all);
  }
  if (status == DEM_OK) {
    dem_propositions_settle(&phase->propositions, b->planner.plan->model->relation_count,
                            phase->trigger_begin);
  }
  dem_vector_clear(&all);
  return status;
}

// Strata ----------------------------------------------------------------------------------

static bool is_woken(const dem_join *join)
{
  return join->gate_count > 0 && !join->gates[0].is_negative;
}

static dem_status sort_into_strata(phase_builder *b)
{
  dem_plan *const plan = b->planner.plan;
  dem_phase *const phase = b->planner.phase;
  for (int pass = 0; pass < 2; ++pass) {
    for (uint32_t i = 0; i < phase->join_count; ++i) {
      const draft *const d = &DEM_VECTOR_AT(&b->drafts, draft, i);
      dem_stratum_joins *const s = &phase->strata[d->stratum];
      if (!d->is_recursive && is_woken(&phase->joins[i])) {
        continue;
      }
      const uint32_t *const list = d->is_recursive ? s->recursive : s->always;
      uint32_t *const count = d->is_recursive ? &s->recursive_count : &s->always_count;
      if (pass == 1) {
        ((uint32_t *)(uintptr_t)list)[*count] = i;
      }
      ++*count;
    }
    for (uint32_t i = 0; pass == 0 && i < plan->stratum_count; ++i) {
      dem_stratum_joins *const s = &phase->strata[i];
      s->always = DEM_ARENA_ARRAY(&plan->arena, uint32_t, s->always_count);
      s->recursive = DEM_ARENA_ARRAY(&plan->arena, uint32_t, s->recursive_count);
      if (!s->always || !s->recursive) {
        return DEM_ERR_NO_MEMORY;
      }
      s->always_count = s->recursive_count = 0;
    }
  }
  return DEM_OK;
}

/// A join that needs an open question has no match while there is none.
static bool needs_open(const dem_plan *plan, const dem_phase *phase, const dem_join *join)
{
  for (uint32_t i = 0; i < join->gate_count; ++i) {
    const dem_gate *const gate = &join->gates[i];
    if (!gate->is_negative && plan->model->open != DEM_NONE &&
        phase->propositions.items[gate->proposition].relation == plan->model->open) {
      return true;
    }
  }
  return false;
}

/// A stratum is active where a join of its own may match, and where a rule of an earlier stratum
/// concludes one of its relations besides.
static void mark_active(const dem_plan *plan, const dem_join *join, bool *is_active)
{
  const dem_rule *const rule = &plan->model->rules[plan->bodies[join->body].rule];
  is_active[plan->body_stratum[join->body]] = true;
  for (uint32_t i = 0; i < rule->conclusion_count; ++i) {
    is_active[plan->stratum_of[rule->conclusions[i].relation]] = true;
  }
}

static dem_status find_active(phase_builder *b)
{
  dem_plan *const plan = b->planner.plan;
  dem_phase *const phase = b->planner.phase;
  bool *const is_active = DEM_ARENA_ARRAY(&plan->arena, bool, plan->stratum_count);
  uint32_t *const active = DEM_ARENA_ARRAY(&plan->arena, uint32_t, plan->stratum_count);
  DEM_TRY_MEMORY(is_active);
  DEM_TRY_MEMORY(active);
  for (uint32_t i = 0; i < phase->join_count; ++i) {
    if (!needs_open(plan, phase, &phase->joins[i])) {
      mark_active(plan, &phase->joins[i], is_active);
    }
  }
  for (uint32_t i = 0; i < plan->stratum_count; ++i) {
    if (is_active[i]) {
      active[phase->active_count++] = i;
    }
  }
  phase->is_active = is_active;
  phase->active = active;
  return DEM_OK;
}

static dem_status finish_phase(phase_builder *b)
{
  dem_plan *const plan = b->planner.plan;
  dem_phase *const phase = b->planner.phase;
  phase->join_count = (uint32_t)b->drafts.count;
  phase->joins = DEM_ARENA_ARRAY(&plan->arena, dem_join, b->drafts.count);
  phase->scratch_count = (uint32_t)b->planner.scratch_widths.count;
  phase->scratch_widths = copy_items(&plan->arena, &b->planner.scratch_widths);
  DEM_TRY_MEMORY(phase->joins);
  DEM_TRY_MEMORY(phase->scratch_widths);
  for (size_t i = 0; i < b->drafts.count; ++i) {
    phase->joins[i] = DEM_VECTOR_AT(&b->drafts, draft, i).join;
  }
  DEM_TRY(build_triggers(b));
  DEM_TRY(find_active(b));
  return sort_into_strata(b);
}

static dem_status init_builder(phase_builder *b, dem_plan *plan, dem_phase *phase,
                               const dem_relation_size *sizes, dem_diagnostics *diagnostics)
{
  const dem_allocator allocator = plan->arena.allocator;
  b->planner =
      (dem_planner){.plan = plan, .phase = phase, .sizes = sizes, .diagnostics = diagnostics};
  dem_arena_init(&b->planner.scratch, allocator);
  dem_arena_init(&b->join_scratch, allocator);
  dem_vector_init(&b->planner.scratch_widths, allocator, sizeof(uint32_t));
  dem_vector_init(&b->drafts, allocator, sizeof(draft));
  dem_vector_init(&b->gates, allocator, sizeof(dem_gate));
  dem_vector_init(&b->presets, allocator, sizeof(dem_preset));
  b->propositions = dem_proposition_builder_new(allocator, plan->model);
  b->has_kb = DEM_ARENA_ARRAY(&plan->arena, bool, plan->model->relation_count);
  phase->strata = DEM_ARENA_ARRAY(&plan->arena, dem_stratum_joins, plan->stratum_count);
  phase->indexes = DEM_ARENA_ARRAY(&plan->arena, dem_index_list, plan->model->relation_count);
  if (!b->propositions || !b->has_kb || !phase->strata || !phase->indexes) {
    return DEM_ERR_NO_MEMORY;
  }
  for (uint32_t i = 0; i < plan->model->relation_count; ++i) {
    b->has_kb[i] = sizes[i].rows > 0;
  }
  return DEM_OK;
}

static void clear_builder(phase_builder *b)
{
  dem_proposition_builder_free(b->propositions);
  dem_vector_clear(&b->presets);
  dem_vector_clear(&b->gates);
  dem_vector_clear(&b->drafts);
  dem_vector_clear(&b->planner.scratch_widths);
  dem_arena_clear(&b->join_scratch);
  dem_arena_clear(&b->planner.scratch);
}

// Explanations ----------------------------------------------------------------------------

/// The steps of some conditions of a body whose patterns' rows are known.
static dem_status plan_others(phase_builder *b, const body_view *view, bool with_negations,
                              dem_steps *out)
{
  bool has_work = false;
  for (uint32_t i = 0; i < view->body->other_count; ++i) {
    const dem_condition_kind kind = view->body->others[i]->kind;
    const bool binds = kind == DEM_CONDITION_LET || kind == DEM_CONDITION_AGGREGATE;
    view->is_dropped[i] = !binds && !(with_negations && kind == DEM_CONDITION_NOT);
    has_work = has_work || !view->is_dropped[i];
  }
  if (!has_work) {
    return DEM_OK;
  }
  const dem_join_request request = {.body = view->body,
                                    .rows = view->rows, // All 0: the rows are known.
                                    .first = DEM_NONE,
                                    .is_dropped = view->is_dropped};
  return build_steps(b, &request, out);
}

static dem_status plan_explanation(phase_builder *b, uint32_t number)
{
  dem_phase *const phase = b->planner.phase;
  body_view view;
  DEM_TRY(view_body(b, number, &view));
  DEM_TRY(plan_others(b, &view, false, &phase->explanations[number]));
  return view.is_monotone ? DEM_OK : plan_others(b, &view, true, &phase->doubts[number]);
}

static dem_status plan_explanations(phase_builder *b)
{
  const uint32_t count = b->planner.plan->body_count;
  dem_phase *const phase = b->planner.phase;
  phase->explanations = DEM_ARENA_ARRAY(&b->planner.plan->arena, dem_steps, count);
  phase->doubts = DEM_ARENA_ARRAY(&b->planner.plan->arena, dem_steps, count);
  DEM_TRY_MEMORY(phase->explanations);
  DEM_TRY_MEMORY(phase->doubts);
  for (uint32_t i = 0; i < count; ++i) {
    DEM_TRY(plan_explanation(b, i));
    dem_arena_reset(&b->planner.scratch);
  }
  return DEM_OK;
}

static dem_status plan_bodies(phase_builder *b)
{
  for (uint32_t i = 0; i < b->planner.plan->body_count; ++i) {
    body_view view;
    DEM_TRY(view_body(b, i, &view));
    DEM_TRY(b->is_session ? plan_session_body(b, &view) : plan_kb_body(b, &view));
    dem_arena_reset(&b->planner.scratch);
  }
  if (b->is_session) {
    DEM_TRY(plan_explanations(b));
  }
  return finish_phase(b);
}

/// Relations that the kb may hold rows of: given ones, and what rules may derive from such alone.
static dem_status find_kb_relations(phase_builder *b)
{
  dem_plan *const plan = b->planner.plan;
  bool has_changed = true;
  while (has_changed) {
    has_changed = false;
    for (uint32_t i = 0; i < plan->body_count; ++i) {
      body_view view;
      DEM_TRY(view_body(b, i, &view));
      const dem_rule *const rule = &plan->model->rules[plan->bodies[i].rule];
      for (uint32_t j = 0; view.is_monotone && has_kb_rows(b, &view) && j < rule->conclusion_count;
           ++j) {
        bool *const has_kb = &b->has_kb[rule->conclusions[j].relation];
        has_changed = has_changed || !*has_kb;
        *has_kb = true;
      }
      dem_arena_reset(&b->planner.scratch);
    }
  }
  return DEM_OK;
}

dem_status dem_phase_plan_kb(dem_plan *plan, const dem_relation_size *sizes,
                             dem_diagnostics *diagnostics)
{
  phase_builder b = {0};
  dem_status status = init_builder(&b, plan, &plan->kb, sizes, diagnostics);
  b.planner.complete_rows = DEM_ROWS_SESSION;
  if (status == DEM_OK) {
    status = find_kb_relations(&b);
  }
  if (status == DEM_OK) {
    status = plan_bodies(&b);
  }
  clear_builder(&b);
  return status;
}

dem_status dem_phase_plan_session(dem_plan *plan, const dem_relation_size *sizes,
                                  dem_diagnostics *diagnostics)
{
  phase_builder b = {.is_session = true};
  dem_status status = init_builder(&b, plan, &plan->session, sizes, diagnostics);
  b.planner.complete_rows = DEM_ROWS_ALL;
  b.planner.session_guess = 4;
  if (status == DEM_OK) {
    status = plan_bodies(&b);
  }
  clear_builder(&b);
  return status;
}
