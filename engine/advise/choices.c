// SPDX-License-Identifier: Apache-2.0

// What may be answered to one question, and a search by what people call it.
//
// Every name of every choice is kept folded: lower case, no accents, a blank for
// whatever is no letter and no digit. A search folds what was typed and runs over
// all names; that is fast enough for ten thousand of them on every key.

#include "advise/choices.h"

#include <stdlib.h>

#include "base/try.h"
#include "base/unicode.h"
#include "lang/scalar.h"

enum {
  LONGEST_CODE = 3,  // "MA", "MAR", "EU": found by the whole code, not by its beginning.
  SHORTEST_NEAR = 3, // One edit of a shorter text could be anything.
  MOST_NEAR = 5,     // More to choose from is no help.
};

typedef struct choice_name {
  dem_slice folded;
  const char *written;
  uint32_t choice;
} choice_name;

struct dem_choices {
  dem_allocator allocator;
  dem_arena arena; ///< Holds the texts.
  size_t count;
  dem_choice *items;
  dem_vector names;   ///< choice_name
  dem_vector matches; ///< dem_match: what the last search found.
  dem_vector found;   ///< dem_match, one a choice: the best of its names so far.
  dem_buffer typed;   ///< What is searched for, folded.
};

/// While the list is built.
typedef struct builder {
  const dem_choices_input *input;
  dem_choices *choices;
  dem_table index; ///< The choices as words: row n is choice n.
  dem_buffer text;
} builder;

// Folding -----------------------------------------------------------------------------

/// What a letter without a decomposition is typed as; NULL for itself.
static const char *plain_letter(uint32_t point)
{
  switch (point) {
  case 0xE6:
    return "ae";
  case 0xF0:
  case 0x111:
    return "d";
  case 0xF8:
    return "o";
  case 0xFE:
    return "th";
  case 0x127:
    return "h";
  case 0x131:
    return "i";
  case 0x142:
    return "l";
  case 0x153:
    return "oe";
  default:
    return NULL;
  }
}

static bool is_separator(uint32_t point)
{
  const bool is_ascii_name =
      (point >= '0' && point <= '9') || (point >= 'a' && point <= 'z') || point >= 0x80;
  const bool is_quote_or_dash = point >= 0x2010 && point <= 0x2027;
  return !is_ascii_name || is_quote_or_dash || (point >= 0xA0 && point <= 0xBF);
}

/// Replace `out` by the text as it is searched for. False when it is no text or memory is short.
static bool fold(dem_slice text, dem_buffer *scratch, dem_buffer *out)
{
  if (!dem_unicode_fold(text, scratch)) {
    return false;
  }
  const dem_slice folded = dem_buffer_slice(scratch);
  dem_buffer_reset(out);
  bool is_blank = true; // Blanks in front go.
  for (size_t i = 0; i < folded.size;) {
    const size_t begin = i;
    const uint32_t point = dem_unicode_next(folded, &i);
    const char *const letter = plain_letter(point);
    const bool is_gap = is_separator(point);
    if (letter) {
      dem_buffer_add_text(out, letter);
    } else if (!is_gap) {
      dem_buffer_add(out, (dem_slice){folded.bytes + begin, i - begin});
    } else if (!is_blank) {
      dem_buffer_add_char(out, ' ');
    }
    is_blank = is_gap;
  }
  if (out->size > 0 && out->bytes[out->size - 1] == ' ') {
    --out->size;
  }
  return !out->has_failed;
}

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
  dem_buffer_reset(&b->text);
  dem_word_write(b->input->symbols, type->storage, word, &b->text);
  choice->value = copy_text(b);
  if (type->kind == DEM_TYPE_REFERENCE) {
    dem_buffer_reset(&b->text);
    dem_names_label(b->input->names, b->input->symbols, type->relation, word, &b->text);
  } else if (type->kind == DEM_TYPE_BOOLEAN) {
    dem_buffer_reset(&b->text);
    dem_buffer_add_text(&b->text, word ? "yes" : "no");
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
  dem_buffer folded;
  dem_status status = DEM_OK;
  dem_buffer_init(&folded, b->choices->allocator);
  for (uint32_t i = 0; i < b->index.count && status == DEM_OK; ++i) {
    ordered_choice *const o = &ordered[i];
    o->word = *dem_table_row(&b->index, i);
    o->position = position_of(type, o->word, i);
    status = set_texts(b, type, o->word, &o->choice);
    if (status == DEM_OK && !fold(dem_slice_of(o->choice.label), &b->text, &folded)) {
      status = DEM_ERR_NO_MEMORY;
    }
    if (status == DEM_OK) {
      o->folded =
          (dem_slice){dem_arena_copy(&b->choices->arena, dem_buffer_slice(&folded)), folded.size};
      status = o->folded.bytes ? DEM_OK : DEM_ERR_NO_MEMORY;
    }
  }
  dem_buffer_clear(&folded);
  return status;
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

static dem_status add_name(builder *b, uint32_t choice, const char *written, dem_buffer *folded)
{
  if (!fold(dem_slice_of(written), &b->text, folded)) {
    return DEM_ERR_NO_MEMORY;
  }
  if (folded->size == 0) {
    return DEM_OK;
  }
  const choice_name name = {
      .folded = {dem_arena_copy(&b->choices->arena, dem_buffer_slice(folded)), folded->size},
      .written = written,
      .choice = choice};
  return name.folded.bytes && dem_vector_add(&b->choices->names, &name) ? DEM_OK
                                                                        : DEM_ERR_NO_MEMORY;
}

/// Texts of the pack's facts live as long as the pack.
static const char *text_of(const builder *b, dem_word word)
{
  return dem_symbols_text(dem_program_symbols(b->input->program), dem_word_symbol(word)).bytes;
}

static dem_status add_further_names(builder *b, const dem_relation *r, uint32_t relation,
                                    dem_buffer *folded)
{
  for (uint32_t i = 0; i < b->index.count; ++i) {
    const dem_fact fact = dem_names_row(b->input->names, relation, *dem_table_row(&b->index, i));
    const dem_word *const row =
        dem_fact_is_none(fact) ? NULL : dem_facts_row(b->input->names->facts, fact);
    for (uint32_t j = 0; row && j < r->also_count; ++j) {
      const uint32_t field = r->also[j];
      if (row[field] != DEM_ABSENT && r->fields[field].type.storage == DEM_STORAGE_STRING) {
        DEM_TRY(add_name(b, i, text_of(b, row[field]), folded));
      }
    }
  }
  return DEM_OK;
}

/// What one row of an alias relation calls the row that it refers to.
static dem_status add_alias(builder *b, const dem_relation *alias, const dem_word *row,
                            dem_buffer *folded)
{
  const uint32_t choice = dem_table_find(&b->index, &row[alias->names]);
  for (uint32_t j = 0; choice != DEM_NONE && j < alias->field_count; ++j) {
    const dem_type_kind kind = alias->fields[j].type.kind;
    const bool is_name = j != alias->names && (kind == DEM_TYPE_TEXT || kind == DEM_TYPE_SYMBOL);
    if (is_name && row[j] != DEM_ABSENT) {
      DEM_TRY(add_name(b, choice, text_of(b, row[j]), folded));
    }
  }
  return DEM_OK;
}

static dem_status add_aliases(builder *b, uint32_t relation, dem_buffer *folded)
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
      DEM_TRY(add_alias(b, r, dem_facts_row(facts, dem_facts_at(facts, i, j)), folded));
    }
  }
  return DEM_OK;
}

static dem_status add_names(builder *b, const dem_type *type, dem_buffer *folded)
{
  for (uint32_t i = 0; i < b->choices->count; ++i) {
    const dem_choice *const choice = &b->choices->items[i];
    DEM_TRY(add_name(b, i, choice->label, folded));
    if (strcmp(choice->value, choice->label) != 0) {
      DEM_TRY(add_name(b, i, choice->value, folded));
    }
  }
  if (type->kind == DEM_TYPE_BOOLEAN) {
    DEM_TRY(add_name(b, 0, "y", folded));
    DEM_TRY(add_name(b, 1, "n", folded));
  }
  if (type->kind != DEM_TYPE_REFERENCE) {
    return DEM_OK;
  }
  const dem_model *const model = dem_program_model(b->input->program);
  DEM_TRY(add_further_names(b, &model->relations[type->relation], type->relation, folded));
  return add_aliases(b, type->relation, folded);
}

static dem_status build(builder *b, const dem_question *question)
{
  dem_buffer folded;
  DEM_TRY(dem_table_init(&b->index, b->choices->allocator, 1, false, NULL, 0));
  DEM_TRY(collect(b, question));
  DEM_TRY(order(b, &question->type));
  dem_buffer_init(&folded, b->choices->allocator);
  const dem_status status = add_names(b, &question->type, &folded);
  dem_buffer_clear(&folded);
  return status;
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
  dem_vector_init(&choices->names, allocator, sizeof(choice_name));
  dem_vector_init(&choices->matches, allocator, sizeof(dem_match));
  dem_vector_init(&choices->found, allocator, sizeof(dem_match));
  dem_buffer_init(&choices->typed, allocator);
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
  dem_buffer_clear(&choices->typed);
  dem_vector_clear(&choices->found);
  dem_vector_clear(&choices->matches);
  dem_vector_clear(&choices->names);
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

// Searching ---------------------------------------------------------------------------

static bool begins(dem_slice text, dem_slice start)
{
  return start.size <= text.size && memcmp(text.bytes, start.bytes, start.size) == 0;
}

/// The text up to the next blank; `*offset` moves behind it.
static dem_slice next_word(dem_slice text, size_t *offset)
{
  const char *const begin = text.bytes + *offset;
  const char *const blank = memchr(begin, ' ', text.size - *offset);
  const size_t size = blank ? (size_t)(blank - begin) : text.size - *offset;
  *offset += size + 1;
  return (dem_slice){begin, size};
}

static bool has_word(dem_slice name, dem_slice start)
{
  for (size_t i = 0; i < name.size;) {
    if (begins(next_word(name, &i), start)) {
      return true;
    }
  }
  return false;
}

static bool has_words(dem_slice name, dem_slice text)
{
  for (size_t i = 0; i < text.size;) {
    if (!has_word(name, next_word(text, &i))) {
      return false;
    }
  }
  return true;
}

/// Whether a name answers to a text that is not empty, and how well.
static bool is_match(dem_slice name, dem_slice text, dem_match_kind *kind)
{
  if (dem_slice_is_equal(name, text)) {
    *kind = DEM_MATCH_NAME;
    return true;
  }
  if (name.size <= LONGEST_CODE) {
    return false;
  }
  *kind = begins(name, text) ? DEM_MATCH_START : DEM_MATCH_WORDS;
  return *kind == DEM_MATCH_START || has_words(name, text);
}

/// Note the best name of each choice in `found`. Returns how many choices have one.
static size_t match_names(dem_choices *choices, dem_slice text)
{
  size_t count = 0;
  dem_match *const found = choices->found.items;
  for (size_t i = 0; i < choices->names.count; ++i) {
    const choice_name *const name = &DEM_VECTOR_AT(&choices->names, choice_name, i);
    dem_match *const best = &found[name->choice];
    dem_match_kind kind;
    if (is_match(name->folded, text, &kind) && (!best->name || kind < best->kind)) {
      count += !best->name;
      *best = (dem_match){name->choice, kind, name->written};
    }
  }
  return count;
}

/// Choices that were found, by kind and then in their order.
static void list_matches(dem_choices *choices)
{
  const dem_match *const found = choices->found.items;
  for (int kind = DEM_MATCH_NAME; kind <= DEM_MATCH_WORDS; ++kind) {
    for (size_t i = 0; i < choices->count; ++i) {
      if (found[i].name && found[i].kind == (dem_match_kind)kind) {
        (void)dem_vector_add(&choices->matches, &found[i]); // There is room.
      }
    }
  }
}

/// How far a name is from a text: as a whole, or its nearest word.
static size_t distance_of(dem_slice name, dem_slice text, size_t most)
{
  size_t least = dem_nearest_distance(text, name, most);
  for (size_t i = 0; i < name.size;) {
    const dem_slice word = next_word(name, &i);
    const size_t edits =
        word.size > LONGEST_CODE ? dem_nearest_distance(text, word, most) : most + 1;
    least = edits < least ? edits : least;
  }
  return least;
}

/// Keep the nearest few in `matches`, in order; `edits` runs beside them.
static void keep_near(dem_choices *choices, size_t *edits, const dem_match *match, size_t distance)
{
  dem_match *const kept = choices->matches.items;
  size_t count = choices->matches.count;
  for (size_t i = 0; i < count; ++i) { // Of a choice's names the nearest.
    if (kept[i].choice == match->choice) {
      if (edits[i] <= distance) {
        return;
      }
      for (--count; i < count; ++i) {
        kept[i] = kept[i + 1];
        edits[i] = edits[i + 1];
      }
    }
  }
  size_t place = count;
  while (place > 0 && (edits[place - 1] > distance ||
                       (edits[place - 1] == distance && kept[place - 1].choice > match->choice))) {
    --place;
  }
  count += count < MOST_NEAR;
  for (size_t i = count; i > place + 1; --i) {
    kept[i - 1] = kept[i - 2];
    edits[i - 1] = edits[i - 2];
  }
  if (place < count) {
    kept[place] = *match;
    edits[place] = distance;
  }
  choices->matches.count = count;
}

static void list_near(dem_choices *choices, dem_slice text)
{
  size_t edits[MOST_NEAR];
  size_t most = dem_nearest_allowance(text);
  for (size_t i = 0; i < choices->names.count; ++i) {
    const choice_name *const name = &DEM_VECTOR_AT(&choices->names, choice_name, i);
    if (name->folded.size <= LONGEST_CODE) {
      continue;
    }
    const size_t distance = distance_of(name->folded, text, most);
    if (distance <= most) {
      const dem_match match = {name->choice, DEM_MATCH_NEAR, name->written};
      keep_near(choices, edits, &match, distance);
      most = distance + 1 < most ? distance + 1 : most; // What is much further was not meant.
    }
  }
  while (choices->matches.count > 0 && edits[choices->matches.count - 1] > most) {
    --choices->matches.count;
  }
}

static dem_status search(dem_choices *choices, dem_slice text)
{
  const size_t room = choices->count > MOST_NEAR ? choices->count : MOST_NEAR;
  if (!dem_vector_reserve(&choices->matches, room) ||
      !dem_vector_reserve(&choices->found, choices->count)) {
    return DEM_ERR_NO_MEMORY;
  }
  for (size_t i = 0; i < choices->count; ++i) {
    const dem_match all = {i, DEM_MATCH_START, choices->items[i].label};
    const dem_match none = {i, DEM_MATCH_NEAR, NULL};
    DEM_VECTOR_AT(&choices->found, dem_match, i) = text.size == 0 ? all : none;
  }
  if (text.size == 0 || match_names(choices, text) > 0) {
    list_matches(choices);
  } else if (dem_unicode_length(text) >= SHORTEST_NEAR) {
    list_near(choices, text);
  }
  return DEM_OK;
}

dem_status dem_choices_search(dem_choices *choices, const char *text, dem_matches *matches_out)
{
  dem_buffer scratch;
  dem_buffer_init(&scratch, choices->allocator);
  dem_vector_reset(&choices->matches);
  *matches_out = (dem_matches){0};
  dem_status status = DEM_OK;
  if (fold(dem_slice_of(text), &scratch, &choices->typed)) {
    const bool is_noise = choices->typed.size == 0 && scratch.size > 0; // "?!": names nothing.
    status = is_noise ? DEM_OK : search(choices, dem_buffer_slice(&choices->typed));
  } else {
    status = scratch.has_failed || choices->typed.has_failed ? DEM_ERR_NO_MEMORY : DEM_OK;
  }
  dem_buffer_clear(&scratch);
  if (status == DEM_OK) {
    *matches_out = (dem_matches){choices->matches.count, choices->matches.items};
  }
  return status;
}
