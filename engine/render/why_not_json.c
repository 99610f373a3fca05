// SPDX-License-Identifier: Apache-2.0

// Why something does not hold, as JSON. Rules stand in one list; conditions name the rules that
// could have satisfied them by their places in it, and facts by their places among the steps.

#include "render/explain.h"

static void add_text(dem_json_writer *json, const char *key, const char *text)
{
  dem_json_key(json, key);
  dem_json_string(json, dem_slice_of(text));
}

static void add_optional(dem_json_writer *json, const char *key, const char *text)
{
  dem_json_pair(json, key, dem_slice_of(text));
}

static void add_integer(dem_json_writer *json, const char *key, size_t value)
{
  dem_json_key(json, key);
  dem_json_integer(json, (int64_t)value);
}

static void add_boolean(dem_json_writer *json, const char *key, bool value)
{
  dem_json_key(json, key);
  dem_json_boolean(json, value);
}

static void add_numbers(dem_json_writer *json, const char *key, const size_t *numbers, size_t count)
{
  dem_json_key(json, key);
  dem_json_begin_array(json);
  for (size_t i = 0; i < count; ++i) {
    dem_json_integer(json, (int64_t)numbers[i]);
  }
  dem_json_end_array(json);
}

static void add_record(dem_json_writer *json, const dem_missed_record *record)
{
  static const char *const states[] = {"ended", "not-yet", "other"};
  dem_json_begin_object(json);
  add_text(json, "state", states[record->state]);
  add_text(json, "text", record->text);
  add_optional(json, "differs", record->differs);
  add_optional(json, "file", record->record.file);
  add_integer(json, "line", record->record.line);
  add_optional(json, "as_of", record->record.as_of);
  add_optional(json, "from", record->record.from);
  add_optional(json, "until", record->record.until);
  dem_json_end_object(json);
}

static void add_failure(dem_json_writer *json, const dem_missed_condition *c)
{
  add_numbers(json, "ruled_out_by", c->blockers, c->blocker_count);
  dem_json_key(json, "records");
  dem_json_begin_array(json);
  for (size_t i = 0; i < c->record_count; ++i) {
    add_record(json, &c->records[i]);
  }
  dem_json_end_array(json);
  if (c->field[0]) {
    dem_json_key(json, "question");
    dem_json_begin_object(json);
    add_text(json, "field", c->field);
    add_text(json, "ask", c->ask);
    add_optional(json, "answer", c->answer);
    dem_json_end_object(json);
  }
  add_numbers(json, "rules", c->rules, c->rule_count);
}

static void add_condition(dem_json_writer *json, const dem_missed_condition *c)
{
  static const char *const states[] = {"held", "failed", "unseen"};
  dem_json_begin_object(json);
  add_text(json, "state", states[c->state]);
  add_text(json, "text", c->text);
  add_optional(json, "file", c->file);
  add_integer(json, "line", c->line);
  if (c->step != DEM_NO_STEP) {
    add_integer(json, "step", c->step);
  }
  if (c->state == DEM_MISSED_FAILED) {
    add_failure(json, c);
  }
  dem_json_end_object(json);
}

static void add_rule(dem_json_writer *json, const dem_missed_rule *rule, size_t number)
{
  dem_json_begin_object(json);
  add_integer(json, "number", number);
  add_text(json, "rule", rule->rule);
  add_optional(json, "title", rule->title);
  add_optional(json, "file", rule->file);
  add_integer(json, "line", rule->line);
  add_text(json, "wanted", rule->wanted);
  add_optional(json, "from", rule->from);
  add_optional(json, "until", rule->until);
  add_integer(json, "distance", rule->distance);
  add_integer(json, "held", rule->held_count);
  add_integer(json, "failed", rule->failed_count);
  add_boolean(json, "cut", rule->is_cut);
  dem_json_key(json, "conditions");
  dem_json_begin_array(json);
  for (size_t i = 0; i < rule->condition_count; ++i) {
    add_condition(json, &rule->conditions[i]);
  }
  dem_json_end_array(json);
  dem_json_end_object(json);
}

void dem_why_not_json(const dem_why_not *why_not, dem_buffer *out)
{
  dem_json_writer writer = dem_json_writer_on(out, true);
  dem_json_writer *const json = &writer;
  dem_json_begin_object(json);
  dem_explained_json(&why_not->about, "why-not", json);
  add_boolean(json, "holds", why_not->holds);
  add_boolean(json, "cut", why_not->is_cut);
  add_numbers(json, "roots", why_not->roots, why_not->root_count);
  dem_json_key(json, "rules");
  dem_json_begin_array(json);
  for (size_t i = 0; i < why_not->rule_count; ++i) {
    add_rule(json, &why_not->rules[i], i);
  }
  dem_json_end_array(json);
  dem_proof_json(&why_not->proof, json);
  dem_json_end_object(json);
  dem_buffer_add_char(out, '\n');
}
