// SPDX-License-Identifier: Apache-2.0

// Profiles as a stream: the records, what is said of those that are wrong, and where.

#include "demarche/profile_stream.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof *(array))

typedef struct stream_case {
  const char *name;
  const char *file;
  const char *input;
  const char *expected; ///< A line a record: as JSON, or LINE:COLUMN CODE MESSAGE of each error.
} stream_case;

static stream_case cases[] = {
    // not const: cmocka hands a case on as void *
    {"JSON lines", "a.jsonl", "{\"a\": \"x\"}\n\n{\"b\": [1, true]}",
     "{\"a\":\"x\"}\n{\"b\":[1,true]}\n"},
    {"a line that is wrong", "a.jsonl", "{\"a\": 1}\n{\"a\": }\n{\"b\": 2}\n",
     "{\"a\":1}\n2:7 E003 a value is missing before this\n{\"b\":2}\n"},
    {"a key twice", "a.jsonl", "{}\n{\"a\": 1, \"a\": 2}\n",
     "{}\n2:10 E004 the key 'a' stands here twice\n"},
    {"a line past the limit", "a.jsonl",
     "{\"a\": 1}\n{\"a\": "
     "\"0123456789012345678901234567890123456789012345678901234567890123456789\"}\n"
     "{\"b\": 2}\n",
     "{\"a\":1}\n2:1 E006 larger than 64 bytes (the limit max_bytes)\n{\"b\":2}\n"},
    {"a row past the limit at the end", "a.csv",
     "a\n\"012345678901234567890123456789\n012345678901234567890123456789012345678901234567\"\n",
     "2:1 E006 larger than 64 bytes (the limit max_bytes)\n"},
    {"bytes that are not UTF-8", "a.jsonl", "{\"a\": \"\xFF\"}\n{}\n",
     "1:8 E002 byte 0xFF is not UTF-8\n{}\n"},
    {"a BOM and CRLF", "a.jsonl", "\xEF\xBB\xBF{\"a\": 1}\r\n{\"b\": }\r\n",
     "{\"a\":1}\n2:7 E003 a value is missing before this\n"},
    {"nothing", "a.jsonl", "", ""},

    {"an array", "a.json", "[{\"a\": 1},\n  {\"b\": 2}, {\"c\": \xFF}\n]",
     "{\"a\":1}\n{\"b\":2}\n2:19 E002 byte 0xFF is not UTF-8\n"},
    {"an item that is wrong", "a.json", "[{\"a\": 1}, {\"b\": x},\n{\"c\": 3}]",
     "{\"a\":1}\n1:18 E003 not a JSON value\n{\"c\":3}\n"},
    {"an array that goes wrong", "a.json", "[{\"a\": 1}\n {\"b\": 2}]",
     "{\"a\":1}\n2:2 E003 a ',' or a ']' is missing before this\n"},
    {"an object over lines", "a.json", "{\n\"a\": 1\n}\n", "{\"a\":1}\n"},
    {"JSON lines that are called JSON", "a.json", "{\"a\": 1}\n{\"a\": 2}\n",
     "{\"a\":1}\n{\"a\":2}\n"},
    {"items that are no objects", "-", "[1, null, \"x\"]", "1\nnull\n\"x\"\n"},

    {"documents", "a.yaml", "# first\na: x\n---\nb: [1, unknown]\nc: {d: no}\n",
     "{\"a\":\"x\"}\n{\"b\":[1,\"unknown\"],\"c\":{\"d\":\"no\"}}\n"},
    {"a document that is wrong", "a.yaml", "a: 1\n---\nb: [\n---\nc: 3\n",
     "{\"a\":1}\n4:1 E003 a value is missing here, or not complete\n{\"c\":3}\n"},
    {"a key twice in YAML", "a.yaml", "a: 1\n---\nb: 1\nb: 2\n",
     "{\"a\":1}\n4:1 E004 the key 'b' stands here twice\n"},
    {"an alias", "a.yml", "a: &x 1\nb: *x\n", "2:4 E005 aliases are not supported here\n"},

    {"rows", "a.csv", "id,needs,notes\r\n1,a;b,\"x\ny\"\r\n2,[],\r\n",
     "{\"id\":1,\"needs\":[\"a\",\"b\"],\"notes\":\"x\\ny\"}\n{\"id\":2,\"needs\":[],\"notes\":"
     "null}\n"},
    {"rows that are wrong", "a.csv", "a,b\n1\n\"2\n3\",4,5\n6,7\n",
     "2:0 E007 1 cell, but the header has 2\n3:0 E007 3 cells, but the header has 2\n"
     "{\"a\":6,\"b\":7}\n"},
    {"a quote that is not closed", "a.csv", "a,b\n1,2\n3,\"4\n5,6\n",
     "{\"a\":1,\"b\":2}\n3:0 E007 a quote is not closed, or stands inside a cell\n"},
    {"a header that is wrong", "a.csv", "a,a\n1,2\n", "1:1 E004 two columns are called 'a'\n"},
    {"a header alone", "a.csv", "a,b\n", ""},

    {"lines on standard input", "<stdin>", " {\"a\": 1}\n{\"a\": 2}\n", "{\"a\":1}\n{\"a\":2}\n"},
    {"a table on standard input", "<stdin>", "a,b\n1,2\n", "{\"a\":1,\"b\":2}\n"},
    {"a table of one column", "<stdin>", "\na\n1\n2\n", "{\"a\":1}\n{\"a\":2}\n"},
    {"lines behind a BOM and a blank line", "<stdin>", "\xEF\xBB\xBF\n{\"a\": 1}\n", "{\"a\":1}\n"},
    {"a row of nothing", "a.csv", "a,b\n,\"\"\n", "{\"a\":null,\"b\":null}\n"},
    {"YAML on standard input", "<stdin>", "a: x,y\n", "{\"a\":\"x,y\"}\n"},
    {"YAML that begins with a comment", "<stdin>", "# a,b\na: 1\n", "{\"a\":1}\n"},
};

typedef struct source {
  const char *bytes;
  size_t size;
  size_t step; ///< Most bytes at a time.
} source;

static dem_status give(void *context, char *bytes, size_t capacity, size_t *size_out)
{
  source *const s = context;
  const size_t most = s->step < capacity ? s->step : capacity;
  *size_out = s->size < most ? s->size : most;
  memcpy(bytes, s->bytes, *size_out);
  s->bytes += *size_out;
  s->size -= *size_out;
  return DEM_OK;
}

typedef struct text {
  char bytes[2048];
  size_t size;
} text;

static dem_status write_text(void *context, const char *bytes, size_t size)
{
  text *const t = context;
  assert_true(t->size + size < sizeof t->bytes);
  memcpy(t->bytes + t->size, bytes, size);
  t->size += size;
  return DEM_OK;
}

static void write_errors(const dem_report *report, text *out)
{
  for (size_t i = 0; i < dem_report_count(report); ++i) {
    const dem_report_item item = dem_report_at(report, i);
    char line[256];
    const int size = snprintf(line, sizeof line, "%u:%u %s %s\n", (unsigned)item.line,
                              (unsigned)item.column, item.code, item.message);
    assert_int_equal(write_text(out, line, (size_t)size), DEM_OK);
  }
}

static void read_all(const stream_case *c, size_t step, text *out)
{
  dem_limits limits = dem_limits_default();
  limits.max_bytes = 64;
  source from = {c->input, strlen(c->input), step};
  const dem_profile_stream_options options = {.name = c->file, .limits = &limits};
  dem_profile_stream *stream;
  dem_profiles *profiles;
  assert_int_equal(dem_profile_stream_new(&options, give, &from, &stream), DEM_OK);
  assert_int_equal(dem_profiles_new(NULL, &limits, &profiles), DEM_OK);
  dem_profile_record record;
  dem_status status;
  while ((status = dem_profile_stream_next(stream, &record)) == DEM_OK) {
    char *const copy = malloc(record.size + 1); // Tight, so that no reader looks behind it.
    assert_non_null(copy);
    memcpy(copy, record.bytes, record.size);
    record.bytes = copy;
    if (dem_profiles_read_record(profiles, stream, &record) == DEM_OK) {
      assert_int_equal(dem_profiles_count(profiles), 1);
      assert_int_equal(dem_profiles_render(profiles, 0, write_text, out), DEM_OK);
      assert_int_equal(write_text(out, "\n", 1), DEM_OK);
    } else {
      write_errors(dem_profiles_report(profiles), out);
    }
    free(copy);
    (void)dem_profile_stream_is_ready(stream);
  }
  assert_int_equal(status, DEM_ERR_NOT_FOUND);
  assert_int_equal(dem_profile_stream_next(stream, &record), DEM_ERR_NOT_FOUND);
  dem_profiles_free(profiles);
  dem_profile_stream_free(stream);
}

static void test_case(void **state)
{
  const stream_case *const c = *state;
  const size_t steps[] = {1, 2, 5, 4096};
  for (size_t i = 0; i < ARRAY_LENGTH(steps); ++i) {
    text out = {0};
    read_all(c, steps[i], &out);
    out.bytes[out.size] = '\0';
    assert_string_equal(out.bytes, c->expected);
  }
}

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(cases)] = {{0}};
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_case, .initial_state = &cases[i]};
  }
  return cmocka_run_group_tests_name("api/profile_stream", tests, NULL, NULL);
}
