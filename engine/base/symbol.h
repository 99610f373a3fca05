// SPDX-License-Identifier: Apache-2.0

// Interned byte strings: equal bytes, equal id.
//
// A table may stand on a base table that no longer changes (the pack's): ids
// below the base's count are the base's. That is how sessions name what only
// their profile says, while the pack stays shared.

#ifndef DEM_BASE_SYMBOL_H
#define DEM_BASE_SYMBOL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"

typedef struct dem_symbol {
  uint32_t index;
} dem_symbol;

/// No symbol: what a failed lookup gives.
#define DEM_SYMBOL_NONE ((dem_symbol){UINT32_MAX})

static inline bool dem_symbol_is_none(dem_symbol symbol)
{
  return symbol.index == UINT32_MAX;
}

static inline bool dem_symbol_is_equal(dem_symbol a, dem_symbol b)
{
  return a.index == b.index;
}

typedef struct dem_symbols dem_symbols;

/// A new table.
///
/// @param base  Borrowed and unchanged as long as the new table lives; NULL for none.
/// @return Yours; NULL without memory.
dem_symbols *dem_symbols_new(dem_allocator allocator, const dem_symbols *base);
void dem_symbols_free(dem_symbols *symbols);

/// Forget what is not in the base table; keep the memory. Cost: O(what is forgotten).
void dem_symbols_reset(dem_symbols *symbols);

/// The id of `bytes`, which are copied when new. DEM_SYMBOL_NONE without memory.
/// Expected cost: O(size).
dem_symbol dem_symbols_intern(dem_symbols *symbols, dem_slice bytes);

/// The id of `bytes`, or DEM_SYMBOL_NONE. Thread-safe while nobody interns.
dem_symbol dem_symbols_find(const dem_symbols *symbols, dem_slice bytes);

/// As dem_symbols_find, for up to eight bytes, given as dem_slice_short_word.
dem_symbol dem_symbols_find_short(const dem_symbols *symbols, uint64_t word, uint32_t size);

/// The bytes, followed by a NUL that is not counted. Valid as long as the table.
dem_slice dem_symbols_text(const dem_symbols *symbols, dem_symbol symbol);

/// How many symbols there are, the base's included: ids are below it.
uint32_t dem_symbols_count(const dem_symbols *symbols);

#endif
