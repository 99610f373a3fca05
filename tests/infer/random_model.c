// SPDX-License-Identifier: Apache-2.0

// Random stratified programs over small integers.
//
// Conditions stand in an order in which each is ready: patterns, `any`, lets, aggregates, guards,
// negations. The engine must not rely on that, the reference does.

#include "infer/random_model.h"

#include <stdio.h>

enum { VALUES = 4, MAX_VARIABLES = 12 };

typedef struct rule_draft {
  random_model *random;
  uint32_t level;
  uint32_t bound;     ///< Variables 0 to bound - 1 have values.
  uint32_t variables; ///< Numbers given out.
  bool is_ground;     ///< Its patterns have no variables.
  dem_condition items[16];
  uint32_t count;
} rule_draft;

uint32_t random_below(random_model *random, uint32_t bound)
{
  random->state = random->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)(random->state >> 33) % bound;
}

static dem_arena *arena_of(rule_draft *d)
{
  return &d->random->model.arena;
}

static dem_word random_word(rule_draft *d)
{
  return random_below(d->random, VALUES);
}

static const dem_test *random_test(rule_draft *d)
{
  dem_test *const test = DEM_ARENA_NEW(arena_of(d), dem_test);
  dem_word *const words = DEM_ARENA_ARRAY(arena_of(d), dem_word, 2);
  static const dem_test_kind kinds[] = {
      DEM_TEST_IN,      DEM_TEST_IN,         DEM_TEST_NOT_IN,       DEM_TEST_LESS,
      DEM_TEST_GREATER, DEM_TEST_LESS_EQUAL, DEM_TEST_GREATER_EQUAL};
  test->kind = kinds[random_below(d->random, sizeof kinds / sizeof *kinds)];
  words[0] = random_word(d);
  words[1] = (words[0] + 1) % VALUES;
  test->words = words;
  test->word_count = test->kind == DEM_TEST_IN || test->kind == DEM_TEST_NOT_IN
                         ? 1 + random_below(d->random, 2)
                         : 1;
  return test;
}

/// A variable: one that is bound, or (where `may_bind`) the next new one.
static uint32_t random_variable(rule_draft *d, bool may_bind)
{
  if (may_bind && d->variables < MAX_VARIABLES &&
      (d->bound == 0 || random_below(d->random, 3) == 0)) {
    d->bound = d->variables + 1;
    return d->variables++;
  }
  return d->bound ? random_below(d->random, d->bound) : DEM_NONE;
}

static dem_condition random_pattern(rule_draft *d, uint32_t relations, bool may_bind)
{
  const uint32_t relation = random_below(d->random, relations);
  const uint32_t width = d->random->model.relations[relation].field_count;
  dem_term *const terms = DEM_ARENA_ARRAY(arena_of(d), dem_term, width);
  uint32_t count = 0;
  for (uint32_t i = 0; i < width; ++i) {
    const uint32_t what = random_below(d->random, 6);
    if (what == 0) {
      continue;
    }
    dem_term *const term = &terms[count++];
    *term = (dem_term){.field = i, .variable = DEM_NONE};
    if (what != 1 && !d->is_ground) {
      term->variable = random_variable(d, may_bind);
    }
    if (what <= 2 || term->variable == DEM_NONE) {
      term->tests = random_test(d);
      term->test_count = 1;
    }
  }
  return (dem_condition){.kind = DEM_CONDITION_PATTERN, .pattern = {relation, count, terms}};
}

static dem_conditions list_of(rule_draft *d, const dem_condition *items, uint32_t count)
{
  dem_condition *const copy = DEM_ARENA_ARRAY(arena_of(d), dem_condition, count);
  for (uint32_t i = 0; i < count; ++i) {
    copy[i] = items[i];
  }
  return (dem_conditions){count, copy};
}

/// Relations that a rule of this level may read: all of its level and below, or only those below.
static uint32_t readable(const rule_draft *d, bool below)
{
  uint32_t count = 0;
  while (count < RANDOM_RELATIONS && d->random->levels[count] < d->level + (below ? 0 : 1)) {
    ++count;
  }
  return count;
}

static void add_any(rule_draft *d)
{
  // Branches test what is bound, so that each binds the same variables: none.
  dem_conditions *const branches = DEM_ARENA_ARRAY(arena_of(d), dem_conditions, 2);
  for (uint32_t i = 0; i < 2; ++i) {
    const dem_condition pattern = random_pattern(d, readable(d, false), false);
    branches[i] = list_of(d, &pattern, 1);
  }
  d->items[d->count++] =
      (dem_condition){.kind = DEM_CONDITION_ANY, .any = {.count = 2, .branches = branches}};
}

static const dem_expression *variable_or_literal(rule_draft *d)
{
  dem_expression *const e = DEM_ARENA_NEW(arena_of(d), dem_expression);
  *e = (dem_expression){.storage = DEM_STORAGE_INTEGER, .op = DEM_OP_LITERAL};
  if (d->bound && random_below(d->random, 3)) {
    e->op = DEM_OP_VARIABLE;
    e->variable = random_below(d->random, d->bound);
  } else {
    e->literal = random_word(d);
  }
  return e;
}

static const dem_expression *random_expression(rule_draft *d, dem_operator op)
{
  dem_expression *const e = DEM_ARENA_NEW(arena_of(d), dem_expression);
  const bool is_test = op >= DEM_OP_EQUAL;
  *e = (dem_expression){.op = op,
                        .storage = is_test ? DEM_STORAGE_BOOLEAN : DEM_STORAGE_INTEGER,
                        .operands = DEM_STORAGE_INTEGER,
                        .left = variable_or_literal(d),
                        .right = variable_or_literal(d)};
  return e;
}

static void add_let(rule_draft *d)
{
  if (d->variables == MAX_VARIABLES) {
    return;
  }
  // Bounded below VALUES by a guard, so that recursion through arithmetic ends.
  const dem_expression *const value = random_expression(d, DEM_OP_SUBTRACT);
  const uint32_t variable = d->variables++;
  d->bound = d->variables;
  d->items[d->count++] =
      (dem_condition){.kind = DEM_CONDITION_LET, .let = {.variable = variable, .value = value}};
  for (int i = 0; i < 2; ++i) {
    dem_expression *const guard = DEM_ARENA_NEW(arena_of(d), dem_expression);
    dem_expression *const left = DEM_ARENA_NEW(arena_of(d), dem_expression);
    dem_expression *const right = DEM_ARENA_NEW(arena_of(d), dem_expression);
    *left = (dem_expression){
        .op = DEM_OP_VARIABLE, .storage = DEM_STORAGE_INTEGER, .variable = variable};
    *right = (dem_expression){
        .op = DEM_OP_LITERAL, .storage = DEM_STORAGE_INTEGER, .literal = i ? VALUES : (dem_word)-1};
    *guard = (dem_expression){.op = DEM_OP_LESS,
                              .storage = DEM_STORAGE_BOOLEAN,
                              .operands = DEM_STORAGE_INTEGER,
                              .left = i ? left : right,
                              .right = i ? right : left};
    d->items[d->count++] = (dem_condition){.kind = DEM_CONDITION_WHERE, .guard = guard};
  }
}

static bool is_used(const dem_conditions *conditions, uint32_t variable)
{
  for (uint32_t i = 0; i < conditions->count; ++i) {
    const dem_pattern *const pattern = &conditions->items[i].pattern;
    for (uint32_t j = 0; j < pattern->term_count; ++j) {
      if (pattern->terms[j].variable == variable) {
        return true;
      }
    }
  }
  return false;
}

static void add_aggregate(rule_draft *d)
{
  if (d->level == 0 || d->variables + 3 > MAX_VARIABLES) {
    return;
  }
  const uint32_t outer = d->bound;
  const uint32_t first = d->variables;
  dem_condition inner[2];
  inner[0] = random_pattern(d, readable(d, true), true);
  inner[1] = random_pattern(d, readable(d, true), false);
  dem_aggregate a = {.function = (dem_aggregate_function)random_below(d->random, 4),
                     .storage = DEM_STORAGE_INTEGER,
                     .value = DEM_NONE,
                     .over = list_of(d, inner, 1 + random_below(d->random, 2))};
  uint32_t *const way = DEM_ARENA_ARRAY(arena_of(d), uint32_t, MAX_VARIABLES);
  uint32_t *const group = DEM_ARENA_ARRAY(arena_of(d), uint32_t, MAX_VARIABLES);
  for (uint32_t i = first; i < d->variables; ++i) {
    way[a.way_count++] = i;
  }
  for (uint32_t i = 0; i < outer; ++i) {
    if (is_used(&a.over, i)) {
      group[a.group_count++] = i;
    }
  }
  a.way = way;
  a.group = group;
  if (a.way_count == 0) {
    a.function = DEM_AGGREGATE_COUNT;
  } else if (a.function != DEM_AGGREGATE_COUNT) {
    a.value = way[0];
  }
  if (d->variables == MAX_VARIABLES) {
    return;
  }
  a.result = d->variables++;
  d->items[d->count++] = (dem_condition){.kind = DEM_CONDITION_AGGREGATE, .aggregate = a};
  // The inner variables are local: they must not be used outside. Only the result is.
  d->bound = outer;
  const uint32_t result = a.result;
  dem_expression *const guard = DEM_ARENA_NEW(arena_of(d), dem_expression);
  dem_expression *const left = DEM_ARENA_NEW(arena_of(d), dem_expression);
  *left =
      (dem_expression){.op = DEM_OP_VARIABLE, .storage = DEM_STORAGE_INTEGER, .variable = result};
  *guard = (dem_expression){.op = DEM_OP_LESS,
                            .storage = DEM_STORAGE_BOOLEAN,
                            .operands = DEM_STORAGE_INTEGER,
                            .left = left,
                            .right = variable_or_literal(d)};
  d->items[d->count++] = (dem_condition){.kind = DEM_CONDITION_WHERE, .guard = guard};
}

static void add_negation(rule_draft *d)
{
  if (d->level == 0) {
    return;
  }
  const uint32_t outer = d->bound;
  dem_condition inner[2];
  inner[0] = random_pattern(d, readable(d, true), random_below(d->random, 2));
  inner[1] = random_pattern(d, readable(d, true), false);
  d->items[d->count++] = (dem_condition){
      .kind = DEM_CONDITION_NOT, .negated = list_of(d, inner, 1 + random_below(d->random, 2))};
  d->bound = outer;
}

static void make_rule(random_model *random, uint32_t number, uint32_t head)
{
  rule_draft d = {.random = random, .level = random->levels[head]};
  dem_model *const m = &random->model;
  d.is_ground = random_below(random, 3) == 0;
  const uint32_t patterns = random_below(random, 4);
  for (uint32_t i = 0; i < patterns; ++i) {
    d.items[d.count++] = random_pattern(&d, readable(&d, false), true);
  }
  if (d.bound && random_below(random, 4) == 0) {
    add_any(&d);
  }
  if (d.bound && random_below(random, 4) == 0) {
    add_let(&d);
  }
  if (!random->is_positive && random_below(random, 4) == 0) {
    add_aggregate(&d);
  }
  if (d.bound && random_below(random, 4) == 0) {
    d.items[d.count++] = (dem_condition){.kind = DEM_CONDITION_WHERE,
                                         .guard = random_expression(&d, DEM_OP_NOT_EQUAL)};
  }
  if (!random->is_positive && random_below(random, 3) == 0) {
    add_negation(&d);
  }
  const uint32_t width = m->relations[head].field_count;
  dem_output *const outputs = DEM_ARENA_ARRAY(&m->arena, dem_output, width);
  for (uint32_t i = 0; i < width; ++i) {
    outputs[i] = (dem_output){.kind = DEM_OUTPUT_WORD, .word = random_word(&d)};
    if (d.bound && random_below(random, 5)) {
      outputs[i] =
          (dem_output){.kind = DEM_OUTPUT_VARIABLE, .variable = random_below(random, d.bound)};
    }
  }
  dem_conclusion *const conclusion = DEM_ARENA_NEW(&m->arena, dem_conclusion);
  *conclusion = (dem_conclusion){.relation = head, .outputs = outputs};
  dem_variable *const variables = DEM_ARENA_ARRAY(&m->arena, dem_variable, MAX_VARIABLES);
  char name[16];
  for (uint32_t i = 0; i < MAX_VARIABLES; ++i) {
    (void)snprintf(name, sizeof name, "$v%u", (unsigned)i);
    variables[i].name = dem_symbols_intern(m->symbols, dem_slice_of(name));
  }
  (void)snprintf(name, sizeof name, "rule%02u", (unsigned)number);
  m->rules[number] = (dem_rule){.id = dem_symbols_intern(m->symbols, dem_slice_of(name)),
                                .variable_count = MAX_VARIABLES,
                                .variables = variables,
                                .when = list_of(&d, d.items, d.count),
                                .conclusion_count = 1,
                                .conclusions = conclusion,
                                .from = INT64_MIN,
                                .until = INT64_MAX};
}

static void make_relation(random_model *random, uint32_t number)
{
  dem_model *const m = &random->model;
  dem_relation *const r = &m->relations[number];
  const uint32_t width = 1 + random_below(random, 3);
  dem_field *const fields = DEM_ARENA_ARRAY(&m->arena, dem_field, width);
  for (uint32_t i = 0; i < width; ++i) {
    fields[i].type = (dem_type){.kind = DEM_TYPE_INTEGER, .storage = DEM_STORAGE_INTEGER};
  }
  char name[16];
  (void)snprintf(name, sizeof name, "r%u", (unsigned)number);
  *r = (dem_relation){.name = dem_symbols_intern(m->symbols, dem_slice_of(name)),
                      .field_count = width,
                      .fields = fields,
                      .key = DEM_NONE,
                      .label = DEM_NONE,
                      .names = DEM_NONE};
  r->is_answered = random_below(random, 3) == 0;
}

static void make_facts(random_model *random, uint32_t relation)
{
  dem_model *const m = &random->model;
  const dem_allocator allocator = dem_allocator_default();
  dem_vector_init(&m->facts[relation].words, allocator, sizeof(dem_word));
  dem_vector_init(&m->facts[relation].givens, allocator, sizeof(uint32_t));
  const uint32_t count =
      relation < RANDOM_GIVEN || random_below(random, 4) == 0 ? random_below(random, 8) : 0;
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t given = 0;
    (void)dem_vector_add(&m->facts[relation].givens, &given);
    for (uint32_t j = 0; j < m->relations[relation].field_count; ++j) {
      const dem_word word = random_below(random, VALUES);
      (void)dem_vector_add(&m->facts[relation].words, &word);
    }
  }
}

void random_model_make(random_model *random, uint64_t seed)
{
  *random = (random_model){.state = seed * 2654435761U + 1, .is_positive = seed % 4 == 0};
  dem_model *const m = &random->model;
  dem_model_init(m, dem_allocator_default());
  m->symbols = dem_symbols_new(dem_allocator_default(), NULL);
  m->relation_count = RANDOM_RELATIONS;
  m->relations = DEM_ARENA_ARRAY(&m->arena, dem_relation, RANDOM_RELATIONS);
  m->facts = DEM_ARENA_ARRAY(&m->arena, dem_given_facts, RANDOM_RELATIONS);
  const dem_given given = {.as_of = INT64_MIN, .from = INT64_MIN, .until = INT64_MAX};
  (void)dem_vector_add(&m->givens, &given);
  // Levels grow with the relations; two neighbours may share one and then may need each other.
  for (uint32_t i = 0; i < RANDOM_RELATIONS; ++i) {
    random->levels[i] = i < RANDOM_GIVEN ? 0 : random->levels[i - 1] + random_below(random, 2);
    make_relation(random, i);
    make_facts(random, i);
  }
  random->levels[RANDOM_GIVEN] += random->levels[RANDOM_GIVEN] == 0;
  for (uint32_t i = RANDOM_GIVEN + 1; i < RANDOM_RELATIONS; ++i) {
    const uint32_t before = random->levels[i - 1];
    random->levels[i] = random->levels[i] < before ? before : random->levels[i];
  }
  random->level_count = random->levels[RANDOM_RELATIONS - 1] + 1;
  m->rule_count = 10;
  m->rules = DEM_ARENA_ARRAY(&m->arena, dem_rule, m->rule_count);
  for (uint32_t i = 0; i < m->rule_count; ++i) {
    make_rule(random, i, RANDOM_GIVEN + random_below(random, RANDOM_DERIVED));
  }
}

void random_model_free(random_model *random)
{
  dem_model_clear(&random->model);
}
