// SPDX-License-Identifier: Apache-2.0

// What runs the flat rules: demarche and those that it is compared with, behind one face.

#ifndef DEM_BENCH_FLAT_ENGINES_H
#define DEM_BENCH_FLAT_ENGINES_H

#include "flat_rules.h"

/// The rules that fired for a profile.
typedef struct firings {
  uint32_t count;
  uint32_t rules[MOST_FIRING]; ///< In any order.
  uint64_t support;            ///< How many facts the reasons name, where the engine has reasons.
} firings;

typedef struct flat_engine {
  const char *name;
  /// NULL when the engine is not there.
  void *(*make)(const flat_rules *flat);
  /// From the profile's texts to the rules that fired.
  void (*run)(void *engine, const profile *p, firings *out);
  void (*free)(void *engine);
} flat_engine;

extern const flat_engine flat_demarche;
extern const flat_engine flat_index;       ///< Plain C: an index on pairs of conditions.
extern const flat_engine flat_clips_facts; ///< A fact a field.
extern const flat_engine flat_clips_one;   ///< One fact with a slot a field.

#endif
