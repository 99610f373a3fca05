// SPDX-License-Identifier: Apache-2.0

// What a short form of an advice tells.

#include "render/digest.h"

#include <string.h>

#include "model/saying.h"
#include "render/outline.h"

bool dem_digest_has_reason(const dem_advice_partner *partner, const dem_advice_reason *reason)
{
  return reason->is_certain || !partner->is_certain;
}

bool dem_digest_has_purpose(const dem_advice_partner *partner, const dem_advice_purpose *purpose)
{
  return purpose->is_certain || !partner->is_certain;
}

bool dem_digest_has_item(const dem_advice_partner *partner, const dem_advice_item *item)
{
  return item->reason.is_certain || (partner && !partner->is_certain);
}

size_t dem_digest_item_count(const dem_advice_partner *partner, const dem_advice_items *items)
{
  size_t count = 0;
  for (size_t i = 0; i < items->count; ++i) {
    count += dem_digest_has_item(partner, &items->items[i]);
  }
  return count;
}

const char *dem_digest_route(const dem_advice_partner *partner, const dem_advice_items *items)
{
  const char *route = NULL;
  for (size_t i = 0; i < items->count; ++i) {
    const dem_advice_item *const item = &items->items[i];
    if (!dem_digest_has_item(partner, item)) {
      continue;
    }
    if (item->route[0] == '\0' || (route && strcmp(route, item->route) != 0)) {
      return NULL;
    }
    route = item->route;
  }
  return route;
}

// What is left out ----------------------------------------------------------------------

/// What hangs on open questions, counted; and on which questions.
typedef struct left_out {
  const dem_advice *advice;
  size_t reasons;
  size_t steps;
  size_t notes;
  uint64_t questions; ///< Bit i: the i-th; those beyond the 64th are not named.
} left_out;

static void note_questions(left_out *l, const dem_advice_reason *reason)
{
  for (size_t i = 0; i < reason->hinge_count; ++i) {
    for (size_t q = 0; q < l->advice->answer_count && q < 64; ++q) {
      if (strcmp(l->advice->answers[q].field, reason->hinges[i].field) == 0) {
        l->questions |= UINT64_C(1) << q;
      }
    }
  }
}

static size_t count_items(left_out *l, const dem_advice_partner *partner,
                          const dem_advice_items *items)
{
  size_t count = 0;
  for (size_t i = 0; i < items->count; ++i) {
    if (!dem_digest_has_item(partner, &items->items[i])) {
      note_questions(l, &items->items[i].reason);
      ++count;
    }
  }
  return count;
}

static void count_reasons(left_out *l, const dem_advice_partner *partner)
{
  for (size_t i = 0; i < partner->purpose_count; ++i) {
    for (size_t j = 0; j < partner->purposes[i].reason_count; ++j) {
      const dem_advice_reason *const reason = &partner->purposes[i].reasons[j];
      if (!dem_digest_has_reason(partner, reason)) {
        note_questions(l, reason);
        ++l->reasons;
      }
    }
  }
}

/// What stands before the `index`th of `count`: "a", "a and b", "a, b and c".
static const char *joint(const left_out *l, size_t index, size_t count)
{
  if (index == 0) {
    return "";
  }
  return dem_saying_plain(l->advice->language, index + 1 < count ? DEM_SAY_COMMA : DEM_SAY_AND);
}

static void add_questions(const left_out *l, dem_buffer *out)
{
  size_t count = 0;
  size_t index = 0;
  for (size_t q = 0; q < 64; ++q) {
    count += l->questions >> q & 1;
  }
  for (size_t q = 0; q < 64; ++q) {
    if (l->questions >> q & 1) {
      dem_buffer_add_text(out, joint(l, index++, count));
      dem_buffer_add_text(out, l->advice->answers[q].name);
    }
  }
  dem_buffer_add_char(out, '\0');
}

static void add_counts(const left_out *l, dem_buffer *out)
{
  const dem_said counts[] = {DEM_SAID_COUNT(COUNT_REASONS, l->reasons),
                             DEM_SAID_COUNT(COUNT_STEPS, l->steps),
                             DEM_SAID_COUNT(COUNT_NOTES, l->notes)};
  size_t kinds = 0;
  size_t index = 0;
  for (size_t i = 0; i < 3; ++i) {
    kinds += counts[i].count > 0;
  }
  for (size_t i = 0; i < 3; ++i) {
    if (counts[i].count > 0) {
      dem_buffer_add_text(out, joint(l, index++, kinds));
      dem_say(out, l->advice->language, counts[i]);
    }
  }
  dem_buffer_add_char(out, '\0');
}

static void add_sentence(const left_out *l, dem_buffer *out)
{
  dem_buffer questions;
  dem_buffer what;
  dem_buffer_init(&questions, out->allocator);
  dem_buffer_init(&what, out->allocator);
  add_questions(l, &questions);
  add_counts(l, &what);
  out->has_failed = out->has_failed || questions.has_failed || what.has_failed;
  if (!out->has_failed) {
    dem_say(out, l->advice->language,
            l->questions ? DEM_SAID(ANSWERS_TO_COULD_ADD, questions.bytes, what.bytes)
                         : DEM_SAID(ANSWERS_COULD_ADD, what.bytes));
  }
  dem_buffer_clear(&what);
  dem_buffer_clear(&questions);
}

void dem_digest_add_left_out(const dem_advice *advice, const dem_advice_partner *partner,
                             dem_buffer *out)
{
  left_out l = {.advice = advice};
  if (partner) {
    count_reasons(&l, partner);
  }
  l.steps = count_items(&l, partner, partner ? &partner->steps : &advice->steps);
  l.notes = count_items(&l, partner, partner ? &partner->caveats : &advice->caveats) +
            count_items(&l, partner, partner ? &partner->references : &advice->references);
  if (l.reasons + l.steps + l.notes > 0) {
    add_sentence(&l, out);
  }
}

// Lists that say the same ---------------------------------------------------------------

const dem_advice_items *dem_partner_list(const dem_advice_partner *partner, dem_item_list list)
{
  switch (list) {
  case DEM_LIST_STEPS:
    return &partner->steps;
  case DEM_LIST_CAVEATS:
    return &partner->caveats;
  case DEM_LIST_REFERENCES:
    return &partner->references;
  }
  return &partner->steps;
}

/// The next item that is told from `*index` on; NULL after the last.
static const dem_advice_item *next_item(const dem_advice_partner *partner,
                                        const dem_advice_items *items, size_t *index)
{
  while (*index < items->count) {
    const dem_advice_item *const item = &items->items[(*index)++];
    if (dem_digest_has_item(partner, item)) {
      return item;
    }
  }
  return NULL;
}

static bool is_same_list(const dem_advice_partner *a, const dem_advice_partner *b,
                         dem_item_list list)
{
  size_t i = 0;
  size_t j = 0;
  for (;;) {
    const dem_advice_item *const x = next_item(a, dem_partner_list(a, list), &i);
    const dem_advice_item *const y = next_item(b, dem_partner_list(b, list), &j);
    if (!x || !y) {
      return !x && !y;
    }
    if (strcmp(x->text, y->text) != 0 || strcmp(x->route, y->route) != 0) {
      return false;
    }
  }
}

size_t dem_digest_same_list(const dem_advice *advice, size_t index, dem_item_list list)
{
  const dem_advice_partner *const partner = &advice->partners[index];
  if (dem_digest_item_count(partner, dem_partner_list(partner, list)) == 0) {
    return index;
  }
  size_t i = 0;
  while (i < index && (advice->partners[i].is_certain != partner->is_certain ||
                       !is_same_list(partner, &advice->partners[i], list))) {
    ++i;
  }
  return i;
}

// Groups of possible partners -----------------------------------------------------------

bool dem_digest_is_same_group(const dem_advice_partner *a, const dem_advice_partner *b)
{
  const dem_advice_reason *const x = dem_partner_first_reason(a);
  const dem_advice_reason *const y = dem_partner_first_reason(b);
  if (x->hinge_count == 0 || y->hinge_count == 0) {
    return x->hinge_count == y->hinge_count;
  }
  return strcmp(x->hinges[0].field, y->hinges[0].field) == 0 &&
         strcmp(x->hinges[0].value, y->hinges[0].value) == 0 &&
         x->hinges[0].is_negative == y->hinges[0].is_negative;
}

bool dem_digest_purpose_adds(const dem_advice_partner *partner, const dem_advice_purpose *purpose)
{
  const dem_advice_reason *const reason = dem_partner_first_reason(partner);
  const bool is_asked = reason->hinge_count > 0 && !reason->hinges[0].is_negative &&
                        strcmp(reason->hinges[0].label, purpose->label) == 0;
  return purpose->label[0] != '\0' && !is_asked;
}

size_t dem_digest_next_group(const dem_advice *advice, size_t index)
{
  const size_t first = dem_advice_certain_count(advice);
  for (size_t i = index < first ? first : index; i < advice->partner_count; ++i) {
    bool is_known = false;
    for (size_t j = first; j < i && !is_known; ++j) {
      is_known = dem_digest_is_same_group(&advice->partners[j], &advice->partners[i]);
    }
    if (!is_known) {
      return i;
    }
  }
  return advice->partner_count;
}

void dem_digest_add_deciding(const dem_advice *advice, const dem_advice_ruled_out *item,
                             dem_buffer *out)
{
  const size_t size = strlen(item->text);
  char first = item->text[0];
  if (first >= 'a' && first <= 'z') {
    first = (char)(first - 'a' + 'A');
  }
  if (item->title[0]) {
    dem_say(out, advice->language, DEM_SAID(DOES_NOT_APPLY, item->title));
    dem_buffer_add_char(out, ' ');
  }
  if (size > 0) {
    dem_buffer_add_char(out, first);
    dem_buffer_add_text(out, item->text + 1);
    dem_buffer_add_text(out, strchr(".!?", item->text[size - 1]) ? "" : ".");
  }
}
