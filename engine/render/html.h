// SPDX-License-Identifier: Apache-2.0

// Advices as one page of HTML that stands alone: no script, no request to
// anywhere, for screens wide and narrow, light and dark, for paper, and for
// those who listen to it.

#ifndef DEM_RENDER_HTML_H
#define DEM_RENDER_HTML_H

#include "base/buffer.h"
#include "demarche/render.h"

/// Append a whole document: several advices are sections of it. Without memory the buffer has
/// failed.
void dem_html_render(const dem_advice *const *advices, size_t count,
                     const dem_render_options *options, dem_buffer *out);

#endif
