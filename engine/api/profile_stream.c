// SPDX-License-Identifier: Apache-2.0

// Cuts an input into the records of profiles.

#include "api/profile_stream.h"

#include <string.h>

#include "api/profile_format.h"
#include "base/try.h"
#include "text/utf8.h"

enum { CHUNK_SIZE = 64 * 1024 };

dem_status dem_profile_stream_new(const dem_profile_stream_options *options, dem_read_function read,
                                  void *context, dem_profile_stream **stream_out)
{
  const dem_allocator a = options->allocator ? *options->allocator : dem_allocator_default();
  dem_profile_stream *const s = a.resize(a.context, NULL, 0, sizeof *s);
  *stream_out = s;
  DEM_TRY_MEMORY(s);
  *s = (dem_profile_stream){.allocator = a,
                            .limits = options->limits ? *options->limits : dem_limits_default(),
                            .read = read,
                            .context = context,
                            .line = 1,
                            .column = 1,
                            .format = options->format};
  dem_arena_init(&s->arena, a);
  dem_files_init(&s->files, a);
  dem_report_init(&s->report, a, &s->files);
  const dem_slice name = dem_slice_of(options->name);
  s->name = (dem_slice){dem_arena_copy(&s->arena, name), name.size};
  if (!s->name.bytes) {
    dem_profile_stream_free(s);
    *stream_out = NULL;
    return DEM_ERR_NO_MEMORY;
  }
  return DEM_OK;
}

void dem_profile_stream_free(dem_profile_stream *stream)
{
  if (!stream) {
    return;
  }
  const dem_allocator a = stream->allocator;
  (void)a.resize(a.context, stream->bytes, stream->capacity, 0);
  dem_report_clear(&stream->report);
  dem_files_clear(&stream->files);
  dem_arena_clear(&stream->arena);
  (void)a.resize(a.context, stream, sizeof *stream, 0);
}

const char *dem_profile_stream_name(const dem_profile_stream *stream)
{
  return stream->name.bytes;
}

// Bytes -------------------------------------------------------------------------------

static dem_slice rest(const dem_profile_stream *s)
{
  return (dem_slice){s->bytes + s->begin, s->end - s->begin};
}

/// Room for more bytes behind those that are left. The buffer doubles only for a record that fills
/// it, so moving what is left costs no more than reading it did.
static bool make_room(dem_profile_stream *s)
{
  if (s->begin > 0 && s->capacity - s->end < CHUNK_SIZE / 2) {
    memmove(s->bytes, s->bytes + s->begin, s->end - s->begin);
    s->end -= s->begin;
    s->begin = 0;
  }
  if (s->capacity - s->end >= CHUNK_SIZE / 2) {
    return true;
  }
  const size_t capacity = s->capacity ? s->capacity * 2 : CHUNK_SIZE;
  char *const bytes = s->allocator.resize(s->allocator.context, s->bytes, s->capacity, capacity);
  if (!bytes) {
    return false;
  }
  s->bytes = bytes;
  s->capacity = capacity;
  return true;
}

static dem_status read_more(dem_profile_stream *s)
{
  size_t size = 0;
  if (!make_room(s)) {
    return DEM_ERR_NO_MEMORY;
  }
  DEM_TRY(s->read(s->context, s->bytes + s->end, s->capacity - s->end, &size));
  s->end += size;
  s->is_at_end = size == 0;
  return DEM_OK;
}

/// Count the place on over bytes: LF, CRLF and CR end a line, as everywhere (base/place.h).
static void advance(dem_profile_stream *s, size_t size)
{
  const char *const bytes = s->bytes + s->begin;
  for (size_t i = 0; i < size; ++i) {
    const char byte = bytes[i];
    if (byte == '\n' || byte == '\r') {
      s->line += (byte == '\r' || !s->is_after_return) && s->line < UINT32_MAX;
      s->column = 1;
    } else {
      s->column += ((unsigned char)byte & 0xC0) != 0x80;
    }
    s->is_after_return = byte == '\r';
  }
  s->begin += size;
  s->offset += size;
}

// The beginning -----------------------------------------------------------------------

static size_t bom_size(const dem_profile_stream *s)
{
  return s->end >= 3 && memcmp(s->bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

static bool has_line(const dem_profile_stream *s)
{
  bool has_text = false;
  for (size_t i = bom_size(s); i < s->end; ++i) {
    const char byte = s->bytes[i];
    const bool is_break = byte == '\n' || byte == '\r';
    if (has_text && is_break) {
      return true;
    }
    has_text = has_text || (!is_break && byte != ' ' && byte != '\t');
  }
  return false;
}

static dem_split_format split_format(dem_profile_format format)
{
  switch (format) {
  case DEM_PROFILE_JSON_LINES:
    return DEM_SPLIT_LINES;
  case DEM_PROFILE_CSV:
    return DEM_SPLIT_CSV;
  case DEM_PROFILE_JSON:
    return DEM_SPLIT_JSON;
  case DEM_PROFILE_AUTO:
  case DEM_PROFILE_YAML:
    break;
  }
  return DEM_SPLIT_YAML;
}

/// Find the format as soon as it can be told: from the first line that is not blank.
static dem_status begin_input(dem_profile_stream *s)
{
  enum { LONGEST_LOOK = 1024 * 1024 };
  if (s->format == DEM_PROFILE_AUTO) {
    s->format = dem_profile_format_of_name(s->name);
  }
  do {
    DEM_TRY(read_more(s));
  } while (!s->is_at_end && !has_line(s) && s->end < LONGEST_LOOK);
  s->format = dem_profile_format_of_bytes(s->format, rest(s));
  s->splitter = dem_splitter_of(split_format(s->format));
  s->begin = s->offset = bom_size(s); // A BOM takes no column.
  return DEM_OK;
}

// Records -----------------------------------------------------------------------------

static void set_record(dem_profile_stream *s, size_t size)
{
  s->record = (dem_profile_record){.bytes = s->bytes + s->begin,
                                   .size = size,
                                   .offset = s->offset,
                                   .line = s->line,
                                   .column = s->column};
  s->has_cut = true;
}

static void set_problem(dem_profile_stream *s, dem_diagnostic_code code, const char *problem)
{
  s->record.problem = problem;
  s->record.problem_code = (uint32_t)code;
}

/// What cannot be cut: all that is left is one record that is wrong.
static void break_off(dem_profile_stream *s, const char *problem)
{
  set_record(s, s->end > s->begin ? 1 : 0);
  set_problem(s, DEM_DIAG_SYNTAX, problem);
  s->cut_next = s->record.size;
  s->is_over = true;
}

static dem_status describe_limit(dem_profile_stream *s)
{
  dem_buffer text;
  dem_buffer_init(&text, s->allocator);
  dem_buffer_add_format(&text, "larger than %zu bytes (the limit max_bytes)", s->limits.max_bytes);
  // At most one an input is worth keeping: the limit does not change.
  if (!s->limit_text && !text.has_failed) {
    s->limit_text = dem_arena_copy(&s->arena, dem_buffer_slice(&text));
  }
  dem_buffer_clear(&text);
  return s->limit_text ? DEM_OK : DEM_ERR_NO_MEMORY;
}

/// A record longer than the limit: keep its place and pass it over, however long it is.
static dem_status drop_too_long(dem_profile_stream *s)
{
  if (!s->is_too_long) {
    DEM_TRY(describe_limit(s));
    set_record(s, 0);
    s->has_cut = false; // Not before its end is found.
    s->record.bytes = "";
    set_problem(s, DEM_DIAG_LIMIT, s->limit_text);
    s->is_too_long = true;
  }
  const size_t seen = dem_splitter_sure(&s->splitter);
  advance(s, seen);
  dem_splitter_drop(&s->splitter, seen);
  return DEM_OK;
}

/// The end of a record that was too long. What is left of it may be nothing.
static void end_too_long(dem_profile_stream *s, size_t next)
{
  s->is_too_long = false;
  s->has_cut = true;
  s->cut_next = next;
}

static bool is_past_limit(const dem_profile_stream *s, size_t size)
{
  return s->is_too_long || (s->limits.max_bytes && size > s->limits.max_bytes);
}

static dem_status take_cut(dem_profile_stream *s)
{
  if (is_past_limit(s, s->splitter.end)) {
    const size_t next = s->splitter.next;
    if (!s->is_too_long) {
      DEM_TRY(drop_too_long(s)); // Sets the record; nothing is dropped: `at` is 0 after a cut.
    }
    end_too_long(s, next);
    return DEM_OK;
  }
  set_record(s, s->splitter.end);
  s->cut_next = s->splitter.next;
  return DEM_OK;
}

/// The header of a table is no record. One that is wrong makes every row so: it is the last record.
static dem_status take_header(dem_profile_stream *s)
{
  const dem_profile_record record = s->record;
  const dem_slice bytes = {record.bytes, record.size};
  const dem_reader_context context = {.arena = &s->arena,
                                      .files = &s->files,
                                      .diagnostics = &s->report.diagnostics,
                                      .limits = dem_limits_of_text(&s->limits)};
  const dem_file_id file = dem_files_add_part(&s->files, s->name, bytes, record.line, 1);
  if (file.index == UINT32_MAX) {
    return DEM_ERR_NO_MEMORY;
  }
  const dem_status status =
      record.problem ? DEM_ERR_INVALID : dem_csv_read_header(&context, file, &s->header);
  if (status == DEM_ERR_NO_MEMORY) {
    return status;
  }
  if (status != DEM_OK) {
    if (!record.problem) {
      const dem_diagnostic *const d =
          &DEM_VECTOR_AT(&s->report.diagnostics.items, dem_diagnostic, 0);
      set_problem(s, d->code, d->message.bytes ? d->message.bytes : "the header is wrong");
    }
    s->is_over = true;
    return DEM_OK;
  }
  s->has_cut = false;
  advance(s, s->cut_next);
  return DEM_OK;
}

/// Cut on until a record is found, the bytes do not suffice, or nothing is left.
/// @return DEM_OK: has_cut says whether there is one; DEM_ERR_NO_MEMORY.
static dem_status cut(dem_profile_stream *s, bool *needs_more)
{
  *needs_more = false;
  while (!s->has_cut && !s->is_over && !*needs_more) {
    switch (dem_splitter_cut(&s->splitter, rest(s), s->is_at_end)) {
    case DEM_CUT_RECORD:
      DEM_TRY(take_cut(s));
      if (s->format == DEM_PROFILE_CSV && !s->header.names) {
        DEM_TRY(take_header(s));
      }
      break;
    case DEM_CUT_BLANK:
      if (s->is_too_long) {
        end_too_long(s, s->splitter.next);
      } else {
        advance(s, s->splitter.next);
      }
      break;
    case DEM_CUT_MORE:
      *needs_more = true;
      break;
    case DEM_CUT_END:
      s->is_over = true;
      if (s->is_too_long) {
        end_too_long(s, 0);
      }
      break;
    case DEM_CUT_BROKEN:
      break_off(s, s->splitter.problem);
      break;
    }
  }
  return DEM_OK;
}

dem_status dem_profile_stream_next(dem_profile_stream *stream, dem_profile_record *record_out)
{
  dem_profile_stream *const s = stream;
  if (!s->bytes) {
    DEM_TRY(begin_input(s));
  }
  if (s->has_given) {
    advance(s, s->cut_next);
    s->has_given = s->has_cut = false;
  }
  for (;;) {
    bool needs_more;
    DEM_TRY(cut(s, &needs_more));
    if (s->has_cut) {
      *record_out = s->record;
      s->has_given = true;
      return DEM_OK;
    }
    if (!needs_more) {
      return DEM_ERR_NOT_FOUND;
    }
    if (is_past_limit(s, dem_splitter_sure(&s->splitter))) {
      DEM_TRY(drop_too_long(s));
    }
    DEM_TRY(read_more(s));
  }
}

bool dem_profile_stream_is_ready(dem_profile_stream *stream)
{
  dem_profile_stream *const s = stream;
  if (!s->bytes) {
    return false;
  }
  if (s->has_given) {
    advance(s, s->cut_next);
    s->has_given = s->has_cut = false;
  }
  bool needs_more;
  return cut(s, &needs_more) != DEM_OK || !needs_more;
}
