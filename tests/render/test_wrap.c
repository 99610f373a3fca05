// SPDX-License-Identifier: Apache-2.0

// Paragraphs break where people would break them.

#include "render/wrap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct wrap_case {
  const char *name;
  size_t width;
  const char *margin;
  size_t indent;
  const char *text;
  const char *expected;
} wrap_case;

static wrap_case cases[] = {
    {"a short line stays", 20, "", 0, "one two", "one two\n"},
    {"a line as long as the width stays", 7, "", 0, "one two", "one two\n"},
    {"one column less breaks it", 6, "", 0, "one two", "one\ntwo\n"},
    {"white space collapses", 20, "", 0, "  one \n two  ", "one two\n"},
    {"later lines hang", 9, "1. ", 3, "one two six", "1. one\n   two\n   six\n"},
    {"a word longer than the line stands alone", 6, "- ", 2, "a https://a.org b",
     "- a\n  https://a.org\n  b\n"},
    {"width 0 never breaks", 0, "", 0, "one two three", "one two three\n"},
    {"accents count once", 5, "", 0, "ééééé a", "ééééé\na\n"},
    {"combining marks count nothing", 4, "", 0,
     "e\xCC\x81"
     "e\xCC\x81 a",
     "e\xCC\x81"
     "e\xCC\x81 a\n"},
    {"wide characters count twice and break anywhere", 6, "", 0, "日本語文字", "日本語\n文字\n"},
    {"a no-break space keeps words together", 7, "", 0,
     "a b\xC2\xA0"
     "c d",
     "a b\xC2\xA0"
     "c d\n"},
    {"controls are shown and counted", 8, "", 0, "a\x1b b", "a\\u{1b}\nb\n"},
};

static void test_case(void **state)
{
  const wrap_case *const c = *state;
  dem_buffer out;
  dem_wrap wrap;
  dem_buffer_init(&out, dem_allocator_default());
  dem_wrap_init(&wrap, &out, c->width, false);
  dem_wrap_begin(&wrap, c->margin, c->indent);
  dem_wrap_add_text(&wrap, DEM_STYLE_STRONG, c->text);
  dem_wrap_end(&wrap);
  dem_buffer_add_char(&out, '\0');
  assert_string_equal(out.bytes, c->expected);
  dem_wrap_clear(&wrap);
  dem_buffer_clear(&out);
}

static void test_styles_take_no_room(void **state)
{
  (void)state;
  dem_buffer out;
  dem_wrap wrap;
  dem_buffer_init(&out, dem_allocator_default());
  dem_wrap_init(&wrap, &out, 7, true);
  dem_wrap_begin(&wrap, "", 0);
  dem_wrap_add_text(&wrap, DEM_STYLE_STRONG, "one");
  dem_wrap_add_text(&wrap, DEM_STYLE_PLAIN, " two");
  dem_wrap_end(&wrap);
  dem_buffer_add_char(&out, '\0');
  assert_string_equal(out.bytes, "\x1b[1mone\x1b[0m two\n");
  dem_wrap_clear(&wrap);
  dem_buffer_clear(&out);
}

int main(void)
{
  enum { COUNT = sizeof cases / sizeof cases[0] };
  struct CMUnitTest tests[COUNT + 1] = {cmocka_unit_test(test_styles_take_no_room)};
  for (size_t i = 0; i < COUNT; ++i) {
    tests[i + 1] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_case, .initial_state = &cases[i]};
  }
  return cmocka_run_group_tests_name("render/wrap", tests, NULL, NULL);
}
