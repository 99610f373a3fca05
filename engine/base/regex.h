// SPDX-License-Identifier: Apache-2.0

// Regular expressions of rules: PCRE2 with UTF, bounded in every direction.

#ifndef DEM_BASE_REGEX_H
#define DEM_BASE_REGEX_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/slice.h"
#include "demarche/allocator.h"
#include "demarche/status.h"

typedef struct dem_regex dem_regex; ///< A compiled expression; immutable, shared by threads.
typedef struct dem_regex_matcher dem_regex_matcher; ///< One thread's memory for matching.

enum { DEM_MAX_REGEX_BYTES = 4 * 1024 };

/// Compile. Leading (*VERBS) and callouts are refused; \C too.
///
/// @param error  Receives what is wrong and where, when DEM_ERR_INVALID is returned.
/// @return DEM_OK; DEM_ERR_INVALID; DEM_ERR_LIMIT for more than DEM_MAX_REGEX_BYTES;
///         DEM_ERR_NO_MEMORY.
dem_status dem_regex_new(dem_allocator allocator, dem_slice pattern, dem_regex **regex_out,
                         dem_buffer *error);
void dem_regex_free(dem_regex *regex);

dem_regex_matcher *dem_regex_matcher_new(dem_allocator allocator); ///< NULL without memory.
void dem_regex_matcher_free(dem_regex_matcher *matcher);

/// Does the expression match somewhere in `subject`?
///
/// @return DEM_OK and `*is_match`; DEM_ERR_LIMIT when the match, depth or heap limit was
///         reached or the subject is longer than 64 KiB: never "no match" for that.
dem_status dem_regex_match(const dem_regex *regex, dem_regex_matcher *matcher, dem_slice subject,
                           bool *is_match);

#endif
