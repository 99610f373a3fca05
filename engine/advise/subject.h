// SPDX-License-Identifier: Apache-2.0

// What an explanation is asked about, as people name it → goals: facts that are known in part.
//
//   afdb, African Development Bank        a partner: recommendations whose partner it is
//   Migration is not its core mandate     an item: steps, caveats, references with that text
//   member(country: MA, status: full)     a fact; fields that are left out match anything

#ifndef DEM_ADVISE_SUBJECT_H
#define DEM_ADVISE_SUBJECT_H

#include "advise/names.h"
#include "base/diagnostic.h"
#include "base/vector.h"

typedef struct dem_goal {
  uint32_t relation;
  uint64_t mask; ///< Bit f: field f must be words[f].
  dem_word words[DEM_MAX_FIELDS];
} dem_goal;

typedef struct dem_subject {
  dem_vector goals;  ///< dem_goal: any fact that fits any of them is meant.
  bool has_all;      ///< Every recommendation is meant.
  bool is_fact;      ///< A fact: the goal is what was asked for, word by word.
  bool is_partner;   ///< A partner: its recommendations are meant.
  uint32_t relation; ///< Of the keyed row that was named; DEM_NONE for a fact or a plain text.
  dem_word key;      ///< Of that row.
} dem_subject;

void dem_subject_init(dem_subject *subject, dem_allocator allocator);
void dem_subject_clear(dem_subject *subject);

/// Find what a text names. Goals are added.
///
/// @param text         NULL: every recommendation.
/// @param symbols      The session's; may receive the text's own words.
/// @param diagnostics  Receives what is wrong, with the nearest name.
/// @return DEM_OK; DEM_ERR_NOT_FOUND and a diagnostic; DEM_ERR_NO_MEMORY.
/// Cost: linear in the rows of the relations that are shown or named.
dem_status dem_subject_find(dem_subject *subject, const dem_names *names, dem_symbols *symbols,
                            const dem_facts *facts, const char *text, dem_diagnostics *diagnostics);

/// What a pattern asks for with the values at hand.
/// @param values  By variable; DEM_ABSENT: not known.
dem_goal dem_goal_of(const dem_word *values, const dem_pattern *pattern);

/// Whether a row fits a goal.
bool dem_goal_fits(const dem_model *model, const dem_goal *goal, const dem_word *row);

/// Whether some fact fits one of a subject's goals.
bool dem_subject_holds(const dem_subject *subject, const dem_model *model, const dem_facts *facts);

#endif
