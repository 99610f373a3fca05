// SPDX-License-Identifier: Apache-2.0

// The shipped pack, compiled into the library: the bytes of kb/ and rules/.

#ifndef DEM_API_EMBEDDED_H
#define DEM_API_EMBEDDED_H

#include <stddef.h>

typedef struct dem_embedded_file {
  const char *path;  ///< Relative to the pack: "kb/schema.yaml". "/" separates.
  const char *bytes; ///< As in the file; a NUL stands behind them.
  size_t size;       ///< Without that NUL.
  const char *image; ///< What the file says, read already (text/document_image.h).
  size_t image_size; ///< 0: read the bytes.
} dem_embedded_file;

/// Sorted by the paths' bytes.
extern const dem_embedded_file dem_embedded_files[];
extern const size_t dem_embedded_file_count;

/// docs/advice.schema.json
extern const dem_embedded_file dem_embedded_schemas[];
extern const size_t dem_embedded_schema_count;
extern const char dem_embedded_file_sha256[]; ///< Of the whole pack.

#endif
