// SPDX-License-Identifier: Apache-2.0

// What a why-not names is what stands in the way: taking the named blocker out, giving the named
// answer or going to the named day turns it into a why.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "demarche/demarche.h"

static const char folder[] = "tests/packs/libraries";

typedef struct run {
  dem_pack *pack;
  dem_session *session;
} run;

typedef struct answer {
  const char *field;
  const char *values[3]; ///< Ends with NULL; none: "none".
} answer;

enum { MOST_ANSWERS = 6 };

static const answer usual[MOST_ANSWERS] = {{"town", {"ash"}},
                                           {"topics", {"maps", "law"}},
                                           {"busy", {"no"}},
                                           {"avoids", {NULL}},
                                           {"ride", {"5"}}};

/// Run the usual answers, one of them replaced.
static void begin(run *r, const char *date, answer other)
{
  const dem_pack_options options = {.date = date};
  assert_int_equal(dem_pack_open(folder, &options, &r->pack), DEM_OK);
  assert_int_equal(dem_session_new(r->pack, &r->session), DEM_OK);
  for (size_t i = 0; i < MOST_ANSWERS && usual[i].field; ++i) {
    const answer *const a =
        other.field && strcmp(other.field, usual[i].field) == 0 ? &other : &usual[i];
    size_t count = 0;
    while (count < 3 && a->values[count]) {
      ++count;
    }
    const uint32_t question = dem_pack_find_question(r->pack, a->field);
    assert_int_equal(dem_session_answer(r->session, question, a->values, count), DEM_OK);
  }
  assert_int_equal(dem_session_run(r->session, NULL), DEM_OK);
}

static void end(run *r)
{
  dem_session_free(r->session);
  dem_pack_free(r->pack);
}

static bool has_why(const char *date, answer other, const char *what)
{
  run r;
  const dem_why *why = NULL;
  begin(&r, date, other);
  assert_int_equal(dem_why_new(r.session, what, &why), DEM_OK);
  const bool holds = why->item_count > 0;
  dem_why_free(why);
  end(&r);
  return holds;
}

/// The failed conditions of the nearest rule, through the nearest rules below it.
static const dem_missed_condition *first_failure(const dem_why_not *why_not)
{
  assert_false(why_not->holds);
  assert_true(why_not->root_count > 0);
  const dem_missed_rule *rule = &why_not->rules[why_not->roots[0]];
  for (;;) {
    const dem_missed_condition *failed = NULL;
    for (size_t i = 0; i < rule->condition_count && !failed; ++i) {
      failed = rule->conditions[i].state == DEM_MISSED_FAILED ? &rule->conditions[i] : NULL;
    }
    assert_non_null(failed);
    if (failed->rule_count == 0) {
      return failed;
    }
    rule = &why_not->rules[failed->rules[0]];
  }
}

static void names_the_blocker(void **state)
{
  run r;
  (void)state;
  const dem_why_not *why_not = NULL;
  const answer avoiding = {"avoids", {"a"}};
  begin(&r, NULL, avoiding);
  assert_int_equal(dem_why_not_new(r.session, "Ashford Library", &why_not), DEM_OK);
  const dem_missed_condition *const c = first_failure(why_not);
  assert_int_equal(c->blocker_count, 1);
  const dem_proof_step *const blocker = &why_not->proof.steps[c->blockers[0]];
  assert_string_equal(blocker->text, "You avoid Ashford Library.");
  assert_int_equal(blocker->premise_count, 1);
  const dem_proof_step *const below = &why_not->proof.steps[blocker->premises[0]];
  assert_int_equal(below->origin, DEM_PROOF_ANSWER);
  assert_string_equal(below->field, "avoids");
  dem_why_not_free(why_not);
  end(&r);
  assert_false(has_why(NULL, avoiding, "a"));
  assert_true(has_why(NULL, (answer){"avoids", {NULL}}, "a"));
}

static void names_the_answer(void **state)
{
  run r;
  (void)state;
  const dem_why_not *why_not = NULL;
  const answer reading = {"topics", {NULL}};
  begin(&r, NULL, reading);
  assert_int_equal(dem_why_not_new(r.session, "lends(partner: a, purpose: birds)", &why_not),
                   DEM_OK);
  const dem_missed_condition *const c = first_failure(why_not);
  assert_string_equal(c->field, "topics");
  assert_string_equal(c->answer, "Birds");
  dem_why_not_free(why_not);
  end(&r);
  assert_true(has_why(NULL, (answer){"topics", {"birds"}}, "lends(partner: a, purpose: birds)"));
}

static void names_the_day(void **state)
{
  run r;
  (void)state;
  const dem_why_not *why_not = NULL;
  begin(&r, NULL, (answer){0});
  assert_int_equal(dem_why_not_new(r.session, "d", &why_not), DEM_OK);
  const dem_missed_condition *const c = first_failure(why_not);
  assert_int_equal(c->record_count, 1);
  assert_int_equal(c->records[0].state, DEM_RECORD_ENDED);
  assert_string_equal(c->records[0].record.until, "2025-01-29");
  dem_why_not_free(why_not);
  end(&r);
  assert_false(has_why("2025-01-29", (answer){0}, "d"));
  assert_true(has_why("2025-01-28", (answer){0}, "d"));
}

static void names_a_day_to_come(void **state)
{
  run r;
  (void)state;
  const dem_why_not *why_not = NULL;
  begin(&r, "2019-12-31", (answer){0});
  assert_int_equal(dem_why_not_new(r.session, "reaches(lender: c, library: a)", &why_not), DEM_OK);
  const dem_missed_condition *const c = first_failure(why_not);
  assert_int_equal(c->records[0].state, DEM_RECORD_NOT_YET);
  assert_string_equal(c->records[0].record.from, "2020-01-01");
  dem_why_not_free(why_not);
  end(&r);
}

static void compares(void **state)
{
  run r;
  (void)state;
  const dem_why_not *why_not = NULL;
  begin(&r, NULL, (answer){0});
  assert_int_equal(dem_why_not_new(r.session, "in_range(library: b)", &why_not), DEM_OK);
  const dem_missed_condition *const c = first_failure(why_not);
  assert_true(c->is_comparison);
  assert_string_equal(c->text, "12 is at most 5");
  dem_why_not_free(why_not);
  end(&r);
  assert_true(has_why(NULL, (answer){"ride", {"12"}}, "in_range(library: b)"));
}

static void counts(void **state)
{
  run r;
  (void)state;
  const dem_why_not *why_not = NULL;
  begin(&r, NULL, (answer){0});
  assert_int_equal(dem_why_not_new(r.session, "rich(library: a)", &why_not), DEM_OK);
  assert_string_equal(first_failure(why_not)->text, "2 is more than 2");
  dem_why_not_free(why_not);
  end(&r);
}

static void says_that_it_holds(void **state)
{
  run r;
  (void)state;
  const dem_why_not *why_not = NULL;
  begin(&r, NULL, (answer){0});
  assert_int_equal(dem_why_not_new(r.session, "a", &why_not), DEM_OK);
  assert_true(why_not->holds);
  assert_int_equal(why_not->rule_count, 0);
  dem_why_not_free(why_not);
  end(&r);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(names_the_blocker), cmocka_unit_test(names_the_answer),
      cmocka_unit_test(names_the_day),     cmocka_unit_test(names_a_day_to_come),
      cmocka_unit_test(compares),          cmocka_unit_test(counts),
      cmocka_unit_test(says_that_it_holds)};
  return cmocka_run_group_tests_name("advise/why_not", tests, NULL, NULL);
}
