// SPDX-License-Identifier: Apache-2.0

// Questions to ask of the facts that a run left behind.
//
// Each probe is the body of a rule, changed and planned like any other: for a condition that is to
// fail, the rest of the body and the condition's opposite. What needs variables that only the
// condition binds is left out of the rest, until nothing changes.

#include "plan/probe.h"

#include "base/try.h"
#include "plan/join.h"

typedef struct probe_builder {
  dem_planner planner;
  dem_vector probes;     ///< dem_probe
  dem_vector conditions; ///< dem_probed_condition
  const dem_body *body;
  uint32_t number;
  bool *is_bound; ///< By variable: the rest binds it.
  bool *is_outer; ///< By variable: the whole body binds it.
  bool *is_left;  ///< By other: part of the rest.
} probe_builder;

// Variables ---------------------------------------------------------------------------

typedef bool variable_test(const probe_builder *b, uint32_t variable);

static bool is_bound_here(const probe_builder *b, uint32_t variable)
{
  return b->is_bound[variable];
}

/// A variable that the body binds somewhere, but the rest does not.
static bool is_missing(const probe_builder *b, uint32_t variable)
{
  return b->is_outer[variable] && !b->is_bound[variable];
}

static bool any_in_expression(const probe_builder *b, const dem_expression *e, variable_test *test)
{
  if (!e) {
    return false;
  }
  return e->op == DEM_OP_VARIABLE
             ? test(b, e->variable)
             : any_in_expression(b, e->left, test) || any_in_expression(b, e->right, test);
}

static bool any_in_pattern(const probe_builder *b, const dem_pattern *pattern, variable_test *test)
{
  for (uint32_t i = 0; i < pattern->term_count; ++i) {
    if (pattern->terms[i].variable != DEM_NONE && test(b, pattern->terms[i].variable)) {
      return true;
    }
  }
  return false;
}

static bool any_in(const probe_builder *b, const dem_conditions *conditions, variable_test *test);

// Recursion is as deep as conditions are nested, which the reader bounds.
static bool any_in_condition(const probe_builder *b, const dem_condition *c, variable_test *test)
{
  switch (c->kind) {
  case DEM_CONDITION_PATTERN:
    return any_in_pattern(b, &c->pattern, test);
  case DEM_CONDITION_NOT:
    return any_in(b, &c->negated, test);
  case DEM_CONDITION_ANY:
    for (uint32_t i = 0; i < c->any.count; ++i) {
      if (any_in(b, &c->any.branches[i], test)) {
        return true;
      }
    }
    return false;
  case DEM_CONDITION_WHERE:
    return any_in_expression(b, c->guard, test);
  case DEM_CONDITION_LET:
    return any_in_expression(b, c->let.value, test);
  case DEM_CONDITION_AGGREGATE:
    return any_in(b, &c->aggregate.over, test);
  }
  return false;
}

static bool any_in(const probe_builder *b, const dem_conditions *conditions, variable_test *test)
{
  for (uint32_t i = 0; i < conditions->count; ++i) {
    if (any_in_condition(b, &conditions->items[i], test)) {
      return true;
    }
  }
  return false;
}

static void mark_pattern(bool *marks, const dem_pattern *pattern)
{
  for (uint32_t i = 0; i < pattern->term_count; ++i) {
    if (pattern->terms[i].variable != DEM_NONE) {
      marks[pattern->terms[i].variable] = true;
    }
  }
}

/// The variable that a `let` or an aggregate binds; DEM_NONE for other conditions.
static uint32_t binds(const dem_condition *c)
{
  return c->kind == DEM_CONDITION_LET         ? c->let.variable
         : c->kind == DEM_CONDITION_AGGREGATE ? c->aggregate.result
                                              : DEM_NONE;
}

// What remains without a condition --------------------------------------------------------

/// What the rest binds, given which of the others it has.
static void bind_rest(probe_builder *b, const dem_condition *without, bool *marks,
                      const bool *is_left)
{
  const uint32_t count = b->planner.plan->model->rules[b->body->rule].variable_count;
  for (uint32_t i = 0; i < count; ++i) {
    marks[i] = false;
  }
  for (uint32_t i = 0; i < b->body->pattern_count; ++i) {
    if (b->body->patterns[i] != without) {
      mark_pattern(marks, &b->body->patterns[i]->pattern);
    }
  }
  for (uint32_t i = 0; i < b->body->other_count; ++i) {
    const uint32_t variable = binds(b->body->others[i]);
    if (variable != DEM_NONE && (!is_left || is_left[i])) {
      marks[variable] = true;
    }
  }
}

/// Find which of the others can stay when a condition is taken away.
static void find_rest(probe_builder *b, const dem_condition *without)
{
  for (uint32_t i = 0; i < b->body->other_count; ++i) {
    b->is_left[i] = b->body->others[i] != without;
  }
  bind_rest(b, NULL, b->is_outer, NULL);
  bool has_changed = true;
  while (has_changed) {
    has_changed = false;
    bind_rest(b, without, b->is_bound, b->is_left);
    for (uint32_t i = 0; i < b->body->other_count; ++i) {
      if (b->is_left[i] && any_in_condition(b, b->body->others[i], is_missing)) {
        b->is_left[i] = false;
        has_changed = true;
      }
    }
  }
}

// What can fail -----------------------------------------------------------------------------

/// A relation that holds the same in every session, or has a row in each.
static bool always_has_rows(const probe_builder *b, uint32_t relation)
{
  const dem_model *const model = b->planner.plan->model;
  if (b->planner.sizes[relation].rows > 0) {
    return true;
  }
  for (uint32_t i = 0; i < model->question_count; ++i) {
    const dem_question *const q = &model->questions[i];
    for (uint32_t j = 0; q->is_required && !q->is_many && j < q->gives_count; ++j) {
      if (q->gives[j].relation == relation) {
        return true;
      }
    }
  }
  return false;
}

/// A row that a checked reference names is there: `boat: {id: $boat, seats: $seats}`.
static bool is_lookup(const probe_builder *b, const dem_pattern *pattern)
{
  const dem_model *const model = b->planner.plan->model;
  const dem_relation *const r = &model->relations[pattern->relation];
  const dem_variable *const variables = model->rules[b->body->rule].variables;
  bool has_key = false;
  if (r->key == DEM_NONE || b->planner.plan->stratum_of[pattern->relation] != DEM_NONE) {
    return false;
  }
  for (uint32_t i = 0; i < pattern->term_count; ++i) {
    const dem_term *const term = &pattern->terms[i];
    const bool is_shared = term->variable != DEM_NONE && b->is_bound[term->variable];
    if (term->test_count > 0 || r->fields[term->field].is_optional) {
      return false;
    }
    if (term->field == r->key && is_shared) {
      const dem_type *const type = &variables[term->variable].type;
      has_key = type->kind == DEM_TYPE_REFERENCE && type->relation == pattern->relation;
    } else if (is_shared) {
      return false;
    }
  }
  return has_key;
}

static bool tests_something(const probe_builder *b, const dem_pattern *pattern)
{
  const dem_relation *const r = &b->planner.plan->model->relations[pattern->relation];
  for (uint32_t i = 0; i < pattern->term_count; ++i) {
    const dem_term *const term = &pattern->terms[i];
    if (term->test_count > 0 || r->fields[term->field].is_optional) {
      return true;
    }
    for (uint32_t j = 0; j < i && term->variable != DEM_NONE; ++j) {
      if (pattern->terms[j].variable == term->variable) {
        return true;
      }
    }
  }
  return false;
}

static bool pattern_can_fail(const probe_builder *b, const dem_pattern *pattern)
{
  if (any_in_pattern(b, pattern, is_bound_here)) {
    return !is_lookup(b, pattern);
  }
  if (!b->planner.plan->is_session[pattern->relation]) {
    return false; // It is the same in all sessions.
  }
  return tests_something(b, pattern) || !always_has_rows(b, pattern->relation);
}

typedef struct session_use {
  const dem_plan *plan;
  bool is_found;
} session_use;

static dem_status note_session(void *context, uint32_t relation, bool is_negative, dem_place place)
{
  (void)is_negative;
  (void)place;
  session_use *const use = context;
  use->is_found = use->is_found || use->plan->is_session[relation];
  return DEM_OK;
}

/// Whether what conditions find depends on the rest's match or on the session.
static bool varies(const probe_builder *b, const dem_conditions *conditions)
{
  session_use use = {b->planner.plan, false};
  (void)dem_conditions_visit(conditions, true, note_session, &use);
  return use.is_found || any_in(b, conditions, is_bound_here);
}

static bool can_fail(const probe_builder *b, const dem_condition *c)
{
  switch (c->kind) {
  case DEM_CONDITION_PATTERN:
    return pattern_can_fail(b, &c->pattern);
  case DEM_CONDITION_NOT:
    return varies(b, &c->negated);
  case DEM_CONDITION_WHERE:
    return any_in_expression(b, c->guard, is_bound_here);
  case DEM_CONDITION_AGGREGATE:
    return (c->aggregate.function == DEM_AGGREGATE_MIN ||
            c->aggregate.function == DEM_AGGREGATE_MAX) &&
           varies(b, &c->aggregate.over);
  case DEM_CONDITION_LET:
  case DEM_CONDITION_ANY: // Its branches are in bodies of their own.
    return false;
  }
  return false;
}

// Opposites ---------------------------------------------------------------------------------

/// Conditions that hold where one fails, behind those that `out` holds already.
static dem_status add_opposite(probe_builder *b, const dem_condition *c, dem_condition *out,
                               uint32_t *count)
{
  dem_condition *const opposite = &out[*count];
  *opposite = (dem_condition){.kind = DEM_CONDITION_NOT, .place = c->place};
  switch (c->kind) {
  case DEM_CONDITION_NOT:
    for (uint32_t i = 0; i < c->negated.count; ++i) {
      out[(*count)++] = c->negated.items[i];
    }
    return DEM_OK;
  case DEM_CONDITION_WHERE: {
    dem_expression *const guard = DEM_ARENA_NEW(&b->planner.plan->arena, dem_expression);
    DEM_TRY_MEMORY(guard);
    *guard = (dem_expression){.op = DEM_OP_NOT,
                              .storage = DEM_STORAGE_BOOLEAN,
                              .operands = DEM_STORAGE_BOOLEAN,
                              .left = c->guard,
                              .place = c->place};
    *opposite = (dem_condition){.kind = DEM_CONDITION_WHERE, .place = c->place, .guard = guard};
    break;
  }
  case DEM_CONDITION_AGGREGATE:
    opposite->negated = c->aggregate.over;
    break;
  case DEM_CONDITION_PATTERN:
  case DEM_CONDITION_ANY:
  case DEM_CONDITION_LET:
    opposite->negated = (dem_conditions){1, c};
    break;
  }
  ++*count;
  return DEM_OK;
}

static uint32_t opposite_size(const dem_condition *c)
{
  return c->kind == DEM_CONDITION_NOT ? c->negated.count : 1;
}

// Probes ------------------------------------------------------------------------------------

static dem_status add_probe(probe_builder *b, const dem_body *body, dem_probe_kind kind,
                            const dem_condition *condition)
{
  dem_plan *const plan = b->planner.plan;
  dem_probe probe = {.kind = kind, .body = b->number, .condition = condition};
  uint32_t *const rows = DEM_ARENA_ARRAY(&plan->arena, uint32_t, body->pattern_count);
  DEM_TRY_MEMORY(rows);
  for (uint32_t i = 0; i < body->pattern_count; ++i) {
    rows[i] = DEM_ROWS_ALL;
  }
  const dem_join_request request = {.body = body, .rows = rows, .first = DEM_NONE};
  probe.join = (dem_join){.body = b->number, .delta = DEM_NONE};
  DEM_TRY(dem_join_build(&b->planner, &request, &probe.join.steps));
  return dem_vector_add(&b->probes, &probe) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static bool has_tests(const dem_condition *c)
{
  for (uint32_t i = 0; c->kind == DEM_CONDITION_PATTERN && i < c->pattern.term_count; ++i) {
    if (c->pattern.terms[i].test_count > 0) {
      return true;
    }
  }
  return false;
}

/// The pattern without its tests.
static dem_status relax(probe_builder *b, const dem_condition *c, dem_condition *out)
{
  dem_term *const terms = DEM_ARENA_ARRAY(&b->planner.plan->arena, dem_term, c->pattern.term_count);
  uint32_t count = 0;
  DEM_TRY_MEMORY(terms);
  for (uint32_t i = 0; i < c->pattern.term_count; ++i) {
    if (c->pattern.terms[i].variable != DEM_NONE) {
      terms[count] = c->pattern.terms[i];
      terms[count].test_count = 0;
      ++count;
    }
  }
  *out = *c;
  out->pattern.terms = terms;
  out->pattern.term_count = count;
  return DEM_OK;
}

/// The rest of the body and the condition's opposite, as a list of conditions.
static dem_status list_failing(probe_builder *b, const dem_condition *c, dem_conditions *out)
{
  const size_t most = (size_t)b->body->pattern_count + b->body->other_count + opposite_size(c);
  dem_condition *const items = DEM_ARENA_ARRAY(&b->planner.plan->arena, dem_condition, most);
  uint32_t count = 0;
  DEM_TRY_MEMORY(items);
  for (uint32_t i = 0; i < b->body->pattern_count; ++i) {
    if (b->body->patterns[i] != c) {
      items[count++] = *b->body->patterns[i];
    }
  }
  for (uint32_t i = 0; i < b->body->other_count; ++i) {
    if (b->is_left[i]) {
      items[count++] = *b->body->others[i];
    }
  }
  DEM_TRY(add_opposite(b, c, items, &count));
  *out = (dem_conditions){count, items};
  return DEM_OK;
}

/// The whole body with the pattern relaxed, and that it does not hold as it is.
static dem_status list_refusing(probe_builder *b, const dem_condition *c, dem_conditions *out)
{
  const size_t most = (size_t)b->body->pattern_count + b->body->other_count + 1;
  dem_condition *const items = DEM_ARENA_ARRAY(&b->planner.plan->arena, dem_condition, most);
  uint32_t count = 0;
  DEM_TRY_MEMORY(items);
  for (uint32_t i = 0; i < b->body->pattern_count; ++i, ++count) {
    if (b->body->patterns[i] == c) {
      DEM_TRY(relax(b, c, &items[count]));
    } else {
      items[count] = *b->body->patterns[i];
    }
  }
  for (uint32_t i = 0; i < b->body->other_count; ++i) {
    items[count++] = *b->body->others[i];
  }
  DEM_TRY(add_opposite(b, c, items, &count));
  *out = (dem_conditions){count, items};
  return DEM_OK;
}

static dem_status probe_conditions(probe_builder *b, const dem_condition *c,
                                   const dem_conditions *failing)
{
  dem_vector bodies;
  dem_vector_init(&bodies, b->planner.plan->arena.allocator, sizeof(dem_body));
  dem_status status = dem_bodies_expand(&b->planner.plan->arena, b->planner.plan->model,
                                        b->body->rule, failing, b->planner.diagnostics, &bodies);
  for (size_t i = 0; i < bodies.count && status == DEM_OK; ++i) {
    dem_body *const body = DEM_ARENA_NEW(&b->planner.plan->arena, dem_body);
    status = body ? DEM_OK : DEM_ERR_NO_MEMORY;
    if (body) {
      *body = DEM_VECTOR_AT(&bodies, dem_body, i);
      status = add_probe(b, body, DEM_PROBE_FAIL, c);
    }
  }
  dem_vector_clear(&bodies);
  return status;
}

static dem_status probe_failure(probe_builder *b, const dem_condition *c)
{
  dem_conditions failing;
  DEM_TRY(list_failing(b, c, &failing));
  DEM_TRY(probe_conditions(b, c, &failing));
  if (!has_tests(c)) {
    return DEM_OK;
  }
  DEM_TRY(list_refusing(b, c, &failing));
  return probe_conditions(b, c, &failing);
}

/// A branch's condition stands in several bodies: it can fail if it can in one.
static dem_status note_condition(probe_builder *b, const dem_condition *c, bool fails)
{
  for (size_t i = b->conditions.count; i > 0; --i) {
    dem_probed_condition *const known = &DEM_VECTOR_AT(&b->conditions, dem_probed_condition, i - 1);
    if (known->rule != b->body->rule) {
      break;
    }
    if (known->condition == c) {
      known->can_fail = known->can_fail || fails;
      return DEM_OK;
    }
  }
  const dem_probed_condition one = {c, b->body->rule, fails};
  return dem_vector_add(&b->conditions, &one) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_status probe_condition(probe_builder *b, const dem_condition *c)
{
  find_rest(b, c);
  const bool fails = can_fail(b, c);
  DEM_TRY(note_condition(b, c, fails));
  return fails ? probe_failure(b, c) : DEM_OK;
}

static dem_status probe_body(probe_builder *b, uint32_t number)
{
  dem_plan *const plan = b->planner.plan;
  b->number = number;
  b->body = &plan->bodies[number];
  const dem_rule *const rule = &plan->model->rules[b->body->rule];
  if (rule->is_hidden) {
    return DEM_OK;
  }
  b->is_bound = DEM_ARENA_ARRAY(&plan->arena, bool, rule->variable_count);
  b->is_outer = DEM_ARENA_ARRAY(&plan->arena, bool, rule->variable_count);
  b->is_left = DEM_ARENA_ARRAY(&plan->arena, bool, b->body->other_count);
  if (!b->is_bound || !b->is_outer || !b->is_left) {
    return DEM_ERR_NO_MEMORY;
  }
  DEM_TRY(add_probe(b, b->body, DEM_PROBE_MATCH, NULL));
  for (uint32_t i = 0; i < b->body->pattern_count; ++i) {
    DEM_TRY(probe_condition(b, b->body->patterns[i]));
  }
  for (uint32_t i = 0; i < b->body->other_count; ++i) {
    DEM_TRY(probe_condition(b, b->body->others[i]));
  }
  return DEM_OK;
}

static void *copy_items(dem_arena *arena, const dem_vector *vector)
{
  char *const copy = dem_arena_array(arena, vector->count, vector->item_size);
  for (size_t i = 0; copy && i < vector->count * vector->item_size; ++i) {
    copy[i] = ((const char *)vector->items)[i];
  }
  return copy;
}

static dem_status finish(probe_builder *b)
{
  dem_plan *const plan = b->planner.plan;
  plan->probe_count = (uint32_t)b->probes.count;
  plan->probes = copy_items(&plan->arena, &b->probes);
  plan->probed_count = (uint32_t)b->conditions.count;
  plan->probed = copy_items(&plan->arena, &b->conditions);
  plan->session.scratch_count = (uint32_t)b->planner.scratch_widths.count;
  plan->session.scratch_widths = copy_items(&plan->arena, &b->planner.scratch_widths);
  return plan->probes && plan->probed && plan->session.scratch_widths ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_status probe_bodies(probe_builder *b)
{
  dem_plan *const plan = b->planner.plan;
  for (uint32_t i = 0; i < plan->session.scratch_count; ++i) { // The probes' come behind these.
    if (!dem_vector_add(&b->planner.scratch_widths, &plan->session.scratch_widths[i])) {
      return DEM_ERR_NO_MEMORY;
    }
  }
  for (uint32_t i = 0; i < plan->body_count; ++i) {
    DEM_TRY(probe_body(b, i));
  }
  return finish(b);
}

dem_status dem_plan_probes(dem_plan *plan, const dem_relation_size *sizes,
                           dem_diagnostics *diagnostics)
{
  const dem_allocator allocator = plan->arena.allocator;
  probe_builder b = {.planner = {.plan = plan,
                                 .phase = &plan->session,
                                 .sizes = sizes,
                                 .complete_rows = DEM_ROWS_ALL,
                                 .session_guess = 4,
                                 .diagnostics = diagnostics}};
  dem_arena_init(&b.planner.scratch, allocator);
  dem_vector_init(&b.planner.scratch_widths, allocator, sizeof(uint32_t));
  dem_vector_init(&b.probes, allocator, sizeof(dem_probe));
  dem_vector_init(&b.conditions, allocator, sizeof(dem_probed_condition));
  const dem_status status = probe_bodies(&b);
  dem_vector_clear(&b.conditions);
  dem_vector_clear(&b.probes);
  dem_vector_clear(&b.planner.scratch_widths);
  dem_arena_clear(&b.planner.scratch);
  return status;
}
