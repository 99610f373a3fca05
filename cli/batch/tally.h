// SPDX-License-Identifier: Apache-2.0

// The whole records of an output that a batch left, for `--resume`.

#ifndef CLI_BATCH_TALLY_H
#define CLI_BATCH_TALLY_H

#include <stdbool.h>
#include <stdint.h>

#include "../text.h"

typedef struct tally {
  uint64_t count; ///< Whole lines; in a table whole rows.
  uint64_t end;   ///< Of the last whole one, in bytes.
  text first;     ///< The first, with its line break.
  text last;      ///< The last.
} tally;

/// Count the records of a file from its beginning.
///
/// @param has_quotes  A table: line breaks in quotes end no row.
/// @param t           Yours: tally_clear.
/// @return 0, or errno.
/// Cost: one pass over the file.
int tally_take(int descriptor, bool has_quotes, tally *t);
void tally_clear(tally *t);

#endif
