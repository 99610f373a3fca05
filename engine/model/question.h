// SPDX-License-Identifier: Apache-2.0

// The profile's fields, which are the questionnaire.
//
// The compiler turns what a field knows and gives into relations and rules, so that the
// engine needs no second way to derive facts:
//
//   answered(field)        one row a field that the profile answers, `[]` included; hidden
//   FIELD?options(answer)  what may be chosen; hidden; a rule derives it from `options`
//   FIELD?asked()          one field, `yes` = true; hidden; a rule derives it from `when`
//   known(field)           one row a field that its `known` fills in; hidden
//   open(field)            one row a field that is open; hidden; among the possible facts alone
//   rule profile/FIELD/known   known-conditions, not answered(FIELD) → what `gives` says and
//                              known(FIELD)
//   rule profile/FIELD/open    open(FIELD), not known(FIELD), asked, options → what `gives` says;
//                              without those conditions that negate what follows from it

#ifndef DEM_MODEL_QUESTION_H
#define DEM_MODEL_QUESTION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/place.h"
#include "base/slice.h"
#include "model/rule.h"

typedef struct dem_question {
  dem_symbol field;
  dem_slice ask;
  dem_slice help; ///< May be empty.
  dem_type type;
  bool is_many;
  bool is_required;
  bool is_fixed;
  bool wants_references; ///< An answer asks to be told every reference, in short forms, too.
  uint32_t rank;         ///< Questions of equal rank are asked by what hangs on them.
  uint32_t options; ///< The hidden relation of its options, or DEM_NONE: every value of the type.
  uint32_t asked;   ///< The hidden relation that says whether it is asked, or DEM_NONE: always.
  uint32_t known_rule; ///< The rule that fills it in from the kb, or DEM_NONE.
  uint32_t open_rule;  ///< The rule that makes its options' facts possible while it is open.
  uint32_t gives_count;
  const dem_conclusion *gives; ///< Each output is a word or variable 0, `$answer`.
  dem_place place;
} dem_question;

#endif
