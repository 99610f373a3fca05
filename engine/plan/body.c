// SPDX-License-Identifier: Apache-2.0

// Expands `any` into bodies.

#include "plan/body.h"

#include <string.h>

#include "base/try.h"

typedef struct expansion {
  dem_arena *arena;
  const dem_model *model;
  uint32_t rule;
  dem_diagnostics *diagnostics;
  dem_vector *bodies;
  size_t first;      ///< Bodies before it belong to others.
  dem_vector chosen; ///< const dem_condition *: the conjunction so far.
} expansion;

/// A list of conditions still to be taken, and what comes after it.
typedef struct pending {
  const dem_conditions *conditions;
  uint32_t next;
  const struct pending *rest;
} pending;

// Canonical order -----------------------------------------------------------------

static int compare_words(const expansion *e, dem_storage storage, dem_word a, dem_word b)
{
  if (storage == DEM_STORAGE_STRING && a != DEM_ABSENT && b != DEM_ABSENT) {
    return dem_slice_compare(dem_symbols_text(e->model->symbols, dem_word_symbol(a)),
                             dem_symbols_text(e->model->symbols, dem_word_symbol(b)));
  }
  return (a > b) - (a < b);
}

/// By name: numbers depend on the order in which a rule is written.
static int compare_variables(const expansion *e, uint32_t a, uint32_t b)
{
  if (a == DEM_NONE || b == DEM_NONE || e->rule == DEM_NONE) {
    return (a > b) - (a < b);
  }
  const dem_variable *const variables = e->model->rules[e->rule].variables;
  return dem_slice_compare(dem_symbols_text(e->model->symbols, variables[a].name),
                           dem_symbols_text(e->model->symbols, variables[b].name));
}

static int compare_tests(const expansion *e, dem_storage storage, const dem_test *a,
                         const dem_test *b)
{
  if (a->kind != b->kind) {
    return a->kind < b->kind ? -1 : 1;
  }
  if (a->word_count != b->word_count) {
    return a->word_count < b->word_count ? -1 : 1;
  }
  for (uint32_t i = 0; i < a->word_count; ++i) {
    const int order = compare_words(e, storage, a->words[i], b->words[i]);
    if (order != 0) {
      return order;
    }
  }
  return dem_slice_compare(a->regex_text, b->regex_text);
}

static int compare_terms(const expansion *e, const dem_field *fields, const dem_term *a,
                         const dem_term *b)
{
  if (a->field != b->field) {
    return a->field < b->field ? -1 : 1;
  }
  if (a->test_count != b->test_count) {
    return a->test_count < b->test_count ? -1 : 1;
  }
  for (uint32_t i = 0; i < a->test_count; ++i) {
    const int order = compare_tests(e, fields[a->field].type.storage, &a->tests[i], &b->tests[i]);
    if (order != 0) {
      return order;
    }
  }
  if ((a->variable == DEM_NONE) != (b->variable == DEM_NONE)) {
    return a->variable == DEM_NONE ? 1 : -1;
  }
  return compare_variables(e, a->variable, b->variable);
}

static int compare_patterns(const expansion *e, const dem_pattern *a, const dem_pattern *b)
{
  if (a->relation != b->relation) {
    return a->relation < b->relation ? -1 : 1;
  }
  if (a->term_count != b->term_count) {
    return a->term_count > b->term_count ? -1 : 1;
  }
  const dem_field *const fields = e->model->relations[a->relation].fields;
  for (uint32_t i = 0; i < a->term_count; ++i) {
    const int order = compare_terms(e, fields, &a->terms[i], &b->terms[i]);
    if (order != 0) {
      return order;
    }
  }
  return 0;
}

static int compare_numbers(int64_t a, int64_t b)
{
  return (a > b) - (a < b);
}

// Recursion is as deep as an expression is nested, which the reader bounds.
static int compare_expressions(const expansion *e, const dem_expression *a, const dem_expression *b)
{
  if (!a || !b) {
    return compare_numbers(a != NULL, b != NULL);
  }
  int order = compare_numbers(a->op, b->op);
  order = order ? order : compare_numbers(a->storage, b->storage);
  if (!order && a->op == DEM_OP_LITERAL) {
    return compare_words(e, a->storage, a->literal, b->literal);
  }
  if (!order && a->op == DEM_OP_VARIABLE) {
    return compare_variables(e, a->variable, b->variable);
  }
  order = order ? order : compare_expressions(e, a->left, b->left);
  return order ? order : compare_expressions(e, a->right, b->right);
}

static int compare_conditions(const expansion *e, const dem_conditions *a, const dem_conditions *b);

static int compare_aggregates(const expansion *e, const dem_aggregate *a, const dem_aggregate *b)
{
  int order = compare_numbers(a->function, b->function);
  order = order ? order : compare_variables(e, a->result, b->result);
  order = order ? order : compare_variables(e, a->value, b->value);
  order = order ? order : compare_numbers(a->way_count, b->way_count);
  return order ? order : compare_conditions(e, &a->over, &b->over);
}

/// An order of conditions that does not depend on where they stand. Those inside a `not` or an
/// aggregate are compared as they are written: it decides between bodies that differ in nothing
/// else.
static int compare_condition(const expansion *e, const dem_condition *a, const dem_condition *b)
{
  int order = compare_numbers(a->kind, b->kind);
  if (order) {
    return order;
  }
  switch (a->kind) {
  case DEM_CONDITION_PATTERN:
    return compare_patterns(e, &a->pattern, &b->pattern);
  case DEM_CONDITION_NOT:
    return compare_conditions(e, &a->negated, &b->negated);
  case DEM_CONDITION_ANY:
    order = compare_numbers(a->any.count, b->any.count);
    for (uint32_t i = 0; i < a->any.count && !order; ++i) {
      order = compare_conditions(e, &a->any.branches[i], &b->any.branches[i]);
    }
    return order;
  case DEM_CONDITION_WHERE:
    return compare_expressions(e, a->guard, b->guard);
  case DEM_CONDITION_LET:
    order = compare_variables(e, a->let.variable, b->let.variable);
    return order ? order : compare_expressions(e, a->let.value, b->let.value);
  case DEM_CONDITION_AGGREGATE:
    return compare_aggregates(e, &a->aggregate, &b->aggregate);
  }
  return 0;
}

// Recursion is as deep as conditions are nested, which the reader bounds.
static int compare_conditions(const expansion *e, const dem_conditions *a, const dem_conditions *b)
{
  int order = compare_numbers(a->count, b->count);
  for (uint32_t i = 0; i < a->count && !order; ++i) {
    order = compare_condition(e, &a->items[i], &b->items[i]);
  }
  return order;
}

/// Insertion sort: bodies are short, and equal patterns are dropped on the way.
static void add_pattern(const expansion *e, const dem_condition **patterns, uint32_t *count,
                        const dem_condition *condition)
{
  uint32_t i = *count;
  while (i > 0) {
    const int order = compare_patterns(e, &patterns[i - 1]->pattern, &condition->pattern);
    if (order == 0) {
      return;
    }
    if (order < 0) {
      break;
    }
    --i;
  }
  for (uint32_t j = *count; j > i; --j) {
    patterns[j] = patterns[j - 1];
  }
  patterns[i] = condition;
  ++*count;
}

/// A body with what orders it: its others as they would stand if their order did not matter.
typedef struct keyed_body {
  dem_body body;
  const dem_condition **sorted;
} keyed_body;

static void sort_others(const expansion *e, keyed_body *keyed)
{
  for (uint32_t i = 0; i < keyed->body.other_count; ++i) {
    const dem_condition *const condition = keyed->body.others[i];
    uint32_t j = i;
    for (; j > 0 && compare_condition(e, keyed->sorted[j - 1], condition) > 0; --j) {
      keyed->sorted[j] = keyed->sorted[j - 1];
    }
    keyed->sorted[j] = condition;
  }
}

static int compare_bodies(const expansion *e, const keyed_body *a, const keyed_body *b)
{
  int order = compare_numbers(a->body.pattern_count, b->body.pattern_count);
  for (uint32_t i = 0; i < a->body.pattern_count && !order; ++i) {
    order = compare_patterns(e, &a->body.patterns[i]->pattern, &b->body.patterns[i]->pattern);
  }
  order = order ? order : compare_numbers(a->body.other_count, b->body.other_count);
  for (uint32_t i = 0; i < a->body.other_count && !order; ++i) {
    order = compare_condition(e, a->sorted[i], b->sorted[i]);
  }
  return order;
}

/// Put a body among those before it, behind all that come before it in order.
static void place_body(const expansion *e, keyed_body *bodies, size_t index)
{
  const keyed_body body = bodies[index];
  size_t low = 0;
  size_t high = index;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (compare_bodies(e, &bodies[middle], &body) > 0) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  memmove(&bodies[low + 1], &bodies[low], (index - low) * sizeof *bodies);
  bodies[low] = body;
}

/// The bodies of one rule, in an order that does not depend on that of its branches: of two equally
/// good reasons, the one of the first body is told.
static dem_status sort_bodies(const expansion *e)
{
  const size_t count = e->bodies->count - e->first;
  if (count < 2) {
    return DEM_OK;
  }
  dem_body *const bodies = (dem_body *)e->bodies->items + e->first;
  keyed_body *const keyed = DEM_ARENA_ARRAY(e->arena, keyed_body, count);
  DEM_TRY_MEMORY(keyed);
  for (size_t i = 0; i < count; ++i) {
    keyed[i].body = bodies[i];
    keyed[i].sorted = DEM_ARENA_ARRAY(e->arena, const dem_condition *, bodies[i].other_count);
    DEM_TRY_MEMORY(keyed[i].sorted);
    sort_others(e, &keyed[i]);
    place_body(e, keyed, i);
  }
  for (size_t i = 0; i < count; ++i) {
    bodies[i] = keyed[i].body;
  }
  return DEM_OK;
}

// Expansion -----------------------------------------------------------------------

static dem_status add_body(expansion *e)
{
  const size_t count = e->chosen.count;
  const dem_condition **const patterns = DEM_ARENA_ARRAY(e->arena, const dem_condition *, count);
  const dem_condition **const others = DEM_ARENA_ARRAY(e->arena, const dem_condition *, count);
  DEM_TRY_MEMORY(patterns);
  DEM_TRY_MEMORY(others);
  dem_body body = {.rule = e->rule, .patterns = patterns, .others = others};
  for (size_t i = 0; i < count; ++i) {
    const dem_condition *const condition = DEM_VECTOR_AT(&e->chosen, const dem_condition *, i);
    if (condition->kind == DEM_CONDITION_PATTERN) {
      add_pattern(e, patterns, &body.pattern_count, condition);
    } else {
      others[body.other_count++] = condition;
    }
  }
  return dem_vector_add(e->bodies, &body) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_status expand(expansion *e, const pending *todo);

static dem_status expand_any(expansion *e, const dem_condition *any, const pending *rest)
{
  for (uint32_t i = 0; i < any->any.count; ++i) {
    if (e->bodies->count - e->first >= DEM_MAX_BODIES) {
      return dem_diagnose(e->diagnostics, DEM_DIAG_TOO_MANY_BRANCHES, any->place,
                          "the choices of 'any' multiply to more than %d combinations",
                          (int)DEM_MAX_BODIES);
    }
    const size_t kept = e->chosen.count;
    const pending branch = {&any->any.branches[i], 0, rest};
    DEM_TRY(expand(e, &branch));
    e->chosen.count = kept;
  }
  return DEM_OK;
}

// Recursion is as deep as a rule has conditions that are nested, or follow an `any`: the readers
// bound both by the limits on depth and on bodies.
static dem_status expand(expansion *e, const pending *todo)
{
  while (todo) {
    if (todo->next == todo->conditions->count) {
      todo = todo->rest;
      continue;
    }
    const dem_condition *const condition = &todo->conditions->items[todo->next];
    pending rest = {todo->conditions, todo->next + 1, todo->rest};
    if (condition->kind == DEM_CONDITION_ANY) {
      return expand_any(e, condition, &rest);
    }
    if (!dem_vector_add(&e->chosen, &condition)) {
      return DEM_ERR_NO_MEMORY;
    }
    // A plain condition is taken at once; the list goes on after it.
    return expand(e, &rest);
  }
  return add_body(e);
}

dem_status dem_bodies_expand(dem_arena *arena, const dem_model *model, uint32_t rule,
                             const dem_conditions *conditions, dem_diagnostics *diagnostics,
                             dem_vector *bodies)
{
  expansion e = {.arena = arena,
                 .model = model,
                 .rule = rule,
                 .diagnostics = diagnostics,
                 .bodies = bodies,
                 .first = bodies->count};
  dem_vector_init(&e.chosen, bodies->allocator, sizeof(const dem_condition *));
  const pending all = {conditions, 0, NULL};
  dem_status status = expand(&e, &all);
  if (status == DEM_OK) {
    status = sort_bodies(&e);
  }
  dem_vector_clear(&e.chosen);
  return status;
}
