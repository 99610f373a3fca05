// SPDX-License-Identifier: Apache-2.0

// A growing array of elements of one size, owned by whoever inits it.

#ifndef DEM_BASE_VECTOR_H
#define DEM_BASE_VECTOR_H

#include <stdbool.h>
#include <stddef.h>

#include "demarche/allocator.h"

typedef struct dem_vector {
  dem_allocator allocator;
  void *items; ///< Moves when the vector grows.
  size_t count;
  size_t capacity;
  size_t item_size; ///< Bytes of one element.
} dem_vector;

void dem_vector_init(dem_vector *vector, dem_allocator allocator, size_t item_size);
void dem_vector_clear(dem_vector *vector);

/// Forget the elements and keep the memory.
static inline void dem_vector_reset(dem_vector *vector)
{
  vector->count = 0;
}

/// Make room for `count` elements in all. False without memory; the vector is unchanged.
bool dem_vector_reserve(dem_vector *vector, size_t count);

/// Append `count` uninitialised elements and return the first; NULL without memory.
void *dem_vector_extend(dem_vector *vector, size_t count);

/// Append a copy of one element. False without memory.
bool dem_vector_add(dem_vector *vector, const void *item);

/// As dem_vector_add, for elements of a type that is known here. An expression: false without
/// memory.
#define DEM_VECTOR_PUSH(vector, type, item)                                                        \
  (((vector)->count < (vector)->capacity || dem_vector_reserve((vector), (vector)->count + 1)) &&  \
   (((type *)(vector)->items)[(vector)->count++] = (item), true))

/// Element `index` as an lvalue of `type`.
#define DEM_VECTOR_AT(vector, type, index) (((type *)(vector)->items)[index])

#endif
