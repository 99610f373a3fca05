// SPDX-License-Identifier: Apache-2.0

// Merge sort from the bottom up. What is sorted already costs a comparison an element.

#include "base/sort.h"

#include <string.h>

/// Merge [begin, middle) and [middle, end), each sorted, by way of `spare`.
static void merge(char *begin, char *middle, char *end, size_t size, dem_compare *compare,
                  char *spare)
{
  if (middle >= end || compare(middle - size, middle) <= 0) {
    return;
  }
  const size_t left_size = (size_t)(middle - begin);
  memcpy(spare, begin, left_size);
  const char *left = spare;
  const char *const left_end = spare + left_size;
  char *to = begin;
  while (left < left_end && middle < end) {
    const int order = compare(left, middle);
    memmove(to, order <= 0 ? left : middle, size);
    left += order <= 0 ? size : 0;
    middle += order <= 0 ? 0 : size;
    to += size;
  }
  memcpy(to, left, (size_t)(left_end - left)); // What is left on the right stands in its place.
}

void dem_sort(void *items, size_t count, size_t size, dem_compare *compare, void *spare)
{
  char *const begin = items;
  for (size_t width = 1; width < count; width *= 2) {
    for (size_t i = 0; i + width < count; i += 2 * width) {
      const size_t end = count - i < 2 * width ? count : i + 2 * width;
      merge(begin + i * size, begin + (i + width) * size, begin + end * size, size, compare, spare);
    }
  }
}
