// SPDX-License-Identifier: Apache-2.0

// What rules and names need of Unicode, by utf8proc.

#ifndef DEM_BASE_UNICODE_H
#define DEM_BASE_UNICODE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/slice.h"

/// Code points of a valid UTF-8 text.
size_t dem_unicode_length(dem_slice text);

/// Append the text in lower case, code point by code point (Unicode's simple mapping).
void dem_unicode_lower(dem_slice text, dem_buffer *out);

/// Replace `out` by the text without case, accents and doubled blanks.
/// @return False when the text is not valid or memory is short.
bool dem_unicode_fold(dem_slice text, dem_buffer *out);

enum { DEM_FOLD_ROOM = 512 }; // Holds any name of people, countries, organizations.

/// The same for short texts, without memory of the system.
/// @param out  DEM_FOLD_ROOM bytes.
/// @return How many were used; SIZE_MAX when the text is too long, or not UTF-8.
size_t dem_unicode_fold_short(dem_slice text, char *out);

/// The code point at `*offset`, which must be below the text's size; `*offset` moves past it.
/// A byte that begins none gives U+FFFD and is passed over.
uint32_t dem_unicode_next(dem_slice text, size_t *offset);

/// Columns that a code point takes on a terminal: 0 for what combines, 2 for what is wide.
unsigned dem_unicode_width(uint32_t point);

/// Columns that a text takes on a terminal.
size_t dem_unicode_text_width(dem_slice text);

#endif
