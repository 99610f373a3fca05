// SPDX-License-Identifier: Apache-2.0

// The nearest match against the evaluator, on random programs: a rule has a match without failures
// for a fact exactly if it derives that fact. And every match that is told holds as it is told.

#include "infer/near_match.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "infer/random_model.h"
#include "support/naive.h"

enum { PROGRAMS = 300, DOMAIN = 4 };

typedef struct trial {
  random_model random;
  dem_program *program;
  dem_symbols *symbols;
  dem_facts *facts;
  dem_diagnostics diagnostics;
  uint64_t seed;
  size_t derived;
  size_t missed;
} trial;

static void add_session_facts(trial *t)
{
  for (uint32_t r = 0; r < RANDOM_RELATIONS; ++r) {
    const uint32_t count = random_below(&t->random, 4);
    for (uint32_t i = 0; t->random.model.relations[r].is_answered && i < count; ++i) {
      dem_word words[NAIVE_MAX_FIELDS];
      for (size_t j = 0; j < NAIVE_MAX_FIELDS; ++j) {
        words[j] = random_below(&t->random, DOMAIN);
      }
      assert_int_equal(dem_facts_add_given(t->facts, r, words, 7), DEM_OK);
    }
  }
}

/// What a conclusion that is to be these words says of the variables. False when it cannot be, or
/// when an expression would have to be solved.
static bool unify(const dem_rule *rule, const dem_conclusion *c, uint32_t width,
                  const dem_word *words, dem_word *head)
{
  for (uint32_t i = 0; i < rule->variable_count; ++i) {
    head[i] = DEM_ABSENT;
  }
  for (uint32_t i = 0; i < width; ++i) {
    const dem_output *const o = &c->outputs[i];
    if (o->kind == DEM_OUTPUT_EXPRESSION || (o->kind == DEM_OUTPUT_WORD && o->word != words[i])) {
      return false;
    }
    if (o->kind == DEM_OUTPUT_VARIABLE) {
      if (head[o->variable] != DEM_ABSENT && head[o->variable] != words[i]) {
        return false;
      }
      head[o->variable] = words[i];
    }
  }
  return true;
}

/// A pattern that is said to hold matches the fact that is named, with the values that are told.
static void assert_told_truly(const trial *t, const dem_near_match *match)
{
  const dem_word *const values = match->values.items;
  for (size_t i = 0; i < match->conditions.count; ++i) {
    const dem_near_condition *const c = &DEM_VECTOR_AT(&match->conditions, dem_near_condition, i);
    if (c->state != DEM_NEAR_HELD || c->condition->kind != DEM_CONDITION_PATTERN) {
      continue;
    }
    const dem_pattern *const p = &c->condition->pattern;
    const dem_word *const row = dem_facts_row(t->facts, c->fact);
    assert_int_equal(c->fact.relation, p->relation);
    for (uint32_t j = 0; j < p->term_count; ++j) {
      if (p->terms[j].variable != DEM_NONE) {
        assert_int_equal(values[p->terms[j].variable], row[p->terms[j].field]);
      }
    }
  }
}

/// Whether some rule with a plain conclusion derives these words, as the search sees it.
static bool has_match(trial *t, uint32_t relation, const dem_word *words)
{
  const dem_model *const model = &t->random.model;
  const dem_near_facts where = {t->program, t->facts, t->facts};
  bool found = false;
  dem_near_match match;
  dem_near_match_init(&match, dem_allocator_default());
  for (uint32_t r = 0; r < model->rule_count; ++r) {
    const dem_rule *const rule = &model->rules[r];
    for (uint32_t i = 0; i < rule->conclusion_count; ++i) {
      dem_word head[NAIVE_MAX_VARIABLES];
      if (rule->conclusions[i].relation == relation &&
          unify(rule, &rule->conclusions[i], model->relations[relation].field_count, words, head)) {
        assert_int_equal(dem_near_find(&where, r, head, &match), DEM_OK);
        assert_false(match.is_cut);
        assert_int_equal(match.held + match.failed + match.unseen, match.conditions.count);
        assert_told_truly(t, &match);
        found = found || match.failed + match.unseen == 0;
      }
    }
  }
  dem_near_match_clear(&match);
  return found;
}

static bool concludes_by_expression(const dem_rule *rule, uint32_t relation, uint32_t width)
{
  for (uint32_t i = 0; i < rule->conclusion_count; ++i) {
    for (uint32_t j = 0; j < width && rule->conclusions[i].relation == relation; ++j) {
      if (rule->conclusions[i].outputs[j].kind == DEM_OUTPUT_EXPRESSION) {
        return true;
      }
    }
  }
  return false;
}

static void check_row(trial *t, uint32_t relation, const dem_word *words)
{
  const uint32_t width = t->random.model.relations[relation].field_count;
  const dem_fact fact = dem_facts_find(t->facts, relation, words);
  const bool found = has_match(t, relation, words);
  const uint32_t rule = dem_fact_is_none(fact) ? DEM_NONE : dem_facts_justify(t->facts, fact).rule;
  if (found && dem_fact_is_none(fact)) {
    print_error("seed %llu: a match for what does not follow\n", (unsigned long long)t->seed);
    fail();
  }
  if (!found && rule != DEM_NONE &&
      !concludes_by_expression(&t->random.model.rules[rule], relation, width)) {
    print_error("seed %llu: no match for what follows\n", (unsigned long long)t->seed);
    fail();
  }
  t->derived += rule != DEM_NONE;
  t->missed += dem_fact_is_none(fact);
}

static void check_relation(trial *t, uint32_t relation)
{
  const uint32_t width = t->random.model.relations[relation].field_count;
  uint32_t rows = 1;
  for (uint32_t i = 0; i < width; ++i) {
    rows *= DOMAIN;
  }
  for (uint32_t row = 0; row < rows; ++row) {
    dem_word words[NAIVE_MAX_FIELDS] = {0};
    for (uint32_t i = 0, rest = row; i < width; ++i, rest /= DOMAIN) {
      words[i] = rest % DOMAIN;
    }
    check_row(t, relation, words);
  }
}

static void try_seed(trial *t, uint64_t seed)
{
  const dem_limits limits = dem_limits_default();
  const dem_allocator allocator = dem_allocator_default();
  t->seed = seed;
  random_model_make(&t->random, seed);
  dem_diagnostics_init(&t->diagnostics, allocator);
  assert_int_equal(
      dem_program_new(allocator, &t->random.model, 0, &limits, &t->diagnostics, &t->program),
      DEM_OK);
  t->symbols = dem_symbols_new(allocator, dem_program_symbols(t->program));
  t->facts = dem_program_facts(t->program, allocator, t->symbols);
  add_session_facts(t);
  assert_int_equal(dem_program_run(t->program, t->facts, &limits, &t->diagnostics), DEM_OK);
  for (uint32_t r = 0; r < RANDOM_RELATIONS; ++r) {
    check_relation(t, r);
  }
  dem_facts_free(t->facts);
  dem_symbols_free(t->symbols);
  dem_program_free(t->program);
  dem_diagnostics_clear(&t->diagnostics);
  random_model_free(&t->random);
}

static void agrees_with_the_evaluator(void **state)
{
  (void)state;
  trial *const t = calloc(1, sizeof *t);
  for (uint64_t seed = 1; seed <= PROGRAMS; ++seed) {
    try_seed(t, seed);
  }
  assert_true(t->derived > 1000);
  assert_true(t->missed > 1000);
  free(t);
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(agrees_with_the_evaluator)};
  return cmocka_run_group_tests_name("infer/near_match", tests, NULL, NULL);
}
