// SPDX-License-Identifier: Apache-2.0

// Answers → facts → what follows: in one model, or in two while questions are open.

#ifndef DEM_ADVISE_EVALUATION_H
#define DEM_ADVISE_EVALUATION_H

#include "advise/answers.h"

/// What is certain and what is possible. Kept from profile to profile.
typedef struct dem_evaluation {
  dem_allocator allocator;
  const dem_program *program;
  dem_symbols *symbols; ///< The session's; borrowed.
  dem_facts *certain;   ///< What holds whatever the open questions' answers are.
  dem_facts *possible; ///< What holds for some answers to them, and all that is certain. NULL until
                       ///< it is first needed; meaningful while is_open.
  bool is_open;        ///< Some question was open in the last run.
} dem_evaluation;

dem_status dem_evaluation_init(dem_evaluation *evaluation, dem_allocator allocator,
                               const dem_program *program, dem_symbols *symbols);
void dem_evaluation_clear(dem_evaluation *evaluation);

/// Forget the facts and keep the memory.
void dem_evaluation_reset(dem_evaluation *evaluation);

/// Take what the answers say. Call once after a reset.
/// @return DEM_OK; DEM_ERR_INVALID for a required question without an answer; DEM_ERR_NO_MEMORY.
dem_status dem_evaluation_give(dem_evaluation *evaluation, const dem_answers *answers);

/// Derive everything that follows from the answers that were given.
///
/// A question is open when it is not answered, unless its `known` certainly fills it in. With none
/// open there is one run over one model.
/// @return As dem_program_run.
dem_status dem_evaluation_run(dem_evaluation *evaluation, const dem_answers *answers,
                              const dem_limits *limits, dem_diagnostics *diagnostics);

/// The widest facts: the possible ones while questions are open, else the certain ones.
static inline dem_facts *dem_evaluation_facts(const dem_evaluation *evaluation)
{
  return evaluation->is_open ? evaluation->possible : evaluation->certain;
}

/// The certain fact that equals a possible one, or DEM_FACT_NONE.
dem_fact dem_evaluation_find_certain(const dem_evaluation *evaluation, dem_fact possible);

/// Whether a possible fact is not certain.
bool dem_evaluation_is_uncertain(const dem_evaluation *evaluation, dem_fact possible);

/// Whether the last run left a question open.
bool dem_evaluation_is_open(const dem_evaluation *evaluation, const dem_answers *answers,
                            uint32_t question);

#endif
