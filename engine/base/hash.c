// SPDX-License-Identifier: Apache-2.0

// The process's hash seed. Needs POSIX (getentropy).

#define _DEFAULT_SOURCE

#include "base/hash.h"

#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

uint64_t dem_hash_seed(void)
{
  static _Atomic uint64_t seed; // 0 until it is drawn: then never again.
  uint64_t known = atomic_load_explicit(&seed, memory_order_relaxed);
  if (known == 0) {
    uint64_t drawn = 0;
    if (getentropy(&drawn, sizeof drawn) != 0) {
      drawn = (uint64_t)(uintptr_t)&drawn; // Rarely needed: the address space is random too.
    }
    drawn |= 1;
    // The first thread to come decides.
    known = atomic_compare_exchange_strong(&seed, &known, drawn) ? drawn : known;
  }
  return known;
}

uint64_t dem_hash_bytes(uint64_t seed, dem_slice bytes)
{
  uint64_t hash = seed ^ bytes.size;
  size_t i = 0;
  for (; i + 8 <= bytes.size; i += 8) {
    uint64_t word;
    memcpy(&word, bytes.bytes + i, sizeof word);
    hash = dem_hash_mix(hash, word);
  }
  if (i < bytes.size) {
    hash = dem_hash_mix(hash, dem_slice_short_word((dem_slice){bytes.bytes + i, bytes.size - i}));
  }
  return hash ^ hash >> 29;
}
