// SPDX-License-Identifier: Apache-2.0

// "Did you mean …?": how far two words are apart.

#include "base/nearest.h"

// One of two letters is half of the word: a code is near to dozens of others, and says nothing.
enum { SHORTEST_WORD = 3, LONGEST_WORD = 63 };

static size_t smallest(size_t a, size_t b, size_t c)
{
  const size_t least = a < b ? a : b;
  return least < c ? least : c;
}

/// Edits that turn one word into the other: insert, delete, replace, swap two neighbours.
/// Source: Damerau (1964); the "optimal string alignment" variant, which edits no place twice.
static size_t distance(dem_slice a, dem_slice b)
{
  size_t rows[3][LONGEST_WORD + 1];
  for (size_t j = 0; j <= b.size; ++j) {
    rows[0][j] = j;
  }
  for (size_t i = 1; i <= a.size; ++i) {
    size_t *const row = rows[i % 3];
    const size_t *const above = rows[(i + 2) % 3];
    const size_t *const two_above = rows[(i + 1) % 3];
    row[0] = i;
    for (size_t j = 1; j <= b.size; ++j) {
      const size_t replaced = above[j - 1] + (a.bytes[i - 1] != b.bytes[j - 1]);
      row[j] = smallest(above[j] + 1, row[j - 1] + 1, replaced);
      const bool is_swap =
          i > 1 && j > 1 && a.bytes[i - 1] == b.bytes[j - 2] && a.bytes[i - 2] == b.bytes[j - 1];
      if (is_swap && two_above[j - 2] + 1 < row[j]) {
        row[j] = two_above[j - 2] + 1;
      }
    }
  }
  return rows[a.size % 3][b.size];
}

size_t dem_nearest_allowance(dem_slice word)
{
  return word.size / 3 > 1 ? word.size / 3 : 1;
}

size_t dem_nearest_distance(dem_slice word, dem_slice other, size_t most)
{
  const size_t shorter = word.size < other.size ? word.size : other.size;
  const size_t longer = word.size < other.size ? other.size : word.size;
  if (longer > LONGEST_WORD || longer - shorter > most) {
    return most + 1;
  }
  return distance(word, other);
}

/// Whether words are long enough for what is left of one to tell something.
static bool is_telling(dem_slice word, dem_slice other, size_t edits)
{
  return edits < word.size && word.size >= SHORTEST_WORD && other.size >= SHORTEST_WORD;
}

dem_slice dem_nearest(dem_slice word, const dem_slice *words, size_t count)
{
  dem_slice best = {0};
  bool is_tied = false;
  size_t least = dem_nearest_allowance(word);
  for (size_t i = 0; i < count; ++i) {
    const size_t edits = dem_nearest_distance(word, words[i], least);
    if (edits > least || !is_telling(word, words[i], edits)) {
      continue;
    }
    is_tied = best.size > 0 && edits == least && !dem_slice_is_equal(words[i], best);
    if (edits < least || best.size == 0) {
      best = words[i];
      least = edits;
      is_tied = false;
    }
  }
  return is_tied && word.size == SHORTEST_WORD ? (dem_slice){0} : best;
}
