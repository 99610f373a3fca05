// SPDX-License-Identifier: Apache-2.0

// Aggregates: the distinct ways of a group, counted, summed or compared.

#include <math.h>

#include "base/checked.h"
#include "infer/matcher.h"

static bool collect(dem_matcher *m, const dem_step *step, dem_table *ways)
{
  const dem_aggregate *const aggregate = step->aggregate;
  dem_table_reset(ways);
  for (uint32_t i = 0; i < step->inner.count; ++i) {
    for (uint32_t j = 0; j < aggregate->way_count; ++j) {
      m->values[aggregate->way[j]] = DEM_ABSENT; // A branch of an `any` may leave it unbound.
    }
    dem_finish finish = {.kind = DEM_FINISH_COLLECT, .aggregate = aggregate, .ways = ways};
    if (!dem_steps_run(m, step->inner.items[i].items, &finish)) {
      return false;
    }
  }
  return true;
}

static uint32_t value_column(const dem_aggregate *aggregate)
{
  uint32_t column = 0;
  while (aggregate->way[column] != aggregate->value) {
    ++column;
  }
  return column;
}

/// Among the possible facts a mistake is no more than a value that cannot be told.
static bool fail(dem_matcher *m, const char *what, dem_word *result)
{
  if (m->is_possible) {
    *result = DEM_OPEN;
    return true;
  }
  const dem_rule *const rule = &m->plan->model->rules[m->plan->bodies[m->join->body].rule];
  m->status = dem_diagnose(m->diagnostics, DEM_DIAG_ARITHMETIC, rule->place, "%s", what);
  return false;
}

__extension__ typedef __int128 wide; // 2^32 ways of 64 bits fit: only the result can be too large.

static bool sum_integers(dem_matcher *m, const dem_table *ways, uint32_t column, dem_word *result)
{
  wide sum = 0;
  for (uint32_t i = 0; i < ways->count; ++i) {
    sum += dem_word_integer(dem_table_row(ways, i)[column]);
  }
  if (sum < INT64_MIN || sum > INT64_MAX) {
    return fail(m, "the sum does not fit into a 64-bit integer", result);
  }
  *result = dem_word_of_integer((int64_t)sum);
  return true;
}

/// Compensated, so that the order of the ways hardly matters. Source: Neumaier (1974).
static bool sum_numbers(dem_matcher *m, const dem_table *ways, uint32_t column, dem_word *result)
{
  double sum = 0;
  double lost = 0;
  for (uint32_t i = 0; i < ways->count; ++i) {
    const double value = dem_word_number(dem_table_row(ways, i)[column]);
    const double next = sum + value;
    lost += fabs(sum) >= fabs(value) ? (sum - next) + value : (value - next) + sum;
    sum = next;
  }
  if (!isfinite(sum + lost)) {
    return fail(m, "the sum is too large for a number", result);
  }
  *result = dem_word_of_number(sum + lost);
  return true;
}

static bool extreme(const dem_matcher *m, const dem_aggregate *aggregate, const dem_table *ways,
                    uint32_t column, dem_word *result)
{
  const int sign = aggregate->function == DEM_AGGREGATE_MIN ? -1 : 1;
  for (uint32_t i = 0; i < ways->count; ++i) {
    const dem_word word = dem_table_row(ways, i)[column];
    if (i == 0 || sign * dem_words_compare(m->symbols, aggregate->storage, word, *result) > 0) {
      *result = word;
    }
  }
  return ways->count > 0;
}

static bool compute(dem_matcher *m, const dem_aggregate *aggregate, const dem_table *ways,
                    dem_word *result)
{
  if (aggregate->function == DEM_AGGREGATE_COUNT) {
    *result = dem_word_of_integer(ways->count);
    return true;
  }
  const uint32_t column = value_column(aggregate);
  if (aggregate->function != DEM_AGGREGATE_SUM) {
    return extreme(m, aggregate, ways, column, result);
  }
  return aggregate->storage == DEM_STORAGE_NUMBER ? sum_numbers(m, ways, column, result)
                                                  : sum_integers(m, ways, column, result);
}

static bool collect_and_compute(dem_matcher *m, const dem_step *step, dem_word *result)
{
  dem_table *const ways = &m->scratch[step->scratch];
  return collect(m, step, ways) && compute(m, step->aggregate, ways, result);
}

// Groups ----------------------------------------------------------------------------------
//
// Many matches may be of one group, and each would collect all the ways of it: quadratic in the
// group's size. So what a group came to, or may come to, is kept until the run ends; nothing that
// an aggregate reads changes before, since it reads complete relations alone.

static dem_groups *groups_of_run(dem_matcher *m, const dem_step *step)
{
  dem_groups *const groups = &m->groups[2 * step->scratch + m->is_possible];
  if (!groups->is_made) {
    m->status =
        dem_table_init(&groups->keys, m->allocator, step->aggregate->group_count, false, NULL, 0);
    if (m->status != DEM_OK) {
      return NULL;
    }
    dem_vector_init(&groups->outcomes, m->allocator, sizeof(dem_outcomes));
    dem_vector_init(&groups->words, m->allocator, sizeof(dem_word));
    groups->is_made = true;
  }
  if (groups->run != m->run) {
    dem_table_reset(&groups->keys);
    dem_vector_reset(&groups->outcomes);
    dem_vector_reset(&groups->words);
    groups->run = m->run;
  }
  return groups;
}

static const dem_word *group_key(dem_matcher *m, const dem_aggregate *aggregate)
{
  for (uint32_t i = 0; i < aggregate->group_count; ++i) {
    m->way[i] = m->values[aggregate->group[i]];
  }
  return m->way;
}

/// What is kept of the group at hand; NULL if nothing is yet.
static const dem_outcomes *find_group(dem_matcher *m, const dem_step *step,
                                      const dem_groups *groups)
{
  const uint32_t known = dem_table_find(&groups->keys, group_key(m, step->aggregate));
  return known == DEM_NONE ? NULL : &DEM_VECTOR_AT(&groups->outcomes, dem_outcomes, known);
}

/// @param words  Of the outcomes, `count` of them.
static bool keep_group(dem_matcher *m, const dem_step *step, dem_groups *groups,
                       const dem_word *words, uint32_t count, bool may_fail)
{
  const dem_outcomes kept = {.begin = groups->words.count, .count = count, .may_fail = may_fail};
  dem_word *const copy = count ? dem_vector_extend(&groups->words, count) : NULL;
  for (uint32_t i = 0; copy && i < count; ++i) {
    copy[i] = words[i];
  }
  bool is_new;
  if ((count && !copy) ||
      dem_table_put(&groups->keys, group_key(m, step->aggregate), &is_new) == DEM_NONE ||
      !dem_vector_add(&groups->outcomes, &kept)) {
    m->status = DEM_ERR_NO_MEMORY;
  }
  return m->status == DEM_OK;
}

bool dem_aggregate_compute(dem_matcher *m, const dem_step *step, dem_word *result)
{
  if (!m->keeps_groups) {
    return collect_and_compute(m, step, result);
  }
  dem_groups *const groups = groups_of_run(m, step);
  if (!groups) {
    return false;
  }
  const dem_outcomes *const known = find_group(m, step, groups);
  if (known) {
    *result = known->count ? DEM_VECTOR_AT(&groups->words, dem_word, known->begin) : 0;
    return known->count > 0;
  }
  const bool holds = collect_and_compute(m, step, result);
  return m->status == DEM_OK && keep_group(m, step, groups, result, holds, !holds) && holds;
}

// Outcomes while questions are open ---------------------------------------------------------
//
// The ways that are certain are in any case among those that count; those that are only possible
// may be or not. So an aggregate has as many outcomes as that leaves, each of them listed up to a
// bound.

enum { MOST_OUTCOMES = 1024 };

static bool add_outcome(dem_matcher *m, dem_outcomes *outcomes, dem_word word)
{
  bool is_new;
  if (dem_table_put(&m->distinct, &word, &is_new) == DEM_NONE ||
      (is_new && !dem_vector_add(&m->candidates, &word))) {
    m->status = DEM_ERR_NO_MEMORY;
    return false;
  }
  outcomes->count += is_new;
  return true;
}

/// Nothing is known of the value.
static bool leave_open(dem_matcher *m, dem_outcomes *outcomes)
{
  m->candidates.count = outcomes->begin;
  outcomes->count = 0;
  dem_table_reset(&m->distinct);
  return add_outcome(m, outcomes, DEM_OPEN);
}

static bool has_open_way(const dem_table *ways)
{
  for (size_t i = 0; i < (size_t)ways->count * ways->width; ++i) {
    if (ways->words[i] == DEM_OPEN) {
      return true;
    }
  }
  return false;
}

static bool count_outcomes(dem_matcher *m, const dem_table *certain, const dem_table *possible,
                           dem_outcomes *outcomes)
{
  if (has_open_way(possible) || possible->count - certain->count >= MOST_OUTCOMES) {
    return leave_open(m, outcomes);
  }
  for (uint32_t n = certain->count; n <= possible->count; ++n) {
    const dem_word word = dem_word_of_integer(n);
    if (!dem_vector_add(&m->candidates, &word)) {
      m->status = DEM_ERR_NO_MEMORY;
      return false;
    }
    ++outcomes->count;
  }
  return true;
}

/// Every sum of the certain values and some of the others.
static bool sum_outcomes(dem_matcher *m, const dem_table *certain, const dem_table *possible,
                         uint32_t column, dem_outcomes *outcomes)
{
  dem_word sum;
  if (!sum_integers(m, certain, column, &sum)) {
    return m->status == DEM_OK && leave_open(m, outcomes);
  }
  bool goes_on = add_outcome(m, outcomes, sum);
  for (uint32_t row = 0; row < possible->count && goes_on; ++row) {
    const dem_word *const way = dem_table_row(possible, row);
    if (dem_table_find(certain, way) != DEM_NONE) {
      continue;
    }
    const size_t count = outcomes->count;
    for (size_t i = 0; i < count && goes_on; ++i) {
      const dem_word before = DEM_VECTOR_AT(&m->candidates, dem_word, outcomes->begin + i);
      int64_t value = 0;
      if (way[column] == DEM_OPEN || outcomes->count >= MOST_OUTCOMES ||
          dem_checked_add(dem_word_integer(before), dem_word_integer(way[column]), &value)) {
        return leave_open(m, outcomes);
      }
      goes_on = add_outcome(m, outcomes, dem_word_of_integer(value));
    }
  }
  return goes_on;
}

/// The certain extreme, and each possible value beyond it.
static bool extreme_outcomes(dem_matcher *m, const dem_aggregate *aggregate,
                             const dem_table *certain, const dem_table *possible, uint32_t column,
                             dem_outcomes *outcomes)
{
  const int sign = aggregate->function == DEM_AGGREGATE_MIN ? -1 : 1;
  dem_word sure = 0;
  const bool has_sure = extreme(m, aggregate, certain, column, &sure);
  bool goes_on = !has_sure || add_outcome(m, outcomes, sure);
  outcomes->may_fail = !has_sure;
  for (uint32_t row = 0; row < possible->count && goes_on; ++row) {
    const dem_word word = dem_table_row(possible, row)[column];
    if (word == DEM_OPEN || outcomes->count >= MOST_OUTCOMES) {
      return leave_open(m, outcomes);
    }
    if (!has_sure || sign * dem_words_compare(m->symbols, aggregate->storage, word, sure) > 0) {
      goes_on = add_outcome(m, outcomes, word);
    }
  }
  return goes_on;
}

static bool weigh(dem_matcher *m, const dem_aggregate *aggregate, const dem_table *certain,
                  const dem_table *possible, dem_outcomes *outcomes)
{
  if (aggregate->function == DEM_AGGREGATE_COUNT) {
    return count_outcomes(m, certain, possible, outcomes);
  }
  const uint32_t column = value_column(aggregate);
  if (aggregate->function != DEM_AGGREGATE_SUM) {
    return extreme_outcomes(m, aggregate, certain, possible, column, outcomes);
  }
  // Decimal sums depend in their last digits on what is summed before: no list would be exact.
  return aggregate->storage == DEM_STORAGE_NUMBER
             ? leave_open(m, outcomes)
             : sum_outcomes(m, certain, possible, column, outcomes);
}

static bool work_out_outcomes(dem_matcher *m, const dem_step *step, dem_outcomes *outcomes)
{
  dem_table *const own = &m->scratch[step->scratch];
  if (!collect(m, step, own)) {
    return false;
  }
  dem_matcher_turn(m);
  dem_table *const other = &m->scratch[step->scratch];
  const bool is_collected = collect(m, step, other);
  dem_matcher_turn(m);
  if (!is_collected) {
    return false;
  }
  const dem_table *const certain = m->is_possible ? other : own;
  const dem_table *const possible = m->is_possible ? own : other;
  dem_table_reset(&m->distinct);
  if (certain->count < possible->count || has_open_way(possible)) {
    return weigh(m, step->aggregate, certain, possible, outcomes);
  }
  dem_word word;
  if (compute(m, step->aggregate, certain, &word)) {
    return add_outcome(m, outcomes, word);
  }
  outcomes->may_fail = m->status == DEM_OK;
  return m->status == DEM_OK;
}

/// Guards inside the aggregate look at all that an uncertain variable of the group may be, which
/// the group's key does not tell.
static bool is_told_by_key(const dem_matcher *m, const dem_aggregate *aggregate)
{
  for (uint32_t i = 0; i < aggregate->group_count; ++i) {
    for (uint32_t j = 0; j < m->range_count; ++j) {
      if (m->ranges[j].variable == aggregate->group[i]) {
        return false;
      }
    }
  }
  return true;
}

static bool recall_outcomes(dem_matcher *m, const dem_groups *groups, const dem_outcomes *kept,
                            dem_outcomes *outcomes)
{
  dem_word *const words = kept->count ? dem_vector_extend(&m->candidates, kept->count) : NULL;
  if (kept->count && !words) {
    m->status = DEM_ERR_NO_MEMORY;
    return false;
  }
  for (size_t i = 0; i < kept->count; ++i) {
    words[i] = DEM_VECTOR_AT(&groups->words, dem_word, kept->begin + i);
  }
  outcomes->count = kept->count;
  outcomes->may_fail = kept->may_fail;
  return true;
}

bool dem_aggregate_outcomes(dem_matcher *m, const dem_step *step, dem_outcomes *outcomes)
{
  *outcomes = (dem_outcomes){.begin = m->candidates.count};
  if (!m->keeps_groups || !is_told_by_key(m, step->aggregate)) {
    return work_out_outcomes(m, step, outcomes);
  }
  dem_groups *const groups = groups_of_run(m, step);
  const dem_outcomes *const kept = groups ? find_group(m, step, groups) : NULL;
  if (kept) {
    return recall_outcomes(m, groups, kept, outcomes);
  }
  if (!groups || !work_out_outcomes(m, step, outcomes)) {
    return false;
  }
  const dem_word *const words =
      outcomes->count ? &DEM_VECTOR_AT(&m->candidates, dem_word, outcomes->begin) : NULL;
  return keep_group(m, step, groups, words, (uint32_t)outcomes->count, outcomes->may_fail);
}
