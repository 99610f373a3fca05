// SPDX-License-Identifier: Apache-2.0

// What the command knows of the terminal.

#define _DEFAULT_SOURCE // struct winsize; POSIX.1-2008 comes with it.

#include "terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
  USUAL_WIDTH = 80,
  LEAST_WIDTH = 24, // Below it, wrapping makes things worse.
  MOST_WIDTH = 100, // Longer lines are hard to read.
};

static size_t readable(unsigned long width)
{
  return width < LEAST_WIDTH ? LEAST_WIDTH : width > MOST_WIDTH ? MOST_WIDTH : width;
}

size_t terminal_width(int descriptor)
{
  const char *const columns = getenv("COLUMNS");
  const unsigned long told = columns ? strtoul(columns, NULL, 10) : 0;
  if (told > 0) {
    return readable(told);
  }
  struct winsize size;
  if (terminal_is(descriptor) && ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    return readable(size.ws_col);
  }
  return USUAL_WIDTH;
}

bool terminal_is(int descriptor)
{
  return isatty(descriptor) == 1;
}

bool terminal_has_color(color_choice choice, int descriptor)
{
  if (choice != COLOR_AUTO) {
    return choice == COLOR_ALWAYS;
  }
  const char *const no_color = getenv("NO_COLOR");
  const char *const term = getenv("TERM");
  const bool is_unwanted = (no_color && *no_color) || (term && strcmp(term, "dumb") == 0);
  return !is_unwanted && terminal_is(descriptor);
}
