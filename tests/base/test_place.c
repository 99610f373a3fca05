// SPDX-License-Identifier: Apache-2.0

// Lines and places of files: by offset, in parts of files, and in order.

#include "base/place.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/strict_memory.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

enum { MOST_LINES = 5 };

typedef struct lines_case {
  const char *name;
  const char *text;
  const char *lines[MOST_LINES]; ///< Up to the first NULL.
} lines_case;

static lines_case lines_cases[] = {
    // Not const: cmocka hands a case on as void *.
    {"a file of nothing", "", {""}},
    {"one line without an end", "abc", {"abc"}},
    {"an end opens a line of nothing", "abc\n", {"abc", ""}},
    {"lines of Unix", "a\n\nb", {"a", "", "b"}},
    {"lines of Windows", "a\r\n\r\nb\r\n", {"a", "", "b", ""}},
    {"lines of old", "a\rb\r\rc", {"a", "b", "", "c"}},
    {"all kinds of lines", "a\r\nb\nc\rd", {"a", "b", "c", "d"}},
    {"LF before CR ends two lines", "a\n\rb", {"a", "", "b"}},
    {"other separators end no line",
     "a\xE2\x80\xA8"
     "b\x0C"
     "c\x0B"
     "d",
     {"a\xE2\x80\xA8"
      "b\x0C"
      "c\x0B"
      "d"}},
};

static void test_lines(void **state)
{
  const lines_case *const c = *state;
  strict_memory memory = STRICT_MEMORY;
  dem_files files;
  dem_files_init(&files, strict_allocator(&memory));
  const dem_file_id file = dem_files_add(&files, DEM_SLICE("f"), dem_slice_of(c->text));
  uint32_t line = 1;
  for (; line <= MOST_LINES && c->lines[line - 1]; ++line) {
    assert_true(dem_slice_is(dem_files_line(&files, file, line), c->lines[line - 1]));
  }
  assert_int_equal(dem_files_line(&files, file, line).size, 0); // Past the end.
  assert_int_equal(dem_files_line(&files, file, 0).size, 0);
  assert_int_equal(dem_files_line(&files, file, UINT32_MAX).size, 0);
  const dem_place end = dem_files_place(&files, file, strlen(c->text), 0);
  assert_int_equal(end.line, line - 1);
  dem_files_clear(&files);
  assert_int_equal(memory.bytes, 0);
}

// Offsets -----------------------------------------------------------------------------------

static const char sample[] = "ab\xC3\xA9"
                             "d\r\n"                      // Offsets 0 to 6.
                             "\n"                         // 7
                             "\xE6\x97\xA5\xE6\x9C\xAC!"; // 8 to 14

typedef struct offset_case {
  size_t offset;
  uint32_t line;
  uint32_t column;
} offset_case;

static const offset_case offsets[] = {
    {0, 1, 1}, {1, 1, 2}, {2, 1, 3},  {4, 1, 4},  {5, 1, 5},  {6, 1, 6},
    {7, 2, 1}, {8, 3, 1}, {11, 3, 2}, {14, 3, 3}, {15, 3, 4},
};

static void check_offset(dem_files *files, dem_file_id file, const offset_case *c)
{
  const dem_place place = dem_files_place(files, file, c->offset, 7);
  assert_int_equal(place.file.index, file.index);
  assert_int_equal(place.line, c->line);
  assert_int_equal(place.column, c->column);
  assert_int_equal(place.length, 7);
}

/// Each offset after each other: what was found last makes no difference.
static void offsets_have_places_in_any_order(void **state)
{
  (void)state;
  dem_files files;
  dem_files_init(&files, dem_allocator_default());
  const dem_file_id file = dem_files_add(&files, DEM_SLICE("f"), dem_slice_of(sample));
  const dem_file_id other = dem_files_add(&files, DEM_SLICE("g"), DEM_SLICE("x\ny"));
  for (size_t i = 0; i < ARRAY_LENGTH(offsets); ++i) {
    for (size_t j = 0; j < ARRAY_LENGTH(offsets); ++j) {
      check_offset(&files, file, &offsets[i]);
      check_offset(&files, file, &offsets[j]);
      check_offset(&files, other, &(offset_case){2, 2, 1});
    }
  }
  dem_files_clear(&files);
}

static void parts_are_located_in_the_whole(void **state)
{
  (void)state;
  dem_files files;
  dem_files_init(&files, dem_allocator_default());
  const dem_file_id whole = dem_files_add(&files, DEM_SLICE("f"), DEM_SLICE("a\nb"));
  const dem_file_id part = dem_files_add_part(&files, DEM_SLICE("f"), DEM_SLICE("a\nb"), 40, 7);
  const struct {
    dem_place place;
    uint32_t line;
    uint32_t column;
  } rows[] = {
      {{whole, 2, 3, 1}, 2, 3},
      {{part, 1, 1, 1}, 40, 7},
      {{part, 1, 3, 1}, 40, 9},
      {{part, 2, 3, 1}, 41, 3},
      {{part, 1, 0, 1}, 40, 0},
      {{part, 0, 0, 1}, 0, 0},
      {{part, UINT32_MAX, 2, 1}, UINT32_MAX, 2},
  };
  for (size_t i = 0; i < ARRAY_LENGTH(rows); ++i) {
    const dem_place found = dem_files_locate(&files, rows[i].place);
    assert_int_equal(found.line, rows[i].line);
    assert_int_equal(found.column, rows[i].column);
  }
  const dem_place none = dem_files_locate(&files, DEM_PLACE_NONE);
  assert_true(dem_place_is_none(none));
  dem_files_clear(&files);
}

static void places_are_ordered_by_name_line_and_column(void **state)
{
  (void)state;
  dem_files files;
  dem_files_init(&files, dem_allocator_default());
  const dem_file_id b = dem_files_add(&files, DEM_SLICE("b"), DEM_SLICE(""));
  const dem_file_id a = dem_files_add(&files, DEM_SLICE("a"), DEM_SLICE(""));
  const dem_file_id again = dem_files_add(&files, DEM_SLICE("b"), DEM_SLICE(""));
  const dem_place places[] = {
      DEM_PLACE_NONE, {a, 0, 0, 1}, {a, 2, 9, 1},          {a, 10, 1, 1},
      {a, 10, 2, 1},  {b, 1, 1, 1}, {b, UINT32_MAX, 1, 1}, {again, 1, 1, 1},
  };
  for (size_t i = 0; i < ARRAY_LENGTH(places); ++i) {
    for (size_t j = 0; j < ARRAY_LENGTH(places); ++j) {
      const int order = dem_place_compare(&files, places[i], places[j]);
      assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
    }
  }
  dem_files_clear(&files);
}

// Files -------------------------------------------------------------------------------------

static void files_are_copied_and_forgotten(void **state)
{
  (void)state;
  strict_memory memory = STRICT_MEMORY;
  dem_files files;
  dem_files_init(&files, strict_allocator(&memory));
  char name[] = "name";
  char bytes[] = "a\nb";
  for (int turn = 0; turn < 2; ++turn) {
    const dem_file_id file = dem_files_add(&files, dem_slice_of(name), dem_slice_of(bytes));
    assert_int_equal(file.index, 0);
    name[0] = bytes[0] = '?';
    assert_true(dem_slice_is(dem_files_name(&files, file), "name"));
    assert_true(dem_slice_is(dem_files_bytes(&files, file), "a\nb"));
    assert_true(dem_slice_is(dem_files_line(&files, file, 1), "a"));
    name[0] = 'n';
    bytes[0] = 'a';
    dem_files_reset(&files);
    assert_int_equal(dem_files_name(&files, file).size, 0);
    assert_int_equal(dem_files_bytes(&files, file).size, 0);
    assert_int_equal(dem_files_line(&files, file, 1).size, 0);
    assert_int_equal(dem_files_place(&files, file, 1, 1).line, 0);
  }
  dem_files_clear(&files);
  assert_int_equal(memory.bytes, 0);
}

static void without_memory_there_is_no_line(void **state)
{
  (void)state;
  strict_memory memory = STRICT_MEMORY;
  dem_files files;
  dem_files_init(&files, strict_allocator(&memory));
  memory.failing_at = memory.count;
  assert_int_equal(dem_files_add(&files, DEM_SLICE("f"), DEM_SLICE("a")).index, UINT32_MAX);
  const dem_file_id file = dem_files_add(&files, DEM_SLICE("f"), DEM_SLICE("a"));
  memory.failing_at = memory.count;
  assert_int_equal(dem_files_line(&files, file, 1).size, 0);
  memory.failing_at = memory.count;
  assert_false(dem_files_prepare(&files, file));
  assert_true(dem_files_prepare(&files, file));
  const size_t asked = memory.count;
  assert_true(dem_slice_is(dem_files_line(&files, file, 1), "a"));
  assert_int_equal(memory.count, asked); // From here on threads may read them together.
  dem_files_clear(&files);
  assert_int_equal(memory.bytes, 0);
}

static const struct CMUnitTest others[] = {
    cmocka_unit_test(offsets_have_places_in_any_order),
    cmocka_unit_test(parts_are_located_in_the_whole),
    cmocka_unit_test(places_are_ordered_by_name_line_and_column),
    cmocka_unit_test(files_are_copied_and_forgotten),
    cmocka_unit_test(without_memory_there_is_no_line),
};

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(lines_cases) + ARRAY_LENGTH(others)] = {{0}};
  size_t count = 0;
  for (size_t i = 0; i < ARRAY_LENGTH(lines_cases); ++i) {
    tests[count++] = (struct CMUnitTest){
        .name = lines_cases[i].name, .test_func = test_lines, .initial_state = &lines_cases[i]};
  }
  for (size_t i = 0; i < ARRAY_LENGTH(others); ++i) {
    tests[count++] = others[i];
  }
  return cmocka_run_group_tests_name("base/place", tests, NULL, NULL);
}
