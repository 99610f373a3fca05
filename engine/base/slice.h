// SPDX-License-Identifier: Apache-2.0

// Borrowed bytes with a length. Not zero-terminated; may hold NUL.

#ifndef DEM_BASE_SLICE_H
#define DEM_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct dem_slice {
  const char *bytes; ///< May be NULL when size is 0.
  size_t size;
} dem_slice;

#define DEM_SLICE(literal) ((dem_slice){(literal), sizeof(literal) - 1})

static inline dem_slice dem_slice_of(const char *text)
{
  return (dem_slice){text, text ? strlen(text) : 0};
}

/// Up to eight bytes as a number, the first byte the lowest: different for different bytes of one
/// size.
static inline uint64_t dem_slice_short_word(dem_slice text)
{
  uint64_t word = 0;
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  if (text.size >= 4) { // The halves overlap unless there are eight.
    uint32_t low;
    uint32_t high;
    memcpy(&low, text.bytes, sizeof low);
    memcpy(&high, text.bytes + text.size - sizeof high, sizeof high);
    return (uint64_t)high << (8 * text.size - 32) | low;
  }
#endif
  for (size_t i = 0; i < text.size; ++i) {
    word |= (uint64_t)(unsigned char)text.bytes[i] << 8 * i;
  }
  return word;
}

/// A zero-terminated text of one to eight bytes as such a number; false for any other.
static inline bool dem_slice_read_short(const char *text, uint64_t *word, uint32_t *size)
{
  *word = 0;
  *size = 0;
  for (uint32_t i = 0; text && text[i] != '\0'; *size = ++i) {
    if (i == 8) {
      return false;
    }
    *word |= (uint64_t)(unsigned char)text[i] << 8 * i;
  }
  return *size > 0;
}

static inline bool dem_slice_is_equal(dem_slice a, dem_slice b)
{
  if (a.size != b.size) {
    return false;
  }
  return a.size <= 8 ? dem_slice_short_word(a) == dem_slice_short_word(b)
                     : memcmp(a.bytes, b.bytes, a.size) == 0;
}

/// Order by bytes, a prefix before what it begins. Negative, zero or positive.
static inline int dem_slice_compare(dem_slice a, dem_slice b)
{
  const size_t shared = a.size < b.size ? a.size : b.size;
  const int order = shared ? memcmp(a.bytes, b.bytes, shared) : 0;
  return order ? order : (a.size > b.size) - (a.size < b.size);
}

/// Whether it holds any of some bytes.
static inline bool dem_slice_has_any(dem_slice text, const char *bytes)
{
  for (size_t i = 0; i < text.size; ++i) {
    if (text.bytes[i] && strchr(bytes, text.bytes[i])) {
      return true;
    }
  }
  return false;
}

/// Without the spaces around it.
static inline dem_slice dem_slice_trim(dem_slice text)
{
  while (text.size && text.bytes[0] == ' ') {
    ++text.bytes;
    --text.size;
  }
  while (text.size && text.bytes[text.size - 1] == ' ') {
    --text.size;
  }
  return text;
}

/// Whether `text` is exactly the zero-terminated `word`.
static inline bool dem_slice_is(dem_slice text, const char *word)
{
  return dem_slice_is_equal(text, dem_slice_of(word));
}

#endif
