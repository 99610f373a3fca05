// SPDX-License-Identifier: Apache-2.0

// Memory of an arena: zeroed, aligned, apart from all other, and used again after a reset.

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/strict_memory.h"

enum { MANY = 300 };

/// Sizes around the first block's and the alignment's.
static size_t size_of(size_t n)
{
  static const size_t sizes[] = {1, 15, 16, 17, 0, 100, 16 * 1024, 3, 16 * 1024 + 1, 40 * 1024};
  return sizes[n % (sizeof sizes / sizeof *sizes)];
}

/// Take many pieces, and find in each what was written there before the others were taken.
static void take_many(dem_arena *arena)
{
  static unsigned char *pieces[MANY];
  for (size_t n = 0; n < MANY; ++n) {
    pieces[n] = dem_arena_alloc(arena, size_of(n));
    assert_non_null(pieces[n]);
    assert_int_equal((uintptr_t)pieces[n] % 16, 0);
    for (size_t i = 0; i < size_of(n); ++i) {
      assert_int_equal(pieces[n][i], 0);
    }
    memset(pieces[n], (int)(n % 255 + 1), size_of(n));
  }
  for (size_t n = 0; n < MANY; ++n) {
    for (size_t i = 0; i < size_of(n); ++i) {
      assert_int_equal(pieces[n][i], n % 255 + 1);
    }
  }
}

static void pieces_are_zeroed_aligned_and_apart(void **state)
{
  (void)state;
  strict_memory memory = STRICT_MEMORY;
  dem_arena arena;
  dem_arena_init(&arena, strict_allocator(&memory));
  take_many(&arena);
  dem_arena_clear(&arena);
  assert_int_equal(memory.bytes, 0);
  take_many(&arena); // It may be used again.
  dem_arena_clear(&arena);
  assert_int_equal(memory.bytes, 0);
}

static void a_reset_keeps_the_blocks(void **state)
{
  (void)state;
  strict_memory memory = STRICT_MEMORY;
  dem_arena arena;
  dem_arena_init(&arena, strict_allocator(&memory));
  dem_arena_reset(&arena); // Of nothing.
  take_many(&arena);
  const size_t asked = memory.count;
  const size_t size = dem_arena_size(&arena);
  assert_in_range(size, 1, memory.bytes);
  for (int turn = 0; turn < 3; ++turn) {
    dem_arena_reset(&arena);
    take_many(&arena);
  }
  assert_int_equal(memory.count, asked);
  assert_int_equal(dem_arena_size(&arena), size);
  dem_arena_clear(&arena);
  assert_int_equal(dem_arena_size(&arena), 0);
}

/// After a reset a block is needed that is larger than the next one: it is put between.
static void a_block_that_is_too_small_is_passed(void **state)
{
  (void)state;
  strict_memory memory = STRICT_MEMORY;
  dem_arena arena;
  dem_arena_init(&arena, strict_allocator(&memory));
  for (int turn = 0; turn < 3; ++turn) {
    char *const first = dem_arena_alloc(&arena, 8 * 1024);
    char *const large = dem_arena_alloc(&arena, turn == 1 ? 1024 * 1024 : 20 * 1024);
    assert_non_null(first);
    assert_non_null(large);
    memset(large, 1, turn == 1 ? 1024 * 1024 : 20 * 1024);
    assert_int_equal(first[0], 0);
    dem_arena_reset(&arena);
  }
  dem_arena_clear(&arena);
  assert_int_equal(memory.bytes, 0);
}

static void copies_end_with_nul(void **state)
{
  (void)state;
  dem_arena arena;
  dem_arena_init(&arena, dem_allocator_default());
  char bytes[] = "a\0b";
  const char *const copy = dem_arena_copy(&arena, (dem_slice){bytes, 3});
  bytes[0] = '?';
  assert_memory_equal(copy, "a\0b", 4);
  assert_string_equal(dem_arena_copy(&arena, (dem_slice){NULL, 0}), "");
  dem_arena_clear(&arena);
}

static void what_does_not_fit_is_refused(void **state)
{
  (void)state;
  strict_memory memory = STRICT_MEMORY;
  dem_arena arena;
  dem_arena_init(&arena, strict_allocator(&memory));
  assert_null(dem_arena_alloc(&arena, SIZE_MAX));
  assert_null(dem_arena_alloc(&arena, SIZE_MAX - 8)); // Rounding it up would wrap.
  assert_null(dem_arena_array(&arena, SIZE_MAX / 2, 3));
  assert_null(dem_arena_array(&arena, SIZE_MAX, SIZE_MAX)); // Whose product is 1.
  assert_null(dem_arena_copy(&arena, (dem_slice){"", SIZE_MAX}));
  assert_int_equal(memory.count, 0);
  assert_non_null(dem_arena_array(&arena, 0, 8));
  assert_non_null(dem_arena_array(&arena, SIZE_MAX, 0));
  memory.failing_at = memory.count;
  assert_null(dem_arena_alloc(&arena, 1024 * 1024));
  assert_non_null(dem_arena_alloc(&arena, 1024 * 1024));
  dem_arena_clear(&arena);
  assert_int_equal(memory.bytes, 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
      cmocka_unit_test(a_reset_keeps_the_blocks),
      cmocka_unit_test(a_block_that_is_too_small_is_passed),
      cmocka_unit_test(copies_end_with_nul),
      cmocka_unit_test(what_does_not_fit_is_refused),
  };
  return cmocka_run_group_tests_name("base/arena", tests, NULL, NULL);
}
