// SPDX-License-Identifier: Apache-2.0

// Which fields of an advice to show: paths into its JSON, as a tree.

#ifndef DEM_RENDER_SELECTION_H
#define DEM_RENDER_SELECTION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"

/// One key, below those that lead to it.
typedef struct dem_selected dem_selected;
struct dem_selected {
  dem_slice key;
  bool is_whole; ///< Everything below it is chosen.
  const dem_selected *first;
  const dem_selected *next; ///< Beside it.
};

/// A field that may be chosen.
typedef struct dem_selectable {
  const char *path;
  bool is_leaf; ///< A value or a list of values: what fits in a cell of a table.
} dem_selectable;

/// Every path of the JSON that render/json.c writes, ending with a NULL path.
extern const dem_selectable dem_selectables[];

const dem_selectable *dem_selectable_find(dem_slice path);

/// Whether a path is also one of advice without reasons, steps, caveats and references.
bool dem_selectable_is_brief(dem_slice path);

/// Whether a path is one of what was considered and is not recommended.
bool dem_selectable_is_ruled_out(dem_slice path);

/// Add a path ("partners.id") below a root.
/// @return False without memory.
bool dem_selected_add(dem_selected *root, dem_slice path, dem_arena *arena);

/// What is chosen of a key below; NULL if nothing is.
const dem_selected *dem_selected_find(const dem_selected *above, dem_slice key);

#endif
