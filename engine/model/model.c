// SPDX-License-Identifier: Apache-2.0

// The owner of a pack's checked data.

#include "model/model.h"

#include "base/regex.h"

void dem_model_init(dem_model *model, dem_allocator allocator)
{
  *model = (dem_model){.answered = DEM_NONE, .open = DEM_NONE, .known = DEM_NONE};
  dem_arena_init(&model->arena, allocator);
  dem_files_init(&model->files, allocator);
  dem_vector_init(&model->givens, allocator, sizeof(dem_given));
  dem_vector_init(&model->regexes, allocator, sizeof(dem_regex *));
}

void dem_model_clear(dem_model *model)
{
  for (size_t i = 0; i < model->regexes.count; ++i) {
    dem_regex_free(DEM_VECTOR_AT(&model->regexes, dem_regex *, i));
  }
  for (uint32_t i = 0; model->facts && i < model->relation_count; ++i) {
    dem_vector_clear(&model->facts[i].words);
    dem_vector_clear(&model->facts[i].givens);
  }
  dem_vector_clear(&model->regexes);
  dem_vector_clear(&model->givens);
  dem_files_clear(&model->files);
  dem_symbols_free(model->symbols);
  dem_arena_clear(&model->arena);
}

uint32_t dem_model_find_relation(const dem_model *model, dem_slice name)
{
  const dem_symbol symbol = dem_symbols_find(model->symbols, name);
  for (uint32_t i = 0; !dem_symbol_is_none(symbol) && i < model->relation_count; ++i) {
    if (dem_symbol_is_equal(model->relations[i].name, symbol)) {
      return i;
    }
  }
  return DEM_NONE;
}

uint32_t dem_relation_find_field(const dem_model *model, const dem_relation *relation,
                                 dem_slice name)
{
  const dem_symbol symbol = dem_symbols_find(model->symbols, name);
  for (uint32_t i = 0; !dem_symbol_is_none(symbol) && i < relation->field_count; ++i) {
    if (dem_symbol_is_equal(relation->fields[i].name, symbol)) {
      return i;
    }
  }
  return DEM_NONE;
}

uint32_t dem_model_question_of(const dem_model *model, uint32_t rule)
{
  for (uint32_t i = 0; i < model->question_count; ++i) {
    if (model->questions[i].open_rule == rule) {
      return i;
    }
  }
  return DEM_NONE;
}
