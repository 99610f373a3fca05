// SPDX-License-Identifier: Apache-2.0

// An allocator that trusts nobody: it fails the test when a size it is told is not the size that it
// gave, moves memory whenever it can, and refuses what it is asked to refuse.

#ifndef DEM_TESTS_STRICT_MEMORY_H
#define DEM_TESTS_STRICT_MEMORY_H

#include <stdbool.h>

#include "demarche/allocator.h"

typedef struct strict_memory {
  size_t count;      ///< How often memory was asked for.
  size_t failing_at; ///< The number of the time that it is refused; SIZE_MAX for never.
  bool fails_on;     ///< And is refused from then on.
  size_t bytes;      ///< That are out.
} strict_memory;

/// Memory that is never refused, until failing_at is set.
#define STRICT_MEMORY ((strict_memory){.failing_at = SIZE_MAX})

dem_allocator strict_allocator(strict_memory *memory);

#endif
