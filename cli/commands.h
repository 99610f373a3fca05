// SPDX-License-Identifier: Apache-2.0

// The commands as data: one table, which running, help, completion and the manual read.

#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include <stddef.h>

#include "command.h"

typedef struct command_row {
  const char *name;
  const char *usage; ///< What follows the name.
  const char *about;
  command_id id;
  command_function *run; ///< NULL for help, which stands in main.c.
  const char *more;      ///< Further lines of its help; may be empty.
  const char *formats;   ///< What `--format` may be, with blanks between; empty without it.
  const char *words;     ///< What its arguments may be; empty for files and free words.
} command_row;

extern const command_row commands[];
extern const size_t command_count;

/// The command of that name, or NULL.
const command_row *command_find(const char *name);

#endif
