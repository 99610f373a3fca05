// SPDX-License-Identifier: Apache-2.0

// Text being built. Writing to a buffer that ran out of memory does nothing,
// so callers check once, at the end.

#ifndef DEM_BASE_BUFFER_H
#define DEM_BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/slice.h"
#include "demarche/allocator.h"

typedef struct dem_buffer {
  dem_allocator allocator;
  char *bytes; ///< Not zero-terminated. Moves when the buffer grows.
  size_t size;
  size_t capacity;
  bool has_failed; ///< Memory ran out; the text is incomplete.
} dem_buffer;

void dem_buffer_init(dem_buffer *buffer, dem_allocator allocator);
void dem_buffer_clear(dem_buffer *buffer);
void dem_buffer_reset(dem_buffer *buffer); ///< Forget the text, keep the memory.

/// Room for `size` more bytes, which become part of the text; NULL, and the buffer has failed,
/// without memory.
char *dem_buffer_extend(dem_buffer *buffer, size_t size);

/// The same where there is room, which is nearly always: worth inlining.
static inline char *dem_buffer_take(dem_buffer *buffer, size_t size)
{
  if (!buffer->has_failed && size <= buffer->capacity - buffer->size) {
    char *const place = buffer->bytes + buffer->size;
    buffer->size += size;
    return place;
  }
  return dem_buffer_extend(buffer, size);
}

static inline void dem_buffer_add(dem_buffer *buffer, dem_slice text)
{
  char *const place = text.size ? dem_buffer_take(buffer, text.size) : NULL;
  if (place) {
    memcpy(place, text.bytes, text.size);
  }
}

static inline void dem_buffer_add_char(dem_buffer *buffer, char byte)
{
  char *const place = dem_buffer_take(buffer, 1);
  if (place) {
    *place = byte;
  }
}

void dem_buffer_add_text(dem_buffer *buffer, const char *text);
void dem_buffer_add_integer(dem_buffer *buffer, int64_t value);

/// Shortest decimal that reads back as the same double: "10", "0.1"; an exponent only from 1e+21 on
/// and below 1e-6. Independent of the locale.
void dem_buffer_add_number(dem_buffer *buffer, double value);

/// printf for %s %d %u %zu %c %lld and the like; never %f (the locale changes it).
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void dem_buffer_add_format(dem_buffer *buffer, const char *format, ...);

static inline dem_slice dem_buffer_slice(const dem_buffer *buffer)
{
  return (dem_slice){buffer->bytes, buffer->size};
}

#endif
