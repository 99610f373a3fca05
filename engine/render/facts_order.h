// SPDX-License-Identifier: Apache-2.0

// The facts of a relation in the order in which people and programs compare
// them: by their fields in the schema's order, numbers by value, the rest by
// bytes.

#ifndef DEM_RENDER_FACTS_ORDER_H
#define DEM_RENDER_FACTS_ORDER_H

#include <stdint.h>

#include "base/symbol.h"
#include "demarche/status.h"
#include "model/relation.h"
#include "store/facts.h"

/// The order of a relation's facts: each index of dem_facts_at once. An absent value stands
/// before every other.
///
/// @param order_out  Yours: dem_facts_order_free; NULL when there are no facts.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
/// Cost: a radix sort, linear in the facts; its strings are compared once a distinct string.
dem_status dem_facts_order(dem_allocator allocator, const dem_relation *relation,
                           uint32_t relation_index, const dem_facts *facts,
                           const dem_symbols *symbols, uint32_t **order_out, uint32_t *count_out);

void dem_facts_order_free(dem_allocator allocator, uint32_t *order, uint32_t count);

#endif
