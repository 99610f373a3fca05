// SPDX-License-Identifier: Apache-2.0

// Why something holds: the facts that a subject means, each with its proof.

#ifndef DEM_ADVISE_WHY_H
#define DEM_ADVISE_WHY_H

#include "advise/advice.h"
#include "advise/subject.h"
#include "demarche/explain.h"

/// @param has_all  Every independent proof, not the lowest alone.
/// @param why_out  Yours: dem_why_free.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
dem_status dem_why_build(const dem_advice_input *input, const dem_subject *subject, bool has_all,
                         const dem_why **why_out);

#endif
