// SPDX-License-Identifier: Apache-2.0

// The commands, a file each: cmd_<name>.c.

#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "demarche/status.h"
#include "options.h"

/// What the program tells its caller. A promise: scripts rely on it.
enum exit_status {
  EXIT_DONE = 0,
  EXIT_NO = 1,    ///< The answer is "no": check or test found faults, a batch had bad records.
  EXIT_USAGE = 2, ///< Wrong usage, or input needed and no terminal to ask on.
  EXIT_INPUT = 3, ///< Unusable input or pack.
  EXIT_LIMIT = 4, ///< A limit was reached.
  EXIT_IO = 5,    ///< Something could not be read or written, or memory ran out.
  EXIT_INTERRUPT = 130,
};

/// Run a command; its name is the first of the arguments.
/// @return An exit_status; what is wrong was said on standard error.
typedef int command_function(const options *opts);

command_function cmd_ask;
command_function cmd_questions;
command_function cmd_advise;
command_function cmd_facts;
command_function cmd_check;
command_function cmd_translate;
command_function cmd_show;
command_function cmd_test;
command_function cmd_init;
command_function cmd_schema;
command_function cmd_explain;
command_function cmd_diff;
command_function cmd_verify;
command_function cmd_graph;
command_function cmd_batch;
command_function cmd_completion;
command_function cmd_manual;

#endif
