// SPDX-License-Identifier: Apache-2.0

// How an advice is printed.

#define _POSIX_C_SOURCE 200809L // STDOUT_FILENO

#include "advice_form.h"

#include <unistd.h>

#include "terminal.h"

bool advice_form(const options *opts, dem_render_options *render_out)
{
  static const char *const names[] = {"text", "markdown", "json", "jsonl", "html", "csv", NULL};
  static const dem_advice_format formats[] = {DEM_ADVICE_TEXT, DEM_ADVICE_MARKDOWN,
                                              DEM_ADVICE_JSON, DEM_ADVICE_JSON_LINES,
                                              DEM_ADVICE_HTML, DEM_ADVICE_CSV};
  const int format = options_format(opts, names);
  if (format < 0) {
    return false;
  }
  // A file keeps its bytes wherever it is made: the terminal's width and colours are its own.
  const bool is_terminal = !opts->output && terminal_is(STDOUT_FILENO);
  *render_out = (dem_render_options){
      .format = formats[format],
      .is_full = opts->is_verbose,
      .width = is_terminal ? terminal_width(STDOUT_FILENO) : 80,
      .has_color = opts->output ? opts->color == COLOR_ALWAYS
                                : terminal_has_color(opts->color, STDOUT_FILENO)};
  return true;
}

dem_advice_options advice_form_contents(dem_advice_format format)
{
  return (dem_advice_options){.has_proof = format == DEM_ADVICE_HTML,
                              .has_ruled_out = format != DEM_ADVICE_CSV};
}
