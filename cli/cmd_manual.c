// SPDX-License-Identifier: Apache-2.0

// demarche manual: the manual page in man(7)'s macros, made from the tables of commands and
// options.

#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "input.h"
#include "text.h"

// Text ------------------------------------------------------------------------------------

/// A code point beyond ASCII; moves on to its last byte.
static void add_point(text *t, const char **at)
{
  const unsigned char first = (unsigned char)**at;
  const int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
  unsigned point = first & (0x3FU >> more);
  for (int i = 0; i < more; ++i) {
    point = point << 6 | ((unsigned char)*++*at & 0x3FU);
  }
  char escape[16];
  (void)snprintf(escape, sizeof escape, "\\[u%04X]", point);
  text_add(t, escape);
}

/// Words for roff: what means something to it is escaped.
static void add_words(text *t, const char *words, size_t size)
{
  for (const char *c = words; c < words + size; ++c) {
    const char byte[] = {*c, '\0'};
    if ((unsigned char)*c >= 0x80) {
      add_point(t, &c);
    } else {
      text_add(t, *c == '\\'   ? "\\e"
                  : *c == '-'  ? "\\-"
                  : *c == '\'' ? "\\(aq"
                  : *c == '`'  ? "\\(ga"
                  : *c == '^'  ? "\\(ha"
                  : *c == '~'  ? "\\(ti"
                               : byte);
    }
  }
}

static void add_text(text *t, const char *words)
{
  add_words(t, words, strlen(words));
}

/// A line of help as a sentence.
static void add_sentence(text *t, const char *words)
{
  const char first[] = {
      (char)(words[0] >= 'a' && words[0] <= 'z' ? words[0] - 'a' + 'A' : words[0]), '\0'};
  text_add(t, first);
  add_text(t, words + 1);
  text_add(t, ".\n");
}

/// Lines of a help text: paragraphs, and examples, which are indented.
static void add_help(text *t, const char *help)
{
  bool is_example = false;
  bool is_open = true; // A paragraph.
  while (*help) {
    const size_t size = strcspn(help, "\n");
    const bool is_indented = strncmp(help, "  ", 2) == 0;
    if (is_indented != is_example) {
      text_add(t, is_indented ? ".PP\n.EX\n" : ".EE\n");
      is_open = true;
    } else if (!is_open && size > 0) {
      text_add(t, ".PP\n");
      is_open = true;
    }
    is_example = is_indented;
    is_open = is_open && size > 0;
    add_words(t, help, size);
    text_add(t, size > 0 ? "\n" : "");
    help += size + (help[size] == '\n');
  }
  text_add(t, is_example ? ".EE\n" : "");
}

// Parts -----------------------------------------------------------------------------------

static void add_command(text *t, const command_row *command)
{
  text_add(t, ".SS demarche ");
  add_text(t, command->name);
  text_add(t, command->usage[0] ? " " : "");
  add_text(t, command->usage);
  text_add(t, "\n");
  add_sentence(t, command->about);
  if (command->more[0]) {
    text_add(t, strncmp(command->more, "  ", 2) == 0 ? "" : ".PP\n");
    add_help(t, command->more);
  }
  text_add(t, ".PP\nOptions:");
  for (size_t i = 0, count = 0; i < options_count(); ++i) {
    const option_info option = options_at(i);
    if (option.commands & (unsigned)command->id) {
      text_add(t, count++ ? ",\n" : "\n");
      text_add(t, "\\-\\-");
      add_text(t, option.name);
    }
  }
  text_add(t, ".\n");
}

static void add_option(text *t, const option_info *option)
{
  text_add(t, ".TP\n\\fB");
  if (option->letter) {
    const char letter[] = {option->letter, '\0'};
    text_add(t, "\\-");
    text_add(t, letter);
    text_add(t, "\\fR, \\fB");
  }
  text_add(t, "\\-\\-");
  add_text(t, option->name);
  text_add(t, "\\fR");
  if (option->value) {
    text_add(t, " \\fI");
    add_text(t, option->value);
    text_add(t, "\\fR");
  }
  text_add(t, "\n");
  add_sentence(t, option->help);
}

static void add_row(text *t, const char *term, const char *meaning)
{
  text_add(t, ".TP\n\\fB");
  add_text(t, term);
  text_add(t, "\\fR\n");
  add_sentence(t, meaning);
}

static void add_exit_status(text *t)
{
  static const struct {
    int status;
    const char *meaning;
  } rows[] = {
      {EXIT_DONE, "done"},
      {EXIT_NO,
       "the answer is \"no\": a batch refused profiles, check found errors, a test failed, "
       "show found no such item"},
      {EXIT_USAGE, "wrong usage, or a required answer is missing"},
      {EXIT_INPUT, "unusable input or pack"},
      {EXIT_LIMIT, "a limit was reached"},
      {EXIT_IO, "something could not be read or written"},
      {EXIT_INTERRUPT, "interrupted; answers are saved, and a batch can be gone on with"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
    char number[8];
    (void)snprintf(number, sizeof number, "%d", rows[i].status);
    add_row(t, number, rows[i].meaning);
  }
}

/// @param date  Of the page: that of the pack in the program, so that it is the same wherever it is
///              made.
static void add_page(text *t, const char *date)
{
  text_add(t, ".\\\" Made by 'demarche manual'.\n.TH DEMARCHE 1 ");
  text_add(t, date);
  text_add(t, " demarche\n.SH NAME\n"
              "demarche \\- advice from rules, with reasons and sources\n"
              ".SH SYNOPSIS\n\\fBdemarche\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR]... "
              "[\\fIARGUMENT\\fR]...\n"
              ".SH DESCRIPTION\n"
              "Says which intergovernmental organizations to work with on migration, and which "
              "steps to take, with reasons and sources.\n"
              "Results go to standard output (or \\fB\\-\\-output\\fR \\fIFILE\\fR, which appears "
              "whole or not at all), everything else to standard error.\n"
              ".SH COMMANDS\n");
  for (size_t i = 0; i < command_count; ++i) {
    add_command(t, &commands[i]);
  }
  text_add(t, ".SH OPTIONS\n"
              "A lone \\fB\\-\\-\\fR ends the options.\n");
  for (size_t i = 0; i < options_count(); ++i) {
    const option_info option = options_at(i);
    add_option(t, &option);
  }
  text_add(t, ".SH EXIT STATUS\n");
  add_exit_status(t);
  text_add(t, ".SH ENVIRONMENT\n");
  add_row(t, "NO_COLOR", "if it is set, nothing is coloured unless --color says always");
  add_row(t, "ACCESSIBLE", "if it is set, ask shows lines instead of screens");
}

int cmd_manual(const options *opts)
{
  if (opts->arguments.count > 1) {
    (void)fputs("demarche: manual takes no arguments\n", stderr);
    return EXIT_USAGE;
  }
  dem_pack *pack = NULL;
  text result = {0};
  const dem_status status = input_open_pack(opts, NULL, &pack);
  int answer = input_exit_status(status);
  if (status == DEM_OK) {
    add_page(&result, dem_pack_date(pack));
    answer = text_deliver(&result, opts);
  }
  text_clear(&result);
  dem_pack_free(pack);
  return answer;
}
