// SPDX-License-Identifier: Apache-2.0

// The order of a join's steps: few rows first, tests as soon as they can be made, look-ups by
// whatever is known; and the same however the conditions are written.

#include "plan/join.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lang/pack_fixture.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

enum { MOST_CONDITIONS = 4 };

/// Relations of two fields, x and y, and how many rows they have; each value of x is in ten of
/// them, each value of y in one.
static const struct {
  const char *name;
  uint32_t rows;
} relations[] = {{"few", 10}, {"some", 100}, {"many", 10000}, {"more", 20000}, {"out", 0}};

typedef struct order_case {
  const char *name;
  const char *when[MOST_CONDITIONS]; ///< Up to the first NULL.
  const char *expected; ///< Steps: "scan few", "look up many by x" or "find many" (by all fields),
                        ///< "guard", "let", "not", "aggregate".
} order_case;

static order_case cases[] = {
    // Not const: cmocka hands a case on as void *.
    {"one pattern is scanned", {"{many: {x: $x}}"}, "scan many"},
    {"the smaller relation comes first",
     {"{many: {x: $x}}", "{few: {x: $x}}"},
     "scan few, look up many by x"},
    {"a larger one that few rows are found in comes first",
     {"{many: {x: 3, y: $y}}", "{some: {y: $y}}"},
     "look up many by x, look up some by y"},
    {"of two look-ups the one that finds fewer rows comes first",
     {"{few: {x: $x, y: $y}}", "{many: {x: $x}}", "{more: {y: $y}}"},
     "scan few, look up more by y, look up many by x"},
    {"what shares no variable comes last",
     {"{few: {x: $x}}", "{many: {x: $x}}", "{some: {x: $z}}"},
     "scan few, look up many by x, scan some"},
    {"a row whose fields are all known is found",
     {"{few: {x: $x, y: $y}}", "{many: {x: $x, y: $y}}"},
     "scan few, find many"},
    {"a constant that finds one row comes first",
     {"{few: {x: $x}}", "{many: {x: $x, y: 7}}"},
     "look up many by y, look up few by x"},
    {"a test comes as soon as its variables are bound",
     {"{few: {x: $x}}", "{many: {x: $x, y: $y}}", "{where: \"$x > 1\"}"},
     "scan few, guard, look up many by x"},
    {"a test waits for its last variable",
     {"{few: {x: $x}}", "{many: {x: $x, y: $y}}", "{where: \"$x > $y\"}"},
     "scan few, look up many by x, guard"},
    {"a negation comes as soon as its variables are bound",
     {"{few: {x: $x}}", "{many: {x: $x}}", "{not: [{more: {x: $x}}]}"},
     "scan few, not, look up many by x"},
    {"a value that is worked out is looked up by",
     {"{few: {x: $x}}", "{let: {$k: \"$x + 1\"}}", "{many: {x: $k}}"},
     "scan few, let, look up many by x"},
    {"a value that is worked out is tested",
     {"{let: {$k: \"$x + 1\"}}", "{few: {x: $x}}", "{where: \"$k > 3\"}"},
     "scan few, let, guard"},
    {"an aggregate comes where its group is bound",
     {"{count: {as: $n, over: [{many: {x: $x, y: $y}}]}}", "{few: {x: $x}}"},
     "scan few, aggregate"},
    {"a test of an aggregate comes behind it",
     {"{count: {as: $n, over: [{many: {x: $x, y: $y}}]}}", "{few: {x: $x}}", "{where: \"$n > 2\"}"},
     "scan few, aggregate, guard"},
    {"no conditions, no steps", {NULL}, ""},
    {"a test alone", {"{where: \"1 < 2\"}"}, "guard"},
};

// Packs -------------------------------------------------------------------------------------

static void add_rule(dem_buffer *out, const order_case *c, bool is_reversed)
{
  size_t count = 0;
  while (count < MOST_CONDITIONS && c->when[count]) {
    ++count;
  }
  dem_buffer_add_text(out, "cite: [s]\nrules:\n  - {id: r, then: [{out: {x: 1, y: 1}}], when: [");
  for (size_t i = 0; i < count; ++i) {
    dem_buffer_add_text(out, i ? ", " : "");
    dem_buffer_add_text(out, c->when[is_reversed ? count - 1 - i : i]);
  }
  dem_buffer_add_text(out, "]}\n");
  dem_buffer_add_char(out, '\0');
}

static void measure(const dem_model *model, dem_relation_size *sizes)
{
  for (size_t i = 0; i < ARRAY_LENGTH(relations); ++i) {
    const uint32_t relation = dem_model_find_relation(model, dem_slice_of(relations[i].name));
    const double rows = relations[i].rows;
    sizes[relation].rows = rows;
    sizes[relation].distinct[0] = rows / 10;
    sizes[relation].distinct[1] = rows;
  }
}

// Steps -------------------------------------------------------------------------------------

static void add_relation(dem_buffer *out, const char *what, const dem_model *model,
                         const dem_step *step)
{
  dem_buffer_add_text(out, what);
  dem_buffer_add(out, dem_symbols_text(model->symbols, model->relations[step->relation].name));
}

static void describe_step(dem_buffer *out, const dem_plan *plan, const dem_step *step)
{
  const dem_model *const model = plan->model;
  dem_buffer_add_text(out, out->size && step->kind != DEM_STEP_FINISH ? ", " : "");
  switch (step->kind) {
  case DEM_STEP_SCAN:
    add_relation(out, "scan ", model, step);
    break;
  case DEM_STEP_FIND:
    add_relation(out, "find ", model, step);
    break;
  case DEM_STEP_LOOKUP: {
    add_relation(out, "look up ", model, step);
    assert_int_equal(step->key_count, 1);
    const uint32_t column = step->key[0].column;
    const dem_symbol field = model->relations[step->relation].fields[column].name;
    dem_buffer_add_text(out, " by ");
    dem_buffer_add(out, dem_symbols_text(model->symbols, field));
    assert_true(plan->kb.indexes[step->relation].columns[step->index] == UINT64_C(1) << column);
    break;
  }
  case DEM_STEP_GUARD:
    dem_buffer_add_text(out, "guard");
    break;
  case DEM_STEP_LET:
    dem_buffer_add_text(out, "let");
    break;
  case DEM_STEP_NOT:
    dem_buffer_add_text(out, "not");
    break;
  case DEM_STEP_AGGREGATE:
    dem_buffer_add_text(out, "aggregate");
    break;
  case DEM_STEP_FINISH:
    break;
  }
}

static void check_order(const order_case *c, bool is_reversed)
{
  static const char schema[] = "relations:\n"
                               "  few: {fields: {x: integer, y: integer}}\n"
                               "  some: {fields: {x: integer, y: integer}}\n"
                               "  many: {fields: {x: integer, y: integer}}\n"
                               "  more: {fields: {x: integer, y: integer}}\n"
                               "  out: {fields: {x: integer, y: integer}}\n";
  pack_fixture pack;
  dem_plan plan;
  dem_buffer rules;
  dem_buffer found;
  dem_buffer_init(&rules, dem_allocator_default());
  dem_buffer_init(&found, dem_allocator_default());
  add_rule(&rules, c, is_reversed);
  pack_fixture_read(&pack, (pack_fixture_file[]){{"kb/schema.yaml", schema},
                                                 {"kb/sources.yaml", "sources: {s: {title: S}}"},
                                                 {"rules/r.yaml", rules.bytes},
                                                 {NULL, NULL}});
  assert_string_equal(pack_fixture_verdict(&pack), "");
  dem_relation_size *const sizes = calloc(pack.model.relation_count, sizeof *sizes);
  assert_non_null(sizes);
  measure(&pack.model, sizes);
  assert_int_equal(
      dem_plan_init(&plan, dem_allocator_default(), &pack.model, 0, sizes, &pack.diagnostics),
      DEM_OK);
  assert_int_equal(plan.kb.join_count, 1);
  const dem_steps *const steps = &plan.kb.joins[0].steps;
  for (uint32_t i = 0; i < steps->count; ++i) {
    describe_step(&found, &plan, &steps->items[i]);
  }
  assert_int_equal(steps->items[steps->count - 1].kind, DEM_STEP_FINISH);
  dem_buffer_add_char(&found, '\0');
  assert_string_equal(found.bytes, c->expected);
  free(sizes);
  dem_plan_clear(&plan);
  pack_fixture_clear(&pack);
  dem_buffer_clear(&found);
  dem_buffer_clear(&rules);
}

static void test_order(void **state)
{
  check_order(*state, false);
  check_order(*state, true);
}

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(cases)] = {{0}};
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_order, .initial_state = &cases[i]};
  }
  return cmocka_run_group_tests_name("plan/join", tests, NULL, NULL);
}
