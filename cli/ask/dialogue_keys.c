// SPDX-License-Identifier: Apache-2.0

// What keys do to the dialogue.

#include <string.h>

#include "ask/columns.h"
#include "ask/dialogue_core.h"

// Moving ----------------------------------------------------------------------------------

/// `place` moved by `by`, within 0 to `last`.
static size_t moved(size_t place, ptrdiff_t by, size_t last)
{
  if (by < 0) {
    const size_t steps = (size_t)-by;
    return place < steps ? 0 : place - steps;
  }
  return (size_t)by > last - place ? last : place + (size_t)by;
}

/// Move the cursor over the rows. Above the first one is what is typed, where that is an answer.
static void move_cursor(dialogue *d, ptrdiff_t by)
{
  const bool has_input = d->takes_any || d->is_offer;
  if (d->row_count == 0) {
    return;
  }
  if (d->cursor == NO_ROW) {
    d->cursor = by > 0 ? moved(0, by - 1, d->row_count - 1) : NO_ROW;
  } else if (by < 0 && d->cursor == 0 && has_input) {
    d->cursor = NO_ROW;
  } else {
    d->cursor = moved(d->cursor, by, d->row_count - 1);
  }
}

/// How far a key moves a cursor or a page; 0 for other keys.
static ptrdiff_t movement(const dialogue *d, key_kind kind)
{
  const ptrdiff_t page = d->page > 1 ? (ptrdiff_t)d->page - 1 : 1;
  if (kind == KEY_UP || kind == KEY_DOWN) {
    return kind == KEY_UP ? -1 : 1;
  }
  if (kind == KEY_PAGE_UP || kind == KEY_PAGE_DOWN) {
    return kind == KEY_PAGE_UP ? -page : page;
  }
  return 0;
}

// Typing ----------------------------------------------------------------------------------

/// Replace the bytes from `begin` to `end` of what is typed.
static void replace(dialogue *d, size_t begin, size_t end, const char *with)
{
  text changed = {0};
  const char *const input = dialogue_input(d);
  const size_t size = d->input.size;
  (void)text_write(&changed, input, begin);
  text_add(&changed, with);
  (void)text_write(&changed, input + end, size - end);
  if (changed.has_failed) {
    dialogue_fail(d, DEM_ERR_NO_MEMORY);
  } else {
    dialogue_set_input(d, changed.bytes, changed.size);
    d->caret = begin + strlen(with);
  }
  text_clear(&changed);
}

static void insert(dialogue *d, const char *character)
{
  enum { LONGEST_INPUT = 4000 }; // Longer than any remark that somebody types.
  const bool is_blank_first = d->input.size == 0 && strcmp(character, " ") == 0;
  if (d->input.size < LONGEST_INPUT && !is_blank_first) {
    replace(d, d->caret, d->caret, character);
  }
}

/// Delete back to where the word before the caret begins.
static void erase_word(dialogue *d)
{
  const char *const input = dialogue_input(d);
  size_t begin = d->caret;
  while (begin > 0 && input[begin - 1] == ' ') {
    --begin;
  }
  while (begin > 0 && input[begin - 1] != ' ') {
    --begin;
  }
  replace(d, begin, d->caret, "");
}

/// Backspace on nothing takes the last of several texts back to change it.
static void take_back(dialogue *d)
{
  if (d->items.count > 0) {
    const char *const last = d->items.items[d->items.count - 1];
    dialogue_set_input(d, last, strlen(last));
    strings_drop(&d->items);
  }
}

static void edit(dialogue *d, key_kind kind)
{
  const char *const input = dialogue_input(d);
  const size_t size = d->input.size;
  switch (kind) {
  case KEY_BACKSPACE:
    if (size == 0) {
      take_back(d);
    } else if (d->caret > 0) {
      replace(d, columns_previous(input, d->caret), d->caret, "");
    }
    break;
  case KEY_DELETE:
    replace(d, d->caret, columns_next(input, size, d->caret), "");
    break;
  case KEY_ERASE_WORD:
    erase_word(d);
    break;
  case KEY_ERASE_LINE:
    replace(d, 0, d->caret, "");
    break;
  case KEY_LEFT:
    d->caret = columns_previous(input, d->caret);
    break;
  case KEY_RIGHT:
    d->caret = columns_next(input, size, d->caret);
    break;
  case KEY_HOME:
    d->caret = 0;
    break;
  case KEY_END:
    d->caret = size;
    break;
  case KEY_NONE:
  case KEY_TEXT:
  case KEY_ENTER:
  case KEY_TAB:
  case KEY_BACK_TAB:
  case KEY_ESCAPE:
  case KEY_UP:
  case KEY_DOWN:
  case KEY_PAGE_UP:
  case KEY_PAGE_DOWN:
  case KEY_HELP:
  case KEY_REDRAW:
  case KEY_INTERRUPT:
  case KEY_SUSPEND:
    break;
  }
}

// Answering -------------------------------------------------------------------------------

/// Space: choose or unchoose the row, where there may be several.
static void toggle_row(dialogue *d)
{
  if (d->cursor == NO_ROW) {
    dialogue_say(d, DEM_SAY_ASK_MOVE_TO_CHOOSE, NULL);
    return;
  }
  const dialogue_row row = d->rows[d->cursor];
  switch (row.kind) {
  case ROW_CHOICE:
    dialogue_toggle_choice(d, row.choice);
    break;
  case ROW_NONE:
    dialogue_toggle_none(d);
    break;
  case ROW_UNKNOWN:
    dialogue_toggle_unknown(d);
    break;
  }
  if (d->input.size > 0 && row.kind == ROW_CHOICE) { // Found: back to the whole list, at its place.
    dialogue_set_input(d, "", 0);
    d->cursor = row.choice;
  }
}

/// Enter on a row, where one answer is wanted, or on "none" and "unknown".
static void take_row(dialogue *d)
{
  const dialogue_row row = d->rows[d->cursor];
  switch (row.kind) {
  case ROW_CHOICE:
    dialogue_answer_choice(d, row.choice);
    break;
  case ROW_NONE:
    dialogue_answer_none(d);
    break;
  case ROW_UNKNOWN:
    dialogue_answer_unknown(d);
    break;
  }
}

/// Enter where what is typed names no choice.
static void explain_no_row(dialogue *d)
{
  if (dialogue_obey(d, dialogue_input(d))) {
    return;
  }
  if (d->is_offer) {
    dialogue_say(d, DEM_SAY_ASK_OFFER_KEYS, dialogue_input(d));
  } else if (d->input.size > 0) {
    dialogue_say(d, DEM_SAY_ASK_WHOLE_LIST_KEYS, dialogue_input(d));
  } else {
    dialogue_say(d, DEM_SAY_ASK_MOVE_OR_TYPE, NULL);
  }
}

static void accept_several(dialogue *d)
{
  const bool is_on_choice = d->cursor != NO_ROW && d->rows[d->cursor].kind == ROW_CHOICE;
  if (d->input.size > 0 && is_on_choice) { // What was searched for is found: choose it.
    if (!dialogue_row_is_chosen(d, d->cursor)) {
      toggle_row(d);
    } else {
      dialogue_set_input(d, "", 0);
    }
  } else if (d->input.size > 0 && d->cursor == NO_ROW) {
    explain_no_row(d);
  } else if (d->is_none) {
    dialogue_answer_none(d);
  } else if (d->is_unknown) {
    dialogue_answer_unknown(d);
  } else if (d->chosen_count > 0) {
    dialogue_answer_chosen(d);
  } else if (d->cursor != NO_ROW && !is_on_choice) {
    take_row(d);
  } else {
    dialogue_say(
        d, dialogue_offers_none(d) ? DEM_SAY_ASK_NOTHING_CHOSEN_LAST : DEM_SAY_ASK_NOTHING_CHOSEN,
        NULL);
  }
}

static void accept_typed(dialogue *d)
{
  if (d->cursor != NO_ROW) {
    take_row(d);
    return;
  }
  if (d->input.size > 0) {
    // A word is a command where it cannot be the answer; "back" always is.
    const bool is_answer = strcmp(dialogue_input(d), "back") != 0 && dialogue_is_right(d);
    if (is_answer || !dialogue_obey(d, dialogue_input(d))) {
      (void)dialogue_take_typed(d, dialogue_input(d));
    }
  } else if (d->items.count > 0) {
    dialogue_answer_chosen(d);
  } else {
    dialogue_say(d, d->row_count > 0 ? DEM_SAY_ASK_TYPE_OR_MOVE : DEM_SAY_ASK_TYPE, NULL);
  }
}

static void accept(dialogue *d)
{
  if (d->takes_any) {
    accept_typed(d);
  } else if (d->info.is_many) {
    accept_several(d);
  } else if (d->cursor == NO_ROW) {
    explain_no_row(d);
  } else {
    take_row(d);
  }
}

// Views -----------------------------------------------------------------------------------

static void type(dialogue *d, const char *character)
{
  const bool is_free = d->takes_any && d->input.size > 0;
  if (strcmp(character, "?") == 0 && !is_free) {
    dialogue_open(d, VIEW_WHY);
  } else if (strcmp(character, " ") == 0 && d->info.is_many && !d->takes_any) {
    toggle_row(d);
  } else {
    insert(d, character);
  }
}

static void question_key(dialogue *d, const key *k)
{
  const ptrdiff_t by = movement(d, k->kind);
  const bool is_list_end = !d->takes_any && (k->kind == KEY_HOME || k->kind == KEY_END);
  if (by != 0) {
    move_cursor(d, by);
  } else if (is_list_end && d->row_count > 0) {
    d->cursor = k->kind == KEY_HOME ? 0 : d->row_count - 1;
  } else if (k->kind == KEY_TEXT) {
    type(d, k->text);
  } else if (k->kind == KEY_ENTER || k->kind == KEY_TAB) {
    accept(d);
  } else if (k->kind == KEY_BACK_TAB) {
    dialogue_back(d);
  } else if (k->kind == KEY_ESCAPE) {
    if (d->input.size > 0) {
      dialogue_set_input(d, "", 0);
    }
  } else if (k->kind == KEY_HELP) {
    dialogue_open(d, VIEW_HELP);
  } else {
    edit(d, k->kind);
  }
}

static void page_key(dialogue *d, const key *k)
{
  const ptrdiff_t by = movement(d, k->kind);
  if (by != 0) {
    d->scroll = moved(d->scroll, by, SIZE_MAX / 2); // The face knows where the page ends.
  } else if (k->kind == KEY_HELP && d->view == VIEW_WHY) {
    dialogue_open(d, VIEW_HELP);
  } else if (k->kind != KEY_NONE && k->kind != KEY_REDRAW) {
    dialogue_close(d);
  }
}

static void review_key(dialogue *d, const key *k)
{
  const ptrdiff_t by = movement(d, k->kind);
  const size_t last = d->interview->question_count;
  if (by != 0) {
    d->review_cursor = moved(d->review_cursor, by, last);
  } else if (k->kind == KEY_HOME || k->kind == KEY_END) {
    d->review_cursor = k->kind == KEY_HOME ? 0 : last;
  } else if (k->kind == KEY_BACK_TAB) {
    dialogue_back(d);
  } else if (k->kind == KEY_HELP || (k->kind == KEY_TEXT && strcmp(k->text, "?") == 0)) {
    dialogue_open(d, VIEW_HELP);
  } else if (k->kind == KEY_ENTER && d->review_cursor == 0) {
    d->view = VIEW_DONE;
  } else if (k->kind == KEY_ENTER) {
    const uint32_t question = (uint32_t)d->review_cursor - 1;
    dialogue_ask(d, question);
    d->is_change = true;
  }
}

void dialogue_key(dialogue *d, const key *k)
{
  text_clear(&d->message);
  if (k->kind == KEY_INTERRUPT) {
    dialogue_leave(d);
    return;
  }
  switch (d->view) {
  case VIEW_QUESTION:
    question_key(d, k);
    break;
  case VIEW_WHY:
  case VIEW_HELP:
    page_key(d, k);
    break;
  case VIEW_REVIEW:
    review_key(d, k);
    break;
  case VIEW_DONE:
  case VIEW_LEFT:
  case VIEW_FAILED:
    break;
  }
}
