// SPDX-License-Identifier: Apache-2.0

// Why something holds.

#include "advise/why.h"

#include <stdlib.h>

#include "advise/alternatives.h"
#include "advise/presentation.h"
#include "advise/proof.h"
#include "base/try.h"

/// An explanation and the memory that it lies in.
typedef struct owned_why {
  dem_why why;
  dem_arena arena;
} owned_why;

typedef struct builder {
  const dem_advice_input *in;
  const dem_model *model;
  const dem_subject *subject;
  bool has_all;
  owned_why *out;
  dem_prover prover;
  dem_vector items; ///< dem_why_item
} builder;

// Items -------------------------------------------------------------------------------

static dem_item_kind kind_of(dem_shows_as shows_as)
{
  switch (shows_as) {
  case DEM_SHOWS_RECOMMENDATION:
    return DEM_ITEM_RECOMMENDATION;
  case DEM_SHOWS_STEP:
    return DEM_ITEM_STEP;
  case DEM_SHOWS_CAVEAT:
    return DEM_ITEM_CAVEAT;
  case DEM_SHOWS_REFERENCE:
    return DEM_ITEM_REFERENCE;
  case DEM_SHOWS_NOTHING:
    break;
  }
  return DEM_ITEM_FACT;
}

/// What tells an item from the others that were asked about: a recommendation's purpose, the
/// partner of a step, else the text or the fact itself.
static dem_status word_item(builder *b, dem_fact fact, const dem_presentation *p,
                            dem_why_item *item)
{
  const dem_relation *const r = &b->model->relations[fact.relation];
  const dem_word *const row = dem_facts_row(dem_evaluation_facts(b->in->evaluation), fact);
  dem_wording *const words = &b->prover.words;
  const uint32_t field = item->kind == DEM_ITEM_RECOMMENDATION
                             ? (p->purpose != DEM_NONE ? p->purpose : p->partner)
                             : p->text;
  if (item->kind == DEM_ITEM_FACT || field == DEM_NONE || row[field] == DEM_ABSENT) {
    dem_phrase_fact(words, fact.relation, row);
  } else {
    dem_wording_add_label(words, &r->fields[field].type, row[field]);
    if (item->kind != DEM_ITEM_RECOMMENDATION && p->partner != DEM_NONE &&
        row[p->partner] != DEM_ABSENT) {
      dem_buffer_add_text(&words->text, " – ");
      dem_wording_add_label(words, &r->fields[p->partner].type, row[p->partner]);
    }
  }
  item->text = dem_wording_keep(words);
  return item->text ? DEM_OK : DEM_ERR_NO_MEMORY;
}

/// The stored proof, and the others where they are asked for.
static dem_status find_proofs(builder *b, dem_fact fact, size_t first, dem_why_item *item)
{
  const dem_fact certain = dem_evaluation_find_certain(b->in->evaluation, fact);
  dem_vector steps;
  dem_vector_init(&steps, b->in->allocator, sizeof(size_t));
  dem_status status = dem_vector_add(&steps, &first) ? DEM_OK : DEM_ERR_NO_MEMORY;
  if (status == DEM_OK && b->has_all && !dem_fact_is_none(certain)) {
    status = dem_alternatives_find(&b->prover, certain, &steps, &b->out->why.is_cut);
  }
  size_t *const proofs = DEM_ARENA_ARRAY(&b->out->arena, size_t, steps.count);
  status = status == DEM_OK && !proofs ? DEM_ERR_NO_MEMORY : status;
  for (size_t i = 0; status == DEM_OK && i < steps.count; ++i) {
    proofs[i] = DEM_VECTOR_AT(&steps, size_t, i);
  }
  item->proofs = proofs;
  item->proof_count = steps.count;
  dem_vector_clear(&steps);
  return status;
}

static dem_status add_item(builder *b, dem_fact fact)
{
  const dem_presentation p = dem_presentation_of(b->model, fact.relation);
  const dem_word *const row = dem_facts_row(dem_evaluation_facts(b->in->evaluation), fact);
  dem_why_item item = {.kind = kind_of(b->model->relations[fact.relation].shows_as)};
  if (item.kind == DEM_ITEM_RECOMMENDATION && p.weight != DEM_NONE && row[p.weight] != DEM_ABSENT &&
      row[p.weight] != DEM_OPEN) {
    item.weight = dem_word_integer(row[p.weight]);
  }
  DEM_TRY(word_item(b, fact, &p, &item));
  size_t first;
  DEM_TRY(dem_prover_add(&b->prover, fact, &first));
  item.is_certain = DEM_VECTOR_AT(&b->prover.steps, dem_proof_step, first).is_certain;
  DEM_TRY(find_proofs(b, fact, first, &item));
  return dem_vector_add(&b->items, &item) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

/// Facts that fit a goal. One that fits an earlier goal too is there already.
static dem_status add_goal_items(builder *b, size_t number)
{
  const dem_goal *const goals = b->subject->goals.items;
  const dem_goal *const goal = &goals[number];
  const uint32_t count = dem_facts_count(dem_evaluation_facts(b->in->evaluation), goal->relation);
  for (uint32_t i = 0; i < count; ++i) {
    const dem_fact fact = dem_facts_at(dem_evaluation_facts(b->in->evaluation), goal->relation, i);
    const dem_word *const row = dem_facts_row(dem_evaluation_facts(b->in->evaluation), fact);
    bool fits = dem_goal_fits(b->model, goal, row);
    for (size_t j = 0; j < number; ++j) {
      fits =
          fits && !(goals[j].relation == goal->relation && dem_goal_fits(b->model, &goals[j], row));
    }
    if (fits) {
      DEM_TRY(add_item(b, fact));
    }
  }
  return DEM_OK;
}

static int compare_numbers(int64_t a, int64_t b)
{
  return (a > b) - (a < b);
}

/// Sorted before the sources are numbered: steps are ordered by when they were found.
static int compare_items(const void *left, const void *right)
{
  const dem_why_item *const a = left;
  const dem_why_item *const b = right;
  int order = compare_numbers(a->kind, b->kind);
  order = order ? order : compare_numbers(b->is_certain, a->is_certain);
  order = order ? order : compare_numbers(b->weight, a->weight);
  order = order ? order : strcmp(a->text, b->text);
  return order ? order : compare_numbers((int64_t)a->proofs[0], (int64_t)b->proofs[0]);
}

// The whole -----------------------------------------------------------------------------

static dem_status build(builder *b)
{
  dem_why *const why = &b->out->why;
  dem_prover_introduce(&b->prover, &why->about);
  DEM_TRY_MEMORY(why->about.profile_for);
  DEM_TRY(dem_prover_name(&b->prover, b->subject, &why->about));
  for (size_t i = 0; i < b->subject->goals.count; ++i) {
    DEM_TRY(add_goal_items(b, i));
  }
  dem_why_item *const items = DEM_ARENA_ARRAY(&b->out->arena, dem_why_item, b->items.count);
  DEM_TRY_MEMORY(items);
  for (size_t i = 0; i < b->items.count; ++i) {
    items[i] = DEM_VECTOR_AT(&b->items, dem_why_item, i);
  }
  if (b->items.count) {
    qsort(items, b->items.count, sizeof *items, compare_items);
  }
  why->items = items;
  why->item_count = b->items.count;
  return dem_prover_finish(&b->prover, &why->proof, NULL);
}

dem_status dem_why_build(const dem_advice_input *input, const dem_subject *subject, bool has_all,
                         const dem_why **why_out)
{
  const dem_allocator allocator = input->allocator;
  owned_why *const out = allocator.resize(allocator.context, NULL, 0, sizeof *out);
  *why_out = NULL;
  DEM_TRY_MEMORY(out);
  *out = (owned_why){0};
  dem_arena_init(&out->arena, allocator);
  builder b = {.in = input,
               .model = dem_program_model(input->program),
               .subject = subject,
               .has_all = has_all,
               .out = out};
  dem_vector_init(&b.items, allocator, sizeof(dem_why_item));
  dem_status status = dem_prover_init(&b.prover, input, &out->arena);
  status = status == DEM_OK ? build(&b) : status;
  dem_prover_clear(&b.prover);
  dem_vector_clear(&b.items);
  if (status != DEM_OK) {
    dem_why_free(&out->why);
    return status;
  }
  *why_out = &out->why;
  return DEM_OK;
}

void dem_why_free(const dem_why *why)
{
  if (!why) {
    return;
  }
  owned_why *const out = (owned_why *)(uintptr_t)why;
  const dem_allocator allocator = out->arena.allocator;
  dem_arena_clear(&out->arena);
  (void)allocator.resize(allocator.context, out, sizeof *out, 0);
}
