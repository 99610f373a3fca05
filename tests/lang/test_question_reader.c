// SPDX-License-Identifier: Apache-2.0

// The profile: its questions, the hidden relations and rules behind them.
//
// A row's text follows "profile:" and begins in line 2.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lang/pack_fixture.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

typedef struct question_case {
  const char *name;
  const char *profile;
  const char *expected;
} question_case;

#define GIVES "gives: {owns: {person: $answer, boat: a}}"

static question_case cases[] = {
    // Not const: cmocka hands a case on as void *.
    {"a question", "- {field: who, ask: 'Who?', type: person, required: yes, " GIVES "}\n", ""},
    {"all of a question",
     "- {field: who, ask: 'Who?', help: h, type: person, many: true, fixed: true, rank: 2,\n"
     "   options: [{person: {id: $answer}}], known: [{owns: {person: $answer}}],\n"
     "   when: [{boat: {id: a}}], " GIVES "}\n",
     ""},
    {"a question that asks for references",
     "- {field: who, type: person, wants_references: true, " GIVES "}\n", ""},
    {"answers of an enumeration",
     "- {field: kind, type: [sail, motor], gives: {trip: {from: $answer, to: x}}}\n", ""},
    {"a condition about nobody",
     "- {field: who, type: person, when: [{owns: {boat: q}}], " GIVES "}\n",
     "kb/profile.yaml:2:51 dangling-reference"},
    {"no name", "- {type: person, " GIVES "}\n", "kb/profile.yaml:2:3 missing-key"},
    {"no type", "- {field: who, " GIVES "}\n", "kb/profile.yaml:2:3 missing-key"},
    {"nothing given", "- {field: who, type: person}\n", "kb/profile.yaml:2:3 missing-key"},
    {"a field twice",
     "- {field: a, type: person, " GIVES "}\n- {field: a, type: person, " GIVES "}\n",
     "kb/profile.yaml:3:11 duplicate-id"},
    {"an unknown type", "- {field: a, type: persn, " GIVES "}\n",
     "kb/profile.yaml:2:20 unknown-type"},
    {"a type without a key", "- {field: a, type: owns, " GIVES "}\n",
     "kb/profile.yaml:2:20 unknown-type"},
    {"an unknown key", "- {field: a, type: person, asks: b, " GIVES "}\n",
     "kb/profile.yaml:2:28 unknown-key"},
    {"flags that are none",
     "- {field: a, type: person, many: 2, fixed: x, rank: first, " GIVES "}\n",
     "kb/profile.yaml:2:34 wrong-type, kb/profile.yaml:2:44 wrong-type, kb/profile.yaml:2:53 "
     "wrong-type"},
    {"an unknown relation given", "- {field: a, type: person, gives: {own: {person: $answer}}}\n",
     "kb/profile.yaml:2:36 unknown-relation"},
    {"a question as text", "- country\n", "kb/profile.yaml:2:3 wrong-shape"},
    {"a mapping of questions", "  who: {type: person}\n", "kb/profile.yaml:1:1 missing-key"},
};

static const char facts[] = "cite: book\nfacts:\n  boat: [{id: a}]\n";

static void test_case(void **state)
{
  const question_case *const row = *state;
  pack_fixture fixture;
  dem_buffer profile;
  dem_buffer_init(&profile, dem_allocator_default());
  dem_buffer_add_format(&profile, "profile:\n%s%c", row->profile, '\0');
  pack_fixture_read(&fixture, (pack_fixture_file[]){{"kb/profile.yaml", profile.bytes},
                                                    {"kb/facts.yaml", facts},
                                                    {NULL, NULL}});
  assert_string_equal(pack_fixture_verdict(&fixture), row->expected);
  dem_buffer_clear(&profile);
  pack_fixture_clear(&fixture);
}

// What stands behind a question, with the rules sorted around its own.
static void test_behind(void **state)
{
  (void)state;
  pack_fixture fixture;
  pack_fixture_read(
      &fixture,
      (pack_fixture_file[]){
          {"kb/profile.yaml",
           "profile:\n"
           "- {field: plain, type: person, " GIVES "}\n"
           "- {field: who, ask: 'Who?', type: person, options: [{person: {id: $answer}}],\n"
           "   known: [{owns: {person: $answer}}], when: [{boat: {id: a}}], " GIVES "}\n"},
          {"kb/facts.yaml", facts},
          {"rules/r.yaml", "cite: book\nrules:\n"
                           "- {id: z, when: [], then: [trip: {from: a, to: b}]}\n"
                           "- {id: a, when: [], then: [trip: {from: b, to: c}]}\n"},
          {NULL, NULL}});
  const dem_model *const model = &fixture.model;
  assert_string_equal(pack_fixture_verdict(&fixture), "");
  assert_int_equal(model->question_count, 2);
  const dem_question *const plain = &model->questions[0];
  const dem_question *const who = &model->questions[1];
  assert_true(dem_slice_is(plain->ask, "plain"));
  assert_int_equal(plain->options, DEM_NONE);
  assert_int_equal(plain->asked, DEM_NONE);
  assert_int_equal(plain->known_rule, DEM_NONE);
  assert_int_equal(plain->rank, 0);
  assert_int_equal(who->rank, 0);
  assert_int_equal(who->gives_count, 1);
  assert_true(model->relations[who->options].is_hidden);
  assert_true(model->relations[who->asked].is_hidden);
  assert_true(model->relations[model->answered].is_hidden);
  assert_true(model->relations[dem_model_find_relation(model, DEM_SLICE("owns"))].is_answered);
  assert_false(model->relations[dem_model_find_relation(model, DEM_SLICE("boat"))].is_answered);
  const dem_rule *const known = &model->rules[who->known_rule];
  assert_true(known->is_hidden);
  assert_true(dem_slice_is(dem_symbols_text(model->symbols, known->id), "profile/who/known"));
  const dem_rule *const open = &model->rules[who->open_rule];
  assert_true(dem_slice_is(dem_symbols_text(model->symbols, open->id), "profile/who/open"));
  assert_true(dem_slice_is(dem_symbols_text(model->symbols, model->rules[0].id), "a"));
  assert_true(dem_slice_is(dem_symbols_text(model->symbols, model->rules[6].id), "z"));
  assert_int_equal(model->rule_count, 7);
  pack_fixture_clear(&fixture);
}

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(cases) + 1] = {{0}};
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_case, .initial_state = &cases[i]};
  }
  tests[ARRAY_LENGTH(cases)] =
      (struct CMUnitTest){.name = "behind a question", .test_func = test_behind};
  return cmocka_run_group_tests_name("lang/question_reader", tests, NULL, NULL);
}
