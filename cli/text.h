// SPDX-License-Identifier: Apache-2.0

// A result being put together in memory, so that nothing is printed when
// something fails half-way.

#ifndef CLI_TEXT_H
#define CLI_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "demarche/write.h"
#include "options.h"

typedef struct text {
  char *bytes; ///< Owned; not zero-terminated.
  size_t size;
  size_t capacity;
  bool has_failed; ///< Memory ran out; the text is incomplete.
} text;

/// A dem_write_function; `context` is the text.
dem_status text_write(void *context, const char *bytes, size_t size);

void text_add(text *t, const char *words);

/// Append words from a pack or a profile: controls are shown as '?', so that they do not steer
/// the terminal.
void text_add_safe(text *t, const char *words);

/// Append words padded with blanks to `width` bytes, two blanks at least.
void text_add_column(text *t, const char *words, size_t width);

void text_clear(text *t);

/// Write the text to `--output` or standard output.
/// @return An exit_status.
int text_deliver(const text *t, const options *opts);

#endif
