// SPDX-License-Identifier: Apache-2.0

// What rules and names need of Unicode, by utf8proc.

#include "base/unicode.h"

#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

size_t dem_unicode_length(dem_slice text)
{
  size_t length = 0;
  for (size_t i = 0; i < text.size; ++i) {
    length += ((unsigned char)text.bytes[i] & 0xC0) != 0x80; // Continuation bytes begin nothing.
  }
  return length;
}

void dem_unicode_lower(dem_slice text, dem_buffer *out)
{
  for (size_t i = 0; i < text.size;) {
    utf8proc_int32_t point;
    const utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)text.bytes + i,
                                                   (utf8proc_ssize_t)(text.size - i), &point);
    if (size < 1) {
      return; // Not reached: texts were checked when they were read.
    }
    utf8proc_uint8_t bytes[4];
    const utf8proc_ssize_t written = utf8proc_encode_char(utf8proc_tolower(point), bytes);
    dem_buffer_add(out, (dem_slice){(const char *)bytes, (size_t)written});
    i += (size_t)size;
  }
}

enum {
  FOLDS = UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK |
          UTF8PROC_CASEFOLD,
};

/// Most names are ASCII, where only case folds. False when the text is not.
static bool fold_ascii(dem_slice text, char *out)
{
  unsigned char all = 0;
  for (size_t i = 0; i < text.size; ++i) {
    const unsigned char byte = (unsigned char)text.bytes[i];
    all |= byte;
    out[i] = (char)(byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte);
  }
  return all < 0x80;
}

/// Blanks become spaces; of several one stays, and none at the ends.
/// @return How many bytes are left.
static size_t squeeze(char *text, size_t size)
{
  size_t used = 0;
  for (size_t i = 0; i < size; ++i) {
    const bool is_space = text[i] == ' ' || text[i] == '\t' || text[i] == '\n';
    if (!is_space || (used > 0 && text[used - 1] != ' ')) {
      text[used++] = is_space ? ' ' : text[i];
    }
  }
  return used - (used > 0 && text[used - 1] == ' ');
}

size_t dem_unicode_fold_short(dem_slice text, char *out)
{
  if (text.size <= DEM_FOLD_ROOM / 4 && fold_ascii(text, out)) {
    return squeeze(out, text.size);
  }
  utf8proc_int32_t points[DEM_FOLD_ROOM + 1];
  const utf8proc_option_t options = (utf8proc_option_t)FOLDS;
  const utf8proc_ssize_t count =
      utf8proc_decompose((const utf8proc_uint8_t *)(text.bytes ? text.bytes : ""),
                         (utf8proc_ssize_t)text.size, points, DEM_FOLD_ROOM, options);
  if (count < 0 || count > DEM_FOLD_ROOM / 4) { // A code point has up to four bytes.
    return SIZE_MAX;
  }
  const utf8proc_ssize_t size = utf8proc_reencode(points, count, options);
  if (size < 0) {
    return SIZE_MAX;
  }
  memcpy(out, points, (size_t)size); // They were encoded in place.
  return squeeze(out, (size_t)size);
}

static bool fold_any(dem_slice text, dem_buffer *out)
{
  utf8proc_uint8_t *folded = NULL;
  const utf8proc_option_t options = (utf8proc_option_t)FOLDS;
  const utf8proc_ssize_t size =
      utf8proc_map((const utf8proc_uint8_t *)(text.bytes ? text.bytes : ""),
                   (utf8proc_ssize_t)text.size, &folded, options);
  if (size > 0) {
    dem_buffer_add(out, (dem_slice){(const char *)folded, (size_t)size});
  }
  free(folded); // utf8proc_map gives memory of the C library.
  return size >= 0;
}

bool dem_unicode_fold(dem_slice text, dem_buffer *out)
{
  dem_buffer_reset(out);
  char *const place = text.size ? dem_buffer_take(out, text.size) : NULL;
  if (!place || !fold_ascii(text, place)) {
    dem_buffer_reset(out);
    if (!fold_any(text, out)) {
      return false;
    }
  }
  out->size = out->size ? squeeze(out->bytes, out->size) : 0;
  return !out->has_failed;
}

uint32_t dem_unicode_next(dem_slice text, size_t *offset)
{
  const unsigned char first = (unsigned char)text.bytes[*offset];
  if (first < 0x80) {
    ++*offset;
    return first;
  }
  utf8proc_int32_t point;
  const utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)text.bytes + *offset,
                                                 (utf8proc_ssize_t)(text.size - *offset), &point);
  *offset += size < 1 ? 1 : (size_t)size;
  return size < 1 ? 0xFFFD : (uint32_t)point;
}

unsigned dem_unicode_width(uint32_t point)
{
  const int width = utf8proc_charwidth((utf8proc_int32_t)point);
  return width < 0 ? 0 : (unsigned)width;
}

size_t dem_unicode_text_width(dem_slice text)
{
  size_t width = 0;
  for (size_t i = 0; i < text.size;) {
    width += dem_unicode_width(dem_unicode_next(text, &i));
  }
  return width;
}
