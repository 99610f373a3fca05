// SPDX-License-Identifier: Apache-2.0

// Where results go: standard output, a file that appears whole or not at all,
// or a device or pipe that is written directly.

#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stdbool.h>

#include "demarche/render.h"

/// Write all bytes, however the system cuts them.
/// @return 0, or errno.
int output_write_all(int descriptor, const char *bytes, size_t size);

typedef struct output {
  const char *path; ///< As given; NULL for standard output.
  char *target;     ///< The file to replace, links resolved; owned; NULL when written directly.
  char *temporary;  ///< Beside the target until the end; owned; NULL when written directly.
  int descriptor;
  int error; ///< errno of the first failure; 0 so far so good.
} output;

/// Open `path`, or standard output for NULL and "-". On failure `error` is set.
void output_open(output *out, const char *path);

/// A dem_write_function; `context` is the output. DEM_ERR_IO once anything failed.
dem_status output_write(void *context, const char *bytes, size_t size);

/// Finish. The file takes its name only if `is_good` and everything was written.
/// @return 0, or errno of the first failure.
int output_finish(output *out, bool is_good);

/// The same with words.
///
/// @return False when something was not written. Says so on standard error, unless the reader of
///         a pipe went away: then nobody wants to know.
bool output_close(output *out, bool is_good);

/// Whether the reader of the pipe went away.
bool output_is_unwanted(const output *out);

#endif
