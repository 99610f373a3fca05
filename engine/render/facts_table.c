// SPDX-License-Identifier: Apache-2.0

// Facts as TSV, CSV or JSON lines.

#include "render/facts_table.h"

#include <stddef.h>

#include "base/try.h"
#include "lang/scalar.h"
#include "render/escape.h"
#include "render/facts_order.h"
#include "render/json_writer.h"

static dem_slice name_of(const dem_facts_view *view, dem_symbol name)
{
  return dem_symbols_text(view->symbols, name);
}

// TSV and CSV -------------------------------------------------------------------

static void add_text(dem_facts_format format, dem_slice text, dem_buffer *out)
{
  if (format == DEM_FACTS_CSV) {
    dem_escape_csv(text, out);
  } else {
    dem_escape_tsv(text, out);
  }
}

static void add_word(const dem_facts_view *view, dem_facts_format format, const dem_field *field,
                     dem_word word, dem_buffer *out)
{
  if (word == DEM_ABSENT && field->is_optional) {
    return;
  }
  switch (field->type.storage) {
  case DEM_STORAGE_STRING:
    add_text(format, dem_symbols_text(view->symbols, dem_word_symbol(word)), out);
    return;
  case DEM_STORAGE_INTEGER:
    dem_buffer_add_integer(out, dem_word_integer(word));
    return;
  case DEM_STORAGE_NUMBER:
  case DEM_STORAGE_BOOLEAN:
  case DEM_STORAGE_DATE:
    dem_word_write(view->symbols, field->type.storage, word, out);
    return;
  }
}

static void add_row(const dem_facts_view *view, const dem_relation *relation,
                    dem_facts_format format, bool has_names, const dem_word *row, dem_buffer *out)
{
  const char separator = format == DEM_FACTS_CSV ? ',' : '\t';
  const size_t begin = out->size;
  if (has_names) {
    add_text(format, name_of(view, relation->name), out);
  }
  for (uint32_t f = 0; f < relation->field_count; ++f) {
    if (f > 0 || has_names) {
      dem_buffer_add_char(out, separator);
    }
    add_word(view, format, &relation->fields[f], row[f], out);
  }
  const bool is_empty = out->size == begin;
  if (is_empty && relation->field_count == 1 && format == DEM_FACTS_CSV) {
    dem_buffer_add_text(out, "\"\""); // Else the line would be no row at all.
  }
  dem_buffer_add_char(out, '\n');
}

static void add_header(const dem_facts_view *view, const dem_relation *relation, dem_buffer *out)
{
  for (uint32_t f = 0; f < relation->field_count; ++f) {
    if (f > 0) {
      dem_buffer_add_char(out, ',');
    }
    dem_escape_csv(name_of(view, relation->fields[f].name), out);
  }
  dem_buffer_add_char(out, '\n');
}

// JSON lines ----------------------------------------------------------------------

static void add_json_word(const dem_facts_view *view, dem_storage storage, dem_word word,
                          dem_json_writer *json)
{
  switch (storage) {
  case DEM_STORAGE_STRING:
    dem_json_string(json, dem_symbols_text(view->symbols, dem_word_symbol(word)));
    return;
  case DEM_STORAGE_INTEGER:
    dem_json_integer(json, dem_word_integer(word));
    return;
  case DEM_STORAGE_NUMBER:
    dem_json_number(json, dem_word_number(word));
    return;
  case DEM_STORAGE_BOOLEAN:
    dem_json_boolean(json, word != 0);
    return;
  case DEM_STORAGE_DATE:
    dem_json_begin_string(json);
    dem_word_write(view->symbols, storage, word, json->out);
    dem_json_end_string(json);
    return;
  }
}

static void add_json_row(const dem_facts_view *view, const dem_relation *relation, bool has_names,
                         const dem_word *row, dem_buffer *out)
{
  dem_json_writer json = dem_json_writer_on(out, false);
  dem_json_begin_object(&json);
  if (has_names) {
    dem_json_key_slice(&json, name_of(view, relation->name));
    dem_json_begin_object(&json);
  }
  for (uint32_t f = 0; f < relation->field_count; ++f) {
    const dem_field *const field = &relation->fields[f];
    if (row[f] != DEM_ABSENT || !field->is_optional) {
      dem_json_key_slice(&json, name_of(view, field->name));
      add_json_word(view, field->type.storage, row[f], &json);
    }
  }
  if (has_names) {
    dem_json_end_object(&json);
  }
  dem_json_end_object(&json);
  dem_buffer_add_char(out, '\n');
}

// Relations ------------------------------------------------------------------------

static dem_status render_rows(const dem_facts_view *view, uint32_t index, dem_facts_format format,
                              bool has_names, const uint32_t *order, uint32_t count, dem_sink *sink)
{
  const dem_relation *const relation = &view->model->relations[index];
  for (uint32_t i = 0; i < count; ++i) {
    const dem_word *const row =
        dem_facts_row(view->facts, dem_facts_at(view->facts, index, order[i]));
    if (format == DEM_FACTS_JSON_LINES) {
      add_json_row(view, relation, has_names, row, &sink->buffer);
    } else {
      add_row(view, relation, format, has_names, row, &sink->buffer);
    }
    DEM_TRY(dem_sink_flow(sink));
  }
  return DEM_OK;
}

dem_status dem_facts_table_render(const dem_facts_view *view, uint32_t relation,
                                  dem_facts_format format, bool has_names, dem_sink *sink)
{
  uint32_t *order;
  uint32_t count;
  if (format == DEM_FACTS_CSV && !has_names) {
    add_header(view, &view->model->relations[relation], &sink->buffer);
  }
  DEM_TRY(dem_facts_order(view->allocator, &view->model->relations[relation], relation, view->facts,
                          view->symbols, &order, &count));
  const dem_status status = render_rows(view, relation, format, has_names, order, count, sink);
  dem_facts_order_free(view->allocator, order, count);
  return status;
}

dem_status dem_facts_table_count(const dem_facts_view *view, uint32_t relation,
                                 dem_facts_format format, bool has_names, dem_sink *sink)
{
  const dem_slice name = name_of(view, view->model->relations[relation].name);
  const int64_t count = dem_facts_count(view->facts, relation);
  if (format == DEM_FACTS_JSON_LINES && has_names) {
    dem_json_writer json = dem_json_writer_on(&sink->buffer, false);
    dem_json_begin_object(&json);
    dem_json_key_slice(&json, name);
    dem_json_integer(&json, count);
    dem_json_end_object(&json);
  } else {
    if (has_names) {
      add_text(format, name, &sink->buffer);
      dem_buffer_add_char(&sink->buffer, format == DEM_FACTS_CSV ? ',' : '\t');
    }
    dem_buffer_add_integer(&sink->buffer, count);
  }
  dem_buffer_add_char(&sink->buffer, '\n');
  return dem_sink_flow(sink);
}
