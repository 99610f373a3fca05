// SPDX-License-Identifier: Apache-2.0

// Lists of conditions → patterns, nots, anys, guards, lets, aggregates.

#ifndef DEM_LANG_CONDITION_READER_H
#define DEM_LANG_CONDITION_READER_H

#include "lang/draft.h"

/// How deep lists of conditions may lie in each other, unless the document's own bound is lower.
enum { DEM_MAX_CONDITION_DEPTH = 64 };

/// Read a list of conditions, all of which must hold.
///
/// @param scope  That they stand in.
/// @param depth  Of lists around this one.
/// @param out    Receives the list, in the model's arena. Variables' numbers, guards, values of
///               lets and ways of aggregates are filled in later.
dem_status dem_conditions_read(dem_draft *draft, const dem_node *node, uint32_t scope,
                               uint32_t depth, dem_conditions *out);

/// Whether a word cannot be a relation's name because it begins a condition of its own.
bool dem_condition_is_keyword(dem_slice word);

#endif
