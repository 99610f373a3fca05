// SPDX-License-Identifier: Apache-2.0

// The rows of one relation in one layer, with what finds them.
//
// Rows are flat arrays of words. A hash table answers "is this row here"; an index chains the
// rows that agree on some columns. Both hold row numbers alone, so rows may move. Small tables
// have no hash table at all: a scan of a few rows beats it, and makes a reset free.
//
// While a stratum runs, its rows fall into three ranges (semi-naive evaluation):
//
//   0 ........ delta_begin ........ delta_end ........ count
//     old                  delta              pending: derived in this round, not yet seen
//
// Indexes cover rows below delta_end only.

#ifndef DEM_STORE_TABLE_H
#define DEM_STORE_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/hash.h"
#include "demarche/allocator.h"
#include "demarche/status.h"
#include "model/relation.h"
#include "model/value.h"

/// Rows up to which a table is scanned rather than hashed.
enum { DEM_SMALL_TABLE = 8 };

/// One place of a hash table. `row` is the row's number + 1; 0 when the place is free.
typedef struct dem_slot {
  uint32_t tag; ///< Upper bits of the hash.
  uint32_t row;
} dem_slot;

/// Rows by the values of some columns. Rows of equal key are chained, newest first.
typedef struct dem_index {
  uint64_t columns;    ///< Bit c: column c is part of the key.
  uint32_t width;      ///< How many they are.
  uint32_t first;      ///< The first of them.
  dem_slot *slots;     ///< One a distinct key: the newest row of it.
  uint32_t slot_count; ///< A power of two, or 0.
  uint32_t key_count;  ///< Distinct keys.
  uint32_t indexed;    ///< Rows below are in the index.
  uint32_t *next;      ///< By row: the next older row of the same key + 1, or 0.
  uint32_t next_capacity;
} dem_index;

/// Why a row holds, in short.
typedef struct dem_reason {
  uint32_t height; ///< As in dem_justification.
  uint32_t begin; ///< Where the justification begins in `proofs`; of height 0: who gave the row, or
                  ///< DEM_NONE.
} dem_reason;

// What a new row needs comes first: it is one line of the cache.
typedef struct dem_table {
  dem_word *words;
  dem_slot *slots;
  dem_reason *reasons; ///< By row.
  uint64_t seed;       ///< Of the hashes.
  uint32_t width;      ///< Words a row; may be 0.
  uint32_t count;
  uint32_t delta_begin;
  uint32_t delta_end;
  uint32_t capacity;    ///< Rows that there is room for in every array.
  uint32_t slot_count;  ///< A power of two, or 0 while the table is small.
  uint32_t pending_low; ///< Smallest and largest height among the pending rows.
  uint32_t pending_high;
  uint32_t *proofs; ///< Justifications: body number, then a row for each of its patterns.
  uint32_t proof_count;
  uint32_t proof_capacity;
  dem_index *indexes;
  uint32_t index_count;
  uint32_t reason_capacity;
  size_t word_capacity;
  bool is_justified; ///< Rows carry reasons.
  dem_allocator allocator;
} dem_table;

/// @param columns  One set of columns an index; copied. `index_count` of them.
dem_status dem_table_init(dem_table *table, dem_allocator allocator, uint32_t width,
                          bool is_justified, const uint64_t *columns, uint32_t index_count);
void dem_table_clear(dem_table *table);

/// Replace the indexes by others, empty. Those with the same columns are kept as they are.
dem_status dem_table_set_indexes(dem_table *table, const uint64_t *columns, uint32_t index_count);

/// Forget the rows of a table that has slots or indexes, and keep the memory. Cost: proportional to
/// the rows.
void dem_table_reset_lookups(dem_table *table);

/// Forget the rows and keep the memory. Cost: proportional to the rows.
static inline void dem_table_reset(dem_table *table)
{
  if (table->slot_count || table->index_count) {
    dem_table_reset_lookups(table);
  }
  table->count = table->delta_begin = table->delta_end = 0;
  table->proof_count = 0;
  table->pending_low = UINT32_MAX;
  table->pending_high = 0;
}

static inline const dem_word *dem_table_row(const dem_table *table, uint32_t row)
{
  return table->words + (size_t)row * table->width;
}

/// The row with these words, or DEM_NONE; pending rows count too.
uint32_t dem_table_find(const dem_table *table, const dem_word *words);

/// As dem_table_find, with the hash known: the same for all tables of one width.
uint32_t dem_table_find_hashed(const dem_table *table, const dem_word *words, uint64_t hash);

/// The row with these words, added at the end when there is none.
///
/// @param is_new  Whether it was added; its height and justification are then 0 and none.
/// @return DEM_NONE without memory.
uint32_t dem_table_put(dem_table *table, const dem_word *words, bool *is_new);

/// Whether a few rows are looked through and one more has room: then dem_table_put_small does.
static inline bool dem_table_is_small(const dem_table *table)
{
  return table->slot_count == 0 && table->count < DEM_SMALL_TABLE && table->count < table->capacity;
}

/// As dem_table_put, in line.
static inline uint32_t dem_table_put_small(dem_table *table, const dem_word *words, bool *is_new)
{
  const uint32_t width = table->width;
  const uint32_t count = table->count;
  dem_word *at = table->words;
  for (uint32_t row = 0; row < count; ++row, at += width) {
    uint32_t same = 0;
    while (same < width && at[same] == words[same]) {
      ++same;
    }
    if (same == width) {
      *is_new = false;
      return row;
    }
  }
  for (uint32_t i = 0; i < width; ++i) {
    at[i] = words[i];
  }
  if (table->is_justified) {
    table->reasons[count] = (dem_reason){0, DEM_NONE};
  }
  ++table->count;
  *is_new = true;
  return count;
}

// In two steps, for tables larger than the caches: hash and prefetch some rows ahead, then put.

/// The hash of a row of the table's width: the same for all tables of that width.
uint64_t dem_table_hash(const dem_table *table, const dem_word *words);

/// Whether looking ahead pays: slots and rows do not fit into a core's own caches.
static inline bool dem_table_is_large(const dem_table *table)
{
  return table->slot_count >= 1 << 18;
}

/// Fetch the slot where a row belongs.
static inline void dem_table_prefetch_slot(const dem_table *table, uint64_t hash)
{
  __builtin_prefetch(&table->slots[(uint32_t)(hash >> 32) & (table->slot_count - 1)]);
}

/// Fetch the row that the slot names, and its reason. The slot should have been fetched
/// before.
static inline void dem_table_prefetch_row(const dem_table *table, uint64_t hash)
{
  const dem_slot slot = table->slots[(uint32_t)(hash >> 32) & (table->slot_count - 1)];
  if (slot.row != 0) {
    __builtin_prefetch(dem_table_row(table, slot.row - 1));
    if (slot.row > table->delta_end) { // Else the reason is final and nobody asks.
      __builtin_prefetch(&table->reasons[slot.row - 1]);
    }
  }
}

/// As dem_table_put, for a table that is large, with the hash known.
uint32_t dem_table_put_hashed(dem_table *table, const dem_word *words, uint64_t hash, bool *is_new);

/// Drop the row added last. No index may hold it, and it may not be the round's.
void dem_table_drop_last(dem_table *table);

/// Make room for `count` rows in all.
dem_status dem_table_reserve(dem_table *table, uint32_t count);

/// Make room for `count` numbers more in `proofs`.
dem_status dem_table_reserve_proofs(dem_table *table, uint32_t count);

/// Note why a row holds that was just added.
static inline dem_status dem_table_justify_new(dem_table *table, uint32_t row, uint32_t height,
                                               uint32_t body, const uint32_t *rows,
                                               uint32_t row_count)
{
  const uint32_t begin = table->proof_count;
  if (begin + row_count >= table->proof_capacity) {
    const dem_status status = dem_table_reserve_proofs(table, row_count + 1);
    if (status != DEM_OK) {
      return status;
    }
  }
  uint32_t *const proof = table->proofs + begin;
  proof[0] = body;
  for (uint32_t i = 0; i < row_count; ++i) {
    proof[i + 1] = rows[i];
  }
  table->proof_count = begin + row_count + 1;
  table->reasons[row] = (dem_reason){height, begin};
  table->pending_low = height < table->pending_low ? height : table->pending_low;
  table->pending_high = height > table->pending_high ? height : table->pending_high;
  return DEM_OK;
}

/// Note why a row holds. Replaces what was noted before.
dem_status dem_table_justify(dem_table *table, uint32_t row, uint32_t height, uint32_t body,
                             const uint32_t *rows, uint32_t row_count);

/// Bring an index up to delta_end. Must be called before dem_index_first; cheap when there is
/// nothing to do.
dem_status dem_index_sync(dem_table *table, dem_index *index);

/// The newest row whose key columns, in column order, are `key`; DEM_NONE if none.
/// The next older ones: dem_index_next.
uint32_t dem_index_first(const dem_table *table, const dem_index *index, const dem_word *key);

static inline uint32_t dem_index_next(const dem_index *index, uint32_t row)
{
  return index->next[row] - 1; // 0 - 1 is DEM_NONE
}

// Rounds ----------------------------------------------------------------------

/// Make the pending rows of the smallest height the delta, and the delta old.
///
/// A round takes heights in order, so that the first justification that a processed row has is a
/// lowest one. Source: Knuth, "A generalization of Dijkstra's algorithm" (1977).
///
/// @param height  Pending rows of this height become the delta; those above stay pending.
void dem_table_advance(dem_table *table, uint32_t height);

/// All rows are seen: the stratum is done (or the relation has given rows only).
static inline void dem_table_complete(dem_table *table)
{
  table->delta_begin = 0;
  table->delta_end = table->count;
  table->pending_low = UINT32_MAX;
  table->pending_high = 0;
}

/// All rows are pending: the stratum begins.
void dem_table_open(dem_table *table);

#endif
