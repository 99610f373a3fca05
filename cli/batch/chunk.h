// SPDX-License-Identifier: Apache-2.0

// Some records in a row: what one thread takes, works through and hands over at a time.

#ifndef CLI_BATCH_CHUNK_H
#define CLI_BATCH_CHUNK_H

#include <stdbool.h>
#include <stdint.h>

#include "../text.h"
#include "demarche/demarche.h"

typedef struct open_input open_input;

typedef struct chunk_record {
  open_input *input;
  dem_profile_record record; ///< Its bytes are the chunk's, from `begin`.
  size_t begin;
  uint64_t number;  ///< Among all records, from 1.
  bool was_refused; ///< By an earlier run, which this one resumes.

  // What became of it. Ends are those of its part of the chunk's texts.
  bool is_refused;
  bool is_unwritten; ///< Written before this run, it seems: nothing was rendered.
  size_t result_end;
  size_t refusal_end;
  size_t said_end;
  size_t name_end;
} chunk_record;

typedef struct chunk {
  text bytes;            ///< The records, one behind the other.
  chunk_record *records; ///< Owned.
  size_t count;
  size_t capacity;
  uint64_t passed;   ///< Further records, which were written before and are passed over.
  uint64_t position; ///< Bytes of the inputs, or of the shard, that were read when it was filled.
  text results;      ///< What goes to the output.
  text refusals;     ///< What goes to `--errors`.
  text said;         ///< What goes to standard error.
  text names;        ///< Of reports: a file name each.
  bool has_failed;   ///< Memory ran out.
  bool is_done;      ///< Worked through, and waiting to be handed over.
} chunk;

/// Forget the records and keep the memory.
void chunk_reset(chunk *c);
void chunk_clear(chunk *c);

/// Append a copy of a record. False without memory.
bool chunk_add(chunk *c, const chunk_record *record);

/// Forget a text and keep its memory.
static inline void text_reset(text *t)
{
  t->size = 0;
}

#endif
