// SPDX-License-Identifier: Apache-2.0

// demarche graph: a pack's relations and rules as a graph.

#include <stdio.h>

#include "command.h"
#include "input.h"
#include "text.h"

static const char *const format_names[] = {"dot", NULL};

int cmd_graph(const options *opts)
{
  dem_pack *pack = NULL;
  text result = {0};
  if (options_format(opts, format_names) < 0) {
    return EXIT_USAGE;
  }
  if (opts->arguments.count > 2 || (opts->arguments.count == 2 && opts->pack)) {
    (void)fputs("demarche: graph: it takes one pack; see 'demarche help graph'\n", stderr);
    return EXIT_USAGE;
  }
  dem_status status =
      input_open_pack(opts, opts->arguments.count == 2 ? opts->arguments.items[1] : NULL, &pack);
  if (pack && status != DEM_OK) {
    input_show_report(opts, dem_pack_report(pack));
  }
  status = status == DEM_OK ? dem_pack_render_graph(pack, text_write, &result) : status;
  const int answer = status == DEM_OK ? text_deliver(&result, opts) : input_exit_status(status);
  text_clear(&result);
  dem_pack_free(pack);
  return answer;
}
