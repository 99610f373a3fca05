// SPDX-License-Identifier: Apache-2.0

// The style sheet of reports in HTML.

#ifndef DEM_RENDER_HTML_STYLE_H
#define DEM_RENDER_HTML_STYLE_H

#include "base/buffer.h"

/// The Base64 of the SHA-256 of the style sheet's bytes: the only style that a report's content
/// security policy lets through. A test holds it against the sheet.
extern const char dem_html_style_hash[];

/// Append the style sheet: what stands between <style> and </style>.
void dem_html_style_add(dem_buffer *out);

#endif
