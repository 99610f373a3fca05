// SPDX-License-Identifier: Apache-2.0

// "Did you mean …?": when a suggestion helps, and when it is a guess.

#include "base/nearest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#include <cmocka.h>

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))
enum { MOST_WORDS = 6 };

typedef struct nearest_case {
  const char *name;
  const char *word;
  const char *words[MOST_WORDS];
  const char *expected; ///< "" for none.
} nearest_case;

static nearest_case cases[] = {
    // Not const: cmocka hands a case on as void *.
    {"a letter left out", "fundin", {"funding", "advice"}, "funding"},
    {"a letter too many", "neeeds", {"themes", "needs"}, "needs"},
    {"two letters swapped", "morcoco", {"morocco"}, "morocco"},
    {"a third of a long word", "organisasion", {"organization"}, "organization"},
    {"more than a third", "marock", {"mexico"}, ""},
    {"the nearer of two", "nigers", {"nigeria", "niger"}, "niger"},
    {"the first of two that are equally near", "iran?", {"irana", "iranb"}, "irana"},
    {"two letters, one changed", "xx", {"AX", "MX", "xx1"}, ""},
    {"two letters, swapped", "AM", {"MA"}, ""},
    {"two letters against a name", "ma", {"mali", "malta"}, ""},
    {"three letters against a code of two", "max", {"MA", "ma"}, ""},
    {"three letters, one near", "fod", {"food", "water"}, "food"},
    {"three letters, several equally near", "max", {"mac", "mar", "mat"}, ""},
    {"three letters, the same word twice", "max", {"mac", "mac"}, "mac"},
    {"nothing of the word is left", "a", {"b"}, ""},
    {"nothing", "", {"a", ""}, ""},
    {"no words", "word", {NULL}, ""},
};

static void test_case(void **state)
{
  const nearest_case *const row = *state;
  dem_slice words[MOST_WORDS];
  size_t count = 0;
  for (; count < MOST_WORDS && row->words[count]; ++count) {
    words[count] = dem_slice_of(row->words[count]);
  }
  const dem_slice found = dem_nearest(dem_slice_of(row->word), words, count);
  const dem_slice expected = dem_slice_of(row->expected);
  if (!dem_slice_is_equal(found, expected)) {
    fail_msg("'%s': '%.*s' instead of '%s'", row->word, (int)found.size,
             found.bytes ? found.bytes : "", row->expected);
  }
}

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(cases)] = {{0}};
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_case, .initial_state = &cases[i]};
  }
  return cmocka_run_group_tests_name("base/nearest", tests, NULL, NULL);
}
