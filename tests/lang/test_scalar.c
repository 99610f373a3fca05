// SPDX-License-Identifier: Apache-2.0

// How a scalar's text becomes a word of each type, and a text again.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lang/scalar.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static const char refused[] = "refused";

typedef struct scalar_case {
  const char *name;
  dem_type_kind kind;
  dem_storage storage;
  dem_slice text;
  const char *expected; // As it is written again, or `refused`.
} scalar_case;

#define SYMBOL DEM_TYPE_SYMBOL, DEM_STORAGE_STRING
#define TEXT DEM_TYPE_TEXT, DEM_STORAGE_STRING
#define INTEGER DEM_TYPE_INTEGER, DEM_STORAGE_INTEGER
#define NUMBER DEM_TYPE_NUMBER, DEM_STORAGE_NUMBER
#define BOOLEAN DEM_TYPE_BOOLEAN, DEM_STORAGE_BOOLEAN
#define DATE DEM_TYPE_DATE, DEM_STORAGE_DATE

#define S(literal)                                                                                 \
  {                                                                                                \
    "" literal, sizeof(literal) - 1                                                                \
  }

static scalar_case cases[] = {
    // Not const: cmocka hands a case on as void *.
    {"Norway is a symbol", SYMBOL, S("NO"), "NO"},
    {"1e3 is a symbol", SYMBOL, S("1e3"), "1e3"},
    {"a symbol in another script", SYMBOL, S("日本"), "日本"},
    {"an empty symbol", SYMBOL, S(""), refused},
    {"a symbol with a space", SYMBOL, S("a b"), refused},
    {"a symbol with a tab", SYMBOL, S("a\tb"), refused},
    {"a symbol with a NUL", SYMBOL, S("a\0b"), refused},
    {"a symbol with a no-break space", SYMBOL,
     S("a\xC2\xA0"
       "b"),
     refused},
    {"a symbol with an ideographic space", SYMBOL,
     S("a\xE3\x80\x80"
       "b"),
     refused},
    {"a symbol with a line separator", SYMBOL,
     S("a\xE2\x80\xA8"
       "b"),
     refused},
    {"a symbol with an accent", SYMBOL, S("\xC3\xA0"), "\xC3\xA0"},
    {"an empty text", TEXT, S(""), ""},
    {"a text with spaces", TEXT, S(" a  b "), " a  b "},
    {"an integer", INTEGER, S("42"), "42"},
    {"a signed integer", INTEGER, S("+7"), "7"},
    {"a negative integer", INTEGER, S("-7"), "-7"},
    {"leading zeros", INTEGER, S("007"), "7"},
    {"the largest integer", INTEGER, S("9223372036854775807"), "9223372036854775807"},
    {"one more", INTEGER, S("9223372036854775808"), refused},
    {"the smallest integer", INTEGER, S("-9223372036854775808"), "-9223372036854775808"},
    {"one less", INTEGER, S("-9223372036854775809"), refused},
    {"very many digits", INTEGER, S("99999999999999999999999999"), refused},
    {"a sign alone", INTEGER, S("-"), refused},
    {"nothing as integer", INTEGER, S(""), refused},
    {"hexadecimal", INTEGER, S("0x10"), refused},
    {"a fraction as integer", INTEGER, S("1.0"), refused},
    {"an integer with a space", INTEGER, S("1 "), refused},
    {"a number", NUMBER, S("1.50"), "1.5"},
    {"a whole number", NUMBER, S("3"), "3"},
    {"an exponent", NUMBER, S("1.25e2"), "125"},
    {"ten", NUMBER, S("10"), "10"},
    {"a thousand as 1e3", NUMBER, S("1e3"), "1000"},
    {"twenty-one digits", NUMBER, S("123456789012345680000"), "123456789012345680000"},
    {"one more digit", NUMBER, S("1e21"), "1e+21"},
    {"a millionth", NUMBER, S("0.000001"), "0.000001"},
    {"less than a millionth", NUMBER, S("-0.00000015"), "-1.5e-7"},
    {"a number that needs 17 digits", NUMBER, S("0.1000000000000000055"), "0.1"},
    {"the next one after 0.1", NUMBER, S("0.10000000000000002"), "0.10000000000000002"},
    {"the smallest number", NUMBER, S("5e-324"), "5e-324"},
    {"the largest number", NUMBER, S("1.7976931348623157e308"), "1.7976931348623157e+308"},
    {"a point first", NUMBER, S(".5"), "0.5"},
    {"negative zero", NUMBER, S("-0.0"), "0"},
    {"not a number", NUMBER, S("nan"), refused},
    {"infinity", NUMBER, S("inf"), refused},
    {"too large a number", NUMBER, S("1e999"), refused},
    {"hexadecimal number", NUMBER, S("0x1p3"), refused},
    {"an exponent without digits", NUMBER, S("1e"), refused},
    {"a comma", NUMBER, S("1,5"), refused},
    {"true", BOOLEAN, S("true"), "true"},
    {"yes", BOOLEAN, S("yes"), "true"},
    {"no", BOOLEAN, S("no"), "false"},
    {"1 as boolean", BOOLEAN, S("1"), refused},
    {"TRUE from a spreadsheet", BOOLEAN, S("TRUE"), "true"},
    {"FALSE from a spreadsheet", BOOLEAN, S("FALSE"), "false"},
    {"Yes with a capital", BOOLEAN, S("Yes"), refused},
    {"a date", DATE, S("2024-06-01"), "2024-06-01"},
    {"the epoch", DATE, S("1970-01-01"), "1970-01-01"},
    {"a leap day", DATE, S("2024-02-29"), "2024-02-29"},
    {"a leap day in 2000", DATE, S("2000-02-29"), "2000-02-29"},
    {"no leap day in 1900", DATE, S("1900-02-29"), refused},
    {"the first year", DATE, S("0001-01-01"), "0001-01-01"},
    {"the last day of all", DATE, S("9999-12-31"), "9999-12-31"},
    {"a 13th month", DATE, S("2024-13-01"), refused},
    {"a 31st of April", DATE, S("2024-04-31"), refused},
    {"a short date", DATE, S("2024-6-1"), refused},
    {"a date with a time", DATE, S("2024-06-01T00:00"), refused},
};

static void test_case(void **state)
{
  const scalar_case *const row = *state;
  dem_symbols *const symbols = dem_symbols_new(dem_allocator_default(), NULL);
  const dem_type type = {.kind = row->kind, .storage = row->storage};
  dem_word word = 0;
  const dem_scalar_verdict verdict = dem_scalar_read(symbols, &type, row->text, &word);
  if (row->expected == refused) {
    assert_int_equal(verdict, DEM_SCALAR_WRONG_TYPE);
  } else {
    dem_buffer text;
    dem_buffer_init(&text, dem_allocator_default());
    assert_int_equal(verdict, DEM_SCALAR_OK);
    dem_word_write(symbols, row->storage, word, &text);
    dem_buffer_add_char(&text, '\0');
    assert_string_equal(text.bytes, row->expected);
    dem_buffer_clear(&text);
  }
  dem_symbols_free(symbols);
}

// Every day from the first to the last is written as it is read.
static void test_every_day(void **state)
{
  (void)state;
  dem_symbols *const symbols = dem_symbols_new(dem_allocator_default(), NULL);
  const dem_type type = {.kind = DEM_TYPE_DATE, .storage = DEM_STORAGE_DATE};
  dem_buffer text;
  dem_buffer_init(&text, dem_allocator_default());
  enum { FIRST = -719162, LAST = 2932896 };
  for (int64_t day = FIRST; day <= LAST; day += 13) {
    dem_word word = 0;
    dem_buffer_reset(&text);
    dem_word_write(symbols, DEM_STORAGE_DATE, dem_word_of_integer(day), &text);
    assert_int_equal(dem_scalar_read(symbols, &type, dem_buffer_slice(&text), &word),
                     DEM_SCALAR_OK);
    assert_int_equal(dem_word_integer(word), day);
  }
  dem_buffer_clear(&text);
  dem_symbols_free(symbols);
}

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(cases) + 1] = {{0}};
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_case, .initial_state = &cases[i]};
  }
  tests[ARRAY_LENGTH(cases)] =
      (struct CMUnitTest){.name = "every day", .test_func = test_every_day};
  return cmocka_run_group_tests_name("lang/scalar", tests, NULL, NULL);
}
