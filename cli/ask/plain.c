// SPDX-License-Identifier: Apache-2.0

// The plain face.
//
//   Question 2, at most 5 more. So far: 1 certain, 4 possible.
//   What do you have with you?
//     1. A map
//     2. Boots
//   Or type "none" for none of these, "unknown" if you don't know yet.
//   Numbers or names: _

#include "ask/plain.h"

#include <stdio.h>
#include <string.h>

#include "ask/columns.h"
#include "ask/page.h"

enum { SHORT_LIST = 20 }; // Longer ones are listed on demand.

static void add_line(plain *p, text *out, const char *lead, const char *words)
{
  char blanks[32];
  size_t offset = 0;
  size_t size;
  bool is_first = true;
  const size_t lead_width = columns_of(lead);
  (void)snprintf(blanks, sizeof blanks, "%*s", (int)lead_width, "");
  for (const char *line; (line = columns_wrap(words, p->width - lead_width, &offset, &size));
       is_first = false) {
    text_add(out, is_first ? lead : blanks);
    (void)text_write(out, line, size);
    text_add(out, "\n");
  }
}

static void add_text(plain *p, text *out, const char *lead, text *words)
{
  (void)text_write(words, "", 1);
  if (words->has_failed) {
    out->has_failed = true;
  } else {
    add_line(p, out, lead, words->bytes);
  }
  text_clear(words);
}

static void add_clean(plain *p, text *out, const char *lead, const char *words)
{
  text t = {0};
  columns_add_clean(&t, words);
  add_text(p, out, lead, &t);
}

// Questions ---------------------------------------------------------------------------------

static void add_choice(plain *p, const dialogue *d, size_t choice, const char *name, text *out)
{
  char lead[32];
  text words = {0};
  (void)snprintf(lead, sizeof lead, "%3zu. ", choice + 1);
  columns_add_clean(&words, dem_choices_at(d->choices, choice).label);
  if (name) {
    text_add(&words, " (");
    columns_add_clean(&words, name);
    text_add(&words, ")");
  }
  text_add(&words, d->is_chosen[choice] ? " (chosen)" : "");
  add_text(p, out, lead, &words);
}

static void add_choices(plain *p, const dialogue *d, text *out)
{
  char words[128];
  const size_t count = dem_choices_count(d->choices);
  for (size_t i = 0; count <= SHORT_LIST && i < count; ++i) {
    add_choice(p, d, i, NULL, out);
  }
  if (count > SHORT_LIST) {
    (void)snprintf(words, sizeof words,
                   "There are %zu answers. Type a name, or what it begins with; or \"list\".",
                   count);
    add_line(p, out, "", words);
  }
}

static void add_specials(plain *p, const dialogue *d, text *out)
{
  const bool has_none = d->row_count > 0 && d->rows[dialogue_choice_rows(d)].kind == ROW_NONE;
  if (d->info.is_required) {
    return;
  }
  add_line(p, out, "",
           has_none ? "Or type \"none\" for none of these, \"unknown\" if you don't know yet."
                    : "Or type \"unknown\" if you don't know yet.");
}

/// What an empty line keeps.
static void add_current(plain *p, const dialogue *d, text *out)
{
  bool is_known;
  text words = {0};
  if (!interview_said(d->interview, d->question, &is_known)) {
    return;
  }
  text_add(&words, "Your answer now: ");
  page_add_answer(&words, d->interview, d->question);
  text_add(&words, ". Enter alone keeps it.");
  add_text(p, out, "", &words);
}

static void add_question(plain *p, const dialogue *d, text *out)
{
  text progress = {0};
  text_add(out, "\n");
  page_add_progress(&progress, d);
  add_text(p, out, "", &progress);
  add_clean(p, out, "", d->info.ask);
  if (d->info.help[0]) {
    add_clean(p, out, "", d->info.help);
  }
  if (d->choices) {
    add_choices(p, d, out);
  } else {
    add_line(p, out, "", page_expectation(d));
    if (d->info.is_many) {
      add_line(p, out, "", "An empty line ends the list.");
    }
  }
  add_specials(p, d, out);
  add_current(p, d, out);
  if (!p->has_explained) {
    add_line(p, out, "", "Type \"help\" to see what else can be typed.");
    p->has_explained = true;
  }
}

// The last page -----------------------------------------------------------------------------

static void add_review(plain *p, const dialogue *d, text *out)
{
  const interview *const iv = d->interview;
  const dem_questions *const q = iv->questions;
  char line[96];
  text_add(out, "\n");
  (void)snprintf(line, sizeof line, "Your answers: %zu certain, %zu possible partners.",
                 q ? q->certain_count : 0, q ? q->possible_count : 0);
  add_line(p, out, "", line);
  for (uint32_t i = 0; i < iv->question_count; ++i) {
    text words = {0};
    (void)snprintf(line, sizeof line, "%3u. ", (unsigned)i + 1);
    columns_add_clean(&words, dem_pack_question(iv->pack, i).ask);
    text_add(&words, " ");
    page_add_answer(&words, iv, i);
    add_text(p, out, line, &words);
  }
}

// Pages -------------------------------------------------------------------------------------

static void add_page(plain *p, dialogue *d, text *out)
{
  page explained = {0};
  if (d->view == VIEW_WHY) {
    page_add_why(&explained, d);
  } else {
    page_add_help(&explained, d);
  }
  text_add(out, "\n");
  for (size_t i = 0; i < explained.count; ++i) {
    const paragraph *const item = &explained.items[i];
    const char *const leads[] = {
        [PAGE_PLAIN] = "", [PAGE_HEADING] = "", [PAGE_ITEM] = "  - ", [PAGE_NOTE] = "    "};
    add_line(p, out, leads[item->style], item->words);
  }
  out->has_failed = out->has_failed || explained.has_failed;
  page_clear(&explained);
  text_add(out, "\n");
  if (d->under == VIEW_QUESTION) {
    add_clean(p, out, "", d->info.ask); // A reader who listens has it far behind.
  }
  dialogue_key(d, &(key){.kind = KEY_ESCAPE}); // It was read: back to the question.
}

static void add_listing(plain *p, const dialogue *d, text *out)
{
  for (size_t i = 0; i < d->row_count; ++i) {
    if (d->rows[i].kind == ROW_CHOICE) {
      add_choice(p, d, d->rows[i].choice, d->rows[i].name, out);
    }
  }
}

static const char *prompt_of(const dialogue *d)
{
  if (d->view == VIEW_REVIEW) {
    return "A number to change, or enter to go on: ";
  }
  if (!d->choices) {
    return "Answer: ";
  }
  if (d->info.is_many) {
    return "Numbers or names: ";
  }
  return "Number or name: ";
}

void plain_prompt(plain *p, dialogue *d, text *out)
{
  text message = {0};
  (void)text_write(&message, d->message.bytes, d->message.size);
  if (d->view == VIEW_WHY || d->view == VIEW_HELP) {
    add_page(p, d, out);
  }
  if (d->visit != p->visit && d->view == VIEW_QUESTION) {
    add_question(p, d, out);
  } else if (d->visit != p->visit && d->view == VIEW_REVIEW) {
    add_review(p, d, out);
  }
  p->visit = d->visit;
  if (message.size > 0) {
    add_text(p, out, "", &message);
  }
  if (d->is_listing) {
    add_listing(p, d, out);
  }
  text_add(out, prompt_of(d));
  text_clear(&message);
}
