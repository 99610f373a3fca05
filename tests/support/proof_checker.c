// SPDX-License-Identifier: Apache-2.0

// Replays a proof step by step.
//
// Conditions are tried in the rule's order, those that are not ready yet being put off: patterns
// against the premises alone, the rest against all facts, row by row.

#include "support/proof_checker.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/unicode.h"

enum { MOST_VARIABLES = 64, MOST_WAYS = 65536 };

typedef struct binding {
  bool is_bound[MOST_VARIABLES];
  dem_word values[MOST_VARIABLES];
} binding;

/// Conditions still to be satisfied: a bit each of a list, and the lists behind it.
typedef struct todo {
  const dem_conditions *conditions;
  uint64_t left;
  const struct todo *rest;
} todo;

typedef struct search {
  const proof_checker *checker;
  const dem_proof *proof;
  const dem_proof_step *step; ///< NULL inside a `not` or an aggregate: all facts count.
  bool (*found)(struct search *search, const binding *b);
  void *context;
} search;

static char *say(const char *format, ...)
{
  char *const text = malloc(1024);
  va_list arguments;
  va_start(arguments, format);
  (void)vsnprintf(text, 1024, format, arguments);
  va_end(arguments);
  return text;
}

// Values ------------------------------------------------------------------------------

static dem_slice text_of(const search *s, dem_word word)
{
  return dem_symbols_text(s->checker->symbols, dem_word_symbol(word));
}

static int compare(const search *s, dem_storage storage, dem_word a, dem_word b)
{
  if (storage == DEM_STORAGE_STRING) {
    return dem_slice_compare(text_of(s, a), text_of(s, b));
  }
  if (storage == DEM_STORAGE_NUMBER) {
    return (dem_word_number(a) > dem_word_number(b)) - (dem_word_number(a) < dem_word_number(b));
  }
  return (dem_word_integer(a) > dem_word_integer(b)) - (dem_word_integer(a) < dem_word_integer(b));
}

static dem_word arithmetic(const search *s, const dem_expression *e, dem_word left, dem_word right)
{
  const bool is_number = e->storage == DEM_STORAGE_NUMBER;
  const double x = dem_word_number(left);
  const double y = dem_word_number(right);
  const int64_t i = dem_word_integer(left);
  const int64_t j = dem_word_integer(right);
  switch ((int)e->op) {
  case DEM_OP_ADD:
    return is_number ? dem_word_of_number(x + y) : dem_word_of_integer(i + j);
  case DEM_OP_SUBTRACT:
    return is_number ? dem_word_of_number(x - y) : dem_word_of_integer(i - j);
  case DEM_OP_MULTIPLY:
    return is_number ? dem_word_of_number(x * y) : dem_word_of_integer(i * j);
  case DEM_OP_DIVIDE:
    return is_number ? dem_word_of_number(x / y) : dem_word_of_integer(i / j);
  case DEM_OP_REMAINDER:
    return is_number ? dem_word_of_number(fmod(x, y)) : dem_word_of_integer(i % j);
  case DEM_OP_MIN:
    return compare(s, e->operands, left, right) < 0 ? left : right;
  default: // DEM_OP_MAX
    return compare(s, e->operands, left, right) > 0 ? left : right;
  }
}

static dem_word evaluate(const search *s, const dem_expression *e, const binding *b)
{
  if (e->op == DEM_OP_LITERAL) {
    return e->literal;
  }
  if (e->op == DEM_OP_VARIABLE) {
    return b->values[e->variable];
  }
  const dem_word left = evaluate(s, e->left, b);
  const dem_word right = e->right ? evaluate(s, e->right, b) : 0;
  switch (e->op) {
  case DEM_OP_TO_NUMBER:
    return dem_word_of_number((double)dem_word_integer(left));
  case DEM_OP_NEGATE:
    return e->storage == DEM_STORAGE_NUMBER ? dem_word_of_number(-dem_word_number(left))
                                            : dem_word_of_integer(-dem_word_integer(left));
  case DEM_OP_ABS:
    return e->storage == DEM_STORAGE_NUMBER ? dem_word_of_number(fabs(dem_word_number(left)))
                                            : dem_word_of_integer(llabs(dem_word_integer(left)));
  case DEM_OP_LENGTH:
    return dem_word_of_integer((int64_t)dem_unicode_length(text_of(s, left)));
  case DEM_OP_EQUAL:
    return compare(s, e->operands, left, right) == 0;
  case DEM_OP_NOT_EQUAL:
    return compare(s, e->operands, left, right) != 0;
  case DEM_OP_LESS:
    return compare(s, e->operands, left, right) < 0;
  case DEM_OP_LESS_EQUAL:
    return compare(s, e->operands, left, right) <= 0;
  case DEM_OP_GREATER:
    return compare(s, e->operands, left, right) > 0;
  case DEM_OP_GREATER_EQUAL:
    return compare(s, e->operands, left, right) >= 0;
  case DEM_OP_AND:
    return left && right;
  case DEM_OP_OR:
    return left || right;
  case DEM_OP_NOT:
    return !left;
  case DEM_OP_LOWER:
  case DEM_OP_LITERAL:
  case DEM_OP_VARIABLE:
    abort(); // No test pack lowers a text.
  case DEM_OP_ADD:
  case DEM_OP_SUBTRACT:
  case DEM_OP_MULTIPLY:
  case DEM_OP_DIVIDE:
  case DEM_OP_REMAINDER:
  case DEM_OP_MIN:
  case DEM_OP_MAX:
    break;
  }
  return arithmetic(s, e, left, right);
}

static bool is_ready(const dem_expression *e, const binding *b)
{
  if (!e) {
    return true;
  }
  if (e->op == DEM_OP_VARIABLE) {
    return b->is_bound[e->variable];
  }
  return is_ready(e->left, b) && is_ready(e->right, b);
}

// Patterns ------------------------------------------------------------------------------

static bool is_among(const dem_test *test, dem_word word)
{
  for (uint32_t i = 0; i < test->word_count; ++i) {
    if (test->words[i] == word) {
      return true;
    }
  }
  return false;
}

static bool passes(const search *s, const dem_test *test, dem_storage storage, dem_word word)
{
  switch (test->kind) {
  case DEM_TEST_IN:
    return is_among(test, word);
  case DEM_TEST_NOT_IN:
    return !is_among(test, word);
  case DEM_TEST_LESS:
    return compare(s, storage, word, test->words[0]) < 0;
  case DEM_TEST_LESS_EQUAL:
    return compare(s, storage, word, test->words[0]) <= 0;
  case DEM_TEST_GREATER:
    return compare(s, storage, word, test->words[0]) > 0;
  case DEM_TEST_GREATER_EQUAL:
    return compare(s, storage, word, test->words[0]) >= 0;
  case DEM_TEST_MATCHES: {
    bool is_match = false;
    dem_regex_matcher *const matcher = dem_regex_matcher_new(dem_allocator_default());
    (void)dem_regex_match(test->regex, matcher, text_of(s, word), &is_match);
    dem_regex_matcher_free(matcher);
    return is_match;
  }
  }
  return false;
}

static bool matches(const search *s, const dem_pattern *p, const dem_word *row, binding *b)
{
  for (uint32_t i = 0; i < p->term_count; ++i) {
    const dem_term *const t = &p->terms[i];
    const dem_word word = row[t->field];
    if (word == DEM_ABSENT) {
      return false;
    }
    for (uint32_t j = 0; j < t->test_count; ++j) {
      const dem_storage storage =
          s->checker->model->relations[p->relation].fields[t->field].type.storage;
      if (!passes(s, &t->tests[j], storage, word)) {
        return false;
      }
    }
    if (t->variable != DEM_NONE) {
      if (b->is_bound[t->variable] && b->values[t->variable] != word) {
        return false;
      }
      b->is_bound[t->variable] = true;
      b->values[t->variable] = word;
    }
  }
  return true;
}

// Conditions ----------------------------------------------------------------------------

static bool solve(search *s, const todo *t, const binding *b);

static bool solve_pattern(search *s, const dem_pattern *pattern, const todo *rest, const binding *b)
{
  const dem_facts *const facts = s->checker->facts;
  const uint32_t count =
      s->step ? (uint32_t)s->step->premise_count : dem_facts_count(facts, pattern->relation);
  for (uint32_t i = 0; i < count; ++i) {
    dem_fact fact;
    if (s->step) {
      const dem_fact_handle handle = s->proof->steps[s->step->premises[i]].handle;
      fact = (dem_fact){handle.relation, handle.row};
    } else {
      fact = dem_facts_at(facts, pattern->relation, i);
    }
    binding extended = *b;
    if (fact.relation == pattern->relation &&
        matches(s, pattern, dem_facts_row(facts, fact), &extended) && solve(s, rest, &extended)) {
      return true;
    }
  }
  return false;
}

static bool stop(search *s, const binding *b)
{
  (void)s;
  (void)b;
  return true;
}

static bool has_match(const search *s, const dem_conditions *conditions, const binding *b)
{
  search inner = *s;
  inner.step = NULL;
  inner.found = stop;
  const todo all = {conditions, (UINT64_C(1) << conditions->count) - 1, NULL};
  return solve(&inner, &all, b);
}

typedef struct ways {
  const dem_aggregate *aggregate;
  size_t count;
  dem_word (*rows)[MOST_VARIABLES];
} ways;

static bool add_way(search *s, const binding *b)
{
  ways *const w = s->context;
  dem_word row[MOST_VARIABLES] = {0};
  for (uint32_t i = 0; i < w->aggregate->way_count; ++i) {
    row[i] = b->values[w->aggregate->way[i]];
  }
  for (size_t i = 0; i < w->count; ++i) {
    if (memcmp(w->rows[i], row, sizeof row) == 0) {
      return false;
    }
  }
  if (w->count == MOST_WAYS) {
    abort();
  }
  memcpy(w->rows[w->count++], row, sizeof row);
  return false;
}

static bool aggregate(const search *s, const dem_aggregate *a, const binding *b, dem_word *result)
{
  ways w = {.aggregate = a, .rows = malloc(sizeof *w.rows * MOST_WAYS)};
  search inner = *s;
  inner.step = NULL;
  inner.found = add_way;
  inner.context = &w;
  const todo all = {&a->over, (UINT64_C(1) << a->over.count) - 1, NULL};
  (void)solve(&inner, &all, b);
  uint32_t column = 0;
  while (a->function != DEM_AGGREGATE_COUNT && a->way[column] != a->value) {
    ++column;
  }
  *result = dem_word_of_integer((int64_t)w.count);
  bool has_value = a->function == DEM_AGGREGATE_COUNT;
  for (size_t i = 0; i < w.count && a->function != DEM_AGGREGATE_COUNT; ++i) {
    const dem_word word = w.rows[i][column];
    const int order = has_value ? compare(s, a->storage, word, *result) : 0;
    const bool is_number = a->storage == DEM_STORAGE_NUMBER;
    if (!has_value || (a->function == DEM_AGGREGATE_MIN && order < 0) ||
        (a->function == DEM_AGGREGATE_MAX && order > 0)) {
      *result = word;
    } else if (a->function == DEM_AGGREGATE_SUM) {
      *result = is_number ? dem_word_of_number(dem_word_number(*result) + dem_word_number(word))
                          : dem_word_of_integer(dem_word_integer(*result) + dem_word_integer(word));
    }
    has_value = true;
  }
  free(w.rows);
  return has_value || a->function == DEM_AGGREGATE_SUM;
}

static bool bind(search *s, const todo *rest, const binding *b, uint32_t variable, dem_word word)
{
  binding extended = *b;
  if (extended.is_bound[variable] && extended.values[variable] != word) {
    return false;
  }
  extended.is_bound[variable] = true;
  extended.values[variable] = word;
  return solve(s, rest, &extended);
}

static bool solve_condition(search *s, const dem_condition *c, const todo *rest, const binding *b)
{
  dem_word word = 0;
  switch (c->kind) {
  case DEM_CONDITION_PATTERN:
    return solve_pattern(s, &c->pattern, rest, b);
  case DEM_CONDITION_NOT:
    return !has_match(s, &c->negated, b) && solve(s, rest, b);
  case DEM_CONDITION_ANY:
    for (uint32_t i = 0; i < c->any.count; ++i) {
      const todo branch = {&c->any.branches[i], (UINT64_C(1) << c->any.branches[i].count) - 1,
                           rest};
      if (solve(s, &branch, b)) {
        return true;
      }
    }
    return false;
  case DEM_CONDITION_WHERE:
    return evaluate(s, c->guard, b) && solve(s, rest, b);
  case DEM_CONDITION_LET:
    return bind(s, rest, b, c->let.variable, evaluate(s, c->let.value, b));
  case DEM_CONDITION_AGGREGATE:
    return aggregate(s, &c->aggregate, b, &word) && bind(s, rest, b, c->aggregate.result, word);
  }
  return false;
}

/// Patterns first, then what is ready, then negations and aggregates.
static int urgency(const dem_condition *c, const binding *b)
{
  switch (c->kind) {
  case DEM_CONDITION_WHERE:
    return is_ready(c->guard, b) ? 0 : 9;
  case DEM_CONDITION_LET:
    return is_ready(c->let.value, b) ? 0 : 9;
  case DEM_CONDITION_PATTERN:
    return 1;
  case DEM_CONDITION_ANY:
    return 2;
  case DEM_CONDITION_AGGREGATE:
    return 3;
  case DEM_CONDITION_NOT:
    break;
  }
  return 4;
}

static bool solve(search *s, const todo *t, const binding *b)
{
  while (t && !t->left) {
    t = t->rest;
  }
  if (!t) {
    return s->found(s, b);
  }
  uint32_t next = UINT32_MAX;
  for (uint32_t i = 0; i < t->conditions->count; ++i) {
    if (t->left >> i & 1 && (next == UINT32_MAX || urgency(&t->conditions->items[i], b) <
                                                       urgency(&t->conditions->items[next], b))) {
      next = i;
    }
  }
  const todo rest = {t->conditions, t->left & ~(UINT64_C(1) << next), t->rest};
  return solve_condition(s, &t->conditions->items[next], &rest, b);
}

// Steps ---------------------------------------------------------------------------------

static const dem_word *row_of(const search *s, const dem_proof_step *step)
{
  return dem_facts_row(s->checker->facts, (dem_fact){step->handle.relation, step->handle.row});
}

/// Whether some conclusion of the rule, with these values, is the step's fact.
static bool concludes(search *s, const binding *b)
{
  const dem_rule *const rule = s->context;
  const dem_model *const model = s->checker->model;
  const dem_word *const row = row_of(s, s->step);
  for (uint32_t i = 0; i < rule->conclusion_count; ++i) {
    const dem_conclusion *const c = &rule->conclusions[i];
    bool is_it = c->relation == s->step->handle.relation;
    for (uint32_t j = 0; is_it && j < model->relations[c->relation].field_count; ++j) {
      const dem_output *const o = &c->outputs[j];
      const dem_word word = o->kind == DEM_OUTPUT_WORD       ? o->word
                            : o->kind == DEM_OUTPUT_VARIABLE ? b->values[o->variable]
                                                             : evaluate(s, o->expression, b);
      is_it = word == row[j];
    }
    if (is_it) {
      return true;
    }
  }
  return false;
}

static const dem_rule *find_rule(const dem_model *model, const char *id)
{
  for (uint32_t i = 0; i < model->rule_count; ++i) {
    if (dem_slice_is(dem_symbols_text(model->symbols, model->rules[i].id), id)) {
      return &model->rules[i];
    }
  }
  return NULL;
}

static char *check_rule(search *s, size_t number)
{
  const dem_model *const model = s->checker->model;
  const dem_rule *const rule = find_rule(model, s->step->rule);
  if (!rule) {
    return say("step %zu names no rule: '%s'", number, s->step->rule);
  }
  if (rule->variable_count > MOST_VARIABLES) {
    abort();
  }
  if (s->checker->date < rule->from || s->checker->date >= rule->until) {
    return say("step %zu: the rule '%s' is not in force", number, s->step->rule);
  }
  s->found = concludes;
  s->context = (void *)(uintptr_t)rule;
  const todo all = {&rule->when, (UINT64_C(1) << rule->when.count) - 1, NULL};
  const binding none = {{false}, {0}};
  return solve(s, &all, &none) ? NULL
                               : say("step %zu: '%s' does not give %s from what it rests on",
                                     number, s->step->rule, s->step->fact.text);
}

/// The row stands among the given facts of its relation, in force, at the place that is named.
static char *check_record(const search *s, size_t number)
{
  const dem_model *const model = s->checker->model;
  const dem_given_facts *const given = &model->facts[s->step->handle.relation];
  const size_t width = model->relations[s->step->handle.relation].field_count;
  size_t found = 0;
  for (size_t i = 0; i < given->givens.count; ++i) {
    const dem_word *const row = (const dem_word *)given->words.items + i * width;
    const dem_given *const g =
        &DEM_VECTOR_AT(&model->givens, dem_given, DEM_VECTOR_AT(&given->givens, uint32_t, i));
    const bool is_it = width == 0 || memcmp(row, row_of(s, s->step), width * sizeof *row) == 0;
    for (size_t j = 0; is_it && j < s->step->record_count; ++j) {
      const dem_proof_record *const record = &s->step->records[j];
      found += g->from <= s->checker->date && s->checker->date < g->until &&
               g->place.line == record->line &&
               dem_slice_is(dem_files_name(&model->files, g->place.file), record->file);
    }
  }
  return found >= s->step->record_count && s->step->record_count > 0
             ? NULL
             : say("step %zu: %s is not on record where it says", number, s->step->fact.text);
}

static char *check_answer(const search *s, size_t number)
{
  const dem_model *const model = s->checker->model;
  for (uint32_t i = 0; i < model->question_count; ++i) {
    const dem_question *const q = &model->questions[i];
    if (!dem_slice_is(dem_symbols_text(model->symbols, q->field), s->step->field)) {
      continue;
    }
    for (uint32_t j = 0; j < q->gives_count; ++j) {
      if (q->gives[j].relation == s->step->handle.relation) {
        return NULL;
      }
    }
    if (s->step->handle.relation == model->answered) {
      return NULL;
    }
  }
  return say("step %zu: no answer to '%s' gives %s", number, s->step->field, s->step->fact.text);
}

/// Steps are peeled off from the ground up: what never comes off goes round in a loop.
static char *check_order(const dem_proof *proof)
{
  bool *const is_done = calloc(proof->step_count + 1, sizeof *is_done);
  size_t done = 0;
  for (bool has_moved = true; has_moved;) {
    has_moved = false;
    for (size_t i = 0; i < proof->step_count; ++i) {
      const dem_proof_step *const step = &proof->steps[i];
      bool is_ready_now = !is_done[i];
      for (size_t j = 0; j < step->premise_count; ++j) {
        is_ready_now = is_ready_now && is_done[step->premises[j]];
      }
      for (size_t j = 0; j < step->counted_count; ++j) {
        is_ready_now = is_ready_now && is_done[step->counted[j]];
      }
      if (is_ready_now) {
        is_done[i] = has_moved = true;
        ++done;
      }
    }
  }
  free(is_done);
  return done == proof->step_count ? NULL
                                   : say("%zu steps rest on themselves", proof->step_count - done);
}

static char *check_height(const dem_proof *proof, size_t number)
{
  const dem_proof_step *const step = &proof->steps[number];
  uint32_t highest = 0;
  for (size_t i = 0; i < step->premise_count; ++i) {
    const uint32_t height = proof->steps[step->premises[i]].height;
    highest = height > highest ? height : highest;
  }
  const uint32_t wanted = step->origin == DEM_PROOF_RULE ? highest + 1 : 0;
  return step->height == wanted ? NULL
                                : say("step %zu has the height %u instead of %u", number,
                                      (unsigned)step->height, (unsigned)wanted);
}

char *proof_checker_check(const proof_checker *checker, const dem_proof *proof)
{
  char *wrong = check_order(proof);
  for (size_t i = 0; i < proof->step_count && !wrong; ++i) {
    search s = {.checker = checker, .proof = proof, .step = &proof->steps[i]};
    if (!proof->steps[i].is_certain) {
      continue; // Of the other model: tests of what is possible look at it.
    }
    wrong = check_height(proof, i);
    if (wrong) {
      break;
    }
    switch (proof->steps[i].origin) {
    case DEM_PROOF_RULE:
      wrong = check_rule(&s, i);
      break;
    case DEM_PROOF_RECORD:
      wrong = check_record(&s, i);
      break;
    case DEM_PROOF_ANSWER:
      wrong = check_answer(&s, i);
      break;
    }
  }
  return wrong;
}
