// SPDX-License-Identifier: Apache-2.0

// What a reader makes of bytes, as a short text.

#ifndef DEM_TESTS_TEXT_FIXTURE_H
#define DEM_TESTS_TEXT_FIXTURE_H

#include "base/buffer.h"
#include "text/document.h"

typedef dem_status text_reader(const dem_reader_context *context, dem_file_id file,
                               dem_buffer *out);

/// Read bytes with at most 8 levels and 100 nodes.
///
/// @param found  Receives what `read` wrote, or "LINE:COLUMN slug" for each diagnostic, ", "
/// between
///               them; ends in a NUL.
void text_fixture_read(dem_slice bytes, text_reader *read, dem_buffer *found);

/// A node: a mapping as {a: b}, a list as [a, b], a text with its style as 'a' or "a".
void text_fixture_add(const dem_node *node, dem_buffer *out);

#endif
