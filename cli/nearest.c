// SPDX-License-Identifier: Apache-2.0

// "Did you mean …?" for what people type.

#include "nearest.h"

#include <stdbool.h>
#include <string.h>

enum { LONGEST = 63 }; // Of a word worth correcting; names of options and commands are shorter.

static size_t least(size_t a, size_t b)
{
  return a < b ? a : b;
}

/// Edits between two words: a letter put in, left out, changed, or swapped with the next one.
static size_t distance(const char *a, const char *b)
{
  size_t rows[3][LONGEST + 1]; // The last three rows of the table.
  const size_t a_size = strlen(a);
  const size_t b_size = strlen(b);
  for (size_t j = 0; j <= b_size; ++j) {
    rows[0][j] = j;
  }
  for (size_t i = 1; i <= a_size; ++i) {
    size_t *const row = rows[i % 3];
    const size_t *const above = rows[(i - 1) % 3];
    row[0] = i;
    for (size_t j = 1; j <= b_size; ++j) {
      const size_t change = above[j - 1] + (a[i - 1] != b[j - 1]);
      row[j] = least(change, least(above[j], row[j - 1]) + 1);
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = least(row[j], rows[(i - 2) % 3][j - 2] + 1);
      }
    }
  }
  return rows[a_size % 3][b_size];
}

const char *nearest_word(const char *typed, const char *const *words, size_t count)
{
  const size_t size = strlen(typed);
  const char *nearest = NULL;
  size_t best = size / 3 > 1 ? size / 3 : 1;
  for (size_t i = 0; i < count && size > 0 && size <= LONGEST; ++i) {
    if (strlen(words[i]) > LONGEST) {
      continue;
    }
    const size_t edits = distance(typed, words[i]);
    if (edits >= size) {
      continue; // Nothing of the word is left.
    }
    const bool is_begin = size > 2 && strncmp(typed, words[i], size) == 0;
    if (edits < best || (!nearest && (edits == best || is_begin))) {
      nearest = words[i];
      best = least(best, edits);
    }
  }
  return nearest;
}
