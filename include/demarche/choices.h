// SPDX-License-Identifier: Apache-2.0

// Choices: what may be answered to one question, and a search by what people call it.
//
//   dem_choices_new → dem_choices_search … → dem_session_answer with the value → dem_choices_free
//
// A list of choices belongs to one thread.

#ifndef DEMARCHE_CHOICES_H
#define DEMARCHE_CHOICES_H

#include "demarche/session.h"

typedef struct dem_choices dem_choices;

typedef struct dem_choice {
  const char *value; ///< As a profile holds it, and dem_session_answer takes it.
  const char *label; ///< The same for people.
} dem_choice;

/// How well a name answers to a text, best first.
typedef enum dem_match_kind {
  DEM_MATCH_NAME,  ///< The text is the name: a code, the label, a former name.
  DEM_MATCH_START, ///< The name begins with the text.
  DEM_MATCH_WORDS, ///< Each word of the text begins a word of the name.
  DEM_MATCH_NEAR,  ///< The name is much like the text. Offer it, never take it for the answer.
} dem_match_kind;

typedef struct dem_match {
  size_t choice; ///< dem_choices_at
  dem_match_kind kind;
  const char *name; ///< The name that matched, as the pack writes it.
} dem_match;

typedef struct dem_matches {
  size_t count;
  const dem_match *items; ///< The best first, then in the choices' order.
} dem_matches;

/// List what may be answered to a question. Numbers, dates, texts and symbols have no choices.
///
/// @param session      Borrowed for the call; options that hang on other answers are those of its
///                     run, or all values of the type before it.
/// @param choices_out  Yours: dem_choices_free. Independent of the session, not of the pack.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
/// Cost: linear in the choices' names. Order: a schema's list as it stands there, else by label.
DEM_API dem_status dem_choices_new(const dem_session *session, uint32_t question,
                                   dem_choices **choices_out);
DEM_API void dem_choices_free(dem_choices *choices);

DEM_API size_t dem_choices_count(const dem_choices *choices);
DEM_API dem_choice dem_choices_at(const dem_choices *choices, size_t index);

/// The choice with that value, or dem_choices_count.
DEM_API size_t dem_choices_find(const dem_choices *choices, const char *value);

/// Find what people may mean by a text: codes, labels, aliases, without regard to case, accents
/// and punctuation. Near names come only where nothing else matches, at most five.
///
/// @param text         UTF-8; an empty one finds every choice.
/// @param matches_out  In the choices' memory until the next search.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
/// Cost: linear in the bytes of the names.
DEM_API dem_status dem_choices_search(dem_choices *choices, const char *text,
                                      dem_matches *matches_out);

#endif
