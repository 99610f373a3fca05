// SPDX-License-Identifier: Apache-2.0

// What the rule of an open question asks for, and what it leaves out for the sake of an order.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "demarche/limits.h"
#include "infer/program.h"
#include "lang/pack_fixture.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

typedef struct open_case {
  const char *name;
  const char *questions;
  const char *rules;
  const char *expected; ///< The relations that the last question's rule asks for.
} open_case;

#define OWNS "type: person, gives: {owns: {person: $answer, boat: a}}"
#define TRIP "type: symbol, gives: {trip: {from: $answer, to: b}}"
#define REACH "- {id: a, when: [owns: {person: $p}], then: [trip: {from: a, to: b}]}\n"

static open_case cases[] = {
    // Not const: cmocka hands a case on as void *.
    {"a choice of the type's rows", "- {field: who, " OWNS "}\n", "", "open? person"},
    {"a text may be anything", "- {field: from, " TRIP "}\n", "", "open?"},
    {"all that a question may ask for",
     "- {field: who, options: [person: {id: $answer}], known: [person: {id: $answer}],\n"
     "   when: [boat: {id: a}], " OWNS "}\n",
     "", "open? known? who?asked who?options"},
    {"a condition that negates something else",
     "- {field: who, when: [not: [trip: {from: a}]], " OWNS "}\n", "", "open? who?asked person"},
    {"a condition that its own answer negates",
     "- {field: who, when: [not: [owns: {boat: a}]], " OWNS "}\n", "", "open? person"},
    {"a condition that a consequence of its answer negates",
     "- {field: who, when: [not: [trip: {from: a}]], " OWNS "}\n", REACH, "open? person"},
    {"a condition that counts a consequence of its answer",
     "- {field: who, when: [{count: {as: $n, over: [trip: {from: $f}]}}, where: $n < 3], " OWNS
     "}\n",
     REACH, "open? person"},
    {"a condition that needs its own answer", "- {field: who, when: [trip: {from: a}], " OWNS "}\n",
     REACH, "open? who?asked person"},
    {"options that its own answer negates",
     "- {field: who, options: [person: {id: $answer}, not: [owns: {person: $answer}]],\n"
     "   when: [boat: {id: a}], " OWNS "}\n",
     "", "open? who?asked person"},
    {"what is known by its own answer",
     "- {field: who, known: [owns: {person: $answer}], " OWNS "}\n", "", "open? person"},
    {"two questions that each negate the other's answer",
     "- {field: from, when: [not: [owns: {boat: a}]], " TRIP "}\n"
     "- {field: who, when: [not: [trip: {to: b}]], " OWNS "}\n",
     "", "open? person"},
    {"rows of the type that its own answer negates", "- {field: who, " OWNS "}\n",
     "- {id: a, when: [boat: {id: $b}, not: [owns: {boat: $b}]], then: [person: {id: new, name: "
     "New}]}\n",
     "open?"},
};

static void test_case(void **state)
{
  const open_case *const row = *state;
  pack_fixture fixture;
  dem_buffer profile;
  dem_buffer rules;
  dem_buffer found;
  dem_buffer_init(&profile, dem_allocator_default());
  dem_buffer_init(&rules, dem_allocator_default());
  dem_buffer_init(&found, dem_allocator_default());
  dem_buffer_add_format(&profile, "profile:\n%s%c", row->questions, '\0');
  dem_buffer_add_format(&rules, "cite: book\nrules:\n%s%c", row->rules, '\0');
  pack_fixture_read(&fixture,
                    (pack_fixture_file[]){{"kb/profile.yaml", profile.bytes},
                                          {"kb/facts.yaml", "cite: book\nfacts: {boat: [{id: a}]}"},
                                          {"rules/r.yaml", rules.bytes},
                                          {NULL, NULL}});
  const dem_model *const model = &fixture.model;
  assert_string_equal(pack_fixture_verdict(&fixture), "");
  const dem_rule *const rule = &model->rules[model->questions[model->question_count - 1].open_rule];
  for (uint32_t i = 0; i < rule->when.count; ++i) {
    const dem_condition *c = &rule->when.items[i];
    c = c->kind == DEM_CONDITION_NOT ? c->negated.items : c;
    dem_buffer_add_text(&found, i ? " " : "");
    dem_buffer_add(&found,
                   dem_symbols_text(model->symbols, model->relations[c->pattern.relation].name));
  }
  dem_buffer_add_char(&found, '\0');
  assert_string_equal(found.bytes, row->expected);

  // And the pack has strata.
  const dem_limits limits = dem_limits_default();
  dem_program *program = NULL;
  assert_int_equal(dem_program_new(dem_allocator_default(), model, model->date, &limits,
                                   &fixture.diagnostics, &program),
                   DEM_OK);
  dem_program_free(program);
  dem_buffer_clear(&found);
  dem_buffer_clear(&rules);
  dem_buffer_clear(&profile);
  pack_fixture_clear(&fixture);
}

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(cases)] = {{0}};
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_case, .initial_state = &cases[i]};
  }
  return cmocka_run_group_tests_name("lang/open_rule", tests, NULL, NULL);
}
