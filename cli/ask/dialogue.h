// SPDX-License-Identifier: Apache-2.0

// The dialogue: which question is asked, what is typed and chosen so far, where
// back leads. It knows no terminal: two faces show it (rich.h, plain.h) and feed
// it keys or lines.
//
//   question → … → question → the last page → done
//      ↑ back, with answers kept ↓ change

#ifndef CLI_ASK_DIALOGUE_H
#define CLI_ASK_DIALOGUE_H

#include "ask/interview.h"
#include "ask/keys.h"
#include "ask/strings.h"
#include "text.h"

typedef enum dialogue_view {
  VIEW_QUESTION,
  VIEW_WHY,    ///< Why the question is asked.
  VIEW_HELP,   ///< What the question means, its sources, the keys.
  VIEW_REVIEW, ///< The last page: all answers, to check and to change.
  VIEW_DONE,   ///< The advice is wanted.
  VIEW_LEFT,   ///< The person went away.
  VIEW_FAILED, ///< `status` says why.
} dialogue_view;

typedef enum row_kind {
  ROW_CHOICE,
  ROW_NONE,    ///< "None of these"
  ROW_UNKNOWN, ///< "I don't know yet"
} row_kind;

/// A line to choose.
typedef struct dialogue_row {
  row_kind kind;
  size_t choice;    ///< Of ROW_CHOICE.
  const char *name; ///< By which it was found, where that is not its label; else NULL.
} dialogue_row;

/// No row: the cursor is on what is typed.
#define NO_ROW SIZE_MAX

/// What was put together and not yet answered when the question was left.
typedef struct draft {
  bool is_kept;
  bool is_none;
  bool is_unknown;
  strings values; ///< Chosen, or typed one by one.
  char *typed;    ///< Owned.
} draft;

typedef struct dialogue {
  interview *interview; ///< Borrowed.
  dialogue_view view;
  dialogue_view under; ///< What VIEW_WHY and VIEW_HELP lie over.

  // The question
  uint32_t question;
  dem_question_info info;
  size_t visit;         ///< Counts the questions shown: a face sees that there is a new one.
  bool takes_any;       ///< A number, a date or a text is typed; else there are choices.
  bool is_change;       ///< Comes from the last page and returns to it.
  dem_choices *choices; ///< NULL where anything may be typed.
  bool *is_chosen;      ///< By choice.
  size_t chosen_count;
  strings items; ///< Texts given so far where there may be several.
  bool is_none;
  bool is_unknown;

  // What is typed: a filter over the choices, or the answer
  text input;
  size_t caret; ///< Bytes before it.

  // Rows that can be chosen now
  dialogue_row *rows;
  size_t row_count;
  size_t row_capacity;
  size_t cursor;   ///< Row, or NO_ROW.
  bool is_offer;   ///< The choices are near what was typed, not what was typed.
  bool is_listing; ///< Of a typed line: show the rows.
  size_t top;      ///< First row that the face shows.
  size_t page;     ///< Rows that the face shows at a time.
  bool has_keys;   ///< The face reads keys, not lines: the help speaks of them.

  size_t review_cursor; ///< 0 for going on, else a question's number from 1.
  size_t scroll;        ///< First line shown of VIEW_WHY and VIEW_HELP.

  text message; ///< About the last event; empty for none.

  uint32_t *history; ///< Questions that were answered, in order.
  size_t history_count;
  size_t history_capacity;
  draft *drafts; ///< One a question.

  uint32_t settled; ///< Just answered, for the face to take; DEM_NO_INDEX for none.
  bool is_dirty;    ///< An answer is not saved yet.
  dem_status status;
} dialogue;

/// Begin with the first open question, or with the last page when none is left.
///
/// @param iv  Borrowed; interview_update was called on it.
/// @return DEM_OK; DEM_ERR_NO_MEMORY, and dialogue_clear is due all the same.
dem_status dialogue_init(dialogue *d, interview *iv);
void dialogue_clear(dialogue *d);

/// One event. What follows stands in the dialogue.
void dialogue_key(dialogue *d, const key *k);
void dialogue_line(dialogue *d, const char *line);

/// The lines have run out, or the person went away.
void dialogue_leave(dialogue *d);

/// Whether it has come to an end.
bool dialogue_is_over(const dialogue *d);

/// Whether what is typed answers a question that takes any number, date or text.
bool dialogue_is_right(const dialogue *d);

/// What is typed, zero-terminated.
const char *dialogue_input(const dialogue *d);

/// The label of a row, and whether it is chosen.
const char *dialogue_row_label(const dialogue *d, size_t row);
bool dialogue_row_is_chosen(const dialogue *d, size_t row);

/// Rows of choices; those of `ROW_NONE` and `ROW_UNKNOWN` follow them.
size_t dialogue_choice_rows(const dialogue *d);

#endif
