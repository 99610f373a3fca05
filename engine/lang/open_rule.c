// SPDX-License-Identifier: Apache-2.0

// What an open question makes possible, as a rule: so the strata keep it in order with the
// conditions of its `when` and `options`, and its facts have justifications like any others.

#include "lang/open_rule.h"

#include "base/try.h"

enum { ANSWER = 0, MOST_CONDITIONS = 4 };

typedef struct builder {
  dem_reader *reader;
  dem_arena *arena;
  const dem_question *question;
  dem_condition *items;
  uint32_t count;
} builder;

// Conditions --------------------------------------------------------------------------

/// A pattern whose one term is a variable (or DEM_NONE) or a word.
static dem_status make_pattern(builder *b, uint32_t relation, uint32_t field, uint32_t variable,
                               dem_word word, dem_condition *out)
{
  dem_term *const term = DEM_ARENA_NEW(b->arena, dem_term);
  dem_test *const test = DEM_ARENA_NEW(b->arena, dem_test);
  dem_word *const words = DEM_ARENA_NEW(b->arena, dem_word);
  if (!term || !test || !words) {
    return DEM_ERR_NO_MEMORY;
  }
  *words = word;
  *test = (dem_test){.kind = DEM_TEST_IN, .word_count = 1, .words = words};
  *term = (dem_term){.field = field, .variable = variable, .place = b->question->place};
  if (variable == DEM_NONE) {
    term->test_count = 1;
    term->tests = test;
  }
  *out = (dem_condition){.kind = DEM_CONDITION_PATTERN,
                         .place = b->question->place,
                         .pattern = {.relation = relation, .term_count = 1, .terms = term}};
  return DEM_OK;
}

static dem_status add_about_field(builder *b, uint32_t relation, bool is_negative)
{
  const dem_word field = dem_word_of_symbol(b->question->field);
  dem_condition *const out = &b->items[b->count++];
  if (!is_negative) {
    return make_pattern(b, relation, 0, DEM_NONE, field, out);
  }
  dem_condition *const inner = DEM_ARENA_NEW(b->arena, dem_condition);
  DEM_TRY_MEMORY(inner);
  DEM_TRY(make_pattern(b, relation, 0, DEM_NONE, field, inner));
  *out = (dem_condition){
      .kind = DEM_CONDITION_NOT, .place = b->question->place, .negated = {1, inner}};
  return DEM_OK;
}

static dem_status add_conditions(builder *b)
{
  const dem_model *const model = b->reader->model;
  const dem_question *const q = b->question;
  DEM_TRY(add_about_field(b, model->open, false));
  if (q->known_rule != DEM_NONE) {
    DEM_TRY(add_about_field(b, model->known, true));
  }
  if (q->asked != DEM_NONE) {
    DEM_TRY(make_pattern(b, q->asked, 0, DEM_NONE, true, &b->items[b->count++]));
  }
  if (q->options != DEM_NONE) {
    return make_pattern(b, q->options, 0, ANSWER, 0, &b->items[b->count++]);
  }
  if (q->type.kind == DEM_TYPE_REFERENCE) {
    const uint32_t key = model->relations[q->type.relation].key;
    return make_pattern(b, q->type.relation, key, ANSWER, 0, &b->items[b->count++]);
  }
  return DEM_OK;
}

// Conclusions ---------------------------------------------------------------------------

static dem_status copy_conclusion(builder *b, const dem_conclusion *from, dem_output answer,
                                  dem_conclusion *to)
{
  const uint32_t width = b->reader->model->relations[from->relation].field_count;
  dem_output *const outputs = DEM_ARENA_ARRAY(b->arena, dem_output, width);
  DEM_TRY_MEMORY(outputs);
  for (uint32_t i = 0; i < width; ++i) {
    outputs[i] = from->outputs[i].kind == DEM_OUTPUT_VARIABLE ? answer : from->outputs[i];
  }
  *to = (dem_conclusion){from->relation, outputs, from->place};
  return DEM_OK;
}

static dem_output word_output(dem_word word)
{
  return (dem_output){.kind = DEM_OUTPUT_WORD, .word = word, .variable = DEM_NONE};
}

/// What stands for `$answer`: the variable where a condition binds it, else each value of the type,
/// else the open value.
static dem_status list_answers(builder *b, dem_output **answers_out, uint32_t *count_out)
{
  const dem_question *const q = b->question;
  const bool is_bound = q->options != DEM_NONE || q->type.kind == DEM_TYPE_REFERENCE;
  const uint32_t options = q->type.kind == DEM_TYPE_ENUMERATION ? q->type.option_count
                           : q->type.kind == DEM_TYPE_BOOLEAN   ? 2
                                                                : 1;
  dem_output *const answers = DEM_ARENA_ARRAY(b->arena, dem_output, options);
  DEM_TRY_MEMORY(answers);
  *answers_out = answers;
  *count_out = is_bound ? 1 : options;
  if (is_bound) {
    answers[0] = (dem_output){.kind = DEM_OUTPUT_VARIABLE, .variable = ANSWER};
    return DEM_OK;
  }
  for (uint32_t i = 0; i < options; ++i) {
    answers[i] =
        word_output(q->type.kind == DEM_TYPE_ENUMERATION ? dem_word_of_symbol(q->type.options[i])
                    : q->type.kind == DEM_TYPE_BOOLEAN   ? i
                                                         : DEM_OPEN);
  }
  return DEM_OK;
}

static dem_status add_conclusions(builder *b, dem_rule *rule)
{
  const dem_question *const q = b->question;
  dem_output *answers = NULL;
  uint32_t count = 0;
  DEM_TRY(list_answers(b, &answers, &count));
  dem_conclusion *const conclusions =
      DEM_ARENA_ARRAY(b->arena, dem_conclusion, (size_t)count * q->gives_count);
  DEM_TRY_MEMORY(conclusions);
  for (uint32_t i = 0; i < count; ++i) {
    for (uint32_t j = 0; j < q->gives_count; ++j) {
      DEM_TRY(copy_conclusion(b, &q->gives[j], answers[i],
                              &conclusions[(size_t)i * q->gives_count + j]));
    }
  }
  rule->conclusions = conclusions;
  rule->conclusion_count = count * q->gives_count;
  return DEM_OK;
}

// The rules -------------------------------------------------------------------------------

static dem_status name_rule(builder *b, dem_symbol *id_out)
{
  dem_buffer text;
  dem_buffer_init(&text, b->arena->allocator);
  dem_buffer_add_text(&text, "profile/");
  dem_buffer_add(&text, dem_symbols_text(b->reader->model->symbols, b->question->field));
  dem_buffer_add_text(&text, "/open");
  *id_out = text.has_failed
                ? DEM_SYMBOL_NONE
                : dem_symbols_intern(b->reader->model->symbols, dem_buffer_slice(&text));
  dem_buffer_clear(&text);
  return dem_symbol_is_none(*id_out) ? DEM_ERR_NO_MEMORY : DEM_OK;
}

dem_status dem_open_rule_add(dem_reader *reader, const dem_question *question, uint32_t *index_out)
{
  builder b = {.reader = reader, .arena = &reader->model->arena, .question = question};
  dem_rule rule = {.title = DEM_SLICE("An answer to an open question"),
                   .variable_count = 1,
                   .from = INT64_MIN,
                   .until = INT64_MAX,
                   .is_hidden = true,
                   .place = question->place};
  dem_variable *const variable = DEM_ARENA_NEW(b.arena, dem_variable);
  b.items = DEM_ARENA_ARRAY(b.arena, dem_condition, MOST_CONDITIONS);
  DEM_TRY_MEMORY(variable);
  DEM_TRY_MEMORY(b.items);
  *variable =
      (dem_variable){.name = dem_symbols_intern(reader->model->symbols, DEM_SLICE("$answer")),
                     .type = question->type,
                     .place = question->place};
  if (dem_symbol_is_none(variable->name)) {
    return DEM_ERR_NO_MEMORY;
  }
  rule.variables = variable;
  DEM_TRY(name_rule(&b, &rule.id));
  DEM_TRY(add_conditions(&b));
  DEM_TRY(add_conclusions(&b, &rule));
  rule.when = (dem_conditions){b.count, b.items};
  *index_out = (uint32_t)reader->rules.count;
  return dem_vector_add(&reader->rules, &rule) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

dem_status dem_known_rule_note(dem_reader *reader, const dem_question *question)
{
  dem_rule *const rule = &DEM_VECTOR_AT(&reader->rules, dem_rule, question->known_rule);
  const uint32_t count = rule->conclusion_count;
  dem_arena *const arena = &reader->model->arena;
  dem_conclusion *const conclusions = DEM_ARENA_ARRAY(arena, dem_conclusion, (size_t)count + 1);
  dem_output *const output = DEM_ARENA_NEW(arena, dem_output);
  DEM_TRY_MEMORY(conclusions);
  DEM_TRY_MEMORY(output);
  for (uint32_t i = 0; i < count; ++i) {
    conclusions[i] = rule->conclusions[i];
  }
  *output = word_output(dem_word_of_symbol(question->field));
  conclusions[count] = (dem_conclusion){reader->model->known, output, question->place};
  rule->conclusions = conclusions;
  rule->conclusion_count = count + 1;
  return DEM_OK;
}
