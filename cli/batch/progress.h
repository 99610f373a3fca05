// SPDX-License-Identifier: Apache-2.0

// How far a batch has come, on standard error.

#ifndef CLI_BATCH_PROGRESS_H
#define CLI_BATCH_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "../terminal.h"

typedef struct progress {
  bool is_shown;
  bool is_line;   ///< One line of a terminal, over and over.
  bool has_line;  ///< It stands there now.
  uint64_t begin; ///< Nanoseconds of the monotonic clock, as those that follow.
  uint64_t due;
  uint64_t size; ///< Bytes of the inputs; 0 if not known.
} progress;

/// What there is to tell.
typedef struct progress_state {
  uint64_t read;
  uint64_t refused;
  uint64_t position; ///< Bytes of the inputs that are done.
} progress_state;

/// By itself progress is shown where standard error is a terminal.
void progress_init(progress *p, progress_choice choice, uint64_t size);

/// Show how things stand, if it is time to.
void progress_show(progress *p, const progress_state *state);

/// Take the line away, so that something else can be said.
void progress_hide(progress *p);

double progress_seconds(const progress *p);

/// Write a count with a comma between thousands.
/// @param text  32 bytes. @return The text.
const char *progress_count(uint64_t count, char *text);

#endif
