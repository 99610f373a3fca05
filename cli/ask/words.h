// SPDX-License-Identifier: Apache-2.0

// The dialogue's words in the language that the pack was opened for.

#ifndef CLI_ASK_WORDS_H
#define CLI_ASK_WORDS_H

#include "demarche/language.h"
#include "text.h"

/// One without places.
const char *words_of(const dem_pack *pack, dem_saying saying);

/// Append one with what is put into its places, as demarche/sayings.h has them.
void words_add(text *t, const dem_pack *pack, dem_saying saying, const char *const *values);

/// The same of a counted one.
void words_add_count(text *t, const dem_pack *pack, dem_saying saying, size_t count);

/// One with numbers in its places.
void words_add_numbers(text *t, const dem_pack *pack, dem_saying saying, size_t first,
                       size_t second, size_t third);

#endif
