// SPDX-License-Identifier: Apache-2.0

// Aggregates: the distinct ways of a group, counted, summed or compared.

#include <math.h>

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

static bool fail(dem_matcher *m, const char *what)
{
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
    return fail(m, "the sum does not fit into a 64-bit integer");
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
    return fail(m, "the sum is too large for a number");
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

bool dem_aggregate_compute(dem_matcher *m, const dem_step *step, dem_word *result)
{
  const dem_aggregate *const aggregate = step->aggregate;
  dem_table *const ways = &m->scratch[step->scratch];
  if (!collect(m, step, ways)) {
    return false;
  }
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
