// SPDX-License-Identifier: Apache-2.0

// demarche diff: what changes between two profiles, or between two packs over many profiles.
//
// Of many profiles text and Markdown show those whose advice changes, and count the others; JSON is
// then an array of them all.

#define _POSIX_C_SOURCE 200809L // stat, STDOUT_FILENO

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "input.h"
#include "text.h"

/// One side: a pack with a session on it.
typedef struct side {
  dem_pack *pack;
  dem_session *session;
} side;

typedef struct differ {
  const options *opts;
  side before;
  side after;
  dem_explain_options render;
  bool has_packs; ///< Packs are compared, not profiles.
  text result;
  size_t shown;    ///< Differences in the result.
  size_t compared; ///< Profiles.
  size_t changed;
} differ;

static const char *const format_names[] = {"text", "json", "markdown", "html", NULL};
static const dem_explain_format formats[] = {DEM_EXPLAIN_TEXT, DEM_EXPLAIN_JSON,
                                             DEM_EXPLAIN_MARKDOWN, DEM_EXPLAIN_HTML};

static int reject(const char *what)
{
  (void)fprintf(stderr, "demarche: diff: %s; see 'demarche help diff'\n", what);
  return EXIT_USAGE;
}

static bool is_pack(const char *argument)
{
  struct stat about;
  if (stat(argument, &about) == 0) {
    return S_ISDIR(about.st_mode);
  }
  return strcmp(argument, "built-in") == 0;
}

// Sides ---------------------------------------------------------------------------------

static int open_side(const differ *d, const char *folder, side *s)
{
  options opts = *d->opts;
  if (folder && strcmp(folder, "built-in") == 0 && !is_pack("./built-in")) {
    folder = NULL;
    opts.pack = NULL;
  }
  dem_status status = input_open_pack(&opts, folder, &s->pack);
  if (s->pack && status != DEM_OK) {
    input_show_report(&opts, dem_pack_report(s->pack));
  }
  status = status == DEM_OK ? dem_session_new(s->pack, &s->session) : status;
  return input_exit_status(status);
}

static void close_side(side *s)
{
  dem_session_free(s->session);
  dem_pack_free(s->pack);
}

/// The advice of one profile on one side.
static int advise(const differ *d, side *s, const dem_profiles *profiles, size_t index,
                  const dem_advice **advice)
{
  const dem_status status = input_answer(d->opts, s->pack, s->session, profiles, index);
  const int ran =
      status == DEM_OK ? input_run(d->opts, s->pack, s->session) : input_exit_status(status);
  return ran == EXIT_DONE ? input_exit_status(dem_advice_new(s->session, advice)) : ran;
}

// Differences -----------------------------------------------------------------------------

/// What stands between two differences.
static const char *separator(dem_explain_format format)
{
  return format == DEM_EXPLAIN_TEXT ? "\n\n" : format == DEM_EXPLAIN_JSON ? ",\n" : "\n";
}

static int show(differ *d, const dem_difference *difference)
{
  const bool is_empty = dem_difference_is_empty(difference);
  ++d->compared;
  d->changed += !is_empty;
  if (d->has_packs && is_empty && d->render.format != DEM_EXPLAIN_JSON) {
    return EXIT_DONE;
  }
  text_add(&d->result, d->shown++ > 0 ? separator(d->render.format) : "");
  return input_exit_status(
      dem_difference_render(difference, &d->render, NULL, text_write, &d->result));
}

/// Compare what two profiles, or two packs, give.
static int compare(differ *d, const dem_profiles *before, size_t before_index,
                   const dem_profiles *after, size_t after_index)
{
  const dem_advice *old = NULL;
  const dem_advice *new = NULL;
  const dem_difference *difference = NULL;
  side *const other = d->has_packs ? &d->after : &d->before;
  int status = advise(d, &d->before, before, before_index, &old);
  status = status == EXIT_DONE ? advise(d, other, after, after_index, &new) : status;
  if (status == EXIT_DONE) {
    status = input_exit_status(dem_difference_new(old, new, &difference));
  }
  status = status == EXIT_DONE ? show(d, difference) : status;
  dem_difference_free(difference);
  dem_advice_free(new);
  dem_advice_free(old);
  return status;
}

static void forget(differ *d)
{
  dem_session_reset(d->before.session); // Sessions borrow the profiles.
  if (d->after.session) {
    dem_session_reset(d->after.session);
  }
}

static int compare_profiles(differ *d, const char *before, const char *after)
{
  dem_profiles *old = NULL;
  dem_profiles *new = NULL;
  int status = input_exit_status(input_read_profiles(d->opts, d->before.pack, before, &old));
  if (status == EXIT_DONE) {
    status = input_exit_status(input_read_profiles(d->opts, d->before.pack, after, &new));
  }
  if (status == EXIT_DONE && dem_profiles_count(old) != dem_profiles_count(new)) {
    (void)fprintf(stderr, "demarche: diff: '%s' holds %zu profiles, '%s' %zu\n", before,
                  dem_profiles_count(old), after, dem_profiles_count(new));
    status = EXIT_INPUT;
  }
  for (size_t i = 0; status == EXIT_DONE && i < dem_profiles_count(old); ++i) {
    status = compare(d, old, i, new, i);
  }
  forget(d);
  dem_profiles_free(new);
  dem_profiles_free(old);
  return status;
}

static int compare_file(differ *d, const char *path)
{
  dem_profiles *profiles = NULL;
  int status = input_exit_status(input_read_profiles(d->opts, d->before.pack, path, &profiles));
  for (size_t i = 0; status == EXIT_DONE && i < dem_profiles_count(profiles); ++i) {
    status = compare(d, profiles, i, profiles, i);
  }
  forget(d);
  dem_profiles_free(profiles);
  return status;
}

static int compare_packs(differ *d)
{
  const text_list *const arguments = &d->opts->arguments;
  if (arguments->count == 3) {
    return compare(d, NULL, 0, NULL, 0);
  }
  int status = EXIT_DONE;
  for (size_t i = 3; status == EXIT_DONE && i < arguments->count; ++i) {
    status = compare_file(d, arguments->items[i]);
  }
  return status;
}

// The whole ---------------------------------------------------------------------------------

/// How many profiles were compared: text says it, JSON is an array.
static int deliver(differ *d)
{
  const bool is_text =
      d->render.format == DEM_EXPLAIN_TEXT || d->render.format == DEM_EXPLAIN_MARKDOWN;
  const bool is_array = d->render.format == DEM_EXPLAIN_JSON && (d->has_packs || d->shown != 1);
  text whole = {0};
  text_add(&whole, is_array ? "[\n" : "");
  if (d->result.size > 0) {
    (void)text_write(&whole, d->result.bytes, d->result.size);
  }
  text_add(&whole, is_array ? "]\n" : "");
  if (is_text && d->has_packs) {
    char line[96];
    (void)snprintf(line, sizeof line, "%sCompared %zu profile%s: the advice of %zu changes.\n",
                   d->shown > 0 ? "\n" : "", d->compared, d->compared == 1 ? "" : "s", d->changed);
    text_add(&whole, line);
  }
  whole.has_failed = whole.has_failed || d->result.has_failed;
  const int status = text_deliver(&whole, d->opts);
  text_clear(&whole);
  return status;
}

static int run(differ *d)
{
  const text_list *const arguments = &d->opts->arguments;
  int status = open_side(d, d->has_packs ? arguments->items[1] : NULL, &d->before);
  if (status == EXIT_DONE && d->has_packs) {
    status = open_side(d, arguments->items[2], &d->after);
  }
  if (status == EXIT_DONE) {
    status = d->has_packs ? compare_packs(d)
                          : compare_profiles(d, arguments->items[1], arguments->items[2]);
  }
  return status == EXIT_DONE ? deliver(d) : status;
}

static int check_arguments(const options *opts)
{
  const text_list *const arguments = &opts->arguments;
  if (arguments->count < 3) {
    return reject("name two profiles, or two packs and some profiles");
  }
  if (is_pack(arguments->items[1]) != is_pack(arguments->items[2])) {
    return reject("compare two profiles or two packs, not one of each");
  }
  if (!is_pack(arguments->items[1]) && arguments->count > 3) {
    return reject("two profiles are compared with each other alone");
  }
  if (is_pack(arguments->items[1]) && opts->pack) {
    return reject("the packs are named already: leave out --pack");
  }
  if (is_pack(arguments->items[1]) && arguments->count == 3 && opts->set.count == 0) {
    return reject("packs are compared over profiles: name some, or give --set FIELD=ANSWER");
  }
  return EXIT_DONE;
}

int cmd_diff(const options *opts)
{
  const int format = options_format(opts, format_names);
  if (format < 0 || check_arguments(opts) != EXIT_DONE) {
    return EXIT_USAGE;
  }
  const bool is_terminal = !opts->output && terminal_is(STDOUT_FILENO);
  differ d = {.opts = opts,
              .has_packs = is_pack(opts->arguments.items[1]),
              .render = {.format = formats[format],
                         .width = is_terminal ? terminal_width(STDOUT_FILENO) : 80,
                         .has_color = opts->output
                                          ? opts->color == COLOR_ALWAYS
                                          : terminal_has_color(opts->color, STDOUT_FILENO)}};
  const int status = run(&d);
  text_clear(&d.result);
  close_side(&d.after);
  close_side(&d.before);
  return status;
}
