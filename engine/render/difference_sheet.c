// SPDX-License-Identifier: Apache-2.0

// What changes from one advice to another, as text, Markdown or HTML.

#include "render/explain.h"

#include <stdio.h>
#include <string.h>

#include "render/outline.h"
#include "render/sheet.h"

static void add(dem_sheet *s, const char *text)
{
  dem_sheet_add(s, DEM_STYLE_PLAIN, text);
}

// Answers -----------------------------------------------------------------------------

static void add_values(dem_sheet *s, const dem_advice_answer *answer)
{
  if (!answer) {
    add(s, "not asked");
    return;
  }
  if (answer->is_open) {
    add(s, "not answered");
    return;
  }
  for (size_t i = 0; i < answer->value_count; ++i) {
    add(s, i == 0 ? "" : "; ");
    add(s, answer->labels[i]);
  }
  add(s, answer->value_count == 0 ? "none" : "");
}

static void add_answers(dem_sheet *s, const dem_difference *d)
{
  if (d->answer_count > 0) {
    dem_sheet_write(s, DEM_SHEET_HEADING, 0, DEM_STYLE_PLAIN, "Answered otherwise");
  }
  for (size_t i = 0; i < d->answer_count; ++i) {
    const dem_answer_change *const change = &d->answers[i];
    dem_sheet_begin(s, DEM_SHEET_BULLET, 1);
    dem_sheet_add(s, DEM_STYLE_STRONG, change->before ? change->before->ask : change->after->ask);
    add(s, " ");
    add_values(s, change->before);
    dem_sheet_add(s, DEM_STYLE_DIM, " → ");
    add_values(s, change->after);
    dem_sheet_end(s);
  }
}

// Partners ----------------------------------------------------------------------------

/// "possible → certain": nothing where there is no change.
static void add_certainty(dem_sheet *s, const dem_partner_change *change)
{
  const bool is_certain = change->after ? change->after->is_certain : change->before->is_certain;
  if (change->kind != DEM_CHANGE_MOVED) {
    add(s, is_certain ? "" : ", possible");
  } else if (change->before->is_certain != change->after->is_certain) {
    add(s, is_certain ? ", certain now" : ", only possible now");
  }
}

static void add_numbers(dem_sheet *s, const char *name, int64_t before, int64_t after)
{
  add(s, name);
  dem_sheet_add_integer(s, DEM_STYLE_PLAIN, before);
  if (after != before) {
    dem_sheet_add(s, DEM_STYLE_DIM, " → ");
    dem_sheet_add_integer(s, DEM_STYLE_PLAIN, after);
  }
}

static void add_reason(dem_sheet *s, const dem_reason_change *change, bool tells_kind)
{
  dem_sheet_begin(s, DEM_SHEET_BULLET, 2);
  if (tells_kind) {
    add(s, change->kind == DEM_CHANGE_GAINED ? "Now: " : "No longer: ");
  }
  if (change->purpose->label[0]) {
    add(s, change->purpose->label);
    add(s, ": ");
  }
  add(s, change->reason->is_certain ? "" : "possibly, ");
  add(s, change->reason->text[0] ? change->reason->text : change->reason->rule);
  if (tells_kind) {
    add_numbers(s, " (weight ", change->reason->weight, change->reason->weight);
    add(s, ")");
  }
  dem_sheet_end(s);
}

static void add_item(dem_sheet *s, const dem_item_change *change, size_t level)
{
  static const char *const parts[] = {"step", "caveat", "reference"};
  static const char *const gained[] = {"New step: ", "New caveat: ", "New reference: "};
  const dem_advice_item *const item = change->after ? change->after : change->before;
  dem_sheet_begin(s, DEM_SHEET_BULLET, level);
  if (change->kind == DEM_CHANGE_GAINED) {
    add(s, gained[change->part]);
  } else {
    add(s, change->kind == DEM_CHANGE_LOST ? "No longer a " : "Changed ");
    add(s, parts[change->part]);
    add(s, ": ");
  }
  add(s, item->text);
  if (change->kind == DEM_CHANGE_MOVED && strcmp(change->before->reason.text, item->reason.text)) {
    add(s, " – ");
    add(s, item->reason.text);
  }
  dem_sheet_end(s);
}

/// What comes or goes with a whole partner is counted: the advice itself tells it.
static void count_items(dem_sheet *s, const dem_partner_change *change)
{
  static const char *const parts[] = {"step", "caveat", "reference"};
  size_t counts[3] = {0};
  size_t written = 0;
  for (size_t i = 0; i < change->item_count; ++i) {
    ++counts[change->items[i].part];
  }
  if (change->item_count == 0) {
    return;
  }
  dem_sheet_begin(s, DEM_SHEET_BULLET, 2);
  dem_sheet_add(s, DEM_STYLE_DIM, "with ");
  for (size_t i = 0; i < 3; ++i) {
    if (counts[i] > 0) {
      dem_sheet_add(s, DEM_STYLE_DIM, written++ > 0 ? ", " : "");
      dem_sheet_add_integer(s, DEM_STYLE_DIM, (int64_t)counts[i]);
      dem_sheet_add(s, DEM_STYLE_DIM, " ");
      dem_sheet_add(s, DEM_STYLE_DIM, parts[i]);
      dem_sheet_add(s, DEM_STYLE_DIM, counts[i] == 1 ? "" : "s");
    }
  }
  dem_sheet_end(s);
}

static void add_partner(dem_sheet *s, const dem_partner_change *change)
{
  const bool is_moved = change->kind == DEM_CHANGE_MOVED;
  const dem_advice_partner *const partner = change->after ? change->after : change->before;
  dem_sheet_begin(s, DEM_SHEET_BULLET, 1);
  dem_sheet_add(s, DEM_STYLE_STRONG, partner->label);
  add(s, " (");
  add_numbers(s, change->kind == DEM_CHANGE_LOST ? "was in place " : "place ",
              (int64_t)(change->before ? change->rank_before : change->rank_after),
              (int64_t)(change->after ? change->rank_after : change->rank_before));
  add_numbers(s, ", weight ", change->before ? change->before->weight : partner->weight,
              partner->weight);
  add_certainty(s, change);
  add(s, ")");
  dem_sheet_end(s);
  for (size_t i = 0; i < change->reason_count; ++i) {
    add_reason(s, &change->reasons[i], is_moved);
  }
  for (size_t i = 0; is_moved && i < change->item_count; ++i) {
    add_item(s, &change->items[i], 2);
  }
  if (!is_moved) {
    count_items(s, change);
  }
}

static void add_partners(dem_sheet *s, const dem_difference *d, dem_change_kind kind)
{
  static const char *const headings[] = {"Gained", "Lost", "Changed"};
  bool has_heading = false;
  for (size_t i = 0; i < d->partner_count; ++i) {
    if (d->partners[i].kind != kind) {
      continue;
    }
    if (!has_heading) {
      dem_sheet_write(s, DEM_SHEET_HEADING, 0, DEM_STYLE_PLAIN, headings[kind]);
      has_heading = true;
    }
    add_partner(s, &d->partners[i]);
  }
}

// The whole ---------------------------------------------------------------------------

static void add_pack(dem_sheet *s, const dem_advice *advice, bool has_hash)
{
  char hash[16];
  add(s, advice->pack_name);
  add(s, " ");
  add(s, advice->pack_version);
  if (has_hash) {
    (void)snprintf(hash, sizeof hash, " (%.8s…)", advice->pack_sha256);
    add(s, hash);
  }
  add(s, " for ");
  add(s, advice->date);
}

static void add_title(dem_sheet *s, const dem_difference *d, const char *heading)
{
  const char *const subject = dem_advice_subject(d->before);
  const char *const other = dem_advice_subject(d->after);
  dem_sheet_begin(s, DEM_SHEET_TITLE, 0);
  add(s, heading ? heading : "What changes");
  if (subject && other && strcmp(subject, other) != 0) {
    add(s, " from ");
    add(s, subject);
    add(s, " to ");
    add(s, other);
  } else if (subject) {
    add(s, " for ");
    add(s, subject);
  }
  dem_sheet_end(s);
  dem_sheet_begin(s, DEM_SHEET_SUBTITLE, 0);
  add_pack(s, d->before, d->is_other_pack);
  if (d->is_other_pack || strcmp(d->before->date, d->after->date) != 0) {
    dem_sheet_add(s, DEM_STYLE_DIM, " → ");
    add_pack(s, d->after, d->is_other_pack);
  }
  dem_sheet_end(s);
}

static void add_remainder(dem_sheet *s, const dem_difference *d)
{
  if (d->unchanged_count > 0) {
    dem_sheet_begin(s, DEM_SHEET_PARAGRAPH, 0);
    dem_sheet_add_integer(s, DEM_STYLE_DIM, (int64_t)d->unchanged_count);
    dem_sheet_add(s, DEM_STYLE_DIM,
                  d->unchanged_count == 1 ? " partner stays as it is."
                                          : " partners stay as they are.");
    dem_sheet_end(s);
  }
}

void dem_difference_sheet(const dem_difference *d, const dem_explain_options *options,
                          const char *heading, dem_buffer *out)
{
  dem_sheet sheet;
  dem_sheet *const s = &sheet;
  dem_sheet_init(s, options, "demarche-difference", out);
  add_title(s, d, heading);
  add_answers(s, d);
  if (dem_difference_is_empty(d)) {
    dem_sheet_write(s, DEM_SHEET_PARAGRAPH, 0, DEM_STYLE_STRONG, "The advice stays the same.");
  }
  add_partners(s, d, DEM_CHANGE_GAINED);
  add_partners(s, d, DEM_CHANGE_LOST);
  add_partners(s, d, DEM_CHANGE_MOVED);
  if (d->item_count > 0) {
    dem_sheet_write(s, DEM_SHEET_HEADING, 0, DEM_STYLE_PLAIN, "With any partner");
  }
  for (size_t i = 0; i < d->item_count; ++i) {
    add_item(s, &d->items[i], 1);
  }
  if (!dem_difference_is_empty(d)) {
    add_remainder(s, d);
  }
  dem_sheet_clear(s);
}
