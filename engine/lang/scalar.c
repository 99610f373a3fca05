// SPDX-License-Identifier: Apache-2.0

// The one place where a scalar's text becomes a typed word.

#include "lang/scalar.h"

#include "base/hot.h"
#include "base/unicode.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// Dates -------------------------------------------------------------------------------

static bool is_leap(int64_t year)
{
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int64_t year, int month)
{
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/// Days since 1970-01-01. The year begins in March, so that the leap day is its last.
/// Source: Richards, in Explanatory Supplement to the Astronomical Almanac (2013), ch. 15.
static int64_t days_of(int64_t year, int month, int day)
{
  const int64_t y = month <= 2 ? year - 1 : year;
  const int64_t era =
      y / 400; // Years are 0 to 9999: never negative but for March to February of 0.
  const int64_t in_era = y - era * 400;
  const int64_t in_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year - 719468;
}

static bool read_digits(const char *text, int count, int *value)
{
  *value = 0;
  for (int i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') {
      return false;
    }
    *value = *value * 10 + (text[i] - '0');
  }
  return true;
}

static bool read_date(dem_slice text, dem_word *word)
{
  int year;
  int month;
  int day;
  if (text.size != 10 || text.bytes[4] != '-' || text.bytes[7] != '-' ||
      !read_digits(text.bytes, 4, &year) || !read_digits(text.bytes + 5, 2, &month) ||
      !read_digits(text.bytes + 8, 2, &day)) {
    return false;
  }
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) {
    return false;
  }
  *word = dem_word_of_integer(days_of(year, month, day));
  return true;
}

static void write_digits(int64_t number, char *text, size_t count)
{
  for (; count > 0; number /= 10) {
    text[--count] = (char)('0' + number % 10);
  }
}

static void write_date(int64_t days, dem_buffer *out)
{
  const int64_t shifted = days + 719468;
  const int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const int64_t in_era = shifted - era * 146097;
  const int64_t year_in_era = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
  const int64_t in_year = in_era - (365 * year_in_era + year_in_era / 4 - year_in_era / 100);
  const int64_t month_from_march = (5 * in_year + 2) / 153;
  const int64_t day = in_year - (153 * month_from_march + 2) / 5 + 1;
  const int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  const int64_t year = year_in_era + era * 400 + (month <= 2);
  enum { LAST_YEAR = 9999 }; // Dates are read with four digits.
  char text[] = "0000-00-00";
  if (year < 0 || year > LAST_YEAR) {
    dem_buffer_add_format(out, "%04lld-%02lld-%02lld", (long long)year, (long long)month,
                          (long long)day);
    return;
  }
  write_digits(year, text, 4);
  write_digits(month, text + 5, 2);
  write_digits(day, text + 8, 2);
  dem_buffer_add(out, (dem_slice){text, sizeof text - 1});
}

// Numbers -----------------------------------------------------------------------------

static bool read_integer(dem_slice text, dem_word *word)
{
  size_t i = 0;
  const bool is_negative = text.size && text.bytes[0] == '-';
  if (text.size && (text.bytes[0] == '-' || text.bytes[0] == '+')) {
    ++i;
  }
  if (i == text.size) {
    return false;
  }
  const uint64_t most = is_negative ? UINT64_C(1) << 63 : (uint64_t)INT64_MAX;
  uint64_t value = 0;
  for (; i < text.size; ++i) {
    if (text.bytes[i] < '0' || text.bytes[i] > '9') {
      return false;
    }
    const uint64_t digit = (uint64_t)(text.bytes[i] - '0');
    if (value > (most - digit) / 10) {
      return false;
    }
    value = value * 10 + digit;
  }
  *word = is_negative ? ~value + 1 : value;
  return true;
}

/// Digits, a point, an exponent: the shape is checked here, since strtod also takes "inf" and "0x".
static bool has_number_shape(dem_slice text)
{
  size_t i = 0;
  size_t digits = 0;
  if (i < text.size && (text.bytes[i] == '-' || text.bytes[i] == '+')) {
    ++i;
  }
  for (; i < text.size && text.bytes[i] >= '0' && text.bytes[i] <= '9'; ++i) {
    ++digits;
  }
  if (i < text.size && text.bytes[i] == '.') {
    for (++i; i < text.size && text.bytes[i] >= '0' && text.bytes[i] <= '9'; ++i) {
      ++digits;
    }
  }
  if (digits > 0 && i < text.size && (text.bytes[i] == 'e' || text.bytes[i] == 'E')) {
    ++i;
    if (i < text.size && (text.bytes[i] == '-' || text.bytes[i] == '+')) {
      ++i;
    }
    const size_t first = i;
    while (i < text.size && text.bytes[i] >= '0' && text.bytes[i] <= '9') {
      ++i;
    }
    return i == text.size && i > first;
  }
  return digits > 0 && i == text.size;
}

enum { LONGEST_NUMBER = 400 }; // 309 digits reach the largest double.

static bool read_number(dem_slice text, dem_word *word)
{
  char copy[LONGEST_NUMBER + 1];
  if (text.size > LONGEST_NUMBER || !has_number_shape(text)) {
    return false;
  }
  memcpy(copy, text.bytes, text.size);
  copy[text.size] = '\0';
  char *end = NULL;
  double value = strtod(copy, &end);
  if (*end == '.') { // The embedding program set a locale whose point is a comma.
    *end = ',';
    value = strtod(copy, &end);
  }
  if (*end != '\0' || !isfinite(value)) {
    return false;
  }
  *word = dem_word_of_number(value);
  return true;
}

// Strings -----------------------------------------------------------------------------

/// White space (Unicode's property of that name) or a control character.
static bool is_blank(uint32_t point)
{
  return point <= 0x20 || (point >= 0x7F && point <= 0xA0) || point == 0x1680 ||
         (point >= 0x2000 && point <= 0x200A) || point == 0x2028 || point == 0x2029 ||
         point == 0x202F || point == 0x205F || point == 0x3000;
}

static bool is_short_symbol(dem_slice text)
{
  return text.size > 0 && text.size <= 8 &&
         dem_scalar_is_short_symbol(dem_slice_short_word(text), text.size);
}

static bool is_symbol(dem_slice text)
{
  size_t at = 0;
  while (at < text.size) {
    const unsigned char byte = (unsigned char)text.bytes[at];
    // Most bytes are ASCII: no need to ask for the code point.
    const uint32_t point = byte < 0x80 ? byte : dem_unicode_next(text, &at);
    at += byte < 0x80;
    if (is_blank(point)) {
      return false;
    }
  }
  return text.size > 0;
}

static dem_scalar_verdict intern(dem_symbols *symbols, dem_slice text, dem_word *word)
{
  const dem_symbol symbol = dem_symbols_intern(symbols, text);
  *word = dem_word_of_symbol(symbol);
  return dem_symbol_is_none(symbol) ? DEM_SCALAR_NO_MEMORY : DEM_SCALAR_OK;
}

static dem_scalar_verdict read_option(const dem_symbols *symbols, const dem_type *type,
                                      dem_slice text, dem_word *word)
{
  const dem_symbol symbol = dem_symbols_find(symbols, text);
  for (uint32_t i = 0; !dem_symbol_is_none(symbol) && i < type->option_count; ++i) {
    if (dem_symbol_is_equal(type->options[i], symbol)) {
      *word = dem_word_of_symbol(symbol);
      return DEM_SCALAR_OK;
    }
  }
  return DEM_SCALAR_NOT_AN_OPTION;
}

/// In capitals as well: so spreadsheets write them.
static bool read_boolean(dem_slice text, dem_word *word)
{
  *word = dem_slice_is(text, "true") || dem_slice_is(text, "yes") || dem_slice_is(text, "TRUE");
  return *word || dem_slice_is(text, "false") || dem_slice_is(text, "no") ||
         dem_slice_is(text, "FALSE");
}

// The whole ---------------------------------------------------------------------------

static dem_scalar_verdict verdict(bool is_right)
{
  return is_right ? DEM_SCALAR_OK : DEM_SCALAR_WRONG_TYPE;
}

static dem_scalar_verdict read_reference(dem_symbols *symbols, const dem_type *type, dem_slice text,
                                         dem_word *word)
{
  switch (type->storage) {
  case DEM_STORAGE_STRING:
    return intern(symbols, text, word);
  case DEM_STORAGE_INTEGER:
    return verdict(read_integer(text, word));
  case DEM_STORAGE_NUMBER:
    return verdict(read_number(text, word));
  case DEM_STORAGE_BOOLEAN:
    return verdict(read_boolean(text, word));
  case DEM_STORAGE_DATE:
    return verdict(read_date(text, word));
  }
  return DEM_SCALAR_WRONG_TYPE;
}

DEM_NOINLINE static dem_scalar_verdict read_any(dem_symbols *symbols, const dem_type *type,
                                                dem_slice text, dem_word *word_out)
{
  switch (type->kind) {
  case DEM_TYPE_SYMBOL:
    return is_symbol(text) ? intern(symbols, text, word_out) : DEM_SCALAR_WRONG_TYPE;
  case DEM_TYPE_TEXT:
    return intern(symbols, text, word_out);
  case DEM_TYPE_INTEGER:
    return verdict(read_integer(text, word_out));
  case DEM_TYPE_NUMBER:
    return verdict(read_number(text, word_out));
  case DEM_TYPE_BOOLEAN:
    return verdict(read_boolean(text, word_out));
  case DEM_TYPE_DATE:
    return verdict(read_date(text, word_out));
  case DEM_TYPE_ENUMERATION:
    return read_option(symbols, type, text, word_out);
  case DEM_TYPE_REFERENCE:
    return read_reference(symbols, type, text, word_out);
  }
  return DEM_SCALAR_WRONG_TYPE;
}

dem_scalar_verdict dem_scalar_read(dem_symbols *symbols, const dem_type *type, dem_slice text,
                                   dem_word *word_out)
{
  if (type->kind == DEM_TYPE_SYMBOL && is_short_symbol(text)) { // Most are.
    return intern(symbols, text, word_out);
  }
  if (type->kind == DEM_TYPE_INTEGER) {
    return verdict(read_integer(text, word_out));
  }
  return read_any(symbols, type, text, word_out);
}

void dem_type_describe(const dem_model *model, const dem_type *type, dem_buffer *out)
{
  static const char *const names[] = {
      [DEM_TYPE_SYMBOL] = "a symbol (no spaces)", [DEM_TYPE_TEXT] = "a text",
      [DEM_TYPE_INTEGER] = "an integer",          [DEM_TYPE_NUMBER] = "a number",
      [DEM_TYPE_BOOLEAN] = "true or false",       [DEM_TYPE_DATE] = "a date (YYYY-MM-DD)",
      [DEM_TYPE_ENUMERATION] = "one of",          [DEM_TYPE_REFERENCE] = "",
  };
  dem_buffer_add_text(out, names[type->kind]);
  for (uint32_t i = 0; type->kind == DEM_TYPE_ENUMERATION && i < type->option_count; ++i) {
    dem_buffer_add_text(out, i ? ", " : " ");
    dem_buffer_add(out, dem_symbols_text(model->symbols, type->options[i]));
  }
  if (type->kind == DEM_TYPE_REFERENCE) {
    const dem_slice name = dem_symbols_text(model->symbols, model->relations[type->relation].name);
    dem_buffer_add_text(out, name.size && strchr("aeiou", name.bytes[0]) ? "an " : "a ");
    dem_buffer_add(out, name);
  }
}

void dem_word_write(const dem_symbols *symbols, dem_storage storage, dem_word word, dem_buffer *out)
{
  if (word == DEM_ABSENT && storage != DEM_STORAGE_INTEGER) {
    return;
  }
  switch (storage) {
  case DEM_STORAGE_STRING:
    dem_buffer_add(out, dem_symbols_text(symbols, dem_word_symbol(word)));
    break;
  case DEM_STORAGE_INTEGER:
    dem_buffer_add_integer(out, dem_word_integer(word));
    break;
  case DEM_STORAGE_NUMBER:
    dem_buffer_add_number(out, dem_word_number(word));
    break;
  case DEM_STORAGE_BOOLEAN:
    dem_buffer_add_text(out, word ? "true" : "false");
    break;
  case DEM_STORAGE_DATE:
    write_date(dem_word_integer(word), out);
    break;
  }
}
