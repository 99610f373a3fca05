// SPDX-License-Identifier: Apache-2.0

// The commands as data.

#include "commands.h"

#include <string.h>

// clang-format off
const command_row commands[] = {
  {"ask", "[PROFILE]", "answer questions and get advice; the answers are kept in the profile",
   COMMAND_ASK, cmd_ask,
   "Asks only what can still change the advice, one question at a time. Answers are saved after\n"
   "each one; started again with the PROFILE, it goes on where it was left. Without PROFILE a new\n"
   "profile.yaml is written. The advice goes to standard output, all else to standard error:\n"
   "\n"
   "  demarche ask morocco.yaml\n"
   "  demarche ask morocco.yaml --format markdown > advice.md\n",
   "text markdown json jsonl html csv", ""},
  {"advise", "[PROFILE…]", "whom to work with and which steps to take, with reasons and sources",
   COMMAND_ADVISE, cmd_advise,
   "A PROFILE is a YAML, JSON or CSV file, or - for standard input; it may hold several.\n"
   "FORMAT is text, markdown, html (a report that stands alone), json, jsonl (an advice a line) or\n"
   "csv (a row a recommendation). Several profiles give one document.\n"
   "\n"
   "  demarche advise --set country=Morocco --set needs=funding\n"
   "  demarche advise profile.yaml --format html --output report.html\n",
   "text markdown json jsonl html csv", ""},
  {"questions", "[PROFILE]", "the open questions that matter, and the advice that hangs on each",
   COMMAND_QUESTIONS, cmd_questions,
   "The one to ask first comes first. FORMAT is text or json: all that a form on a web page needs.\n"
   "\n"
   "  demarche questions profile.yaml\n"
   "  demarche questions --set country=Morocco --next --format json\n",
   "text json", ""},
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
   "  demarche batch profiles.csv --format markdown --output reports\n",
   "jsonl csv text markdown html", ""},
  {"explain", "[PROFILE]", "why something is in the advice, and what would change it",
   COMMAND_EXPLAIN, cmd_explain,
   "WHAT is a partner, by key, name or short name; a step, caveat or reference, by its text; or a\n"
   "fact, 'member(organization: afdb, country: MA)'. FORMAT is text, json, markdown, html or dot.\n"
   "\n"
   "  demarche explain profile.yaml --why AfDB\n"
   "  demarche explain --set country=Morocco --why 'own_member(organization: au)'\n"
   "  demarche explain profile.yaml --what-if needs=funding --what-if 'unions=[]'\n",
   "text json markdown html dot svg", ""},
  {"diff", "A B [PROFILE…]", "what changes between two profiles, or between two packs",
   COMMAND_DIFF, cmd_diff,
   "A and B are two profiles, or the folders of two packs ('built-in' is the one in the program),\n"
   "which are then compared over the PROFILEs. FORMAT is text, json, markdown or html.\n"
   "\n"
   "  demarche diff before.yaml after.yaml\n"
   "  demarche diff built-in . examples/profiles/*.yaml\n",
   "text json markdown html", ""},
  {"facts", "RELATION… [PROFILE]", "the facts of relations, given and derived",
   COMMAND_FACTS, cmd_facts,
   "What has a dot or a slash in it, or is -, is the PROFILE; without one, the pack's facts alone\n"
   "and what follows from them. FORMAT is tsv, csv or jsonl. With several relations, or --all,\n"
   "each row begins with its relation.\n"
   "\n"
   "  demarche facts recommend profile.yaml\n"
   "  demarche facts --all --count --pack DIR\n",
   "tsv csv jsonl", ""},
  {"verify", "ADVICE", "whether an advice that was kept is what the pack gives today",
   COMMAND_VERIFY, cmd_verify,
   "ADVICE is a file that 'demarche advise --format json' (or jsonl) wrote. Its answers are run again\n"
   "for its date. Exit status 0: the same, byte for byte; 1: not the same. FORMAT is text or json.\n",
   "text json", ""},
  {"graph", "[PACK]", "relations and rules as a graph in the DOT language",
   COMMAND_GRAPH, cmd_graph,
   "  demarche graph | dot -Tsvg > pack.svg\n",
   "dot svg", ""},
  {"check", "[PACK]", "every error and warning in a pack",
   COMMAND_CHECK, cmd_check, "",
   "", ""},
  {"translate", "LANG [PACK]", "a language's file, written anew: a blank for each text that is missing",
   COMMAND_TRANSLATE, cmd_translate,
   "Every text stands there with its English beside it. What is translated stays as it is; what is\n"
   "older than its English keeps the English that it was made from, and says what it is now. A new\n"
   "language needs an empty kb/lang/LANG.yaml, and its code under 'languages' in kb/pack.yaml.\n"
   "\n"
   "  demarche check PACK --lang fr                                  what is left to do\n"
   "  demarche translate fr PACK --output PACK/kb/lang/fr.yaml       the file to do it in\n",
   "", ""},
  {"show", "[KIND] [WORD…]", "browse the pack: everything of a kind, one thing in full, a search",
   COMMAND_SHOW, cmd_show,
   "A KIND is relations, rules, sources, questions, or any relation, in the singular or the plural;\n"
   "alone it lists what there is. With an id or a name it shows one thing in full, with everything\n"
   "that refers to it. Any other WORDs are searched in ids, names and titles. FORMAT is text, json\n"
   "or csv.\n"
   "\n"
   "  demarche show organizations\n"
   "  demarche show country Morocco\n"
   "  demarche show free movement\n",
   "text json csv", "relations rules sources questions"},
  {"test", "[PACK]", "the pack's own tests, with what of the pack they reach",
   COMMAND_TEST, cmd_test,
   "Runs the tests in PACK/tests (in PACK/tests/advice where there is such a folder); without PACK\n"
   "those of the current folder. FORMAT is text or json.\n"
   "\n"
   "  demarche test examples/garden\n"
   "  demarche test . -k Morocco\n",
   "text json", ""},
  {"schema", "profile|facts|rules|advice", "a JSON Schema, for editors and tools",
   COMMAND_SCHEMA, cmd_schema,
   "  demarche schema profile > profile.schema.json\n"
   "  demarche schema rules --pack DIR\n",
   "", "profile facts rules advice"},
  {"init", "DIR", "a small pack to begin with, which passes check and test",
   COMMAND_INIT, cmd_init,
   "DIR must not be there yet, or be empty.\n"
   "\n"
   "  demarche init walks\n"
   "  demarche test walks\n",
   "", ""},
  {"completion", "bash|zsh|fish", "a script by which a shell completes commands and options",
   COMMAND_COMPLETION, cmd_completion,
   "An installation puts it where shells look for it. Else, for the shell at hand:\n"
   "\n"
   "  source <(demarche completion bash)\n"
   "  demarche completion fish | source\n",
   "", "bash zsh fish"},
  {"manual", "", "the manual page, for man",
   COMMAND_MANUAL, cmd_manual,
   "  demarche manual | man -l -\n",
   "", ""},
  {"help", "[COMMAND]", "how to use a command", COMMAND_HELP, NULL, "",
   "", ""},
};
// clang-format on

const size_t command_count = sizeof commands / sizeof commands[0];

const command_row *command_find(const char *name)
{
  for (size_t i = 0; i < command_count; ++i) {
    if (strcmp(commands[i].name, name) == 0) {
      return &commands[i];
    }
  }
  return NULL;
}
