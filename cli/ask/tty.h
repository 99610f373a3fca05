// SPDX-License-Identifier: Apache-2.0

// The terminal that one types on: raw mode, its size, signals as events, and its
// state restored on every way out.

#ifndef CLI_ASK_TTY_H
#define CLI_ASK_TTY_H

#include <stdbool.h>
#include <stddef.h>

#include "text.h"

typedef enum tty_event {
  TTY_BYTE,
  TTY_TIMEOUT,
  TTY_RESIZED,
  TTY_INTERRUPTED, ///< By a signal; tty_signal says which.
  TTY_STOPPING,    ///< Somebody wants the program to stop for now: call tty_suspend.
  TTY_CONTINUED,   ///< It was stopped and goes on: paint everything anew.
  TTY_END,         ///< No byte will come any more.
} tty_event;

typedef struct tty {
  int input;
  int output; ///< Where its sequences go, and whose size counts.
  bool is_raw;
} tty;

/// Catch the signals. Raw mode hands on keys one by one; else the terminal edits lines.
/// @return False when the terminal does not do what is needed.
bool tty_open(tty *t, int input, int output, bool is_raw);

/// Restore the terminal and the signals.
void tty_close(tty *t);

/// Wait for something to happen.
/// @param milliseconds  Below 0: as long as it takes.
tty_event tty_wait(tty *t, int milliseconds, unsigned char *byte_out);

/// The signal of TTY_INTERRUPTED.
int tty_signal(void);

/// Restore the terminal, stop as job control does, and come back in raw mode.
void tty_suspend(tty *t);

/// Columns and rows; 80 and 24 where the terminal does not say.
void tty_size(const tty *t, size_t *width_out, size_t *height_out);

/// Write it all. False when it could not be written.
bool tty_write(const tty *t, const text *bytes);

#endif
