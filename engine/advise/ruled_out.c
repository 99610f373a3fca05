// SPDX-License-Identifier: Apache-2.0

// What was considered, but is not recommended.
//
// Of the rules that could have recommended a partner the nearest is told, and of it, through the
// rules that it rests on, the condition that decides.

#include "advise/ruled_out.h"

#include <stdlib.h>
#include <string.h>

#include "advise/phrase.h"
#include "advise/presentation.h"
#include "advise/subject.h"
#include "advise/why_not.h"
#include "advise/wording.h"
#include "base/try.h"
#include "store/table.h"

enum { MOST_RULES = 64 }; // On the way down to the condition that decides.

typedef struct finder {
  const dem_advice_input *in;
  const dem_model *model;
  const dem_advice *advice;
  dem_arena *arena;
  dem_wording words;
  dem_table keys;   ///< relation, key
  dem_vector items; ///< dem_advice_ruled_out
} finder;

// Who was considered ------------------------------------------------------------------------

static bool is_partner_relation(const finder *f, uint32_t relation)
{
  for (uint32_t i = 0; i < f->model->relation_count; ++i) {
    const dem_relation *const r = &f->model->relations[i];
    if (r->shows_as != DEM_SHOWS_RECOMMENDATION) {
      continue;
    }
    const dem_presentation p = dem_presentation_of(f->model, i);
    if (p.partner != DEM_NONE && r->fields[p.partner].type.relation == relation) {
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

// What it lacked ------------------------------------------------------------------------------

static void add(finder *f, const char *text)
{
  dem_buffer_add_text(&f->words.text, text);
}

/// The first condition of a rule that failed; NULL if none did.
static const dem_missed_condition *first_failed(const dem_missed_rule *rule)
{
  for (size_t i = 0; i < rule->condition_count; ++i) {
    if (rule->conditions[i].state == DEM_MISSED_FAILED) {
      return &rule->conditions[i];
    }
  }
  return NULL;
}

/// The condition that decides: down from a rule, through the nearest rules that could have given
/// what failed.
static const dem_missed_condition *deciding(const dem_why_not *why_not, size_t root)
{
  const dem_missed_condition *condition = NULL;
  size_t rule = root;
  for (int i = 0; i < MOST_RULES; ++i) {
    const dem_missed_condition *const next = first_failed(&why_not->rules[rule]);
    condition = next ? next : condition;
    if (!next || next->rule_count == 0 || next->blocker_count > 0) {
      break;
    }
    rule = next->rules[0];
  }
  return condition;
}

static void add_record(finder *f, const dem_missed_record *record)
{
  switch (record->state) {
  case DEM_RECORD_ENDED:
    dem_wording_say(&f->words, DEM_SAID(WHY_ENDED, record->text, record->record.until));
    return;
  case DEM_RECORD_NOT_YET:
    dem_wording_say(&f->words, DEM_SAID(WHY_BEGINS, record->text, record->record.from));
    return;
  case DEM_RECORD_OTHER:
    dem_wording_say(&f->words, DEM_SAID(WHY_OTHER, record->differs, record->text));
    return;
  }
}

static void add_blocker(finder *f, const dem_proof_step *step)
{
  switch (step->origin) {
  case DEM_PROOF_ANSWER:
    dem_wording_say(&f->words, DEM_SAID(WHY_ANSWERED, step->text));
    return;
  case DEM_PROOF_RECORD:
    dem_wording_say(&f->words, DEM_SAID(WHY_ON_RECORD, step->text));
    return;
  case DEM_PROOF_RULE:
    if (step->field[0]) {
      dem_wording_say(&f->words, DEM_SAID(WHY_FILLED_IN, step->text));
    } else {
      add(f, step->text);
    }
    return;
  }
}

static dem_ruled_out_by classify(const dem_missed_condition *condition)
{
  if (condition->blocker_count > 0) {
    return DEM_RULED_OUT_BY_EXCEPTION;
  }
  if (condition->record_count > 0 && condition->records[0].state != DEM_RECORD_OTHER) {
    return DEM_RULED_OUT_BY_DATE;
  }
  if (condition->field[0]) {
    return DEM_RULED_OUT_BY_ANSWER;
  }
  return condition->is_comparison ? DEM_RULED_OUT_BY_COMPARISON : DEM_RULED_OUT_BY_RECORD;
}

/// What decides, in words.
static const char *word_condition(finder *f, const dem_why_not *why_not,
                                  const dem_missed_condition *condition, dem_ruled_out_by by)
{
  switch (by) {
  case DEM_RULED_OUT_BY_EXCEPTION:
    add_blocker(f, &why_not->proof.steps[condition->blockers[0]]);
    break;
  case DEM_RULED_OUT_BY_DATE:
    add_record(f, &condition->records[0]);
    break;
  case DEM_RULED_OUT_BY_ANSWER:
    dem_wording_say(&f->words, condition->answer[0]
                                   ? DEM_SAID(WHY_ANSWER_IS_NOT, condition->ask, condition->answer)
                                   : DEM_SAID(WHY_ANSWER_DOES_NOT_FIT, condition->ask));
    break;
  case DEM_RULED_OUT_BY_COMPARISON:
    dem_wording_say(&f->words, DEM_SAID(WHY_DOES_NOT_HOLD, condition->text));
    break;
  case DEM_RULED_OUT_BY_RECORD:
    if (condition->record_count > 0) {
      add_record(f, &condition->records[0]);
    } else {
      dem_wording_say(&f->words, DEM_SAID(WHY_THERE_IS_NO, condition->text));
    }
    break;
  }
  return dem_wording_keep(&f->words);
}

/// A text of an explanation that is about to be freed. NULL without memory.
static const char *keep(finder *f, const char *text)
{
  return dem_arena_copy(f->arena, dem_slice_of(text));
}

/// Whether a condition asks what a partner is, "organization (id: asean, kind: forum)": then the
/// rule is not for such as it, and says nothing about this country.
static bool is_of_its_nature(finder *f, uint32_t relation, const dem_missed_condition *condition)
{
  dem_phrase_relation(&f->words, relation);
  dem_buffer_add_text(&f->words.text, " (");
  const dem_slice name = dem_buffer_slice(&f->words.text);
  const bool is_of_it = name.size > 2 && strncmp(condition->text, name.bytes, name.size) == 0;
  dem_buffer_reset(&f->words.text);
  return is_of_it;
}

/// Whether nothing comes near to what a condition asks for: neither a record, nor a rule, nor an
/// answer.
static bool is_far(const dem_missed_condition *condition)
{
  return condition->record_count + condition->rule_count + condition->blocker_count == 0 &&
         condition->field[0] == '\0' && !condition->is_comparison;
}

/// The nearest rule that is for such as the partner, and what decides that it does not apply.
static dem_status take(finder *f, const dem_why_not *why_not, uint32_t relation, const char *id,
                       const char *label)
{
  const dem_missed_condition *condition = NULL;
  size_t root = 0;
  for (; root < why_not->root_count; ++root) {
    condition = deciding(why_not, why_not->roots[root]);
    if (condition && !is_of_its_nature(f, relation, condition) && !is_far(condition)) {
      break;
    }
  }
  if (root == why_not->root_count) {
    return DEM_OK;
  }
  const dem_missed_rule *const rule = &why_not->rules[why_not->roots[root]];
  const dem_ruled_out_by by = classify(condition);
  const dem_advice_ruled_out item = {.id = id,
                                     .label = label,
                                     .by = by,
                                     .text = word_condition(f, why_not, condition, by),
                                     .distance = rule->distance,
                                     .rule = keep(f, rule->rule),
                                     .title = keep(f, rule->title),
                                     .file = keep(f, rule->file),
                                     .line = rule->line};
  if (!item.text || !item.rule || !item.title || !item.file) {
    return DEM_ERR_NO_MEMORY;
  }
  return dem_vector_add(&f->items, &item) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_status ask_why_not(finder *f, uint32_t relation, const char *id, const char *label)
{
  dem_subject subject;
  dem_diagnostics diagnostics;
  const dem_why_not *why_not = NULL;
  dem_subject_init(&subject, f->in->allocator);
  dem_diagnostics_init(&diagnostics, f->in->allocator);
  dem_status status = dem_subject_find(&subject, f->in->names, f->in->symbols,
                                       f->in->evaluation->certain, id, &diagnostics);
  if (status == DEM_OK && subject.is_partner) {
    status = dem_why_not_build(f->in, &subject, &why_not);
  }
  if (status == DEM_OK && why_not) {
    status = take(f, why_not, relation, id, label);
  }
  dem_why_not_free(why_not);
  dem_diagnostics_clear(&diagnostics);
  dem_subject_clear(&subject);
  return status == DEM_ERR_NOT_FOUND ? DEM_OK : status; // Its id means something else, too.
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
  DEM_TRY(note_all(f));
  for (uint32_t i = 0; i < f->keys.count; ++i) {
    const dem_word *const key = dem_table_row(&f->keys, i);
    const dem_relation *const r = &f->model->relations[key[0]];
    const dem_type type = {.kind = DEM_TYPE_REFERENCE,
                           .storage = r->fields[r->key].type.storage,
                           .relation = (uint32_t)key[0]};
    const char *const id = dem_wording_key(&f->words, &type, key[1]);
    const char *const label = dem_wording_label(&f->words, &type, key[1]);
    if (!id || !label) {
      return DEM_ERR_NO_MEMORY;
    }
    if (!is_in_advice(f, id)) {
      DEM_TRY(ask_why_not(f, type.relation, id, label));
    }
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

dem_status dem_ruled_out_find(const dem_advice_input *input, const dem_advice *advice,
                              dem_arena *arena, const dem_advice_ruled_out **items_out,
                              size_t *count_out)
{
  finder f = {.in = input,
              .model = dem_program_model(input->program),
              .advice = advice,
              .arena = arena,
              .keys = {.allocator = input->allocator}};
  dem_vector_init(&f.items, input->allocator, sizeof(dem_advice_ruled_out));
  dem_wording_init(&f.words, input->allocator, input->program, input->names, input->symbols,
                   input->evaluation->certain, arena);
  const dem_status status = find(&f, items_out, count_out);
  dem_wording_clear(&f.words);
  dem_vector_clear(&f.items);
  dem_table_clear(&f.keys);
  return status;
}
