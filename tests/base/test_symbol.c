// SPDX-License-Identifier: Apache-2.0

// Equal bytes, equal id; other bytes, another id: whether they are short or long, begin alike or
// hold NUL; in one table and in a chain of them.

#include "base/symbol.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/strict_memory.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/// All different.
static const dem_slice texts[] = {
    {"", 0}, // The macro would not do in a constant.
    {"a", 1},
    {"\0", 1},
    {"\0\0", 2},
    {"a\0", 2},
    {"\0a", 2},
    {"aa", 2},
    {"aba", 3},
    {"aab", 3},
    {"abcd", 4},
    {"abcde", 5},
    {"abcdefg", 7},
    {"abcdefgh", 8},
    {"abcdefgi", 8},
    {"bbcdefgh", 8},
    {"abcdefg\0", 8},
    {"abcdefghi", 9},
    {"abcdefgh\0", 9},
    {"abcdefghj", 9},
    {"abcdefghabcdefgh", 16},
    {"abcdefghabcdefg\0", 16},
    {"abcdefghabcdefgha", 17},
    {"\xC3\xA9", 2},
    {"\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 8},
    {"\0\0\0\0\0\0\0\0", 8},
    {"\0\0\0\0\0\0\0\0\0", 9},
};

enum { TEXTS = ARRAY_LENGTH(texts), MANY = 3000 };

static dem_symbol intern(dem_symbols *symbols, dem_slice bytes)
{
  const dem_symbol symbol = dem_symbols_intern(symbols, bytes);
  assert_false(dem_symbol_is_none(symbol));
  return symbol;
}

static void check_text(const dem_symbols *symbols, uint32_t index, dem_slice expected)
{
  const dem_slice text = dem_symbols_text(symbols, (dem_symbol){index});
  assert_int_equal(text.size, expected.size);
  assert_memory_equal(text.bytes, expected.bytes, expected.size);
  assert_int_equal(text.bytes[text.size], '\0');
  assert_int_equal(dem_symbols_find(symbols, expected).index, index);
}

static void check_absent(const dem_symbols *symbols, dem_slice bytes)
{
  assert_true(dem_symbol_is_none(dem_symbols_find(symbols, bytes)));
}

static void different_bytes_are_different_symbols(void **state)
{
  (void)state;
  strict_memory memory = STRICT_MEMORY;
  dem_symbols *const symbols = dem_symbols_new(strict_allocator(&memory), NULL);
  for (uint32_t i = 0; i < TEXTS; ++i) {
    check_absent(symbols, texts[i]);
    assert_int_equal(intern(symbols, texts[i]).index, i);
    assert_int_equal(intern(symbols, texts[i / 2]).index, i / 2);
    assert_int_equal(dem_symbols_count(symbols), i + 1);
  }
  for (uint32_t i = 0; i < TEXTS; ++i) {
    check_text(symbols, i, texts[i]);
  }
  dem_symbols_free(symbols);
  assert_int_equal(memory.bytes, 0);
}

/// They have few keys between them, so that many meet in the table.
static void a_byte_repeated_is_told_apart_by_its_size(void **state)
{
  (void)state;
  enum { SIZES = 8, COUNT = 256 * SIZES };
  char bytes[COUNT][SIZES];
  dem_symbols *const symbols = dem_symbols_new(dem_allocator_default(), NULL);
  for (uint32_t n = 0; n < COUNT; ++n) {
    memset(bytes[n], (int)(n / SIZES), SIZES);
    assert_int_equal(intern(symbols, (dem_slice){bytes[n], n % SIZES + 1}).index, n);
    for (uint32_t known = 0; n % 32 == 31 && known <= n; ++known) {
      check_text(symbols, known, (dem_slice){bytes[known], known % SIZES + 1});
    }
  }
  dem_symbols_free(symbols);
}

static void the_bytes_are_copied(void **state)
{
  (void)state;
  strict_memory memory = STRICT_MEMORY;
  dem_symbols *const symbols = dem_symbols_new(strict_allocator(&memory), NULL);
  char bytes[] = "a name that is long";
  const dem_symbol symbol = intern(symbols, dem_slice_of(bytes));
  bytes[0] = 'A';
  assert_true(dem_slice_is(dem_symbols_text(symbols, symbol), "a name that is long"));
  check_absent(symbols, dem_slice_of(bytes));
  dem_symbols_free(symbols);
}

/// A text of its own for each number: most are short, every third is long.
static dem_slice make_text(uint32_t n, char bytes[static 16])
{
  size_t size = n % 3 == 0 ? 9 : 1;
  for (size_t i = 0; i < size; ++i) {
    bytes[i] = (char)('a' + n % 3);
  }
  for (uint32_t rest = n; rest > 0; rest /= 16) {
    bytes[size++] = (char)('0' + rest % 16);
  }
  return (dem_slice){bytes, size};
}

static void check_many(const dem_symbols *symbols, uint32_t first, uint32_t end)
{
  char bytes[16];
  for (uint32_t n = first; n < end; ++n) {
    check_text(symbols, n, make_text(n, bytes));
  }
}

static void intern_many(dem_symbols *symbols, uint32_t first, uint32_t end)
{
  char bytes[16];
  for (uint32_t n = first; n < end; ++n) {
    assert_int_equal(intern(symbols, make_text(n, bytes)).index, n);
  }
}

static void a_chain_of_tables_numbers_on(void **state)
{
  (void)state;
  strict_memory memory = STRICT_MEMORY;
  const dem_allocator allocator = strict_allocator(&memory);
  char bytes[16];
  dem_symbols *const base = dem_symbols_new(allocator, NULL);
  intern_many(base, 0, 100);
  dem_symbols *const empty = dem_symbols_new(allocator, base);
  dem_symbols *const middle = dem_symbols_new(allocator, empty);
  assert_int_equal(dem_symbols_count(middle), 100);
  intern_many(middle, 0, MANY); // The first 100 are known.
  dem_symbols *const top = dem_symbols_new(allocator, middle);
  intern_many(top, 50, MANY + 100);
  check_many(top, 0, MANY + 100);
  check_many(middle, 0, MANY);
  check_many(empty, 0, 100);
  assert_int_equal(dem_symbols_count(base), 100);
  assert_int_equal(dem_symbols_count(top), MANY + 100);
  check_absent(base, make_text(100, bytes)); // What stands above is not seen from below.
  check_absent(base, make_text(101, bytes));
  check_absent(middle, make_text(MANY, bytes));
  dem_symbols_free(top);
  dem_symbols_free(middle);
  dem_symbols_free(empty);
  dem_symbols_free(base);
  assert_int_equal(memory.bytes, 0);
}

typedef struct reset_case {
  const char *name;
  uint32_t first;  ///< Symbols before a first reset: they decide how many slots there are.
  uint32_t second; ///< Symbols before a second one.
} reset_case;

static reset_case reset_cases[] = {
    // Not const: cmocka hands a case on as void *.
    {"a reset of many symbols leaves those of the base alone", MANY, MANY},
    {"a reset of few symbols in a large table leaves those of the base alone", MANY, 20},
    {"a reset of one symbol leaves those of the base alone", MANY, 1},
    {"a reset of no symbols leaves those of the base alone", 0, 0},
};

enum { BASE = 10 };

static void test_reset(void **state)
{
  const reset_case *const c = *state;
  strict_memory memory = STRICT_MEMORY;
  const dem_allocator allocator = strict_allocator(&memory);
  char bytes[16];
  dem_symbols *const base = dem_symbols_new(allocator, NULL);
  intern_many(base, 0, BASE);
  dem_symbols *const symbols = dem_symbols_new(allocator, base);
  intern_many(symbols, BASE, BASE + c->first);
  dem_symbols_reset(symbols);
  const size_t asked = memory.count;
  intern_many(symbols, BASE, BASE + c->second);
  dem_symbols_reset(symbols);
  assert_int_equal(memory.count, asked); // The memory was kept.
  assert_int_equal(dem_symbols_count(symbols), BASE);
  const uint32_t other = MANY * 2; // The numbers begin again.
  assert_int_equal(intern(symbols, make_text(other, bytes)).index, BASE);
  check_many(symbols, 0, BASE);
  for (uint32_t n = BASE; n < BASE + MANY; ++n) {
    check_absent(symbols, make_text(n, bytes));
  }
  dem_symbols_free(symbols);
  dem_symbols_free(base);
  assert_int_equal(memory.bytes, 0);
}

static void a_refusal_leaves_the_table_as_it_was(void **state)
{
  (void)state;
  enum { COUNT = 100 };
  char bytes[16];
  size_t refusals = 1;
  size_t turns = 0;
  for (; refusals > 0; ++turns) {
    strict_memory memory = STRICT_MEMORY;
    dem_symbols *const symbols = dem_symbols_new(strict_allocator(&memory), NULL);
    memory.failing_at = memory.count + turns;
    refusals = 0;
    for (uint32_t n = 0; n < COUNT; ++n) {
      const dem_slice text = make_text(n, bytes);
      if (dem_symbol_is_none(dem_symbols_intern(symbols, text))) {
        ++refusals;
        check_absent(symbols, text);
        assert_int_equal(intern(symbols, text).index, n);
      }
    }
    check_many(symbols, 0, COUNT);
    dem_symbols_free(symbols);
    assert_int_equal(memory.bytes, 0);
  }
  assert_true(turns > 5);
}

static const struct CMUnitTest others[] = {
    cmocka_unit_test(different_bytes_are_different_symbols),
    cmocka_unit_test(a_byte_repeated_is_told_apart_by_its_size),
    cmocka_unit_test(the_bytes_are_copied),
    cmocka_unit_test(a_chain_of_tables_numbers_on),
    cmocka_unit_test(a_refusal_leaves_the_table_as_it_was),
};

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(reset_cases) + ARRAY_LENGTH(others)] = {{0}};
  size_t count = 0;
  for (size_t i = 0; i < ARRAY_LENGTH(others); ++i) {
    tests[count++] = others[i];
  }
  for (size_t i = 0; i < ARRAY_LENGTH(reset_cases); ++i) {
    tests[count++] = (struct CMUnitTest){
        .name = reset_cases[i].name, .test_func = test_reset, .initial_state = &reset_cases[i]};
  }
  return cmocka_run_group_tests_name("base/symbol", tests, NULL, NULL);
}
