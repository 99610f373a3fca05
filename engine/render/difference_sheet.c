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

static void words(dem_sheet *s, dem_saying saying)
{
  dem_sheet_words(s, DEM_STYLE_PLAIN, saying);
}

// Answers -----------------------------------------------------------------------------

static void add_values(dem_sheet *s, const dem_advice_answer *answer)
{
  if (!answer) {
    words(s, DEM_SAY_NOT_ASKED);
    return;
  }
  if (answer->is_open) {
    words(s, DEM_SAY_NOT_ANSWERED);
    return;
  }
  for (size_t i = 0; i < answer->value_count; ++i) {
    add(s, i == 0 ? "" : dem_saying_plain(s->language, DEM_SAY_SEMICOLON));
    add(s, answer->labels[i]);
  }
  add(s, answer->value_count == 0 ? dem_saying_plain(s->language, DEM_SAY_NONE) : "");
}

static void add_answers(dem_sheet *s, const dem_difference *d)
{
  if (d->answer_count > 0) {
    dem_sheet_write_words(s, DEM_SHEET_HEADING, 0, DEM_STYLE_PLAIN, DEM_SAY_ANSWERED_OTHERWISE);
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
  const bool is_moved = change->kind == DEM_CHANGE_MOVED;
  if (is_moved ? change->before->is_certain == is_certain : is_certain) {
    return;
  }
  words(s, DEM_SAY_COMMA);
  words(s, !is_moved    ? DEM_SAY_ONLY_POSSIBLE
           : is_certain ? DEM_SAY_CERTAIN_NOW
                        : DEM_SAY_ONLY_POSSIBLE_NOW);
}

/// "weight 20 → 30": a saying about a number, with what the number was before.
static void add_numbers(dem_sheet *s, dem_saying saying, int64_t before, int64_t after)
{
  char numbers[64];
  const int size = snprintf(numbers, sizeof numbers, "%lld", (long long)before);
  if (after != before) {
    (void)snprintf(numbers + size, sizeof numbers - (size_t)size, " → %lld", (long long)after);
  }
  dem_sheet_say(s, DEM_STYLE_PLAIN,
                (dem_said){.saying = saying, .values = (const char *const[]){numbers}});
}

static void add_reason(dem_sheet *s, const dem_reason_change *change, bool tells_kind)
{
  dem_sheet_begin(s, DEM_SHEET_BULLET, 2);
  if (tells_kind) {
    words(s, change->kind == DEM_CHANGE_GAINED ? DEM_SAY_NOW : DEM_SAY_NO_LONGER);
  }
  if (change->purpose->label[0]) {
    add(s, change->purpose->label);
    words(s, DEM_SAY_COLON);
  }
  const char *const text = change->reason->text[0] ? change->reason->text : change->reason->rule;
  if (change->reason->is_certain) {
    add(s, text);
  } else {
    dem_sheet_say(s, DEM_STYLE_PLAIN, DEM_SAID(POSSIBLY_REASON, text));
  }
  if (tells_kind) {
    add(s, " ");
    add_numbers(s, DEM_SAY_OF_WEIGHT, change->reason->weight, change->reason->weight);
  }
  dem_sheet_end(s);
}

static void add_item(dem_sheet *s, const dem_item_change *change, size_t level)
{
  static const dem_saying sayings[3][3] = {
      [DEM_CHANGE_GAINED] = {DEM_SAY_NEW_STEP, DEM_SAY_NEW_CAVEAT, DEM_SAY_NEW_REFERENCE},
      [DEM_CHANGE_LOST] = {DEM_SAY_NO_LONGER_STEP, DEM_SAY_NO_LONGER_CAVEAT,
                           DEM_SAY_NO_LONGER_REFERENCE},
      [DEM_CHANGE_MOVED] = {DEM_SAY_CHANGED_STEP, DEM_SAY_CHANGED_CAVEAT,
                            DEM_SAY_CHANGED_REFERENCE}};
  const dem_advice_item *const item = change->after ? change->after : change->before;
  dem_sheet_begin(s, DEM_SHEET_BULLET, level);
  words(s, sayings[change->kind][change->part]);
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
  dem_said counts[3] = {{.saying = DEM_SAY_COUNT_STEPS},
                        {.saying = DEM_SAY_COUNT_CAVEATS},
                        {.saying = DEM_SAY_COUNT_REFERENCES}};
  dem_buffer items;
  if (change->item_count == 0) {
    return;
  }
  for (size_t i = 0; i < change->item_count; ++i) {
    ++counts[change->items[i].part].count;
  }
  dem_buffer_init(&items, s->out->allocator);
  for (size_t i = 0; i < 3; ++i) {
    if (counts[i].count > 0) {
      dem_buffer_add_text(&items, items.size ? dem_saying_plain(s->language, DEM_SAY_COMMA) : "");
      dem_say(&items, s->language, counts[i]);
    }
  }
  dem_buffer_add_char(&items, '\0');
  s->out->has_failed = s->out->has_failed || items.has_failed;
  dem_sheet_write_said(s, DEM_SHEET_BULLET, 2, DEM_STYLE_DIM,
                       DEM_SAID(WITH_ITEMS, items.has_failed ? "" : items.bytes));
  dem_buffer_clear(&items);
}

static void add_partner(dem_sheet *s, const dem_partner_change *change)
{
  const bool is_moved = change->kind == DEM_CHANGE_MOVED;
  const dem_advice_partner *const partner = change->after ? change->after : change->before;
  dem_sheet_begin(s, DEM_SHEET_BULLET, 1);
  dem_sheet_add(s, DEM_STYLE_STRONG, partner->label);
  add(s, " (");
  add_numbers(s, change->kind == DEM_CHANGE_LOST ? DEM_SAY_WAS_IN_PLACE : DEM_SAY_IN_PLACE,
              (int64_t)(change->before ? change->rank_before : change->rank_after),
              (int64_t)(change->after ? change->rank_after : change->rank_before));
  words(s, DEM_SAY_COMMA);
  add_numbers(s, DEM_SAY_WEIGHT, change->before ? change->before->weight : partner->weight,
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
  static const dem_saying headings[] = {[DEM_CHANGE_GAINED] = DEM_SAY_GAINED,
                                        [DEM_CHANGE_LOST] = DEM_SAY_LOST,
                                        [DEM_CHANGE_MOVED] = DEM_SAY_CHANGED};
  bool has_heading = false;
  for (size_t i = 0; i < d->partner_count; ++i) {
    if (d->partners[i].kind != kind) {
      continue;
    }
    if (!has_heading) {
      dem_sheet_write_words(s, DEM_SHEET_HEADING, 0, DEM_STYLE_PLAIN, headings[kind]);
      has_heading = true;
    }
    add_partner(s, &d->partners[i]);
  }
}

// The whole ---------------------------------------------------------------------------

static void add_pack(dem_sheet *s, const dem_advice *advice, bool has_hash)
{
  char hash[16] = "";
  dem_buffer pack;
  if (has_hash) {
    (void)snprintf(hash, sizeof hash, " (%.8s…)", advice->pack_sha256);
  }
  dem_buffer_init(&pack, s->out->allocator);
  dem_buffer_add_format(&pack, "%s %s%s%c", advice->pack_name, advice->pack_version, hash, '\0');
  s->out->has_failed = s->out->has_failed || pack.has_failed;
  dem_sheet_say(s, DEM_STYLE_PLAIN,
                DEM_SAID(PACK_FOR_DAY, pack.has_failed ? "" : pack.bytes, advice->date));
  dem_buffer_clear(&pack);
}

static void add_title(dem_sheet *s, const dem_difference *d, const char *heading)
{
  const char *const subject = dem_advice_subject(d->before);
  const char *const other = dem_advice_subject(d->after);
  const char *const title = heading ? heading : dem_saying_plain(s->language, DEM_SAY_CHANGES);
  dem_sheet_begin(s, DEM_SHEET_TITLE, 0);
  if (subject && other && strcmp(subject, other) != 0) {
    dem_sheet_say(s, DEM_STYLE_PLAIN, DEM_SAID(CHANGES_FROM_TO, title, subject, other));
  } else if (subject) {
    dem_sheet_say(s, DEM_STYLE_PLAIN, DEM_SAID(CHANGES_FOR, title, subject));
  } else {
    add(s, title);
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
    dem_sheet_write_said(s, DEM_SHEET_PARAGRAPH, 0, DEM_STYLE_DIM,
                         DEM_SAID_COUNT(PARTNERS_STAY, d->unchanged_count));
  }
}

void dem_difference_sheet(const dem_difference *d, const dem_explain_options *options,
                          const char *heading, dem_buffer *out)
{
  dem_sheet sheet;
  dem_sheet *const s = &sheet;
  dem_sheet_init(s, options, d->after->language, "demarche-difference", out);
  add_title(s, d, heading);
  add_answers(s, d);
  if (dem_difference_is_empty(d)) {
    dem_sheet_write_words(s, DEM_SHEET_PARAGRAPH, 0, DEM_STYLE_STRONG, DEM_SAY_STAYS_THE_SAME);
  }
  add_partners(s, d, DEM_CHANGE_GAINED);
  add_partners(s, d, DEM_CHANGE_LOST);
  add_partners(s, d, DEM_CHANGE_MOVED);
  if (d->item_count > 0) {
    dem_sheet_write_words(s, DEM_SHEET_HEADING, 0, DEM_STYLE_PLAIN, DEM_SAY_WITH_ANY_PARTNER);
  }
  for (size_t i = 0; i < d->item_count; ++i) {
    add_item(s, &d->items[i], 1);
  }
  if (!dem_difference_is_empty(d)) {
    add_remainder(s, d);
  }
  dem_sheet_clear(s);
}
