// SPDX-License-Identifier: Apache-2.0

// Interned byte strings: open addressing, texts in an arena.
//
// A slot holds a key that decides by itself for texts of up to eight bytes, as most symbols are: no
// look at the text is needed.

#include "base/symbol.h"

#include <string.h>

#include "base/hash.h"
#include "base/hot.h"
#include "base/vector.h"

enum { FIRST_SLOTS = 64 };

typedef struct slot {
  uint64_t key;
  uint32_t size; ///< Of the text.
  uint32_t item; ///< Number in `texts` + 1; 0 when free.
} slot;

/// What is looked for.
typedef struct wanted {
  dem_slice bytes;
  uint64_t key; ///< The bytes themselves, up to eight; else their hash.
  uint64_t hash;
} wanted;

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

static inline bool is_short(dem_slice bytes)
{
  return bytes.size <= 8;
}

static inline wanted want(uint64_t seed, dem_slice bytes)
{
  wanted w = {.bytes = bytes};
  if (is_short(bytes)) {
    w.key = dem_slice_short_word(bytes);
    w.hash = dem_hash_mix(seed ^ bytes.size, w.key);
  } else {
    w.key = w.hash = dem_hash_bytes(seed, bytes);
  }
  return w;
}

dem_symbols *dem_symbols_new(dem_allocator allocator, const dem_symbols *base)
{
  dem_symbols *const symbols = allocator.resize(allocator.context, NULL, 0, sizeof *symbols);
  if (!symbols) {
    return NULL;
  }
  const uint32_t base_count = base ? dem_symbols_count(base) : 0;
  while (base && base->texts.count == 0) { // It stays so: no need to look there.
    base = base->base;
  }
  *symbols = (dem_symbols){
      .allocator = allocator, .base = base, .base_count = base_count, .seed = dem_hash_seed()};
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

/// Free the slots: all of them, or each where its text belongs. A walk from there to the next free
/// slot also frees what others own, whose walks then end at once.
static void forget_slots(dem_symbols *symbols)
{
  if (symbols->slot_count / 16 <= symbols->texts.count) {
    memset(symbols->slots, 0, symbols->slot_count * sizeof *symbols->slots);
    return;
  }
  const uint32_t mask = symbols->slot_count - 1;
  for (size_t item = 0; item < symbols->texts.count; ++item) {
    const wanted w = want(symbols->seed, DEM_VECTOR_AT(&symbols->texts, dem_slice, item));
    for (uint32_t i = (uint32_t)(w.hash >> 32) & mask; symbols->slots[i].item; i = (i + 1) & mask) {
      symbols->slots[i] = (slot){0};
    }
  }
}

void dem_symbols_reset(dem_symbols *symbols)
{
  if (symbols->texts.count == 0) {
    return;
  }
  forget_slots(symbols);
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

/// The slot that holds the bytes, or the free one where they belong. There must be slots.
static slot *probe(const dem_symbols *symbols, const wanted *w)
{
  const uint32_t mask = symbols->slot_count - 1;
  for (uint32_t i = (uint32_t)(w->hash >> 32) & mask;; i = (i + 1) & mask) {
    slot *const s = &symbols->slots[i];
    if (s->item == 0) {
      return s;
    }
    if (s->key == w->key && s->size == (uint32_t)w->bytes.size &&
        (is_short(w->bytes) ||
         dem_slice_is_equal(DEM_VECTOR_AT(&symbols->texts, dem_slice, s->item - 1), w->bytes))) {
      return s;
    }
  }
}

DEM_NOINLINE static dem_symbol find_long(const dem_symbols *symbols, dem_slice bytes)
{
  const wanted w = want(symbols->seed, bytes);
  for (; symbols; symbols = symbols->base) {
    if (symbols->texts.count == 0) {
      continue;
    }
    const slot *const s = probe(symbols, &w);
    if (s->item) {
      return (dem_symbol){symbols->base_count + s->item - 1};
    }
  }
  return DEM_SYMBOL_NONE;
}

/// As find_long, where the key decides: what nearly all answers of nearly all profiles need.
DEM_INLINE static dem_symbol find_short(const dem_symbols *symbols, uint64_t key, uint32_t size)
{
  const uint32_t at = (uint32_t)(dem_hash_mix(symbols->seed ^ size, key) >> 32);
  for (; symbols; symbols = symbols->base) {
    if (symbols->texts.count == 0) {
      continue;
    }
    const uint32_t mask = symbols->slot_count - 1;
    const slot *s = &symbols->slots[at & mask];
    for (uint32_t i = at; s->item; s = &symbols->slots[++i & mask]) {
      if (s->key == key && s->size == size) {
        return (dem_symbol){symbols->base_count + s->item - 1};
      }
    }
  }
  return DEM_SYMBOL_NONE;
}

dem_symbol dem_symbols_find_short(const dem_symbols *symbols, uint64_t word, uint32_t size)
{
  return find_short(symbols, word, size);
}

/// All tables hash with the process's one seed, so a chain of tables hashes once.
DEM_INLINE static dem_symbol find(const dem_symbols *symbols, dem_slice bytes)
{
  return is_short(bytes) ? find_short(symbols, dem_slice_short_word(bytes), (uint32_t)bytes.size)
                         : find_long(symbols, bytes);
}

dem_symbol dem_symbols_find(const dem_symbols *symbols, dem_slice bytes)
{
  return find(symbols, bytes);
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
    const wanted w = want(symbols->seed, DEM_VECTOR_AT(&symbols->texts, dem_slice, item));
    uint32_t i = (uint32_t)(w.hash >> 32) & (slot_count - 1);
    while (slots[i].item != 0) {
      i = (i + 1) & (slot_count - 1);
    }
    slots[i] = (slot){w.key, (uint32_t)w.bytes.size, (uint32_t)item + 1};
  }
  (void)symbols->allocator.resize(symbols->allocator.context, symbols->slots,
                                  symbols->slot_count * sizeof *symbols->slots, 0);
  symbols->slots = slots;
  symbols->slot_count = slot_count;
  return true;
}

DEM_COLD static dem_symbol add(dem_symbols *symbols, dem_slice bytes)
{
  if (symbols->texts.count + 1 > symbols->slot_count / 2 && !grow(symbols)) {
    return DEM_SYMBOL_NONE;
  }
  const dem_slice text = {dem_arena_copy(&symbols->arena, bytes), bytes.size};
  if (!text.bytes || !dem_vector_add(&symbols->texts, &text)) {
    return DEM_SYMBOL_NONE;
  }
  const wanted w = want(symbols->seed, bytes);
  *probe(symbols, &w) = (slot){w.key, (uint32_t)text.size, (uint32_t)symbols->texts.count};
  return (dem_symbol){symbols->base_count + (uint32_t)symbols->texts.count - 1};
}

dem_symbol dem_symbols_intern(dem_symbols *symbols, dem_slice bytes)
{
  const dem_symbol known = find(symbols, bytes);
  return dem_symbol_is_none(known) ? add(symbols, bytes) : known;
}
