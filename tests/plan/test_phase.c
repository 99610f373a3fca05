// SPDX-License-Identifier: Apache-2.0

// The joins of a session find every match that takes one of its facts, and find it once.
//
// Each pattern of a match takes a row of the kb or of the session; of a relation that the rule's
// own stratum derives, one from before the last round or of it. The joins of a rule are looked at
// for each such combination: how many of them take it.

#include "plan/phase.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "lang/pack_fixture.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

enum { ROWS = 50, MOST_PATTERNS = 4 };

static const char schema[] = "relations:\n"
                             "  kb: {fields: {x: integer, y: integer}}\n"
                             "  both: {fields: {x: integer, y: integer}}\n"
                             "  own: {fields: {x: integer, y: integer}}\n"
                             "  path: {fields: {x: integer, y: integer}}\n"
                             "  out: {fields: {x: integer, y: integer}}\n";
static const char profile[] =
    "profile:\n"
    "  - {field: b, ask: B?, type: integer, many: true, gives: {both: {x: $answer, y: 1}}}\n"
    "  - {field: o, ask: O?, type: integer, many: true, gives: {own: {x: $answer, y: 1}}}\n";

typedef struct phase_case {
  const char *name;
  const char *when;
  const char *then;
} phase_case;

static phase_case cases[] = {
    // Not const: cmocka hands a case on as void *.
    {"one pattern that may grow", "{both: {x: $x, y: $y}}", "out"},
    {"two patterns that may grow", "{both: {x: $x, y: $y}}, {both: {x: $y, y: $x}}", "out"},
    {"three patterns that may grow",
     "{both: {x: $x, y: $y}}, {both: {x: $y, y: $z}}, {both: {x: $z, y: $x}}", "out"},
    {"a pattern that may grow and one of the kb", "{kb: {x: $x, y: $y}}, {both: {x: $y, y: $z}}",
     "out"},
    {"a pattern of which the kb has no rows", "{own: {x: $x, y: $y}}, {both: {x: $y, y: $z}}",
     "out"},
    {"two patterns of which the kb has no rows", "{own: {x: $x, y: $y}}, {own: {x: $y, y: $x}}",
     "out"},
    {"a pattern that grows by its own rule", "{path: {x: $x, y: $z}}, {both: {x: $z, y: $y}}",
     "path"},
    {"two patterns that grow by their own rule", "{path: {x: $x, y: $z}}, {path: {x: $z, y: $y}}",
     "path"},
    {"all kinds of patterns",
     "{path: {x: $x, y: $z}}, {path: {x: $z, y: $u}}, {own: {x: $u, y: $v}}, {both: {x: $v, y: "
     "$y}}",
     "path"},
    {"a negation of what sessions change",
     "{both: {x: $x, y: $y}}, {kb: {x: $y, y: $x}}, {not: [{own: {x: $x}}]}", "out"},
};

// Combinations --------------------------------------------------------------------------------

typedef struct combination {
  uint32_t count;
  uint32_t rows[MOST_PATTERNS]; ///< DEM_ROWS_BASE, _OLD, _DELTA; _SESSION where it is complete.
} combination;

/// The rows that a join takes for a pattern.
static uint32_t rows_of(const dem_join *join, uint32_t position)
{
  for (uint32_t i = 0; i < join->steps.count; ++i) {
    const dem_step *const step = &join->steps.items[i];
    const bool takes_row =
        step->kind == DEM_STEP_SCAN || step->kind == DEM_STEP_LOOKUP || step->kind == DEM_STEP_FIND;
    if (takes_row && step->position == position) {
      return step->rows;
    }
  }
  fail_msg("no step takes pattern %u", (unsigned)position);
  return 0;
}

static uint32_t count_joins(const dem_plan *plan, uint32_t body, const combination *c)
{
  uint32_t count = 0;
  for (uint32_t i = 0; i < plan->session.join_count; ++i) {
    const dem_join *const join = &plan->session.joins[i];
    bool takes_all = join->body == body;
    for (uint32_t p = 0; takes_all && p < c->count; ++p) {
      takes_all = (rows_of(join, p) & c->rows[p]) == c->rows[p];
    }
    count += takes_all;
  }
  return count;
}

/// Whether a negation or an aggregate reads what sessions change: then the kb decides no match.
static bool is_left_to_sessions(const dem_body *body)
{
  return body->other_count > 0;
}

/// Whether the session's joins must find the match now: it has a row of the last round, or it is
/// the stratum's first and has a row of the session.
static bool is_due(const dem_body *body, const bool *is_recursive, const combination *c)
{
  bool has_delta = false;
  bool has_old = false;
  bool has_own = is_left_to_sessions(body);
  for (uint32_t p = 0; p < c->count; ++p) {
    has_delta = has_delta || c->rows[p] == DEM_ROWS_DELTA;
    has_old = has_old || c->rows[p] == DEM_ROWS_OLD;
    has_own = has_own || (!is_recursive[p] && c->rows[p] == DEM_ROWS_SESSION);
  }
  return has_delta || (has_own && !has_old);
}

/// Relations of which the kb has no rows.
static bool is_private(const dem_model *model, uint32_t relation)
{
  const dem_slice name = dem_symbols_text(model->symbols, model->relations[relation].name);
  return dem_slice_is(name, "own") || dem_slice_is(name, "out");
}

/// Rows of a pattern, one kind after the other; 0 behind the last.
static uint32_t next_rows(const dem_plan *plan, const dem_body *body, bool is_recursive,
                          uint32_t pattern, uint32_t rows)
{
  const uint32_t relation = body->patterns[pattern]->pattern.relation;
  if (rows == 0) {
    return is_private(plan->model, relation) ? DEM_ROWS_SESSION : DEM_ROWS_BASE;
  }
  if (!plan->is_session[relation] || rows == DEM_ROWS_SESSION || rows == DEM_ROWS_DELTA) {
    return 0;
  }
  return is_recursive ? rows << 1 : DEM_ROWS_SESSION;
}

static void check_from(const dem_plan *plan, uint32_t number, const bool *is_recursive,
                       combination *c)
{
  const dem_body *const body = &plan->bodies[number];
  if (c->count == body->pattern_count) {
    assert_int_equal(count_joins(plan, number, c), is_due(body, is_recursive, c));
    return;
  }
  const uint32_t pattern = c->count++;
  for (uint32_t rows = 0;;) {
    rows = next_rows(plan, body, is_recursive[pattern], pattern, rows);
    if (rows == 0) {
      break;
    }
    c->rows[pattern] = rows;
    check_from(plan, number, is_recursive, c);
  }
  --c->count;
}

// Packs -----------------------------------------------------------------------------------------

static void check_body(const dem_plan *plan, uint32_t number)
{
  const dem_body *const body = &plan->bodies[number];
  bool is_recursive[MOST_PATTERNS] = {false};
  combination c = {0};
  for (uint32_t p = 0; p < body->pattern_count; ++p) {
    const uint32_t relation = body->patterns[p]->pattern.relation;
    is_recursive[p] = plan->stratum_of[relation] == plan->body_stratum[number];
  }
  check_from(plan, number, is_recursive, &c);
}

static void test_case(void **state)
{
  const phase_case *const c = *state;
  char rules[1024];
  pack_fixture pack;
  dem_plan plan;
  (void)snprintf(rules, sizeof rules,
                 "cite: [s]\nrules:\n  - {id: r, when: [%s], then: [{%s: {x: $x, y: $y}}]}\n",
                 c->when, c->then);
  pack_fixture_read(&pack, (pack_fixture_file[]){{"kb/schema.yaml", schema},
                                                 {"kb/sources.yaml", "sources: {s: {title: S}}"},
                                                 {"kb/profile.yaml", profile},
                                                 {"rules/r.yaml", rules},
                                                 {NULL, NULL}});
  assert_string_equal(pack_fixture_verdict(&pack), "");
  dem_relation_size *const sizes = calloc(pack.model.relation_count, sizeof *sizes);
  assert_non_null(sizes);
  for (uint32_t i = 0; i < pack.model.relation_count; ++i) {
    sizes[i].rows = is_private(&pack.model, i) ? 0 : ROWS;
    sizes[i].distinct[0] = sizes[i].distinct[1] = sizes[i].rows;
  }
  assert_int_equal(
      dem_plan_init(&plan, dem_allocator_default(), &pack.model, 0, sizes, &pack.diagnostics),
      DEM_OK);
  assert_int_equal(dem_plan_sessions(&plan, sizes, &pack.diagnostics), DEM_OK);
  for (uint32_t i = 0; i < plan.body_count; ++i) {
    if (!plan.model->rules[plan.bodies[i].rule].is_hidden) {
      check_body(&plan, i);
    }
  }
  free(sizes);
  dem_plan_clear(&plan);
  pack_fixture_clear(&pack);
}

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(cases)] = {{0}};
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_case, .initial_state = &cases[i]};
  }
  return cmocka_run_group_tests_name("plan/phase", tests, NULL, NULL);
}
