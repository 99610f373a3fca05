// SPDX-License-Identifier: Apache-2.0

// Why something does not hold.
//
// A want is a fact that is known in part. For each rule that could conclude it the nearest match is
// found (infer/near_match); a pattern that fails there is a want of its own. Wants wait in a list
// and are there once, so that rules that need the same share its explanation.

#include "advise/why_not.h"

#include <stdlib.h>

#include "advise/proof.h"
#include "base/try.h"
#include "infer/near_match.h"

enum {
  MOST_WANTS = 400, // Chains of rules end long before; a pack that goes on is told so far.
  MOST_RECORDS = 3, // Nearly fitting records that are told of one condition.
  FAR = 1 << 20,    // The distance of what no rule concludes.
};

/// An explanation and the memory that it lies in.
typedef struct owned_why_not {
  dem_why_not why_not;
  dem_arena arena;
} owned_why_not;

typedef struct want {
  dem_goal goal;
  const dem_pattern *pattern; ///< Whose tests a conclusion must pass; NULL where the goal says all.
  size_t first_rule;          ///< Of its rules in `rules`.
  size_t rule_count;
  size_t distance; ///< Of its nearest rule.
} want;

typedef struct builder {
  const dem_advice_input *in;
  const dem_model *model;
  owned_why_not *out;
  dem_prover prover;
  dem_near_facts facts;
  dem_near_match match;
  dem_vector wants;    ///< want
  dem_vector rules;    ///< dem_missed_rule
  dem_vector wanted;   ///< By condition of all rules: index into wants, or SIZE_MAX.
  dem_vector blockers; ///< dem_fact
  dem_word *head;      ///< By variable.
} builder;

// Wants -----------------------------------------------------------------------------------

static bool is_same_want(const dem_model *model, const want *w, const dem_goal *goal,
                         const dem_pattern *pattern)
{
  if (w->goal.relation != goal->relation || w->goal.mask != goal->mask || w->pattern != pattern) {
    return false;
  }
  for (uint32_t i = 0; i < model->relations[goal->relation].field_count; ++i) {
    if (goal->mask >> i & 1 && w->goal.words[i] != goal->words[i]) {
      return false;
    }
  }
  return true;
}

static dem_status add_want(builder *b, const dem_goal *goal, const dem_pattern *pattern,
                           size_t *want_out)
{
  for (size_t i = 0; i < b->wants.count; ++i) {
    if (is_same_want(b->model, &DEM_VECTOR_AT(&b->wants, want, i), goal, pattern)) {
      *want_out = i;
      return DEM_OK;
    }
  }
  *want_out = SIZE_MAX;
  if (b->wants.count >= MOST_WANTS) {
    b->out->why_not.is_cut = true;
    return DEM_OK;
  }
  const want w = {.goal = *goal, .pattern = pattern, .distance = FAR};
  *want_out = b->wants.count;
  return dem_vector_add(&b->wants, &w) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

/// Whether a pattern asks for more than a goal can say.
static bool has_further_tests(const dem_pattern *pattern)
{
  for (uint32_t i = 0; i < pattern->term_count; ++i) {
    const dem_term *const term = &pattern->terms[i];
    const bool is_constant = term->test_count == 1 && term->tests[0].kind == DEM_TEST_IN &&
                             term->tests[0].word_count == 1;
    if (term->test_count > 0 && !is_constant) {
      return true;
    }
  }
  return false;
}

/// What a pattern asks for with the values at hand.
static dem_goal goal_of(const builder *b, const dem_pattern *pattern)
{
  dem_goal goal = {.relation = pattern->relation};
  const dem_word *const values = b->match.values.items;
  for (uint32_t i = 0; i < pattern->term_count; ++i) {
    const dem_term *const term = &pattern->terms[i];
    dem_word word = term->variable == DEM_NONE ? DEM_ABSENT : values[term->variable];
    if (word == DEM_ABSENT && term->test_count > 0 && term->tests[0].kind == DEM_TEST_IN &&
        term->tests[0].word_count == 1) {
      word = term->tests[0].words[0];
    }
    if (word != DEM_ABSENT) {
      goal.mask |= UINT64_C(1) << term->field;
      goal.words[term->field] = word;
    }
  }
  return goal;
}

static bool passes(const dem_term *term, dem_word word)
{
  for (uint32_t j = 0; j < term->test_count; ++j) {
    bool is_among = false;
    for (uint32_t k = 0; k < term->tests[j].word_count; ++k) {
      is_among = is_among || term->tests[j].words[k] == word;
    }
    if ((term->tests[j].kind == DEM_TEST_IN && !is_among) ||
        (term->tests[j].kind == DEM_TEST_NOT_IN && is_among)) {
      return false;
    }
  }
  return true;
}

static bool is_tested(const dem_pattern *pattern, uint32_t field, dem_word word)
{
  for (uint32_t i = 0; pattern && i < pattern->term_count; ++i) {
    if (pattern->terms[i].field == field && !passes(&pattern->terms[i], word)) {
      return false;
    }
  }
  return true;
}

/// Whether a conclusion could be what is wanted; fills in what that says of the rule's variables.
static bool unify(builder *b, const dem_rule *rule, const dem_conclusion *conclusion, const want *w)
{
  if (conclusion->relation != w->goal.relation) {
    return false;
  }
  for (uint32_t i = 0; i < rule->variable_count; ++i) {
    b->head[i] = DEM_ABSENT;
  }
  for (uint32_t i = 0; i < b->model->relations[conclusion->relation].field_count; ++i) {
    const dem_output *const output = &conclusion->outputs[i];
    const bool is_wanted = w->goal.mask >> i & 1;
    if (output->kind == DEM_OUTPUT_WORD) {
      if ((is_wanted && output->word != w->goal.words[i]) ||
          !is_tested(w->pattern, i, output->word)) {
        return false;
      }
    } else if (output->kind == DEM_OUTPUT_VARIABLE && is_wanted) {
      if (b->head[output->variable] != DEM_ABSENT &&
          b->head[output->variable] != w->goal.words[i]) {
        return false;
      }
      b->head[output->variable] = w->goal.words[i];
    }
  }
  return true;
}

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

/// Whether a row that differs in this field alone says something of what is wanted: not when it
/// is about somebody else.
static bool is_told_apart(const builder *b, uint32_t relation, uint32_t field)
{
  const dem_relation *const r = &b->model->relations[relation];
  return field != r->key && r->fields[field].type.kind != DEM_TYPE_REFERENCE;
}

/// What a pattern asks of rows, by column. Those that tell whom a row is about come first: with
/// them nearly all rows are done.
typedef struct column_checks {
  uint32_t count;
  uint32_t identity_count;
  struct {
    const dem_term *term; ///< Names the column; its tests must pass.
    bool is_wanted;       ///< It must be `word`.
    dem_word word;
  } items[DEM_MAX_FIELDS];
} column_checks;

static void add_checks(const builder *b, const dem_goal *goal, const dem_pattern *pattern,
                       bool is_identity, column_checks *checks)
{
  for (uint32_t i = 0; i < pattern->term_count; ++i) {
    const dem_term *const term = &pattern->terms[i];
    if (is_told_apart(b, pattern->relation, term->field) != is_identity) {
      checks->items[checks->count].term = term;
      checks->items[checks->count].is_wanted = goal->mask >> term->field & 1;
      checks->items[checks->count++].word = goal->words[term->field];
    }
  }
}

static void list_checks(const builder *b, const dem_goal *goal, const dem_pattern *pattern,
                        column_checks *checks)
{
  checks->count = 0;
  add_checks(b, goal, pattern, true, checks);
  checks->identity_count = checks->count;
  add_checks(b, goal, pattern, false, checks);
}

enum { MISFIT = 2 }; // As many as this, or more, or one by which the row is about somebody else.

/// How many columns of a row do not fit, up to MISFIT; the last such.
static uint32_t misfits(const column_checks *checks, const dem_word *row, uint32_t *field_out)
{
  uint32_t count = 0;
  for (uint32_t i = 0; i < checks->count && count < MISFIT; ++i) {
    const uint32_t field = checks->items[i].term->field;
    if ((checks->items[i].is_wanted && row[field] != checks->items[i].word) ||
        !passes(checks->items[i].term, row[field])) {
      *field_out = field;
      count = i < checks->identity_count ? MISFIT : count + 1;
    }
  }
  return count;
}

static dem_status add_record(builder *b, const dem_pattern *pattern, const dem_word *row,
                             const dem_given *given, dem_record_state state, uint32_t field,
                             dem_missed_record *out)
{
  dem_wording *const words = &b->prover.words;
  const dem_relation *const r = &b->model->relations[pattern->relation];
  dem_phrase_fact(words, pattern->relation, row);
  *out = (dem_missed_record){
      .state = state, .text = dem_wording_keep(words), .differs = "", .differs_name = ""};
  if (state == DEM_RECORD_OTHER) {
    out->differs = dem_wording_of(dem_symbols_text(b->model->symbols, r->fields[field].name));
    dem_phrase_field(words, &r->fields[field]);
    out->differs_name = dem_wording_keep(words);
    DEM_TRY_MEMORY(out->differs_name);
  }
  DEM_TRY_MEMORY(out->text);
  return take_record(b, given, &out->record);
}

/// Given facts that are near, in their order: the first few.
typedef struct near_givens {
  size_t count;
  size_t rows[MOST_RECORDS];
  uint32_t fields[MOST_RECORDS]; ///< What differs.
} near_givens;

static void note_given(near_givens *near, size_t row, uint32_t field)
{
  if (near->count < MOST_RECORDS) {
    near->rows[near->count] = row;
    near->fields[near->count++] = field;
  }
}

static const dem_given *given_of(const builder *b, uint32_t relation, size_t row)
{
  const uint32_t number = DEM_VECTOR_AT(&b->model->facts[relation].givens, uint32_t, row);
  return &DEM_VECTOR_AT(&b->model->givens, dem_given, number);
}

static const dem_word *row_of(const builder *b, uint32_t relation, size_t row)
{
  const size_t width = b->model->relations[relation].field_count;
  return (const dem_word *)b->model->facts[relation].words.items + row * width;
}

/// @param undated  Receives what fits, but is not in force; @param other  what is, but for a field.
static void look_through_givens(const builder *b, const dem_goal *goal, const dem_pattern *pattern,
                                near_givens *undated, near_givens *other)
{
  const uint32_t relation = pattern->relation;
  const size_t count = b->model->facts[relation].givens.count;
  const int64_t date = dem_program_plan(b->in->program)->date;
  column_checks checks;
  list_checks(b, goal, pattern, &checks);
  for (size_t i = 0; i < count && undated->count < MOST_RECORDS; ++i) {
    uint32_t field = 0;
    const uint32_t wrong = misfits(&checks, row_of(b, relation, i), &field);
    if (wrong == MISFIT) {
      continue;
    }
    const dem_given *const g = given_of(b, relation, i);
    const bool is_in_force = g->from <= date && date < g->until;
    if (!is_in_force && wrong == 0) {
      note_given(undated, i, field);
    } else if (is_in_force && wrong == 1 && pattern->term_count > 1) {
      note_given(other, i, field);
    }
  }
}

/// Facts of the kb that would satisfy a failed pattern on another day, else those that fit but for
/// one field. Where hardly anything is known of what is wanted, nothing is near.
static dem_status find_records(builder *b, const dem_pattern *pattern, dem_missed_condition *out)
{
  const dem_goal goal = goal_of(b, pattern);
  const int64_t date = dem_program_plan(b->in->program)->date;
  near_givens undated = {0};
  near_givens other = {0};
  if (goal.mask) {
    look_through_givens(b, &goal, pattern, &undated, &other);
  }
  const near_givens *const near = undated.count ? &undated : &other;
  dem_missed_record *const records =
      DEM_ARENA_ARRAY(&b->out->arena, dem_missed_record, near->count);
  DEM_TRY_MEMORY(records);
  for (size_t i = 0; i < near->count; ++i) {
    const dem_given *const g = given_of(b, pattern->relation, near->rows[i]);
    const dem_record_state state = near == &other   ? DEM_RECORD_OTHER
                                   : date < g->from ? DEM_RECORD_NOT_YET
                                                    : DEM_RECORD_ENDED;
    DEM_TRY(add_record(b, pattern, row_of(b, pattern->relation, near->rows[i]), g, state,
                       near->fields[i], &records[i]));
  }
  out->records = records;
  out->record_count = near->count;
  return DEM_OK;
}

// Questions -----------------------------------------------------------------------------------

/// The question whose answer would give what a failed pattern asks for.
static dem_status find_question(builder *b, const dem_pattern *pattern, dem_missed_condition *out)
{
  const dem_goal goal = goal_of(b, pattern);
  for (uint32_t i = 0; i < b->model->question_count; ++i) {
    const dem_question *const q = &b->model->questions[i];
    for (uint32_t j = 0; j < q->gives_count; ++j) {
      const dem_conclusion *const c = &q->gives[j];
      bool fits = c->relation == goal.relation;
      dem_word answer = DEM_ABSENT;
      for (uint32_t k = 0; fits && k < b->model->relations[c->relation].field_count; ++k) {
        if (!(goal.mask >> k & 1)) {
          continue;
        }
        if (c->outputs[k].kind == DEM_OUTPUT_VARIABLE) {
          answer = goal.words[k];
        } else {
          fits = c->outputs[k].word == goal.words[k];
        }
      }
      if (fits) {
        out->field = dem_wording_of(dem_symbols_text(b->model->symbols, q->field));
        out->ask = dem_wording_ask(&b->prover.words, (uint32_t)(q - b->model->questions));
        out->answer = dem_wording_label(&b->prover.words, &q->type, answer);
        return out->answer ? DEM_OK : DEM_ERR_NO_MEMORY;
      }
    }
  }
  return DEM_OK;
}

// Conditions --------------------------------------------------------------------------------------

static dem_status find_blockers(builder *b, uint32_t rule, const dem_condition *condition,
                                dem_missed_condition *out)
{
  dem_vector_reset(&b->blockers);
  DEM_TRY(
      dem_near_blockers(&b->facts, rule, &condition->negated, b->match.values.items, &b->blockers));
  size_t *const steps = DEM_ARENA_ARRAY(&b->out->arena, size_t, b->blockers.count);
  DEM_TRY_MEMORY(steps);
  for (size_t i = 0; i < b->blockers.count; ++i) {
    DEM_TRY(dem_prover_add(&b->prover, DEM_VECTOR_AT(&b->blockers, dem_fact, i), &steps[i]));
  }
  out->blockers = steps;
  out->blocker_count = b->blockers.count;
  return DEM_OK;
}

static bool is_derived(const builder *b, uint32_t relation)
{
  for (uint32_t i = 0; i < b->model->rule_count; ++i) {
    const dem_rule *const rule = &b->model->rules[i];
    for (uint32_t j = 0; !rule->is_hidden && j < rule->conclusion_count; ++j) {
      if (rule->conclusions[j].relation == relation) {
        return true;
      }
    }
  }
  return false;
}

static dem_status explain_failure(builder *b, uint32_t rule, const dem_condition *condition,
                                  dem_missed_condition *out, size_t *want_out)
{
  if (condition->kind == DEM_CONDITION_NOT) {
    return find_blockers(b, rule, condition, out);
  }
  if (condition->kind != DEM_CONDITION_PATTERN) {
    return DEM_OK;
  }
  const dem_relation *const r = &b->model->relations[condition->pattern.relation];
  const dem_goal named = goal_of(b, &condition->pattern);
  out->is_identity = r->key != DEM_NONE && named.mask >> r->key & 1;
  DEM_TRY(find_records(b, &condition->pattern, out));
  DEM_TRY(find_question(b, &condition->pattern, out));
  if (!is_derived(b, condition->pattern.relation)) {
    return DEM_OK;
  }
  const dem_goal goal = goal_of(b, &condition->pattern);
  const bool is_tested_too = has_further_tests(&condition->pattern);
  return add_want(b, &goal, is_tested_too ? &condition->pattern : NULL, want_out);
}

static dem_status fill_condition(builder *b, uint32_t rule, const dem_near_condition *near,
                                 dem_missed_condition *out)
{
  static const dem_missed_state states[] = {DEM_MISSED_HELD, DEM_MISSED_FAILED, DEM_MISSED_UNSEEN};
  const dem_phrase_binding binding = {.rule = &b->model->rules[rule],
                                      .values = b->match.values.items};
  const dem_condition *const condition = near->condition;
  size_t wanted = SIZE_MAX;
  *out = (dem_missed_condition){.state = states[near->state],
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
  if (near->state == DEM_NEAR_HELD && !dem_fact_is_none(near->fact)) {
    DEM_TRY(dem_prover_add_certain(&b->prover, near->fact, &out->step));
  } else if (near->state == DEM_NEAR_FAILED) {
    DEM_TRY(explain_failure(b, rule, condition, out, &wanted));
  }
  return dem_vector_add(&b->wanted, &wanted) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

/// Those that held, then those that failed, then the rest.
static dem_status fill_conditions(builder *b, uint32_t rule, dem_missed_rule *out)
{
  const size_t count = b->match.conditions.count;
  dem_missed_condition *const conditions =
      DEM_ARENA_ARRAY(&b->out->arena, dem_missed_condition, count);
  DEM_TRY_MEMORY(conditions);
  size_t filled = 0;
  for (int state = DEM_NEAR_HELD; state <= (int)DEM_NEAR_UNSEEN; ++state) {
    for (size_t i = 0; i < count; ++i) {
      const dem_near_condition near = DEM_VECTOR_AT(&b->match.conditions, dem_near_condition, i);
      if ((int)near.state == state) {
        DEM_TRY(fill_condition(b, rule, &near, &conditions[filled++]));
      }
    }
  }
  out->conditions = conditions;
  out->condition_count = count;
  return DEM_OK;
}

// Rules -------------------------------------------------------------------------------------------

static dem_status add_rule(builder *b, uint32_t number, const dem_goal *goal)
{
  const dem_rule *const rule = &b->model->rules[number];
  const int64_t date = dem_program_plan(b->in->program)->date;
  dem_wording *const words = &b->prover.words;
  dem_missed_rule out = {.rule = dem_wording_of(dem_symbols_text(b->model->symbols, rule->id)),
                         .title = dem_wording_of(dem_wording_title(words, rule)),
                         .file = "",
                         .from = "",
                         .until = ""};
  if (!dem_place_is_none(rule->place)) {
    out.file = dem_wording_of(dem_files_name(&b->model->files, rule->place.file));
    out.line = rule->place.line;
  }
  dem_phrase_partial(words, goal->relation, goal->mask, goal->words);
  out.wanted = dem_wording_keep(words);
  if (date < rule->from) {
    out.from = dem_wording_day(words, rule->from);
  } else if (date >= rule->until) {
    out.until = dem_wording_day(words, rule->until);
  }
  DEM_TRY_MEMORY(out.wanted);
  DEM_TRY(dem_near_find(&b->facts, number, b->head, &b->match));
  out.held_count = b->match.held;
  out.failed_count = b->match.failed;
  out.is_cut = b->match.is_cut;
  DEM_TRY(fill_conditions(b, number, &out));
  return dem_vector_add(&b->rules, &out) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_status look_for(builder *b, size_t number)
{
  want w = DEM_VECTOR_AT(&b->wants, want, number); // Wants move when one is added.
  w.first_rule = b->rules.count;
  for (uint32_t i = 0; i < b->model->rule_count; ++i) {
    const dem_rule *const rule = &b->model->rules[i];
    bool is_done = rule->is_hidden;
    for (uint32_t j = 0; !is_done && j < rule->conclusion_count; ++j) {
      if (unify(b, rule, &rule->conclusions[j], &w)) {
        DEM_TRY(add_rule(b, i, &w.goal));
        is_done = true; // One conclusion that could be it is enough.
      }
    }
  }
  w.rule_count = b->rules.count - w.first_rule;
  DEM_VECTOR_AT(&b->wants, want, number) = w;
  return DEM_OK;
}

// Distances ---------------------------------------------------------------------------------------

/// How far away it is that one failed condition holds: an answer, an exception or a day are near;
/// what would have to be on record and is not, is far. What rules conclude is as far as the nearest
/// of them.
static size_t condition_distance(const builder *b, const dem_missed_condition *c, size_t wanted)
{
  enum { NEAR = 1, COMPARED = 2, UNRECORDED = 4, OTHERWISE = 8 };
  const want *const w = wanted == SIZE_MAX ? NULL : &DEM_VECTOR_AT(&b->wants, want, wanted);
  const bool is_dated = c->record_count > 0 && c->records[0].state != DEM_RECORD_OTHER;
  const bool is_asked = c->ask[0] && c->answer[0];
  size_t distance = is_asked || c->blocker_count > 0 || is_dated ? NEAR
                    : c->is_comparison || c->ask[0]              ? COMPARED
                    : c->is_identity                             ? OTHERWISE
                                                                 : UNRECORDED;
  if (w && w->rule_count > 0) {
    distance = is_asked && w->distance > NEAR ? NEAR : w->distance;
  }
  return distance;
}

/// Distances depend on one another, even round in a circle: they are lowered until none changes.
static void measure(builder *b)
{
  for (size_t i = 0; i < b->rules.count; ++i) {
    DEM_VECTOR_AT(&b->rules, dem_missed_rule, i).distance = FAR;
  }
  for (bool has_changed = true; has_changed;) {
    has_changed = false;
    size_t condition = 0;
    for (size_t i = 0; i < b->rules.count; ++i) {
      dem_missed_rule *const rule = &DEM_VECTOR_AT(&b->rules, dem_missed_rule, i);
      size_t distance = rule->from[0] || rule->until[0];
      for (size_t j = 0; j < rule->condition_count; ++j, ++condition) {
        if (rule->conditions[j].state == DEM_MISSED_FAILED) {
          distance += condition_distance(b, &rule->conditions[j],
                                         DEM_VECTOR_AT(&b->wanted, size_t, condition));
        }
      }
      if (distance < rule->distance) {
        rule->distance = distance;
        has_changed = true;
      }
    }
    for (size_t i = 0; i < b->wants.count; ++i) {
      want *const w = &DEM_VECTOR_AT(&b->wants, want, i);
      for (size_t j = 0; j < w->rule_count; ++j) {
        const size_t distance =
            DEM_VECTOR_AT(&b->rules, dem_missed_rule, w->first_rule + j).distance;
        w->distance = distance < w->distance ? distance : w->distance;
      }
    }
  }
}

// Order -------------------------------------------------------------------------------------------

typedef struct ranked_rule {
  const dem_missed_rule *rule;
  size_t number;
} ranked_rule;

static int compare_numbers(size_t a, size_t b)
{
  return (a > b) - (a < b);
}

static int compare_rules(const void *left, const void *right)
{
  const ranked_rule *const a = left;
  const ranked_rule *const b = right;
  int order = compare_numbers(a->rule->distance, b->rule->distance);
  order = order ? order : compare_numbers(a->rule->failed_count, b->rule->failed_count);
  order = order ? order : compare_numbers(b->rule->held_count, a->rule->held_count);
  order = order ? order : strcmp(a->rule->rule, b->rule->rule);
  return order ? order : compare_numbers(a->number, b->number);
}

/// The rules of some wants, nearest first.
static dem_status rank(builder *b, const size_t *wants, size_t count, const size_t **rules_out,
                       size_t *count_out)
{
  size_t total = 0;
  for (size_t i = 0; i < count; ++i) {
    total += DEM_VECTOR_AT(&b->wants, want, wants[i]).rule_count;
  }
  ranked_rule *const ranked = DEM_ARENA_ARRAY(&b->out->arena, ranked_rule, total);
  size_t *const numbers = DEM_ARENA_ARRAY(&b->out->arena, size_t, total);
  DEM_TRY_MEMORY(ranked);
  DEM_TRY_MEMORY(numbers);
  size_t filled = 0;
  for (size_t i = 0; i < count; ++i) {
    const want *const w = &DEM_VECTOR_AT(&b->wants, want, wants[i]);
    for (size_t j = 0; j < w->rule_count; ++j) {
      const size_t number = w->first_rule + j;
      ranked[filled++] = (ranked_rule){&DEM_VECTOR_AT(&b->rules, dem_missed_rule, number), number};
    }
  }
  if (filled) {
    qsort(ranked, filled, sizeof *ranked, compare_rules);
  }
  for (size_t i = 0; i < filled; ++i) {
    numbers[i] = ranked[i].number;
  }
  *rules_out = numbers;
  *count_out = filled;
  return DEM_OK;
}

/// Say with each failed condition which rules could have concluded it.
static dem_status link_rules(builder *b)
{
  size_t condition = 0;
  for (size_t i = 0; i < b->rules.count; ++i) {
    const dem_missed_rule *const rule = &DEM_VECTOR_AT(&b->rules, dem_missed_rule, i);
    dem_missed_condition *const conditions = (dem_missed_condition *)(uintptr_t)rule->conditions;
    for (size_t j = 0; j < rule->condition_count; ++j, ++condition) {
      const size_t wanted = DEM_VECTOR_AT(&b->wanted, size_t, condition);
      if (wanted != SIZE_MAX) {
        DEM_TRY(rank(b, &wanted, 1, &conditions[j].rules, &conditions[j].rule_count));
      }
    }
  }
  return DEM_OK;
}

// The whole ---------------------------------------------------------------------------------------

static bool holds(const builder *b, const dem_subject *subject)
{
  const dem_facts *const facts = b->in->evaluation->certain;
  for (size_t i = 0; i < subject->goals.count; ++i) {
    const dem_goal *const goal = &DEM_VECTOR_AT(&subject->goals, dem_goal, i);
    const uint32_t count = dem_facts_count(facts, goal->relation);
    for (uint32_t j = 0; j < count; ++j) {
      if (dem_goal_fits(b->model, goal,
                        dem_facts_row(facts, dem_facts_at(facts, goal->relation, j)))) {
        return true;
      }
    }
  }
  return false;
}

static dem_status explain(builder *b, const dem_subject *subject)
{
  dem_why_not *const out = &b->out->why_not;
  size_t *const roots = DEM_ARENA_ARRAY(&b->out->arena, size_t, subject->goals.count);
  DEM_TRY_MEMORY(roots);
  for (size_t i = 0; i < subject->goals.count; ++i) {
    DEM_TRY(add_want(b, &DEM_VECTOR_AT(&subject->goals, dem_goal, i), NULL, &roots[i]));
  }
  const size_t root_count = b->wants.count;
  for (size_t i = 0; i < b->wants.count; ++i) {
    DEM_TRY(look_for(b, i));
  }
  measure(b);
  for (size_t i = 0; i < root_count; ++i) {
    roots[i] = i; // The first wants, each once.
  }
  DEM_TRY(rank(b, roots, root_count, &out->roots, &out->root_count));
  return link_rules(b);
}

static dem_status build(builder *b, const dem_subject *subject)
{
  dem_why_not *const out = &b->out->why_not;
  dem_prover_introduce(&b->prover, &out->about);
  DEM_TRY_MEMORY(out->about.profile_for);
  DEM_TRY(dem_prover_name(&b->prover, subject, &out->about));
  b->head = DEM_ARENA_ARRAY(&b->out->arena, dem_word, dem_wording_most_variables(b->model));
  DEM_TRY_MEMORY(b->head);
  out->holds = holds(b, subject);
  if (!out->holds) {
    DEM_TRY(explain(b, subject));
  }
  dem_missed_rule *const rules = DEM_ARENA_ARRAY(&b->out->arena, dem_missed_rule, b->rules.count);
  DEM_TRY_MEMORY(rules);
  for (size_t i = 0; i < b->rules.count; ++i) {
    rules[i] = DEM_VECTOR_AT(&b->rules, dem_missed_rule, i);
  }
  out->rules = rules;
  out->rule_count = b->rules.count;
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
  builder b = {.in = input,
               .model = dem_program_model(input->program),
               .out = out,
               .facts = {input->program, input->evaluation->certain,
                         dem_evaluation_facts(input->evaluation)}};
  dem_near_match_init(&b.match, allocator);
  dem_vector_init(&b.wants, allocator, sizeof(want));
  dem_vector_init(&b.rules, allocator, sizeof(dem_missed_rule));
  dem_vector_init(&b.wanted, allocator, sizeof(size_t));
  dem_vector_init(&b.blockers, allocator, sizeof(dem_fact));
  dem_status status = dem_prover_init(&b.prover, input, &out->arena);
  status = status == DEM_OK ? build(&b, subject) : status;
  dem_prover_clear(&b.prover);
  dem_vector_clear(&b.blockers);
  dem_vector_clear(&b.wanted);
  dem_vector_clear(&b.rules);
  dem_vector_clear(&b.wants);
  dem_near_match_clear(&b.match);
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
