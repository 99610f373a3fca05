// SPDX-License-Identifier: Apache-2.0

// A reference evaluator, as plain as can be.

#include "support/naive.h"

#include <stdlib.h>
#include <string.h>

typedef struct binding {
  bool is_bound[NAIVE_MAX_VARIABLES];
  int64_t values[NAIVE_MAX_VARIABLES];
} binding;

typedef void visitor(void *context, const binding *b);

/// Conditions still to be satisfied, as a linked list of lists.
typedef struct todo {
  const dem_conditions *conditions;
  uint32_t next;
  const struct todo *rest;
} todo;

static int64_t arithmetic(const dem_expression *e, const binding *b)
{
  if (e->op == DEM_OP_LITERAL) {
    return (int64_t)e->literal;
  }
  if (e->op == DEM_OP_VARIABLE) {
    return b->values[e->variable];
  }
  const int64_t left = arithmetic(e->left, b);
  const int64_t right = e->right ? arithmetic(e->right, b) : 0;
  switch ((int)e->op) {
  case DEM_OP_ADD:
    return left + right;
  case DEM_OP_SUBTRACT:
    return left - right;
  case DEM_OP_LESS:
    return left < right;
  case DEM_OP_EQUAL:
    return left == right;
  case DEM_OP_NOT_EQUAL:
    return left != right;
  default:
    abort();
  }
}

static bool passes(const dem_test *test, int64_t value)
{
  bool found = false;
  for (uint32_t i = 0; i < test->word_count; ++i) {
    found = found || (int64_t)test->words[i] == value;
  }
  switch ((int)test->kind) {
  case DEM_TEST_IN:
    return found;
  case DEM_TEST_NOT_IN:
    return !found;
  case DEM_TEST_LESS:
    return value < (int64_t)test->words[0];
  case DEM_TEST_LESS_EQUAL:
    return value <= (int64_t)test->words[0];
  case DEM_TEST_GREATER:
    return value > (int64_t)test->words[0];
  case DEM_TEST_GREATER_EQUAL:
    return value >= (int64_t)test->words[0];
  default:
    abort();
  }
}

static bool matches(const dem_pattern *p, const naive_fact *f, binding *b)
{
  for (uint32_t i = 0; i < p->term_count; ++i) {
    const dem_term *const t = &p->terms[i];
    const int64_t value = f->words[t->field];
    for (uint32_t j = 0; j < t->test_count; ++j) {
      if (!passes(&t->tests[j], value)) {
        return false;
      }
    }
    if (t->variable == DEM_NONE) {
      continue;
    }
    if (b->is_bound[t->variable] && b->values[t->variable] != value) {
      return false;
    }
    b->is_bound[t->variable] = true;
    b->values[t->variable] = value;
  }
  return true;
}

static void solve(const naive *n, const todo *t, const binding *b, visitor *visit, void *context);

static void note(void *context, const binding *b)
{
  (void)b;
  *(bool *)context = true;
}

typedef struct ways {
  const dem_aggregate *aggregate;
  size_t count;
  int64_t rows[NAIVE_MAX_FACTS][NAIVE_MAX_VARIABLES];
} ways;

static void add_way(void *context, const binding *b)
{
  ways *const w = context;
  int64_t row[NAIVE_MAX_VARIABLES] = {0};
  for (uint32_t i = 0; i < w->aggregate->way_count; ++i) {
    row[i] = b->values[w->aggregate->way[i]];
  }
  for (size_t i = 0; i < w->count; ++i) {
    if (memcmp(w->rows[i], row, sizeof row) == 0) {
      return;
    }
  }
  if (w->count == NAIVE_MAX_FACTS) {
    abort();
  }
  memcpy(w->rows[w->count++], row, sizeof row);
}

static bool aggregate(const naive *n, const dem_aggregate *a, const binding *b, int64_t *result)
{
  ways *const w = calloc(1, sizeof *w);
  w->aggregate = a;
  const todo inner = {&a->over, 0, NULL};
  solve(n, &inner, b, add_way, w);
  uint32_t column = 0;
  while (a->function != DEM_AGGREGATE_COUNT && a->way[column] != a->value) {
    ++column;
  }
  *result = a->function == DEM_AGGREGATE_COUNT ? (int64_t)w->count : 0;
  const bool has_value =
      w->count > 0 || a->function == DEM_AGGREGATE_COUNT || a->function == DEM_AGGREGATE_SUM;
  for (size_t i = 0; i < w->count; ++i) {
    const int64_t value = w->rows[i][column];
    if (a->function == DEM_AGGREGATE_SUM) {
      *result += value;
    } else if (a->function == DEM_AGGREGATE_MIN && (i == 0 || value < *result)) {
      *result = value;
    } else if (a->function == DEM_AGGREGATE_MAX && (i == 0 || value > *result)) {
      *result = value;
    }
  }
  free(w);
  return has_value;
}

static void bind_value(const naive *n, const todo *rest, const binding *b, uint32_t variable,
                       int64_t value, visitor *visit, void *context)
{
  binding extended = *b;
  if (extended.is_bound[variable] && extended.values[variable] != value) {
    return;
  }
  extended.is_bound[variable] = true;
  extended.values[variable] = value;
  solve(n, rest, &extended, visit, context);
}

/// Conditions are taken in their order: the generator puts what binds before what tests.
static void solve(const naive *n, const todo *t, const binding *b, visitor *visit, void *context)
{
  while (t && t->next == t->conditions->count) {
    t = t->rest;
  }
  if (!t) {
    visit(context, b);
    return;
  }
  const dem_condition *const c = &t->conditions->items[t->next];
  const todo rest = {t->conditions, t->next + 1, t->rest};
  int64_t value;
  switch (c->kind) {
  case DEM_CONDITION_PATTERN:
    for (size_t i = 0; i < n->count; ++i) {
      binding extended = *b;
      if (n->facts[i].relation == c->pattern.relation &&
          matches(&c->pattern, &n->facts[i], &extended)) {
        solve(n, &rest, &extended, visit, context);
      }
    }
    break;
  case DEM_CONDITION_NOT: {
    bool found = false;
    const todo inner = {&c->negated, 0, NULL};
    solve(n, &inner, b, note, &found);
    if (!found) {
      solve(n, &rest, b, visit, context);
    }
    break;
  }
  case DEM_CONDITION_ANY:
    for (uint32_t i = 0; i < c->any.count; ++i) {
      const todo branch = {&c->any.branches[i], 0, &rest};
      solve(n, &branch, b, visit, context);
    }
    break;
  case DEM_CONDITION_WHERE:
    if (arithmetic(c->guard, b)) {
      solve(n, &rest, b, visit, context);
    }
    break;
  case DEM_CONDITION_LET:
    bind_value(n, &rest, b, c->let.variable, arithmetic(c->let.value, b), visit, context);
    break;
  case DEM_CONDITION_AGGREGATE:
    if (aggregate(n, &c->aggregate, b, &value)) {
      bind_value(n, &rest, b, c->aggregate.result, value, visit, context);
    }
    break;
  }
}

bool naive_has(const naive *n, uint32_t relation, const dem_word *words)
{
  const uint32_t width = n->model->relations[relation].field_count;
  for (size_t i = 0; i < n->count; ++i) {
    if (n->facts[i].relation == relation &&
        memcmp(n->facts[i].words, words, width * sizeof *words) == 0) {
      return true;
    }
  }
  return false;
}

bool naive_add(naive *n, uint32_t relation, const dem_word *words)
{
  if (naive_has(n, relation, words)) {
    return false;
  }
  if (n->count == NAIVE_MAX_FACTS) {
    abort();
  }
  naive_fact *const fact = &n->facts[n->count++];
  *fact = (naive_fact){.relation = relation};
  memcpy(fact->words, words, n->model->relations[relation].field_count * sizeof *words);
  return true;
}

typedef struct conclusion_run {
  naive *n;
  const dem_rule *rule;
  naive_fact found[NAIVE_MAX_FACTS * 4];
  size_t count;
} conclusion_run;

static void conclude(void *context, const binding *b)
{
  conclusion_run *const run = context;
  for (uint32_t i = 0; i < run->rule->conclusion_count; ++i) {
    const dem_conclusion *const c = &run->rule->conclusions[i];
    naive_fact fact = {.relation = c->relation};
    for (uint32_t j = 0; j < run->n->model->relations[c->relation].field_count; ++j) {
      const dem_output *const o = &c->outputs[j];
      fact.words[j] = o->kind == DEM_OUTPUT_WORD       ? (int64_t)o->word
                      : o->kind == DEM_OUTPUT_VARIABLE ? b->values[o->variable]
                                                       : arithmetic(o->expression, b);
    }
    if (run->count == sizeof run->found / sizeof *run->found) {
      run->count = 0; // Flushed by the caller's loop: the next pass finds the rest.
    }
    run->found[run->count++] = fact;
  }
}

static bool pass(naive *n, uint32_t level, conclusion_run *run)
{
  bool has_new = false;
  for (uint32_t r = 0; r < n->model->rule_count; ++r) {
    const dem_rule *const rule = &n->model->rules[r];
    if (n->levels[rule->conclusions[0].relation] != level) {
      continue;
    }
    *run = (conclusion_run){.n = n, .rule = rule};
    const todo all = {&rule->when, 0, NULL};
    const binding none = {{false}, {0}};
    solve(n, &all, &none, conclude, run);
    for (size_t i = 0; i < run->count; ++i) {
      dem_word words[NAIVE_MAX_FIELDS];
      memcpy(words, run->found[i].words, sizeof words);
      has_new = naive_add(n, run->found[i].relation, words) || has_new;
    }
  }
  return has_new;
}

void naive_run(naive *n)
{
  conclusion_run *const run = malloc(sizeof *run);
  for (uint32_t level = 0; level < n->level_count; ++level) {
    while (pass(n, level, run)) {
    }
  }
  free(run);
}
