// SPDX-License-Identifier: Apache-2.0

// The bound on memory: the least with which something still works is found; one byte less is a
// limit that is told. And wherever a run stops, what it derived can be read, each fact with its
// reason, and the session can be used again.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "demarche/demarche.h"

#define GARDEN DEMARCHE_SOURCE_DIR "/examples/garden"
#define ENDLESS DEMARCHE_SOURCE_DIR "/tests/packs/endless"
#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

enum { ENOUGH = 64 * 1024 * 1024 };

/// Does something with a bound and returns its status. After DEM_ERR_LIMIT the report has been
/// checked.
typedef dem_status (*bounded)(const void *context, uint64_t most);

static void check_report(const dem_report *report, uint64_t most)
{
  char wanted[96];
  (void)snprintf(wanted, sizeof wanted, "more than %llu bytes of memory (the limit max_memory)",
                 (unsigned long long)most);
  assert_true(dem_report_count(report) > 0);
  bool is_told = false;
  for (size_t i = 0; i < dem_report_count(report); ++i) {
    is_told = is_told || strcmp(dem_report_at(report, i).message, wanted) == 0;
  }
  assert_true(is_told);
}

/// The least bound with which it works.
static uint64_t find_least(bounded act, const void *context)
{
  uint64_t too_little = 1;
  uint64_t enough = ENOUGH;
  assert_int_equal(act(context, too_little), DEM_ERR_LIMIT);
  assert_int_equal(act(context, enough), DEM_OK);
  while (enough - too_little > 1) {
    const uint64_t middle = too_little + (enough - too_little) / 2;
    const dem_status status = act(context, middle);
    assert_true(status == DEM_OK || status == DEM_ERR_LIMIT);
    *(status == DEM_OK ? &enough : &too_little) = middle;
  }
  return enough;
}

static void check_bound(bounded act, const void *context)
{
  const uint64_t least = find_least(act, context);
  assert_int_equal(act(context, least), DEM_OK);
  assert_int_equal(act(context, least - 1), DEM_ERR_LIMIT);
  assert_int_equal(act(context, 0), DEM_OK); // No bound.
}

// Packs -------------------------------------------------------------------------------

static dem_status open_pack(const void *context, uint64_t most)
{
  dem_limits limits = dem_limits_default();
  limits.max_memory = most;
  dem_pack *pack = NULL;
  const dem_status status = dem_pack_open(context, &(dem_pack_options){.limits = &limits}, &pack);
  if (status == DEM_ERR_LIMIT) {
    check_report(dem_pack_report(pack), most);
  }
  dem_pack_free(pack);
  return status;
}

static void test_pack(void **state)
{
  (void)state;
  check_bound(open_pack, GARDEN);
}

// Profiles ----------------------------------------------------------------------------

static dem_status read_profiles(const void *context, uint64_t most)
{
  const char *const text = context;
  dem_limits limits = dem_limits_default();
  limits.max_memory = most;
  dem_profiles *profiles = NULL;
  const dem_status status =
      dem_profiles_read("profile", text, strlen(text), DEM_PROFILE_AUTO, NULL, &limits, &profiles);
  if (status == DEM_ERR_LIMIT) {
    check_report(dem_profiles_report(profiles), most);
  }
  dem_profiles_free(profiles);
  return status;
}

static void test_profiles(void **state)
{
  (void)state;
  check_bound(read_profiles, "soil: chalk\nunwanted: [walnut]\n");
  check_bound(read_profiles, "[{\"soil\": \"chalk\"}, {\"soil\": \"clay\"}]");
}

// Sessions ----------------------------------------------------------------------------

typedef struct setting {
  const char *pack_path;
  const char *profile;
  dem_pack *pack;
  dem_profiles *profiles;
} setting;

static void set_up(setting *s)
{
  assert_int_equal(dem_pack_open(s->pack_path, NULL, &s->pack), DEM_OK);
  assert_int_equal(dem_profiles_read("profile", s->profile, strlen(s->profile), DEM_PROFILE_AUTO,
                                     NULL, NULL, &s->profiles),
                   DEM_OK);
}

static void tear_down(setting *s)
{
  dem_profiles_free(s->profiles);
  dem_pack_free(s->pack);
}

static dem_status note(void *context, const char *bytes, size_t size)
{
  uint64_t *const hash = context;
  for (size_t i = 0; i < size; ++i) {
    *hash = (*hash ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
  }
  return DEM_OK;
}

/// Read all that there is: also after a limit.
static void read_facts(dem_session *session, const dem_pack *pack)
{
  for (uint32_t r = 0; r < dem_pack_relation_count(pack); ++r) {
    for (uint32_t i = 0; i < dem_session_fact_count(session, r); ++i) {
      const dem_fact_handle fact = dem_session_fact(session, r, i);
      for (uint32_t f = 0; f < dem_pack_relation(pack, r).field_count; ++f) {
        assert_non_null(dem_session_fact_text(session, fact, f));
      }
      const uint32_t rule = dem_session_fact_rule(session, fact);
      assert_true(rule == DEM_NO_INDEX || rule < dem_pack_rule_count(pack));
      for (uint32_t j = 0; j < dem_session_fact_support_count(session, fact); ++j) {
        const dem_fact_handle support = dem_session_fact_support(session, fact, j);
        assert_true(support.relation != r || support.row != fact.row);
      }
    }
  }
  uint64_t hash = 0;
  size_t unknown;
  const dem_facts_options options = {.format = DEM_FACTS_JSON_LINES};
  assert_int_equal(dem_session_render_facts(session, NULL, 0, &options, note, &hash, &unknown),
                   DEM_OK);
}

static dem_status advise(dem_session *session, const setting *s, uint64_t most, uint64_t *hash)
{
  dem_limits limits = dem_limits_default();
  limits.max_memory = most;
  const dem_advice *advice = NULL;
  dem_session_reset(session);
  dem_status status = dem_session_set_profile(session, s->profiles, 0);
  status = status == DEM_OK ? dem_session_run(session, &limits) : status;
  read_facts(session, s->pack);
  status = status == DEM_OK ? dem_session_advise(session, &advice) : status;
  if (status == DEM_OK) {
    const dem_render_options options = {.format = DEM_ADVICE_JSON};
    assert_int_equal(dem_advice_render(advice, &options, note, hash), DEM_OK);
  }
  assert_int_equal(dem_session_is_full(session), status == DEM_ERR_LIMIT);
  if (status == DEM_ERR_LIMIT) {
    check_report(dem_session_report(session), most);
  }
  return status;
}

static dem_status advise_freshly(const void *context, uint64_t most)
{
  const setting *const s = context;
  uint64_t hash = 0;
  dem_session *session = NULL;
  assert_int_equal(dem_session_new(s->pack, &session), DEM_OK);
  const dem_status status = advise(session, s, most, &hash);
  dem_session_free(session);
  return status;
}

static setting settings[] = {
    // Not const: cmocka hands a case on as void *.
    {.pack_path = GARDEN, .profile = "soil: Chalk\nunwanted: [walnut, Mint]\n"},
    {.pack_path = GARDEN, .profile = "{\"soil\": \"chalk\"}"}, // With an open question.
};

static void test_session(void **state)
{
  setting *const s = *state;
  set_up(s);
  check_bound(advise_freshly, s);
  tear_down(s);
}

/// One session, stopped ever later: each time it starts from what the time before left behind.
static void test_used_again(void **state)
{
  setting *const s = *state;
  set_up(s);
  uint64_t wanted = 0;
  dem_session *session = NULL;
  assert_int_equal(dem_session_new(s->pack, &session), DEM_OK);
  assert_int_equal(advise(session, s, 0, &wanted), DEM_OK);
  dem_session_free(session);
  assert_int_equal(dem_session_new(s->pack, &session), DEM_OK);
  size_t stopped = 0;
  uint64_t hash = 0;
  for (uint64_t most = 1; advise(session, s, most, &hash) == DEM_ERR_LIMIT; most += 512) {
    ++stopped;
  }
  assert_true(stopped > 10);
  assert_true(hash == wanted);
  dem_session_free(session);
  tear_down(s);
}

/// What would never end: the run stops wherever its memory does.
static void test_endless(void **state)
{
  (void)state;
  setting s = {.pack_path = ENDLESS, .profile = "start: 0\nsaid: []\n"};
  set_up(&s);
  const uint32_t number = dem_pack_find_relation(s.pack, "number");
  uint32_t most_facts = 0;
  for (uint64_t most = 40000; most < 4000000; most += most / 5) {
    dem_session *session = NULL;
    uint64_t hash = 0;
    assert_int_equal(dem_session_new(s.pack, &session), DEM_OK);
    assert_int_equal(advise(session, &s, most, &hash), DEM_ERR_LIMIT);
    const uint32_t count = dem_session_fact_count(session, number);
    for (uint32_t i = 0; i < count; ++i) {
      const dem_fact_handle fact = dem_session_fact(session, number, i);
      assert_true(dem_session_fact_rule(session, fact) != DEM_NO_INDEX);
    }
    assert_true(count >= most_facts);
    most_facts = count;
    dem_session_free(session);
  }
  assert_true(most_facts > 1000);
  tear_down(&s);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_pack),
      cmocka_unit_test(test_profiles),
      cmocka_unit_test_prestate(test_session, &settings[0]),
      cmocka_unit_test_prestate(test_session, &settings[1]),
      cmocka_unit_test_prestate(test_used_again, &settings[0]),
      cmocka_unit_test_prestate(test_used_again, &settings[1]),
      cmocka_unit_test(test_endless),
  };
  return cmocka_run_group_tests_name("api/max_memory", tests, NULL, NULL);
}
