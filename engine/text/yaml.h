// SPDX-License-Identifier: Apache-2.0

// YAML → documents, by libyaml's events.
//
// Refused, each with its place: invalid UTF-8, tags, `<<`, duplicate keys,
// keys that are no scalars, aliases to an enclosing node, bounds of
// dem_text_limits. A BOM and CRLF are accepted. Mistakes that YAML explains
// badly get a hint of their own (DESIGN §2).

#ifndef DEM_TEXT_YAML_H
#define DEM_TEXT_YAML_H

#include "base/vector.h"
#include "text/document.h"

/// Read every document of a file.
///
/// @param documents  A vector of `const dem_node *`; the roots are appended.
///                   An empty document gives a null scalar.
/// @return DEM_OK; DEM_ERR_INVALID or DEM_ERR_LIMIT with a diagnostic; DEM_ERR_NO_MEMORY.
/// Cost: linear in the bytes.
dem_status dem_yaml_read(const dem_reader_context *context, dem_file_id file,
                         dem_vector *documents);

#endif
