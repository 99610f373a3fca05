// SPDX-License-Identifier: Apache-2.0

// The sources that advice or an explanation cites.

#include "advise/bibliography.h"

#include <stdlib.h>

#include "base/sort.h"
#include "base/try.h"

void dem_bibliography_init(dem_bibliography *bibliography, dem_allocator allocator)
{
  dem_vector_init(&bibliography->cited, allocator, sizeof(dem_cited));
}

void dem_bibliography_clear(dem_bibliography *bibliography)
{
  dem_vector_clear(&bibliography->cited);
}

/// A source's number among those cited so far.
static bool number_source(dem_bibliography *b, const dem_cited *cited, size_t *number_out)
{
  for (size_t i = 0; i < b->cited.count; ++i) {
    dem_cited *const known = &DEM_VECTOR_AT(&b->cited, dem_cited, i);
    if (known->citation.source == cited->citation.source &&
        known->citation.section == cited->citation.section) {
      known->as_of = cited->as_of < known->as_of ? cited->as_of : known->as_of;
      *number_out = i;
      return true;
    }
  }
  *number_out = b->cited.count;
  return dem_vector_add(&b->cited, cited);
}

dem_status dem_bibliography_add(dem_bibliography *bibliography, const dem_vector *cited,
                                dem_arena *arena, size_t **numbers_out)
{
  size_t *const numbers = DEM_ARENA_ARRAY(arena, size_t, cited->count);
  DEM_TRY_MEMORY(numbers);
  for (size_t i = 0; i < cited->count; ++i) {
    if (!number_source(bibliography, &DEM_VECTOR_AT(cited, dem_cited, i), &numbers[i])) {
      return DEM_ERR_NO_MEMORY;
    }
  }
  *numbers_out = numbers;
  return DEM_OK;
}

// Settling ----------------------------------------------------------------------------

typedef struct numbered_source {
  dem_cited cited;
  size_t before;
} numbered_source;

static int compare_numbers(uint32_t a, uint32_t b)
{
  return (a > b) - (a < b);
}

static int compare_sources(const void *left, const void *right)
{
  const numbered_source *const a = left;
  const numbered_source *const b = right;
  const int order = compare_numbers(a->cited.citation.source, b->cited.citation.source);
  return order ? order // A source as a whole (DEM_NONE) comes before its sections.
               : compare_numbers(a->cited.citation.section + 1, b->cited.citation.section + 1);
}

/// A text of a source in the language.
static const char *text_in(const dem_wording *words, const dem_citation *citation,
                           dem_text_kind kind, dem_slice english)
{
  const uint32_t part = kind == DEM_TEXT_SECTION ? citation->section : 0;
  return dem_wording_of(dem_language_or(words->names->language,
                                        (dem_text_id){kind, part, citation->source}, english));
}

static dem_status describe_source(dem_wording *words, const dem_cited *cited,
                                  dem_advice_source *out)
{
  const dem_citation *const c = &cited->citation;
  const dem_source *const s = &words->model->sources[c->source];
  const bool has_section = cited->citation.section != DEM_NONE;
  const dem_section *const section = has_section ? &s->sections[cited->citation.section] : NULL;
  dem_buffer_add(&words->text, dem_symbols_text(words->model->symbols, s->id));
  if (section) {
    dem_buffer_add_char(&words->text, '/');
    dem_buffer_add(&words->text, dem_symbols_text(words->model->symbols, section->id));
  }
  *out = (dem_advice_source){
      .id = dem_wording_keep(words),
      .title = text_in(words, c, DEM_TEXT_SOURCE_TITLE, s->title),
      .section = section ? text_in(words, c, DEM_TEXT_SECTION, section->title) : "",
      .work = text_in(words, c, DEM_TEXT_SOURCE_WORK, s->work),
      .author = dem_wording_of(s->author),
      .publisher = text_in(words, c, DEM_TEXT_SOURCE_PUBLISHER, s->publisher),
      .date = dem_wording_of(s->date),
      .url = dem_wording_of(s->url),
      .as_of = ""};
  if (cited->as_of != INT64_MAX) {
    out->as_of = dem_wording_day(words, cited->as_of);
  }
  return out->id && out->as_of ? DEM_OK : DEM_ERR_NO_MEMORY;
}

dem_status dem_bibliography_settle(const dem_bibliography *bibliography, dem_wording *words,
                                   const dem_advice_source **sources_out, const size_t **after_out)
{
  const size_t count = bibliography->cited.count;
  numbered_source *const sorted = DEM_ARENA_ARRAY(words->arena, numbered_source, count);
  size_t *const after = DEM_ARENA_ARRAY(words->arena, size_t, count);
  dem_advice_source *const sources = DEM_ARENA_ARRAY(words->arena, dem_advice_source, count);
  if (!sorted || !after || !sources) {
    return DEM_ERR_NO_MEMORY;
  }
  for (size_t i = 0; i < count; ++i) {
    sorted[i] = (numbered_source){DEM_VECTOR_AT(&bibliography->cited, dem_cited, i), i};
  }
  if (count) {
    numbered_source *const spare = DEM_ARENA_ARRAY(words->arena, numbered_source, count);
    DEM_TRY_MEMORY(spare);
    dem_sort(sorted, count, sizeof *sorted, compare_sources, spare);
  }
  for (size_t i = 0; i < count; ++i) {
    after[sorted[i].before] = i;
    DEM_TRY(describe_source(words, &sorted[i].cited, &sources[i]));
  }
  *sources_out = sources;
  *after_out = after;
  return DEM_OK;
}

static int compare_sizes(const void *left, const void *right)
{
  const size_t a = *(const size_t *)left;
  const size_t b = *(const size_t *)right;
  return (a > b) - (a < b);
}

void dem_bibliography_renumber(const size_t *after, size_t *numbers, size_t count)
{
  for (size_t i = 0; i < count; ++i) {
    numbers[i] = after[numbers[i]];
  }
  if (count) {
    qsort(numbers, count, sizeof *numbers, compare_sizes);
  }
}
