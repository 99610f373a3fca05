// SPDX-License-Identifier: Apache-2.0

// Where a batch's results go: lines or rows into one file, or a folder of reports; what was
// refused; what is said of it. Takes chunks in their order.

#ifndef CLI_BATCH_OUTLET_H
#define CLI_BATCH_OUTLET_H

#include "desk.h"
#include "journal.h"
#include "progress.h"
#include "report_name.h"

typedef struct outlet_options {
  const char *path; ///< A file or a folder; NULL for standard output.
  bool is_folder;
  bool is_table;
  bool is_resumed;    ///< Go on behind what `path` holds.
  bool fails_fast;    ///< Stop at the first record that is refused.
  const char *errors; ///< File for what is refused; NULL for none.
  text stamp;         ///< What results are made with, on a line. Owned.
} outlet_options;

typedef enum outlet_end {
  OUTLET_GOES_ON,
  OUTLET_FAILED_FAST,
  OUTLET_CANNOT_WRITE, ///< `error` and `error_path` say what.
  OUTLET_NO_MEMORY,
  OUTLET_DIFFERS, ///< What an earlier run left is not the beginning of this run's output.
} outlet_end;

typedef struct outlet {
  outlet_options options;
  const desk_order *order;
  progress *progress;
  int descriptor; ///< Of the results; -1 for a folder.
  bool is_regular;
  uint64_t size;    ///< Bytes of whole records in the file.
  int errors;       ///< -1 for none.
  uint64_t done;    ///< Records that the file held before this run.
  text last;        ///< The last of them.
  uint64_t passed;  ///< Records done before that were not evaluated again.
  uint64_t read;    ///< Records that were taken: written + refused.
  uint64_t written; ///< With those done before.
  uint64_t refused;
  journal journal;
  text refusals;      ///< Of a chunk, for `errors`.
  text said;          ///< Of a chunk, what was not said before.
  name_set names;     ///< Of reports.
  text name;          ///< Of a report.
  text part;          ///< Where it is written before it gets its name.
  chunk again;        ///< For one record.
  uint64_t differing; ///< A record that the earlier run refused and this one does not; 0 for none.
  outlet_end end;
  int error;
  const char *error_path;
} outlet;

/// Open what is written. Must come before the order is used: of a run that is resumed it sets
/// `order->first_needed`, `order->folder` and `order->knows_refused`.
/// @return An exit_status; what is wrong was said.
int outlet_open(outlet *o, const outlet_options *how, desk_order *order, progress *shown);

/// Take the next chunk.
/// @param d     Of the calling thread, for reports that have to be made after all.
/// @return False when the batch must stop; `end` says why.
bool outlet_take(outlet *o, const chunk *c, desk *d);

/// Close what is written. Sets `end` if that fails.
void outlet_close(outlet *o);

/// Forget everything else.
/// @param is_complete  Everything was written: nothing is left to be resumed.
void outlet_clear(outlet *o, bool is_complete);

#endif
