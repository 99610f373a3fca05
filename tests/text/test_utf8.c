// SPDX-License-Identifier: Apache-2.0

// UTF-8 or not: at the ends of each row of the standard's table, and where the first wrong byte is.

#include "text/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

enum { ALL = -1 };

typedef struct utf8_case {
  const char *name;
  const char *text;
  int expected; ///< Offset of the first wrong byte; ALL: none is.
} utf8_case;

static utf8_case cases[] = {
    // Not const: cmocka hands a case on as void *.
    {"nothing", "", ALL},
    {"the last of one byte", "\x7F", ALL},
    {"the first of two bytes", "\xC2\x80", ALL},
    {"the last of two bytes", "\xDF\xBF", ALL},
    {"the first of three bytes", "\xE0\xA0\x80", ALL},
    {"the last before the surrogates", "\xED\x9F\xBF", ALL},
    {"the first behind the surrogates", "\xEE\x80\x80", ALL},
    {"the last of three bytes", "\xEF\xBF\xBF", ALL},
    {"the first of four bytes", "\xF0\x90\x80\x80", ALL},
    {"the last of all", "\xF4\x8F\xBF\xBF", ALL},
    {"a byte that only goes on", "a\x80", 1},
    {"two bytes for what takes one", "\xC1\xBF", 0},
    {"three bytes for what takes two", "\xE0\x9F\xBF", 0},
    {"four bytes for what takes three", "\xF0\x8F\xBF\xBF", 0},
    {"the first surrogate", "\xED\xA0\x80", 0},
    {"the last surrogate", "\xED\xBF\xBF", 0},
    {"past the last of all", "\xF4\x90\x80\x80", 0},
    {"a byte that begins nothing", "\xF5\x80\x80\x80", 0},
    {"a byte of no text", "\xFF", 0},
    {"the second of two does not go on", "\xC3z", 0},
    {"the third of three does not go on", "\xE2\x82z", 0},
    {"the fourth of four does not go on", "\xF0\x9F\x98z", 0},
    {"the second of two is the first of another", "\xC3\xC3\xA9", 0},
    {"two that end early", "\xC3", 0},
    {"three that end early", "\xE2\x82", 0},
    {"four that end early", "\xF0\x9F\x98", 0},
    {"a mistake behind words of eight bytes", "abcdefghijklmnop\xFFq", 16},
    {"a mistake in a word of eight bytes", "abcdefghijk\xFFlmnop", 11},
    {"a character across two words of eight bytes", "abcdefg\xC3\xA9hijklmn", ALL},
    {"a mistake behind a character", "abc\xC3\xA9\x80", 5},
};

/// The bytes end where the memory does, so that reading past them shows.
static size_t check(const char *text, size_t size)
{
  char *const bytes = malloc(size ? size : 1);
  assert_non_null(bytes);
  memcpy(bytes, text, size);
  const size_t found = dem_utf8_check((dem_slice){bytes, size});
  free(bytes);
  return found;
}

static void test_case(void **state)
{
  const utf8_case *const c = *state;
  const size_t size = strlen(c->text);
  const size_t expected = c->expected == ALL ? size : (size_t)c->expected;
  assert_int_equal(check(c->text, size), expected);
  for (size_t shift = 1; shift <= 9; ++shift) { // Wherever it lies in a word of eight bytes.
    char shifted[64];
    memset(shifted, 'x', shift);
    memcpy(shifted + shift, c->text, size);
    assert_int_equal(check(shifted, shift + size), shift + expected);
  }
}

static void nul_is_a_character(void **state)
{
  (void)state;
  assert_int_equal(check("a\0b\xC3\xA9", 5), 5);
  assert_int_equal(check("a\0\x80", 3), 2);
}

/// Every code point as its bytes, but the surrogates.
static void every_code_point_is_well_formed(void **state)
{
  (void)state;
  for (uint32_t c = 0x80; c <= 0x10FFFF; ++c) {
    char bytes[4];
    const size_t size = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = size; i-- > 1;) {
      bytes[i] = (char)(0x80 | (c >> 6 * (size - 1 - i) & 0x3F));
    }
    bytes[0] = (char)((size == 2 ? 0xC0 : size == 3 ? 0xE0 : 0xF0) | c >> 6 * (size - 1));
    const bool is_surrogate = c >= 0xD800 && c <= 0xDFFF;
    assert_int_equal(dem_utf8_check((dem_slice){bytes, size}), is_surrogate ? 0 : size);
  }
}

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(cases) + 2] = {{0}};
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_case, .initial_state = &cases[i]};
  }
  tests[ARRAY_LENGTH(cases)] = (struct CMUnitTest)cmocka_unit_test(nul_is_a_character);
  tests[ARRAY_LENGTH(cases) + 1] =
      (struct CMUnitTest)cmocka_unit_test(every_code_point_is_well_formed);
  return cmocka_run_group_tests_name("text/utf8", tests, NULL, NULL);
}
