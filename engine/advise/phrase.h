// SPDX-License-Identifier: Apache-2.0

// Facts, conditions and expressions in words that a reader of advice understands.
//
// Phrases are appended to a wording's text. A variable shows its value where it has one.

#ifndef DEM_ADVISE_PHRASE_H
#define DEM_ADVISE_PHRASE_H

#include "advise/wording.h"

/// The values of a rule's variables, as far as they are known.
typedef struct dem_phrase_binding {
  const dem_rule *rule;
  const dem_word *values; ///< By variable; DEM_ABSENT: none yet.
  bool has_names;         ///< A variable without a value is told by its name, with its `$`.
} dem_phrase_binding;

/// "grows on": a relation's or field's name without its underscores, or as the language has it.
void dem_phrase_relation(dem_wording *words, uint32_t relation);
void dem_phrase_field(dem_wording *words, const dem_field *field);

/// "member (organization: African Development Bank, country: Morocco)"
void dem_phrase_fact(dem_wording *words, uint32_t relation, const dem_word *row);

/// The same, of some fields alone; those without a word are left out.
/// @param mask  Bit f: field f has a word.
void dem_phrase_partial(dem_wording *words, uint32_t relation, uint64_t mask, const dem_word *row);

/// A condition: "member (country: Morocco, status: full)", "there is no unwanted (plant: Mint)",
/// "30 * 3 is less than 150", "n is 2 + 1".
void dem_phrase_condition(dem_wording *words, const dem_phrase_binding *binding,
                          const dem_condition *condition);

/// What an inner list of conditions asks for, joined by "and".
void dem_phrase_conditions(dem_wording *words, const dem_phrase_binding *binding,
                           const dem_conditions *conditions);

#endif
