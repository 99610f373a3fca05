// SPDX-License-Identifier: Apache-2.0

// What an open question makes possible, as a rule: so the strata keep it in order with the
// conditions of its `when` and `options`, and its facts have justifications like any others.
//
// A question's `when` may negate what follows from its own answer ("more, unless that is enough").
// As a condition of this rule it would be a negation in a loop, for which there is no order. Then
// it is left out: more counts as possible than can be, which is no mistake, and a pack that has a
// meaning without open questions keeps it.

#include "lang/open_rule.h"

#include "base/try.h"

enum { ANSWER = 0, MOST_CONDITIONS = 4 };

typedef struct builder {
  dem_reader *reader;
  dem_arena *arena;
  const dem_question *question;
  const struct needs *needs;
  bool has_value; ///< A condition binds `$answer`.
  dem_condition *items;
  uint32_t count;
} builder;

// What needs what ---------------------------------------------------------------------

/// A relation that a rule reads to conclude another.
typedef struct need {
  uint32_t to;
  bool is_negative;
  uint32_t next; ///< The next one of the same conclusion, or DEM_NONE.
} need;

/// The rules so far, as a graph.
typedef struct needs {
  uint32_t relation_count;
  uint32_t *first; ///< By relation that is concluded: its needs, or DEM_NONE.
  dem_vector items;
  bool *is_reached; ///< Scratch of reaches: by relation and sign.
  uint32_t *queue;  ///< Likewise.
} needs;

typedef struct need_context {
  needs *needs;
  const dem_rule *rule;
} need_context;

static dem_status note_need(void *context, uint32_t relation, bool is_negative, dem_place place)
{
  (void)place;
  const need_context *const c = context;
  for (uint32_t i = 0; i < c->rule->conclusion_count; ++i) {
    uint32_t *const first = &c->needs->first[c->rule->conclusions[i].relation];
    const need added = {relation, is_negative, *first};
    *first = (uint32_t)c->needs->items.count;
    if (!dem_vector_add(&c->needs->items, &added)) {
      return DEM_ERR_NO_MEMORY;
    }
  }
  return DEM_OK;
}

static dem_status add_needs(needs *n, const dem_rule *rule)
{
  need_context context = {n, rule};
  return dem_conditions_visit(&rule->when, false, note_need, &context);
}

static dem_status init_needs(needs *n, dem_arena *scratch, const dem_reader *reader)
{
  const uint32_t count = reader->model->relation_count;
  n->relation_count = count;
  n->first = DEM_ARENA_ARRAY(scratch, uint32_t, count);
  n->is_reached = DEM_ARENA_ARRAY(scratch, bool, (size_t)count * 2);
  n->queue = DEM_ARENA_ARRAY(scratch, uint32_t, (size_t)count * 2);
  if (!n->first || !n->is_reached || !n->queue) {
    return DEM_ERR_NO_MEMORY;
  }
  for (uint32_t i = 0; i < count; ++i) {
    n->first[i] = DEM_NONE;
  }
  for (size_t i = 0; i < reader->rules.count; ++i) {
    DEM_TRY(add_needs(n, &DEM_VECTOR_AT(&reader->rules, dem_rule, i)));
  }
  return DEM_OK;
}

static void reach(const needs *n, uint32_t relation, bool is_negative, uint32_t *tail)
{
  const uint32_t state = relation * 2 + is_negative;
  if (!n->is_reached[state]) {
    n->is_reached[state] = true;
    n->queue[(*tail)++] = state;
  }
}

/// Whether what the question's answers give is needed for a relation by way of a negation.
/// @param is_negative  The relation itself would be negated.
static bool closes_loop(const builder *b, uint32_t relation, bool is_negative)
{
  const needs *const n = b->needs;
  uint32_t tail = 0;
  memset(n->is_reached, 0, (size_t)n->relation_count * 2 * sizeof *n->is_reached);
  reach(n, relation, is_negative, &tail);
  for (uint32_t head = 0; head < tail; ++head) {
    const uint32_t state = n->queue[head];
    for (uint32_t i = n->first[state / 2]; i != DEM_NONE;) {
      const need *const next = &DEM_VECTOR_AT(&n->items, need, i);
      reach(n, next->to, state % 2 || next->is_negative, &tail);
      i = next->next;
    }
  }
  bool is_loop = false;
  for (uint32_t i = 0; i < b->question->gives_count; ++i) {
    is_loop = is_loop || n->is_reached[b->question->gives[i].relation * 2 + 1];
  }
  return is_loop;
}

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
  if (q->known_rule != DEM_NONE && !closes_loop(b, model->known, true)) {
    DEM_TRY(add_about_field(b, model->known, true));
  }
  if (q->asked != DEM_NONE && !closes_loop(b, q->asked, false)) {
    DEM_TRY(make_pattern(b, q->asked, 0, DEM_NONE, true, &b->items[b->count++]));
  }
  if (q->options != DEM_NONE && !closes_loop(b, q->options, false)) {
    b->has_value = true;
    return make_pattern(b, q->options, 0, ANSWER, 0, &b->items[b->count++]);
  }
  if (q->type.kind == DEM_TYPE_REFERENCE && !closes_loop(b, q->type.relation, false)) {
    const uint32_t key = model->relations[q->type.relation].key;
    b->has_value = true;
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
  const uint32_t options = q->type.kind == DEM_TYPE_ENUMERATION ? q->type.option_count
                           : q->type.kind == DEM_TYPE_BOOLEAN   ? 2
                                                                : 1;
  dem_output *const answers = DEM_ARENA_ARRAY(b->arena, dem_output, options);
  DEM_TRY_MEMORY(answers);
  *answers_out = answers;
  *count_out = b->has_value ? 1 : options;
  if (b->has_value) {
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

static dem_status add_rule(dem_reader *reader, dem_question *question, needs *n)
{
  builder b = {.reader = reader, .arena = &reader->model->arena, .question = question, .needs = n};
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
  question->open_rule = (uint32_t)reader->rules.count;
  DEM_TRY(add_needs(n, &rule)); // A question may close a loop with those before it.
  return dem_vector_add(&reader->rules, &rule) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

dem_status dem_open_rules_add(dem_reader *reader)
{
  dem_arena scratch;
  dem_arena_init(&scratch, reader->model->arena.allocator);
  needs n = {0};
  dem_vector_init(&n.items, scratch.allocator, sizeof(need));
  dem_status status = init_needs(&n, &scratch, reader);
  for (uint32_t i = 0; i < reader->model->question_count && status == DEM_OK; ++i) {
    status = add_rule(reader, &reader->model->questions[i], &n);
  }
  dem_vector_clear(&n.items);
  dem_arena_clear(&scratch);
  return status;
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
