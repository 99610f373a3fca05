// SPDX-License-Identifier: Apache-2.0

// Which questions matter, in which order, and what hangs on them.

#include "demarche/questions.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "demarche/advice.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof(array)[0])

typedef struct questions_case {
  const char *name;
  const char *profile;
  const char *expected; ///< The fields in order, each with its number of stakes; "!" before what is
                        ///< required, "?" before what was deferred. Then certain and possible
                        ///< partners.
} questions_case;

static questions_case cases[] = {
    {"what is required comes alone", "gear: [boots]", "!place:0; 0+0"},
    {"the question with most partners first, then with most of all advice", "place: MA",
     "gear:4 season:1 days:1 price:1 guide:1 start:1 remarks:1; 1+4"},
    {"an answer ends what hung on it", "{place: MA, gear: []}", "season:1 price:1 remarks:1; 1+1"},
    {"a condition that fails makes the others needless", "{place: MA, gear: [], season: winter}",
     "remarks:1; 1+0"},
    {"a number that is too small makes the others needless",
     "{place: MA, gear: [tent], days: 6, remarks: []}", "season:1 price:1; 1+1"},
    {"one way to it is as good as another: a guide or skis", "{place: MA, gear: [rope, skis]}",
     "season:1 price:1 remarks:1; 2+1"},
    {"advice on advice: only on the ridge does the day matter",
     "{place: MA, gear: [boots], season: winter, remarks: []}", "start:1; 2+0"},
    {"what nobody knows is not asked again", "{place: MA, gear: unknown, season: winter}",
     "days:1 guide:1 start:1 remarks:1 ?gear:4; 1+3"},
    {"nothing is left", "{place: MA, gear: [], season: winter, remarks: []}", "; 1+0"},
    {"nothing is open",
     "{place: MA, gear: [], season: winter, remarks: [], days: 1, price: 1, start: 2025-06-01, "
     "guide: no}",
     "; 1+0"},
};

static dem_pack *pack;
static dem_session *session;

static int open_pack(void **state)
{
  (void)state;
  if (dem_pack_open(DEMARCHE_SOURCE_DIR "/tests/packs/asking", NULL, &pack) != DEM_OK) {
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

static dem_profiles *take(const char *profile, dem_status expected)
{
  const dem_profile_format format = DEM_PROFILE_YAML;
  dem_profiles *profiles = NULL;
  assert_int_equal(
      dem_profiles_read("test", profile, strlen(profile), format, NULL, NULL, &profiles), DEM_OK);
  dem_session_reset(session);
  assert_int_equal(dem_session_set_profile(session, profiles, 0), DEM_OK);
  assert_int_equal(dem_session_run(session, NULL), expected);
  return profiles;
}

static void describe(const dem_questions *q, char *out, size_t size)
{
  size_t at = 0;
  out[0] = '\0';
  for (size_t i = 0; i < q->count; ++i) {
    const dem_open_question *const item = &q->items[i];
    at += (size_t)snprintf(out + at, size - at, "%s%s%s%s:%zu", i ? " " : "",
                           item->is_required ? "!" : "", item->is_deferred ? "?" : "",
                           dem_pack_question(pack, item->question).field, item->stake_count);
  }
  (void)snprintf(out + at, size - at, "; %zu+%zu", q->certain_count, q->possible_count);
}

static void test_case(void **state)
{
  const questions_case *const c = *state;
  const bool is_short = strstr(c->expected, "!") != NULL;
  dem_profiles *const profiles = take(c->profile, is_short ? DEM_ERR_INVALID : DEM_OK);
  const dem_questions *questions = NULL;
  char found[512];
  assert_int_equal(dem_questions_new(session, &questions), DEM_OK);
  describe(questions, found, sizeof found);
  assert_string_equal(found, c->expected);
  dem_questions_free(questions);
  dem_profiles_free(profiles);
}

static void stakes_name_partner_and_rule(void **state)
{
  (void)state;
  dem_profiles *const profiles = take("{place: MA, gear: [], remarks: []}", DEM_OK);
  const dem_questions *questions = NULL;
  assert_int_equal(dem_questions_new(session, &questions), DEM_OK);
  assert_int_equal(questions->count, 2);
  const dem_open_question *const season = &questions->items[0];
  assert_int_equal(season->stake_count, 1);
  assert_false(season->takes_any);
  assert_true(questions->items[1].takes_any);
  assert_string_equal(season->stakes[0].what, "recommendation");
  assert_string_equal(season->stakes[0].label, "From village to village");
  assert_string_equal(season->stakes[0].rule, "walks/village");
  dem_questions_free(questions);
  dem_profiles_free(profiles);
}

static void a_possible_partner_says_what_it_hangs_on(void **state)
{
  (void)state;
  dem_profiles *const profiles = take("{place: MA, gear: [rope], remarks: []}", DEM_OK);
  const dem_advice *advice = NULL;
  assert_int_equal(dem_advice_new(session, &advice), DEM_OK);
  assert_int_equal(advice->partner_count, 3);
  assert_true(advice->partners[0].is_certain);
  const dem_advice_partner *const glacier = &advice->partners[1];
  assert_string_equal(glacier->id, "glacier");
  assert_false(glacier->is_certain);
  const dem_advice_reason *const reason = &glacier->purposes[0].reasons[0];
  assert_int_equal(reason->hinge_count, 1);
  assert_string_equal(reason->hinges[0].field, "guide");
  assert_string_equal(reason->hinges[0].value, "true");
  const dem_advice_reason *const village = &advice->partners[2].purposes[0].reasons[0];
  assert_int_equal(village->hinge_count, 2);
  assert_string_equal(village->hinges[0].field, "season");
  assert_string_equal(village->hinges[0].value, "summer");
  assert_string_equal(village->hinges[1].field, "price");
  assert_string_equal(village->hinges[1].value, ""); // Any number may do.
  dem_advice_free(advice);
  dem_profiles_free(profiles);
}

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(cases) + 2] = {{0}};
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_case, .initial_state = &cases[i]};
  }
  tests[ARRAY_LENGTH(cases)] = (struct CMUnitTest)cmocka_unit_test(stakes_name_partner_and_rule);
  tests[ARRAY_LENGTH(cases) + 1] =
      (struct CMUnitTest)cmocka_unit_test(a_possible_partner_says_what_it_hangs_on);
  return cmocka_run_group_tests_name("advise/questions", tests, open_pack, close_pack);
}
