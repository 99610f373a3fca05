// SPDX-License-Identifier: Apache-2.0

// The inputs' records, in order. Needs POSIX.
//
// A shard is a stretch of the bytes of all inputs together; a record belongs to the one in which it
// begins. So the shards of a batch are disjoint and complete, whatever the formats, and their
// outputs one behind the other are the output of the whole.

#define _POSIX_C_SOURCE 200809L

#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "interrupt.h"

enum {
  MOST_RECORDS = 32, // Some milliseconds' work: locks cost nothing, and threads end together.
  MOST_BYTES = 256 * 1024,
};

struct open_input {
  dem_profile_stream *stream;
  const input_file *file;
  int descriptor;
  int error;
  bool is_stopped;     ///< It was wished while reading.
  atomic_size_t users; ///< The source, and each record that is under way.
};

void source_init(source *s, const input_list *list, const source_options *how)
{
  *s = (source){.inputs = list, .options = *how, .end = UINT64_MAX, .refused = UINT64_MAX};
  if (how->shard) {
    // Exact without overflow: size / n * k + size % n * k / n.
    const uint64_t n = how->shard_count;
    const uint64_t k = how->shard;
    const uint64_t whole = list->size / n;
    const uint64_t rest = list->size % n;
    s->begin = whole * (k - 1) + rest * (k - 1) / n;
    s->end = k == n ? UINT64_MAX : whole * k + rest * k / n;
  }
}

void source_resume(source *s, uint64_t written, journal *refusals)
{
  s->written = written;
  s->refusals = refusals;
  s->refused = journal_next(refusals);
}

const dem_profile_stream *source_stream(const open_input *input)
{
  return input->stream;
}

void source_release(open_input *input)
{
  if (atomic_fetch_sub(&input->users, 1) == 1) {
    dem_profile_stream_free(input->stream);
    free(input);
  }
}

static void close_current(source *s)
{
  if (!s->current) {
    return;
  }
  s->before += s->current->file->size;
  if (s->current->descriptor > STDIN_FILENO) {
    (void)close(s->current->descriptor);
  }
  source_release(s->current);
  s->current = NULL;
}

void source_clear(source *s)
{
  close_current(s);
}

// Reading -----------------------------------------------------------------------------

static dem_status read_bytes(void *context, char *bytes, size_t capacity, size_t *size_out)
{
  open_input *const input = context;
  *size_out = 0;
  for (;;) {
    if (!input->file->is_regular && !interrupt_wait(input->descriptor, true)) {
      input->is_stopped = true;
      return DEM_ERR_IO;
    }
    const ssize_t got = read(input->descriptor, bytes, capacity);
    if (got >= 0) {
      *size_out = (size_t)got;
      return DEM_OK;
    }
    if (errno != EINTR && errno != EAGAIN) {
      input->error = errno;
      return DEM_ERR_IO;
    }
  }
}

static void fail(source *s, int error, const char *path)
{
  s->error = error;
  s->error_path = path;
  s->is_over = true;
}

static void open_next(source *s)
{
  const input_file *const file = &s->inputs->items[s->next++];
  const bool is_standard = strcmp(file->path, "-") == 0;
  open_input *const input = calloc(1, sizeof *input);
  const dem_profile_stream_options how = {.name = is_standard ? "<stdin>" : file->path,
                                          .format = s->options.format,
                                          .limits = &s->options.limits};
  if (!input || dem_profile_stream_new(&how, read_bytes, input, &input->stream) != DEM_OK) {
    free(input);
    fail(s, ENOMEM, file->path);
    return;
  }
  input->file = file;
  atomic_init(&input->users, 1);
  input->descriptor = is_standard ? STDIN_FILENO : open(file->path, O_RDONLY | O_CLOEXEC);
  s->current = input;
  if (input->descriptor < 0) {
    fail(s, errno, file->path);
  }
}

/// Open the next input that the shard has a part in.
static void go_on(source *s)
{
  const size_t count = s->inputs->count;
  while (s->options.shard && s->next < count &&
         s->before + s->inputs->items[s->next].size <= s->begin) {
    s->before += s->inputs->items[s->next++].size;
  }
  if (s->next == count || s->before >= s->end) {
    s->is_over = true;
  } else {
    open_next(s);
  }
}

// Chunks ------------------------------------------------------------------------------

static void take(source *s, chunk *c, const dem_profile_record *record)
{
  const uint64_t at = s->before + record->offset;
  if (at < s->begin) {
    return;
  }
  if (at >= s->end) {
    s->is_over = true;
    return;
  }
  c->position = at + record->size - s->begin;
  const bool was_refused = ++s->number == s->refused;
  if (was_refused) {
    s->refused = journal_next(s->refusals);
  } else if (s->passed + 1 < s->written) {
    ++s->passed;
    ++c->passed;
    return;
  }
  const chunk_record taken = {
      .input = s->current, .record = *record, .number = s->number, .was_refused = was_refused};
  if (!chunk_add(c, &taken)) {
    fail(s, ENOMEM, s->current->file->path);
    return;
  }
  (void)atomic_fetch_add(&s->current->users, 1);
}

static void read_on(source *s, chunk *c)
{
  dem_profile_record record;
  switch (dem_profile_stream_next(s->current->stream, &record)) {
  case DEM_OK:
    take(s, c, &record);
    return;
  case DEM_ERR_NOT_FOUND:
    close_current(s);
    return;
  case DEM_ERR_NO_MEMORY:
    fail(s, ENOMEM, s->current->file->path);
    return;
  case DEM_ERR_IO:
  case DEM_ERR_INVALID:
  case DEM_ERR_LIMIT:
    break;
  }
  if (s->current->is_stopped) {
    s->is_over = true;
  } else {
    fail(s, s->current->error, s->current->file->path);
  }
}

/// Whether reading on would keep records waiting that are there.
static bool would_wait(source *s)
{
  return s->current && !s->current->file->is_regular &&
         !dem_profile_stream_is_ready(s->current->stream) &&
         !interrupt_wait(s->current->descriptor, false);
}

bool source_fill(source *s, chunk *c)
{
  while (!s->is_over && c->count < MOST_RECORDS && c->bytes.size < MOST_BYTES) {
    if (interrupt_is_wished()) {
      s->is_over = true;
    } else if (!s->current) {
      go_on(s);
    } else if (c->count > 0 && would_wait(s)) {
      break;
    } else {
      read_on(s, c);
    }
  }
  for (size_t i = 0; i < c->count; ++i) { // Not before: the text moves while it grows.
    c->records[i].record.bytes = c->bytes.bytes ? c->bytes.bytes + c->records[i].begin : "";
  }
  return c->count > 0 || c->passed > 0;
}

uint64_t source_count(const input_list *list, const source_options *how, uint64_t most)
{
  source s;
  chunk c = {0};
  source_init(&s, list, how);
  while (s.number < most && source_fill(&s, &c)) {
    for (size_t i = 0; i < c.count; ++i) {
      source_release(c.records[i].input);
    }
    chunk_reset(&c);
  }
  const bool is_whole = !s.error && !interrupt_is_wished();
  const uint64_t count = s.number;
  source_clear(&s);
  chunk_clear(&c);
  return is_whole ? count : UINT64_MAX;
}
