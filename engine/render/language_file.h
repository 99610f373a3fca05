// SPDX-License-Identifier: Apache-2.0

// A language's file, written anew: what it says, and a blank for what is missing.

#ifndef DEM_RENDER_LANGUAGE_FILE_H
#define DEM_RENDER_LANGUAGE_FILE_H

#include "base/buffer.h"
#include "model/language.h"

/// Append kb/lang/CODE.yaml: what was read of it, in the pack's order, with the English beside each
/// text, and a blank for each that is missing. Reading it again gives the same.
void dem_language_file_add(const dem_language *language, dem_buffer *out);

#endif
