// SPDX-License-Identifier: Apache-2.0

// The command `demarche`: finds the subcommand and hands over.

#define _POSIX_C_SOURCE 200809L // SIGPIPE

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "nearest.h"
#include "options.h"

typedef struct command_row {
  const char *name;
  const char *usage; ///< What follows the name.
  const char *about;
  command_id id;
  command_function *run; ///< NULL for help, which stands in this file.
  const char *more;      ///< Further lines of its help; may be empty.
} command_row;

// clang-format off
static const command_row commands[] = {
  {"ask", "[PROFILE]", "answer questions and get advice; the answers are kept in the profile",
   COMMAND_ASK, cmd_ask,
   "Asks only what can still change the advice, one question at a time. Answers are saved after\n"
   "each one; started again with the PROFILE, it goes on where it was left. Without PROFILE a new\n"
   "profile.yaml is written. The advice goes to standard output, all else to standard error:\n"
   "\n"
   "  demarche ask morocco.yaml\n"
   "  demarche ask morocco.yaml --format markdown > advice.md\n"},
  {"advise", "[PROFILE…]", "whom to work with and which steps to take, with reasons and sources",
   COMMAND_ADVISE, cmd_advise,
   "A PROFILE is a YAML, JSON or CSV file, or - for standard input; it may hold several.\n"
   "FORMAT is text, markdown, html (a report that stands alone), json, jsonl (an advice a line) or\n"
   "csv (a row a recommendation). Several profiles give one document.\n"
   "\n"
   "  demarche advise --set country=Morocco --set needs=funding\n"
   "  demarche advise profile.yaml --format html --output report.html\n"},
  {"questions", "[PROFILE]", "the open questions that matter, and the advice that hangs on each",
   COMMAND_QUESTIONS, cmd_questions,
   "The one to ask first comes first. FORMAT is text or json: all that a form on a web page needs.\n"
   "\n"
   "  demarche questions profile.yaml\n"
   "  demarche questions --set country=Morocco --next --format json\n"},
  {"batch", "INPUT…", "many profiles, as a stream, on all cores, in input order",
   COMMAND_BATCH, cmd_batch,
   "An INPUT is a file of profiles in JSON lines, JSON, YAML or CSV, a folder of such files, a\n"
   "pattern, or - for standard input, which is read when none is named. FORMAT is jsonl or csv, a\n"
   "line or a row each; or text, markdown or html: then --output is a folder, and each profile gets\n"
   "a report in it, named by its id or number. A bad profile does not stop the others: it is told\n"
   "on standard error, and the exit status is 1.\n"
   "\n"
   "  demarche batch profiles.jsonl --output advice.jsonl --errors refused.jsonl\n"
   "  demarche batch profiles/ --format csv --select id,country,partners.label\n"
   "  demarche batch profiles.csv --format markdown --output reports\n"},
  {"explain", "[PROFILE]", "why something is in the advice, and what would change it",
   COMMAND_EXPLAIN, cmd_explain,
   "WHAT is a partner, by key, name or short name; a step, caveat or reference, by its text; or a\n"
   "fact, 'member(organization: afdb, country: MA)'. FORMAT is text, json, markdown, html or dot.\n"
   "\n"
   "  demarche explain profile.yaml --why AfDB\n"
   "  demarche explain --set country=Morocco --why 'own_member(organization: au)'\n"
   "  demarche explain profile.yaml --what-if needs=funding --what-if 'unions=[]'\n"},
  {"diff", "A B [PROFILE…]", "what changes between two profiles, or between two packs",
   COMMAND_DIFF, cmd_diff,
   "A and B are two profiles, or the folders of two packs ('built-in' is the one in the program),\n"
   "which are then compared over the PROFILEs. FORMAT is text, json, markdown or html.\n"
   "\n"
   "  demarche diff before.yaml after.yaml\n"
   "  demarche diff built-in . examples/profiles/*.yaml\n"},
  {"facts", "RELATION… [PROFILE]", "the facts of relations, given and derived",
   COMMAND_FACTS, cmd_facts,
   "What has a dot or a slash in it, or is -, is the PROFILE; without one, the pack's facts alone\n"
   "and what follows from them. FORMAT is tsv, csv or jsonl. With several relations, or --all,\n"
   "each row begins with its relation.\n"
   "\n"
   "  demarche facts recommend profile.yaml\n"
   "  demarche facts --all --count --pack DIR\n"},
  {"verify", "ADVICE", "whether an advice that was kept is what the pack gives today",
   COMMAND_VERIFY, cmd_verify,
   "ADVICE is a file that 'demarche advise --format json' (or jsonl) wrote. Its answers are run again\n"
   "for its date. Exit status 0: the same, byte for byte; 1: not the same. FORMAT is text or json.\n"},
  {"graph", "[PACK]", "relations and rules as a graph in the DOT language",
   COMMAND_GRAPH, cmd_graph,
   "  demarche graph | dot -Tsvg > pack.svg\n"},
  {"check", "[PACK]", "every error and warning in a pack",
   COMMAND_CHECK, cmd_check, ""},
  {"show", "[KIND] [WORD…]", "browse the pack: everything of a kind, one thing in full, a search",
   COMMAND_SHOW, cmd_show,
   "A KIND is relations, rules, sources, questions, or any relation, in the singular or the plural;\n"
   "alone it lists what there is. With an id or a name it shows one thing in full, with everything\n"
   "that refers to it. Any other WORDs are searched in ids, names and titles. FORMAT is text, json\n"
   "or csv.\n"
   "\n"
   "  demarche show organizations\n"
   "  demarche show country Morocco\n"
   "  demarche show free movement\n"},
  {"test", "[PACK]", "the pack's own tests, with what of the pack they reach",
   COMMAND_TEST, cmd_test,
   "Runs the tests in PACK/tests (in PACK/tests/advice where there is such a folder); without PACK\n"
   "those of the current folder. FORMAT is text or json.\n"
   "\n"
   "  demarche test examples/garden\n"
   "  demarche test . -k Morocco\n"},
  {"schema", "profile|facts|rules|advice", "a JSON Schema, for editors and tools",
   COMMAND_SCHEMA, cmd_schema,
   "  demarche schema profile > profile.schema.json\n"
   "  demarche schema rules --pack DIR\n"},
  {"init", "DIR", "a small pack to begin with, which passes check and test",
   COMMAND_INIT, cmd_init,
   "DIR must not be there yet, or be empty.\n"
   "\n"
   "  demarche init walks\n"
   "  demarche test walks\n"},
  {"help", "[COMMAND]", "how to use a command", COMMAND_HELP, NULL, ""},
};
// clang-format on

enum { COMMAND_COUNT = sizeof commands / sizeof commands[0] };

static const command_row *find_command(const char *name)
{
  for (size_t i = 0; i < COMMAND_COUNT; ++i) {
    if (strcmp(commands[i].name, name) == 0) {
      return &commands[i];
    }
  }
  return NULL;
}

static int reject_command(const char *name)
{
  const char *names[COMMAND_COUNT];
  for (size_t i = 0; i < COMMAND_COUNT; ++i) {
    names[i] = commands[i].name;
  }
  const char *const near = nearest_word(name, names, COMMAND_COUNT);
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
  for (size_t i = 0; i < COMMAND_COUNT; ++i) {
    (void)fprintf(stream, "  %-9s %s\n", commands[i].name, commands[i].about);
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
  const command_row *const row = name ? find_command(name) : NULL;
  if (name && !row) {
    return reject_command(name);
  }
  if (!row) {
    print_welcome(stdout);
    return EXIT_DONE;
  }
  (void)printf("demarche %s %s: %s\n\n", row->name, row->usage, row->about);
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
  const command_row *const row = find_command(name);
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
