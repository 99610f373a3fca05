// SPDX-License-Identifier: Apache-2.0

// A growing array of elements of one size.

#include "base/vector.h"

#include <stdint.h>
#include <string.h>

enum { FIRST_CAPACITY = 8 };

void dem_vector_init(dem_vector *vector, dem_allocator allocator, size_t item_size)
{
  *vector = (dem_vector){.allocator = allocator, .item_size = item_size};
}

void dem_vector_clear(dem_vector *vector)
{
  if (vector->items) {
    (void)vector->allocator.resize(vector->allocator.context, vector->items,
                                   vector->capacity * vector->item_size, 0);
  }
  dem_vector_init(vector, vector->allocator, vector->item_size);
}

bool dem_vector_reserve(dem_vector *vector, size_t count)
{
  if (count <= vector->capacity) {
    return true;
  }
  size_t capacity = vector->capacity ? vector->capacity * 2 : FIRST_CAPACITY;
  capacity = capacity < count ? count : capacity;
  if (capacity > SIZE_MAX / 2 / vector->item_size) {
    return false;
  }
  void *const items =
      vector->allocator.resize(vector->allocator.context, vector->items,
                               vector->capacity * vector->item_size, capacity * vector->item_size);
  if (!items) {
    return false;
  }
  vector->items = items;
  vector->capacity = capacity;
  return true;
}

void *dem_vector_extend(dem_vector *vector, size_t count)
{
  if (count > SIZE_MAX - vector->count || !dem_vector_reserve(vector, vector->count + count)) {
    return NULL;
  }
  char *const first = (char *)vector->items + vector->count * vector->item_size;
  vector->count += count;
  return first;
}

bool dem_vector_add(dem_vector *vector, const void *item)
{
  void *const place = dem_vector_extend(vector, 1);
  if (!place) {
    return false;
  }
  memcpy(place, item, vector->item_size);
  return true;
}
