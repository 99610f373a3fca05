// SPDX-License-Identifier: Apache-2.0

// An advice as bytes, in the form that is asked for.

#ifndef DEM_RENDER_RENDER_H
#define DEM_RENDER_RENDER_H

#include "base/buffer.h"
#include "demarche/render.h"

/// Append the advice.
/// @param options  NULL: text of 80 columns without colours.
void dem_render(const dem_advice *advice, const dem_render_options *options, dem_buffer *out);

#endif
