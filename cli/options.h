// SPDX-License-Identifier: Apache-2.0

// What was asked for on the command line, as data.
//
// Options stand in one table in options.c; parsing, checking and the help text
// all read it.

#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "demarche/limits.h"
#include "terminal.h"

/// The commands, as sets: an option says which it belongs to.
typedef enum command_id {
  COMMAND_ADVISE = 1,
  COMMAND_FACTS = 2,
  COMMAND_CHECK = 4,
  COMMAND_SHOW = 8,
  COMMAND_HELP = 16,
  COMMAND_TEST = 32,
  COMMAND_COMPLETION = 64,
  COMMAND_MANUAL = 128,
  COMMAND_EXPLAIN = 1 << 10,
  COMMAND_ASK = 1 << 11,
  COMMAND_QUESTIONS = 1 << 12,
  COMMAND_DIFF = 1 << 20,
  COMMAND_VERIFY = 1 << 21,
  COMMAND_GRAPH = 1 << 22,
  COMMAND_INIT = 1 << 16,
  COMMAND_SCHEMA = 1 << 17,
  COMMAND_BATCH = 1 << 25,
  COMMAND_TRANSLATE = 1 << 26,
} command_id;

/// Zero-terminated texts of the command line, in order. Borrowed from argv.
typedef struct text_list {
  const char **items; ///< Owned.
  size_t count;
} text_list;

typedef struct options {
  text_list arguments; ///< The command's name and what follows it that is no option.
  text_list set;       ///< FIELD=ANSWER
  text_list what_if;   ///< FIELD=ANSWER
  const char *pack;    ///< A folder, or NULL for the pack that is built in.
  const char *format;  ///< NULL for the command's first.
  const char *answers; ///< A file of lines to answer with, or NULL.
  const char *output;  ///< A file, or NULL for standard output.
  const char *lang;    ///< The code of a language, or NULL for English.
  const char *date;    ///< YYYY-MM-DD, or NULL for the pack's own.
  const char *filter;  ///< Part of a test's name, or NULL for every test.
  const char *why;     ///< A partner, an item or a fact; NULL for none, as with the following.
  const char *why_not;
  const char *how_to;
  size_t depth;         ///< Of a proof: steps below are folded; 0: none.
  uint32_t min_percent; ///< Of the pack that its tests must reach.
  const char *from;     ///< The format of a batch's inputs, or NULL for each one's own.
  const char *select;   ///< Fields of a batch's output, or NULL.
  const char *errors;   ///< File for what a batch refuses, or NULL.
  const char *shard;    ///< "K/N", or NULL for everything.
  uint32_t jobs;        ///< Threads of a batch; 0: one a core.
  progress_choice progress;
  color_choice color;
  dem_limits limits;
  uint64_t seed; ///< Of the orders that tests are run in.
  bool has_shuffle;
  bool has_refine;
  bool is_quiet;
  bool is_verbose;
  bool is_accessible; ///< Lines instead of screens.
  bool has_next;      ///< The question to ask now alone.
  bool has_all;
  bool has_count;
  bool has_plan;
  bool has_graph;
  bool is_resumed;
  bool fails_fast;
  bool wants_help;
  bool wants_version;
} options;

/// Read a command line. A lone `--` ends the options; options may stand before the command.
///
/// @return False after saying on standard error what is wrong.
bool options_parse(options *opts, int argc, char *const *argv);

/// Whether every option that was used belongs to the command; else says so on standard error.
bool options_check(int argc, char *const *argv, command_id command, const char *name);

/// Which of `names` (NULL-terminated) `--format` asks for: its index; 0 when it was not given; -1
/// after saying on standard error what there is.
int options_format(const options *opts, const char *const *names);

/// An option as completion and the manual need it.
typedef struct option_info {
  const char *name;  ///< Without "--".
  char letter;       ///< 0 for none.
  const char *value; ///< What its value is: FILE, DIR, N; NULL where it takes none.
  const char *words; ///< What its value may be, blanks between; empty for what is free.
  bool is_list;      ///< It may be given again.
  unsigned commands; ///< Set of command_id.
  const char *help;
} option_info;

size_t options_count(void);
option_info options_at(size_t index);

/// List the options of a command, a line each.
void options_describe(command_id command, FILE *stream);

void options_clear(options *opts);

#endif
