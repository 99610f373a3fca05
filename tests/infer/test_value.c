// SPDX-License-Identifier: Apache-2.0

// What expressions and tests come to: exact or an error, and true only where it is true for all
// that an open value may be.
//
// Expressions are read as a `let` of a rule whose variables are of every type.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "infer/matcher.h"
#include "lang/rules_fixture.h"
#include "lang/scalar.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static const char rule_text[] = "cite: [s]\n"
                                "rules:\n"
                                "  - id: r\n"
                                "    when:\n"
                                "      - thing: {n: $n, m: $m, x: $x, b: $b, d: $d, t: $t, s: $s}\n"
                                "      - {%s}\n"
                                "    then: [{word: {w: done}}]\n";

/// A rule with a matcher that evaluates its parts, without any facts.
typedef struct bench {
  rules_fixture rules;
  const dem_rule *rule;
  dem_body body;
  dem_plan plan;
  dem_join join;
  dem_facts other;
  dem_diagnostics diagnostics;
  dem_word values[16];
  dem_matcher matcher;
} bench;

static uint32_t find_variable(const bench *b, dem_slice name)
{
  for (uint32_t i = 0; i < b->rule->variable_count; ++i) {
    const dem_symbol symbol = b->rule->variables[i].name;
    const dem_slice known = dem_symbols_text(b->rules.model.symbols, symbol);
    if (dem_slice_is_equal((dem_slice){known.bytes + 1, known.size - 1}, name)) { // Behind its $.
      return i;
    }
  }
  fail_msg("no variable is called '%.*s'", (int)name.size, name.bytes);
  return DEM_NONE;
}

/// "n=7 t=a": variables and their values; "?" for an open one.
static void bind(bench *b, const char *bindings)
{
  for (const char *at = bindings; *at; at += strspn(at, " ")) {
    const size_t name = strcspn(at, "=");
    const size_t value = strcspn(at + name + 1, " ");
    const dem_slice text = {at + name + 1, value};
    const uint32_t variable = find_variable(b, (dem_slice){at, name});
    if (dem_slice_is(text, "?")) {
      b->values[variable] = DEM_OPEN;
    } else {
      assert_int_equal(dem_scalar_read(b->rules.model.symbols, &b->rule->variables[variable].type,
                                       text, &b->values[variable]),
                       DEM_SCALAR_OK);
    }
    at += name + 1 + value;
  }
}

/// @param condition  The rule's second, in braces.
static void setup(bench *b, const char *condition, const char *bindings)
{
  char text[1024];
  *b = (bench){.plan = {.body_count = 1}};
  (void)snprintf(text, sizeof text, rule_text, condition);
  rules_fixture_read(&b->rules, text);
  assert_string_equal(rules_fixture_verdict(&b->rules), "");
  b->rule = &b->rules.model.rules[0];
  b->plan.bodies = &b->body;
  b->plan.model = &b->rules.model;
  dem_diagnostics_init(&b->diagnostics, dem_allocator_default());
  b->matcher = (dem_matcher){.allocator = dem_allocator_default(),
                             .plan = &b->plan,
                             .join = &b->join,
                             .symbols = b->rules.model.symbols,
                             .values = b->values,
                             .regex = dem_regex_matcher_new(dem_allocator_default()),
                             .diagnostics = &b->diagnostics};
  dem_buffer_init(&b->matcher.text, dem_allocator_default());
  dem_vector_init(&b->matcher.candidates, dem_allocator_default(), sizeof(dem_word));
  bind(b, bindings);
}

static void teardown(bench *b)
{
  dem_regex_matcher_free(b->matcher.regex);
  dem_buffer_clear(&b->matcher.text);
  dem_vector_clear(&b->matcher.candidates);
  dem_diagnostics_clear(&b->diagnostics);
  rules_fixture_clear(&b->rules);
}

/// The second condition, wherever the reader has put it.
static const dem_condition *find_condition(const bench *b, dem_condition_kind kind)
{
  for (uint32_t i = b->rule->when.count; i-- > 0;) {
    if (b->rule->when.items[i].kind == kind) {
      return &b->rule->when.items[i];
    }
  }
  fail();
  return NULL;
}

// Expressions -------------------------------------------------------------------------------

typedef struct value_case {
  const char *name;
  const char *expression;
  const char *bindings;
  const char *expected; ///< The value as text; "!" and the message of an error.
} value_case;

#define MAX "9223372036854775807"
#define MIN "-9223372036854775808"
#define NO_DATE "!the result is no date from 0001-01-01 to 9999-12-31"
#define NO_ROOM "!the result does not fit into a 64-bit integer"

static value_case value_cases[] = {
    // Not const: cmocka hands a case on as void *.
    {"a sum", "$n + $m", "n=7 m=-3", "4"},
    {"a sum at the bound", "$n + $m", "n=" MAX " m=0", MAX},
    {"a sum past the bound", "$n + $m", "n=" MAX " m=1", NO_ROOM},
    {"a difference past the bound", "$n - $m", "n=" MIN " m=1", NO_ROOM},
    {"a product past the bound", "$n * $m", "n=4294967296 m=2147483648", NO_ROOM},
    {"a product at the bound", "$n * $m", "n=4294967296 m=-2147483648", MIN},
    {"a step past the bound on the way back", "$n + 1 - 1", "n=" MAX, NO_ROOM},
    {"division is towards zero", "$n / $m", "n=-7 m=2", "-3"},
    {"a remainder has the dividend's sign", "$n % $m", "n=-7 m=2", "-1"},
    {"a remainder by a negative number", "$n % $m", "n=7 m=-2", "1"},
    {"division by zero", "$n / $m", "n=7 m=0", "!division by zero"},
    {"a remainder by zero", "$n % $m", "n=7 m=0", "!division by zero"},
    {"the smallest by minus one", "$n / $m", "n=" MIN " m=-1", NO_ROOM},
    {"the largest by minus one", "$n / $m", "n=" MAX " m=-1", "-" MAX},
    {"the remainder of the smallest by minus one", "$n % $m", "n=" MIN " m=-1", "0"},
    {"the smallest negated", "-$n", "n=" MIN, NO_ROOM},
    {"the largest negated", "-$n", "n=" MAX, "-" MAX},
    {"the distance of the smallest from zero", "abs($n)", "n=" MIN, NO_ROOM},
    {"a distance from zero", "abs($n) + abs($m)", "n=-7 m=3", "10"},

    {"a number and an integer", "$x + $n", "x=0.5 n=2", "2.5"},
    {"division of numbers", "$x / 4", "x=1", "0.25"},
    {"a number divided by zero", "$x / $n", "x=1 n=0", "!division by zero"},
    {"a number past the largest", "$x * $x", "x=1e200", "!the result is too large for a number"},
    {"zero has no sign", "-$x", "x=0", "0"},
    {"zero of a negative number has no sign", "$x * 0", "x=-4", "0"},
    {"a number's distance from zero", "abs($x)", "x=-2.5", "2.5"},

    {"the smaller of integers", "min($n, $m, 5)", "n=7 m=-3", "-3"},
    {"the larger of integers", "max($n, $m, 5)", "n=4 m=-3", "5"},
    {"the smaller of an integer and a number", "min($n, $x)", "n=3 x=2.5", "2.5"},
    {"the later of texts", "max($t, 'b')", "t=ab", "b"},
    {"a day later", "$d + $n", "d=2024-02-28 n=1", "2024-02-29"},
    {"days between dates", "$d - '2024-02-28'", "d=2024-03-01", "2"},
    {"the first day", "$d - $n", "d=0001-01-02 n=1", "0001-01-01"},
    {"the last day", "$n + $d", "d=9999-12-30 n=1", "9999-12-31"},
    {"days before the first day", "$d - $n", "d=0001-01-01 n=1", NO_DATE},
    {"days behind the last day", "$d + $n", "d=9999-12-31 n=1", NO_DATE},
    {"more days than there are", "$d + $n", "d=9999-12-31 n=9000000000000000000", NO_DATE},
    {"the later of dates", "max($d, $d)", "d=2025-06-01", "2025-06-01"},

    {"characters are counted, not bytes", "length($t)", "t=Türkiye", "7"},
    {"no characters", "length($t)", "t=", "0"},
    {"small letters of all scripts", "lower($t)", "t=ÀÉΣ", "àéσ"},

    {"equal texts", "$t = 'ab'", "t=ab", "true"},
    {"texts are compared by bytes", "$t < 'b'", "t=Z", "true"},
    {"a prefix comes first", "$t < 'abc'", "t=ab", "true"},
    {"integers are compared by value", "$n < $m", "n=-1 m=1", "true"},
    {"a number equals an integer", "$x = $n", "x=2 n=2", "true"},
    {"dates are compared by day", "$d >= '2025-06-01'", "d=2025-06-01", "true"},
    {"days before the epoch come first", "$d < '1970-01-01'", "d=1969-12-31", "true"},
    {"at the bound, less", "$n < 3", "n=3", "false"},
    {"at the bound, less or equal", "$n <= 3", "n=3", "true"},
    {"at the bound, greater", "$n > 3", "n=3", "false"},
    {"at the bound, greater or equal", "$n >= 3", "n=3", "true"},
    {"past the bound, less or equal", "$n <= 3", "n=4", "false"},
    {"different", "$n != 3", "n=4", "true"},
    {"not different", "$n != 3", "n=3", "false"},

    {"both", "$b and $n = 1", "b=true n=1", "true"},
    {"not both", "$b and $n = 1", "b=true n=2", "false"},
    {"one of two", "$b or $n = 1", "b=false n=1", "true"},
    {"none of two", "$b or $n = 1", "b=false n=2", "false"},
    {"not", "not $b", "b=false", "true"},
    {"what is settled is not gone on with", "$b and 1 / $n = 1", "b=false n=0", "false"},
    {"what is settled either way is not gone on with", "$b or 1 / $n = 1", "b=true n=0", "true"},
    {"what is not settled is", "$b and 1 / $n = 1", "b=true n=0", "!division by zero"},
};

/// The value, or the error, as text.
static void describe(bench *b, const dem_expression *e, dem_buffer *out)
{
  dem_word word = 0;
  if (dem_expression_evaluate(&b->matcher, e, &word)) {
    assert_int_equal(b->matcher.status, DEM_OK);
    dem_word_write(b->rules.model.symbols, e->storage, word, out);
    return;
  }
  assert_int_equal(b->matcher.status, DEM_ERR_INVALID);
  assert_int_equal(b->diagnostics.items.count, 1);
  const dem_diagnostic *const d = &DEM_VECTOR_AT(&b->diagnostics.items, dem_diagnostic, 0);
  assert_int_equal(d->code, DEM_DIAG_ARITHMETIC);
  assert_int_equal(d->place.line, 6);
  dem_buffer_add_format(out, "!%.*s", (int)d->message.size, d->message.bytes);
}

static void test_value(void **state)
{
  const value_case *const c = *state;
  bench b;
  char condition[256];
  (void)snprintf(condition, sizeof condition, "let: {$o: \"%s\"}", c->expression);
  setup(&b, condition, c->bindings);
  const dem_expression *const e = find_condition(&b, DEM_CONDITION_LET)->let.value;
  dem_buffer found;
  dem_buffer_init(&found, dem_allocator_default());
  describe(&b, e, &found);
  dem_buffer_add_char(&found, '\0');
  assert_string_equal(found.bytes, c->expected);
  if (c->expected[0] == '!') { // Among the possible facts it is a value that cannot be told.
    dem_word word = 0;
    b.matcher.is_possible = true;
    b.matcher.other_facts = &b.other;
    b.matcher.status = DEM_OK;
    assert_true(dem_expression_evaluate(&b.matcher, e, &word));
    assert_true(word == DEM_OPEN);
    assert_int_equal(b.matcher.status, DEM_OK);
    assert_int_equal(b.diagnostics.items.count, 1);
  }
  dem_buffer_clear(&found);
  teardown(&b);
}

// Open values ---------------------------------------------------------------------------------

typedef struct open_case {
  const char *name;
  const char *guard;
  const char *bindings;
  bool is_certain;
  bool is_possible;
} open_case;

static open_case open_cases[] = {
    {"true without open values", "$n = 1", "n=1", true, true},
    {"false without open values", "$n = 1", "n=2", false, false},
    {"an open value may be anything", "$n = 1", "n=?", false, true},
    {"an open value is in doubt even where it is compared with itself", "$n = $n", "n=?", false,
     true},
    {"what is worked out from an open value is open", "$n * 0 = 1", "n=?", false, true},
    {"the length of an open text is open", "length($t) < 0", "t=?", false, true},
    {"an open truth", "$b", "b=?", false, true},
    {"an open truth denied", "not $b", "b=?", false, true},
    {"false and open", "$n = 1 and $b", "n=2 b=?", false, false},
    {"open and false", "$b and $n = 1", "n=2 b=?", false, false},
    {"true and open", "$n = 1 and $b", "n=1 b=?", false, true},
    {"open and true", "$b and $n = 1", "n=1 b=?", false, true},
    {"true or open", "$n = 1 or $b", "n=1 b=?", true, true},
    {"open or true", "$b or $n = 1", "n=1 b=?", true, true},
    {"false or open", "$n = 1 or $b", "n=2 b=?", false, true},
    {"open or false", "$b or $n = 1", "n=2 b=?", false, true},
    {"open and open", "$b and $n = 1", "n=? b=?", false, true},
    {"neither of false and open", "not ($n = 1 and $b)", "n=2 b=?", true, true},
};

static void test_open(void **state)
{
  const open_case *const c = *state;
  bench b;
  char condition[256];
  (void)snprintf(condition, sizeof condition, "where: \"%s\"", c->guard);
  setup(&b, condition, c->bindings);
  const dem_expression *const guard = find_condition(&b, DEM_CONDITION_WHERE)->guard;
  b.matcher.other_facts = &b.other;
  assert_int_equal(dem_guard_holds(&b.matcher, guard), c->is_certain);
  b.matcher.is_possible = true;
  assert_int_equal(dem_guard_holds(&b.matcher, guard), c->is_possible);
  assert_int_equal(b.matcher.status, DEM_OK);
  teardown(&b);
}

typedef struct range_case {
  const char *name;
  const char *guard;
  int64_t first; ///< Values that $n may have, from 1 on; $m likewise.
  int64_t second;
  bool is_certain;
} range_case;

static range_case range_cases[] = {
    {"true for each value", "$n < 4", 3, 1, true},
    {"not true for the last value", "$n < 3", 3, 1, false},
    {"not true for the first value", "$n > 1", 3, 1, false},
    {"true for each pair", "$n + $m <= 7", 3, 4, true},
    {"not true for one pair", "$n + $m < 7", 3, 4, false},
    {"each value of what is named twice", "$n = $n", 5, 1, true},
    {"what is not named has any number of values", "$n < 4", 3, 5000, true},
    {"as many pairs as are looked at", "$n + $m > 0", 64, 64, true},
    {"one pair more than are looked at", "$n + $m > 0", 4097, 1, false},
};

static void add_range(bench *b, const char *variable, int64_t count)
{
  dem_range *const range = &b->matcher.ranges[b->matcher.range_count++];
  *range = (dem_range){.variable = find_variable(b, dem_slice_of(variable)),
                       .begin = b->matcher.candidates.count,
                       .count = (size_t)count};
  for (int64_t value = 1; value <= count; ++value) {
    const dem_word word = dem_word_of_integer(value);
    assert_true(dem_vector_add(&b->matcher.candidates, &word));
  }
}

static void test_range(void **state)
{
  const range_case *const c = *state;
  bench b;
  char condition[256];
  (void)snprintf(condition, sizeof condition, "where: \"%s\"", c->guard);
  setup(&b, condition, "n=? m=?");
  const dem_expression *const guard = find_condition(&b, DEM_CONDITION_WHERE)->guard;
  add_range(&b, "n", c->first);
  add_range(&b, "m", c->second);
  b.matcher.other_facts = &b.other;
  for (int turn = 0; turn < 2; ++turn) { // The variables are open again afterwards.
    assert_int_equal(dem_guard_holds(&b.matcher, guard), c->is_certain);
  }
  teardown(&b);
}

// Tests of fields -------------------------------------------------------------------------------

typedef struct field_case {
  const char *name;
  const char *term;     ///< Of a field that is called like the variable.
  const char *bindings; ///< One: what the field holds.
  bool passes;
} field_case;

static field_case field_cases[] = {
    {"is", "n: {is: 3}", "n=3", true},
    {"is not that", "n: {is: 3}", "n=4", false},
    {"not", "n: {not: 3}", "n=4", true},
    {"not that", "n: {not: 3}", "n=3", false},
    {"one of a list", "s: [a, b, c]", "s=c", true},
    {"none of a list", "s: [a, b, c]", "s=d", false},
    {"less, at the bound", "n: {lt: 3}", "n=3", false},
    {"less, below it", "n: {lt: 3}", "n=-4", true},
    {"at most, at the bound", "n: {le: 3}", "n=3", true},
    {"at most, above it", "n: {le: 3}", "n=4", false},
    {"greater, at the bound", "n: {gt: 3}", "n=3", false},
    {"greater, above it", "n: {gt: 3}", "n=4", true},
    {"at least, at the bound", "n: {ge: 3}", "n=3", true},
    {"at least, below it", "n: {ge: 3}", "n=-4", false},
    {"numbers below zero", "x: {lt: -1.5}", "x=-2", true},
    {"a day before the epoch", "d: {lt: \"1970-01-01\"}", "d=1969-12-31", true},
    {"an expression that matches", "t: {matches: \"^T.rk\"}", "t=Türkiye", true},
    {"an expression that does not", "t: {matches: \"^T.k\"}", "t=Türkiye", false},
};

/// The first test of the condition's first term, and the word that the bindings gave.
static bool passes(bench *b, const char *field)
{
  const dem_model *const model = &b->rules.model;
  const uint32_t variable = find_variable(b, (dem_slice){field, 1});
  for (uint32_t i = 0; i < b->rule->when.count; ++i) {
    const dem_pattern *const pattern = &b->rule->when.items[i].pattern;
    if (pattern->terms[0].test_count > 0) {
      const dem_term *const term = &pattern->terms[0];
      const dem_storage storage =
          model->relations[pattern->relation].fields[term->field].type.storage;
      return dem_test_passes(&b->matcher, &term->tests[0], storage, b->values[variable]);
    }
  }
  fail();
  return false;
}

static void test_field(void **state)
{
  const field_case *const c = *state;
  bench b;
  char condition[256];
  const char open[] = {c->bindings[0], '=', '?', '\0'};
  (void)snprintf(condition, sizeof condition, "thing: {%s}", c->term);
  setup(&b, condition, c->bindings);
  assert_int_equal(passes(&b, c->bindings), c->passes);
  b.matcher.other_facts = &b.other;
  assert_int_equal(passes(&b, c->bindings), c->passes);
  bind(&b, open); // Whatever the test is.
  assert_false(passes(&b, c->bindings));
  b.matcher.is_possible = true;
  assert_true(passes(&b, c->bindings));
  assert_int_equal(b.matcher.status, DEM_OK);
  teardown(&b);
}

static void a_bound_of_an_expression_stops_the_run(void **state)
{
  (void)state;
  bench b;
  char bindings[80];
  (void)snprintf(bindings, sizeof bindings, "t=%060d!", 0);
  setup(&b, "thing: {t: {matches: \"^(0+)+$\"}}", bindings);
  assert_false(passes(&b, "t"));
  assert_int_equal(b.matcher.status, DEM_ERR_LIMIT);
  assert_int_equal(b.diagnostics.items.count, 1);
  const dem_diagnostic *const d = &DEM_VECTOR_AT(&b.diagnostics.items, dem_diagnostic, 0);
  assert_int_equal(d->code, DEM_DIAG_REGEX_LIMIT);
  assert_int_equal(d->place.line, 3);
  teardown(&b);
}

#define ADD_CASES(cases, function)                                                                 \
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {                                               \
    tests[count++] = (struct CMUnitTest){                                                          \
        .name = (cases)[i].name, .test_func = (function), .initial_state = &(cases)[i]};           \
  }

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(value_cases) + ARRAY_LENGTH(open_cases) +
                          ARRAY_LENGTH(range_cases) + ARRAY_LENGTH(field_cases) + 1] = {{0}};
  size_t count = 0;
  ADD_CASES(value_cases, test_value)
  ADD_CASES(open_cases, test_open)
  ADD_CASES(range_cases, test_range)
  ADD_CASES(field_cases, test_field)
  tests[count++] = (struct CMUnitTest)cmocka_unit_test(a_bound_of_an_expression_stops_the_run);
  return cmocka_run_group_tests_name("infer/value", tests, NULL, NULL);
}
