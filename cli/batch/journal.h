// SPDX-License-Identifier: Apache-2.0

// Which records of a batch were refused, kept beside its output, so that `--resume` passes over
// what was written without evaluating it.
//
//   demarche-batch 1 PACK-SHA-256 DATE …      what the output was made with
//   97                                        a number a line, ascending
//   194
//
// A record's number is written before anything that follows it in the output. So of all records up
// to the last one that the output holds it is known which were refused, also after kill -9.

#ifndef CLI_BATCH_JOURNAL_H
#define CLI_BATCH_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "../text.h"

#define JOURNAL_MARK "demarche-batch " ///< How every stamp begins.

typedef struct journal {
  char *path;     ///< Owned; NULL for none.
  int descriptor; ///< Of what is added; -1 for none.
  uint64_t last;  ///< The largest number in it.
  FILE *listed;   ///< What an earlier run left, being read; NULL for none.
  uint64_t left;  ///< Numbers in `listed` that were not read yet.
} journal;

typedef enum journal_state {
  JOURNAL_TAKEN_UP,
  JOURNAL_ABSENT, ///< There is none, or it is none.
  JOURNAL_FOREIGN ///< Of an output that was made with something else.
} journal_state;

/// Begin a journal that lists nothing.
///
/// @param path   Taken; what `free` releases. NULL: memory ran out.
/// @param stamp  Its first line, without the line break.
/// @return 0; errno where one is there that cannot be written, EEXIST where it is another file.
///         Where none can be made the batch goes on without.
int journal_begin(journal *j, char *path, const text *stamp);

/// Take up what an earlier run left.
///
/// @param path     Taken, as above.
/// @param written  Records that the output holds: what is listed behind the last of them is
///                 forgotten, since it will be found again. UINT64_MAX: nothing is.
/// @return 0, or errno.
int journal_take_up(journal *j, char *path, const text *stamp, uint64_t written,
                    journal_state *state_out);

/// The next number that an earlier run listed; UINT64_MAX when there is none.
uint64_t journal_next(journal *j);

/// Add a number. Those that are listed already are left out.
/// @return 0, or errno.
int journal_add(journal *j, uint64_t number);

/// Close it.
/// @param is_needed  Otherwise it is removed.
void journal_close(journal *j, bool is_needed);

#endif
