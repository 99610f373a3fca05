// SPDX-License-Identifier: Apache-2.0

// Why something holds, and the proofs of any explanation, as JSON.
//
// Steps stand in one list and name each other by their places in it. A text that is empty is left
// out; a list is there even when it is empty.

#include "render/explain.h"

#include <stdlib.h>

#include "model/language.h"
#include "render/json.h"

static void add_text(dem_json_writer *json, const char *key, const char *text)
{
  dem_json_key(json, key);
  dem_json_string(json, dem_slice_of(text));
}

static void add_optional(dem_json_writer *json, const char *key, const char *text)
{
  dem_json_pair(json, key, dem_slice_of(text));
}

static void add_integer(dem_json_writer *json, const char *key, int64_t value)
{
  dem_json_key(json, key);
  dem_json_integer(json, value);
}

static void begin_list(dem_json_writer *json, const char *key)
{
  dem_json_key(json, key);
  dem_json_begin_array(json);
}

static void add_place(dem_json_writer *json, const char *file, uint32_t line)
{
  add_optional(json, "file", file);
  if (line > 0) {
    add_integer(json, "line", line);
  }
}

void dem_explained_json(const dem_explained *about, const char *explains, dem_json_writer *json)
{
  add_integer(json, "demarche", 1);
  add_text(json, "explains", explains);
  dem_json_key(json, "pack");
  dem_json_begin_object(json);
  add_text(json, "name", about->pack_name);
  add_text(json, "version", about->pack_version);
  add_optional(json, "title", about->pack_title);
  add_text(json, "sha256", about->pack_sha256);
  dem_json_end_object(json);
  add_text(json, "date", about->date);
  if (about->language) {
    add_text(json, "language", dem_language_tag(about->language));
  }
  add_optional(json, "for", about->profile_for);
  dem_json_key(json, "subject");
  dem_json_begin_object(json);
  add_optional(json, "id", about->subject_id);
  add_text(json, "label", about->subject);
  dem_json_end_object(json);
}

// Facts -------------------------------------------------------------------------------

static void add_value(dem_json_writer *json, const dem_named_value *value)
{
  switch (value->form) {
  case DEM_VALUE_TEXT:
    dem_json_string(json, dem_slice_of(value->value));
    return;
  case DEM_VALUE_NUMBER:
  case DEM_VALUE_BOOLEAN: // As it is written, it is JSON already.
    dem_json_word(json, dem_slice_of(value->value));
    return;
  }
}

static void add_values(dem_json_writer *json, const char *key, const dem_named_value *values,
                       size_t count)
{
  dem_json_key(json, key);
  dem_json_begin_object(json);
  for (size_t i = 0; i < count; ++i) {
    dem_json_key(json, values[i].name);
    add_value(json, &values[i]);
  }
  dem_json_end_object(json);
}

/// {"member": {"organization": "au", …}}, as facts files write it.
static void add_fact(dem_json_writer *json, const dem_fact_text *fact)
{
  dem_json_key(json, "fact");
  dem_json_begin_object(json);
  add_values(json, fact->relation, fact->fields, fact->field_count);
  dem_json_end_object(json);
}

// Steps -------------------------------------------------------------------------------

static void add_numbers(dem_json_writer *json, const char *key, const size_t *numbers, size_t count)
{
  begin_list(json, key);
  for (size_t i = 0; i < count; ++i) {
    dem_json_integer(json, (int64_t)numbers[i]);
  }
  dem_json_end_array(json);
}

static void add_rule(dem_json_writer *json, const dem_proof_step *step)
{
  static const char *const kinds[] = {"absence", "comparison", "value"};
  add_text(json, "rule", step->rule);
  add_optional(json, "title", step->title);
  add_place(json, step->file, step->line);
  add_integer(json, "height", step->height);
  add_values(json, "variables", step->variables, step->variable_count);
  add_numbers(json, "rests_on", step->premises, step->premise_count);
  if (step->counted_count > 0) {
    add_numbers(json, "counts", step->counted, step->counted_count);
  }
  begin_list(json, "checks");
  for (size_t i = 0; i < step->check_count; ++i) {
    dem_json_begin_object(json);
    add_text(json, "kind", kinds[step->checks[i].kind]);
    add_text(json, "text", step->checks[i].text);
    add_place(json, step->checks[i].file, step->checks[i].line);
    dem_json_end_object(json);
  }
  dem_json_end_array(json);
}

static void add_records(dem_json_writer *json, const dem_proof_step *step)
{
  begin_list(json, "records");
  for (size_t i = 0; i < step->record_count; ++i) {
    const dem_proof_record *const record = &step->records[i];
    dem_json_begin_object(json);
    add_place(json, record->file, record->line);
    add_optional(json, "as_of", record->as_of);
    add_optional(json, "from", record->from);
    add_optional(json, "until", record->until);
    dem_json_end_object(json);
  }
  dem_json_end_array(json);
}

static void add_step(const dem_proof *proof, size_t number, dem_json_writer *json)
{
  static const char *const origins[] = {"rule", "record", "answer"};
  const dem_proof_step *const step = &proof->steps[number];
  dem_json_begin_object(json);
  add_integer(json, "step", (int64_t)number);
  add_text(json, "by", origins[step->origin]);
  add_fact(json, &step->fact);
  add_text(json, "text", step->text);
  add_text(json, "certainty", step->is_certain ? "certain" : "possible");
  if (step->origin == DEM_PROOF_RULE) {
    add_rule(json, step);
  } else if (step->origin == DEM_PROOF_RECORD) {
    add_records(json, step);
  }
  add_optional(json, "field", step->field);
  add_optional(json, "ask", step->ask);
  begin_list(json, "cites");
  for (size_t i = 0; i < step->citation_count; ++i) {
    dem_json_string(json, dem_slice_of(proof->sources[step->citations[i]].id));
  }
  dem_json_end_array(json);
  dem_json_end_object(json);
}

void dem_proof_json(const dem_proof *proof, dem_json_writer *json)
{
  begin_list(json, "steps");
  for (size_t i = 0; i < proof->step_count; ++i) {
    add_step(proof, i, json);
  }
  dem_json_end_array(json);
  begin_list(json, "sources");
  for (size_t i = 0; i < proof->source_count; ++i) {
    dem_json_source(&proof->sources[i], json);
  }
  dem_json_end_array(json);
}

// Why ---------------------------------------------------------------------------------

void dem_why_json(const dem_why *why, dem_buffer *out)
{
  static const char *const kinds[] = {"fact", "recommendation", "step", "caveat", "reference"};
  dem_json_writer json = dem_json_writer_on(out, true);
  dem_json_begin_object(&json);
  dem_explained_json(&why->about, "why", &json);
  begin_list(&json, "items");
  for (size_t i = 0; i < why->item_count; ++i) {
    const dem_why_item *const item = &why->items[i];
    dem_json_begin_object(&json);
    add_text(&json, "kind", kinds[item->kind]);
    add_text(&json, "text", item->text);
    if (item->kind == DEM_ITEM_RECOMMENDATION) {
      add_integer(&json, "weight", item->weight);
    }
    add_text(&json, "certainty", item->is_certain ? "certain" : "possible");
    add_numbers(&json, "proofs", item->proofs, item->proof_count);
    dem_json_end_object(&json);
  }
  dem_json_end_array(&json);
  dem_json_key(&json, "cut");
  dem_json_boolean(&json, why->is_cut);
  dem_proof_json(&why->proof, &json);
  dem_json_end_object(&json);
  dem_buffer_add_char(out, '\n');
}
