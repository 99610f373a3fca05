// SPDX-License-Identifier: Apache-2.0

// Mistakes as people see them.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/diagnostic.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

typedef struct show_case {
  const char *name;
  const char *line;
  uint32_t column;
  uint32_t length;
  const char *expected; ///< The line and the carets below it.
} show_case;

#define TEN "0123456789"
#define FIFTY TEN TEN TEN TEN TEN
#define THREE_HUNDRED FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY
#define SPACES "          "

static show_case cases[] = {
    // Not const: cmocka hands a case on as void *.
    {"one word", "name: au", 7, 2, "name: au\n        ^^ here\n"},
    {"without a length", "name: au", 7, 0, "name: au\n        ^ here\n"},
    {"columns count characters", "é: ê x", 6, 1, "é: ê x\n       ^ here\n"},
    {"a tab is one column", "\tname", 2, 4, " name\n   ^^^^ here\n"},
    {"control characters are made visible", "a\x1B[31m", 2, 1, "a\xEF\xBF\xBD[31m\n   ^ here\n"},
    {"so are C1 controls", "a\xC2\x9B", 2, 1, "a\xEF\xBF\xBD\n   ^ here\n"},
    {"so are marks of direction",
     "a\xE2\x80\xAE"
     "b",
     3, 1,
     "a\xEF\xBF\xBD"
     "b\n    ^ here\n"},
    {"the beginning of a long line", THREE_HUNDRED, 3, 2,
     FIFTY FIFTY FIFTY TEN "\xE2\x80\xA6\n    ^^ here\n"},
    {"the middle of a long line", THREE_HUNDRED, 101, 3,
     "\xE2\x80\xA6" FIFTY FIFTY FIFTY TEN "\xE2\x80\xA6\n" SPACES SPACES SPACES SPACES SPACES SPACES
     "   ^^^ here\n"},
    {"carets end where the line does", THREE_HUNDRED, 291, 500,
     "\xE2\x80\xA6" TEN TEN TEN TEN TEN TEN TEN "\n" SPACES SPACES SPACES SPACES SPACES SPACES
     "   ^^^^^^^^^^ here\n"},
};

static void test_line(void **state)
{
  const show_case *const row = *state;
  const dem_allocator allocator = dem_allocator_default();
  dem_files files;
  dem_diagnostics diagnostics;
  dem_buffer out;
  dem_files_init(&files, allocator);
  dem_diagnostics_init(&diagnostics, allocator);
  dem_buffer_init(&out, allocator);
  const dem_place place = {.file = dem_files_add(&files, DEM_SLICE("f"), dem_slice_of(row->line)),
                           .line = 1,
                           .column = row->column,
                           .length = row->length};
  (void)dem_diagnose(&diagnostics, DEM_DIAG_SYNTAX, place, "wrong");
  dem_diagnose_label(&diagnostics, "here");
  dem_diagnostic_render(&DEM_VECTOR_AT(&diagnostics.items, dem_diagnostic, 0), &files, false, &out);
  dem_buffer_add_char(&out, '\0');
  dem_buffer expected;
  dem_buffer_init(&expected, allocator);
  const char *const carets = strchr(row->expected, '\n') + 1;
  dem_buffer_add_format(&expected, "error[E003]: wrong\n --> f:1:%u\n  |\n1 | %.*s  | %s%c",
                        (unsigned)row->column, (int)(carets - row->expected), row->expected,
                        carets + 2, '\0');
  assert_string_equal(out.bytes, expected.bytes);
  dem_buffer_clear(&expected);
  dem_buffer_clear(&out);
  dem_diagnostics_clear(&diagnostics);
  dem_files_clear(&files);
}

static void test_long_message(void **state)
{
  (void)state;
  dem_diagnostics diagnostics;
  dem_buffer word;
  dem_diagnostics_init(&diagnostics, dem_allocator_default());
  dem_buffer_init(&word, dem_allocator_default());
  for (int i = 0; i < 100000; ++i) {
    dem_buffer_add_text(&word, "é");
  }
  (void)dem_diagnose(&diagnostics, DEM_DIAG_SYNTAX, DEM_PLACE_NONE, "a '%.*s'", (int)word.size,
                     word.bytes);
  const dem_slice message = DEM_VECTOR_AT(&diagnostics.items, dem_diagnostic, 0).message;
  assert_in_range(message.size, 1900, 2100);
  assert_memory_equal(message.bytes + message.size - 5, "\xC3\xA9\xE2\x80\xA6", 5);
  dem_buffer_clear(&word);
  dem_diagnostics_clear(&diagnostics);
}

static void test_many(void **state)
{
  (void)state;
  dem_diagnostics diagnostics;
  dem_diagnostics_init(&diagnostics, dem_allocator_default());
  for (int i = 0; i < 5000; ++i) {
    assert_int_equal(dem_diagnose(&diagnostics, DEM_DIAG_NO_REASON, DEM_PLACE_NONE, "%d", i),
                     DEM_OK);
    dem_diagnose_label(&diagnostics, "warning");
  }
  for (int i = 0; i < 5000; ++i) {
    assert_int_equal(dem_diagnose(&diagnostics, DEM_DIAG_SYNTAX, DEM_PLACE_NONE, "%d", i),
                     DEM_ERR_INVALID);
    dem_diagnose_label(&diagnostics, "error %d", i);
    dem_diagnose_note(&diagnostics, "note %d", i);
  }
  assert_int_equal(diagnostics.warning_count, 5000);
  assert_int_equal(diagnostics.error_count, 5000);
  assert_int_equal(diagnostics.items.count, 2000);
  const dem_diagnostic *const last = &DEM_VECTOR_AT(&diagnostics.items, dem_diagnostic, 1999);
  assert_true(dem_slice_is(last->label, "error 999"));
  assert_true(dem_slice_is(last->notes, "note 999"));
  dem_diagnostics_clear(&diagnostics);
}

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(cases) + 2] = {{0}};
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_line, .initial_state = &cases[i]};
  }
  tests[ARRAY_LENGTH(cases)] =
      (struct CMUnitTest){.name = "a long message", .test_func = test_long_message};
  tests[ARRAY_LENGTH(cases) + 1] = (struct CMUnitTest){.name = "very many", .test_func = test_many};
  return cmocka_run_group_tests_name("base/diagnostic", tests, NULL, NULL);
}
