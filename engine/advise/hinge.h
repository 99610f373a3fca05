// SPDX-License-Identifier: Apache-2.0

// Hinges: the answers to open questions by which something possible comes about.

#ifndef DEM_ADVISE_HINGE_H
#define DEM_ADVISE_HINGE_H

#include "advise/evaluation.h"

/// One answer that would let a possible fact hold.
typedef struct dem_hinge {
  uint32_t question;
  dem_word answer;  ///< DEM_OPEN when no one value says it: any number or text, or just any answer.
  bool is_negative; ///< It is that this is not the answer that would.
} dem_hinge;

/// Searches proofs; kept from item to item so that nothing is allocated twice.
typedef struct dem_hinge_finder {
  const dem_evaluation *evaluation;
  dem_table seen;    ///< relation, row, is_negative
  dem_vector todo;   ///< What is still to be looked at.
  dem_vector doubts; ///< dem_fact, of one match.
  dem_vector found;  ///< dem_hinge: the result.
} dem_hinge_finder;

void dem_hinge_finder_init(dem_hinge_finder *finder, dem_allocator allocator);
void dem_hinge_finder_clear(dem_hinge_finder *finder);

/// Find the answers by which the simplest derivation of an uncertain fact comes about into
/// finder->found, each once, sorted by question.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
dem_status dem_hinge_find(dem_hinge_finder *finder, const dem_evaluation *evaluation,
                          dem_fact possible);

#endif
