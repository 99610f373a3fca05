// SPDX-License-Identifier: Apache-2.0

// An allocator that trusts nobody. A block's size stands in front of it.

#include "support/strict_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef union header {
  size_t size;
  _Alignas(16) unsigned char padding[16];
} header;

static void *get(size_t size)
{
  header *const block = malloc(sizeof *block + size);
  assert_non_null(block);
  block->size = size;
  return block + 1;
}

static void *resize(void *context, void *memory, size_t old_size, size_t new_size)
{
  strict_memory *const m = context;
  header *const old = memory ? (header *)memory - 1 : NULL;
  assert_int_equal(old_size, old ? old->size : 0);
  const size_t number = m->count;
  m->count += new_size > 0;
  if (new_size > 0 && (number == m->failing_at || (number > m->failing_at && m->fails_on))) {
    return NULL;
  }
  void *const moved = new_size ? get(new_size) : NULL;
  if (old && moved) {
    memcpy(moved, memory, old_size < new_size ? old_size : new_size);
  }
  m->bytes += new_size - old_size;
  free(old);
  return moved;
}

dem_allocator strict_allocator(strict_memory *memory)
{
  return (dem_allocator){resize, memory};
}
