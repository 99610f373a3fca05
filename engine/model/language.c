// SPDX-License-Identifier: Apache-2.0

// Languages: a pack's texts as a translation says them.

#include "model/language.h"

#include "model/model.h"

static int compare(uint64_t a, uint64_t b)
{
  return (a > b) - (a < b);
}

int dem_text_id_compare(dem_text_id a, dem_text_id b)
{
  int order = compare(a.kind, b.kind);
  order = order ? order : compare(a.owner, b.owner);
  return order ? order : compare(a.part, b.part);
}

const dem_text *dem_language_find(const dem_language *language, dem_text_id id)
{
  uint32_t low = 0;
  uint32_t high = language ? language->translated_count : 0;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    const dem_text *const text = &language->texts[language->translated[middle]];
    const int order = dem_text_id_compare(text->id, id);
    if (order == 0) {
      return text;
    }
    if (order < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return NULL;
}

dem_slice dem_language_or(const dem_language *language, dem_text_id id, dem_slice english)
{
  const dem_text *const text = dem_language_find(language, id);
  return text ? text->text : english;
}

const dem_language *dem_model_find_language(const dem_model *model, dem_slice code)
{
  for (uint32_t i = 0; i < model->language_count; ++i) {
    if (dem_slice_is_equal(model->languages[i].code, code)) {
      return &model->languages[i];
    }
  }
  return NULL;
}
