// SPDX-License-Identifier: Apache-2.0

// Puts what has no order into another one.
//
// Sources: Steele, Lea and Flood (2014) for the numbers (SplitMix64); Durstenfeld (1964) for the
// shuffle.

#include "lang/shuffle.h"

dem_shuffle dem_shuffle_new(uint64_t seed)
{
  return (dem_shuffle){seed};
}

uint32_t dem_shuffle_below(dem_shuffle *shuffle, uint32_t bound)
{
  shuffle->state += UINT64_C(0x9E3779B97F4A7C15);
  uint64_t x = shuffle->state;
  x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
  x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
  x ^= x >> 31;
  return (uint32_t)((x >> 32) * bound >> 32); // Not quite even, which is no matter here.
}

static const dem_node *shuffle_list(dem_shuffle *shuffle, const dem_node *list, dem_arena *arena)
{
  dem_node *const copy = DEM_ARENA_NEW(arena, dem_node);
  const dem_node **const items = DEM_ARENA_ARRAY(arena, const dem_node *, list->count);
  if (!copy || !items) {
    return NULL;
  }
  for (size_t i = 0; i < list->count; ++i) {
    items[i] = dem_shuffle_lists(shuffle, list->items[i], arena);
    if (!items[i]) {
      return NULL;
    }
  }
  for (size_t i = list->count; i > 1; --i) {
    const size_t other = dem_shuffle_below(shuffle, (uint32_t)i);
    const dem_node *const last = items[i - 1];
    items[i - 1] = items[other];
    items[other] = last;
  }
  *copy = *list;
  copy->items = items;
  return copy;
}

static const dem_node *shuffle_values(dem_shuffle *shuffle, const dem_node *mapping,
                                      dem_arena *arena)
{
  dem_node *const copy = DEM_ARENA_NEW(arena, dem_node);
  dem_entry *const entries = DEM_ARENA_ARRAY(arena, dem_entry, mapping->count);
  if (!copy || !entries) {
    return NULL;
  }
  for (size_t i = 0; i < mapping->count; ++i) {
    entries[i] = mapping->entries[i];
    entries[i].value = dem_shuffle_lists(shuffle, entries[i].value, arena);
    if (!entries[i].value) {
      return NULL;
    }
  }
  *copy = *mapping;
  copy->entries = entries;
  return copy;
}

// Recursion is as deep as the document, which its reader bounds.
const dem_node *dem_shuffle_lists(dem_shuffle *shuffle, const dem_node *root, dem_arena *arena)
{
  switch (root->kind) {
  case DEM_NODE_SCALAR:
    return root;
  case DEM_NODE_SEQUENCE:
    return shuffle_list(shuffle, root, arena);
  case DEM_NODE_MAPPING:
    return shuffle_values(shuffle, root, arena);
  }
  return root;
}
