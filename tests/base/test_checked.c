// SPDX-License-Identifier: Apache-2.0

// Arithmetic at the bounds: the last result that fits, and the first that does not.

#include "base/checked.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

typedef bool integer_operation(int64_t a, int64_t b, int64_t *result);
typedef bool size_operation(size_t a, size_t b, size_t *result);

typedef struct integer_case {
  const char *name;
  integer_operation *operation;
  int64_t a;
  int64_t b;
  bool overflows;
  int64_t result; ///< Where it fits.
} integer_case;

static integer_case integer_cases[] = {
    // Not const: cmocka hands a case on as void *.
    {"a sum", dem_checked_add, 40, 2, false, 42},
    {"the largest sum", dem_checked_add, INT64_MAX - 1, 1, false, INT64_MAX},
    {"one more than the largest", dem_checked_add, INT64_MAX, 1, true, 0},
    {"the smallest sum", dem_checked_add, INT64_MIN + 1, -1, false, INT64_MIN},
    {"one less than the smallest", dem_checked_add, INT64_MIN, -1, true, 0},
    {"the two ends", dem_checked_add, INT64_MAX, INT64_MIN, false, -1},
    {"twice the smallest", dem_checked_add, INT64_MIN, INT64_MIN, true, 0},
    {"a difference", dem_checked_subtract, 2, 40, false, -38},
    {"the smallest difference", dem_checked_subtract, -1, INT64_MAX, false, INT64_MIN},
    {"one below the smallest difference", dem_checked_subtract, -2, INT64_MAX, true, 0},
    {"the largest difference", dem_checked_subtract, -1, INT64_MIN, false, INT64_MAX},
    {"the smallest number negated", dem_checked_subtract, 0, INT64_MIN, true, 0},
    {"the largest number negated", dem_checked_subtract, 0, INT64_MAX, false, -INT64_MAX},
    {"a product", dem_checked_multiply, -6, 7, false, -42},
    {"a power of two that fits", dem_checked_multiply, INT64_C(1) << 31, INT64_C(1) << 31, false,
     INT64_C(1) << 62},
    {"a power of two that does not", dem_checked_multiply, INT64_C(1) << 32, INT64_C(1) << 31, true,
     0},
    {"a negative power of two that fits", dem_checked_multiply, -(INT64_C(1) << 32),
     INT64_C(1) << 31, false, INT64_MIN},
    {"the smallest times minus one", dem_checked_multiply, INT64_MIN, -1, true, 0},
    {"the largest times minus one", dem_checked_multiply, INT64_MAX, -1, false, -INT64_MAX},
    {"the smallest times nothing", dem_checked_multiply, INT64_MIN, 0, false, 0},
};

static void test_integers(void **state)
{
  const integer_case *const c = *state;
  int64_t result = 1234;
  assert_int_equal(c->operation(c->a, c->b, &result), c->overflows);
  assert_true(c->overflows || result == c->result);
}

typedef struct size_case {
  const char *name;
  size_operation *operation;
  size_t a;
  size_t b;
  bool overflows;
  size_t result;
} size_case;

static size_case size_cases[] = {
    {"the largest sum of sizes", dem_checked_size_add, SIZE_MAX - 1, 1, false, SIZE_MAX},
    {"one more than the largest size", dem_checked_size_add, SIZE_MAX, 1, true, 0},
    {"nothing more than the largest size", dem_checked_size_add, SIZE_MAX, 0, false, SIZE_MAX},
    {"the largest product of sizes", dem_checked_size_multiply, SIZE_MAX / 3, 3, false,
     SIZE_MAX / 3 * 3},
    {"a product one item too large", dem_checked_size_multiply, SIZE_MAX / 3 + 1, 3, true, 0},
    {"items of no size", dem_checked_size_multiply, SIZE_MAX, 0, false, 0},
};

static void test_sizes(void **state)
{
  const size_case *const c = *state;
  size_t result = 1234;
  assert_int_equal(c->operation(c->a, c->b, &result), c->overflows);
  assert_true(c->overflows || result == c->result);
}

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(integer_cases) + ARRAY_LENGTH(size_cases)] = {{0}};
  size_t count = 0;
  for (size_t i = 0; i < ARRAY_LENGTH(integer_cases); ++i) {
    tests[count++] = (struct CMUnitTest){.name = integer_cases[i].name,
                                         .test_func = test_integers,
                                         .initial_state = &integer_cases[i]};
  }
  for (size_t i = 0; i < ARRAY_LENGTH(size_cases); ++i) {
    tests[count++] = (struct CMUnitTest){
        .name = size_cases[i].name, .test_func = test_sizes, .initial_state = &size_cases[i]};
  }
  return cmocka_run_group_tests_name("base/checked", tests, NULL, NULL);
}
