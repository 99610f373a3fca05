// SPDX-License-Identifier: Apache-2.0

// The rule that a question stands for while nobody has answered it.

#ifndef DEM_LANG_OPEN_RULE_H
#define DEM_LANG_OPEN_RULE_H

#include "lang/reader.h"

/// Append the hidden rule
///
///     profile/FIELD/open:  open(FIELD), not known(FIELD), asked, option($answer) → what `gives`
///     says
///
/// to reader->rules, each condition where it applies. Its first condition holds among the possible
/// facts alone, so that it costs nothing while nothing is open. The question must be read, but for
/// the number of this rule.
///
/// @param index_out  Its index in reader->rules.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
dem_status dem_open_rule_add(dem_reader *reader, const dem_question *question, uint32_t *index_out);

/// Let the question's `known` rule conclude known(FIELD), too.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
dem_status dem_known_rule_note(dem_reader *reader, const dem_question *question);

#endif
