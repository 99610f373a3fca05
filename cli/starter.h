// SPDX-License-Identifier: Apache-2.0

// The files of the pack that `demarche init` writes: those in starter/.

#ifndef CLI_STARTER_H
#define CLI_STARTER_H

#include <stddef.h>

typedef struct starter_file {
  const char *path; ///< Relative to the pack: "kb/schema.yaml".
  const char *bytes;
  size_t size;
} starter_file;

/// Sorted by the paths' bytes.
extern const starter_file starter_files[];
extern const size_t starter_file_count;

#endif
