// SPDX-License-Identifier: Apache-2.0

// Forms of counted words, against examples of Unicode CLDR.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/plural.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

typedef struct plural_case {
  const char *name;
  const char *code;
  uint64_t number;
  dem_plural expected;
} plural_case;

static plural_case cases[] = {
    // Not const: cmocka hands a case on as void *.
    {"English, none", "en", 0, DEM_PLURAL_OTHER},
    {"English, one", "en", 1, DEM_PLURAL_ONE},
    {"French, none", "fr", 0, DEM_PLURAL_ONE},
    {"French, one", "fr", 1, DEM_PLURAL_ONE},
    {"French, two", "fr-CA", 2, DEM_PLURAL_OTHER},
    {"Chinese, one", "zh", 1, DEM_PLURAL_OTHER},
    {"Russian, one", "ru", 1, DEM_PLURAL_ONE},
    {"Russian, eleven", "ru", 11, DEM_PLURAL_MANY},
    {"Russian, twenty-one", "ru", 21, DEM_PLURAL_ONE},
    {"Russian, three", "ru", 3, DEM_PLURAL_FEW},
    {"Russian, thirteen", "ru", 13, DEM_PLURAL_MANY},
    {"Polish, twenty-one", "pl", 21, DEM_PLURAL_MANY},
    {"Polish, twenty-two", "pl", 22, DEM_PLURAL_FEW},
    {"Arabic, none", "ar", 0, DEM_PLURAL_ZERO},
    {"Arabic, two", "ar", 2, DEM_PLURAL_TWO},
    {"Arabic, three", "ar", 103, DEM_PLURAL_FEW},
    {"Arabic, eleven", "ar", 11, DEM_PLURAL_MANY},
    {"Arabic, a hundred", "ar", 100, DEM_PLURAL_OTHER},
    {"an unknown language, one", "tlh", 1, DEM_PLURAL_ONE},
};

static void test_case(void **state)
{
  const plural_case *const row = *state;
  assert_string_equal(dem_plural_name(dem_plural_of(dem_slice_of(row->code), row->number)),
                      dem_plural_name(row->expected));
}

static void test_used(void **state)
{
  (void)state;
  assert_true(dem_plural_is_used(DEM_SLICE("ar"), DEM_PLURAL_OTHER));
  assert_true(dem_plural_is_used(DEM_SLICE("fr"), DEM_PLURAL_ONE));
  assert_false(dem_plural_is_used(DEM_SLICE("fr"), DEM_PLURAL_FEW));
  assert_false(dem_plural_is_used(DEM_SLICE("zh"), DEM_PLURAL_ONE));
}

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(cases) + 1] = {{0}};
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_case, .initial_state = &cases[i]};
  }
  tests[ARRAY_LENGTH(cases)] = (struct CMUnitTest){.name = "forms in use", .test_func = test_used};
  return cmocka_run_group_tests_name("model/plural", tests, NULL, NULL);
}
