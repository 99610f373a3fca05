// SPDX-License-Identifier: Apache-2.0

// Expressions as written: text → a tree without types.
//
//   or          lowest
//   and
//   not
//   = != < <= > >=      do not chain
//   + -
//   * / %
//   - (sign)    highest
//
// Primaries: numbers, true, false, 'text' (a quote in it doubled), $variable,
// min max abs length lower with their operands in brackets, brackets.

#ifndef DEM_LANG_FORMULA_H
#define DEM_LANG_FORMULA_H

#include "base/symbol.h"
#include "lang/inner_place.h"
#include "model/expression.h"
#include "text/document.h"

/// Nesting and size bounds: what follows walks the tree by recursion.
enum {
  DEM_MAX_FORMULA_DEPTH = 512,
  DEM_MAX_FORMULA_BYTES = 64 * 1024,
};

typedef struct dem_formula dem_formula;

struct dem_formula {
  dem_operator op;
  dem_storage storage; ///< Of a literal.
  dem_word literal;    ///< Of DEM_OP_LITERAL.
  dem_slice text;      ///< Of a text literal, without its quotes; of a variable, its name.
  uint32_t variable;   ///< Of DEM_OP_VARIABLE: filled in when the rule's variables are numbered.
  uint32_t depth;      ///< Of the tree below, itself included.
  dem_formula *left;   ///< First operand, or NULL. `min` and `max` are chains of two.
  dem_formula *right;  ///< Second operand, or NULL.
  dem_formula *next_variable; ///< The next variable of the same expression, in the text's order.
  dem_place place;            ///< Of the operator, or of the primary.
};

typedef struct dem_formula_context {
  dem_arena *arena;     ///< Receives the tree.
  dem_files *files;     ///< To place mistakes.
  dem_line_walk *line;  ///< Likewise.
  dem_symbols *symbols; ///< Receives text literals.
  dem_diagnostics *diagnostics;
} dem_formula_context;

/// Parse a scalar.
///
/// @param root_out       The tree.
/// @param variables_out  Its first variable, or NULL.
/// @return DEM_OK; DEM_ERR_INVALID with a BAD_EXPRESSION; DEM_ERR_NO_MEMORY.
dem_status dem_formula_parse(const dem_formula_context *context, const dem_node *scalar,
                             dem_formula **root_out, dem_formula **variables_out);

/// The sign or word of an operator, as a pack writes it.
const char *dem_operator_sign(dem_operator op);

#endif
