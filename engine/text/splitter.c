// SPDX-License-Identifier: Apache-2.0

// Cuts a stream of bytes into records.
//
// Where a record ends does not hang on whether it is right: a line, a row, a document with a
// mistake in it is cut off like any other, and its reader reports the mistake.
//
// In YAML a line that begins with "---" or "..." is never part of a text (YAML 1.2, rule
// c-forbidden), so looking at the beginnings of lines is enough.

#include "text/splitter.h"

#include <string.h>

dem_splitter dem_splitter_of(dem_split_format format)
{
  return (dem_splitter){.format = format};
}

void dem_splitter_drop(dem_splitter *s, size_t size)
{
  s->at -= size;
  s->is_torn = s->is_torn || s->line < size;
  s->line = s->line > size ? s->line - size : 0;
}

static dem_cut found(dem_splitter *s, size_t end, size_t next)
{
  s->end = end;
  s->next = next;
  s->at = s->line = 0;
  s->is_torn = false;
  return DEM_CUT_RECORD;
}

static dem_cut pass_over(dem_splitter *s, size_t next)
{
  s->next = next;
  s->at = s->line = 0;
  s->is_torn = false;
  return DEM_CUT_BLANK;
}

static bool is_space(char byte)
{
  return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static bool is_blank(dem_slice text)
{
  for (size_t i = 0; i < text.size; ++i) {
    if (!is_space(text.bytes[i])) {
      return false;
    }
  }
  return true;
}

// Lines -------------------------------------------------------------------------------

static dem_cut cut_line(dem_splitter *s, dem_slice bytes, bool is_end)
{
  const char *const from = bytes.bytes + s->at;
  const char *const newline = s->at < bytes.size ? memchr(from, '\n', bytes.size - s->at) : NULL;
  if (!newline && !is_end) {
    s->at = bytes.size;
    return DEM_CUT_MORE;
  }
  if (!newline && bytes.size == 0) {
    return DEM_CUT_END;
  }
  const size_t end = newline ? (size_t)(newline - bytes.bytes) : bytes.size;
  const size_t next = newline ? end + 1 : end;
  return is_blank((dem_slice){bytes.bytes, end}) ? pass_over(s, next) : found(s, end, next);
}

// CSV ---------------------------------------------------------------------------------

enum { CELL_BEGIN, CELL_PLAIN, CELL_QUOTED, CELL_QUOTE };

/// The state behind a byte that ends no row. A quote inside of a plain cell is a mistake, not the
/// beginning of anything.
static int csv_step(int state, char byte)
{
  if (state == CELL_QUOTED) {
    return byte == '"' ? CELL_QUOTE : CELL_QUOTED;
  }
  if (byte == ',') {
    return CELL_BEGIN;
  }
  if (byte == '"' && state != CELL_PLAIN) {
    return CELL_QUOTED; // Also the second of two quotes: the text goes on.
  }
  const bool is_padding = byte == ' ' || byte == '\t';
  return state == CELL_QUOTE || (state == CELL_BEGIN && is_padding) ? state : CELL_PLAIN;
}

static dem_cut cut_row(dem_splitter *s, dem_slice bytes, bool is_end)
{
  for (; s->at < bytes.size; ++s->at) {
    const char byte = bytes.bytes[s->at];
    if (s->state == CELL_QUOTED || (byte != '\n' && byte != '\r')) {
      s->state = csv_step(s->state, byte);
      continue;
    }
    const size_t end = s->at;
    s->state = CELL_BEGIN;
    return is_blank((dem_slice){bytes.bytes, end}) ? pass_over(s, end + 1) : found(s, end, end + 1);
  }
  if (!is_end) {
    return DEM_CUT_MORE;
  }
  if (is_blank(bytes)) {
    return DEM_CUT_END;
  }
  return found(s, bytes.size, bytes.size);
}

// JSON --------------------------------------------------------------------------------

enum { JSON_TOP, JSON_FIRST, JSON_ITEM, JSON_COMMA, JSON_DONE };

static dem_cut broken(dem_splitter *s, const char *problem)
{
  s->problem = problem;
  s->state = JSON_DONE;
  return DEM_CUT_BROKEN;
}

/// Go on behind a value, and give it as the record.
static dem_cut end_value(dem_splitter *s, size_t end)
{
  s->state = s->state == JSON_TOP ? JSON_DONE : JSON_COMMA;
  s->is_value = s->is_text = s->is_escaped = false;
  s->depth = 0;
  return found(s, end, end);
}

/// Inside of quotes. True when the text ends with this byte.
static bool text_step(dem_splitter *s, char byte)
{
  if (s->is_escaped) {
    s->is_escaped = false;
  } else if (byte == '\\') {
    s->is_escaped = true;
  } else if (byte == '"') {
    s->is_text = false;
    return true;
  }
  return false;
}

/// A bracket of either kind opens and closes alike: whether they fit is the reader's to say.
static dem_cut cut_value(dem_splitter *s, dem_slice bytes, bool is_end)
{
  for (; s->at < bytes.size; ++s->at) {
    const char byte = bytes.bytes[s->at];
    if (s->is_text) {
      if (text_step(s, byte) && s->depth == 0) {
        return end_value(s, s->at + 1);
      }
      continue;
    }
    const bool closes = byte == '}' || byte == ']';
    if (s->depth == 0 && s->at > 0 && (closes || byte == ',' || is_space(byte))) {
      return end_value(s, s->at); // A number or a word.
    }
    s->is_text = byte == '"';
    s->depth += byte == '{' || byte == '[';
    if (closes && (s->depth == 0 || --s->depth == 0)) {
      return end_value(s, s->at + 1);
    }
  }
  return is_end ? end_value(s, bytes.size) : DEM_CUT_MORE;
}

static dem_cut cut_json(dem_splitter *s, dem_slice bytes, bool is_end)
{
  if (s->is_value) {
    return cut_value(s, bytes, is_end);
  }
  size_t at = 0;
  while (at < bytes.size && is_space(bytes.bytes[at])) {
    ++at;
  }
  if (at > 0) {
    return pass_over(s, at);
  }
  if (bytes.size == 0) {
    const bool is_closed = s->state == JSON_TOP || s->state == JSON_DONE;
    return !is_end ? DEM_CUT_MORE : is_closed ? DEM_CUT_END : broken(s, "a '[' is not closed");
  }
  const char byte = bytes.bytes[0];
  if (s->state == JSON_TOP && byte == '[') {
    s->state = JSON_FIRST;
    return pass_over(s, 1);
  }
  if ((s->state == JSON_FIRST || s->state == JSON_COMMA) && byte == ']') {
    s->state = JSON_DONE;
    return pass_over(s, 1);
  }
  if (s->state == JSON_COMMA) {
    if (byte != ',') {
      return broken(s, "a ',' or a ']' is missing before this");
    }
    s->state = JSON_ITEM;
    return pass_over(s, 1);
  }
  if (s->state == JSON_DONE) {
    return broken(s, "something stands behind the value");
  }
  if (byte == ',' || byte == ']') {
    return broken(s, "a value is missing before this");
  }
  s->is_value = true;
  return cut_value(s, bytes, is_end);
}

// YAML --------------------------------------------------------------------------------

/// Bytes of the line break at `at` as libyaml sees them: LF, CR, CRLF, U+0085, U+2028, U+2029; 0
/// for none.
static size_t break_size(dem_slice bytes, size_t at)
{
  const unsigned char *const b = (const unsigned char *)bytes.bytes + at;
  const size_t left = bytes.size - at;
  switch (b[0]) {
  case '\n':
    return 1;
  case '\r':
    return left > 1 && b[1] == '\n' ? 2 : 1;
  case 0xC2:
    return left > 1 && b[1] == 0x85 ? 2 : 0;
  case 0xE2:
    return left > 2 && b[1] == 0x80 && (b[2] == 0xA8 || b[2] == 0xA9) ? 3 : 0;
  default:
    return 0;
  }
}

/// Move `at` to the line's break. False where it may lie in bytes that are still to come.
static bool find_break(dem_splitter *s, dem_slice bytes, bool is_end, size_t *size_out)
{
  enum { LONGEST = 3 };
  for (*size_out = 0; s->at < bytes.size; ++s->at) {
    const unsigned char byte = (unsigned char)bytes.bytes[s->at];
    if (byte != '\n' && byte != '\r' && byte != 0xC2 && byte != 0xE2) {
      continue;
    }
    if (byte != '\n' && !is_end && bytes.size - s->at < LONGEST) {
      return false;
    }
    *size_out = break_size(bytes, s->at);
    if (*size_out > 0) {
      return true;
    }
  }
  return is_end;
}

static bool is_marker(dem_slice line, const char *marker)
{
  return line.size >= 3 && memcmp(line.bytes, marker, 3) == 0 &&
         (line.size == 3 || line.bytes[3] == ' ' || line.bytes[3] == '\t');
}

/// A line that is no marker.
static void note_line(dem_splitter *s, dem_slice line)
{
  size_t i = 0;
  while (i < line.size && (line.bytes[i] == ' ' || line.bytes[i] == '\t')) {
    ++i;
  }
  if (i == line.size || line.bytes[i] == '#') {
    return;
  }
  if (line.bytes[0] == '%' && !s->is_explicit && !s->has_content) {
    s->has_directive = true;
    return;
  }
  s->has_content = true;
}

static dem_cut end_document(dem_splitter *s, size_t end, size_t next)
{
  s->has_content = s->is_explicit = s->has_directive = false;
  return found(s, end, next);
}

/// Whether the line that begins here is "---", told by its first bytes: what follows in it may be
/// long, and is the next document's.
static bool begins_document(const dem_splitter *s, dem_slice bytes)
{
  const bool is_begin = s->at == s->line && !s->is_torn && bytes.size - s->line >= 4;
  return is_begin && memcmp(bytes.bytes + s->line, "---", 3) == 0 &&
         is_space(bytes.bytes[s->line + 3]);
}

static dem_cut cut_document(dem_splitter *s, dem_slice bytes, bool is_end)
{
  size_t size = 0;
  while (s->line < bytes.size) {
    if ((s->has_content || s->is_explicit) && begins_document(s, bytes)) {
      return end_document(s, s->line, s->line);
    }
    if (!find_break(s, bytes, is_end, &size)) {
      break;
    }
    const dem_slice line = {bytes.bytes + s->line, s->at - s->line};
    const size_t next = s->at + size;
    const bool has_document = s->has_content || s->is_explicit;
    if (s->is_torn) {
      s->has_content = true;
    } else if (is_marker(line, "---")) {
      if (has_document) {
        return end_document(s, s->line, s->line);
      }
      s->is_explicit = true;
    } else if (is_marker(line, "...")) {
      return has_document ? end_document(s, next, next) : pass_over(s, next);
    } else {
      note_line(s, line);
    }
    if (!s->has_content && !s->is_explicit && !s->has_directive) {
      return pass_over(s, next); // A comment, or nothing, in front of a document.
    }
    s->at = s->line = next;
    s->is_torn = false;
  }
  if (!is_end) {
    return DEM_CUT_MORE;
  }
  const bool is_left = s->has_content || s->is_explicit || s->has_directive;
  return is_left ? end_document(s, bytes.size, bytes.size) : DEM_CUT_END;
}

size_t dem_splitter_sure(const dem_splitter *s)
{
  enum { LONGEST_MARKER = 8 }; // With any line break.
  const bool may_be_marker =
      s->format == DEM_SPLIT_YAML && !s->is_torn && s->at - s->line < LONGEST_MARKER;
  return may_be_marker ? s->line : s->at;
}

// Any ---------------------------------------------------------------------------------

dem_cut dem_splitter_cut(dem_splitter *splitter, dem_slice bytes, bool is_end)
{
  switch (splitter->format) {
  case DEM_SPLIT_LINES:
    return cut_line(splitter, bytes, is_end);
  case DEM_SPLIT_CSV:
    return cut_row(splitter, bytes, is_end);
  case DEM_SPLIT_JSON:
    return cut_json(splitter, bytes, is_end);
  case DEM_SPLIT_YAML:
    return cut_document(splitter, bytes, is_end);
  }
  return DEM_CUT_END;
}
