// SPDX-License-Identifier: Apache-2.0

// Where records begin and end, however few bytes come at a time.

#include "text/splitter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof *(array))

typedef struct split_case {
  const char *name;
  dem_split_format format;
  const char *input;
  const char *records; ///< Each followed by "|"; "!" and the problem where it breaks.
} split_case;

static split_case cases[] = {
    // not const: cmocka hands a case on as void *
    {"lines", DEM_SPLIT_LINES, "{a}\n{b}\n", "{a}|{b}|"},
    {"lines without a last break", DEM_SPLIT_LINES, "{a}\n{b}", "{a}|{b}|"},
    {"blank lines are no records", DEM_SPLIT_LINES, "\n \r\n{a}\r\n\n\t\n", "{a}\r|"},
    {"no lines", DEM_SPLIT_LINES, "", ""},
    {"only blank lines", DEM_SPLIT_LINES, "\n\n  ", ""},

    {"rows", DEM_SPLIT_CSV, "a,b\r\n1,2\n", "a,b|1,2|"},
    {"a break in quotes", DEM_SPLIT_CSV, "\"a\nb\",c\nd,\"e\"\"\n\"\n",
     "\"a\nb\",c|d,\"e\"\"\n\"|"},
    {"a quote inside of a plain cell opens nothing", DEM_SPLIT_CSV, "5\" pipe,x\ny,z\n",
     "5\" pipe,x|y,z|"},
    {"a quote behind blanks opens", DEM_SPLIT_CSV, "a, \"x\ny\"\n", "a, \"x\ny\"|"},
    {"a quote that is not closed takes the rest", DEM_SPLIT_CSV, "a,\"b\nc\n", "a,\"b\nc\n|"},
    {"CR ends a row", DEM_SPLIT_CSV, "a\rb\r", "a|b|"},

    {"items", DEM_SPLIT_JSON, "[{\"a\": [1, {}]}, 2,\"x\", null ]\n",
     "{\"a\": [1, {}]}|2|\"x\"|null|"},
    {"brackets and quotes inside of texts", DEM_SPLIT_JSON, "[{\"a\": \"]},\\\"[\"},\"\\\\\"]",
     "{\"a\": \"]},\\\"[\"}|\"\\\\\"|"},
    {"one object", DEM_SPLIT_JSON, " {\"a\":\n1}\n", "{\"a\":\n1}|"},
    {"one number", DEM_SPLIT_JSON, "12", "12|"},
    {"no items", DEM_SPLIT_JSON, "[ ]", ""},
    {"no value", DEM_SPLIT_JSON, " \n", ""},
    {"a comma too many", DEM_SPLIT_JSON, "[1,]", "1|!a value is missing before this"},
    {"a comma too few", DEM_SPLIT_JSON, "[1 2]", "1|!a ',' or a ']' is missing before this"},
    {"an array that is not closed", DEM_SPLIT_JSON, "[1", "1|!a '[' is not closed"},
    {"nothing but a bracket", DEM_SPLIT_JSON, "[", "!a '[' is not closed"},
    {"a second value", DEM_SPLIT_JSON, "{}{}", "{}|!something stands behind the value"},
    {"an object that is not closed", DEM_SPLIT_JSON, "[{\"a\": 1",
     "{\"a\": 1|!a '[' is not closed"},

    {"documents", DEM_SPLIT_YAML, "a: 1\n---\nb: 2\n", "a: 1\n|---\nb: 2\n|"},
    {"a marker first", DEM_SPLIT_YAML, "---\na: 1\n--- # x\nb: 2\n",
     "---\na: 1\n|--- # x\nb: 2\n|"},
    {"comments are no document", DEM_SPLIT_YAML, "# a\n\n  # b\n", ""},
    {"comments in front are left out", DEM_SPLIT_YAML, "# a\n\na: 1\n# b\n", "a: 1\n# b\n|"},
    {"an empty document between markers", DEM_SPLIT_YAML, "---\n---\na: 1\n", "---\n|---\na: 1\n|"},
    {"an end marker", DEM_SPLIT_YAML, "a: 1\n...\n# c\nb: 2\n...\n", "a: 1\n...\n|b: 2\n...\n|"},
    {"a directive belongs to what follows", DEM_SPLIT_YAML,
     "%YAML 1.1\n---\na: 1\n...\n%YAML 1.1\n---\nb",
     "%YAML 1.1\n---\na: 1\n...\n|%YAML 1.1\n---\nb|"},
    {"a marker needs a blank behind it", DEM_SPLIT_YAML, "---a: 1\n----\n...b\n",
     "---a: 1\n----\n...b\n|"},
    {"a marker in the middle of a line", DEM_SPLIT_YAML, "a: ---\n ---\n", "a: ---\n ---\n|"},
    {"CRLF", DEM_SPLIT_YAML, "a: 1\r\n---\r\nb: 2\r\n", "a: 1\r\n|---\r\nb: 2\r\n|"},
    {"CR", DEM_SPLIT_YAML, "a: 1\r---\rb: 2\r", "a: 1\r|---\rb: 2\r|"},
    {"line separators, which YAML counts", DEM_SPLIT_YAML, "a: \xE2\x80\xA8---\nb: \xC3\xA9\n",
     "a: \xE2\x80\xA8|---\nb: \xC3\xA9\n|"},
    {"a marker at the very end", DEM_SPLIT_YAML, "a: 1\n---", "a: 1\n|---|"},
};

/// Split, showing `step` further bytes whenever more are asked for.
static void split(const split_case *c, size_t step, char *out, size_t size)
{
  dem_splitter s = dem_splitter_of(c->format);
  const size_t whole = strlen(c->input);
  size_t begin = 0;
  size_t shown = 0;
  *out = '\0';
  for (;;) {
    const dem_slice bytes = {c->input + begin, shown - begin};
    const dem_cut cut = dem_splitter_cut(&s, bytes, shown == whole);
    const size_t used = strlen(out);
    if (cut == DEM_CUT_RECORD) {
      (void)snprintf(out + used, size - used, "%.*s|", (int)s.end, bytes.bytes);
    } else if (cut == DEM_CUT_BROKEN) {
      (void)snprintf(out + used, size - used, "!%s", s.problem);
      return;
    } else if (cut == DEM_CUT_END) {
      return;
    } else if (cut == DEM_CUT_MORE) {
      assert_true(shown < whole);
      shown = whole - shown < step ? whole : shown + step;
      continue;
    }
    assert_true(s.next <= bytes.size);
    assert_true(s.next > 0);
    begin += s.next;
  }
}

static void test_case(void **state)
{
  const split_case *const c = *state;
  const size_t steps[] = {1, 2, 3, 7, 1000};
  for (size_t i = 0; i < ARRAY_LENGTH(steps); ++i) {
    char records[512];
    split(c, steps[i], records, sizeof records);
    assert_string_equal(records, c->records);
  }
}

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(cases)] = {{0}};
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_case, .initial_state = &cases[i]};
  }
  return cmocka_run_group_tests_name("text/splitter", tests, NULL, NULL);
}
