// SPDX-License-Identifier: Apache-2.0

// Early return for functions that have nothing to release.

#ifndef DEM_BASE_TRY_H
#define DEM_BASE_TRY_H

#include "demarche/status.h"

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
