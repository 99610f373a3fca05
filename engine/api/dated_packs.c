// SPDX-License-Identifier: Apache-2.0

// A pack compiled for each date that is asked for.

#include "api/dated_packs.h"

#include "base/try.h"
#include "lang/scalar.h"

void dem_dated_packs_init(dem_dated_packs *packs, dem_allocator allocator)
{
  dem_vector_init(&packs->items, allocator, sizeof(dem_dated_pack));
}

void dem_dated_packs_clear(dem_dated_packs *packs)
{
  for (size_t i = packs->items.count; i > 0; --i) { // The first one's model is the others'.
    const dem_dated_pack *const dated = &DEM_VECTOR_AT(&packs->items, dem_dated_pack, i - 1);
    dem_session_free(dated->session);
    if (i > 1) {
      dem_pack_free(dated->pack);
    }
  }
  dem_vector_clear(&packs->items);
}

static dem_status add(dem_dated_packs *packs, int64_t date, dem_pack *pack)
{
  dem_dated_pack dated = {.date = date, .pack = pack};
  DEM_TRY(dem_session_new(pack, &dated.session));
  if (!dem_vector_add(&packs->items, &dated)) {
    dem_session_free(dated.session);
    return DEM_ERR_NO_MEMORY;
  }
  return DEM_OK;
}

dem_status dem_dated_packs_begin(dem_dated_packs *packs, dem_pack *pack)
{
  return add(packs, dem_program_plan(pack->program)->date, pack);
}

static dem_status open_for(dem_dated_packs *packs, int64_t date, dem_pack **pack_out)
{
  const dem_pack *const first = DEM_VECTOR_AT(&packs->items, dem_dated_pack, 0).pack;
  dem_buffer text;
  dem_buffer_init(&text, packs->items.allocator);
  dem_word_write(NULL, DEM_STORAGE_DATE, dem_word_of_integer(date), &text);
  dem_buffer_add_char(&text, '\0');
  const dem_status status =
      text.has_failed ? DEM_ERR_NO_MEMORY : dem_pack_open_for(first, text.bytes, pack_out);
  dem_buffer_clear(&text);
  return status;
}

dem_status dem_dated_packs_find(dem_dated_packs *packs, int64_t date, dem_dated_pack **found_out,
                                dem_pack **failed_out)
{
  *failed_out = NULL;
  for (size_t i = 0; i < packs->items.count; ++i) {
    *found_out = &DEM_VECTOR_AT(&packs->items, dem_dated_pack, i);
    if ((*found_out)->date == date) {
      return DEM_OK;
    }
  }
  dem_pack *pack = NULL;
  dem_status status = open_for(packs, date, &pack);
  if (status == DEM_OK) {
    status = add(packs, date, pack);
  }
  if (status != DEM_OK) {
    *failed_out = pack;
    return status;
  }
  *found_out = &DEM_VECTOR_AT(&packs->items, dem_dated_pack, packs->items.count - 1);
  return DEM_OK;
}
