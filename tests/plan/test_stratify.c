// SPDX-License-Identifier: Apache-2.0

// Strata: what is negated or counted is complete before; what cannot be is refused, and the loop is
// told rule by rule.
//
// A row's rules are written shortly: "ab: c !d #e f|g" concludes a and b where c holds, d does not,
// the e are counted, and f or g holds. Rules are separated by ";" and called r0, r1, …

#include "plan/stratify.h"

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

enum { RELATIONS = 8 }; // a to h, in the schema's order.

typedef struct strata_case {
  const char *name;
  const char *rules;
  const char *expected; ///< "c(r1) ab*(r0)": the strata in order, each with its relations, "*"
                        ///< where it is recursive, and the rules that run in it.
} strata_case;

static strata_case strata_cases[] = {
    // Not const: cmocka hands a case on as void *.
    {"no rules, no strata", "", ""},
    {"what is given needs no stratum", "a: b", "a(r0)"},
    {"a rule without conditions", "a:", "a(r0)"},
    {"what is needed comes before", "a: b; b: c; c: d", "c(r2) b(r1) a(r0)"},
    {"the order of the rules makes no difference", "c: d; b: c; a: b", "c(r0) b(r1) a(r2)"},
    {"what is negated comes before", "a: d !b; b: c", "b(r1) a(r0)"},
    {"what is counted comes before", "a: d #b; b: c", "b(r1) a(r0)"},
    {"both branches come before", "a: b|c; b: d; c: e", "b(r1) c(r2) a(r0 r0)"},
    {"a relation that needs itself", "a: a b", "a*(r0)"},
    {"relations that need one another", "a: b; b: c; c: a; d: a", "abc*(r0 r1 r2) d(r3)"},
    {"a recursion on top of another", "a: a; b: b !a; c: c #b", "a*(r0) b*(r1) c*(r2)"},
    {"two recursions that share a need", "a: a c; b: b c; c: d", "c(r2) a*(r0) b*(r1)"},
    {"a rule runs in the first of its conclusions' strata", "ab: c; b: a", "a(r0) b(r1)"},
    {"conclusions of one rule do not need one another", "ab: c", "a(r0) b()"},
    {"a conclusion that needs the other's negation", "ab: c; d: a !b", "a(r0) b() d(r1)"},
    {"a diamond", "a: b c; b: d; c: d; d: e", "d(r3) b(r1) c(r2) a(r0)"},
    {"a negation beside a loop", "a: b !c; b: a; c: d", "c(r2) ab*(r0 r1)"},
    {"a loop that is two rings", "a: b; b: a; b: c; c: b", "abc*(r0 r1 r2 r3)"},
};

static strata_case loop_cases[] = {
    {"what is negated in its own rule", "a: b !a", "r0: a!a"},
    {"what is counted in its own rule", "a: #a", "r0: a!a"},
    {"two that negate each other are one loop", "a: !b; b: !a", "r0: a!b b!a"},
    {"a negation on a way round", "a: !b; b: c; c: d; d: a", "r0: a!b b-c c-d d-a"},
    {"the shortest way back is told", "a: !b; b: c; c: a; b: a", "r0: a!b b-a"},
    {"a negation that does not come first", "a: b; b: !c; c: a", "r1: b!c c-a a-b"},
    {"one branch is enough", "a: b|c; c: !a", "r1: c!a a-c"},
    {"every conclusion of a rule needs its conditions", "ab: c !d; d: b", "r0: b!d d-b"},
    {"two loops are told apart", "a: !a; b: !b", "r0: a!a, r1: b!b"},
    {"a loop is told once, wherever its relations stand", "a: !c; b: !b; c: !a",
     "r0: a!c c!a, r1: b!b"},
    {"a loop beside strata that are well", "a: b; b: c; d: !d !a", "r2: d!d"},
};

// Packs -------------------------------------------------------------------------------------

static void add_pattern(dem_buffer *out, char relation)
{
  dem_buffer_add_format(out, "{%c: {x: k}}", relation);
}

/// One condition: "a", "!a", "#a" or "a|b".
static void add_condition(dem_buffer *out, const char *text, size_t size)
{
  if (*text == '!' || *text == '#') {
    dem_buffer_add_text(out, *text == '!' ? "{not: [" : "{count: {as: $n, over: [");
    add_pattern(out, text[1]);
    dem_buffer_add_text(out, *text == '!' ? "]}" : "]}}");
  } else if (size > 1) {
    dem_buffer_add_text(out, "{any: [[");
    add_pattern(out, text[0]);
    dem_buffer_add_text(out, "], [");
    add_pattern(out, text[2]);
    dem_buffer_add_text(out, "]]}");
  } else {
    add_pattern(out, *text);
  }
}

/// @return Behind the rule.
static const char *add_rule(dem_buffer *out, const char *text, unsigned number)
{
  dem_buffer_add_format(out, "  - id: r%u\n    then: [", number);
  for (const char *before = ""; *text != ':'; ++text, before = ", ") {
    dem_buffer_add_text(out, before);
    add_pattern(out, *text);
  }
  dem_buffer_add_text(out, "]\n    when: [");
  ++text;
  text += strspn(text, " ");
  for (const char *before = ""; *text && *text != ';'; before = ", ") {
    const size_t size = strcspn(text, " ;");
    dem_buffer_add_text(out, before);
    add_condition(out, text, size);
    text += size + strspn(text + size, " ");
  }
  dem_buffer_add_text(out, "]\n");
  return text + strspn(text, "; ");
}

typedef struct planned {
  pack_fixture pack;
  dem_plan plan;
  dem_status status;
} planned;

static void plan_pack(planned *p, const char *schema, const char *rules)
{
  pack_fixture_read(&p->pack, (pack_fixture_file[]){{"kb/schema.yaml", schema},
                                                    {"kb/sources.yaml", "sources: {s: {title: S}}"},
                                                    {"rules/r.yaml", rules},
                                                    {NULL, NULL}});
  assert_string_equal(pack_fixture_verdict(&p->pack), "");
  const dem_model *const model = &p->pack.model;
  dem_relation_size *const sizes = calloc(model->relation_count, sizeof *sizes);
  assert_non_null(sizes);
  p->status =
      dem_plan_init(&p->plan, dem_allocator_default(), model, 0, sizes, &p->pack.diagnostics);
  free(sizes);
}

static void setup(planned *p, const char *rules)
{
  dem_buffer text;
  dem_buffer schema;
  dem_buffer_init(&text, dem_allocator_default());
  dem_buffer_init(&schema, dem_allocator_default());
  dem_buffer_add_text(&schema, "relations:\n");
  for (char name = 'a'; name < 'a' + RELATIONS; ++name) {
    dem_buffer_add_format(&schema, "  %c: {fields: {x: symbol}}\n", name);
  }
  dem_buffer_add_text(&text, *rules ? "cite: [s]\nrules:\n" : "cite: [s]\nrules: []\n");
  for (unsigned number = 0; *rules; ++number) {
    rules = add_rule(&text, rules, number);
  }
  dem_buffer_add_char(&schema, '\0');
  dem_buffer_add_char(&text, '\0');
  plan_pack(p, schema.bytes, text.bytes);
  dem_buffer_clear(&schema);
  dem_buffer_clear(&text);
}

static void teardown(planned *p)
{
  dem_plan_clear(&p->plan);
  pack_fixture_clear(&p->pack);
}

// Strata ------------------------------------------------------------------------------------

static void describe_stratum(const dem_plan *plan, uint32_t stratum, dem_buffer *out)
{
  const dem_stratum *const s = &plan->strata[stratum];
  dem_buffer_add_text(out, stratum ? " " : "");
  for (uint32_t i = 0; i < s->relation_count; ++i) {
    dem_buffer_add_char(out, (char)('a' + s->relations[i]));
    assert_int_equal(plan->stratum_of[s->relations[i]], stratum);
  }
  dem_buffer_add_text(out, s->is_recursive ? "*(" : "(");
  const char *before = "";
  for (uint32_t i = 0; i < plan->body_count; ++i) {
    if (plan->body_stratum[i] == stratum) {
      const dem_rule *const rule = &plan->model->rules[plan->bodies[i].rule];
      dem_buffer_add_text(out, before);
      dem_buffer_add(out, dem_symbols_text(plan->model->symbols, rule->id));
      before = " ";
    }
  }
  dem_buffer_add_char(out, ')');
}

static void test_strata(void **state)
{
  const strata_case *const c = *state;
  planned p;
  dem_buffer found;
  dem_buffer_init(&found, dem_allocator_default());
  setup(&p, c->rules);
  assert_int_equal(p.status, DEM_OK);
  for (uint32_t i = 0; i < p.plan.stratum_count; ++i) {
    describe_stratum(&p.plan, i, &found);
  }
  dem_buffer_add_char(&found, '\0');
  assert_string_equal(found.bytes, c->expected);
  dem_buffer_clear(&found);
  teardown(&p);
}

// Loops -------------------------------------------------------------------------------------

/// "r0: a!b b-a": the rule at whose negation the loop is told, and each step of it.
static void describe_loop(const planned *p, const dem_diagnostic *d, dem_buffer *out)
{
  const dem_model *const model = &p->pack.model;
  uint32_t rule = 0;
  while (rule + 1 < model->rule_count && model->rules[rule + 1].place.line <= d->place.line) {
    ++rule;
  }
  const dem_slice id = dem_symbols_text(model->symbols, model->rules[rule].id);
  dem_buffer_add_format(out, "%.*s:", (int)id.size, id.bytes);
  char from = 0;
  char to = 0;
  for (const char *at = d->notes.bytes; at < d->notes.bytes + d->notes.size; ++at) {
    if (sscanf(at, "'%c' needs all of '%c'", &from, &to) == 2) {
      dem_buffer_add_format(out, " %c!%c", from, to);
    } else if (sscanf(at, "'%c' needs '%c'", &from, &to) == 2) {
      dem_buffer_add_format(out, " %c-%c", from, to);
    }
    at += strcspn(at, "\n");
  }
}

static void test_loop(void **state)
{
  const strata_case *const c = *state;
  planned p;
  dem_buffer found;
  dem_buffer_init(&found, dem_allocator_default());
  setup(&p, c->rules);
  assert_int_equal(p.status, DEM_ERR_INVALID);
  for (size_t i = 0; i < p.pack.diagnostics.items.count; ++i) {
    const dem_diagnostic *const d = &DEM_VECTOR_AT(&p.pack.diagnostics.items, dem_diagnostic, i);
    assert_int_equal(d->code, DEM_DIAG_NEGATIVE_LOOP);
    dem_buffer_add_text(&found, i ? ", " : "");
    describe_loop(&p, d, &found);
  }
  dem_buffer_add_char(&found, '\0');
  assert_string_equal(found.bytes, c->expected);
  dem_buffer_clear(&found);
  teardown(&p);
}

static void a_loop_is_told_with_its_rules_and_their_places(void **state)
{
  (void)state;
  planned p;
  setup(&p, "a: c !b; b: a");
  const dem_diagnostic *const d = &DEM_VECTOR_AT(&p.pack.diagnostics.items, dem_diagnostic, 0);
  assert_string_equal(d->message.bytes, "'b' is counted or negated in a loop that derives it");
  assert_string_equal(d->notes.bytes,
                      "'a' needs all of 'b' by rule 'r0' (rules/r.yaml:5)\n"
                      "'b' needs 'a' by rule 'r1' (rules/r.yaml:8)\n"
                      "a negation or an aggregate must not go round in a loop: split the relation, "
                      "or negate something that is complete before");
  teardown(&p);
}

// A long chain ------------------------------------------------------------------------------

static void a_long_chain_of_relations_has_as_many_strata(void **state)
{
  (void)state;
  enum { LENGTH = 2000 };
  planned p;
  dem_buffer schema;
  dem_buffer rules;
  dem_buffer_init(&schema, dem_allocator_default());
  dem_buffer_init(&rules, dem_allocator_default());
  dem_buffer_add_text(&schema, "relations:\n");
  dem_buffer_add_text(&rules, "cite: [s]\nrules:\n");
  for (unsigned i = 0; i <= LENGTH; ++i) {
    dem_buffer_add_format(&schema, "  n%u: {fields: {x: symbol}}\n", i);
    if (i < LENGTH) {
      dem_buffer_add_format(
          &rules, "  - {id: r%u, when: [{n%u: {x: $x}}], then: [{n%u: {x: $x}}]}\n", i, i + 1, i);
    }
  }
  dem_buffer_add_char(&schema, '\0');
  dem_buffer_add_char(&rules, '\0');
  plan_pack(&p, schema.bytes, rules.bytes);
  assert_int_equal(p.status, DEM_OK);
  assert_int_equal(p.plan.stratum_count, LENGTH);
  for (uint32_t i = 0; i < LENGTH; ++i) {
    assert_int_equal(p.plan.stratum_of[i], LENGTH - 1 - i);
  }
  assert_int_equal(p.plan.stratum_of[LENGTH], DEM_NONE);
  dem_buffer_clear(&schema);
  dem_buffer_clear(&rules);
  teardown(&p);
}

#define ADD_CASES(cases, function)                                                                 \
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {                                               \
    tests[count++] = (struct CMUnitTest){                                                          \
        .name = (cases)[i].name, .test_func = (function), .initial_state = &(cases)[i]};           \
  }

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(strata_cases) + ARRAY_LENGTH(loop_cases) + 2] = {{0}};
  size_t count = 0;
  ADD_CASES(strata_cases, test_strata)
  ADD_CASES(loop_cases, test_loop)
  tests[count++] =
      (struct CMUnitTest)cmocka_unit_test(a_loop_is_told_with_its_rules_and_their_places);
  tests[count++] =
      (struct CMUnitTest)cmocka_unit_test(a_long_chain_of_relations_has_as_many_strata);
  return cmocka_run_group_tests_name("plan/stratify", tests, NULL, NULL);
}
