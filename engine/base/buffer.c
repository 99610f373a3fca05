// SPDX-License-Identifier: Apache-2.0

// Text being built.

#include "base/buffer.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 256 };

void dem_buffer_init(dem_buffer *buffer, dem_allocator allocator)
{
  *buffer = (dem_buffer){.allocator = allocator};
}

void dem_buffer_clear(dem_buffer *buffer)
{
  if (buffer->bytes) {
    (void)buffer->allocator.resize(buffer->allocator.context, buffer->bytes, buffer->capacity, 0);
  }
  dem_buffer_init(buffer, buffer->allocator);
}

void dem_buffer_reset(dem_buffer *buffer)
{
  buffer->size = 0;
  buffer->has_failed = false;
}

/// Room for `size` more bytes; NULL, and the buffer has failed, without memory.
static char *extend(dem_buffer *buffer, size_t size)
{
  if (buffer->has_failed || size > SIZE_MAX / 4 - buffer->size) {
    buffer->has_failed = true;
    return NULL;
  }
  if (buffer->size + size > buffer->capacity) {
    size_t capacity = buffer->capacity ? buffer->capacity * 2 : FIRST_CAPACITY;
    capacity = capacity < buffer->size + size ? buffer->size + size : capacity;
    char *const bytes = buffer->allocator.resize(buffer->allocator.context, buffer->bytes,
                                                 buffer->capacity, capacity);
    if (!bytes) {
      buffer->has_failed = true;
      return NULL;
    }
    buffer->bytes = bytes;
    buffer->capacity = capacity;
  }
  char *const place = buffer->bytes + buffer->size;
  buffer->size += size;
  return place;
}

void dem_buffer_add(dem_buffer *buffer, dem_slice text)
{
  char *const place = text.size ? extend(buffer, text.size) : NULL;
  if (place) {
    memcpy(place, text.bytes, text.size);
  }
}

void dem_buffer_add_text(dem_buffer *buffer, const char *text)
{
  dem_buffer_add(buffer, dem_slice_of(text));
}

void dem_buffer_add_char(dem_buffer *buffer, char byte)
{
  char *const place = extend(buffer, 1);
  if (place) {
    *place = byte;
  }
}

void dem_buffer_add_integer(dem_buffer *buffer, int64_t value)
{
  char digits[20];
  size_t first = sizeof digits;
  uint64_t rest = value < 0 ? ~(uint64_t)value + 1 : (uint64_t)value;
  do {
    digits[--first] = (char)('0' + rest % 10);
    rest /= 10;
  } while (rest > 0);
  if (value < 0) {
    dem_buffer_add_char(buffer, '-');
  }
  dem_buffer_add(buffer, (dem_slice){digits + first, sizeof digits - first});
}

void dem_buffer_add_number(dem_buffer *buffer, double value)
{
  char text[40];
  int precision = 1;
  // The shortest of the precisions that reads back as the same value; 17 digits always do.
  do {
    (void)snprintf(text, sizeof text, "%.*g", precision, value);
  } while (precision++ < 17 && strtod(text, NULL) != value);
  if (value > -1e15 && value < 1e15 && value == (double)(int64_t)value) {
    (void)snprintf(text, sizeof text, "%.0f", value); // "50", not "5e+01".
  }
  for (char *c = text; *c; ++c) {
    *c = *c == ',' ? '.' : *c; // In case the program that embeds us set a locale.
  }
  dem_buffer_add_text(buffer, text);
}

void dem_buffer_add_format(dem_buffer *buffer, const char *format, ...)
{
  va_list arguments;
  va_list again;
  va_start(arguments, format);
  va_copy(again, arguments);
  const int size = vsnprintf(NULL, 0, format, arguments);
  va_end(arguments);
  char *const place = size > 0 ? extend(buffer, (size_t)size + 1) : NULL;
  if (place) {
    (void)vsnprintf(place, (size_t)size + 1, format, again);
    --buffer->size; // The NUL is not part of the text.
  }
  va_end(again);
}
