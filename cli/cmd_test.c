// SPDX-License-Identifier: Apache-2.0

// demarche test: the pack's own tests, and how much of the pack they reach.
//
// The built-in pack comes without its tests. Without a PACK the current folder is the pack, if it
// is one: so `demarche test` does what is meant in the repository and in any pack's folder.

#define _POSIX_C_SOURCE 200809L // stat, STDOUT_FILENO

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "input.h"
#include "output.h"

static const char *const format_names[] = {"text", "json", NULL};
static const dem_test_format formats[] = {DEM_TEST_TEXT, DEM_TEST_JSON};

static const char *choose_folder(const options *opts)
{
  struct stat about;
  if (opts->arguments.count == 2) {
    return opts->arguments.items[1];
  }
  if (opts->pack) {
    return opts->pack;
  }
  return stat("kb/pack.yaml", &about) == 0 ? "." : NULL;
}

static bool is_unreadable(dem_status status)
{
  return status == DEM_ERR_LIMIT || status == DEM_ERR_IO || status == DEM_ERR_NO_MEMORY;
}

/// Nothing was run: that is no success.
static int say_nothing_ran(const options *opts, const char *folder, const dem_test_results *results)
{
  if (results->test_count > 0) {
    (void)fprintf(stderr, "demarche: no test of '%s' has '%s' in its name\n", folder, opts->filter);
  } else {
    (void)fprintf(stderr,
                  "demarche: '%s' has no tests; they are YAML files in its folder tests/:\n\n"
                  "  tests:\n"
                  "    - name: What the test shows\n"
                  "      profile: {FIELD: ANSWER}\n"
                  "      expect:\n"
                  "        RELATION: [{FIELD: VALUE}]\n",
                  folder);
  }
  return EXIT_NO;
}

static int write_results(const options *opts, const dem_test_results *results,
                         dem_test_format format)
{
  output out;
  output_open(&out, opts->output);
  const dem_test_render_options how = {.format = format,
                                       .has_color = !opts->output &&
                                                    terminal_has_color(opts->color, STDOUT_FILENO),
                                       .is_verbose = opts->is_verbose};
  const dem_status status = dem_test_results_render(results, &how, output_write, &out);
  const bool is_written = output_close(&out, status == DEM_OK);
  return is_written || output_is_unwanted(&out) ? EXIT_DONE : EXIT_IO;
}

static bool is_below_bar(const options *opts, const dem_test_results *results)
{
  const unsigned percent = results->coverage ? results->coverage->percent : 100;
  if (percent >= opts->min_percent) {
    return false;
  }
  (void)fprintf(stderr,
                "demarche: the tests reach %u%% of the rules and conditions, less than %u%%\n",
                percent, (unsigned)opts->min_percent);
  return true;
}

static void show_reports(const options *opts, const dem_report *pack, const dem_report *tests)
{
  const bool has_pack = dem_report_error_count(pack) > 0 || !opts->is_quiet;
  input_show_report(opts, pack);
  if (has_pack && dem_report_count(pack) > 0 && dem_report_count(tests) > 0) {
    (void)fputs("\n", stderr);
  }
  input_show_report(opts, tests);
}

static int run(const options *opts, const char *folder, dem_test_format format,
               dem_tests **tests_out)
{
  const dem_pack_options pack = {.limits = &opts->limits, .date = opts->date};
  enum { SHUFFLES = 5, REFINEMENTS = 3 };
  const dem_tests_options how = {.pack = &pack,
                                 .filter = opts->filter,
                                 .shuffles = opts->has_shuffle ? SHUFFLES : 0,
                                 .refinements = opts->has_refine ? REFINEMENTS : 0,
                                 .seed = opts->seed};
  const dem_status status = dem_tests_run(folder, &how, tests_out);
  if (!*tests_out) {
    (void)fputs("demarche: out of memory\n", stderr);
    return EXIT_IO;
  }
  const dem_test_results *const results = dem_tests_results(*tests_out);
  show_reports(opts, dem_tests_pack_report(*tests_out), dem_tests_report(*tests_out));
  if (is_unreadable(status) || dem_report_error_count(dem_tests_pack_report(*tests_out)) > 0) {
    return input_exit_status(status); // Not run to the end: there is no result.
  }
  if (status == DEM_OK && results->passed + results->failed == 0) {
    return say_nothing_ran(opts, folder, results);
  }
  const int written = write_results(opts, results, format);
  if (written != EXIT_DONE) {
    return written;
  }
  return status != DEM_OK || results->failed > 0 || is_below_bar(opts, results) ? EXIT_NO
                                                                                : EXIT_DONE;
}

int cmd_test(const options *opts)
{
  const int format = options_format(opts, format_names);
  if (format < 0) {
    return EXIT_USAGE;
  }
  if (opts->arguments.count > 2 || (opts->arguments.count == 2 && opts->pack)) {
    (void)fputs("demarche: test takes one pack\n", stderr);
    return EXIT_USAGE;
  }
  if (opts->filter && opts->min_percent > 0) {
    (void)fputs("demarche: --min is for all tests; leave out --filter\n", stderr);
    return EXIT_USAGE;
  }
  const char *const folder = choose_folder(opts);
  if (!folder) {
    (void)fputs("demarche: the built-in pack comes without its tests; name the folder of a pack:\n"
                "  demarche test DIR\n",
                stderr);
    return EXIT_USAGE;
  }
  dem_tests *tests = NULL;
  const int status = run(opts, folder, formats[format], &tests);
  dem_tests_free(tests);
  return status;
}
