// SPDX-License-Identifier: Apache-2.0

// What changes from one advice to another, as JSON.

#include "render/explain.h"

#include "model/language.h"
#include "render/outline.h"

static void add_text(dem_json_writer *json, const char *key, const char *text)
{
  dem_json_key(json, key);
  dem_json_string(json, dem_slice_of(text));
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

static void add_pack(dem_json_writer *json, const char *key, const dem_advice *advice)
{
  dem_json_key(json, key);
  dem_json_begin_object(json);
  add_text(json, "name", advice->pack_name);
  add_text(json, "version", advice->pack_version);
  add_text(json, "sha256", advice->pack_sha256);
  add_text(json, "date", advice->date);
  if (advice->language) {
    add_text(json, "language", dem_language_tag(advice->language));
  }
  dem_json_end_object(json);
}

static void add_answer(dem_json_writer *json, const char *key, const dem_advice_answer *answer)
{
  dem_json_key(json, key);
  if (!answer) {
    dem_json_null(json);
    return;
  }
  dem_json_begin_object(json);
  add_text(json, "state", answer->is_open ? "open" : answer->is_known ? "known" : "answered");
  begin_list(json, "values");
  for (size_t i = 0; i < answer->value_count; ++i) {
    dem_json_string(json, dem_slice_of(answer->values[i]));
  }
  dem_json_end_array(json);
  dem_json_end_object(json);
}

static void add_answers(dem_json_writer *json, const dem_difference *d)
{
  begin_list(json, "answers");
  for (size_t i = 0; i < d->answer_count; ++i) {
    const dem_answer_change *const change = &d->answers[i];
    dem_json_begin_object(json);
    add_text(json, "field", change->before ? change->before->field : change->after->field);
    add_answer(json, "before", change->before);
    add_answer(json, "after", change->after);
    dem_json_end_object(json);
  }
  dem_json_end_array(json);
}

static void add_reasons(dem_json_writer *json, const dem_partner_change *change,
                        dem_change_kind kind, const char *key)
{
  begin_list(json, key);
  for (size_t i = 0; i < change->reason_count; ++i) {
    const dem_reason_change *const reason = &change->reasons[i];
    if (reason->kind != kind) {
      continue;
    }
    dem_json_begin_object(json);
    add_text(json, "purpose", reason->purpose->id);
    add_text(json, "because", reason->reason->text);
    add_text(json, "rule", reason->reason->rule);
    add_integer(json, "weight", reason->reason->weight);
    add_text(json, "certainty", reason->reason->is_certain ? "certain" : "possible");
    dem_json_end_object(json);
  }
  dem_json_end_array(json);
}

static void add_items(dem_json_writer *json, const dem_item_change *items, size_t count)
{
  static const char *const kinds[] = {"gained", "lost", "changed"};
  static const char *const parts[] = {"step", "caveat", "reference"};
  begin_list(json, "items");
  for (size_t i = 0; i < count; ++i) {
    const dem_advice_item *const item = items[i].after ? items[i].after : items[i].before;
    dem_json_begin_object(json);
    add_text(json, "change", kinds[items[i].kind]);
    add_text(json, "kind", parts[items[i].part]);
    add_text(json, "text", item->text);
    dem_json_pair(json, "because", dem_slice_of(item->reason.text));
    add_text(json, "rule", item->reason.rule);
    dem_json_end_object(json);
  }
  dem_json_end_array(json);
}

/// One side of a partner's change; nothing where it is not there.
static void add_side(dem_json_writer *json, const char *key, const dem_advice_partner *partner,
                     size_t rank)
{
  if (!partner) {
    return;
  }
  dem_json_key(json, key);
  dem_json_begin_object(json);
  add_integer(json, "rank", (int64_t)rank);
  add_integer(json, "weight", partner->weight);
  add_text(json, "certainty", partner->is_certain ? "certain" : "possible");
  dem_json_end_object(json);
}

static void add_partners(dem_json_writer *json, const dem_difference *d, dem_change_kind kind,
                         const char *key)
{
  begin_list(json, key);
  for (size_t i = 0; i < d->partner_count; ++i) {
    const dem_partner_change *const change = &d->partners[i];
    if (change->kind != kind) {
      continue;
    }
    const dem_advice_partner *const partner = change->after ? change->after : change->before;
    dem_json_begin_object(json);
    add_text(json, "id", partner->id);
    add_text(json, "label", partner->label);
    add_side(json, "before", change->before, change->rank_before);
    add_side(json, "after", change->after, change->rank_after);
    add_reasons(json, change, DEM_CHANGE_GAINED, "reasons_gained");
    add_reasons(json, change, DEM_CHANGE_LOST, "reasons_lost");
    add_items(json, change->items, change->item_count);
    dem_json_end_object(json);
  }
  dem_json_end_array(json);
}

void dem_difference_json(const dem_difference *d, dem_buffer *out)
{
  const char *const subject = dem_advice_subject(d->before);
  dem_json_writer writer = dem_json_writer_on(out, true);
  dem_json_writer *const json = &writer;
  dem_json_begin_object(json);
  add_integer(json, "demarche", 1);
  add_text(json, "explains", "difference");
  dem_json_pair(json, "id", dem_slice_of(d->before->profile_id));
  dem_json_pair(json, "for", dem_slice_of(subject ? subject : ""));
  add_pack(json, "before", d->before);
  add_pack(json, "after", d->after);
  dem_json_key(json, "same");
  dem_json_boolean(json, dem_difference_is_empty(d));
  add_answers(json, d);
  add_partners(json, d, DEM_CHANGE_GAINED, "gained");
  add_partners(json, d, DEM_CHANGE_LOST, "lost");
  add_partners(json, d, DEM_CHANGE_MOVED, "changed");
  add_items(json, d->items, d->item_count);
  add_integer(json, "unchanged", (int64_t)d->unchanged_count);
  dem_json_end_object(json);
  dem_buffer_add_char(out, '\n');
}
