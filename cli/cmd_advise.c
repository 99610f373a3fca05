// SPDX-License-Identifier: Apache-2.0

// demarche advise: profiles in, advice out.
//
// Several profiles give several advices in their order, as one result.

#include <stdlib.h>

#include "advice_form.h"
#include "command.h"
#include "input.h"
#include "text.h"

typedef struct advisor {
  const options *opts;
  dem_pack *pack;
  dem_session *session;
  dem_render_options render;
  const dem_advice **advices; ///< Owned, with the advices.
  size_t count;
} advisor;

static int keep_advice(advisor *a)
{
  // Grows by one: profiles are a few; `batch` is for many.
  const dem_advice **const advices = realloc(a->advices, (a->count + 1) * sizeof *advices);
  if (!advices) {
    return input_exit_status(DEM_ERR_NO_MEMORY);
  }
  a->advices = advices;
  const dem_advice_options more = advice_form_contents(a->render.format);
  const dem_status status = dem_advice_new_with(a->session, &more, &a->advices[a->count]);
  a->count += status == DEM_OK;
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
  return ran == EXIT_DONE ? keep_advice(a) : ran;
}

static int advise_file(advisor *a, const char *path)
{
  dem_profiles *profiles;
  int status = input_exit_status(input_read_profiles(a->opts, a->pack, path, &profiles));
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

static int deliver(const advisor *a)
{
  text result = {0};
  const dem_status status =
      dem_advices_render(a->advices, a->count, &a->render, text_write, &result);
  const int delivered =
      status == DEM_OK ? text_deliver(&result, a->opts) : input_exit_status(status);
  text_clear(&result);
  return delivered;
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
  for (size_t i = 0; i < a.count; ++i) {
    dem_advice_free(a.advices[i]);
  }
  free(a.advices);
  dem_session_free(a.session);
  dem_pack_free(a.pack);
  return status;
}
