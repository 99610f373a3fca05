// SPDX-License-Identifier: Apache-2.0

// Puts the open questions that matter in order, each with the advice that hangs on it.

#include "advise/questions.h"

#include <stdlib.h>
#include <string.h>

#include "advise/presentation.h"
#include "advise/relevance.h"
#include "advise/wording.h"
#include "base/try.h"

/// The questions and the memory that they lie in.
typedef struct owned_questions {
  dem_questions questions;
  dem_arena arena;
} owned_questions;

typedef struct builder {
  const dem_questions_input *in;
  const dem_model *model;
  owned_questions *out;
  dem_wording words;
  dem_relevance relevance;
  dem_stake *shown; ///< One a shown fact that is uncertain.
} builder;

// Stakes --------------------------------------------------------------------------------

static const char *const kinds[] = {[DEM_SHOWS_NOTHING] = "",
                                    [DEM_SHOWS_RECOMMENDATION] = "recommendation",
                                    [DEM_SHOWS_STEP] = "step",
                                    [DEM_SHOWS_CAVEAT] = "caveat",
                                    [DEM_SHOWS_REFERENCE] = "reference"};

static dem_status describe_stake(builder *b, dem_fact fact, dem_stake *out)
{
  const dem_facts *const possible = b->in->evaluation->possible;
  const dem_relation *const r = &b->model->relations[fact.relation];
  const dem_presentation p = dem_presentation_of(b->model, fact.relation);
  const dem_justification why = dem_facts_justify(possible, fact);
  const dem_word *const row = dem_facts_row(possible, fact);
  const bool is_partner = r->shows_as == DEM_SHOWS_RECOMMENDATION && p.partner != DEM_NONE;
  const uint32_t column = is_partner ? p.partner : p.text;
  *out = (dem_stake){.what = kinds[r->shows_as], .label = "", .rule = "", .rule_title = ""};
  if (column != DEM_NONE) {
    out->label = dem_wording_label(&b->words, &r->fields[column].type, row[column]);
    DEM_TRY_MEMORY(out->label);
  }
  if (why.rule != DEM_NONE) {
    const dem_rule *const rule = &b->model->rules[why.rule];
    out->rule = dem_wording_of(dem_symbols_text(b->model->symbols, rule->id));
    out->rule_title = dem_wording_of(dem_wording_title(&b->words, rule));
  }
  return DEM_OK;
}

static dem_status describe_shown(builder *b)
{
  const uint32_t count = b->relevance.shown_count;
  b->shown = DEM_ARENA_ARRAY(&b->out->arena, dem_stake, count);
  DEM_TRY_MEMORY(b->shown);
  for (uint32_t i = 0; i < count; ++i) {
    DEM_TRY(describe_stake(b, dem_relevance_shown(&b->relevance, i), &b->shown[i]));
  }
  return DEM_OK;
}

static int place_of(const dem_stake *stake)
{
  int place = DEM_SHOWS_RECOMMENDATION;
  while (place < DEM_SHOWS_REFERENCE && strcmp(kinds[place], stake->what) != 0) {
    ++place;
  }
  return place;
}

static int compare_stakes(const void *left, const void *right)
{
  const dem_stake *const a = left;
  const dem_stake *const b = right;
  int order = place_of(a) - place_of(b);
  order = order ? order : strcmp(a->label, b->label);
  return order ? order : strcmp(a->rule, b->rule);
}

static bool is_same_stake(const dem_stake *a, const dem_stake *b)
{
  return strcmp(a->what, b->what) == 0 && strcmp(a->label, b->label) == 0;
}

/// Each partner and each text once.
static dem_status collect_stakes(builder *b, dem_open_question *q)
{
  dem_stake *const stakes = DEM_ARENA_ARRAY(&b->out->arena, dem_stake, b->relevance.shown_count);
  DEM_TRY_MEMORY(stakes);
  size_t count = 0;
  for (uint32_t i = 0; i < b->relevance.shown_count; ++i) {
    if (dem_relevance_hangs(&b->relevance, i, q->question)) {
      stakes[count++] = b->shown[i];
    }
  }
  if (count) {
    qsort(stakes, count, sizeof *stakes, compare_stakes);
  }
  for (size_t i = 0; i < count; ++i) {
    if (q->stake_count == 0 || !is_same_stake(&stakes[q->stake_count - 1], &stakes[i])) {
      stakes[q->stake_count++] = stakes[i];
    }
  }
  q->stakes = stakes;
  return DEM_OK;
}

// Questions -------------------------------------------------------------------------------

static bool takes_any(const dem_question *q)
{
  return q->options == DEM_NONE && q->type.kind != DEM_TYPE_REFERENCE &&
         q->type.kind != DEM_TYPE_ENUMERATION && q->type.kind != DEM_TYPE_BOOLEAN;
}

static bool is_sure(const builder *b, const dem_question *q)
{
  const dem_word yes = true;
  return q->asked == DEM_NONE ||
         !dem_fact_is_none(dem_facts_find(b->in->evaluation->certain, q->asked, &yes));
}

/// Required questions without an answer: there is nothing else to ask until they have one.
static size_t list_required(const builder *b, dem_open_question *items)
{
  size_t count = 0;
  for (uint32_t i = 0; i < b->model->question_count; ++i) {
    const dem_question *const q = &b->model->questions[i];
    if (q->is_required && b->in->answers->items[i].state != DEM_ANSWER_GIVEN) {
      items[count++] = (dem_open_question){
          .question = i, .is_required = true, .is_sure = true, .takes_any = takes_any(q)};
    }
  }
  return count;
}

static dem_status list_relevant(builder *b, dem_open_question *items, size_t *count_out)
{
  size_t count = 0;
  for (uint32_t i = 0; i < b->model->question_count; ++i) {
    const dem_question *const q = &b->model->questions[i];
    if (!dem_evaluation_is_open(b->in->evaluation, b->in->answers, i)) {
      continue;
    }
    dem_open_question item = {.question = i,
                              .is_deferred = b->in->answers->items[i].state == DEM_ANSWER_UNKNOWN,
                              .is_sure = is_sure(b, q),
                              .takes_any = takes_any(q)};
    DEM_TRY(collect_stakes(b, &item));
    if (item.stake_count > 0) {
      items[count++] = item;
    }
  }
  *count_out = count;
  return DEM_OK;
}

static size_t recommendation_count(const dem_open_question *q)
{
  size_t count = 0;
  while (count < q->stake_count && place_of(&q->stakes[count]) == DEM_SHOWS_RECOMMENDATION) {
    ++count;
  }
  return count;
}

static int compare_sizes(size_t a, size_t b)
{
  return (a > b) - (a < b);
}

static bool comes_before(const dem_model *model, const dem_open_question *a,
                         const dem_open_question *b)
{
  const uint32_t rank_a = model->questions[a->question].rank;
  const uint32_t rank_b = model->questions[b->question].rank;
  int order = compare_sizes(a->is_deferred, b->is_deferred);
  order = order ? order : compare_sizes(b->is_sure, a->is_sure);
  order = order ? order : compare_sizes(rank_a, rank_b);
  order = order ? order : compare_sizes(recommendation_count(b), recommendation_count(a));
  order = order ? order : compare_sizes(b->stake_count, a->stake_count);
  return order ? order < 0 : a->question < b->question;
}

/// Insertion sort: a profile has few fields.
static void sort_questions(const dem_model *model, dem_open_question *items, size_t count)
{
  for (size_t i = 1; i < count; ++i) {
    const dem_open_question item = items[i];
    size_t j = i;
    for (; j > 0 && comes_before(model, &item, &items[j - 1]); --j) {
      items[j] = items[j - 1];
    }
    items[j] = item;
  }
}

// Partners --------------------------------------------------------------------------------

/// Distinct partners among the recommendations of a model.
static dem_status count_partners(builder *b, const dem_facts *facts, size_t *count_out)
{
  dem_table partners;
  DEM_TRY(dem_table_init(&partners, b->in->allocator, 2, false, NULL, 0));
  dem_status status = DEM_OK;
  for (uint32_t i = 0; i < b->model->relation_count && status == DEM_OK; ++i) {
    const dem_presentation p = dem_presentation_of(b->model, i);
    if (b->model->relations[i].shows_as != DEM_SHOWS_RECOMMENDATION || p.partner == DEM_NONE) {
      continue;
    }
    const uint32_t count = dem_facts_count(facts, i);
    for (uint32_t j = 0; j < count && status == DEM_OK; ++j) {
      const dem_word name[] = {i, dem_facts_row(facts, dem_facts_at(facts, i, j))[p.partner]};
      bool is_new;
      status = dem_table_put(&partners, name, &is_new) == DEM_NONE ? DEM_ERR_NO_MEMORY : DEM_OK;
    }
  }
  *count_out = partners.count;
  dem_table_clear(&partners);
  return status;
}

// The whole -------------------------------------------------------------------------------

static dem_status build(builder *b)
{
  dem_questions *const out = &b->out->questions;
  const dem_evaluation *const e = b->in->evaluation;
  dem_open_question *const items =
      DEM_ARENA_ARRAY(&b->out->arena, dem_open_question, b->model->question_count);
  DEM_TRY_MEMORY(items);
  out->items = items;
  out->count = list_required(b, items);
  if (out->count > 0) {
    return DEM_OK;
  }
  size_t widest = 0;
  DEM_TRY(count_partners(b, e->certain, &out->certain_count));
  DEM_TRY(count_partners(b, dem_evaluation_facts(e), &widest));
  out->possible_count = widest - out->certain_count;
  if (!e->is_open) {
    return DEM_OK;
  }
  DEM_TRY(describe_shown(b));
  DEM_TRY(list_relevant(b, items, &out->count));
  sort_questions(b->model, items, out->count);
  return DEM_OK;
}

dem_status dem_questions_build(const dem_questions_input *input,
                               const dem_questions **questions_out)
{
  const dem_allocator allocator = input->allocator;
  owned_questions *const out = allocator.resize(allocator.context, NULL, 0, sizeof *out);
  *questions_out = NULL;
  DEM_TRY_MEMORY(out);
  *out = (owned_questions){0};
  dem_arena_init(&out->arena, allocator);
  const dem_program *const program = input->evaluation->program;
  builder b = {.in = input, .model = dem_program_model(program), .out = out};
  dem_relevance_init(&b.relevance, allocator);
  dem_status status = dem_relevance_find(&b.relevance, input->evaluation);
  dem_wording_init(&b.words, allocator, program, input->names, input->symbols,
                   dem_evaluation_facts(input->evaluation), &out->arena);
  status = status == DEM_OK ? build(&b) : status;
  dem_wording_clear(&b.words);
  dem_relevance_clear(&b.relevance);
  if (status != DEM_OK) {
    dem_questions_free(&out->questions);
    return status;
  }
  *questions_out = &out->questions;
  return DEM_OK;
}

void dem_questions_free(const dem_questions *questions)
{
  if (!questions) {
    return;
  }
  owned_questions *const out = (owned_questions *)(uintptr_t)questions;
  const dem_allocator allocator = out->arena.allocator;
  dem_arena_clear(&out->arena);
  (void)allocator.resize(allocator.context, out, sizeof *out, 0);
}
