// SPDX-License-Identifier: Apache-2.0

// demarche check: every error and warning in a pack, and its plan on request.
//
// The diagnostics go to standard error, as everywhere; the verdict is the result.

#include <stdio.h>

#include "command.h"
#include "input.h"
#include "text.h"

static void add_count(text *result, size_t count, const char *noun)
{
  char words[64];
  (void)snprintf(words, sizeof words, "%zu %s%s", count, noun, count == 1 ? "" : "s");
  text_add(result, count == 0 ? "no " : words);
  text_add(result, count == 0 ? noun : "");
  text_add(result, count == 0 ? "s" : "");
}

static void add_verdict(text *result, const options *opts, const char *folder,
                        const dem_report *report)
{
  const char *const name = folder ? folder : opts->pack;
  text_add_safe(result, name ? name : "built-in pack");
  text_add(result, ": ");
  add_count(result, dem_report_error_count(report), "error");
  text_add(result, ", ");
  add_count(result, dem_report_warning_count(report), "warning");
  text_add(result, "\n");
}

static int check(const options *opts, const char *folder, dem_pack **pack_out)
{
  text result = {0};
  dem_status status = input_open_pack(opts, folder, pack_out);
  if (!*pack_out) {
    return input_exit_status(status);
  }
  const dem_report *const report = dem_pack_report(*pack_out);
  input_show_report(opts, report);
  if (status == DEM_ERR_LIMIT || status == DEM_ERR_IO || status == DEM_ERR_NO_MEMORY) {
    return input_exit_status(status); // No verdict on what was not taken whole.
  }
  if (status == DEM_OK && opts->has_plan) {
    status = dem_pack_list_plan(*pack_out, text_write, &result);
    text_add(&result, "\n");
  }
  add_verdict(&result, opts, folder, report);
  const int delivered = text_deliver(&result, opts);
  text_clear(&result);
  if (delivered != EXIT_DONE) {
    return delivered;
  }
  return dem_report_error_count(report) > 0 ? EXIT_NO : input_exit_status(status);
}

int cmd_check(const options *opts)
{
  if (opts->arguments.count > 2 || (opts->arguments.count == 2 && opts->pack)) {
    (void)fputs("demarche: check takes one pack\n", stderr);
    return EXIT_USAGE;
  }
  dem_pack *pack;
  const char *const folder = opts->arguments.count == 2 ? opts->arguments.items[1] : NULL;
  const int status = check(opts, folder, &pack);
  dem_pack_free(pack);
  return status;
}
