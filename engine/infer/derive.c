// SPDX-License-Identifier: Apache-2.0

// A match → the rule's conclusions, each with the better of its justifications.

#include "infer/matcher.h"

static uint32_t height_of(const dem_matcher *m, uint32_t relation, uint32_t row)
{
  const dem_table *const table = (row & DEM_SESSION_ROW) == m->session_bit
                                     ? &m->facts->tables[relation]
                                     : &m->facts->base->tables[relation];
  return table->is_justified ? table->heights[row & ~DEM_SESSION_ROW] : 0;
}

/// 1 + the highest fact of the match.
static uint32_t match_height(const dem_matcher *m, const dem_body_shape *shape)
{
  uint32_t highest = 0;
  for (uint32_t i = 0; i < shape->pattern_count; ++i) {
    const uint32_t height = height_of(m, shape->relations[i], m->rows[i]);
    highest = height > highest ? height : highest;
  }
  return highest + 1;
}

/// Is the match a better reason than the one noted? Lower, else by the smaller rule and
/// body, else by the smaller facts.
static bool is_better(const dem_matcher *m, const dem_table *table, uint32_t row, uint32_t height,
                      const dem_body_shape *shape)
{
  if (height != table->heights[row]) {
    return height < table->heights[row];
  }
  const uint32_t *const proof = table->proofs + table->reasons[row];
  if (proof[0] != m->join->body) {
    return m->join->body < proof[0];
  }
  for (uint32_t i = 0; i < shape->pattern_count; ++i) {
    if (m->rows[i] != proof[i + 1]) {
      return m->rows[i] < proof[i + 1];
    }
  }
  return false;
}

static bool derive(dem_matcher *m, uint32_t relation, const dem_word *words)
{
  bool is_new = false;
  bool has_failed = false;
  const uint32_t row = dem_facts_put(m->facts, relation, words, &is_new, &has_failed);
  if (has_failed) {
    m->status = DEM_ERR_NO_MEMORY;
    return false;
  }
  dem_table *const table = &m->facts->tables[relation];
  if (row == DEM_NONE || (!is_new && row < table->delta_end)) {
    return true; // Known, and its reason is final: heights are taken in order.
  }
  const dem_body_shape *const shape = &m->facts->base->shapes[m->join->body];
  const uint32_t height = match_height(m, shape);
  if (!is_new && !is_better(m, table, row, height, shape)) {
    return true;
  }
  m->status = dem_table_justify(table, row, height, m->join->body, m->rows, shape->pattern_count);
  return m->status == DEM_OK;
}

static bool fill_outputs(dem_matcher *m, const dem_conclusion *conclusion, uint32_t width,
                         dem_word *words)
{
  for (uint32_t i = 0; i < width; ++i) {
    const dem_output *const output = &conclusion->outputs[i];
    switch (output->kind) {
    case DEM_OUTPUT_WORD:
      words[i] = output->word;
      break;
    case DEM_OUTPUT_VARIABLE:
      words[i] = m->values[output->variable];
      break;
    case DEM_OUTPUT_EXPRESSION:
      if (!dem_expression_evaluate(m, output->expression, &words[i])) {
        return false;
      }
      break;
    }
  }
  return true;
}

bool dem_match_derive(dem_matcher *m)
{
  const dem_model *const model = m->plan->model;
  const dem_rule *const rule = &model->rules[m->plan->bodies[m->join->body].rule];
  for (uint32_t i = 0; i < rule->conclusion_count; ++i) {
    const dem_conclusion *const conclusion = &rule->conclusions[i];
    dem_word words[DEM_MAX_FIELDS];
    if (!fill_outputs(m, conclusion, model->relations[conclusion->relation].field_count, words) ||
        !derive(m, conclusion->relation, words)) {
      return false;
    }
  }
  return true;
}
