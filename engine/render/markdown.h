// SPDX-License-Identifier: Apache-2.0

// An advice as Markdown, for pasting into a memo: the same parts as the text,
// under headings and with links.

#ifndef DEM_RENDER_MARKDOWN_H
#define DEM_RENDER_MARKDOWN_H

#include "base/buffer.h"
#include "demarche/render.h"

/// Append the advice. Without memory the buffer has failed.
void dem_markdown_render(const dem_advice *advice, const dem_render_options *options,
                         dem_buffer *out);

#endif
