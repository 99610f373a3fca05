// SPDX-License-Identifier: Apache-2.0

// Every way in which facts were derived, not only the best of them.
//
// Kept for possible facts alone: what hangs on an open question is found by following all of them.

#ifndef DEM_STORE_DERIVATIONS_H
#define DEM_STORE_DERIVATIONS_H

#include "base/vector.h"
#include "store/facts.h"

typedef struct dem_derivation {
  dem_fact fact;  ///< Its row is DEM_NONE while it may still move: the fact is then given by words.
  uint32_t body;  ///< Index into the plan's bodies.
  uint32_t begin; ///< Of the rows that the body's patterns took, in dem_derivations.rows.
} dem_derivation;

typedef struct dem_derivations {
  dem_vector items; ///< dem_derivation
  dem_vector rows;  ///< uint32_t, as in dem_fact.row
  dem_vector words; ///< dem_word: of the facts that may move, in order.
} dem_derivations;

void dem_derivations_init(dem_derivations *derivations, dem_allocator allocator);
void dem_derivations_clear(dem_derivations *derivations);
void dem_derivations_reset(dem_derivations *derivations);

/// The words of a fact that is added next with a row of DEM_NONE: rows of a stratum that goes round
/// move until it is done.
dem_status dem_derivations_add_words(dem_derivations *derivations, const dem_word *words,
                                     uint32_t width);

/// Find the rows of the facts that were given by words, now that no row moves any more.
void dem_derivations_settle(dem_derivations *derivations, const dem_facts *facts);

/// @param rows  `count` of them; copied.
dem_status dem_derivations_add(dem_derivations *derivations, dem_fact fact, uint32_t body,
                               const uint32_t *rows, uint32_t count);

#endif
