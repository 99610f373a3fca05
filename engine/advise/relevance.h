// SPDX-License-Identifier: Apache-2.0

// What hangs on an open question: the advice that is possible, not certain, because of it.

#ifndef DEM_ADVISE_RELEVANCE_H
#define DEM_ADVISE_RELEVANCE_H

#include "advise/evaluation.h"

/// One answer that would let a possible fact hold.
typedef struct dem_hinge {
  uint32_t question;
  dem_word answer;  ///< DEM_OPEN when no one value says it: any number or text, or just any answer.
  bool is_negative; ///< It is that this is not the answer that would.
} dem_hinge;

/// Which questions each uncertain fact that advice shows hangs on.
typedef struct dem_relevance {
  const dem_evaluation *evaluation;
  uint32_t mask_size;   ///< Words of a set of questions.
  dem_table nodes;      ///< relation, row: the uncertain facts that were met; row n is node n.
  dem_vector masks;     ///< uint64_t, mask_size a node: its questions.
  dem_vector edges;     ///< From node to node: what a fact hangs on.
  uint32_t shown_count; ///< The first nodes are those that advice shows.
} dem_relevance;

/// Follow all derivations of what advice shows and is not certain, down to open questions, through
/// what negations and aggregates look at too.
///
/// @param relevance_out  To be cleared in any case. Empty when nothing is open.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
/// Cost: linear in the derivations that are followed, times the depth of the longest chain of
/// uncertain facts.
dem_status dem_relevance_init(dem_relevance *relevance_out, const dem_evaluation *evaluation);
void dem_relevance_clear(dem_relevance *relevance);

/// The `index`th uncertain fact that advice shows (below shown_count), a possible one.
dem_fact dem_relevance_shown(const dem_relevance *relevance, uint32_t index);

/// Whether the `index`th of them hangs on a question.
bool dem_relevance_hangs(const dem_relevance *relevance, uint32_t index, uint32_t question);

/// The answers by which the simplest derivation of an uncertain fact comes about.
///
/// @param hinges  A vector of dem_hinge; appended, each once, sorted by question.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
dem_status dem_hinges_find(const dem_evaluation *evaluation, dem_fact possible, dem_vector *hinges);

#endif
