// SPDX-License-Identifier: Apache-2.0

// Fields that are chosen: every path of the JSON can be, and is shown as it stands there.

#include "render/selection.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "render/advice_fixture.h"
#include "render/json.h"

static dem_buffer render(const char *const *paths, bool is_flat)
{
  dem_arena arena;
  dem_buffer out;
  dem_selected root = {0};
  dem_arena_init(&arena, dem_allocator_default());
  dem_buffer_init(&out, dem_allocator_default());
  for (size_t i = 0; paths[i]; ++i) {
    assert_true(dem_selected_add(&root, dem_slice_of(paths[i]), &arena));
  }
  dem_json_writer json = dem_json_writer_on(&out, false);
  dem_json_writer_select(&json, &root, is_flat);
  dem_json_begin_object(&json);
  dem_json_add_advice(&advice_full, &json);
  dem_json_end_object(&json);
  dem_buffer_add_char(&out, '\0');
  assert_false(out.has_failed);
  dem_arena_clear(&arena);
  return out;
}

static void test_everything_can_be_chosen(void **state)
{
  (void)state;
  const char *paths[160] = {NULL};
  size_t count = 0;
  for (const dem_selectable *s = dem_selectables; s->path; ++s) {
    if (s->is_leaf) {
      paths[count++] = s->path;
    }
  }
  dem_buffer all;
  dem_buffer_init(&all, dem_allocator_default());
  dem_json_render(&advice_full, false, &all);
  all.bytes[all.size - 1] = '\0'; // In place of the line break.
  dem_buffer chosen = render(paths, false);
  assert_string_equal(chosen.bytes, all.bytes);
  dem_buffer_clear(&chosen);
  dem_buffer_clear(&all);
}

static void test_what_stands_around_stays(void **state)
{
  (void)state;
  const char *const paths[] = {"partners.purposes.id", "date", NULL};
  dem_buffer out = render(paths, false);
  assert_non_null(strstr(out.bytes, "\"date\":\""));
  assert_non_null(strstr(out.bytes, "\"partners\":[{\"purposes\":[{\"id\":\""));
  assert_null(strstr(out.bytes, "label"));
  assert_null(strstr(out.bytes, "sources"));
  dem_buffer_clear(&out);
}

static void test_a_branch_is_whole(void **state)
{
  (void)state;
  const char *const paths[] = {"pack.name", "pack", NULL};
  dem_buffer out = render(paths, false);
  assert_non_null(strstr(out.bytes, "\"sha256\""));
  dem_buffer_clear(&out);
}

static void test_a_cell_has_values_alone(void **state)
{
  (void)state;
  const char *const paths[] = {"partners.id", NULL};
  dem_buffer out = render(paths, true);
  size_t separators = 0;
  for (const char *c = out.bytes; *c; ++c) {
    separators += *c == ';';
    assert_null(strchr("{}[]:\"", *c));
  }
  assert_int_equal(separators + 1, advice_full.partner_count);
  dem_buffer_clear(&out);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_everything_can_be_chosen),
      cmocka_unit_test(test_what_stands_around_stays),
      cmocka_unit_test(test_a_branch_is_whole),
      cmocka_unit_test(test_a_cell_has_values_alone),
  };
  return cmocka_run_group_tests_name("render/selection", tests, NULL, NULL);
}
