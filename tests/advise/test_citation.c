// SPDX-License-Identifier: Apache-2.0

// What a derived fact cites: its own rule's sources, and those of every given fact that it rests
// on, each once, with the earliest day on which a fact cited to it was checked.

#include "advise/citation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "api/handles.h"
#include "base/buffer.h"
#include "demarche/demarche.h"
#include "lang/scalar.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static const char pack_yaml[] = "name: cited\nversion: 1.0.0\ndate: 2025-01-01\nstale_after: 365\n";
static const char sources_yaml[] = "sources:\n"
                                   "  law: {title: L, sections: {one: O, two: T}}\n"
                                   "  list: {title: I, sections: {one: O, two: T}}\n"
                                   "  site: {title: S}\n";
static const char schema_yaml[] = "relations:\n"
                                  "  given: {fields: {x: symbol}}\n"
                                  "  told: {fields: {x: symbol}}\n"
                                  "  middle: {fields: {x: symbol}}\n"
                                  "  out: {fields: {name: symbol}}\n";
static const char facts_yaml[] = "cite: [list]\n"
                                 "facts:\n"
                                 "  given:\n"
                                 "    - {x: plain}\n"
                                 "    - {x: one, cite: [list/one]}\n"
                                 "    - {x: two, cite: [list/two, list/one], as_of: 2024-06-01}\n"
                                 "    - {x: both, cite: [site], as_of: 2024-12-01}\n"
                                 "    - {x: both, cite: [list/two], as_of: 2024-09-01}\n"
                                 "    - {x: year, cite: [site], as_of: 2024-01-02}\n"
                                 "    - {x: stale, cite: [site], as_of: 2024-01-01}\n"
                                 "    - {x: older, cite: [list/one], as_of: 2023-05-01}\n";
static const char profile_yaml[] = "profile:\n"
                                   "  - {field: told, ask: What else?, type: symbol, many: true,\n"
                                   "     gives: {told: {x: $answer}}}\n";
static const char rules_yaml[] =
    "cite: [law]\n"
    "rules:\n"
    "  - {id: middle, cite: [law/two], when: [{given: {x: $x}}], then: [{middle: {x: $x}}]}\n";

typedef struct citation_case {
  const char *name;
  const char *rule;     ///< The rest of a rule that concludes `out`; `cite` included where it is.
  const char *expected; ///< "law list/one(2024-06-01) !2023-05-01": by source and section; last
                        ///< the oldest day of a fact that is too old.
} citation_case;

static citation_case cases[] = {
    // Not const: cmocka hands a case on as void *.
    {"a rule without facts", "when: []", "law"},
    {"a rule's own sources", "cite: [law/two, law/one], when: []", "law/one law/two"},
    {"a given fact", "when: [{given: {x: plain}}]", "law list"},
    {"a given fact's own sources", "when: [{given: {x: one}}]", "law list/one"},
    {"the day on which a fact was checked", "when: [{given: {x: two}}]",
     "law list/one(2024-06-01) list/two(2024-06-01)"},
    {"a fact that is given twice", "when: [{given: {x: both}}]",
     "law list/two(2024-09-01) site(2024-12-01)"},
    {"a source of several facts, once, with the earliest day",
     "when: [{given: {x: two}}, {given: {x: both}}, {given: {x: one}}]",
     "law list/one(2024-06-01) list/two(2024-06-01) site(2024-12-01)"},
    {"a source as a whole comes before its parts", "when: [{given: {x: one}}, {given: {x: plain}}]",
     "law list list/one"},
    {"a rule between speaks by its facts alone", "when: [{middle: {x: one}}]", "law list/one"},
    {"a fact that is reached in two ways", "when: [{middle: {x: one}}, {given: {x: one}}]",
     "law list/one"},
    {"what is not there cites nothing", "when: [{not: [{given: {x: none}}]}]", "law"},
    {"an answer cites nothing", "when: [{told: {x: $x}}]", "law"},
    {"an answer and a fact", "when: [{told: {x: $x}}, {given: {x: $x}}]", "law list/one"},
    {"what was counted", "when: [{count: {as: $n, over: [{middle: {x: [plain, one]}}]}}]",
     "law list list/one"},
    {"a fact as old as may be", "when: [{given: {x: year}}]", "law site(2024-01-02)"},
    {"a fact a day older", "when: [{given: {x: stale}}]", "law site(2024-01-01) !2024-01-01"},
    {"the oldest of several that are too old",
     "when: [{given: {x: stale}}, {middle: {x: older}}, {given: {x: year}}]",
     "law list/one(2023-05-01) site(2024-01-01) !2023-05-01"},
};

static dem_pack *pack;
static dem_session *session;

/// A pack with a rule `rN` for each case, which concludes the fact out(cN).
static int open_pack(void **state)
{
  (void)state;
  const char *const told = "one";
  dem_buffer rules;
  dem_buffer_init(&rules, dem_allocator_default());
  dem_buffer_add_text(&rules, rules_yaml);
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    dem_buffer_add_format(&rules, "  - {id: r%zu, then: [{out: {name: c%zu}}], %s}\n", i, i,
                          cases[i].rule);
  }
  const dem_memory_file files[] = {
      {"kb/pack.yaml", pack_yaml, sizeof pack_yaml - 1},
      {"kb/sources.yaml", sources_yaml, sizeof sources_yaml - 1},
      {"kb/schema.yaml", schema_yaml, sizeof schema_yaml - 1},
      {"kb/facts.yaml", facts_yaml, sizeof facts_yaml - 1},
      {"kb/profile.yaml", profile_yaml, sizeof profile_yaml - 1},
      {"rules/rules.yaml", rules.bytes, rules.size},
  };
  const bool is_ready = dem_pack_open_files(files, ARRAY_LENGTH(files), NULL, &pack) == DEM_OK &&
                        dem_session_new(pack, &session) == DEM_OK &&
                        dem_session_answer(session, 0, &told, 1) == DEM_OK &&
                        dem_session_run(session, NULL) == DEM_OK;
  dem_buffer_clear(&rules);
  return is_ready ? 0 : -1;
}

static int close_pack(void **state)
{
  (void)state;
  dem_session_free(session);
  dem_pack_free(pack);
  return 0;
}

static void add_day(dem_buffer *out, int64_t day)
{
  dem_word_write(session->symbols, DEM_STORAGE_DATE, dem_word_of_integer(day), out);
}

static void add_cited(dem_buffer *out, const dem_cited *cited)
{
  const dem_source *const source = &pack->model.sources[cited->citation.source];
  dem_buffer_add_text(out, out->size ? " " : "");
  dem_buffer_add(out, dem_symbols_text(pack->model.symbols, source->id));
  if (cited->citation.section != DEM_NONE) {
    const dem_symbol section = source->sections[cited->citation.section].id;
    dem_buffer_add_char(out, '/');
    dem_buffer_add(out, dem_symbols_text(pack->model.symbols, section));
  }
  if (cited->as_of != INT64_MAX) {
    dem_buffer_add_char(out, '(');
    add_day(out, cited->as_of);
    dem_buffer_add_char(out, ')');
  }
}

static void check_walk(dem_citer *citer, size_t number)
{
  char name[16];
  dem_buffer found;
  dem_buffer_init(&found, dem_allocator_default());
  (void)snprintf(name, sizeof name, "c%zu", number);
  const dem_symbol symbol = dem_symbols_find(session->symbols, dem_slice_of(name));
  const dem_word word = dem_word_of_symbol(symbol);
  const dem_fact fact = dem_facts_find(session->facts, dem_pack_find_relation(pack, "out"), &word);
  assert_false(dem_fact_is_none(fact));
  assert_int_equal(dem_citer_walk(citer, fact), DEM_OK);
  for (size_t i = 0; i < citer->found.count; ++i) {
    add_cited(&found, &DEM_VECTOR_AT(&citer->found, dem_cited, i));
  }
  if (citer->is_stale) {
    dem_buffer_add_text(&found, " !");
    add_day(&found, citer->oldest);
  }
  dem_buffer_add_char(&found, '\0');
  assert_string_equal(found.bytes, cases[number].expected);
  dem_buffer_clear(&found);
}

static void test_case(void **state)
{
  const citation_case *const c = *state;
  dem_citer citer;
  dem_citer_init(&citer, dem_allocator_default(), pack->program, session->facts);
  check_walk(&citer, (size_t)(c - cases));
  dem_citer_clear(&citer);
}

/// What earlier walks have found out is used again; what they have found is not.
static void walks_do_not_disturb_one_another(void **state)
{
  (void)state;
  dem_citer citer;
  dem_citer_init(&citer, dem_allocator_default(), pack->program, session->facts);
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    for (size_t j = 0; j < ARRAY_LENGTH(cases); ++j) {
      check_walk(&citer, i);
      check_walk(&citer, j);
    }
    dem_citer_reset(&citer);
  }
  dem_citer_clear(&citer);
}

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(cases) + 1] = {{0}};
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_case, .initial_state = &cases[i]};
  }
  tests[ARRAY_LENGTH(cases)] =
      (struct CMUnitTest)cmocka_unit_test(walks_do_not_disturb_one_another);
  return cmocka_run_group_tests_name("advise/citation", tests, open_pack, close_pack);
}
