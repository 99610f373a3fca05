// SPDX-License-Identifier: Apache-2.0

// Hashing of words and bytes, seeded once a process so that input cannot be
// made to collide. No result ever depends on a hash's value.

#ifndef DEM_BASE_HASH_H
#define DEM_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

/// The process's seed, drawn from the system when the first table is made.
/// Thread-safe.
uint64_t dem_hash_seed(void);

/// Mix one word into a running hash: both halves of a product of twice the width, folded. Every
/// input bit reaches either half of the result. Source: Wang Yi, "wyhash" (2019).
static inline uint64_t dem_hash_mix(uint64_t hash, uint64_t word)
{
#ifdef __SIZEOF_INT128__
  __extension__ typedef unsigned __int128 wide;
  const wide product = (wide)(hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
  return (uint64_t)product ^ (uint64_t)(product >> 64);
#else
  uint64_t x = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
  x ^= x >> 32;
  return x * UINT64_C(0xD6E8FEB86659FD93);
#endif
}

/// Hash of bytes under a seed.
uint64_t dem_hash_bytes(uint64_t seed, dem_slice bytes);

#endif
