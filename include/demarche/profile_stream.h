// SPDX-License-Identifier: Apache-2.0

// Profiles as a stream: input of any length in constant memory, record by record.
//
//   dem_profile_stream_next → dem_profiles_read_record → dem_session_set_profile → …
//
// Cutting a stream into records is cheap and has to be done in order; reading a record costs many
// times as much and may be done anywhere: by any thread, in any order, from a copy of its bytes.

#ifndef DEMARCHE_PROFILE_STREAM_H
#define DEMARCHE_PROFILE_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "demarche/profile.h"

/// Gives the next bytes of an input, as POSIX' read does: as many as there are, at most `capacity`.
///
/// @param size_out  Receives how many there were; 0 at the end of the input.
/// @return DEM_OK; anything else ends the stream, which returns it.
typedef dem_status (*dem_read_function)(void *context, char *bytes, size_t capacity,
                                        size_t *size_out);

typedef struct dem_profile_stream_options {
  const char *name;               ///< How errors call the input: a path, or "<stdin>". Copied.
  dem_profile_format format;      ///< AUTO: by the name's ending, else by the first line.
  const dem_allocator *allocator; ///< Copied; NULL: the C library's.
  const dem_limits *limits; ///< Copied; NULL: dem_limits_default(). Each holds for one record.
} dem_profile_stream_options;

/// An input that is cut into records.
typedef struct dem_profile_stream dem_profile_stream;

/// One record, not read yet: a line, a row, an item of a JSON array, a YAML document.
typedef struct dem_profile_record {
  const char *bytes; ///< As they stand in the input. May be replaced by a copy.
  size_t size;
  uint64_t offset;       ///< Of the first byte in the input.
  uint32_t line;         ///< Of the first byte, from 1.
  uint32_t column;       ///< Likewise, in code points.
  const char *problem;   ///< Why this is no whole record, in the stream's memory; else NULL.
  uint32_t problem_code; ///< The library's own.
} dem_profile_record;

/// @param read        Called with `context` when bytes are needed; not before the first record is.
/// @param stream_out  Yours: dem_profile_stream_free, when the last of its records was read.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
/// Memory: some 64 KiB, and the longest record, which the limit max_bytes bounds.
DEM_API dem_status dem_profile_stream_new(const dem_profile_stream_options *options,
                                          dem_read_function read, void *context,
                                          dem_profile_stream **stream_out);
DEM_API void dem_profile_stream_free(dem_profile_stream *stream);

/// Cut off the next record.
///
/// What cannot be cut (a missing ',' between items, a record past the limit max_bytes) is given as
/// a record with a `problem`, which dem_profiles_read_record reports at its place. A record that is
/// too long is passed over; after any other problem the stream is at its end.
///
/// @param record_out  Its bytes are the stream's, until the next call.
/// @return DEM_OK; DEM_ERR_NOT_FOUND at the end; DEM_ERR_NO_MEMORY; what `read` returned.
/// Threads: one at a time.
DEM_API dem_status dem_profile_stream_next(dem_profile_stream *stream,
                                           dem_profile_record *record_out);

/// What errors call the input.
DEM_API const char *dem_profile_stream_name(const dem_profile_stream *stream);

/// Whether the next record can be cut off without reading further: so that a filter can answer what
/// it has before it waits for more.
DEM_API bool dem_profile_stream_is_ready(dem_profile_stream *stream);

/// Room for one record at a time.
///
/// @param profiles_out  Yours: dem_profiles_free.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
DEM_API dem_status dem_profiles_new(const dem_allocator *allocator, const dem_limits *limits,
                                    dem_profiles **profiles_out);

/// Read one record in place of what was read before. Errors carry the places of the whole input.
///
/// @param profiles  Of dem_profiles_new. Sessions that were given its profile must be reset first.
/// @param stream    Where the record was cut off; only what never changes is looked at, so any
///                  number of threads may read records of one stream, also while another cuts.
/// @return DEM_OK, and there is one profile; DEM_ERR_INVALID, DEM_ERR_LIMIT, and the report says
///         why; DEM_ERR_NO_MEMORY.
/// Cost: linear in the record. JSON and YAML records allocate while they are read (jansson and
/// libyaml do); memory of our own is kept from one record to the next.
DEM_API dem_status dem_profiles_read_record(dem_profiles *profiles,
                                            const dem_profile_stream *stream,
                                            const dem_profile_record *record);

/// Write a profile as JSON on one line, as it was read: a profile that can be read again, from
/// whatever format it came. No line break follows.
///
/// @return DEM_OK; DEM_ERR_NO_MEMORY; what `write` returned.
DEM_API dem_status dem_profiles_render(const dem_profiles *profiles, size_t index,
                                       dem_write_function write, void *context);

/// Write why a record was refused, as a JSON object on a line:
///
///   {"input": …, "line": …, "field": …, "code": …, "message": …, "record": …}
///
/// What is said of the first error; "errors" lists all where there are several. Lines are those of
/// the input. "id" is the profile's, "record" the profile as dem_profiles_render writes it; for
/// what could not be read the bytes as a text; left out for a record past the limit max_bytes.
///
/// @param profiles  What was read of the record.
/// @param report    Of the profiles, or of the session that was given them.
/// @return DEM_OK; DEM_ERR_NO_MEMORY; what `write` returned.
DEM_API dem_status dem_profiles_render_refusal(const dem_profiles *profiles,
                                               const dem_profile_stream *stream,
                                               const dem_profile_record *record,
                                               const dem_report *report, dem_write_function write,
                                               void *context);

#endif
