// SPDX-License-Identifier: Apache-2.0

// The dialogue's words, the same in both faces.

#include "ask/page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ask/columns.h"

static void add(page *p, page_style style, text *words)
{
  if (p->count == p->capacity) {
    const size_t capacity = p->capacity ? p->capacity * 2 : 16;
    paragraph *const items = realloc(p->items, capacity * sizeof *items);
    if (!items) {
      p->has_failed = true;
      text_clear(words);
      return;
    }
    p->items = items;
    p->capacity = capacity;
  }
  (void)text_write(words, "", 1);
  if (words->has_failed) {
    p->has_failed = true;
    text_clear(words);
    return;
  }
  p->items[p->count++] = (paragraph){style, words->bytes};
}

static void add_words(page *p, page_style style, const char *words)
{
  text t = {0};
  columns_add_clean(&t, words);
  add(p, style, &t);
}

void page_clear(page *p)
{
  for (size_t i = 0; i < p->count; ++i) {
    free(p->items[i].words);
  }
  free(p->items);
  *p = (page){0};
}

// Why -------------------------------------------------------------------------------------

static void add_stake(page *p, const dem_stake *stake)
{
  text t = {0};
  const bool is_partner = strcmp(stake->what, "recommendation") == 0;
  columns_add_clean(&t, is_partner ? "partner" : stake->what);
  text_add(&t, ": ");
  columns_add_clean(&t, stake->label);
  add(p, PAGE_ITEM, &t);
  text rule = {0};
  if (stake->rule_title[0]) {
    columns_add_clean(&rule, stake->rule_title);
    text_add(&rule, " ");
  }
  text_add(&rule, "[");
  columns_add_clean(&rule, stake->rule);
  text_add(&rule, "]");
  add(p, PAGE_NOTE, &rule);
}

void page_add_why(page *p, const dialogue *d)
{
  const dem_open_question *const open =
      d->question == DEM_NO_INDEX ? NULL : interview_open(d->interview, d->question);
  add_words(p, PAGE_HEADING, "Why this is asked");
  if (d->question == DEM_NO_INDEX) {
    add_words(p, PAGE_PLAIN,
              "This is the last page: no question is left that could change the advice.");
  } else if (interview_is_short(d->interview) && d->info.is_required) {
    add_words(p, PAGE_PLAIN, "All advice hangs on the answer: without it nothing can be said.");
  } else if (!open) {
    add_words(p, PAGE_PLAIN, "It is answered already, or no advice hangs on it as things stand.");
  } else if (open->stake_count == 0) {
    add_words(p, PAGE_PLAIN, "Other questions depend on the answer.");
  } else {
    char words[96];
    (void)snprintf(words, sizeof words, "%zu %s of advice %s on the answer:", open->stake_count,
                   open->stake_count == 1 ? "piece" : "pieces",
                   open->stake_count == 1 ? "hangs" : "hang");
    add_words(p, PAGE_PLAIN, words);
  }
  for (size_t i = 0; open && i < open->stake_count; ++i) {
    add_stake(p, &open->stakes[i]);
  }
}

// Help ------------------------------------------------------------------------------------

static uint32_t find_rule(const dem_pack *pack, const char *id)
{
  uint32_t low = 0;
  uint32_t high = dem_pack_rule_count(pack);
  while (low < high) { // Rules are sorted by id.
    const uint32_t middle = low + (high - low) / 2;
    const int order = strcmp(dem_pack_rule(pack, middle).id, id);
    if (order == 0) {
      return middle;
    }
    if (order < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return DEM_NO_INDEX;
}

static void add_source(page *p, const dem_pack *pack, uint32_t source)
{
  const dem_source_info info = dem_pack_source(pack, source);
  const char *const parts[] = {info.work, info.publisher, info.date, info.url};
  text t = {0};
  columns_add_clean(&t, info.title);
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; ++i) {
    if (parts[i][0]) {
      text_add(&t, ". ");
      columns_add_clean(&t, parts[i]);
    }
  }
  add(p, PAGE_ITEM, &t);
}

static void add_section(page *p, const dem_pack *pack, uint32_t source, uint32_t section)
{
  const char *id;
  const char *title;
  dem_pack_section(pack, source, section, &id, &title);
  add_words(p, PAGE_NOTE, title[0] ? title : id);
}

/// Citations of rules, each once, in the order in which they come.
typedef struct cited {
  uint32_t source;
  uint32_t section;
} cited;

enum { MOST_CITED = 24 }; // A page to read, not a bibliography: the advice has all of them.

static void collect_cited(const dem_pack *pack, uint32_t rule, cited *list, size_t *count)
{
  const uint32_t citations = dem_pack_rule(pack, rule).citation_count;
  for (uint32_t i = 0; i < citations && *count < MOST_CITED; ++i) {
    cited c;
    size_t j = 0;
    dem_pack_rule_citation(pack, rule, i, &c.source, &c.section);
    while (j < *count && (list[j].source != c.source || list[j].section != c.section)) {
      ++j;
    }
    list[j] = c;
    *count += j == *count;
  }
}

/// The sources, each once with its sections.
static void list_cited(page *p, const dem_pack *pack, const cited *list, size_t count)
{
  for (size_t i = 0; i < count; ++i) {
    size_t first = 0;
    while (list[first].source != list[i].source) {
      ++first;
    }
    if (first < i) {
      continue; // It stands with the first one.
    }
    add_source(p, pack, list[i].source);
    for (size_t j = i; j < count; ++j) {
      if (list[j].source == list[i].source && list[j].section != DEM_NO_INDEX) {
        add_section(p, pack, list[j].source, list[j].section);
      }
    }
  }
}

/// What the rules cite that wait for the answer.
static void add_sources(page *p, const dialogue *d)
{
  const dem_pack *const pack = d->interview->pack;
  const dem_open_question *const open = interview_open(d->interview, d->question);
  cited list[MOST_CITED];
  size_t count = 0;
  for (size_t i = 0; open && i < open->stake_count; ++i) {
    const uint32_t rule = find_rule(pack, open->stakes[i].rule);
    if (rule != DEM_NO_INDEX) {
      collect_cited(pack, rule, list, &count);
    }
  }
  if (count > 0) {
    add_words(p, PAGE_HEADING, "Sources of the rules that wait for the answer");
    list_cited(p, pack, list, count);
  }
}

static void add_keys(page *p, const dialogue *d)
{
  add_words(p, PAGE_HEADING, "Keys");
  if (d->under == VIEW_REVIEW) {
    add_words(p, PAGE_ITEM, "up, down: move; enter: show the advice, or change the answer");
  } else if (d->takes_any) {
    add_words(p, PAGE_ITEM,
              d->info.is_many ? "enter: add what is typed; once more: go on"
                              : "enter: go on with what is typed");
  } else if (d->info.is_many) {
    add_words(p, PAGE_ITEM, "up, down: move; space: choose; enter: go on with what is chosen");
  } else {
    add_words(p, PAGE_ITEM, "up, down: move; enter: take the line");
  }
  if (d->under == VIEW_QUESTION && !d->takes_any) {
    add_words(p, PAGE_ITEM, "letters: show only what has them; escape: show all again");
  }
  add_words(p, PAGE_ITEM, "shift-tab: back to the question before; what is answered stays");
  add_words(p, PAGE_ITEM, "?: why this is asked; F1: this page");
  add_words(p, PAGE_ITEM, "ctrl-c: leave; answers are saved after each question");
}

static void add_commands(page *p, const dialogue *d)
{
  add_words(p, PAGE_HEADING, "What can be typed");
  if (d->under == VIEW_REVIEW) {
    add_words(p, PAGE_ITEM, "nothing: show the advice; a number: change that answer");
  } else if (d->takes_any) {
    add_words(p, PAGE_ITEM, d->info.is_many ? "one answer a line; nothing: go on" : "the answer");
  } else {
    add_words(p, PAGE_ITEM,
              d->info.is_many ? "numbers or names, with commas or semicolons between them"
                              : "a number of the list, a name, or what it begins with");
    add_words(p, PAGE_ITEM, "list: the whole list; list WORDS: what has these words");
  }
  if (d->under == VIEW_QUESTION && !d->info.is_required) {
    add_words(p, PAGE_ITEM, "none: none of these; unknown: I don't know yet");
  }
  add_words(p, PAGE_ITEM, "back: the question before; what is answered stays");
  add_words(p, PAGE_ITEM, "why or ?: why this is asked; help: this page");
  add_words(p, PAGE_ITEM, "quit: leave; answers are saved after each question");
}

void page_add_help(page *p, const dialogue *d)
{
  if (d->question != DEM_NO_INDEX) {
    add_words(p, PAGE_HEADING, d->info.ask);
    if (d->info.help[0]) {
      add_words(p, PAGE_PLAIN, d->info.help);
    }
    if (d->info.is_required) {
      add_words(p, PAGE_PLAIN, "An answer is needed.");
    }
    add_sources(p, d);
  }
  if (d->has_keys) {
    add_keys(p, d);
  } else {
    add_commands(p, d);
  }
}

// Lines -----------------------------------------------------------------------------------

void page_add_progress(text *t, const dialogue *d)
{
  char words[160];
  const interview *const iv = d->interview;
  const size_t left = interview_left(iv);
  const dem_open_question *const open = interview_open(iv, d->question);
  const bool is_counted = open && !open->is_deferred && left > 0;
  const size_t more = is_counted ? left - 1 : left;
  const size_t certain = iv->questions ? iv->questions->certain_count : 0;
  const size_t possible = iv->questions ? iv->questions->possible_count : 0;
  if (d->is_change) {
    text_add(t, "Change an answer.");
  } else {
    (void)snprintf(words, sizeof words, "Question %zu", d->history_count + 1);
    text_add(t, words);
    if (more > 0) {
      (void)snprintf(words, sizeof words, ", at most %zu more.", more);
    } else {
      (void)snprintf(words, sizeof words, ", the last one.");
    }
    text_add(t, words);
  }
  if (!interview_is_short(iv)) {
    (void)snprintf(words, sizeof words, " So far: %zu certain, %zu possible.", certain, possible);
    text_add(t, words);
  }
}

void page_add_answer(text *t, const interview *iv, uint32_t question)
{
  bool is_known;
  const interview_answer *const said = interview_said(iv, question, &is_known);
  if (!said) {
    text_add(t, interview_open(iv, question) ? "not answered yet" : "not needed");
    return;
  }
  if (said->state == DEM_ANSWER_UNKNOWN) {
    text_add(t, "not known yet");
  } else if (said->values.count == 0) {
    text_add(t, "none");
  }
  for (size_t i = 0; i < said->labels.count; ++i) {
    text_add(t, i ? "; " : "");
    columns_add_clean(t, said->labels.items[i]);
  }
  if (is_known) {
    text_add(t, " (filled in for you)");
  }
}

const char *page_expectation(const dialogue *d)
{
  const char *const type = d->info.type;
  return strcmp(type, "integer") == 0  ? "A whole number, such as 12."
         : strcmp(type, "number") == 0 ? "A number, such as 12.5."
         : strcmp(type, "date") == 0   ? "A day, such as 2025-06-30."
         : strcmp(type, "symbol") == 0 ? "One word, without blanks."
         : d->info.is_many             ? "In your own words, one at a time."
                                       : "In your own words.";
}
