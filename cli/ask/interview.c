// SPDX-License-Identifier: Apache-2.0

// What is known so far and what is to be asked next.

#include "ask/interview.h"

#include <stdlib.h>

// Answers -------------------------------------------------------------------------------

void interview_answer_clear(interview_answer *answer)
{
  strings_clear(&answer->values);
  strings_clear(&answer->labels);
  answer->state = DEM_ANSWER_MISSING;
}

bool interview_answer_add(interview_answer *answer, const char *value, const char *label)
{
  if (!strings_add(&answer->values, value)) {
    return false;
  }
  if (!strings_add(&answer->labels, label)) {
    strings_drop(&answer->values);
    return false;
  }
  return true;
}

void interview_take(interview *iv, uint32_t question, interview_answer *answer)
{
  interview_answer_clear(&iv->answers[question]);
  iv->answers[question] = *answer;
  *answer = (interview_answer){0};
}

static dem_status load_answer(interview *iv, dem_session *session, uint32_t question)
{
  const uint32_t count = dem_session_answer_count(session, question);
  interview_answer *const answer = &iv->answers[question];
  interview_answer_clear(answer);
  answer->state = dem_session_answer_state(session, question);
  if (answer->state == DEM_ANSWER_UNKNOWN && dem_pack_question(iv->pack, question).is_required) {
    answer->state = DEM_ANSWER_MISSING; // Nothing can be said without it: it is asked again.
  }
  for (uint32_t i = 0; i < count; ++i) {
    const bool is_kept =
        strings_add(&answer->values, dem_session_answer_value(session, question, i)) &&
        strings_add(&answer->labels, dem_session_answer_label(session, question, i));
    if (!is_kept) {
      return DEM_ERR_NO_MEMORY;
    }
  }
  return DEM_OK;
}

dem_status interview_load(interview *iv, dem_session *session)
{
  dem_status status = DEM_OK;
  for (uint32_t i = 0; i < iv->question_count && status == DEM_OK; ++i) {
    status = load_answer(iv, session, i);
  }
  return status;
}

// The interview ---------------------------------------------------------------------------

dem_status interview_init(interview *iv, const dem_pack *pack, const dem_limits *limits)
{
  const uint32_t count = dem_pack_question_count(pack);
  *iv = (interview){.pack = pack, .limits = limits, .question_count = count};
  iv->answers = calloc(count + 1U, sizeof *iv->answers);
  iv->known = calloc(count + 1U, sizeof *iv->known);
  if (!iv->answers || !iv->known || dem_session_new(pack, &iv->session) != DEM_OK ||
      dem_session_new(pack, &iv->probe) != DEM_OK) {
    return DEM_ERR_NO_MEMORY;
  }
  return DEM_OK;
}

static void clear_known(interview *iv)
{
  for (uint32_t i = 0; iv->known && i < iv->question_count; ++i) {
    interview_answer_clear(&iv->known[i]);
  }
}

void interview_clear(interview *iv)
{
  for (uint32_t i = 0; iv->answers && i < iv->question_count; ++i) {
    interview_answer_clear(&iv->answers[i]);
  }
  clear_known(iv);
  free(iv->answers);
  free(iv->known);
  dem_questions_free(iv->questions);
  dem_session_free(iv->session);
  dem_session_free(iv->probe);
  *iv = (interview){0};
}

static dem_status give_answer(interview *iv, uint32_t question)
{
  const interview_answer *const answer = &iv->answers[question];
  switch (answer->state) {
  case DEM_ANSWER_MISSING:
    return DEM_OK;
  case DEM_ANSWER_UNKNOWN:
    return dem_session_leave_open(iv->session, question);
  case DEM_ANSWER_GIVEN:
    break;
  }
  return dem_session_answer(iv->session, question, (const char *const *)answer->values.items,
                            answer->values.count);
}

bool interview_is_short(const interview *iv)
{
  for (uint32_t i = 0; i < iv->question_count; ++i) {
    if (dem_pack_question(iv->pack, i).is_required && iv->answers[i].state != DEM_ANSWER_GIVEN) {
      return true;
    }
  }
  return false;
}

/// Keep what the kb fills in: people check it, and may change it.
static dem_status keep_known(interview *iv)
{
  const dem_advice *advice = NULL;
  dem_status status = dem_advice_new(iv->session, &advice);
  for (size_t i = 0; status == DEM_OK && i < advice->answer_count; ++i) {
    const dem_advice_answer *const a = &advice->answers[i];
    if (a->is_known) {
      interview_answer *const known = &iv->known[i];
      known->state = DEM_ANSWER_GIVEN;
      for (size_t j = 0; j < a->value_count && status == DEM_OK; ++j) {
        status =
            interview_answer_add(known, a->values[j], a->labels[j]) ? DEM_OK : DEM_ERR_NO_MEMORY;
      }
    }
  }
  dem_advice_free(advice);
  return status;
}

static dem_status derive(interview *iv)
{
  dem_status status = DEM_OK;
  dem_session_reset(iv->session);
  for (uint32_t i = 0; i < iv->question_count && status == DEM_OK; ++i) {
    status = give_answer(iv, i);
  }
  if (status == DEM_OK && !interview_is_short(iv)) {
    status = dem_session_run(iv->session, iv->limits);
    status = status == DEM_OK ? keep_known(iv) : status;
  }
  return status == DEM_OK ? dem_questions_new(iv->session, &iv->questions) : status;
}

dem_status interview_update(interview *iv)
{
  dem_questions_free(iv->questions);
  iv->questions = NULL;
  clear_known(iv);
  iv->status = derive(iv);
  return iv->status;
}

// What is asked ---------------------------------------------------------------------------

uint32_t interview_next(const interview *iv)
{
  for (size_t i = 0; iv->questions && i < iv->questions->count; ++i) {
    if (!iv->questions->items[i].is_deferred) {
      return iv->questions->items[i].question;
    }
  }
  return DEM_NO_INDEX;
}

size_t interview_left(const interview *iv)
{
  size_t left = 0;
  if (interview_is_short(iv)) { // What will matter is not known yet.
    for (uint32_t i = 0; i < iv->question_count; ++i) {
      left += iv->answers[i].state == DEM_ANSWER_MISSING;
    }
    return left;
  }
  for (size_t i = 0; iv->questions && i < iv->questions->count; ++i) {
    left += !iv->questions->items[i].is_deferred;
  }
  return left;
}

const dem_open_question *interview_open(const interview *iv, uint32_t question)
{
  for (size_t i = 0; iv->questions && i < iv->questions->count; ++i) {
    if (iv->questions->items[i].question == question) {
      return &iv->questions->items[i];
    }
  }
  return NULL;
}

const interview_answer *interview_said(const interview *iv, uint32_t question, bool *is_known_out)
{
  *is_known_out = iv->answers[question].state == DEM_ANSWER_MISSING &&
                  iv->known[question].state == DEM_ANSWER_GIVEN;
  const interview_answer *const answer =
      *is_known_out ? &iv->known[question] : &iv->answers[question];
  return answer->state == DEM_ANSWER_MISSING ? NULL : answer;
}

bool interview_accepts(interview *iv, uint32_t question, const char *typed, const char **value_out)
{
  dem_session_reset(iv->probe);
  *value_out = "";
  if (dem_session_answer(iv->probe, question, &typed, 1) != DEM_OK) {
    return false;
  }
  *value_out = dem_session_answer_value(iv->probe, question, 0);
  return true;
}
