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

/// Up to eight bytes as a number: different for different bytes of one size.
static inline uint64_t dem_slice_short_word(dem_slice text)
{
  const char *const bytes = text.bytes;
  if (text.size >= 4) { // The halves overlap unless there are eight.
    uint32_t low;
    uint32_t high;
    memcpy(&low, bytes, sizeof low);
    memcpy(&high, bytes + text.size - sizeof high, sizeof high);
    return (uint64_t)high << 32 | low;
  }
  if (text.size == 0) {
    return 0;
  }
  return (uint64_t)(unsigned char)bytes[0] | (uint64_t)(unsigned char)bytes[text.size / 2] << 8 |
         (uint64_t)(unsigned char)bytes[text.size - 1] << 16;
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
