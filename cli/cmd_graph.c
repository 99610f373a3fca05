// SPDX-License-Identifier: Apache-2.0

// demarche graph: a pack's relations and rules as a graph.

#include <stdio.h>

#include "command.h"
#include "input.h"
#include "svg.h"
#include "text.h"

static const char *const format_names[] = {"dot", "svg", NULL};

/// Write the graph, or draw it.
static int deliver(const options *opts, const text *graph, bool is_drawn)
{
  text drawing = {0};
  if (!is_drawn) {
    return text_deliver(graph, opts);
  }
  int status = svg_draw(graph, &drawing);
  status = status == EXIT_DONE ? text_deliver(&drawing, opts) : status;
  text_clear(&drawing);
  return status;
}

int cmd_graph(const options *opts)
{
  dem_pack *pack = NULL;
  text graph = {0};
  const int format = options_format(opts, format_names);
  if (format < 0) {
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
  status = status == DEM_OK ? dem_pack_render_graph(pack, text_write, &graph) : status;
  const int answer =
      status == DEM_OK ? deliver(opts, &graph, format == 1) : input_exit_status(status);
  text_clear(&graph);
  dem_pack_free(pack);
  return answer;
}
