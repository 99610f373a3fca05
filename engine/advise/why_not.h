// SPDX-License-Identifier: Apache-2.0

// Why something does not hold: what each rule that could have concluded it lacked.

#ifndef DEM_ADVISE_WHY_NOT_H
#define DEM_ADVISE_WHY_NOT_H

#include "advise/advice.h"
#include "advise/subject.h"
#include "demarche/explain.h"

/// @param why_not_out  Yours: dem_why_not_free.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
dem_status dem_why_not_build(const dem_advice_input *input, const dem_subject *subject,
                             const dem_why_not **why_not_out);

#endif
