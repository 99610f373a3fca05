// SPDX-License-Identifier: Apache-2.0

// What is wrong with a profile's answers, and what to write instead.

#ifndef DEM_ADVISE_ANSWER_MISTAKES_H
#define DEM_ADVISE_ANSWER_MISTAKES_H

#include "advise/answers.h"

// Each reports one mistake and returns DEM_ERR_INVALID.

/// A text that is no answer to the question.
dem_status dem_mistake_wrong(dem_answers *answers, uint32_t question, dem_slice text,
                             dem_place place);

/// A text that could be more than one answer.
dem_status dem_mistake_ambiguous(dem_answers *answers, uint32_t question, dem_slice text,
                                 dem_place place);

/// An answer that the question does not offer.
dem_status dem_mistake_not_offered(dem_answers *answers, uint32_t question, dem_slice text,
                                   dem_place place);

/// A list or a mapping where one text is wanted.
dem_status dem_mistake_shape(dem_answers *answers, uint32_t question, const dem_node *node);

/// Several answers to a question that takes one.
dem_status dem_mistake_too_many(dem_answers *answers, uint32_t question, const dem_node *list);

/// A key of a profile that is no question.
/// @param is_first  Of the profile: then all questions are listed.
dem_status dem_mistake_field(dem_answers *answers, const dem_entry *entry, bool is_first);

/// A document that is no profile.
dem_status dem_mistake_document(dem_answers *answers, const dem_node *document);

/// Whether a mapping is a file of another kind: an advice, or a part of a pack. Then it was
/// reported.
bool dem_mistake_is_other_file(dem_answers *answers, const dem_node *mapping);

/// A required question without an answer.
dem_status dem_mistake_missing(const dem_answers *answers, uint32_t question);

#endif
