// SPDX-License-Identifier: Apache-2.0

// The dialogue: which question is asked, what is typed and chosen so far.

#include "ask/dialogue.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ask/columns.h"
#include "ask/dialogue_core.h"
#include "ask/words.h"

enum { USUAL_PAGE = 10 };

void dialogue_say(dialogue *d, dem_saying saying, const char *typed)
{
  dialogue_say_both(d, saying, typed ? typed : "", "");
}

void dialogue_say_both(dialogue *d, dem_saying saying, const char *first, const char *second)
{
  char values[2][201];
  text said = {0};
  (void)snprintf(values[0], sizeof values[0], "%.*s", second[0] ? 200 : 80, first);
  (void)snprintf(values[1], sizeof values[1], "%.100s", second);
  words_add(&said, d->interview->pack, saying, (const char *const[]){values[0], values[1]});
  (void)text_write(&said, "", 1);
  text_clear(&d->message);
  columns_add_clean(&d->message, said.has_failed ? "" : said.bytes);
  text_clear(&said);
}

void dialogue_fail(dialogue *d, dem_status status)
{
  d->status = status;
  d->view = VIEW_FAILED;
}

/// Memory ran out unless `is_good`.
static bool keep(dialogue *d, bool is_good)
{
  if (!is_good) {
    dialogue_fail(d, DEM_ERR_NO_MEMORY);
  }
  return is_good;
}

bool dialogue_is_over(const dialogue *d)
{
  return d->view == VIEW_DONE || d->view == VIEW_LEFT || d->view == VIEW_FAILED;
}

// Rows ------------------------------------------------------------------------------------

const char *dialogue_input(const dialogue *d)
{
  return d->input.size > 0 ? d->input.bytes : "";
}

bool dialogue_offers_none(const dialogue *d)
{
  return !d->info.is_required && strcmp(d->info.type, "boolean") != 0;
}

bool dialogue_offers_unknown(const dialogue *d)
{
  return !d->info.is_required;
}

static bool add_row(dialogue *d, dialogue_row row)
{
  if (d->row_count == d->row_capacity) {
    const size_t capacity = d->row_capacity ? d->row_capacity * 2 : 64;
    dialogue_row *const rows = realloc(d->rows, capacity * sizeof *rows);
    if (!rows) {
      return false;
    }
    d->rows = rows;
    d->row_capacity = capacity;
  }
  d->rows[d->row_count++] = row;
  return true;
}

static bool add_match(dialogue *d, const dem_match *match)
{
  const dem_choice choice = dem_choices_at(d->choices, match->choice);
  const bool is_label =
      strcmp(match->name, choice.label) == 0 || strcmp(match->name, choice.value) == 0;
  return add_row(d, (dialogue_row){ROW_CHOICE, match->choice, is_label ? NULL : match->name});
}

static bool add_choices(dialogue *d)
{
  dem_matches matches;
  d->is_offer = false;
  if (!d->choices) {
    return true;
  }
  if (dem_choices_search(d->choices, dialogue_input(d), &matches) != DEM_OK) {
    return false;
  }
  d->is_offer = matches.count > 0 && matches.items[0].kind == DEM_MATCH_NEAR;
  for (size_t i = 0; i < matches.count; ++i) {
    if (!add_match(d, &matches.items[i])) {
      return false;
    }
  }
  return true;
}

void dialogue_find_rows(dialogue *d)
{
  d->row_count = 0;
  bool is_good = add_choices(d);
  const bool has_choices = d->row_count > 0 && !d->is_offer;
  if (dialogue_offers_none(d)) {
    is_good = is_good && add_row(d, (dialogue_row){.kind = ROW_NONE});
  }
  if (dialogue_offers_unknown(d)) {
    is_good = is_good && add_row(d, (dialogue_row){.kind = ROW_UNKNOWN});
  }
  d->cursor = has_choices ? 0 : NO_ROW;
  d->top = 0;
  (void)keep(d, is_good);
}

size_t dialogue_choice_rows(const dialogue *d)
{
  size_t count = d->row_count;
  while (count > 0 && d->rows[count - 1].kind != ROW_CHOICE) {
    --count;
  }
  return count;
}

const char *dialogue_row_label(const dialogue *d, size_t row)
{
  switch (d->rows[row].kind) {
  case ROW_CHOICE:
    return dem_choices_at(d->choices, d->rows[row].choice).label;
  case ROW_NONE:
    return words_of(d->interview->pack,
                    d->takes_any ? DEM_SAY_ASK_NONE : DEM_SAY_ASK_NONE_OF_THESE);
  case ROW_UNKNOWN:
    return words_of(d->interview->pack, DEM_SAY_ASK_UNKNOWN);
  }
  return "";
}

bool dialogue_row_is_chosen(const dialogue *d, size_t row)
{
  switch (d->rows[row].kind) {
  case ROW_CHOICE:
    return d->is_chosen[d->rows[row].choice];
  case ROW_NONE:
    return d->is_none;
  case ROW_UNKNOWN:
    return d->is_unknown;
  }
  return false;
}

// What is typed ---------------------------------------------------------------------------

void dialogue_set_input(dialogue *d, const char *bytes, size_t size)
{
  text fresh = {0};
  if (size > 0) {
    (void)text_write(&fresh, bytes, size);
    (void)text_write(&fresh, "", 1);
    fresh.size = fresh.has_failed ? 0 : size; // The zero stays behind it.
  }
  const bool is_good = !fresh.has_failed;
  text_clear(&d->input); // Only now: `bytes` may be its own.
  d->input = fresh;
  d->caret = d->input.size;
  if (keep(d, is_good)) {
    dialogue_find_rows(d);
  }
}

bool dialogue_is_right(const dialogue *d)
{
  const char *value;
  return interview_accepts(d->interview, d->question, dialogue_input(d), &value);
}

// Drafts ----------------------------------------------------------------------------------

static void clear_draft(draft *kept)
{
  strings_clear(&kept->values);
  free(kept->typed);
  *kept = (draft){0};
}

static bool keep_chosen(const dialogue *d, strings *values)
{
  for (size_t i = 0; d->choices && i < dem_choices_count(d->choices); ++i) {
    if (d->is_chosen[i] && !strings_add(values, dem_choices_at(d->choices, i).value)) {
      return false;
    }
  }
  for (size_t i = 0; i < d->items.count; ++i) {
    if (!strings_add(values, d->items.items[i])) {
      return false;
    }
  }
  return true;
}

/// Keep what is put together so far for when the question is asked again.
static void keep_draft(dialogue *d)
{
  draft *const kept = &d->drafts[d->question];
  clear_draft(kept);
  *kept = (draft){.is_kept = true, .is_none = d->is_none, .is_unknown = d->is_unknown};
  if (d->takes_any) {
    kept->typed = malloc(d->input.size + 1);
    if (keep(d, kept->typed)) {
      memcpy(kept->typed, dialogue_input(d), d->input.size + 1);
    }
  }
  (void)keep(d, keep_chosen(d, &kept->values));
}

// Asking ----------------------------------------------------------------------------------

static void clear_question(dialogue *d)
{
  dem_choices_free(d->choices);
  free(d->is_chosen);
  strings_clear(&d->items);
  text_clear(&d->input);
  text_clear(&d->message);
  d->choices = NULL;
  d->is_chosen = NULL;
  d->chosen_count = d->row_count = d->caret = d->scroll = 0;
  d->is_none = d->is_unknown = d->is_listing = false;
}

static bool load_choices(dialogue *d)
{
  if (dem_choices_new(d->interview->session, d->question, &d->choices) != DEM_OK) {
    return false;
  }
  static const char *const any[] = {"integer", "number", "date", "text", "symbol"};
  const size_t count = dem_choices_count(d->choices);
  d->takes_any = false;
  for (size_t i = 0; i < sizeof any / sizeof any[0]; ++i) {
    d->takes_any = d->takes_any || strcmp(d->info.type, any[i]) == 0;
  }
  if (d->takes_any && count > 0) {
    d->takes_any = false; // The pack lists what may be answered.
  }
  if (d->takes_any) {
    dem_choices_free(d->choices);
    d->choices = NULL;
    return true;
  }
  d->is_chosen = calloc(count + 1, sizeof *d->is_chosen);
  return d->is_chosen != NULL;
}

/// Fill in values that were given before.
static void restore(dialogue *d, const strings *values)
{
  for (size_t i = 0; i < values->count && d->view != VIEW_FAILED; ++i) {
    const char *const value = values->items[i];
    if (d->choices) {
      const size_t choice = dem_choices_find(d->choices, value);
      if (choice < dem_choices_count(d->choices) && !d->is_chosen[choice]) {
        d->is_chosen[choice] = true;
        ++d->chosen_count;
      }
    } else if (d->info.is_many) {
      (void)keep(d, strings_add(&d->items, value));
    } else {
      dialogue_set_input(d, value, strlen(value));
    }
  }
}

static void restore_draft(dialogue *d)
{
  const draft *const kept = &d->drafts[d->question];
  bool is_known;
  const interview_answer *const said = interview_said(d->interview, d->question, &is_known);
  if (kept->is_kept) {
    d->is_none = kept->is_none;
    d->is_unknown = kept->is_unknown;
    restore(d, &kept->values);
    if (kept->typed) {
      dialogue_set_input(d, kept->typed, strlen(kept->typed));
    }
  } else if (said) {
    d->is_unknown = said->state == DEM_ANSWER_UNKNOWN;
    d->is_none = said->state == DEM_ANSWER_GIVEN && said->values.count == 0;
    restore(d, &said->values);
  }
}

/// Begin at what is chosen already: at the answer of before, where there can be only one.
static void place_cursor(dialogue *d)
{
  for (size_t i = 0; !d->takes_any && i < d->row_count; ++i) {
    if (dialogue_row_is_chosen(d, i)) {
      d->cursor = i;
      return;
    }
  }
}

void dialogue_ask(dialogue *d, uint32_t question)
{
  clear_question(d);
  d->question = question;
  d->info = dem_pack_question(d->interview->pack, question);
  d->view = d->under = VIEW_QUESTION;
  ++d->visit;
  if (!keep(d, load_choices(d))) {
    return;
  }
  dialogue_find_rows(d);
  restore_draft(d);
  place_cursor(d);
}

void dialogue_review(dialogue *d)
{
  clear_question(d);
  d->question = DEM_NO_INDEX;
  d->view = d->under = VIEW_REVIEW;
  d->review_cursor = 0;
  d->is_change = false;
  ++d->visit;
}

void dialogue_go_on(dialogue *d)
{
  const uint32_t next = interview_next(d->interview);
  d->is_change = false;
  if (next == DEM_NO_INDEX) {
    dialogue_review(d);
  } else {
    dialogue_ask(d, next);
  }
}

static bool remember(dialogue *d, uint32_t question)
{
  if (d->history_count > 0 && d->history[d->history_count - 1] == question) {
    return true;
  }
  if (d->history_count == d->history_capacity) {
    const size_t capacity = d->history_capacity ? d->history_capacity * 2 : 16;
    uint32_t *const history = realloc(d->history, capacity * sizeof *history);
    if (!history) {
      return false;
    }
    d->history = history;
    d->history_capacity = capacity;
  }
  d->history[d->history_count++] = question;
  return true;
}

void dialogue_back(dialogue *d)
{
  if (d->view == VIEW_WHY || d->view == VIEW_HELP) {
    dialogue_close(d);
    return;
  }
  if (d->view == VIEW_QUESTION) {
    keep_draft(d);
  }
  if (d->view == VIEW_FAILED) {
    return;
  }
  if (d->is_change) {
    dialogue_review(d);
  } else if (d->history_count == 0) {
    dialogue_say(d, DEM_SAY_ASK_NOTHING_BEFORE, NULL);
  } else {
    dialogue_ask(d, d->history[--d->history_count]);
  }
}

void dialogue_open(dialogue *d, dialogue_view view)
{
  if (d->view != VIEW_WHY && d->view != VIEW_HELP) {
    d->under = d->view;
  }
  d->view = view;
  d->scroll = 0;
  text_clear(&d->message);
}

void dialogue_close(dialogue *d)
{
  d->view = d->under;
  d->scroll = 0;
}

void dialogue_leave(dialogue *d)
{
  d->view = VIEW_LEFT;
}

// Choosing --------------------------------------------------------------------------------

void dialogue_forget_chosen(dialogue *d)
{
  for (size_t i = 0; d->choices && i < dem_choices_count(d->choices); ++i) {
    d->is_chosen[i] = false;
  }
  d->chosen_count = 0;
}

void dialogue_toggle_choice(dialogue *d, size_t choice)
{
  d->is_none = d->is_unknown = false;
  d->is_chosen[choice] = !d->is_chosen[choice];
  d->chosen_count += d->is_chosen[choice] ? 1 : (size_t)-1;
}

void dialogue_toggle_none(dialogue *d)
{
  dialogue_forget_chosen(d);
  d->is_none = !d->is_none;
  d->is_unknown = false;
}

void dialogue_toggle_unknown(dialogue *d)
{
  dialogue_forget_chosen(d);
  d->is_unknown = !d->is_unknown;
  d->is_none = false;
}

// Answering -------------------------------------------------------------------------------

static void answer(dialogue *d, interview_answer *given)
{
  const uint32_t question = d->question;
  interview_take(d->interview, question, given);
  clear_draft(&d->drafts[question]);
  d->settled = question;
  d->is_dirty = true;
  if (!keep(d, d->is_change || remember(d, question))) {
    return;
  }
  const dem_status status = interview_update(d->interview);
  if (status != DEM_OK) {
    dialogue_fail(d, status);
  } else {
    dialogue_go_on(d);
  }
}

void dialogue_answer_none(dialogue *d)
{
  answer(d, &(interview_answer){.state = DEM_ANSWER_GIVEN});
}

void dialogue_answer_unknown(dialogue *d)
{
  answer(d, &(interview_answer){.state = DEM_ANSWER_UNKNOWN});
}

static void answer_value(dialogue *d, const char *value, const char *label)
{
  interview_answer given = {.state = DEM_ANSWER_GIVEN};
  if (keep(d, interview_answer_add(&given, value, label))) {
    answer(d, &given);
  }
}

void dialogue_answer_choice(dialogue *d, size_t choice)
{
  const dem_choice chosen = dem_choices_at(d->choices, choice);
  answer_value(d, chosen.value, chosen.label);
}

void dialogue_answer_chosen(dialogue *d)
{
  interview_answer given = {.state = DEM_ANSWER_GIVEN};
  bool is_good = true;
  for (size_t i = 0; is_good && d->choices && i < dem_choices_count(d->choices); ++i) {
    const dem_choice choice = dem_choices_at(d->choices, i);
    is_good = !d->is_chosen[i] || interview_answer_add(&given, choice.value, choice.label);
  }
  for (size_t i = 0; is_good && i < d->items.count; ++i) {
    is_good = interview_answer_add(&given, d->items.items[i], d->items.items[i]);
  }
  if (keep(d, is_good)) {
    answer(d, &given);
  } else {
    interview_answer_clear(&given);
  }
}

/// What an answer of the type looks like, and that this is none.
static dem_saying refusal_of(const char *type)
{
  return strcmp(type, "integer") == 0  ? DEM_SAY_ASK_NO_INTEGER
         : strcmp(type, "number") == 0 ? DEM_SAY_ASK_NO_NUMBER
         : strcmp(type, "date") == 0   ? DEM_SAY_ASK_NO_DATE
         : strcmp(type, "symbol") == 0 ? DEM_SAY_ASK_NO_SYMBOL
                                       : DEM_SAY_ASK_NO_ANSWER;
}

bool dialogue_take_typed(dialogue *d, const char *typed)
{
  const char *value;
  if (!interview_accepts(d->interview, d->question, typed, &value)) {
    dialogue_say(d, refusal_of(d->info.type), typed);
    return false;
  }
  if (!d->info.is_many) {
    answer_value(d, value, value);
    return true;
  }
  d->is_none = d->is_unknown = false;
  if (strings_has(&d->items, value)) {
    dialogue_say(d, DEM_SAY_ASK_IN_LIST, NULL);
  } else {
    (void)keep(d, strings_add(&d->items, value));
  }
  dialogue_set_input(d, "", 0);
  return true;
}

bool dialogue_obey(dialogue *d, const char *word)
{
  if (strcmp(word, "back") == 0) {
    dialogue_back(d);
  } else if (strcmp(word, "?") == 0 || strcmp(word, "why") == 0) {
    dialogue_open(d, VIEW_WHY);
  } else if (strcmp(word, "help") == 0) {
    dialogue_open(d, VIEW_HELP);
  } else if (strcmp(word, "quit") == 0) {
    dialogue_leave(d);
  } else if (d->view == VIEW_QUESTION && strcmp(word, "none") == 0 && dialogue_offers_none(d)) {
    dialogue_answer_none(d);
  } else if (d->view == VIEW_QUESTION && strcmp(word, "unknown") == 0 &&
             dialogue_offers_unknown(d)) {
    dialogue_answer_unknown(d);
  } else {
    return false;
  }
  return true;
}

// Beginning and end -------------------------------------------------------------------------

dem_status dialogue_init(dialogue *d, interview *iv)
{
  *d = (dialogue){
      .interview = iv, .question = DEM_NO_INDEX, .settled = DEM_NO_INDEX, .page = USUAL_PAGE};
  d->drafts = calloc(iv->question_count + 1U, sizeof *d->drafts);
  if (!d->drafts) {
    return DEM_ERR_NO_MEMORY;
  }
  dialogue_go_on(d);
  return d->view == VIEW_FAILED ? d->status : DEM_OK;
}

void dialogue_clear(dialogue *d)
{
  clear_question(d);
  for (uint32_t i = 0; d->drafts && i < d->interview->question_count; ++i) {
    clear_draft(&d->drafts[i]);
  }
  free(d->drafts);
  free(d->rows);
  free(d->history);
  *d = (dialogue){0};
}
