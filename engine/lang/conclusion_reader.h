// SPDX-License-Identifier: Apache-2.0

// Conclusions: the facts that a rule derives, or that an answer gives.

#ifndef DEM_LANG_CONCLUSION_READER_H
#define DEM_LANG_CONCLUSION_READER_H

#include "lang/draft.h"

typedef enum dem_conclusions_form {
  DEM_CONCLUSIONS_RULE,  ///< A list of mappings with one relation each.
  DEM_CONCLUSIONS_GIVES, ///< A mapping from relations to fields, or a list of such; no expressions.
} dem_conclusions_form;

/// Read conclusions: constants and defaults at once; variables and expressions are noted in the
/// draft, in scope 0.
dem_status dem_conclusions_read(dem_draft *draft, const dem_node *node, dem_conclusions_form form,
                                const dem_conclusion **conclusions_out, uint32_t *count_out);

/// Once variables have types: check that every value fits its field; type the expressions.
dem_status dem_conclusions_fit(dem_draft *draft, dem_conclusions_form form);

#endif
