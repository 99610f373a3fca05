// SPDX-License-Identifier: Apache-2.0

// Runs steps: nested loops over rows, each step calling the next for every row it finds.
//
// Rows may move while a loop runs, since what is derived may go into the table that is scanned. So
// a row is fetched by number each time round. What is new lies behind delta_end and is never met by
// the loop that derives it: that is what makes a round end.

#include "infer/matcher.h"

#include "base/hot.h"
#include "base/try.h"

enum { STEPS_BETWEEN_CHECKS = 1 << 14 };

// Rows --------------------------------------------------------------------------------

DEM_INLINE static bool accepts(dem_matcher *m, const dem_step *step, const dem_word *row)
{
  const dem_column_action *const end = step->actions + step->action_count;
  for (const dem_column_action *a = step->actions; a < end; ++a) {
    const dem_word word = row[a->column];
    bool passes = true;
    switch (a->kind) {
    case DEM_COLUMN_BIND:
      m->values[a->variable] = word;
      break;
    case DEM_COLUMN_EQUAL:
      passes = m->values[a->variable] == word;
      break;
    case DEM_COLUMN_WORD:
      passes = a->word == word;
      break;
    case DEM_COLUMN_TEST:
      passes = dem_test_passes(m, a->test, a->storage, word);
      break;
    case DEM_COLUMN_PRESENT:
      passes = word != DEM_ABSENT;
      break;
    }
    if (!passes) {
      return false;
    }
  }
  return true;
}

DEM_INLINE static bool take_row(dem_matcher *m, const dem_step *step, const dem_table *table,
                                uint32_t row, uint32_t layer, dem_finish *finish)
{
  if (++m->work % STEPS_BETWEEN_CHECKS == 0 && !dem_matcher_check_limits(m)) {
    return false;
  }
  if (dem_matcher_meets_open(m)) {
    return dem_open_row_take(m, step, table, row, layer, finish);
  }
  if (!accepts(m, step, dem_table_row(table, row))) {
    return m->status == DEM_OK;
  }
  m->rows[step->position] = row | layer;
  if (step[1].kind == DEM_STEP_FINISH && finish->kind == DEM_FINISH_DERIVE) { // As most rows end.
    return dem_match_derive(m);
  }
  return dem_steps_run(m, step + 1, finish);
}

static uint32_t first_session_row(const dem_step *step, const dem_table *table)
{
  return step->rows & DEM_ROWS_OLD ? 0 : table->delta_begin;
}

static uint32_t end_session_row(const dem_step *step, const dem_table *table)
{
  return step->rows & DEM_ROWS_DELTA ? table->delta_end : table->delta_begin;
}

DEM_NOINLINE static bool scan(dem_matcher *m, const dem_step *step, dem_finish *finish)
{
  if (step->rows & DEM_ROWS_BASE) {
    const dem_table *const table = &m->facts->base->tables[step->relation];
    for (uint32_t row = 0; row < table->count; ++row) {
      if (!take_row(m, step, table, row, 0, finish)) {
        return false;
      }
    }
  }
  if (step->rows & DEM_ROWS_SESSION) {
    const dem_table *const table = &m->facts->tables[step->relation];
    const uint32_t end = end_session_row(step, table);
    for (uint32_t row = first_session_row(step, table); row < end; ++row) {
      if (!take_row(m, step, table, row, m->session_bit, finish)) {
        return false;
      }
    }
  }
  return true;
}

static inline void fill_key(const dem_matcher *m, const dem_step *step, dem_word *key)
{
  for (uint32_t i = 0; i < step->key_count; ++i) {
    const dem_key_part *const part = &step->key[i];
    key[i] = part->variable == DEM_NONE ? part->word : m->values[part->variable];
  }
}

static inline bool look_up_base(dem_matcher *m, const dem_step *step, const dem_word *key,
                                dem_finish *finish)
{
  const dem_table *const table = &m->facts->base->tables[step->relation];
  if (table->count == 0) {
    return true;
  }
  const dem_index *const index = &table->indexes[step->index];
  for (uint32_t row = dem_index_first(table, index, key); row != DEM_NONE;
       row = dem_index_next(index, row)) {
    if (!take_row(m, step, table, row, 0, finish)) {
      return false;
    }
  }
  return true;
}

static inline bool has_key(const dem_step *step, const dem_word *row, const dem_word *key)
{
  for (uint32_t i = 0; i < step->key_count; ++i) {
    if (row[step->key[i].column] != key[i]) {
      return false;
    }
  }
  return true;
}

/// A few rows are looked through faster than hashed.
static inline bool look_through(dem_matcher *m, const dem_step *step, const dem_word *key,
                                uint32_t first, uint32_t end, dem_finish *finish)
{
  const dem_table *const table = &m->facts->tables[step->relation];
  for (uint32_t row = first; row < end; ++row) {
    if (has_key(step, dem_table_row(table, row), key) &&
        !take_row(m, step, table, row, m->session_bit, finish)) {
      return false;
    }
  }
  return true;
}

DEM_NOINLINE static bool look_up_index(dem_matcher *m, const dem_step *step, const dem_word *key,
                                       uint32_t first, uint32_t end, dem_finish *finish)
{
  dem_table *const table = &m->facts->tables[step->relation];
  dem_index *const index = &table->indexes[step->index];
  if (index->indexed < table->delta_end) {
    m->status = dem_index_sync(table, index);
    if (m->status != DEM_OK) {
      return false;
    }
  }
  uint32_t row = dem_index_first(table, index, key);
  while (row != DEM_NONE && row >= end) { // The newest come first.
    row = dem_index_next(index, row);
  }
  for (; row != DEM_NONE && row >= first; row = dem_index_next(index, row)) {
    if (!take_row(m, step, table, row, m->session_bit, finish)) {
      return false;
    }
  }
  return true;
}

static inline bool look_up_session(dem_matcher *m, const dem_step *step, const dem_word *key,
                                   dem_finish *finish)
{
  const dem_table *const table = &m->facts->tables[step->relation];
  const uint32_t first = first_session_row(step, table);
  const uint32_t end = end_session_row(step, table);
  if (first == end) {
    return true;
  }
  return table->delta_end <= DEM_SMALL_TABLE ? look_through(m, step, key, first, end, finish)
                                             : look_up_index(m, step, key, first, end, finish);
}

DEM_NOINLINE static bool look_up(dem_matcher *m, const dem_step *step, dem_finish *finish)
{
  dem_word key[DEM_MAX_FIELDS];
  fill_key(m, step, key);
  if (dem_matcher_meets_open(m) && dem_key_is_open(m, step, key)) {
    return scan(m, step, finish);
  }
  if (step->rows & DEM_ROWS_BASE && !look_up_base(m, step, key, finish)) {
    return false;
  }
  return !(step->rows & DEM_ROWS_SESSION) || look_up_session(m, step, key, finish);
}

/// Where a row may lie: in which layer, or in neither.
static inline uint32_t find_row(const dem_matcher *m, const dem_step *step, const dem_word *key,
                                const dem_table **table_out)
{
  const dem_table *const below = &m->facts->base->tables[step->relation];
  const dem_table *const own = &m->facts->tables[step->relation];
  if (step->rows & DEM_ROWS_BASE && below->count) {
    const uint32_t row = dem_table_find(below, key);
    if (row != DEM_NONE) {
      *table_out = below;
      return row;
    }
  }
  *table_out = own;
  if (!(step->rows & DEM_ROWS_SESSION) || own->delta_end == 0) {
    return DEM_NONE;
  }
  const uint32_t row = dem_table_find(own, key);
  const bool is_seen = row >= first_session_row(step, own) && row < end_session_row(step, own);
  return is_seen ? row : DEM_NONE;
}

DEM_NOINLINE static bool find(dem_matcher *m, const dem_step *step, dem_finish *finish)
{
  dem_word key[DEM_MAX_FIELDS];
  fill_key(m, step, key);
  if (dem_matcher_meets_open(m) && dem_key_is_open(m, step, key)) {
    return scan(m, step, finish);
  }
  const dem_table *table;
  const uint32_t row = find_row(m, step, key, &table);
  const uint32_t layer = table == &m->facts->tables[step->relation] ? m->session_bit : 0;
  return row == DEM_NONE || take_row(m, step, table, row, layer, finish);
}

// Other steps -----------------------------------------------------------------------------

static bool bind_or_compare(dem_matcher *m, const dem_step *step, dem_word word)
{
  if (step->is_bound) {
    return dem_words_agree(m, m->values[step->variable], word);
  }
  m->values[step->variable] = word;
  return true;
}

static bool let_holds(dem_matcher *m, const dem_step *step)
{
  dem_word word;
  return dem_expression_evaluate(m, step->expression, &word) && bind_or_compare(m, step, word);
}

/// What is negated is looked for in the other model.
static bool not_holds(dem_matcher *m, const dem_step *step)
{
  bool is_found = false;
  dem_matcher_turn(m);
  for (uint32_t i = 0; i < step->inner.count && !is_found && m->status == DEM_OK; ++i) {
    dem_finish exists = {.kind = DEM_FINISH_EXISTS};
    (void)dem_steps_run(m, step->inner.items[i].items, &exists);
    is_found = exists.found;
  }
  dem_matcher_turn(m);
  return !is_found && m->status == DEM_OK;
}

static bool aggregate_holds(dem_matcher *m, const dem_step *step)
{
  dem_word word;
  return dem_aggregate_compute(m, step, &word) && bind_or_compare(m, step, word);
}

/// Each outcome is possible: go on with one after the other.
static bool try_outcomes(dem_matcher *m, const dem_step *step, const dem_outcomes *outcomes,
                         dem_finish *finish)
{
  const dem_word before = m->values[step->variable];
  bool goes_on = true;
  for (size_t i = 0; i < outcomes->count && goes_on; ++i) {
    const dem_word word = DEM_VECTOR_AT(&m->candidates, dem_word, outcomes->begin + i);
    m->values[step->variable] = before;
    if (bind_or_compare(m, step, word)) {
      goes_on = dem_steps_run(m, step + 1, finish);
    }
  }
  return goes_on;
}

/// What follows is certain only if it does whichever outcome it is: the guards look at all of them.
static bool weigh_outcomes(dem_matcher *m, const dem_step *step, const dem_outcomes *outcomes,
                           dem_finish *finish)
{
  if (outcomes->may_fail || step->is_bound || m->range_count == DEM_MAX_RANGES) {
    return true;
  }
  m->ranges[m->range_count++] = (dem_range){step->variable, outcomes->begin, outcomes->count};
  m->values[step->variable] = DEM_OPEN;
  const bool goes_on = dem_steps_run(m, step + 1, finish);
  --m->range_count;
  return goes_on;
}

static bool run_outcomes(dem_matcher *m, const dem_step *step, dem_finish *finish)
{
  dem_outcomes outcomes;
  const size_t begin = m->candidates.count;
  bool goes_on = dem_aggregate_outcomes(m, step, &outcomes);
  if (goes_on) {
    const bool is_settled = outcomes.count == 1 && !outcomes.may_fail;
    goes_on = m->is_possible || is_settled ? try_outcomes(m, step, &outcomes, finish)
                                           : weigh_outcomes(m, step, &outcomes, finish);
  }
  m->candidates.count = begin;
  return goes_on;
}

/// The rows that were taken, and what negations and aggregates among the steps find. As deep as
/// those are nested.
static bool add_support(dem_matcher *m, const dem_finish *finish)
{
  for (uint32_t i = 0; i < finish->steps->count; ++i) {
    const dem_step *const step = &finish->steps->items[i];
    if (step->kind <= DEM_STEP_FIND) {
      const dem_fact fact = {step->relation, m->rows[step->position]};
      if (!dem_vector_add(finish->support, &fact)) {
        m->status = DEM_ERR_NO_MEMORY;
        return false;
      }
    }
    for (uint32_t j = 0; j < step->inner.count && m->status == DEM_OK; ++j) {
      dem_finish inner = *finish;
      inner.steps = &step->inner.items[j];
      (void)dem_steps_run(m, inner.steps->items, &inner);
    }
  }
  return m->status == DEM_OK;
}

static bool add_way(dem_matcher *m, const dem_finish *finish)
{
  for (uint32_t i = 0; i < finish->aggregate->way_count; ++i) {
    m->way[i] = m->values[finish->aggregate->way[i]];
  }
  bool is_new;
  return dem_table_put(finish->ways, m->way, &is_new) != DEM_NONE;
}

static bool complete(dem_matcher *m, dem_finish *finish)
{
  switch (finish->kind) {
  case DEM_FINISH_DERIVE:
    return dem_match_derive(m);
  case DEM_FINISH_EXISTS:
    finish->found = true;
    return false;
  case DEM_FINISH_COLLECT:
    if (!add_way(m, finish)) {
      m->status = DEM_ERR_NO_MEMORY;
    }
    break;
  case DEM_FINISH_SUPPORT:
    (void)add_support(m, finish);
    break;
  }
  return m->status == DEM_OK;
}

/// Steps that take no row, up to one that does or the end.
DEM_NOINLINE static bool run_conditions(dem_matcher *m, const dem_step *step, dem_finish *finish)
{
  for (;; ++step) {
    bool holds = false;
    switch (step->kind) {
    case DEM_STEP_SCAN:
    case DEM_STEP_LOOKUP:
    case DEM_STEP_FIND:
      return dem_steps_run(m, step, finish);
    case DEM_STEP_GUARD:
      holds = dem_guard_holds(m, step->expression);
      break;
    case DEM_STEP_LET:
      holds = let_holds(m, step);
      break;
    case DEM_STEP_NOT:
      holds = not_holds(m, step);
      break;
    case DEM_STEP_AGGREGATE:
      if (m->other_facts) {
        return run_outcomes(m, step, finish);
      }
      holds = aggregate_holds(m, step);
      break;
    case DEM_STEP_FINISH:
      return complete(m, finish);
    }
    if (!holds) {
      return m->status == DEM_OK;
    }
  }
}

// Nothing but calls in the last place: a step costs no frame of its own.
bool dem_steps_run(dem_matcher *m, const dem_step *step, dem_finish *finish)
{
  switch (step->kind) {
  case DEM_STEP_SCAN:
    return scan(m, step, finish);
  case DEM_STEP_LOOKUP:
    return look_up(m, step, finish);
  case DEM_STEP_FIND:
    return find(m, step, finish);
  case DEM_STEP_GUARD:
  case DEM_STEP_LET:
  case DEM_STEP_NOT:
  case DEM_STEP_AGGREGATE:
  case DEM_STEP_FINISH:
    break;
  }
  return run_conditions(m, step, finish);
}

void dem_matcher_run(dem_matcher *m, const dem_join *join)
{
  dem_finish finish = {.kind = DEM_FINISH_DERIVE};
  m->join = join;
  m->shape = &m->facts->base->shapes[join->body];
  m->rule = &m->plan->model->rules[m->shape->rule];
  (void)dem_steps_run(m, join->steps.items, &finish);
  dem_match_flush(m);
}
