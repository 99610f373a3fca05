// SPDX-License-Identifier: Apache-2.0

// A walk over what conditions name.

#include "model/rule.h"

#include "base/try.h"

dem_status dem_conditions_visit(const dem_conditions *conditions, bool is_negative,
                                dem_use_visitor *visit, void *context)
{
  for (uint32_t i = 0; i < conditions->count; ++i) {
    const dem_condition *const c = &conditions->items[i];
    switch (c->kind) {
    case DEM_CONDITION_PATTERN:
      DEM_TRY(visit(context, c->pattern.relation, is_negative, c->place));
      break;
    case DEM_CONDITION_NOT:
      DEM_TRY(dem_conditions_visit(&c->negated, true, visit, context));
      break;
    case DEM_CONDITION_ANY:
      for (uint32_t j = 0; j < c->any.count; ++j) {
        DEM_TRY(dem_conditions_visit(&c->any.branches[j], is_negative, visit, context));
      }
      break;
    case DEM_CONDITION_AGGREGATE:
      DEM_TRY(dem_conditions_visit(&c->aggregate.over, true, visit, context));
      break;
    case DEM_CONDITION_WHERE:
    case DEM_CONDITION_LET:
      break;
    }
  }
  return DEM_OK;
}
