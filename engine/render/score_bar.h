// SPDX-License-Identifier: Apache-2.0

// Weights as bars: a drawing in HTML that needs no style of its own, so that a
// page's content security policy can forbid all but its style sheet.

#ifndef DEM_RENDER_SCORE_BAR_H
#define DEM_RENDER_SCORE_BAR_H

#include "base/buffer.h"
#include "demarche/advice.h"

/// What a partner's weight is made of, without what counts against it.
int64_t dem_score_bar_size(const dem_advice_partner *partner);

/// Append a bar of a partner's reasons, one part each.
/// @param full  The size that fills the bar.
void dem_score_bar_add_partner(const dem_advice_partner *partner, int64_t full, dem_buffer *out);

/// Append a bar of one weight.
void dem_score_bar_add(int64_t weight, int64_t full, dem_buffer *out);

#endif
