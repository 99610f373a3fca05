// SPDX-License-Identifier: Apache-2.0

// Out of memory: everything that a program does with a pack, with the first allocation failing,
// then the second, and so on until none fails. Either the failure is told, or it made no difference
// to a single byte that is written (but that an error may do without its help: the nearest word,
// the exact place in a text); and all memory comes back.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "demarche/demarche.h"
#include "support/strict_memory.h"

#define PACK DEMARCHE_SOURCE_DIR "/examples/garden"
#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

// The scenario ------------------------------------------------------------------------

typedef struct scenario {
  const char *name;
  const char *profile;
  dem_status wanted; ///< Of taking the profile and running it, when nothing fails.
} scenario;

static scenario scenarios[] = {
    // Not const: cmocka hands a case on as void *.
    {"an answered profile", "soil: Chalk\nunwanted: [walnut, Mint]\n", DEM_OK},
    {"an open question", "{\"soil\": \"chalk\"}", DEM_OK},
    {"a profile without its required answer", "unwanted: []\n", DEM_ERR_INVALID},
    {"wrong answers", "soil: clalk\nunwanted: [wallnut]\nsoul: a\n", DEM_ERR_INVALID},
    {"a profile that is not YAML", "soil: [", DEM_ERR_INVALID},
    {"a table", "soil,unwanted\nchalk,walnut;mint\n", DEM_OK},
};

/// All that is written, as a number. Source: Fowler, Noll and Vo's hash, FNV-1a.
static dem_status note(void *context, const char *bytes, size_t size)
{
  uint64_t *const hash = context;
  for (size_t i = 0; i < size; ++i) {
    *hash = (*hash ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
  }
  return DEM_OK;
}

static dem_status render_advice(const dem_advice *advice, uint64_t *hash)
{
  static const dem_advice_format formats[] = {DEM_ADVICE_TEXT, DEM_ADVICE_MARKDOWN, DEM_ADVICE_JSON,
                                              DEM_ADVICE_HTML, DEM_ADVICE_CSV};
  for (size_t i = 0; i < ARRAY_LENGTH(formats); ++i) {
    const dem_render_options options = {.format = formats[i], .width = 60};
    const dem_status status = dem_advice_render(advice, &options, note, hash);
    if (status != DEM_OK) {
      return status;
    }
  }
  return DEM_OK;
}

static dem_status ask(dem_session *session, const dem_pack *pack)
{
  const dem_questions *questions = NULL;
  dem_status status = dem_questions_new(session, &questions);
  dem_questions_free(questions);
  for (uint32_t i = 0; i < dem_pack_question_count(pack) && status == DEM_OK; ++i) {
    dem_choices *choices = NULL;
    status = dem_choices_new(session, i, &choices);
    dem_choices_free(choices);
  }
  return status;
}

static dem_status explain(dem_session *session, uint64_t *hash)
{
  const dem_why *why = NULL;
  dem_status status = dem_why_new(session, "Thyme", &why);
  if (status == DEM_OK) {
    status = dem_why_render(why, NULL, note, hash);
  }
  dem_why_free(why);
  return status;
}

static dem_status show(dem_session *session, const dem_pack *pack, uint64_t *hash)
{
  size_t unknown = 0;
  const dem_advice *advice = NULL;
  const dem_facts_options facts = {.format = DEM_FACTS_JSON_LINES};
  dem_status status = dem_advice_new(session, &advice);
  status = status == DEM_OK ? render_advice(advice, hash) : status;
  dem_advice_free(advice);
  status = status == DEM_OK ? ask(session, pack) : status;
  status = status == DEM_OK ? explain(session, hash) : status;
  status = status == DEM_OK
               ? dem_session_render_facts(session, NULL, 0, &facts, note, hash, &unknown)
               : status;
  return status == DEM_OK ? dem_pack_list_plan(pack, note, hash) : status;
}

static dem_status take_profile(const dem_pack *pack, const dem_profiles *profiles, uint64_t *hash)
{
  dem_session *session = NULL;
  dem_status status = dem_session_new(pack, &session);
  for (int round = 0; round < 2 && status == DEM_OK; ++round) { // The second one is warm.
    dem_session_reset(session);
    status = dem_session_set_profile(session, profiles, 0);
    status = status == DEM_OK ? dem_session_run(session, NULL) : status;
    status = status == DEM_OK ? show(session, pack, hash) : status;
  }
  if (status == DEM_ERR_INVALID &&
      dem_report_render(dem_session_report(session), false, note, hash) != DEM_OK) {
    status = DEM_ERR_NO_MEMORY;
  }
  dem_session_free(session);
  return status;
}

static dem_status play(const scenario *s, const dem_allocator *allocator, uint64_t *hash)
{
  const dem_pack_options options = {.allocator = allocator};
  dem_pack *pack = NULL;
  dem_profiles *profiles = NULL;
  dem_status status = dem_pack_open(PACK, &options, &pack);
  if (status == DEM_OK) {
    status = dem_profiles_read("profile", s->profile, strlen(s->profile), DEM_PROFILE_AUTO,
                               allocator, NULL, &profiles);
  }
  if (status == DEM_OK) {
    status = take_profile(pack, profiles, hash);
  }
  dem_profiles_free(profiles);
  dem_pack_free(pack);
  return status;
}

static void fail_one_after_the_other(const scenario *s, bool fails_on)
{
  strict_memory whole = STRICT_MEMORY;
  dem_allocator allocator = strict_allocator(&whole);
  uint64_t wanted_hash = 0;
  assert_int_equal(play(s, &allocator, &wanted_hash), s->wanted);
  assert_int_equal(whole.bytes, 0);
  for (size_t n = 0; n < whole.count; ++n) {
    strict_memory memory = {.failing_at = n, .fails_on = fails_on};
    allocator = strict_allocator(&memory);
    uint64_t hash = 0;
    const dem_status status = play(s, &allocator, &hash);
    assert_int_equal(memory.bytes, 0);
    const bool is_told = status == DEM_ERR_NO_MEMORY;
    const bool is_same = status == s->wanted && (hash == wanted_hash || status == DEM_ERR_INVALID);
    if (!is_told && !is_same) {
      fail_msg("allocation %zu of %zu failed, and the status is %d", n, whole.count, (int)status);
    }
  }
}

static void test_failing_once(void **state)
{
  fail_one_after_the_other(*state, false);
}

static void test_failing_for_good(void **state)
{
  fail_one_after_the_other(*state, true);
}

int main(void)
{
  struct CMUnitTest tests[2 * ARRAY_LENGTH(scenarios)] = {{0}};
  for (size_t i = 0; i < ARRAY_LENGTH(scenarios); ++i) {
    tests[2 * i] = (struct CMUnitTest){
        .name = scenarios[i].name, .test_func = test_failing_once, .initial_state = &scenarios[i]};
    tests[2 * i + 1] = (struct CMUnitTest){.name = scenarios[i].name,
                                           .test_func = test_failing_for_good,
                                           .initial_state = &scenarios[i]};
  }
  return cmocka_run_group_tests_name("api/memory", tests, NULL, NULL);
}
