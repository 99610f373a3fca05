// SPDX-License-Identifier: Apache-2.0

// The C library's memory as a dem_allocator.

#include "demarche/allocator.h"

#include <stdlib.h>

static void *resize(void *context, void *memory, size_t old_size, size_t new_size)
{
  (void)context;
  (void)old_size;
  if (new_size == 0) {
    free(memory);
    return NULL;
  }
  return realloc(memory, new_size);
}

dem_allocator dem_allocator_default(void)
{
  return (dem_allocator){resize, NULL};
}
