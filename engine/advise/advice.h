// SPDX-License-Identifier: Apache-2.0

// A session's facts → the public advice structure.

#ifndef DEM_ADVISE_ADVICE_H
#define DEM_ADVISE_ADVICE_H

#include "advise/answers.h"
#include "demarche/advice.h"

/// What advice is put together from. All borrowed.
typedef struct dem_advice_input {
  dem_allocator allocator;
  const dem_program *program;
  const dem_names *names;
  dem_symbols *symbols; ///< The session's.
  dem_facts *facts;     ///< The session's, after its run.
  const dem_answers *answers;
  const char *date; ///< As text.
} dem_advice_input;

/// @param advice_out  Yours: dem_advice_free.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
dem_status dem_advice_build(const dem_advice_input *input, const dem_advice **advice_out);

#endif
