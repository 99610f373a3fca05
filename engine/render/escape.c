// SPDX-License-Identifier: Apache-2.0

// Text made safe for where it goes.
//
// Each function copies the stretch that needs nothing in one piece and looks
// closer only where a byte may be special.

#include "render/escape.h"

#include <string.h>

#include "base/unicode.h"

bool dem_escape_is_control(uint32_t point)
{
  return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x061C ||
         (point >= 0x200E && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E) ||
         (point >= 0x2066 && point <= 0x2069) || point == 0xFEFF;
}

void dem_escape_control(uint32_t point, dem_buffer *out)
{
  dem_buffer_add_format(out, "\\u{%x}", (unsigned)point);
}

static bool is_space(uint32_t point)
{
  return point == ' ' || (point >= '\t' && point <= '\r') || point == 0x85 || point == 0x2028 ||
         point == 0x2029;
}

/// Append bytes [begin, end) of a text.
static void add_part(dem_slice text, size_t begin, size_t end, dem_buffer *out)
{
  dem_buffer_add(out, (dem_slice){text.bytes + begin, end - begin});
}

/// Append a code point that may be special to a terminal, and any other as its bytes.
static void add_visible(dem_slice text, size_t begin, size_t end, uint32_t point, dem_buffer *out)
{
  if (is_space(point)) {
    dem_buffer_add_char(out, ' ');
  } else if (dem_escape_is_control(point)) {
    dem_escape_control(point, out);
  } else if (point == 0xFFFD) {
    dem_buffer_add_text(out, "\xEF\xBF\xBD"); // Also for a byte that is not UTF-8.
  } else {
    add_part(text, begin, end, out);
  }
}

void dem_escape_terminal(dem_slice text, dem_buffer *out)
{
  for (size_t i = 0; i < text.size;) {
    const size_t begin = i;
    const uint32_t point = dem_unicode_next(text, &i);
    add_visible(text, begin, i, point, out);
  }
}

// Markdown --------------------------------------------------------------------

/// Where a text's first bytes would make a list item: the offset of the byte to escape; else
/// the text's size.
static size_t list_marker(dem_slice text)
{
  size_t i = 0;
  if (text.size && strchr("-+=", text.bytes[0]) && text.bytes[0]) {
    return 0;
  }
  while (i < text.size && text.bytes[i] >= '0' && text.bytes[i] <= '9') {
    ++i;
  }
  const bool is_marker = i > 0 && i < text.size && (text.bytes[i] == '.' || text.bytes[i] == ')');
  return is_marker ? i : text.size;
}

void dem_escape_markdown(dem_slice text, dem_buffer *out)
{
  const size_t marker = list_marker(text);
  for (size_t i = 0; i < text.size;) {
    const size_t begin = i;
    const uint32_t point = dem_unicode_next(text, &i);
    const bool is_special = point && point < 0x80 && strchr("\\`*_[]<>#|~&", (int)point);
    if (is_special || begin == marker) {
      dem_buffer_add_char(out, '\\');
    }
    add_visible(text, begin, i, point, out);
  }
}

// HTML ------------------------------------------------------------------------

static const char *html_entity(uint32_t point)
{
  switch (point) {
  case '&':
    return "&amp;";
  case '<':
    return "&lt;";
  case '>':
    return "&gt;";
  case '"':
    return "&quot;";
  case '\'':
    return "&#39;";
  default:
    return NULL;
  }
}

void dem_escape_html(dem_slice text, dem_buffer *out)
{
  for (size_t i = 0; i < text.size;) {
    const size_t begin = i;
    const uint32_t point = dem_unicode_next(text, &i);
    const char *const entity = html_entity(point);
    if (entity) {
      dem_buffer_add_text(out, entity);
    } else {
      add_visible(text, begin, i, point, out);
    }
  }
}

// JSON ------------------------------------------------------------------------

static char json_letter(unsigned char byte)
{
  switch (byte) {
  case '"':
  case '\\':
    return (char)byte;
  case '\n':
    return 'n';
  case '\r':
    return 'r';
  case '\t':
    return 't';
  case '\b':
    return 'b';
  case '\f':
    return 'f';
  default:
    return 0;
  }
}

enum { EIGHT = 8 };

/// Of eight bytes, those that need a closer look: all but ASCII without controls, quotes and
/// backslashes. Their eighth bits are set; the lowest is exact, one above it may be set in vain. A
/// byte is below n where subtracting n from it borrows from its eighth bit, which was not set; all
/// eight at once. Source: Warren, "Hacker's Delight" (2012), §6-1.
static uint64_t special_json(const char *bytes)
{
  const uint64_t ones = UINT64_C(0x0101010101010101);
  const uint64_t tops = UINT64_C(0x8080808080808080);
  uint64_t eight;
  memcpy(&eight, bytes, sizeof eight);
  const uint64_t quotes = eight ^ (ones * '"');
  const uint64_t slashes = eight ^ (ones * '\\');
  const uint64_t deletes = eight ^ (ones * 0x7F);
  return tops &
         (eight | (eight - ones * 0x20) | (quotes - ones) | (slashes - ones) | (deletes - ones));
}

/// How many plain bytes come first, where there is a special one among the eight; at least.
static size_t plain_before(uint64_t special)
{
#if defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  return (size_t)__builtin_ctzll(special) / EIGHT;
#else
  (void)special;
  return 0;
#endif
}

/// How many bytes from `i` on need no closer look.
static size_t plain_json(dem_slice text, size_t i)
{
  const size_t begin = i;
  for (; i + EIGHT <= text.size; i += EIGHT) {
    const uint64_t special = special_json(text.bytes + i);
    if (special) {
      return i + plain_before(special) - begin;
    }
  }
  // The last eight, of which some were looked at, save looking at the rest one by one.
  const bool is_plain = text.size >= EIGHT && !special_json(text.bytes + text.size - EIGHT);
  return (is_plain ? text.size : i) - begin;
}

static void escape_inside(dem_slice text, dem_buffer *out)
{
  size_t plain = 0; // Begin of the stretch that needs nothing.
  for (size_t i = 0; i < text.size;) {
    i += plain_json(text, i);
    if (i == text.size) {
      break;
    }
    const unsigned char byte = (unsigned char)text.bytes[i];
    if (byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\') {
      ++i;
      continue;
    }
    const size_t begin = i;
    const uint32_t point = dem_unicode_next(text, &i);
    if (point != 0xFFFD && !dem_escape_is_control(point) && point != '"' && point != '\\') {
      continue;
    }
    add_part(text, plain, begin, out);
    plain = i;
    if (point < 0x80 && json_letter((unsigned char)point)) {
      dem_buffer_add_char(out, '\\');
      dem_buffer_add_char(out, json_letter((unsigned char)point));
    } else {
      dem_buffer_add_format(out, "\\u%04x", (unsigned)point);
    }
  }
  add_part(text, plain, text.size, out);
}

/// Copy a text and say whether all of it is plain; where it is not, what was copied is of no use.
static bool copy_plain(dem_slice text, char *place)
{
  uint64_t special = 0;
  size_t i = 0;
  for (; i + EIGHT <= text.size; i += EIGHT) {
    special |= special_json(text.bytes + i);
    memcpy(place + i, text.bytes + i, EIGHT);
  }
  if (text.size >= EIGHT) { // The last eight, some of them once more.
    special |= special_json(text.bytes + text.size - EIGHT);
    memcpy(place + text.size - EIGHT, text.bytes + text.size - EIGHT, EIGHT);
    return special == 0;
  }
  bool is_plain = true;
  for (; i < text.size; ++i) {
    const char byte = text.bytes[i];
    is_plain = is_plain && byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\';
    place[i] = byte;
  }
  return is_plain;
}

void dem_escape_json(dem_slice text, dem_buffer *out)
{
  char *const place = dem_buffer_take(out, text.size + 2);
  if (place && copy_plain(text, place + 1)) {
    place[0] = place[text.size + 1] = '"';
    return;
  }
  if (place) {
    out->size -= text.size + 2;
  }
  dem_buffer_add_char(out, '"');
  escape_inside(text, out);
  dem_buffer_add_char(out, '"');
}

// Tables ----------------------------------------------------------------------

static bool has_any(dem_slice text, const char *bytes)
{
  for (size_t i = 0; i < text.size; ++i) {
    if (text.bytes[i] && strchr(bytes, text.bytes[i])) {
      return true;
    }
  }
  return false;
}

static void add_quoted(dem_slice text, dem_buffer *out)
{
  dem_buffer_add_char(out, '"');
  for (size_t i = 0; i < text.size; ++i) {
    if (text.bytes[i] == '"') {
      dem_buffer_add_char(out, '"');
    }
    dem_buffer_add_char(out, text.bytes[i]);
  }
  dem_buffer_add_char(out, '"');
}

void dem_escape_csv(dem_slice text, dem_buffer *out)
{
  const bool has_edge_space =
      text.size && (text.bytes[0] == ' ' || text.bytes[text.size - 1] == ' ');
  if (has_edge_space || has_any(text, ",\"\r\n")) {
    add_quoted(text, out);
  } else {
    dem_buffer_add(out, text);
  }
}

void dem_escape_csv_cell(dem_slice text, dem_buffer *out)
{
  // Source: OWASP, "CSV injection".
  if (text.size == 0 || !has_any((dem_slice){text.bytes, 1}, "=+-@\t\r\n")) {
    dem_escape_csv(text, out);
    return;
  }
  const bool is_quoted = has_any(text, ",\"\r\n");
  dem_buffer_add_text(out, is_quoted ? "\"'" : "'");
  for (size_t i = 0; i < text.size; ++i) {
    if (text.bytes[i] == '"') {
      dem_buffer_add_char(out, '"');
    }
    dem_buffer_add_char(out, text.bytes[i]);
  }
  dem_buffer_add_text(out, is_quoted ? "\"" : "");
}

static char tsv_letter(char byte)
{
  switch (byte) {
  case '\t':
    return 't';
  case '\n':
    return 'n';
  case '\r':
    return 'r';
  case '\\':
    return '\\';
  default:
    return 0;
  }
}

void dem_escape_tsv(dem_slice text, dem_buffer *out)
{
  size_t plain = 0;
  for (size_t i = 0; i < text.size; ++i) {
    const char letter = tsv_letter(text.bytes[i]);
    if (letter) {
      add_part(text, plain, i, out);
      dem_buffer_add_char(out, '\\');
      dem_buffer_add_char(out, letter);
      plain = i + 1;
    }
  }
  add_part(text, plain, text.size, out);
}

// Addresses -------------------------------------------------------------------

static bool begins_with(dem_slice text, const char *prefix)
{
  const size_t size = strlen(prefix);
  return text.size >= size && memcmp(text.bytes, prefix, size) == 0;
}

bool dem_escape_url(dem_slice url, dem_buffer *out)
{
  static const char digits[] = "0123456789ABCDEF";
  if (!begins_with(url, "http://") && !begins_with(url, "https://")) {
    return false;
  }
  for (size_t i = 0; i < url.size; ++i) {
    const unsigned char byte = (unsigned char)url.bytes[i];
    if (byte > 0x20 && byte < 0x7F && !strchr("<>\"'()\\^`{|}", byte)) {
      dem_buffer_add_char(out, (char)byte);
    } else {
      const char encoded[] = {'%', digits[byte >> 4], digits[byte & 15]};
      dem_buffer_add(out, (dem_slice){encoded, sizeof encoded});
    }
  }
  return true;
}
