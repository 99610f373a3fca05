// SPDX-License-Identifier: Apache-2.0

// The shipped pack, compiled into the library: the bytes of kb/ and rules/.

#ifndef DEM_EMBEDDED_H
#define DEM_EMBEDDED_H

#include <stddef.h>

typedef struct dem_embedded_file {
  const char *path;  ///< Relative to the pack: "kb/schema.yaml". "/" separates.
  const char *bytes; ///< As in the file; a NUL stands behind them.
  size_t size;       ///< Without that NUL.
} dem_embedded_file;

/// Sorted by the paths' bytes.
extern const dem_embedded_file dem_embedded_files[];
extern const size_t dem_embedded_file_count;

#endif
