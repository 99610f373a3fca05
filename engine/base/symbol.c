// SPDX-License-Identifier: Apache-2.0

// Interned byte strings: open addressing over stored hashes, texts in an arena.

#include "base/symbol.h"

#include <string.h>

#include "base/hash.h"
#include "base/vector.h"

enum { FIRST_SLOTS = 64 };

typedef struct slot {
  uint32_t tag;
  uint32_t item; ///< Number in `texts` + 1; 0 when free.
} slot;

struct dem_symbols {
  dem_allocator allocator;
  const dem_symbols *base;
  uint32_t base_count;
  uint64_t seed;
  dem_arena arena;
  dem_vector texts; ///< dem_slice
  slot *slots;
  uint32_t slot_count; ///< A power of two, or 0.
};

dem_symbols *dem_symbols_new(dem_allocator allocator, const dem_symbols *base)
{
  dem_symbols *const symbols = allocator.resize(allocator.context, NULL, 0, sizeof *symbols);
  if (!symbols) {
    return NULL;
  }
  *symbols = (dem_symbols){.allocator = allocator,
                           .base = base,
                           .base_count = base ? dem_symbols_count(base) : 0,
                           .seed = dem_hash_seed()};
  dem_arena_init(&symbols->arena, allocator);
  dem_vector_init(&symbols->texts, allocator, sizeof(dem_slice));
  return symbols;
}

void dem_symbols_free(dem_symbols *symbols)
{
  if (!symbols) {
    return;
  }
  const dem_allocator allocator = symbols->allocator;
  dem_vector_clear(&symbols->texts);
  dem_arena_clear(&symbols->arena);
  (void)allocator.resize(allocator.context, symbols->slots,
                         symbols->slot_count * sizeof *symbols->slots, 0);
  (void)allocator.resize(allocator.context, symbols, sizeof *symbols, 0);
}

void dem_symbols_reset(dem_symbols *symbols)
{
  if (symbols->texts.count == 0) {
    return;
  }
  if (symbols->slots) {
    memset(symbols->slots, 0, symbols->slot_count * sizeof *symbols->slots);
  }
  dem_vector_reset(&symbols->texts);
  dem_arena_reset(&symbols->arena);
}

uint32_t dem_symbols_count(const dem_symbols *symbols)
{
  return symbols->base_count + (uint32_t)symbols->texts.count;
}

dem_slice dem_symbols_text(const dem_symbols *symbols, dem_symbol symbol)
{
  while (symbol.index < symbols->base_count) {
    symbols = symbols->base;
  }
  return DEM_VECTOR_AT(&symbols->texts, dem_slice, symbol.index - symbols->base_count);
}

/// The slot that holds the bytes, or the free one where they belong. NULL while there are no slots.
static slot *probe(const dem_symbols *symbols, dem_slice bytes, uint64_t hash)
{
  const uint32_t tag = (uint32_t)hash;
  const uint32_t mask = symbols->slot_count - 1;
  for (uint32_t i = (uint32_t)(hash >> 32) & mask; symbols->slots; i = (i + 1) & mask) {
    slot *const s = &symbols->slots[i];
    if (s->item == 0 ||
        (s->tag == tag &&
         dem_slice_is_equal(DEM_VECTOR_AT(&symbols->texts, dem_slice, s->item - 1), bytes))) {
      return s;
    }
  }
  return NULL;
}

/// All tables hash with the process's one seed, so a chain of tables hashes once.
static dem_symbol find(const dem_symbols *symbols, dem_slice bytes, uint64_t hash)
{
  for (; symbols; symbols = symbols->base) {
    const slot *const s = probe(symbols, bytes, hash);
    if (s && s->item) {
      return (dem_symbol){symbols->base_count + s->item - 1};
    }
  }
  return DEM_SYMBOL_NONE;
}

dem_symbol dem_symbols_find(const dem_symbols *symbols, dem_slice bytes)
{
  return find(symbols, bytes, dem_hash_bytes(symbols->seed, bytes));
}

static bool grow(dem_symbols *symbols)
{
  const uint32_t slot_count = symbols->slot_count ? symbols->slot_count * 2 : FIRST_SLOTS;
  slot *const slots =
      symbols->allocator.resize(symbols->allocator.context, NULL, 0, slot_count * sizeof *slots);
  if (!slots) {
    return false;
  }
  memset(slots, 0, slot_count * sizeof *slots);
  for (size_t item = 0; item < symbols->texts.count; ++item) {
    const dem_slice text = DEM_VECTOR_AT(&symbols->texts, dem_slice, item);
    const uint64_t hash = dem_hash_bytes(symbols->seed, text);
    uint32_t i = (uint32_t)(hash >> 32) & (slot_count - 1);
    while (slots[i].item != 0) {
      i = (i + 1) & (slot_count - 1);
    }
    slots[i] = (slot){(uint32_t)hash, (uint32_t)item + 1};
  }
  (void)symbols->allocator.resize(symbols->allocator.context, symbols->slots,
                                  symbols->slot_count * sizeof *symbols->slots, 0);
  symbols->slots = slots;
  symbols->slot_count = slot_count;
  return true;
}

dem_symbol dem_symbols_intern(dem_symbols *symbols, dem_slice bytes)
{
  const uint64_t hash = dem_hash_bytes(symbols->seed, bytes);
  const dem_symbol known = find(symbols, bytes, hash);
  if (!dem_symbol_is_none(known)) {
    return known;
  }
  if (symbols->texts.count + 1 > symbols->slot_count / 2 && !grow(symbols)) {
    return DEM_SYMBOL_NONE;
  }
  const dem_slice text = {dem_arena_copy(&symbols->arena, bytes), bytes.size};
  if (!text.bytes || !dem_vector_add(&symbols->texts, &text)) {
    return DEM_SYMBOL_NONE;
  }
  *probe(symbols, bytes, hash) = (slot){(uint32_t)hash, (uint32_t)symbols->texts.count};
  return (dem_symbol){symbols->base_count + (uint32_t)symbols->texts.count - 1};
}
