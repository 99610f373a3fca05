// SPDX-License-Identifier: Apache-2.0

// What is known so far and what is to be asked next: the pack, a session and the
// answers that were given, without any words or screens.

#ifndef CLI_ASK_INTERVIEW_H
#define CLI_ASK_INTERVIEW_H

#include "ask/strings.h"
#include "demarche/demarche.h"

/// What a question was answered with.
typedef struct interview_answer {
  dem_answer_state state;
  strings values; ///< As a profile holds them.
  strings labels; ///< The same for people; as many.
} interview_answer;

typedef struct interview {
  const dem_pack *pack;
  const dem_limits *limits;
  dem_session *session; ///< Holds the answers and what follows from them.
  dem_session *probe;   ///< Checks what is typed, and holds nothing.
  uint32_t question_count;
  interview_answer *answers;      ///< One a question.
  interview_answer *known;        ///< What the kb says where nothing was answered.
  const dem_questions *questions; ///< What is open and matters; NULL when the run failed.
  dem_status status;              ///< Of the last run.
} interview;

/// @param pack, limits  Borrowed.
/// @return DEM_OK; DEM_ERR_NO_MEMORY, and interview_clear is due all the same.
dem_status interview_init(interview *iv, const dem_pack *pack, const dem_limits *limits);
void interview_clear(interview *iv);

/// Take over the answers of a session.
dem_status interview_load(interview *iv, dem_session *session);

/// Replace an answer, and take its texts: `answer` is empty then.
void interview_take(interview *iv, uint32_t question, interview_answer *answer);

/// One more value of an answer. False without memory.
bool interview_answer_add(interview_answer *answer, const char *value, const char *label);
void interview_answer_clear(interview_answer *answer);

/// Find out what follows from the answers and what is to be asked.
/// @return DEM_OK, also while required answers are missing; else iv->status, and the session's
///         report says why.
dem_status interview_update(interview *iv);

/// The question to ask next; DEM_NO_INDEX when none is left.
uint32_t interview_next(const interview *iv);

/// At most how many questions are left to ask.
size_t interview_left(const interview *iv);

/// What is known of an open question that matters: its stakes; NULL for others.
const dem_open_question *interview_open(const interview *iv, uint32_t question);

/// Whether a required answer is missing.
bool interview_is_short(const interview *iv);

/// What is answered to a question, or known of it from the kb; NULL where nothing is.
const interview_answer *interview_said(const interview *iv, uint32_t question, bool *is_known_out);

/// Whether a text answers a question that takes any number, date or text.
/// @param value_out  Receives it as a profile holds it, until the next call.
bool interview_accepts(interview *iv, uint32_t question, const char *typed, const char **value_out);

#endif
