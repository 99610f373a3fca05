// SPDX-License-Identifier: Apache-2.0

// What a run makes of a test's expectations: which are not met, what was found instead, and why.

#ifndef DEM_ADVISE_VERDICT_H
#define DEM_ADVISE_VERDICT_H

#include "advise/account.h"
#include "advise/evaluation.h"
#include "demarche/advice.h"
#include "demarche/questions.h"
#include "demarche/test.h"
#include "lang/test_reader.h"

/// A run to judge. All borrowed.
typedef struct dem_verdict_input {
  dem_account account; ///< Of the session that was run: what is certain.
  const dem_evaluation *evaluation;
  const dem_questions *questions; ///< That are open and matter.
  const dem_advice *advice;       ///< That came of it.
  const dem_files *files;         ///< Those of the tests.
  dem_arena *arena;               ///< Receives the failures' texts.
} dem_verdict_input;

/// Hold a run to what a test expects.
/// @param failures  A vector of dem_test_failure; appended, in the order of the text.
/// @return DEM_OK, also when the test fails; DEM_ERR_NO_MEMORY.
dem_status dem_verdict_find(const dem_verdict_input *input, const dem_pack_test *test,
                            dem_vector *failures);

#endif
