// SPDX-License-Identifier: Apache-2.0

// Open questions that matter, in the order in which to ask them: all that a form or a dialogue
// needs.
//
//   dem_session_reset → answers so far → dem_session_run → dem_questions_new → ask items[0] → again
//
// A question matters while some advice that is possible, but not certain, hangs on it. When none
// does, no answer to any question changes what is certain or possible.

#ifndef DEMARCHE_QUESTIONS_H
#define DEMARCHE_QUESTIONS_H

#include "demarche/session.h"
#include "demarche/write.h"

/// Advice that hangs on a question.
typedef struct dem_stake {
  const char *what;       ///< "recommendation", "step", "caveat" or "reference"
  const char *label;      ///< The partner of a recommendation, the text of anything else.
  const char *rule;       ///< The rule by which it would come about; one of them, if several could.
  const char *rule_title; ///< May be empty.
} dem_stake;

typedef struct dem_open_question {
  uint32_t question;  ///< Its number: dem_pack_question says what to ask, dem_choices_new what may
                      ///< be answered.
  bool is_required;   ///< There is no advice without it.
  bool is_deferred;   ///< It was answered "unknown": still open, but not to be asked again.
  bool is_sure;       ///< Its `when` certainly holds; else another answer may make it needless.
  bool takes_any;     ///< A number, date, text or symbol: there are no choices to list.
  size_t stake_count; ///< 0 for what is required: everything hangs on it.
  const dem_stake *stakes; ///< Recommendations, steps, caveats, references; each by label.
} dem_open_question;

typedef struct dem_questions {
  size_t count;
  const dem_open_question
      *items;            ///< The one to ask first is the first. What is required comes before
                         ///< all others, what was deferred last; between them sure before
                         ///< not, a smaller rank before a larger, most recommendations
                         ///< first, then most of all stakes, then by number.
  size_t certain_count;  ///< Partners that are recommended whatever the answers are.
  size_t possible_count; ///< Partners that some answers would add.
} dem_questions;

/// Find the questions that matter.
///
/// @param session        After dem_session_run. Or, where required questions have no answer, before
///                       it or after it has failed for that reason: then those alone are listed.
/// @param questions_out  Yours: dem_questions_free. Independent of the session, not of the pack.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
/// Cost: linear in the derivations of what is possible. Deterministic.
DEM_API dem_status dem_questions_new(dem_session *session, const dem_questions **questions_out);
DEM_API void dem_questions_free(const dem_questions *questions);

/// Whether the last run left anything open: then its facts are those that are certain.
DEM_API bool dem_session_has_open(const dem_session *session);

typedef enum dem_questions_format {
  DEM_QUESTIONS_TEXT, ///< For people at a terminal. Long lists are counted, not listed.
  DEM_QUESTIONS_JSON, ///< For whoever builds a form: docs/questions.schema.json.
} dem_questions_format;

typedef struct dem_questions_form {
  dem_questions_format format;
  size_t width;       ///< Columns of text; 0 leaves lines unbroken.
  bool has_color;     ///< Of text: ANSI colours.
  bool is_first_only; ///< The question to ask now alone; none when every open one was deferred.
} dem_questions_form;

/// Write the questions with what may be answered and what hangs on each.
///
/// @param session    The one that they come from, not reset since.
/// @param questions  Borrowed.
/// @param form       Borrowed; NULL stands for text of 80 columns without colours.
/// @return DEM_OK; DEM_ERR_NO_MEMORY; what `write` returned.
/// Cost: linear in the choices and stakes. Deterministic.
DEM_API dem_status dem_questions_render(const dem_session *session, const dem_questions *questions,
                                        const dem_questions_form *form, dem_write_function write,
                                        void *context);

#endif
