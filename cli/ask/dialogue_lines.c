// SPDX-License-Identifier: Apache-2.0

// What typed lines do to the dialogue.
//
// A line is a command (back, why, help, list, none, unknown, quit), a number of
// the list, a name, or several of them; where anything may be answered, it is
// the answer. A command in double quotes is an answer.

#define _POSIX_C_SOURCE 200809L // strtok_r

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "ask/dialogue_core.h"

static char *trim(char *line)
{
  while (*line == ' ' || *line == '\t') {
    ++line;
  }
  size_t size = strlen(line);
  while (size > 0 && strchr(" \t\r\n", line[size - 1])) {
    line[--size] = '\0';
  }
  return line;
}

static bool is_command(const char *word)
{
  static const char *const words[] = {"back", "?",    "why",     "help",
                                      "list", "none", "unknown", "quit"};
  for (size_t i = 0; i < sizeof words / sizeof words[0]; ++i) {
    if (strcmp(word, words[i]) == 0) {
      return true;
    }
  }
  return false;
}

/// Write the line in lower case if it is a command in any case; else leave `word` empty.
static void read_command(const char *line, char *word, size_t size)
{
  size_t i = 0;
  for (; line[i] && i + 1 < size; ++i) {
    word[i] = (char)tolower((unsigned char)line[i]);
  }
  word[i] = '\0';
  if (line[i] || !is_command(word)) {
    word[0] = '\0';
  }
}

// Names and numbers -------------------------------------------------------------------------

/// Show what may have been meant.
static void list_rows(dialogue *d, const char *words)
{
  dialogue_set_input(d, words, strlen(words));
  d->is_listing = true;
}

/// The list's number that a word is; 0 for none.
static size_t number_of(const dialogue *d, const char *word)
{
  char *end;
  const unsigned long number = strtoul(word, &end, 10);
  const bool is_number = isdigit((unsigned char)word[0]) && *end == '\0';
  return is_number && number <= dem_choices_count(d->choices) ? (size_t)number : 0;
}

/// How many of the matches are of the first one's kind: those that were meant.
static size_t meant_count(const dem_matches *matches)
{
  size_t count = 0;
  while (count < matches->count && matches->items[count].kind == matches->items[0].kind) {
    ++count;
  }
  return matches->items[0].kind == DEM_MATCH_NAME ? count : matches->count;
}

/// The choice that a word means. Else the message asks back, and the list shows what may be meant.
static bool find_choice(dialogue *d, const char *word, size_t *choice_out)
{
  dem_matches matches;
  if (dem_choices_search(d->choices, word, &matches) != DEM_OK) {
    dialogue_fail(d, DEM_ERR_NO_MEMORY);
    return false;
  }
  const bool is_name = matches.count > 0 && matches.items[0].kind == DEM_MATCH_NAME;
  const size_t number = is_name ? 0 : number_of(d, word);
  if (number > 0) {
    *choice_out = number - 1;
    return true;
  }
  if (matches.count == 0 || *word == '\0') {
    dialogue_say(d, DEM_SAY_ASK_WHOLE_LIST, word);
    return false;
  }
  if (matches.items[0].kind == DEM_MATCH_NEAR) {
    dialogue_say(d, DEM_SAY_ASK_OFFER, word);
  } else if (meant_count(&matches) == 1) {
    *choice_out = matches.items[0].choice;
    return true;
  } else {
    dialogue_say(d, DEM_SAY_ASK_ANY_OF_THESE, word);
  }
  list_rows(d, word);
  return false;
}

/// Whether the whole line, commas and all, is a choice's name.
static bool is_one_name(dialogue *d, const char *line)
{
  dem_matches matches;
  return dem_choices_search(d->choices, line, &matches) == DEM_OK && matches.count > 0 &&
         matches.items[0].kind != DEM_MATCH_NEAR;
}

/// "1 3", "1,3", "Boots; Rope": what stands between the items.
static const char *separators(dialogue *d, const char *line)
{
  if (is_one_name(d, line)) {
    return "\n";
  }
  if (strchr(line, ';')) {
    return ";";
  }
  return strchr(line, ',') ? "," : strspn(line, "0123456789 ") == strlen(line) ? " " : "\n";
}

static void choose_several(dialogue *d, char *line)
{
  char *rest = NULL;
  const char *const between = separators(d, line);
  dialogue_forget_chosen(d);
  d->is_none = d->is_unknown = false;
  for (char *item = strtok_r(line, between, &rest); item; item = strtok_r(NULL, between, &rest)) {
    size_t choice;
    if (!find_choice(d, trim(item), &choice)) {
      dialogue_forget_chosen(d);
      return;
    }
    if (!d->is_chosen[choice]) {
      dialogue_toggle_choice(d, choice);
    }
  }
  if (d->chosen_count > 0) {
    dialogue_answer_chosen(d);
  }
}

// Questions ---------------------------------------------------------------------------------

/// An empty line keeps the answer of before.
static void keep_answer(dialogue *d)
{
  if (d->is_none) {
    dialogue_answer_none(d);
  } else if (d->is_unknown) {
    dialogue_answer_unknown(d);
  } else if (d->chosen_count > 0 || d->items.count > 0) {
    dialogue_answer_chosen(d);
  } else if (d->takes_any && d->input.size > 0) {
    (void)dialogue_take_typed(d, dialogue_input(d));
  } else {
    dialogue_say(d, DEM_SAY_ASK_PLEASE, NULL);
  }
}

/// "list" or "list WORDS".
static bool obey_list(dialogue *d, char *line)
{
  const bool is_list = (line[0] == 'l' || line[0] == 'L') && strncmp(line + 1, "ist", 3) == 0 &&
                       (line[4] == ' ' || line[4] == '\0');
  if (!d->choices || !is_list || (line[4] == ' ' && is_one_name(d, line))) {
    return false;
  }
  list_rows(d, trim(line + 4));
  if (dialogue_choice_rows(d) == 0) {
    dialogue_say(d, DEM_SAY_ASK_NOTHING_CALLED, trim(line + 4));
  }
  return true;
}

static void choice_line(dialogue *d, char *line)
{
  if (d->info.is_many) {
    choose_several(d, line);
    return;
  }
  size_t choice;
  if (find_choice(d, line, &choice)) {
    dialogue_answer_choice(d, choice);
  }
}

/// A quoted command is an answer: "none".
static const char *unquote(char *line)
{
  const size_t size = strlen(line);
  if (size > 2 && line[0] == '"' && line[size - 1] == '"') {
    line[size - 1] = '\0';
    if (is_command(line + 1)) {
      return line + 1;
    }
    line[size - 1] = '"';
  }
  return line;
}

/// What was shown of earlier lines is over.
static void forget_listing(dialogue *d)
{
  if (d->is_listing) {
    d->is_listing = false;
    dialogue_set_input(d, "", 0);
  }
}

static void question_line(dialogue *d, char *line)
{
  char word[16];
  forget_listing(d);
  read_command(line, word, sizeof word);
  if (*line == '\0') {
    keep_answer(d);
  } else if (dialogue_obey(d, word) || obey_list(d, line)) {
    return;
  } else if (d->takes_any) {
    (void)dialogue_take_typed(d, unquote(line));
  } else {
    choice_line(d, line);
  }
}

static void review_line(dialogue *d, char *line)
{
  char word[16];
  char *end;
  const unsigned long number = strtoul(line, &end, 10);
  read_command(line, word, sizeof word);
  if (*line == '\0') {
    d->view = VIEW_DONE;
  } else if (dialogue_obey(d, word)) {
    return;
  } else if (isdigit((unsigned char)line[0]) && *end == '\0' && number > 0 &&
             number <= d->interview->question_count) {
    dialogue_ask(d, (uint32_t)number - 1);
    d->is_change = true;
  } else {
    dialogue_say(d, DEM_SAY_ASK_TYPE_NUMBER, NULL);
  }
}

void dialogue_line(dialogue *d, const char *line)
{
  const size_t size = strlen(line);
  char *const copy = malloc(size + 1);
  text_clear(&d->message);
  if (!copy) {
    dialogue_fail(d, DEM_ERR_NO_MEMORY);
    return;
  }
  memcpy(copy, line, size + 1);
  if (d->view == VIEW_WHY || d->view == VIEW_HELP) {
    dialogue_close(d);
  }
  if (d->view == VIEW_QUESTION) {
    question_line(d, trim(copy));
  } else if (d->view == VIEW_REVIEW) {
    review_line(d, trim(copy));
  }
  free(copy);
}
