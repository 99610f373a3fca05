// SPDX-License-Identifier: Apache-2.0

// Where a piece of a scalar stands in its file.
//
// A scalar's text and its source differ where YAML has quotes, escapes and folded lines. The
// two are walked side by side; where that does not work out, the scalar's own place stands in.

#ifndef DEM_LANG_INNER_PLACE_H
#define DEM_LANG_INNER_PLACE_H

#include "text/document.h"

/// How far into which line the last scalar began, so that many scalars on one line are found in
/// one walk. Zeroed before the first.
typedef struct dem_line_walk {
  dem_place place; ///< What was walked to.
  dem_slice rest;  ///< Of its line; bytes is NULL before the first walk.
} dem_line_walk;

typedef struct dem_inner_place {
  dem_place whole;  ///< The scalar's.
  dem_slice text;   ///< The scalar's.
  dem_slice source; ///< What is left of its line; bytes is NULL when the piece cannot be placed.
  char quote;       ///< The quote that the source is in, or 0.
  size_t offset;    ///< Bytes of `text` that were walked past.
  uint32_t column;  ///< Of that byte.
} dem_inner_place;

/// @param line  Shared by scalars that are read one after the other.
void dem_inner_place_init(dem_inner_place *walk, dem_files *files, dem_line_walk *line,
                          const dem_node *scalar);

/// The place of `size` bytes from `offset`, which must not be smaller than in the call before.
/// Cost: O(bytes walked), so O(text) for all pieces of one scalar.
dem_place dem_inner_place_at(dem_inner_place *walk, size_t offset, size_t size);

#endif
