// SPDX-License-Identifier: Apache-2.0

// What the command knows of the terminal. POSIX lives here and in output.c.

#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

typedef enum color_choice { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER } color_choice;
typedef enum progress_choice { PROGRESS_AUTO, PROGRESS_ALWAYS, PROGRESS_NEVER } progress_choice;

/// Columns of a stream's terminal; 80 where it is none. COLUMNS overrides, as for other programs.
size_t terminal_width(int descriptor);

/// Whether to colour a stream: as chosen; by itself on a terminal, unless NO_COLOR is set
/// (https://no-color.org) or TERM is "dumb".
bool terminal_has_color(color_choice choice, int descriptor);

bool terminal_is(int descriptor);

#endif
