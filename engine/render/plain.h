// SPDX-License-Identifier: Apache-2.0

// An advice as text for people at a terminal: the answer in short, then each
// partner with purposes, reasons, steps and caveats, then questions and sources.

#ifndef DEM_RENDER_PLAIN_H
#define DEM_RENDER_PLAIN_H

#include "base/buffer.h"
#include "demarche/render.h"

/// Append the advice. Without memory the buffer has failed.
void dem_plain_render(const dem_advice *advice, const dem_render_options *options, dem_buffer *out);

#endif
