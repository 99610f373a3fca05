// SPDX-License-Identifier: Apache-2.0

// The command `demarche`: finds the subcommand and hands over.

#define _POSIX_C_SOURCE 200809L // SIGPIPE

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "nearest.h"
#include "options.h"

enum { MOST_COMMANDS = 32 }; // That a mistyped name is compared with.

static int reject_command(const char *name)
{
  const char *names[MOST_COMMANDS];
  size_t count = 0;
  for (; count < command_count && count < MOST_COMMANDS; ++count) {
    names[count] = commands[count].name;
  }
  const char *const near = nearest_word(name, names, count);
  (void)fprintf(stderr, "demarche: unknown command '%s'", name);
  if (near) {
    (void)fprintf(stderr, "; did you mean '%s'?\n", near);
  } else {
    (void)fputs("; see 'demarche help'\n", stderr);
  }
  return EXIT_USAGE;
}

static void print_commands(FILE *stream)
{
  for (size_t i = 0; i < command_count; ++i) {
    (void)fprintf(stream, "  %-10s %s\n", commands[i].name, commands[i].about);
  }
}

static void print_welcome(FILE *stream)
{
  (void)fputs("demarche says which intergovernmental organizations to work with on migration,\n"
              "and which steps to take, with reasons and sources.\n\n"
              "Start with the questions, one at a time:\n\n"
              "  demarche ask\n\n"
              "or with a country and a need:\n\n"
              "  demarche advise --set country=Morocco --set needs=funding\n\n"
              "or with a profile, a file that answers the questions:\n\n"
              "  demarche show questions\n"
              "  demarche advise profile.yaml\n\n"
              "Commands:\n\n",
              stream);
  print_commands(stream);
  (void)fputs("\n'demarche help COMMAND' says more about one.\n", stream);
}

static int print_help(const char *name)
{
  const command_row *const row = name ? command_find(name) : NULL;
  if (name && !row) {
    return reject_command(name);
  }
  if (!row) {
    print_welcome(stdout);
    return EXIT_DONE;
  }
  (void)printf("demarche %s%s%s: %s\n\n", row->name, row->usage[0] ? " " : "", row->usage,
               row->about);
  if (row->more[0]) {
    (void)printf("%s\n", row->more);
  }
  options_describe(row->id, stdout);
  return EXIT_DONE;
}

static int run(int argc, char *const *argv, const options *opts)
{
  const char *const name = opts->arguments.count ? opts->arguments.items[0] : NULL;
  if (opts->wants_version) {
    (void)puts("demarche " DEMARCHE_VERSION);
    return EXIT_DONE;
  }
  if (opts->wants_help) {
    return print_help(name);
  }
  if (!name) {
    print_welcome(stderr);
    return EXIT_USAGE;
  }
  const command_row *const row = command_find(name);
  if (!row) {
    return reject_command(name);
  }
  if (!options_check(argc, argv, row->id, row->name)) {
    return EXIT_USAGE;
  }
  return row->run ? row->run(opts)
                  : print_help(opts->arguments.count > 1 ? opts->arguments.items[1] : NULL);
}

/// Standard output may be a full disk: a help text that did not arrive is a failure, too.
static int flush_output(int status)
{
  if (fflush(stdout) != 0 || ferror(stdout)) {
    if (status == EXIT_DONE && errno != EPIPE) { // Who closed the pipe knows.
      (void)fputs("demarche: cannot write standard output\n", stderr);
    }
    return status == EXIT_DONE ? EXIT_IO : status;
  }
  return status;
}

int main(int argc, char **argv)
{
  options opts;
  // A closed pipe, and a file past the limit of its size, are errors of write, handled where they
  // happen.
  (void)signal(SIGPIPE, SIG_IGN);
  (void)signal(SIGXFSZ, SIG_IGN);
  const bool is_usable = options_parse(&opts, argc, argv);
  const int status = is_usable ? flush_output(run(argc, argv, &opts)) : EXIT_USAGE;
  options_clear(&opts);
  return status;
}
