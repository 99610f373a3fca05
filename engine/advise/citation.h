// SPDX-License-Identifier: Apache-2.0

// Citations follow the proof: an item cites its rule's sources and those of every given fact that
// it rests on.

#ifndef DEM_ADVISE_CITATION_H
#define DEM_ADVISE_CITATION_H

#include "infer/program.h"
#include "store/table.h"

/// A citation found in a proof, with the earliest day on which a fact cited to it was last checked.
typedef struct dem_cited {
  dem_citation citation;
  int64_t as_of; ///< INT64_MAX when no fact says.
} dem_cited;

/// Walks proofs; kept from item to item, so that nothing is allocated twice and what a fact rests
/// on is found once, however many items rest on it.
typedef struct dem_citer {
  const dem_program *program;
  dem_facts *facts;   ///< Of the session: where the next item is looked up.
  dem_table nodes;    ///< Relation and row, `facts`: what was met since the reset.
  dem_vector states;  ///< By node.
  dem_vector links;   ///< uint32_t: the nodes that nodes rest on.
  dem_vector todo;    ///< uint32_t: nodes of this walk that are still to be looked at.
  dem_vector support; ///< dem_fact
  dem_vector found;   ///< dem_cited, sorted by source and section: the result.
  dem_vector spare;   ///< Room to sort in.
  uint32_t walk;      ///< The number of this walk.
  bool is_stale;      ///< The proof rests on a fact checked longer ago than the pack allows.
  int64_t oldest;     ///< When that was.
} dem_citer;

void dem_citer_init(dem_citer *citer, dem_allocator allocator, const dem_program *program,
                    dem_facts *facts);
void dem_citer_clear(dem_citer *citer);

/// Forget all facts: before the first walk after any has changed.
void dem_citer_reset(dem_citer *citer);

/// Find the citations of one derived fact into citer->found. Each fact of the proof is looked at
/// once; the proof is walked with a list of its own, not the C stack.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
dem_status dem_citer_walk(dem_citer *citer, dem_fact fact);

#endif
