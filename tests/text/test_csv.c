// SPDX-License-Identifier: Apache-2.0

// Tables as RFC 4180 has them. Rows are shown as a:1|b:2, cells in quotes that are not plain.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/csv.h"
#include "text/text_fixture.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

typedef struct csv_case {
  const char *name;
  dem_slice bytes;
  const char *expected;
} csv_case;

#define S(literal)                                                                                 \
  {                                                                                                \
    "" literal, sizeof(literal) - 1                                                                \
  }

static csv_case cases[] = {
    // Not const: cmocka hands a case on as void *.
    {"two rows", S("a,b\n1,2\n3,4\n"), "a'1' b'2'; a'3' b'4'; "},
    {"no line's end at the end", S("a\n1"), "a'1'; "},
    {"CR LF", S("a,b\r\n1,2\r\n"), "a'1' b'2'; "},
    {"CR", S("a,b\r1,2\r"), "a'1' b'2'; "},
    {"a byte order mark",
     S("\xEF\xBB\xBF"
       "a\n1\n"),
     "a'1'; "},
    {"quotes", S("a,b\n\"x, \"\"y\"\"\",\"l1\nl2\"\n"), "a'x, \"y\"' b'l1\nl2'; "},
    {"an empty cell is nothing", S("a,b\n,\"\"\n"), "a b''; "},
    {"spaces belong to cells", S(" a ,b\n x , y z \n"), "a' x ' b' y z '; "},
    {"empty lines are passed over", S("\n\na,b\n\n1,2\n   \n\n"), "a'1' b'2'; "},
    {"an empty line in one column", S("a\n\n1\n"), "a'1'; "},
    {"a header alone", S("a,b\n"), ""},
    {"nothing", S(""), "0:0 empty-document"},
    {"a row that is short", S("a,b\n1\n1,2,3\n"), "2:0 csv-shape, 3:0 csv-shape"},
    {"a column twice", S("a,b,a\n1,2,3\n"), "1:0 duplicate-key"},
    {"semicolons between columns", S("a;b\n1;2\n"), "1:0 csv-shape"},
    {"tabs between columns", S("a\tb\n1\t2\n"), "1:0 csv-shape"},
    {"semicolons in a cell", S("a,b\nx;y,z\n"), "a'x;y' b'z'; "},
    {"a quote that is not closed", S("a,b\n1,2\n\"3,4\n5,6\n"), "3:0 csv-shape"},
    {"a quote that is not closed behind empty lines", S("a,b\n\n\n1,\"2\n"), "4:0 csv-shape"},
    {"an empty line in quotes", S("a\n\"\n\n\"\nx\"y\n"), "5:0 csv-shape"},
    {"a quote inside a cell", S("a\nx\"y\n"), "2:0 csv-shape"},
    {"text behind a quote", S("a\n\"x\"y\n"), "2:0 csv-shape"},
    {"a space before a quote", S("a,b\n1, \"2\"\n"), "2:0 csv-shape"},
    {"no UTF-8", S("a\ncaf\xE9\n"), "2:4 not-utf8"},
};

static dem_status show_row(void *context, const dem_node *header, const dem_node *cells,
                           size_t count)
{
  dem_buffer *const out = context;
  for (size_t i = 0; i < count; ++i) {
    dem_buffer_add_text(out, i ? " " : "");
    dem_buffer_add(out, header[i].text);
    text_fixture_add(&cells[i], out);
  }
  dem_buffer_add_text(out, "; ");
  return DEM_OK;
}

static dem_status read_csv(const dem_reader_context *context, dem_file_id file, dem_buffer *out)
{
  return dem_csv_read(context, file, show_row, out);
}

static void test_case(void **state)
{
  const csv_case *const row = *state;
  dem_buffer found;
  dem_buffer_init(&found, dem_allocator_default());
  text_fixture_read(row->bytes, read_csv, &found);
  assert_string_equal(found.bytes, row->expected);
  dem_buffer_clear(&found);
}

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(cases)] = {{0}};
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_case, .initial_state = &cases[i]};
  }
  return cmocka_run_group_tests_name("text/csv", tests, NULL, NULL);
}
