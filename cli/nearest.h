// SPDX-License-Identifier: Apache-2.0

// "Did you mean …?" for what people type.

#ifndef CLI_NEAREST_H
#define CLI_NEAREST_H

#include <stddef.h>

/// The word nearest to `typed` by restricted Damerau-Levenshtein distance, or that it begins; NULL
/// when none is near enough to be meant: at most a third of its letters differ, at least one may.
const char *nearest_word(const char *typed, const char *const *words, size_t count);

#endif
