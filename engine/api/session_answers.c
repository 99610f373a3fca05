// SPDX-License-Identifier: Apache-2.0

// A session's answers and what else may be answered, for those who ask.

#include "advise/choices.h"
#include "advise/questions.h"
#include "api/handles.h"
#include "demarche/answers.h"
#include "lang/scalar.h"
#include "model/saying.h"

dem_answer_state dem_session_answer_state(const dem_session *session, uint32_t question)
{
  return session->answers.items[question].state;
}

uint32_t dem_session_answer_count(const dem_session *session, uint32_t question)
{
  return session->answers.items[question].count;
}

static dem_word word_of(const dem_session *session, uint32_t question, uint32_t index)
{
  const uint32_t first = session->answers.items[question].first;
  return DEM_VECTOR_AT(&session->answers.values, dem_word, first + index);
}

static const char *text_of(dem_session *session)
{
  dem_buffer_add_char(&session->text, '\0');
  return session->text.has_failed ? "" : session->text.bytes;
}

const char *dem_session_answer_value(dem_session *session, uint32_t question, uint32_t index)
{
  const dem_type *const type = &session->pack->model.questions[question].type;
  dem_buffer_reset(&session->text);
  dem_word_write(session->symbols, type->storage, word_of(session, question, index),
                 &session->text);
  return text_of(session);
}

const char *dem_session_answer_label(dem_session *session, uint32_t question, uint32_t index)
{
  const dem_type *const type = &session->pack->model.questions[question].type;
  const bool has_label = type->kind == DEM_TYPE_REFERENCE || type->kind == DEM_TYPE_BOOLEAN ||
                         type->kind == DEM_TYPE_ENUMERATION;
  if (!has_label) {
    return dem_session_answer_value(session, question, index);
  }
  const dem_word word = word_of(session, question, index);
  dem_buffer_reset(&session->text);
  if (type->kind == DEM_TYPE_BOOLEAN) {
    dem_buffer_add_text(&session->text, dem_saying_plain(session->names->language,
                                                         word ? DEM_SAY_YES : DEM_SAY_NO));
  } else if (type->kind == DEM_TYPE_ENUMERATION) {
    const dem_slice english = dem_symbols_text(session->symbols, dem_word_symbol(word));
    dem_buffer_add(
        &session->text,
        dem_language_or(session->names->language, (dem_text_id){DEM_TEXT_VALUE, 0, word}, english));
  } else {
    dem_names_label(session->names, session->symbols, type->relation, word, &session->text);
  }
  return text_of(session);
}

dem_status dem_choices_new(const dem_session *session, uint32_t question, dem_choices **choices_out)
{
  const dem_choices_input input = {.allocator = session->budget.source,
                                   .program = session->pack->program,
                                   .names = session->names,
                                   .symbols = session->symbols,
                                   .facts = dem_evaluation_facts(&session->evaluation)};
  return dem_choices_build(&input, question, choices_out);
}

// Questions -----------------------------------------------------------------------------

dem_status dem_questions_new(dem_session *session, const dem_questions **questions_out)
{
  const dem_questions_input input = {.allocator = session->allocator,
                                     .names = session->names,
                                     .symbols = session->symbols,
                                     .evaluation = &session->evaluation,
                                     .answers = &session->answers};
  return dem_session_settle(session, dem_questions_build(&input, questions_out));
}

bool dem_session_has_open(const dem_session *session)
{
  return session->evaluation.is_open;
}
