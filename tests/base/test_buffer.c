// SPDX-License-Identifier: Apache-2.0

// Text being built: numbers as people write them, whatever the locale; and no more after memory
// ran out.

#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "support/strict_memory.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static void check_text(const dem_buffer *buffer, const char *expected)
{
  assert_false(buffer->has_failed);
  assert_int_equal(buffer->size, strlen(expected));
  assert_memory_equal(buffer->bytes, expected, buffer->size);
}

// Numbers -----------------------------------------------------------------------------------

typedef struct number_case {
  const char *expected; ///< The text is the row's name, too.
  double value;
} number_case;

static number_case number_cases[] = {
    // Not const: cmocka hands a case on as void *.
    {"0", 0.0},
    {"1", 1},
    {"-1", -1},
    {"10", 10},
    {"0.1", 0.1},
    {"0.30000000000000004", 0.1 + 0.2},
    {"2.5", 2.5},
    {"-123.456", -123.456},
    {"100000", 1e5},
    {"0.000001", 1e-6},
    {"9.5e-7", 9.5e-7},
    {"1e-7", 1e-7},
    {"100000000000000000000", 1e20},
    {"1e+21", 1e21},
    {"1.5e+21", 1.5e21},
    {"9007199254740991", 9007199254740991.0},
    {"9007199254740993000", 9007199254740993e3},
    {"5e-324", 5e-324},
    {"1.7976931348623157e+308", 1.7976931348623157e308},
    {"-2.2250738585072014e-308", -2.2250738585072014e-308},
    {"0.3333333333333333", 1.0 / 3},
};

static void test_number(void **state)
{
  const number_case *const c = *state;
  dem_buffer buffer;
  dem_buffer_init(&buffer, dem_allocator_default());
  dem_buffer_add_number(&buffer, c->value);
  check_text(&buffer, c->expected);
  dem_buffer_clear(&buffer);
}

static void numbers_read_back_as_they_were(void **state)
{
  (void)state;
  uint64_t random = 1;
  dem_buffer buffer;
  dem_buffer_init(&buffer, dem_allocator_default());
  for (int i = 0; i < 3000; ++i) {
    random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    double value;
    memcpy(&value, &random, sizeof value);
    if (value - value == 0) { // Else it is none, or has no end.
      dem_buffer_reset(&buffer);
      dem_buffer_add_number(&buffer, value);
      dem_buffer_add_char(&buffer, '\0');
      assert_true(strtod(buffer.bytes, NULL) == value);
    }
  }
  dem_buffer_clear(&buffer);
}

static void integers_are_written_to_both_ends(void **state)
{
  (void)state;
  static const int64_t values[] = {0, 7, -7, 10, INT64_MAX, INT64_MIN};
  dem_buffer buffer;
  dem_buffer_init(&buffer, dem_allocator_default());
  for (size_t i = 0; i < ARRAY_LENGTH(values); ++i) {
    dem_buffer_add_integer(&buffer, values[i]);
    dem_buffer_add_char(&buffer, ' ');
  }
  check_text(&buffer, "0 7 -7 10 9223372036854775807 -9223372036854775808 ");
  dem_buffer_clear(&buffer);
}

// Text --------------------------------------------------------------------------------------

static void texts_follow_one_another(void **state)
{
  (void)state;
  strict_memory memory = STRICT_MEMORY;
  dem_buffer buffer;
  dem_buffer_init(&buffer, strict_allocator(&memory));
  for (int turn = 0; turn < 2; ++turn) {
    dem_buffer_add_text(&buffer, "a");
    dem_buffer_add(&buffer, (dem_slice){NULL, 0});
    dem_buffer_add_text(&buffer, "");
    dem_buffer_add_text(&buffer, NULL);
    dem_buffer_add_char(&buffer, 'b');
    dem_buffer_add_format(&buffer, "%s-%d", "c", 4);
    dem_buffer_add_format(&buffer, "%s", "");
    dem_buffer_add_char(&buffer, 'd');
    check_text(&buffer, "abc-4d");
    dem_buffer_reset(&buffer);
    assert_int_equal(buffer.size, 0);
  }
  assert_int_equal(memory.count, 1);
  dem_buffer_clear(&buffer);
  assert_int_equal(memory.bytes, 0);
}

static void a_text_grows_to_any_size(void **state)
{
  (void)state;
  strict_memory memory = STRICT_MEMORY;
  dem_buffer buffer;
  dem_buffer_init(&buffer, strict_allocator(&memory));
  for (int i = 0; i < 5000; ++i) {
    dem_buffer_add_format(&buffer, "%04d", i);
  }
  char *const place = dem_buffer_extend(&buffer, 100000); // More than doubling makes room for.
  memset(place, 'x', 100000);
  assert_int_equal(buffer.size, 120000);
  for (int i = 0; i < 5000; ++i) {
    char expected[16];
    (void)snprintf(expected, sizeof expected, "%04d", i);
    assert_memory_equal(buffer.bytes + (size_t)i * 4, expected, 4);
  }
  dem_buffer_clear(&buffer);
  assert_int_equal(memory.bytes, 0);
}

static void after_a_refusal_nothing_is_written(void **state)
{
  (void)state;
  strict_memory memory = STRICT_MEMORY;
  dem_buffer buffer;
  dem_buffer_init(&buffer, strict_allocator(&memory));
  dem_buffer_add_text(&buffer, "abc");
  memory.failing_at = memory.count;
  assert_null(dem_buffer_extend(&buffer, 1000));
  assert_true(buffer.has_failed);
  dem_buffer_add_char(&buffer, 'd'); // There would be room, but the text has a gap.
  dem_buffer_add_text(&buffer, "e");
  dem_buffer_add_format(&buffer, "%d", 1);
  dem_buffer_add_integer(&buffer, 1);
  dem_buffer_add_number(&buffer, 1);
  assert_int_equal(buffer.size, 3);
  assert_memory_equal(buffer.bytes, "abc", 3);
  dem_buffer_reset(&buffer);
  dem_buffer_add_text(&buffer, "fresh");
  check_text(&buffer, "fresh");
  assert_null(dem_buffer_extend(&buffer, SIZE_MAX));
  assert_true(buffer.has_failed);
  dem_buffer_clear(&buffer);
  assert_int_equal(memory.bytes, 0);
}

static const struct CMUnitTest others[] = {
    cmocka_unit_test(numbers_read_back_as_they_were),
    cmocka_unit_test(integers_are_written_to_both_ends),
    cmocka_unit_test(texts_follow_one_another),
    cmocka_unit_test(a_text_grows_to_any_size),
    cmocka_unit_test(after_a_refusal_nothing_is_written),
};

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(number_cases) + ARRAY_LENGTH(others)] = {{0}};
  size_t count = 0;
  for (size_t i = 0; i < ARRAY_LENGTH(number_cases); ++i) {
    tests[count++] = (struct CMUnitTest){.name = number_cases[i].expected,
                                         .test_func = test_number,
                                         .initial_state = &number_cases[i]};
  }
  for (size_t i = 0; i < ARRAY_LENGTH(others); ++i) {
    tests[count++] = others[i];
  }
  return cmocka_run_group_tests_name("base/buffer", tests, NULL, NULL);
}
