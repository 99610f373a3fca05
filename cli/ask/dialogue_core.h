// SPDX-License-Identifier: Apache-2.0

// What keys and lines do to the dialogue, for dialogue_keys.c and dialogue_lines.c.

#ifndef CLI_ASK_DIALOGUE_CORE_H
#define CLI_ASK_DIALOGUE_CORE_H

#include "ask/dialogue.h"
#include "demarche/sayings.h"

/// Say something about the last event.
/// @param typed  What is put into the saying's place, cut where it is long; NULL where it has none.
void dialogue_say(dialogue *d, dem_saying saying, const char *typed);

/// The same with two places.
void dialogue_say_both(dialogue *d, dem_saying saying, const char *first, const char *second);

/// Memory ran out, or nothing follows from the answers any more.
void dialogue_fail(dialogue *d, dem_status status);

/// Ask a question, with its draft or its answer filled in.
void dialogue_ask(dialogue *d, uint32_t question);

/// Ask what is to be asked next; the last page when nothing is left.
void dialogue_go_on(dialogue *d);

void dialogue_review(dialogue *d);
void dialogue_back(dialogue *d);

/// Lay a page of explanation over the question, or take it away.
void dialogue_open(dialogue *d, dialogue_view view);
void dialogue_close(dialogue *d);

/// Replace what is typed, and find the rows for it.
void dialogue_set_input(dialogue *d, const char *bytes, size_t size);

/// Find the rows for what is typed.
void dialogue_find_rows(dialogue *d);

/// Whether "none" and "unknown" are answers to the question.
bool dialogue_offers_none(const dialogue *d);
bool dialogue_offers_unknown(const dialogue *d);

/// Choose or unchoose, where there may be several. "None" and "unknown" exclude the rest.
void dialogue_toggle_choice(dialogue *d, size_t choice);
void dialogue_toggle_none(dialogue *d);
void dialogue_toggle_unknown(dialogue *d);
void dialogue_forget_chosen(dialogue *d);

/// Answer, and go on.
void dialogue_answer_choice(dialogue *d, size_t choice);
void dialogue_answer_chosen(dialogue *d);
void dialogue_answer_none(dialogue *d);
void dialogue_answer_unknown(dialogue *d);

/// Take a typed number, date or text: answer with it, or add it to several.
/// @return False when it is none; the message says what one looks like.
bool dialogue_take_typed(dialogue *d, const char *typed);

/// Obey a word that is a command: back, none, unknown, why, help.
/// @return False when it is none.
bool dialogue_obey(dialogue *d, const char *word);

#endif
