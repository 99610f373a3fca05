// SPDX-License-Identifier: Apache-2.0

// Memory that is given back all at once.
//
// Blocks double in size; a reset keeps them, so that a warm arena asks the
// system for nothing. Source: Hanson, "Fast allocation and deallocation of
// memory based on object lifetimes" (1990).

#ifndef DEM_BASE_ARENA_H
#define DEM_BASE_ARENA_H

#include <stddef.h>

#include "base/slice.h"
#include "demarche/allocator.h"

typedef struct dem_arena_block dem_arena_block;

typedef struct dem_arena {
  dem_allocator allocator;
  dem_arena_block *first;   ///< All blocks, in the order in which they were got. NULL while empty.
  dem_arena_block *current; ///< The block that allocation comes from.
  size_t used;              ///< Bytes used of the current block.
} dem_arena;

void dem_arena_init(dem_arena *arena, dem_allocator allocator);

/// Give back every block. The arena may be used again.
void dem_arena_clear(dem_arena *arena);

/// Forget what was allocated and keep the blocks. Cost: O(1).
void dem_arena_reset(dem_arena *arena);

/// `size` zeroed bytes, aligned for any object; NULL when there is no memory.
/// `size` 0 gives a valid pointer to nothing.
void *dem_arena_alloc(dem_arena *arena, size_t size);

/// `count` zeroed elements of `size` bytes; NULL on overflow or without memory.
void *dem_arena_array(dem_arena *arena, size_t count, size_t size);

/// A copy of `bytes`, followed by a NUL that is not counted. NULL without memory.
char *dem_arena_copy(dem_arena *arena, dem_slice bytes);

/// One zeroed object of a type.
#define DEM_ARENA_NEW(arena, type) ((type *)dem_arena_alloc((arena), sizeof(type)))

/// `count` zeroed objects of a type.
#define DEM_ARENA_ARRAY(arena, type, count)                                                        \
  ((type *)dem_arena_array((arena), (count), sizeof(type)))

/// Bytes held in blocks, used or not.
size_t dem_arena_size(const dem_arena *arena);

#endif
