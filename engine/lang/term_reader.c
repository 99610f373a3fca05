// SPDX-License-Identifier: Apache-2.0

// Terms: constants, variables and tests, each checked against its field's type.

#include "lang/term_reader.h"

#include "base/regex.h"
#include "base/try.h"
#include "lang/scalar.h"
#include "lang/type.h"

#include <stdlib.h>

// The field that a term stands for.
typedef struct target {
  dem_draft *draft;
  uint32_t relation;
  uint32_t field;
} target;

static const dem_field *field_of(const target *t)
{
  return &t->draft->reader->model->relations[t->relation].fields[t->field];
}

static dem_slice field_name(const target *t)
{
  return dem_symbols_text(t->draft->reader->model->symbols, field_of(t)->name);
}

// Constants ---------------------------------------------------------------------

static dem_status reject_variable(const target *t, const dem_node *node)
{
  dem_diagnostics *diagnostics = t->draft->reader->diagnostics;
  const dem_status status =
      dem_diagnose(diagnostics, DEM_DIAG_WRONG_SHAPE, node->place,
                   "'%.*s' stands where only a constant may", DEM_SHOWN(node->text));
  dem_diagnose_note(diagnostics,
                    "compare variables in a condition of their own: where: \"$a < $b\"");
  dem_diagnose_note(diagnostics, "a literal that begins with '$' is written {is: \"%.*s\"}",
                    DEM_SHOWN(node->text));
  return status;
}

/// "> 600": a comparison as other languages write it.
static void suggest_test(const target *t, dem_slice text)
{
  static const struct {
    const char *sign;
    const char *test;
  } tests[] = {{">=", "ge"}, {"<=", "le"}, {"!=", "not"}, {"<>", "not"},
               {">", "gt"},  {"<", "lt"},  {"=", "is"}};
  for (size_t i = 0; i < sizeof tests / sizeof *tests; ++i) {
    const size_t size = strlen(tests[i].sign);
    if (text.size > size && memcmp(text.bytes, tests[i].sign, size) == 0) {
      const dem_slice rest = dem_slice_trim((dem_slice){text.bytes + size, text.size - size});
      dem_diagnose_label(t->draft->reader->diagnostics, "write {%s: %.*s}", tests[i].test,
                         DEM_SHOWN(rest));
      return;
    }
  }
}

static dem_status read_constant(const target *t, const dem_node *node, dem_word *word_out)
{
  dem_draft *draft = t->draft;
  if (node->kind != DEM_NODE_SCALAR) {
    return dem_draft_reject(draft, node, "a constant");
  }
  if (dem_field_is_left_out(field_of(t), node)) {
    const dem_status status = dem_draft_reject(draft, node, "a constant or a variable");
    dem_diagnose_note(draft->reader->diagnostics, "the text '%.*s' itself is written in quotes",
                      DEM_SHOWN(node->text));
    return status;
  }
  const dem_status status = dem_constant_read(draft->reader, t->relation, t->field, node, word_out);
  if (status == DEM_ERR_INVALID) {
    suggest_test(t, node->text);
  }
  return status;
}

// A word of a list and where it stands there.
typedef struct ranked_word {
  dem_word word;
  uint32_t rank;
} ranked_word;

static int compare_words(const void *left, const void *right)
{
  const ranked_word *a = left;
  const ranked_word *b = right;
  return a->word != b->word ? (a->word > b->word) - (a->word < b->word)
                            : (a->rank > b->rank) - (a->rank < b->rank);
}

static int compare_ranks(const void *left, const void *right)
{
  const ranked_word *a = left;
  const ranked_word *b = right;
  return (a->rank > b->rank) - (a->rank < b->rank);
}

// Drop repetitions, keeping the order. Cost: O(n log n), since lists may be long.
static dem_status drop_repetitions(const target *t, dem_word *words, uint32_t *count)
{
  ranked_word *ranked = DEM_ARENA_ARRAY(t->draft->scratch, ranked_word, *count);
  DEM_TRY_MEMORY(ranked);
  for (uint32_t i = 0; i < *count; ++i) {
    ranked[i] = (ranked_word){.word = words[i], .rank = i};
  }
  qsort(ranked, *count, sizeof(*ranked), compare_words);
  uint32_t kept = 0;
  for (uint32_t i = 0; i < *count; ++i) {
    if (i == 0 || ranked[i].word != ranked[kept - 1].word) {
      ranked[kept++] = ranked[i];
    }
  }
  qsort(ranked, kept, sizeof(*ranked), compare_ranks);
  for (uint32_t i = 0; i < kept; ++i) {
    words[i] = ranked[i].word;
  }
  *count = kept;
  return DEM_OK;
}

// A constant or a list of them. `is_literal`: also one that begins with `$`.
static dem_status read_words(const target *t, const dem_node *node, bool is_literal, dem_test *test)
{
  const bool is_list = node->kind == DEM_NODE_SEQUENCE;
  const size_t count = is_list ? node->count : 1;
  if (count == 0) {
    return dem_draft_reject(t->draft, node, "at least one constant");
  }
  dem_word *words = DEM_ARENA_ARRAY(&t->draft->reader->model->arena, dem_word, count);
  DEM_TRY_MEMORY(words);
  dem_status result = DEM_OK;
  for (size_t i = 0; i < count; ++i) {
    const dem_node *item = is_list ? node->items[i] : node;
    if (!is_literal && item->kind == DEM_NODE_SCALAR && dem_slice_is_dollar(item->text)) {
      result = reject_variable(t, item);
      continue;
    }
    dem_word word = 0;
    const dem_status status = read_constant(t, item, &word);
    DEM_TRY_ALL(result, status);
    if (status == DEM_OK) {
      words[test->word_count++] = word;
    }
  }
  if (test->word_count > 1) {
    DEM_TRY(drop_repetitions(t, words, &test->word_count));
  }
  test->words = words;
  return result;
}

// Tests -------------------------------------------------------------------------

static dem_status reject_test(const target *t, dem_place place, const char *name, const char *needs)
{
  const dem_slice type = dem_type_name(t->draft->reader->model, &field_of(t)->type);
  const dem_slice field = field_name(t);
  return dem_diagnose(t->draft->reader->diagnostics, DEM_DIAG_WRONG_TYPE, place,
                      "'%s' needs %s, but '%.*s' is of type %.*s", name, needs, DEM_SHOWN(field),
                      DEM_SHOWN(type));
}

static dem_status read_set(const target *t, const dem_node *node, dem_test_kind kind,
                           bool is_literal, dem_test *test)
{
  test->kind = kind;
  return read_words(t, node, is_literal, test);
}

static dem_status read_order(const target *t, const dem_entry *entry, dem_test_kind kind,
                             const char *name, dem_test *test)
{
  const dem_type_kind type = field_of(t)->type.kind;
  if (type == DEM_TYPE_BOOLEAN || type == DEM_TYPE_ENUMERATION) {
    return reject_test(t, entry->key_place, name, "a number, a date, a symbol or a text");
  }
  test->kind = kind;
  if (entry->value->kind != DEM_NODE_SCALAR) {
    return dem_draft_reject(t->draft, entry->value, "a constant");
  }
  return read_words(t, entry->value, false, test);
}

static dem_status compile_regex(const target *t, const dem_node *node, dem_test *test,
                                dem_buffer *error)
{
  dem_model *model = t->draft->reader->model;
  dem_regex *regex = NULL;
  const dem_status status = dem_regex_new(model->arena.allocator, node->text, &regex, error);
  if (status == DEM_ERR_INVALID) {
    const dem_slice text = dem_buffer_slice(error);
    return dem_diagnose(t->draft->reader->diagnostics, DEM_DIAG_BAD_REGEX, node->place,
                        "this is no regular expression: %.*s", DEM_SHOWN(text));
  }
  if (status == DEM_ERR_LIMIT) {
    return dem_diagnose(t->draft->reader->diagnostics, DEM_DIAG_LIMIT, node->place,
                        "a regular expression may have %d bytes at most", DEM_MAX_REGEX_BYTES);
  }
  DEM_TRY(status);
  if (!dem_vector_add(&model->regexes, &regex)) {
    dem_regex_free(regex);
    return DEM_ERR_NO_MEMORY;
  }
  const char *text = dem_arena_copy(&model->arena, node->text);
  DEM_TRY_MEMORY(text);
  test->kind = DEM_TEST_MATCHES;
  test->regex = regex;
  test->regex_text = (dem_slice){text, node->text.size};
  return DEM_OK;
}

static dem_status read_matches(const target *t, const dem_entry *entry, dem_test *test)
{
  if (field_of(t)->type.storage != DEM_STORAGE_STRING) {
    return reject_test(t, entry->key_place, "matches", "a text or a symbol");
  }
  if (entry->value->kind != DEM_NODE_SCALAR || dem_node_is_null(entry->value)) {
    return dem_draft_reject(t->draft, entry->value, "a regular expression");
  }
  dem_buffer error;
  dem_buffer_init(&error, t->draft->reader->model->arena.allocator);
  const dem_status status = compile_regex(t, entry->value, test, &error);
  dem_buffer_clear(&error);
  return status;
}

static dem_status read_test(const target *t, const dem_entry *entry, dem_test *test)
{
  static const struct {
    const char *name;
    dem_test_kind kind;
  } orders[] = {
      {"lt", DEM_TEST_LESS},
      {"le", DEM_TEST_LESS_EQUAL},
      {"gt", DEM_TEST_GREATER},
      {"ge", DEM_TEST_GREATER_EQUAL},
  };
  if (dem_slice_is(entry->key, "is")) {
    return read_set(t, entry->value, DEM_TEST_IN, true, test);
  }
  if (dem_slice_is(entry->key, "not")) {
    return read_set(t, entry->value, DEM_TEST_NOT_IN, false, test);
  }
  if (dem_slice_is(entry->key, "in")) {
    if (entry->value->kind != DEM_NODE_SEQUENCE) {
      return dem_draft_reject(t->draft, entry->value, "a list of constants");
    }
    return read_set(t, entry->value, DEM_TEST_IN, false, test);
  }
  for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); ++i) {
    if (dem_slice_is(entry->key, orders[i].name)) {
      return read_order(t, entry, orders[i].kind, orders[i].name, test);
    }
  }
  return dem_slice_is(entry->key, "matches") ? read_matches(t, entry, test) : DEM_ERR_NOT_FOUND;
}

// Terms -------------------------------------------------------------------------

static dem_status bind_variable(const target *t, uint32_t scope, const dem_node *node,
                                dem_term *term)
{
  const dem_use use = {.kind = DEM_USE_FIELD,
                       .scope = scope,
                       .slot = &term->variable,
                       .has_type = true,
                       .type = dem_type_of_field(t->draft->reader->model, t->relation, t->field)};
  return dem_draft_use_scalar(t->draft, node, use);
}

static dem_status read_tests(const target *t, uint32_t scope, const dem_node *node, dem_term *term)
{
  static const char *const known[] = {"is", "not", "in",      "lt", "le",
                                      "gt", "ge",  "matches", "as", NULL};
  if (node->count == 0) {
    return dem_draft_reject(t->draft, node, "at least one test");
  }
  dem_status result = DEM_OK;
  DEM_TRY_ALL(result, dem_keys_check(t->draft->reader, node, known));
  dem_test *tests = DEM_ARENA_ARRAY(&t->draft->reader->model->arena, dem_test, node->count);
  DEM_TRY_MEMORY(tests);
  for (size_t i = 0; i < node->count; ++i) {
    const dem_entry *entry = &node->entries[i];
    if (dem_slice_is(entry->key, "as")) {
      DEM_TRY_ALL(result, bind_variable(t, scope, entry->value, term));
      continue;
    }
    const dem_status status = read_test(t, entry, &tests[term->test_count]);
    if (status == DEM_ERR_NOT_FOUND) {
      continue; // dem_keys_check reported it.
    }
    DEM_TRY_ALL(result, status);
    term->test_count += status == DEM_OK;
  }
  term->tests = tests;
  return result;
}

static dem_status read_choice(const target *t, const dem_node *node, dem_term *term)
{
  dem_test *test = DEM_ARENA_NEW(&t->draft->reader->model->arena, dem_test);
  DEM_TRY_MEMORY(test);
  DEM_TRY(read_set(t, node, DEM_TEST_IN, false, test));
  term->test_count = 1;
  term->tests = test;
  return DEM_OK;
}

dem_status dem_term_read(dem_draft *draft, uint32_t scope, uint32_t relation, uint32_t field,
                         const dem_node *node, dem_term *term)
{
  const target t = {.draft = draft, .relation = relation, .field = field};
  *term = (dem_term){.field = field, .variable = DEM_NONE, .place = node->place};
  switch (node->kind) {
  case DEM_NODE_MAPPING:
    return read_tests(&t, scope, node, term);
  case DEM_NODE_SEQUENCE:
    return read_choice(&t, node, term);
  case DEM_NODE_SCALAR:
    break;
  }
  if (dem_slice_is_dollar(node->text)) {
    return bind_variable(&t, scope, node, term);
  }
  return read_choice(&t, node, term);
}
