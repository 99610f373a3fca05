// SPDX-License-Identifier: Apache-2.0

// Expressions and tests over words.
//
// Integers are exact: what does not fit is an error with the expression's place, never a wrong
// number.

#include <math.h>

#include "base/checked.h"
#include "base/unicode.h"
#include "infer/matcher.h"

int dem_words_compare(const dem_symbols *symbols, dem_storage storage, dem_word a, dem_word b)
{
  switch (storage) {
  case DEM_STORAGE_STRING:
    return a == b ? 0
                  : dem_slice_compare(dem_symbols_text(symbols, dem_word_symbol(a)),
                                      dem_symbols_text(symbols, dem_word_symbol(b)));
  case DEM_STORAGE_NUMBER: {
    const double x = dem_word_number(a);
    const double y = dem_word_number(b);
    return (x > y) - (x < y);
  }
  case DEM_STORAGE_INTEGER:
  case DEM_STORAGE_DATE:
  case DEM_STORAGE_BOOLEAN: {
    const int64_t x = dem_word_integer(a);
    const int64_t y = dem_word_integer(b);
    return (x > y) - (x < y);
  }
  }
  return 0;
}

// Tests -----------------------------------------------------------------------------

static bool is_one_of(const dem_test *test, dem_word word)
{
  for (uint32_t i = 0; i < test->word_count; ++i) {
    if (test->words[i] == word) {
      return true;
    }
  }
  return false;
}

static bool regex_passes(dem_matcher *matcher, const dem_test *test, dem_word word)
{
  bool is_match = false;
  const dem_slice subject = dem_symbols_text(matcher->symbols, dem_word_symbol(word));
  const dem_status status = dem_regex_match(test->regex, matcher->regex, subject, &is_match);
  if (status == DEM_OK) {
    return is_match;
  }
  matcher->status = status;
  if (status == DEM_ERR_LIMIT) {
    const dem_body *const body = &matcher->plan->bodies[matcher->join->body];
    (void)dem_diagnose(matcher->diagnostics, DEM_DIAG_REGEX_LIMIT,
                       matcher->plan->model->rules[body->rule].place,
                       "the expression '%.*s' reached its limit on a text of %zu bytes",
                       (int)test->regex_text.size, test->regex_text.bytes, subject.size);
  }
  return false;
}

bool dem_test_passes(dem_matcher *matcher, const dem_test *test, dem_storage storage, dem_word word)
{
  if (word == DEM_OPEN && matcher->other_facts) {
    return matcher->is_possible;
  }
  switch (test->kind) {
  case DEM_TEST_IN:
    return is_one_of(test, word);
  case DEM_TEST_NOT_IN:
    return !is_one_of(test, word);
  case DEM_TEST_LESS:
    return dem_words_compare(matcher->symbols, storage, word, test->words[0]) < 0;
  case DEM_TEST_LESS_EQUAL:
    return dem_words_compare(matcher->symbols, storage, word, test->words[0]) <= 0;
  case DEM_TEST_GREATER:
    return dem_words_compare(matcher->symbols, storage, word, test->words[0]) > 0;
  case DEM_TEST_GREATER_EQUAL:
    return dem_words_compare(matcher->symbols, storage, word, test->words[0]) >= 0;
  case DEM_TEST_MATCHES:
    return regex_passes(matcher, test, word);
  }
  return false;
}

// Arithmetic --------------------------------------------------------------------------

/// Among the possible facts a mistake is no more than a value that cannot be told.
static bool fail(dem_matcher *matcher, const dem_expression *e, const char *what, dem_word *result)
{
  if (matcher->is_possible) {
    *result = DEM_OPEN;
    return true;
  }
  matcher->status = dem_diagnose(matcher->diagnostics, DEM_DIAG_ARITHMETIC, e->place, "%s", what);
  const dem_rule *const rule =
      &matcher->plan->model->rules[matcher->plan->bodies[matcher->join->body].rule];
  const dem_slice id = dem_symbols_text(matcher->plan->model->symbols, rule->id);
  dem_diagnose_note(matcher->diagnostics, "in rule '%.*s'", (int)id.size, id.bytes);
  return false;
}

static bool integer_result(dem_matcher *matcher, const dem_expression *e, bool overflows,
                           int64_t value, dem_word *result)
{
  if (e->storage == DEM_STORAGE_DATE &&
      (overflows || value < DEM_FIRST_DAY || value > DEM_LAST_DAY)) {
    return fail(matcher, e, "the result is no date from 0001-01-01 to 9999-12-31", result);
  }
  if (overflows) {
    return fail(matcher, e, "the result does not fit into a 64-bit integer", result);
  }
  *result = dem_word_of_integer(value);
  return true;
}

static bool integer_division(dem_matcher *matcher, const dem_expression *e, int64_t a, int64_t b,
                             dem_word *result)
{
  if (b == 0) {
    return fail(matcher, e, "division by zero", result);
  }
  if (b == -1) { // INT64_MIN / -1 does not fit; the remainder is 0 for any other dividend too.
    int64_t negated = 0;
    const bool overflows = dem_checked_subtract(0, a, &negated);
    return e->op == DEM_OP_REMAINDER ? integer_result(matcher, e, false, 0, result)
                                     : integer_result(matcher, e, overflows, negated, result);
  }
  return integer_result(matcher, e, false, e->op == DEM_OP_REMAINDER ? a % b : a / b, result);
}

static bool integer_arithmetic(dem_matcher *matcher, const dem_expression *e, dem_word left,
                               dem_word right, dem_word *result)
{
  const int64_t a = dem_word_integer(left);
  const int64_t b = dem_word_integer(right);
  int64_t value = 0;
  bool overflows = false;
  if (e->op == DEM_OP_DIVIDE || e->op == DEM_OP_REMAINDER) {
    return integer_division(matcher, e, a, b, result);
  }
  if (e->op == DEM_OP_ADD) {
    overflows = dem_checked_add(a, b, &value);
  } else if (e->op == DEM_OP_SUBTRACT) {
    overflows = dem_checked_subtract(a, b, &value);
  } else {
    overflows = dem_checked_multiply(a, b, &value);
  }
  return integer_result(matcher, e, overflows, value, result);
}

/// Remainders are of integers alone.
static bool number_arithmetic(dem_matcher *matcher, const dem_expression *e, dem_word left,
                              dem_word right, dem_word *result)
{
  const double a = dem_word_number(left);
  const double b = dem_word_number(right);
  if (e->op == DEM_OP_DIVIDE && b == 0) {
    return fail(matcher, e, "division by zero", result);
  }
  const double value = e->op == DEM_OP_ADD        ? a + b
                       : e->op == DEM_OP_SUBTRACT ? a - b
                       : e->op == DEM_OP_MULTIPLY ? a * b
                                                  : a / b;
  if (!isfinite(value)) {
    return fail(matcher, e, "the result is too large for a number", result);
  }
  *result = dem_word_of_number(value);
  return true;
}

static bool is_number(const dem_expression *e)
{
  return e->storage == DEM_STORAGE_NUMBER;
}

static bool negate(dem_matcher *matcher, const dem_expression *e, dem_word word, dem_word *result)
{
  if (is_number(e)) {
    *result = dem_word_of_number(-dem_word_number(word));
    return true;
  }
  int64_t value = 0;
  const bool overflows = dem_checked_subtract(0, dem_word_integer(word), &value);
  return integer_result(matcher, e, overflows, value, result);
}

static bool absolute(dem_matcher *matcher, const dem_expression *e, dem_word word, dem_word *result)
{
  const bool is_negative = is_number(e) ? dem_word_number(word) < 0 : dem_word_integer(word) < 0;
  *result = word;
  return !is_negative || negate(matcher, e, word, result);
}

static bool lower(dem_matcher *matcher, dem_word word, dem_word *result)
{
  dem_buffer_reset(&matcher->text);
  dem_unicode_lower(dem_symbols_text(matcher->symbols, dem_word_symbol(word)), &matcher->text);
  const dem_symbol symbol = dem_symbols_intern(matcher->symbols, dem_buffer_slice(&matcher->text));
  if (matcher->text.has_failed || dem_symbol_is_none(symbol)) {
    matcher->status = DEM_ERR_NO_MEMORY;
    return false;
  }
  *result = dem_word_of_symbol(symbol);
  return true;
}

// Evaluation ------------------------------------------------------------------------------

static bool compare_holds(dem_operator op, int order)
{
  return op == DEM_OP_EQUAL        ? order == 0
         : op == DEM_OP_NOT_EQUAL  ? order != 0
         : op == DEM_OP_LESS       ? order < 0
         : op == DEM_OP_LESS_EQUAL ? order <= 0
         : op == DEM_OP_GREATER    ? order > 0
                                   : order >= 0;
}

static bool unary(dem_matcher *matcher, const dem_expression *e, dem_word word, dem_word *result)
{
  if (e->op == DEM_OP_NEGATE) {
    return negate(matcher, e, word, result);
  }
  if (e->op == DEM_OP_ABS) {
    return absolute(matcher, e, word, result);
  }
  if (e->op == DEM_OP_LOWER) {
    return lower(matcher, word, result);
  }
  if (e->op == DEM_OP_LENGTH) {
    const dem_slice text = dem_symbols_text(matcher->symbols, dem_word_symbol(word));
    *result = dem_word_of_integer((int64_t)dem_unicode_length(text));
  } else if (e->op == DEM_OP_TO_NUMBER) {
    *result = dem_word_of_number((double)dem_word_integer(word));
  } else { // DEM_OP_NOT
    *result = !word;
  }
  return true;
}

static bool binary(dem_matcher *matcher, const dem_expression *e, dem_word left, dem_word right,
                   dem_word *result)
{
  if (e->op >= DEM_OP_ADD && e->op <= DEM_OP_REMAINDER) {
    return is_number(e) ? number_arithmetic(matcher, e, left, right, result)
                        : integer_arithmetic(matcher, e, left, right, result);
  }
  const int order = dem_words_compare(matcher->symbols, e->operands, left, right);
  if (e->op == DEM_OP_MIN || e->op == DEM_OP_MAX) {
    *result = (e->op == DEM_OP_MIN) == (order <= 0) ? left : right;
  } else {
    *result = compare_holds(e->op, order);
  }
  return true;
}

static bool is_open(const dem_matcher *matcher, dem_word word)
{
  return word == DEM_OPEN && matcher->other_facts;
}

/// `and` and `or` of three truths: what one side settles, the other cannot change.
static dem_word connect(const dem_matcher *matcher, const dem_expression *e, dem_word left,
                        dem_word right)
{
  const bool settles = e->op == DEM_OP_OR;
  if (is_open(matcher, left)) {
    return !is_open(matcher, right) && (right != 0) == settles ? right : left;
  }
  return right;
}

// Recursion is as deep as the expression, which its reader bounds.
bool dem_expression_evaluate(dem_matcher *matcher, const dem_expression *e, dem_word *result)
{
  dem_word left = 0;
  dem_word right = 0;
  if (e->op == DEM_OP_LITERAL) {
    *result = e->literal;
    return true;
  }
  if (e->op == DEM_OP_VARIABLE) {
    *result = matcher->values[e->variable];
    return true;
  }
  if (!dem_expression_evaluate(matcher, e->left, &left)) {
    return false;
  }
  if ((e->op == DEM_OP_AND && !left) || (e->op == DEM_OP_OR && left && !is_open(matcher, left))) {
    *result = left;
    return true;
  }
  if (!e->right && is_open(matcher, left)) {
    *result = DEM_OPEN;
    return true;
  }
  if (!e->right) {
    return unary(matcher, e, left, result);
  }
  if (!dem_expression_evaluate(matcher, e->right, &right)) {
    return false;
  }
  if (e->op == DEM_OP_AND || e->op == DEM_OP_OR) {
    *result = connect(matcher, e, left, right);
    return true;
  }
  if (is_open(matcher, left) || is_open(matcher, right)) {
    *result = DEM_OPEN;
    return true;
  }
  return binary(matcher, e, left, right, result);
}

// Guards --------------------------------------------------------------------------------

enum { MOST_COMBINATIONS = 4096 };

static bool mentions(const dem_expression *e, uint32_t variable)
{
  return e && ((e->op == DEM_OP_VARIABLE && e->variable == variable) ||
               mentions(e->left, variable) || mentions(e->right, variable));
}

/// Whether the guard is true for each value of the ranges from `first` on. As deep as there are
/// ranges.
static bool holds_for_all(dem_matcher *matcher, const dem_expression *guard, uint32_t first,
                          uint32_t *budget)
{
  while (first < matcher->range_count && !mentions(guard, matcher->ranges[first].variable)) {
    ++first;
  }
  if (first == matcher->range_count) {
    dem_word word = 0;
    if (*budget == 0) {
      return false;
    }
    --*budget;
    return dem_expression_evaluate(matcher, guard, &word) && word && !is_open(matcher, word);
  }
  const dem_range *const range = &matcher->ranges[first];
  bool holds = true;
  for (size_t i = 0; i < range->count && holds; ++i) {
    matcher->values[range->variable] =
        DEM_VECTOR_AT(&matcher->candidates, dem_word, range->begin + i);
    holds = holds_for_all(matcher, guard, first + 1, budget);
  }
  matcher->values[range->variable] = DEM_OPEN;
  return holds;
}

bool dem_guard_holds(dem_matcher *matcher, const dem_expression *guard)
{
  dem_word word = 0;
  if (!dem_expression_evaluate(matcher, guard, &word)) {
    return false;
  }
  if (!is_open(matcher, word)) {
    return word != 0;
  }
  uint32_t budget = MOST_COMBINATIONS;
  return matcher->is_possible || holds_for_all(matcher, guard, 0, &budget);
}
