// SPDX-License-Identifier: Apache-2.0

// Is it UTF-8? By the table of well-formed byte sequences, Unicode Standard, table 3-7.

#include "text/utf8.h"

#include <stdbool.h>
#include <stdint.h>

static bool is_between(unsigned char byte, unsigned char low, unsigned char high)
{
  return byte >= low && byte <= high;
}

/// Bytes of the well-formed sequence at the front; 0 if there is none.
static size_t sequence_size(const unsigned char *at, size_t left)
{
  const unsigned char first = at[0];
  if (first < 0x80) {
    return 1;
  }
  if (is_between(first, 0xC2, 0xDF)) {
    return left > 1 && is_between(at[1], 0x80, 0xBF) ? 2 : 0;
  }
  if (is_between(first, 0xE0, 0xEF)) {
    const unsigned char low = first == 0xE0 ? 0xA0 : 0x80;
    const unsigned char high = first == 0xED ? 0x9F : 0xBF;
    return left > 2 && is_between(at[1], low, high) && is_between(at[2], 0x80, 0xBF) ? 3 : 0;
  }
  if (is_between(first, 0xF0, 0xF4)) {
    const unsigned char low = first == 0xF0 ? 0x90 : 0x80;
    const unsigned char high = first == 0xF4 ? 0x8F : 0xBF;
    return left > 3 && is_between(at[1], low, high) && is_between(at[2], 0x80, 0xBF) &&
                   is_between(at[3], 0x80, 0xBF)
               ? 4
               : 0;
  }
  return 0;
}

size_t dem_utf8_check(dem_slice bytes)
{
  const unsigned char *const text = (const unsigned char *)bytes.bytes;
  size_t i = 0;
  while (i < bytes.size) {
    uint64_t eight;
    while (i + 8 <= bytes.size) { // Most text is ASCII: eight bytes at a time.
      memcpy(&eight, text + i, sizeof eight);
      if (eight & UINT64_C(0x8080808080808080)) {
        break;
      }
      i += 8;
    }
    if (i == bytes.size) {
      break;
    }
    const size_t size = sequence_size(text + i, bytes.size - i);
    if (size == 0) {
      return i;
    }
    i += size;
  }
  return i;
}
