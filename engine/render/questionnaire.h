// SPDX-License-Identifier: Apache-2.0

// The questions that matter, with their choices and stakes → text or JSON.

#ifndef DEM_RENDER_QUESTIONNAIRE_H
#define DEM_RENDER_QUESTIONNAIRE_H

#include "base/buffer.h"
#include "demarche/choices.h"
#include "demarche/language.h"
#include "demarche/pack.h"
#include "demarche/questions.h"

/// A question with what stands beside it. All borrowed here.
typedef struct dem_asked {
  dem_question_info info;
  const dem_open_question *open;
  dem_choices *choices;
} dem_asked;

typedef struct dem_questionnaire {
  const dem_language *language;
  const char *pack_name;
  const char *pack_version;
  const char *pack_sha256;
  const char *date;
  size_t certain_count;
  size_t possible_count;
  size_t open_count; ///< Questions that matter, listed or not.
  size_t count;
  const dem_asked *items;
} dem_questionnaire;

void dem_questionnaire_text(const dem_questionnaire *questionnaire, const dem_questions_form *form,
                            dem_buffer *out);
void dem_questionnaire_json(const dem_questionnaire *questionnaire, dem_buffer *out);

#endif
