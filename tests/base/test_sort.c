// SPDX-License-Identifier: Apache-2.0

// The sort: in order, stable, for every small size and for what is sorted or upside down.

#include "base/sort.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

typedef struct item {
  uint32_t key;
  uint32_t position;
} item;

static int compare_keys(const void *left, const void *right)
{
  const item *const a = left;
  const item *const b = right;
  return (a->key > b->key) - (a->key < b->key);
}

static void check(item *items, size_t count)
{
  item *const spare = malloc((count + 1) * sizeof *spare);
  assert_non_null(spare);
  dem_sort(items, count, sizeof *items, compare_keys, spare);
  for (size_t i = 1; i < count; ++i) {
    assert_true(items[i - 1].key <= items[i].key);
    assert_true(items[i - 1].key < items[i].key || items[i - 1].position < items[i].position);
  }
  free(spare);
}

static void test_sizes(void **state)
{
  (void)state;
  uint32_t random = 1;
  for (size_t count = 0; count < 130; ++count) {
    for (uint32_t keys = 1; keys < 300; keys = keys * 3 + 1) {
      item items[130];
      for (uint32_t i = 0; i < count; ++i) {
        random = random * 1664525 + 1013904223;
        items[i] = (item){(random >> 16) % keys, i};
      }
      check(items, count);
    }
  }
}

static void test_runs(void **state)
{
  (void)state;
  item rising[100];
  item falling[100];
  for (uint32_t i = 0; i < 100; ++i) {
    rising[i] = (item){i / 2, i};
    falling[i] = (item){100 - i, i};
  }
  check(rising, 100);
  check(falling, 100);
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_sizes), cmocka_unit_test(test_runs)};
  return cmocka_run_group_tests_name("base/sort", tests, NULL, NULL);
}
