// SPDX-License-Identifier: Apache-2.0

// The rich face.
//
//   Question 2, at most 5 more. So far: 1 certain, 4 possible.      progress
//   What do you have with you?                                      question
//   Choose as many as apply.                                        help, where there is room
//   Search: bo_                                                     filter, or the answer itself
//   > [x] Boots                                                     choices, a window of them
//     [ ] None of these                                             always in sight
//     [ ] I don't know yet
//   Nothing is called "bo".                                         message
//   space choose  enter go on  shift-tab back  ? why  F1 help       keys

#include "ask/rich.h"

#include <stdio.h>
#include <string.h>

#include "ask/columns.h"
#include "ask/page.h"
#include "ask/words.h"

enum {
  LEAST_WIDTH = 10,
  LEAST_HEIGHT = 4,
  ROOMY_HEIGHT = 16, // From here on the help and blank lines have room.
  LEAST_WINDOW = 3,  // Rows of a list.
  LONG_LIST = 10,    // From here on a list says that it can be searched.
};

typedef struct composer {
  dialogue *d;
  frame *f;
  size_t height; ///< Lines that the frame may have.
  size_t focus;  ///< The line that must be in sight.
  bool is_roomy;
} composer;

static void add(composer *c, const char *lead, frame_style style, const char *words)
{
  frame_add_wrapped(c->f, lead, style, words);
}

static void add_blank(composer *c)
{
  if (c->is_roomy) {
    frame_add(c->f, "", FRAME_PLAIN, "", 0);
  }
}

/// Append a text that was put together, and forget it.
static void add_text(composer *c, const char *lead, frame_style style, text *t)
{
  (void)text_write(t, "", 1);
  if (t->has_failed) {
    c->f->has_failed = true;
  } else {
    add(c, lead, style, t->bytes);
  }
  text_clear(t);
}

static void add_clean(composer *c, const char *lead, frame_style style, const char *words)
{
  text t = {0};
  columns_add_clean(&t, words);
  add_text(c, lead, style, &t);
}

static void put_cursor(composer *c, size_t column)
{
  c->focus = c->f->cursor_line = c->f->count - 1;
  c->f->cursor_column = column < c->f->width ? column : c->f->width;
}

/// Keep a line in sight. The terminal's cursor stays where one types.
static void focus(composer *c, size_t line)
{
  c->focus = line;
  if (!c->f->has_cursor) {
    c->f->cursor_line = line;
    c->f->cursor_column = 0;
  }
}

// Above the rows --------------------------------------------------------------------------

/// The help, where it does not take the room from the answers.
static void add_short_help(composer *c)
{
  enum { HELP_SHARE = 10 }; // Of the terminal's rows one in ten.
  text help = {0};
  columns_add_clean(&help, c->d->info.help);
  (void)text_write(&help, "", 1);
  if (!help.has_failed && c->is_roomy &&
      frame_wrapped_count(c->f->width, 0, help.bytes) <= (c->height + 1) / HELP_SHARE) {
    add(c, "", FRAME_DIM, help.bytes);
  }
  text_clear(&help);
}

static void add_head(composer *c)
{
  text progress = {0};
  add_blank(c); // Apart from what was settled before.
  page_add_progress(&progress, c->d);
  add_text(c, "", FRAME_DIM, &progress);
  add_clean(c, "", FRAME_STRONG, c->d->info.ask);
  add_short_help(c);
}

/// The line that is typed into, scrolled so that the caret is in sight.
static void add_input(composer *c, const char *lead)
{
  const char *const input = dialogue_input(c->d);
  const size_t lead_width = columns_of(lead);
  const size_t room = c->f->width > lead_width + 2 ? c->f->width - lead_width - 1 : 1;
  size_t begin = 0;
  while (columns_of_bytes(input + begin, c->d->caret - begin) > room) {
    begin = columns_next(input, c->d->input.size, begin);
  }
  const size_t fit = columns_fit(input + begin, c->d->input.size - begin, room);
  frame_add(c->f, lead, FRAME_STRONG, input + begin, fit);
  put_cursor(c, lead_width + columns_of_bytes(input + begin, c->d->caret - begin));
  c->f->has_cursor = true;
}

static void add_search(composer *c)
{
  const size_t count = dem_choices_count(c->d->choices);
  if (c->d->input.size > 0) {
    add_input(c, words_of(c->d->interview->pack, DEM_SAY_ASK_SEARCH));
  } else if (count >= LONG_LIST) {
    text words = {0};
    words_add_numbers(&words, c->d->interview->pack, DEM_SAY_ASK_TYPE_TO_SEARCH, count, 0, 0);
    add_text(c, "", FRAME_DIM, &words);
  }
}

static void add_items(composer *c)
{
  enum { MOST_ITEMS = 5 };
  const strings *const items = &c->d->items;
  const size_t most = c->is_roomy ? MOST_ITEMS : 1;
  const size_t first = items->count > most ? items->count - most : 0;
  for (size_t i = first; i < items->count; ++i) {
    add_clean(c, "  - ", FRAME_PLAIN, items->items[i]);
  }
}

static void add_answer_line(composer *c)
{
  const bool is_right = c->d->input.size > 0 && dialogue_is_right(c->d);
  add_items(c);
  add_input(c, c->d->cursor == NO_ROW ? "> " : "  ");
  if (!is_right) {
    add(c, "  ", FRAME_DIM, page_expectation(c->d));
  }
}

// Rows ------------------------------------------------------------------------------------

/// What stands before a row.
static const char *lead_of(const dialogue *d, size_t row)
{
  const bool is_here = row == d->cursor;
  if (d->info.is_many && !d->takes_any) {
    return dialogue_row_is_chosen(d, row) ? (is_here ? "> [x] " : "  [x] ")
                                          : (is_here ? "> [ ] " : "  [ ] ");
  }
  return is_here ? "> " : "  ";
}

/// A row's words: the label, and the name that it was found by.
static void add_row_words(const dialogue *d, size_t row, text *t)
{
  columns_add_clean(t, dialogue_row_label(d, row));
  if (d->rows[row].name) {
    text_add(t, " (");
    columns_add_clean(t, d->rows[row].name);
    text_add(t, ")");
  }
  if (!d->info.is_many && !d->takes_any && dialogue_row_is_chosen(d, row)) {
    text_add(t, " ");
    text_add(t, words_of(d->interview->pack, DEM_SAY_ASK_YOUR_ANSWER));
  }
}

static void add_row(composer *c, size_t row)
{
  text t = {0};
  const bool is_here = row == c->d->cursor;
  const size_t line = c->f->count;
  add_row_words(c->d, row, &t);
  add_text(c, lead_of(c->d, row), is_here ? FRAME_CURSOR : FRAME_PLAIN, &t);
  if (is_here) {
    focus(c, line);
  }
}

static size_t row_height(const composer *c, size_t row)
{
  text t = {0};
  add_row_words(c->d, row, &t);
  (void)text_write(&t, "", 1);
  const size_t lead = columns_of(lead_of(c->d, row));
  const size_t height = t.has_failed ? 1 : frame_wrapped_count(c->f->width, lead, t.bytes);
  text_clear(&t);
  return height;
}

/// The first row of a window of `room` lines that ends with the row `last`.
static size_t first_before(const composer *c, size_t last, size_t room)
{
  size_t first = last;
  size_t used = row_height(c, last);
  while (first > 0 && (used += row_height(c, first - 1)) <= room) {
    --first;
  }
  return first;
}

/// Show a window of `room` lines over the choices that has the cursor in it.
static void add_window(composer *c, size_t count, size_t room)
{
  dialogue *const d = c->d;
  const size_t here = d->cursor < count ? d->cursor : (d->cursor == NO_ROW ? 0 : count - 1);
  const size_t highest = first_before(c, here, room);
  const size_t lowest = first_before(c, count - 1, room); // Further down, lines stay empty.
  size_t top = d->top > here ? here : d->top;
  top = top < highest ? highest : top;
  top = top > lowest ? lowest : top;
  size_t used = 0;
  size_t row = top;
  for (size_t height; row < count && used + (height = row_height(c, row)) <= room; ++row) {
    add_row(c, row);
    used += height;
  }
  d->top = top;
  d->page = row > top ? row - top : 1;
}

/// "11 to 20 of 249"
static void add_position(composer *c, size_t count)
{
  text words = {0};
  words_add_numbers(&words, c->d->interview->pack, DEM_SAY_ASK_POSITION, c->d->top + 1,
                    c->d->top + c->d->page, count);
  add_text(c, "  ", FRAME_DIM, &words);
}

// Below the rows --------------------------------------------------------------------------

/// What is chosen, where the list does not show it all.
static void add_chosen(composer *c)
{
  const dialogue *const d = c->d;
  text t = {0};
  words_add_numbers(&t, d->interview->pack, DEM_SAY_ASK_COUNT_CHOSEN, d->chosen_count, 0, 0);
  size_t listed = 0;
  for (size_t i = 0; i < dem_choices_count(d->choices) && d->chosen_count > 0; ++i) {
    if (d->is_chosen[i]) {
      text_add(&t, listed++ ? words_of(d->interview->pack, DEM_SAY_SEMICOLON) : "");
      columns_add_clean(&t, dem_choices_at(d->choices, i).label);
    }
  }
  const size_t fit = t.has_failed ? 0 : columns_fit(t.bytes, t.size, c->f->width);
  if (d->chosen_count > 0 && fit > 0) { // One line, cut: it only reminds.
    frame_add(c->f, "", FRAME_DIM, t.bytes, fit);
  }
  text_clear(&t);
}

static void add_message(composer *c)
{
  text *const message = &c->d->message;
  if (message->size > 0) {
    text copy = {0};
    (void)text_write(&copy, message->bytes, message->size);
    add_text(c, "", FRAME_CAUTION, &copy);
  }
}

static dem_saying hint_saying(const dialogue *d)
{
  if (d->takes_any && d->input.size == 0) { // Typed into a text, a question mark belongs to it.
    return DEM_SAY_ASK_HINT_TEXT;
  }
  if (d->takes_any) {
    return d->info.is_many ? DEM_SAY_ASK_HINT_ADD : DEM_SAY_ASK_HINT_TYPED;
  }
  return d->info.is_many ? DEM_SAY_ASK_HINT_CHOOSE : DEM_SAY_ASK_HINT_TAKE;
}

static const char *hint_of(const dialogue *d)
{
  return words_of(d->interview->pack, hint_saying(d));
}

static void add_foot(composer *c)
{
  add_message(c);
  add_blank(c);
  add(c, "", FRAME_DIM, hint_of(c->d));
}

/// Lines that the foot takes.
static size_t foot_height(const composer *c)
{
  composer below = *c;
  frame measured = {0};
  frame_begin(&measured, c->f->width, false);
  below.f = &measured;
  add_foot(&below);
  const size_t height = measured.count;
  frame_clear(&measured);
  return height;
}

// Views -----------------------------------------------------------------------------------

static void add_choices(composer *c)
{
  const dialogue *const d = c->d;
  const size_t count = dialogue_choice_rows(d);
  size_t below = foot_height(c) + (d->info.is_many ? 1 : 0); // The line of what is chosen.
  for (size_t i = count; i < d->row_count; ++i) {
    below += row_height(c, i);
  }
  const size_t used = c->f->count + below + 1; // And the position.
  const size_t room = c->height > used + LEAST_WINDOW ? c->height - used : LEAST_WINDOW;
  if (count > 0) {
    add_window(c, count, room);
  }
  const bool is_cut = count > d->page;
  if (count > 0 && is_cut) {
    add_position(c, count);
  }
  for (size_t i = count; i < d->row_count; ++i) {
    add_row(c, i);
  }
  if (d->info.is_many && (is_cut || d->input.size > 0)) {
    add_chosen(c);
  }
}

static void compose_question(composer *c)
{
  add_head(c);
  add_blank(c);
  if (c->d->takes_any) {
    add_answer_line(c);
    for (size_t i = 0; i < c->d->row_count; ++i) {
      add_row(c, i);
    }
  } else {
    add_search(c);
    add_choices(c);
  }
  add_foot(c);
}

static void add_page(composer *c, const page *p)
{
  for (size_t i = 0; i < p->count; ++i) {
    const paragraph *const item = &p->items[i];
    switch (item->style) {
    case PAGE_PLAIN:
      add(c, "", FRAME_PLAIN, item->words);
      break;
    case PAGE_HEADING:
      if (i > 0) {
        add_blank(c);
      }
      add(c, "", FRAME_STRONG, item->words);
      break;
    case PAGE_ITEM:
      add(c, "  - ", FRAME_PLAIN, item->words);
      break;
    case PAGE_NOTE:
      add(c, "    ", FRAME_DIM, item->words);
      break;
    }
  }
}

/// A page of explanation, a window of it.
static void compose_page(composer *c)
{
  page p = {0};
  if (c->d->view == VIEW_WHY) {
    page_add_why(&p, c->d);
  } else {
    page_add_help(&p, c->d);
  }
  add_blank(c);
  add_page(c, &p);
  c->f->has_failed = c->f->has_failed || p.has_failed;
  page_clear(&p);
  const size_t count = c->f->count;
  const size_t window = c->height > 2 ? c->height - 1 : 1;
  const bool is_cut = count > window;
  if (is_cut) {
    const size_t most = count - window;
    c->d->scroll = c->d->scroll < most ? c->d->scroll : most;
    frame_drop(c->f, c->d->scroll + window, count - window - c->d->scroll);
    frame_drop(c->f, 0, c->d->scroll);
  } else {
    c->d->scroll = 0;
  }
  c->d->page = window;
  add(c, "", FRAME_DIM,
      words_of(c->d->interview->pack, is_cut ? DEM_SAY_ASK_HINT_READ_ON : DEM_SAY_ASK_HINT_ESCAPE));
  focus(c, c->f->count - 1);
}

/// The last page: a line a question; where that is too long, the answer below it.
static void add_review_row(composer *c, uint32_t question)
{
  text ask = {0};
  text said = {0};
  const bool is_here = c->d->review_cursor == (size_t)question + 1;
  const frame_style style = is_here ? FRAME_CURSOR : FRAME_PLAIN;
  const size_t line = c->f->count;
  columns_add_clean(&ask, dem_pack_question(c->d->interview->pack, question).ask);
  text_add(&ask, " ");
  page_add_answer(&said, c->d->interview, question);
  const size_t width =
      columns_of_bytes(ask.bytes, ask.size) + columns_of_bytes(said.bytes, said.size);
  if (width + 2 <= c->f->width) {
    (void)text_write(&ask, said.bytes, said.size);
    add_text(c, is_here ? "> " : "  ", style, &ask);
  } else {
    add_text(c, is_here ? "> " : "  ", style, &ask);
    add_text(c, "      ", style, &said);
  }
  text_clear(&said);
  if (is_here) {
    focus(c, line);
    c->focus = c->f->count - 1; // The whole answer should be in sight.
  }
}

static void compose_review(composer *c)
{
  const dialogue *const d = c->d;
  text t = {0};
  const dem_pack *const pack = d->interview->pack;
  const dem_questions *const q = d->interview->questions;
  words_add_numbers(&t, pack, DEM_SAY_ASK_YOUR_ANSWERS, q ? q->certain_count : 0,
                    q ? q->possible_count : 0, 0);
  add_blank(c);
  add_text(c, "", FRAME_DIM, &t);
  const bool is_here = d->review_cursor == 0;
  add(c, is_here ? "> " : "  ", is_here ? FRAME_CURSOR : FRAME_PLAIN,
      words_of(pack, DEM_SAY_ASK_SHOW_ADVICE));
  focus(c, c->f->count - 1);
  for (uint32_t i = 0; i < d->interview->question_count; ++i) {
    add_review_row(c, i);
  }
  add_message(c);
  add_blank(c);
  add(c, "", FRAME_DIM, words_of(pack, DEM_SAY_ASK_HINT_REVIEW));
}

/// Keep what fits: the lines around the cursor's.
static void crop(composer *c)
{
  frame *const f = c->f;
  if (f->count <= c->height) {
    return;
  }
  const size_t excess = f->count - c->height;
  const size_t before = c->focus + 1 > c->height ? c->focus + 1 - c->height : 0;
  const size_t top = before < excess ? before : excess;
  frame_drop(f, 0, top);
  f->cursor_line -= top < f->cursor_line ? top : f->cursor_line;
  frame_drop(f, c->height, f->count - c->height);
}

void rich_compose(dialogue *d, rich_size size, bool has_color, frame *f)
{
  const size_t width = size.width > LEAST_WIDTH ? size.width : LEAST_WIDTH;
  const size_t height = size.height > LEAST_HEIGHT ? size.height : LEAST_HEIGHT;
  // The last column stays free: what stands there wraps differently from terminal to terminal.
  frame_begin(f, width - 1, has_color);
  composer c = {.d = d, .f = f, .height = height - 1, .is_roomy = height >= ROOMY_HEIGHT};
  switch (d->view) {
  case VIEW_QUESTION:
    compose_question(&c);
    break;
  case VIEW_WHY:
  case VIEW_HELP:
    compose_page(&c);
    break;
  case VIEW_REVIEW:
    compose_review(&c);
    break;
  case VIEW_DONE:
  case VIEW_LEFT:
  case VIEW_FAILED:
    break;
  }
  crop(&c);
}

void rich_settle(const dialogue *d, uint32_t question, size_t width, bool has_color, frame *f)
{
  text ask = {0};
  text said = {0};
  frame_begin(f, width - 1, has_color);
  columns_add_clean(&ask, dem_pack_question(d->interview->pack, question).ask);
  text_add(&ask, " ");
  page_add_answer(&said, d->interview, question);
  (void)text_write(&ask, "", 1);
  (void)text_write(&said, "", 1);
  if (!ask.has_failed && !said.has_failed) {
    if (columns_of(ask.bytes) + columns_of(said.bytes) <= f->width) {
      frame_add(f, ask.bytes, FRAME_STRONG, said.bytes, said.size - 1);
    } else {
      frame_add_wrapped(f, "", FRAME_DIM, ask.bytes);
      frame_add_wrapped(f, "  ", FRAME_STRONG, said.bytes);
    }
  }
  text_clear(&ask);
  text_clear(&said);
}
