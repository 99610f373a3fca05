// SPDX-License-Identifier: Apache-2.0

// What came of running kept advices again.

#include "render/recheck.h"

#include "render/escape.h"
#include "render/json_writer.h"

enum { MOST_CHANGES = 40, MOST_COLUMNS = 100 }; // Of text. JSON has everything.

static void add_safe(dem_buffer *out, const char *text)
{
  dem_escape_terminal(dem_slice_of(text), out);
}

/// A value, cut where it would fill the screen, with a sign that it is cut.
static void add_value(dem_buffer *out, const char *text)
{
  size_t size = text ? strlen(text) : 0;
  if (size <= MOST_COLUMNS) {
    add_safe(out, text ? text : "nothing");
    return;
  }
  size = MOST_COLUMNS;
  while (size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80) {
    --size; // Not within a code point.
  }
  dem_escape_terminal((dem_slice){text, size}, out);
  dem_buffer_add_text(out, "…");
}

static void add_item(dem_buffer *out, const dem_recheck_item *item, size_t number, size_t count)
{
  if (count > 1) {
    dem_buffer_add_format(out, "\nAdvice %zu", number);
    if (item->subject[0]) {
      dem_buffer_add_text(out, ", for ");
      add_safe(out, item->subject);
    }
    dem_buffer_add_text(out, item->change_count == 0 ? ": the same.\n" : ":\n");
  }
  for (size_t i = 0; i < item->change_count && i < MOST_CHANGES; ++i) {
    const dem_recorded_change *const change = &item->changes[i];
    dem_buffer_add_text(out, "  ");
    add_safe(out, change->path);
    dem_buffer_add_text(out, "\n    in the file: ");
    add_value(out, change->before);
    dem_buffer_add_text(out, "\n    today:       ");
    add_value(out, change->after);
    dem_buffer_add_char(out, '\n');
  }
  if (item->change_count > MOST_CHANGES) {
    dem_buffer_add_format(out, "  and %zu more, which --format json lists\n",
                          item->change_count - MOST_CHANGES);
  }
}

void dem_recheck_text(const dem_recheck_findings *findings, dem_buffer *out)
{
  add_safe(out, findings->name);
  if (findings->has_same_bytes) {
    dem_buffer_add_text(out, ": the same, byte for byte.\n");
    return;
  }
  if (findings->is_same) {
    dem_buffer_add_text(out, ": it says the same, but is laid out otherwise than 'demarche advise' "
                             "writes it.\n");
    return;
  }
  dem_buffer_add_text(out, ": not the same.\n");
  for (size_t i = 0; i < findings->count; ++i) {
    add_item(out, &findings->items[i], i + 1, findings->count);
  }
}

static void add_text(dem_json_writer *json, const char *key, const char *text)
{
  dem_json_key(json, key);
  dem_json_string(json, dem_slice_of(text));
}

static void add_change(dem_json_writer *json, const dem_recorded_change *change)
{
  dem_json_begin_object(json);
  add_text(json, "path", change->path);
  if (change->before) {
    add_text(json, "before", change->before);
  }
  if (change->after) {
    add_text(json, "after", change->after);
  }
  dem_json_end_object(json);
}

void dem_recheck_json(const dem_recheck_findings *findings, dem_buffer *out)
{
  dem_json_writer writer = dem_json_writer_on(out, true);
  dem_json_writer *const json = &writer;
  dem_json_begin_object(json);
  add_text(json, "file", findings->name);
  dem_json_key(json, "same");
  dem_json_boolean(json, findings->is_same);
  dem_json_key(json, "same_bytes");
  dem_json_boolean(json, findings->has_same_bytes);
  dem_json_key(json, "advices");
  dem_json_begin_array(json);
  for (size_t i = 0; i < findings->count; ++i) {
    const dem_recheck_item *const item = &findings->items[i];
    dem_json_begin_object(json);
    dem_json_pair(json, "id", dem_slice_of(item->id));
    dem_json_pair(json, "for", dem_slice_of(item->subject));
    dem_json_key(json, "changes");
    dem_json_begin_array(json);
    for (size_t j = 0; j < item->change_count; ++j) {
      add_change(json, &item->changes[j]);
    }
    dem_json_end_array(json);
    dem_json_end_object(json);
  }
  dem_json_end_array(json);
  dem_json_end_object(json);
  dem_buffer_add_char(out, '\n');
}
