// SPDX-License-Identifier: Apache-2.0

// demarche facts: the facts of relations after a run, as a table.
//
// Without a profile these are the pack's facts and what follows from them; a
// pack whose profile has no required field is run with every question open.

#include <stdio.h>
#include <stdlib.h>

#include "command.h"
#include "input.h"
#include "nearest.h"
#include "output.h"

typedef struct facts_request {
  const options *opts;
  dem_pack *pack;
  dem_session *session;
  dem_profiles *profiles;
  const char *profile;    ///< Its path; NULL for none.
  const char **relations; ///< Owned.
  size_t relation_count;
  dem_facts_options how;
} facts_request;

static const char *const format_names[] = {"tsv", "csv", "jsonl", NULL};
static const dem_facts_format formats[] = {DEM_FACTS_TSV, DEM_FACTS_CSV, DEM_FACTS_JSON_LINES};

// The request ---------------------------------------------------------------------------

static int reject(const char *what, const char *word)
{
  (void)fprintf(stderr, "demarche: facts: %s%s; see 'demarche help facts'\n", what, word);
  return EXIT_USAGE;
}

static int sort_arguments(facts_request *r)
{
  const text_list *const arguments = &r->opts->arguments;
  r->relations = calloc(arguments->count, sizeof *r->relations);
  if (!r->relations) {
    return EXIT_IO;
  }
  for (size_t i = 1; i < arguments->count; ++i) {
    const char *const argument = arguments->items[i];
    if (!input_is_profile(argument)) {
      r->relations[r->relation_count++] = argument;
    } else if (!r->profile) {
      r->profile = argument;
    } else {
      return reject("there is a second profile, ", argument);
    }
  }
  if (r->opts->has_all == (r->relation_count > 0)) {
    return reject(r->opts->has_all ? "--all stands for every relation; leave out "
                                   : "name a relation, or give --all",
                  r->opts->has_all ? r->relations[0] : "");
  }
  return EXIT_DONE;
}

static int reject_relation(const facts_request *r, const char *name)
{
  const uint32_t count = dem_pack_relation_count(r->pack);
  const char **const names = calloc(count + 1U, sizeof *names);
  for (uint32_t i = 0; names && i < count; ++i) {
    names[i] = dem_pack_relation(r->pack, i).name;
  }
  const char *const near = names ? nearest_word(name, names, count) : NULL;
  (void)fprintf(stderr, "demarche: the pack has no relation '%s'", name);
  if (near) {
    (void)fprintf(stderr, "; did you mean '%s'?", near);
  }
  (void)fputs("\n", stderr);
  free(names);
  return EXIT_USAGE;
}

// The run -------------------------------------------------------------------------------

static bool needs_answers(const dem_pack *pack)
{
  for (uint32_t i = 0; i < dem_pack_question_count(pack); ++i) {
    if (dem_pack_question(pack, i).is_required) {
      return true;
    }
  }
  return false;
}

static int run_profile(facts_request *r)
{
  dem_status status = DEM_OK;
  if (r->profile) {
    status = input_read_profiles(r->opts, r->pack, r->profile, &r->profiles);
    if (status == DEM_OK && dem_profiles_count(r->profiles) != 1) {
      (void)fprintf(stderr, "demarche: facts takes one profile; '%s' holds %zu\n", r->profile,
                    dem_profiles_count(r->profiles));
      return EXIT_INPUT;
    }
  } else if (r->opts->set.count == 0 && needs_answers(r->pack)) {
    return EXIT_DONE; // What follows from the kb alone is there already.
  }
  if (status == DEM_OK) {
    status = input_answer(r->opts, r->pack, r->session, r->profiles, 0);
  }
  return status == DEM_OK ? input_run(r->opts, r->pack, r->session) : input_exit_status(status);
}

static int write_facts(facts_request *r)
{
  size_t unknown = 0;
  output out;
  output_open(&out, r->opts->output);
  const dem_status status = dem_session_render_facts(r->session, r->relations, r->relation_count,
                                                     &r->how, output_write, &out, &unknown);
  const bool is_written = output_close(&out, status == DEM_OK);
  if (status == DEM_ERR_NOT_FOUND) {
    return reject_relation(r, r->relations[unknown]);
  }
  if (output_is_unwanted(&out)) {
    return EXIT_DONE;
  }
  return is_written ? input_exit_status(status) : EXIT_IO;
}

static int run(facts_request *r)
{
  dem_status status = input_open_pack(r->opts, NULL, &r->pack);
  if (r->pack && status != DEM_OK) {
    input_show_report(r->opts, dem_pack_report(r->pack));
  }
  if (status == DEM_OK) {
    status = dem_session_new(r->pack, &r->session);
  }
  if (status != DEM_OK) {
    return input_exit_status(status);
  }
  for (size_t i = 0; i < r->relation_count; ++i) {
    if (dem_pack_find_relation(r->pack, r->relations[i]) == DEM_NO_INDEX) {
      return reject_relation(r, r->relations[i]);
    }
  }
  const int ran = run_profile(r);
  return ran == EXIT_DONE ? write_facts(r) : ran;
}

int cmd_facts(const options *opts)
{
  const int format = options_format(opts, format_names);
  if (format < 0) {
    return EXIT_USAGE;
  }
  facts_request r = {.opts = opts, .how = {.format = formats[format], .is_count = opts->has_count}};
  int status = sort_arguments(&r);
  status = status == EXIT_DONE ? run(&r) : status;
  dem_session_free(r.session);
  dem_profiles_free(r.profiles);
  dem_pack_free(r.pack);
  free(r.relations);
  return status;
}
