// SPDX-License-Identifier: Apache-2.0

// Facts, conditions and expressions in words.

#include "advise/phrase.h"

#include "lang/scalar.h"

static void add(dem_wording *words, const char *text)
{
  dem_buffer_add_text(&words->text, text);
}

static void say(dem_wording *words, dem_saying saying)
{
  add(words, dem_saying_plain(words->names->language, saying));
}

static void add_name(dem_wording *words, dem_slice name)
{
  for (size_t i = 0; i < name.size; ++i) {
    dem_buffer_add_char(&words->text, name.bytes[i] == '_' ? ' ' : name.bytes[i]);
  }
}

/// What the schema calls something, in the language.
static void add_schema_name(dem_wording *words, dem_text_kind kind, dem_symbol name)
{
  const dem_text *const text =
      dem_language_find(words->names->language, (dem_text_id){kind, 0, name.index});
  if (text) {
    dem_buffer_add(&words->text, text->text);
  } else {
    add_name(words, dem_symbols_text(words->model->symbols, name));
  }
}

void dem_phrase_relation(dem_wording *words, uint32_t relation)
{
  add_schema_name(words, DEM_TEXT_RELATION, words->model->relations[relation].name);
}

void dem_phrase_field(dem_wording *words, const dem_field *field)
{
  add_schema_name(words, DEM_TEXT_FIELD, field->name);
}

// Facts -------------------------------------------------------------------------------

/// The questions that were answered are a relation of the compiler's own: said as what it means.
static bool phrase_answered(dem_wording *words, uint32_t relation, dem_word field)
{
  const dem_model *const model = words->model;
  if (relation != model->answered || field == DEM_ABSENT) {
    return false;
  }
  for (uint32_t i = 0; i < model->question_count; ++i) {
    if (dem_word_of_symbol(model->questions[i].field) == field) {
      dem_wording_say(words, DEM_SAID(ANSWER_IN_PROFILE, dem_wording_ask(words, i)));
    }
  }
  return true;
}

/// Whether a row of a keyed relation can be called by its label.
static bool is_name_known(const dem_relation *r, uint64_t mask, const dem_word *row)
{
  return r->key != DEM_NONE && r->label != DEM_NONE && mask >> r->key & mask >> r->label & 1 &&
         row[r->label] != DEM_ABSENT;
}

/// A value of a row; a text of a keyed row may have a translation.
static void add_cell(dem_wording *words, uint32_t relation, uint32_t field, uint64_t mask,
                     const dem_word *row)
{
  const dem_relation *const r = &words->model->relations[relation];
  const bool has_key = r->key != DEM_NONE && mask >> r->key & 1 && row[r->key] != DEM_OPEN;
  const dem_text *const text =
      has_key ? dem_language_find(
                    words->names->language,
                    (dem_text_id){DEM_TEXT_FACT, dem_text_column(relation, field), row[r->key]})
              : NULL;
  if (text) {
    dem_buffer_add(&words->text, text->text);
  } else {
    dem_wording_add_label(words, &r->fields[field].type, row[field]);
  }
}

void dem_phrase_partial(dem_wording *words, uint32_t relation, uint64_t mask, const dem_word *row)
{
  const dem_relation *const r = &words->model->relations[relation];
  const char *before = " (";
  const uint64_t given = mask;
  bool has_any = false;
  if (mask & 1 && phrase_answered(words, relation, row[0])) {
    return;
  }
  dem_phrase_relation(words, relation);
  if (is_name_known(r, mask, row)) { // Its label stands for its key.
    add(words, " ");
    dem_names_label(words->names, words->symbols, relation, row[r->key], &words->text);
    mask &= ~(UINT64_C(1) << r->key | UINT64_C(1) << r->label);
  }
  for (uint32_t i = 0; i < r->field_count; ++i) {
    if (mask >> i & 1 && row[i] != DEM_ABSENT) {
      add(words, before);
      dem_phrase_field(words, &r->fields[i]);
      say(words, DEM_SAY_COLON);
      add_cell(words, relation, i, given, row);
      before = dem_saying_plain(words->names->language, DEM_SAY_COMMA);
      has_any = true;
    }
  }
  add(words, has_any ? ")" : "");
}

void dem_phrase_fact(dem_wording *words, uint32_t relation, const dem_word *row)
{
  dem_phrase_partial(words, relation, UINT64_MAX, row);
}

// Patterns ------------------------------------------------------------------------------

static dem_saying order_saying(dem_test_kind kind, bool is_date)
{
  switch (kind) {
  case DEM_TEST_LESS:
    return is_date ? DEM_SAY_BEFORE : DEM_SAY_LESS_THAN;
  case DEM_TEST_LESS_EQUAL:
    return is_date ? DEM_SAY_ON_OR_BEFORE : DEM_SAY_AT_MOST;
  case DEM_TEST_GREATER:
    return is_date ? DEM_SAY_AFTER : DEM_SAY_MORE_THAN;
  case DEM_TEST_GREATER_EQUAL:
    return is_date ? DEM_SAY_ON_OR_AFTER : DEM_SAY_AT_LEAST;
  case DEM_TEST_NOT_IN:
    return DEM_SAY_OTHER_THAN;
  case DEM_TEST_MATCHES:
  case DEM_TEST_IN:
    break;
  }
  return DEM_SAYING_COUNT;
}

static void add_test(dem_wording *words, const dem_type *type, const dem_test *test)
{
  const dem_saying order = order_saying(test->kind, type->storage == DEM_STORAGE_DATE);
  if (test->kind == DEM_TEST_MATCHES) {
    dem_wording_say(words, DEM_SAID(MATCHING, dem_wording_of(test->regex_text)));
  } else if (order != DEM_SAYING_COUNT) {
    say(words, order);
  }
  for (uint32_t i = 0; i < test->word_count; ++i) {
    if (i > 0) {
      say(words, i + 1 < test->word_count ? DEM_SAY_COMMA : DEM_SAY_OR);
    }
    dem_wording_add_label(words, type, test->words[i]);
  }
}

/// Whether a variable's value says all that a term asks for.
static bool is_known(const dem_phrase_binding *binding, const dem_term *term)
{
  return term->variable != DEM_NONE && binding->values[term->variable] != DEM_ABSENT;
}

static void add_term(dem_wording *words, const dem_phrase_binding *binding, const dem_type *type,
                     const dem_term *term)
{
  if (is_known(binding, term)) {
    dem_wording_add_label(words, type, binding->values[term->variable]);
    if (term->test_count == 0) {
      return;
    }
    say(words, DEM_SAY_IS_TO_BE);
  }
  for (uint32_t i = 0; i < term->test_count; ++i) {
    if (i > 0) {
      say(words, DEM_SAY_AND);
    }
    add_test(words, type, &term->tests[i]);
  }
  if (binding->has_names && term->variable != DEM_NONE) {
    if (term->test_count > 0) {
      say(words, DEM_SAY_CALLED);
    }
    dem_buffer_add(&words->text, dem_symbols_text(words->model->symbols,
                                                  binding->rule->variables[term->variable].name));
  } else if (term->test_count == 0) {
    say(words, DEM_SAY_ANY);
  }
}

static void add_pattern(dem_wording *words, const dem_phrase_binding *binding,
                        const dem_pattern *pattern)
{
  const dem_relation *const r = &words->model->relations[pattern->relation];
  if (pattern->term_count == 1 && pattern->terms[0].test_count == 1 &&
      pattern->terms[0].tests[0].word_count == 1 &&
      phrase_answered(words, pattern->relation, pattern->terms[0].tests[0].words[0])) {
    return;
  }
  dem_phrase_relation(words, pattern->relation);
  for (uint32_t i = 0; i < pattern->term_count; ++i) {
    const dem_term *const term = &pattern->terms[i];
    add(words, i == 0 ? " (" : dem_saying_plain(words->names->language, DEM_SAY_COMMA));
    dem_phrase_field(words, &r->fields[term->field]);
    say(words, DEM_SAY_COLON);
    add_term(words, binding, &r->fields[term->field].type, term);
  }
  add(words, pattern->term_count > 0 ? ")" : "");
}

// Expressions -----------------------------------------------------------------------------

/// An operator in words, or as a sign that all languages have.
typedef struct operator_words {
  const char *sign; ///< NULL: it is said.
  dem_saying saying;
  dem_saying of_dates;
  int rank; ///< Operands of a lower rank stand in brackets.
} operator_words;

enum {
  RANK_OR = 1,
  RANK_AND,
  RANK_NOT,
  RANK_COMPARE,
  RANK_SUM,
  RANK_PRODUCT,
  RANK_SIGN,
  RANK_ATOM
};

static operator_words said(dem_saying saying, dem_saying of_dates, int rank)
{
  return (operator_words){NULL, saying, of_dates, rank};
}

static operator_words sign(const char *text, int rank)
{
  return (operator_words){text, DEM_SAY_IS, DEM_SAY_IS, rank};
}

static operator_words words_of(dem_operator op)
{
  switch (op) {
  case DEM_OP_OR:
    return said(DEM_SAY_OR, DEM_SAY_OR, RANK_OR);
  case DEM_OP_AND:
    return said(DEM_SAY_AND, DEM_SAY_AND, RANK_AND);
  case DEM_OP_NOT:
    return said(DEM_SAY_NOT, DEM_SAY_NOT, RANK_NOT);
  case DEM_OP_EQUAL:
    return said(DEM_SAY_IS, DEM_SAY_IS, RANK_COMPARE);
  case DEM_OP_NOT_EQUAL:
    return said(DEM_SAY_IS_NOT, DEM_SAY_IS_NOT, RANK_COMPARE);
  case DEM_OP_LESS:
    return said(DEM_SAY_IS_LESS_THAN, DEM_SAY_IS_BEFORE, RANK_COMPARE);
  case DEM_OP_LESS_EQUAL:
    return said(DEM_SAY_IS_AT_MOST, DEM_SAY_IS_ON_OR_BEFORE, RANK_COMPARE);
  case DEM_OP_GREATER:
    return said(DEM_SAY_IS_MORE_THAN, DEM_SAY_IS_AFTER, RANK_COMPARE);
  case DEM_OP_GREATER_EQUAL:
    return said(DEM_SAY_IS_AT_LEAST, DEM_SAY_IS_ON_OR_AFTER, RANK_COMPARE);
  case DEM_OP_ADD:
    return sign(" + ", RANK_SUM);
  case DEM_OP_SUBTRACT:
    return sign(" - ", RANK_SUM);
  case DEM_OP_MULTIPLY:
    return sign(" * ", RANK_PRODUCT);
  case DEM_OP_DIVIDE:
    return sign(" / ", RANK_PRODUCT);
  case DEM_OP_REMAINDER:
    return sign(" % ", RANK_PRODUCT);
  case DEM_OP_NEGATE:
    return sign("-", RANK_SIGN);
  case DEM_OP_MIN:
    return said(DEM_SAY_LESSER_OF, DEM_SAY_LESSER_OF, RANK_ATOM);
  case DEM_OP_MAX:
    return said(DEM_SAY_GREATER_OF, DEM_SAY_GREATER_OF, RANK_ATOM);
  case DEM_OP_ABS:
    return said(DEM_SAY_ABSOLUTE_VALUE_OF, DEM_SAY_ABSOLUTE_VALUE_OF, RANK_ATOM);
  case DEM_OP_LENGTH:
    return said(DEM_SAY_LENGTH_OF, DEM_SAY_LENGTH_OF, RANK_ATOM);
  case DEM_OP_LOWER:
    return said(DEM_SAY_LOWER_CASE_OF, DEM_SAY_LOWER_CASE_OF, RANK_ATOM);
  case DEM_OP_LITERAL:
  case DEM_OP_VARIABLE:
  case DEM_OP_TO_NUMBER:
    break;
  }
  return sign("", RANK_ATOM);
}

static void add_operator(dem_wording *words, const operator_words *w, bool is_date)
{
  if (w->sign) {
    add(words, w->sign);
  } else {
    say(words, is_date ? w->of_dates : w->saying);
  }
}

static void add_variable(dem_wording *words, const dem_phrase_binding *binding, uint32_t variable)
{
  const dem_variable *const v = &binding->rule->variables[variable];
  if (binding->values[variable] != DEM_ABSENT) {
    dem_wording_add_label(words, &v->type, binding->values[variable]);
    return;
  }
  const dem_slice name = dem_symbols_text(words->model->symbols, v->name);
  if (binding->has_names) {
    dem_buffer_add(&words->text, name);
    return;
  }
  add_name(words, name.size > 1 ? (dem_slice){name.bytes + 1, name.size - 1} : name);
}

static void add_expression(dem_wording *words, const dem_phrase_binding *binding,
                           const dem_expression *e);

static void add_operand(dem_wording *words, const dem_phrase_binding *binding,
                        const dem_expression *e, int rank)
{
  const bool is_looser = words_of(e->op).rank < rank;
  add(words, is_looser ? "(" : "");
  add_expression(words, binding, e);
  add(words, is_looser ? ")" : "");
}

// As deep as the reader lets expressions nest.
static void add_expression(dem_wording *words, const dem_phrase_binding *binding,
                           const dem_expression *e)
{
  const operator_words w = words_of(e->op);
  const bool is_date = e->operands == DEM_STORAGE_DATE;
  if (e->op == DEM_OP_LITERAL) {
    dem_word_write(words->symbols, e->storage, e->literal, &words->text);
  } else if (e->op == DEM_OP_VARIABLE) {
    add_variable(words, binding, e->variable);
  } else if (!e->right) {
    add_operator(words, &w, is_date);
    add_operand(words, binding, e->left, w.rank);
  } else if (w.rank == RANK_ATOM) {
    add_operator(words, &w, is_date);
    add_operand(words, binding, e->left, RANK_SUM);
    say(words, DEM_SAY_AND);
    add_operand(words, binding, e->right, RANK_SUM);
  } else {
    add_operand(words, binding, e->left, w.rank);
    add_operator(words, &w, is_date);
    add_operand(words, binding, e->right, w.rank + 1);
  }
}

// Conditions --------------------------------------------------------------------------------

static void add_let(dem_wording *words, const dem_phrase_binding *binding, uint32_t variable,
                    const dem_expression *value)
{
  const dem_slice name =
      dem_symbols_text(words->model->symbols, binding->rule->variables[variable].name);
  add_name(words, name.size > 1 ? (dem_slice){name.bytes + 1, name.size - 1} : name);
  say(words, DEM_SAY_IS);
  if (binding->values[variable] != DEM_ABSENT) {
    add_variable(words, binding, variable);
    const bool is_plain = value->op == DEM_OP_LITERAL || value->op == DEM_OP_VARIABLE;
    if (is_plain) {
      return;
    }
    say(words, DEM_SAY_THAT_IS);
  }
  add_expression(words, binding, value);
}

static void add_aggregate(dem_wording *words, const dem_phrase_binding *binding,
                          const dem_aggregate *a)
{
  static const dem_saying functions[] = {DEM_SAY_NUMBER_OF_CASES_OF, DEM_SAY_SUM_OF, DEM_SAY_LEAST,
                                         DEM_SAY_GREATEST};
  const dem_slice name =
      dem_symbols_text(words->model->symbols, binding->rule->variables[a->result].name);
  add_name(words, name.size > 1 ? (dem_slice){name.bytes + 1, name.size - 1} : name);
  say(words, DEM_SAY_IS);
  if (binding->values[a->result] != DEM_ABSENT) {
    add_variable(words, binding, a->result);
    say(words, DEM_SAY_COMMA);
  }
  say(words, functions[a->function]);
  if (a->value != DEM_NONE) {
    add_variable(words, binding, a->value);
    say(words, DEM_SAY_OVER);
  }
  dem_phrase_conditions(words, binding, &a->over);
}

static void add_any(dem_wording *words, const dem_phrase_binding *binding, const dem_condition *any)
{
  for (uint32_t i = 0; i < any->any.count; ++i) {
    if (i > 0) {
      say(words, DEM_SAY_OR_ELSE);
    }
    dem_phrase_conditions(words, binding, &any->any.branches[i]);
  }
}

static void add_not(dem_wording *words, const dem_phrase_binding *binding,
                    const dem_conditions *negated)
{
  const bool is_simple = negated->count == 1 && negated->items[0].kind == DEM_CONDITION_PATTERN;
  say(words, is_simple ? DEM_SAY_THERE_IS_NO : DEM_SAY_THERE_IS_NO_CASE);
  dem_phrase_conditions(words, binding, negated);
}

void dem_phrase_condition(dem_wording *words, const dem_phrase_binding *binding,
                          const dem_condition *condition)
{
  switch (condition->kind) {
  case DEM_CONDITION_PATTERN:
    add_pattern(words, binding, &condition->pattern);
    return;
  case DEM_CONDITION_NOT:
    add_not(words, binding, &condition->negated);
    return;
  case DEM_CONDITION_ANY:
    add_any(words, binding, condition);
    return;
  case DEM_CONDITION_WHERE:
    add_expression(words, binding, condition->guard);
    return;
  case DEM_CONDITION_LET:
    add_let(words, binding, condition->let.variable, condition->let.value);
    return;
  case DEM_CONDITION_AGGREGATE:
    add_aggregate(words, binding, &condition->aggregate);
    return;
  }
}

// As deep as the reader lets conditions nest.
void dem_phrase_conditions(dem_wording *words, const dem_phrase_binding *binding,
                           const dem_conditions *conditions)
{
  for (uint32_t i = 0; i < conditions->count; ++i) {
    if (i > 0) {
      say(words, DEM_SAY_AND);
    }
    dem_phrase_condition(words, binding, &conditions->items[i]);
  }
}
