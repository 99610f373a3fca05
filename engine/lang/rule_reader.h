// SPDX-License-Identifier: Apache-2.0

// `rules:` of a rules file → checked rules.
//
// Resolves names, numbers variables by scope, infers their types from the fields that
// they meet, and refuses what has no meaning: an unbound variable, an unsafe
// negation, a wrong type, an uncited rule (DESIGN §2.3).

#ifndef DEM_LANG_RULE_READER_H
#define DEM_LANG_RULE_READER_H

#include "lang/reader.h"

/// Read one rules file's root mapping (`rules`, and defaults `cite`, `from`, `until`) and append
/// its rules to reader->rules. The schema and the sources must have been read.
dem_status dem_rules_read(dem_reader *reader, const dem_node *root);

/// When all rules are read: report each id that stands there again.
dem_status dem_rule_ids_finish(dem_reader *reader);

/// What the compiler makes a hidden rule of, for a profile's field.
typedef struct dem_hidden_rule {
  dem_symbol id;   ///< "profile/unions/known"
  dem_slice title; ///< May be empty.
  dem_place place;
  const dem_node *when; ///< A list of conditions that may use and bind `$answer`; NULL for none.
  const dem_node
      *then; ///< `gives`: a mapping (or a list of mappings) relation → fields; or NULL, and then
  uint32_t relation; ///< the conclusion is this relation, whose only field is `$answer` (or is
                     ///< `true` when its only field is boolean).
  uint32_t answered; ///< The answered relation, when the rule holds only while the field is open;
  dem_symbol field;  ///< that field. DEM_NONE: no such condition.
  const dem_type *answer_type; ///< The type of `$answer`.
} dem_hidden_rule;

/// Append a hidden rule to reader->rules (is_hidden is set; it needs no citation).
/// @param index_out  Its index in reader->rules.
dem_status dem_hidden_rule_read(dem_reader *reader, const dem_hidden_rule *hidden,
                                uint32_t *index_out);

/// Read `gives` as conclusions whose outputs are words or variable 0 (`$answer`).
/// @param conclusions_out  In the model's arena.
dem_status dem_gives_read(dem_reader *reader, const dem_node *gives, const dem_type *answer_type,
                          const dem_conclusion **conclusions_out, uint32_t *count_out);

#endif
