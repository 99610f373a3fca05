// SPDX-License-Identifier: Apache-2.0

// Which sources stand where.

#include "render/citing.h"

#include <stdlib.h>
#include <string.h>

#include "render/digest.h"

static bool cites(const dem_advice_reason *reason, size_t source)
{
  for (size_t i = 0; i < reason->citation_count; ++i) {
    if (reason->citations[i] == source) {
      return true;
    }
  }
  return false;
}

/// How many of the reasons that a partner is there for cite a source.
static size_t count_citing(const dem_advice_partner *partner, size_t source, size_t *reasons_out)
{
  size_t count = 0;
  *reasons_out = 0;
  for (size_t i = 0; i < partner->purpose_count; ++i) {
    for (size_t j = 0; j < partner->purposes[i].reason_count; ++j) {
      const dem_advice_reason *const reason = &partner->purposes[i].reasons[j];
      const bool counts = dem_digest_has_reason(partner, reason);
      count += counts && cites(reason, source);
      *reasons_out += counts;
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

static bool is_same_document(const dem_advice_source *a, const dem_advice_source *b)
{
  return document_size(a) == document_size(b) && memcmp(a->id, b->id, document_size(a)) == 0;
}

// Numbers -------------------------------------------------------------------------------

static size_t size_of(const dem_numbering *cited)
{
  return (cited->advice->source_count + 1) * sizeof(size_t); // Never 0.
}

bool dem_numbering_init(dem_numbering *cited, const dem_advice *advice, dem_allocator allocator)
{
  *cited = (dem_numbering){.allocator = allocator, .advice = advice};
  cited->sources = allocator.resize(allocator.context, NULL, 0, size_of(cited));
  cited->numbers = allocator.resize(allocator.context, NULL, 0, size_of(cited));
  cited->shown = allocator.resize(allocator.context, NULL, 0, size_of(cited));
  for (size_t i = 0; cited->numbers && i < advice->source_count; ++i) {
    cited->numbers[i] = 0;
  }
  return cited->sources && cited->numbers && cited->shown;
}

void dem_numbering_clear(dem_numbering *cited)
{
  size_t *const owned[] = {cited->sources, cited->numbers, cited->shown};
  for (size_t i = 0; i < sizeof owned / sizeof owned[0]; ++i) {
    if (owned[i]) {
      (void)cited->allocator.resize(cited->allocator.context, owned[i], size_of(cited), 0);
    }
  }
}

static int compare_numbers(const void *left, const void *right)
{
  const size_t a = *(const size_t *)left;
  const size_t b = *(const size_t *)right;
  return (a > b) - (a < b);
}

static size_t number_of(dem_numbering *cited, size_t source)
{
  if (cited->numbers[source] == 0) {
    cited->sources[cited->count] = source;
    cited->numbers[source] = ++cited->count;
  }
  return cited->numbers[source];
}

size_t dem_numbering_add(dem_numbering *cited, const dem_advice_reason *reason, dem_citing citing,
                         const dem_advice_partner *partner)
{
  size_t count = 0;
  for (size_t i = 0; i < reason->citation_count; ++i) {
    if (dem_citing_shows(citing, partner, reason->citations[i])) {
      cited->shown[count++] = number_of(cited, reason->citations[i]);
    }
  }
  if (count > 0) {
    qsort(cited->shown, count, sizeof *cited->shown, compare_numbers);
  }
  return count;
}

size_t dem_numbering_add_common(dem_numbering *cited, const dem_advice_partner *partner)
{
  size_t count = 0;
  for (size_t i = 0; i < cited->advice->source_count; ++i) {
    if (dem_citing_is_common(partner, i)) {
      cited->shown[count++] = number_of(cited, i);
    }
  }
  if (count > 0) {
    qsort(cited->shown, count, sizeof *cited->shown, compare_numbers);
  }
  return count;
}

size_t dem_numbering_first(const dem_numbering *cited, size_t number)
{
  const dem_advice_source *const sources = cited->advice->sources;
  size_t first = 1;
  while (!is_same_document(&sources[cited->sources[first - 1]],
                           &sources[cited->sources[number - 1]])) {
    ++first;
  }
  return first;
}
