// SPDX-License-Identifier: Apache-2.0

// Where an object's memory comes from. Tests pass one that fails on purpose.

#ifndef DEMARCHE_ALLOCATOR_H
#define DEMARCHE_ALLOCATOR_H

#include <stddef.h>

#include "demarche/status.h"

typedef struct dem_allocator {
  /// Get, grow, shrink or release memory, like C's realloc with the old size told.
  ///
  /// @param memory    NULL to get new memory, else what this function returned before.
  /// @param old_size  Bytes asked for before; 0 when `memory` is NULL.
  /// @param new_size  Bytes wanted; 0 releases `memory` and returns NULL.
  /// @return Memory aligned for any object, or NULL when there is none; then
  ///         `memory` stays valid.
  void *(*resize)(void *context, void *memory, size_t old_size, size_t new_size);
  void *context; ///< Passed through. Must be safe for every thread that uses the allocator.
} dem_allocator;

/// The C library's allocator. Thread-safe.
DEM_API dem_allocator dem_allocator_default(void);

#endif
