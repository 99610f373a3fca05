// SPDX-License-Identifier: Apache-2.0

// Why something does not hold, before it is put in words.
//
// A want is a fact that is known in part. For each rule that could conclude it the nearest match is
// found (infer/near_match); a pattern that fails there is a want of its own. Wants wait in a list
// and are there once, so that rules that need the same share its explanation.

#include "advise/misses.h"

#include <stdlib.h>

#include "advise/wording.h"
#include "base/try.h"

enum {
  MOST_WANTS = 400, // Chains of rules end long before; a pack that goes on is told so far.
  NEAR = 1,         // The distance of an answer, an exception or a day.
  FAR = 1 << 20,    // The distance of what no rule concludes.
};

// Wants -----------------------------------------------------------------------------------

static bool is_same_want(const dem_model *model, const dem_want *w, const dem_goal *goal,
                         const dem_pattern *pattern)
{
  if (w->mask != goal->mask || w->pattern != pattern) {
    return false;
  }
  for (uint32_t i = 0; i < model->relations[goal->relation].field_count; ++i) {
    if (goal->mask >> i & 1 && w->words[i] != goal->words[i]) {
      return false;
    }
  }
  return true;
}

static dem_status add_want(dem_misses *m, const dem_goal *goal, const dem_pattern *pattern,
                           size_t *want_out)
{
  size_t *const last = &m->last_want[goal->relation];
  for (size_t i = *last; i != 0; i = DEM_VECTOR_AT(&m->wants, dem_want, i - 1).before) {
    if (is_same_want(m->model, &DEM_VECTOR_AT(&m->wants, dem_want, i - 1), goal, pattern)) {
      *want_out = i - 1;
      return DEM_OK;
    }
  }
  *want_out = SIZE_MAX;
  if (m->wants.count >= m->most_wants) {
    m->is_cut = true;
    return DEM_OK;
  }
  const uint32_t width = m->model->relations[goal->relation].field_count;
  dem_word *const words = DEM_ARENA_ARRAY(&m->arena, dem_word, width);
  DEM_TRY_MEMORY(words);
  for (uint32_t i = 0; i < width; ++i) {
    words[i] = goal->words[i];
  }
  const dem_want w = {.relation = goal->relation,
                      .mask = goal->mask,
                      .words = words,
                      .pattern = pattern,
                      .before = *last,
                      .distance = FAR};
  *want_out = m->wants.count;
  *last = m->wants.count + 1;
  return dem_vector_add(&m->wants, &w) ? DEM_OK : DEM_ERR_NO_MEMORY;
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
static bool unify(dem_misses *m, const dem_rule *rule, const dem_conclusion *conclusion,
                  const dem_want *w)
{
  if (conclusion->relation != w->relation) {
    return false;
  }
  for (uint32_t i = 0; i < rule->variable_count; ++i) {
    m->head[i] = DEM_ABSENT;
  }
  for (uint32_t i = 0; i < m->model->relations[conclusion->relation].field_count; ++i) {
    const dem_output *const output = &conclusion->outputs[i];
    const bool is_wanted = w->mask >> i & 1;
    if (output->kind == DEM_OUTPUT_WORD) {
      if ((is_wanted && output->word != w->words[i]) || !is_tested(w->pattern, i, output->word)) {
        return false;
      }
    } else if (output->kind == DEM_OUTPUT_VARIABLE && is_wanted) {
      if (m->head[output->variable] != DEM_ABSENT && m->head[output->variable] != w->words[i]) {
        return false;
      }
      m->head[output->variable] = w->words[i];
    }
  }
  return true;
}

// Records that nearly fit -------------------------------------------------------------------

/// Whether a row that differs in this field alone says something of what is wanted: not when it
/// is about somebody else.
static bool is_told_apart(const dem_misses *m, uint32_t relation, uint32_t field)
{
  const dem_relation *const r = &m->model->relations[relation];
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

static void add_checks(const dem_misses *m, const dem_goal *goal, const dem_pattern *pattern,
                       bool is_identity, column_checks *checks)
{
  for (uint32_t i = 0; i < pattern->term_count; ++i) {
    const dem_term *const term = &pattern->terms[i];
    if (is_told_apart(m, pattern->relation, term->field) != is_identity) {
      checks->items[checks->count].term = term;
      checks->items[checks->count].is_wanted = goal->mask >> term->field & 1;
      checks->items[checks->count++].word = goal->words[term->field];
    }
  }
}

static void list_checks(const dem_misses *m, const dem_goal *goal, const dem_pattern *pattern,
                        column_checks *checks)
{
  checks->count = 0;
  add_checks(m, goal, pattern, true, checks);
  checks->identity_count = checks->count;
  add_checks(m, goal, pattern, false, checks);
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

static void note_record(dem_miss_records *records, size_t row, uint32_t field)
{
  if (records->count < DEM_MISS_MOST_RECORDS) {
    records->rows[records->count] = row;
    records->fields[records->count++] = field;
  }
}

const dem_given *dem_misses_record_given(const dem_misses *m, uint32_t relation, size_t row)
{
  const uint32_t number = DEM_VECTOR_AT(&m->model->facts[relation].givens, uint32_t, row);
  return &DEM_VECTOR_AT(&m->model->givens, dem_given, number);
}

const dem_word *dem_misses_record_row(const dem_misses *m, uint32_t relation, size_t row)
{
  const size_t width = m->model->relations[relation].field_count;
  return (const dem_word *)m->model->facts[relation].words.items + row * width;
}

dem_record_state dem_misses_record_state(const dem_misses *m, const dem_miss_records *records,
                                         const dem_given *given)
{
  return !records->is_dated                                     ? DEM_RECORD_OTHER
         : dem_program_plan(m->in->program)->date < given->from ? DEM_RECORD_NOT_YET
                                                                : DEM_RECORD_ENDED;
}

/// Those that fit, but are not in force.
static void find_dated(const dem_misses *m, uint32_t relation, const column_checks *checks,
                       dem_miss_records *records)
{
  uint32_t count;
  uint32_t field = 0;
  const uint32_t *const idle = dem_facts_idle(m->facts.certain, relation, &count);
  for (uint32_t i = 0; i < count; ++i) {
    if (misfits(checks, dem_misses_record_row(m, relation, idle[i]), &field) == 0) {
      note_record(records, idle[i], field);
    }
  }
}

/// Those that are in force and fit but for one field.
static void find_other(const dem_misses *m, uint32_t relation, const column_checks *checks,
                       dem_miss_records *records)
{
  const size_t count = m->model->facts[relation].givens.count;
  const int64_t date = dem_program_plan(m->in->program)->date;
  for (size_t i = 0; i < count && records->count < DEM_MISS_MOST_RECORDS; ++i) {
    uint32_t field = 0;
    if (misfits(checks, dem_misses_record_row(m, relation, i), &field) == 1) {
      const dem_given *const g = dem_misses_record_given(m, relation, i);
      if (g->from <= date && date < g->until) {
        note_record(records, i, field);
      }
    }
  }
}

static dem_miss_records find_records(const dem_misses *m, const dem_goal *goal,
                                     const dem_pattern *pattern, bool is_dated)
{
  dem_miss_records records = {.is_dated = is_dated};
  column_checks checks;
  list_checks(m, goal, pattern, &checks);
  if (is_dated) {
    find_dated(m, pattern->relation, &checks, &records);
  } else if (pattern->term_count > 1) {
    find_other(m, pattern->relation, &checks, &records);
  }
  return records;
}

/// Whether a condition could have records at all: a pattern that failed. Where hardly anything is
/// known of what is wanted, nothing is near.
static bool may_have_records(const dem_misses *m, const dem_miss *miss, const dem_miss_condition *c,
                             dem_goal *goal_out)
{
  if (c->near.state != DEM_NEAR_FAILED || c->near.condition->kind != DEM_CONDITION_PATTERN) {
    return false;
  }
  *goal_out = dem_goal_of(dem_misses_values(m, miss), &c->near.condition->pattern);
  return goal_out->mask != 0;
}

dem_miss_records dem_misses_records(const dem_misses *m, const dem_miss *miss,
                                    const dem_miss_condition *c)
{
  dem_goal goal;
  if (!may_have_records(m, miss, c, &goal)) {
    return (dem_miss_records){0};
  }
  const dem_miss_records dated = find_records(m, &goal, &c->near.condition->pattern, true);
  return dated.count ? dated : find_records(m, &goal, &c->near.condition->pattern, false);
}

// Questions -----------------------------------------------------------------------------------

/// The question whose answer would give what a failed pattern asks for.
static void find_question(const dem_misses *m, const dem_goal *goal, dem_miss_condition *out)
{
  for (uint32_t i = 0; i < m->model->question_count; ++i) {
    const dem_question *const q = &m->model->questions[i];
    for (uint32_t j = 0; j < q->gives_count; ++j) {
      const dem_conclusion *const c = &q->gives[j];
      bool fits = c->relation == goal->relation;
      dem_word answer = DEM_ABSENT;
      for (uint32_t k = 0; fits && k < m->model->relations[c->relation].field_count; ++k) {
        if (!(goal->mask >> k & 1)) {
          continue;
        }
        if (c->outputs[k].kind == DEM_OUTPUT_VARIABLE) {
          answer = goal->words[k];
        } else {
          fits = c->outputs[k].word == goal->words[k];
        }
      }
      if (fits) {
        out->question = i;
        out->answer = answer;
        return;
      }
    }
  }
}

// Conditions --------------------------------------------------------------------------------------

static bool is_derived(const dem_misses *m, uint32_t relation)
{
  return m->first_of[relation] < m->first_of[relation + 1];
}

static dem_status find_blockers(dem_misses *m, uint32_t rule, dem_miss_condition *out)
{
  out->first_blocker = m->blockers.count;
  DEM_TRY(dem_near_blockers(&m->facts, rule, &out->near.condition->negated, m->match.values.items,
                            &m->blockers));
  out->blocker_count = m->blockers.count - out->first_blocker;
  return DEM_OK;
}

static dem_status explain_failure(dem_misses *m, uint32_t rule, dem_miss_condition *out)
{
  const dem_condition *const condition = out->near.condition;
  if (condition->kind == DEM_CONDITION_NOT) {
    return find_blockers(m, rule, out);
  }
  if (condition->kind != DEM_CONDITION_PATTERN) {
    return DEM_OK;
  }
  const dem_pattern *const pattern = &condition->pattern;
  const dem_relation *const r = &m->model->relations[pattern->relation];
  const dem_goal goal = dem_goal_of(m->match.values.items, pattern);
  out->is_identity = r->key != DEM_NONE && goal.mask >> r->key & 1;
  find_question(m, &goal, out);
  return is_derived(m, pattern->relation)
             ? add_want(m, &goal, has_further_tests(pattern) ? pattern : NULL, &out->want)
             : DEM_OK;
}

/// Those that held, then those that failed, then the rest.
static dem_status add_conditions(dem_misses *m, uint32_t rule)
{
  for (int state = DEM_NEAR_HELD; state <= (int)DEM_NEAR_UNSEEN; ++state) {
    for (size_t i = 0; i < m->match.conditions.count; ++i) {
      dem_miss_condition c = {.near = DEM_VECTOR_AT(&m->match.conditions, dem_near_condition, i),
                              .question = DEM_NONE,
                              .answer = DEM_ABSENT,
                              .want = SIZE_MAX};
      if ((int)c.near.state != state) {
        continue;
      }
      if (state == DEM_NEAR_FAILED) {
        DEM_TRY(explain_failure(m, rule, &c));
      }
      if (!dem_vector_add(&m->conditions, &c)) {
        return DEM_ERR_NO_MEMORY;
      }
    }
  }
  return DEM_OK;
}

// Rules -------------------------------------------------------------------------------------------

static dem_status add_miss(dem_misses *m, uint32_t rule, size_t want)
{
  DEM_TRY(dem_near_find(&m->facts, rule, m->head, &m->match));
  const dem_miss miss = {.rule = rule,
                         .want = want,
                         .first_condition = m->conditions.count,
                         .condition_count = m->match.conditions.count,
                         .first_value = m->values.count,
                         .held_count = m->match.held,
                         .failed_count = m->match.failed,
                         .is_cut = m->match.is_cut};
  const size_t value_count = m->match.values.count;
  dem_word *const values = dem_vector_extend(&m->values, value_count);
  if ((value_count && !values) || !dem_vector_add(&m->items, &miss)) {
    return DEM_ERR_NO_MEMORY;
  }
  for (size_t i = 0; i < value_count; ++i) {
    values[i] = DEM_VECTOR_AT(&m->match.values, dem_word, i);
  }
  return add_conditions(m, rule);
}

static dem_status look_for(dem_misses *m, size_t number)
{
  const dem_want w = DEM_VECTOR_AT(&m->wants, dem_want, number); // They move when one is added.
  const size_t first = m->items.count;
  const uint32_t relation = w.relation;
  for (uint32_t i = m->first_of[relation]; i < m->first_of[relation + 1]; ++i) {
    const dem_rule *const rule = &m->model->rules[m->concluding[i]];
    bool is_done = false;
    for (uint32_t j = 0; !is_done && j < rule->conclusion_count; ++j) {
      if (unify(m, rule, &rule->conclusions[j], &w)) {
        DEM_TRY(add_miss(m, m->concluding[i], number));
        is_done = true; // One conclusion that could be it is enough.
      }
    }
  }
  dem_want *const place = &DEM_VECTOR_AT(&m->wants, dem_want, number);
  place->first_miss = first;
  place->miss_count = m->items.count - first;
  return DEM_OK;
}

dem_status dem_misses_explain(dem_misses *m, const dem_goal *goals, size_t count, size_t *wants_out)
{
  m->most_wants = m->wants.count + MOST_WANTS;
  for (size_t i = 0; i < count; ++i) {
    DEM_TRY(add_want(m, &goals[i], NULL, &wants_out[i]));
  }
  for (; m->explained < m->wants.count; ++m->explained) {
    DEM_TRY(look_for(m, m->explained));
  }
  return DEM_OK;
}

dem_miss_condition *dem_misses_conditions(const dem_misses *m, const dem_miss *miss)
{
  return (dem_miss_condition *)m->conditions.items + miss->first_condition;
}

const dem_word *dem_misses_values(const dem_misses *m, const dem_miss *miss)
{
  return (const dem_word *)m->values.items + miss->first_value;
}

// Distances ---------------------------------------------------------------------------------------

/// Whether a record would satisfy a failed pattern on another day.
static bool is_dated(const dem_misses *m, const dem_miss *miss, const dem_miss_condition *c)
{
  dem_goal goal;
  uint32_t idle = 0;
  if (c->near.condition->kind == DEM_CONDITION_PATTERN) {
    (void)dem_facts_idle(m->facts.certain, c->near.condition->pattern.relation, &idle);
  }
  return idle > 0 && may_have_records(m, miss, c, &goal) &&
         find_records(m, &goal, &c->near.condition->pattern, true).count > 0;
}

static bool is_asked_for(const dem_misses *m, const dem_miss_condition *c)
{
  return c->question != DEM_NONE && m->model->questions[c->question].ask.size > 0;
}

/// How far away it is that one failed condition holds, which no rule could have concluded: an
/// answer, an exception or a day are near; what would have to be on record and is not, is far.
static size_t distance_alone(const dem_misses *m, const dem_miss *miss, const dem_miss_condition *c)
{
  enum { COMPARED = 2, UNRECORDED = 4, OTHERWISE = 8 };
  const dem_condition_kind kind = c->near.condition->kind;
  const bool is_asked = is_asked_for(m, c);
  if ((is_asked && c->answer != DEM_ABSENT) || c->blocker_count > 0 || is_dated(m, miss, c)) {
    return NEAR;
  }
  return kind == DEM_CONDITION_WHERE || kind == DEM_CONDITION_LET || is_asked ? COMPARED
         : c->is_identity                                                     ? OTHERWISE
                                                                              : UNRECORDED;
}

/// What rules conclude is as far as the nearest of them, unless an answer would give it, too.
static size_t condition_distance(const dem_misses *m, const dem_miss *miss, dem_miss_condition *c)
{
  const dem_want *const w =
      c->want == SIZE_MAX ? NULL : &DEM_VECTOR_AT(&m->wants, dem_want, c->want);
  if (w && w->miss_count > 0) {
    return is_asked_for(m, c) && c->answer != DEM_ABSENT && w->distance > NEAR ? NEAR : w->distance;
  }
  if (c->distance == 0) {
    c->distance = distance_alone(m, miss, c);
  }
  return c->distance;
}

/// Whether a rule is in force on the day of the advice.
static bool is_rule_in_force(const dem_misses *m, const dem_rule *rule)
{
  const int64_t date = dem_program_plan(m->in->program)->date;
  return rule->from <= date && date < rule->until;
}

static size_t miss_distance(const dem_misses *m, const dem_miss *miss)
{
  dem_miss_condition *const conditions = dem_misses_conditions(m, miss);
  size_t distance = is_rule_in_force(m, &m->model->rules[miss->rule]) ? 0 : 1;
  for (size_t i = 0; i < miss->condition_count; ++i) {
    if (conditions[i].near.state == DEM_NEAR_FAILED) {
      distance += condition_distance(m, miss, &conditions[i]);
    }
  }
  return distance;
}

// Distances depend on one another, even round in a circle: they are lowered until none changes.
void dem_misses_measure(dem_misses *m)
{
  for (size_t i = 0; i < m->items.count; ++i) {
    DEM_VECTOR_AT(&m->items, dem_miss, i).distance = FAR;
  }
  for (bool has_changed = true; has_changed;) {
    has_changed = false;
    for (size_t i = 0; i < m->items.count; ++i) {
      dem_miss *const miss = &DEM_VECTOR_AT(&m->items, dem_miss, i);
      const size_t distance = miss_distance(m, miss);
      if (distance < miss->distance) {
        miss->distance = distance;
        has_changed = true;
      }
    }
    for (size_t i = 0; i < m->wants.count; ++i) {
      dem_want *const w = &DEM_VECTOR_AT(&m->wants, dem_want, i);
      for (size_t j = 0; j < w->miss_count; ++j) {
        const size_t distance = DEM_VECTOR_AT(&m->items, dem_miss, w->first_miss + j).distance;
        w->distance = distance < w->distance ? distance : w->distance;
      }
    }
  }
}

// Order -------------------------------------------------------------------------------------------

typedef struct ranked_miss {
  const dem_miss *miss;
  dem_slice id; ///< Of its rule.
  size_t position;
} ranked_miss;

static int compare_numbers(size_t a, size_t b)
{
  return (a > b) - (a < b);
}

static int compare_misses(const void *left, const void *right)
{
  const ranked_miss *const a = left;
  const ranked_miss *const b = right;
  int order = compare_numbers(a->miss->distance, b->miss->distance);
  order = order ? order : compare_numbers(a->miss->failed_count, b->miss->failed_count);
  order = order ? order : compare_numbers(b->miss->held_count, a->miss->held_count);
  order = order ? order : dem_slice_compare(a->id, b->id);
  return order ? order : compare_numbers(a->position, b->position);
}

static ranked_miss rank(const dem_misses *m, const dem_miss *miss, size_t position)
{
  const dem_symbol id = m->model->rules[miss->rule].id;
  return (ranked_miss){miss, dem_symbols_text(m->model->symbols, id), position};
}

const dem_miss *dem_misses_nearest(const dem_misses *m, size_t want)
{
  const dem_want *const w = &DEM_VECTOR_AT(&m->wants, dem_want, want);
  ranked_miss nearest = {0};
  for (size_t i = 0; i < w->miss_count; ++i) {
    const ranked_miss one = rank(m, &DEM_VECTOR_AT(&m->items, dem_miss, w->first_miss + i), i);
    if (i == 0 || compare_misses(&one, &nearest) < 0) {
      nearest = one;
    }
  }
  return nearest.miss;
}

static dem_status list_ranked(const dem_misses *m, const size_t *wants, size_t count,
                              dem_vector *ranked)
{
  for (size_t i = 0; i < count; ++i) {
    const dem_want *const w =
        wants[i] == SIZE_MAX ? NULL : &DEM_VECTOR_AT(&m->wants, dem_want, wants[i]);
    for (size_t j = 0; w && j < w->miss_count; ++j) {
      const dem_miss *const miss = &DEM_VECTOR_AT(&m->items, dem_miss, w->first_miss + j);
      const ranked_miss one = rank(m, miss, ranked->count);
      if (!dem_vector_add(ranked, &one)) {
        return DEM_ERR_NO_MEMORY;
      }
    }
  }
  return DEM_OK;
}

dem_status dem_misses_rank(const dem_misses *m, const size_t *wants, size_t count,
                           dem_vector *order_out)
{
  dem_vector ranked;
  dem_vector_init(&ranked, m->in->allocator, sizeof(ranked_miss));
  dem_vector_reset(order_out);
  dem_status status = list_ranked(m, wants, count, &ranked);
  if (status == DEM_OK && ranked.count > 0) {
    qsort(ranked.items, ranked.count, sizeof(ranked_miss), compare_misses);
  }
  for (size_t i = 0; status == DEM_OK && i < ranked.count; ++i) {
    const dem_miss *const miss = DEM_VECTOR_AT(&ranked, ranked_miss, i).miss;
    const size_t number = (size_t)(miss - (const dem_miss *)m->items.items);
    status = dem_vector_add(order_out, &number) ? DEM_OK : DEM_ERR_NO_MEMORY;
  }
  dem_vector_clear(&ranked);
  return status;
}

// The whole ---------------------------------------------------------------------------------------

static bool has_concluded_before(const dem_rule *rule, uint32_t conclusion)
{
  for (uint32_t i = 0; i < conclusion; ++i) {
    if (rule->conclusions[i].relation == rule->conclusions[conclusion].relation) {
      return true;
    }
  }
  return false;
}

/// Count the rules of each relation, or list them where their place is known.
static void go_through_rules(dem_misses *m, uint32_t *next)
{
  for (uint32_t i = 0; i < m->model->rule_count; ++i) {
    const dem_rule *const rule = &m->model->rules[i];
    for (uint32_t j = 0; !rule->is_hidden && j < rule->conclusion_count; ++j) {
      if (!has_concluded_before(rule, j)) {
        const uint32_t place = next[rule->conclusions[j].relation]++;
        if (m->concluding) {
          m->concluding[place] = i;
        }
      }
    }
  }
}

/// Rules by the relations that they conclude.
static dem_status list_rules(dem_misses *m)
{
  const uint32_t count = m->model->relation_count;
  uint32_t *const next = DEM_ARENA_ARRAY(&m->arena, uint32_t, count);
  m->first_of = DEM_ARENA_ARRAY(&m->arena, uint32_t, (size_t)count + 1);
  DEM_TRY_MEMORY(next);
  DEM_TRY_MEMORY(m->first_of);
  go_through_rules(m, next);
  for (uint32_t i = 0; i < count; ++i) {
    m->first_of[i + 1] = m->first_of[i] + next[i];
    next[i] = m->first_of[i];
  }
  m->concluding = DEM_ARENA_ARRAY(&m->arena, uint32_t, m->first_of[count]);
  DEM_TRY_MEMORY(m->concluding);
  go_through_rules(m, next);
  return DEM_OK;
}

dem_status dem_misses_init(dem_misses *m, const dem_advice_input *input)
{
  *m = (dem_misses){.in = input,
                    .model = dem_program_model(input->program),
                    .facts = {input->program, input->evaluation->certain,
                              dem_evaluation_facts(input->evaluation)}};
  dem_arena_init(&m->arena, input->allocator);
  dem_near_match_init(&m->match, input->allocator);
  dem_vector_init(&m->wants, input->allocator, sizeof(dem_want));
  dem_vector_init(&m->items, input->allocator, sizeof(dem_miss));
  dem_vector_init(&m->conditions, input->allocator, sizeof(dem_miss_condition));
  dem_vector_init(&m->values, input->allocator, sizeof(dem_word));
  dem_vector_init(&m->blockers, input->allocator, sizeof(dem_fact));
  m->last_want = DEM_ARENA_ARRAY(&m->arena, size_t, m->model->relation_count);
  DEM_TRY_MEMORY(m->last_want);
  DEM_TRY(list_rules(m));
  m->head = DEM_ARENA_ARRAY(&m->arena, dem_word, dem_wording_most_variables(m->model));
  return m->head ? DEM_OK : DEM_ERR_NO_MEMORY;
}

void dem_misses_clear(dem_misses *m)
{
  dem_vector_clear(&m->blockers);
  dem_vector_clear(&m->values);
  dem_vector_clear(&m->conditions);
  dem_vector_clear(&m->items);
  dem_vector_clear(&m->wants);
  dem_near_match_clear(&m->match);
  dem_arena_clear(&m->arena);
}
