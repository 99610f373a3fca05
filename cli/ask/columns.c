// SPDX-License-Identifier: Apache-2.0

// Text as a terminal shows it, by utf8proc.

#include "ask/columns.h"

#include <string.h>

#include <utf8proc.h>

/// The code point at `offset`; `*size` becomes its length. A wrong byte gives U+FFFD.
static utf8proc_int32_t point_at(const char *bytes, size_t size, size_t offset, size_t *length)
{
  utf8proc_int32_t point;
  const utf8proc_ssize_t read = utf8proc_iterate((const utf8proc_uint8_t *)bytes + offset,
                                                 (utf8proc_ssize_t)(size - offset), &point);
  *length = read < 1 ? 1 : (size_t)read;
  return read < 1 ? 0xFFFD : point;
}

static size_t width_of(utf8proc_int32_t point)
{
  const int width = utf8proc_charwidth(point);
  return width < 0 ? 0 : (size_t)width;
}

size_t columns_of_bytes(const char *bytes, size_t size)
{
  size_t width = 0;
  for (size_t i = 0, length; i < size; i += length) {
    width += width_of(point_at(bytes, size, i, &length));
  }
  return width;
}

size_t columns_of(const char *words)
{
  return columns_of_bytes(words, strlen(words));
}

size_t columns_fit(const char *bytes, size_t size, size_t width)
{
  size_t used = 0;
  size_t i = 0;
  for (size_t next; i < size; i = next) {
    next = columns_next(bytes, size, i);
    const size_t wide = columns_of_bytes(bytes + i, next - i);
    if (used + wide > width) {
      return i;
    }
    used += wide;
  }
  return i;
}

size_t columns_next(const char *bytes, size_t size, size_t offset)
{
  size_t length;
  utf8proc_int32_t state = 0;
  if (offset >= size) {
    return size;
  }
  utf8proc_int32_t last = point_at(bytes, size, offset, &length);
  offset += length;
  while (offset < size) {
    const utf8proc_int32_t point = point_at(bytes, size, offset, &length);
    if (utf8proc_grapheme_break_stateful(last, point, &state)) {
      return offset;
    }
    last = point;
    offset += length;
  }
  return offset;
}

size_t columns_previous(const char *bytes, size_t offset)
{
  const size_t size = offset; // What stands behind it does not matter.
  size_t begin = 0;
  for (size_t i = 0; i < size; i = columns_next(bytes, size, i)) {
    begin = i;
  }
  return begin;
}

bool columns_is_text(const char *bytes, size_t size)
{
  for (size_t i = 0; i < size;) {
    utf8proc_int32_t point;
    const utf8proc_ssize_t read =
        utf8proc_iterate((const utf8proc_uint8_t *)bytes + i, (utf8proc_ssize_t)(size - i), &point);
    if (read < 1 || point == 0) {
      return false;
    }
    i += (size_t)read;
  }
  return true;
}

/// Controls, line separators, and what turns the direction of the text around it.
static bool steers(utf8proc_int32_t point)
{
  const utf8proc_category_t category = utf8proc_category(point);
  return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_ZL ||
         category == UTF8PROC_CATEGORY_ZP || (point >= 0x202A && point <= 0x202E) ||
         (point >= 0x2066 && point <= 0x2069);
}

void columns_add_clean(text *t, const char *words)
{
  const size_t size = strlen(words);
  for (size_t i = 0, length; i < size; i += length) {
    const utf8proc_int32_t point = point_at(words, size, i, &length);
    if (point == '\n' || point == '\t') {
      text_add(t, " ");
    } else if (steers(point)) {
      text_add(t, "?");
    } else if (point == 0xFFFD) {
      text_add(t, "\xEF\xBF\xBD"); // The character itself, or a byte that is none.
    } else {
      (void)text_write(t, words + i, length);
    }
  }
}

const char *columns_wrap(const char *words, size_t width, size_t *offset, size_t *size_out)
{
  while (words[*offset] == ' ') {
    ++*offset;
  }
  const char *const line = words + *offset;
  const size_t size = strlen(line);
  if (size == 0) {
    return NULL;
  }
  size_t fit = columns_fit(line, size, width);
  if (fit == 0) {
    fit = columns_next(line, size, 0); // Wider than the line: it must go somewhere.
  }
  if (fit < size && line[fit] != ' ') {
    size_t blank = fit;
    while (blank > 0 && line[blank - 1] != ' ') {
      --blank;
    }
    fit = blank > 0 ? blank : fit; // A word longer than the line is cut.
  }
  *offset += fit;
  while (fit > 0 && line[fit - 1] == ' ') {
    --fit;
  }
  *size_out = fit;
  return line;
}
