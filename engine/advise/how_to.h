// SPDX-License-Identifier: Apache-2.0

// Which changes of answers would make something certain.

#ifndef DEM_ADVISE_HOW_TO_H
#define DEM_ADVISE_HOW_TO_H

#include "advise/advice.h"
#include "advise/subject.h"
#include "demarche/explain.h"

/// @param limits      Of each run.
/// @param how_to_out  Yours: dem_how_to_free.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
dem_status dem_how_to_build(const dem_advice_input *input, const dem_subject *subject,
                            const dem_how_to_options *options, const dem_limits *limits,
                            const dem_how_to **how_to_out);

#endif
