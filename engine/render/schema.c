// SPDX-License-Identifier: Apache-2.0

// JSON Schemas made from a pack.
//
// YAML's own idea of a scalar is not the pack's (`NO` is Norway): where a text is wanted, what an
// editor takes for a number or a boolean passes, too.

#include "render/schema.h"

#include <stdlib.h>

#include "render/json_writer.h"

typedef struct writer {
  const dem_model *model;
  dem_json_writer json;
  dem_allocator allocator;
} writer;

static dem_slice text_of(const writer *w, dem_symbol symbol)
{
  return dem_symbols_text(w->model->symbols, symbol);
}

static void add_text(writer *w, const char *key, const char *text)
{
  dem_json_key(&w->json, key);
  dem_json_string(&w->json, dem_slice_of(text));
}

static void begin(writer *w, const char *key)
{
  dem_json_key(&w->json, key);
  dem_json_begin_object(&w->json);
}

static void end(writer *w)
{
  dem_json_end_object(&w->json);
}

static void begin_list(writer *w, const char *key)
{
  dem_json_key(&w->json, key);
  dem_json_begin_array(&w->json);
}

static void end_list(writer *w)
{
  dem_json_end_array(&w->json);
}

/// {"$ref": "#/$defs/NAME"}
static void add_reference(writer *w, const char *key, const char *target)
{
  begin(w, key);
  add_text(w, "$ref", target);
  end(w);
}

static void close_object(writer *w)
{
  dem_json_key(&w->json, "additionalProperties");
  dem_json_boolean(&w->json, false);
}

static void add_types(writer *w, const char *const *types, size_t count)
{
  begin_list(w, "type");
  for (size_t i = 0; i < count; ++i) {
    dem_json_string(&w->json, dem_slice_of(types[i]));
  }
  end_list(w);
}

static void begin_schema(writer *w, const char *title)
{
  dem_json_begin_object(&w->json);
  add_text(w, "$schema", "https://json-schema.org/draft/2020-12/schema");
  add_text(w, "title", title);
  dem_json_key(&w->json, "description");
  dem_json_string(&w->json, w->model->title.size ? w->model->title : text_of(w, w->model->name));
  add_text(w, "type", "object");
}

// Values ------------------------------------------------------------------------------

static int compare_texts(const void *left, const void *right)
{
  return dem_slice_compare(*(const dem_slice *)left, *(const dem_slice *)right);
}

/// The keys of a relation's given rows, each once, sorted.
static void add_keys(writer *w, uint32_t relation)
{
  const dem_relation *const r = &w->model->relations[relation];
  const dem_given_facts *const facts = &w->model->facts[relation];
  dem_vector keys;
  dem_vector_init(&keys, w->allocator, sizeof(dem_slice));
  for (size_t i = 0; i < facts->givens.count; ++i) {
    const dem_word word = DEM_VECTOR_AT(&facts->words, dem_word, i * r->field_count + r->key);
    const dem_slice text = dem_symbols_text(w->model->symbols, dem_word_symbol(word));
    w->json.out->has_failed = w->json.out->has_failed || !dem_vector_add(&keys, &text);
  }
  if (keys.count) {
    qsort(keys.items, keys.count, sizeof(dem_slice), compare_texts);
  }
  begin_list(w, "enum");
  for (size_t i = 0; i < keys.count; ++i) {
    const dem_slice key = DEM_VECTOR_AT(&keys, dem_slice, i);
    if (i == 0 || !dem_slice_is_equal(key, DEM_VECTOR_AT(&keys, dem_slice, i - 1))) {
      dem_json_string(&w->json, key);
    }
  }
  end_list(w);
  dem_vector_clear(&keys);
}

/// Keys for completion; other names that people use are accepted as well.
static void add_reference_keys(writer *w, uint32_t relation)
{
  static const char *const names[] = {"string", "boolean", "number"};
  const dem_relation *const r = &w->model->relations[relation];
  const bool has_keys = r->fields[r->key].type.storage == DEM_STORAGE_STRING &&
                        w->model->facts[relation].givens.count > 0;
  if (!has_keys) {
    add_types(w, names, 3);
    return;
  }
  begin_list(w, "anyOf");
  dem_json_begin_object(&w->json);
  add_keys(w, relation);
  end(w);
  dem_json_begin_object(&w->json);
  add_types(w, names, 3);
  end(w);
  end_list(w);
}

/// "#/$defs/key:RELATION", with what a JSON Pointer needs escaped.
static void add_key_reference(writer *w, uint32_t relation)
{
  const dem_slice name = text_of(w, w->model->relations[relation].name);
  dem_buffer target;
  dem_buffer_init(&target, w->allocator);
  dem_buffer_add_text(&target, "#/$defs/key:");
  for (size_t i = 0; i < name.size; ++i) {
    if (name.bytes[i] == '~' || name.bytes[i] == '/') {
      dem_buffer_add_text(&target, name.bytes[i] == '~' ? "~0" : "~1");
    } else {
      dem_buffer_add_char(&target, name.bytes[i]);
    }
  }
  dem_json_key(&w->json, "$ref");
  dem_json_string(&w->json, dem_buffer_slice(&target));
  w->json.out->has_failed = w->json.out->has_failed || target.has_failed;
  dem_buffer_clear(&target);
}

/// What the keys of each keyed relation are, for the references to them.
static void add_key_definitions(writer *w)
{
  for (uint32_t i = 0; i < w->model->relation_count; ++i) {
    if (w->model->relations[i].is_hidden || w->model->relations[i].key == DEM_NONE) {
      continue;
    }
    dem_buffer name;
    dem_buffer_init(&name, w->allocator);
    dem_buffer_add_text(&name, "key:");
    dem_buffer_add(&name, text_of(w, w->model->relations[i].name));
    dem_json_key_slice(&w->json, dem_buffer_slice(&name));
    w->json.out->has_failed = w->json.out->has_failed || name.has_failed;
    dem_buffer_clear(&name);
    dem_json_begin_object(&w->json);
    add_reference_keys(w, i);
    end(w);
  }
}

static void add_options(writer *w, const dem_type *type)
{
  begin_list(w, "enum");
  for (uint32_t i = 0; i < type->option_count; ++i) {
    const dem_slice option = text_of(w, type->options[i]);
    dem_json_string(&w->json, option);
    if (dem_slice_is(option, "yes") || dem_slice_is(option, "no") || dem_slice_is(option, "true") ||
        dem_slice_is(option, "false")) {
      dem_json_boolean(&w->json, dem_slice_is(option, "yes") || dem_slice_is(option, "true"));
    }
  }
  end_list(w);
}

/// The keywords that one value of a type must satisfy.
static void add_value(writer *w, const dem_type *type)
{
  static const char *const integers[] = {"integer", "string"};
  static const char *const numbers[] = {"number", "string"};
  static const char *const booleans[] = {"boolean", "string"};
  static const char *const texts[] = {"string", "number", "boolean"};
  switch (type->kind) {
  case DEM_TYPE_INTEGER:
    add_types(w, integers, 2);
    add_text(w, "pattern", "^[+-]?[0-9]+$");
    break;
  case DEM_TYPE_NUMBER:
    add_types(w, numbers, 2);
    break;
  case DEM_TYPE_BOOLEAN:
    add_types(w, booleans, 2);
    add_text(w, "pattern", "^(true|false|yes|no)$");
    break;
  case DEM_TYPE_DATE:
    add_text(w, "type", "string");
    add_text(w, "pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
    break;
  case DEM_TYPE_ENUMERATION:
    add_options(w, type);
    break;
  case DEM_TYPE_REFERENCE:
    add_key_reference(w, type->relation);
    break;
  case DEM_TYPE_SYMBOL:
  case DEM_TYPE_TEXT:
    add_types(w, texts, 3);
    break;
  }
}

/// A value, or a list of them.
static void add_value_or_list(writer *w, const dem_type *type)
{
  begin_list(w, "anyOf");
  dem_json_begin_object(&w->json);
  add_value(w, type);
  end(w);
  dem_json_begin_object(&w->json);
  add_text(w, "type", "array");
  begin(w, "items");
  add_value(w, type);
  end(w);
  end(w);
}

// Profiles ----------------------------------------------------------------------------

static void add_question(writer *w, const dem_question *q)
{
  dem_json_key_slice(&w->json, text_of(w, q->field));
  dem_json_begin_object(&w->json);
  dem_json_pair(&w->json, "title", q->ask);
  dem_json_pair(&w->json, "description", q->help);
  add_value_or_list(w, &q->type);
  dem_json_begin_object(&w->json);
  add_text(w, "const", "unknown");
  add_text(w, "description", "Asked, and not known: an open question.");
  end(w);
  dem_json_begin_object(&w->json);
  add_text(w, "type", "null");
  end(w);
  end_list(w);
  end(w);
}

static void render_profile(writer *w)
{
  static const char *const ids[] = {"string", "number"};
  begin_schema(w, "Profile");
  close_object(w);
  begin_list(w, "required");
  for (uint32_t i = 0; i < w->model->question_count; ++i) {
    if (w->model->questions[i].is_required) {
      dem_json_string(&w->json, text_of(w, w->model->questions[i].field));
    }
  }
  end_list(w);
  begin(w, "properties");
  begin(w, "id");
  add_text(w, "description", "The profile's own name.");
  add_types(w, ids, 2);
  end(w);
  for (uint32_t i = 0; i < w->model->question_count; ++i) {
    add_question(w, &w->model->questions[i]);
  }
  end(w);
  begin(w, "$defs");
  add_key_definitions(w);
  end(w);
  end(w);
}

// Facts -------------------------------------------------------------------------------

/// `cite`, `from` and `until`, which files, facts and rules may all have.
static void add_common(writer *w)
{
  add_reference(w, "cite", "#/$defs/cite");
  add_reference(w, "from", "#/$defs/day");
  add_reference(w, "until", "#/$defs/day");
}

static void add_common_definitions(writer *w)
{
  begin(w, "cite");
  add_text(w, "description", "A source, or source/section.");
  begin_list(w, "anyOf");
  dem_json_begin_object(&w->json);
  add_text(w, "type", "string");
  end(w);
  dem_json_begin_object(&w->json);
  add_text(w, "type", "array");
  begin(w, "items");
  add_text(w, "type", "string");
  end(w);
  end(w);
  end_list(w);
  end(w);
  begin(w, "day");
  add_text(w, "type", "string");
  add_text(w, "pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
  end(w);
}

static void add_fact(writer *w, const dem_relation *r)
{
  dem_json_begin_object(&w->json);
  add_text(w, "type", "object");
  close_object(w);
  begin_list(w, "required");
  for (uint32_t i = 0; i < r->field_count; ++i) {
    if (!r->fields[i].is_optional && !r->fields[i].has_default) {
      dem_json_string(&w->json, text_of(w, r->fields[i].name));
    }
  }
  end_list(w);
  begin(w, "properties");
  for (uint32_t i = 0; i < r->field_count; ++i) {
    dem_json_key_slice(&w->json, text_of(w, r->fields[i].name));
    dem_json_begin_object(&w->json);
    add_value_or_list(w, &r->fields[i].type);
    if (r->fields[i].is_optional) {
      dem_json_begin_object(&w->json);
      add_text(w, "type", "null");
      end(w);
    }
    end_list(w);
    end(w);
  }
  static const char *const about[] = {"cite", "from", "until", "as_of"};
  for (size_t i = 0; i < sizeof about / sizeof *about; ++i) {
    if (dem_relation_find_field(w->model, r, dem_slice_of(about[i])) == DEM_NONE) {
      add_reference(w, about[i], i == 0 ? "#/$defs/cite" : "#/$defs/day");
    }
  }
  end(w);
  end(w);
}

static void add_relation(writer *w, const dem_relation *r)
{
  dem_json_key_slice(&w->json, text_of(w, r->name));
  dem_json_begin_object(&w->json);
  dem_json_pair(&w->json, "description", r->about);
  begin_list(w, "anyOf");
  dem_json_begin_object(&w->json);
  add_text(w, "type", "array");
  dem_json_key(&w->json, "items");
  add_fact(w, r);
  end(w);
  dem_json_begin_object(&w->json);
  add_text(w, "description", "A table in a file of its own.");
  add_text(w, "type", "object");
  begin_list(w, "required");
  dem_json_string(&w->json, DEM_SLICE("csv"));
  end_list(w);
  end(w);
  dem_json_begin_object(&w->json);
  add_text(w, "type", "null");
  end(w);
  end_list(w);
  end(w);
}

static void render_facts(writer *w)
{
  begin_schema(w, "Facts");
  close_object(w);
  begin(w, "properties");
  add_common(w);
  add_reference(w, "as_of", "#/$defs/day");
  begin(w, "sources");
  add_text(w, "type", "object");
  end(w);
  begin(w, "facts");
  add_text(w, "type", "object");
  close_object(w);
  begin(w, "properties");
  for (uint32_t i = 0; i < w->model->relation_count; ++i) {
    if (!w->model->relations[i].is_hidden) {
      add_relation(w, &w->model->relations[i]);
    }
  }
  end(w);
  end(w);
  end(w);
  begin(w, "$defs");
  add_common_definitions(w);
  add_key_definitions(w);
  end(w);
  end(w);
}

// Rules -------------------------------------------------------------------------------

/// Relations with their fields: of conditions, where a field takes a term, and of conclusions.
static void add_patterns(writer *w)
{
  for (uint32_t i = 0; i < w->model->relation_count; ++i) {
    const dem_relation *const r = &w->model->relations[i];
    if (r->is_hidden) {
      continue;
    }
    dem_json_key_slice(&w->json, text_of(w, r->name));
    dem_json_begin_object(&w->json);
    dem_json_pair(&w->json, "description", r->about);
    add_text(w, "type", "object");
    close_object(w);
    begin(w, "properties");
    for (uint32_t j = 0; j < r->field_count; ++j) {
      dem_json_key_slice(&w->json, text_of(w, r->fields[j].name));
      dem_json_boolean(&w->json, true);
    }
    end(w);
    end(w);
  }
}

/// A mapping with one key.
static void begin_single(writer *w, const char *name)
{
  begin(w, name);
  add_text(w, "type", "object");
  dem_json_key(&w->json, "minProperties");
  dem_json_integer(&w->json, 1);
  dem_json_key(&w->json, "maxProperties");
  dem_json_integer(&w->json, 1);
  close_object(w);
  begin(w, "properties");
}

static void end_single(writer *w)
{
  end(w);
  end(w);
}

static void add_list_of(writer *w, const char *key, const char *target)
{
  begin(w, key);
  add_text(w, "type", "array");
  add_reference(w, "items", target);
  end(w);
}

static void add_conditions(writer *w)
{
  static const char *const aggregates[] = {"count", "sum", "min", "max"};
  begin_single(w, "condition");
  add_patterns(w);
  add_list_of(w, "not", "#/$defs/condition");
  begin(w, "any");
  add_text(w, "type", "array");
  begin(w, "items");
  add_text(w, "type", "array");
  add_reference(w, "items", "#/$defs/condition");
  end(w);
  end(w);
  begin(w, "where");
  add_text(w, "type", "string");
  end(w);
  begin(w, "let");
  add_text(w, "type", "object");
  end(w);
  for (size_t i = 0; i < sizeof aggregates / sizeof *aggregates; ++i) {
    if (dem_model_find_relation(w->model, dem_slice_of(aggregates[i])) == DEM_NONE) {
      add_reference(w, aggregates[i], "#/$defs/aggregate");
    }
  }
  end_single(w);
  begin_single(w, "conclusion");
  add_patterns(w);
  end_single(w);
}

static void add_aggregate(writer *w)
{
  begin(w, "aggregate");
  add_text(w, "type", "object");
  close_object(w);
  begin_list(w, "required");
  dem_json_string(&w->json, DEM_SLICE("as"));
  dem_json_string(&w->json, DEM_SLICE("over"));
  end_list(w);
  begin(w, "properties");
  begin(w, "as");
  add_text(w, "type", "string");
  end(w);
  dem_json_key(&w->json, "of");
  dem_json_boolean(&w->json, true);
  dem_json_key(&w->json, "per");
  dem_json_boolean(&w->json, true);
  add_list_of(w, "over", "#/$defs/condition");
  end(w);
  end(w);
}

static void add_rule(writer *w)
{
  static const char *const texts[] = {"id", "title", "because"};
  begin(w, "rule");
  add_text(w, "type", "object");
  close_object(w);
  begin_list(w, "required");
  dem_json_string(&w->json, DEM_SLICE("id"));
  dem_json_string(&w->json, DEM_SLICE("when"));
  dem_json_string(&w->json, DEM_SLICE("then"));
  end_list(w);
  begin(w, "properties");
  for (size_t i = 0; i < sizeof texts / sizeof *texts; ++i) {
    begin(w, texts[i]);
    add_text(w, "type", "string");
    end(w);
  }
  add_list_of(w, "when", "#/$defs/condition");
  add_list_of(w, "then", "#/$defs/conclusion");
  add_common(w);
  end(w);
  end(w);
}

static void render_rules(writer *w)
{
  begin_schema(w, "Rules");
  close_object(w);
  begin(w, "properties");
  add_common(w);
  add_list_of(w, "rules", "#/$defs/rule");
  end(w);
  begin(w, "$defs");
  add_common_definitions(w);
  add_rule(w);
  add_conditions(w);
  add_aggregate(w);
  end(w);
  end(w);
}

void dem_schema_render(const dem_model *model, dem_schema_kind kind, dem_buffer *out)
{
  writer w = {.model = model, .json = dem_json_writer_on(out, true), .allocator = out->allocator};
  switch (kind) {
  case DEM_SCHEMA_PROFILE:
    render_profile(&w);
    break;
  case DEM_SCHEMA_FACTS:
    render_facts(&w);
    break;
  case DEM_SCHEMA_RULES:
    render_rules(&w);
    break;
  case DEM_SCHEMA_ADVICE: // The caller's.
    break;
  }
  dem_buffer_add_char(out, '\n');
}
