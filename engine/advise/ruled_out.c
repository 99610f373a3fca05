// SPDX-License-Identifier: Apache-2.0

// What was considered, but is not recommended.
//
// Of the rules that could have recommended a partner the nearest is told, and of it, through the
// rules that it rests on, the condition that decides. The misses of all partners are found
// together, since their rules share most of what they ask for; only what is told is put in words.

#include "advise/ruled_out.h"

#include <stdlib.h>
#include <string.h>

#include "advise/misses.h"
#include "advise/presentation.h"
#include "advise/proof.h"
#include "advise/wording.h"
#include "base/try.h"
#include "store/table.h"

enum { MOST_RULES = 64 }; // On the way down to the condition that decides.

/// A field of a recommendation that names its partner.
typedef struct partner_field {
  uint32_t relation;
  uint32_t field;
  uint32_t partners; ///< The relation that it refers to.
} partner_field;

typedef struct candidate {
  dem_type type; ///< Of a reference to it.
  const char *id;
  const char *label;
  size_t first_want; ///< One for each field that could name it.
  size_t want_count;
} candidate;

typedef struct finder {
  const dem_advice_input *in;
  const dem_model *model;
  const dem_advice *advice;
  dem_arena *arena;
  dem_wording words;
  dem_misses misses;
  dem_prover prover;     ///< Of exceptions; words what a sentence quotes.
  dem_arena scratch;     ///< The prover's.
  dem_vector fields;     ///< partner_field
  dem_table keys;        ///< relation, key
  dem_vector candidates; ///< candidate
  dem_vector wants;      ///< size_t, of all candidates.
  dem_vector order;      ///< size_t, misses of one of them.
  dem_vector items;      ///< dem_advice_ruled_out
} finder;

// Who was considered ------------------------------------------------------------------------

static dem_status list_fields(finder *f)
{
  for (uint32_t i = 0; i < f->model->relation_count; ++i) {
    const dem_relation *const r = &f->model->relations[i];
    if (r->shows_as != DEM_SHOWS_RECOMMENDATION) {
      continue;
    }
    const uint32_t field = dem_presentation_of(f->model, i).partner;
    if (field != DEM_NONE) {
      const partner_field one = {i, field, r->fields[field].type.relation};
      if (!dem_vector_add(&f->fields, &one)) {
        return DEM_ERR_NO_MEMORY;
      }
    }
  }
  return DEM_OK;
}

static bool is_partner_relation(const finder *f, uint32_t relation)
{
  for (size_t i = 0; i < f->fields.count; ++i) {
    if (DEM_VECTOR_AT(&f->fields, partner_field, i).partners == relation) {
      return true;
    }
  }
  return false;
}

/// Note the rows that a fact refers to.
static dem_status note_fact(finder *f, uint32_t relation, dem_fact fact)
{
  const dem_relation *const r = &f->model->relations[relation];
  const dem_word *const row = dem_facts_row(f->in->evaluation->certain, fact);
  for (uint32_t i = 0; i < r->field_count; ++i) {
    const dem_type *const type = &r->fields[i].type;
    const bool is_known = row[i] != DEM_ABSENT && row[i] != DEM_OPEN;
    if (type->kind == DEM_TYPE_REFERENCE && is_known && is_partner_relation(f, type->relation)) {
      bool is_new;
      const dem_word key[] = {type->relation, row[i]};
      if (dem_table_put(&f->keys, key, &is_new) == DEM_NONE) {
        return DEM_ERR_NO_MEMORY;
      }
    }
  }
  return DEM_OK;
}

static dem_status note_all(finder *f)
{
  const dem_facts *const facts = f->in->evaluation->certain;
  for (uint32_t i = 0; i < f->model->relation_count; ++i) {
    const uint32_t count = dem_facts_count(facts, i);
    for (uint32_t j = dem_facts_pack_count(facts, i);
         j < count && !f->model->relations[i].is_hidden; ++j) {
      const dem_fact fact = dem_facts_at(facts, i, j);
      if (dem_facts_justify(facts, fact).rule != DEM_NONE) {
        DEM_TRY(note_fact(f, i, fact));
      }
    }
  }
  return DEM_OK;
}

static bool is_in_advice(const finder *f, const char *id)
{
  for (size_t i = 0; i < f->advice->partner_count; ++i) {
    if (strcmp(f->advice->partners[i].id, id) == 0) {
      return true;
    }
  }
  return false;
}

/// Find what a partner misses, unless it is recommended after all.
static dem_status consider(finder *f, const candidate *partner, dem_word key)
{
  dem_subject subject;
  dem_subject_init(&subject, f->in->allocator);
  candidate c = *partner;
  c.first_want = f->wants.count;
  dem_status status = DEM_OK;
  for (size_t i = 0; i < f->fields.count && status == DEM_OK; ++i) {
    const partner_field *const at = &DEM_VECTOR_AT(&f->fields, partner_field, i);
    if (at->partners == c.type.relation) {
      dem_goal goal = {.relation = at->relation, .mask = UINT64_C(1) << at->field};
      goal.words[at->field] = key;
      status = dem_vector_add(&subject.goals, &goal) ? DEM_OK : DEM_ERR_NO_MEMORY;
    }
  }
  c.want_count = subject.goals.count;
  if (status == DEM_OK && !dem_subject_holds(&subject, f->model, f->in->evaluation->certain)) {
    size_t *const wants = dem_vector_extend(&f->wants, c.want_count);
    status = wants && dem_vector_add(&f->candidates, &c)
                 ? dem_misses_explain(&f->misses, subject.goals.items, c.want_count, wants)
                 : DEM_ERR_NO_MEMORY;
  }
  dem_subject_clear(&subject);
  return status;
}

static dem_status consider_all(finder *f)
{
  for (uint32_t i = 0; i < f->keys.count; ++i) {
    const dem_word *const key = dem_table_row(&f->keys, i);
    const dem_relation *const r = &f->model->relations[key[0]];
    candidate c = {.type = {.kind = DEM_TYPE_REFERENCE,
                            .storage = r->fields[r->key].type.storage,
                            .relation = (uint32_t)key[0]}};
    c.id = dem_wording_key(&f->words, &c.type, key[1]);
    c.label = dem_wording_label(&f->words, &c.type, key[1]);
    if (!c.id || !c.label) {
      return DEM_ERR_NO_MEMORY;
    }
    if (!is_in_advice(f, c.id)) {
      DEM_TRY(consider(f, &c, key[1]));
    }
  }
  return DEM_OK;
}

// What it lacked ------------------------------------------------------------------------------

/// A condition that decides, and the miss that it is of.
typedef struct decision {
  const dem_miss *miss;
  const dem_miss_condition *condition; ///< NULL: none.
  dem_miss_records records;            ///< Of the condition.
} decision;

/// The first condition of a rule that failed; NULL if none did.
static const dem_miss_condition *first_failed(const finder *f, const dem_miss *miss)
{
  const dem_miss_condition *const conditions = dem_misses_conditions(&f->misses, miss);
  for (size_t i = 0; i < miss->condition_count; ++i) {
    if (conditions[i].near.state == DEM_NEAR_FAILED) {
      return &conditions[i];
    }
  }
  return NULL;
}

/// The condition that decides: down from a rule, through the nearest rules that could have given
/// what failed.
static decision find_deciding(const finder *f, const dem_miss *root)
{
  decision d = {0};
  const dem_miss *miss = root;
  for (int i = 0; i < MOST_RULES && miss; ++i) {
    const dem_miss_condition *const next = first_failed(f, miss);
    if (!next) {
      break;
    }
    d = (decision){.miss = miss, .condition = next};
    miss = next->want == SIZE_MAX ? NULL : dem_misses_nearest(&f->misses, next->want);
  }
  if (d.condition) {
    d.records = dem_misses_records(&f->misses, d.miss, d.condition);
  }
  return d;
}

static bool is_comparison(const dem_condition *condition)
{
  return condition->kind == DEM_CONDITION_WHERE || condition->kind == DEM_CONDITION_LET;
}

/// Whether a condition asks what a partner is, "organization (id: asean, kind: forum)": then the
/// rule is not for such as it, and says nothing about this country.
static bool is_of_its_nature(const candidate *partner, const dem_condition *condition)
{
  return condition->kind == DEM_CONDITION_PATTERN &&
         condition->pattern.relation == partner->type.relation && condition->pattern.term_count > 0;
}

/// Whether nothing comes near to what a condition asks for: neither a record, nor a rule, nor an
/// answer.
static bool is_far(const finder *f, const decision *d)
{
  const dem_miss_condition *const c = d->condition;
  return c->blocker_count == 0 && c->question == DEM_NONE && !is_comparison(c->near.condition) &&
         (c->want == SIZE_MAX || !dem_misses_nearest(&f->misses, c->want)) && d->records.count == 0;
}

static dem_ruled_out_by classify(const decision *d)
{
  const dem_miss_condition *const c = d->condition;
  if (c->blocker_count > 0) {
    return DEM_RULED_OUT_BY_EXCEPTION;
  }
  if (d->records.count > 0 && d->records.is_dated) {
    return DEM_RULED_OUT_BY_DATE;
  }
  if (c->question != DEM_NONE) {
    return DEM_RULED_OUT_BY_ANSWER;
  }
  return is_comparison(c->near.condition) ? DEM_RULED_OUT_BY_COMPARISON : DEM_RULED_OUT_BY_RECORD;
}

// In words ------------------------------------------------------------------------------------

/// What a sentence quotes lies with the prover's texts, until the advice has the sentence.
static const char *quote(finder *f)
{
  return dem_wording_keep(&f->prover.words);
}

/// The record that comes nearest to what a pattern asks for.
static dem_status say_record(finder *f, const decision *d)
{
  dem_wording *const words = &f->prover.words;
  const uint32_t relation = d->condition->near.condition->pattern.relation;
  const dem_miss_records *const near = &d->records;
  const dem_given *const given = dem_misses_record_given(&f->misses, relation, near->rows[0]);
  dem_phrase_fact(words, relation, dem_misses_record_row(&f->misses, relation, near->rows[0]));
  const char *const text = quote(f);
  const char *with = NULL;
  switch (dem_misses_record_state(&f->misses, near, given)) {
  case DEM_RECORD_ENDED:
    with = dem_wording_day(words, given->until);
    DEM_TRY_MEMORY(text && with);
    dem_wording_say(&f->words, DEM_SAID(WHY_ENDED, text, with));
    break;
  case DEM_RECORD_NOT_YET:
    with = dem_wording_day(words, given->from);
    DEM_TRY_MEMORY(text && with);
    dem_wording_say(&f->words, DEM_SAID(WHY_BEGINS, text, with));
    break;
  case DEM_RECORD_OTHER:
    with = dem_wording_of(dem_symbols_text(
        f->model->symbols, f->model->relations[relation].fields[near->fields[0]].name));
    DEM_TRY_MEMORY(text);
    dem_wording_say(&f->words, DEM_SAID(WHY_OTHER, with, text));
    break;
  }
  return DEM_OK;
}

/// The first fact by which what a `not` excludes holds.
static dem_status say_blocker(finder *f, const dem_miss_condition *c)
{
  const dem_proof_step *step;
  DEM_TRY(dem_prover_tell(&f->prover,
                          DEM_VECTOR_AT(&f->misses.blockers, dem_fact, c->first_blocker), &step));
  switch (step->origin) {
  case DEM_PROOF_ANSWER:
    dem_wording_say(&f->words, DEM_SAID(WHY_ANSWERED, step->text));
    break;
  case DEM_PROOF_RECORD:
    dem_wording_say(&f->words, DEM_SAID(WHY_ON_RECORD, step->text));
    break;
  case DEM_PROOF_RULE:
    if (step->field[0]) {
      dem_wording_say(&f->words, DEM_SAID(WHY_FILLED_IN, step->text));
    } else {
      dem_buffer_add_text(&f->words.text, step->text);
    }
    break;
  }
  return DEM_OK;
}

static dem_status say_answer(finder *f, const dem_miss_condition *c)
{
  const dem_question *const q = &f->model->questions[c->question];
  const char *const ask = dem_wording_ask(&f->prover.words, c->question);
  const char *const answer = dem_wording_label(&f->prover.words, &q->type, c->answer);
  DEM_TRY_MEMORY(ask && answer);
  dem_wording_say(&f->words, answer[0] ? DEM_SAID(WHY_ANSWER_IS_NOT, ask, answer)
                                       : DEM_SAID(WHY_ANSWER_DOES_NOT_FIT, ask));
  return DEM_OK;
}

static const char *word_condition(finder *f, const decision *d)
{
  const dem_phrase_binding binding = {.rule = &f->model->rules[d->miss->rule],
                                      .values = dem_misses_values(&f->misses, d->miss)};
  dem_phrase_condition(&f->prover.words, &binding, d->condition->near.condition);
  return quote(f);
}

static dem_status say_condition(finder *f, const decision *d, dem_ruled_out_by by)
{
  const char *const text = word_condition(f, d);
  DEM_TRY_MEMORY(text);
  dem_wording_say(&f->words, by == DEM_RULED_OUT_BY_COMPARISON ? DEM_SAID(WHY_DOES_NOT_HOLD, text)
                                                               : DEM_SAID(WHY_THERE_IS_NO, text));
  return DEM_OK;
}

static dem_status say(finder *f, const decision *d, dem_ruled_out_by by)
{
  switch (by) {
  case DEM_RULED_OUT_BY_EXCEPTION:
    return say_blocker(f, d->condition);
  case DEM_RULED_OUT_BY_DATE:
    return say_record(f, d);
  case DEM_RULED_OUT_BY_ANSWER:
    return say_answer(f, d->condition);
  case DEM_RULED_OUT_BY_COMPARISON:
    return say_condition(f, d, by);
  case DEM_RULED_OUT_BY_RECORD:
    return d->records.count > 0 ? say_record(f, d) : say_condition(f, d, by);
  }
  return DEM_OK;
}

/// What decides, in words.
static dem_status word_decision(finder *f, const decision *d, dem_ruled_out_by by,
                                const char **text_out)
{
  DEM_TRY(say(f, d, by));
  *text_out = dem_wording_keep(&f->words);
  return *text_out ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_status add_item(finder *f, const candidate *partner, const dem_miss *root,
                           const decision *d)
{
  const dem_rule *const rule = &f->model->rules[root->rule];
  const bool has_place = !dem_place_is_none(rule->place);
  dem_advice_ruled_out item = {
      .id = partner->id,
      .label = partner->label,
      .by = classify(d),
      .distance = root->distance,
      .rule = dem_wording_of(dem_symbols_text(f->model->symbols, rule->id)),
      .title = dem_wording_of(dem_wording_title(&f->words, rule)),
      .file = has_place ? dem_wording_of(dem_files_name(&f->model->files, rule->place.file)) : "",
      .line = has_place ? rule->place.line : 0};
  DEM_TRY(word_decision(f, d, item.by, &item.text));
  return dem_vector_add(&f->items, &item) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

/// The nearest rule that is for such as the partner, and what decides that it does not apply.
static dem_status tell(finder *f, const candidate *partner)
{
  const size_t *const wants = (const size_t *)f->wants.items + partner->first_want;
  DEM_TRY(dem_misses_rank(&f->misses, wants, partner->want_count, &f->order));
  for (size_t i = 0; i < f->order.count; ++i) {
    const dem_miss *const root =
        &DEM_VECTOR_AT(&f->misses.items, dem_miss, DEM_VECTOR_AT(&f->order, size_t, i));
    const decision d = find_deciding(f, root);
    if (d.condition && !is_of_its_nature(partner, d.condition->near.condition) && !is_far(f, &d)) {
      return add_item(f, partner, root, &d);
    }
  }
  return DEM_OK;
}

// The list ------------------------------------------------------------------------------------

static int compare_items(const void *left, const void *right)
{
  const dem_advice_ruled_out *const a = left;
  const dem_advice_ruled_out *const b = right;
  if (a->by != b->by) {
    return a->by < b->by ? -1 : 1;
  }
  if (a->distance != b->distance) {
    return a->distance < b->distance ? -1 : 1;
  }
  const int order = strcmp(a->label, b->label);
  return order ? order : strcmp(a->id, b->id);
}

static dem_status find(finder *f, const dem_advice_ruled_out **items_out, size_t *count_out)
{
  DEM_TRY(dem_table_init(&f->keys, f->in->allocator, 2, false, NULL, 0));
  DEM_TRY(dem_wording_reset(&f->words));
  DEM_TRY(list_fields(f));
  DEM_TRY(note_all(f));
  DEM_TRY(consider_all(f));
  dem_misses_measure(&f->misses);
  for (size_t i = 0; i < f->candidates.count; ++i) {
    DEM_TRY(tell(f, &DEM_VECTOR_AT(&f->candidates, candidate, i)));
  }
  dem_advice_ruled_out *const items =
      DEM_ARENA_ARRAY(f->arena, dem_advice_ruled_out, f->items.count);
  DEM_TRY_MEMORY(items);
  for (size_t i = 0; i < f->items.count; ++i) {
    items[i] = DEM_VECTOR_AT(&f->items, dem_advice_ruled_out, i);
  }
  if (f->items.count > 0) {
    qsort(items, f->items.count, sizeof *items, compare_items);
  }
  *items_out = items;
  *count_out = f->items.count;
  return DEM_OK;
}

static dem_status init(finder *f)
{
  const dem_advice_input *const in = f->in;
  f->keys = (dem_table){.allocator = in->allocator};
  dem_arena_init(&f->scratch, in->allocator);
  dem_vector_init(&f->fields, in->allocator, sizeof(partner_field));
  dem_vector_init(&f->candidates, in->allocator, sizeof(candidate));
  dem_vector_init(&f->wants, in->allocator, sizeof(size_t));
  dem_vector_init(&f->order, in->allocator, sizeof(size_t));
  dem_vector_init(&f->items, in->allocator, sizeof(dem_advice_ruled_out));
  dem_wording_init(&f->words, in->allocator, in->program, in->names, in->symbols,
                   in->evaluation->certain, f->arena);
  const dem_status status = dem_misses_init(&f->misses, in);
  const dem_status prover_status = dem_prover_init(&f->prover, in, &f->scratch);
  return status == DEM_OK ? prover_status : status;
}

static void clear(finder *f)
{
  dem_prover_clear(&f->prover);
  dem_misses_clear(&f->misses);
  dem_wording_clear(&f->words);
  dem_vector_clear(&f->items);
  dem_vector_clear(&f->order);
  dem_vector_clear(&f->wants);
  dem_vector_clear(&f->candidates);
  dem_vector_clear(&f->fields);
  dem_table_clear(&f->keys);
  dem_arena_clear(&f->scratch);
}

dem_status dem_ruled_out_find(const dem_advice_input *input, const dem_advice *advice,
                              dem_arena *arena, const dem_advice_ruled_out **items_out,
                              size_t *count_out)
{
  finder f = {
      .in = input, .model = dem_program_model(input->program), .advice = advice, .arena = arena};
  dem_status status = init(&f);
  status = status == DEM_OK ? find(&f, items_out, count_out) : status;
  clear(&f);
  return status;
}
