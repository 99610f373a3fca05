// SPDX-License-Identifier: Apache-2.0

// Conclusions of joins whose table outgrows the caches: they wait in a queue on their way, and are
// the same facts, with the same lowest proofs, as those of a small table.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "api/handles.h"
#include "base/buffer.h"
#include "demarche/demarche.h"
#include "store/layers.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static const char schema[] = "relations:\n"
                             "  start: {fields: {at: integer}}\n"
                             "  edge: {fields: {from: integer, to: integer}}\n"
                             "  path: {fields: {from: integer, to: integer}}\n";

static const char questions[] = "profile:\n"
                                "  - {field: start, ask: Where?, type: integer, many: true,\n"
                                "     gives: {start: {at: $answer}}}\n";

static const char rules[] =
    "cite: [made]\n"
    "rules:\n"
    "  - id: first\n"
    "    when: [{start: {at: $s}}, {edge: {from: $a, to: $b}}, where: '$a >= $s']\n"
    "    then: [{path: {from: $a, to: $b}}]\n"
    "  - id: further\n"
    "    when: [{path: {from: $a, to: $b}}, {edge: {from: $b, to: $c}}]\n"
    "    then: [{path: {from: $a, to: $c}}]\n";

typedef struct chain_case {
  const char *name;
  uint32_t edges;
  bool is_large; ///< Whether its paths outgrow the caches.
} chain_case;

static chain_case cases[] = { // Not const: cmocka hands a case on as void *.
    {"paths of a short chain", 40, false},
    {"paths of a chain that outgrows the caches", 560, true}};

static dem_pack *open_pack(uint32_t edges)
{
  dem_buffer facts;
  dem_pack *pack = NULL;
  dem_buffer_init(&facts, dem_allocator_default());
  dem_buffer_add_text(&facts, "cite: [made]\nfacts:\n  edge:\n");
  for (uint32_t i = 0; i < edges; ++i) {
    dem_buffer_add_format(&facts, "    - {from: %u, to: %u}\n", i, i + 1);
  }
  const dem_slice texts[] = {DEM_SLICE("name: chain\nversion: 1.0.0\ndate: 2025-01-01\n"),
                             DEM_SLICE("sources: {made: {title: Made up}}\n"),
                             dem_slice_of(schema),
                             dem_slice_of(questions),
                             dem_slice_of(rules),
                             dem_buffer_slice(&facts)};
  static const char *const paths[] = {"kb/pack.yaml",    "kb/sources.yaml",  "kb/schema.yaml",
                                      "kb/profile.yaml", "rules/rules.yaml", "kb/facts.yaml"};
  dem_memory_file files[ARRAY_LENGTH(texts)];
  for (size_t i = 0; i < ARRAY_LENGTH(texts); ++i) {
    files[i] = (dem_memory_file){paths[i], texts[i].bytes, texts[i].size};
  }
  assert_int_equal(dem_pack_open_files(files, ARRAY_LENGTH(files), NULL, &pack), DEM_OK);
  dem_buffer_clear(&facts);
  return pack;
}

/// A path of n edges rests on the path of n - 1 and on the edge behind it.
static void check_proof(const dem_facts *facts, dem_fact path, uint32_t edge)
{
  const dem_word *const words = dem_facts_row(facts, path);
  const dem_justification why = dem_facts_justify(facts, path);
  assert_int_equal(why.height, words[1] - words[0]);
  assert_int_equal(why.fact_count, 2);
  const uint32_t second = dem_justification_fact(&why, 1).relation == edge;
  const dem_word *const last = dem_facts_row(facts, dem_justification_fact(&why, second));
  assert_int_equal(last[0], words[1] - 1);
  assert_int_equal(last[1], words[1]);
  const dem_fact before = dem_justification_fact(&why, 1 - second);
  if (why.height > 1) {
    assert_int_equal(before.relation, path.relation);
    assert_int_equal(dem_facts_row(facts, before)[0], words[0]);
    assert_int_equal(dem_facts_row(facts, before)[1], words[1] - 1);
  }
}

static void test_chain(void **state)
{
  const chain_case *const c = *state;
  dem_pack *const pack = open_pack(c->edges);
  dem_session *session = NULL;
  assert_int_equal(dem_session_new(pack, &session), DEM_OK);
  const uint32_t path = dem_pack_find_relation(pack, "path");
  const uint32_t edge = dem_pack_find_relation(pack, "edge");
  static const char *const starts[] = {"0", "5"};
  for (int turn = 0; turn < 2; ++turn) { // Warm, it is the same.
    dem_session_reset(session);
    assert_int_equal(dem_session_answer(session, 0, starts, ARRAY_LENGTH(starts)), DEM_OK);
    assert_int_equal(dem_session_run(session, NULL), DEM_OK);
    const dem_facts *const facts = session->evaluation.certain;
    assert_int_equal(dem_table_is_large(&facts->tables[path]), c->is_large);
    const uint32_t count = dem_facts_count(facts, path);
    assert_int_equal(count, c->edges * (c->edges + 1) / 2);
    for (uint32_t i = 0; i < count; ++i) {
      check_proof(facts, dem_facts_at(facts, path, i), edge);
    }
  }
  dem_session_free(session);
  dem_pack_free(pack);
}

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(cases)] = {{0}};
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_chain, .initial_state = &cases[i]};
  }
  return cmocka_run_group_tests_name("infer/derive", tests, NULL, NULL);
}
