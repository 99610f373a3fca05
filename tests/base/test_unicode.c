// SPDX-License-Identifier: Apache-2.0

// Folding of names: ASCII has a way of its own, which must agree with that of all other texts.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/unicode.h"

static void check(dem_slice text, dem_slice expected)
{
  dem_buffer out;
  char room[DEM_FOLD_ROOM];
  dem_buffer_init(&out, dem_allocator_default());
  assert_true(dem_unicode_fold(text, &out));
  assert_true(dem_slice_is_equal(dem_buffer_slice(&out), expected));
  const size_t size = dem_unicode_fold_short(text, room);
  assert_true(dem_slice_is_equal((dem_slice){room, size}, expected));
  dem_buffer_clear(&out);
}

static void test_names(void **state)
{
  (void)state;
  check(DEM_SLICE(""), DEM_SLICE(""));
  check(DEM_SLICE(" \t "), DEM_SLICE(""));
  check(DEM_SLICE("  African\t \nUnion "), DEM_SLICE("african union"));
  check(DEM_SLICE("Côte  d'Ivoire"), DEM_SLICE("cote d'ivoire"));
  check(DEM_SLICE(" TÜRKİYE "), DEM_SLICE("turkiye"));
}

/// Each ASCII character by itself, and beside one that is none.
static void test_both_ways(void **state)
{
  (void)state;
  for (int byte = 1; byte < 0x80; ++byte) {
    const char with_accent[] = {'x', (char)byte, 'y', '\xC3', '\xA9'};
    char room[DEM_FOLD_ROOM];
    const size_t size = dem_unicode_fold_short((dem_slice){with_accent, 5}, room);
    assert_int_equal(room[size - 1], 'e');
    check((dem_slice){with_accent, 3}, (dem_slice){room, size - 1});
  }
}

static void test_room(void **state)
{
  (void)state;
  char text[DEM_FOLD_ROOM];
  char room[DEM_FOLD_ROOM];
  for (size_t i = 0; i < sizeof text; ++i) {
    text[i] = 'A';
  }
  assert_int_equal(dem_unicode_fold_short((dem_slice){text, DEM_FOLD_ROOM / 4}, room),
                   DEM_FOLD_ROOM / 4);
  assert_true(dem_unicode_fold_short((dem_slice){text, DEM_FOLD_ROOM / 4 + 1}, room) == SIZE_MAX);
  assert_true(dem_unicode_fold_short(DEM_SLICE("a\xFF"), room) == SIZE_MAX);
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_names), cmocka_unit_test(test_both_ways),
                                     cmocka_unit_test(test_room)};
  return cmocka_run_group_tests_name("base/unicode", tests, NULL, NULL);
}
