// SPDX-License-Identifier: Apache-2.0

// demarche ask: the questionnaire, one question at a time, then the advice.
//
// Here is what surrounds the conversation: which profile, which face, what is
// said and printed when it is over.

#define _POSIX_C_SOURCE 200809L // open, stat

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "advice_form.h"
#include "ask/conversation.h"
#include "ask/profile_file.h"
#include "ask/words.h"
#include "command.h"
#include "input.h"
#include "text.h"

typedef struct asker {
  const options *opts;
  dem_render_options render;
  dem_pack *pack;
  dem_session *session; ///< Reads the profile and --set.
  dem_profiles *profiles;
  interview interview;
  dialogue dialogue;
  keeper keeper;
  char *new_path; ///< Where no profile was named; owned.
} asker;

// Words -----------------------------------------------------------------------------------

/// A word as a shell takes it.
static void print_word(const char *word)
{
  const char *const safe =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./,:=@%+";
  if (*word && strspn(word, safe) == strlen(word)) {
    (void)fputs(word, stderr);
    return;
  }
  (void)fputc('\'', stderr);
  for (const char *c = word; *c; ++c) {
    if (*c == '\'') {
      (void)fputs("'\\''", stderr);
    } else {
      (void)fputc(*c, stderr);
    }
  }
  (void)fputc('\'', stderr);
}

/// "  demarche advise profile.yaml --pack DIR --format markdown"
static void print_command(const asker *a, const char *command, const char *more, const char *about)
{
  (void)fprintf(stderr, "  demarche %s ", command);
  print_word(a->keeper.path);
  if (a->opts->pack) {
    (void)fputs(" --pack ", stderr);
    print_word(a->opts->pack);
  }
  if (a->opts->date) {
    (void)fprintf(stderr, " --date %s", a->opts->date);
  }
  if (a->opts->lang) {
    (void)fprintf(stderr, " --lang %s", a->opts->lang);
  }
  (void)fprintf(stderr, "%s%s%s\n", more, about[0] ? " # " : "", about);
}

static void say_line(const asker *a, dem_saying saying, const char *value)
{
  text line = {0};
  words_add(&line, a->pack, saying, (const char *const[]){value});
  text_add(&line, "\n");
  (void)fwrite(line.bytes ? line.bytes : "", 1, line.size, stderr);
  text_clear(&line);
}

static void say_saved(const asker *a)
{
  if (a->keeper.error) {
    (void)fprintf(stderr, "demarche: the answers could not be saved in %s: %s\n", a->keeper.path,
                  strerror(a->keeper.error));
  } else if (a->keeper.is_saved) {
    say_line(a, DEM_SAY_ASK_SAVED, a->keeper.path);
  }
}

/// Which answers are missing, and how to give them without a terminal.
static void say_missing(const asker *a)
{
  const dem_questions *const questions = a->interview.questions;
  for (size_t i = 0; i < questions->count; ++i) {
    const dem_question_info info = dem_pack_question(a->pack, questions->items[i].question);
    if (!questions->items[i].is_deferred) {
      text line = {0};
      text_add(&line, "  ");
      text_add_safe(&line, info.field);
      text_add(&line, ": ");
      text_add_safe(&line, info.ask);
      text_add(&line, info.is_required ? " (required)\n" : "\n");
      (void)fwrite(line.bytes ? line.bytes : "", 1, line.size, stderr);
      text_clear(&line);
    }
  }
  (void)fputs(
      "  = give them in a profile, with --set FIELD=ANSWER (FIELD=unknown leaves one open),\n"
      "    or a line each with --answers FILE\n",
      stderr);
}

// Before ----------------------------------------------------------------------------------

static bool choose_path(asker *a)
{
  profile_form form;
  if (a->opts->arguments.count > 2) {
    (void)fputs("demarche: ask takes one profile\n", stderr);
    return false;
  }
  const bool is_named = a->opts->arguments.count == 2;
  a->new_path = is_named ? NULL : profile_free_name();
  a->keeper.path = is_named ? a->opts->arguments.items[1] : a->new_path;
  if (!a->keeper.path) {
    (void)fputs("demarche: out of memory\n", stderr);
    return false;
  }
  if (strcmp(a->keeper.path, "-") == 0 || !profile_form_of(a->keeper.path, &form)) {
    (void)fprintf(stderr, "demarche: answers are saved in a YAML or JSON file, not in '%s'\n",
                  a->keeper.path);
    return false;
  }
  return true;
}

/// Whether there is a file, with something in it.
static bool has_profile(const char *path)
{
  struct stat state;
  return stat(path, &state) != 0 ? errno != ENOENT : state.st_size > 0;
}

/// Whether the file can be written later: better to know before the first question.
static bool is_writable(const char *path)
{
  const char *const slash = strrchr(path, '/');
  const size_t size = slash ? (size_t)(slash - path) + 1 : 0;
  char *const folder = malloc(size + 2);
  if (!folder) {
    return true; // What comes next will say so.
  }
  memcpy(folder, size ? path : ".", size ? size : 1);
  folder[size ? size : 1] = '\0';
  const bool is_good = access(folder, W_OK | X_OK) == 0;
  if (!is_good) {
    (void)fprintf(stderr, "demarche: the answers cannot be saved in %s: %s\n", path,
                  strerror(errno));
  }
  free(folder);
  return is_good;
}

static int read_profile(asker *a)
{
  if (!has_profile(a->keeper.path)) {
    return EXIT_DONE;
  }
  const dem_status status = input_read_profiles(a->opts, a->pack, a->keeper.path, &a->profiles);
  if (status != DEM_OK) {
    return input_exit_status(status);
  }
  const size_t count = dem_profiles_count(a->profiles);
  if (count != 1) {
    (void)fprintf(stderr, "demarche: %s holds %zu profiles; ask takes one\n", a->keeper.path,
                  count);
    return EXIT_INPUT;
  }
  a->keeper.id = dem_profiles_id(a->profiles, 0);
  return EXIT_DONE;
}

static int open_interview(asker *a)
{
  dem_status status = input_open_pack(a->opts, NULL, &a->pack);
  if (a->pack && status != DEM_OK) {
    input_show_report(a->opts, dem_pack_report(a->pack));
  }
  if (status == DEM_OK) {
    status = dem_session_new(a->pack, &a->session);
  }
  if (status != DEM_OK) {
    return input_exit_status(status);
  }
  const int read = read_profile(a);
  if (read != EXIT_DONE) {
    return read;
  }
  status = input_answer(a->opts, a->pack, a->session, a->profiles, 0);
  if (status == DEM_OK) {
    status = interview_init(&a->interview, a->pack, &a->opts->limits);
  }
  if (status == DEM_OK) {
    status = interview_load(&a->interview, a->session);
  }
  if (status == DEM_OK) {
    status = interview_update(&a->interview);
    input_show_report(a->opts, dem_session_report(a->interview.session));
  }
  return input_exit_status(status);
}

// The conversation --------------------------------------------------------------------------

static bool is_set(const char *name)
{
  const char *const value = getenv(name);
  return value && *value && strcmp(value, "0") != 0;
}

/// Whether to write lines instead of painting screens.
static bool is_plain(const asker *a)
{
  const char *const term = getenv("TERM");
  const bool is_dumb = !term || !*term || strcmp(term, "dumb") == 0;
  return a->opts->is_accessible || is_set("ACCESSIBLE") || is_dumb || !terminal_is(STDERR_FILENO);
}

static conversation_end converse_with_file(asker *a, int *signal_out)
{
  const bool is_input = strcmp(a->opts->answers, "-") == 0;
  const int file = is_input ? STDIN_FILENO : open(a->opts->answers, O_RDONLY);
  if (file < 0) {
    (void)fprintf(stderr, "demarche: cannot read %s: %s\n", a->opts->answers, strerror(errno));
    return CONVERSATION_FAILED;
  }
  const conversation_end end =
      conversation_plain(&a->dialogue, &a->keeper, file, STDERR_FILENO, true, signal_out);
  if (!is_input) {
    (void)close(file);
  }
  return end;
}

static conversation_end converse(asker *a, int *signal_out)
{
  if (a->opts->answers) {
    return converse_with_file(a, signal_out);
  }
  if (is_plain(a)) {
    return conversation_plain(&a->dialogue, &a->keeper, STDIN_FILENO, STDERR_FILENO, false,
                              signal_out);
  }
  return conversation_rich(&a->dialogue, &a->keeper, STDIN_FILENO, STDERR_FILENO,
                           terminal_has_color(a->opts->color, STDERR_FILENO), signal_out);
}

// After -----------------------------------------------------------------------------------

static void say_next(const asker *a, const dem_advice *advice)
{
  if (a->opts->is_quiet) {
    return;
  }
  (void)fputs("\n", stderr);
  say_saved(a);
  say_line(a, DEM_SAY_ASK_NEXT, "");
  print_command(a, "advise", " --format markdown --output advice.md",
                words_of(a->pack, DEM_SAY_ASK_NEXT_MEMO));
  if (advice->partner_count > 0) {
    char why[160];
    (void)snprintf(why, sizeof why, " --why %.120s", advice->partners[0].id);
    print_command(a, "explain", why, words_of(a->pack, DEM_SAY_ASK_NEXT_WHY));
  }
  print_command(a, "ask", "", words_of(a->pack, DEM_SAY_ASK_NEXT_CHANGE));
}

static int advise(asker *a)
{
  const dem_advice *advice = NULL;
  text result = {0};
  const dem_advice_options more = advice_form_contents(a->render.format);
  dem_status status = dem_advice_new_with(a->interview.session, &more, &advice);
  if (status == DEM_OK) {
    status = dem_advice_render(advice, &a->render, text_write, &result);
  }
  int exit_status = input_exit_status(status);
  if (exit_status == EXIT_DONE) {
    exit_status = text_deliver(&result, a->opts);
  }
  if (exit_status == EXIT_DONE) {
    say_next(a, advice);
    exit_status = a->keeper.error ? EXIT_IO : EXIT_DONE;
  }
  text_clear(&result);
  dem_advice_free(advice);
  return exit_status;
}

static int leave(const asker *a, int number)
{
  say_saved(a);
  if (a->keeper.is_saved) {
    say_line(a, DEM_SAY_ASK_GO_ON, "");
    print_command(a, "ask", "", "");
  }
  return number == 0 ? EXIT_INTERRUPT : 128 + number;
}

static int finish(asker *a, conversation_end end, int number)
{
  switch (end) {
  case CONVERSATION_DONE:
    return advise(a);
  case CONVERSATION_INTERRUPTED:
    return leave(a, number);
  case CONVERSATION_CUT:
    (void)fputs("demarche: the lines have come to an end; these answers are missing:\n", stderr);
    say_missing(a);
    say_saved(a);
    return EXIT_USAGE;
  case CONVERSATION_FAILED:
    break;
  }
  if (a->dialogue.view != VIEW_FAILED) {
    return EXIT_IO; // What could not be read was named.
  }
  input_show_report(a->opts, dem_session_report(a->interview.session));
  say_saved(a);
  return input_exit_status(a->dialogue.status);
}

static int ask(asker *a)
{
  int number = 0;
  const bool is_open = interview_next(&a->interview) != DEM_NO_INDEX;
  const bool can_ask = a->opts->answers || terminal_is(STDIN_FILENO);
  if (!can_ask && is_open) {
    (void)fputs("demarche: there is no terminal to ask on; these answers are missing:\n", stderr);
    say_missing(a);
    return EXIT_USAGE;
  }
  if (dialogue_init(&a->dialogue, &a->interview) != DEM_OK) {
    return input_exit_status(a->dialogue.status);
  }
  a->dialogue.is_dirty = a->opts->set.count > 0;
  if (!can_ask) {
    keeper_save(&a->keeper, &a->dialogue);
    return advise(a);
  }
  if (!is_writable(a->keeper.path)) {
    return EXIT_IO;
  }
  const conversation_end end = converse(a, &number);
  return finish(a, end, number);
}

int cmd_ask(const options *opts)
{
  asker a = {.opts = opts, .keeper = {.id = ""}};
  if (!advice_form(opts, &a.render) || !choose_path(&a)) {
    free(a.new_path);
    return EXIT_USAGE;
  }
  const int opened = open_interview(&a);
  const int status = opened == EXIT_DONE ? ask(&a) : opened;
  dialogue_clear(&a.dialogue);
  interview_clear(&a.interview);
  dem_session_free(a.session);
  dem_profiles_free(a.profiles);
  dem_pack_free(a.pack);
  free(a.new_path);
  return status;
}
