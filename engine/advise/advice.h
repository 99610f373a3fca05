// SPDX-License-Identifier: Apache-2.0

// A session's facts → the public advice structure.

#ifndef DEM_ADVISE_ADVICE_H
#define DEM_ADVISE_ADVICE_H

#include "advise/answers.h"
#include "advise/evaluation.h"
#include "demarche/advice.h"

/// What advice is put together from. All borrowed.
typedef struct dem_advice_input {
  dem_allocator allocator;
  const dem_program *program;
  const dem_names *names;
  dem_symbols *symbols;             ///< The session's.
  const dem_evaluation *evaluation; ///< After its run.
  const dem_answers *answers;
  const char *date;     ///< As text.
  dem_slice profile_id; ///< May be empty.
  bool is_brief;        ///< Partners and purposes alone, without reasons.
  dem_advice_options options;
} dem_advice_input;

/// Builds advice for one session again and again, in memory that it keeps.
typedef struct dem_adviser dem_adviser;

/// @param input  Says where everything lies; not read yet.
dem_status dem_adviser_new(const dem_advice_input *input, dem_adviser **adviser_out);
void dem_adviser_free(dem_adviser *adviser);

/// @param input       With the same program, names, symbols and facts as in dem_adviser_new.
/// @param advice_out  The adviser's, until the next build.
/// Warm, it allocates nothing from the system.
dem_status dem_adviser_build(dem_adviser *adviser, const dem_advice_input *input,
                             const dem_advice **advice_out);

/// @param advice_out  Yours: dem_advice_free.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
dem_status dem_advice_build(const dem_advice_input *input, const dem_advice **advice_out);

#endif
