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

// By keys -----------------------------------------------------------------------------

enum { FEW = 32 }; // Below this many, counting bytes costs more than moving numbers one by one.

static void insert_by_key(uint32_t *order, size_t count, const uint64_t *keys, size_t stride)
{
  for (size_t i = 1; i < count; ++i) {
    const uint32_t number = order[i];
    const uint64_t key = keys[number * stride];
    size_t at = i;
    for (; at > 0 && keys[order[at - 1] * stride] > key; --at) {
      order[at] = order[at - 1];
    }
    order[at] = number;
  }
}

/// One pass: from `from` to `to`, by one byte of the keys.
static void distribute(const uint32_t *from, uint32_t *to, size_t count, const uint64_t *keys,
                       size_t stride, int shift)
{
  size_t begin[256] = {0};
  for (size_t i = 0; i < count; ++i) {
    ++begin[keys[from[i] * stride] >> shift & 0xFF];
  }
  size_t sum = 0;
  for (size_t i = 0; i < 256; ++i) {
    const size_t size = begin[i];
    begin[i] = sum;
    sum += size;
  }
  for (size_t i = 0; i < count; ++i) {
    to[begin[keys[from[i] * stride] >> shift & 0xFF]++] = from[i];
  }
}

void dem_sort_by_key(uint32_t *order, size_t count, const uint64_t *keys, size_t stride,
                     uint32_t *spare)
{
  if (count < FEW) {
    insert_by_key(order, count, keys, stride);
    return;
  }
  uint64_t differing = 0;
  for (size_t i = 0; i < count; ++i) {
    differing |= keys[order[i] * stride] ^ keys[order[0] * stride];
  }
  uint32_t *from = order;
  uint32_t *to = spare;
  for (int shift = 0; shift < 64; shift += 8) {
    if (differing >> shift & 0xFF) {
      distribute(from, to, count, keys, stride, shift);
      uint32_t *const filled = to;
      to = from;
      from = filled;
    }
  }
  if (from != order) {
    memcpy(order, from, count * sizeof *order);
  }
}
