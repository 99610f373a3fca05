// SPDX-License-Identifier: Apache-2.0

// Writes JSON piece by piece.
//
// One flag says whether a comma is due: after a container ends, its parent has
// an item for certain, so no stack is needed.

#include "render/json_writer.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "render/escape.h"

dem_json_writer dem_json_writer_on(dem_buffer *out, bool is_pretty)
{
  return (dem_json_writer){.out = out, .is_pretty = is_pretty};
}

void dem_json_writer_select(dem_json_writer *writer, const dem_selected *root, bool is_flat)
{
  writer->has_selection = true;
  writer->is_flat = is_flat;
  writer->scopes[0] = root;
}

// Selection ---------------------------------------------------------------------------

/// Whether a value that stands alone is passed over.
static bool passes_over(dem_json_writer *writer)
{
  const bool passes = writer->is_skipping;
  if (writer->skip_depth == 0) {
    writer->is_skipping = false;
  }
  return passes;
}

/// Find what is chosen of a key's value. False if nothing is.
static bool choose(dem_json_writer *writer, dem_slice key)
{
  const dem_selected *const scope = writer->scopes[writer->depth];
  const dem_selected *const chosen = scope ? dem_selected_find(scope, key) : NULL;
  writer->is_skipping = scope && !chosen;
  writer->pending = chosen && !chosen->is_whole ? chosen : NULL;
  return !writer->is_skipping;
}

/// The scope of a container that opens: its key's, or that of the list that it stands in.
static void push_scope(dem_json_writer *writer)
{
  assert(writer->depth < DEM_JSON_SELECTED_DEPTH - 1);
  const bool is_item = !writer->has_key && writer->depth > 0;
  const dem_selected *const outer = writer->scopes[writer->depth];
  writer->scopes[writer->depth + 1] = is_item || writer->depth == 0 ? outer : writer->pending;
}

// Layout ------------------------------------------------------------------------------

static void break_line(dem_json_writer *writer)
{
  if (!writer->is_pretty) {
    return;
  }
  dem_buffer_add_char(writer->out, '\n');
  for (uint32_t i = 0; i < writer->depth; ++i) {
    dem_buffer_add_text(writer->out, "  ");
  }
}

/// Before an item: the comma and the line, unless a key stands before it.
static void separate(dem_json_writer *writer)
{
  if (writer->is_flat) {
    writer->has_key = false;
    if (writer->has_items) {
      dem_buffer_add_char(writer->out, ';');
    }
    writer->has_items = true;
    return;
  }
  if (writer->has_key) {
    writer->has_key = false;
    return;
  }
  if (writer->has_items) {
    dem_buffer_add_char(writer->out, ',');
  }
  if (writer->depth > 0) {
    break_line(writer);
  }
  writer->has_items = true;
}

static void begin(dem_json_writer *writer, char bracket)
{
  if (writer->is_skipping) {
    ++writer->skip_depth;
    return;
  }
  if (writer->has_selection) {
    push_scope(writer);
  }
  if (writer->is_flat) {
    writer->has_key = false;
    ++writer->depth;
    return;
  }
  separate(writer);
  dem_buffer_add_char(writer->out, bracket);
  ++writer->depth;
  writer->has_items = false;
}

static void end(dem_json_writer *writer, char bracket)
{
  if (writer->is_skipping) {
    --writer->skip_depth;
    writer->is_skipping = writer->skip_depth > 0;
    return;
  }
  assert(writer->depth > 0);
  --writer->depth;
  if (writer->is_flat) {
    return;
  }
  if (writer->has_items) {
    break_line(writer);
  }
  dem_buffer_add_char(writer->out, bracket);
  writer->has_items = true;
}

void dem_json_begin_object(dem_json_writer *writer)
{
  begin(writer, '{');
}

void dem_json_end_object(dem_json_writer *writer)
{
  end(writer, '}');
}

void dem_json_begin_array(dem_json_writer *writer)
{
  begin(writer, '[');
}

void dem_json_end_array(dem_json_writer *writer)
{
  end(writer, ']');
}

void dem_json_key_slice(dem_json_writer *writer, dem_slice key)
{
  if (writer->is_skipping || (writer->has_selection && !choose(writer, key))) {
    return;
  }
  if (writer->is_flat) {
    writer->has_key = true;
    return;
  }
  separate(writer);
  dem_escape_json(key, writer->out);
  dem_buffer_add_text(writer->out, writer->is_pretty ? ": " : ":");
  writer->has_key = true;
}

/// Keys of ours are half of all texts: they need no escapes and go out in one piece.
void dem_json_plain_key(dem_json_writer *writer, dem_slice text)
{
  if (writer->is_pretty || writer->has_selection || writer->is_skipping) {
    dem_json_key_slice(writer, text);
    return;
  }
  const size_t comma = writer->has_items;
  char *place = dem_buffer_take(writer->out, text.size + 3 + comma);
  if (place) {
    *place = ',';
    place += comma;
    *place++ = '"';
    memcpy(place, text.bytes, text.size);
    place[text.size] = '"';
    place[text.size + 1] = ':';
  }
  writer->has_items = true;
  writer->has_key = true;
}

void dem_json_string(dem_json_writer *writer, dem_slice text)
{
  if (passes_over(writer)) {
    return;
  }
  separate(writer);
  if (writer->is_flat) {
    dem_buffer_add(writer->out, text);
  } else {
    dem_escape_json(text, writer->out);
  }
}

void dem_json_begin_string(dem_json_writer *writer)
{
  separate(writer);
  dem_buffer_add_char(writer->out, '"');
}

void dem_json_end_string(dem_json_writer *writer)
{
  dem_buffer_add_char(writer->out, '"');
}

void dem_json_integer(dem_json_writer *writer, int64_t value)
{
  if (passes_over(writer)) {
    return;
  }
  separate(writer);
  dem_buffer_add_integer(writer->out, value);
}

void dem_json_number(dem_json_writer *writer, double value)
{
  assert(isfinite(value));
  if (passes_over(writer)) {
    return;
  }
  separate(writer);
  dem_buffer_add_number(writer->out, value);
}

void dem_json_boolean(dem_json_writer *writer, bool value)
{
  if (passes_over(writer)) {
    return;
  }
  separate(writer);
  dem_buffer_add_text(writer->out, value ? "true" : "false");
}

void dem_json_null(dem_json_writer *writer)
{
  if (passes_over(writer)) {
    return;
  }
  separate(writer);
  dem_buffer_add_text(writer->out, "null");
}

void dem_json_word(dem_json_writer *writer, dem_slice word)
{
  if (passes_over(writer)) {
    return;
  }
  separate(writer);
  dem_buffer_add(writer->out, word);
}

void dem_json_pair(dem_json_writer *writer, const char *key, dem_slice text)
{
  if (text.size > 0) {
    dem_json_key(writer, key);
    dem_json_string(writer, text);
  }
}
