// SPDX-License-Identifier: Apache-2.0

// Borrowed bytes: short ones as words, equality, order, and what is found in them.

#include "base/slice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

// Short words -----------------------------------------------------------------------------

/// Each byte is in the word, by itself: then different bytes of one size are different words. The
/// bytes end where the memory does, so that reading past them shows.
static void every_byte_is_in_the_word(void **state)
{
  (void)state;
  for (size_t size = 1; size <= 8; ++size) {
    char *const bytes = malloc(size);
    assert_non_null(bytes);
    memset(bytes, 0, size);
    uint64_t seen = 0;
    assert_true(dem_slice_short_word((dem_slice){bytes, size}) == 0);
    for (size_t i = 0; i < size; ++i) {
      uint64_t bits = 0;
      for (int bit = 0; bit < 8; ++bit) {
        bytes[i] = (char)(1 << bit);
        const uint64_t word = dem_slice_short_word((dem_slice){bytes, size});
        assert_true(word != 0);
        bits |= word;
      }
      bytes[i] = 0;
      assert_true((bits & ~seen) != 0);
      seen |= bits;
    }
    free(bytes);
  }
  assert_true(dem_slice_short_word((dem_slice){NULL, 0}) == 0);
}

/// All texts of one size over a few bytes have words of their own.
static void different_bytes_of_one_size_are_different_words(void **state)
{
  (void)state;
  static const char alphabet[] = {'\0', 'a', '\x80', '\xFF'};
  enum { MOST_TEXTS = 4096 };
  static uint64_t words[MOST_TEXTS];
  for (size_t size = 0; size <= 6; ++size) {
    const size_t count = (size_t)1 << 2 * size;
    for (size_t n = 0; n < count; ++n) {
      char bytes[8];
      for (size_t i = 0; i < size; ++i) {
        bytes[i] = alphabet[n >> 2 * i & 3];
      }
      words[n] = dem_slice_short_word((dem_slice){bytes, size});
      for (size_t other = n % 64; other < n; other += 64) { // A share of them: quick.
        assert_true(words[other] != words[n]);
      }
    }
  }
}

// Equality and order ----------------------------------------------------------------------

typedef struct pair_case {
  const char *name;
  dem_slice a;
  dem_slice b;
  int order; ///< Of a to b.
} pair_case;

static pair_case pair_cases[] = {
    // Not const: cmocka hands a case on as void *.
    {"nothing is nothing, wherever it lies", {NULL, 0}, {"", 0}, 0},
    {"nothing comes before something", {NULL, 0}, {"a", 1}, -1},
    {"nothing comes before NUL", {"", 0}, {"\0", 1}, -1},
    {"the same three bytes", {"abc", 3}, {"abcd", 3}, 0},
    {"a prefix comes before what it begins", {"abc", 3}, {"abcd", 4}, -1},
    {"a short text with NUL is not the one without", {"ab", 2}, {"ab\0", 3}, -1},
    {"bytes differ behind a NUL", {"a\0b", 3}, {"a\0c", 3}, -1},
    {"the middle of three", {"axc", 3}, {"abc", 3}, 1},
    {"the fourth of seven", {"abcdefg", 7}, {"abcxefg", 7}, -1},
    {"the last of eight", {"abcdefgh", 8}, {"abcdefgi", 8}, -1},
    {"the same nine", {"abcdefghi", 9}, {"abcdefghij", 9}, 0},
    {"the last of nine", {"abcdefghi", 9}, {"abcdefghj", 9}, -1},
    {"eight and nine", {"abcdefgh", 8}, {"abcdefghi", 9}, -1},
    {"bytes are not signed", {"\xC3", 1}, {"z", 1}, 1},
};

static int sign(int order)
{
  return (order > 0) - (order < 0);
}

static void test_pair(void **state)
{
  const pair_case *const c = *state;
  assert_int_equal(dem_slice_is_equal(c->a, c->b), c->order == 0);
  assert_int_equal(dem_slice_is_equal(c->b, c->a), c->order == 0);
  assert_int_equal(sign(dem_slice_compare(c->a, c->b)), c->order);
  assert_int_equal(sign(dem_slice_compare(c->b, c->a)), -c->order);
}

// What is found ---------------------------------------------------------------------------

static void a_word_is_the_whole_text(void **state)
{
  (void)state;
  assert_true(dem_slice_is((dem_slice){"then what", 4}, "then"));
  assert_false(dem_slice_is((dem_slice){"then what", 5}, "then"));
  assert_false(dem_slice_is((dem_slice){"then", 3}, "then"));
  assert_false(dem_slice_is((dem_slice){"a\0", 2}, "a"));
  assert_true(dem_slice_is((dem_slice){NULL, 0}, ""));
  assert_int_equal(dem_slice_of(NULL).size, 0);
}

static void any_of_some_bytes_is_found(void **state)
{
  (void)state;
  assert_true(dem_slice_has_any(DEM_SLICE("a,b"), ";,"));
  assert_true(dem_slice_has_any(DEM_SLICE("ab;"), ";,"));
  assert_false(dem_slice_has_any(DEM_SLICE("ab"), ";,"));
  assert_false(dem_slice_has_any((dem_slice){"ab;", 2}, ";,"));
  assert_false(dem_slice_has_any((dem_slice){"\0", 1}, ";,")); // Not the end of the list.
  assert_true(dem_slice_has_any((dem_slice){"\0;", 2}, ";,"));
}

static void spaces_around_are_trimmed(void **state)
{
  (void)state;
  assert_true(dem_slice_is(dem_slice_trim(DEM_SLICE("  a b ")), "a b"));
  assert_true(dem_slice_is(dem_slice_trim(DEM_SLICE("a")), "a"));
  assert_true(dem_slice_is(dem_slice_trim(DEM_SLICE("\ta\n")), "\ta\n"));
  assert_int_equal(dem_slice_trim(DEM_SLICE("   ")).size, 0);
  assert_int_equal(dem_slice_trim((dem_slice){NULL, 0}).size, 0);
}

static const struct CMUnitTest others[] = {
    cmocka_unit_test(every_byte_is_in_the_word),
    cmocka_unit_test(different_bytes_of_one_size_are_different_words),
    cmocka_unit_test(a_word_is_the_whole_text),
    cmocka_unit_test(any_of_some_bytes_is_found),
    cmocka_unit_test(spaces_around_are_trimmed),
};

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(pair_cases) + ARRAY_LENGTH(others)] = {{0}};
  size_t count = 0;
  for (size_t i = 0; i < ARRAY_LENGTH(others); ++i) {
    tests[count++] = others[i];
  }
  for (size_t i = 0; i < ARRAY_LENGTH(pair_cases); ++i) {
    tests[count++] = (struct CMUnitTest){
        .name = pair_cases[i].name, .test_func = test_pair, .initial_state = &pair_cases[i]};
  }
  return cmocka_run_group_tests_name("base/slice", tests, NULL, NULL);
}
