// SPDX-License-Identifier: Apache-2.0

// The names of reports.

#include "report_name.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_NAME = 180 }; // With ending and what a writer puts behind it below 255 bytes.

static bool is_plain(unsigned char byte)
{
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= '0' && byte <= '9') || byte == '.' || byte == '-' || byte == '_';
}

/// Bytes of the UTF-8 sequence at the front; 0 for none. Ids were read as UTF-8: this asks for the
/// length, and keeps controls (U+0080 to U+009F) and what steers writing direction out.
static size_t letter_size(const unsigned char *at)
{
  const size_t size = at[0] >= 0xF0 ? 4 : at[0] >= 0xE0 ? 3 : at[0] >= 0xC2 ? 2 : 0;
  for (size_t i = 1; i < size; ++i) {
    if ((at[i] & 0xC0) != 0x80) {
      return 0;
    }
  }
  const bool is_control = at[0] == 0xC2 && at[1] < 0xA0;
  const bool steers = at[0] == 0xE2 && (at[1] == 0x80 || at[1] == 0x81);
  return is_control || steers ? 0 : size;
}

static void add_encoded(text *name, unsigned char byte)
{
  char code[4];
  (void)snprintf(code, sizeof code, "%%%02X", byte);
  text_add(name, code);
}

static void add_id(text *name, const char *id)
{
  const unsigned char *at = (const unsigned char *)id;
  const bool is_hidden = *at == '.' || *at == '-';
  if (is_hidden) {
    add_encoded(name, *at++);
  }
  while (*at) {
    const size_t size = is_plain(*at) ? 1 : letter_size(at);
    if (size > 0) {
      (void)text_write(name, (const char *)at, size);
    } else {
      add_encoded(name, *at);
    }
    at += size > 0 ? size : 1;
  }
}

static void add_number(text *name, uint64_t number, uint32_t shard)
{
  char digits[48];
  if (shard) {
    (void)snprintf(digits, sizeof digits, "%u-%llu", (unsigned)shard, (unsigned long long)number);
  } else {
    (void)snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
  }
  text_add(name, digits);
}

void report_name_add(text *name, const char *id, uint64_t number, uint32_t shard)
{
  const size_t begin = name->size;
  if (strlen(id) <= LONGEST_NAME) {
    add_id(name, id);
  }
  if (name->size == begin || name->size - begin > LONGEST_NAME) {
    name->size = begin;
    add_number(name, number, shard);
  }
}

// Names that were given ---------------------------------------------------------------

/// FNV-1a over the letters without case; never 0.
static uint64_t hash_name(const text *name)
{
  uint64_t hash = UINT64_C(0xCBF29CE484222325);
  for (size_t i = 0; i < name->size; ++i) {
    const unsigned char byte = (unsigned char)name->bytes[i];
    hash ^= byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte;
    hash *= UINT64_C(0x100000001B3);
  }
  hash ^= hash >> 32;
  return hash ? hash : 1;
}

static uint64_t *probe(const name_set *set, uint64_t hash)
{
  size_t i = hash & (set->capacity - 1);
  while (set->slots[i] && set->slots[i] != hash) {
    i = (i + 1) & (set->capacity - 1);
  }
  return &set->slots[i];
}

static bool grow(name_set *set)
{
  if (set->capacity && set->count < set->capacity / 2) {
    return true;
  }
  name_set larger = {.count = set->count, .capacity = set->capacity ? set->capacity * 2 : 1024};
  larger.slots = calloc(larger.capacity, sizeof *larger.slots);
  if (!larger.slots) {
    return false;
  }
  for (size_t i = 0; i < set->capacity; ++i) {
    if (set->slots[i]) {
      *probe(&larger, set->slots[i]) = set->slots[i];
    }
  }
  free(set->slots);
  *set = larger;
  return true;
}

bool name_set_take(name_set *set, text *name, uint64_t number)
{
  for (;;) {
    if (!grow(set) || name->has_failed) {
      return false;
    }
    const uint64_t hash = hash_name(name);
    uint64_t *const slot = probe(set, hash);
    if (!*slot) {
      *slot = hash;
      ++set->count;
      return true;
    }
    text_add(name, ".");
    add_number(name, number, 0);
  }
}

void name_set_clear(name_set *set)
{
  free(set->slots);
  *set = (name_set){0};
}
