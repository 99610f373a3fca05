// SPDX-License-Identifier: Apache-2.0

// Facts while they are derived and read: the pack's below, a session's on top.
//
// The pack's facts (dem_base) are immutable once sealed and shared by threads. A session's
// (dem_facts) lie on top of them and are forgotten by a reset whose cost is what was used.
// Rows of a relation are numbered from 0 in each layer; a dem_fact tells them apart.

#ifndef DEM_STORE_FACTS_H
#define DEM_STORE_FACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "demarche/allocator.h"
#include "demarche/status.h"
#include "model/relation.h"
#include "model/value.h"

/// Names one fact. Stable until the session is reset.
typedef struct dem_fact {
  uint32_t relation;
  uint32_t row; ///< Row of the layer; DEM_SESSION_ROW is set for a session's.
} dem_fact;

/// Set in dem_fact.row for a row of the session.
#define DEM_SESSION_ROW (UINT32_C(1) << 31)

/// No fact: what a failed lookup gives.
#define DEM_FACT_NONE ((dem_fact){DEM_NONE, DEM_NONE})

static inline bool dem_fact_is_none(dem_fact fact)
{
  return fact.row == DEM_NONE;
}

/// Why a fact holds. Of several derivations the one of lowest height is kept, then the one of
/// the smallest rule id and facts.
typedef struct dem_justification {
  uint32_t rule;       ///< Index into the model's rules; DEM_NONE for a given fact.
  uint32_t body;       ///< Which of the rule's bodies (plan/body.h): a rule with `any` has several.
  uint32_t height;     ///< 0 for a given fact; else 1 + the highest of its facts.
  uint32_t origin;     ///< Of a fact given in a session: what dem_facts_add_given was told.
  uint32_t fact_count; ///< Facts that the rule's positive patterns matched.
  const uint32_t *relations; ///< fact_count relations, and
  const uint32_t *rows;      ///< the row in each, as in dem_fact.row.
} dem_justification;

/// The `index`th fact that a derived fact came from.
static inline dem_fact dem_justification_fact(const dem_justification *justification,
                                              uint32_t index)
{
  return (dem_fact){justification->relations[index], justification->rows[index]};
}

typedef struct dem_facts dem_facts;

/// Facts of a relation: the pack's and the session's.
uint32_t dem_facts_count(const dem_facts *facts, uint32_t relation);

/// Facts of a relation that are the pack's: they come first in dem_facts_at.
uint32_t dem_facts_pack_count(const dem_facts *facts, uint32_t relation);

/// The `index`th fact of a relation (below dem_facts_count): the pack's in canonical order, then
/// the session's in the order in which they were derived.
dem_fact dem_facts_at(const dem_facts *facts, uint32_t relation, uint32_t index);

/// Words of a relation's rows.
uint32_t dem_facts_width(const dem_facts *facts, uint32_t relation);

/// The fact's words, one a field. Valid until a fact is added.
const dem_word *dem_facts_row(const dem_facts *facts, dem_fact fact);

/// The fact with these words, or DEM_FACT_NONE. Expected cost: O(fields).
dem_fact dem_facts_find(const dem_facts *facts, uint32_t relation, const dem_word *words);

/// Why a fact holds. The rows are valid until a fact is added.
dem_justification dem_facts_justify(const dem_facts *facts, dem_fact fact);

/// Where a fact of the kb comes from: indexes into the model's givens, `*count_out` of
/// them (0 for a derived fact or a session's).
const uint32_t *dem_facts_givens(const dem_facts *facts, dem_fact fact, uint32_t *count_out);

/// Given facts of the kb that are not in force on the day of its compilation, among the model's of
/// the relation.
const uint32_t *dem_facts_idle(const dem_facts *facts, uint32_t relation, uint32_t *count_out);

/// Add a fact that the profile gives. Adding one that is there already is no error.
///
/// @param words   One a field; strings are symbols of the session's table.
/// @param origin  Kept in the fact's justification: the question that it answers.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
dem_status dem_facts_add_given(dem_facts *facts, uint32_t relation, const dem_word *words,
                               uint32_t origin);

/// As dem_facts_add_given for a relation of one field that has no facts in the pack: a fact for
/// each of the words, which differ.
dem_status dem_facts_add_given_words(dem_facts *facts, uint32_t relation, const dem_word *words,
                                     uint32_t count, uint32_t origin);

/// Forget the session's facts and keep the memory. Cost: proportional to what was used.
void dem_facts_reset(dem_facts *facts);

void dem_facts_free(dem_facts *facts);

#endif
