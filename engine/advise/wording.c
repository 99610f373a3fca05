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

/// What the language makes of a value, which lives as long as any advice; NULL where English stands
/// in.
static const char *translated_text(const dem_wording *words, const dem_type *type, dem_word word)
{
  const dem_text *text = NULL;
  if (word != DEM_ABSENT && word != DEM_OPEN && type->kind == DEM_TYPE_REFERENCE) {
    text = dem_names_translation(words->names, type->relation, word);
  } else if (word != DEM_ABSENT && word != DEM_OPEN && type->kind == DEM_TYPE_ENUMERATION) {
    text = dem_language_find(words->names->language, (dem_text_id){DEM_TEXT_VALUE, 0, word});
  }
  return text ? text->text.bytes : NULL;
}

void dem_wording_add_label(dem_wording *words, const dem_type *type, dem_word word)
{
  if (word == DEM_ABSENT) {
    return;
  }
  if (word == DEM_OPEN) {
    dem_buffer_add_text(&words->text, "…");
    return;
  }
  switch (type->kind) {
  case DEM_TYPE_BOOLEAN:
    dem_buffer_add_text(&words->text,
                        dem_saying_plain(words->names->language, word ? DEM_SAY_YES : DEM_SAY_NO));
    return;
  case DEM_TYPE_REFERENCE:
    dem_names_label(words->names, words->symbols, type->relation, word, &words->text);
    return;
  case DEM_TYPE_ENUMERATION:
    if (!translated_text(words, type, word)) {
      dem_word_write(words->symbols, type->storage, word, &words->text);
    } else {
      dem_buffer_add_text(&words->text, translated_text(words, type, word));
    }
    return;
  case DEM_TYPE_SYMBOL:
  case DEM_TYPE_TEXT:
  case DEM_TYPE_INTEGER:
  case DEM_TYPE_NUMBER:
  case DEM_TYPE_DATE:
    dem_word_write(words->symbols, type->storage, word, &words->text);
    return;
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
  const char *const translated =
      words->names->language && words->text.size == 0 ? translated_text(words, type, word) : NULL;
  if (translated) {
    return translated;
  }
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

dem_slice dem_wording_title(const dem_wording *words, const dem_rule *rule)
{
  return dem_language_title(words->names->language, words->model, rule);
}

const char *dem_wording_cell(dem_wording *words, uint32_t relation, uint32_t field,
                             const dem_word *row)
{
  const dem_relation *const r = &words->model->relations[relation];
  const dem_text *const text =
      r->key == DEM_NONE
          ? NULL
          : dem_language_find(
                words->names->language,
                (dem_text_id){DEM_TEXT_FACT, dem_text_column(relation, field), row[r->key]});
  return text ? text->text.bytes : dem_wording_key(words, &r->fields[field].type, row[field]);
}

dem_slice dem_wording_source(const dem_wording *words, uint32_t source)
{
  return dem_language_or(words->names->language, (dem_text_id){DEM_TEXT_SOURCE_TITLE, 0, source},
                         words->model->sources[source].title);
}

const char *dem_wording_field(const dem_wording *words, uint32_t question)
{
  return dem_wording_of(dem_language_field(words->names->language, words->model, question));
}

const char *dem_wording_ask(const dem_wording *words, uint32_t question)
{
  return dem_wording_of(dem_language_ask(words->names->language, words->model, question));
}

void dem_wording_say(dem_wording *words, dem_said said)
{
  dem_say(&words->text, words->names->language, said);
}

/// A label in the form that a translation asks for: "du Maroc".
static void add_form(dem_wording *words, const dem_type *type, dem_word word, uint32_t form)
{
  const dem_language *const language = words->names->language;
  const dem_text *const text = word == DEM_ABSENT || word == DEM_OPEN
                                   ? NULL
                                   : dem_names_translation(words->names, type->relation, word);
  const uint32_t class = text ? text->class_index : 0;
  const dem_label_form ending = language->endings[class * language->form_count + form - 1];
  dem_buffer_add(&words->text, ending.before);
  dem_wording_add_label(words, type, word);
  dem_buffer_add(&words->text, ending.after);
}

bool dem_wording_has_forms(const dem_wording *words)
{
  return words->names->language && words->names->language->form_count > 0;
}

void dem_wording_add_subject(dem_wording *words, const dem_type *type, dem_word word)
{
  if (dem_wording_has_forms(words) && type->kind == DEM_TYPE_REFERENCE) {
    add_form(words, type, word, 1);
  } else {
    dem_wording_add_label(words, type, word);
  }
}

static void add_parts(dem_wording *words, const dem_rule *rule, const dem_reason_part *parts,
                      uint32_t count, const dem_word *values)
{
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t variable = parts[i].variable;
    if (variable == DEM_NONE) {
      dem_buffer_add(&words->text, parts[i].text);
    } else if (parts[i].form > 0) {
      add_form(words, &rule->variables[variable].type, values[variable], parts[i].form);
    } else {
      dem_wording_add_label(words, &rule->variables[variable].type, values[variable]);
    }
  }
}

void dem_wording_add_because(dem_wording *words, const dem_rule *rule, const dem_word *values)
{
  if (rule->reason_count == 0) {
    dem_buffer_add(&words->text, dem_wording_title(words, rule));
    return;
  }
  const dem_text_id id = {DEM_TEXT_RULE_BECAUSE, 0, (uint64_t)(rule - words->model->rules)};
  const dem_text *const text = dem_language_find(words->names->language, id);
  if (text) {
    add_parts(words, rule, text->reason, text->reason_count, values);
  } else {
    add_parts(words, rule, rule->reason, rule->reason_count, values);
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
