// SPDX-License-Identifier: Apache-2.0

// What rules name: a value that stands in them, a relation that they look at or conclude.

#ifndef DEM_ADVISE_MENTION_H
#define DEM_ADVISE_MENTION_H

#include <stdbool.h>

#include "model/model.h"

/// Where in a rule.
typedef struct dem_mention {
  bool is_in_conditions;
  bool is_in_conclusions;
} dem_mention;

static inline bool dem_mention_is_any(dem_mention mention)
{
  return mention.is_in_conditions || mention.is_in_conclusions;
}

/// Where a rule names a row of a keyed relation by its key.
dem_mention dem_mention_of_row(const dem_model *model, const dem_rule *rule, uint32_t relation,
                               dem_word key);

/// Where a rule uses a relation.
dem_mention dem_mention_of_relation(const dem_rule *rule, uint32_t relation);

#endif
