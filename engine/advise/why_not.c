// SPDX-License-Identifier: Apache-2.0

// Why something does not hold, in words: misses are found, then told one by one with the proofs of
// what held.

#include "advise/why_not.h"

#include "advise/misses.h"
#include "advise/proof.h"
#include "base/try.h"

/// An explanation and the memory that it lies in.
typedef struct owned_why_not {
  dem_why_not why_not;
  dem_arena arena;
} owned_why_not;

typedef struct builder {
  const dem_advice_input *in;
  const dem_model *model;
  owned_why_not *out;
  dem_prover prover;
  dem_misses misses;
  dem_vector order; ///< size_t
} builder;

// Records that nearly fit -------------------------------------------------------------------

static dem_status take_record(builder *b, const dem_given *given, dem_proof_record *out)
{
  dem_wording *const words = &b->prover.words;
  const bool has_place = !dem_place_is_none(given->place);
  *out = (dem_proof_record){
      .file = has_place ? dem_wording_of(dem_files_name(&b->model->files, given->place.file)) : "",
      .line = has_place ? given->place.line : 0,
      .as_of = "",
      .from = "",
      .until = ""};
  if (given->as_of != INT64_MIN) {
    out->as_of = dem_wording_day(words, given->as_of);
  }
  if (given->from != INT64_MIN) {
    out->from = dem_wording_day(words, given->from);
  }
  if (given->until != INT64_MAX) {
    out->until = dem_wording_day(words, given->until);
  }
  return out->as_of && out->from && out->until ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_status add_record(builder *b, const dem_pattern *pattern, const dem_miss_records *near,
                             size_t index, dem_missed_record *out)
{
  dem_wording *const words = &b->prover.words;
  const dem_relation *const r = &b->model->relations[pattern->relation];
  const size_t row = near->rows[index];
  const dem_given *const given = dem_misses_record_given(&b->misses, pattern->relation, row);
  dem_phrase_fact(words, pattern->relation,
                  dem_misses_record_row(&b->misses, pattern->relation, row));
  *out = (dem_missed_record){.state = dem_misses_record_state(&b->misses, near, given),
                             .text = dem_wording_keep(words),
                             .differs = "",
                             .differs_name = ""};
  if (out->state == DEM_RECORD_OTHER) {
    const dem_field *const field = &r->fields[near->fields[index]];
    out->differs = dem_wording_of(dem_symbols_text(b->model->symbols, field->name));
    dem_phrase_field(words, field);
    out->differs_name = dem_wording_keep(words);
    DEM_TRY_MEMORY(out->differs_name);
  }
  DEM_TRY_MEMORY(out->text);
  return take_record(b, given, &out->record);
}

static dem_status add_records(builder *b, const dem_miss *miss, const dem_miss_condition *c,
                              dem_missed_condition *out)
{
  const dem_pattern *const pattern = &c->near.condition->pattern;
  const dem_miss_records near = dem_misses_records(&b->misses, miss, c);
  dem_missed_record *const records = DEM_ARENA_ARRAY(&b->out->arena, dem_missed_record, near.count);
  DEM_TRY_MEMORY(records);
  for (size_t i = 0; i < near.count; ++i) {
    DEM_TRY(add_record(b, pattern, &near, i, &records[i]));
  }
  out->records = records;
  out->record_count = near.count;
  return DEM_OK;
}

// Conditions --------------------------------------------------------------------------------------

static dem_status add_question(builder *b, const dem_miss_condition *c, dem_missed_condition *out)
{
  const dem_question *const q = &b->model->questions[c->question];
  out->field = dem_wording_of(dem_symbols_text(b->model->symbols, q->field));
  out->ask = dem_wording_ask(&b->prover.words, c->question);
  out->answer = dem_wording_label(&b->prover.words, &q->type, c->answer);
  return out->answer ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_status add_blockers(builder *b, const dem_miss_condition *c, dem_missed_condition *out)
{
  size_t *const steps = DEM_ARENA_ARRAY(&b->out->arena, size_t, c->blocker_count);
  DEM_TRY_MEMORY(steps);
  for (size_t i = 0; i < c->blocker_count; ++i) {
    const dem_fact fact = DEM_VECTOR_AT(&b->misses.blockers, dem_fact, c->first_blocker + i);
    DEM_TRY(dem_prover_add(&b->prover, fact, &steps[i]));
  }
  out->blockers = steps;
  out->blocker_count = c->blocker_count;
  return DEM_OK;
}

/// The rules of some wants, nearest first.
static dem_status link_rules(builder *b, const size_t *wants, size_t count,
                             const size_t **rules_out, size_t *count_out)
{
  DEM_TRY(dem_misses_rank(&b->misses, wants, count, &b->order));
  size_t *const numbers = DEM_ARENA_ARRAY(&b->out->arena, size_t, b->order.count);
  DEM_TRY_MEMORY(numbers);
  for (size_t i = 0; i < b->order.count; ++i) {
    numbers[i] = DEM_VECTOR_AT(&b->order, size_t, i);
  }
  *rules_out = numbers;
  *count_out = b->order.count;
  return DEM_OK;
}

static dem_status tell_failure(builder *b, const dem_miss *miss, const dem_miss_condition *c,
                               dem_missed_condition *out)
{
  if (c->near.condition->kind == DEM_CONDITION_NOT) {
    return add_blockers(b, c, out);
  }
  if (c->near.condition->kind != DEM_CONDITION_PATTERN) {
    return DEM_OK;
  }
  out->is_identity = c->is_identity;
  DEM_TRY(add_records(b, miss, c, out));
  if (c->question != DEM_NONE) {
    DEM_TRY(add_question(b, c, out));
  }
  return c->want == SIZE_MAX ? DEM_OK : link_rules(b, &c->want, 1, &out->rules, &out->rule_count);
}

static dem_status tell_condition(builder *b, const dem_miss *miss, const dem_miss_condition *c,
                                 dem_missed_condition *out)
{
  static const dem_missed_state states[] = {DEM_MISSED_HELD, DEM_MISSED_FAILED, DEM_MISSED_UNSEEN};
  const dem_phrase_binding binding = {.rule = &b->model->rules[miss->rule],
                                      .values = dem_misses_values(&b->misses, miss)};
  const dem_condition *const condition = c->near.condition;
  *out = (dem_missed_condition){.state = states[c->near.state],
                                .file = "",
                                .is_comparison = condition->kind == DEM_CONDITION_WHERE ||
                                                 condition->kind == DEM_CONDITION_LET,
                                .is_absence = condition->kind == DEM_CONDITION_NOT,
                                .step = DEM_NO_STEP,
                                .field = "",
                                .ask = "",
                                .answer = ""};
  if (!dem_place_is_none(condition->place)) {
    out->file = dem_wording_of(dem_files_name(&b->model->files, condition->place.file));
    out->line = condition->place.line;
  }
  dem_phrase_condition(&b->prover.words, &binding, condition);
  out->text = dem_wording_keep(&b->prover.words);
  DEM_TRY_MEMORY(out->text);
  if (c->near.state == DEM_NEAR_HELD && !dem_fact_is_none(c->near.fact)) {
    return dem_prover_add_certain(&b->prover, c->near.fact, &out->step);
  }
  return c->near.state == DEM_NEAR_FAILED ? tell_failure(b, miss, c, out) : DEM_OK;
}

static dem_status tell_conditions(builder *b, const dem_miss *miss, dem_missed_rule *out)
{
  const dem_miss_condition *const from = dem_misses_conditions(&b->misses, miss);
  dem_missed_condition *const conditions =
      DEM_ARENA_ARRAY(&b->out->arena, dem_missed_condition, miss->condition_count);
  DEM_TRY_MEMORY(conditions);
  for (size_t i = 0; i < miss->condition_count; ++i) {
    DEM_TRY(tell_condition(b, miss, &from[i], &conditions[i]));
  }
  out->conditions = conditions;
  out->condition_count = miss->condition_count;
  return DEM_OK;
}

// Rules -------------------------------------------------------------------------------------------

static dem_status tell_rule(builder *b, const dem_miss *miss, dem_missed_rule *out)
{
  const dem_rule *const rule = &b->model->rules[miss->rule];
  const dem_want *const want = &DEM_VECTOR_AT(&b->misses.wants, dem_want, miss->want);
  const int64_t date = dem_program_plan(b->in->program)->date;
  dem_wording *const words = &b->prover.words;
  *out = (dem_missed_rule){.rule = dem_wording_of(dem_symbols_text(b->model->symbols, rule->id)),
                           .title = dem_wording_of(dem_wording_title(words, rule)),
                           .file = "",
                           .from = "",
                           .until = "",
                           .distance = miss->distance,
                           .held_count = miss->held_count,
                           .failed_count = miss->failed_count,
                           .is_cut = miss->is_cut};
  if (!dem_place_is_none(rule->place)) {
    out->file = dem_wording_of(dem_files_name(&b->model->files, rule->place.file));
    out->line = rule->place.line;
  }
  dem_phrase_partial(words, want->relation, want->mask, want->words);
  out->wanted = dem_wording_keep(words);
  if (date < rule->from) {
    out->from = dem_wording_day(words, rule->from);
  } else if (date >= rule->until) {
    out->until = dem_wording_day(words, rule->until);
  }
  if (!out->wanted || !out->from || !out->until) {
    return DEM_ERR_NO_MEMORY;
  }
  return tell_conditions(b, miss, out);
}

static dem_status tell_rules(builder *b)
{
  dem_why_not *const out = &b->out->why_not;
  const size_t count = b->misses.items.count;
  dem_missed_rule *const rules = DEM_ARENA_ARRAY(&b->out->arena, dem_missed_rule, count);
  DEM_TRY_MEMORY(rules);
  for (size_t i = 0; i < count; ++i) {
    DEM_TRY(tell_rule(b, &DEM_VECTOR_AT(&b->misses.items, dem_miss, i), &rules[i]));
  }
  out->rules = rules;
  out->rule_count = count;
  return DEM_OK;
}

// The whole ---------------------------------------------------------------------------------------

static dem_status explain(builder *b, const dem_subject *subject)
{
  dem_why_not *const out = &b->out->why_not;
  size_t *const roots = DEM_ARENA_ARRAY(&b->out->arena, size_t, subject->goals.count);
  DEM_TRY_MEMORY(roots);
  DEM_TRY(dem_misses_explain(&b->misses, subject->goals.items, subject->goals.count, roots));
  dem_misses_measure(&b->misses);
  out->is_cut = b->misses.is_cut;
  DEM_TRY(tell_rules(b));
  return link_rules(b, roots, subject->goals.count, &out->roots, &out->root_count);
}

static dem_status build(builder *b, const dem_subject *subject)
{
  dem_why_not *const out = &b->out->why_not;
  dem_prover_introduce(&b->prover, &out->about);
  DEM_TRY_MEMORY(out->about.profile_for);
  DEM_TRY(dem_prover_name(&b->prover, subject, &out->about));
  out->holds = dem_subject_holds(subject, b->model, b->in->evaluation->certain);
  if (!out->holds) {
    DEM_TRY(explain(b, subject));
  }
  return dem_prover_finish(&b->prover, &out->proof, NULL);
}

dem_status dem_why_not_build(const dem_advice_input *input, const dem_subject *subject,
                             const dem_why_not **why_not_out)
{
  const dem_allocator allocator = input->allocator;
  owned_why_not *const out = allocator.resize(allocator.context, NULL, 0, sizeof *out);
  *why_not_out = NULL;
  DEM_TRY_MEMORY(out);
  *out = (owned_why_not){0};
  dem_arena_init(&out->arena, allocator);
  builder b = {.in = input, .model = dem_program_model(input->program), .out = out};
  dem_vector_init(&b.order, allocator, sizeof(size_t));
  dem_status status = dem_misses_init(&b.misses, input);
  const dem_status prover_status = dem_prover_init(&b.prover, input, &out->arena);
  status = status == DEM_OK ? prover_status : status;
  status = status == DEM_OK ? build(&b, subject) : status;
  dem_prover_clear(&b.prover);
  dem_misses_clear(&b.misses);
  dem_vector_clear(&b.order);
  if (status != DEM_OK) {
    dem_why_not_free(&out->why_not);
    return status;
  }
  *why_not_out = &out->why_not;
  return DEM_OK;
}

void dem_why_not_free(const dem_why_not *why_not)
{
  if (!why_not) {
    return;
  }
  owned_why_not *const out = (owned_why_not *)(uintptr_t)why_not;
  const dem_allocator allocator = out->arena.allocator;
  dem_arena_clear(&out->arena);
  (void)allocator.resize(allocator.context, out, sizeof *out, 0);
}
