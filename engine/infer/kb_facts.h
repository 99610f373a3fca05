// SPDX-License-Identifier: Apache-2.0

// The model's given facts that are in force on a date, in canonical order.

#ifndef DEM_INFER_KB_FACTS_H
#define DEM_INFER_KB_FACTS_H

#include "model/model.h"
#include "store/layers.h"

/// Put the rows into the facts' tables, and where each comes from into the base.
///
/// @param facts  Empty, without indexes; receives the rows.
/// @param base   given_begin, given_list and given_rows are filled in, in the arena.
dem_status dem_kb_facts_load(const dem_model *model, int64_t date, dem_facts *facts, dem_base *base,
                             dem_arena *arena);

#endif
