// SPDX-License-Identifier: Apache-2.0

// Text as a terminal shows it: how many columns it takes, where it may be cut,
// which of its characters people see as one.

#ifndef CLI_ASK_COLUMNS_H
#define CLI_ASK_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "text.h"

/// Columns that a text takes.
size_t columns_of(const char *words);
size_t columns_of_bytes(const char *bytes, size_t size);

/// Bytes of the longest beginning that takes at most `width` columns and cuts no character.
size_t columns_fit(const char *bytes, size_t size, size_t width);

/// Where the character (with what combines with it) before or after `offset` begins or ends.
size_t columns_previous(const char *bytes, size_t offset);
size_t columns_next(const char *bytes, size_t size, size_t offset);

/// Whether the bytes are UTF-8 without NUL.
bool columns_is_text(const char *bytes, size_t size);

/// Append words as one line: what would steer the terminal, or turn the direction of what
/// follows, is shown as '?', line breaks and tabs as blanks.
void columns_add_clean(text *t, const char *words);

/// The next line of a paragraph that is wrapped to `width` columns.
///
/// @param offset  Where the line begins; moves to the next one, past the blanks between.
/// @param size_out  Bytes of the line.
/// @return Its first byte; NULL after the last line.
const char *columns_wrap(const char *words, size_t width, size_t *offset, size_t *size_out);

#endif
