// SPDX-License-Identifier: Apache-2.0

// Random stratified programs over small integers.

#ifndef DEM_TESTS_RANDOM_MODEL_H
#define DEM_TESTS_RANDOM_MODEL_H

#include "model/model.h"

enum { RANDOM_GIVEN = 4, RANDOM_DERIVED = 6, RANDOM_RELATIONS = RANDOM_GIVEN + RANDOM_DERIVED };

typedef struct random_model {
  dem_model model;
  uint32_t levels[RANDOM_RELATIONS]; ///< Negation and aggregates read lower levels only.
  uint32_t level_count;
  bool is_positive; ///< One program in four has neither negations nor aggregates.
  uint64_t state;
} random_model;

/// The same seed gives the same program. Some given relations are answered by sessions.
void random_model_make(random_model *random, uint64_t seed);
void random_model_free(random_model *random);

/// A number below `bound`.
uint32_t random_below(random_model *random, uint32_t bound);

#endif
