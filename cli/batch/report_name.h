// SPDX-License-Identifier: Apache-2.0

// The names of reports: after the profile's id, or its number.

#ifndef CLI_BATCH_REPORT_NAME_H
#define CLI_BATCH_REPORT_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../text.h"

/// Append the name that an id stands for: the same for the same id, and another for another.
///
/// Letters, digits, '.', '-', '_' and what is not ASCII stay; other bytes, and a '.' or '-' in
/// front, become %XX. No id leaves the folder or hides in it. An id that is empty, longer than 180
/// bytes then, or not UTF-8, gives way to the number.
/// @param shard  Stands before the number, whose count is the shard's; 0 for none.
void report_name_add(text *name, const char *id, uint64_t number, uint32_t shard);

/// Names that were given, so that a second profile of one id gets a name of its own.
typedef struct name_set {
  uint64_t *slots; ///< Owned: hashes; 0 for free.
  size_t count;
  size_t capacity; ///< A power of two, or 0.
} name_set;

/// Make a name unlike all before, ASCII letters of both cases alike, by appending ".NUMBER" where
/// it was given already.
///
/// @param name  In and out: not zero-terminated.
/// @return False without memory.
/// Memory: 8 to 32 bytes a name. Two names of one 64-bit hash count as one: the later gets its
/// number, which harms nothing.
bool name_set_take(name_set *set, text *name, uint64_t number);
void name_set_clear(name_set *set);

#endif
