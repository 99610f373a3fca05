// SPDX-License-Identifier: Apache-2.0

// Values, facts and reasons in words.

#include "advise/wording.h"

#include "base/try.h"
#include "lang/scalar.h"

size_t dem_wording_most_variables(const dem_model *model)
{
  size_t most = 1;
  for (uint32_t i = 0; i < model->rule_count; ++i) {
    const size_t count = model->rules[i].variable_count;
    most = count > most ? count : most;
  }
  return most;
}

void dem_wording_init(dem_wording *words, dem_allocator allocator, const dem_program *program,
                      const dem_names *names, const dem_symbols *symbols, dem_facts *facts,
                      dem_arena *arena)
{
  *words = (dem_wording){.program = program,
                         .model = dem_program_model(program),
                         .names = names,
                         .symbols = symbols,
                         .facts = facts,
                         .arena = arena};
  dem_buffer_init(&words->text, allocator);
}

dem_status dem_wording_reset(dem_wording *words)
{
  dem_buffer_reset(&words->text);
  words->values = DEM_ARENA_ARRAY(words->arena, dem_word, dem_wording_most_variables(words->model));
  return words->values ? DEM_OK : DEM_ERR_NO_MEMORY;
}

void dem_wording_clear(dem_wording *words)
{
  dem_buffer_clear(&words->text);
}

const char *dem_wording_of(dem_slice slice)
{
  return slice.bytes ? slice.bytes : "";
}

const char *dem_wording_keep(dem_wording *words)
{
  const char *const copy =
      words->text.has_failed ? NULL : dem_arena_copy(words->arena, dem_buffer_slice(&words->text));
  dem_buffer_reset(&words->text);
  return copy;
}

// Values ------------------------------------------------------------------------------

void dem_wording_add_label(dem_wording *words, const dem_type *type, dem_word word)
{
  if (word == DEM_ABSENT) {
    return;
  }
  if (word == DEM_OPEN) {
    dem_buffer_add_text(&words->text, "…");
    return;
  }
  if (type->kind == DEM_TYPE_BOOLEAN) {
    dem_buffer_add_text(&words->text, word ? "yes" : "no");
  } else if (type->kind == DEM_TYPE_REFERENCE) {
    dem_names_label(words->names, words->symbols, type->relation, word, &words->text);
  } else {
    dem_word_write(words->symbols, type->storage, word, &words->text);
  }
}

/// A text of the pack, which lives as long as any advice: no copy is needed. NULL for others.
static const char *pack_text(const dem_wording *words, dem_storage storage, dem_word word)
{
  const dem_symbols *const pack = dem_program_symbols(words->program);
  if (storage != DEM_STORAGE_STRING || word == DEM_OPEN || word == DEM_ABSENT ||
      dem_word_symbol(word).index >= dem_symbols_count(pack)) {
    return NULL;
  }
  return dem_symbols_text(pack, dem_word_symbol(word)).bytes;
}

const char *dem_wording_label(dem_wording *words, const dem_type *type, dem_word word)
{
  dem_storage storage = type->storage;
  dem_word shown = word;
  if (type->kind == DEM_TYPE_REFERENCE && word != DEM_ABSENT && word != DEM_OPEN) {
    shown = dem_names_label_word(words->names, type->relation, word, &storage);
  }
  const char *const text = words->text.size == 0 ? pack_text(words, storage, shown) : NULL;
  if (text) {
    return text;
  }
  dem_wording_add_label(words, type, word);
  return dem_wording_keep(words);
}

const char *dem_wording_key(dem_wording *words, const dem_type *type, dem_word word)
{
  const char *const text = words->text.size == 0 ? pack_text(words, type->storage, word) : NULL;
  if (text) {
    return text;
  }
  if (word != DEM_ABSENT && word != DEM_OPEN) {
    dem_word_write(words->symbols, type->storage, word, &words->text);
  }
  return dem_wording_keep(words);
}

const char *dem_wording_day(dem_wording *words, int64_t day)
{
  dem_word_write(NULL, DEM_STORAGE_DATE, dem_word_of_integer(day), &words->text);
  return dem_wording_keep(words);
}

// Reasons -----------------------------------------------------------------------------

void dem_wording_add_because(dem_wording *words, const dem_rule *rule, const dem_word *values)
{
  if (rule->reason_count == 0) {
    dem_buffer_add(&words->text, rule->title);
  }
  for (uint32_t i = 0; i < rule->reason_count; ++i) {
    const dem_reason_part *const part = &rule->reason[i];
    if (part->variable == DEM_NONE) {
      dem_buffer_add(&words->text, part->text);
    } else {
      dem_wording_add_label(words, &rule->variables[part->variable].type, values[part->variable]);
    }
  }
}

dem_status dem_wording_add_reason(dem_wording *words, const dem_rule *rule, dem_fact fact)
{
  if (rule->reason_count > 0) {
    DEM_TRY(dem_program_rebind(words->program, words->facts, fact, words->values));
  }
  dem_wording_add_because(words, rule, words->values);
  return DEM_OK;
}
