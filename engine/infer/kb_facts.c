// SPDX-License-Identifier: Apache-2.0

// The model's given facts that are in force on a date, in canonical order.
//
// Rows are sorted by value: strings by bytes, through a rank for each symbol; the rest by number.
// Two facts of one row keep both their sources.

#include "infer/kb_facts.h"

#include <stdlib.h>

#include "base/try.h"

// Ranks ------------------------------------------------------------------------------------

/// A symbol and its first bytes, which decide most comparisons without a look at the text.
typedef struct ranked {
  uint64_t prefix;
  dem_slice text;
  uint32_t symbol;
} ranked;

static int compare_ranked(const void *left, const void *right)
{
  const ranked *const a = left;
  const ranked *const b = right;
  if (a->prefix != b->prefix) {
    return a->prefix < b->prefix ? -1 : 1;
  }
  return dem_slice_compare(a->text, b->text);
}

static uint64_t prefix_of(dem_slice text)
{
  uint64_t prefix = 0;
  for (size_t i = 0; i < 8; ++i) {
    prefix = prefix << 8 | (i < text.size ? (unsigned char)text.bytes[i] : 0);
  }
  return prefix;
}

/// By symbol: its place among all symbols sorted by bytes.
static dem_status rank_symbols(const dem_symbols *symbols, dem_arena *arena, uint32_t **ranks_out)
{
  const uint32_t count = dem_symbols_count(symbols);
  ranked *const order = DEM_ARENA_ARRAY(arena, ranked, count);
  uint32_t *const ranks = DEM_ARENA_ARRAY(arena, uint32_t, count);
  DEM_TRY_MEMORY(order);
  DEM_TRY_MEMORY(ranks);
  for (uint32_t i = 0; i < count; ++i) {
    const dem_slice text = dem_symbols_text(symbols, (dem_symbol){i});
    order[i] = (ranked){prefix_of(text), text, i};
  }
  if (count) {
    qsort(order, count, sizeof *order, compare_ranked);
  }
  for (uint32_t i = 0; i < count; ++i) {
    ranks[order[i].symbol] = i;
  }
  *ranks_out = ranks;
  return DEM_OK;
}

// Sorting rows ------------------------------------------------------------------------------

/// A row with keys that compare as its words do.
typedef struct keyed_row {
  const uint64_t *keys; ///< One a field.
  uint32_t width;
  uint32_t row; ///< Among the model's facts of the relation.
  uint32_t given;
} keyed_row;

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

static int compare_rows(const void *left, const void *right)
{
  const keyed_row *const a = left;
  const keyed_row *const b = right;
  for (uint32_t i = 0; i < a->width; ++i) {
    if (a->keys[i] != b->keys[i]) {
      return a->keys[i] < b->keys[i] ? -1 : 1;
    }
  }
  return (a->row > b->row) - (a->row < b->row);
}

static bool is_in_force(const dem_given *given, int64_t date)
{
  return given->from <= date && date < given->until;
}

/// The rows in force, sorted.
static dem_status sort_rows(const dem_model *model, uint32_t relation, int64_t date,
                            const uint32_t *ranks, dem_arena *arena, keyed_row **rows_out,
                            uint32_t *count_out)
{
  const dem_relation *const r = &model->relations[relation];
  const dem_given_facts *const all = &model->facts[relation];
  const size_t count = all->givens.count;
  keyed_row *const rows = DEM_ARENA_ARRAY(arena, keyed_row, count);
  uint64_t *const keys = DEM_ARENA_ARRAY(arena, uint64_t, count * r->field_count);
  DEM_TRY_MEMORY(rows);
  DEM_TRY_MEMORY(keys);
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t given = DEM_VECTOR_AT(&all->givens, uint32_t, i);
    if (!is_in_force(&DEM_VECTOR_AT(&model->givens, dem_given, given), date)) {
      continue;
    }
    uint64_t *const row_keys = keys + (size_t)kept * r->field_count;
    for (uint32_t j = 0; j < r->field_count; ++j) {
      const dem_word word = DEM_VECTOR_AT(&all->words, dem_word, (size_t)i * r->field_count + j);
      row_keys[j] = key_of(ranks, r->fields[j].type.storage, word);
    }
    rows[kept++] = (keyed_row){row_keys, r->field_count, i, given};
  }
  if (kept) {
    qsort(rows, kept, sizeof *rows, compare_rows);
  }
  *rows_out = rows;
  *count_out = kept;
  return DEM_OK;
}

// Loading -----------------------------------------------------------------------------------

static dem_status load_relation(const dem_model *model, uint32_t relation, const keyed_row *rows,
                                uint32_t count, dem_facts *facts, dem_base *base, dem_arena *arena)
{
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
    (void)dem_facts_put(
        facts, relation,
        &DEM_VECTOR_AT(&model->facts[relation].words, dem_word, (size_t)rows[i].row * width),
        &is_new, &has_failed);
    if (has_failed) {
      return DEM_ERR_NO_MEMORY;
    }
    if (is_new) {
      begin[put++] = i;
    }
    list[i] = rows[i].given;
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
    keyed_row *rows = NULL;
    uint32_t count = 0;
    status = sort_rows(model, i, date, ranks, &scratch, &rows, &count);
    if (status == DEM_OK) {
      status = load_relation(model, i, rows, count, facts, base, arena);
    }
    if (status == DEM_OK) {
      status = list_idle(model, i, date, count, base, arena);
    }
  }
  dem_arena_clear(&scratch);
  return status;
}
