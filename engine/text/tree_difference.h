// SPDX-License-Identifier: Apache-2.0

// What differs between two documents of JSON.
//
// Lists whose items have names of their own (an `id`, a `field`, a `text`, …) are compared by
// these names, so that an item more or less does not shift all that follow.

#ifndef DEM_TEXT_TREE_DIFFERENCE_H
#define DEM_TEXT_TREE_DIFFERENCE_H

#include "base/vector.h"
#include "text/document.h"

typedef struct dem_tree_change {
  const char *path;   ///< "partners[afdb].weight"
  const char *before; ///< A scalar's text, anything else as JSON; NULL when it is not there.
  const char *after;
} dem_tree_change;

/// @param arena    Receives the texts.
/// @param changes  dem_tree_change; appended, in the order of `before`, then what is new.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
dem_status dem_tree_compare(dem_arena *arena, const dem_node *before, const dem_node *after,
                            dem_vector *changes);

#endif
