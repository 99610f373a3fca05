// SPDX-License-Identifier: Apache-2.0

// Graphs drawn by Graphviz's library, where the program was built with it.

#ifndef CLI_SVG_H
#define CLI_SVG_H

#include "text.h"

/// Draw a graph in the DOT language.
/// @param drawing  Receives the SVG.
/// @return An exit_status; what is wrong was said on standard error.
int svg_draw(const text *graph, text *drawing);

#endif
