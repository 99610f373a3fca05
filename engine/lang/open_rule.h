// SPDX-License-Identifier: Apache-2.0

// The rule that a question stands for while nobody has answered it.

#ifndef DEM_LANG_OPEN_RULE_H
#define DEM_LANG_OPEN_RULE_H

#include "lang/reader.h"

/// When all rules are read: append to reader->rules, for each question, the hidden rule
///
///     profile/FIELD/open:  open(FIELD), not known(FIELD), asked, option($answer) → what `gives`
///     says
///
/// each condition where it applies and makes no loop through a negation. The first one holds among
/// the possible facts alone, so that the rule costs nothing while nothing is open.
///
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
dem_status dem_open_rules_add(dem_reader *reader);

/// Let the question's `known` rule conclude known(FIELD), too.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
dem_status dem_known_rule_note(dem_reader *reader, const dem_question *question);

#endif
