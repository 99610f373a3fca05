// SPDX-License-Identifier: Apache-2.0

// Conclusions. A value fits a field whose type is at least as wide as the value's: what a
// rule derives is then as well typed as what the kb says, with no check while it runs.

#include "lang/conclusion_reader.h"

#include "base/try.h"
#include "lang/expression.h"
#include "lang/type.h"

// What conclusions are read to.
typedef struct list {
  dem_draft *draft;
  dem_conclusions_form form;
  dem_conclusion *items;
  uint32_t count;
} list;

// The field that a value goes into.
typedef struct target {
  dem_draft *draft;
  dem_conclusions_form form;
  uint32_t relation;
  uint32_t field;
  dem_output *output;
} target;

static const dem_field *field_at(const dem_draft *draft, uint32_t relation, uint32_t field)
{
  return &draft->reader->model->relations[relation].fields[field];
}

// Values ------------------------------------------------------------------------

static dem_status add_output(const target *t, const dem_formula *formula, dem_place place)
{
  const dem_draft_output output = {.output = t->output,
                                   .formula = formula,
                                   .relation = t->relation,
                                   .field = t->field,
                                   .place = place};
  return dem_vector_add(&t->draft->outputs, &output) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_status read_variable(const target *t, const dem_node *node)
{
  const dem_use use = {.kind = DEM_USE_READ, .slot = &t->output->variable, .place = node->place};
  t->output->kind = DEM_OUTPUT_VARIABLE;
  DEM_TRY(dem_draft_use(t->draft, node->text, use));
  return add_output(t, NULL, node->place);
}

// {value: "expression"}, or {is: "$5"} for a constant that begins with `$`.
static dem_status read_mapping(const target *t, const dem_node *node)
{
  const dem_node *is = dem_node_find(node, "is");
  if (node->count == 1 && is && is->kind == DEM_NODE_SCALAR) {
    return dem_constant_read(t->draft->reader, t->relation, t->field, is, &t->output->word);
  }
  const dem_node *value = dem_node_find(node, "value");
  if (t->form == DEM_CONCLUSIONS_GIVES || node->count != 1 || !value) {
    return dem_draft_reject(t->draft, node,
                            t->form == DEM_CONCLUSIONS_GIVES
                                ? "a constant or $answer"
                                : "a constant, a variable or {value: \"expression\"}");
  }
  const dem_formula *formula = NULL;
  t->output->kind = DEM_OUTPUT_EXPRESSION;
  DEM_TRY(dem_draft_formula(t->draft, value, 0, &formula));
  return add_output(t, formula, value->place);
}

static dem_status read_value(const target *t, const dem_node *node)
{
  dem_draft *draft = t->draft;
  if (node->kind == DEM_NODE_MAPPING) {
    return read_mapping(t, node);
  }
  if (node->kind == DEM_NODE_SEQUENCE) {
    const dem_status status = dem_draft_reject(draft, node, "one value");
    dem_diagnose_note(draft->reader->diagnostics, "write one conclusion for each of them");
    return status;
  }
  if (dem_slice_is_dollar(node->text)) {
    return read_variable(t, node);
  }
  return dem_constant_read(draft->reader, t->relation, t->field, node, &t->output->word);
}

// What a field that the conclusion leaves out holds.
static dem_status leave_out(list *l, uint32_t relation, uint32_t field, dem_place place,
                            dem_output *output)
{
  const dem_field *left_out = field_at(l->draft, relation, field);
  if (left_out->has_default) {
    output->word = left_out->default_word;
    return DEM_OK;
  }
  if (left_out->is_optional) {
    output->word = DEM_ABSENT;
    return DEM_OK;
  }
  const dem_model *model = l->draft->reader->model;
  const dem_slice name = dem_symbols_text(model->symbols, left_out->name);
  const dem_slice owner = dem_symbols_text(model->symbols, model->relations[relation].name);
  return dem_diagnose(l->draft->reader->diagnostics, DEM_DIAG_MISSING_FIELD, place,
                      "'%.*s' needs its field '%.*s'", DEM_SHOWN(owner), DEM_SHOWN(name));
}

// Facts -------------------------------------------------------------------------

static dem_status sort_fields(list *l, uint32_t relation, const dem_node *fields,
                              const dem_node **by_field)
{
  dem_status result = DEM_OK;
  for (size_t i = 0; i < fields->count; ++i) {
    const dem_entry *entry = &fields->entries[i];
    const uint32_t field =
        dem_field_resolve(l->draft->reader, relation, entry->key, entry->key_place);
    if (field == DEM_NONE) {
      result = DEM_ERR_INVALID;
    } else {
      by_field[field] = entry->value;
    }
  }
  return result;
}

static dem_status read_fields(list *l, uint32_t relation, const dem_entry *entry,
                              dem_output *outputs)
{
  const dem_node *by_field[DEM_MAX_FIELDS] = {0};
  dem_status result = DEM_OK;
  if (!dem_node_is_null(entry->value)) {
    DEM_TRY_ALL(result, sort_fields(l, relation, entry->value, by_field));
  }
  // With a field's name misspelt, it would also be missing: one mistake, one report.
  const bool is_complete = result == DEM_OK;
  const uint32_t count = l->draft->reader->model->relations[relation].field_count;
  for (uint32_t field = 0; field < count; ++field) {
    const dem_node *value = by_field[field];
    const target t = {.draft = l->draft,
                      .form = l->form,
                      .relation = relation,
                      .field = field,
                      .output = &outputs[field]};
    outputs[field] = (dem_output){.kind = DEM_OUTPUT_WORD, .variable = DEM_NONE};
    if (value && !dem_field_is_left_out(field_at(l->draft, relation, field), value)) {
      DEM_TRY_ALL(result, read_value(&t, value));
    } else if (is_complete) {
      DEM_TRY_ALL(result, leave_out(l, relation, field, entry->key_place, &outputs[field]));
    }
  }
  return result;
}

static dem_status read_fact(list *l, const dem_entry *entry)
{
  dem_model *model = l->draft->reader->model;
  const uint32_t relation = dem_relation_resolve(l->draft->reader, entry->key, entry->key_place);
  if (relation == DEM_NONE) {
    return DEM_ERR_INVALID;
  }
  if (entry->value->kind != DEM_NODE_MAPPING && !dem_node_is_null(entry->value)) {
    return dem_draft_reject(l->draft, entry->value, "a mapping from fields to values");
  }
  dem_output *outputs =
      DEM_ARENA_ARRAY(&model->arena, dem_output, model->relations[relation].field_count);
  DEM_TRY_MEMORY(outputs);
  l->items[l->count++] =
      (dem_conclusion){.relation = relation, .outputs = outputs, .place = entry->key_place};
  return read_fields(l, relation, entry, outputs);
}

// Lists -------------------------------------------------------------------------

static dem_status read_facts(list *l, const dem_node *item)
{
  const bool has_one = l->form == DEM_CONCLUSIONS_RULE;
  if (item->kind != DEM_NODE_MAPPING || item->count == 0) {
    return dem_draft_reject(l->draft, item, "a conclusion: 'relation: {field: …}'");
  }
  if (has_one && item->count > 1) {
    const dem_status status = dem_diagnose(
        l->draft->reader->diagnostics, DEM_DIAG_WRONG_SHAPE, item->entries[1].key_place,
        "a conclusion has one key, and this is a second one: '%.*s'",
        DEM_SHOWN(item->entries[1].key));
    dem_diagnose_note(l->draft->reader->diagnostics, "begin another conclusion with '- '; indent "
                                                     "a field further than its relation");
    return status;
  }
  dem_status result = DEM_OK;
  for (size_t i = 0; i < item->count; ++i) {
    DEM_TRY_ALL(result, read_fact(l, &item->entries[i]));
  }
  return result;
}

static size_t count_facts(const dem_node *node)
{
  if (node->kind != DEM_NODE_SEQUENCE) {
    return node->count;
  }
  size_t count = 0;
  for (size_t i = 0; i < node->count; ++i) {
    count += node->items[i]->count;
  }
  return count;
}

dem_status dem_conclusions_read(dem_draft *draft, const dem_node *node, dem_conclusions_form form,
                                const dem_conclusion **conclusions_out, uint32_t *count_out)
{
  list l = {.draft = draft, .form = form};
  l.items = DEM_ARENA_ARRAY(&draft->reader->model->arena, dem_conclusion, count_facts(node));
  DEM_TRY_MEMORY(l.items);
  dem_status result = DEM_OK;
  if (form == DEM_CONCLUSIONS_GIVES && node->kind == DEM_NODE_MAPPING) {
    DEM_TRY_ALL(result, read_facts(&l, node));
  } else if (node->kind != DEM_NODE_SEQUENCE || node->count == 0) {
    return dem_draft_reject(draft, node,
                            node->kind == DEM_NODE_SEQUENCE ? "at least one fact that follows"
                                                            : "a list of conclusions");
  } else {
    for (size_t i = 0; i < node->count; ++i) {
      DEM_TRY_ALL(result, read_facts(&l, node->items[i]));
    }
  }
  *conclusions_out = l.items;
  *count_out = l.count;
  return result;
}

// Types -------------------------------------------------------------------------

// How a value could be made to fit.
static void suggest_binding(const dem_draft *draft, const dem_type *type, const dem_type *wanted)
{
  dem_diagnostics *diagnostics = draft->reader->diagnostics;
  const dem_model *model = draft->reader->model;
  if (type->storage != wanted->storage) {
    return;
  }
  if (wanted->kind == DEM_TYPE_REFERENCE) {
    const dem_relation *relation = &model->relations[wanted->relation];
    const dem_slice name = dem_symbols_text(model->symbols, relation->name);
    const dem_slice key = dem_symbols_text(model->symbols, relation->fields[relation->key].name);
    dem_diagnose_note(diagnostics,
                      "a condition on the key makes sure that there is such a row: "
                      "%.*s: {%.*s: $…}",
                      DEM_SHOWN(name), DEM_SHOWN(key));
  } else if (wanted->kind == DEM_TYPE_ENUMERATION) {
    dem_diagnose_note(diagnostics, "bind it by a field whose values are all among this field's");
  }
}

static dem_status reject_type(const dem_draft *draft, const dem_draft_output *output,
                              const dem_type *type)
{
  const dem_model *model = draft->reader->model;
  const dem_field *field = field_at(draft, output->relation, output->field);
  const dem_slice name = dem_symbols_text(model->symbols, field->name);
  const dem_slice wanted = dem_type_name(model, &field->type);
  const dem_slice found = dem_type_name(model, type);
  const dem_status status =
      dem_diagnose(draft->reader->diagnostics, DEM_DIAG_WRONG_TYPE, output->place,
                   "field '%.*s' is of type %.*s, but this is of type %.*s", DEM_SHOWN(name),
                   DEM_SHOWN(wanted), DEM_SHOWN(found));
  suggest_binding(draft, type, &field->type);
  return status;
}

// A variable as an expression, so that it can be made a number.
static dem_status make_variable(dem_draft *draft, const dem_draft_output *output,
                                const dem_expression **expression_out)
{
  dem_expression *node = DEM_ARENA_NEW(&draft->reader->model->arena, dem_expression);
  DEM_TRY_MEMORY(node);
  *node = (dem_expression){.op = DEM_OP_VARIABLE,
                           .storage = DEM_STORAGE_INTEGER,
                           .operands = DEM_STORAGE_INTEGER,
                           .variable = output->output->variable,
                           .place = output->place};
  *expression_out = node;
  return DEM_OK;
}

// The type of a value; fills in its expression. DEM_ERR_NOT_FOUND if something that it reads was
// refused.
static dem_status type_output(dem_draft *draft, const dem_draft_output *output, dem_type *type_out)
{
  const dem_formula *formula = output->formula;
  const bool is_variable = !formula || formula->op == DEM_OP_VARIABLE;
  if (!is_variable) {
    return dem_expression_check(draft->reader, &draft->variables, formula,
                                &output->output->expression, type_out);
  }
  const uint32_t variable = formula ? formula->variable : output->output->variable;
  const dem_variable_entry *entry = dem_variables_entry(&draft->variables, variable);
  if (!entry->has_type) {
    return DEM_ERR_NOT_FOUND;
  }
  output->output->kind = DEM_OUTPUT_VARIABLE;
  output->output->variable = variable;
  *type_out = entry->type;
  return DEM_OK;
}

static dem_status fit(dem_draft *draft, dem_conclusions_form form, const dem_draft_output *output)
{
  const dem_type *wanted = &field_at(draft, output->relation, output->field)->type;
  dem_type type = {0};
  const dem_status status = type_output(draft, output, &type);
  if (status == DEM_ERR_NOT_FOUND) {
    return DEM_OK;
  }
  DEM_TRY(status);
  if (dem_type_is_within(draft->reader->model, &type, wanted)) {
    return DEM_OK;
  }
  const bool is_widened = form == DEM_CONCLUSIONS_RULE && wanted->kind == DEM_TYPE_NUMBER &&
                          type.storage == DEM_STORAGE_INTEGER;
  if (!is_widened) {
    return reject_type(draft, output, &type);
  }
  if (output->output->kind == DEM_OUTPUT_VARIABLE) {
    DEM_TRY(make_variable(draft, output, &output->output->expression));
    output->output->kind = DEM_OUTPUT_EXPRESSION;
    output->output->variable = DEM_NONE;
  }
  return dem_expression_to_number(draft->reader, output->output->expression,
                                  &output->output->expression);
}

dem_status dem_conclusions_fit(dem_draft *draft, dem_conclusions_form form)
{
  dem_status result = DEM_OK;
  for (size_t i = 0; i < draft->outputs.count; ++i) {
    DEM_TRY_ALL(result, fit(draft, form, &DEM_VECTOR_AT(&draft->outputs, dem_draft_output, i)));
  }
  return result;
}
