// SPDX-License-Identifier: Apache-2.0

// profile.yaml → questions.
//
// `options`, `known` and `when` are conditions like a rule's, so they become hidden rules: the
// engine needs no second way to evaluate them, and what the kb fills in keeps its sources
// (model/question.h).

#include "lang/question_reader.h"

#include "base/try.h"
#include "lang/open_rule.h"
#include "lang/rule_reader.h"
#include "lang/scalar.h"
#include "lang/schema.h"

enum { HIDDEN_PER_QUESTION = 2, HIDDEN_FOR_ALL = 3 };

static const char *const keys[] = {
    "field", "ask",     "help",  "type",  "many", "required",         "fixed",
    "rank",  "options", "known", "gives", "when", "wants_references", NULL};

static dem_status wrong_shape(dem_reader *reader, const dem_node *node, const char *what)
{
  return dem_diagnose(reader->diagnostics, DEM_DIAG_WRONG_SHAPE, node->place, "%s, not %s", what,
                      dem_node_describe(node));
}

// Parts -------------------------------------------------------------------------------

static dem_status read_flag(dem_reader *reader, const dem_node *question, const char *key,
                            bool *out)
{
  const dem_node *const node = dem_node_find(question, key);
  const dem_type type = {.kind = DEM_TYPE_BOOLEAN, .storage = DEM_STORAGE_BOOLEAN};
  dem_word word = 0;
  if (!node) {
    return DEM_OK;
  }
  if (node->kind != DEM_NODE_SCALAR ||
      dem_scalar_read(reader->model->symbols, &type, node->text, &word) != DEM_SCALAR_OK) {
    return dem_diagnose(reader->diagnostics, DEM_DIAG_WRONG_TYPE, node->place,
                        "'%s' is true or false", key);
  }
  *out = word != 0;
  return DEM_OK;
}

static dem_status read_rank(dem_reader *reader, const dem_node *question, uint32_t *out)
{
  const dem_node *const node = dem_node_find(question, "rank");
  const dem_type type = {.kind = DEM_TYPE_INTEGER, .storage = DEM_STORAGE_INTEGER};
  dem_word word = 0;
  if (!node) {
    return DEM_OK;
  }
  if (node->kind != DEM_NODE_SCALAR ||
      dem_scalar_read(reader->model->symbols, &type, node->text, &word) != DEM_SCALAR_OK ||
      word > INT32_MAX) {
    return dem_diagnose(reader->diagnostics, DEM_DIAG_WRONG_TYPE, node->place,
                        "'rank' is a small whole number");
  }
  *out = (uint32_t)word;
  return DEM_OK;
}

static dem_status read_flags(dem_reader *reader, const dem_node *node, dem_question *question)
{
  dem_status status = read_flag(reader, node, "many", &question->is_many);
  status = dem_status_worse(status, read_flag(reader, node, "required", &question->is_required));
  status = dem_status_worse(status, read_flag(reader, node, "fixed", &question->is_fixed));
  status = dem_status_worse(
      status, read_flag(reader, node, "wants_references", &question->wants_references));
  status = dem_status_worse(status, read_rank(reader, node, &question->rank));
  status =
      dem_status_worse(status, dem_text_read(reader, dem_node_find(node, "ask"), &question->ask));
  return dem_status_worse(status,
                          dem_text_read(reader, dem_node_find(node, "help"), &question->help));
}

// Hidden relations and rules --------------------------------------------------------------

/// @return Bytes are NULL without memory.
static dem_slice joined(dem_reader *reader, const char *before, dem_slice field, const char *after)
{
  dem_buffer text;
  dem_buffer_init(&text, reader->model->arena.allocator);
  dem_buffer_add_text(&text, before);
  dem_buffer_add(&text, field);
  dem_buffer_add_text(&text, after);
  const char *const copy =
      text.has_failed ? NULL : dem_arena_copy(&reader->model->arena, dem_buffer_slice(&text));
  const dem_slice name = {copy, text.size};
  dem_buffer_clear(&text);
  return name;
}

/// A hidden relation that a hidden rule derives from `conditions`.
static dem_status add_derived(dem_reader *reader, const dem_question *question,
                              const dem_node *conditions, const char *what, const dem_type *type,
                              uint32_t *relation_out)
{
  const dem_slice field = dem_symbols_text(reader->model->symbols, question->field);
  const bool is_options = type == &question->type;
  const dem_slice name = joined(reader, "", field, is_options ? "?options" : "?asked");
  const dem_slice id = joined(reader, "profile/", field, what);
  if (!name.bytes || !id.bytes) {
    return DEM_ERR_NO_MEMORY;
  }
  *relation_out = dem_schema_add_hidden(reader, name, is_options ? "answer" : "yes", type);
  if (*relation_out == DEM_NONE) {
    return DEM_ERR_NO_MEMORY;
  }
  const dem_hidden_rule hidden = {.id = dem_symbols_intern(reader->model->symbols, id),
                                  .place = conditions->place,
                                  .when = conditions,
                                  .relation = *relation_out,
                                  .answered = DEM_NONE,
                                  .answer_type = &question->type};
  uint32_t index;
  return dem_hidden_rule_read(reader, &hidden, &index);
}

static dem_status add_known(dem_reader *reader, dem_question *question, const dem_node *known,
                            const dem_node *gives)
{
  const dem_slice field = dem_symbols_text(reader->model->symbols, question->field);
  const dem_slice id = joined(reader, "profile/", field, "/known");
  DEM_TRY_MEMORY(id.bytes);
  const dem_hidden_rule hidden = {.id = dem_symbols_intern(reader->model->symbols, id),
                                  .title = DEM_SLICE("Known from the knowledge base"),
                                  .place = known->place,
                                  .when = known,
                                  .then = gives,
                                  .relation = DEM_NONE,
                                  .answered = reader->model->answered,
                                  .field = question->field,
                                  .answer_type = &question->type};
  return dem_hidden_rule_read(reader, &hidden, &question->known_rule);
}

static dem_status read_conditions(dem_reader *reader, const dem_node *node, dem_question *question)
{
  static const dem_type boolean = {.kind = DEM_TYPE_BOOLEAN, .storage = DEM_STORAGE_BOOLEAN};
  const dem_node *const options = dem_node_find(node, "options");
  const dem_node *const when = dem_node_find(node, "when");
  const dem_node *const known = dem_node_find(node, "known");
  const dem_node *const gives = dem_node_find(node, "gives");
  dem_status status = DEM_OK;
  if (options) {
    status = dem_status_worse(status, add_derived(reader, question, options, "/options",
                                                  &question->type, &question->options));
  }
  if (when) {
    status = dem_status_worse(
        status, add_derived(reader, question, when, "/when", &boolean, &question->asked));
  }
  if (known && gives) {
    status = dem_status_worse(status, add_known(reader, question, known, gives));
  }
  if (status == DEM_OK && question->known_rule != DEM_NONE) {
    status = dem_known_rule_note(reader, question);
  }
  return status;
}

static dem_status read_gives(dem_reader *reader, const dem_node *node, dem_question *question)
{
  const dem_node *const gives = dem_node_find(node, "gives");
  if (!gives) {
    return dem_diagnose(reader->diagnostics, DEM_DIAG_MISSING_KEY, node->place,
                        "'gives' is missing: what an answer says, as facts");
  }
  const dem_status status =
      dem_gives_read(reader, gives, &question->type, &question->gives, &question->gives_count);
  for (uint32_t i = 0; i < question->gives_count; ++i) {
    reader->model->relations[question->gives[i].relation].is_answered = true;
  }
  return status;
}

// Questions ---------------------------------------------------------------------------

static dem_status read_name(dem_reader *reader, const dem_node *node, dem_question *question)
{
  const dem_node *const field = dem_node_find(node, "field");
  if (!field || field->kind != DEM_NODE_SCALAR || field->text.size == 0) {
    return dem_diagnose(reader->diagnostics, DEM_DIAG_MISSING_KEY,
                        field ? field->place : node->place, "'field', a name, is missing");
  }
  question->field = dem_symbols_intern(reader->model->symbols, field->text);
  question->place = field->place;
  question->ask =
      dem_symbols_text(reader->model->symbols, question->field); // Unless 'ask' says more.
  if (dem_symbol_is_none(question->field)) {
    return DEM_ERR_NO_MEMORY;
  }
  for (uint32_t i = 0; i < reader->model->question_count; ++i) {
    if (dem_symbol_is_equal(reader->model->questions[i].field, question->field)) {
      return dem_diagnose(reader->diagnostics, DEM_DIAG_DUPLICATE_ID, field->place,
                          "the field '%.*s' stands here again", (int)field->text.size,
                          field->text.bytes);
    }
  }
  return DEM_OK;
}

static dem_status read_type(dem_reader *reader, const dem_node *node, dem_type *type_out)
{
  DEM_TRY(dem_type_read(reader, node, type_out));
  if (type_out->kind == DEM_TYPE_REFERENCE &&
      reader->model->relations[type_out->relation].key == DEM_NONE) {
    return dem_diagnose(reader->diagnostics, DEM_DIAG_UNKNOWN_TYPE, node->place,
                        "'%.*s' has no key, so no answer can name a row of it",
                        (int)node->text.size, node->text.bytes);
  }
  return DEM_OK;
}

static dem_status read_question(dem_reader *reader, const dem_node *node)
{
  dem_model *const model = reader->model;
  dem_question *const question = &model->questions[model->question_count];
  *question = (dem_question){
      .options = DEM_NONE, .asked = DEM_NONE, .known_rule = DEM_NONE, .open_rule = DEM_NONE};
  if (node->kind != DEM_NODE_MAPPING) {
    return wrong_shape(reader, node,
                       "a question is a mapping with 'field', 'ask', 'type', 'gives'");
  }
  dem_status status = dem_keys_check(reader, node, keys);
  DEM_TRY(read_name(reader, node, question));
  const dem_node *const type = dem_node_find(node, "type");
  if (!type) {
    return dem_diagnose(reader->diagnostics, DEM_DIAG_MISSING_KEY, node->place,
                        "'type' is missing");
  }
  DEM_TRY(read_type(reader, type, &question->type));
  status = dem_status_worse(status, read_flags(reader, node, question));
  status = dem_status_worse(status, read_gives(reader, node, question));
  ++model->question_count;
  return dem_status_worse(status, read_conditions(reader, node, question));
}

static const dem_node *find_list(const dem_node *root)
{
  const dem_node *const list = dem_node_find(root, "profile");
  return list && list->kind == DEM_NODE_SEQUENCE ? list : NULL;
}

uint32_t dem_questions_hidden_count(const dem_node *root)
{
  const dem_node *const list = root ? find_list(root) : NULL;
  return list ? (uint32_t)list->count * HIDDEN_PER_QUESTION + HIDDEN_FOR_ALL : HIDDEN_FOR_ALL;
}

dem_status dem_questions_read(dem_reader *reader, const dem_node *root)
{
  static const char *const root_keys[] = {"profile", NULL};
  static const dem_type symbol = {.kind = DEM_TYPE_SYMBOL, .storage = DEM_STORAGE_STRING};
  dem_model *const model = reader->model;
  const dem_node *const list = find_list(root);
  if (!list) {
    return dem_diagnose(reader->diagnostics, DEM_DIAG_MISSING_KEY, root->place,
                        "'profile', a list of questions, is missing");
  }
  dem_status status = dem_keys_check(reader, root, root_keys);
  model->questions = DEM_ARENA_ARRAY(&model->arena, dem_question, list->count);
  DEM_TRY_MEMORY(model->questions);
  model->answered = dem_schema_add_hidden(reader, DEM_SLICE("answered?"), "field", &symbol);
  model->open = dem_schema_add_hidden(reader, DEM_SLICE("open?"), "field", &symbol);
  model->known = dem_schema_add_hidden(reader, DEM_SLICE("known?"), "field", &symbol);
  if (model->answered == DEM_NONE || model->open == DEM_NONE || model->known == DEM_NONE) {
    return DEM_ERR_NO_MEMORY;
  }
  for (uint32_t i = 0; i < list->count; ++i) {
    status = dem_status_worse(status, read_question(reader, list->items[i]));
  }
  return status;
}
