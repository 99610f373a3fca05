// SPDX-License-Identifier: Apache-2.0

// A lexer that looks one token ahead, and a parser by operator precedence.
//
// Source: Pratt, "Top down operator precedence" (1973). Every token knows its place in
// the file. The first mistake ends an expression: what follows one rarely
// means anything.

#include "lang/formula.h"

#include "base/try.h"
#include "lang/scalar.h"
#include "lang/variables.h"

typedef enum token_kind {
  TOKEN_END,
  TOKEN_NUMBER,
  TOKEN_TEXT, // With its quotes.
  TOKEN_VARIABLE,
  TOKEN_WORD, // A name: a function, true, false, and, or, not.
  TOKEN_SIGN,
  TOKEN_WRONG, // No token begins like this.
} token_kind;

typedef struct token {
  token_kind kind;
  dem_slice text;
  dem_place place;
} token;

typedef struct parser {
  const dem_formula_context *context;
  dem_slice text;
  size_t position; // Behind `next`.
  token next;
  dem_inner_place walk;
  dem_formula *first_variable;
  dem_formula **last_variable;
} parser;

// Operators ---------------------------------------------------------------------

typedef enum precedence {
  PRECEDENCE_NONE,
  PRECEDENCE_OR,
  PRECEDENCE_AND,
  PRECEDENCE_NOT,
  PRECEDENCE_COMPARISON,
  PRECEDENCE_SUM,
  PRECEDENCE_PRODUCT,
  PRECEDENCE_SIGN,
} precedence;

typedef struct operator_row {
  const char *sign;
  dem_operator op;
  precedence precedence;
} operator_row;

static const operator_row binary_operators[] = {
    {"or", DEM_OP_OR, PRECEDENCE_OR},
    {"and", DEM_OP_AND, PRECEDENCE_AND},
    {"=", DEM_OP_EQUAL, PRECEDENCE_COMPARISON},
    {"!=", DEM_OP_NOT_EQUAL, PRECEDENCE_COMPARISON},
    {"<", DEM_OP_LESS, PRECEDENCE_COMPARISON},
    {"<=", DEM_OP_LESS_EQUAL, PRECEDENCE_COMPARISON},
    {">", DEM_OP_GREATER, PRECEDENCE_COMPARISON},
    {">=", DEM_OP_GREATER_EQUAL, PRECEDENCE_COMPARISON},
    {"+", DEM_OP_ADD, PRECEDENCE_SUM},
    {"-", DEM_OP_SUBTRACT, PRECEDENCE_SUM},
    {"*", DEM_OP_MULTIPLY, PRECEDENCE_PRODUCT},
    {"/", DEM_OP_DIVIDE, PRECEDENCE_PRODUCT},
    {"%", DEM_OP_REMAINDER, PRECEDENCE_PRODUCT},
};

static const operator_row functions[] = {
    {"min", DEM_OP_MIN, PRECEDENCE_NONE},     {"max", DEM_OP_MAX, PRECEDENCE_NONE},
    {"abs", DEM_OP_ABS, PRECEDENCE_NONE},     {"length", DEM_OP_LENGTH, PRECEDENCE_NONE},
    {"lower", DEM_OP_LOWER, PRECEDENCE_NONE},
};

// Signs of other languages, and what they are called here.
static const struct {
  const char *sign;
  const char *here;
} foreign_signs[] = {
    {"==", "="},    {"<>", "!="}, {"&&", "and"},  {"||", "or"}, {"!", "not"},
    {"=<", "<="},   {"=>", ">="}, {"≠", "!="},    {"≤", "<="},  {"≥", ">="},
    {"AND", "and"}, {"OR", "or"}, {"NOT", "not"}, {"mod", "%"},
};

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

const char *dem_operator_sign(dem_operator op)
{
  for (size_t i = 0; i < COUNT_OF(binary_operators); ++i) {
    if (binary_operators[i].op == op) {
      return binary_operators[i].sign;
    }
  }
  for (size_t i = 0; i < COUNT_OF(functions); ++i) {
    if (functions[i].op == op) {
      return functions[i].sign;
    }
  }
  return op == DEM_OP_NOT ? "not" : "-";
}

static const operator_row *find_row(const operator_row *rows, size_t count, dem_slice text)
{
  for (size_t i = 0; i < count; ++i) {
    if (dem_slice_is(text, rows[i].sign)) {
      return &rows[i];
    }
  }
  return NULL;
}

static const operator_row *find_binary(const token *next)
{
  const bool may_be = next->kind == TOKEN_SIGN || next->kind == TOKEN_WORD;
  return may_be ? find_row(binary_operators, COUNT_OF(binary_operators), next->text) : NULL;
}

// Tokens ------------------------------------------------------------------------

static bool is_blank(char byte)
{
  return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static bool is_digit(char byte)
{
  return byte >= '0' && byte <= '9';
}

static bool is_word_byte(char byte)
{
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' ||
         is_digit(byte) || ((unsigned char)byte & 0x80U) != 0;
}

// The bytes of a number: digits, a fraction, an exponent. Whether they are one is dem_scalar_read's
// to say.
static size_t number_size(dem_slice text)
{
  size_t size = 0;
  while (size < text.size && (is_word_byte(text.bytes[size]) || text.bytes[size] == '.')) {
    const char byte = text.bytes[size++];
    const bool is_exponent = byte == 'e' || byte == 'E';
    if (is_exponent && size < text.size && (text.bytes[size] == '-' || text.bytes[size] == '+')) {
      ++size;
    }
  }
  return size;
}

// The bytes of a text literal with its quotes; 0 if it does not end.
static size_t text_size(dem_slice text)
{
  for (size_t i = 1; i < text.size; ++i) {
    if (text.bytes[i] != '\'') {
      continue;
    }
    if (i + 1 == text.size || text.bytes[i + 1] != '\'') {
      return i + 1;
    }
    ++i;
  }
  return 0;
}

// The bytes of a sign, foreign ones included, so that they can be explained; 0 if there is none.
static size_t sign_size(dem_slice text)
{
  static const char *const signs[] = {"!=", "<=", ">=", "==", "<>", "&&", "||",
                                      "=<", "=>", "=",  "<",  ">",  "+",  "-",
                                      "*",  "/",  "%",  "(",  ")",  ",",  "!"};
  for (size_t i = 0; i < COUNT_OF(signs); ++i) {
    const dem_slice sign = dem_slice_of(signs[i]);
    if (text.size >= sign.size && memcmp(text.bytes, sign.bytes, sign.size) == 0) {
      return sign.size;
    }
  }
  return 0;
}

static token_kind measure_token(dem_slice rest, size_t *size)
{
  const char first = rest.bytes[0];
  if (is_digit(first)) {
    *size = number_size(rest);
    return TOKEN_NUMBER;
  }
  if (first == '\'') {
    *size = text_size(rest);
    return *size ? TOKEN_TEXT : TOKEN_WRONG;
  }
  if (first == '$') {
    *size = dem_variable_name_size(rest);
    return *size > 1 ? TOKEN_VARIABLE : TOKEN_WRONG;
  }
  if (is_word_byte(first)) {
    *size = 0;
    while (*size < rest.size && is_word_byte(rest.bytes[*size])) {
      ++*size;
    }
    return TOKEN_WORD;
  }
  *size = sign_size(rest);
  return *size ? TOKEN_SIGN : TOKEN_WRONG;
}

static void advance(parser *p)
{
  while (p->position < p->text.size && is_blank(p->text.bytes[p->position])) {
    ++p->position;
  }
  const dem_slice rest = {p->text.bytes + p->position, p->text.size - p->position};
  size_t size = 0;
  p->next.kind = rest.size == 0 ? TOKEN_END : measure_token(rest, &size);
  if (p->next.kind == TOKEN_WRONG && size == 0) {
    size = 1;
  }
  p->next.text = (dem_slice){rest.bytes, size};
  p->next.place = dem_inner_place_at(&p->walk, p->position, size);
  p->position += size;
}

static bool is_sign(const parser *p, const char *sign)
{
  return p->next.kind == TOKEN_SIGN && dem_slice_is(p->next.text, sign);
}

static bool is_word(const parser *p, const char *word)
{
  return p->next.kind == TOKEN_WORD && dem_slice_is(p->next.text, word);
}

// Mistakes ----------------------------------------------------------------------

// What a sign of another language is called here, or NULL.
static const char *find_translation(dem_slice sign)
{
  for (size_t i = 0; i < COUNT_OF(foreign_signs); ++i) {
    if (dem_slice_is(sign, foreign_signs[i].sign)) {
      return foreign_signs[i].here;
    }
  }
  return NULL;
}

static dem_status explain_word(const parser *p)
{
  const dem_slice word = p->next.text;
  dem_slice names[COUNT_OF(functions)];
  for (size_t i = 0; i < COUNT_OF(functions); ++i) {
    names[i] = dem_slice_of(functions[i].sign);
  }
  const dem_slice nearest = dem_nearest(word, names, COUNT_OF(functions));
  const dem_status status =
      dem_diagnose(p->context->diagnostics, DEM_DIAG_BAD_EXPRESSION, p->next.place,
                   "'%.*s' means nothing in an expression", (int)word.size, word.bytes);
  const char *here = find_translation(word);
  if (here) {
    dem_diagnose_label(p->context->diagnostics, "write '%s'", here);
  } else if (nearest.size > 0) {
    dem_diagnose_label(p->context->diagnostics, "did you mean '%.*s'?", (int)nearest.size,
                       nearest.bytes);
  } else {
    dem_diagnose_note(p->context->diagnostics,
                      "a variable begins with '$', a text stands in single quotes: '%.*s'",
                      (int)word.size, word.bytes);
  }
  return status;
}

static dem_status explain_wrong(const parser *p)
{
  dem_diagnostics *diagnostics = p->context->diagnostics;
  const char first = p->next.text.bytes[0];
  const dem_status status =
      dem_diagnose(diagnostics, DEM_DIAG_BAD_EXPRESSION, p->next.place,
                   first == '\''  ? "the text that begins here does not end"
                   : first == '$' ? "'$' needs a name behind it"
                                  : "this character means nothing in an expression");
  if (first == '"') {
    dem_diagnose_note(diagnostics, "a text stands in single quotes: 'text'");
  }
  return status;
}

// Report that something else was expected where the next token stands.
static dem_status reject(const parser *p, const char *expected)
{
  dem_diagnostics *diagnostics = p->context->diagnostics;
  switch (p->next.kind) {
  case TOKEN_END:
    return dem_diagnose(diagnostics, DEM_DIAG_BAD_EXPRESSION, p->next.place,
                        "the expression ends where %s is expected", expected);
  case TOKEN_WORD:
    if (!find_binary(&p->next) && !is_word(p, "not") && !is_word(p, "true") &&
        !is_word(p, "false")) {
      return explain_word(p);
    }
    break;
  case TOKEN_WRONG:
    return explain_wrong(p);
  case TOKEN_NUMBER:
  case TOKEN_TEXT:
  case TOKEN_VARIABLE:
  case TOKEN_SIGN:
    break;
  }
  const dem_slice text = p->next.text;
  const dem_status status =
      dem_diagnose(diagnostics, DEM_DIAG_BAD_EXPRESSION, p->next.place, "expected %s, found '%.*s'",
                   expected, (int)text.size, text.bytes);
  const char *here = find_translation(text);
  if (here) {
    dem_diagnose_label(diagnostics, "write '%s'", here);
  }
  return status;
}

static dem_status reject_depth(const parser *p, dem_place place)
{
  return dem_diagnose(p->context->diagnostics, DEM_DIAG_LIMIT, place,
                      "the expression is nested deeper than %d levels", DEM_MAX_FORMULA_DEPTH);
}

// Trees -------------------------------------------------------------------------

static dem_status add_node(parser *p, dem_operator op, dem_place place, dem_formula *left,
                           dem_formula *right, dem_formula **out)
{
  const uint32_t left_depth = left ? left->depth : 0;
  const uint32_t right_depth = right ? right->depth : 0;
  const uint32_t depth = 1 + (left_depth > right_depth ? left_depth : right_depth);
  if (depth > DEM_MAX_FORMULA_DEPTH) {
    return reject_depth(p, place);
  }
  dem_formula *node = DEM_ARENA_NEW(p->context->arena, dem_formula);
  DEM_TRY_MEMORY(node);
  *node = (dem_formula){.op = op, .place = place, .left = left, .right = right, .depth = depth};
  *out = node;
  return DEM_OK;
}

static dem_status parse_binary(parser *p, precedence least, uint32_t depth, dem_formula **out);

static dem_status add_literal(parser *p, dem_place place, dem_storage storage, dem_word word,
                              dem_formula **out)
{
  DEM_TRY(add_node(p, DEM_OP_LITERAL, place, NULL, NULL, out));
  (*out)->storage = storage;
  (*out)->literal = word;
  return DEM_OK;
}

// `text` with its sign, which an integer needs to be read at once: -9223372036854775808.
static dem_status parse_number(parser *p, dem_slice text, dem_place place, dem_formula **out)
{
  static const dem_type integer = {.kind = DEM_TYPE_INTEGER, .storage = DEM_STORAGE_INTEGER};
  static const dem_type number = {.kind = DEM_TYPE_NUMBER, .storage = DEM_STORAGE_NUMBER};
  bool is_integer = true;
  for (size_t i = 0; i < text.size; ++i) {
    is_integer = is_integer && (is_digit(text.bytes[i]) || text.bytes[i] == '-');
  }
  const dem_type *type = is_integer ? &integer : &number;
  dem_word word = 0;
  switch (dem_scalar_read(p->context->symbols, type, text, &word)) {
  case DEM_SCALAR_OK:
    advance(p);
    return add_literal(p, place, type->storage, word, out);
  case DEM_SCALAR_NO_MEMORY:
    return DEM_ERR_NO_MEMORY;
  case DEM_SCALAR_WRONG_TYPE:
  case DEM_SCALAR_NOT_AN_OPTION:
    break;
  }
  if (is_integer) {
    return dem_diagnose(p->context->diagnostics, DEM_DIAG_BAD_EXPRESSION, place,
                        "the integer '%.*s' does not fit into 64 bits", (int)text.size, text.bytes);
  }
  return dem_diagnose(p->context->diagnostics, DEM_DIAG_BAD_EXPRESSION, place,
                      "'%.*s' is no number", (int)text.size, text.bytes);
}

static dem_status parse_text(parser *p, dem_formula **out)
{
  const dem_slice quoted = p->next.text;
  char *bytes = dem_arena_copy(p->context->arena, quoted);
  DEM_TRY_MEMORY(bytes);
  size_t size = 0;
  for (size_t i = 1; i + 1 < quoted.size; ++i) {
    bytes[size++] = quoted.bytes[i];
    i += quoted.bytes[i] == '\'';
  }
  const dem_slice text = {bytes, size};
  const dem_symbol symbol = dem_symbols_intern(p->context->symbols, text);
  if (dem_symbol_is_none(symbol)) {
    return DEM_ERR_NO_MEMORY;
  }
  DEM_TRY(add_literal(p, p->next.place, DEM_STORAGE_STRING, dem_word_of_symbol(symbol), out));
  (*out)->text = text;
  advance(p);
  return DEM_OK;
}

static dem_status parse_variable(parser *p, dem_formula **out)
{
  DEM_TRY(add_node(p, DEM_OP_VARIABLE, p->next.place, NULL, NULL, out));
  (*out)->text = p->next.text;
  (*out)->variable = UINT32_MAX;
  *p->last_variable = *out;
  p->last_variable = &(*out)->next_variable;
  advance(p);
  return DEM_OK;
}

static dem_status expect_sign(parser *p, const char *sign, const char *expected)
{
  if (!is_sign(p, sign)) {
    return reject(p, expected);
  }
  advance(p);
  return DEM_OK;
}

// min(a, b, c) is min(min(a, b), c).
static dem_status parse_more_operands(parser *p, dem_operator op, dem_place place, uint32_t depth,
                                      dem_formula **out)
{
  if (!is_sign(p, ",")) {
    return reject(p, "',' and another operand");
  }
  while (is_sign(p, ",")) {
    advance(p);
    dem_formula *right = NULL;
    DEM_TRY(parse_binary(p, PRECEDENCE_OR, depth, &right));
    DEM_TRY(add_node(p, op, place, *out, right, out));
  }
  return DEM_OK;
}

static dem_status parse_function(parser *p, dem_operator op, uint32_t depth, dem_formula **out)
{
  const dem_place place = p->next.place;
  advance(p);
  DEM_TRY(expect_sign(p, "(", "'('"));
  DEM_TRY(parse_binary(p, PRECEDENCE_OR, depth, out));
  if (op == DEM_OP_MIN || op == DEM_OP_MAX) {
    DEM_TRY(parse_more_operands(p, op, place, depth, out));
  } else {
    DEM_TRY(add_node(p, op, place, *out, NULL, out));
  }
  return expect_sign(p, ")", "')'");
}

static dem_status parse_word(parser *p, uint32_t depth, dem_formula **out)
{
  if (is_word(p, "true") || is_word(p, "false")) {
    const dem_place place = p->next.place;
    const bool is_true = is_word(p, "true");
    advance(p);
    return add_literal(p, place, DEM_STORAGE_BOOLEAN, is_true, out);
  }
  const operator_row *function = find_row(functions, COUNT_OF(functions), p->next.text);
  return function ? parse_function(p, function->op, depth, out) : reject(p, "a value");
}

static dem_status parse_negation(parser *p, uint32_t depth, dem_formula **out)
{
  const dem_place place = p->next.place;
  const size_t begin = p->position - 1;
  advance(p);
  if (p->next.kind == TOKEN_NUMBER && p->next.text.bytes == p->text.bytes + begin + 1) {
    const dem_slice text = {p->text.bytes + begin, p->next.text.size + 1};
    dem_place whole = place;
    whole.length += p->next.place.length;
    return parse_number(p, text, whole, out);
  }
  DEM_TRY(parse_binary(p, PRECEDENCE_SIGN, depth, out));
  return add_node(p, DEM_OP_NEGATE, place, *out, NULL, out);
}

// What stands in front of a binary operator.
static dem_status parse_operand(parser *p, uint32_t depth, dem_formula **out)
{
  if (is_word(p, "not")) {
    const dem_place place = p->next.place;
    advance(p);
    DEM_TRY(parse_binary(p, PRECEDENCE_NOT, depth, out));
    return add_node(p, DEM_OP_NOT, place, *out, NULL, out);
  }
  if (is_sign(p, "-")) {
    return parse_negation(p, depth, out);
  }
  if (is_sign(p, "(")) {
    advance(p);
    DEM_TRY(parse_binary(p, PRECEDENCE_OR, depth, out));
    return expect_sign(p, ")", "')'");
  }
  switch (p->next.kind) {
  case TOKEN_NUMBER:
    return parse_number(p, p->next.text, p->next.place, out);
  case TOKEN_TEXT:
    return parse_text(p, out);
  case TOKEN_VARIABLE:
    return parse_variable(p, out);
  case TOKEN_WORD:
    return parse_word(p, depth, out);
  case TOKEN_END:
  case TOKEN_SIGN:
  case TOKEN_WRONG:
    break;
  }
  return reject(p, "a value");
}

// Operands joined by operators that bind at least as tightly as `least`.
static dem_status parse_binary(parser *p, precedence least, uint32_t depth, dem_formula **out)
{
  if (depth >= DEM_MAX_FORMULA_DEPTH) {
    return reject_depth(p, p->next.place);
  }
  DEM_TRY(parse_operand(p, depth + 1, out));
  bool has_compared = false;
  for (;;) {
    const operator_row *row = find_binary(&p->next);
    if (!row || row->precedence < least) {
      return DEM_OK;
    }
    const dem_place place = p->next.place;
    const bool is_comparison = row->precedence == PRECEDENCE_COMPARISON;
    if (is_comparison && has_compared) {
      return dem_diagnose(p->context->diagnostics, DEM_DIAG_BAD_EXPRESSION, place,
                          "comparisons do not chain: join two of them with 'and'");
    }
    has_compared = is_comparison;
    advance(p);
    dem_formula *right = NULL;
    DEM_TRY(parse_binary(p, row->precedence + 1, depth + 1, &right));
    DEM_TRY(add_node(p, row->op, place, *out, right, out));
  }
}

dem_status dem_formula_parse(const dem_formula_context *context, const dem_node *scalar,
                             dem_formula **root_out, dem_formula **variables_out)
{
  if (scalar->text.size > DEM_MAX_FORMULA_BYTES) {
    return dem_diagnose(context->diagnostics, DEM_DIAG_LIMIT, scalar->place,
                        "the expression is longer than %d bytes", DEM_MAX_FORMULA_BYTES);
  }
  parser p = {.context = context, .text = scalar->text};
  p.last_variable = &p.first_variable;
  dem_inner_place_init(&p.walk, context->files, context->line, scalar);
  advance(&p);
  DEM_TRY(parse_binary(&p, PRECEDENCE_OR, 0, root_out));
  if (p.next.kind != TOKEN_END) {
    return reject(&p, "an operator or the end");
  }
  *variables_out = p.first_variable;
  return DEM_OK;
}
