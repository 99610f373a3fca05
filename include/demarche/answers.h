// SPDX-License-Identifier: Apache-2.0

// The answers that a session has taken, to show, to change or to write down again.

#ifndef DEMARCHE_ANSWERS_H
#define DEMARCHE_ANSWERS_H

#include "demarche/session.h"

typedef enum dem_answer_state {
  DEM_ANSWER_MISSING, ///< Left out: open, unless the kb fills it in.
  DEM_ANSWER_UNKNOWN, ///< Asked, and not known: open, and the kb does not fill it in.
  DEM_ANSWER_GIVEN,   ///< Its values say what; no value is "none".
} dem_answer_state;

/// How a question was answered since the session's reset.
DEM_API dem_answer_state dem_session_answer_state(const dem_session *session, uint32_t question);

/// How many values a given answer has; 0 for the other states.
DEM_API uint32_t dem_session_answer_count(const dem_session *session, uint32_t question);

/// A value as a profile holds it: the key, not the label that was typed. In memory of the session
/// that the next call reuses; "" without memory.
DEM_API const char *dem_session_answer_value(dem_session *session, uint32_t question,
                                             uint32_t index);

/// The same for people.
DEM_API const char *dem_session_answer_label(dem_session *session, uint32_t question,
                                             uint32_t index);

#endif
