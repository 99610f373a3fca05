// SPDX-License-Identifier: Apache-2.0

// Numbers that look random and are the same on every machine.
//
// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).

#ifndef DEM_BENCH_RANDOM_H
#define DEM_BENCH_RANDOM_H

#include <stdint.h>

typedef struct random_source {
  uint64_t state;
} random_source;

static inline uint64_t random_word(random_source *source)
{
  uint64_t z = source->state += UINT64_C(0x9E3779B97F4A7C15);
  z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
  return z ^ (z >> 31);
}

/// A number below `count`, which is at least 1.
static inline uint32_t random_below(random_source *source, uint32_t count)
{
  return (uint32_t)(((random_word(source) >> 32) * count) >> 32);
}

#endif
