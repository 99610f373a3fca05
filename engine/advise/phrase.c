// SPDX-License-Identifier: Apache-2.0

// Facts, conditions and expressions in words.

#include "advise/phrase.h"

#include "lang/scalar.h"

static void add(dem_wording *words, const char *text)
{
  dem_buffer_add_text(&words->text, text);
}

static void add_name(dem_wording *words, dem_slice name)
{
  for (size_t i = 0; i < name.size; ++i) {
    dem_buffer_add_char(&words->text, name.bytes[i] == '_' ? ' ' : name.bytes[i]);
  }
}

void dem_phrase_name(dem_wording *words, dem_symbol name)
{
  add_name(words, dem_symbols_text(words->model->symbols, name));
}

// Facts -------------------------------------------------------------------------------

/// The questions that were answered are a relation of the compiler's own: said as what it means.
static bool phrase_answered(dem_wording *words, uint32_t relation, dem_word field)
{
  const dem_model *const model = words->model;
  if (relation != model->answered || field == DEM_ABSENT) {
    return false;
  }
  add(words, "answer to “");
  for (uint32_t i = 0; i < model->question_count; ++i) {
    if (dem_word_of_symbol(model->questions[i].field) == field) {
      dem_buffer_add(&words->text, model->questions[i].ask);
    }
  }
  add(words, "” in the profile");
  return true;
}

/// Whether a row of a keyed relation can be called by its label.
static bool is_name_known(const dem_relation *r, uint64_t mask, const dem_word *row)
{
  return r->key != DEM_NONE && r->label != DEM_NONE && mask >> r->key & mask >> r->label & 1 &&
         row[r->label] != DEM_ABSENT;
}

void dem_phrase_partial(dem_wording *words, uint32_t relation, uint64_t mask, const dem_word *row)
{
  const dem_relation *const r = &words->model->relations[relation];
  const char *before = " (";
  if (mask & 1 && phrase_answered(words, relation, row[0])) {
    return;
  }
  dem_phrase_name(words, r->name);
  if (is_name_known(r, mask, row)) { // Its label stands for its key.
    add(words, " ");
    dem_wording_add_label(words, &r->fields[r->label].type, row[r->label]);
    mask &= ~(UINT64_C(1) << r->key | UINT64_C(1) << r->label);
  }
  for (uint32_t i = 0; i < r->field_count; ++i) {
    if (mask >> i & 1 && row[i] != DEM_ABSENT) {
      add(words, before);
      dem_phrase_name(words, r->fields[i].name);
      add(words, ": ");
      dem_wording_add_label(words, &r->fields[i].type, row[i]);
      before = ", ";
    }
  }
  add(words, before[0] == ',' ? ")" : "");
}

void dem_phrase_fact(dem_wording *words, uint32_t relation, const dem_word *row)
{
  dem_phrase_partial(words, relation, UINT64_MAX, row);
}

// Patterns ------------------------------------------------------------------------------

static const char *describe_order(dem_test_kind kind, bool is_date)
{
  switch (kind) {
  case DEM_TEST_LESS:
    return is_date ? "before " : "less than ";
  case DEM_TEST_LESS_EQUAL:
    return is_date ? "on or before " : "at most ";
  case DEM_TEST_GREATER:
    return is_date ? "after " : "more than ";
  case DEM_TEST_GREATER_EQUAL:
    return is_date ? "on or after " : "at least ";
  case DEM_TEST_MATCHES:
    return "matching ";
  case DEM_TEST_NOT_IN:
    return "other than ";
  case DEM_TEST_IN:
    break;
  }
  return "";
}

static void add_test(dem_wording *words, const dem_type *type, const dem_test *test)
{
  add(words, describe_order(test->kind, type->storage == DEM_STORAGE_DATE));
  if (test->kind == DEM_TEST_MATCHES) {
    add(words, "“");
    dem_buffer_add(&words->text, test->regex_text);
    add(words, "”");
  }
  for (uint32_t i = 0; i < test->word_count; ++i) {
    add(words, i == 0 ? "" : i + 1 < test->word_count ? ", " : " or ");
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
    add(words, ", which is to be ");
  }
  for (uint32_t i = 0; i < term->test_count; ++i) {
    add(words, i > 0 ? " and " : "");
    add_test(words, type, &term->tests[i]);
  }
  if (binding->has_names && term->variable != DEM_NONE) {
    add(words, term->test_count == 0 ? "" : ", as ");
    dem_buffer_add(&words->text, dem_symbols_text(words->model->symbols,
                                                  binding->rule->variables[term->variable].name));
  } else {
    add(words, term->test_count == 0 ? "any" : "");
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
  dem_phrase_name(words, r->name);
  for (uint32_t i = 0; i < pattern->term_count; ++i) {
    const dem_term *const term = &pattern->terms[i];
    add(words, i == 0 ? " (" : ", ");
    dem_phrase_name(words, r->fields[term->field].name);
    add(words, ": ");
    add_term(words, binding, &r->fields[term->field].type, term);
  }
  add(words, pattern->term_count > 0 ? ")" : "");
}

// Expressions -----------------------------------------------------------------------------

typedef struct operator_words {
  const char *text;
  const char *of_dates; ///< NULL: the same.
  int rank;             ///< Operands of a lower rank stand in brackets.
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

static operator_words words_of(dem_operator op)
{
  switch (op) {
  case DEM_OP_OR:
    return (operator_words){" or ", NULL, RANK_OR};
  case DEM_OP_AND:
    return (operator_words){" and ", NULL, RANK_AND};
  case DEM_OP_NOT:
    return (operator_words){"not ", NULL, RANK_NOT};
  case DEM_OP_EQUAL:
    return (operator_words){" is ", NULL, RANK_COMPARE};
  case DEM_OP_NOT_EQUAL:
    return (operator_words){" is not ", NULL, RANK_COMPARE};
  case DEM_OP_LESS:
    return (operator_words){" is less than ", " is before ", RANK_COMPARE};
  case DEM_OP_LESS_EQUAL:
    return (operator_words){" is at most ", " is on or before ", RANK_COMPARE};
  case DEM_OP_GREATER:
    return (operator_words){" is more than ", " is after ", RANK_COMPARE};
  case DEM_OP_GREATER_EQUAL:
    return (operator_words){" is at least ", " is on or after ", RANK_COMPARE};
  case DEM_OP_ADD:
    return (operator_words){" + ", NULL, RANK_SUM};
  case DEM_OP_SUBTRACT:
    return (operator_words){" - ", NULL, RANK_SUM};
  case DEM_OP_MULTIPLY:
    return (operator_words){" * ", NULL, RANK_PRODUCT};
  case DEM_OP_DIVIDE:
    return (operator_words){" / ", NULL, RANK_PRODUCT};
  case DEM_OP_REMAINDER:
    return (operator_words){" % ", NULL, RANK_PRODUCT};
  case DEM_OP_NEGATE:
    return (operator_words){"-", NULL, RANK_SIGN};
  case DEM_OP_MIN:
    return (operator_words){"the lesser of ", NULL, RANK_ATOM};
  case DEM_OP_MAX:
    return (operator_words){"the greater of ", NULL, RANK_ATOM};
  case DEM_OP_ABS:
    return (operator_words){"the absolute value of ", NULL, RANK_ATOM};
  case DEM_OP_LENGTH:
    return (operator_words){"the length of ", NULL, RANK_ATOM};
  case DEM_OP_LOWER:
    return (operator_words){"the lower case of ", NULL, RANK_ATOM};
  case DEM_OP_LITERAL:
  case DEM_OP_VARIABLE:
  case DEM_OP_TO_NUMBER:
    break;
  }
  return (operator_words){"", NULL, RANK_ATOM};
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
  const char *const text = e->operands == DEM_STORAGE_DATE && w.of_dates ? w.of_dates : w.text;
  if (e->op == DEM_OP_LITERAL) {
    dem_word_write(words->symbols, e->storage, e->literal, &words->text);
  } else if (e->op == DEM_OP_VARIABLE) {
    add_variable(words, binding, e->variable);
  } else if (!e->right) {
    add(words, text);
    add_operand(words, binding, e->left, w.rank);
  } else if (w.rank == RANK_ATOM) {
    add(words, text);
    add_operand(words, binding, e->left, RANK_SUM);
    add(words, " and ");
    add_operand(words, binding, e->right, RANK_SUM);
  } else {
    add_operand(words, binding, e->left, w.rank);
    add(words, text);
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
  add(words, " is ");
  if (binding->values[variable] != DEM_ABSENT) {
    add_variable(words, binding, variable);
    const bool is_plain = value->op == DEM_OP_LITERAL || value->op == DEM_OP_VARIABLE;
    if (is_plain) {
      return;
    }
    add(words, ", that is ");
  }
  add_expression(words, binding, value);
}

static void add_aggregate(dem_wording *words, const dem_phrase_binding *binding,
                          const dem_aggregate *a)
{
  static const char *const functions[] = {"the number of cases of ", "the sum of ", "the least ",
                                          "the greatest "};
  const dem_slice name =
      dem_symbols_text(words->model->symbols, binding->rule->variables[a->result].name);
  add_name(words, name.size > 1 ? (dem_slice){name.bytes + 1, name.size - 1} : name);
  add(words, " is ");
  if (binding->values[a->result] != DEM_ABSENT) {
    add_variable(words, binding, a->result);
    add(words, ", ");
  }
  add(words, functions[a->function]);
  if (a->value != DEM_NONE) {
    add_variable(words, binding, a->value);
    add(words, " over ");
  }
  dem_phrase_conditions(words, binding, &a->over);
}

static void add_any(dem_wording *words, const dem_phrase_binding *binding, const dem_condition *any)
{
  for (uint32_t i = 0; i < any->any.count; ++i) {
    add(words, i == 0 ? "" : "; or ");
    dem_phrase_conditions(words, binding, &any->any.branches[i]);
  }
}

static void add_not(dem_wording *words, const dem_phrase_binding *binding,
                    const dem_conditions *negated)
{
  const bool is_simple = negated->count == 1 && negated->items[0].kind == DEM_CONDITION_PATTERN;
  add(words, is_simple ? "there is no " : "there is no case of: ");
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
    add(words, i == 0 ? "" : " and ");
    dem_phrase_condition(words, binding, &conditions->items[i]);
  }
}
