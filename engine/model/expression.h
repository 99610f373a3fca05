// SPDX-License-Identifier: Apache-2.0

// Expressions of `where`, `let` and `{value: …}`: typed trees.

#ifndef DEM_MODEL_EXPRESSION_H
#define DEM_MODEL_EXPRESSION_H

#include <stdint.h>

#include "base/place.h"
#include "model/value.h"

typedef enum dem_operator {
  DEM_OP_LITERAL,
  DEM_OP_VARIABLE,
  DEM_OP_TO_NUMBER, ///< An integer as a number: put in by the type checker.
  DEM_OP_NEGATE,
  DEM_OP_ADD,
  DEM_OP_SUBTRACT,
  DEM_OP_MULTIPLY,
  DEM_OP_DIVIDE,    ///< Of integers: truncated towards zero. By zero: an error.
  DEM_OP_REMAINDER, ///< Sign of the dividend, as in C. By zero: an error.
  DEM_OP_MIN,
  DEM_OP_MAX,
  DEM_OP_ABS,
  DEM_OP_LENGTH, ///< Of a string, in code points.
  DEM_OP_LOWER,  ///< Of a string, by Unicode's simple lower case.
  DEM_OP_EQUAL,
  DEM_OP_NOT_EQUAL,
  DEM_OP_LESS,
  DEM_OP_LESS_EQUAL,
  DEM_OP_GREATER,
  DEM_OP_GREATER_EQUAL,
  DEM_OP_AND,
  DEM_OP_OR,
  DEM_OP_NOT,
} dem_operator;

typedef struct dem_expression dem_expression;

struct dem_expression {
  dem_operator op;
  dem_storage storage;  ///< Of the result. Comparisons and connectives are boolean.
  dem_storage operands; ///< Of the operands of a comparison, `min`, `max`, …: both the same.
  dem_word literal;     ///< Of DEM_OP_LITERAL.
  uint32_t variable;    ///< Of DEM_OP_VARIABLE: index into the rule's variables.
  const dem_expression *left;  ///< First operand, or NULL. `min` and `max` are chains of two.
  const dem_expression *right; ///< Second operand, or NULL.
  dem_place place;
};

#endif
