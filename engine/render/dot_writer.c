// SPDX-License-Identifier: Apache-2.0

// Pieces of a graph in the DOT language.

#include "render/dot_writer.h"

#include "base/unicode.h"
#include "render/escape.h"

/// One code point. A backslash would begin an escape of DOT's, a quote would end the string.
static void add_point(dem_buffer *out, dem_slice point)
{
  if (point.size == 1 && (point.bytes[0] == '"' || point.bytes[0] == '\\')) {
    dem_buffer_add_char(out, '\\');
    dem_buffer_add(out, point);
    return;
  }
  dem_buffer shown;
  dem_buffer_init(&shown, out->allocator);
  dem_escape_terminal(point, &shown);
  for (size_t i = 0; i < shown.size; ++i) {
    if (shown.bytes[i] == '\\') { // Of a control that is written out.
      dem_buffer_add_char(out, '\\');
    }
    dem_buffer_add_char(out, shown.bytes[i]);
  }
  out->has_failed = out->has_failed || shown.has_failed;
  dem_buffer_clear(&shown);
}

void dem_dot_lines(dem_buffer *out, dem_slice text, size_t width)
{
  size_t column = 0;
  for (size_t i = 0; i < text.size;) {
    const size_t begin = i;
    const uint32_t point = dem_unicode_next(text, &i);
    if (point == ' ' && width > 0 && column >= width) {
      dem_buffer_add_text(out, "\\n");
      column = 0;
      continue;
    }
    add_point(out, (dem_slice){text.bytes + begin, i - begin});
    ++column;
  }
}

void dem_dot_string(dem_buffer *out, dem_slice text)
{
  dem_buffer_add_char(out, '"');
  dem_dot_lines(out, text, 0);
  dem_buffer_add_char(out, '"');
}
