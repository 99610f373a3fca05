// SPDX-License-Identifier: Apache-2.0

// Runs a program on a terminal of its own: types keys, waits for what should
// appear, reads the screen.

#ifndef SUPPORT_PTY_H
#define SUPPORT_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "support/vt.h"

typedef struct pty {
  vt screen;
  int descriptor;
  pid_t child;
  char *output;     ///< A file for the child's standard output, or NULL for the terminal.
  char *transcript; ///< Every byte that it wrote to the terminal, zero-terminated.
  size_t transcript_size;
  char text[32 * 1024]; ///< Of the last look at the screen.
} pty;

/// Start `arguments` (NULL-terminated; the first is the program) with `variables` ("NAME=value",
/// NULL-terminated) in an environment without TERM, NO_COLOR and ACCESSIBLE.
/// @param output  Where its standard output goes; NULL: the terminal.
void pty_start(pty *p, const char *const *arguments, const char *const *variables, size_t columns,
               size_t rows, const char *output);

void pty_type(pty *p, const char *keys);
void pty_signal(pty *p, int number);
void pty_resize(pty *p, size_t columns, size_t rows);

/// Wait until the screen shows the words, or until it does not. Fails the test after ten seconds,
/// with the screen as the message.
void pty_shows(pty *p, const char *words);
void pty_hides(pty *p, const char *words);

/// Wait until the screen is the text, line by line.
void pty_becomes(pty *p, const char *text);

/// Wait until nothing has come for a while: only where nothing tells when it is enough.
void pty_settles(pty *p);

/// Wait until the program has stopped, or ended: its exit status, or 128 and its signal.
void pty_stops(pty *p);
int pty_ends(pty *p);

/// Kill what still runs; free what is held.
void pty_close(pty *p);

#endif
