// SPDX-License-Identifier: Apache-2.0

// The dialogue's words, the same in both faces.

#include "ask/page.h"

#include <stdlib.h>
#include <string.h>

#include "ask/columns.h"
#include "ask/words.h"

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

/// One of the dialogue's words.
static void say(page *p, page_style style, const dialogue *d, dem_saying saying)
{
  add_words(p, style, words_of(d->interview->pack, saying));
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

/// What people call a piece of advice.
static dem_saying stake_saying(const char *what)
{
  return strcmp(what, "step") == 0        ? DEM_SAY_STAKE_STEP
         : strcmp(what, "caveat") == 0    ? DEM_SAY_STAKE_CAVEAT
         : strcmp(what, "reference") == 0 ? DEM_SAY_STAKE_REFERENCE
                                          : DEM_SAY_STAKE_PARTNER;
}

static void add_stake(page *p, const dem_pack *pack, const dem_stake *stake)
{
  text t = {0};
  columns_add_clean(&t, words_of(pack, stake_saying(stake->what)));
  columns_add_clean(&t, words_of(pack, DEM_SAY_COLON));
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
  say(p, PAGE_HEADING, d, DEM_SAY_ASK_WHY);
  if (d->question == DEM_NO_INDEX) {
    say(p, PAGE_PLAIN, d, DEM_SAY_ASK_LAST_PAGE);
  } else if (interview_is_short(d->interview) && d->info.is_required) {
    say(p, PAGE_PLAIN, d, DEM_SAY_ASK_ALL_HANGS);
  } else if (!open) {
    say(p, PAGE_PLAIN, d, DEM_SAY_ASK_NOTHING_HANGS);
  } else if (open->stake_count == 0) {
    say(p, PAGE_PLAIN, d, DEM_SAY_ASK_OTHERS_DEPEND);
  } else {
    text t = {0};
    words_add_count(&t, d->interview->pack, DEM_SAY_ASK_PIECES_HANG, open->stake_count);
    add(p, PAGE_PLAIN, &t);
  }
  for (size_t i = 0; open && i < open->stake_count; ++i) {
    add_stake(p, d->interview->pack, &open->stakes[i]);
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
    say(p, PAGE_HEADING, d, DEM_SAY_ASK_RULES_SOURCES);
    list_cited(p, pack, list, count);
  }
}

static void add_keys(page *p, const dialogue *d)
{
  say(p, PAGE_HEADING, d, DEM_SAY_ASK_KEYS);
  if (d->under == VIEW_REVIEW) {
    say(p, PAGE_ITEM, d, DEM_SAY_ASK_KEYS_REVIEW);
  } else if (d->takes_any) {
    say(p, PAGE_ITEM, d, d->info.is_many ? DEM_SAY_ASK_KEYS_ADD : DEM_SAY_ASK_KEYS_TYPED);
  } else if (d->info.is_many) {
    say(p, PAGE_ITEM, d, DEM_SAY_ASK_KEYS_CHOOSE);
  } else {
    say(p, PAGE_ITEM, d, DEM_SAY_ASK_KEYS_TAKE);
  }
  if (d->under == VIEW_QUESTION && !d->takes_any) {
    say(p, PAGE_ITEM, d, DEM_SAY_ASK_KEYS_LETTERS);
  }
  say(p, PAGE_ITEM, d, DEM_SAY_ASK_KEYS_BACK);
  say(p, PAGE_ITEM, d, DEM_SAY_ASK_KEYS_HELP);
  say(p, PAGE_ITEM, d, DEM_SAY_ASK_KEYS_LEAVE);
}

static void add_commands(page *p, const dialogue *d)
{
  say(p, PAGE_HEADING, d, DEM_SAY_ASK_TYPED);
  if (d->under == VIEW_REVIEW) {
    say(p, PAGE_ITEM, d, DEM_SAY_ASK_TYPED_REVIEW);
  } else if (d->takes_any) {
    say(p, PAGE_ITEM, d, d->info.is_many ? DEM_SAY_ASK_TYPED_LINES : DEM_SAY_ASK_TYPED_ANSWER);
  } else {
    say(p, PAGE_ITEM, d, d->info.is_many ? DEM_SAY_ASK_TYPED_SEVERAL : DEM_SAY_ASK_TYPED_ONE);
    say(p, PAGE_ITEM, d, DEM_SAY_ASK_TYPED_LIST);
  }
  if (d->under == VIEW_QUESTION && !d->info.is_required) {
    say(p, PAGE_ITEM, d, DEM_SAY_ASK_TYPED_NONE);
  }
  say(p, PAGE_ITEM, d, DEM_SAY_ASK_TYPED_BACK);
  say(p, PAGE_ITEM, d, DEM_SAY_ASK_TYPED_HELP);
  say(p, PAGE_ITEM, d, DEM_SAY_ASK_TYPED_QUIT);
}

void page_add_help(page *p, const dialogue *d)
{
  if (d->question != DEM_NO_INDEX) {
    add_words(p, PAGE_HEADING, d->info.ask);
    if (d->info.help[0]) {
      add_words(p, PAGE_PLAIN, d->info.help);
    }
    if (d->info.is_required) {
      say(p, PAGE_PLAIN, d, DEM_SAY_ASK_NEEDED);
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
  const interview *const iv = d->interview;
  const size_t left = interview_left(iv);
  const dem_open_question *const open = interview_open(iv, d->question);
  const bool is_counted = open && !open->is_deferred && left > 0;
  const size_t more = is_counted ? left - 1 : left;
  const size_t certain = iv->questions ? iv->questions->certain_count : 0;
  const size_t possible = iv->questions ? iv->questions->possible_count : 0;
  if (d->is_change) {
    text_add(t, words_of(iv->pack, DEM_SAY_ASK_CHANGE));
  } else {
    words_add_numbers(t, iv->pack, more > 0 ? DEM_SAY_ASK_QUESTION_MORE : DEM_SAY_ASK_QUESTION_LAST,
                      d->history_count + 1, more, 0);
  }
  if (!interview_is_short(iv)) {
    text_add(t, " ");
    words_add_numbers(t, iv->pack, DEM_SAY_ASK_SO_FAR, certain, possible, 0);
  }
}

void page_add_answer(text *t, const interview *iv, uint32_t question)
{
  bool is_known;
  const interview_answer *const said = interview_said(iv, question, &is_known);
  if (!said) {
    text_add(t, words_of(iv->pack, interview_open(iv, question) ? DEM_SAY_ASK_NOT_ANSWERED
                                                                : DEM_SAY_ASK_NOT_NEEDED));
    return;
  }
  if (said->state == DEM_ANSWER_UNKNOWN) {
    text_add(t, words_of(iv->pack, DEM_SAY_ASK_NOT_KNOWN));
  } else if (said->values.count == 0) {
    text_add(t, words_of(iv->pack, DEM_SAY_NONE));
  }
  for (size_t i = 0; i < said->labels.count; ++i) {
    text_add(t, i ? words_of(iv->pack, DEM_SAY_SEMICOLON) : "");
    columns_add_clean(t, said->labels.items[i]);
  }
  if (is_known) {
    text_add(t, " ");
    text_add(t, words_of(iv->pack, DEM_SAY_ASK_FILLED_IN));
  }
}

const char *page_expectation(const dialogue *d)
{
  const char *const type = d->info.type;
  return words_of(d->interview->pack, strcmp(type, "integer") == 0  ? DEM_SAY_ASK_AN_INTEGER
                                      : strcmp(type, "number") == 0 ? DEM_SAY_ASK_A_NUMBER
                                      : strcmp(type, "date") == 0   ? DEM_SAY_ASK_A_DATE
                                      : strcmp(type, "symbol") == 0 ? DEM_SAY_ASK_A_SYMBOL
                                      : d->info.is_many             ? DEM_SAY_ASK_TEXTS
                                                                    : DEM_SAY_ASK_TEXT);
}
