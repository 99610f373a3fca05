// SPDX-License-Identifier: Apache-2.0

// The pack as a whole: which files it needs, what pack.yaml says, its sources, its hash.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lang/pack_fixture.h"
#include "support/strict_memory.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

typedef struct pack_case {
  const char *name;
  pack_fixture_file files[4]; // A NULL text leaves the fixture's own file out.
  const char *expected;
} pack_case;

static pack_case cases[] = {
    // Not const: cmocka hands a case on as void *.
    {"the least there is", {{"kb/sources.yaml", NULL}}, ""},
    {"no pack.yaml", {{"kb/pack.yaml", NULL}}, "cannot-read"},
    {"no schema.yaml", {{"kb/schema.yaml", NULL}}, "cannot-read"},
    {"all of pack.yaml",
     {{"kb/pack.yaml", "name: a\nversion: 1.2.3\ntitle: A\nlanguages: [en]\nengine: 0.1\n"
                       "date: 2025-01-01\nstale_after: 365\n"}},
     ""},
    {"no name", {{"kb/pack.yaml", "version: 1\n"}}, "kb/pack.yaml:1:1 missing-key"},
    {"an engine of the future",
     {{"kb/pack.yaml", "name: a\nengine: 99.0\n"}},
     "kb/pack.yaml:2:9 wrong-version"},
    {"no version of an engine",
     {{"kb/pack.yaml", "name: a\nengine: new\n"}},
     "kb/pack.yaml:2:9 wrong-version"},
    {"every mistake of pack.yaml",
     {{"kb/pack.yaml", "nam: a\ndate: today\nstale_after: -1\ntitle: [a]\n"}},
     "kb/pack.yaml:1:1 missing-key, kb/pack.yaml:1:1 unknown-key, kb/pack.yaml:2:7 wrong-type, "
     "kb/pack.yaml:3:14 wrong-type, kb/pack.yaml:4:8 wrong-shape"},
    {"pack.yaml as list", {{"kb/pack.yaml", "- a\n"}}, "kb/pack.yaml:1:1 wrong-shape"},
    {"sources in any file",
     {{"kb/a.yaml", "sources: {mine: {title: Mine}}\ncite: mine\nfacts: {open: [{}]}\n"}},
     ""},
    {"a source twice",
     {{"kb/z.yaml", "sources: {book: {title: B}}\n"}},
     "kb/z.yaml:1:11 duplicate-id"},
    {"mistakes in sources",
     {{"kb/z.yaml", "sources:\n  a: {work: W}\n  b: B\n  c: {title: C, sections: [d]}\n"
                    "  e: {title: E, ulr: x}\n"}},
     "kb/z.yaml:2:3 missing-key, kb/z.yaml:3:6 wrong-shape, kb/z.yaml:4:27 wrong-shape, "
     "kb/z.yaml:5:17 unknown-key"},
    {"empty files", {{"kb/a.yaml", "# nothing yet\n"}, {"rules/a.yaml", ""}}, ""},
    {"files that are not the pack's", {{"tests/a.yaml", "]"}, {"kb/notes.txt", "]"}}, ""},
    {"a table that nobody names", {{"kb/a.csv", "a,b\n1\n"}}, ""},
    {"two documents in a file",
     {{"kb/a.yaml", "facts: {}\n---\nfacts: {}\n"}},
     "kb/a.yaml:3:1 wrong-shape"},
    {"mistakes of several files",
     {{"kb/a.yaml", "facts: {boot: []}\n"},
      {"kb/b.yaml", "facts: [\n"},
      {"rules/a.yaml", "rules:\n- {id: a, when: [], then: [open: {}]}\n"}},
     "kb/a.yaml:1:9 unknown-relation, kb/b.yaml:2:1 syntax, rules/a.yaml:2:8 uncited"},
};

static void test_case(void **state)
{
  const pack_case *const row = *state;
  pack_fixture fixture;
  pack_fixture_read(&fixture, row->files);
  assert_string_equal(pack_fixture_verdict(&fixture), row->expected);
  pack_fixture_clear(&fixture);
}

// Dates -------------------------------------------------------------------------------

typedef struct date_case {
  const char *name;
  const char *pack;
  const char *facts;
  int64_t date;
} date_case;

static date_case dates[] = {
    {"the pack's own date", "name: a\ndate: 1970-01-11\n",
     "cite: book\nas_of: 1970-02-01\nfacts: {open: [{}]}\n", 10},
    {"the newest fact's", "name: a\n",
     "cite: book\nas_of: 1970-01-03\nfacts: {open: [{as_of: 1970-01-05}, {}]}\n", 4},
    {"some day", "name: a\n", "cite: book\nfacts: {open: [{}]}\n", 10957},
};

static void test_date(void **state)
{
  const date_case *const row = *state;
  pack_fixture fixture;
  pack_fixture_read(&fixture, (pack_fixture_file[]){{"kb/pack.yaml", row->pack},
                                                    {"kb/facts.yaml", row->facts},
                                                    {NULL, NULL}});
  assert_string_equal(pack_fixture_verdict(&fixture), "");
  assert_int_equal(fixture.model.date, row->date);
  pack_fixture_clear(&fixture);
}

// The whole ---------------------------------------------------------------------------

static void read_hash(const pack_fixture_file *files, char hash[65])
{
  pack_fixture fixture;
  pack_fixture_read(&fixture, files);
  assert_int_equal(fixture.status, DEM_OK);
  memcpy(hash, fixture.model.sha256, 65);
  pack_fixture_clear(&fixture);
}

// The order of the files does not matter; their names and bytes do.
static void test_hash(void **state)
{
  (void)state;
  char first[65];
  char other[65];
  read_hash((pack_fixture_file[]){{"kb/a.yaml", "#a"}, {"kb/b.yaml", "#b"}, {NULL, NULL}}, first);
  assert_int_equal(strlen(first), 64);
  read_hash((pack_fixture_file[]){{"kb/b.yaml", "#b"}, {"kb/a.yaml", "#a"}, {NULL, NULL}}, other);
  assert_string_equal(first, other);
  read_hash((pack_fixture_file[]){{"kb/a.yaml", "#b"}, {"kb/b.yaml", "#a"}, {NULL, NULL}}, other);
  assert_string_not_equal(first, other);
  read_hash((pack_fixture_file[]){{"kb/a.yaml", "#a#b"}, {"kb/b.yaml", ""}, {NULL, NULL}}, other);
  assert_string_not_equal(first, other);
  read_hash(
      (pack_fixture_file[]){
          {"kb/a.yaml", "#a"}, {"README.md", "#"}, {"kb/b.yaml", "#b"}, {NULL, NULL}},
      other);
  assert_string_equal(first, other);
}

// Memory ------------------------------------------------------------------------------

static pack_fixture_file good[] = {
    {"kb/facts.yaml", "cite: [book/one, web]\nfacts:\n  boat: {csv: boats.csv}\n"
                      "  person: [{id: [ann, bob], name: N}]\n  owns: [{person: ann, boat: a}]\n"},
    {"kb/boats.csv", "id,kind,cite\na,motor,web;book\nb,,\n"},
    {"kb/profile.yaml", "profile:\n- {field: who, type: person, known: [{owns: {person: $answer}}],"
                        " gives: {owns: {person: $answer, boat: b}}}\n"},
    {NULL, NULL}};
static pack_fixture_file bad[] = {
    {"kb/facts.yaml", "cite: [boook]\nfacts:\n  boot: []\n  boat: [{id: a}, {id: a, seat: 1}]\n"
                      "  owns: [{person: ann, boat: c}]\n"},
    {NULL, NULL}};

// Whichever allocation fails, reading ends with that status, and nothing leaks.
static void test_out_of_memory(void **state)
{
  const pack_fixture_file *const files = *state;
  dem_status status = DEM_ERR_NO_MEMORY;
  for (size_t allowed = 0; status == DEM_ERR_NO_MEMORY; ++allowed) {
    strict_memory memory = {.failing_at = allowed, .fails_on = true};
    pack_fixture fixture;
    pack_fixture_read_with(&fixture, files, strict_allocator(&memory), 100000);
    status = fixture.status;
    pack_fixture_clear(&fixture);
    assert_int_equal(memory.bytes, 0);
    assert_in_range(allowed, 0, 10000);
  }
  assert_int_equal(status, files == good ? DEM_OK : DEM_ERR_INVALID);
}

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(cases) + ARRAY_LENGTH(dates) + 3] = {{0}};
  size_t count = 0;
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[count++] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_case, .initial_state = &cases[i]};
  }
  for (size_t i = 0; i < ARRAY_LENGTH(dates); ++i) {
    tests[count++] = (struct CMUnitTest){
        .name = dates[i].name, .test_func = test_date, .initial_state = &dates[i]};
  }
  tests[count++] = (struct CMUnitTest){.name = "the hash", .test_func = test_hash};
  tests[count++] = (struct CMUnitTest){
      .name = "out of memory", .test_func = test_out_of_memory, .initial_state = good};
  tests[count++] = (struct CMUnitTest){
      .name = "out of memory with mistakes", .test_func = test_out_of_memory, .initial_state = bad};
  return cmocka_run_group_tests_name("lang/pack_reader", tests, NULL, NULL);
}
