// SPDX-License-Identifier: Apache-2.0

// Which sources stand where.

#include "render/citing.h"

#include <string.h>

static bool cites(const dem_advice_reason *reason, size_t source)
{
  for (size_t i = 0; i < reason->citation_count; ++i) {
    if (reason->citations[i] == source) {
      return true;
    }
  }
  return false;
}

/// How many of a partner's reasons cite a source.
static size_t count_citing(const dem_advice_partner *partner, size_t source, size_t *reasons_out)
{
  size_t count = 0;
  *reasons_out = 0;
  for (size_t i = 0; i < partner->purpose_count; ++i) {
    for (size_t j = 0; j < partner->purposes[i].reason_count; ++j) {
      count += cites(&partner->purposes[i].reasons[j], source);
      ++*reasons_out;
    }
  }
  return count;
}

bool dem_citing_is_common(const dem_advice_partner *partner, size_t source)
{
  size_t reasons;
  const size_t count = count_citing(partner, source, &reasons);
  return count > 0 && count == reasons;
}

bool dem_citing_shows(dem_citing citing, const dem_advice_partner *partner, size_t source)
{
  size_t reasons;
  if (!partner) {
    return true;
  }
  switch (citing) {
  case DEM_CITING_ALL:
    return true;
  case DEM_CITING_BEYOND_PARTNER:
    return !dem_citing_is_common(partner, source);
  case DEM_CITING_BEYOND_REASONS:
    return count_citing(partner, source, &reasons) == 0;
  }
  return true;
}

// Documents -----------------------------------------------------------------------------

/// The part of a source's id that names its document.
static size_t document_size(const dem_advice_source *source)
{
  return strcspn(source->id, "/");
}

size_t dem_citing_group_end(const dem_advice *advice, size_t first)
{
  const dem_advice_source *const of = &advice->sources[first];
  const size_t size = document_size(of);
  size_t end = first + 1;
  while (end < advice->source_count && document_size(&advice->sources[end]) == size &&
         strncmp(advice->sources[end].id, of->id, size) == 0) {
    ++end;
  }
  return end;
}

// Lists that are the same ---------------------------------------------------------------

const dem_advice_items *dem_partner_list(const dem_advice_partner *partner, dem_item_list list)
{
  switch (list) {
  case DEM_LIST_STEPS:
    return &partner->steps;
  case DEM_LIST_CAVEATS:
    return &partner->caveats;
  case DEM_LIST_REFERENCES:
    return &partner->references;
  }
  return &partner->steps;
}

static bool is_same_list(const dem_advice_items *a, const dem_advice_items *b)
{
  if (a->count != b->count) {
    return false;
  }
  for (size_t i = 0; i < a->count; ++i) {
    const dem_advice_item *const x = &a->items[i];
    const dem_advice_item *const y = &b->items[i];
    if (strcmp(x->text, y->text) != 0 || strcmp(x->route, y->route) != 0 ||
        x->reason.is_certain != y->reason.is_certain) {
      return false;
    }
  }
  return true;
}

size_t dem_partner_with_same(const dem_advice *advice, size_t index, dem_item_list list)
{
  const dem_advice_items *const items = dem_partner_list(&advice->partners[index], list);
  for (size_t i = 0; i < index && items->count > 0; ++i) {
    if (is_same_list(items, dem_partner_list(&advice->partners[i], list))) {
      return i;
    }
  }
  return index;
}
