// SPDX-License-Identifier: Apache-2.0

// People find an answer by whatever they call it.

#include "demarche/choices.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof(array)[0])

typedef struct search_case {
  const char *name;
  const char *field;
  const char *text;
  const char *expected; ///< Labels in order, the kind's letter before each: N, S, W, ~.
} search_case;

static search_case cases[] = {
    {"a code of two letters", "place", "ma", "N Morocco, S Macao"},
    {"a code of three letters", "place", "MAR", "N Morocco"},
    {"a code does not match by its beginning", "place", "ci", "N Côte d'Ivoire"},
    {"a label", "place", "Norway", "N Norway"},
    {"a label that begins another", "place", "Niger", "N Niger, S Nigeria"},
    {"a beginning", "place", "mor", "S Morocco"},
    {"no accents", "place", "cote d'ivoire", "N Côte d'Ivoire"},
    {"another apostrophe", "place", "Côte d’Ivoire", "N Côte d'Ivoire"},
    {"letters without a decomposition", "place", "bjornoya", "N Bjørnøya"},
    {"a ring", "place", "aland", "S Åland Islands"},
    {"an alias", "place", "ivory coast", "N Côte d'Ivoire"},
    {"a former name", "place", "burma", "N Myanmar"},
    {"a former name's beginning", "place", "zai", "S Democratic Republic of the Congo"},
    {"words' beginnings in any order", "place", "congo dem", "W Democratic Republic of the Congo"},
    {"a later word", "place", "congo", "N Congo, W Democratic Republic of the Congo"},
    {"another script", "place", "日本", "N 日本"},
    {"a slip is offered", "place", "morroco", "~ Morocco"},
    {"two letters swapped", "place", "nowray", "~ Norway"},
    {"a slip in a former name", "place", "brma", "~ Myanmar"},
    {"a slip in one of several words", "place", "demokratic", "~ Democratic Republic of the Congo"},
    {"too short to be a slip", "place", "xq", ""},
    {"nothing like it", "place", "atlantis city", ""},
    {"punctuation alone names nothing", "place", "?!", ""},
    {"several blanks", "place", "  ivory   coast ", "N Côte d'Ivoire"},
    {"an enumeration", "season", "s", "S spring, S summer"},
    {"a boolean", "guide", "y", "N yes"},
    {"a boolean as a profile writes it", "guide", "false", "N no"},
    {"everything, by label", "gear", "",
     "S A map, S Boots, S Rope, S Skis, S Stove, with gas, S Tent"},
    {"everything, in the schema's order", "season", "", "S spring, S summer, S autumn, S winter"},
    {"a text has no choices", "remarks", "anything", ""},
    {"a date has no choices", "start", "", ""},
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

static void test_search(void **state)
{
  static const char *const letters[] = {"N", "S", "W", "~"};
  const search_case *const c = *state;
  char found[512] = "";
  size_t size = 0;
  dem_choices *choices;
  dem_matches matches;
  assert_int_equal(dem_choices_new(session, dem_pack_find_question(pack, c->field), &choices),
                   DEM_OK);
  assert_int_equal(dem_choices_search(choices, c->text, &matches), DEM_OK);
  for (size_t i = 0; i < matches.count; ++i) {
    const dem_match *const m = &matches.items[i];
    size += (size_t)snprintf(found + size, sizeof found - size, "%s%s %s", i ? ", " : "",
                             letters[m->kind], dem_choices_at(choices, m->choice).label);
  }
  assert_string_equal(found, c->expected);
  dem_choices_free(choices);
}

static void test_find(void **state)
{
  (void)state;
  dem_choices *choices;
  assert_int_equal(dem_choices_new(session, dem_pack_find_question(pack, "place"), &choices),
                   DEM_OK);
  const size_t index = dem_choices_find(choices, "MM");
  assert_true(index < dem_choices_count(choices));
  assert_string_equal(dem_choices_at(choices, index).label, "Myanmar");
  assert_true(dem_choices_find(choices, "Myanmar") == dem_choices_count(choices));
  dem_choices_free(choices);
}

/// The name that matched is told as the pack writes it.
static void test_matched_name(void **state)
{
  (void)state;
  dem_choices *choices;
  dem_matches matches;
  assert_int_equal(dem_choices_new(session, dem_pack_find_question(pack, "place"), &choices),
                   DEM_OK);
  assert_int_equal(dem_choices_search(choices, "IVORY", &matches), DEM_OK);
  assert_int_equal(matches.count, 1);
  assert_string_equal(matches.items[0].name, "Ivory Coast");
  dem_choices_free(choices);
}

/// Options that hang on other answers: all before the run, those that may be chosen after it.
static void test_options_of_the_session(void **state)
{
  (void)state;
  dem_pack *garden;
  dem_session *s;
  dem_choices *choices;
  const char *const chalk = "chalk";
  assert_int_equal(dem_pack_open(DEMARCHE_SOURCE_DIR "/examples/garden", NULL, &garden), DEM_OK);
  assert_int_equal(dem_session_new(garden, &s), DEM_OK);
  const uint32_t unwanted = dem_pack_find_question(garden, "unwanted");
  assert_int_equal(dem_choices_new(s, unwanted, &choices), DEM_OK);
  assert_int_equal(dem_choices_count(choices), 4);
  dem_choices_free(choices);
  assert_int_equal(dem_session_answer(s, dem_pack_find_question(garden, "soil"), &chalk, 1),
                   DEM_OK);
  assert_int_equal(dem_session_run(s, NULL), DEM_OK);
  assert_int_equal(dem_choices_new(s, unwanted, &choices), DEM_OK);
  assert_int_equal(dem_choices_count(choices), 3);
  assert_string_equal(dem_choices_at(choices, 0).label, "Rosemary");
  dem_choices_free(choices);
  dem_session_free(s);
  dem_pack_free(garden);
}

/// An allocator that fails once `left` is used up; SIZE_MAX never does.
static size_t left = SIZE_MAX;

static void *resize_or_fail(void *context, void *memory, size_t old_size, size_t new_size)
{
  const dem_allocator *const real = context;
  if (new_size > 0 && left != SIZE_MAX) {
    if (left == 0) {
      return NULL;
    }
    --left;
  }
  return real->resize(real->context, memory, old_size, new_size);
}

static dem_status list_and_search(const dem_session *s, uint32_t question)
{
  dem_choices *choices;
  dem_matches matches;
  dem_status status = dem_choices_new(s, question, &choices);
  if (status == DEM_OK) {
    status = dem_choices_search(choices, "demokratic", &matches);
  }
  dem_choices_free(choices);
  return status;
}

/// Whichever allocation fails, nothing leaks and nothing half-built stays.
static void test_out_of_memory(void **state)
{
  (void)state;
  dem_pack *failing;
  dem_session *s;
  dem_allocator real = dem_allocator_default();
  const dem_allocator allocator = {resize_or_fail, &real};
  const dem_pack_options options = {.allocator = &allocator};
  assert_int_equal(dem_pack_open(DEMARCHE_SOURCE_DIR "/tests/packs/asking", &options, &failing),
                   DEM_OK);
  assert_int_equal(dem_session_new(failing, &s), DEM_OK);
  const uint32_t question = dem_pack_find_question(failing, "place");
  size_t allocations = 0;
  dem_status status;
  do {
    left = allocations++;
    status = list_and_search(s, question);
    left = SIZE_MAX;
    assert_true(status == DEM_OK || status == DEM_ERR_NO_MEMORY);
  } while (status != DEM_OK);
  assert_true(allocations > 5);
  dem_session_free(s);
  dem_pack_free(failing);
}

int main(void)
{
  enum { CASES = ARRAY_LENGTH(cases) };
  struct CMUnitTest tests[CASES + 4] = {{0}};
  for (size_t i = 0; i < CASES; ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_search, .initial_state = &cases[i]};
  }
  tests[CASES] = (struct CMUnitTest){.name = "by value", .test_func = test_find};
  tests[CASES + 1] =
      (struct CMUnitTest){.name = "the name that matched", .test_func = test_matched_name};
  tests[CASES + 2] = (struct CMUnitTest){.name = "options that hang on other answers",
                                         .test_func = test_options_of_the_session};
  tests[CASES + 3] = (struct CMUnitTest){.name = "out of memory", .test_func = test_out_of_memory};
  return cmocka_run_group_tests_name("advise/choices", tests, open_pack, close_pack);
}
