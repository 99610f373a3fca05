// SPDX-License-Identifier: Apache-2.0

// A profile as JSON, and why one was refused.

#include "api/profile_stream.h"
#include "base/try.h"
#include "render/json_writer.h"

// Profiles ----------------------------------------------------------------------------
/// A word that JSON has, or a number as JSON writes it: anything else becomes a text.
static bool is_json_word(dem_slice text)
{
  size_t i = text.size && text.bytes[0] == '-';
  const size_t first = i;
  while (i < text.size && text.bytes[i] >= '0' && text.bytes[i] <= '9') {
    ++i;
  }
  const bool is_integer =
      i > first && i == text.size && (text.bytes[first] != '0' || i == first + 1);
  return is_integer || dem_slice_is(text, "true") || dem_slice_is(text, "false") ||
         dem_slice_is(text, "null");
}

/// Recursion: as deep as the document was read, which is bounded.
static void write_node(const dem_node *node, dem_json_writer *json)
{
  switch (node->kind) {
  case DEM_NODE_SCALAR:
    if (node->style == DEM_SCALAR_PLAIN && dem_node_is_null(node)) {
      dem_json_null(json);
    } else if (node->style == DEM_SCALAR_PLAIN && is_json_word(node->text)) {
      dem_json_word(json, node->text);
    } else {
      dem_json_string(json, node->text);
    }
    return;
  case DEM_NODE_SEQUENCE:
    dem_json_begin_array(json);
    for (size_t i = 0; i < node->count; ++i) {
      write_node(node->items[i], json);
    }
    dem_json_end_array(json);
    return;
  case DEM_NODE_MAPPING:
    dem_json_begin_object(json);
    for (size_t i = 0; i < node->count; ++i) {
      dem_json_key_slice(json, node->entries[i].key);
      write_node(node->entries[i].value, json);
    }
    dem_json_end_object(json);
    return;
  }
}

dem_status dem_profiles_render(const dem_profiles *profiles, size_t index, dem_write_function write,
                               void *context)
{
  dem_buffer out;
  dem_buffer_init(&out, profiles->allocator);
  dem_json_writer json = dem_json_writer_on(&out, false);
  write_node(DEM_VECTOR_AT(&profiles->roots, const dem_node *, index), &json);
  const dem_status status =
      out.has_failed ? DEM_ERR_NO_MEMORY : write(context, out.bytes, out.size);
  dem_buffer_clear(&out);
  return status;
}

// Refusals ----------------------------------------------------------------------------

static void add_text(dem_json_writer *json, const char *key, const char *text)
{
  dem_json_key(json, key);
  dem_json_string(json, dem_slice_of(text));
}

/// Where in the input, what is wrong: the keys of one error.
static void write_error(const dem_report_item *item, const char *input,
                        const dem_profile_record *record, dem_json_writer *json)
{
  const bool has_place = item->line > 0 && strcmp(item->file, input) == 0; // Else it is a rule's.
  dem_json_key(json, "line");
  dem_json_integer(json, has_place ? item->line : record->line);
  if (has_place && item->column > 0) {
    dem_json_key(json, "column");
    dem_json_integer(json, item->column);
  }
  dem_json_pair(json, "field", dem_slice_of(item->field));
  add_text(json, "code", item->code);
  add_text(json, "message", item->message);
  dem_json_pair(json, "hint", dem_slice_of(item->label));
}

static void write_errors(const dem_report *report, const char *input,
                         const dem_profile_record *record, dem_json_writer *json)
{
  const size_t count = dem_report_count(report);
  size_t written = 0;
  for (size_t i = 0; i < count && written == 0; ++i) {
    const dem_report_item item = dem_report_at(report, i);
    if (item.is_error) {
      write_error(&item, input, record, json);
      ++written;
    }
  }
  if (dem_report_error_count(report) < 2) {
    return;
  }
  dem_json_key(json, "errors");
  dem_json_begin_array(json);
  for (size_t i = 0; i < count; ++i) {
    const dem_report_item item = dem_report_at(report, i);
    if (item.is_error) {
      dem_json_begin_object(json);
      write_error(&item, input, record, json);
      dem_json_end_object(json);
    }
  }
  dem_json_end_array(json);
}

static void write_record(const dem_profiles *p, const dem_profile_record *record,
                         dem_json_writer *json)
{
  const bool is_read = p->roots.count == 1;
  if (!is_read && record->size == 0) {
    return;
  }
  dem_json_key(json, "record");
  if (is_read) {
    write_node(DEM_VECTOR_AT(&p->roots, const dem_node *, 0), json);
  } else {
    dem_json_string(json, (dem_slice){record->bytes, record->size});
  }
}

dem_status dem_profiles_render_refusal(const dem_profiles *profiles,
                                       const dem_profile_stream *stream,
                                       const dem_profile_record *record, const dem_report *report,
                                       dem_write_function write, void *context)
{
  dem_buffer out;
  dem_buffer_init(&out, profiles->allocator);
  dem_json_writer json = dem_json_writer_on(&out, false);
  dem_json_begin_object(&json);
  add_text(&json, "input", stream->name.bytes);
  write_errors(report, stream->name.bytes, record, &json);
  if (profiles->roots.count == 1) {
    dem_json_pair(&json, "id", dem_slice_of(dem_profiles_id(profiles, 0)));
  }
  write_record(profiles, record, &json);
  dem_json_end_object(&json);
  dem_buffer_add_char(&out, '\n');
  const dem_status status =
      out.has_failed ? DEM_ERR_NO_MEMORY : write(context, out.bytes, out.size);
  dem_buffer_clear(&out);
  return status;
}
