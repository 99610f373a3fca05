// SPDX-License-Identifier: Apache-2.0

// A log of matches.

#include "store/derivations.h"

void dem_derivations_init(dem_derivations *derivations, dem_allocator allocator)
{
  dem_vector_init(&derivations->items, allocator, sizeof(dem_derivation));
  dem_vector_init(&derivations->rows, allocator, sizeof(uint32_t));
}

void dem_derivations_clear(dem_derivations *derivations)
{
  dem_vector_clear(&derivations->items);
  dem_vector_clear(&derivations->rows);
}

void dem_derivations_reset(dem_derivations *derivations)
{
  dem_vector_reset(&derivations->items);
  dem_vector_reset(&derivations->rows);
}

dem_status dem_derivations_add(dem_derivations *derivations, dem_fact fact, uint32_t body,
                               const uint32_t *rows, uint32_t count)
{
  const dem_derivation item = {fact, body, (uint32_t)derivations->rows.count};
  for (uint32_t i = 0; i < count; ++i) {
    if (!dem_vector_add(&derivations->rows, &rows[i])) {
      return DEM_ERR_NO_MEMORY;
    }
  }
  return dem_vector_add(&derivations->items, &item) ? DEM_OK : DEM_ERR_NO_MEMORY;
}
