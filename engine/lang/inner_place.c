// SPDX-License-Identifier: Apache-2.0

// Walks a scalar's text and its source line side by side, code point by code point.

#include "lang/inner_place.h"

static bool is_continuation(char byte)
{
  return ((unsigned char)byte & 0xC0U) == 0x80U;
}

static uint32_t count_code_points(dem_slice text)
{
  uint32_t count = 0;
  for (size_t i = 0; i < text.size; ++i) {
    count += !is_continuation(text.bytes[i]);
  }
  return count;
}

// What follows the first `count` code points.
static dem_slice skip_code_points(dem_slice text, uint32_t count)
{
  size_t i = 0;
  while (count > 0 && i < text.size) {
    do {
      ++i;
    } while (i < text.size && is_continuation(text.bytes[i]));
    --count;
  }
  return (dem_slice){text.bytes + i, text.size - i};
}

// The line of a place from its column on.
static dem_slice walk_to(dem_line_walk *line, dem_files *files, dem_place place)
{
  const bool is_ahead = line->rest.bytes && line->place.file.index == place.file.index &&
                        line->place.line == place.line && line->place.column <= place.column;
  if (!is_ahead) {
    line->rest = dem_files_line(files, place.file, place.line);
    line->place = place;
    line->place.column = 1;
  }
  line->rest = skip_code_points(line->rest, place.column - line->place.column);
  line->place.column = place.column;
  return line->rest;
}

void dem_inner_place_init(dem_inner_place *walk, dem_files *files, dem_line_walk *line,
                          const dem_node *scalar)
{
  *walk = (dem_inner_place){.whole = scalar->place, .text = scalar->text};
  const dem_place place = scalar->place;
  if (dem_place_is_none(place) || place.line == 0 || place.column == 0) {
    return;
  }
  walk->source = walk_to(line, files, place);
  walk->column = place.column;
  if (scalar->style == DEM_SCALAR_PLAIN) {
    return;
  }
  if (walk->source.size == 0 || (walk->source.bytes[0] != '\'' && walk->source.bytes[0] != '"')) {
    walk->source = (dem_slice){0}; // A block scalar.
    return;
  }
  walk->quote = walk->source.bytes[0];
  walk->source = skip_code_points(walk->source, 1);
  ++walk->column;
}

// How many source bytes write the byte `next` of the text; 0 if they do not.
static size_t source_size(const dem_inner_place *walk, char next)
{
  const dem_slice source = walk->source;
  if (source.size == 0) {
    return 0;
  }
  if (walk->quote == '\'' && next == '\'') {
    return source.size > 1 && source.bytes[0] == '\'' && source.bytes[1] == '\'' ? 2 : 0;
  }
  if (walk->quote == '"' && source.bytes[0] == '\\') {
    const bool is_plain_escape = next == '"' || next == '\\' || next == '/';
    return is_plain_escape && source.size > 1 && source.bytes[1] == next ? 2 : 0;
  }
  return source.bytes[0] == next ? 1 : 0;
}

dem_place dem_inner_place_at(dem_inner_place *walk, size_t offset, size_t size)
{
  while (walk->source.bytes && walk->offset < offset && walk->offset < walk->text.size) {
    const char next = walk->text.bytes[walk->offset];
    const size_t step = source_size(walk, next);
    if (step == 0) {
      walk->source = (dem_slice){0};
      break;
    }
    walk->column += is_continuation(next) ? 0 : (uint32_t)step;
    walk->source = (dem_slice){walk->source.bytes + step, walk->source.size - step};
    ++walk->offset;
  }
  if (!walk->source.bytes || walk->offset != offset) {
    return walk->whole;
  }
  dem_place place = walk->whole;
  place.column = walk->column;
  place.length = count_code_points((dem_slice){walk->text.bytes + offset, size});
  return place;
}
