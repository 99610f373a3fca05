// SPDX-License-Identifier: Apache-2.0

// Proofs are valid: every step is replayed by a checker that shares no code with the evaluator,
// for every recommendation, step, caveat and derived fact of several packs and profiles.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "api/handles.h"
#include "demarche/explain.h"
#include "support/proof_checker.h"

typedef struct proof_case {
  const char *name;
  const char *pack; ///< NULL: the one that is built in.
  const char *profile;
} proof_case;

static proof_case cases[] = {
    {"the garden", "examples/garden", "examples/garden/profiles/chalk.yaml"},
    {"libraries", "tests/packs/libraries", "tests/packs/libraries/profiles/ash.yaml"},
    {"Morocco", NULL, "examples/profiles/morocco.yaml"},
    {"Fiji", NULL, "examples/profiles/fiji.yaml"},
    {"Kazakhstan", NULL, "examples/profiles/kazakhstan.yaml"},
};

static dem_session *open_session(const proof_case *c, dem_pack **pack, dem_profiles **profiles)
{
  dem_session *session = NULL;
  assert_int_equal(c->pack ? dem_pack_open(c->pack, NULL, pack) : dem_pack_open_builtin(NULL, pack),
                   DEM_OK);
  assert_int_equal(dem_session_new(*pack, &session), DEM_OK);
  assert_int_equal(dem_profiles_read_file(c->profile, DEM_PROFILE_AUTO, NULL, NULL, profiles),
                   DEM_OK);
  assert_int_equal(dem_session_set_profile(session, *profiles, 0), DEM_OK);
  assert_int_equal(dem_session_run(session, NULL), DEM_OK);
  return session;
}

static void assert_valid(const dem_session *session, const dem_why *why, const char *what)
{
  const proof_checker checker = {&session->pack->model, session->symbols, session->facts,
                                 dem_program_plan(session->pack->program)->date};
  char *const wrong = proof_checker_check(&checker, &why->proof);
  if (wrong) {
    print_error("%s: %s\n", what, wrong);
  }
  assert_null(wrong);
}

static void mark_ground(const dem_proof *proof, size_t step, bool *is_met)
{
  if (is_met[step]) {
    return;
  }
  is_met[step] = true;
  for (size_t i = 0; i < proof->steps[step].premise_count; ++i) {
    mark_ground(proof, proof->steps[step].premises[i], is_met);
  }
  for (size_t i = 0; i < proof->steps[step].counted_count; ++i) {
    mark_ground(proof, proof->steps[step].counted[i], is_met);
  }
}

/// Whether every record and answer below one step is below the other.
static bool needs_no_more(const dem_proof *proof, size_t one, size_t other)
{
  bool *const below_one = calloc(proof->step_count, sizeof *below_one);
  bool *const below_other = calloc(proof->step_count, sizeof *below_other);
  bool result = true;
  mark_ground(proof, one, below_one);
  mark_ground(proof, other, below_other);
  for (size_t i = 0; i < proof->step_count; ++i) {
    const bool is_given = proof->steps[i].origin != DEM_PROOF_RULE;
    result = result && !(is_given && below_one[i] && !below_other[i]);
  }
  free(below_other);
  free(below_one);
  return result;
}

/// Of several proofs none needs all that another needs; each is of the same fact.
static void assert_independent(const dem_why *why)
{
  for (size_t i = 0; i < why->item_count; ++i) {
    const dem_why_item *const item = &why->items[i];
    for (size_t j = 0; j < item->proof_count; ++j) {
      assert_string_equal(why->proof.steps[item->proofs[j]].fact.text,
                          why->proof.steps[item->proofs[0]].fact.text);
      for (size_t k = 1; k < item->proof_count; ++k) { // The stored one may need more than another.
        assert_true(j == k || !needs_no_more(&why->proof, item->proofs[j], item->proofs[k]));
      }
    }
  }
}

/// Every derived relation, all of its facts at once.
static void proofs_replay(void **state)
{
  const proof_case *const c = *state;
  dem_pack *pack = NULL;
  dem_profiles *profiles = NULL;
  dem_session *const session = open_session(c, &pack, &profiles);
  size_t steps = 0;
  for (uint32_t r = 0; r < dem_pack_relation_count(pack); ++r) {
    const dem_relation_info info = dem_pack_relation(pack, r);
    char what[128];
    (void)snprintf(what, sizeof what, "%s()", info.name);
    const dem_why *why = NULL;
    assert_int_equal(dem_why_new(session, what, &why), DEM_OK);
    assert_int_equal(why->item_count,
                     dem_facts_count(dem_evaluation_facts(&session->evaluation), r));
    if (info.is_derived) {
      assert_valid(session, why, what);
      steps += why->proof.step_count;
    }
    dem_why_free(why);
    if (info.is_derived && c->pack) { // Of the large pack all proofs would take long to replay.
      assert_int_equal(dem_why_all_new(session, what, &why), DEM_OK);
      assert_false(why->is_cut);
      assert_valid(session, why, what);
      assert_independent(why);
      dem_why_free(why);
    }
  }
  assert_true(steps > 10);
  dem_session_free(session);
  dem_profiles_free(profiles);
  dem_pack_free(pack);
}

/// The checker is no rubber stamp: a premise that is left out, a wrong rule, another fact.
static void checker_refuses(void **state)
{
  const proof_case *const c = *state;
  dem_pack *pack = NULL;
  dem_profiles *profiles = NULL;
  dem_session *const session = open_session(c, &pack, &profiles);
  const dem_why *why = NULL;
  assert_int_equal(dem_why_new(session, NULL, &why), DEM_OK);
  const proof_checker checker = {&pack->model, session->symbols, session->facts,
                                 dem_program_plan(pack->program)->date};
  dem_proof_step *const steps = malloc(why->proof.step_count * sizeof *steps);
  size_t refused = 0;
  for (size_t i = 0; i < why->proof.step_count; ++i) {
    if (why->proof.steps[i].origin != DEM_PROOF_RULE || why->proof.steps[i].premise_count == 0) {
      continue;
    }
    for (size_t j = 0; j < why->proof.step_count; ++j) {
      steps[j] = why->proof.steps[j];
    }
    --steps[i].premise_count;
    const dem_proof forged = {.step_count = why->proof.step_count, .steps = steps};
    char *const wrong = proof_checker_check(&checker, &forged);
    assert_non_null(wrong);
    free(wrong);
    ++refused;
  }
  assert_true(refused > 0);
  free(steps);
  dem_why_free(why);
  dem_session_free(session);
  dem_profiles_free(profiles);
  dem_pack_free(pack);
}

static void names_what_is_unknown(void **state)
{
  static const char *const rows[][2] = {
      {"Tyme", "E451"},
      {"", "E451"},
      {"shdes(tall: x)", "E103"},
      {"shades(tal: walnut)", "E104"},
      {"shades(tall: x)", "E451"},
      {"shades(tall", "E453"},
      {"shades(tall)", "E453"},
      {"suggest(weight: ten)", "E451"},
  };
  const proof_case *const c = *state;
  dem_pack *pack = NULL;
  dem_profiles *profiles = NULL;
  dem_session *const session = open_session(c, &pack, &profiles);
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
    const dem_why *why = NULL;
    assert_int_equal(dem_why_new(session, rows[i][0], &why), DEM_ERR_NOT_FOUND);
    assert_null(why);
    const dem_report *const report = dem_session_report(session);
    assert_int_equal(dem_report_count(report), i + 1);
    assert_string_equal(dem_report_at(report, i).code, rows[i][1]);
  }
  dem_session_free(session);
  dem_profiles_free(profiles);
  dem_pack_free(pack);
}

enum { CASE_COUNT = sizeof cases / sizeof cases[0] };

int main(void)
{
  struct CMUnitTest tests[CASE_COUNT + 2] = {{0}};
  for (size_t i = 0; i < CASE_COUNT; ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = proofs_replay, .initial_state = &cases[i]};
  }
  tests[CASE_COUNT] = (struct CMUnitTest){.name = "a forged proof is refused",
                                          .test_func = checker_refuses,
                                          .initial_state = &cases[1]};
  tests[CASE_COUNT + 1] = (struct CMUnitTest){.name = "what is unknown is named",
                                              .test_func = names_what_is_unknown,
                                              .initial_state = &cases[0]};
  return cmocka_run_group_tests_name("advise/why", tests, NULL, NULL);
}
