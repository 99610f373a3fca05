// SPDX-License-Identifier: Apache-2.0

// A match → the rule's conclusions, each with the better of its justifications.

#include "infer/matcher.h"

#include "base/hot.h"

/// 1 + the highest fact of the match.
static inline uint32_t match_height(const dem_matcher *m, const uint32_t *rows)
{
  const dem_body_shape *const shape = m->shape;
  const dem_table *const own = m->facts->tables;
  const dem_table *const below = m->session_bit ? m->facts->base->tables : own;
  uint32_t highest = 0;
  for (uint32_t i = 0; i < shape->pattern_count; ++i) {
    const dem_table *const tables = rows[i] & DEM_SESSION_ROW ? own : below;
    const dem_reason *const reasons = tables[shape->relations[i]].reasons;
    const uint32_t height = reasons[rows[i] & ~DEM_SESSION_ROW].height;
    highest = height > highest ? height : highest;
  }
  return highest + 1;
}

/// Is the match a better reason than the one noted? Lower, else by the smaller rule and
/// body, else by the smaller facts.
static bool is_better(const dem_table *table, uint32_t row, uint32_t height, uint32_t body,
                      const uint32_t *rows, uint32_t count)
{
  if (height != table->reasons[row].height) {
    return height < table->reasons[row].height;
  }
  const uint32_t *const proof = table->proofs + table->reasons[row].begin;
  if (proof[0] != body) {
    return body < proof[0];
  }
  for (uint32_t i = 0; i < count; ++i) {
    if (rows[i] != proof[i + 1]) {
      return rows[i] < proof[i + 1];
    }
  }
  return false;
}

/// The fact was in the table before: note why, unless what is noted is better.
DEM_NOINLINE static bool justify_again(dem_matcher *m, dem_table *table, uint32_t row,
                                       const uint32_t *rows)
{
  const uint32_t body = m->join->body;
  const uint32_t height = match_height(m, rows);
  if (!is_better(table, row, height, body, rows, m->shape->pattern_count)) {
    return true;
  }
  m->status = dem_table_justify(table, row, height, body, rows, m->shape->pattern_count);
  return m->status == DEM_OK;
}

static inline bool justify(dem_matcher *m, dem_table *table, uint32_t row, bool is_new,
                           const uint32_t *rows)
{
  if (is_new) {
    const uint32_t height = match_height(m, rows);
    m->status =
        dem_table_justify_new(table, row, height, m->join->body, rows, m->shape->pattern_count);
    return m->status == DEM_OK;
  }
  // Of rows that are seen the reason is final: heights are taken in order.
  return row < table->delta_end || justify_again(m, table, row, rows);
}

/// All ways to derive a fact are noted, where somebody wants to know. In a stratum that goes round,
/// rows are sorted by height as they wait for their round: they are noted by their words.
DEM_NOINLINE static bool note_derivation(dem_matcher *m, uint32_t relation, const dem_word *words,
                                         uint32_t row)
{
  const uint32_t body = m->join->body;
  const bool moves = m->plan->strata[m->plan->body_stratum[body]].is_recursive &&
                     row >= m->facts->tables[relation].delta_end;
  const dem_fact fact = {relation, moves ? DEM_NONE : row | m->session_bit};
  if (moves) {
    m->status = dem_derivations_add_words(m->derivations, words, m->facts->tables[relation].width);
  }
  if (m->status == DEM_OK) {
    m->status = dem_derivations_add(m->derivations, fact, body, m->rows, m->shape->pattern_count);
  }
  return m->status == DEM_OK;
}

static inline bool derive(dem_matcher *m, uint32_t relation, const dem_word *words)
{
  bool is_new = false;
  bool has_failed = false;
  const uint32_t row = dem_facts_put(m->facts, relation, words, &is_new, &has_failed);
  if (has_failed) {
    m->status = DEM_ERR_NO_MEMORY;
    return false;
  }
  if (m->derivations && row != DEM_NONE && !note_derivation(m, relation, words, row)) {
    return false;
  }
  return row == DEM_NONE || justify(m, &m->facts->tables[relation], row, is_new, m->rows);
}

// The queue ---------------------------------------------------------------------------
//
// A table that is larger than the caches answers after a hundred nanoseconds. So its conclusions
// wait a while in a queue, in their order: first the slot is fetched, halfway the row that it
// names. Nothing reads a table while its stratum's join runs beyond delta_end, so that waiting
// changes no result. A queue is empty again when its join is done.

static bool derive_oldest(dem_matcher *m)
{
  const dem_waiting *const w = &m->queue[m->queue_begin];
  dem_table *const table = &m->facts->tables[w->relation];
  m->queue_begin = (m->queue_begin + 1) % DEM_QUEUE_SIZE;
  --m->queue_count;
  bool is_new = false;
  const uint32_t row = dem_table_put_hashed(table, w->words, w->hash, &is_new);
  if (row == DEM_NONE) {
    m->status = DEM_ERR_NO_MEMORY;
    return false;
  }
  m->facts->fact_count += is_new;
  return justify(m, table, row, is_new, w->rows);
}

DEM_FLATTEN DEM_NOINLINE static bool enqueue(dem_matcher *m, uint32_t relation,
                                             const dem_word *words)
{
  const dem_table *const table = &m->facts->tables[relation];
  if (m->queue_count == DEM_QUEUE_SIZE && !derive_oldest(m)) {
    return false;
  }
  dem_waiting *const w = &m->queue[(m->queue_begin + m->queue_count++) % DEM_QUEUE_SIZE];
  w->relation = relation;
  w->hash = dem_table_hash(table, words);
  for (uint32_t i = 0; i < table->width; ++i) {
    w->words[i] = words[i];
  }
  for (uint32_t i = 0; i < m->shape->pattern_count; ++i) {
    w->rows[i] = m->rows[i];
  }
  dem_table_prefetch_slot(table, w->hash);
  if (m->queue_count > DEM_QUEUE_HALF) {
    const dem_waiting *const half =
        &m->queue[(m->queue_begin + m->queue_count - DEM_QUEUE_HALF) % DEM_QUEUE_SIZE];
    dem_table_prefetch_row(&m->facts->tables[half->relation], half->hash);
  }
  return true;
}

void dem_match_flush(dem_matcher *m)
{
  while (m->queue_count > 0 && m->status == DEM_OK) {
    (void)derive_oldest(m);
  }
  m->queue_count = 0;
}

// Conclusions ---------------------------------------------------------------------------

static inline bool fill_outputs(dem_matcher *m, const dem_conclusion *conclusion, uint32_t width,
                                dem_word *words)
{
  const dem_output *output = conclusion->outputs;
  for (uint32_t i = 0; i < width; ++i, ++output) {
    if (output->kind == DEM_OUTPUT_VARIABLE) {
      words[i] = m->values[output->variable];
    } else if (output->kind == DEM_OUTPUT_WORD) {
      words[i] = output->word;
    } else if (!dem_expression_evaluate(m, output->expression, &words[i])) {
      return false;
    }
  }
  return true;
}

/// A conclusion that would be this or that is not certain.
DEM_NOINLINE static bool is_uncertain(const dem_matcher *m, const dem_word *words, uint32_t width)
{
  bool is_open = false;
  for (uint32_t i = 0; !m->is_possible && i < width; ++i) {
    is_open = is_open || words[i] == DEM_OPEN;
  }
  return is_open;
}

static inline bool conclude(dem_matcher *m, const dem_conclusion *conclusion)
{
  const uint32_t relation = conclusion->relation;
  const dem_table *const table = &m->facts->tables[relation];
  dem_word words[DEM_MAX_FIELDS];
  if (!fill_outputs(m, conclusion, table->width, words)) {
    return false;
  }
  if (m->other_facts && is_uncertain(m, words, table->width)) {
    return true;
  }
  if (dem_table_is_large(table) && !m->other_facts && m->facts->base->tables[relation].count == 0) {
    return enqueue(m, relation, words);
  }
  return derive(m, relation, words);
}

DEM_FLATTEN bool dem_match_derive(dem_matcher *m)
{
  const dem_rule *const rule = m->rule;
  for (uint32_t i = 0; i < rule->conclusion_count; ++i) {
    if (!conclude(m, &rule->conclusions[i])) {
      return false;
    }
  }
  return true;
}
