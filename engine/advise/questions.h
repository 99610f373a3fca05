// SPDX-License-Identifier: Apache-2.0

// Which open questions matter, and in which order to ask them.

#ifndef DEM_ADVISE_QUESTIONS_H
#define DEM_ADVISE_QUESTIONS_H

#include "advise/evaluation.h"
#include "demarche/questions.h"

typedef struct dem_questions_input {
  dem_allocator allocator;
  const dem_names *names;
  const dem_symbols *symbols; ///< The session's.
  const dem_evaluation *evaluation;
  const dem_answers *answers;
} dem_questions_input;

/// What dem_questions_new does.
dem_status dem_questions_build(const dem_questions_input *input,
                               const dem_questions **questions_out);

#endif
