// SPDX-License-Identifier: Apache-2.0

// The model's given facts that are in force on a date, in canonical order.
//
// Rows are sorted by value: strings by bytes, through a rank for each symbol; the rest by number.
// Two facts of one row keep both their sources.

#include "infer/kb_facts.h"

#include <stdlib.h>

#include "base/sort.h"
#include "base/try.h"

// Ranks ------------------------------------------------------------------------------------

/// A symbol and its text.
typedef struct ranked {
  dem_slice text;
  uint32_t symbol;
} ranked;

static int compare_ranked(const void *left, const void *right)
{
  return dem_slice_compare(((const ranked *)left)->text, ((const ranked *)right)->text);
}

/// A text's first bytes, which compare as it does, but for texts that begin alike.
static uint64_t prefix_of(dem_slice text)
{
  uint64_t prefix = 0;
  for (size_t i = 0; i < 8; ++i) {
    prefix = prefix << 8 | (i < text.size ? (unsigned char)text.bytes[i] : 0);
  }
  return prefix;
}

/// Order symbols that begin alike by all of their texts.
static void settle(const dem_symbols *symbols, uint32_t *order, uint32_t count, ranked *spare)
{
  for (uint32_t i = 0; i < count; ++i) {
    spare[i] = (ranked){dem_symbols_text(symbols, (dem_symbol){order[i]}), order[i]};
  }
  qsort(spare, count, sizeof *spare, compare_ranked);
  for (uint32_t i = 0; i < count; ++i) {
    order[i] = spare[i].symbol;
  }
}

/// By symbol: its place among all symbols sorted by bytes.
static dem_status rank_symbols(const dem_symbols *symbols, dem_arena *arena, uint32_t **ranks_out)
{
  const uint32_t count = dem_symbols_count(symbols);
  uint64_t *const prefixes = DEM_ARENA_ARRAY(arena, uint64_t, count);
  uint32_t *const order = DEM_ARENA_ARRAY(arena, uint32_t, count);
  uint32_t *const ranks = DEM_ARENA_ARRAY(arena, uint32_t, count);
  ranked *const alike = DEM_ARENA_ARRAY(arena, ranked, count);
  if (!prefixes || !order || !ranks || !alike) {
    return DEM_ERR_NO_MEMORY;
  }
  for (uint32_t i = 0; i < count; ++i) {
    prefixes[i] = prefix_of(dem_symbols_text(symbols, (dem_symbol){i}));
    order[i] = i;
  }
  dem_sort_by_key(order, count, prefixes, 1, ranks);
  for (uint32_t i = 0, end = 0; i < count; i = end) {
    while (end < count && prefixes[order[end]] == prefixes[order[i]]) {
      ++end;
    }
    if (end - i > 1) {
      settle(symbols, order + i, end - i, alike);
    }
  }
  for (uint32_t i = 0; i < count; ++i) {
    ranks[order[i]] = i;
  }
  *ranks_out = ranks;
  return DEM_OK;
}

// Sorting rows ------------------------------------------------------------------------------

/// Rows in force, in canonical order.
typedef struct sorted_rows {
  uint32_t count;
  const uint32_t *order; ///< Numbers of rows below.
  const uint32_t *rows;  ///< Among the model's facts of the relation.
} sorted_rows;

/// A number that compares as a word does.
static uint64_t key_of(const uint32_t *ranks, dem_storage storage, dem_word word)
{
  const uint64_t sign = UINT64_C(1) << 63;
  if (word == DEM_ABSENT && storage != DEM_STORAGE_INTEGER) {
    return 0;
  }
  switch (storage) {
  case DEM_STORAGE_STRING:
    return ranks[dem_word_symbol(word).index] + UINT64_C(1);
  case DEM_STORAGE_NUMBER:
    return word & sign ? ~word : word | sign;
  case DEM_STORAGE_INTEGER:
  case DEM_STORAGE_DATE:
  case DEM_STORAGE_BOOLEAN:
    break;
  }
  return word ^ sign;
}

static bool is_in_force(const dem_given *given, int64_t date)
{
  return given->from <= date && date < given->until;
}

/// The rows in force, sorted: by their last column first, so that the first decides in the end.
static dem_status sort_rows(const dem_model *model, uint32_t relation, int64_t date,
                            const uint32_t *ranks, dem_arena *arena, sorted_rows *out)
{
  const dem_relation *const r = &model->relations[relation];
  const dem_given_facts *const all = &model->facts[relation];
  const size_t count = all->givens.count;
  uint32_t *const rows = DEM_ARENA_ARRAY(arena, uint32_t, count);
  uint32_t *const order = DEM_ARENA_ARRAY(arena, uint32_t, count);
  uint32_t *const spare = DEM_ARENA_ARRAY(arena, uint32_t, count);
  uint64_t *const keys = DEM_ARENA_ARRAY(arena, uint64_t, count * r->field_count);
  if (!rows || !order || !spare || !keys) {
    return DEM_ERR_NO_MEMORY;
  }
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t given = DEM_VECTOR_AT(&all->givens, uint32_t, i);
    if (!is_in_force(&DEM_VECTOR_AT(&model->givens, dem_given, given), date)) {
      continue;
    }
    for (uint32_t j = 0; j < r->field_count; ++j) {
      const dem_word word = DEM_VECTOR_AT(&all->words, dem_word, (size_t)i * r->field_count + j);
      keys[(size_t)kept * r->field_count + j] = key_of(ranks, r->fields[j].type.storage, word);
    }
    order[kept] = kept;
    rows[kept++] = i;
  }
  for (uint32_t j = r->field_count; j-- > 0;) {
    dem_sort_by_key(order, kept, keys + j, r->field_count, spare);
  }
  *out = (sorted_rows){kept, order, rows};
  return DEM_OK;
}

// Loading -----------------------------------------------------------------------------------

static dem_status load_relation(const dem_model *model, uint32_t relation,
                                const sorted_rows *sorted, dem_facts *facts, dem_base *base,
                                dem_arena *arena)
{
  const uint32_t count = sorted->count;
  const uint32_t width = model->relations[relation].field_count;
  uint32_t *const begin = DEM_ARENA_ARRAY(arena, uint32_t, (size_t)count + 1);
  uint32_t *const list = DEM_ARENA_ARRAY(arena, uint32_t, count);
  DEM_TRY_MEMORY(begin);
  DEM_TRY_MEMORY(list);
  DEM_TRY(dem_table_reserve(&facts->tables[relation], count));
  uint32_t put = 0;
  for (uint32_t i = 0; i < count; ++i) {
    bool is_new;
    bool has_failed = false;
    const uint32_t row = sorted->rows[sorted->order[i]];
    (void)dem_facts_put(
        facts, relation,
        &DEM_VECTOR_AT(&model->facts[relation].words, dem_word, (size_t)row * width), &is_new,
        &has_failed);
    if (has_failed) {
      return DEM_ERR_NO_MEMORY;
    }
    if (is_new) {
      begin[put++] = i;
    }
    list[i] = DEM_VECTOR_AT(&model->facts[relation].givens, uint32_t, row);
  }
  begin[put] = count;
  base->given_begin[relation] = begin;
  base->given_list[relation] = list;
  base->given_rows[relation] = put;
  return DEM_OK;
}

/// Note what takes no part on this date; `why not` tells of it.
static dem_status list_idle(const dem_model *model, uint32_t relation, int64_t date,
                            uint32_t in_force, dem_base *base, dem_arena *arena)
{
  const dem_vector *const givens = &model->facts[relation].givens;
  uint32_t *const idle = DEM_ARENA_ARRAY(arena, uint32_t, givens->count - in_force);
  DEM_TRY_MEMORY(idle);
  uint32_t count = 0;
  for (uint32_t i = 0; count + in_force < givens->count; ++i) {
    const uint32_t given = DEM_VECTOR_AT(givens, uint32_t, i);
    if (!is_in_force(&DEM_VECTOR_AT(&model->givens, dem_given, given), date)) {
      idle[count++] = i;
    }
  }
  base->idle_list[relation] = idle;
  base->idle_count[relation] = count;
  return DEM_OK;
}

dem_status dem_kb_facts_load(const dem_model *model, int64_t date, dem_facts *facts, dem_base *base,
                             dem_arena *arena)
{
  dem_arena scratch;
  dem_arena_init(&scratch, arena->allocator);
  uint32_t *ranks = NULL;
  dem_status status = rank_symbols(model->symbols, &scratch, &ranks);
  for (uint32_t i = 0; status == DEM_OK && i < model->relation_count; ++i) {
    sorted_rows rows = {0};
    status = sort_rows(model, i, date, ranks, &scratch, &rows);
    if (status == DEM_OK) {
      status = load_relation(model, i, &rows, facts, base, arena);
    }
    if (status == DEM_OK) {
      status = list_idle(model, i, date, rows.count, base, arena);
    }
  }
  dem_arena_clear(&scratch);
  return status;
}
