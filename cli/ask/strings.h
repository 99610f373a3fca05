// SPDX-License-Identifier: Apache-2.0

// A list of texts that it owns.

#ifndef CLI_ASK_STRINGS_H
#define CLI_ASK_STRINGS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct strings {
  char **items; ///< Zero-terminated.
  size_t count;
  size_t capacity;
} strings;

/// Append a copy. False without memory; the list is unchanged.
bool strings_add(strings *list, const char *words);
bool strings_add_bytes(strings *list, const char *bytes, size_t size);

/// Whether it holds the text.
bool strings_has(const strings *list, const char *words);

/// Drop the last text.
void strings_drop(strings *list);

void strings_clear(strings *list);

#endif
