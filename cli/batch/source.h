// SPDX-License-Identifier: Apache-2.0

// The inputs' records, in order, a chunk at a time.

#ifndef CLI_BATCH_SOURCE_H
#define CLI_BATCH_SOURCE_H

#include "chunk.h"
#include "inputs.h"
#include "journal.h"

typedef struct source_options {
  dem_profile_format format; ///< DEM_PROFILE_AUTO: each input's own.
  dem_limits limits;
  uint32_t shard; ///< From 1; 0 for everything.
  uint32_t shard_count;
} source_options;

typedef struct source {
  const input_list *inputs;
  source_options options;
  size_t next;         ///< Input that is opened next.
  open_input *current; ///< NULL between two.
  uint64_t before;     ///< Bytes of the inputs before `current`.
  uint64_t begin;      ///< Of the shard, in the bytes of all inputs.
  uint64_t end;
  uint64_t number;   ///< Records given so far, with those passed over.
  uint64_t written;  ///< Records that an earlier run wrote; not known to the source: 0.
  uint64_t passed;   ///< Of them, those passed over.
  journal *refusals; ///< Of the earlier run; NULL for none.
  uint64_t refused;  ///< The next number in it.
  bool is_over;
  int error;              ///< errno of what could not be read; 0 so far so good.
  const char *error_path; ///< Of the inputs.
} source;

void source_init(source *s, const input_list *list, const source_options *how);
void source_clear(source *s);

/// Leave out what an earlier run wrote, but the last, by which the caller sees that this run makes
/// the same. Before anything is read.
///
/// @param written   Records that it wrote; 0 where all are wanted nevertheless.
/// @param refusals  Borrowed: which others it met.
void source_resume(source *s, uint64_t written, journal *refusals);

/// Count the records that there are, without looking into them.
/// @param most     Enough: no more are counted.
/// @return UINT64_MAX when not all could be read.
uint64_t source_count(const input_list *list, const source_options *how, uint64_t most);

/// Take the next records into an empty chunk: as many as are there without waiting, but one.
/// One thread at a time.
/// @return False when there is none: at the end, after an error, when it is wished to stop.
bool source_fill(source *s, chunk *c);

/// The stream of a record's input.
const dem_profile_stream *source_stream(const open_input *input);

/// Say that a record of a chunk is not needed any more. Any thread; its input must not be used
/// through this record again.
void source_release(open_input *input);

#endif
