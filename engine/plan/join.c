// SPDX-License-Identifier: Apache-2.0

// Orders one body's conditions into steps.
//
// What is bound so far decides how a pattern is found: all columns known, one row; some known, an
// index; none, a scan. Tests are done where their variables are first known.

#include "plan/join.h"

#include <assert.h>

#include "base/try.h"

/// The order while it is being chosen.
typedef struct ordering {
  dem_planner *planner;
  const dem_join_request *request;
  bool *is_bound;  ///< By variable: has a value at this step.
  bool *is_outer;  ///< By variable: gets a value at some step of this body.
  bool *is_placed; ///< By pattern, then by other.
  uint32_t first_position;
  dem_vector steps; ///< dem_step
} ordering;

// Variables ---------------------------------------------------------------------------

typedef bool variable_visitor(void *context, uint32_t variable);

static bool all_in_expression(const dem_expression *e, variable_visitor *visit, void *context)
{
  if (!e) {
    return true;
  }
  if (e->op == DEM_OP_VARIABLE) {
    return visit(context, e->variable);
  }
  return all_in_expression(e->left, visit, context) && all_in_expression(e->right, visit, context);
}

static bool all_in_pattern(const dem_pattern *pattern, variable_visitor *visit, void *context)
{
  for (uint32_t i = 0; i < pattern->term_count; ++i) {
    if (pattern->terms[i].variable != DEM_NONE && !visit(context, pattern->terms[i].variable)) {
      return false;
    }
  }
  return true;
}

static bool all_in_conditions(const dem_conditions *conditions, variable_visitor *visit,
                              void *context);

static bool all_in_condition(const dem_condition *c, variable_visitor *visit, void *context)
{
  switch (c->kind) {
  case DEM_CONDITION_PATTERN:
    return all_in_pattern(&c->pattern, visit, context);
  case DEM_CONDITION_NOT:
    return all_in_conditions(&c->negated, visit, context);
  case DEM_CONDITION_ANY:
    for (uint32_t i = 0; i < c->any.count; ++i) {
      if (!all_in_conditions(&c->any.branches[i], visit, context)) {
        return false;
      }
    }
    return true;
  case DEM_CONDITION_WHERE:
    return all_in_expression(c->guard, visit, context);
  case DEM_CONDITION_LET:
    return all_in_expression(c->let.value, visit, context);
  case DEM_CONDITION_AGGREGATE:
    return all_in_conditions(&c->aggregate.over, visit, context);
  }
  return true;
}

static bool all_in_conditions(const dem_conditions *conditions, variable_visitor *visit,
                              void *context)
{
  for (uint32_t i = 0; i < conditions->count; ++i) {
    if (!all_in_condition(&conditions->items[i], visit, context)) {
      return false;
    }
  }
  return true;
}

static bool mark_outer(void *context, uint32_t variable)
{
  ordering *const o = context;
  o->is_outer[variable] = true;
  return true;
}

static bool mark_bound(void *context, uint32_t variable)
{
  ordering *const o = context;
  o->is_bound[variable] = true;
  return true;
}

/// A variable that this body binds must have its value; one that is local to a `not` need not.
static bool is_ready_variable(void *context, uint32_t variable)
{
  const ordering *const o = context;
  return o->is_bound[variable] || !o->is_outer[variable];
}

static void find_outer(ordering *o)
{
  const dem_body *const body = o->request->body;
  for (uint32_t i = 0; i < body->pattern_count; ++i) {
    (void)all_in_pattern(&body->patterns[i]->pattern, mark_outer, o);
  }
  for (uint32_t i = 0; i < body->other_count; ++i) {
    const dem_condition *const c = body->others[i];
    if (c->kind == DEM_CONDITION_LET) {
      o->is_outer[c->let.variable] = true;
    } else if (c->kind == DEM_CONDITION_AGGREGATE) {
      o->is_outer[c->aggregate.result] = true;
    }
  }
}

// Estimates ---------------------------------------------------------------------------

static bool is_constant(const dem_term *term)
{
  return term->test_count > 0 && term->tests[0].kind == DEM_TEST_IN &&
         term->tests[0].word_count == 1;
}

static bool is_known(const ordering *o, const dem_term *term)
{
  return is_constant(term) || (term->variable != DEM_NONE && o->is_bound[term->variable]);
}

static double relation_rows(const dem_planner *planner, uint32_t relation, uint32_t rows)
{
  const double known = planner->sizes[relation].rows;
  const bool is_session = (rows & DEM_ROWS_SESSION) != 0;
  if (planner->session_guess > 0) {
    return (rows & DEM_ROWS_BASE ? known : 0) + (is_session ? planner->session_guess : 0);
  }
  // Before the kb has been run nothing is known of a derived relation: take it for a large one.
  const bool is_derived = planner->plan->stratum_of[relation] != DEM_NONE;
  return is_derived ? known + 10000 : known;
}

static double column_values(const dem_planner *planner, uint32_t relation, uint32_t column,
                            double rows)
{
  const double known = planner->sizes[relation].distinct[column];
  const double guess = rows < 100 ? rows : 100;
  return known > guess ? known : guess > 1 ? guess : 1;
}

/// Rows that a pattern is expected to find, given what is bound.
static double estimate(const ordering *o, uint32_t index)
{
  const dem_pattern *const pattern = &o->request->body->patterns[index]->pattern;
  const double all = relation_rows(o->planner, pattern->relation, o->request->rows[index]);
  double rows = all;
  for (uint32_t i = 0; i < pattern->term_count; ++i) {
    const dem_term *const term = &pattern->terms[i];
    if (is_known(o, term)) {
      rows /= column_values(o->planner, pattern->relation, term->field, all);
    } else if (term->test_count > 0) {
      rows *= 0.5;
    }
  }
  return rows;
}

// Steps -------------------------------------------------------------------------------

static uint32_t find_index(dem_planner *planner, uint32_t relation, uint64_t columns)
{
  dem_index_list *const list = &planner->phase->indexes[relation];
  for (uint32_t i = 0; i < list->count; ++i) {
    if (list->columns[i] == columns) {
      return i;
    }
  }
  if (list->count == list->capacity) {
    const uint32_t capacity = list->capacity ? list->capacity * 2 : 4;
    uint64_t *const grown = DEM_ARENA_ARRAY(&planner->plan->arena, uint64_t, capacity);
    if (!grown) {
      return DEM_NONE;
    }
    for (uint32_t i = 0; i < list->count; ++i) {
      grown[i] = list->columns[i];
    }
    list->columns = grown;
    list->capacity = capacity;
  }
  list->columns[list->count] = columns;
  return list->count++;
}

/// Key parts and column actions while a pattern's step is built.
typedef struct pattern_step {
  dem_key_part *key;
  uint32_t key_count;
  dem_column_action *actions;
  uint32_t action_count;
} pattern_step;

static void add_action(pattern_step *p, dem_column_action action)
{
  p->actions[p->action_count++] = action;
}

static void add_tests(pattern_step *p, const dem_field *field, const dem_term *term, uint32_t from)
{
  if (field->is_optional) {
    add_action(p, (dem_column_action){.kind = DEM_COLUMN_PRESENT, .column = term->field});
  }
  for (uint32_t i = from; i < term->test_count; ++i) {
    add_action(p, (dem_column_action){.kind = DEM_COLUMN_TEST,
                                      .column = term->field,
                                      .storage = field->type.storage,
                                      .test = &term->tests[i]});
  }
}

static void add_key(pattern_step *p, const dem_term *term, bool by_word)
{
  p->key[p->key_count++] = (dem_key_part){.column = term->field,
                                          .variable = by_word ? DEM_NONE : term->variable,
                                          .word = by_word ? term->tests[0].words[0] : 0};
}

/// Keys and tests first, since they refuse rows; then the bindings and what compares with them.
static void split_terms(ordering *o, const dem_pattern *pattern, pattern_step *p)
{
  const dem_field *const fields = o->planner->plan->model->relations[pattern->relation].fields;
  uint64_t by_variable = 0; // Terms whose variable is part of the key.
  for (uint32_t i = 0; i < pattern->term_count; ++i) {
    const dem_term *const term = &pattern->terms[i];
    const bool by_word = is_constant(term);
    if (by_word || (term->variable != DEM_NONE && o->is_bound[term->variable])) {
      add_key(p, term, by_word);
      by_variable |= by_word ? 0 : UINT64_C(1) << i;
    }
    add_tests(p, &fields[term->field], term, by_word ? 1 : 0);
  }
  for (uint32_t i = 0; i < pattern->term_count; ++i) {
    const dem_term *const term = &pattern->terms[i];
    if (term->variable == DEM_NONE) {
      continue;
    }
    if (!o->is_bound[term->variable]) {
      o->is_bound[term->variable] = true;
      add_action(p, (dem_column_action){.kind = DEM_COLUMN_BIND,
                                        .column = term->field,
                                        .variable = term->variable});
    } else if (!(by_variable >> i & 1)) {
      add_action(p, (dem_column_action){.kind = DEM_COLUMN_EQUAL,
                                        .column = term->field,
                                        .variable = term->variable});
    }
  }
}

/// Where no index helps, what would be the key is tested on each row.
static void key_to_actions(pattern_step *p)
{
  for (uint32_t i = p->action_count; i > 0; --i) {
    p->actions[i - 1 + p->key_count] = p->actions[i - 1];
  }
  for (uint32_t i = 0; i < p->key_count; ++i) {
    const bool by_word = p->key[i].variable == DEM_NONE;
    p->actions[i] = (dem_column_action){.kind = by_word ? DEM_COLUMN_WORD : DEM_COLUMN_EQUAL,
                                        .column = p->key[i].column,
                                        .variable = p->key[i].variable,
                                        .word = p->key[i].word};
  }
  p->action_count += p->key_count;
  p->key_count = 0;
}

static uint64_t key_columns(const pattern_step *p)
{
  uint64_t columns = 0;
  for (uint32_t i = 0; i < p->key_count; ++i) {
    columns |= UINT64_C(1) << p->key[i].column;
  }
  return columns;
}

static dem_status init_pattern_step(ordering *o, const dem_pattern *pattern, pattern_step *p)
{
  size_t actions = 0;
  for (uint32_t i = 0; i < pattern->term_count; ++i) {
    actions += 3 + (size_t)pattern->terms[i].test_count;
  }
  p->key = DEM_ARENA_ARRAY(&o->planner->plan->arena, dem_key_part, pattern->term_count);
  p->actions = DEM_ARENA_ARRAY(&o->planner->plan->arena, dem_column_action, actions);
  return p->key && p->actions ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_status add_pattern_step(ordering *o, uint32_t index)
{
  const dem_pattern *const pattern = &o->request->body->patterns[index]->pattern;
  const uint32_t width = o->planner->plan->model->relations[pattern->relation].field_count;
  dem_step step = {.relation = pattern->relation,
                   .rows = o->request->rows[index],
                   .position = o->first_position + index,
                   .estimate = estimate(o, index)};
  pattern_step p = {0};
  DEM_TRY(init_pattern_step(o, pattern, &p));
  split_terms(o, pattern, &p);
  if (p.key_count == width) {
    step.kind = DEM_STEP_FIND;
  } else if (p.key_count == 0 || step.rows == DEM_ROWS_DELTA) {
    step.kind = DEM_STEP_SCAN;
    key_to_actions(&p);
  } else {
    step.kind = DEM_STEP_LOOKUP;
    step.index = find_index(o->planner, pattern->relation, key_columns(&p));
    if (step.index == DEM_NONE) {
      return DEM_ERR_NO_MEMORY;
    }
  }
  step.key = p.key;
  step.key_count = p.key_count;
  step.actions = p.actions;
  step.action_count = p.action_count;
  o->is_placed[index] = true;
  return dem_vector_add(&o->steps, &step) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

// Nested conditions -----------------------------------------------------------------------

static dem_status order_body(dem_planner *planner, const dem_join_request *request,
                             const bool *bound, dem_steps *out);

static dem_status build_alternatives(ordering *o, const dem_conditions *conditions,
                                     dem_alternatives *out)
{
  dem_planner *const planner = o->planner;
  dem_vector bodies;
  dem_vector_init(&bodies, planner->plan->arena.allocator, sizeof(dem_body));
  dem_status status = dem_bodies_expand(&planner->plan->arena, planner->plan->model, DEM_NONE,
                                        conditions, planner->diagnostics, &bodies);
  dem_steps *const items = DEM_ARENA_ARRAY(&planner->plan->arena, dem_steps, bodies.count);
  uint32_t rows[64];
  for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
    rows[i] = planner->complete_rows;
  }
  for (size_t i = 0; status == DEM_OK && items && i < bodies.count; ++i) {
    const dem_body *const body = &DEM_VECTOR_AT(&bodies, dem_body, i);
    uint32_t *many = rows;
    if (body->pattern_count > sizeof rows / sizeof *rows) {
      many = DEM_ARENA_ARRAY(&planner->plan->arena, uint32_t, body->pattern_count);
      for (uint32_t j = 0; many && j < body->pattern_count; ++j) {
        many[j] = planner->complete_rows;
      }
    }
    const dem_join_request request = {.body = body, .rows = many, .first = DEM_NONE};
    status = many ? order_body(planner, &request, o->is_bound, &items[i]) : DEM_ERR_NO_MEMORY;
  }
  *out = (dem_alternatives){(uint32_t)bodies.count, items};
  dem_vector_clear(&bodies);
  return status == DEM_OK && !items ? DEM_ERR_NO_MEMORY : status;
}

static dem_status add_aggregate_step(ordering *o, const dem_aggregate *aggregate)
{
  dem_vector *const widths = &o->planner->scratch_widths;
  dem_step step = {.kind = DEM_STEP_AGGREGATE,
                   .position = DEM_NONE,
                   .aggregate = aggregate,
                   .variable = aggregate->result,
                   .is_bound = o->is_bound[aggregate->result],
                   .scratch = (uint32_t)widths->count,
                   .estimate = 1};
  if (!dem_vector_add(widths, &aggregate->way_count)) {
    return DEM_ERR_NO_MEMORY;
  }
  DEM_TRY(build_alternatives(o, &aggregate->over, &step.inner));
  o->is_bound[aggregate->result] = true;
  return dem_vector_add(&o->steps, &step) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_status add_other_step(ordering *o, const dem_condition *c)
{
  dem_step step = {.position = DEM_NONE, .estimate = 1};
  if (c->kind == DEM_CONDITION_AGGREGATE) {
    return add_aggregate_step(o, &c->aggregate);
  }
  if (c->kind == DEM_CONDITION_WHERE) {
    step.kind = DEM_STEP_GUARD;
    step.expression = c->guard;
  } else if (c->kind == DEM_CONDITION_LET) {
    step.kind = DEM_STEP_LET;
    step.expression = c->let.value;
    step.variable = c->let.variable;
    step.is_bound = o->is_bound[c->let.variable];
    o->is_bound[c->let.variable] = true;
  } else {
    step.kind = DEM_STEP_NOT;
    DEM_TRY(build_alternatives(o, &c->negated, &step.inner));
  }
  return dem_vector_add(&o->steps, &step) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

// The order -------------------------------------------------------------------------------

static bool is_ready(ordering *o, const dem_condition *c, bool has_patterns)
{
  if (c->kind == DEM_CONDITION_AGGREGATE && has_patterns) {
    return false; // Costly: run once for each match of the patterns, not for each of their
                  // prefixes.
  }
  return all_in_condition(c, is_ready_variable, o);
}

/// Place what can be tested now. A let may make another condition ready, so go on until nothing
/// changes.
static dem_status place_others(ordering *o, bool has_patterns, bool *has_rest)
{
  const dem_body *const body = o->request->body;
  bool has_changed = true;
  while (has_changed) {
    has_changed = false;
    *has_rest = false;
    for (uint32_t i = 0; i < body->other_count; ++i) {
      bool *const is_placed = &o->is_placed[body->pattern_count + i];
      if (*is_placed || (o->request->is_dropped && o->request->is_dropped[i])) {
        continue;
      }
      if (is_ready(o, body->others[i], has_patterns)) {
        DEM_TRY(add_other_step(o, body->others[i]));
        *is_placed = has_changed = true;
      } else {
        *has_rest = true;
      }
    }
  }
  return DEM_OK;
}

static uint32_t choose_pattern(const ordering *o)
{
  uint32_t best = DEM_NONE;
  double best_rows = 0;
  for (uint32_t i = 0; i < o->request->body->pattern_count; ++i) {
    if (o->is_placed[i] || o->request->rows[i] == 0) {
      continue;
    }
    const double rows = estimate(o, i);
    if (best == DEM_NONE || rows < best_rows) {
      best = i;
      best_rows = rows;
    }
  }
  return best;
}

static dem_status place_all(ordering *o)
{
  uint32_t next = o->request->first != DEM_NONE ? o->request->first : choose_pattern(o);
  bool has_rest = false;
  for (;;) {
    DEM_TRY(place_others(o, next != DEM_NONE, &has_rest));
    if (next == DEM_NONE) {
      break;
    }
    DEM_TRY(add_pattern_step(o, next));
    next = choose_pattern(o);
  }
  assert(!has_rest); // The readers refuse rules whose variables are not bound.
  const dem_step finish = {.kind = DEM_STEP_FINISH, .position = DEM_NONE};
  return dem_vector_add(&o->steps, &finish) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_status copy_steps(ordering *o, dem_steps *out)
{
  dem_step *const items = DEM_ARENA_ARRAY(&o->planner->plan->arena, dem_step, o->steps.count);
  DEM_TRY_MEMORY(items);
  for (size_t i = 0; i < o->steps.count; ++i) {
    items[i] = DEM_VECTOR_AT(&o->steps, dem_step, i);
  }
  *out = (dem_steps){(uint32_t)o->steps.count, items};
  return DEM_OK;
}

static dem_status order_body(dem_planner *planner, const dem_join_request *request,
                             const bool *bound, dem_steps *out)
{
  const uint32_t variable_count = planner->variable_count;
  const dem_body *const body = request->body;
  ordering o = {.planner = planner, .request = request};
  o.is_bound = DEM_ARENA_ARRAY(&planner->scratch, bool, variable_count);
  o.is_outer = DEM_ARENA_ARRAY(&planner->scratch, bool, variable_count);
  o.is_placed =
      DEM_ARENA_ARRAY(&planner->scratch, bool, (size_t)body->pattern_count + body->other_count);
  if (!o.is_bound || !o.is_outer || !o.is_placed) {
    return DEM_ERR_NO_MEMORY;
  }
  for (uint32_t i = 0; bound && i < variable_count; ++i) {
    o.is_bound[i] = o.is_outer[i] = bound[i];
  }
  dem_vector_init(&o.steps, planner->plan->arena.allocator, sizeof(dem_step));
  o.first_position = planner->position_count;
  planner->position_count += body->pattern_count;
  find_outer(&o);
  for (uint32_t i = 0; i < body->pattern_count; ++i) {
    if (request->rows[i] == 0) {
      (void)all_in_pattern(&body->patterns[i]->pattern, mark_bound, &o);
    }
  }
  dem_status status = place_all(&o);
  if (status == DEM_OK) {
    status = copy_steps(&o, out);
  }
  dem_vector_clear(&o.steps);
  return status;
}

dem_status dem_join_build(dem_planner *planner, const dem_join_request *request, dem_steps *out)
{
  const dem_rule *const rule = &planner->plan->model->rules[request->body->rule];
  planner->variable_count = rule->variable_count;
  planner->position_count = 0;
  const dem_status status = order_body(planner, request, NULL, out);
  dem_arena_reset(&planner->scratch);
  uint32_t *const most = &planner->phase->position_count;
  *most = planner->position_count > *most ? planner->position_count : *most;
  return status;
}
