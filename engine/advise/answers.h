// SPDX-License-Identifier: Apache-2.0

// Answers to the pack's questions, checked and typed, and the facts that they give.

#ifndef DEM_ADVISE_ANSWERS_H
#define DEM_ADVISE_ANSWERS_H

#include "advise/names.h"
#include "base/diagnostic.h"
#include "demarche/answers.h"
#include "text/document.h"

typedef struct dem_answer {
  dem_answer_state state;
  uint32_t first; ///< Of its values in dem_answers.values.
  uint32_t count;
  dem_place place; ///< DEM_PLACE_NONE when it was not read from a file.
} dem_answer;

typedef struct dem_answers {
  dem_allocator allocator;
  const dem_program *program;
  const dem_model *model; ///< The program's.
  const dem_names *names;
  dem_symbols *symbols; ///< The session's.
  dem_diagnostics *diagnostics;
  dem_answer *items; ///< One a question.
  uint32_t *plain;   ///< By question: the relation of one field that takes its answers and is all
                     ///< that it gives; else DEM_NONE.
  dem_vector values; ///< dem_word
  dem_place place;   ///< Where the profile begins; DEM_PLACE_NONE when none was read.
} dem_answers;

/// All but the answers themselves is borrowed.
dem_status dem_answers_init(dem_answers *answers, dem_allocator allocator,
                            const dem_program *program, const dem_names *names,
                            dem_symbols *symbols, dem_diagnostics *diagnostics);
void dem_answers_clear(dem_answers *answers);
void dem_answers_reset(dem_answers *answers);

/// One text as the only answer, or one more of several.
/// @return DEM_OK; DEM_ERR_INVALID with WRONG_ANSWER or AMBIGUOUS_ANSWER; DEM_ERR_NO_MEMORY.
dem_status dem_answers_add(dem_answers *answers, uint32_t question, dem_slice text,
                           dem_place place);

/// Texts, zero-terminated, instead of what was answered before. Those that are wrong are reported
/// and left out.
/// @return As dem_answers_add; WRONG_SHAPE for several where the question takes one.
dem_status dem_answers_take(dem_answers *answers, uint32_t question, const char *const *texts,
                            size_t count);

/// Forget a question's answers and say what stands there instead: none given, or not known.
void dem_answers_set(dem_answers *answers, uint32_t question, dem_answer_state state,
                     dem_place place);

/// Take a profile's mapping.
dem_status dem_answers_read(dem_answers *answers, const dem_node *profile);

/// Add what the answers give to the session's facts. A required question without an answer is
/// reported.
dem_status dem_answers_give(const dem_answers *answers, dem_facts *facts);

#endif
