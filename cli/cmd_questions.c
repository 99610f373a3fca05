// SPDX-License-Identifier: Apache-2.0

// demarche questions: the open questions that matter, the one to ask first first.

#define _POSIX_C_SOURCE 200809L // STDOUT_FILENO

#include <stdio.h>
#include <unistd.h>

#include "command.h"
#include "demarche/questions.h"
#include "input.h"
#include "text.h"

typedef struct enquirer {
  const options *opts;
  dem_questions_form form;
  dem_pack *pack;
  dem_session *session;
  dem_profiles *profiles;
} enquirer;

/// Read the profile, if one is named.
static int read_profile(enquirer *e)
{
  if (e->opts->arguments.count < 2) {
    return EXIT_DONE;
  }
  const char *const path = e->opts->arguments.items[1];
  const dem_status status = input_read_profiles(e->opts, e->pack, path, &e->profiles);
  if (status == DEM_OK && dem_profiles_count(e->profiles) != 1) {
    (void)fprintf(stderr, "demarche: %s holds %zu profiles; questions takes one\n", path,
                  dem_profiles_count(e->profiles));
    return EXIT_INPUT;
  }
  return input_exit_status(status);
}

/// Whether a required answer is missing: then the run can wait, and only that is asked.
static bool is_short(const enquirer *e)
{
  for (uint32_t i = 0; i < dem_pack_question_count(e->pack); ++i) {
    if (dem_pack_question(e->pack, i).is_required &&
        dem_session_answer_state(e->session, i) != DEM_ANSWER_GIVEN) {
      return true;
    }
  }
  return false;
}

static int list(const enquirer *e)
{
  const dem_questions *questions = NULL;
  text result = {0};
  dem_status status = dem_questions_new(e->session, &questions);
  if (status == DEM_OK) {
    status = dem_questions_render(e->session, questions, &e->form, text_write, &result);
  }
  const int exit_status =
      status == DEM_OK ? text_deliver(&result, e->opts) : input_exit_status(status);
  text_clear(&result);
  dem_questions_free(questions);
  return exit_status;
}

static int run(enquirer *e)
{
  dem_status status = input_open_pack(e->opts, NULL, &e->pack);
  if (e->pack && status != DEM_OK) {
    input_show_report(e->opts, dem_pack_report(e->pack));
  }
  if (status == DEM_OK) {
    status = dem_session_new(e->pack, &e->session);
  }
  if (status != DEM_OK) {
    return input_exit_status(status);
  }
  int exit_status = read_profile(e);
  if (exit_status == EXIT_DONE) {
    exit_status = input_exit_status(input_answer(e->opts, e->pack, e->session, e->profiles, 0));
  }
  if (exit_status == EXIT_DONE && !is_short(e)) {
    exit_status = input_run(e->opts, e->pack, e->session);
  }
  return exit_status == EXIT_DONE ? list(e) : exit_status;
}

int cmd_questions(const options *opts)
{
  static const char *const names[] = {"text", "json", NULL};
  const int format = options_format(opts, names);
  if (format < 0) {
    return EXIT_USAGE;
  }
  if (opts->arguments.count > 2) {
    (void)fputs("demarche: questions takes one profile\n", stderr);
    return EXIT_USAGE;
  }
  const bool is_terminal = !opts->output && terminal_is(STDOUT_FILENO);
  enquirer e = {.opts = opts,
                .form = {.format = format == 0 ? DEM_QUESTIONS_TEXT : DEM_QUESTIONS_JSON,
                         .width = is_terminal ? terminal_width(STDOUT_FILENO) : 80,
                         .has_color = opts->output ? opts->color == COLOR_ALWAYS
                                                   : terminal_has_color(opts->color, STDOUT_FILENO),
                         .is_first_only = opts->has_next}};
  const int status = run(&e);
  dem_session_free(e.session);
  dem_profiles_free(e.profiles);
  dem_pack_free(e.pack);
  return status;
}
