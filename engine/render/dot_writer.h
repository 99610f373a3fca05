// SPDX-License-Identifier: Apache-2.0

// Pieces of a graph in the DOT language.

#ifndef DEM_RENDER_DOT_WRITER_H
#define DEM_RENDER_DOT_WRITER_H

#include "base/buffer.h"
#include "base/slice.h"

/// A quoted string that shows the text as it is: controls are made visible, no escape of DOT's
/// reaches through.
void dem_dot_string(dem_buffer *out, dem_slice text);

/// The same without its quotes, broken into lines of about `width` columns.
void dem_dot_lines(dem_buffer *out, dem_slice text, size_t width);

#endif
