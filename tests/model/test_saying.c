// SPDX-License-Identifier: Apache-2.0

// The engine's own words, in English: places are filled in, paths name them, forms agree.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "model/saying.h"

static const char *said(dem_buffer *out, dem_said what)
{
  dem_buffer_reset(out);
  dem_say(out, NULL, what);
  dem_buffer_add_char(out, '\0');
  return out->bytes;
}

static void test_said(void **state)
{
  (void)state;
  dem_buffer out;
  dem_buffer_init(&out, dem_allocator_default());
  assert_string_equal(said(&out, DEM_SAID(AS_OF, "2025-06-01")), "As of 2025-06-01");
  assert_string_equal(said(&out, DEM_SAID(ANSWER_IS, "needs", "{field}")), "needs is “{field}”");
  assert_string_equal(said(&out, DEM_SAID_COUNT(COUNT_STEPS, 1)), "1 step");
  assert_string_equal(said(&out, DEM_SAID_COUNT(COUNT_STEPS, 0)), "0 steps");
  assert_string_equal(said(&out, ((dem_said){.saying = DEM_SAY_CONDITIONS_HOLD,
                                             .count = 3,
                                             .values = (const char *const[]){"2"}})),
                      "(2 of 3 conditions hold)");
  assert_string_equal(dem_saying_plain(NULL, DEM_SAY_IN_SHORT), "In short");
  dem_buffer_clear(&out);
}

/// Each place of a form stands in the other; names are paths.
static void test_all(void **state)
{
  (void)state;
  for (int i = 0; i < DEM_SAYING_COUNT; ++i) {
    const dem_saying saying = (dem_saying)i;
    const dem_slice one = dem_slice_of(dem_saying_english(saying, DEM_PLURAL_ONE));
    char room[96];
    const char *const path = dem_saying_path(saying, room, sizeof room);
    assert_int_equal(strspn(path, "abcdefghijklmnopqrstuvwxyz0123456789-"), strlen(path));
    assert_int_not_equal(one.size, 0);
    dem_saying_piece piece;
    for (size_t offset = 0; dem_saying_next(saying, one, &offset, &piece);) {
      const char *const other = dem_saying_english(saying, DEM_PLURAL_OTHER);
      char name[32];
      (void)snprintf(name, sizeof name, "{%.*s}", (int)piece.text.size, piece.text.bytes);
      assert_true(!piece.is_place || strstr(other, name));
    }
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_said),
      cmocka_unit_test(test_all),
  };
  return cmocka_run_group_tests_name("model/saying", tests, NULL, NULL);
}
