// SPDX-License-Identifier: Apache-2.0

// "Did you mean …?": how far two words are apart.

#ifndef DEM_BASE_NEAREST_H
#define DEM_BASE_NEAREST_H

#include <stddef.h>

#include "base/slice.h"

/// Most edits at which a word may still be meant: a third of its length, at least 1.
size_t dem_nearest_allowance(dem_slice word);

/// Edits between two words: a letter put in, left out, changed, or swapped with the next one.
/// @return `most + 1` or more when they are further apart than `most`, or too long to compare.
size_t dem_nearest_distance(dem_slice word, dem_slice other, size_t most);

/// The word of `words` that is nearest to `word` by Damerau-Levenshtein distance, when it
/// is near enough to be meant; else an empty slice. Words of one or two letters are near to none;
/// for one of three letters none is named where several are equally near.
dem_slice dem_nearest(dem_slice word, const dem_slice *words, size_t count);

#endif
