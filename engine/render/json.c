// SPDX-License-Identifier: Apache-2.0

// An advice as JSON.
//
// Keys stand in a fixed order. A text that is empty is left out; a list is there
// even when it is empty, so that readers need no special case; `ruled_out` alone is
// not there where it was not asked for.

#include "render/json.h"

#include "model/language.h"
#include "render/json_writer.h"

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

static void add_certainty(dem_json_writer *json, bool is_certain)
{
  add_text(json, "certainty", is_certain ? "certain" : "possible");
}

static void begin_list(dem_json_writer *json, const char *key)
{
  dem_json_key(json, key);
  dem_json_begin_array(json);
}

/// The answers that would make it certain.
static void add_hinges(const dem_advice_reason *reason, dem_json_writer *json)
{
  begin_list(json, "if");
  for (size_t i = 0; i < reason->hinge_count; ++i) {
    const dem_advice_hinge *const hinge = &reason->hinges[i];
    dem_json_begin_object(json);
    add_text(json, "field", hinge->field);
    add_optional(json, "answer", hinge->value);
    add_optional(json, "label", hinge->label);
    if (hinge->is_negative) {
      dem_json_key(json, "not");
      dem_json_boolean(json, true);
    }
    dem_json_end_object(json);
  }
  dem_json_end_array(json);
}

/// The keys of a reason, into the object that is open. Citations name sources by their ids.
static void add_reason_keys(const dem_advice *advice, const dem_advice_reason *reason,
                            dem_json_writer *json)
{
  add_optional(json, "because", reason->text);
  add_certainty(json, reason->is_certain);
  if (!reason->is_certain) {
    add_hinges(reason, json);
  }
  add_text(json, "rule", reason->rule);
  add_optional(json, "file", reason->file);
  if (reason->line > 0) {
    add_integer(json, "line", reason->line);
  }
  begin_list(json, "cites");
  for (size_t i = 0; i < reason->citation_count; ++i) {
    dem_json_string(json, dem_slice_of(advice->sources[reason->citations[i]].id));
  }
  dem_json_end_array(json);
}

static void add_purposes(const dem_advice *advice, const dem_advice_partner *partner,
                         dem_json_writer *json)
{
  begin_list(json, "purposes");
  for (size_t i = 0; i < partner->purpose_count; ++i) {
    const dem_advice_purpose *const purpose = &partner->purposes[i];
    dem_json_begin_object(json);
    add_text(json, "id", purpose->id);
    add_text(json, "label", purpose->label);
    add_certainty(json, purpose->is_certain);
    add_integer(json, "weight", purpose->weight);
    begin_list(json, "reasons");
    for (size_t j = 0; j < purpose->reason_count; ++j) {
      dem_json_begin_object(json);
      add_integer(json, "weight", purpose->reasons[j].weight);
      add_reason_keys(advice, &purpose->reasons[j], json);
      dem_json_end_object(json);
    }
    dem_json_end_array(json);
    dem_json_end_object(json);
  }
  dem_json_end_array(json);
}

static void add_items(const dem_advice *advice, const char *key, const dem_advice_items *items,
                      dem_json_writer *json)
{
  begin_list(json, key);
  for (size_t i = 0; i < items->count; ++i) {
    const dem_advice_item *const item = &items->items[i];
    dem_json_begin_object(json);
    if (item->order != 0) {
      add_integer(json, "order", item->order);
    }
    add_text(json, "text", item->text);
    add_optional(json, "route", item->route);
    add_reason_keys(advice, &item->reason, json);
    dem_json_end_object(json);
  }
  dem_json_end_array(json);
}

static void add_partner(const dem_advice *advice, const dem_advice_partner *partner,
                        dem_json_writer *json)
{
  dem_json_begin_object(json);
  add_text(json, "id", partner->id);
  add_text(json, "label", partner->label);
  add_optional(json, "kind", partner->kind);
  dem_json_key(json, "un");
  dem_json_boolean(json, partner->is_un);
  add_certainty(json, partner->is_certain);
  add_integer(json, "weight", partner->weight);
  add_purposes(advice, partner, json);
  add_items(advice, "steps", &partner->steps, json);
  add_items(advice, "caveats", &partner->caveats, json);
  add_items(advice, "references", &partner->references, json);
  dem_json_end_object(json);
}

static void add_answer(const dem_advice_answer *answer, dem_json_writer *json)
{
  dem_json_begin_object(json);
  add_text(json, "field", answer->field);
  add_text(json, "ask", answer->ask);
  add_text(json, "state", answer->is_open ? "open" : answer->is_known ? "known" : "answered");
  if (answer->is_open) {
    dem_json_key(json, "relevant");
    dem_json_boolean(json, answer->is_relevant);
  }
  begin_list(json, "values");
  for (size_t i = 0; i < answer->value_count; ++i) {
    dem_json_begin_object(json);
    add_text(json, "id", answer->values[i]);
    add_text(json, "label", answer->labels[i]);
    dem_json_end_object(json);
  }
  dem_json_end_array(json);
  dem_json_end_object(json);
}

static void add_ruled_out(const dem_advice *advice, dem_json_writer *json)
{
  static const char *const names[] = {[DEM_RULED_OUT_BY_EXCEPTION] = "exception",
                                      [DEM_RULED_OUT_BY_DATE] = "date",
                                      [DEM_RULED_OUT_BY_COMPARISON] = "comparison",
                                      [DEM_RULED_OUT_BY_RECORD] = "record",
                                      [DEM_RULED_OUT_BY_ANSWER] = "answer"};
  begin_list(json, "ruled_out");
  for (size_t i = 0; i < advice->ruled_out_count; ++i) {
    const dem_advice_ruled_out *const item = &advice->ruled_out[i];
    dem_json_begin_object(json);
    add_text(json, "id", item->id);
    add_text(json, "label", item->label);
    add_text(json, "by", names[item->by]);
    add_text(json, "text", item->text);
    add_integer(json, "distance", (int64_t)item->distance);
    add_text(json, "rule", item->rule);
    add_optional(json, "title", item->title);
    add_text(json, "file", item->file);
    add_integer(json, "line", item->line);
    dem_json_end_object(json);
  }
  dem_json_end_array(json);
}

void dem_json_source(const dem_advice_source *source, dem_json_writer *json)
{
  dem_json_begin_object(json);
  add_text(json, "id", source->id);
  add_text(json, "title", source->title);
  add_optional(json, "section", source->section);
  add_optional(json, "work", source->work);
  add_optional(json, "author", source->author);
  add_optional(json, "publisher", source->publisher);
  add_optional(json, "date", source->date);
  add_optional(json, "url", source->url);
  add_optional(json, "as_of", source->as_of);
  dem_json_end_object(json);
}

static void add_pack(const dem_advice *advice, dem_json_writer *json)
{
  dem_json_key(json, "pack");
  dem_json_begin_object(json);
  add_text(json, "name", advice->pack_name);
  add_text(json, "version", advice->pack_version);
  add_optional(json, "title", advice->pack_title);
  add_text(json, "sha256", advice->pack_sha256);
  dem_json_end_object(json);
}

void dem_json_add_advice(const dem_advice *advice, dem_json_writer *json)
{
  add_integer(json, "demarche", 1);
  add_optional(json, "id", advice->profile_id);
  add_pack(advice, json);
  add_text(json, "date", advice->date);
  if (advice->language) {
    add_text(json, "language", dem_language_tag(advice->language));
  }
  begin_list(json, "answers");
  for (size_t i = 0; i < advice->answer_count; ++i) {
    add_answer(&advice->answers[i], json);
  }
  dem_json_end_array(json);
  begin_list(json, "partners");
  for (size_t i = 0; i < advice->partner_count; ++i) {
    add_partner(advice, &advice->partners[i], json);
  }
  dem_json_end_array(json);
  add_items(advice, "steps", &advice->steps, json);
  add_items(advice, "caveats", &advice->caveats, json);
  add_items(advice, "references", &advice->references, json);
  if (advice->ruled_out) {
    add_ruled_out(advice, json);
  }
  begin_list(json, "sources");
  for (size_t i = 0; i < advice->source_count; ++i) {
    dem_json_source(&advice->sources[i], json);
  }
  dem_json_end_array(json);
}

void dem_json_render(const dem_advice *advice, bool is_pretty, dem_buffer *out)
{
  dem_json_writer json = dem_json_writer_on(out, is_pretty);
  dem_json_begin_object(&json);
  dem_json_add_advice(advice, &json);
  dem_json_end_object(&json);
  dem_buffer_add_char(out, '\n');
}
