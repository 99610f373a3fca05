// SPDX-License-Identifier: Apache-2.0

// What a budget counts, and where it refuses.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/budget.h"

static void *resize(dem_allocator a, void *memory, size_t old_size, size_t new_size)
{
  return a.resize(a.context, memory, old_size, new_size);
}

static void test_at_the_bound_and_past_it(void **state)
{
  (void)state;
  dem_budget budget;
  const dem_allocator a = dem_budget_init(&budget, dem_allocator_default(), 100);
  void *memory = resize(a, NULL, 0, 60);
  assert_non_null(memory);
  assert_null(resize(a, memory, 60, 101)); // And the old one stays valid.
  assert_true(budget.is_reached);
  assert_int_equal(budget.used, 60);
  void *other = resize(a, NULL, 0, 40);
  assert_non_null(other);
  assert_null(resize(a, NULL, 0, 1));
  other = resize(a, other, 40, 20);
  memory = resize(a, memory, 60, 80);
  assert_non_null(memory);
  assert_int_equal(budget.used, 100);
  (void)resize(a, memory, 80, 0);
  (void)resize(a, other, 20, 0);
  assert_int_equal(budget.used, 0);
}

static void test_a_bound_that_was_lowered(void **state)
{
  (void)state;
  dem_budget budget;
  const dem_allocator a = dem_budget_init(&budget, dem_allocator_default(), 0);
  void *const memory = resize(a, NULL, 0, 1000);
  budget.most = 10;
  assert_null(resize(a, NULL, 0, 1));
  assert_null(resize(a, memory, 1000, SIZE_MAX));
  (void)resize(a, memory, 1000, 0);
  assert_int_equal(budget.used, 0);
}

static void *never(void *context, void *memory, size_t old_size, size_t new_size)
{
  (void)context;
  (void)memory;
  (void)old_size;
  (void)new_size;
  return NULL;
}

static void test_what_a_failure_was(void **state)
{
  (void)state;
  dem_diagnostics diagnostics;
  dem_diagnostics_init(&diagnostics, dem_allocator_default());
  dem_budget budget;
  const dem_allocator a = dem_budget_init(&budget, (dem_allocator){never, NULL}, 100);
  assert_null(resize(a, NULL, 0, 100)); // The machine's lack of memory, not the budget's.
  assert_int_equal(dem_budget_settle(&budget, DEM_ERR_NO_MEMORY, &diagnostics), DEM_ERR_NO_MEMORY);
  assert_null(resize(a, NULL, 0, 101));
  assert_int_equal(dem_budget_settle(&budget, DEM_OK, &diagnostics), DEM_OK);
  assert_int_equal(diagnostics.items.count, 0);
  assert_int_equal(dem_budget_settle(&budget, DEM_ERR_NO_MEMORY, &diagnostics), DEM_ERR_LIMIT);
  assert_string_equal(DEM_VECTOR_AT(&diagnostics.items, dem_diagnostic, 0).message.bytes,
                      "more than 100 bytes of memory (the limit max_memory)");
  dem_diagnostics_clear(&diagnostics);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_at_the_bound_and_past_it),
      cmocka_unit_test(test_a_bound_that_was_lowered),
      cmocka_unit_test(test_what_a_failure_was),
  };
  return cmocka_run_group_tests_name("base/budget", tests, NULL, NULL);
}
