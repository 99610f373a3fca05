// SPDX-License-Identifier: Apache-2.0

// Growing arrays: what is added stays, in order, and a refusal changes nothing.

#include "base/vector.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/strict_memory.h"

enum { MANY = 500 };

typedef struct item {
  uint32_t number;
  char letter;
} item;

static item make_item(uint32_t n)
{
  return (item){n, (char)('a' + n % 26)};
}

static void check(const dem_vector *vector, uint32_t count)
{
  assert_int_equal(vector->count, count);
  assert_true(vector->capacity >= count);
  for (uint32_t n = 0; n < count; ++n) {
    const item *const found = &DEM_VECTOR_AT(vector, item, n);
    assert_int_equal(found->number, n);
    assert_int_equal(found->letter, make_item(n).letter);
  }
}

static void items_are_added_in_order(void **state)
{
  (void)state;
  strict_memory memory = STRICT_MEMORY;
  dem_vector vector;
  dem_vector_init(&vector, strict_allocator(&memory), sizeof(item));
  for (uint32_t n = 0; n < MANY; ++n) {
    const item next = make_item(n);
    if (n % 3 == 0) {
      assert_true(dem_vector_add(&vector, &next));
    } else if (n % 3 == 1) {
      assert_true(DEM_VECTOR_PUSH(&vector, item, next));
    } else {
      item *const place = dem_vector_extend(&vector, 1);
      assert_non_null(place);
      *place = next;
    }
    check(&vector, n + 1);
  }
  assert_true(memory.count < 10); // It doubles.
  dem_vector_clear(&vector);
  assert_int_equal(memory.bytes, 0);
  assert_int_equal(vector.count, 0);
}

static void a_reset_keeps_the_memory(void **state)
{
  (void)state;
  strict_memory memory = STRICT_MEMORY;
  dem_vector vector;
  dem_vector_init(&vector, strict_allocator(&memory), sizeof(item));
  assert_true(dem_vector_reserve(&vector, MANY));
  assert_int_equal(memory.count, 1);
  assert_int_equal(vector.count, 0);
  for (int turn = 0; turn < 2; ++turn) {
    dem_vector_reset(&vector);
    item *const items = dem_vector_extend(&vector, MANY);
    for (uint32_t n = 0; n < MANY; ++n) {
      items[n] = make_item(n);
    }
    check(&vector, MANY);
  }
  assert_int_equal(memory.count, 1);
  dem_vector_clear(&vector);
  dem_vector_clear(&vector); // Again is as good as once.
  assert_int_equal(memory.bytes, 0);
}

static void a_refusal_changes_nothing(void **state)
{
  (void)state;
  strict_memory memory = STRICT_MEMORY;
  dem_vector vector;
  dem_vector_init(&vector, strict_allocator(&memory), sizeof(item));
  uint32_t refusals = 0;
  for (uint32_t n = 0; n < MANY; ++n) {
    const item next = make_item(n);
    memory.failing_at = memory.count;
    if (!(n % 2 ? dem_vector_add(&vector, &next) : DEM_VECTOR_PUSH(&vector, item, next))) {
      ++refusals;
      check(&vector, n);
      memory.failing_at = SIZE_MAX;
      assert_true(dem_vector_add(&vector, &next));
    }
  }
  assert_int_equal(refusals, 7); // At 0, 8, 16, … 256 and none at 512.
  check(&vector, MANY);
  assert_null(dem_vector_extend(&vector, SIZE_MAX));
  assert_null(dem_vector_extend(&vector, SIZE_MAX - MANY));
  assert_false(dem_vector_reserve(&vector, SIZE_MAX / sizeof(item)));
  check(&vector, MANY);
  dem_vector_clear(&vector);
  assert_int_equal(memory.bytes, 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(items_are_added_in_order),
      cmocka_unit_test(a_reset_keeps_the_memory),
      cmocka_unit_test(a_refusal_changes_nothing),
  };
  return cmocka_run_group_tests_name("base/vector", tests, NULL, NULL);
}
