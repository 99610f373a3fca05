// SPDX-License-Identifier: Apache-2.0

// What was considered, but is not recommended: partners that this profile's facts name, each with
// what it lacked.

#ifndef DEM_ADVISE_RULED_OUT_H
#define DEM_ADVISE_RULED_OUT_H

#include "advise/advice.h"

/// Find them: rows of the partners' relation to which some derived fact of the session refers, and
/// which the advice does not hold, neither as certain nor as possible.
///
/// @param advice  So far: its partners are left out.
/// @param arena   Receives the texts and the items.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
/// Cost: a near match for each rule that could have recommended one of them, and for each rule on
/// the way; rules that several of them share are looked at once.
dem_status dem_ruled_out_find(const dem_advice_input *input, const dem_advice *advice,
                              dem_arena *arena, const dem_advice_ruled_out **items_out,
                              size_t *count_out);

#endif
