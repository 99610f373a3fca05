// SPDX-License-Identifier: Apache-2.0

// A log of matches.

#include "store/derivations.h"

void dem_derivations_init(dem_derivations *derivations, dem_allocator allocator)
{
  dem_vector_init(&derivations->items, allocator, sizeof(dem_derivation));
  dem_vector_init(&derivations->rows, allocator, sizeof(uint32_t));
  dem_vector_init(&derivations->words, allocator, sizeof(dem_word));
}

void dem_derivations_clear(dem_derivations *derivations)
{
  dem_vector_clear(&derivations->items);
  dem_vector_clear(&derivations->rows);
  dem_vector_clear(&derivations->words);
}

void dem_derivations_reset(dem_derivations *derivations)
{
  dem_vector_reset(&derivations->items);
  dem_vector_reset(&derivations->rows);
  dem_vector_reset(&derivations->words);
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

dem_status dem_derivations_add_words(dem_derivations *derivations, const dem_word *words,
                                     uint32_t width)
{
  for (uint32_t i = 0; i < width; ++i) {
    if (!dem_vector_add(&derivations->words, &words[i])) {
      return DEM_ERR_NO_MEMORY;
    }
  }
  return DEM_OK;
}

void dem_derivations_settle(dem_derivations *derivations, const dem_facts *facts)
{
  const dem_word *words = derivations->words.items;
  for (size_t i = 0; i < derivations->items.count; ++i) {
    dem_derivation *const d = &DEM_VECTOR_AT(&derivations->items, dem_derivation, i);
    if (d->fact.row == DEM_NONE) {
      const uint32_t relation = d->fact.relation;
      d->fact = dem_facts_find(facts, relation, words);
      words += dem_facts_width(facts, relation);
    }
  }
}
