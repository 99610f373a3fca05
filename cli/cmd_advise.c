// SPDX-License-Identifier: Apache-2.0

// demarche advise: profiles in, advice out.
//
// Several profiles give several advices in their order: text and Markdown one
// after the other, JSON as an array, JSON lines a line each.

#include <stdio.h>

#include "advice_form.h"
#include "command.h"
#include "input.h"
#include "text.h"

typedef struct advisor {
  const options *opts;
  dem_pack *pack;
  dem_session *session;
  dem_render_options render;
  text result;
  size_t count; ///< Advices in the result.
} advisor;

/// What stands between two advices.
static const char *separator(dem_advice_format format)
{
  switch (format) {
  case DEM_ADVICE_TEXT:
    return "\n\n";
  case DEM_ADVICE_MARKDOWN:
    return "\n---\n\n";
  case DEM_ADVICE_JSON:
    return ",\n";
  case DEM_ADVICE_JSON_LINES:
    return "";
  }
  return "";
}

static int render_advice(advisor *a)
{
  const dem_advice *advice = NULL;
  dem_status status = dem_advice_new(a->session, &advice);
  if (status == DEM_OK) {
    text_add(&a->result, a->count > 0 ? separator(a->render.format) : "");
    status = dem_advice_render(advice, &a->render, text_write, &a->result);
    ++a->count;
  }
  dem_advice_free(advice);
  return input_exit_status(status);
}

/// Advise on one profile; NULL for what `--set` says alone.
static int advise_one(advisor *a, const dem_profiles *profiles, size_t index)
{
  const dem_status status = input_answer(a->opts, a->pack, a->session, profiles, index);
  if (status != DEM_OK) {
    return input_exit_status(status);
  }
  const int ran = input_run(a->opts, a->pack, a->session);
  return ran == EXIT_DONE ? render_advice(a) : ran;
}

static int advise_file(advisor *a, const char *path)
{
  dem_profiles *profiles;
  int status = input_exit_status(input_read_profiles(a->opts, path, &profiles));
  for (size_t i = 0; status == EXIT_DONE && i < dem_profiles_count(profiles); ++i) {
    status = advise_one(a, profiles, i);
  }
  dem_session_reset(a->session); // It borrows the profiles.
  dem_profiles_free(profiles);
  return status;
}

static int advise_all(advisor *a)
{
  const text_list *const arguments = &a->opts->arguments;
  int status = EXIT_DONE;
  if (arguments->count == 1) {
    return advise_one(a, NULL, 0);
  }
  for (size_t i = 1; status == EXIT_DONE && i < arguments->count; ++i) {
    status = advise_file(a, arguments->items[i]);
  }
  return status;
}

static int deliver(advisor *a)
{
  if (a->render.format != DEM_ADVICE_JSON || a->count == 1) {
    return text_deliver(&a->result, a->opts);
  }
  text array = {0};
  text_add(&array, "[\n");
  if (a->result.size > 0) {
    (void)text_write(&array, a->result.bytes, a->result.size);
  }
  text_add(&array, "]\n");
  const int status = text_deliver(&array, a->opts);
  text_clear(&array);
  return status;
}

static int run(advisor *a)
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
  const int advised = advise_all(a);
  return advised == EXIT_DONE ? deliver(a) : advised;
}

int cmd_advise(const options *opts)
{
  advisor a = {.opts = opts};
  if (!advice_form(opts, &a.render)) {
    return EXIT_USAGE;
  }
  const int status = run(&a);
  text_clear(&a.result);
  dem_session_free(a.session);
  dem_pack_free(a.pack);
  return status;
}
