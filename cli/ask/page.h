// SPDX-License-Identifier: Apache-2.0

// The dialogue's words, the same in both faces: where one is, why a question is
// asked, what it means, what was answered.

#ifndef CLI_ASK_PAGE_H
#define CLI_ASK_PAGE_H

#include "ask/dialogue.h"
#include "text.h"

typedef enum page_style {
  PAGE_PLAIN,
  PAGE_HEADING,
  PAGE_ITEM, ///< One of a list; begins with a dash.
  PAGE_NOTE, ///< Less important; indented below an item.
} page_style;

typedef struct paragraph {
  page_style style;
  char *words; ///< Owned; clean: nothing in it steers a terminal.
} paragraph;

typedef struct page {
  paragraph *items; ///< Owned.
  size_t count;
  size_t capacity;
  bool has_failed; ///< Memory ran out; something is missing.
} page;

/// Fill a page. Cost of "why": linear in what hangs on the question.
void page_add_why(page *p, const dialogue *d);
void page_add_help(page *p, const dialogue *d);
void page_clear(page *p);

/// "Question 3, at most 4 more. So far 4 certain, 6 possible partners."
void page_add_progress(text *t, const dialogue *d);

/// What was answered to a question: labels, "none", "not known yet", "not needed".
void page_add_answer(text *t, const interview *iv, uint32_t question);

/// What an answer of the question's type looks like, to show beside the prompt.
const char *page_expectation(const dialogue *d);

#endif
