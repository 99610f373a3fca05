// SPDX-License-Identifier: Apache-2.0

// What every fallible function of the library returns.

#ifndef DEMARCHE_STATUS_H
#define DEMARCHE_STATUS_H

#if defined(__GNUC__) || defined(__clang__)
#define DEM_API __attribute__((visibility("default")))
#else
#define DEM_API
#endif

typedef enum dem_status {
  DEM_OK = 0,
  DEM_ERR_INVALID,   ///< The user's pack or profile is wrong; the diagnostics say where.
  DEM_ERR_LIMIT,     ///< A stated bound was reached; the diagnostic names it and its value.
  DEM_ERR_NO_MEMORY, ///< The allocator returned NULL; the object may only be freed.
  DEM_ERR_IO,        ///< A file could not be read or written; the diagnostic names it.
  DEM_ERR_NOT_FOUND, ///< What was asked for does not exist; nothing was changed.
} dem_status;

#endif
