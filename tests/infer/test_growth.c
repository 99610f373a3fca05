// SPDX-License-Identifier: Apache-2.0

// How the work of a run grows: rules that read an aggregate for each item of a group look at each
// item once, whether what they read is certain or hangs on an open question.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "api/handles.h"
#include "base/buffer.h"
#include "demarche/demarche.h"
#include "infer/fixpoint.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

enum { GROUPS = 4, SMALL = 200, FACTOR = 4 };

static const char schema[] =
    "relations:\n"
    "  item: {key: id, fields: {id: symbol, group: symbol, amount: integer}}\n"
    "  dropped: {fields: {item: item}}\n"
    "  counted: {fields: {item: item, group: symbol, amount: integer}}\n"
    "  share: {fields: {item: item, total: integer}}\n";

static const char questions[] =
    "profile:\n"
    "  - {field: dropped, ask: Which does not count?, type: item, many: true,\n"
    "     options: [{item: {id: $answer, amount: {le: 4}}}], gives: {dropped: {item: $answer}}}\n";

typedef struct growth_case {
  const char *name;
  const char *aggregate;
  bool is_open;     ///< Whether the question is: then one item of each group may count or not.
  uint32_t results; ///< How many facts an item has.
} growth_case;

#define OVER "over: [{counted: {item: $j, group: $g, amount: $w}}]"

static growth_case cases[] = {
    // Not const: cmocka hands a case on as void *.
    {"a sum", "sum: {as: $s, of: $w, " OVER "}", false, 1},
    {"a sum that hangs on a question", "sum: {as: $s, of: $w, " OVER "}", true, 2},
    {"a count that hangs on a question", "count: {as: $s, of: $j, " OVER "}", true, 2},
    {"a minimum that hangs on a question", "min: {as: $s, of: $w, " OVER "}", true, 2},
    {"a maximum that a question leaves", "max: {as: $s, of: $w, " OVER "}", true, 1},
};

static dem_pack *open_pack(const growth_case *c, uint32_t items)
{
  dem_buffer rules;
  dem_buffer facts;
  dem_pack *pack = NULL;
  dem_buffer_init(&rules, dem_allocator_default());
  dem_buffer_init(&facts, dem_allocator_default());
  dem_buffer_add_format(&rules,
                        "cite: [made]\nrules:\n"
                        "  - {id: counted, when: [{item: {id: $i, group: $g, amount: $v}},\n"
                        "     {not: [{dropped: {item: $i}}]}],\n"
                        "     then: [{counted: {item: $i, group: $g, amount: $v}}]}\n"
                        "  - {id: share, when: [{item: {id: $i, group: $g}}, {%s}],\n"
                        "     then: [{share: {item: $i, total: $s}}]}\n",
                        c->aggregate);
  dem_buffer_add_text(&facts, "cite: [made]\nfacts:\n  item:\n");
  for (uint32_t i = 0; i < items; ++i) {
    dem_buffer_add_format(&facts, "    - {id: i%u, group: g%u, amount: %u}\n", i, i % GROUPS,
                          i + 1);
  }
  const dem_slice texts[] = {DEM_SLICE("name: growth\nversion: 1.0.0\ndate: 2025-01-01\n"),
                             DEM_SLICE("sources: {made: {title: Made up}}\n"),
                             dem_slice_of(schema),
                             dem_slice_of(questions),
                             dem_buffer_slice(&rules),
                             dem_buffer_slice(&facts)};
  static const char *const paths[] = {"kb/pack.yaml",    "kb/sources.yaml",  "kb/schema.yaml",
                                      "kb/profile.yaml", "rules/rules.yaml", "kb/facts.yaml"};
  dem_memory_file files[ARRAY_LENGTH(texts)];
  for (size_t i = 0; i < ARRAY_LENGTH(texts); ++i) {
    files[i] = (dem_memory_file){paths[i], texts[i].bytes, texts[i].size};
  }
  assert_int_equal(dem_pack_open_files(files, ARRAY_LENGTH(files), NULL, &pack), DEM_OK);
  dem_buffer_clear(&facts);
  dem_buffer_clear(&rules);
  return pack;
}

static uint64_t work_of(const dem_facts *facts)
{
  return facts ? ((const dem_worker *)facts->worker)->matcher.work : 0;
}

/// Rows that a run looked at.
static uint64_t run(const growth_case *c, uint32_t items)
{
  dem_pack *const pack = open_pack(c, items);
  dem_session *session = NULL;
  assert_int_equal(dem_session_new(pack, &session), DEM_OK);
  if (!c->is_open) {
    const char *const answer = "i0"; // Else the kb alone decides, and no session works.
    assert_int_equal(dem_session_answer(session, 0, &answer, 1), DEM_OK);
  }
  assert_int_equal(dem_session_run(session, NULL), DEM_OK);
  assert_int_equal(dem_session_has_open(session), c->is_open);
  const dem_evaluation *const e = &session->evaluation;
  const uint32_t share = dem_pack_find_relation(pack, "share");
  assert_int_equal(dem_facts_count(dem_evaluation_facts(e), share), items * c->results);
  const uint64_t work = work_of(e->certain) + work_of(e->possible);
  dem_session_free(session);
  dem_pack_free(pack);
  return work;
}

static void test_growth(void **state)
{
  const growth_case *const c = *state;
  const uint64_t small = run(c, SMALL);
  const uint64_t large = run(c, SMALL * FACTOR);
  assert_true(small > SMALL);
  assert_in_range(large, small * FACTOR / 2, small * FACTOR * 3 / 2);
}

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(cases)] = {{0}};
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_growth, .initial_state = &cases[i]};
  }
  return cmocka_run_group_tests_name("infer/growth", tests, NULL, NULL);
}
