// SPDX-License-Identifier: Apache-2.0

// The type checker of expressions. It knows the types of the variables, works from the leaves
// up, and writes the typed tree beside the untyped one.

#include "lang/expression.h"

#include "base/try.h"
#include "lang/scalar.h"
#include "lang/type.h"

typedef struct checker {
  dem_reader *reader;
  const dem_variables *variables;
} checker;

// A checked operand.
typedef struct operand {
  dem_expression *node;
  dem_type type;
  const dem_formula *formula;
} operand;

static dem_status check(const checker *c, const dem_formula *formula, operand *out);

// Mistakes ----------------------------------------------------------------------

static bool is_text_literal(const operand *side)
{
  return side->formula->op == DEM_OP_LITERAL && side->formula->storage == DEM_STORAGE_STRING;
}

// A variable's name, for messages; else empty.
static dem_slice name_of(const operand *side)
{
  return side->formula->op == DEM_OP_VARIABLE ? side->formula->text : (dem_slice){0};
}

// Report an operand that an operator cannot take.
static dem_status reject_operand(const checker *c, const dem_formula *formula, const operand *side,
                                 const char *expected)
{
  const dem_slice name = name_of(side);
  return dem_diagnose(c->reader->diagnostics, DEM_DIAG_WRONG_TYPE, side->node->place,
                      "'%s' takes %s, but %.*s%sis %s", dem_operator_sign(formula->op), expected,
                      (int)name.size, name.size ? name.bytes : "", name.size ? " " : "this ",
                      dem_storage_describe(side->node->storage));
}

static dem_status reject_pair(const checker *c, const dem_formula *formula, const operand *left,
                              const operand *right)
{
  return dem_diagnose(c->reader->diagnostics, DEM_DIAG_WRONG_TYPE, formula->place,
                      "'%s' cannot take %s and %s", dem_operator_sign(formula->op),
                      dem_storage_describe(left->node->storage),
                      dem_storage_describe(right->node->storage));
}

// Nodes -------------------------------------------------------------------------

static dem_status add_node(const checker *c, const dem_formula *formula, dem_operator op,
                           dem_storage storage, operand *out)
{
  dem_expression *node = DEM_ARENA_NEW(&c->reader->model->arena, dem_expression);
  DEM_TRY_MEMORY(node);
  *node = (dem_expression){.op = op,
                           .storage = storage,
                           .operands = storage,
                           .variable = DEM_NONE,
                           .place = formula->place};
  *out = (operand){.node = node, .type = dem_type_of_storage(storage), .formula = formula};
  return DEM_OK;
}

static dem_status make_number(const checker *c, operand *side)
{
  if (side->node->storage == DEM_STORAGE_NUMBER) {
    return DEM_OK;
  }
  const dem_expression *integer = side->node;
  DEM_TRY(add_node(c, side->formula, DEM_OP_TO_NUMBER, DEM_STORAGE_NUMBER, side));
  side->node->operands = DEM_STORAGE_INTEGER;
  side->node->left = integer;
  return DEM_OK;
}

// A text that stands beside a date is one.
static dem_status make_date(const checker *c, operand *side)
{
  const dem_type date = dem_type_of_storage(DEM_STORAGE_DATE);
  dem_word word = 0;
  const dem_slice text = side->formula->text;
  switch (dem_scalar_read(c->reader->model->symbols, &date, text, &word)) {
  case DEM_SCALAR_OK:
    break;
  case DEM_SCALAR_NO_MEMORY:
    return DEM_ERR_NO_MEMORY;
  case DEM_SCALAR_WRONG_TYPE:
  case DEM_SCALAR_NOT_AN_OPTION:
    return dem_diagnose(c->reader->diagnostics, DEM_DIAG_WRONG_TYPE, side->formula->place,
                        "'%.*s' stands beside a date and is none (YYYY-MM-DD)", (int)text.size,
                        text.bytes);
  }
  DEM_TRY(add_node(c, side->formula, DEM_OP_LITERAL, DEM_STORAGE_DATE, side));
  side->node->literal = word;
  return DEM_OK;
}

static bool is_storage(const operand *side, dem_storage storage)
{
  return side->node->storage == storage;
}

static bool is_numeric(const operand *side)
{
  return is_storage(side, DEM_STORAGE_INTEGER) || is_storage(side, DEM_STORAGE_NUMBER);
}

// Bring two operands to one storage: mixed numbers to numbers, a text beside a date to a date.
static dem_status make_equal(const checker *c, const dem_formula *formula, operand *left,
                             operand *right)
{
  if (left->node->storage == right->node->storage) {
    return DEM_OK;
  }
  if (is_numeric(left) && is_numeric(right)) {
    DEM_TRY(make_number(c, left));
    return make_number(c, right);
  }
  if (is_storage(left, DEM_STORAGE_DATE) && is_text_literal(right)) {
    return make_date(c, right);
  }
  if (is_storage(right, DEM_STORAGE_DATE) && is_text_literal(left)) {
    return make_date(c, left);
  }
  return reject_pair(c, formula, left, right);
}

// Operators ---------------------------------------------------------------------

static dem_status check_variable(const checker *c, const dem_formula *formula, operand *out)
{
  const dem_variable_entry *entry = dem_variables_entry(c->variables, formula->variable);
  if (!entry->has_type) {
    return DEM_ERR_INVALID;
  }
  DEM_TRY(add_node(c, formula, DEM_OP_VARIABLE, entry->type.storage, out));
  out->node->variable = formula->variable;
  out->type = entry->type;
  return DEM_OK;
}

static dem_status check_literal(const checker *c, const dem_formula *formula, operand *out)
{
  DEM_TRY(add_node(c, formula, DEM_OP_LITERAL, formula->storage, out));
  out->node->literal = formula->literal;
  return DEM_OK;
}

static void set_operands(operand *out, const operand *left, const operand *right)
{
  out->node->left = left->node;
  out->node->right = right ? right->node : NULL;
  out->node->operands = left->node->storage;
}

// abs, length, lower, not, a sign.
static dem_status check_unary(const checker *c, const dem_formula *formula, operand *out)
{
  operand inner = {0};
  DEM_TRY(check(c, formula->left, &inner));
  const bool is_string = formula->op == DEM_OP_LENGTH || formula->op == DEM_OP_LOWER;
  if (formula->op == DEM_OP_NOT) {
    if (!is_storage(&inner, DEM_STORAGE_BOOLEAN)) {
      return reject_operand(c, formula, &inner, "a boolean");
    }
  } else if (is_string && !is_storage(&inner, DEM_STORAGE_STRING)) {
    return reject_operand(c, formula, &inner, "a text");
  } else if (!is_string && !is_numeric(&inner)) {
    return reject_operand(c, formula, &inner, "an integer or a number");
  }
  const dem_storage storage =
      formula->op == DEM_OP_LENGTH ? DEM_STORAGE_INTEGER : inner.node->storage;
  DEM_TRY(add_node(c, formula, formula->op, storage, out));
  set_operands(out, &inner, NULL);
  return DEM_OK;
}

static dem_status check_both(const checker *c, const dem_formula *formula, operand *left,
                             operand *right)
{
  const dem_status first = check(c, formula->left, left);
  const dem_status second = check(c, formula->right, right);
  return first != DEM_OK ? first : second;
}

// date ± integer and date - date: days.
static dem_status check_days(const checker *c, const dem_formula *formula, operand *left,
                             operand *right, operand *out)
{
  const bool is_minus = formula->op == DEM_OP_SUBTRACT;
  const bool is_plus = formula->op == DEM_OP_ADD;
  dem_storage storage = DEM_STORAGE_DATE;
  if (is_storage(left, DEM_STORAGE_DATE) && is_storage(right, DEM_STORAGE_INTEGER)) {
    if (!is_minus && !is_plus) {
      return reject_pair(c, formula, left, right);
    }
  } else if (is_plus && is_storage(left, DEM_STORAGE_INTEGER)) {
    // integer + date
  } else if (is_minus) {
    DEM_TRY(make_equal(c, formula, left, right));
    storage = DEM_STORAGE_INTEGER;
  } else {
    return reject_pair(c, formula, left, right);
  }
  DEM_TRY(add_node(c, formula, formula->op, storage, out));
  set_operands(out, left, right);
  out->node->operands = DEM_STORAGE_INTEGER;
  return DEM_OK;
}

static dem_status check_arithmetic(const checker *c, const dem_formula *formula, operand *out)
{
  operand left = {0};
  operand right = {0};
  DEM_TRY(check_both(c, formula, &left, &right));
  if (is_storage(&left, DEM_STORAGE_DATE) || is_storage(&right, DEM_STORAGE_DATE)) {
    return check_days(c, formula, &left, &right, out);
  }
  const bool is_remainder = formula->op == DEM_OP_REMAINDER;
  const char *expected = is_remainder ? "integers" : "integers and numbers";
  const operand *sides[] = {&left, &right};
  for (size_t i = 0; i < 2; ++i) {
    if (is_remainder ? !is_storage(sides[i], DEM_STORAGE_INTEGER) : !is_numeric(sides[i])) {
      return reject_operand(c, formula, sides[i], expected);
    }
  }
  DEM_TRY(make_equal(c, formula, &left, &right));
  DEM_TRY(add_node(c, formula, formula->op, left.node->storage, out));
  set_operands(out, &left, &right);
  return DEM_OK;
}

static dem_status check_extreme(const checker *c, const dem_formula *formula, operand *out)
{
  operand left = {0};
  operand right = {0};
  DEM_TRY(check_both(c, formula, &left, &right));
  DEM_TRY(make_equal(c, formula, &left, &right));
  if (is_storage(&left, DEM_STORAGE_BOOLEAN)) {
    return reject_operand(c, formula, &left, "what has an order");
  }
  DEM_TRY(add_node(c, formula, formula->op, left.node->storage, out));
  set_operands(out, &left, &right);
  return DEM_OK;
}

static dem_status check_connective(const checker *c, const dem_formula *formula, operand *out)
{
  operand left = {0};
  operand right = {0};
  DEM_TRY(check_both(c, formula, &left, &right));
  const operand *sides[] = {&left, &right};
  for (size_t i = 0; i < 2; ++i) {
    if (!is_storage(sides[i], DEM_STORAGE_BOOLEAN)) {
      return reject_operand(c, formula, sides[i], "comparisons and booleans");
    }
  }
  DEM_TRY(add_node(c, formula, formula->op, DEM_STORAGE_BOOLEAN, out));
  set_operands(out, &left, &right);
  return DEM_OK;
}

// Comparisons -------------------------------------------------------------------

static dem_status check_option(const checker *c, const dem_type *type, const operand *literal)
{
  dem_slice options[64];
  size_t count = 0;
  const dem_symbols *symbols = c->reader->model->symbols;
  for (uint32_t i = 0; i < type->option_count; ++i) {
    if (dem_word_of_symbol(type->options[i]) == literal->node->literal) {
      return DEM_OK;
    }
    if (count < sizeof(options) / sizeof(options[0])) {
      options[count++] = dem_symbols_text(symbols, type->options[i]);
    }
  }
  const dem_slice text = literal->formula->text;
  const dem_status status = dem_diagnose(
      c->reader->diagnostics, DEM_DIAG_NOT_IN_ENUMERATION, literal->node->place,
      "'%.*s' is none of the values that it is compared with", (int)text.size, text.bytes);
  dem_name_suggest(c->reader, text, options, count);
  dem_buffer note;
  dem_buffer_init(&note, c->reader->model->arena.allocator);
  dem_type_describe(c->reader->model, type, &note);
  dem_diagnose_note(c->reader->diagnostics, "it is %.*s", (int)note.size,
                    note.bytes ? note.bytes : "");
  dem_buffer_clear(&note);
  return status;
}

// A text that is compared with an enumeration is one of its options; with a reference, a key.
static dem_status check_compared_text(const checker *c, const operand *side, const operand *other)
{
  if (!is_text_literal(side) || !is_storage(side, DEM_STORAGE_STRING)) {
    return DEM_OK;
  }
  if (other->type.kind == DEM_TYPE_ENUMERATION) {
    return check_option(c, &other->type, side);
  }
  if (other->type.kind == DEM_TYPE_REFERENCE) {
    const dem_reference_use use = {
        .relation = other->type.relation, .key = side->node->literal, .place = side->node->place};
    return dem_vector_add(&c->reader->uses, &use) ? DEM_OK : DEM_ERR_NO_MEMORY;
  }
  return DEM_OK;
}

static dem_status check_comparison(const checker *c, const dem_formula *formula, operand *out)
{
  operand left = {0};
  operand right = {0};
  DEM_TRY(check_both(c, formula, &left, &right));
  DEM_TRY(make_equal(c, formula, &left, &right));
  const bool is_equality = formula->op == DEM_OP_EQUAL || formula->op == DEM_OP_NOT_EQUAL;
  if (!is_equality && is_storage(&left, DEM_STORAGE_BOOLEAN)) {
    return reject_operand(c, formula, &left, "what has an order");
  }
  if (is_equality) {
    DEM_TRY(check_compared_text(c, &left, &right));
    DEM_TRY(check_compared_text(c, &right, &left));
  }
  DEM_TRY(add_node(c, formula, formula->op, DEM_STORAGE_BOOLEAN, out));
  set_operands(out, &left, &right);
  return DEM_OK;
}

// The whole ---------------------------------------------------------------------

static dem_status check(const checker *c, const dem_formula *formula, operand *out)
{
  switch (formula->op) {
  case DEM_OP_LITERAL:
    return check_literal(c, formula, out);
  case DEM_OP_VARIABLE:
    return check_variable(c, formula, out);
  case DEM_OP_NEGATE:
  case DEM_OP_ABS:
  case DEM_OP_LENGTH:
  case DEM_OP_LOWER:
  case DEM_OP_NOT:
    return check_unary(c, formula, out);
  case DEM_OP_ADD:
  case DEM_OP_SUBTRACT:
  case DEM_OP_MULTIPLY:
  case DEM_OP_DIVIDE:
  case DEM_OP_REMAINDER:
    return check_arithmetic(c, formula, out);
  case DEM_OP_MIN:
  case DEM_OP_MAX:
    return check_extreme(c, formula, out);
  case DEM_OP_EQUAL:
  case DEM_OP_NOT_EQUAL:
  case DEM_OP_LESS:
  case DEM_OP_LESS_EQUAL:
  case DEM_OP_GREATER:
  case DEM_OP_GREATER_EQUAL:
    return check_comparison(c, formula, out);
  case DEM_OP_AND:
  case DEM_OP_OR:
    return check_connective(c, formula, out);
  case DEM_OP_TO_NUMBER:
    break; // The parser makes none.
  }
  return DEM_ERR_INVALID;
}

dem_status dem_expression_check(dem_reader *reader, const dem_variables *variables,
                                const dem_formula *formula, const dem_expression **expression_out,
                                dem_type *type_out)
{
  const checker c = {.reader = reader, .variables = variables};
  operand root = {0};
  DEM_TRY(check(&c, formula, &root));
  *expression_out = root.node;
  *type_out = root.type;
  return DEM_OK;
}

dem_status dem_expression_to_number(dem_reader *reader, const dem_expression *integer,
                                    const dem_expression **number_out)
{
  dem_expression *node = DEM_ARENA_NEW(&reader->model->arena, dem_expression);
  DEM_TRY_MEMORY(node);
  *node = (dem_expression){.op = DEM_OP_TO_NUMBER,
                           .storage = DEM_STORAGE_NUMBER,
                           .operands = DEM_STORAGE_INTEGER,
                           .variable = DEM_NONE,
                           .left = integer,
                           .place = integer->place};
  *number_out = node;
  return DEM_OK;
}
