// SPDX-License-Identifier: Apache-2.0

// Answers to the pack's questions, checked and typed, and the facts that they give.

#include "advise/answers.h"

#include "advise/answer_mistakes.h"
#include "base/hot.h"
#include "base/try.h"
#include "lang/scalar.h"

/// The relation that a question's answers are the rows of, if there is no more to what it gives.
static uint32_t plain_relation(const dem_model *model, const dem_question *question)
{
  const dem_conclusion *const given = question->gives;
  const bool is_plain = question->gives_count == 1 &&
                        model->relations[given->relation].field_count == 1 &&
                        given->outputs[0].kind == DEM_OUTPUT_VARIABLE;
  return is_plain ? given->relation : DEM_NONE;
}

dem_status dem_answers_init(dem_answers *answers, dem_allocator allocator,
                            const dem_program *program, const dem_names *names,
                            dem_symbols *symbols, dem_diagnostics *diagnostics)
{
  const dem_model *const model = dem_program_model(program);
  *answers = (dem_answers){.allocator = allocator,
                           .program = program,
                           .model = model,
                           .names = names,
                           .symbols = symbols,
                           .diagnostics = diagnostics};
  dem_vector_init(&answers->values, allocator, sizeof(dem_word));
  const size_t count = (size_t)model->question_count + 1;
  answers->items = allocator.resize(allocator.context, NULL, 0, count * sizeof *answers->items);
  answers->plain = allocator.resize(allocator.context, NULL, 0, count * sizeof *answers->plain);
  DEM_TRY_MEMORY(answers->items);
  DEM_TRY_MEMORY(answers->plain);
  if (!dem_vector_reserve(&answers->values, count)) { // So that there is a place for none, too.
    return DEM_ERR_NO_MEMORY;
  }
  for (uint32_t i = 0; i < model->question_count; ++i) {
    answers->plain[i] = plain_relation(model, &model->questions[i]);
  }
  dem_answers_reset(answers);
  return DEM_OK;
}

static void give_back(const dem_answers *answers, void *memory, size_t item_size)
{
  if (memory) {
    const size_t count = (size_t)answers->model->question_count + 1;
    (void)answers->allocator.resize(answers->allocator.context, memory, count * item_size, 0);
  }
}

void dem_answers_clear(dem_answers *answers)
{
  give_back(answers, answers->items, sizeof *answers->items);
  give_back(answers, answers->plain, sizeof *answers->plain);
  dem_vector_clear(&answers->values);
  answers->items = NULL;
  answers->plain = NULL;
}

void dem_answers_reset(dem_answers *answers)
{
  const uint32_t count = answers->model->question_count;
  for (uint32_t i = 0; i < count; ++i) {
    answers->items[i] = (dem_answer){.place = DEM_PLACE_NONE};
  }
  dem_vector_reset(&answers->values);
  answers->place = DEM_PLACE_NONE;
}

// One answer --------------------------------------------------------------------------

static dem_status read_value(dem_answers *answers, uint32_t question, const dem_type *type,
                             dem_slice text, dem_place place, dem_word *word)
{
  if (type->kind == DEM_TYPE_REFERENCE) {
    switch (dem_names_find(answers->names, answers->symbols, type->relation, text, word)) {
    case DEM_NAME_FOUND:
      return DEM_OK;
    case DEM_NAME_UNKNOWN:
      return dem_mistake_wrong(answers, question, text, place);
    case DEM_NAME_AMBIGUOUS:
      return dem_mistake_ambiguous(answers, question, text, place);
    case DEM_NAME_NO_MEMORY:
      return DEM_ERR_NO_MEMORY;
    }
  }
  switch (dem_scalar_read(answers->symbols, type, text, word)) {
  case DEM_SCALAR_OK:
    return DEM_OK;
  case DEM_SCALAR_WRONG_TYPE:
  case DEM_SCALAR_NOT_AN_OPTION:
    return dem_mistake_wrong(answers, question, text, place);
  case DEM_SCALAR_NO_MEMORY:
    break;
  }
  return DEM_ERR_NO_MEMORY;
}

/// Whether the question offers the value. Options that hang on other answers are known only after
/// the run.
static bool is_offered(const dem_answers *answers, const dem_question *question, dem_word word)
{
  if (question->options == DEM_NONE ||
      dem_program_plan(answers->program)->is_session[question->options]) {
    return true;
  }
  return !dem_fact_is_none(dem_facts_find(answers->names->facts, question->options, &word));
}

static bool is_among(const dem_word *words, uint32_t count, dem_word word)
{
  for (uint32_t i = 0; i < count; ++i) {
    if (words[i] == word) {
      return true;
    }
  }
  return false;
}

static dem_status read_offered(dem_answers *answers, uint32_t question, dem_slice text,
                               dem_place place, dem_word *word)
{
  const dem_question *const q = &answers->model->questions[question];
  DEM_TRY(read_value(answers, question, &q->type, text, place, word));
  return is_offered(answers, q, *word) ? DEM_OK
                                       : dem_mistake_not_offered(answers, question, text, place);
}

dem_status dem_answers_add(dem_answers *answers, uint32_t question, dem_slice text, dem_place place)
{
  dem_answer *const answer = &answers->items[question];
  dem_word word = 0;
  DEM_TRY(read_offered(answers, question, text, place, &word));
  if (answer->state != DEM_ANSWER_GIVEN || !answers->model->questions[question].is_many) {
    dem_answers_set(answers, question, DEM_ANSWER_GIVEN, place);
  }
  const dem_word *const known = (const dem_word *)answers->values.items + answer->first;
  if (is_among(known, answer->count, word)) {
    return DEM_OK;
  }
  ++answer->count;
  return DEM_VECTOR_PUSH(&answers->values, dem_word, word) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

/// Texts up to the first that is no short symbol of the pack: about those, as nearly all are,
/// nothing can be wrong.
/// @param taken_out  How many of them differ.
/// @return How many they are.
static size_t take_known_symbols(const dem_answers *answers, const char *const *texts, size_t count,
                                 dem_word *words, uint32_t *taken_out)
{
  uint32_t taken = 0;
  size_t i = 0;
  for (; i < count; ++i) {
    uint64_t bytes;
    uint32_t size;
    if (!dem_slice_read_short(texts[i], &bytes, &size) ||
        !dem_scalar_is_short_symbol(bytes, size)) {
      break;
    }
    const dem_symbol symbol = dem_symbols_find_short(answers->symbols, bytes, size);
    if (dem_symbol_is_none(symbol)) {
      break;
    }
    const dem_word word = dem_word_of_symbol(symbol);
    words[taken] = word;
    taken += !is_among(words, taken, word);
  }
  *taken_out = taken;
  return i;
}

dem_status dem_answers_take(dem_answers *answers, uint32_t question, const char *const *texts,
                            size_t count)
{
  const dem_question *const q = &answers->model->questions[question];
  if (!q->is_many && count > 1) {
    const dem_slice field = dem_symbols_text(answers->symbols, q->field);
    return dem_diagnose(answers->diagnostics, DEM_DIAG_WRONG_SHAPE, DEM_PLACE_NONE,
                        "'%.*s' takes one answer, not %zu", (int)field.size, field.bytes, count);
  }
  dem_vector *const values = &answers->values;
  const size_t first = values->count;
  if (first + count > values->capacity && !dem_vector_reserve(values, first + count)) {
    return DEM_ERR_NO_MEMORY;
  }
  dem_word *const words = (dem_word *)values->items + first;
  uint32_t taken = 0;
  dem_status status = DEM_OK;
  const bool is_any_symbol = q->type.kind == DEM_TYPE_SYMBOL && q->options == DEM_NONE;
  const size_t known = is_any_symbol ? take_known_symbols(answers, texts, count, words, &taken) : 0;
  for (size_t i = known; i < count; ++i) {
    const dem_slice text = dem_slice_of(texts[i]);
    const dem_status one = read_offered(answers, question, text, DEM_PLACE_NONE, &words[taken]);
    taken += one == DEM_OK && !is_among(words, taken, words[taken]);
    status = dem_status_worse(status, one);
  }
  values->count = first + taken;
  const bool is_given = taken > 0 || count == 0; // Wrong ones alone do not stand for "none".
  answers->items[question] = (dem_answer){.state = is_given ? DEM_ANSWER_GIVEN : DEM_ANSWER_MISSING,
                                          .first = (uint32_t)first,
                                          .count = taken,
                                          .place = DEM_PLACE_NONE};
  return status;
}

void dem_answers_set(dem_answers *answers, uint32_t question, dem_answer_state state,
                     dem_place place)
{
  answers->items[question] =
      (dem_answer){.state = state, .first = (uint32_t)answers->values.count, .place = place};
}

// A profile ---------------------------------------------------------------------------

static uint32_t find_question(const dem_model *model, dem_slice field)
{
  const dem_symbol symbol = dem_symbols_find(model->symbols, field);
  for (uint32_t i = 0; !dem_symbol_is_none(symbol) && i < model->question_count; ++i) {
    if (dem_symbol_is_equal(model->questions[i].field, symbol)) {
      return i;
    }
  }
  return DEM_NONE;
}

static dem_status add_text(dem_answers *answers, uint32_t question, const dem_node *node)
{
  if (node->kind != DEM_NODE_SCALAR) {
    return dem_mistake_shape(answers, question, node);
  }
  return dem_answers_add(answers, question, node->text, node->place);
}

static dem_status add_list(dem_answers *answers, uint32_t question, const dem_node *list)
{
  const dem_question *const q = &answers->model->questions[question];
  if (!q->is_many && q->type.kind == DEM_TYPE_TEXT && list->text.size > 0) {
    return dem_answers_add(answers, question, list->text, list->place); // A cell with a ';' in it.
  }
  if (!q->is_many && list->count > 1) {
    return dem_mistake_too_many(answers, question, list);
  }
  dem_answers_set(answers, question, DEM_ANSWER_GIVEN, list->place);
  dem_status status = DEM_OK;
  for (size_t i = 0; i < list->count && status != DEM_ERR_NO_MEMORY; ++i) {
    const dem_status one = add_text(answers, question, list->items[i]);
    status = dem_status_worse(status, one);
  }
  return status;
}

static dem_status read_answer(dem_answers *answers, uint32_t question, const dem_node *node)
{
  if (node->kind == DEM_NODE_SEQUENCE) {
    return add_list(answers, question, node);
  }
  if (node->kind == DEM_NODE_SCALAR && dem_node_is_null(node)) {
    return DEM_OK; // As if it were left out.
  }
  // Quotes tell it apart only where any text is right, and where there is a choice to leave them
  // out.
  const bool is_word = node->style != DEM_SCALAR_QUOTED ||
                       answers->model->questions[question].type.kind != DEM_TYPE_TEXT;
  if (node->kind == DEM_NODE_SCALAR && is_word && dem_slice_is(node->text, "unknown")) {
    dem_answers_set(answers, question, DEM_ANSWER_UNKNOWN, node->place);
    return DEM_OK;
  }
  dem_answers_set(answers, question, DEM_ANSWER_MISSING, node->place);
  return add_text(answers, question, node);
}

dem_status dem_answers_read(dem_answers *answers, const dem_node *profile)
{
  answers->place = profile->place;
  if (profile->kind != DEM_NODE_MAPPING) {
    return dem_mistake_document(answers, profile);
  }
  bool has_unknown = false;
  dem_status status = DEM_OK;
  for (size_t i = 0; i < profile->count && status != DEM_ERR_NO_MEMORY; ++i) {
    const dem_entry *const entry = &profile->entries[i];
    const uint32_t question = find_question(answers->model, entry->key);
    if (question == DEM_NONE && dem_slice_is(entry->key, "id")) {
      continue; // The profile's own name.
    }
    if (question == DEM_NONE && !has_unknown && dem_mistake_is_other_file(answers, profile)) {
      return DEM_ERR_INVALID; // Nothing else in it would be told well.
    }
    const dem_status one = question == DEM_NONE ? dem_mistake_field(answers, entry, !has_unknown)
                                                : read_answer(answers, question, entry->value);
    has_unknown = has_unknown || question == DEM_NONE;
    status = dem_status_worse(status, one);
  }
  return status;
}

// Facts -------------------------------------------------------------------------------

/// The facts of one conclusion, for each of the answers.
static dem_status give_conclusion(const dem_conclusion *conclusion, uint32_t width,
                                  uint32_t question, const dem_word *values, uint32_t count,
                                  dem_facts *facts)
{
  dem_word words[DEM_MAX_FIELDS];
  uint64_t answered = 0; // Fields that take the answer.
  for (uint32_t i = 0; i < width; ++i) {
    words[i] = conclusion->outputs[i].word;
    answered |= (uint64_t)(conclusion->outputs[i].kind == DEM_OUTPUT_VARIABLE) << i;
  }
  for (uint32_t i = 0; i < count; ++i) {
    for (uint64_t rest = answered; rest; rest &= rest - 1) {
      words[__builtin_ctzll(rest)] = values[i];
    }
    DEM_TRY(dem_facts_add_given(facts, conclusion->relation, words, question));
  }
  return DEM_OK;
}

DEM_NOINLINE static dem_status give_conclusions(const dem_answers *answers, uint32_t question,
                                                const dem_word *values, dem_facts *facts)
{
  const dem_question *const q = &answers->model->questions[question];
  for (uint32_t i = 0; i < q->gives_count; ++i) {
    const uint32_t width = dem_facts_width(facts, q->gives[i].relation);
    DEM_TRY(give_conclusion(&q->gives[i], width, question, values, answers->items[question].count,
                            facts));
  }
  return DEM_OK;
}

static inline dem_status give_answer(const dem_answers *answers, uint32_t question,
                                     dem_facts *facts)
{
  const dem_answer *const answer = &answers->items[question];
  const dem_word *const values = (const dem_word *)answers->values.items + answer->first;
  const uint32_t relation = answers->plain[question];
  return relation == DEM_NONE
             ? give_conclusions(answers, question, values, facts)
             : dem_facts_add_given_words(facts, relation, values, answer->count, question);
}

DEM_FLATTEN dem_status dem_answers_give(const dem_answers *answers, dem_facts *facts)
{
  const dem_model *const model = answers->model;
  const bool tells_answered =
      model->answered != DEM_NONE && dem_program_plan(answers->program)->is_read[model->answered];
  dem_status status = DEM_OK;
  for (uint32_t i = 0; i < model->question_count; ++i) {
    const dem_answer *const answer = &answers->items[i];
    const bool has_answer =
        answer->state == DEM_ANSWER_GIVEN && (answer->count > 0 || model->questions[i].is_many);
    if (!has_answer && model->questions[i].is_required) { // "None" is an answer to several only.
      status = dem_mistake_missing(answers, i);
    }
    if (answer->count) {
      DEM_TRY(give_answer(answers, i, facts));
    }
    if (tells_answered && answer->state != DEM_ANSWER_MISSING) {
      const dem_word field = dem_word_of_symbol(model->questions[i].field);
      DEM_TRY(dem_facts_add_given(facts, model->answered, &field, i));
    }
  }
  return status;
}
