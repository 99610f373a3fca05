// SPDX-License-Identifier: Apache-2.0

// Rows, the hash table that finds them, and the indexes over them.
//
// Linear probing at half load: a probe is one cache line as a rule. Removing is not needed, except
// all at once. Source: Knuth, The Art of Computer Programming 3, 6.4.

#include "store/table.h"

#include "base/hot.h"

#include <assert.h>
#include <string.h>

enum {
  FIRST_ROWS = 8,
  FIRST_SLOTS = 32,
  FIRST_PROOFS = 32,
  MOST_ROWS = 1 << 30, ///< So that twice as many slots, at the next power of two, can be counted.
  LINE_BITS = 2, ///< Half a cache line: with all of it, full lines crowd out one another's rows.
};

// Memory --------------------------------------------------------------------------

static bool resize(dem_allocator allocator, void **memory, size_t old_size, size_t new_size)
{
  void *const moved = allocator.resize(allocator.context, *memory, old_size, new_size);
  if (!moved && new_size) {
    return false;
  }
  *memory = moved;
  return true;
}

#define RESIZE(allocator, pointer, old_count, new_count)                                           \
  resize((allocator), (void **)&(pointer), (size_t)(old_count) * sizeof *(pointer),                \
         (size_t)(new_count) * sizeof *(pointer))

static void clear_index(dem_table *table, dem_index *index)
{
  (void)RESIZE(table->allocator, index->slots, index->slot_count, 0);
  (void)RESIZE(table->allocator, index->next, index->next_capacity, 0);
  *index = (dem_index){0};
}

dem_status dem_table_init(dem_table *table, dem_allocator allocator, uint32_t width,
                          bool is_justified, const uint64_t *columns, uint32_t index_count)
{
  *table = (dem_table){.allocator = allocator,
                       .width = width,
                       .is_justified = is_justified,
                       .seed = dem_hash_seed(),
                       .pending_low = UINT32_MAX};
  return dem_table_set_indexes(table, columns, index_count);
}

void dem_table_clear(dem_table *table)
{
  for (uint32_t i = 0; i < table->index_count; ++i) {
    clear_index(table, &table->indexes[i]);
  }
  (void)RESIZE(table->allocator, table->indexes, table->index_count, 0);
  (void)RESIZE(table->allocator, table->words, table->word_capacity, 0);
  (void)RESIZE(table->allocator, table->slots, table->slot_count, 0);
  (void)RESIZE(table->allocator, table->proofs, table->proof_capacity, 0);
  if (table->is_justified) {
    (void)RESIZE(table->allocator, table->reasons, table->reason_capacity, 0);
  }
  *table = (dem_table){.allocator = table->allocator};
}

dem_status dem_table_set_indexes(dem_table *table, const uint64_t *columns, uint32_t index_count)
{
  dem_index *indexes = NULL;
  if (index_count && !RESIZE(table->allocator, indexes, 0, index_count)) {
    return DEM_ERR_NO_MEMORY;
  }
  for (uint32_t i = 0; i < index_count; ++i) {
    indexes[i] = (dem_index){.columns = columns[i],
                             .width = (uint32_t)__builtin_popcountll(columns[i]),
                             .first = (uint32_t)__builtin_ctzll(columns[i])};
    for (uint32_t j = 0; j < table->index_count; ++j) {
      if (table->indexes[j].columns == columns[i]) {
        indexes[i] = table->indexes[j];
        table->indexes[j] = (dem_index){0};
      }
    }
  }
  for (uint32_t j = 0; j < table->index_count; ++j) {
    clear_index(table, &table->indexes[j]);
  }
  (void)RESIZE(table->allocator, table->indexes, table->index_count, 0);
  table->indexes = indexes;
  table->index_count = index_count;
  return DEM_OK;
}

// Finding rows -------------------------------------------------------------------

/// Rows that differ only in the low bits of their last word have slots side by side: a join
/// that derives (x, z) for one x and many z stays in few lines. The upper half is the place, the
/// lower the tag.
static uint64_t hash_row(const dem_table *table, const dem_word *words)
{
  if (table->width == 0) {
    return table->seed;
  }
  const dem_word last = words[table->width - 1];
  uint64_t hash = table->seed;
  for (uint32_t i = 0; i + 1 < table->width; ++i) {
    hash = dem_hash_mix(hash, words[i]);
  }
  hash = dem_hash_mix(hash, last >> LINE_BITS);
  const uint64_t low = last & ((1 << LINE_BITS) - 1);
  return ((hash >> 32 << LINE_BITS | low) << 32) | (uint32_t)(hash + low);
}

static uint32_t tag_of(uint64_t hash)
{
  return (uint32_t)hash;
}

static uint32_t place_of(uint64_t hash, uint32_t slot_count)
{
  return (uint32_t)(hash >> 32) & (slot_count - 1);
}

static bool is_same(const dem_word *a, const dem_word *b, uint32_t width)
{
  for (uint32_t i = 0; i < width; ++i) {
    if (a[i] != b[i]) {
      return false;
    }
  }
  return true;
}

static uint32_t scan(const dem_table *table, const dem_word *words)
{
  for (uint32_t row = 0; row < table->count; ++row) {
    if (is_same(dem_table_row(table, row), words, table->width)) {
      return row;
    }
  }
  return DEM_NONE;
}

/// The slot that holds the row with these words, or the free one where it belongs.
static dem_slot *probe(const dem_table *table, const dem_word *words, uint64_t hash)
{
  const uint32_t tag = tag_of(hash);
  for (uint32_t i = place_of(hash, table->slot_count);; i = (i + 1) & (table->slot_count - 1)) {
    dem_slot *const slot = &table->slots[i];
    if (slot->row == 0 ||
        (slot->tag == tag && is_same(dem_table_row(table, slot->row - 1), words, table->width))) {
      return slot;
    }
  }
}

uint32_t dem_table_find_hashed(const dem_table *table, const dem_word *words, uint64_t hash)
{
  return table->slot_count == 0 ? scan(table, words) : probe(table, words, hash)->row - 1;
}

uint32_t dem_table_find(const dem_table *table, const dem_word *words)
{
  if (table->slot_count == 0) {
    return scan(table, words);
  }
  return probe(table, words, hash_row(table, words))->row - 1;
}

// Adding rows ----------------------------------------------------------------------

static dem_slot *free_slot(dem_slot *slots, uint32_t slot_count, uint64_t hash)
{
  uint32_t i = place_of(hash, slot_count);
  while (slots[i].row != 0) {
    i = (i + 1) & (slot_count - 1);
  }
  return &slots[i];
}

/// A block's places are fetched together before its rows are put there.
static void fill_slots(const dem_table *table, dem_slot *slots, uint32_t slot_count)
{
  enum { BLOCK = 32 };
  uint64_t hashes[BLOCK];
  for (uint32_t first = 0; first < table->count; first += BLOCK) {
    const uint32_t rest = table->count - first;
    const uint32_t count = rest < BLOCK ? rest : BLOCK;
    for (uint32_t i = 0; i < count; ++i) {
      hashes[i] = hash_row(table, dem_table_row(table, first + i));
      __builtin_prefetch(&slots[place_of(hashes[i], slot_count)], 1);
    }
    for (uint32_t i = 0; i < count; ++i) {
      *free_slot(slots, slot_count, hashes[i]) = (dem_slot){tag_of(hashes[i]), first + i + 1};
    }
  }
}

DEM_COLD static dem_status grow_slots(dem_table *table, uint32_t slot_count)
{
  dem_slot *slots = NULL;
  if (!RESIZE(table->allocator, slots, 0, slot_count)) {
    return DEM_ERR_NO_MEMORY;
  }
  memset(slots, 0, (size_t)slot_count * sizeof *slots);
  fill_slots(table, slots, slot_count);
  (void)RESIZE(table->allocator, table->slots, table->slot_count, 0);
  table->slots = slots;
  table->slot_count = slot_count;
  return DEM_OK;
}

// Each array knows its own size, so that one that could not grow leaves the others true.
DEM_COLD static dem_status grow_rows(dem_table *table, uint32_t capacity)
{
  if (capacity > MOST_ROWS) {
    return DEM_ERR_NO_MEMORY;
  }
  const size_t word_capacity = (size_t)capacity * table->width;
  if (!RESIZE(table->allocator, table->words, table->word_capacity, word_capacity)) {
    return DEM_ERR_NO_MEMORY;
  }
  table->word_capacity = word_capacity;
  if (table->is_justified) {
    if (!RESIZE(table->allocator, table->reasons, table->reason_capacity, capacity)) {
      return DEM_ERR_NO_MEMORY;
    }
    table->reason_capacity = capacity;
  }
  table->capacity = capacity;
  return DEM_OK;
}

dem_status dem_table_reserve(dem_table *table, uint32_t count)
{
  if (count > table->capacity && grow_rows(table, count) != DEM_OK) {
    return DEM_ERR_NO_MEMORY;
  }
  uint32_t slot_count = table->slot_count ? table->slot_count : FIRST_SLOTS;
  while (slot_count / 2 < count) {
    slot_count *= 2;
  }
  const bool needs_slots = count > DEM_SMALL_TABLE && slot_count > table->slot_count;
  return needs_slots ? grow_slots(table, slot_count) : DEM_OK;
}

static bool has_room(dem_table *table)
{
  if (table->count == table->capacity &&
      grow_rows(table, table->capacity ? table->capacity * 2 : FIRST_ROWS) != DEM_OK) {
    return false;
  }
  if (table->slot_count ? table->count + 1 > table->slot_count / 2
                        : table->count == DEM_SMALL_TABLE) {
    return grow_slots(table, table->slot_count ? table->slot_count * 2 : FIRST_SLOTS) == DEM_OK;
  }
  return true;
}

static uint32_t append(dem_table *table, const dem_word *words)
{
  const uint32_t row = table->count++;
  for (uint32_t i = 0; i < table->width; ++i) {
    table->words[(size_t)row * table->width + i] = words[i];
  }
  if (table->is_justified) {
    table->reasons[row] = (dem_reason){0, DEM_NONE};
  }
  return row;
}

uint64_t dem_table_hash(const dem_table *table, const dem_word *words)
{
  return hash_row(table, words);
}

uint32_t dem_table_put_hashed(dem_table *table, const dem_word *words, uint64_t hash, bool *is_new)
{
  *is_new = false;
  dem_slot *slot = probe(table, words, hash);
  if (slot->row != 0) {
    return slot->row - 1;
  }
  if (table->count == table->capacity || table->count + 1 > table->slot_count / 2) {
    if (!has_room(table)) {
      return DEM_NONE;
    }
    slot = probe(table, words, hash);
  }
  *is_new = true;
  const uint32_t row = append(table, words);
  *slot = (dem_slot){tag_of(hash), row + 1};
  return row;
}

uint32_t dem_table_put(dem_table *table, const dem_word *words, bool *is_new)
{
  *is_new = false;
  if (table->slot_count == 0) {
    const uint32_t row = scan(table, words);
    if (row != DEM_NONE || !has_room(table)) {
      return row;
    }
    if (table->slot_count == 0) {
      *is_new = true;
      return append(table, words);
    }
  }
  return dem_table_put_hashed(table, words, hash_row(table, words), is_new);
}

/// No other row was put past its slot, so that it can be freed.
void dem_table_drop_last(dem_table *table)
{
  assert(table->count > table->delta_end);
  if (table->slot_count) {
    const dem_word *const words = dem_table_row(table, table->count - 1);
    *probe(table, words, hash_row(table, words)) = (dem_slot){0};
  }
  --table->count;
}

DEM_COLD dem_status dem_table_reserve_proofs(dem_table *table, uint32_t count)
{
  const uint32_t most = UINT32_C(1) << 31; // The largest power of two.
  if (count > most - table->proof_count) {
    return DEM_ERR_NO_MEMORY;
  }
  const uint32_t needed = table->proof_count + count;
  uint32_t capacity = table->proof_capacity ? table->proof_capacity : FIRST_PROOFS;
  while (capacity < needed) {
    capacity *= 2;
  }
  if (capacity > table->proof_capacity) {
    if (!RESIZE(table->allocator, table->proofs, table->proof_capacity, capacity)) {
      return DEM_ERR_NO_MEMORY;
    }
    table->proof_capacity = capacity;
  }
  return DEM_OK;
}

dem_status dem_table_justify(dem_table *table, uint32_t row, uint32_t height, uint32_t body,
                             const uint32_t *rows, uint32_t row_count)
{
  const uint32_t known = table->reasons[row].begin;
  const bool fits = known != DEM_NONE && table->proofs[known] == body; // As long as the one before.
  if (!fits) {
    return dem_table_justify_new(table, row, height, body, rows, row_count);
  }
  for (uint32_t i = 0; i < row_count; ++i) {
    table->proofs[known + i + 1] = rows[i];
  }
  table->reasons[row].height = height;
  table->pending_low = height < table->pending_low ? height : table->pending_low;
  table->pending_high = height > table->pending_high ? height : table->pending_high;
  return DEM_OK;
}

// Forgetting ------------------------------------------------------------------------

/// Free the slots of all rows. A walk from a row's place to the next free slot also frees what
/// others own there, and those walks then end at once: every slot is written at most once.
static void clear_slots(dem_slot *slots, uint32_t slot_count, uint64_t hash)
{
  for (uint32_t i = place_of(hash, slot_count); slots[i].row != 0; i = (i + 1) & (slot_count - 1)) {
    slots[i] = (dem_slot){0};
  }
}

static uint64_t hash_columns(const dem_table *table, const dem_word *row, uint64_t columns)
{
  uint64_t hash = table->seed;
  for (uint64_t rest = columns; rest; rest &= rest - 1) {
    hash = dem_hash_mix(hash, row[__builtin_ctzll(rest)]);
  }
  return hash;
}

static void reset_index(dem_table *table, dem_index *index)
{
  if (index->slot_count && index->slot_count / 16 <= index->indexed) {
    memset(index->slots, 0, (size_t)index->slot_count * sizeof *index->slots);
  } else if (index->slot_count) {
    for (uint32_t row = 0; row < index->indexed; ++row) {
      clear_slots(index->slots, index->slot_count,
                  hash_columns(table, dem_table_row(table, row), index->columns));
    }
  }
  index->indexed = 0;
  index->key_count = 0;
}

void dem_table_reset_lookups(dem_table *table)
{
  for (uint32_t i = 0; i < table->index_count; ++i) {
    if (table->indexes[i].indexed) {
      reset_index(table, &table->indexes[i]);
    }
  }
  if (table->slot_count && table->slot_count / 16 <= table->count) {
    memset(table->slots, 0, (size_t)table->slot_count * sizeof *table->slots);
  } else if (table->slot_count) {
    for (uint32_t row = 0; row < table->count; ++row) {
      clear_slots(table->slots, table->slot_count, hash_row(table, dem_table_row(table, row)));
    }
  }
}

// Indexes ---------------------------------------------------------------------------

static bool has_key(const dem_word *row, uint64_t columns, const dem_word *key)
{
  for (uint64_t rest = columns; rest; rest &= rest - 1) {
    if (row[__builtin_ctzll(rest)] != *key++) {
      return false;
    }
  }
  return true;
}

static bool agree(const dem_word *a, const dem_word *b, uint64_t columns)
{
  for (uint64_t rest = columns; rest; rest &= rest - 1) {
    const int column = __builtin_ctzll(rest);
    if (a[column] != b[column]) {
      return false;
    }
  }
  return true;
}

static dem_status grow_index(dem_table *table, dem_index *index)
{
  const uint32_t slot_count = index->slot_count ? index->slot_count * 2 : FIRST_SLOTS;
  dem_slot *slots = NULL;
  if (!RESIZE(table->allocator, slots, 0, slot_count)) {
    return DEM_ERR_NO_MEMORY;
  }
  memset(slots, 0, (size_t)slot_count * sizeof *slots);
  for (uint32_t i = 0; i < index->slot_count; ++i) {
    if (index->slots[i].row != 0) {
      const dem_word *const row = dem_table_row(table, index->slots[i].row - 1);
      *free_slot(slots, slot_count, hash_columns(table, row, index->columns)) = index->slots[i];
    }
  }
  (void)RESIZE(table->allocator, index->slots, index->slot_count, 0);
  index->slots = slots;
  index->slot_count = slot_count;
  return DEM_OK;
}

static void index_row(const dem_table *table, dem_index *index, uint32_t row)
{
  const dem_word *const words = dem_table_row(table, row);
  const uint64_t hash = hash_columns(table, words, index->columns);
  const uint32_t tag = tag_of(hash);
  uint32_t i = place_of(hash, index->slot_count);
  while (index->slots[i].row != 0 &&
         !(index->slots[i].tag == tag &&
           agree(dem_table_row(table, index->slots[i].row - 1), words, index->columns))) {
    i = (i + 1) & (index->slot_count - 1);
  }
  index->key_count += index->slots[i].row == 0;
  index->next[row] = index->slots[i].row;
  index->slots[i] = (dem_slot){tag, row + 1};
}

dem_status dem_index_sync(dem_table *table, dem_index *index)
{
  if (index->indexed >= table->delta_end) {
    return DEM_OK;
  }
  if (index->next_capacity < table->capacity) {
    if (!RESIZE(table->allocator, index->next, index->next_capacity, table->capacity)) {
      return DEM_ERR_NO_MEMORY;
    }
    index->next_capacity = table->capacity;
  }
  for (; index->indexed < table->delta_end; ++index->indexed) {
    if (index->key_count + 1 > index->slot_count / 2 && grow_index(table, index) != DEM_OK) {
      return DEM_ERR_NO_MEMORY;
    }
    index_row(table, index, index->indexed);
  }
  return DEM_OK;
}

uint32_t dem_index_first(const dem_table *table, const dem_index *index, const dem_word *key)
{
  if (index->slot_count == 0) {
    return DEM_NONE;
  }
  uint64_t hash = table->seed;
  for (uint32_t i = 0; i < index->width; ++i) {
    hash = dem_hash_mix(hash, key[i]);
  }
  const uint32_t tag = tag_of(hash);
  for (uint32_t i = place_of(hash, index->slot_count);; i = (i + 1) & (index->slot_count - 1)) {
    const dem_slot slot = index->slots[i];
    if (slot.row == 0) {
      return DEM_NONE;
    }
    if (slot.tag == tag) {
      const dem_word *const row = dem_table_row(table, slot.row - 1);
      if (index->width == 1 ? row[index->first] == *key : has_key(row, index->columns, key)) {
        return slot.row - 1;
      }
    }
  }
}

// Rounds ----------------------------------------------------------------------------

static uint32_t *row_number(dem_table *table, uint32_t row)
{
  const uint64_t hash = hash_row(table, dem_table_row(table, row));
  uint32_t i = place_of(hash, table->slot_count);
  while (table->slots[i].row != row + 1) {
    i = (i + 1) & (table->slot_count - 1);
  }
  return &table->slots[i].row;
}

static void swap_rows(dem_table *table, uint32_t a, uint32_t b)
{
  if (table->slot_count) {
    uint32_t *const at_a = row_number(table, a);
    uint32_t *const at_b = row_number(table, b);
    *at_a = b + 1;
    *at_b = a + 1;
  }
  for (uint32_t i = 0; i < table->width; ++i) {
    dem_word *const x = &table->words[(size_t)a * table->width + i];
    dem_word *const y = &table->words[(size_t)b * table->width + i];
    const dem_word kept = *x;
    *x = *y;
    *y = kept;
  }
  const dem_reason reason = table->reasons[a];
  table->reasons[a] = table->reasons[b];
  table->reasons[b] = reason;
}

void dem_table_advance(dem_table *table, uint32_t height)
{
  table->delta_begin = table->delta_end;
  if (table->pending_low > height) {
    return; // Nothing pending, or all of it is for later rounds.
  }
  if (table->pending_high <= height) {
    table->delta_end = table->count;
    table->pending_low = UINT32_MAX;
    table->pending_high = 0;
    return;
  }
  uint32_t end = table->delta_end;
  uint32_t low = UINT32_MAX;
  for (uint32_t row = end; row < table->count; ++row) {
    if (table->reasons[row].height <= height) {
      if (row != end) {
        swap_rows(table, row, end);
      }
      ++end;
    }
  }
  for (uint32_t row = end; row < table->count; ++row) {
    low = table->reasons[row].height < low ? table->reasons[row].height : low;
  }
  table->pending_low = low;
  table->delta_end = end;
}

void dem_table_open(dem_table *table)
{
  table->delta_begin = table->delta_end = 0;
  table->pending_low = UINT32_MAX;
  table->pending_high = 0;
  for (uint32_t row = 0; row < table->count; ++row) {
    const uint32_t height = table->reasons[row].height;
    table->pending_low = height < table->pending_low ? height : table->pending_low;
    table->pending_high = height > table->pending_high ? height : table->pending_high;
  }
}
