// SPDX-License-Identifier: Apache-2.0

// What the readers of a rule's parts share.

#include "lang/draft.h"

#include "base/try.h"

int dem_shown_size(dem_slice text)
{
  enum { LONGEST = 120 };
  size_t size = text.size < LONGEST ? text.size : LONGEST;
  while (size < text.size && size > 0 && ((unsigned char)text.bytes[size] & 0xC0U) == 0x80U) {
    --size;
  }
  return (int)size;
}

void dem_draft_init(dem_draft *draft, dem_reader *reader, dem_arena *scratch)
{
  const dem_allocator allocator = reader->model->arena.allocator;
  *draft = (dem_draft){.reader = reader, .scratch = scratch};
  dem_variables_init(&draft->variables, allocator);
  dem_vector_init(&draft->steps, allocator, sizeof(dem_step));
  dem_vector_init(&draft->outputs, allocator, sizeof(dem_draft_output));
}

void dem_draft_clear(dem_draft *draft)
{
  dem_variables_clear(&draft->variables);
  dem_vector_clear(&draft->steps);
  dem_vector_clear(&draft->outputs);
}

dem_status dem_draft_begin(dem_draft *draft)
{
  dem_arena_reset(draft->scratch);
  dem_variables_reset(&draft->variables);
  dem_vector_reset(&draft->steps);
  dem_vector_reset(&draft->outputs);
  draft->has_hit_limit = false;
  uint32_t root = 0;
  return dem_variables_open(&draft->variables, DEM_NONE, DEM_NONE, &root);
}

// Report once that a rule is too large.
static dem_status report_limit(dem_draft *draft, dem_place place)
{
  if (!draft->has_hit_limit) {
    dem_diagnose(draft->reader->diagnostics, DEM_DIAG_LIMIT, place,
                 "a rule has at most %d variables, %d uses of them and %d lists of conditions",
                 DEM_MAX_VARIABLES, DEM_MAX_USES, DEM_MAX_SCOPES);
  }
  draft->has_hit_limit = true;
  return DEM_ERR_LIMIT;
}

dem_status dem_draft_open(dem_draft *draft, uint32_t parent, uint32_t any, dem_place place,
                          uint32_t *scope_out)
{
  const dem_status status = dem_variables_open(&draft->variables, parent, any, scope_out);
  return status == DEM_ERR_LIMIT ? report_limit(draft, place) : status;
}

dem_status dem_draft_reject(dem_draft *draft, const dem_node *node, const char *expected)
{
  const bool is_empty = node->kind != DEM_NODE_SCALAR && node->count == 0;
  const char *found = dem_node_is_null(node)                       ? "nothing"
                      : is_empty && node->kind == DEM_NODE_MAPPING ? "an empty mapping"
                      : is_empty                                   ? "an empty list"
                                                                   : dem_node_describe(node);
  const dem_status status = dem_diagnose(draft->reader->diagnostics, DEM_DIAG_WRONG_SHAPE,
                                         node->place, "expected %s, found %s", expected, found);
  if (node->kind == DEM_NODE_MAPPING && strncmp(expected, "a list", 6) == 0) {
    dem_diagnose_label(draft->reader->diagnostics, "begin each item with '- ', or put [ ] around");
  }
  return status;
}

static dem_status reject_name(dem_draft *draft, dem_slice text, dem_place place)
{
  dem_diagnostics *diagnostics = draft->reader->diagnostics;
  const dem_status status = dem_diagnose(diagnostics, DEM_DIAG_WRONG_SHAPE, place,
                                         "'%.*s' is no variable's name", DEM_SHOWN(text));
  if (dem_slice_has_any(text, "+-*/% <=>")) {
    dem_diagnose_note(diagnostics,
                      "what is calculated is written {value: \"%.*s\"} in a conclusion, and with "
                      "'let' or 'where' among conditions",
                      DEM_SHOWN(text));
    return status;
  }
  dem_diagnose_note(diagnostics, "a name is '$', then a letter or '_', then letters, digits, '_'");
  dem_diagnose_note(diagnostics, "a literal that begins with '$' is written {is: \"%.*s\"}",
                    DEM_SHOWN(text));
  return status;
}

dem_status dem_draft_use(dem_draft *draft, dem_slice text, dem_use use)
{
  if (!dem_variable_is_name(text)) {
    return reject_name(draft, text, use.place);
  }
  use.name = dem_symbols_intern(draft->reader->model->symbols, text);
  if (dem_symbol_is_none(use.name)) {
    return DEM_ERR_NO_MEMORY;
  }
  const dem_status status = dem_variables_note(&draft->variables, &use);
  return status == DEM_ERR_LIMIT ? report_limit(draft, use.place) : status;
}

dem_status dem_draft_use_scalar(dem_draft *draft, const dem_node *scalar, dem_use use)
{
  if (scalar->kind != DEM_NODE_SCALAR || !dem_slice_is_dollar(scalar->text)) {
    return dem_draft_reject(draft, scalar, "a variable");
  }
  use.place = scalar->place;
  return dem_draft_use(draft, scalar->text, use);
}

dem_status dem_draft_formula(dem_draft *draft, const dem_node *scalar, uint32_t scope,
                             const dem_formula **formula_out)
{
  if (scalar->kind != DEM_NODE_SCALAR || dem_node_is_null(scalar)) {
    return dem_draft_reject(draft, scalar, "an expression");
  }
  dem_model *model = draft->reader->model;
  const dem_formula_context context = {.arena = draft->scratch,
                                       .files = &model->files,
                                       .line = &draft->line,
                                       .symbols = model->symbols,
                                       .diagnostics = draft->reader->diagnostics};
  dem_formula *formula = NULL;
  dem_formula *variable = NULL;
  DEM_TRY(dem_formula_parse(&context, scalar, &formula, &variable));
  for (; variable; variable = variable->next_variable) {
    const dem_use use = {.kind = DEM_USE_READ,
                         .scope = scope,
                         .slot = &variable->variable,
                         .place = variable->place};
    DEM_TRY(dem_draft_use(draft, variable->text, use));
  }
  *formula_out = formula;
  return DEM_OK;
}

static dem_status forgive_scalar(dem_draft *draft, uint32_t scope, dem_slice text, dem_place place)
{
  if (!dem_variable_is_name(text)) {
    return DEM_OK;
  }
  const dem_use use = {.kind = DEM_USE_GAP, .scope = scope, .place = place};
  return dem_draft_use(draft, text, use);
}

// Depth is bounded by the document's; the bound here only keeps a tree made otherwise in check.
static dem_status forgive(dem_draft *draft, uint32_t scope, const dem_node *node, unsigned depth)
{
  enum { DEEPEST = 256 };
  if (depth == DEEPEST) {
    return DEM_OK;
  }
  switch (node->kind) {
  case DEM_NODE_SCALAR:
    return forgive_scalar(draft, scope, node->text, node->place);
  case DEM_NODE_SEQUENCE:
    for (size_t i = 0; i < node->count; ++i) {
      DEM_TRY(forgive(draft, scope, node->items[i], depth + 1));
    }
    break;
  case DEM_NODE_MAPPING:
    for (size_t i = 0; i < node->count; ++i) {
      const dem_entry *entry = &node->entries[i];
      DEM_TRY(forgive_scalar(draft, scope, entry->key, entry->key_place));
      DEM_TRY(forgive(draft, scope, entry->value, depth + 1));
    }
    break;
  }
  return DEM_OK;
}

dem_status dem_draft_forgive(dem_draft *draft, uint32_t scope, const dem_node *node)
{
  return forgive(draft, scope, node, 0);
}
