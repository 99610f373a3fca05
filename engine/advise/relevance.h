// SPDX-License-Identifier: Apache-2.0

// What hangs on an open question: the advice that is possible, not certain, because of it.

#ifndef DEM_ADVISE_RELEVANCE_H
#define DEM_ADVISE_RELEVANCE_H

#include "advise/evaluation.h"

/// Which questions each uncertain fact that advice shows hangs on. Kept from profile to profile.
typedef struct dem_relevance {
  const dem_evaluation *evaluation;
  uint32_t mask_size;   ///< Words of a set of questions.
  dem_table nodes;      ///< relation, row: the uncertain facts that were met; row n is node n.
  dem_vector masks;     ///< uint64_t, mask_size a node: its questions.
  dem_vector edges;     ///< From node to node: what a fact hangs on.
  uint32_t shown_count; ///< The first nodes are those that advice shows.
  dem_arena arena;      ///< Of one search: the derivations of each fact.
  dem_vector doubts;    ///< dem_fact, of one match.
} dem_relevance;

/// Empty.
void dem_relevance_init(dem_relevance *relevance, dem_allocator allocator);
void dem_relevance_clear(dem_relevance *relevance);

/// Follow all derivations of what advice shows and is not certain, down to open questions, through
/// what negations and aggregates look at too. Finds nothing when nothing is open.
///
/// @param evaluation  After its run; borrowed until the next call.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
/// Cost: linear in the derivations that are followed, times the depth of the longest chain of
/// uncertain facts.
dem_status dem_relevance_find(dem_relevance *relevance, const dem_evaluation *evaluation);

/// The `index`th uncertain fact that advice shows (below shown_count), a possible one.
dem_fact dem_relevance_shown(const dem_relevance *relevance, uint32_t index);

/// Whether the `index`th of them hangs on a question.
bool dem_relevance_hangs(const dem_relevance *relevance, uint32_t index, uint32_t question);

/// Whether any of them does.
bool dem_relevance_matters(const dem_relevance *relevance, uint32_t question);

#endif
