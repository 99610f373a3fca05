// SPDX-License-Identifier: Apache-2.0

// Graphs drawn by Graphviz's library, where the program was built with it.

#include "svg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"

#ifdef DEMARCHE_GRAPHVIZ

#include <dlfcn.h>
#include <gvc.h>

/// The functions that are used, found when something is drawn.
typedef struct graphviz {
  void *library;
  GVC_t *(*context)(void);
  int (*free_context)(GVC_t *);
  Agraph_t *(*read)(const char *);
  int (*close)(Agraph_t *);
  int (*layout)(GVC_t *, graph_t *, const char *);
  int (*free_layout)(GVC_t *, graph_t *);
  int (*render)(GVC_t *, graph_t *, const char *, char **, unsigned *);
  void (*free_data)(char *);
} graphviz;

static int fail(const char *what)
{
  (void)fprintf(stderr, "demarche: %s\n", what);
  return EXIT_IO;
}

/// C has no cast from an object's pointer to a function's: the bytes are copied.
static bool find(const graphviz *g, const char *name, void *function)
{
  void *const symbol = dlsym(g->library, name);
  memcpy(function, &symbol, sizeof symbol);
  return symbol != NULL;
}

static bool load(graphviz *g)
{
  g->library = dlopen(DEMARCHE_GRAPHVIZ, RTLD_LAZY);
  return g->library && find(g, "gvContext", &g->context) &&
         find(g, "gvFreeContext", &g->free_context) && find(g, "agmemread", &g->read) &&
         find(g, "agclose", &g->close) && find(g, "gvLayout", &g->layout) &&
         find(g, "gvFreeLayout", &g->free_layout) && find(g, "gvRenderData", &g->render) &&
         find(g, "gvFreeRenderData", &g->free_data);
}

static int draw(const graphviz *g, GVC_t *context, const char *words, text *drawing)
{
  char *bytes = NULL;
  unsigned size = 0;
  Agraph_t *const graph = g->read(words);
  if (!graph) {
    return fail("Graphviz cannot read the graph");
  }
  const bool is_drawn =
      g->layout(context, graph, "dot") == 0 && g->render(context, graph, "svg", &bytes, &size) == 0;
  const bool is_kept = is_drawn && text_write(drawing, bytes, size) == DEM_OK;
  g->free_data(bytes);
  (void)g->free_layout(context, graph);
  (void)g->close(graph);
  return is_kept ? EXIT_DONE : fail(is_drawn ? "out of memory" : "Graphviz cannot draw the graph");
}

int svg_draw(const text *graph, text *drawing)
{
  graphviz g = {0};
  if (!load(&g)) {
    return fail("Graphviz's library is not here: draw the graph with 'dot -Tsvg'");
  }
  char *const words = malloc(graph->size + 1); // It ends with a zero byte, as Graphviz reads it.
  GVC_t *const context = g.context();
  int status = EXIT_IO;
  if (words && context && !graph->has_failed) {
    memcpy(words, graph->bytes, graph->size);
    words[graph->size] = '\0';
    status = draw(&g, context, words, drawing);
  } else {
    (void)fail("out of memory");
  }
  if (context) {
    (void)g.free_context(context);
  }
  free(words);
  return status; // The library stays: what it keeps for itself is still reachable.
}

#else

int svg_draw(const text *graph, text *drawing)
{
  (void)graph;
  (void)drawing;
  (void)fputs("demarche: this program was built without Graphviz: draw the graph with "
              "'dot -Tsvg'\n",
              stderr);
  return EXIT_USAGE;
}

#endif
