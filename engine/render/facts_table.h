// SPDX-License-Identifier: Apache-2.0

// Facts as TSV, CSV or JSON lines, a row each, sorted.
//
// With several relations each row says its relation: in a first field, or as
// the only key of a JSON object, `{"edge": {"from": "a", "to": "b"}}`, as facts
// files write it. An absent value is an empty field; in JSON it is left out.

#ifndef DEM_RENDER_FACTS_TABLE_H
#define DEM_RENDER_FACTS_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "demarche/render.h"
#include "model/model.h"
#include "render/sink.h"
#include "store/facts.h"

/// What is written from. All borrowed.
typedef struct dem_facts_view {
  dem_allocator allocator;
  const dem_model *model;
  const dem_facts *facts;
  const dem_symbols *symbols;
} dem_facts_view;

/// Write the facts of one relation.
///
/// @param has_names  Each row says its relation; then CSV has no header.
/// @return DEM_OK; DEM_ERR_NO_MEMORY; what the sink's writer returned.
dem_status dem_facts_table_render(const dem_facts_view *view, uint32_t relation,
                                  dem_facts_format format, bool has_names, dem_sink *sink);

/// Write how many facts a relation has, after its name if `has_names`.
/// Cost: O(1): nothing is sorted.
dem_status dem_facts_table_count(const dem_facts_view *view, uint32_t relation,
                                 dem_facts_format format, bool has_names, dem_sink *sink);

#endif
