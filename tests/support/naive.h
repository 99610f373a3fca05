// SPDX-License-Identifier: Apache-2.0

// A reference evaluator, as plain as can be: it tries every combination of facts until nothing new
// comes. Shares no code with engine/infer or engine/plan.

#ifndef DEM_TESTS_NAIVE_H
#define DEM_TESTS_NAIVE_H

#include "model/model.h"

enum { NAIVE_MAX_FIELDS = 4, NAIVE_MAX_FACTS = 4096, NAIVE_MAX_VARIABLES = 16 };

typedef struct naive_fact {
  uint32_t relation;
  int64_t words[NAIVE_MAX_FIELDS];
} naive_fact;

typedef struct naive {
  const dem_model *model;
  const uint32_t *levels; ///< By relation: rules are run level by level.
  uint32_t level_count;
  size_t count;
  naive_fact facts[NAIVE_MAX_FACTS];
} naive;

/// Add a fact if it is not there. Returns whether it was new.
bool naive_add(naive *n, uint32_t relation, const dem_word *words);
bool naive_has(const naive *n, uint32_t relation, const dem_word *words);

/// Derive everything. Only integer fields and variables are understood.
void naive_run(naive *n);

#endif
