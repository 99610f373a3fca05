// SPDX-License-Identifier: Apache-2.0

// Formulas → typed expressions.
//
//   operands                         result
//   integer ∘ integer                integer, exact or an error when it runs
//   number ∘ number, mixed           number (DEM_OP_TO_NUMBER is put in)
//   date + integer, date - integer   date
//   date - date                      integer: days
//   =, != of the same storage        boolean; < and the like not of booleans
//   'text' beside a date             that date
//
// Symbols, enumerations, texts and references to them are all texts here.

#ifndef DEM_LANG_EXPRESSION_H
#define DEM_LANG_EXPRESSION_H

#include "lang/formula.h"
#include "lang/reader.h"
#include "lang/variables.h"

/// Check a formula whose variables are numbered and give it types.
///
/// @param expression_out  In the model's arena.
/// @param type_out        Of the result: a lone variable keeps its type, anything else has that
///                        of its storage.
/// @return DEM_OK; DEM_ERR_INVALID: a diagnostic, or a variable whose type is not known (something
///         else was reported then); DEM_ERR_NO_MEMORY.
dem_status dem_expression_check(dem_reader *reader, const dem_variables *variables,
                                const dem_formula *formula, const dem_expression **expression_out,
                                dem_type *type_out);

/// An integer expression as a number.
dem_status dem_expression_to_number(dem_reader *reader, const dem_expression *integer,
                                    const dem_expression **number_out);

#endif
