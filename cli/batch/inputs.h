// SPDX-License-Identifier: Apache-2.0

// The files that a batch reads: as named, of folders, of patterns, or standard input.

#ifndef CLI_BATCH_INPUTS_H
#define CLI_BATCH_INPUTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct input_file {
  char *path; ///< Owned; "-" for standard input.
  uint64_t size;
  bool is_regular; ///< A file of that size, not a pipe or a terminal.
} input_file;

typedef struct input_list {
  input_file *items; ///< Owned. Of a folder or a pattern: sorted by their bytes.
  size_t count;
  size_t capacity;
  uint64_t size;        ///< Of all, if `is_regular`.
  bool is_regular;      ///< All are.
  const char *avoid[2]; ///< What the batch writes: no input. NULL for none, as is what standard
                        ///< output goes to.
} input_list;

/// Find the files. A folder stands for those in it whose names end as profiles' do, a name that
/// does not exist for the files that match it as a pattern.
///
/// @param found  `avoid` is set; the rest is filled in. Yours: inputs_clear.
/// @return An exit_status; what is wrong was said.
int inputs_find(input_list *found, const char *const *arguments, size_t count);
void inputs_clear(input_list *found);

#endif
