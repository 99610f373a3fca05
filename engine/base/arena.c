// SPDX-License-Identifier: Apache-2.0

// Memory that is given back all at once.

#include "base/arena.h"

#include <stdint.h>
#include <string.h>

enum { FIRST_BLOCK_SIZE = 16 * 1024, LARGEST_BLOCK_SIZE = 8 * 1024 * 1024, ALIGNMENT = 16 };

struct dem_arena_block {
  dem_arena_block *next;
  size_t size; ///< Bytes behind this header.
  _Alignas(16) unsigned char bytes[];
};

void dem_arena_init(dem_arena *arena, dem_allocator allocator)
{
  *arena = (dem_arena){.allocator = allocator};
}

void dem_arena_clear(dem_arena *arena)
{
  const dem_allocator allocator = arena->allocator;
  for (dem_arena_block *block = arena->first; block;) {
    dem_arena_block *const next = block->next;
    (void)allocator.resize(allocator.context, block, sizeof *block + block->size, 0);
    block = next;
  }
  dem_arena_init(arena, allocator);
}

void dem_arena_reset(dem_arena *arena)
{
  arena->current = arena->first;
  arena->used = 0;
}

/// A block of at least `size` bytes behind the current one.
static dem_arena_block *add_block(dem_arena *arena, size_t size)
{
  size_t wanted = arena->current ? arena->current->size * 2 : FIRST_BLOCK_SIZE;
  wanted = wanted > LARGEST_BLOCK_SIZE ? LARGEST_BLOCK_SIZE : wanted;
  wanted = wanted < size ? size : wanted;
  const dem_allocator allocator = arena->allocator;
  dem_arena_block *const block =
      allocator.resize(allocator.context, NULL, 0, sizeof *block + wanted);
  if (!block) {
    return NULL;
  }
  block->size = wanted;
  block->next = arena->current ? arena->current->next : NULL;
  if (arena->current) {
    arena->current->next = block;
  } else {
    arena->first = block;
  }
  return block;
}

/// Bytes with anything in them.
static void *take(dem_arena *arena, size_t size)
{
  if (size > SIZE_MAX / 2) {
    return NULL;
  }
  const size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  if (!arena->current || arena->current->size - arena->used < rounded) {
    // After a reset the blocks behind are free again: take the next one that is large enough.
    dem_arena_block *block = arena->current ? arena->current->next : NULL;
    if (!block || block->size < rounded) {
      block = add_block(arena, rounded);
    }
    if (!block) {
      return NULL;
    }
    arena->current = block;
    arena->used = 0;
  }
  void *const memory = arena->current->bytes + arena->used;
  arena->used += rounded;
  return memory;
}

void *dem_arena_alloc(dem_arena *arena, size_t size)
{
  void *const memory = take(arena, size);
  if (memory) {
    memset(memory, 0, size);
  }
  return memory;
}

void *dem_arena_array(dem_arena *arena, size_t count, size_t size)
{
  return size && count > SIZE_MAX / 2 / size ? NULL : dem_arena_alloc(arena, count * size);
}

char *dem_arena_copy(dem_arena *arena, dem_slice bytes)
{
  char *const copy = bytes.size < SIZE_MAX ? take(arena, bytes.size + 1) : NULL;
  if (copy) {
    if (bytes.size) {
      memcpy(copy, bytes.bytes, bytes.size);
    }
    copy[bytes.size] = '\0';
  }
  return copy;
}

size_t dem_arena_size(const dem_arena *arena)
{
  size_t size = 0;
  for (const dem_arena_block *block = arena->first; block; block = block->next) {
    size += block->size;
  }
  return size;
}
