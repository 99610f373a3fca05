// SPDX-License-Identifier: Apache-2.0

// Where a batch's results go. Needs POSIX.
//
// A file of lines is written as it comes, not beside itself like other results: what is there can
// be read while the rest is made, and an interrupted batch goes on behind its last whole record.
// Its records tell how many were written; which were refused shows when those before are evaluated
// again, which costs a part of what writing them did, and needs no second file that could get lost.

#define _POSIX_C_SOURCE 200809L

#include "outlet.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../command.h"
#include "../output.h"
#include "tally.h"

// Writing -----------------------------------------------------------------------------

static bool fail(outlet *o, int error, const char *path)
{
  o->end = error == ENOMEM ? OUTLET_NO_MEMORY : OUTLET_CANNOT_WRITE;
  o->error = error;
  o->error_path = path;
  return false;
}

static int write_all(int descriptor, const char *bytes, size_t size)
{
  while (size > 0) {
    const ssize_t written = write(descriptor, bytes, size);
    if (written < 0 && errno != EINTR) {
      return errno;
    }
    bytes += written > 0 ? written : 0;
    size -= written > 0 ? (size_t)written : 0;
  }
  return 0;
}

/// Records, whole or not at all where that can be: what arrived of them is taken back.
static bool write_results(outlet *o, const char *bytes, size_t size)
{
  if (size == 0) {
    return true;
  }
  const int error = write_all(o->descriptor, bytes, size);
  if (error) {
    if (o->is_regular && o->options.path && ftruncate(o->descriptor, (off_t)o->size) != 0) {
      // Then a part of a record stays, which --resume takes away.
    }
    return fail(o, error, o->options.path);
  }
  o->size += size;
  return true;
}

static bool write_errors(outlet *o, const char *bytes, size_t size)
{
  const int error = o->errors >= 0 && size > 0 ? write_all(o->errors, bytes, size) : 0;
  return error == 0 || fail(o, error, o->options.errors);
}

static dem_status write_header(void *context, const char *bytes, size_t size)
{
  return write_results(context, bytes, size) ? DEM_OK : DEM_ERR_IO;
}

// Opening -----------------------------------------------------------------------------

static int say(const char *what, const char *path, const char *why)
{
  (void)fprintf(stderr, "demarche: cannot %s %s: %s\n", what, path, why);
  return EXIT_IO;
}

static int open_folder(outlet *o)
{
  struct stat state;
  const char *const path = o->options.path;
  if (mkdir(path, 0777) == 0) {
    return EXIT_DONE;
  }
  const int error = errno;
  if (error == EEXIST && stat(path, &state) == 0 && S_ISDIR(state.st_mode)) {
    return EXIT_DONE;
  }
  return say("make the folder", path,
             error == EEXIST ? "there is a file of that name" : strerror(error));
}

static int open_file(outlet *o)
{
  const char *const path = o->options.path;
  const int keep = o->options.is_resumed ? 0 : O_TRUNC;
  struct stat state;
  if (!path) {
    o->descriptor = STDOUT_FILENO;
    return EXIT_DONE;
  }
  // What is no regular file (a pipe, /dev/null) may not be open to reading.
  const bool is_there = stat(path, &state) == 0;
  o->is_regular = !is_there || S_ISREG(state.st_mode);
  const int mode = o->is_regular ? O_RDWR | O_CREAT | keep : O_WRONLY;
  o->descriptor = open(path, mode | O_CLOEXEC, 0666);
  if (o->descriptor < 0) {
    return say("write", path,
               errno == EISDIR ? "it is a folder; reports go into a folder, with "
                                 "--format text, markdown or html"
                               : strerror(errno));
  }
  return EXIT_DONE;
}

static dem_status keep_header(void *context, const char *bytes, size_t size)
{
  return text_write(context, bytes, size);
}

/// Whether a file's first row is this run's header.
static bool has_header(const outlet *o, const tally *t)
{
  text header = {0};
  const bool is_same =
      dem_selection_write_header(o->order->selection, keep_header, &header) == DEM_OK &&
      header.size == t->first.size && memcmp(header.bytes, t->first.bytes, header.size) == 0;
  text_clear(&header);
  return is_same;
}

static int take_up(outlet *o, tally *t)
{
  const char *const path = o->options.path;
  const int error = tally_take(o->descriptor, o->options.is_table, t);
  if (error) {
    return say("read", path, strerror(error));
  }
  if (o->options.is_table && t->count > 0 && !has_header(o, t)) {
    (void)fprintf(stderr, "demarche: cannot resume: %s has other columns\n", path);
    return EXIT_INPUT;
  }
  o->done = t->count - (o->options.is_table && t->count > 0);
  o->last = t->last;
  t->last = (text){0};
  o->size = t->end;
  if (ftruncate(o->descriptor, (off_t)t->end) != 0 ||
      lseek(o->descriptor, (off_t)t->end, SEEK_SET) < 0) {
    return say("write", path, strerror(errno));
  }
  return EXIT_DONE;
}

static int open_results(outlet *o, desk_order *order)
{
  if (o->options.is_folder) {
    order->folder = o->options.is_resumed ? o->options.path : NULL;
    return open_folder(o);
  }
  int status = open_file(o);
  if (status == EXIT_DONE && o->options.is_resumed) {
    tally t = {0};
    status = take_up(o, &t);
    tally_clear(&t);
    order->first_needed = o->done;
  }
  if (status == EXIT_DONE && o->options.is_table && o->size == 0) {
    const dem_status written = dem_selection_write_header(order->selection, write_header, o);
    if (written == DEM_ERR_NO_MEMORY) {
      o->end = OUTLET_NO_MEMORY;
    }
  }
  return status;
}

int outlet_open(outlet *o, const outlet_options *how, desk_order *order, progress *shown)
{
  *o = (outlet){.options = *how, .order = order, .progress = shown, .descriptor = -1, .errors = -1};
  const int status = open_results(o, order);
  if (status == EXIT_DONE && how->errors) {
    // Of a run that is resumed, too: what was refused before is found again, and in its place.
    o->errors = open(how->errors, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (o->errors < 0) {
      return say("write", how->errors, strerror(errno));
    }
  }
  return status;
}

// Reports -----------------------------------------------------------------------------

/// The report's path, zero-terminated, in `name`.
static bool find_path(outlet *o, const chunk *c, size_t begin, const chunk_record *r)
{
  text name = {0};
  (void)text_write(&name, c->names.bytes + begin, r->name_end - begin);
  const bool is_taken = name_set_take(&o->names, &name, r->number);
  text_reset(&o->name);
  text_add(&o->name, o->options.path);
  text_add(&o->name, "/");
  if (is_taken) {
    (void)text_write(&o->name, name.bytes, name.size);
  }
  text_add(&o->name, o->order->ending);
  (void)text_write(&o->name, "", 1);
  text_clear(&name);
  return is_taken && !o->name.has_failed;
}

static bool write_report(outlet *o, const char *bytes, size_t size)
{
  output out;
  output_open(&out, o->name.bytes);
  const bool is_written = output_write(&out, bytes, size) == DEM_OK;
  if (!output_close(&out, is_written)) {
    return fail(o, out.error ? out.error : EIO, NULL); // Its path was said.
  }
  return true;
}

/// A report that is there may be another profile's of the same id: only the name of its own tells.
static bool make_report(outlet *o, const chunk *c, size_t i, desk *d)
{
  const chunk_record *const r = &c->records[i];
  const size_t name_begin = i > 0 ? c->records[i - 1].name_end : 0;
  const size_t begin = i > 0 ? c->records[i - 1].result_end : 0;
  if (!find_path(o, c, name_begin, r)) {
    return fail(o, ENOMEM, NULL);
  }
  if (o->options.is_resumed && access(o->name.bytes, F_OK) == 0) {
    ++o->done;
    return true;
  }
  if (!r->is_unwritten) {
    return write_report(o, c->results.bytes + begin, r->result_end - begin);
  }
  text_reset(&o->again);
  if (!desk_render_again(d, r, &o->again)) {
    return fail(o, ENOMEM, NULL);
  }
  return write_report(o, o->again.bytes, o->again.size);
}

// Chunks ------------------------------------------------------------------------------

/// Whether a record that the file held before is the one that this run makes. The last one is
/// looked at: with another pack, inputs or fields it would hardly be the same.
static bool is_same(const outlet *o, const char *bytes, size_t size)
{
  return size == o->last.size && memcmp(bytes, o->last.bytes, size) == 0;
}

/// Count a chunk's records and find which of its results are new: from `from` to `to`.
static bool count_records(outlet *o, const chunk *c, desk *d, size_t *from, size_t *to,
                          size_t *said_from)
{
  size_t begin = 0;
  for (size_t i = 0; i < c->count && o->end == OUTLET_GOES_ON; ++i) {
    const chunk_record *const r = &c->records[i];
    ++o->read;
    *to = i + 1;
    if (r->is_refused) {
      ++o->refused;
      o->end = o->options.fails_fast ? OUTLET_FAILED_FAST : o->end;
    } else if (o->options.is_folder) {
      if (!make_report(o, c, i, d)) {
        --o->read;
        *to = i;
        return false;
      }
      ++o->written;
    } else if (++o->written <= o->done) {
      if (o->written == o->done && !is_same(o, c->results.bytes + begin, r->result_end - begin)) {
        o->end = OUTLET_DIFFERS;
        return false;
      }
      *from = r->result_end;
      *said_from = r->said_end;
    }
    begin = r->result_end;
  }
  return true;
}

bool outlet_take(outlet *o, const chunk *c, desk *d)
{
  size_t from = 0;
  size_t to = 0;
  size_t said_from = 0;
  if (o->end != OUTLET_GOES_ON) {
    return false;
  }
  if (c->has_failed) {
    o->end = OUTLET_NO_MEMORY;
    return false;
  }
  const uint64_t read = o->read;
  const uint64_t written = o->written;
  const uint64_t refused = o->refused;
  if (!count_records(o, c, d, &from, &to, &said_from) && to == 0) {
    return false;
  }
  if (to == 0) {
    return o->end == OUTLET_GOES_ON;
  }
  const chunk_record *const last = &c->records[to - 1];
  if (!o->options.is_folder && o->end != OUTLET_DIFFERS &&
      !write_results(o, c->results.bytes + from, last->result_end - from)) {
    o->read = read; // None of the chunk was.
    o->written = written;
    o->refused = refused;
    return false;
  }
  if (last->said_end > said_from) {
    progress_hide(o->progress);
    (void)write_all(STDERR_FILENO, c->said.bytes + said_from, last->said_end - said_from);
  }
  const bool is_good = write_errors(o, c->refusals.bytes, last->refusal_end);
  progress_show(o->progress, &(progress_state){o->read, o->refused, c->position});
  return is_good && o->end == OUTLET_GOES_ON;
}

void outlet_close(outlet *o)
{
  const bool is_own = o->options.path && o->descriptor >= 0;
  if (is_own && close(o->descriptor) != 0 && o->end == OUTLET_GOES_ON) {
    (void)fail(o, errno, o->options.path);
  }
  if (o->errors >= 0 && close(o->errors) != 0 && o->end == OUTLET_GOES_ON) {
    (void)fail(o, errno, o->options.errors);
  }
  o->descriptor = o->errors = -1;
  name_set_clear(&o->names);
  text_clear(&o->last);
  text_clear(&o->name);
  text_clear(&o->again);
}
