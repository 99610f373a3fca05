// SPDX-License-Identifier: Apache-2.0

// `because`: a text with variables in it.
//
//   {$country} is a member of {$bank}.
//
// A brace that no `$` follows stands for itself; `{{$` writes `{$`.

#ifndef DEM_LANG_REASON_H
#define DEM_LANG_REASON_H

#include "lang/draft.h"

/// Read a reason into parts, in the model's arena. Its variables are noted as read in scope 0.
dem_status dem_reason_read(dem_draft *draft, const dem_node *scalar,
                           const dem_reason_part **parts_out, uint32_t *count_out);

#endif
