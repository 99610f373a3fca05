// SPDX-License-Identifier: Apache-2.0

// Walks the simplest proof of a possible fact down to the answers that it rests on.
//
// What is certain needs no answer. What a negation or an aggregate of the proof looks at counts
// against it: the answers behind that are those that must not be given.

#include "advise/hinge.h"

#include "base/try.h"

/// A fact of the proof, and whether the proof wants it not to be.
typedef struct step {
  dem_fact fact;
  bool is_negative;
} step;

static const dem_model *model_of(const dem_hinge_finder *s)
{
  return dem_program_model(s->evaluation->program);
}

static dem_status push(dem_hinge_finder *s, dem_fact fact, bool is_negative)
{
  const dem_word name[] = {fact.relation, fact.row, is_negative};
  const step next = {fact, is_negative};
  bool is_new = false;
  if (!dem_evaluation_is_uncertain(s->evaluation, fact)) {
    return DEM_OK;
  }
  if (dem_table_put(&s->seen, name, &is_new) == DEM_NONE) {
    return DEM_ERR_NO_MEMORY;
  }
  return !is_new || dem_vector_add(&s->todo, &next) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

/// What the question was answered with, going by the fact that it gave.
static dem_word answer_of(const dem_question *q, const dem_model *model, const dem_fact fact,
                          const dem_word *row)
{
  for (uint32_t i = 0; i < q->gives_count; ++i) {
    const dem_conclusion *const c = &q->gives[i];
    for (uint32_t j = 0;
         c->relation == fact.relation && j < model->relations[c->relation].field_count; ++j) {
      if (c->outputs[j].kind == DEM_OUTPUT_VARIABLE) {
        return row[j];
      }
    }
  }
  return DEM_OPEN;
}

static dem_status add_hinge(dem_hinge_finder *s, uint32_t question, const step *at)
{
  const dem_word *const row = dem_facts_row(s->evaluation->possible, at->fact);
  const dem_hinge hinge = {question,
                           answer_of(&model_of(s)->questions[question], model_of(s), at->fact, row),
                           at->is_negative};
  for (size_t i = 0; i < s->found.count; ++i) {
    const dem_hinge known = DEM_VECTOR_AT(&s->found, dem_hinge, i);
    if (known.question == question && known.answer == hinge.answer &&
        known.is_negative == hinge.is_negative) {
      return DEM_OK;
    }
  }
  return dem_vector_add(&s->found, &hinge) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_status look_at(dem_hinge_finder *s, const step *at)
{
  const dem_evaluation *const e = s->evaluation;
  const dem_justification why = dem_facts_justify(e->possible, at->fact);
  if (why.rule == DEM_NONE) {
    return DEM_OK; // That a question is open is no answer.
  }
  const uint32_t question = dem_model_question_of(model_of(s), why.rule);
  if (question != DEM_NONE) {
    DEM_TRY(add_hinge(s, question, at));
  }
  dem_vector_reset(&s->doubts);
  DEM_TRY(dem_program_doubts(e->program, e->possible, why.body, why.rows, &s->doubts));
  for (size_t i = 0; i < s->doubts.count; ++i) {
    DEM_TRY(push(s, DEM_VECTOR_AT(&s->doubts, dem_fact, i), !at->is_negative));
  }
  for (uint32_t i = 0; i < why.fact_count; ++i) {
    DEM_TRY(push(s, dem_justification_fact(&why, i), at->is_negative));
  }
  return DEM_OK;
}

/// By question, then by answer: texts by their bytes, since symbols are numbered as they are met.
static bool comes_before(const dem_hinge_finder *s, const dem_hinge *a, const dem_hinge *b)
{
  if (a->question != b->question) {
    return a->question < b->question;
  }
  if (a->is_negative != b->is_negative) {
    return b->is_negative;
  }
  if (a->answer == DEM_OPEN || b->answer == DEM_OPEN) {
    return a->answer == DEM_OPEN && b->answer != DEM_OPEN;
  }
  const dem_storage storage = model_of(s)->questions[a->question].type.storage;
  if (storage != DEM_STORAGE_STRING) {
    return (int64_t)a->answer < (int64_t)b->answer;
  }
  const dem_symbols *const symbols = s->evaluation->symbols;
  return dem_slice_compare(dem_symbols_text(symbols, dem_word_symbol(a->answer)),
                           dem_symbols_text(symbols, dem_word_symbol(b->answer))) < 0;
}

/// Insertion sort: few answers make a proof.
static void sort_hinges(const dem_hinge_finder *s)
{
  dem_hinge *const items = s->found.items;
  for (size_t i = 1; i < s->found.count; ++i) {
    const dem_hinge item = items[i];
    size_t j = i;
    for (; j > 0 && comes_before(s, &item, &items[j - 1]); --j) {
      items[j] = items[j - 1];
    }
    items[j] = item;
  }
}

void dem_hinge_finder_init(dem_hinge_finder *s, dem_allocator allocator)
{
  *s = (dem_hinge_finder){0};
  dem_vector_init(&s->todo, allocator, sizeof(step));
  dem_vector_init(&s->doubts, allocator, sizeof(dem_fact));
  dem_vector_init(&s->found, allocator, sizeof(dem_hinge));
  (void)dem_table_init(&s->seen, allocator, 3, false, NULL, 0);
}

void dem_hinge_finder_clear(dem_hinge_finder *s)
{
  dem_table_clear(&s->seen);
  dem_vector_clear(&s->found);
  dem_vector_clear(&s->doubts);
  dem_vector_clear(&s->todo);
}

dem_status dem_hinge_find(dem_hinge_finder *s, const dem_evaluation *evaluation, dem_fact possible)
{
  s->evaluation = evaluation;
  dem_table_reset(&s->seen);
  dem_vector_reset(&s->todo);
  dem_vector_reset(&s->found);
  DEM_TRY(push(s, possible, false));
  while (s->todo.count > 0) {
    const step next = DEM_VECTOR_AT(&s->todo, step, --s->todo.count);
    DEM_TRY(look_at(s, &next));
  }
  sort_hinges(s);
  return DEM_OK;
}
