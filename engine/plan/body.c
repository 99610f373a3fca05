// SPDX-License-Identifier: Apache-2.0

// Expands `any` into bodies.

#include "plan/body.h"

#include <stdlib.h>

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
  if (a->variable == DEM_NONE || e->rule == DEM_NONE) {
    return (a->variable > b->variable) - (a->variable < b->variable);
  }
  const dem_variable *const variables = e->model->rules[e->rule].variables;
  return dem_slice_compare(dem_symbols_text(e->model->symbols, variables[a->variable].name),
                           dem_symbols_text(e->model->symbols, variables[b->variable].name));
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
  const dem_status status = expand(&e, &all);
  dem_vector_clear(&e.chosen);
  return status;
}
