// SPDX-License-Identifier: Apache-2.0

// Rules as checked, typed data: what a pack's rules files say, with every name
// resolved to an index. Plain data; the planner turns it into joins.

#ifndef DEM_MODEL_RULE_H
#define DEM_MODEL_RULE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/place.h"
#include "base/regex.h"
#include "base/slice.h"
#include "demarche/status.h"
#include "model/expression.h"
#include "model/relation.h"
#include "model/source.h"
#include "model/value.h"

// Terms -----------------------------------------------------------------------

typedef enum dem_test_kind {
  DEM_TEST_IN,     ///< One of `words` (a constant is one word; `is`, `in`, a list).
  DEM_TEST_NOT_IN, ///< None of `words`.
  DEM_TEST_LESS,   ///< The next four compare with words[0] by the field's storage.
  DEM_TEST_LESS_EQUAL,
  DEM_TEST_GREATER,
  DEM_TEST_GREATER_EQUAL,
  DEM_TEST_MATCHES, ///< The regex matches somewhere in the string.
} dem_test_kind;

typedef struct dem_test {
  dem_test_kind kind;
  uint32_t word_count;
  const dem_word *words;  ///< In the order of the text, without repetitions.
  const dem_regex *regex; ///< Of DEM_TEST_MATCHES; owned by the model.
  dem_slice regex_text;   ///< As the pack writes it.
} dem_test;

/// What one field of a pattern must be. A term never matches an absent value.
typedef struct dem_term {
  uint32_t field;
  uint32_t variable; ///< Bound by the value, or equal to it if bound already; or DEM_NONE.
  uint32_t test_count;
  const dem_test *tests; ///< All must hold.
  dem_place place;
} dem_term;

// Conditions --------------------------------------------------------------------

typedef enum dem_condition_kind {
  DEM_CONDITION_PATTERN,
  DEM_CONDITION_NOT,
  DEM_CONDITION_ANY,
  DEM_CONDITION_WHERE,
  DEM_CONDITION_LET,
  DEM_CONDITION_AGGREGATE,
} dem_condition_kind;

typedef enum dem_aggregate_function {
  DEM_AGGREGATE_COUNT,
  DEM_AGGREGATE_SUM,
  DEM_AGGREGATE_MIN,
  DEM_AGGREGATE_MAX,
} dem_aggregate_function;

typedef struct dem_condition dem_condition;

typedef struct dem_conditions {
  uint32_t count;
  const dem_condition *items;
} dem_conditions;

typedef struct dem_pattern {
  uint32_t relation;
  uint32_t term_count;
  const dem_term *terms; ///< By field, each at most once.
} dem_pattern;

typedef struct dem_aggregate {
  dem_aggregate_function function;
  uint32_t result;     ///< Variable that is bound (`as`).
  uint32_t value;      ///< Variable that is summed, or whose minimum is taken; DEM_NONE for count.
  dem_storage storage; ///< Of `value` (or integer, for count): that of the result.
  uint32_t way_count;
  const uint32_t *way; ///< The variables whose distinct combinations are the ways: those named
                       ///< in `over` that are not bound outside, or `of` / `per`.
  uint32_t group_count;
  const uint32_t *group; ///< Variables of `over` that are bound outside.
  dem_conditions over;
} dem_aggregate;

struct dem_condition {
  dem_condition_kind kind;
  dem_place place;
  union {
    dem_pattern pattern;
    dem_conditions negated; ///< Of DEM_CONDITION_NOT.
    struct {
      uint32_t count;
      const dem_conditions *branches;
    } any;
    const dem_expression *guard; ///< Of DEM_CONDITION_WHERE: boolean.
    struct {
      uint32_t variable;
      const dem_expression *value;
    } let;
    dem_aggregate aggregate;
  };
};

/// Called for each relation that a condition names, with how it is named.
typedef dem_status dem_use_visitor(void *context, uint32_t relation, bool is_negative,
                                   dem_place place);

/// Visit the relations that conditions name, nested ones included. A relation inside a `not` or an
/// aggregate is negative: it must be complete.
dem_status dem_conditions_visit(const dem_conditions *conditions, bool is_negative,
                                dem_use_visitor *visit, void *context);

// Conclusions -------------------------------------------------------------------

typedef enum dem_output_kind {
  DEM_OUTPUT_WORD,
  DEM_OUTPUT_VARIABLE,
  DEM_OUTPUT_EXPRESSION,
} dem_output_kind;

/// What one field of a derived fact is.
typedef struct dem_output {
  dem_output_kind kind;
  dem_word word; ///< A constant, a default, or DEM_ABSENT.
  uint32_t variable;
  const dem_expression *expression;
} dem_output;

typedef struct dem_conclusion {
  uint32_t relation;
  const dem_output *outputs; ///< One a field.
  dem_place place;
} dem_conclusion;

// Rules -------------------------------------------------------------------------

typedef struct dem_variable {
  dem_symbol name; ///< With its `$`.
  dem_type type;   ///< The narrowest of the fields that bind it.
  dem_place place; ///< First use.
} dem_variable;

/// A piece of `because`: text, or a variable's value.
typedef struct dem_reason_part {
  dem_slice text;
  uint32_t variable; ///< DEM_NONE for text.
  uint32_t form;     ///< Of a label in a translation: dem_language.forms, from 1; 0 for none.
} dem_reason_part;

typedef struct dem_rule {
  dem_symbol id;
  dem_slice title;
  uint32_t variable_count;
  const dem_variable
      *variables; ///< Those local to a `not` or an aggregate have entries of their own.
  dem_conditions when;
  uint32_t conclusion_count;
  const dem_conclusion *conclusions;
  dem_slice reason_text; ///< `because` as written; may be empty.
  uint32_t reason_count;
  const dem_reason_part *reason;
  uint32_t citation_count;
  const dem_citation *citations;
  int64_t from;   ///< First day in force, as days since 1970-01-01; INT64_MIN if none is given.
  int64_t until;  ///< First day not in force any more; INT64_MAX if none is given.
  bool is_hidden; ///< Made by the compiler for the profile (a `known`, an `options`).
  dem_place place;
} dem_rule;

#endif
