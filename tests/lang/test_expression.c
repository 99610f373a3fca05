// SPDX-License-Identifier: Apache-2.0

// Expressions: how they are parsed, typed and, where wrong, placed.
//
// Each row's expression is the value of a `let` behind a pattern that binds a variable of
// every type. A row expects the typed tree, or "COLUMN slug" with the column
// inside the expression, from 1.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "lang/rules_fixture.h"

typedef struct expression_case {
  const char *name;
  const char *expression;
  const char *expected;
} expression_case;

static expression_case cases[] = {
    // Not const: cmocka hands a case on as void *.
    // Literals
    {"integer", "42", "integer 42"},
    {"smallest integer", "-9223372036854775808", "integer -9223372036854775808"},
    {"largest integer", "9223372036854775807", "integer 9223372036854775807"},
    {"integer past 64 bits", "9223372036854775808", "1 bad-expression"},
    {"integer before 64 bits", "1 + -9223372036854775809", "5 bad-expression"},
    {"number", "1.5", "number 1.5"},
    {"number with exponent", "25e-1", "number 2.5"},
    {"number that is none", "1 + 1.2.3", "5 bad-expression"},
    {"number with a name in it", "12abc", "1 bad-expression"},
    {"true", "true", "boolean true"},
    {"text", "'two words'", "text 'two words'"},
    {"empty text", "''", "text ''"},
    {"quote in a text", "'it''s'", "text 'it's'"},
    {"text without an end", "$n + 'abc", "6 bad-expression"},
    {"wide characters before a mistake", "$t = 'déjà' and §", "17 bad-expression"},

    // Variables
    {"variable", "$n", "integer $n"},
    {"dollar alone", "1 + $", "5 bad-expression"},
    {"dollar and digit", "$5", "1 bad-expression"},
    {"unknown variable", "$n + $nn", "6 unbound-variable"},

    // Precedence
    {"product before sum", "$n + $m * 2", "integer (+ $n (* $m 2))"},
    {"to the left", "$n - $m - 1", "integer (- (- $n $m) 1)"},
    {"brackets", "($n + $m) * 2", "integer (* (+ $n $m) 2)"},
    {"sign before product", "-$n * $m", "integer (* (negate $n) $m)"},
    {"minus without blanks", "$n-1", "integer (- $n 1)"},
    {"double sign", "- -$n", "integer (negate (negate $n))"},
    {"and before or", "$b or $b and $b", "boolean (or $b (and $b $b))"},
    {"not before and", "not $b and $b", "boolean (and (not $b) $b)"},
    {"not after comparison", "not $n = $m", "boolean (not (= $n $m))"},
    {"sum before comparison", "$n + 1 <= $m", "boolean (<= (+ $n 1) $m)"},
    {"comparisons under and", "$n < 1 and $m > 2", "boolean (and (< $n 1) (> $m 2))"},
    {"comparisons in a chain", "1 < $n < 3", "8 bad-expression"},
    {"remainder", "$n % 7 / 2", "integer (/ (% $n 7) 2)"},

    // Functions
    {"min of two", "min($n, 3)", "integer (min $n 3)"},
    {"max of three", "max($n, $m, 3)", "integer (max (max $n $m) 3)"},
    {"min of one", "min($n)", "7 bad-expression"},
    {"min of mixed", "min($n, $x)", "number (min (number $n) $x)"},
    {"min of texts", "min($t, 'm')", "text (min $t 'm')"},
    {"min of booleans", "min($b, true)", "5 wrong-type"},
    {"max of dates", "max($d, '2024-01-01')", "date (max $d 2024-01-01)"},
    {"abs", "abs(-$n)", "integer (abs (negate $n))"},
    {"length", "length($t) + length($s)", "integer (+ (length $t) (length $s))"},
    {"length of integer", "length($n)", "8 wrong-type"},
    {"lower", "lower($e)", "text (lower $e)"},
    {"unknown function", "lenght($t)", "1 bad-expression"},
    {"function without brackets", "abs $n", "5 bad-expression"},

    // Types
    {"mixed arithmetic", "$n + $x", "number (+ (number $n) $x)"},
    {"mixed comparison", "$x < 3", "boolean (< $x (number 3))"},
    {"remainder of numbers", "$x % 2", "1 wrong-type"},
    {"sum with a text", "$n + $t", "6 wrong-type"},
    {"sum with a boolean", "$b + 1", "1 wrong-type"},
    {"not of an integer", "not $n", "5 wrong-type"},
    {"and of an integer", "$b and $n", "8 wrong-type"},
    {"comparison of integer and text", "$n = 'one'", "4 wrong-type"},
    {"comparison of texts", "$t < $s", "boolean (< $t $s)"},
    {"comparison of booleans", "$b = true", "boolean (= $b true)"},
    {"order of booleans", "$b < true", "1 wrong-type"},
    {"date and text", "$d >= '2024-06-01'", "boolean (>= $d 2024-06-01)"},
    {"text and date", "'2024-06-01' < $d", "boolean (< 2024-06-01 $d)"},
    {"date and no date", "$d >= '2024-02-30'", "7 wrong-type"},
    {"date and text variable", "$d >= $t", "4 wrong-type"},
    {"days later", "$d + 30", "date (+ $d 30)"},
    {"days earlier", "30 + $d", "date (+ 30 $d)"},
    {"days between", "$d - '2024-06-01'", "integer (- $d 2024-06-01)"},
    {"product of a date", "$d * 2", "4 wrong-type"},
    {"integer minus date", "2 - $d", "3 wrong-type"},
    {"number of days", "$d + $x", "4 wrong-type"},
    {"option", "$e = 'green'", "boolean (= $e 'green')"},
    {"no option", "$e = 'gren'", "6 not-in-enumeration"},
    {"option on the left", "'red' != $e", "boolean (!= 'red' $e)"},
    {"order of options", "$e < 'm'", "boolean (< $e 'm')"},
    {"reference and symbol", "$r = $s", "boolean (= $r $s)"},

    // Shape
    {"foreign equality", "$n == 1", "4 bad-expression"},
    {"foreign inequality", "$n <> 1", "4 bad-expression"},
    {"foreign and", "$b && $b", "4 bad-expression"},
    {"operator in capitals", "$b AND $b", "4 bad-expression"},
    {"sign outside ASCII", "$n ≤ 3", "4 bad-expression"},
    {"bare word", "$e = red", "6 bad-expression"},
    {"operator at the end", "$n +", "5 bad-expression"},
    {"operator at the beginning", "* 2", "1 bad-expression"},
    {"open bracket", "(1 + 2", "7 bad-expression"},
    {"closed bracket", "1 + 2)", "6 bad-expression"},
    {"two values", "$n $m", "4 bad-expression"},
    {"empty", "''", "text ''"},
    {"blanks only", "   ", "4 bad-expression"},
    {"character of no meaning", "$n # 2", "4 bad-expression"},
};

// In front of the expression, which begins in line 8, column 16.
static const char before[] = "cite: [s]\n"
                             "rules:\n"
                             "  - id: r\n"
                             "    when:\n"
                             "      - thing: {n: $n, m: $m, x: $x, b: $b, d: $d, t: $t}\n"
                             "      - thing: {s: $s, e: $e, r: $r}\n"
                             "      - let:\n"
                             "          $o: \"";
static const char behind[] = "\"\n"
                             "    then:\n"
                             "      - word: {w: done}\n";
enum { LINE = 8, FIRST_COLUMN = 16 };

static const dem_expression *find_value(const dem_rule *rule)
{
  for (uint32_t i = 0; i < rule->when.count; ++i) {
    if (rule->when.items[i].kind == DEM_CONDITION_LET) {
      return rule->when.items[i].let.value;
    }
  }
  return NULL;
}

static void test_case(void **state)
{
  const expression_case *row = *state;
  char rules[2048];
  snprintf(rules, sizeof(rules), "%s%s%s", before, row->expression, behind);
  rules_fixture fixture;
  rules_fixture_read(&fixture, rules);
  const dem_rule *rule = rules_fixture_rule(&fixture, "r");
  if (fixture.status == DEM_OK && rule) {
    const char *found = rules_fixture_expression(&fixture, rule, find_value(rule));
    assert_string_equal(found, row->expected);
  } else {
    unsigned column = 0;
    char slug[64] = "";
    char expected[128];
    assert_int_equal(sscanf(row->expected, "%u %63s", &column, slug), 2);
    snprintf(expected, sizeof(expected), "%d:%u %s", LINE, column + FIRST_COLUMN - 1, slug);
    assert_string_equal(rules_fixture_verdict(&fixture), expected);
  }
  rules_fixture_clear(&fixture);
}

// Depth is bounded on every side, and what lies at the bound is read.
static void test_depth(void **state)
{
  (void)state;
  static char rules[8192];
  for (int depth = 500; depth <= 600; depth += 100) {
    size_t size = (size_t)snprintf(rules, sizeof(rules), "%s", before);
    for (int i = 0; i < depth; ++i) {
      size += (size_t)snprintf(rules + size, sizeof(rules) - size, "1 + ");
    }
    snprintf(rules + size, sizeof(rules) - size, "1%s", behind);
    rules_fixture fixture;
    rules_fixture_read(&fixture, rules);
    assert_int_equal(fixture.status == DEM_OK, depth == 500);
    rules_fixture_clear(&fixture);
  }
}

static void test_brackets(void **state)
{
  (void)state;
  static char rules[8192];
  for (int depth = 500; depth <= 600; depth += 100) {
    size_t size = (size_t)snprintf(rules, sizeof(rules), "%s", before);
    for (int i = 0; i < depth; ++i) {
      rules[size++] = '(';
    }
    rules[size++] = '1';
    for (int i = 0; i < depth; ++i) {
      rules[size++] = ')';
    }
    snprintf(rules + size, sizeof(rules) - size, "%s", behind);
    rules_fixture fixture;
    rules_fixture_read(&fixture, rules);
    assert_int_equal(fixture.status == DEM_OK, depth == 500);
    rules_fixture_clear(&fixture);
  }
}

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(cases) + 2] = {{0}};
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_case, .initial_state = &cases[i]};
  }
  tests[ARRAY_LENGTH(cases)] =
      (struct CMUnitTest){.name = "long sums are bounded", .test_func = test_depth};
  tests[ARRAY_LENGTH(cases) + 1] =
      (struct CMUnitTest){.name = "brackets are bounded", .test_func = test_brackets};
  return cmocka_run_group_tests_name("lang/expression", tests, NULL, NULL);
}
