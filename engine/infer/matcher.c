// SPDX-License-Identifier: Apache-2.0

// One thread's memory for matching, got once and kept from session to session.

#include "infer/matcher.h"

#include "base/clock.h"
#include "base/try.h"

static void *get(dem_allocator allocator, size_t count, size_t size)
{
  // At least one element: NULL is for want of memory.
  return allocator.resize(allocator.context, NULL, 0, (count ? count : 1) * size);
}

static void give_back(dem_allocator allocator, void *memory, size_t count, size_t size)
{
  if (memory) {
    (void)allocator.resize(allocator.context, memory, (count ? count : 1) * size, 0);
  }
}

static size_t widest_relation(const dem_model *model)
{
  size_t widest = 1;
  for (uint32_t i = 0; i < model->relation_count; ++i) {
    const size_t width = model->relations[i].field_count;
    widest = width > widest ? width : widest;
  }
  return widest;
}

/// Each place of the queue has its share of the two arrays.
static void share_out_queue(dem_matcher *m)
{
  const size_t width = m->word_count / DEM_QUEUE_SIZE;
  for (size_t i = 0; m->queue_words && m->queue_rows && i < DEM_QUEUE_SIZE; ++i) {
    m->queue[i].words = m->queue_words + i * width;
    m->queue[i].rows = m->queue_rows + i * m->position_count;
  }
}

static size_t most_variables(const dem_model *model)
{
  size_t most = 0;
  for (uint32_t i = 0; i < model->rule_count; ++i) {
    const size_t count = model->rules[i].variable_count;
    most = count > most ? count : most;
  }
  return most;
}

dem_status dem_matcher_init(dem_matcher *m, dem_allocator allocator, const dem_plan *plan,
                            const dem_phase *phase, dem_facts *facts, dem_symbols *symbols)
{
  *m = (dem_matcher){.allocator = allocator,
                     .plan = plan,
                     .phase = phase,
                     .facts = facts,
                     .symbols = symbols,
                     .value_count = most_variables(plan->model),
                     .position_count = phase->position_count,
                     .word_count = widest_relation(plan->model) * DEM_QUEUE_SIZE,
                     .session_bit = phase == &plan->kb ? 0 : DEM_SESSION_ROW};
  dem_buffer_init(&m->text, allocator);
  dem_vector_init(&m->candidates, allocator, sizeof(dem_word));
  dem_vector_init(&m->found, allocator, sizeof(dem_fact));
  (void)dem_table_init(&m->distinct, allocator, 1, false, NULL, 0);
  (void)dem_table_init(&m->told, allocator, 1, false, NULL, 0);
  m->values = get(allocator, m->value_count, sizeof *m->values);
  m->way = get(allocator, m->value_count, sizeof *m->way);
  m->rows = get(allocator, m->position_count, sizeof *m->rows);
  m->queue_words = get(allocator, m->word_count, sizeof *m->queue_words);
  m->queue_rows = get(allocator, m->position_count * DEM_QUEUE_SIZE, sizeof *m->queue_rows);
  share_out_queue(m);
  m->scratch = get(allocator, phase->scratch_count, sizeof *m->scratch);
  m->groups = get(allocator, 2 * phase->scratch_count, sizeof *m->groups);
  for (uint32_t i = 0; m->groups && i < 2 * phase->scratch_count; ++i) {
    m->groups[i] = (dem_groups){0};
  }
  m->regex = dem_regex_matcher_new(allocator);
  for (uint32_t i = 0; m->scratch && i < phase->scratch_count; ++i) {
    (void)dem_table_init(&m->scratch[i], allocator, phase->scratch_widths[i], false, NULL, 0);
  }
  if (!m->values || !m->way || !m->rows || !m->queue_words || !m->queue_rows || !m->scratch ||
      !m->groups || !m->regex) {
    dem_matcher_clear(m);
    return DEM_ERR_NO_MEMORY;
  }
  return DEM_OK;
}

void dem_matcher_clear(dem_matcher *m)
{
  for (uint32_t i = 0; m->scratch && i < m->phase->scratch_count; ++i) {
    dem_table_clear(&m->scratch[i]);
  }
  for (uint32_t i = 0; m->groups && i < 2 * m->phase->scratch_count; ++i) {
    if (m->groups[i].is_made) {
      dem_table_clear(&m->groups[i].keys);
      dem_vector_clear(&m->groups[i].outcomes);
      dem_vector_clear(&m->groups[i].words);
    }
  }
  if (m->phase) {
    give_back(m->allocator, m->groups, 2 * m->phase->scratch_count, sizeof *m->groups);
    give_back(m->allocator, m->scratch, m->phase->scratch_count, sizeof *m->scratch);
    give_back(m->allocator, m->queue_words, m->word_count, sizeof *m->queue_words);
    give_back(m->allocator, m->queue_rows, m->position_count * DEM_QUEUE_SIZE,
              sizeof *m->queue_rows);
    give_back(m->allocator, m->rows, m->position_count, sizeof *m->rows);
    give_back(m->allocator, m->way, m->value_count, sizeof *m->way);
    give_back(m->allocator, m->values, m->value_count, sizeof *m->values);
    dem_regex_matcher_free(m->regex);
    dem_buffer_clear(&m->text);
    dem_vector_clear(&m->candidates);
    dem_vector_clear(&m->found);
    dem_table_clear(&m->distinct);
    dem_table_clear(&m->told);
  }
  *m = (dem_matcher){.allocator = m->allocator};
}

bool dem_matcher_check_limits(dem_matcher *m)
{
  if (m->limits.max_facts && m->facts->fact_count > m->limits.max_facts) {
    (void)dem_diagnose(m->diagnostics, DEM_DIAG_LIMIT, DEM_PLACE_NONE,
                       "more than %llu facts (the limit max_facts)",
                       (unsigned long long)m->limits.max_facts);
    m->status = DEM_ERR_LIMIT;
  } else if (m->deadline && dem_clock_now() > m->deadline) {
    (void)dem_diagnose(m->diagnostics, DEM_DIAG_LIMIT, DEM_PLACE_NONE,
                       "not done after %u seconds (the limit max_seconds)",
                       (unsigned)m->limits.max_seconds);
    m->status = DEM_ERR_LIMIT;
  } else if (m->max_work && m->work > m->max_work) {
    m->status = DEM_ERR_LIMIT;
  }
  return m->status == DEM_OK;
}
