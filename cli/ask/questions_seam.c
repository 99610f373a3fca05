// SPDX-License-Identifier: Apache-2.0

// Stands in for the engine's own account of which questions matter.

#include "ask/questions_seam.h"

#include <stdlib.h>

dem_status dem_questions_new(dem_session *session, const dem_pack *pack,
                             const dem_questions **questions_out)
{
  const uint32_t count = dem_pack_question_count(pack);
  dem_questions *const questions = calloc(1, sizeof *questions);
  dem_open_question *const items = calloc(count + 1U, sizeof *items);
  const dem_advice *advice = NULL;
  bool is_short = false;
  *questions_out = questions;
  if (!questions || !items) {
    free(questions);
    free(items);
    *questions_out = NULL;
    return DEM_ERR_NO_MEMORY;
  }
  for (uint32_t i = 0; i < count; ++i) {
    is_short = is_short || (dem_pack_question(pack, i).is_required &&
                            dem_session_answer_state(session, i) != DEM_ANSWER_GIVEN);
  }
  if (!is_short) {
    (void)dem_advice_new(session, &advice);
  }
  for (uint32_t i = 0; i < count; ++i) {
    const dem_answer_state state = dem_session_answer_state(session, i);
    if (state == DEM_ANSWER_GIVEN || (is_short && !dem_pack_question(pack, i).is_required) ||
        (advice && advice->answers[i].is_known)) {
      continue;
    }
    dem_choices *choices = NULL;
    (void)dem_choices_new(session, i, &choices);
    items[questions->count++] = (dem_open_question){.question = i,
                                                    .is_deferred = state == DEM_ANSWER_UNKNOWN,
                                                    .takes_any = dem_choices_count(choices) == 0};
    dem_choices_free(choices);
  }
  for (size_t i = 0; advice && i < advice->partner_count; ++i) {
    questions->certain_count += advice->partners[i].is_certain;
    questions->possible_count += !advice->partners[i].is_certain;
  }
  dem_advice_free(advice);
  questions->items = items;
  return DEM_OK;
}

void dem_questions_free(const dem_questions *questions)
{
  if (questions) {
    free((void *)(uintptr_t)questions->items);
    free((void *)(uintptr_t)questions);
  }
}
