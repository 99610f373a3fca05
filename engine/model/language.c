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

dem_slice dem_language_title(const dem_language *language, const dem_model *model,
                             const dem_rule *rule)
{
  const dem_text_id id = {DEM_TEXT_RULE_TITLE, 0, (uint64_t)(rule - model->rules)};
  return dem_language_or(language, id, rule->title);
}

dem_slice dem_language_field(const dem_language *language, const dem_model *model,
                             uint32_t question)
{
  return dem_language_or(language, (dem_text_id){DEM_TEXT_QUESTION_NAME, 0, question},
                         dem_symbols_text(model->symbols, model->questions[question].field));
}

dem_slice dem_language_ask(const dem_language *language, const dem_model *model, uint32_t question)
{
  const dem_slice ask = dem_language_or(language, (dem_text_id){DEM_TEXT_QUESTION_ASK, 0, question},
                                        model->questions[question].ask);
  const dem_slice field = dem_symbols_text(model->symbols, model->questions[question].field);
  return dem_slice_is_equal(ask, field) ? dem_language_field(language, model, question) : ask;
}

const char *dem_language_tag(const dem_language *language)
{
  return language ? language->code.bytes : "en";
}

bool dem_language_runs_leftward(const dem_language *language)
{
  static const char *const codes[] = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"};
  const dem_slice code = dem_slice_of(dem_language_tag(language));
  size_t size = 0;
  while (size < code.size && code.bytes[size] != '-') {
    ++size;
  }
  bool is_found = false;
  for (size_t i = 0; i < sizeof codes / sizeof *codes; ++i) {
    is_found = is_found || dem_slice_is((dem_slice){code.bytes, size}, codes[i]);
  }
  return is_found;
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
