// SPDX-License-Identifier: Apache-2.0

// What becomes of answers: which are taken, which are refused and what is left of a question then,
// and the facts that they give; whether they come from a profile or one call at a time.

#include "advise/answers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "api/handles.h"
#include "base/try.h"
#include "demarche/demarche.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static const char pack_yaml[] = "name: pets\nversion: 1.0.0\ndate: 2025-01-01\n";
static const char sources_yaml[] = "sources: {made: {title: Made up}}\n";
static const char schema_yaml[] =
    "relations:\n"
    "  pet: {key: id, label: name, fields: {id: symbol, name: text, size: integer}}\n"
    "  has: {fields: {pet: pet}}\n"
    "  likes: {fields: {pet: pet, how: symbol}}\n"
    "  in: {fields: {season: [spring, summer]}}\n"
    "  stays: {fields: {days: integer}}\n"
    "  says: {fields: {text: text}}\n";
static const char facts_yaml[] = "cite: [made]\n"
                                 "facts:\n"
                                 "  pet:\n"
                                 "    - {id: cat, name: House cat, size: 1}\n"
                                 "    - {id: dog, name: Dog, size: 2}\n"
                                 "    - {id: ox, name: Ox, size: 9}\n"
                                 "    - {id: t1, name: Tom, size: 1}\n"
                                 "    - {id: t2, name: Tom, size: 1}\n"
                                 "  has: [{pet: ox}]\n";
static const char profile_yaml[] =
    "profile:\n"
    "  - {field: pets, ask: Which have you?, type: pet, many: true, gives: {has: {pet: $answer}}}\n"
    "  - {field: friend, ask: Which is your friend?, type: pet,\n"
    "     options: [{pet: {id: $answer, size: {le: 2}}}],\n"
    "     gives: {likes: {pet: $answer, how: much}}}\n"
    "  - {field: season, ask: Which season is it?, type: [spring, summer], required: true,\n"
    "     gives: {in: {season: $answer}}}\n"
    "  - {field: days, ask: How long?, type: integer, gives: {stays: {days: $answer}}}\n"
    "  - {field: words, ask: What else?, type: text, many: true, gives: {says: {text: $answer}}}\n";

static dem_pack *pack;
static dem_session *session;

static int open_pack(void **state)
{
  (void)state;
  const dem_memory_file files[] = {
      {"kb/pack.yaml", pack_yaml, sizeof pack_yaml - 1},
      {"kb/sources.yaml", sources_yaml, sizeof sources_yaml - 1},
      {"kb/schema.yaml", schema_yaml, sizeof schema_yaml - 1},
      {"kb/facts.yaml", facts_yaml, sizeof facts_yaml - 1},
      {"kb/profile.yaml", profile_yaml, sizeof profile_yaml - 1},
  };
  if (dem_pack_open_files(files, ARRAY_LENGTH(files), NULL, &pack) != DEM_OK) {
    return -1;
  }
  return dem_session_new(pack, &session) == DEM_OK ? 0 : -1;
}

static int close_pack(void **state)
{
  (void)state;
  dem_session_free(session);
  dem_pack_free(pack);
  return 0;
}

// What was taken ----------------------------------------------------------------------------

/// "pets: cat dog, friend?": the questions that are not left out; "?" behind what is not known.
static void describe_answers(dem_buffer *out)
{
  const char *before = "";
  for (uint32_t q = 0; q < dem_pack_question_count(pack); ++q) {
    const dem_answer_state answered = dem_session_answer_state(session, q);
    if (answered != DEM_ANSWER_MISSING) {
      dem_buffer_add_format(out, "%s%s%s", before, dem_pack_question(pack, q).field,
                            answered == DEM_ANSWER_UNKNOWN ? "?" : ":");
      before = ", ";
    }
    for (uint32_t i = 0; i < dem_session_answer_count(session, q); ++i) {
      dem_buffer_add_format(out, " %s", dem_session_answer_value(session, q, i));
    }
  }
  dem_buffer_add_char(out, '\0');
}

/// "has(cat) likes(dog much)": the session's facts, by relation.
static void describe_facts(dem_buffer *out)
{
  static const char *const relations[] = {"has", "likes", "in", "stays", "says"};
  for (size_t i = 0; i < ARRAY_LENGTH(relations); ++i) {
    const uint32_t relation = dem_pack_find_relation(pack, relations[i]);
    const uint32_t fields = dem_pack_relation(pack, relation).field_count;
    for (uint32_t f = dem_session_own_facts(session, relation);
         f < dem_session_fact_count(session, relation); ++f) {
      dem_buffer_add_format(out, "%s%s(", out->size ? " " : "", relations[i]);
      for (uint32_t field = 0; field < fields; ++field) {
        const dem_fact_handle fact = dem_session_fact(session, relation, f);
        dem_buffer_add_text(out, field ? " " : "");
        dem_buffer_add_text(out, dem_session_fact_text(session, fact, field));
      }
      dem_buffer_add_char(out, ')');
    }
  }
  dem_buffer_add_char(out, '\0');
}

static void describe_report(dem_buffer *out)
{
  const dem_vector *const items = &session->report.diagnostics.items;
  for (size_t i = 0; i < items->count; ++i) {
    const dem_diagnostic *const d = &DEM_VECTOR_AT(items, dem_diagnostic, i);
    dem_buffer_add_format(out, "%s%s", i ? " " : "", dem_diagnostic_code_slug(d->code));
  }
  dem_buffer_add_char(out, '\0');
}

static void check(void (*describe)(dem_buffer *out), const char *expected)
{
  dem_buffer found;
  dem_buffer_init(&found, dem_allocator_default());
  describe(&found);
  assert_string_equal(found.bytes, expected);
  dem_buffer_clear(&found);
}

// One call at a time ------------------------------------------------------------------------

typedef struct call {
  const char *field;
  const char *texts[4]; ///< Up to the first NULL: none says "none".
} call;

typedef struct call_case {
  const char *name;
  call calls[3]; ///< Up to the first without a field.
  const char *answers;
  const char *facts;
  const char *report; ///< Codes; none: each call is well.
} call_case;

static call_case call_cases[] = {
    // Not const: cmocka hands a case on as void *.
    {"one answer", {{"days", {"3"}}}, "days: 3", "stays(3)", ""},
    {"a label stands for its key", {{"pets", {"house CAT"}}}, "pets: cat", "has(cat)", ""},
    {"several answers stay in their order",
     {{"pets", {"dog", "cat"}}},
     "pets: dog cat",
     "has(dog) has(cat)",
     ""},
    {"the same answer twice is one",
     {{"pets", {"dog", "cat", "dog"}}},
     "pets: dog cat",
     "has(dog) has(cat)",
     ""},
    {"a key and its label are the same answer",
     {{"pets", {"dog", "Dog", "cat"}}},
     "pets: dog cat",
     "has(dog) has(cat)",
     ""},
    {"none of them", {{"pets", {NULL}}}, "pets:", "", ""},
    {"none of one", {{"days", {NULL}}}, "days:", "", ""},
    {"a wrong text among right ones is left out",
     {{"pets", {"dog", "dragon", "cat"}}},
     "pets: dog cat",
     "has(dog) has(cat)",
     "wrong-answer"},
    {"a wrong text last", {{"pets", {"dog", "dragon"}}}, "pets: dog", "has(dog)", "wrong-answer"},
    {"every wrong text is told",
     {{"pets", {"dragon", "dog", "wyvern"}}},
     "pets: dog",
     "has(dog)",
     "wrong-answer wrong-answer"},
    {"a name of two", {{"pets", {"Tom", "t2"}}}, "pets: t2", "has(t2)", "ambiguous-answer"},
    {"a fact that the kb has is not given again",
     {{"pets", {"ox", "cat"}}},
     "pets: ox cat",
     "has(cat)",
     ""},
    {"answered twice, the last counts",
     {{"pets", {"dog", "cat"}}, {"pets", {"t1"}}},
     "pets: t1",
     "has(t1)",
     ""},
    {"answered with none afterwards", {{"pets", {"dog"}}, {"pets", {NULL}}}, "pets:", "", ""},
    {"answers of several questions are kept apart",
     {{"pets", {"dog", "cat"}}, {"words", {"a", "b", "a"}}, {"pets", {"cat", "t1", "t2"}}},
     "pets: cat t1 t2, words: a b",
     "has(cat) has(t1) has(t2) says(a) says(b)",
     ""},
    {"an answer that is not offered leaves its question open",
     {{"friend", {"ox"}}},
     "",
     "",
     "wrong-answer"},
    {"an answer that is offered gives all of its fact",
     {{"friend", {"dog"}}},
     "friend: dog",
     "likes(dog much)",
     ""},
    {"no number", {{"days", {"three"}}}, "", "", "wrong-answer"},
    {"several answers where one is taken",
     {{"days", {"3"}}, {"days", {"4", "5"}}},
     "days: 3",
     "stays(3)",
     "wrong-shape"},
    {"a text may be empty or be anything",
     {{"words", {"", "unknown", "[]"}}},
     "words:  unknown []",
     "says() says(unknown) says([])",
     ""},
};

static dem_status answer(const call *c)
{
  size_t count = 0;
  while (count < ARRAY_LENGTH(c->texts) && c->texts[count]) {
    ++count;
  }
  return dem_session_answer(session, dem_pack_find_question(pack, c->field), c->texts, count);
}

static void test_calls(void **state)
{
  const call_case *const c = *state;
  dem_status status = DEM_OK;
  dem_session_reset(session);
  for (size_t i = 0; i < ARRAY_LENGTH(c->calls) && c->calls[i].field; ++i) {
    const dem_status one = answer(&c->calls[i]);
    status = status == DEM_OK ? one : status;
  }
  assert_int_equal(status, *c->report ? DEM_ERR_INVALID : DEM_OK);
  check(describe_report, c->report);
  check(describe_answers, c->answers);
  assert_int_equal(dem_answers_give(&session->answers, session->facts), DEM_ERR_INVALID);
  check(describe_facts, c->facts); // The season, which is required, gives none.
}

// A profile ---------------------------------------------------------------------------------

typedef struct profile_case {
  const char *name;
  const char *profile;
  const char *answers;
  const char *facts;
  const char *report;
} profile_case;

static profile_case profile_cases[] = {
    {"all of it", "{pets: [Dog, cat], friend: t1, season: summer, days: 3, words: [a, b]}",
     "pets: dog cat, friend: t1, season: summer, days: 3, words: a b",
     "has(dog) has(cat) likes(t1 much) in(summer) stays(3) says(a) says(b)", ""},
    {"a single answer to a question of several", "{season: spring, pets: dog}",
     "pets: dog, season: spring", "has(dog) in(spring)", ""},
    {"the same answer twice", "{season: spring, pets: [dog, cat, Dog]}",
     "pets: dog cat, season: spring", "has(dog) has(cat) in(spring)", ""},
    {"none, and one in a list", "{season: [spring], pets: []}", "pets:, season: spring",
     "in(spring)", ""},
    {"what is not known", "{season: spring, pets: unknown, days: unknown}",
     "pets?, season: spring, days?", "in(spring)", ""},
    {"the word for it in quotes is a text", "{season: spring, words: 'unknown', days: 'unknown'}",
     "season: spring, days?, words: unknown", "in(spring) says(unknown)", ""},
    {"nothing is as if it were left out", "{season: spring, pets: null, days: ~, words: }",
     "season: spring", "in(spring)", ""},
    {"a wrong answer leaves its question open", "{season: spring, friend: dragon, days: three}",
     "season: spring", "in(spring)", "wrong-answer wrong-answer"},
    {"a wrong answer in a list is left out", "{season: spring, pets: [dragon, dog, [cat]]}",
     "pets: dog, season: spring", "has(dog) in(spring)", "wrong-answer wrong-shape"},
    {"a list where one is taken", "{season: spring, days: [3, 4]}", "season: spring", "in(spring)",
     "wrong-shape"},
    {"a mapping where a text is taken", "{season: spring, days: {a: b}}", "season: spring",
     "in(spring)", "wrong-shape"},
    {"a question that there is not, and the profile's own name",
     "{season: spring, id: me, dais: 3}", "season: spring", "in(spring)", "unknown-question"},
    {"what is required is not known", "{season: unknown}", "season?", "", "missing-answer"},
    {"what is required is none of them", "{season: []}", "season:", "", "missing-answer"},
    {"what is required is left out", "{days: 2}", "days: 2", "stays(2)", "missing-answer"},
    {"no mapping", "[season, spring]", "", "", "wrong-shape missing-answer"},
    {"a file of another kind", "{facts: {}, dais: 3}", "", "", "wrong-shape missing-answer"},
};

static void test_profile(void **state)
{
  const profile_case *const c = *state;
  dem_profiles *profiles = NULL;
  assert_int_equal(dem_profiles_read("test", c->profile, strlen(c->profile), DEM_PROFILE_YAML, NULL,
                                     NULL, &profiles),
                   DEM_OK);
  dem_session_reset(session);
  const dem_status taken = dem_session_set_profile(session, profiles, 0);
  const dem_status given = dem_answers_give(&session->answers, session->facts);
  assert_int_equal(dem_status_worse(taken, given), *c->report ? DEM_ERR_INVALID : DEM_OK);
  check(describe_report, c->report);
  check(describe_answers, c->answers);
  check(describe_facts, c->facts);
  dem_profiles_free(profiles);
}

static void answers_are_forgotten_by_a_reset(void **state)
{
  (void)state;
  assert_int_equal(answer(&(call){"pets", {"dog", "cat"}}), DEM_OK);
  assert_int_equal(dem_session_leave_open(session, dem_pack_find_question(pack, "days")), DEM_OK);
  dem_session_reset(session);
  check(describe_answers, "");
  (void)dem_answers_give(&session->answers, session->facts);
  check(describe_facts, "");
}

#define ADD_CASES(cases, function)                                                                 \
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {                                               \
    tests[count++] = (struct CMUnitTest){                                                          \
        .name = (cases)[i].name, .test_func = (function), .initial_state = &(cases)[i]};           \
  }

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(call_cases) + ARRAY_LENGTH(profile_cases) + 1] = {{0}};
  size_t count = 0;
  ADD_CASES(call_cases, test_calls)
  ADD_CASES(profile_cases, test_profile)
  tests[count++] = (struct CMUnitTest)cmocka_unit_test(answers_are_forgotten_by_a_reset);
  return cmocka_run_group_tests_name("advise/answers", tests, open_pack, close_pack);
}
