// SPDX-License-Identifier: Apache-2.0

// Facts: lists, defaults, what is said about them, tables, keys and references.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lang/pack_fixture.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

typedef struct fact_case {
  const char *name;
  const char *facts; // kb/facts.yaml
  const char *table; // kb/table.csv, or NULL
  const char *relation;
  const char *expected; // Its facts; or the verdict, with no relation.
} fact_case;

#define CITED "cite: [book]\nfacts:\n"
#define BOATS CITED "  boat: [{id: a}, {id: b}]\n"
#define PEOPLE "  person: [{id: ann, name: Ann Lee, nick: Annie}, {id: bob, name: Bob}]\n"

static fact_case cases[] = {
    // Not const: cmocka hands a case on as void *.
    // Values
    {"defaults and missing values", BOATS, NULL, "boat",
     "boat(id=a, kind=sail, seats=) boat(id=b, kind=sail, seats=)"},
    {"every type", CITED "  log: [{day: 2024-02-29, text: '', depth: 1e0, ok: yes}]\n", NULL, "log",
     "log(day=2024-02-29, text=, depth=1, ok=true)"},
    {"null is no value", CITED "  boat: [{id: a, seats: ~, kind: null}]\n", NULL, "boat",
     "boat(id=a, kind=sail, seats=)"},
    {"a quoted null is a word", CITED "  trip: [{from: 'null', to: '~'}]\n", NULL, "trip",
     "trip(from=null, to=~)"},
    {"a list stands for a fact an item", CITED "  boat: [{id: [a, b, c], seats: 2}]\n", NULL,
     "boat",
     "boat(id=a, kind=sail, seats=2) boat(id=b, kind=sail, seats=2) boat(id=c, kind=sail, "
     "seats=2)"},
    {"lists multiply", CITED "  trip: [{from: [a, b], to: [x, y]}]\n", NULL, "trip",
     "trip(from=a, to=x) trip(from=a, to=y) trip(from=b, to=x) trip(from=b, to=y)"},
    {"an empty list stands for none", CITED "  trip: [{from: [], to: [x, y]}]\n", NULL, "trip", ""},
    {"a relation without fields", CITED "  open: [{}]\n", NULL, "open", "open()"},
    {"keys in another order", CITED "  trip: [{from: a, to: b}, {to: d, from: c}]\n", NULL, "trip",
     "trip(from=a, to=b) trip(from=c, to=d)"},
    {"a field called like a word about facts",
     "cite: book\nfrom: 2024-01-01\nfacts:\n  trip: [{from: a, to: b}]\n", NULL, "trip",
     "trip(from=a, to=b)"},
    {"the smallest integer stands for no value",
     CITED "  boat: [{id: a, seats: -9223372036854775808}]\n", NULL, NULL,
     "kb/facts.yaml:3:25 wrong-type"},
    {"a facts file without facts", "cite: book\n", NULL, NULL, ""},
    {"a list not written yet", CITED "  boat:\n", NULL, "boat", ""},
    // Shapes and names
    {"an unknown relation", CITED "  baot: [{id: a}]\n", NULL, NULL,
     "kb/facts.yaml:3:3 unknown-relation"},
    {"an unknown field", CITED "  boat: [{id: a, seat: 1}]\n", NULL, NULL,
     "kb/facts.yaml:3:18 unknown-field"},
    {"every mistake of every fact",
     CITED "  boat:\n  - {id: a b, kind: rowing}\n  - {id: b, seats: two}\n  - {seats: 2}\n  - a\n",
     NULL, NULL,
     "kb/facts.yaml:4:10 wrong-type, kb/facts.yaml:4:21 not-in-enumeration, kb/facts.yaml:5:20 "
     "wrong-type, kb/facts.yaml:6:5 missing-field, kb/facts.yaml:7:5 wrong-shape"},
    {"a list in a list", CITED "  trip: [{from: [[a]], to: b}]\n", NULL, NULL,
     "kb/facts.yaml:3:18 wrong-shape"},
    {"a mapping as value", CITED "  trip: [{from: {a: b}, to: b}]\n", NULL, NULL,
     "kb/facts.yaml:3:17 wrong-shape"},
    {"facts of a relation as mapping", CITED "  trip: {from: a, to: b}\n", NULL, NULL,
     "kb/facts.yaml:3:9 wrong-shape"},
    {"facts as list", "cite: book\nfacts: [a]\n", NULL, NULL, "kb/facts.yaml:2:8 wrong-shape"},
    {"an unknown key of the file", "cites: [book]\nfacts: {}\n", NULL, NULL,
     "kb/facts.yaml:1:1 unknown-key"},
    {"an alias of a fact", CITED "  boat: [&a {id: a}, *a]\n", NULL, "boat",
     "boat(id=a, kind=sail, seats=) boat(id=a, kind=sail, seats=)"},
    // Sources and days
    {"a fact without a source", "facts:\n  boat: [{id: a}, {id: b, cite: web}]\n", NULL, NULL,
     "kb/facts.yaml:2:10 uncited"},
    {"an empty list of sources", "cite: []\nfacts:\n  boat: [{id: a}]\n", NULL, NULL,
     "kb/facts.yaml:3:10 uncited"},
    {"unknown source and section",
     "cite: [boook, book/three]\nfacts:\n  boat: [{id: a, cite: [book/one, wub]}]\n", NULL, NULL,
     "kb/facts.yaml:1:8 unknown-source, kb/facts.yaml:1:15 unknown-section, kb/facts.yaml:3:35 "
     "unknown-source"},
    {"a day that does not exist", CITED "  boat: [{id: a, as_of: 2023-02-29}]\n", NULL, NULL,
     "kb/facts.yaml:3:25 wrong-type"},
    {"a fact that ends before it begins",
     CITED "  boat: [{id: a, from: 2024-01-01, until: 2024-01-01}]\n", NULL, NULL,
     "kb/facts.yaml:3:10 wrong-shape"},
    // Keys
    {"a key twice", CITED "  boat:\n  - {id: a}\n  - {id: a, seats: 2}\n", NULL, NULL,
     "kb/facts.yaml:5:5 duplicate-fact-key"},
    {"the same fact twice", CITED "  boat: [{id: a}, {id: a}]\n", NULL, "boat",
     "boat(id=a, kind=sail, seats=) boat(id=a, kind=sail, seats=)"},
    {"one key at different times",
     CITED "  boat: [{id: a, until: 2024-01-01}, {id: a, seats: 2, from: 2024-01-01}]\n", NULL,
     "boat", "boat(id=a, kind=sail, seats=) boat(id=a, kind=sail, seats=2)"},
    {"one key at times that meet",
     CITED "  boat:\n  - {id: a, seats: 2, from: 2024-01-01}\n  - {id: a, until: 2024-01-02}\n",
     NULL, NULL, "kb/facts.yaml:5:5 duplicate-fact-key"},
    {"a long time around two others",
     CITED "  boat:\n  - {id: a}\n  - {id: a, from: 2020-01-01, until: 2021-01-01}\n"
           "  - {id: a, seats: 2, from: 2022-01-01}\n",
     NULL, NULL, "kb/facts.yaml:6:5 duplicate-fact-key"},
    // References
    {"a reference to what stands below", BOATS "  owns: [{person: ann, boat: [a, b]}]\n" PEOPLE,
     NULL, "owns", "owns(person=ann, boat=a) owns(person=ann, boat=b)"},
    {"a dangling reference", BOATS "  owns: [{person: ann, boat: [a, c]}]\n" PEOPLE, NULL, NULL,
     "kb/facts.yaml:4:34 dangling-reference"},
    {"a reference to a refused fact",
     CITED "  boat: [{id: a, seats: x}]\n  owns: [{person: ann, boat: [a, b]}]\n" PEOPLE, NULL,
     NULL, "kb/facts.yaml:3:25 wrong-type, kb/facts.yaml:4:34 dangling-reference"},
    {"a reference to facts that could not be read",
     CITED "  boat: {csv: boats.csv}\n  owns: [{person: ann, boat: a}]\n" PEOPLE, NULL, NULL,
     "kb/facts.yaml:3:15 cannot-read"},
    // Tables
    {"a table", CITED "  trip: {csv: table.csv}\n", "to,from\nb,a\n\"d,e\",c\n", "trip",
     "trip(from=a, to=b) trip(from=c, to=d,e)"},
    {"empty cells", CITED "  boat: {csv: ./table.csv}\n", "id,kind,seats\na,,\nb,motor,4\n", "boat",
     "boat(id=a, kind=sail, seats=) boat(id=b, kind=motor, seats=4)"},
    {"columns left out", CITED "  boat: {csv: table.csv}\n", "id\na\n", "boat",
     "boat(id=a, kind=sail, seats=)"},
    {"an empty text in a table", CITED "  log: {csv: table.csv}\n",
     "day,text,depth,ok\n2024-01-01,,1,no\n", "log",
     "log(day=2024-01-01, text=, depth=1, ok=false)"},
    {"columns about facts", "facts:\n  boat: {csv: table.csv}\n",
     "id,cite,from\na,book/one; web,2024-01-01\nb,book/one; web,\n", "boat",
     "boat(id=a, kind=sail, seats=) boat(id=b, kind=sail, seats=)"},
    {"a table without sources", "facts:\n  boat: {csv: table.csv}\n", "id\na\nb\nc\n", NULL,
     "kb/facts.yaml:2:15 uncited"},
    {"a table with its source", "facts:\n  boat: {csv: table.csv, cite: web}\n", "id\na\n", "boat",
     "boat(id=a, kind=sail, seats=)"},
    {"a table that is not there", CITED "  boat: {csv: tabel.csv}\n", "id\n", NULL,
     "kb/facts.yaml:3:15 cannot-read"},
    {"a table outside of the pack", CITED "  boat: {csv: ../../etc/passwd}\n", NULL, NULL,
     "kb/facts.yaml:3:15 cannot-read"},
    {"a key beside csv", CITED "  boat: {csv: table.csv, header: no}\n", "id\n", NULL,
     "kb/facts.yaml:3:26 unknown-key"},
};

static void test_case(void **state)
{
  const fact_case *const row = *state;
  pack_fixture fixture;
  pack_fixture_read(&fixture, (pack_fixture_file[]){{"kb/facts.yaml", row->facts},
                                                    {"kb/table.csv", row->table},
                                                    {NULL, NULL}});
  if (row->relation) {
    assert_string_equal(pack_fixture_verdict(&fixture), "");
    assert_string_equal(pack_fixture_facts(&fixture, row->relation), row->expected);
  } else {
    assert_string_equal(pack_fixture_verdict(&fixture), row->expected);
  }
  pack_fixture_clear(&fixture);
}

// Mistakes in a table are found row by row; its places are lines.
static void test_table_mistakes(void **state)
{
  (void)state;
  pack_fixture fixture;
  pack_fixture_read(&fixture,
                    (pack_fixture_file[]){{"kb/facts.yaml", CITED "  boat: {csv: table.csv}\n"},
                                          {"kb/table.csv", "id,seats\na,x\nb,2\nc d,3\n,4\n"},
                                          {NULL, NULL}});
  assert_int_equal(fixture.diagnostics.error_count, 3);
  for (size_t i = 0; i < 3; ++i) {
    static const uint32_t lines[] = {2, 4, 5};
    const dem_diagnostic *const d = &DEM_VECTOR_AT(&fixture.diagnostics.items, dem_diagnostic, i);
    assert_int_equal(d->code, DEM_DIAG_WRONG_TYPE);
    assert_int_equal(d->place.line, lines[i]);
  }
  pack_fixture_clear(&fixture);
}

// Rows of one item share what is said about them; a fact's own word goes before the file's.
static void test_givens(void **state)
{
  (void)state;
  pack_fixture fixture;
  pack_fixture_read(
      &fixture,
      (pack_fixture_file[]){{"kb/facts.yaml", "cite: [book/two, web]\nas_of: 1970-01-03\nfacts:\n"
                                              "  boat:\n  - {id: [a, b]}\n"
                                              "  - {id: c, cite: web, as_of: 1970-01-04, until: "
                                              "1970-01-11}\n"},
                            {NULL, NULL}});
  const dem_model *const model = &fixture.model;
  const uint32_t boat = dem_model_find_relation(model, DEM_SLICE("boat"));
  const dem_vector *const givens = &model->facts[boat].givens;
  assert_int_equal(givens->count, 3);
  assert_int_equal(model->givens.count, 2);
  assert_int_equal(DEM_VECTOR_AT(givens, uint32_t, 0), DEM_VECTOR_AT(givens, uint32_t, 1));
  const dem_given *const first = &DEM_VECTOR_AT(&model->givens, dem_given, 0);
  const dem_given *const second = &DEM_VECTOR_AT(&model->givens, dem_given, 1);
  assert_int_equal(first->citation_count, 2);
  assert_int_equal(first->citations[0].section, 1);
  assert_int_equal(first->as_of, 2);
  assert_true(first->from == INT64_MIN && first->until == INT64_MAX);
  assert_int_equal(first->place.line, 5);
  assert_int_equal(second->citation_count, 1);
  assert_int_equal(second->as_of, 3);
  assert_int_equal(second->until, 10);
  pack_fixture_clear(&fixture);
}

// What a mistake looks like: the nearest name by key or label, where the first one stands.
static void test_reports(void **state)
{
  (void)state;
  pack_fixture fixture;
  pack_fixture_read(&fixture,
                    (pack_fixture_file[]){{"kb/facts.yaml", BOATS PEOPLE
                                           "  owns: [{person: Bob Lee, boat: a}, {person: "
                                           "Annie, boat: a}]\n  boat2: []\n"},
                                          {NULL, NULL}});
  const char *const report = pack_fixture_report(&fixture);
  assert_non_null(strstr(report, "did you mean 'ann' (Annie)?"));
  assert_non_null(strstr(report, "no relation is called 'boat2'"));
  assert_non_null(strstr(report, "did you mean 'boat'?"));
  pack_fixture_clear(&fixture);
}

// Lists that multiply to more than the bound are refused before they fill memory.
static void test_limit(void **state)
{
  (void)state;
  static const struct {
    const char *facts;
    dem_status status;
  } rows[] = {
      {CITED "  trip: [{from: [a, b, c, d, e, f], to: [a, b, c, d, e]}]\n", DEM_OK},
      {CITED "  trip: [{from: [a, b, c, d, e, f], to: [a, b, c, d, e, f]}]\n", DEM_ERR_LIMIT},
  };
  for (size_t i = 0; i < ARRAY_LENGTH(rows); ++i) {
    pack_fixture fixture;
    pack_fixture_read_with(
        &fixture,
        (pack_fixture_file[]){
            {"kb/facts.yaml", rows[i].facts},
            {"kb/schema.yaml", "relations: {trip: {fields: {from: symbol, to: symbol}}}\n"},
            {"kb/sources.yaml", "sources: {book: {title: A}}\n"},
            {NULL, NULL}},
        dem_allocator_default(), 30);
    assert_int_equal(fixture.status, rows[i].status);
    pack_fixture_clear(&fixture);
  }
}

int main(void)
{
  static const struct CMUnitTest others[] = {
      {.name = "mistakes in a table", .test_func = test_table_mistakes},
      {.name = "what is said about facts", .test_func = test_givens},
      {.name = "reports", .test_func = test_reports},
      {.name = "the bound on facts", .test_func = test_limit},
  };
  struct CMUnitTest tests[ARRAY_LENGTH(cases) + ARRAY_LENGTH(others)] = {{0}};
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_case, .initial_state = &cases[i]};
  }
  memcpy(tests + ARRAY_LENGTH(cases), others, sizeof others);
  return cmocka_run_group_tests_name("lang/fact_reader", tests, NULL, NULL);
}
