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

char *dem_buffer_extend(dem_buffer *buffer, size_t size)
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

void dem_buffer_add_text(dem_buffer *buffer, const char *text)
{
  dem_buffer_add(buffer, dem_slice_of(text));
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

/// A number as significant digits: 0.d₁d₂… × 10^point.
typedef struct decimal {
  char digits[18]; ///< Without zeros at the end.
  int count;
  int point;
} decimal;

enum { MOST_DIGITS = 17, MOST_ZEROS = 21 }; // 17 digits always read back as the same value.

/// The fewest digits that read back as the same value, of one that is positive.
static decimal shortest_digits(double value)
{
  char text[40];
  int precision = 0;
  do {
    (void)snprintf(text, sizeof text, "%.*e", precision, value);
  } while (++precision < MOST_DIGITS && strtod(text, NULL) != value);
  decimal d = {.count = 0};
  const char *c = text;
  for (; *c != 'e'; ++c) {
    if (*c >= '0' && *c <= '9') { // The point is a comma where the embedding program says so.
      d.digits[d.count++] = *c;
    }
  }
  d.point = (int)strtol(c + 1, NULL, 10) + 1;
  while (d.count > 1 && d.digits[d.count - 1] == '0') {
    --d.count;
  }
  return d;
}

static void add_zeros(dem_buffer *buffer, int count)
{
  for (int i = 0; i < count; ++i) {
    dem_buffer_add_char(buffer, '0');
  }
}

static void add_digits(dem_buffer *buffer, const decimal *d, int first, int end)
{
  dem_buffer_add(buffer, (dem_slice){d->digits + first, (size_t)(end - first)});
}

static void add_scientific(dem_buffer *buffer, const decimal *d)
{
  add_digits(buffer, d, 0, 1);
  if (d->count > 1) {
    dem_buffer_add_char(buffer, '.');
    add_digits(buffer, d, 1, d->count);
  }
  dem_buffer_add_text(buffer, d->point > 0 ? "e+" : "e");
  dem_buffer_add_integer(buffer, d->point - 1);
}

void dem_buffer_add_number(dem_buffer *buffer, double value)
{
  if (value == 0) {
    dem_buffer_add_char(buffer, '0');
    return;
  }
  if (value < 0) {
    dem_buffer_add_char(buffer, '-');
  }
  const decimal d = shortest_digits(value < 0 ? -value : value);
  if (d.point > MOST_ZEROS || d.point < -5) {
    add_scientific(buffer, &d);
  } else if (d.point >= d.count) {
    add_digits(buffer, &d, 0, d.count);
    add_zeros(buffer, d.point - d.count);
  } else if (d.point > 0) {
    add_digits(buffer, &d, 0, d.point);
    dem_buffer_add_char(buffer, '.');
    add_digits(buffer, &d, d.point, d.count);
  } else {
    dem_buffer_add_text(buffer, "0.");
    add_zeros(buffer, -d.point);
    add_digits(buffer, &d, 0, d.count);
  }
}

void dem_buffer_add_format(dem_buffer *buffer, const char *format, ...)
{
  va_list arguments;
  va_list again;
  va_start(arguments, format);
  va_copy(again, arguments);
  const int size = vsnprintf(NULL, 0, format, arguments);
  va_end(arguments);
  char *const place = size > 0 ? dem_buffer_extend(buffer, (size_t)size + 1) : NULL;
  if (place) {
    (void)vsnprintf(place, (size_t)size + 1, format, again);
    --buffer->size; // The NUL is not part of the text.
  }
  va_end(again);
}
