// SPDX-License-Identifier: Apache-2.0

// What lies behind a derived fact: the values of its rule's variables, and the facts it rests on.
//
// Only the rows of the patterns are stored; lets and aggregates are worked out again from them, and
// give the same values, since what they read was complete.

#include "base/try.h"
#include "infer/fixpoint.h"
#include "infer/program.h"

static void bind_patterns(dem_matcher *m, const dem_body *body, const dem_justification *why)
{
  for (uint32_t i = 0; i < body->pattern_count; ++i) {
    const dem_word *const row = dem_facts_row(m->facts, dem_justification_fact(why, i));
    const dem_pattern *const pattern = &body->patterns[i]->pattern;
    for (uint32_t j = 0; j < pattern->term_count; ++j) {
      if (pattern->terms[j].variable != DEM_NONE) {
        m->values[pattern->terms[j].variable] = row[pattern->terms[j].field];
      }
    }
  }
}

/// Bind all variables of the match behind a derived fact.
static dem_status rebind(const dem_program *program, dem_matcher *m, const dem_justification *why)
{
  const dem_plan *const plan = dem_program_plan(program);
  const dem_body *const body = &plan->bodies[why->body];
  const uint32_t count = plan->model->rules[why->rule].variable_count;
  for (uint32_t i = 0; i < count; ++i) {
    m->values[i] = DEM_ABSENT;
  }
  bind_patterns(m, body, why);
  const dem_steps *const steps = &plan->session.explanations[why->body];
  if (steps->count == 0) {
    return DEM_OK;
  }
  const dem_join join = {.body = why->body, .steps = *steps};
  dem_finish finish = {.kind = DEM_FINISH_EXISTS};
  m->join = &join;
  m->status = DEM_OK;
  (void)dem_steps_run(m, steps->items, &finish);
  m->join = NULL;
  return m->status;
}

dem_status dem_program_rebind(const dem_program *program, dem_facts *facts, dem_fact fact,
                              dem_word *values)
{
  dem_matcher *const m = &((dem_worker *)facts->worker)->matcher;
  const dem_justification why = dem_facts_justify(facts, fact);
  if (why.rule == DEM_NONE) {
    return DEM_ERR_NOT_FOUND;
  }
  DEM_TRY(rebind(program, m, &why));
  const uint32_t count = dem_program_model(program)->rules[why.rule].variable_count;
  for (uint32_t i = 0; i < count; ++i) {
    values[i] = m->values[i];
  }
  return DEM_OK;
}

/// Those that were added since m->told was reset are not added again.
static bool add_once(dem_matcher *m, dem_vector *support, dem_fact fact)
{
  const dem_word word = (dem_word)fact.relation << 32 | fact.row;
  bool is_new;
  return dem_table_put(&m->told, &word, &is_new) != DEM_NONE &&
         (!is_new || dem_vector_add(support, &fact));
}

/// The facts that one negation or aggregate finds in the matcher's model.
static dem_status add_ways(dem_matcher *m, uint32_t body, const dem_step *step, dem_vector *support)
{
  dem_vector_reset(&m->found);
  const dem_join join = {.body = body};
  m->join = &join;
  m->status = DEM_OK;
  for (uint32_t i = 0; i < step->inner.count && m->status == DEM_OK; ++i) {
    dem_finish finish = {.kind = DEM_FINISH_SUPPORT, .support = &m->found};
    finish.steps = &step->inner.items[i];
    (void)dem_steps_run(m, finish.steps->items, &finish);
  }
  m->join = NULL;
  for (size_t i = 0; i < m->found.count && m->status == DEM_OK; ++i) {
    m->status =
        add_once(m, support, DEM_VECTOR_AT(&m->found, dem_fact, i)) ? DEM_OK : DEM_ERR_NO_MEMORY;
  }
  return m->status;
}

dem_status dem_program_support(const dem_program *program, dem_facts *facts, dem_fact fact,
                               dem_vector *support)
{
  dem_matcher *const m = &((dem_worker *)facts->worker)->matcher;
  const dem_justification why = dem_facts_justify(facts, fact);
  dem_table_reset(&m->told);
  for (uint32_t i = 0; i < why.fact_count; ++i) {
    if (!add_once(m, support, dem_justification_fact(&why, i))) {
      return DEM_ERR_NO_MEMORY;
    }
  }
  if (why.rule == DEM_NONE) {
    return DEM_OK;
  }
  DEM_TRY(rebind(program, m, &why));
  const dem_steps *const steps = &dem_program_plan(program)->session.explanations[why.body];
  for (uint32_t i = 0; i < steps->count; ++i) {
    if (steps->items[i].kind == DEM_STEP_AGGREGATE) {
      DEM_TRY(add_ways(m, why.body, &steps->items[i], support));
    }
  }
  return DEM_OK;
}

// Doubts ----------------------------------------------------------------------------------

/// One step of a body's doubts: what it looked at, and what it binds for those that follow.
static dem_status take_doubt(dem_matcher *m, uint32_t body, const dem_step *step, dem_vector *found)
{
  const dem_join join = {.body = body};
  if (step->kind == DEM_STEP_NOT || step->kind == DEM_STEP_AGGREGATE) {
    DEM_TRY(add_ways(m, body, step, found));
  }
  m->join = &join;
  m->status = DEM_OK;
  if (step->kind == DEM_STEP_LET) {
    (void)dem_expression_evaluate(m, step->expression, &m->values[step->variable]);
  } else if (step->kind == DEM_STEP_AGGREGATE) {
    m->values[step->variable] = DEM_OPEN;
  }
  m->join = NULL;
  return m->status;
}

dem_status dem_program_doubts(const dem_program *program, dem_facts *possible, uint32_t body,
                              const uint32_t *rows, dem_vector *found)
{
  dem_matcher *const m = &((dem_worker *)possible->worker)->matcher;
  const dem_plan *const plan = dem_program_plan(program);
  const dem_steps *const steps = &plan->session.doubts[body];
  if (steps->count == 0) {
    return DEM_OK;
  }
  const dem_body_shape *const shape = &possible->base->shapes[body];
  const dem_justification why = {.rule = shape->rule,
                                 .body = body,
                                 .fact_count = shape->pattern_count,
                                 .relations = shape->relations,
                                 .rows = rows};
  for (uint32_t i = 0; i < plan->model->rules[why.rule].variable_count; ++i) {
    m->values[i] = DEM_ABSENT;
  }
  bind_patterns(m, &plan->bodies[body], &why);
  dem_table_reset(&m->told);
  for (uint32_t i = 0; i < steps->count; ++i) {
    DEM_TRY(take_doubt(m, body, &steps->items[i], found));
  }
  return DEM_OK;
}
