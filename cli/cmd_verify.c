// SPDX-License-Identifier: Apache-2.0

// demarche verify: runs the answers of kept advices again. The same pack, date and answers give
// the same bytes; where they do not, it says what differs.

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "input.h"
#include "text.h"

typedef struct verifier {
  const options *opts;
  const char *path;
  dem_pack *pack;  ///< For its own date.
  dem_pack *dated; ///< For the date of the advice at hand; NULL while none was needed.
  dem_session *session;
  const dem_pack *session_pack; ///< That the session is on.
  dem_profiles *profiles;
  dem_recheck *recheck;
  text result;
} verifier;

static const char *const format_names[] = {"text", "json", NULL};

/// A session on the pack for a date.
static int open_session(verifier *v, const char *date)
{
  const dem_pack *pack = strcmp(date, dem_pack_date(v->pack)) == 0 ? v->pack : v->dated;
  if (!pack || strcmp(date, dem_pack_date(pack)) != 0) {
    dem_session_free(v->session);
    dem_pack_free(v->dated);
    v->session = NULL;
    v->dated = NULL;
    const dem_status status = dem_pack_open_for(v->pack, date, &v->dated);
    if (status != DEM_OK) {
      if (v->dated) {
        input_show_report(v->opts, dem_pack_report(v->dated));
      }
      return input_exit_status(status);
    }
    pack = v->dated;
  }
  if (v->session && v->session_pack == pack) {
    return EXIT_DONE;
  }
  dem_session_free(v->session);
  v->session = NULL;
  v->session_pack = pack;
  return input_exit_status(dem_session_new(pack, &v->session));
}

static int run_again(verifier *v, size_t index)
{
  dem_session_reset(v->session);
  const dem_status status = dem_session_set_recorded(v->session, v->profiles, index);
  if (status != DEM_OK) {
    input_show_report(v->opts, dem_session_report(v->session));
    return input_exit_status(status);
  }
  return input_run(v->opts, v->session_pack, v->session);
}

/// Another pack was used: said first, since it may explain all the rest.
static void say_pack(const verifier *v, const dem_recorded_advice *recorded)
{
  if (strcmp(recorded->pack_sha256, dem_pack_sha256(v->pack)) != 0 && !v->opts->is_quiet) {
    (void)fprintf(stderr,
                  "demarche: '%s' was made by the pack %s %s (%.12s…); this is %s %s (%.12s…)\n",
                  v->path, recorded->pack_name, recorded->pack_version, recorded->pack_sha256,
                  dem_pack_name(v->pack), dem_pack_version(v->pack), dem_pack_sha256(v->pack));
  }
}

static int verify_one(verifier *v, size_t index)
{
  dem_recorded_advice recorded;
  const dem_advice *advice = NULL;
  dem_status found = dem_recorded_find(v->profiles, index, &recorded);
  if (found != DEM_OK) {
    input_show_report(v->opts, dem_profiles_report(v->profiles));
    return input_exit_status(found);
  }
  if (index == 0) {
    say_pack(v, &recorded);
  }
  int status = open_session(v, recorded.date);
  status = status == EXIT_DONE ? run_again(v, index) : status;
  if (status == EXIT_DONE) {
    found = dem_advice_new_with(v->session, &recorded.options, &advice);
    found = found == DEM_OK ? dem_recheck_add(v->recheck, advice) : found;
    status = input_exit_status(found);
  }
  dem_advice_free(advice);
  return status;
}

static int run(verifier *v, bool is_json)
{
  dem_status status = input_open_pack_in(v->opts, NULL, NULL, &v->pack); // Each advice has its own.
  if (v->pack && status != DEM_OK) {
    input_show_report(v->opts, dem_pack_report(v->pack));
  }
  status = status == DEM_OK ? input_read_profiles(v->opts, NULL, v->path, &v->profiles) : status;
  status = status == DEM_OK ? dem_recheck_new(v->profiles, &v->recheck) : status;
  int answer = input_exit_status(status);
  for (size_t i = 0; answer == EXIT_DONE && i < dem_profiles_count(v->profiles); ++i) {
    answer = verify_one(v, i);
  }
  if (answer != EXIT_DONE) {
    return answer;
  }
  status = dem_recheck_render(v->recheck, v->path, is_json, text_write, &v->result);
  answer = status == DEM_OK ? text_deliver(&v->result, v->opts) : input_exit_status(status);
  return answer != EXIT_DONE || dem_recheck_has_same_bytes(v->recheck) ? answer : EXIT_NO;
}

int cmd_verify(const options *opts)
{
  const int format = options_format(opts, format_names);
  if (format < 0) {
    return EXIT_USAGE;
  }
  if (opts->arguments.count != 2) {
    (void)fputs("demarche: verify: name one file of advice, as 'demarche advise --format json' "
                "writes it; see 'demarche help verify'\n",
                stderr);
    return EXIT_USAGE;
  }
  verifier v = {.opts = opts, .path = opts->arguments.items[1]};
  const int status = run(&v, format == 1);
  text_clear(&v.result);
  dem_recheck_free(v.recheck);
  dem_session_free(v.session);
  dem_profiles_free(v.profiles);
  dem_pack_free(v.dated);
  dem_pack_free(v.pack);
  return status;
}
