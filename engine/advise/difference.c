// SPDX-License-Identifier: Apache-2.0

// Two advices → what changes.
//
// What is the same in both is found by name: a partner by its id, a reason by its purpose, rule
// and words, an item by its text. Lists of one partner are short: they are compared pair by pair.

#include "demarche/difference.h"

#include <string.h>

#include "base/arena.h"
#include "base/try.h"
#include "base/vector.h"

/// A difference and the memory that it lies in.
typedef struct owned_difference {
  dem_difference difference;
  dem_arena arena;
} owned_difference;

typedef struct comparer {
  owned_difference *out;
  dem_vector answers;  ///< dem_answer_change
  dem_vector partners; ///< dem_partner_change
  dem_vector reasons;  ///< dem_reason_change: of the partner at hand.
  dem_vector items;    ///< dem_item_change: of the partner at hand, then of none.
} comparer;

/// A vector's elements in the arena; the vector is empty again.
static dem_status settle(comparer *c, dem_vector *vector, const void **items_out, size_t *count_out)
{
  void *const items = dem_arena_array(&c->out->arena, vector->count, vector->item_size);
  DEM_TRY_MEMORY(items);
  if (vector->count) {
    memcpy(items, vector->items, vector->count * vector->item_size);
  }
  *items_out = items;
  *count_out = vector->count;
  dem_vector_reset(vector);
  return DEM_OK;
}

// Answers -----------------------------------------------------------------------------

static const dem_advice_answer *find_answer(const dem_advice *advice, const char *field)
{
  for (size_t i = 0; i < advice->answer_count; ++i) {
    if (strcmp(advice->answers[i].field, field) == 0) {
      return &advice->answers[i];
    }
  }
  return NULL;
}

static bool is_same_answer(const dem_advice_answer *a, const dem_advice_answer *b)
{
  if (a->is_open != b->is_open || a->value_count != b->value_count) {
    return false;
  }
  for (size_t i = 0; i < a->value_count; ++i) {
    bool is_there = false; // The order of answers means nothing.
    for (size_t j = 0; j < b->value_count && !is_there; ++j) {
      is_there = strcmp(a->values[i], b->values[j]) == 0;
    }
    if (!is_there) {
      return false;
    }
  }
  return true;
}

static dem_status add_answer(comparer *c, const dem_advice_answer *before,
                             const dem_advice_answer *after)
{
  const dem_answer_change change = {before, after};
  return dem_vector_add(&c->answers, &change) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_status compare_answers(comparer *c)
{
  const dem_difference *const d = &c->out->difference;
  for (size_t i = 0; i < d->before->answer_count; ++i) {
    const dem_advice_answer *const before = &d->before->answers[i];
    const dem_advice_answer *const after = find_answer(d->after, before->field);
    if (!after || !is_same_answer(before, after)) {
      DEM_TRY(add_answer(c, before, after));
    }
  }
  for (size_t i = 0; i < d->after->answer_count; ++i) {
    if (!find_answer(d->before, d->after->answers[i].field)) {
      DEM_TRY(add_answer(c, NULL, &d->after->answers[i]));
    }
  }
  return DEM_OK;
}

// Reasons -----------------------------------------------------------------------------

static bool is_same_reason(const dem_advice_reason *a, const dem_advice_reason *b)
{
  return a->weight == b->weight && a->is_certain == b->is_certain &&
         strcmp(a->rule, b->rule) == 0 && strcmp(a->text, b->text) == 0;
}

static bool has_reason(const dem_advice_partner *partner, const dem_advice_purpose *purpose,
                       const dem_advice_reason *reason)
{
  for (size_t i = 0; partner && i < partner->purpose_count; ++i) {
    const dem_advice_purpose *const p = &partner->purposes[i];
    for (size_t j = 0; strcmp(p->id, purpose->id) == 0 && j < p->reason_count; ++j) {
      if (is_same_reason(&p->reasons[j], reason)) {
        return true;
      }
    }
  }
  return false;
}

/// The reasons of `one` that `other` does not have.
static dem_status add_reasons(comparer *c, dem_change_kind kind, const dem_advice_partner *one,
                              const dem_advice_partner *other)
{
  for (size_t i = 0; one && i < one->purpose_count; ++i) {
    const dem_advice_purpose *const purpose = &one->purposes[i];
    for (size_t j = 0; j < purpose->reason_count; ++j) {
      const dem_reason_change change = {kind, purpose, &purpose->reasons[j]};
      if (!has_reason(other, purpose, &purpose->reasons[j]) &&
          !dem_vector_add(&c->reasons, &change)) {
        return DEM_ERR_NO_MEMORY;
      }
    }
  }
  return DEM_OK;
}

// Items -------------------------------------------------------------------------------

static const dem_advice_item *find_item(const dem_advice_items *items, const char *text)
{
  for (size_t i = 0; items && i < items->count; ++i) {
    if (strcmp(items->items[i].text, text) == 0) {
      return &items->items[i];
    }
  }
  return NULL;
}

static bool is_same_item(const dem_advice_item *a, const dem_advice_item *b)
{
  return a->order == b->order && strcmp(a->route, b->route) == 0 &&
         is_same_reason(&a->reason, &b->reason);
}

static dem_status add_item(comparer *c, dem_change_kind kind, dem_item_part part,
                           const dem_advice_item *before, const dem_advice_item *after)
{
  const dem_item_change change = {kind, part, before, after};
  return dem_vector_add(&c->items, &change) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_status compare_items(comparer *c, dem_item_part part, const dem_advice_items *before,
                                const dem_advice_items *after)
{
  for (size_t i = 0; before && i < before->count; ++i) {
    const dem_advice_item *const old = &before->items[i];
    const dem_advice_item *const new = find_item(after, old->text);
    if (!new) {
      DEM_TRY(add_item(c, DEM_CHANGE_LOST, part, old, NULL));
    } else if (!is_same_item(old, new)) {
      DEM_TRY(add_item(c, DEM_CHANGE_MOVED, part, old, new));
    }
  }
  for (size_t i = 0; after && i < after->count; ++i) {
    if (!find_item(before, after->items[i].text)) {
      DEM_TRY(add_item(c, DEM_CHANGE_GAINED, part, NULL, &after->items[i]));
    }
  }
  return DEM_OK;
}

// Partners ----------------------------------------------------------------------------

/// A partner's place in an advice, from 1; 0 when it is not there.
static size_t rank_of(const dem_advice *advice, const char *id)
{
  for (size_t i = 0; i < advice->partner_count; ++i) {
    if (strcmp(advice->partners[i].id, id) == 0) {
      return i + 1;
    }
  }
  return 0;
}

static dem_status compare_parts(comparer *c, dem_partner_change *change)
{
  const dem_advice_partner *const before = change->before;
  const dem_advice_partner *const after = change->after;
  DEM_TRY(add_reasons(c, DEM_CHANGE_LOST, before, after));
  DEM_TRY(add_reasons(c, DEM_CHANGE_GAINED, after, before));
  DEM_TRY(compare_items(c, DEM_PART_STEP, before ? &before->steps : NULL,
                        after ? &after->steps : NULL));
  DEM_TRY(compare_items(c, DEM_PART_CAVEAT, before ? &before->caveats : NULL,
                        after ? &after->caveats : NULL));
  DEM_TRY(compare_items(c, DEM_PART_REFERENCE, before ? &before->references : NULL,
                        after ? &after->references : NULL));
  const void *reasons;
  const void *items;
  DEM_TRY(settle(c, &c->reasons, &reasons, &change->reason_count));
  DEM_TRY(settle(c, &c->items, &items, &change->item_count));
  change->reasons = reasons;
  change->items = items;
  return DEM_OK;
}

static bool is_unchanged(const dem_partner_change *change)
{
  return change->kind == DEM_CHANGE_MOVED && change->rank_before == change->rank_after &&
         change->before->weight == change->after->weight &&
         change->before->is_certain == change->after->is_certain && change->reason_count == 0 &&
         change->item_count == 0;
}

static dem_status add_partner(comparer *c, dem_change_kind kind, size_t rank_before,
                              size_t rank_after)
{
  dem_difference *const d = &c->out->difference;
  dem_partner_change change = {.kind = kind,
                               .before = rank_before ? &d->before->partners[rank_before - 1] : NULL,
                               .after = rank_after ? &d->after->partners[rank_after - 1] : NULL,
                               .rank_before = rank_before,
                               .rank_after = rank_after};
  DEM_TRY(compare_parts(c, &change));
  if (is_unchanged(&change)) {
    ++d->unchanged_count;
    return DEM_OK;
  }
  return dem_vector_add(&c->partners, &change) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_status compare_partners(comparer *c)
{
  const dem_advice *const before = c->out->difference.before;
  const dem_advice *const after = c->out->difference.after;
  for (size_t i = 0; i < after->partner_count; ++i) {
    if (rank_of(before, after->partners[i].id) == 0) {
      DEM_TRY(add_partner(c, DEM_CHANGE_GAINED, 0, i + 1));
    }
  }
  for (size_t i = 0; i < before->partner_count; ++i) {
    if (rank_of(after, before->partners[i].id) == 0) {
      DEM_TRY(add_partner(c, DEM_CHANGE_LOST, i + 1, 0));
    }
  }
  for (size_t i = 0; i < after->partner_count; ++i) {
    const size_t rank = rank_of(before, after->partners[i].id);
    if (rank > 0) {
      DEM_TRY(add_partner(c, DEM_CHANGE_MOVED, rank, i + 1));
    }
  }
  return DEM_OK;
}

// The whole ---------------------------------------------------------------------------

static dem_status compare(comparer *c)
{
  dem_difference *const d = &c->out->difference;
  const void *items;
  DEM_TRY(compare_answers(c));
  DEM_TRY(compare_partners(c));
  DEM_TRY(compare_items(c, DEM_PART_STEP, &d->before->steps, &d->after->steps));
  DEM_TRY(compare_items(c, DEM_PART_CAVEAT, &d->before->caveats, &d->after->caveats));
  DEM_TRY(compare_items(c, DEM_PART_REFERENCE, &d->before->references, &d->after->references));
  DEM_TRY(settle(c, &c->answers, &items, &d->answer_count));
  d->answers = items;
  DEM_TRY(settle(c, &c->partners, &items, &d->partner_count));
  d->partners = items;
  DEM_TRY(settle(c, &c->items, &items, &d->item_count));
  d->items = items;
  return DEM_OK;
}

dem_status dem_difference_new(const dem_advice *before, const dem_advice *after,
                              const dem_difference **difference_out)
{
  const dem_allocator allocator = dem_allocator_default();
  owned_difference *const out = allocator.resize(allocator.context, NULL, 0, sizeof *out);
  *difference_out = NULL;
  DEM_TRY_MEMORY(out);
  *out = (owned_difference){
      .difference = {.before = before,
                     .after = after,
                     .is_other_pack = strcmp(before->pack_sha256, after->pack_sha256) != 0}};
  dem_arena_init(&out->arena, allocator);
  comparer c = {.out = out};
  dem_vector_init(&c.answers, allocator, sizeof(dem_answer_change));
  dem_vector_init(&c.partners, allocator, sizeof(dem_partner_change));
  dem_vector_init(&c.reasons, allocator, sizeof(dem_reason_change));
  dem_vector_init(&c.items, allocator, sizeof(dem_item_change));
  const dem_status status = compare(&c);
  dem_vector_clear(&c.items);
  dem_vector_clear(&c.reasons);
  dem_vector_clear(&c.partners);
  dem_vector_clear(&c.answers);
  if (status != DEM_OK) {
    dem_difference_free(&out->difference);
    return status;
  }
  *difference_out = &out->difference;
  return DEM_OK;
}

void dem_difference_free(const dem_difference *difference)
{
  if (!difference) {
    return;
  }
  owned_difference *const out = (owned_difference *)(uintptr_t)difference;
  const dem_allocator allocator = out->arena.allocator;
  dem_arena_clear(&out->arena);
  (void)allocator.resize(allocator.context, out, sizeof *out, 0);
}

bool dem_difference_is_empty(const dem_difference *difference)
{
  return difference->partner_count == 0 && difference->item_count == 0;
}
