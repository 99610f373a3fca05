// SPDX-License-Identifier: Apache-2.0

// JSON → a document, by jansson. Numbers keep the text they were written with where it can
// be had. Duplicate keys, trailing bytes and lone surrogates are refused.
// A place has the line where it can be had; else the message names the JSON Pointer.

#ifndef DEM_TEXT_JSON_H
#define DEM_TEXT_JSON_H

#include "base/vector.h"
#include "text/document.h"

/// Read a file that holds one JSON value.
/// @param root_out  The root, in the context's arena.
dem_status dem_json_read(const dem_reader_context *context, dem_file_id file,
                         const dem_node **root_out);

/// Read a file that holds one JSON value a line (JSON lines). Blank lines are passed over.
/// @param documents  A vector of `const dem_node *`; the roots are appended.
dem_status dem_json_read_lines(const dem_reader_context *context, dem_file_id file,
                               dem_vector *documents);

#endif
