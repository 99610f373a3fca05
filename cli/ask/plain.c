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
#include "ask/words.h"

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
  if (d->is_chosen[choice]) {
    text_add(&words, " ");
    text_add(&words, words_of(d->interview->pack, DEM_SAY_ASK_CHOSEN));
  }
  add_text(p, out, lead, &words);
}

static void add_choices(plain *p, const dialogue *d, text *out)
{
  const size_t count = dem_choices_count(d->choices);
  for (size_t i = 0; count <= SHORT_LIST && i < count; ++i) {
    add_choice(p, d, i, NULL, out);
  }
  if (count > SHORT_LIST) {
    text words = {0};
    words_add_numbers(&words, d->interview->pack, DEM_SAY_ASK_THERE_ARE, count, 0, 0);
    add_text(p, out, "", &words);
  }
}

static void add_specials(plain *p, const dialogue *d, text *out)
{
  const bool has_none = d->row_count > 0 && d->rows[dialogue_choice_rows(d)].kind == ROW_NONE;
  if (d->info.is_required) {
    return;
  }
  add_line(p, out, "",
           words_of(d->interview->pack, has_none ? DEM_SAY_ASK_OR_NONE : DEM_SAY_ASK_OR_UNKNOWN));
}

/// What an empty line keeps.
static void add_current(plain *p, const dialogue *d, text *out)
{
  bool is_known;
  text words = {0};
  if (!interview_said(d->interview, d->question, &is_known)) {
    return;
  }
  text answer = {0};
  page_add_answer(&answer, d->interview, d->question);
  (void)text_write(&answer, "", 1);
  words_add(&words, d->interview->pack, DEM_SAY_ASK_ANSWER_NOW,
            (const char *const[]){answer.has_failed ? "" : answer.bytes});
  text_clear(&answer);
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
      add_line(p, out, "", words_of(d->interview->pack, DEM_SAY_ASK_EMPTY_LINE));
    }
  }
  add_specials(p, d, out);
  add_current(p, d, out);
  if (!p->has_explained) {
    add_line(p, out, "", words_of(d->interview->pack, DEM_SAY_ASK_TYPE_HELP));
    p->has_explained = true;
  }
}

// The last page -----------------------------------------------------------------------------

static void add_review(plain *p, const dialogue *d, text *out)
{
  const interview *const iv = d->interview;
  const dem_questions *const q = iv->questions;
  char line[24];
  text summary = {0};
  text_add(out, "\n");
  words_add_numbers(&summary, iv->pack, DEM_SAY_ASK_YOUR_ANSWERS, q ? q->certain_count : 0,
                    q ? q->possible_count : 0, 0);
  add_text(p, out, "", &summary);
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
  const dem_saying saying = d->view == VIEW_REVIEW ? DEM_SAY_ASK_PROMPT_REVIEW
                            : !d->choices          ? DEM_SAY_ASK_PROMPT_TYPED
                            : d->info.is_many      ? DEM_SAY_ASK_PROMPT_SEVERAL
                                                   : DEM_SAY_ASK_PROMPT_ONE;
  return words_of(d->interview->pack, saying);
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
