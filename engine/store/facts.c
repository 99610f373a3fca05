// SPDX-License-Identifier: Apache-2.0

// Reads both layers as one, and adds to the session's.

#include "store/facts.h"

#include "base/try.h"
#include "store/layers.h"

dem_facts *dem_facts_new(dem_allocator allocator, const dem_base *base, const uint32_t *widths,
                         uint64_t *const *columns, const uint32_t *index_counts)
{
  dem_facts *const facts = allocator.resize(allocator.context, NULL, 0, sizeof *facts);
  if (!facts) {
    return NULL;
  }
  *facts = (dem_facts){.allocator = allocator, .base = base};
  const size_t count = base->relation_count;
  facts->tables = allocator.resize(allocator.context, NULL, 0, count * sizeof *facts->tables);
  facts->touched = allocator.resize(allocator.context, NULL, 0, count * sizeof *facts->touched);
  for (size_t i = 0; facts->tables && i < count; ++i) {
    facts->tables[i] = (dem_table){.allocator = allocator};
  }
  bool has_failed = count > 0 && (!facts->tables || !facts->touched);
  for (size_t i = 0; !has_failed && i < count; ++i) {
    has_failed = dem_table_init(&facts->tables[i], allocator, widths[i], true, columns[i],
                                index_counts[i]) != DEM_OK;
  }
  if (has_failed) {
    dem_facts_free(facts);
    return NULL;
  }
  return facts;
}

static void give_back(dem_allocator allocator, void *memory, size_t size)
{
  if (memory) {
    (void)allocator.resize(allocator.context, memory, size, 0);
  }
}

void dem_facts_free(dem_facts *facts)
{
  if (!facts) {
    return;
  }
  const dem_allocator allocator = facts->allocator;
  const size_t count = facts->base->relation_count;
  for (size_t i = 0; facts->tables && i < count; ++i) {
    dem_table_clear(&facts->tables[i]);
  }
  if (facts->free_worker) {
    facts->free_worker(facts->worker);
  }
  give_back(allocator, facts->tables, count * sizeof *facts->tables);
  give_back(allocator, facts->touched, count * sizeof *facts->touched);
  give_back(allocator, facts->open_columns, count * sizeof *facts->open_columns);
  (void)allocator.resize(allocator.context, facts, sizeof *facts, 0);
}

dem_status dem_facts_allow_open(dem_facts *facts)
{
  const size_t count = facts->base->relation_count;
  facts->open_columns = facts->allocator.resize(facts->allocator.context, NULL, 0,
                                                count * sizeof *facts->open_columns);
  DEM_TRY_MEMORY(facts->open_columns);
  for (size_t i = 0; i < count; ++i) {
    facts->open_columns[i] = 0;
  }
  return DEM_OK;
}

static void forget_open(dem_facts *facts, uint32_t relation)
{
  if (facts->open_columns) {
    facts->open_columns[relation] = 0;
  }
}

void dem_facts_reset(dem_facts *facts)
{
  for (uint32_t i = 0; i < facts->touched_count; ++i) {
    dem_table_reset(&facts->tables[facts->touched[i]]);
  }
  for (uint32_t i = 0; facts->has_open && i < facts->touched_count; ++i) {
    facts->open_columns[facts->touched[i]] = 0;
  }
  facts->touched_count = 0;
  facts->fact_count = 0;
  facts->has_open = false;
}

// Reading ---------------------------------------------------------------------------

static const dem_table *table_of(const dem_facts *facts, dem_fact fact)
{
  return fact.row & DEM_SESSION_ROW ? &facts->tables[fact.relation]
                                    : &facts->base->tables[fact.relation];
}

uint32_t dem_facts_count(const dem_facts *facts, uint32_t relation)
{
  return facts->base->tables[relation].count + facts->tables[relation].count;
}

uint32_t dem_facts_pack_count(const dem_facts *facts, uint32_t relation)
{
  return facts->base->tables[relation].count;
}

dem_fact dem_facts_at(const dem_facts *facts, uint32_t relation, uint32_t index)
{
  const uint32_t below = facts->base->tables[relation].count;
  return (dem_fact){relation, index < below ? index : (index - below) | DEM_SESSION_ROW};
}

uint32_t dem_facts_width(const dem_facts *facts, uint32_t relation)
{
  return facts->tables[relation].width;
}

const dem_word *dem_facts_row(const dem_facts *facts, dem_fact fact)
{
  return dem_table_row(table_of(facts, fact), fact.row & ~DEM_SESSION_ROW);
}

dem_fact dem_facts_find(const dem_facts *facts, uint32_t relation, const dem_word *words)
{
  uint32_t row = dem_table_find(&facts->base->tables[relation], words);
  if (row != DEM_NONE) {
    return (dem_fact){relation, row};
  }
  row = dem_table_find(&facts->tables[relation], words);
  return row == DEM_NONE ? DEM_FACT_NONE : (dem_fact){relation, row | DEM_SESSION_ROW};
}

dem_justification dem_facts_justify(const dem_facts *facts, dem_fact fact)
{
  const dem_table *const table = table_of(facts, fact);
  const uint32_t row = fact.row & ~DEM_SESSION_ROW;
  const dem_reason reason = table->reasons[row];
  if (reason.height == 0) {
    return (dem_justification){.rule = DEM_NONE, .body = DEM_NONE, .origin = reason.begin};
  }
  const uint32_t *const proof = table->proofs + reason.begin;
  const dem_body_shape *const shape = &facts->base->shapes[proof[0]];
  return (dem_justification){.rule = shape->rule,
                             .body = proof[0],
                             .height = reason.height,
                             .origin = DEM_NONE,
                             .fact_count = shape->pattern_count,
                             .relations = shape->relations,
                             .rows = proof + 1};
}

const uint32_t *dem_facts_givens(const dem_facts *facts, dem_fact fact, uint32_t *count_out)
{
  const dem_base *const base = facts->base;
  *count_out = 0;
  if (fact.row & DEM_SESSION_ROW || fact.row >= base->given_rows[fact.relation]) {
    return NULL;
  }
  const uint32_t *const begin = base->given_begin[fact.relation] + fact.row;
  *count_out = begin[1] - begin[0];
  return base->given_list[fact.relation] + begin[0];
}

const uint32_t *dem_facts_idle(const dem_facts *facts, uint32_t relation, uint32_t *count_out)
{
  *count_out = facts->base->idle_count[relation];
  return facts->base->idle_list[relation];
}

// Adding ----------------------------------------------------------------------------

static void note_open(dem_facts *facts, uint32_t relation, const dem_word *words)
{
  for (uint32_t i = 0; i < facts->tables[relation].width; ++i) {
    if (words[i] == DEM_OPEN) {
      facts->open_columns[relation] |= UINT64_C(1) << i;
      facts->has_open = true;
    }
  }
}

uint32_t dem_facts_put(dem_facts *facts, uint32_t relation, const dem_word *words, bool *is_new,
                       bool *has_failed)
{
  const dem_table *const below = &facts->base->tables[relation];
  *is_new = false;
  if (below->count && dem_table_find(below, words) != DEM_NONE) {
    return DEM_NONE;
  }
  dem_table *const table = &facts->tables[relation];
  const bool was_empty = table->count == 0;
  const uint32_t row = dem_table_is_small(table) ? dem_table_put_small(table, words, is_new)
                                                 : dem_table_put(table, words, is_new);
  *has_failed = *has_failed || row == DEM_NONE;
  if (*is_new) {
    ++facts->fact_count;
    if (facts->open_columns) {
      note_open(facts, relation, words);
    }
    if (was_empty) {
      facts->touched[facts->touched_count++] = relation;
    }
  }
  return row;
}

static bool is_unproven(const dem_reason *reason)
{
  return reason->height == 0 && reason->begin == DEM_NONE;
}

void dem_facts_drop_unproven(dem_facts *facts)
{
  for (uint32_t i = facts->touched_count; i-- > 0;) {
    dem_table *const table = &facts->tables[facts->touched[i]];
    if (table->count > table->delta_end && is_unproven(&table->reasons[table->count - 1])) {
      dem_table_drop_last(table);
      --facts->fact_count;
      if (table->count == 0) { // Then it was the relation touched last.
        forget_open(facts, facts->touched[--facts->touched_count]);
      }
      return;
    }
  }
}

dem_status dem_facts_add_given(dem_facts *facts, uint32_t relation, const dem_word *words,
                               uint32_t origin)
{
  bool is_new;
  bool has_failed = false;
  const uint32_t row = dem_facts_put(facts, relation, words, &is_new, &has_failed);
  if (has_failed) {
    return DEM_ERR_NO_MEMORY;
  }
  if (is_new) {
    facts->tables[relation].reasons[row].begin = origin; // Its height is 0.
  }
  return DEM_OK;
}

dem_status dem_facts_add_given_words(dem_facts *facts, uint32_t relation, const dem_word *words,
                                     uint32_t count, uint32_t origin)
{
  dem_table *const table = &facts->tables[relation];
  // Nearly all of a profile's facts: the first few rows of a relation that the kb does not fill.
  const bool has_room = count <= DEM_SMALL_TABLE && count <= table->capacity;
  if (table->count || table->slot_count || !has_room || facts->open_columns ||
      facts->base->tables[relation].count) {
    for (uint32_t i = 0; i < count; ++i) {
      DEM_TRY(dem_facts_add_given(facts, relation, &words[i], origin));
    }
    return DEM_OK;
  }
  for (uint32_t i = 0; i < count; ++i) {
    table->words[i] = words[i];
    table->reasons[i] = (dem_reason){0, origin};
  }
  table->count = count;
  facts->fact_count += count;
  facts->touched[facts->touched_count] = relation;
  facts->touched_count += count > 0;
  return DEM_OK;
}
