// SPDX-License-Identifier: Apache-2.0

// demarche batch: many profiles in, a line, a row or a report each out, in their order.
//
// What a batch writes depends on its inputs and options alone, never on threads or time.

#define _GNU_SOURCE // NOLINT: sched_getaffinity; POSIX comes with it.

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "batch/interrupt.h"
#include "batch/journal.h"
#include "batch/pool.h"
#include "command.h"
#include "input.h"

enum {
  MOST_THREADS = 1024,
  // Of one profile, unless an option says otherwise: threads hold several at a time.
  USUAL_BYTES = 16 * 1024 * 1024,
};

/// What `--format` may be.
typedef struct batch_format {
  bool is_report;
  bool is_table;
  dem_advice_format report;
  const char *ending; ///< Of a report's name.
} batch_format;

static const char *const format_names[] = {"jsonl", "csv", "text", "markdown", "html", NULL};
static const batch_format formats[] = {
    {false, false, DEM_ADVICE_JSON_LINES, NULL}, {false, true, DEM_ADVICE_JSON_LINES, NULL},
    {true, false, DEM_ADVICE_TEXT, ".txt"},      {true, false, DEM_ADVICE_MARKDOWN, ".md"},
    {true, false, DEM_ADVICE_HTML, ".html"},
};

typedef struct batch {
  const options *opts;
  const batch_format *format;
  dem_pack *pack;
  dem_selection *selection;
  input_list inputs;
  source source;
  source_options source_options;
  desk_order order;
  outlet outlet;
  progress progress;
} batch;

// The request -------------------------------------------------------------------------

static int reject(const char *what)
{
  (void)fprintf(stderr, "demarche: batch: %s; see 'demarche help batch'\n", what);
  return EXIT_USAGE;
}

static int check_from(batch *b)
{
  static const struct {
    const char *name;
    dem_profile_format format;
  } rows[] = {{"jsonl", DEM_PROFILE_JSON_LINES},
              {"json", DEM_PROFILE_JSON},
              {"yaml", DEM_PROFILE_YAML},
              {"csv", DEM_PROFILE_CSV}};
  for (size_t i = 0; b->opts->from && i < sizeof rows / sizeof *rows; ++i) {
    if (strcmp(rows[i].name, b->opts->from) == 0) {
      b->source_options.format = rows[i].format;
      return EXIT_DONE;
    }
  }
  return b->opts->from ? reject("--from needs jsonl, json, yaml or csv") : EXIT_DONE;
}

static int check_shard(batch *b)
{
  static const char wrong[] = "--shard needs K/N, two whole numbers, K from 1 to N";
  unsigned k = 0;
  unsigned n = 0;
  int end = 0;
  if (!b->opts->shard) {
    return EXIT_DONE;
  }
  const size_t digits = strspn(b->opts->shard, "0123456789/");
  if (b->opts->shard[digits] || strlen(b->opts->shard) > 21 ||
      sscanf(b->opts->shard, "%9u/%9u%n", &k, &n, &end) != 2 || b->opts->shard[end] || k < 1 ||
      k > n) {
    return reject(wrong);
  }
  b->source_options.shard = k;
  b->source_options.shard_count = n;
  b->order.shard = k;
  return EXIT_DONE;
}

static int check_outputs(const batch *b)
{
  const options *const o = b->opts;
  const bool has_file = o->output && strcmp(o->output, "-") != 0;
  if (b->format->is_report && !has_file) {
    return reject("reports need a folder: --output FOLDER");
  }
  if (b->format->is_report && o->select) {
    return reject("--select is for jsonl and csv");
  }
  if (o->is_resumed && !has_file) {
    return reject("--resume needs --output");
  }
  if (o->errors && has_file && strcmp(o->errors, o->output) == 0) {
    return reject("--errors and --output name the same file");
  }
  return EXIT_DONE;
}

static int find_inputs(batch *b)
{
  static const char *const standard[] = {"-"};
  const text_list *const arguments = &b->opts->arguments;
  b->inputs.avoid[0] = b->format->is_report ? NULL : b->opts->output;
  b->inputs.avoid[1] = b->opts->errors;
  if (arguments->count == 1 && terminal_is(STDIN_FILENO)) {
    return reject("name an input, or - for standard input");
  }
  const int status = arguments->count == 1
                         ? inputs_find(&b->inputs, standard, 1)
                         : inputs_find(&b->inputs, arguments->items + 1, arguments->count - 1);
  if (status == EXIT_DONE && b->source_options.shard && !b->inputs.is_regular) {
    return reject("--shard needs files: of a stream nobody knows the length");
  }
  return status;
}

static int check(batch *b)
{
  int status = check_from(b);
  status = status == EXIT_DONE ? check_shard(b) : status;
  status = status == EXIT_DONE ? check_outputs(b) : status;
  return status == EXIT_DONE ? find_inputs(b) : status;
}

// Preparing ---------------------------------------------------------------------------

/// `--max-bytes` bounds the profiles, which come from strangers; the pack does not.
static int open_pack(batch *b)
{
  options opts = *b->opts;
  const size_t usual = dem_limits_default().max_bytes;
  if (opts.limits.max_bytes && opts.limits.max_bytes < usual) {
    opts.limits.max_bytes = usual;
  }
  const dem_status status = input_open_pack(&opts, NULL, &b->pack);
  if (b->pack && status != DEM_OK) {
    input_show_report(b->opts, dem_pack_report(b->pack));
  }
  return input_exit_status(status);
}

static int choose_fields(batch *b)
{
  if (b->format->is_report) {
    return EXIT_DONE;
  }
  const dem_selection_shape shape = b->format->is_table ? DEM_SELECTION_TABLE : DEM_SELECTION_JSON;
  const dem_status status = dem_selection_new(b->pack, b->opts->select, shape, &b->selection);
  if (status == DEM_ERR_INVALID) {
    (void)fprintf(stderr, "demarche: --select: %s\n", dem_selection_problem(b->selection));
    return EXIT_USAGE;
  }
  return input_exit_status(status);
}

static dem_limits limits_of_records(const options *opts)
{
  dem_limits limits = opts->limits;
  if (limits.max_bytes == dem_limits_default().max_bytes) {
    limits.max_bytes = USUAL_BYTES;
  }
  return limits;
}

/// What results are made with, on a line: an output is only resumed with the same.
static void add_stamp(const batch *b, text *stamp)
{
  const char *const parts[] = {JOURNAL_MARK "1 ",
                               dem_pack_sha256(b->pack),
                               " ",
                               dem_pack_date(b->pack),
                               " ",
                               format_names[b->format - formats],
                               " ",
                               b->opts->lang ? b->opts->lang : "en",
                               " ",
                               b->opts->shard ? b->opts->shard : "1/1",
                               " ",
                               b->opts->select ? b->opts->select : "*"};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; ++i) {
    text_add(stamp, parts[i]);
  }
}

/// Whether the inputs are known to hold just as many records as were written. Then none of them was
/// refused, whatever became of the journal.
static bool is_all_written(const batch *b)
{
  for (size_t i = 0; i < b->inputs.count; ++i) {
    if (!b->inputs.items[i].is_regular || strcmp(b->inputs.items[i].path, "-") == 0) {
      return false; // What is read of it now is gone later.
    }
  }
  const uint64_t done = b->outlet.done;
  return source_count(&b->inputs, &b->source_options, done + 1) == done;
}

/// Pass over what was written, if it is known which records that was.
static void resume(batch *b)
{
  const bool is_folder = b->format->is_report;
  if (!b->order.knows_refused && !is_folder && b->outlet.done > 0 && is_all_written(b)) {
    b->order.knows_refused = true;
    b->order.first_needed = 0;
  }
  if (b->order.knows_refused) {
    source_resume(&b->source, is_folder ? 0 : b->outlet.done, &b->outlet.journal);
  }
}

static int prepare(batch *b)
{
  const dem_limits limits = limits_of_records(b->opts);
  b->source_options.limits = limits;
  b->order.pack = b->pack;
  b->order.limits = limits;
  b->order.selection = b->selection;
  b->order.is_brief = b->selection && dem_selection_is_brief(b->selection);
  b->order.more = b->selection ? dem_selection_options(b->selection) : (dem_advice_options){0};
  b->order.report = (dem_render_options){.format = b->format->report, .width = 80};
  b->order.ending = b->format->ending;
  b->order.wants_refusals = b->opts->errors != NULL;
  b->order.wants_warnings = !b->opts->is_quiet;
  b->order.has_color = terminal_has_color(b->opts->color, STDERR_FILENO);
  source_init(&b->source, &b->inputs, &b->source_options);
  const uint64_t parts = b->source_options.shard ? b->source_options.shard_count : 1;
  progress_init(&b->progress, b->opts->progress, b->inputs.is_regular ? b->inputs.size / parts : 0);
  const bool has_path = b->opts->output && strcmp(b->opts->output, "-") != 0;
  outlet_options to = {.path = has_path ? b->opts->output : NULL,
                       .is_folder = b->format->is_report,
                       .is_table = b->format->is_table,
                       .is_resumed = b->opts->is_resumed,
                       .fails_fast = b->opts->fails_fast,
                       .errors = b->opts->errors};
  add_stamp(b, &to.stamp);
  const int status = outlet_open(&b->outlet, &to, &b->order, &b->progress);
  if (status == EXIT_DONE && b->opts->is_resumed) {
    resume(b);
  }
  return status;
}

/// The cores that this process may use: what taskset, a container or Slurm left of them.
static size_t core_count(void)
{
  cpu_set_t cores;
  CPU_ZERO(&cores);
  if (sched_getaffinity(0, sizeof cores, &cores) == 0 && CPU_COUNT(&cores) > 0) {
    return (size_t)CPU_COUNT(&cores);
  }
  const long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 0 ? (size_t)count : 1;
}

static size_t thread_count(const options *opts)
{
  const size_t wanted = opts->jobs ? opts->jobs : core_count();
  return wanted > MOST_THREADS ? MOST_THREADS : wanted;
}

// The end -----------------------------------------------------------------------------

static void say_how_to_go_on(const batch *b)
{
  if (!b->outlet.options.path) {
    (void)fputs("  = with --output FILE it could be resumed\n", stderr);
  } else if (b->outlet.is_regular || b->format->is_report) {
    (void)fputs("  = to go on, give the same command again with --resume\n", stderr);
  }
}

static int say_cannot_write(const batch *b)
{
  const outlet *const o = &b->outlet;
  char count[32];
  if (o->error_path || !b->format->is_report) { // A report's was said.
    (void)fprintf(stderr, "demarche: cannot write %s: %s\n",
                  o->error_path ? o->error_path : "standard output",
                  o->error == EPIPE ? "its reader went away" : strerror(o->error));
  }
  (void)fprintf(stderr, "  = %s records were written whole\n", progress_count(o->written, count));
  if (o->error != EPIPE) {
    say_how_to_go_on(b);
  }
  return EXIT_IO;
}

static int say_differs(const batch *b)
{
  const outlet *const o = &b->outlet;
  char count[32];
  if (o->differing) {
    (void)fprintf(stderr, "demarche: cannot resume: profile %s was refused, and now is not\n",
                  progress_count(o->differing, count));
  } else {
    (void)fprintf(stderr,
                  "demarche: cannot resume: record %s of %s is not what this run makes of it\n",
                  progress_count(o->done, count), o->options.path);
  }
  (void)fputs("  = the pack, the inputs or the options are not those that it was made with\n",
              stderr);
  return EXIT_INPUT;
}

static int say_too_long(const batch *b)
{
  char done[32];
  char made[32];
  (void)fprintf(
      stderr, "demarche: cannot resume: %s holds %s records, but the inputs make no more than %s\n",
      b->outlet.options.path, progress_count(b->outlet.done, done),
      progress_count(b->outlet.written, made));
  return EXIT_INPUT;
}

static int say_interrupted(const batch *b)
{
  (void)fputs("demarche: interrupted\n", stderr);
  say_how_to_go_on(b);
  return EXIT_INTERRUPT;
}

static int say_memory(void)
{
  (void)fputs("demarche: out of memory\n", stderr);
  return EXIT_IO;
}

static int say_cannot_read(const batch *b)
{
  (void)fprintf(stderr, "demarche: cannot read %s: %s\n",
                strcmp(b->source.error_path, "-") == 0 ? "standard input" : b->source.error_path,
                strerror(b->source.error));
  say_how_to_go_on(b);
  return EXIT_IO;
}

static int judge(const batch *b, bool has_memory)
{
  switch (b->outlet.end) {
  case OUTLET_CANNOT_WRITE:
    return say_cannot_write(b);
  case OUTLET_NO_MEMORY:
    return say_memory();
  case OUTLET_DIFFERS:
    return say_differs(b);
  case OUTLET_FAILED_FAST:
    return EXIT_NO;
  case OUTLET_GOES_ON:
    break;
  }
  if (!has_memory || b->source.error == ENOMEM) {
    return say_memory();
  }
  if (b->source.error) {
    return say_cannot_read(b);
  }
  if (interrupt_is_wished()) {
    return say_interrupted(b);
  }
  if (!b->format->is_report && b->outlet.written < b->outlet.done) {
    return say_too_long(b);
  }
  return b->outlet.refused > 0 ? EXIT_NO : EXIT_DONE;
}

/// "demarche: 1,000 profiles: 998 written, 2 refused, in 0.2 s, 6,000 a second"
static void say_summary(const batch *b)
{
  const outlet *const o = &b->outlet;
  const double seconds = progress_seconds(&b->progress);
  char counts[6][32];
  if (b->opts->is_quiet) {
    return;
  }
  (void)fprintf(stderr, "demarche: %s profile%s: %s written", progress_count(o->read, counts[0]),
                o->read == 1 ? "" : "s", progress_count(o->written, counts[1]));
  if (b->opts->is_resumed) {
    (void)fprintf(stderr, " (%s of them before", progress_count(o->done, counts[2]));
    (void)fprintf(stderr, o->passed > 0 ? ", %s not evaluated again)" : ")",
                  progress_count(o->passed, counts[5]));
  }
  (void)fprintf(stderr, ", %s refused, in %.1f s", progress_count(o->refused, counts[3]), seconds);
  if (o->read > 0 && seconds > 0) {
    (void)fprintf(stderr, ", %s a second",
                  progress_count((uint64_t)((double)o->read / seconds), counts[4]));
  }
  (void)fputs("\n", stderr);
}

static int run(batch *b)
{
  (void)interrupt_watch();
  bool has_memory = true;
  if (b->outlet.end == OUTLET_GOES_ON) {
    has_memory = pool_run(&b->source, &b->outlet, &b->order, thread_count(b->opts));
  }
  outlet_close(&b->outlet);
  progress_hide(&b->progress);
  const int status = judge(b, has_memory);
  say_summary(b);
  return status;
}

int cmd_batch(const options *opts)
{
  const int format = options_format(opts, format_names);
  if (format < 0) {
    return EXIT_USAGE;
  }
  batch b = {.opts = opts,
             .format = &formats[format],
             .outlet = {.descriptor = -1, .errors = -1, .journal = {.descriptor = -1}}};
  int status = check(&b);
  status = status == EXIT_DONE ? open_pack(&b) : status;
  status = status == EXIT_DONE ? choose_fields(&b) : status;
  status = status == EXIT_DONE ? prepare(&b) : status;
  status = status == EXIT_DONE ? run(&b) : status;
  outlet_clear(&b.outlet, status == EXIT_DONE);
  source_clear(&b.source);
  inputs_clear(&b.inputs);
  dem_selection_free(b.selection);
  dem_pack_free(b.pack);
  return status;
}
