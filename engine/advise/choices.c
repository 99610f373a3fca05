// SPDX-License-Identifier: Apache-2.0

// What may be answered to one question, and a search by what people call it.
//
// The choices are listed once, with all their names; advise/name_search.c finds them.

#include "advise/choices.h"

#include <stdlib.h>
#include <string.h>

#include "advise/name_search.h"
#include "base/try.h"
#include "lang/scalar.h"
#include "model/saying.h"

struct dem_choices {
  dem_allocator allocator;
  dem_arena arena; ///< Holds the texts.
  size_t count;
  dem_choice *items;
  dem_name_search search;
  dem_vector all; ///< dem_match, one a choice: what an empty text finds.
};

/// While the list is built.
typedef struct builder {
  const dem_choices_input *input;
  dem_choices *choices;
  dem_table index; ///< The choices as words: row n is choice n.
  dem_buffer text;
} builder;

// Building ----------------------------------------------------------------------------

static const dem_question *question_of(const builder *b, uint32_t question)
{
  return &dem_program_model(b->input->program)->questions[question];
}

static dem_status add_word(builder *b, dem_word word)
{
  bool is_new;
  return dem_table_put(&b->index, &word, &is_new) == DEM_NONE ? DEM_ERR_NO_MEMORY : DEM_OK;
}

static dem_status add_facts(builder *b, const dem_facts *facts, uint32_t relation, uint32_t field)
{
  const uint32_t count = dem_facts_count(facts, relation);
  for (uint32_t i = 0; i < count; ++i) {
    DEM_TRY(add_word(b, dem_facts_row(facts, dem_facts_at(facts, relation, i))[field]));
  }
  return DEM_OK;
}

/// Every value of the type, as far as they can be listed.
static dem_status add_values(builder *b, const dem_type *type)
{
  if (type->kind == DEM_TYPE_REFERENCE) {
    const dem_model *const model = dem_program_model(b->input->program);
    return add_facts(b, b->input->names->facts, type->relation,
                     model->relations[type->relation].key);
  }
  for (uint32_t i = 0; i < type->option_count; ++i) {
    DEM_TRY(add_word(b, dem_word_of_symbol(type->options[i])));
  }
  if (type->kind == DEM_TYPE_BOOLEAN) {
    DEM_TRY(add_word(b, 1));
    DEM_TRY(add_word(b, 0));
  }
  return DEM_OK;
}

static dem_status collect(builder *b, const dem_question *question)
{
  if (question->options != DEM_NONE) {
    DEM_TRY(add_facts(b, b->input->facts, question->options, 0));
  }
  const bool is_before_run = question->options != DEM_NONE &&
                             dem_program_plan(b->input->program)->is_session[question->options];
  if (b->index.count > 0 || (question->options != DEM_NONE && !is_before_run)) {
    return DEM_OK;
  }
  return add_values(b, &question->type);
}

static const char *copy_text(builder *b)
{
  return b->text.has_failed ? NULL : dem_arena_copy(&b->choices->arena, dem_buffer_slice(&b->text));
}

static dem_status set_texts(builder *b, const dem_type *type, dem_word word, dem_choice *choice)
{
  const dem_language *const language = b->input->names->language;
  dem_buffer_reset(&b->text);
  dem_word_write(b->input->symbols, type->storage, word, &b->text);
  choice->value = copy_text(b);
  if (type->kind == DEM_TYPE_REFERENCE) {
    dem_buffer_reset(&b->text);
    dem_names_label(b->input->names, b->input->symbols, type->relation, word, &b->text);
  } else if (type->kind == DEM_TYPE_BOOLEAN) {
    dem_buffer_reset(&b->text);
    dem_buffer_add_text(&b->text, dem_saying_plain(language, word ? DEM_SAY_YES : DEM_SAY_NO));
  } else if (type->kind == DEM_TYPE_ENUMERATION) {
    const dem_slice value = dem_language_or(language, (dem_text_id){DEM_TEXT_VALUE, 0, word},
                                            dem_buffer_slice(&b->text));
    choice->label = dem_arena_copy(&b->choices->arena, value);
    return choice->value && choice->label ? DEM_OK : DEM_ERR_NO_MEMORY;
  }
  choice->label = copy_text(b);
  return choice->value && choice->label ? DEM_OK : DEM_ERR_NO_MEMORY;
}

// Order -------------------------------------------------------------------------------

/// A choice on its way to its place.
typedef struct ordered_choice {
  dem_choice choice;
  dem_slice folded; ///< The label.
  dem_word word;
  size_t position; ///< In the type's own order.
} ordered_choice;

static int compare_labels(const void *left, const void *right)
{
  const ordered_choice *const a = left;
  const ordered_choice *const b = right;
  const int order = dem_slice_compare(a->folded, b->folded);
  if (order != 0) {
    return order;
  }
  return dem_slice_compare(dem_slice_of(a->choice.value), dem_slice_of(b->choice.value));
}

static int compare_positions(const void *left, const void *right)
{
  const ordered_choice *const a = left;
  const ordered_choice *const b = right;
  return (a->position > b->position) - (a->position < b->position);
}

/// Where an enumeration's value stands in the schema; elsewhere the order of arrival.
static size_t position_of(const dem_type *type, dem_word word, size_t arrival)
{
  for (uint32_t i = 0; i < type->option_count; ++i) {
    if (dem_symbol_is_equal(type->options[i], dem_word_symbol(word))) {
      return i;
    }
  }
  return arrival;
}

static dem_status fill_ordered(builder *b, const dem_type *type, ordered_choice *ordered)
{
  for (uint32_t i = 0; i < b->index.count; ++i) {
    ordered_choice *const o = &ordered[i];
    dem_slice folded;
    o->word = *dem_table_row(&b->index, i);
    o->position = position_of(type, o->word, i);
    DEM_TRY(set_texts(b, type, o->word, &o->choice));
    if (!dem_name_search_fold(&b->choices->search, dem_slice_of(o->choice.label), &folded)) {
      return DEM_ERR_NO_MEMORY;
    }
    o->folded = (dem_slice){dem_arena_copy(&b->choices->arena, folded), folded.size};
    DEM_TRY_MEMORY(o->folded.bytes);
  }
  return DEM_OK;
}

/// Put the choices in order, and the index with them.
static dem_status order(builder *b, const dem_type *type)
{
  const size_t count = b->index.count;
  dem_choices *const choices = b->choices;
  ordered_choice *const ordered = DEM_ARENA_ARRAY(&choices->arena, ordered_choice, count);
  choices->items = DEM_ARENA_ARRAY(&choices->arena, dem_choice, count);
  if (!ordered || !choices->items) {
    return DEM_ERR_NO_MEMORY;
  }
  DEM_TRY(fill_ordered(b, type, ordered));
  qsort(ordered, count, sizeof *ordered,
        type->kind == DEM_TYPE_REFERENCE ? compare_labels : compare_positions);
  dem_table_reset(&b->index);
  for (size_t i = 0; i < count; ++i) {
    choices->items[i] = ordered[i].choice;
    DEM_TRY(add_word(b, ordered[i].word));
  }
  choices->count = count;
  return DEM_OK;
}

// Names -------------------------------------------------------------------------------

static dem_status add_name(builder *b, uint32_t choice, const char *written)
{
  return dem_name_search_add(&b->choices->search, choice, written);
}

/// Texts of the pack's facts live as long as the pack.
static const char *text_of(const builder *b, dem_word word)
{
  return dem_symbols_text(dem_program_symbols(b->input->program), dem_word_symbol(word)).bytes;
}

/// What English and the language call a row besides its label in the language.
static dem_status add_row_names(builder *b, uint32_t choice, uint32_t relation, const dem_word *row)
{
  const dem_relation *const r = &dem_program_model(b->input->program)->relations[relation];
  const dem_language *const language = b->input->names->language;
  for (uint32_t j = 0; j <= r->also_count; ++j) {
    const uint32_t field = j < r->also_count ? r->also[j] : r->label;
    if (field == DEM_NONE || row[field] == DEM_ABSENT ||
        r->fields[field].type.storage != DEM_STORAGE_STRING) {
      continue;
    }
    const dem_text_id id = {DEM_TEXT_FACT, dem_text_column(relation, field), row[r->key]};
    const dem_text *const translation = dem_language_find(language, id);
    if (field != r->label || translation) {
      DEM_TRY(add_name(b, choice, text_of(b, row[field])));
    }
    if (field != r->label && translation) {
      DEM_TRY(add_name(b, choice, translation->text.bytes));
    }
  }
  return DEM_OK;
}

static dem_status add_further_names(builder *b, uint32_t relation)
{
  for (uint32_t i = 0; i < b->index.count; ++i) {
    const dem_fact fact = dem_names_row(b->input->names, relation, *dem_table_row(&b->index, i));
    const dem_word *const row =
        dem_fact_is_none(fact) ? NULL : dem_facts_row(b->input->names->facts, fact);
    DEM_TRY(row ? add_row_names(b, i, relation, row) : DEM_OK);
  }
  return DEM_OK;
}

/// What one row of an alias relation calls the row that it refers to.
static dem_status add_alias(builder *b, const dem_relation *alias, const dem_word *row)
{
  const uint32_t choice = dem_table_find(&b->index, &row[alias->names]);
  for (uint32_t j = 0; choice != DEM_NONE && j < alias->field_count; ++j) {
    const dem_type_kind kind = alias->fields[j].type.kind;
    const bool is_name = j != alias->names && (kind == DEM_TYPE_TEXT || kind == DEM_TYPE_SYMBOL);
    if (is_name && row[j] != DEM_ABSENT) {
      DEM_TRY(add_name(b, choice, text_of(b, row[j])));
    }
  }
  return DEM_OK;
}

static dem_status add_aliases(builder *b, uint32_t relation)
{
  const dem_model *const model = dem_program_model(b->input->program);
  const dem_facts *const facts = b->input->names->facts;
  for (uint32_t i = 0; i < model->relation_count; ++i) {
    const dem_relation *const r = &model->relations[i];
    const dem_type *const named = r->names == DEM_NONE ? NULL : &r->fields[r->names].type;
    if (!named || named->kind != DEM_TYPE_REFERENCE || named->relation != relation) {
      continue;
    }
    const uint32_t count = dem_facts_count(facts, i);
    for (uint32_t j = 0; j < count; ++j) {
      DEM_TRY(add_alias(b, r, dem_facts_row(facts, dem_facts_at(facts, i, j))));
    }
  }
  return DEM_OK;
}

static dem_status add_names(builder *b, const dem_type *type)
{
  for (uint32_t i = 0; i < b->choices->count; ++i) {
    const dem_choice *const choice = &b->choices->items[i];
    DEM_TRY(add_name(b, i, choice->label));
    if (strcmp(choice->value, choice->label) != 0) {
      DEM_TRY(add_name(b, i, choice->value));
    }
  }
  if (type->kind == DEM_TYPE_BOOLEAN) {
    DEM_TRY(add_name(b, 0, "y"));
    DEM_TRY(add_name(b, 1, "n"));
  }
  if (type->kind != DEM_TYPE_REFERENCE) {
    return DEM_OK;
  }
  DEM_TRY(add_further_names(b, type->relation));
  return add_aliases(b, type->relation);
}

static dem_status build(builder *b, const dem_question *question)
{
  DEM_TRY(dem_table_init(&b->index, b->choices->allocator, 1, false, NULL, 0));
  DEM_TRY(collect(b, question));
  DEM_TRY(order(b, &question->type));
  for (size_t i = 0; i < b->choices->count; ++i) {
    const dem_match match = {i, DEM_MATCH_START, b->choices->items[i].label};
    if (!dem_vector_add(&b->choices->all, &match)) {
      return DEM_ERR_NO_MEMORY;
    }
  }
  return add_names(b, &question->type);
}

dem_status dem_choices_build(const dem_choices_input *input, uint32_t question,
                             dem_choices **choices_out)
{
  const dem_allocator allocator = input->allocator;
  dem_choices *const choices = allocator.resize(allocator.context, NULL, 0, sizeof *choices);
  *choices_out = NULL;
  DEM_TRY_MEMORY(choices);
  *choices = (dem_choices){.allocator = allocator};
  dem_arena_init(&choices->arena, allocator);
  dem_name_search_init(&choices->search, allocator, &choices->arena);
  dem_vector_init(&choices->all, allocator, sizeof(dem_match));
  builder b = {.input = input, .choices = choices, .index = {.allocator = allocator}};
  dem_buffer_init(&b.text, allocator);
  const dem_status status = build(&b, question_of(&b, question));
  dem_buffer_clear(&b.text);
  dem_table_clear(&b.index);
  if (status != DEM_OK) {
    dem_choices_free(choices);
    return status;
  }
  *choices_out = choices;
  return DEM_OK;
}

void dem_choices_free(dem_choices *choices)
{
  if (!choices) {
    return;
  }
  dem_vector_clear(&choices->all);
  dem_name_search_clear(&choices->search);
  dem_arena_clear(&choices->arena);
  (void)choices->allocator.resize(choices->allocator.context, choices, sizeof *choices, 0);
}

size_t dem_choices_count(const dem_choices *choices)
{
  return choices->count;
}

dem_choice dem_choices_at(const dem_choices *choices, size_t index)
{
  return choices->items[index];
}

size_t dem_choices_find(const dem_choices *choices, const char *value)
{
  size_t i = 0;
  while (i < choices->count && strcmp(choices->items[i].value, value) != 0) {
    ++i;
  }
  return i;
}

dem_status dem_choices_search(dem_choices *choices, const char *text, dem_matches *matches_out)
{
  if (text[strspn(text, " \t\n")] == '\0') {
    *matches_out = (dem_matches){choices->all.count, choices->all.items};
    return DEM_OK;
  }
  return dem_name_search_find(&choices->search, choices->count, NULL, text, matches_out);
}
