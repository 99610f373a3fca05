// SPDX-License-Identifier: Apache-2.0

// Early return for functions that have nothing to release, and the sum of what went wrong for
// those that go on with the next item.

#ifndef DEM_BASE_TRY_H
#define DEM_BASE_TRY_H

#include <stdbool.h>

#include "demarche/status.h"

/// The worse of two, so that a mistake of the user's never hides that there was no memory: a limit
/// is worse than a mistake, anything else worse than both.
static inline dem_status dem_status_worse(dem_status status, dem_status other)
{
  const bool is_kept = other == DEM_OK || status == DEM_ERR_NO_MEMORY ||
                       (status == DEM_ERR_LIMIT && other == DEM_ERR_INVALID);
  return is_kept ? status : other;
}

/// Evaluate a dem_status expression and return it from the caller unless it is DEM_OK.
#define DEM_TRY(expression)                                                                        \
  do {                                                                                             \
    const dem_status dem_try_status = (expression);                                                \
    if (dem_try_status != DEM_OK) {                                                                \
      return dem_try_status;                                                                       \
    }                                                                                              \
  } while (0)

/// Return DEM_ERR_NO_MEMORY from the caller when `pointer` is NULL.
#define DEM_TRY_MEMORY(pointer)                                                                    \
  do {                                                                                             \
    if (!(pointer)) {                                                                              \
      return DEM_ERR_NO_MEMORY;                                                                    \
    }                                                                                              \
  } while (0)

#endif
