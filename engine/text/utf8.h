// SPDX-License-Identifier: Apache-2.0

// Is it UTF-8?

#ifndef DEM_TEXT_UTF8_H
#define DEM_TEXT_UTF8_H

#include <stddef.h>

#include "base/slice.h"

/// The offset of the first byte that is not part of valid UTF-8 (no surrogates, no overlong forms,
/// at most U+10FFFF); the size when all is valid.
size_t dem_utf8_check(dem_slice bytes);

#endif
