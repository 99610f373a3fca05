// SPDX-License-Identifier: Apache-2.0

// Regular expressions: what is accepted, what is refused and why, what matches, and that a bound is
// told as one, never as "no match".

#include "base/regex.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/strict_memory.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

enum { LONGEST_SUBJECT = 64 * 1024 };

typedef struct match_case {
  const char *name;
  const char *pattern;
  const char *subject;
  bool is_match;
} match_case;

static match_case match_cases[] = {
    // Not const: cmocka hands a case on as void *.
    {"anywhere in the text", "igra", "migration", true},
    {"nowhere in the text", "igro", "migration", false},
    {"at both ends", "^migration$", "migration", true},
    {"not before the end", "^migra$", "migration", false},
    {"an empty text", "^$", "", true},
    {"an empty expression matches all", "", "anything", true},
    {"case counts", "Bank", "development bank", false},
    {"case that does not count", "(?i)BANK", "development bank", true},
    {"a character is a code point", "^.$", "\xC3\xA9", true},
    {"letters of all scripts", "^\\w+$", "Türkiye日本", true},
    {"case of all scripts", "(?i)ÜRK", "türkiye", true},
    {"a reference back", "^(.)(.)\\2\\1$", "abba", true},
    {"what looks ahead", "^(?=.*b)a", "aab", true},
    {"a bracket that is escaped is no group", "\\(?C", "(C", true},
    {"a bracket and a star behind the beginning", "a(*F)|b", "b", true},
};

static dem_regex *compile(dem_slice pattern)
{
  dem_regex *regex = NULL;
  dem_buffer error;
  dem_buffer_init(&error, dem_allocator_default());
  assert_int_equal(dem_regex_new(dem_allocator_default(), pattern, &regex, &error), DEM_OK);
  assert_int_equal(error.size, 0);
  dem_buffer_clear(&error);
  return regex;
}

static void test_match(void **state)
{
  const match_case *const c = *state;
  dem_regex *const regex = compile(dem_slice_of(c->pattern));
  dem_regex_matcher *const matcher = dem_regex_matcher_new(dem_allocator_default());
  for (int turn = 0; turn < 2; ++turn) {
    bool is_match = !c->is_match;
    assert_int_equal(dem_regex_match(regex, matcher, dem_slice_of(c->subject), &is_match), DEM_OK);
    assert_int_equal(is_match, c->is_match);
  }
  dem_regex_matcher_free(matcher);
  dem_regex_free(regex);
}

typedef struct refusal_case {
  const char *name;
  const char *pattern;
  const char *error;
} refusal_case;

static refusal_case refusal_cases[] = {
    {"a verb at the beginning", "(*LIMIT_MATCH=1)a", "(*VERBS) at the beginning are not accepted"},
    {"a verb that turns UTF off", "(*NO_UTF_CHECK)a", "(*VERBS) at the beginning are not accepted"},
    {"a callout", "a(?C1)b", "callouts (?C…) are not accepted"},
    {"a callout behind a backslash that is escaped", "\\\\(?C)", "callouts (?C…) are not accepted"},
    {"a single byte", "a\\Cb", "using \\C is disabled by the application (at byte 4)"},
    {"a bracket that stays open", "a(b", "missing closing parenthesis (at byte 4)"},
    {"nothing to repeat", "ab|*c", "quantifier does not follow a repeatable item (at byte 4)"},
};

static void test_refusal(void **state)
{
  const refusal_case *const c = *state;
  strict_memory memory = STRICT_MEMORY;
  dem_regex *regex = NULL;
  dem_buffer error;
  dem_buffer_init(&error, dem_allocator_default());
  assert_int_equal(
      dem_regex_new(strict_allocator(&memory), dem_slice_of(c->pattern), &regex, &error),
      DEM_ERR_INVALID);
  assert_null(regex);
  dem_buffer_add_char(&error, '\0');
  assert_string_equal(error.bytes, c->error);
  assert_int_equal(memory.bytes, 0);
  dem_buffer_clear(&error);
}

// Bounds ------------------------------------------------------------------------------------

static void an_expression_has_a_longest(void **state)
{
  (void)state;
  static char pattern[DEM_MAX_REGEX_BYTES + 1];
  memset(pattern, 'a', sizeof pattern);
  dem_regex_free(compile((dem_slice){pattern, DEM_MAX_REGEX_BYTES}));
  dem_regex *regex = NULL;
  dem_buffer error;
  dem_buffer_init(&error, dem_allocator_default());
  assert_int_equal(dem_regex_new(dem_allocator_default(),
                                 (dem_slice){pattern, DEM_MAX_REGEX_BYTES + 1}, &regex, &error),
                   DEM_ERR_LIMIT);
  assert_null(regex);
  dem_buffer_clear(&error);
}

static void a_text_has_a_longest(void **state)
{
  (void)state;
  static char subject[LONGEST_SUBJECT + 1];
  memset(subject, 'a', sizeof subject);
  dem_regex *const regex = compile(DEM_SLICE("a$"));
  dem_regex_matcher *const matcher = dem_regex_matcher_new(dem_allocator_default());
  bool is_match = false;
  assert_int_equal(
      dem_regex_match(regex, matcher, (dem_slice){subject, LONGEST_SUBJECT}, &is_match), DEM_OK);
  assert_true(is_match);
  assert_int_equal(
      dem_regex_match(regex, matcher, (dem_slice){subject, LONGEST_SUBJECT + 1}, &is_match),
      DEM_ERR_LIMIT);
  assert_false(is_match);
  dem_regex_matcher_free(matcher);
  dem_regex_free(regex);
}

typedef struct bound_case {
  const char *name;
  const char *pattern;
  char letter; ///< The text is many of it.
  size_t size;
} bound_case;

#define TEN_GROUPS "()()()()()()()()()()"
#define HUNDRED_GROUPS                                                                             \
  TEN_GROUPS TEN_GROUPS TEN_GROUPS TEN_GROUPS TEN_GROUPS TEN_GROUPS TEN_GROUPS TEN_GROUPS          \
      TEN_GROUPS TEN_GROUPS

static bound_case bound_cases[] = {
    {"steps that double with each letter", "^(a+)+$", 'a', 40},
    {"ways that go round in one another", "^(a|aa)*$", 'a', 60},
    {"steps past the bound, not past all bounds", "^(a+)+$", 'a', 17},
    {"points to go back to, one a letter", "^(a|b)*(c|d)$", 'a', 12000},
    {"memory for points of many groups", "^(a|b)*(c|d)" HUNDRED_GROUPS, 'a', 4000},
    {"a group for each of many letters", "^(?:(.)(?=.*\\1))*!", 'a', 20000},
};

/// The text ends otherwise than the expression wants, so that all ways are tried.
static void test_bound(void **state)
{
  const bound_case *const c = *state;
  static char subject[LONGEST_SUBJECT];
  memset(subject, c->letter, c->size);
  subject[c->size] = '?';
  dem_regex *const regex = compile(dem_slice_of(c->pattern));
  dem_regex_matcher *const matcher = dem_regex_matcher_new(dem_allocator_default());
  bool is_match = true;
  assert_int_equal(dem_regex_match(regex, matcher, (dem_slice){subject, c->size + 1}, &is_match),
                   DEM_ERR_LIMIT);
  assert_false(is_match);
  assert_int_equal(dem_regex_match(regex, matcher, DEM_SLICE("b"), &is_match), DEM_OK);
  assert_false(is_match); // The next text is none the worse for it.
  dem_regex_matcher_free(matcher);
  dem_regex_free(regex);
}

static void without_memory_it_is_told_so(void **state)
{
  (void)state;
  const dem_slice pattern = DEM_SLICE("^(a|b)+c$");
  dem_status status = DEM_ERR_NO_MEMORY;
  size_t refused = 0;
  for (; status == DEM_ERR_NO_MEMORY; ++refused) {
    strict_memory memory = {.failing_at = refused};
    dem_regex *regex = NULL;
    dem_buffer error;
    bool is_match = false;
    dem_buffer_init(&error, dem_allocator_default());
    status = dem_regex_new(strict_allocator(&memory), pattern, &regex, &error);
    dem_regex_matcher *const matcher =
        status == DEM_OK ? dem_regex_matcher_new(strict_allocator(&memory)) : NULL;
    status =
        matcher ? dem_regex_match(regex, matcher, DEM_SLICE("abac"), &is_match) : DEM_ERR_NO_MEMORY;
    assert_int_equal(is_match, status == DEM_OK);
    dem_regex_matcher_free(matcher);
    dem_regex_free(regex);
    assert_int_equal(error.size, 0);
    assert_int_equal(memory.bytes, 0);
    dem_buffer_clear(&error);
  }
  assert_int_equal(status, DEM_OK);
  assert_true(refused > 6);
}

static const struct CMUnitTest others[] = {
    cmocka_unit_test(an_expression_has_a_longest),
    cmocka_unit_test(a_text_has_a_longest),
    cmocka_unit_test(without_memory_it_is_told_so),
};

#define ADD_CASES(cases, function)                                                                 \
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {                                               \
    tests[count++] = (struct CMUnitTest){                                                          \
        .name = (cases)[i].name, .test_func = (function), .initial_state = &(cases)[i]};           \
  }

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(match_cases) + ARRAY_LENGTH(refusal_cases) +
                          ARRAY_LENGTH(bound_cases) + ARRAY_LENGTH(others)] = {{0}};
  size_t count = 0;
  ADD_CASES(match_cases, test_match)
  ADD_CASES(refusal_cases, test_refusal)
  ADD_CASES(bound_cases, test_bound)
  for (size_t i = 0; i < ARRAY_LENGTH(others); ++i) {
    tests[count++] = others[i];
  }
  return cmocka_run_group_tests_name("base/regex", tests, NULL, NULL);
}
