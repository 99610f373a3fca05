// SPDX-License-Identifier: Apache-2.0

// What aggregates come to: over distinct ways, by group, exactly or as an error; and, while it is
// open which items count, all that they may come to.
//
// A row's items are written "a1:5 a2?:7": of group a, with values; "?" marks those that an open
// question may drop.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "api/handles.h"
#include "base/buffer.h"
#include "demarche/demarche.h"
#include "lang/scalar.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static const char schema_yaml[] =
    "relations:\n"
    "  item:\n"
    "    key: id\n"
    "    fields: {id: symbol, g: symbol, n: {type: integer, default: 0},\n"
    "             x: {type: number, default: 0}, t: {type: text, default: a}}\n"
    "  loose: {fields: {item: item}}\n"
    "  dropped: {fields: {item: item}}\n"
    "  counted: {fields: {id: symbol, g: symbol, n: integer, x: number, t: text}}\n"
    "  out_n: {fields: {g: symbol, n: integer}}\n"
    "  out_x: {fields: {g: symbol, x: number}}\n"
    "  out_t: {fields: {g: symbol, t: text}}\n";
static const char profile_yaml[] =
    "profile:\n"
    "  - {field: dropped, ask: Which does not count?, type: item, many: true,\n"
    "     options: [{loose: {item: $answer}}], gives: {dropped: {item: $answer}}}\n";

typedef struct aggregate_case {
  const char *name;
  const char *items;
  const char *aggregate;
  char field;           ///< Of items and results: n, x or t.
  const char *expected; ///< "a:5 b:7": the certain results, sorted; "!" and an error's message.
  const char *possible; ///< The results that are only possible; "?" for a value that is open.
} aggregate_case;

#define EACH "over: [{counted: {id: $i, g: $g, n: $n}}]"
#define EACH_X "over: [{counted: {id: $i, g: $g, x: $n}}]"
#define MAX "9223372036854775807"

static aggregate_case cases[] = {
    // Not const: cmocka hands a case on as void *.
    // Ways
    {"items are counted", "a1:5 a2:5 b1:7", "count: {as: $r, " EACH "}", 'n', "a:2 b:1", ""},
    {"ways that agree are one", "a1:5 a2:5 b1:7",
     "count: {as: $r, over: [{counted: {g: $g, n: $n}}]}", 'n', "a:1 b:1", ""},
    {"distinct values are counted", "a1:5 a2:5 a3:6", "count: {as: $r, of: $n, " EACH "}", 'n',
     "a:2", ""},
    {"distinct pairs are counted", "a1:5 a2:5 a3:6", "count: {as: $r, of: [$n, $i], " EACH "}", 'n',
     "a:3", ""},
    {"none are counted", "a1:5", "count: {as: $r, " EACH "}, where: \"$r > 1\"", 'n', "", ""},
    {"what both branches find is one way", "a1:5 a2:6",
     "count: {as: $r, over: [any: [[{counted: {id: $i, g: $g}}], [{counted: {id: $i, g: $g, n: 5}}]"
     "]]}",
     'n', "a:2", ""},
    {"without a group all are counted for each", "a1:5 b1:6",
     "count: {as: $r, over: [{counted: {id: $i, g: $h}}]}", 'n', "a:2 b:2", ""},

    // Sums
    {"equal values of several items are all summed", "a1:5 a2:5", "sum: {as: $r, of: $n, " EACH "}",
     'n', "a:10", ""},
    {"equal ways are summed once", "a1:5 a2:5",
     "sum: {as: $r, of: $n, over: [{counted: {g: $g, n: $n}}]}", 'n', "a:5", ""},
    {"sums are by what is asked for", "a1:5 a2:5 a3:6",
     "sum: {as: $r, of: $n, per: [$n], " EACH "}", 'n', "a:11", ""},
    {"the sum of none is 0", "a1:5",
     "sum: {as: $r, of: $n, over: [{counted: {g: $g, n: $n}}, {where: \"$n > 5\"}]}", 'n', "a:0",
     ""},
    {"the largest sum", "a1:" MAX " a2:0", "sum: {as: $r, of: $n, " EACH "}", 'n', "a:" MAX, ""},
    {"one more than the largest sum", "a1:" MAX " a2:1", "sum: {as: $r, of: $n, " EACH "}", 'n',
     "!the sum does not fit into a 64-bit integer", ""},
    {"past the largest on the way", "a1:" MAX " a2:1 a3:-1", "sum: {as: $r, of: $n, " EACH "}", 'n',
     "a:" MAX, ""},
    {"small numbers beside large ones are not lost", "a1:1e16 a2:1 a3:-1e16",
     "sum: {as: $r, of: $n, " EACH_X "}", 'x', "a:1", ""},
    {"tenths", "a1:0.1 a2:0.2 a3:0.3", "sum: {as: $r, of: $n, " EACH_X "}", 'x', "a:0.6", ""},
    {"a sum past the largest number", "a1:1e308 a2:1e308", "sum: {as: $r, of: $n, " EACH_X "}", 'x',
     "!the sum is too large for a number", ""},

    // Extremes
    {"the smallest by value", "a1:5 a2:-7 a3:0 b1:1", "min: {as: $r, of: $n, " EACH "}", 'n',
     "a:-7 b:1", ""},
    {"the largest by value", "a1:-5 a2:-7", "max: {as: $r, of: $n, " EACH "}", 'n', "a:-5", ""},
    {"the largest number", "a1:-0.5 a2:-7", "max: {as: $r, of: $n, " EACH_X "}", 'x', "a:-0.5", ""},
    {"the smallest text by bytes", "a1:b a2:Z",
     "min: {as: $r, of: $n, over: [{counted: {g: $g, t: $n}}]}", 't', "a:Z", ""},
    {"the smallest of none is none", "a1:5 b1:6",
     "min: {as: $r, of: $n, over: [{counted: {g: $g, n: $n}}, {where: \"$n > 5\"}]}", 'n', "b:6",
     ""},

    // What is open
    {"as many as may count", "a1:5 a2?:6 a3?:7", "count: {as: $r, " EACH "}", 'n', "",
     "a:1 a:2 a:3"},
    {"a group of which all is sure", "a1:5 b1:5 b2?:6", "count: {as: $r, " EACH "}", 'n', "a:1",
     "b:1 b:2"},
    {"values that make no difference", "a1:5 a2?:5",
     "count: {as: $r, of: $n, over: [{counted: {g: $g, n: $n}}]}", 'n', "a:1", ""},
    {"every sum", "a1:1 a2?:2 a3?:4", "sum: {as: $r, of: $n, " EACH "}", 'n', "",
     "a:1 a:3 a:5 a:7"},
    {"sums that agree are one", "a1:0 a2?:1 a3?:1", "sum: {as: $r, of: $n, " EACH "}", 'n', "",
     "a:0 a:1 a:2"},
    {"a sum that may not fit cannot be told", "a1:" MAX " a2?:1", "sum: {as: $r, of: $n, " EACH "}",
     'n', "", "a:?"},
    {"a sum of numbers cannot be told", "a1:1 a2?:2", "sum: {as: $r, of: $n, " EACH_X "}", 'x', "",
     "a:?"},
    {"what is larger does not change the smallest", "a1:5 a2?:9", "min: {as: $r, of: $n, " EACH "}",
     'n', "a:5", ""},
    {"the sure smallest and what may be below", "a1:5 a2?:3 a3?:9 a4?:4",
     "min: {as: $r, of: $n, " EACH "}", 'n', "", "a:3 a:4 a:5"},
    {"a largest of which none is sure", "a1?:5 a2?:9", "max: {as: $r, of: $n, " EACH "}", 'n', "",
     "a:5 a:9"},
    {"a largest that there may not be is not certain, whatever it is", "a1?:5 a2?:9",
     "max: {as: $c, of: $n, " EACH "}, where: \"$c > 1\", let: {$r: \"1\"}", 'n', "", "a:1"},
    {"what holds for each outcome is certain", "a1:5 a2?:6 a3?:7",
     "count: {as: $c, " EACH "}, where: \"$c < 4\", let: {$r: \"1\"}", 'n', "a:1", ""},
    {"what fails for one outcome is possible", "a1:5 a2?:6 a3?:7",
     "count: {as: $c, " EACH "}, where: \"$c < 3\", let: {$r: \"1\"}", 'n', "", "a:1"},
    {"what fails for each outcome is not even possible", "a1:5 a2?:6 a3?:7",
     "count: {as: $c, " EACH "}, where: \"$c > 3\", let: {$r: \"1\"}", 'n', "", ""},
};

// Packs -------------------------------------------------------------------------------------

/// The facts of items, as YAML; and whether some may be dropped.
static bool add_items(dem_buffer *out, const aggregate_case *c)
{
  dem_buffer loose;
  dem_buffer_init(&loose, dem_allocator_default());
  dem_buffer_add_text(out, "cite: [made]\nfacts:\n  item:\n");
  for (const char *at = c->items; *at; at += strspn(at, " ")) {
    const size_t name = strcspn(at, ":");
    const int id = (int)name - (at[name - 1] == '?');
    const size_t value = strcspn(at + name, " ") - 1;
    dem_buffer_add_format(out, "    - {id: %.*s, g: %c, %c: %.*s}\n", id, at, *at, c->field,
                          (int)value, at + name + 1);
    if (at[name - 1] == '?') {
      dem_buffer_add_format(&loose, "%s{item: %.*s}", loose.size ? ", " : "", id, at);
    }
    at += name + 1 + value;
  }
  const bool is_open = loose.size > 0;
  dem_buffer_add_format(out, "  loose: [%.*s]\n", (int)loose.size, is_open ? loose.bytes : "");
  dem_buffer_clear(&loose);
  return is_open;
}

static void add_rules(dem_buffer *out, const aggregate_case *c)
{
  dem_buffer_add_format(out,
                        "cite: [made]\nrules:\n"
                        "  - {id: counted, when: [{item: {id: $i, g: $g, n: $n, x: $x, t: $t}},\n"
                        "     {not: [{dropped: {item: $i}}]}],\n"
                        "     then: [{counted: {id: $i, g: $g, n: $n, x: $x, t: $t}}]}\n"
                        "  - {id: out, when: [{item: {g: $g}}, %s],\n"
                        "     then: [{out_%c: {g: $g, %c: $r}}]}\n",
                        c->aggregate, c->field, c->field);
}

typedef struct fixture {
  dem_pack *pack;
  dem_session *session;
  uint32_t out; ///< The relation.
  dem_status status;
} fixture;

static void setup(fixture *f, const aggregate_case *c)
{
  static const char pack_yaml[] = "name: sums\nversion: 1.0.0\ndate: 2025-01-01\n";
  static const char sources_yaml[] = "sources: {made: {title: Made up}}\n";
  const char *const none = NULL;
  const char out[] = {'o', 'u', 't', '_', c->field, '\0'};
  dem_buffer facts;
  dem_buffer rules;
  dem_buffer_init(&facts, dem_allocator_default());
  dem_buffer_init(&rules, dem_allocator_default());
  const bool is_open = add_items(&facts, c);
  add_rules(&rules, c);
  const dem_memory_file files[] = {{"kb/pack.yaml", pack_yaml, sizeof pack_yaml - 1},
                                   {"kb/sources.yaml", sources_yaml, sizeof sources_yaml - 1},
                                   {"kb/schema.yaml", schema_yaml, sizeof schema_yaml - 1},
                                   {"kb/profile.yaml", profile_yaml, sizeof profile_yaml - 1},
                                   {"kb/facts.yaml", facts.bytes, facts.size},
                                   {"rules/rules.yaml", rules.bytes, rules.size}};
  assert_int_equal(dem_pack_open_files(files, ARRAY_LENGTH(files), NULL, &f->pack), DEM_OK);
  assert_int_equal(dem_session_new(f->pack, &f->session), DEM_OK);
  if (!is_open) {
    assert_int_equal(dem_session_answer(f->session, 0, &none, 0), DEM_OK);
  }
  f->status = dem_session_run(f->session, NULL);
  f->out = dem_pack_find_relation(f->pack, out);
  dem_buffer_clear(&facts);
  dem_buffer_clear(&rules);
}

static void teardown(fixture *f)
{
  dem_session_free(f->session);
  dem_pack_free(f->pack);
}

// Results -----------------------------------------------------------------------------------

typedef struct result {
  dem_fact fact;
  bool is_certain;
} result;

enum { MOST_RESULTS = 2000 };

/// In order of groups and values.
static bool comes_before(const fixture *f, const dem_facts *facts, dem_fact a, dem_fact b)
{
  const dem_word *const x = dem_facts_row(facts, a);
  const dem_word *const y = dem_facts_row(facts, b);
  const dem_storage storage = f->pack->model.relations[f->out].fields[1].type.storage;
  const int order = dem_slice_compare(dem_symbols_text(f->session->symbols, dem_word_symbol(x[0])),
                                      dem_symbols_text(f->session->symbols, dem_word_symbol(y[0])));
  return order                            ? order < 0
         : storage == DEM_STORAGE_INTEGER ? dem_word_integer(x[1]) < dem_word_integer(y[1])
                                          : x[1] < y[1];
}

static uint32_t sort_results(const fixture *f, const dem_facts *facts, result *results)
{
  const uint32_t count = dem_facts_count(facts, f->out);
  assert_in_range(count, 0, MOST_RESULTS);
  for (uint32_t i = 0; i < count; ++i) {
    const dem_fact fact = dem_facts_at(facts, f->out, i);
    uint32_t at = i;
    for (; at > 0 && comes_before(f, facts, fact, results[at - 1].fact); --at) {
      results[at] = results[at - 1];
    }
    results[at] = (result){fact, !dem_evaluation_is_uncertain(&f->session->evaluation, fact)};
  }
  return count;
}

static void describe(const fixture *f, bool is_certain, dem_buffer *out)
{
  static result results[MOST_RESULTS];
  const dem_facts *const facts = dem_evaluation_facts(&f->session->evaluation);
  const dem_storage storage = f->pack->model.relations[f->out].fields[1].type.storage;
  const uint32_t count = sort_results(f, facts, results);
  for (uint32_t i = 0; i < count; ++i) {
    if (results[i].is_certain == is_certain) {
      const dem_word *const row = dem_facts_row(facts, results[i].fact);
      dem_buffer_add_text(out, out->size ? " " : "");
      dem_buffer_add(out, dem_symbols_text(f->session->symbols, dem_word_symbol(row[0])));
      dem_buffer_add_char(out, ':');
      if (row[1] == DEM_OPEN) {
        dem_buffer_add_char(out, '?');
      } else {
        dem_word_write(f->session->symbols, storage, row[1], out);
      }
    }
  }
  dem_buffer_add_char(out, '\0');
}

static void check_results(const fixture *f, bool is_certain, const char *expected)
{
  dem_buffer found;
  dem_buffer_init(&found, dem_allocator_default());
  describe(f, is_certain, &found);
  assert_string_equal(found.bytes, expected);
  dem_buffer_clear(&found);
}

static void check_error(const fixture *f, const char *expected)
{
  const dem_vector *const items = &f->session->report.diagnostics.items;
  assert_int_equal(f->status, DEM_ERR_INVALID);
  assert_int_equal(items->count, 1);
  const dem_diagnostic *const d = &DEM_VECTOR_AT(items, dem_diagnostic, 0);
  assert_int_equal(d->code, DEM_DIAG_ARITHMETIC);
  assert_int_equal(d->place.line, 6);
  assert_string_equal(d->message.bytes, expected);
}

static void test_case(void **state)
{
  const aggregate_case *const c = *state;
  fixture f;
  setup(&f, c);
  if (c->expected[0] == '!') {
    check_error(&f, c->expected + 1);
  } else {
    assert_int_equal(f.status, DEM_OK);
    check_results(&f, true, c->expected);
    check_results(&f, false, c->possible);
  }
  teardown(&f);
}

// Bounds ------------------------------------------------------------------------------------

/// Items of which each doubles the sums that there may be.
static void check_doubling(uint32_t items, uint32_t expected, bool is_open)
{
  fixture f;
  dem_buffer text;
  dem_buffer_init(&text, dem_allocator_default());
  for (uint32_t i = 0; i < items; ++i) {
    dem_buffer_add_format(&text, "a%u?:%u ", i, 1u << i);
  }
  dem_buffer_add_char(&text, '\0');
  setup(&f, &(aggregate_case){
                .items = text.bytes, .aggregate = "sum: {as: $r, of: $n, " EACH "}", .field = 'n'});
  const dem_facts *const facts = dem_evaluation_facts(&f.session->evaluation);
  assert_int_equal(dem_facts_count(facts, f.out), expected);
  const dem_word *const row = dem_facts_row(facts, dem_facts_at(facts, f.out, 0));
  assert_int_equal(row[1] == DEM_OPEN, is_open);
  dem_buffer_clear(&text);
  teardown(&f);
}

static void as_many_sums_are_told_as_are_listed(void **state)
{
  (void)state;
  check_doubling(10, 1024, false);
}

static void one_item_more_and_the_sum_cannot_be_told(void **state)
{
  (void)state;
  check_doubling(11, 1, true);
}

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(cases) + 2] = {{0}};
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_case, .initial_state = &cases[i]};
  }
  tests[ARRAY_LENGTH(cases)] =
      (struct CMUnitTest)cmocka_unit_test(as_many_sums_are_told_as_are_listed);
  tests[ARRAY_LENGTH(cases) + 1] =
      (struct CMUnitTest)cmocka_unit_test(one_item_more_and_the_sum_cannot_be_told);
  return cmocka_run_group_tests_name("infer/aggregate", tests, NULL, NULL);
}
