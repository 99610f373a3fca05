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

// Keys of two columns, told apart by bytes that lie far from each other.
static uint64_t spread(uint32_t key)
{
  return (uint64_t)(key % 7) << 56 | (uint64_t)(key % 11) << 24 | key % 3;
}

static void check_by_key(uint32_t count, uint32_t seed)
{
  uint64_t keys[2 * 130];
  uint32_t order[130];
  uint32_t spare[130];
  for (uint32_t i = 0; i < count; ++i) {
    seed = seed * 1664525 + 1013904223;
    keys[2 * i] = UINT64_MAX - i; // Of another column: not looked at.
    keys[2 * i + 1] = spread(seed >> 16);
    order[i] = i;
  }
  dem_sort_by_key(order, count, keys + 1, 2, spare);
  for (uint32_t i = 1; i < count; ++i) {
    const uint64_t before = keys[2 * order[i - 1] + 1];
    const uint64_t key = keys[2 * order[i] + 1];
    assert_true(before <= key);
    assert_true(before < key || order[i - 1] < order[i]);
  }
}

static void test_by_key(void **state)
{
  (void)state;
  for (uint32_t count = 0; count <= 130; ++count) {
    check_by_key(count, count + 1);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_sizes), cmocka_unit_test(test_runs),
                                     cmocka_unit_test(test_by_key)};
  return cmocka_run_group_tests_name("base/sort", tests, NULL, NULL);
}
