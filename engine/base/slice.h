// SPDX-License-Identifier: Apache-2.0

// Borrowed bytes with a length. Not zero-terminated; may hold NUL.

#ifndef DEM_BASE_SLICE_H
#define DEM_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
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

static inline bool dem_slice_is_equal(dem_slice a, dem_slice b)
{
  return a.size == b.size && (a.size == 0 || memcmp(a.bytes, b.bytes, a.size) == 0);
}

/// Order by bytes, a prefix before what it begins. Negative, zero or positive.
static inline int dem_slice_compare(dem_slice a, dem_slice b)
{
  const size_t shared = a.size < b.size ? a.size : b.size;
  const int order = shared ? memcmp(a.bytes, b.bytes, shared) : 0;
  return order ? order : (a.size > b.size) - (a.size < b.size);
}

/// Whether `text` is exactly the zero-terminated `word`.
static inline bool dem_slice_is(dem_slice text, const char *word)
{
  return dem_slice_is_equal(text, dem_slice_of(word));
}

#endif
