// SPDX-License-Identifier: Apache-2.0

// A stream of profiles, laid open for the code that reads its records.

#ifndef DEM_API_PROFILE_STREAM_H
#define DEM_API_PROFILE_STREAM_H

#include "api/handles.h"
#include "demarche/profile_stream.h"
#include "text/csv.h"
#include "text/splitter.h"

struct dem_profile_stream {
  dem_allocator allocator;
  dem_limits limits;
  dem_read_function read;
  void *context;
  char *bytes; ///< bytes[begin .. end) was read and is not cut off yet.
  size_t capacity;
  size_t begin;
  size_t end;
  uint64_t offset; ///< Of `begin` in the input.
  uint32_t line;   ///< Of `begin`.
  uint32_t column;
  bool is_after_return; ///< The byte before `begin` is a CR, whose line was counted.
  bool is_at_end;       ///< The input has no more bytes.
  bool is_over;         ///< Nothing more is cut off.
  bool is_too_long;     ///< Of the record that is being passed over.
  bool has_cut;         ///< `record` is cut off.
  bool has_given;       ///< And the caller has it: its bytes stay until the next call.
  size_t cut_next;      ///< Where it ends, from `begin`.
  dem_profile_record record;
  dem_splitter splitter;
  const char *limit_text; ///< What is said of a record that is too long; NULL until there is one.

  // What never changes once the first record was cut off.
  dem_slice name; ///< In the arena.
  dem_profile_format format;
  dem_csv_header header; ///< Of CSV.
  dem_arena arena;
  dem_files files; ///< Of CSV: the header.
  dem_report report;
};

#endif
