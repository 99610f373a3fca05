// SPDX-License-Identifier: Apache-2.0

// JSON values, and the places of mistakes.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/json.h"
#include "text/text_fixture.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

typedef struct json_case {
  const char *name;
  dem_slice bytes;
  const char *expected;
} json_case;

#define S(literal)                                                                                 \
  {                                                                                                \
    "" literal, sizeof(literal) - 1                                                                \
  }

static json_case cases[] = {
    // Not const: cmocka hands a case on as void *.
    {"an object", S("{\"a\": \"b\", \"c\": [1, true, null, -0.5e3]}"),
     "{a: 'b', c: [1, true, null, -0.5e3]}"},
    {"an empty one", S("{}"), "{}"},
    {"a number keeps its digits", S("[12345678901234567890123]"), "[12345678901234567890123]"},
    {"escapes", S("[\"\\u00e9\\n\\\"\"]"), "['é\n\"']"},
    {"a pair of surrogates", S("[\"\\ud83d\\ude00\"]"), "['\xF0\x9F\x98\x80']"},
    {"a byte order mark", S("\xEF\xBB\xBF[1]"), "[1]"},
    {"a lone surrogate", S("[\"\\ud800\"]"), "1:2 syntax"},
    {"a key twice", S("{\"a\": 1,\n \"a\": 2}"), "2:2 duplicate-key"},
    {"a comma too many", S("{\"a\": 1,}"), "1:9 syntax"},
    {"more behind the value", S("[1] x"), "1:5 syntax"},
    {"not closed", S("{\"a\": [1, 2"), "1:7 syntax"},
    {"a key without quotes", S("{a: 1}"), "1:2 syntax"},
    {"single quotes", S("['a']"), "1:2 syntax"},
    {"too deep", S("[[[[[[[[[1]]]]]]]]]"), "1:9 limit"},
    {"as deep as may be", S("[[[[[[[[1]]]]]]]]"), "[[[[[[[[1]]]]]]]]"},
    {"no UTF-8", S("[\"\xFF\"]"), "1:3 not-utf8"},
    {"a control character", S("[\"a\nb\"]"), "1:4 syntax"},
    {"a number that is none", S("[01]"), "1:2 syntax"},
};

static dem_status read_json(const dem_reader_context *context, dem_file_id file, dem_buffer *out)
{
  const dem_node *root = NULL;
  const dem_status status = dem_json_read(context, file, &root);
  if (status == DEM_OK) {
    text_fixture_add(root, out);
  }
  return status;
}

static void test_case(void **state)
{
  const json_case *const row = *state;
  dem_buffer found;
  dem_buffer_init(&found, dem_allocator_default());
  text_fixture_read(row->bytes, read_json, &found);
  assert_string_equal(found.bytes, row->expected);
  dem_buffer_clear(&found);
}

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(cases)] = {{0}};
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_case, .initial_state = &cases[i]};
  }
  return cmocka_run_group_tests_name("text/json", tests, NULL, NULL);
}
