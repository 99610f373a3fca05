// SPDX-License-Identifier: Apache-2.0

// Puts what has no order into another one: a pack must give the same results whatever order it is
// written in, and this is how tests ask it to.

#ifndef DEM_LANG_SHUFFLE_H
#define DEM_LANG_SHUFFLE_H

#include <stdint.h>

#include "text/document.h"

/// A sequence of numbers: the same seed, the same numbers.
typedef struct dem_shuffle {
  uint64_t state;
} dem_shuffle;

dem_shuffle dem_shuffle_new(uint64_t seed);

/// A number below `bound`, which must not be 0.
uint32_t dem_shuffle_below(dem_shuffle *shuffle, uint32_t bound);

/// A copy of a tree with the items of every list in another order. Places stay what they were.
/// @return NULL without memory.
const dem_node *dem_shuffle_lists(dem_shuffle *shuffle, const dem_node *root, dem_arena *arena);

#endif
