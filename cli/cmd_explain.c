// SPDX-License-Identifier: Apache-2.0

// demarche explain: why the advice is what it is.

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "demarche/language.h"
#include "input.h"
#include "svg.h"
#include "text.h"

typedef struct explainer {
  const options *opts;
  dem_pack *pack;
  dem_session *session;
  dem_profiles *profiles;
  dem_explain_options render;
  text result;
} explainer;

static const char *const format_names[] = {"text", "json", "markdown", "html", "dot", "svg", NULL};
static const dem_explain_format formats[] = {DEM_EXPLAIN_TEXT,     DEM_EXPLAIN_JSON,
                                             DEM_EXPLAIN_MARKDOWN, DEM_EXPLAIN_HTML,
                                             DEM_EXPLAIN_DOT,      DEM_EXPLAIN_DOT};
enum { FORMAT_SVG = 5 }; // The graph, drawn.

static int reject(const char *what)
{
  (void)fprintf(stderr, "demarche: explain: %s; see 'demarche help explain'\n", what);
  return EXIT_USAGE;
}

/// Nothing has the name that was given: the session's report says so.
static int reject_subject(const explainer *e)
{
  input_show_report(e->opts, dem_session_report(e->session));
  return EXIT_USAGE;
}

// Why ---------------------------------------------------------------------------------

static int explain_why(explainer *e)
{
  const dem_why *why = NULL;
  dem_status status = e->opts->has_all ? dem_why_all_new(e->session, e->opts->why, &why)
                                       : dem_why_new(e->session, e->opts->why, &why);
  if (status == DEM_ERR_NOT_FOUND) {
    return reject_subject(e);
  }
  int answer = EXIT_DONE;
  if (status == DEM_OK) {
    status = dem_why_render(why, &e->render, text_write, &e->result);
    answer = why->item_count == 0 ? EXIT_NO : EXIT_DONE;
  }
  dem_why_free(why);
  return status == DEM_OK ? answer : input_exit_status(status);
}

// Why not -----------------------------------------------------------------------------

static int explain_why_not(explainer *e)
{
  const dem_why_not *why_not = NULL;
  dem_status status = dem_why_not_new(e->session, e->opts->why_not, &why_not);
  if (status == DEM_ERR_NOT_FOUND) {
    return reject_subject(e);
  }
  int answer = EXIT_DONE;
  if (status == DEM_OK) {
    status = dem_why_not_render(why_not, &e->render, text_write, &e->result);
    answer = why_not->holds ? EXIT_NO : EXIT_DONE;
  }
  dem_why_not_free(why_not);
  return status == DEM_OK ? answer : input_exit_status(status);
}

// How to ------------------------------------------------------------------------------

static int explain_how_to(explainer *e)
{
  const dem_how_to *how_to = NULL;
  dem_status status = dem_how_to_new(e->session, e->opts->how_to, NULL, &how_to);
  if (status == DEM_ERR_NOT_FOUND) {
    return reject_subject(e);
  }
  int answer = EXIT_DONE;
  if (status == DEM_OK) {
    status = dem_how_to_render(how_to, &e->render, text_write, &e->result);
    answer = how_to->way_count == 0 ? EXIT_NO : EXIT_DONE;
  }
  dem_how_to_free(how_to);
  return status == DEM_OK ? answer : input_exit_status(status);
}

// What if -------------------------------------------------------------------------------

/// What a country cannot change is no "if" of its own.
static bool is_changeable(const explainer *e, const char *answer)
{
  for (uint32_t i = 0; i < dem_pack_question_count(e->pack); ++i) {
    const dem_question_info question = dem_pack_question(e->pack, i);
    const size_t size = strlen(question.field);
    if (question.is_fixed && strncmp(answer, question.field, size) == 0 &&
        answer[size + strspn(answer + size, " ")] == '=') {
      (void)fprintf(stderr,
                    "demarche: explain: '%s' is fixed, nobody could change it; 'demarche diff' "
                    "compares two profiles\n",
                    question.field);
      return false;
    }
  }
  return true;
}

/// Run the profile again with other answers.
static int run_changed(explainer *e)
{
  dem_status status = input_answer(e->opts, e->pack, e->session, e->profiles, 0);
  if (status == DEM_OK) {
    status = input_answer_also(e->opts, e->pack, e->session, "--what-if", &e->opts->what_if);
  }
  return status == DEM_OK ? input_run(e->opts, e->pack, e->session) : input_exit_status(status);
}

static int explain_what_if(explainer *e)
{
  const dem_advice *before = NULL;
  const dem_advice *after = NULL;
  const dem_difference *difference = NULL;
  for (size_t i = 0; i < e->opts->what_if.count; ++i) {
    if (!is_changeable(e, e->opts->what_if.items[i])) {
      return EXIT_USAGE;
    }
  }
  int answer = input_exit_status(dem_advice_new(e->session, &before));
  answer = answer == EXIT_DONE ? run_changed(e) : answer;
  if (answer == EXIT_DONE) {
    dem_status status = dem_advice_new(e->session, &after);
    status = status == DEM_OK ? dem_difference_new(before, after, &difference) : status;
    if (status == DEM_OK) {
      status = dem_difference_render(
          difference, &e->render,
          dem_language_words(dem_pack_language(e->pack), DEM_SAY_WOULD_CHANGE), text_write,
          &e->result);
    }
    answer = input_exit_status(status);
  }
  dem_difference_free(difference);
  dem_advice_free(after);
  dem_advice_free(before);
  return answer;
}

// The run -------------------------------------------------------------------------------

static int run_profile(explainer *e)
{
  const text_list *const arguments = &e->opts->arguments;
  const char *const path = arguments->count > 1 ? arguments->items[1] : NULL;
  dem_status status = path ? input_read_profiles(e->opts, e->pack, path, &e->profiles) : DEM_OK;
  if (status == DEM_OK && path && dem_profiles_count(e->profiles) != 1) {
    (void)fprintf(stderr, "demarche: explain takes one profile; '%s' holds %zu\n", path,
                  dem_profiles_count(e->profiles));
    return EXIT_INPUT;
  }
  if (status == DEM_OK) {
    status = input_answer(e->opts, e->pack, e->session, e->profiles, 0);
  }
  return status == DEM_OK ? input_run(e->opts, e->pack, e->session) : input_exit_status(status);
}

static int run(explainer *e)
{
  dem_status status = input_open_pack(e->opts, NULL, &e->pack);
  if (e->pack) {
    if (status != DEM_OK) {
      input_show_report(e->opts, dem_pack_report(e->pack));
    }
  }
  status = status == DEM_OK ? dem_session_new(e->pack, &e->session) : status;
  if (status != DEM_OK) {
    return input_exit_status(status);
  }
  const int ran = run_profile(e);
  if (ran != EXIT_DONE) {
    return ran;
  }
  if (e->opts->what_if.count > 0) {
    return explain_what_if(e);
  }
  if (e->opts->how_to) {
    return explain_how_to(e);
  }
  return e->opts->why_not ? explain_why_not(e) : explain_why(e);
}

/// Write the result, or draw it.
static int deliver(const explainer *e, bool is_drawn)
{
  text drawing = {0};
  if (!is_drawn) {
    return text_deliver(&e->result, e->opts);
  }
  int status = svg_draw(&e->result, &drawing);
  status = status == EXIT_DONE ? text_deliver(&drawing, e->opts) : status;
  text_clear(&drawing);
  return status;
}

int cmd_explain(const options *opts)
{
  const int format = opts->has_graph && !opts->format ? 4 : options_format(opts, format_names);
  if (format < 0) {
    return EXIT_USAGE;
  }
  const int asked = (opts->why || opts->has_graph) + (opts->why_not != NULL) +
                    (opts->how_to != NULL) + (opts->what_if.count > 0);
  if (asked != 1) {
    return reject(asked ? "it explains one thing at a time"
                        : "say what to explain: --why, --why-not or --how-to WHAT, or "
                          "--what-if FIELD=ANSWER");
  }
  if (!opts->why && !opts->has_graph && formats[format] == DEM_EXPLAIN_DOT) {
    return reject("only a proof is a graph");
  }
  if (opts->arguments.count > 2) {
    return reject("it takes one profile");
  }
  const bool is_terminal = !opts->output && terminal_is(STDOUT_FILENO);
  explainer e = {.opts = opts,
                 .render = {.format = formats[format],
                            .width = is_terminal ? terminal_width(STDOUT_FILENO) : 80,
                            .has_color = opts->output
                                             ? opts->color == COLOR_ALWAYS
                                             : terminal_has_color(opts->color, STDOUT_FILENO),
                            .depth = opts->depth,
                            .has_all = opts->has_all}};
  int status = run(&e);
  if (status == EXIT_DONE || status == EXIT_NO) {
    const int delivered = deliver(&e, format == FORMAT_SVG);
    status = delivered == EXIT_DONE ? status : delivered;
  }
  text_clear(&e.result);
  dem_session_free(e.session);
  dem_profiles_free(e.profiles);
  dem_pack_free(e.pack);
  return status;
}
