// SPDX-License-Identifier: Apache-2.0

// What rules and names need of Unicode, by utf8proc.

#ifndef DEM_BASE_UNICODE_H
#define DEM_BASE_UNICODE_H

#include "base/buffer.h"
#include "base/slice.h"

/// Code points of a valid UTF-8 text.
size_t dem_unicode_length(dem_slice text);

/// Append the text in lower case, code point by code point (Unicode's simple mapping).
void dem_unicode_lower(dem_slice text, dem_buffer *out);

#endif
