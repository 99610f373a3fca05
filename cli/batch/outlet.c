// SPDX-License-Identifier: Apache-2.0

// Where a batch's results go. Needs POSIX.
//
// A file of lines is written as it comes, not beside itself like other results: what is there can
// be read while the rest is made, and an interrupted batch goes on behind its last whole record.
// Its records tell how many were written, the journal which were refused in between, so both are
// left out without a look. Without the journal (lost, or an output of unknown origin) those before
// are evaluated again, which costs a part of what writing them did.
//
// The order of writing is what makes this hold after kill -9: a refusal's number goes to the
// journal before anything behind it goes to the output. `--errors` is made anew from what is
// listed.

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

/// Records, whole or not at all where that can be: what arrived of them is taken back.
static bool write_results(outlet *o, const char *bytes, size_t size)
{
  if (size == 0) {
    return true;
  }
  const int error = output_write_all(o->descriptor, bytes, size);
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
  const int error = o->errors >= 0 && size > 0 ? output_write_all(o->errors, bytes, size) : 0;
  return error == 0 || fail(o, error, o->options.errors);
}

static dem_status write_part(void *context, const char *bytes, size_t size)
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

/// Open without emptying it: first it must be known that it is no other of this run's files.
static int open_file(outlet *o)
{
  const char *const path = o->options.path;
  struct stat state;
  if (!path) {
    o->descriptor = STDOUT_FILENO;
    return EXIT_DONE;
  }
  // What is no regular file (a pipe, /dev/null) may not be open to reading.
  const bool is_there = stat(path, &state) == 0;
  o->is_regular = !is_there || S_ISREG(state.st_mode);
  const int mode = o->is_regular ? O_RDWR | O_CREAT : O_WRONLY;
  o->descriptor = open(path, mode | O_CLOEXEC, 0666);
  if (o->descriptor < 0) {
    return say("write", path,
               errno == EISDIR ? "it is a folder; reports go into a folder, with "
                                 "--format text, markdown or html"
                               : strerror(errno));
  }
  return EXIT_DONE;
}

/// Whether both are open to one regular file, under whatever names.
static bool is_one_file(int left, int right)
{
  struct stat a;
  struct stat b;
  return left >= 0 && right >= 0 && fstat(left, &a) == 0 && fstat(right, &b) == 0 &&
         S_ISREG(a.st_mode) && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static int say_one_file(const char *path)
{
  (void)fprintf(stderr, "demarche: batch: --errors %s is a file that the batch writes otherwise\n",
                path);
  return EXIT_USAGE;
}

static int open_errors(outlet *o)
{
  const char *const path = o->options.errors;
  if (!path) {
    return EXIT_DONE;
  }
  o->errors = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (o->errors < 0) {
    return say("write", path, strerror(errno));
  }
  return is_one_file(o->descriptor, o->errors) ? say_one_file(path) : EXIT_DONE;
}

static int empty(int descriptor, const char *path)
{
  struct stat state;
  const bool is_file = fstat(descriptor, &state) == 0 && S_ISREG(state.st_mode);
  return is_file && ftruncate(descriptor, 0) != 0 ? say("write", path, strerror(errno)) : EXIT_DONE;
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

static int begin_results(outlet *o)
{
  if (!o->options.path || o->options.is_folder) {
    return EXIT_DONE;
  }
  if (!o->options.is_resumed) {
    return empty(o->descriptor, o->options.path);
  }
  tally t = {0};
  const int status = take_up(o, &t);
  tally_clear(&t);
  return status;
}

static void write_header(outlet *o)
{
  if (o->options.is_table && o->size == 0 &&
      dem_selection_write_header(o->order->selection, write_part, o) == DEM_ERR_NO_MEMORY) {
    o->end = OUTLET_NO_MEMORY;
  }
}

// The journal -------------------------------------------------------------------------

/// Beside what is written: OUT.journal; of reports OUT.html.journal, of a shard OUT-K.html.journal.
static char *journal_path(const outlet *o)
{
  size_t size = strlen(o->options.path);
  while (o->options.is_folder && size > 1 && o->options.path[size - 1] == '/') {
    --size;
  }
  char shard[16] = "";
  if (o->options.is_folder && o->order->shard) {
    (void)snprintf(shard, sizeof shard, "-%u", (unsigned)o->order->shard);
  }
  text path = {0};
  (void)text_write(&path, o->options.path, size);
  text_add(&path, shard);
  text_add(&path, o->options.is_folder ? o->order->ending : "");
  text_add(&path, ".journal");
  (void)text_write(&path, "", 1);
  if (path.has_failed) {
    text_clear(&path);
  }
  return path.bytes;
}

static int begin_journal(outlet *o, char *path)
{
  const int error = journal_begin(&o->journal, path, &o->options.stamp);
  if (error) {
    return say("write", path ? path : "the journal",
               error == EEXIST ? "there is another file of that name" : strerror(error));
  }
  return is_one_file(o->journal.descriptor, o->errors) ? say_one_file(o->options.errors)
                                                       : EXIT_DONE;
}

static int take_up_journal(outlet *o, char *path, desk_order *order)
{
  journal_state state;
  const uint64_t written = o->options.is_folder ? UINT64_MAX : o->done;
  const int error = journal_take_up(&o->journal, path, &o->options.stamp, written, &state);
  if (error) {
    return say("read", path ? path : "the journal", strerror(error));
  }
  switch (state) {
  case JOURNAL_TAKEN_UP:
    order->knows_refused = true;
    return is_one_file(o->journal.descriptor, o->errors) ? say_one_file(o->options.errors)
                                                         : EXIT_DONE;
  case JOURNAL_FOREIGN:
    (void)fprintf(stderr,
                  "demarche: cannot resume: %s was made with another pack, or with other options\n"
                  "  = %s begins with what it was made with\n",
                  o->options.path, path);
    return EXIT_INPUT;
  case JOURNAL_ABSENT:
    break;
  }
  // Of reports no journal tells how many were looked at. So a new one does not claim too much,
  // but that those there of the same id as a refused profile's may be taken for its report.
  char *const again = o->options.is_folder ? journal_path(o) : NULL;
  journal_close(&o->journal, true);
  return again ? begin_journal(o, again) : EXIT_DONE;
}

static int open_journal(outlet *o, desk_order *order)
{
  if (!o->options.is_folder && !(o->options.path && o->is_regular)) {
    return EXIT_DONE;
  }
  char *const path = journal_path(o);
  const bool has_begun = o->options.is_resumed && (o->options.is_folder || o->done > 0);
  return has_begun ? take_up_journal(o, path, order) : begin_journal(o, path);
}

int outlet_open(outlet *o, const outlet_options *how, desk_order *order, progress *shown)
{
  *o = (outlet){.options = *how,
                .order = order,
                .progress = shown,
                .descriptor = -1,
                .errors = -1,
                .journal = {.descriptor = -1}};
  order->folder = how->is_folder && how->is_resumed ? how->path : NULL;
  int status = how->is_folder ? open_folder(o) : open_file(o);
  status = status == EXIT_DONE ? open_errors(o) : status;
  status = status == EXIT_DONE ? begin_results(o) : status;
  // Of a run that is resumed, too: what was refused before is found again, and in its place.
  status = status == EXIT_DONE && how->errors ? empty(o->errors, how->errors) : status;
  status = status == EXIT_DONE ? open_journal(o, order) : status;
  if (status == EXIT_DONE) {
    order->first_needed = order->knows_refused ? 0 : o->done;
    write_header(o);
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
  text_reset(&o->part);
  text_add(&o->part, o->options.path);
  text_add(&o->part, "/.");
  (void)text_write(&o->part, name.bytes, is_taken ? name.size : 0);
  text_add(&o->part, o->order->ending);
  text_add(&o->part, ".part");
  (void)text_write(&o->part, "", 1);
  text_clear(&name);
  return is_taken && !o->name.has_failed && !o->part.has_failed;
}

/// A report appears whole or not at all. What kill -9 leaves of one has a name that only it can
/// have, so writing it anew takes that away.
static bool write_report(outlet *o, const char *bytes, size_t size)
{
  const char *const path = o->name.bytes;
  const int descriptor = open(o->part.bytes, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  int error = descriptor < 0 ? errno : output_write_all(descriptor, bytes, size);
  if (descriptor >= 0 && close(descriptor) != 0 && !error) {
    error = errno;
  }
  if (!error && rename(o->part.bytes, path) != 0) {
    error = errno;
  }
  if (error) {
    (void)unlink(o->part.bytes);
    progress_hide(o->progress);
    (void)say("write", path, strerror(error));
  }
  return !error || fail(o, error, NULL); // Its path was said.
}

// Records -----------------------------------------------------------------------------

static const chunk_record *before(const chunk *c, size_t i)
{
  static const chunk_record none = {0};
  return i > 0 ? &c->records[i - 1] : &none;
}

static void keep_said(outlet *o, const chunk *c, size_t i)
{
  const size_t begin = before(c, i)->said_end;
  if (c->records[i].said_end > begin) {
    (void)text_write(&o->said, c->said.bytes + begin, c->records[i].said_end - begin);
  }
}

static bool take_refused(outlet *o, const chunk *c, size_t i)
{
  const chunk_record *const r = &c->records[i];
  const int error = journal_add(&o->journal, r->number);
  if (error) {
    return fail(o, error, o->journal.path);
  }
  ++o->read;
  ++o->refused;
  if (!r->was_refused) {
    keep_said(o, c, i);
  }
  const size_t begin = before(c, i)->refusal_end;
  if (r->refusal_end > begin) {
    (void)text_write(&o->refusals, c->refusals.bytes + begin, r->refusal_end - begin);
  }
  o->end = o->options.fails_fast ? OUTLET_FAILED_FAST : o->end;
  return true;
}

/// Whether a record that the file held before is the one that this run makes. The last one is
/// looked at: with another pack, inputs or fields it would hardly be the same.
static bool is_same(const outlet *o, const char *bytes, size_t size)
{
  return size == o->last.size && memcmp(bytes, o->last.bytes, size) == 0;
}

/// @param from  Set behind its result, if the file held that before.
static bool take_line(outlet *o, const chunk *c, size_t i, size_t *from)
{
  const chunk_record *const r = &c->records[i];
  const size_t begin = before(c, i)->result_end;
  if (r->was_refused) {
    o->end = OUTLET_DIFFERS;
    o->differing = r->number;
    return false;
  }
  if (o->written + 1 == o->done && !is_same(o, c->results.bytes + begin, r->result_end - begin)) {
    o->end = OUTLET_DIFFERS;
    return false;
  }
  ++o->read;
  if (++o->written <= o->done) {
    *from = r->result_end;
  } else {
    keep_said(o, c, i);
  }
  return true;
}

static bool is_there(const outlet *o)
{
  return o->options.is_resumed && access(o->name.bytes, F_OK) == 0;
}

/// A report that seemed to be there was another profile's of the same id.
static bool make_after_all(outlet *o, const chunk_record *r, desk *d)
{
  chunk_reset(&o->again);
  desk_work_again(d, r, &o->again);
  if (o->again.has_failed) {
    return fail(o, ENOMEM, NULL);
  }
  if (o->again.records[0].is_refused) {
    return take_refused(o, &o->again, 0);
  }
  if (!write_report(o, o->again.results.bytes, o->again.results.size)) {
    return false;
  }
  ++o->read;
  ++o->written;
  keep_said(o, &o->again, 0);
  return true;
}

static bool take_report(outlet *o, const chunk *c, size_t i, desk *d)
{
  const chunk_record *const r = &c->records[i];
  const size_t begin = before(c, i)->result_end;
  if (!find_path(o, c, before(c, i)->name_end, r)) {
    return fail(o, ENOMEM, NULL);
  }
  if (is_there(o)) {
    ++o->done;
    o->passed += r->is_unwritten && o->order->knows_refused && !r->was_refused;
  } else if (r->is_unwritten) {
    return make_after_all(o, r, d);
  } else if (!write_report(o, c->results.bytes + begin, r->result_end - begin)) {
    return false;
  } else {
    keep_said(o, c, i);
  }
  ++o->read;
  ++o->written;
  return true;
}

// Chunks ------------------------------------------------------------------------------

/// Take a chunk's records, up to the first that cannot be.
/// @param from  Receives where new results begin, @param to  and how many records were taken.
static void take_records(outlet *o, const chunk *c, desk *d, size_t *from, size_t *to)
{
  bool is_taken = true;
  while (is_taken && *to < c->count && o->end == OUTLET_GOES_ON) {
    const size_t i = *to;
    is_taken = c->records[i].is_refused ? take_refused(o, c, i)
               : o->options.is_folder   ? take_report(o, c, i, d)
                                        : take_line(o, c, i, from);
    *to += is_taken;
  }
}

static bool write_lines(outlet *o, const chunk *c, size_t from, size_t to)
{
  const size_t end = before(c, to)->result_end;
  return o->options.is_folder || o->end == OUTLET_DIFFERS || end <= from ||
         write_results(o, c->results.bytes + from, end - from);
}

bool outlet_take(outlet *o, const chunk *c, desk *d)
{
  if (o->end != OUTLET_GOES_ON) {
    return false;
  }
  if (c->has_failed) {
    return fail(o, ENOMEM, NULL);
  }
  o->passed += c->passed;
  o->read += c->passed;
  o->written += c->passed;
  const outlet start = *o;
  size_t from = 0;
  size_t to = 0;
  text_reset(&o->refusals);
  text_reset(&o->said);
  take_records(o, c, d, &from, &to);
  if (!write_lines(o, c, from, to)) {
    o->read = start.read; // None of the chunk was.
    o->written = start.written;
    o->refused = start.refused;
    return false;
  }
  if (o->said.size > 0) {
    progress_hide(o->progress);
    (void)output_write_all(STDERR_FILENO, o->said.bytes, o->said.size);
  }
  if (o->refusals.has_failed || !write_errors(o, o->refusals.bytes, o->refusals.size)) {
    return o->refusals.has_failed ? fail(o, ENOMEM, NULL) : false;
  }
  progress_show(o->progress, &(progress_state){o->read, o->refused, c->position});
  return o->end == OUTLET_GOES_ON;
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
}

void outlet_clear(outlet *o, bool is_complete)
{
  outlet_close(o);
  // Where profiles were refused, or reports made, it stays: resuming once more (a job that is
  // started again) has nothing to evaluate.
  journal_close(&o->journal, !is_complete || o->refused > 0 || o->options.is_folder);
  name_set_clear(&o->names);
  chunk_clear(&o->again);
  text_clear(&o->options.stamp);
  text_clear(&o->last);
  text_clear(&o->refusals);
  text_clear(&o->said);
  text_clear(&o->name);
  text_clear(&o->part);
}
