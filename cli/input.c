// SPDX-License-Identifier: Apache-2.0

// Packs, profiles and answers as the command line names them.

#define _POSIX_C_SOURCE 200809L // strdup, read, stat

#include "input.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "command.h"
#include "nearest.h"
#include "sample_profile.h"

int input_exit_status(dem_status status)
{
  switch (status) {
  case DEM_OK:
    return EXIT_DONE;
  case DEM_ERR_INVALID:
  case DEM_ERR_NOT_FOUND:
    return EXIT_INPUT;
  case DEM_ERR_LIMIT:
    return EXIT_LIMIT;
  case DEM_ERR_NO_MEMORY:
  case DEM_ERR_IO:
    return EXIT_IO;
  }
  return EXIT_IO;
}

static dem_status write_error(void *context, const char *bytes, size_t size)
{
  (void)context;
  return fwrite(bytes, 1, size, stderr) == size ? DEM_OK : DEM_ERR_IO;
}

void input_show_report(const options *opts, const dem_report *report)
{
  const bool has_errors = dem_report_error_count(report) > 0;
  if (has_errors || (!opts->is_quiet && dem_report_count(report) > 0)) {
    (void)dem_report_render(report, terminal_has_color(opts->color, STDERR_FILENO), write_error,
                            NULL);
  }
}

/// Out of memory comes without a report.
static dem_status say_memory(dem_status status)
{
  if (status == DEM_ERR_NO_MEMORY) {
    (void)fputs("demarche: out of memory\n", stderr);
  }
  return status;
}

/// "demarche: PACK read in 12 ms"
static void say_time(const char *what, const char *done, clock_t start)
{
  const long long spent = (long long)(clock() - start) * 1000 / CLOCKS_PER_SEC;
  (void)fprintf(stderr, "demarche: %s %s in %lld ms\n", what, done, spent);
}

// Packs ---------------------------------------------------------------------------------

dem_status input_open_pack(const options *opts, const char *folder, dem_pack **pack_out)
{
  return input_open_pack_in(opts, folder, opts->lang ? opts->lang : "en", pack_out);
}

dem_status input_open_pack_in(const options *opts, const char *folder, const char *language,
                              dem_pack **pack_out)
{
  const dem_pack_options pack_options = {
      .limits = &opts->limits, .date = opts->date, .language = language};
  const char *const chosen = folder ? folder : opts->pack;
  *pack_out = NULL;
  const clock_t start = clock();
  const dem_status status = chosen ? dem_pack_open(chosen, &pack_options, pack_out)
                                   : dem_pack_open_builtin(&pack_options, pack_out);
  if (opts->is_verbose) {
    say_time(chosen ? chosen : "the built-in pack", "read", start);
  }
  return say_memory(status);
}

// Profiles ------------------------------------------------------------------------------

typedef struct bytes {
  char *items;
  size_t size;
  size_t capacity;
} bytes;

/// Make room for more. False without memory.
static bool grow(bytes *b)
{
  enum { FIRST = 64 * 1024 };
  if (b->size < b->capacity) {
    return true;
  }
  const size_t capacity = b->capacity ? b->capacity * 2 : FIRST;
  char *const items = realloc(b->items, capacity);
  if (!items) {
    return false;
  }
  b->items = items;
  b->capacity = capacity;
  return true;
}

/// Read standard input to its end, or one byte past the limit: the library then names the limit.
static dem_status read_input(size_t limit, bytes *b)
{
  while (limit == 0 || b->size <= limit) {
    if (!grow(b)) {
      return say_memory(DEM_ERR_NO_MEMORY);
    }
    const ssize_t got = read(STDIN_FILENO, b->items + b->size, b->capacity - b->size);
    if (got == 0) {
      break;
    }
    if (got < 0 && errno != EINTR) {
      (void)fprintf(stderr, "demarche: cannot read standard input: %s\n", strerror(errno));
      return DEM_ERR_IO;
    }
    b->size += got > 0 ? (size_t)got : 0;
  }
  return DEM_OK;
}

static dem_status read_profiles(const options *opts, const char *path, dem_profiles **profiles_out)
{
  if (strcmp(path, "-") != 0) {
    return dem_profiles_read_file(path, DEM_PROFILE_AUTO, NULL, &opts->limits, profiles_out);
  }
  bytes b = {0};
  dem_status status = read_input(opts->limits.max_bytes, &b);
  if (status == DEM_OK) {
    status = dem_profiles_read("<stdin>", b.items, b.size, DEM_PROFILE_AUTO, NULL, &opts->limits,
                               profiles_out);
  }
  free(b.items);
  return status;
}

/// Whether a report holds a diagnostic of that name.
static bool has_slug(const dem_report *report, const char *slug)
{
  for (size_t i = 0; i < dem_report_count(report); ++i) {
    if (strcmp(dem_report_at(report, i).slug, slug) == 0) {
      return true;
    }
  }
  return false;
}

/// What a path that cannot be read may have been meant for.
static void explain_path(const char *path)
{
  struct stat info;
  const bool is_there = stat(path, &info) == 0;
  if (is_there && S_ISDIR(info.st_mode)) {
    (void)fputs("  = 'demarche batch FOLDER' reads the profiles in a folder; --pack DIR takes a "
                "pack\n",
                stderr);
  }
  if (is_there) {
    return;
  }
  if (strchr(path, '=')) {
    (void)fprintf(stderr, "  = to answer a question, write --set '%s'\n", path);
  } else if (!input_is_profile(path)) {
    (void)fputs("  = a profile is a file; an answer is given with --set FIELD=ANSWER\n", stderr);
  }
}

dem_status input_read_profiles(const options *opts, const dem_pack *pack, const char *path,
                               dem_profiles **profiles_out)
{
  *profiles_out = NULL;
  const dem_status status = read_profiles(opts, path, profiles_out);
  if (*profiles_out) {
    const dem_report *const report = dem_profiles_report(*profiles_out);
    input_show_report(opts, report);
    if (pack && has_slug(report, "empty-document")) {
      sample_profile_say(pack, path);
    }
  }
  if (status == DEM_ERR_IO) {
    explain_path(path);
  }
  return say_memory(status);
}

bool input_is_profile(const char *argument)
{
  return strpbrk(argument, "./\\") || strcmp(argument, "-") == 0;
}

// Answers -------------------------------------------------------------------------------

static dem_status reject_field(const dem_pack *pack, const char *option, const char *field)
{
  const uint32_t count = dem_pack_question_count(pack);
  const char **const names = calloc(count + 1U, sizeof *names);
  for (uint32_t i = 0; names && i < count; ++i) {
    names[i] = dem_pack_question(pack, i).field;
  }
  const char *const near = names ? nearest_word(field, names, count) : NULL;
  (void)fprintf(stderr, "demarche: %s: the profile has no field '%s'", option, field);
  if (near) {
    (void)fprintf(stderr, "; did you mean '%s'?", near);
  }
  (void)fputs("\n", stderr);
  for (uint32_t i = 0; names && i < count; ++i) {
    (void)fprintf(stderr, "%s %s", i == 0 ? "  = it has:" : ",", names[i]);
  }
  (void)fputs(count > 0 ? "\n" : "", stderr);
  free(names);
  return DEM_ERR_INVALID;
}

static char *trim(char *text)
{
  while (*text == ' ') {
    ++text;
  }
  size_t size = strlen(text);
  while (size > 0 && text[size - 1] == ' ') {
    text[--size] = '\0';
  }
  return text;
}

/// Split `text` in place at ';'.
/// @return How many items there are; 0 for `[]` and for nothing.
static size_t split_answers(char *text, const char **items)
{
  size_t count = 0;
  if (strcmp(trim(text), "[]") == 0 || *trim(text) == '\0') {
    return 0;
  }
  for (char *item = text; item;) {
    char *const semicolon = strchr(item, ';');
    if (semicolon) {
      *semicolon = '\0';
    }
    items[count++] = trim(item);
    item = semicolon ? semicolon + 1 : NULL;
  }
  return count;
}

static dem_status give_answers(const dem_pack *pack, dem_session *session, uint32_t question,
                               char *text)
{
  if (strcmp(trim(text), "unknown") == 0) {
    return dem_session_leave_open(session, question);
  }
  const char **const items = calloc(strlen(text) + 1, sizeof *items);
  if (!items) {
    return say_memory(DEM_ERR_NO_MEMORY);
  }
  const dem_question_info info = dem_pack_question(pack, question);
  const bool is_whole = !info.is_many && strcmp(info.type, "text") == 0 && strcmp(text, "[]") != 0;
  items[0] = text; // A ';' in one text is a semicolon.
  const size_t count = is_whole ? 1 : split_answers(text, items);
  const dem_status status = dem_session_answer(session, question, items, count);
  free(items);
  return status;
}

/// FIELD=ANSWER
static dem_status set_answer(const dem_pack *pack, dem_session *session, const char *option,
                             const char *text)
{
  char *const copy = strdup(text);
  if (!copy) {
    return say_memory(DEM_ERR_NO_MEMORY);
  }
  char *const equals = strchr(copy, '='); // options_parse saw to it that there is one.
  *equals = '\0';
  const uint32_t question = dem_pack_find_question(pack, trim(copy));
  const dem_status status = question == DEM_NO_INDEX
                                ? reject_field(pack, option, trim(copy))
                                : give_answers(pack, session, question, equals + 1);
  free(copy);
  return status;
}

dem_status input_answer_also(const options *opts, const dem_pack *pack, dem_session *session,
                             const char *option, const text_list *answers)
{
  dem_status status = DEM_OK;
  for (size_t i = 0; i < answers->count && status != DEM_ERR_NO_MEMORY; ++i) {
    const dem_status set = set_answer(pack, session, option, answers->items[i]);
    status = set == DEM_OK ? status : set;
  }
  if (status != DEM_OK) {
    input_show_report(opts, dem_session_report(session));
  }
  return status;
}

dem_status input_answer(const options *opts, const dem_pack *pack, dem_session *session,
                        const dem_profiles *profiles, size_t index)
{
  dem_session_reset(session);
  const dem_status read = profiles ? dem_session_set_profile(session, profiles, index) : DEM_OK;
  if (read == DEM_ERR_NO_MEMORY) {
    return read;
  }
  const dem_status set = input_answer_also(opts, pack, session, "--set", &opts->set);
  if (read != DEM_OK && set == DEM_OK) {
    const dem_report *const report = dem_session_report(session);
    input_show_report(opts, report);
    if (has_slug(report, "empty-document")) {
      sample_profile_say(pack, dem_report_at(report, 0).file);
    }
  }
  return read == DEM_OK ? set : read;
}

// Running -------------------------------------------------------------------------------

/// How to give what is required on the command line.
static void explain_required(const dem_pack *pack)
{
  for (uint32_t i = 0; i < dem_pack_question_count(pack); ++i) {
    const dem_question_info question = dem_pack_question(pack, i);
    if (question.is_required) {
      (void)fprintf(stderr, "  = or give --set %s=…\n", question.field);
    }
  }
}

int input_run(const options *opts, const dem_pack *pack, dem_session *session)
{
  const clock_t start = clock();
  const dem_status status = say_memory(dem_session_run(session, &opts->limits));
  if (opts->is_verbose) {
    say_time("the rules", "run", start);
  }
  const dem_report *const report = dem_session_report(session);
  input_show_report(opts, report);
  if (status == DEM_ERR_INVALID && has_slug(report, "missing-answer")) {
    explain_required(pack);
    return EXIT_USAGE;
  }
  return input_exit_status(status);
}
