// SPDX-License-Identifier: Apache-2.0

// Answers to the pack's questions, checked and typed, and the facts that they give.

#include "advise/answers.h"

#include "advise/answer_mistakes.h"
#include "base/hot.h"
#include "base/try.h"
#include "lang/scalar.h"

static const dem_model *model_of(const dem_answers *answers)
{
  return dem_program_model(answers->program);
}

dem_status dem_answers_init(dem_answers *answers, dem_allocator allocator,
                            const dem_program *program, const dem_names *names,
                            dem_symbols *symbols, dem_diagnostics *diagnostics)
{
  *answers = (dem_answers){.allocator = allocator,
                           .program = program,
                           .names = names,
                           .symbols = symbols,
                           .diagnostics = diagnostics};
  dem_vector_init(&answers->values, allocator, sizeof(dem_word));
  const size_t count = (size_t)model_of(answers)->question_count + 1;
  answers->items = allocator.resize(allocator.context, NULL, 0, count * sizeof *answers->items);
  DEM_TRY_MEMORY(answers->items);
  dem_answers_reset(answers);
  return DEM_OK;
}

void dem_answers_clear(dem_answers *answers)
{
  if (answers->items) {
    const size_t count = (size_t)model_of(answers)->question_count + 1;
    (void)answers->allocator.resize(answers->allocator.context, answers->items,
                                    count * sizeof *answers->items, 0);
    answers->items = NULL;
    dem_vector_clear(&answers->values);
  }
}

void dem_answers_reset(dem_answers *answers)
{
  const uint32_t count = model_of(answers)->question_count;
  for (uint32_t i = 0; i < count; ++i) {
    answers->items[i] = (dem_answer){.place = DEM_PLACE_NONE};
  }
  dem_vector_reset(&answers->values);
  answers->place = DEM_PLACE_NONE;
}

// One answer --------------------------------------------------------------------------

static dem_status read_value(dem_answers *answers, uint32_t question, dem_slice text,
                             dem_place place, dem_word *word)
{
  const dem_type *const type = &model_of(answers)->questions[question].type;
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

dem_status dem_answers_add(dem_answers *answers, uint32_t question, dem_slice text, dem_place place)
{
  const dem_question *const q = &model_of(answers)->questions[question];
  dem_answer *const answer = &answers->items[question];
  dem_word word = 0;
  DEM_TRY(read_value(answers, question, text, place, &word));
  if (!is_offered(answers, q, word)) {
    return dem_mistake_not_offered(answers, question, text, place);
  }
  if (answer->state != DEM_ANSWER_GIVEN || !q->is_many) {
    *answer = (dem_answer){
        .state = DEM_ANSWER_GIVEN, .first = (uint32_t)answers->values.count, .place = place};
  }
  for (uint32_t i = 0; i < answer->count; ++i) {
    if (DEM_VECTOR_AT(&answers->values, dem_word, answer->first + i) == word) {
      return DEM_OK;
    }
  }
  ++answer->count;
  return DEM_VECTOR_PUSH(&answers->values, dem_word, word) ? DEM_OK : DEM_ERR_NO_MEMORY;
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
  const dem_question *const q = &model_of(answers)->questions[question];
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
                       model_of(answers)->questions[question].type.kind != DEM_TYPE_TEXT;
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
    const uint32_t question = find_question(model_of(answers), entry->key);
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

static dem_status give_answer(const dem_answers *answers, uint32_t question, dem_facts *facts)
{
  const dem_model *const model = model_of(answers);
  const dem_question *const q = &model->questions[question];
  const dem_answer *const answer = &answers->items[question];
  const dem_word *const values = (const dem_word *)answers->values.items + answer->first;
  for (uint32_t i = 0; i < q->gives_count; ++i) {
    const uint32_t width = model->relations[q->gives[i].relation].field_count;
    DEM_TRY(give_conclusion(&q->gives[i], width, question, values, answer->count, facts));
  }
  return DEM_OK;
}

DEM_FLATTEN dem_status dem_answers_give(const dem_answers *answers, dem_facts *facts)
{
  const dem_model *const model = model_of(answers);
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
