// SPDX-License-Identifier: Apache-2.0

// schema.yaml → relations and their fields.
//
// Read twice: names first, since a field's type may be a relation that stands further down.

#include "lang/schema.h"

#include "base/try.h"
#include "lang/condition_reader.h"
#include "lang/scalar.h"

static const char *const relation_keys[] = {"about", "key",      "label",  "also",
                                            "names", "shows_as", "fields", NULL};
static const char *const field_keys[] = {"type", "optional", "default", "about", NULL};

static const struct {
  const char *name;
  dem_type_kind kind;
  dem_storage storage;
} plain_types[] = {
    {"symbol", DEM_TYPE_SYMBOL, DEM_STORAGE_STRING},
    {"text", DEM_TYPE_TEXT, DEM_STORAGE_STRING},
    {"integer", DEM_TYPE_INTEGER, DEM_STORAGE_INTEGER},
    {"number", DEM_TYPE_NUMBER, DEM_STORAGE_NUMBER},
    {"boolean", DEM_TYPE_BOOLEAN, DEM_STORAGE_BOOLEAN},
    {"date", DEM_TYPE_DATE, DEM_STORAGE_DATE},
};

static dem_status wrong_shape(dem_reader *reader, const dem_node *node, const char *what)
{
  return dem_diagnose(reader->diagnostics, DEM_DIAG_WRONG_SHAPE, node->place, "%s, not %s", what,
                      dem_node_describe(node));
}

// Types -------------------------------------------------------------------------------

/// A name or a value of an enumeration: anything that a symbol field could hold.
static dem_status read_word(dem_reader *reader, dem_slice text, dem_place place,
                            dem_symbol *symbol_out)
{
  static const dem_type symbol = {.kind = DEM_TYPE_SYMBOL, .storage = DEM_STORAGE_STRING};
  dem_word word = 0;
  switch (dem_scalar_read(reader->model->symbols, &symbol, text, &word)) {
  case DEM_SCALAR_OK:
    *symbol_out = dem_word_symbol(word);
    return DEM_OK;
  case DEM_SCALAR_NO_MEMORY:
    return DEM_ERR_NO_MEMORY;
  case DEM_SCALAR_WRONG_TYPE:
  case DEM_SCALAR_NOT_AN_OPTION:
    break;
  }
  return dem_diagnose(reader->diagnostics, DEM_DIAG_WRONG_TYPE, place,
                      "'%.*s' is not a symbol: it is empty or has white space in it",
                      (int)text.size, text.bytes);
}

static dem_status read_option(dem_reader *reader, const dem_node *item, const dem_symbol *options,
                              size_t count, dem_symbol *option_out)
{
  if (item->kind != DEM_NODE_SCALAR) {
    return wrong_shape(reader, item, "an enumeration's values are words");
  }
  DEM_TRY(read_word(reader, item->text, item->place, option_out));
  for (size_t i = 0; i < count; ++i) {
    if (dem_symbol_is_equal(options[i], *option_out)) {
      return dem_diagnose(reader->diagnostics, DEM_DIAG_DUPLICATE_ID, item->place,
                          "the value '%.*s' stands here twice", (int)item->text.size,
                          item->text.bytes);
    }
  }
  return DEM_OK;
}

static dem_status read_options(dem_reader *reader, const dem_node *node, dem_type *type)
{
  if (node->count == 0) {
    return dem_diagnose(reader->diagnostics, DEM_DIAG_WRONG_SHAPE, node->place,
                        "an enumeration has at least one value");
  }
  dem_symbol *const options = DEM_ARENA_ARRAY(&reader->model->arena, dem_symbol, node->count);
  DEM_TRY_MEMORY(options);
  dem_status status = DEM_OK;
  uint32_t count = 0;
  for (size_t i = 0; i < node->count; ++i) {
    const dem_status one = read_option(reader, node->items[i], options, count, &options[count]);
    count += one == DEM_OK;
    status = dem_status_worse(status, one);
  }
  *type = (dem_type){.kind = DEM_TYPE_ENUMERATION,
                     .storage = DEM_STORAGE_STRING,
                     .option_count = count,
                     .options = options};
  return status;
}

static dem_status report_type_name(dem_reader *reader, const dem_node *node)
{
  const dem_model *const model = reader->model;
  const size_t plain = sizeof plain_types / sizeof *plain_types;
  dem_slice *const names =
      DEM_ARENA_ARRAY(&reader->model->arena, dem_slice, plain + model->relation_count);
  DEM_TRY_MEMORY(names);
  for (size_t i = 0; i < plain; ++i) {
    names[i] = dem_slice_of(plain_types[i].name);
  }
  for (uint32_t i = 0; i < model->relation_count; ++i) {
    names[plain + i] = dem_symbols_text(model->symbols, model->relations[i].name);
  }
  const dem_status status =
      dem_diagnose(reader->diagnostics, DEM_DIAG_UNKNOWN_TYPE, node->place,
                   "no type is called '%.*s'", (int)node->text.size, node->text.bytes);
  dem_name_suggest(reader, node->text, names, plain + model->relation_count);
  dem_diagnose_note(reader->diagnostics,
                    "types are symbol, text, integer, number, boolean, date, a list of values, or "
                    "a relation with a key");
  return status;
}

dem_status dem_type_read(dem_reader *reader, const dem_node *node, dem_type *type_out)
{
  if (node->kind == DEM_NODE_SEQUENCE) {
    return read_options(reader, node, type_out);
  }
  if (node->kind != DEM_NODE_SCALAR) {
    return wrong_shape(reader, node, "a type is a name or a list of values");
  }
  for (size_t i = 0; i < sizeof plain_types / sizeof *plain_types; ++i) {
    if (dem_slice_is(node->text, plain_types[i].name)) {
      *type_out = (dem_type){.kind = plain_types[i].kind, .storage = plain_types[i].storage};
      return DEM_OK;
    }
  }
  const uint32_t relation = dem_model_find_relation(reader->model, node->text);
  if (relation == DEM_NONE) {
    return report_type_name(reader, node);
  }
  // Within the schema, the relation may not have been read: settle_references looks again.
  const dem_relation *const r = &reader->model->relations[relation];
  const dem_storage storage =
      r->key < r->field_count ? r->fields[r->key].type.storage : DEM_STORAGE_STRING;
  *type_out = (dem_type){.kind = DEM_TYPE_REFERENCE, .storage = storage, .relation = relation};
  return DEM_OK;
}

// Fields ------------------------------------------------------------------------------

static dem_status read_boolean(dem_reader *reader, const dem_node *node, bool *out)
{
  const dem_type type = {.kind = DEM_TYPE_BOOLEAN, .storage = DEM_STORAGE_BOOLEAN};
  dem_word word = 0;
  if (node->kind != DEM_NODE_SCALAR ||
      dem_scalar_read(reader->model->symbols, &type, node->text, &word) != DEM_SCALAR_OK) {
    return dem_diagnose(reader->diagnostics, DEM_DIAG_WRONG_TYPE, node->place,
                        "true or false is wanted here");
  }
  *out = word != 0;
  return DEM_OK;
}

static dem_status read_field(dem_reader *reader, const dem_entry *entry, dem_field *field)
{
  field->place = entry->key_place;
  DEM_TRY(read_word(reader, entry->key, entry->key_place, &field->name));
  const dem_node *const node = entry->value;
  if (node->kind != DEM_NODE_MAPPING) {
    return dem_type_read(reader, node, &field->type);
  }
  const dem_status status = dem_keys_check(reader, node, field_keys);
  const dem_node *const type = dem_node_find(node, "type");
  if (!type) {
    return dem_diagnose(reader->diagnostics, DEM_DIAG_MISSING_KEY, field->place,
                        "'type' is missing");
  }
  DEM_TRY(dem_type_read(reader, type, &field->type));
  const dem_node *const optional = dem_node_find(node, "optional");
  DEM_TRY(optional ? read_boolean(reader, optional, &field->is_optional) : DEM_OK);
  return status;
}

static dem_status read_fields(dem_reader *reader, const dem_node *node, dem_relation *relation)
{
  const dem_node *const fields = dem_node_find(node, "fields");
  if (!fields || fields->kind != DEM_NODE_MAPPING) {
    // `fields: {}` is a relation that only says yes or no; `fields` left out is a mistake.
    return fields ? wrong_shape(reader, fields, "'fields' is a mapping from names to types")
                  : dem_diagnose(reader->diagnostics, DEM_DIAG_MISSING_KEY, relation->place,
                                 "'fields' is missing");
  }
  if (fields->count > DEM_MAX_FIELDS) {
    return dem_diagnose(reader->diagnostics, DEM_DIAG_LIMIT, fields->place,
                        "a relation may have %d fields at most", (int)DEM_MAX_FIELDS);
  }
  dem_field *const items = DEM_ARENA_ARRAY(&reader->model->arena, dem_field, fields->count);
  DEM_TRY_MEMORY(items);
  dem_status status = DEM_OK;
  for (size_t i = 0; i < fields->count; ++i) {
    const dem_status one = read_field(reader, &fields->entries[i], &items[i]);
    status = dem_status_worse(status, one);
  }
  relation->fields = items;
  relation->field_count = (uint32_t)fields->count;
  return status;
}

// Relations ---------------------------------------------------------------------------

static dem_status read_field_name(dem_reader *reader, uint32_t relation, const dem_node *node,
                                  uint32_t *field_out)
{
  *field_out = DEM_NONE;
  if (!node) {
    return DEM_OK;
  }
  if (node->kind != DEM_NODE_SCALAR) {
    return wrong_shape(reader, node, "the name of a field is wanted here");
  }
  *field_out = dem_field_resolve(reader, relation, node->text, node->place);
  return *field_out == DEM_NONE ? DEM_ERR_INVALID : DEM_OK;
}

static dem_status read_also(dem_reader *reader, uint32_t relation, const dem_node *node)
{
  if (!node) {
    return DEM_OK;
  }
  if (node->kind != DEM_NODE_SEQUENCE) {
    return wrong_shape(reader, node, "'also' is a list of fields");
  }
  uint32_t *const also = DEM_ARENA_ARRAY(&reader->model->arena, uint32_t, node->count);
  DEM_TRY_MEMORY(also);
  for (size_t i = 0; i < node->count; ++i) {
    DEM_TRY(read_field_name(reader, relation, node->items[i], &also[i]));
  }
  reader->model->relations[relation].also = also;
  reader->model->relations[relation].also_count = (uint32_t)node->count;
  return DEM_OK;
}

static dem_status read_shows_as(dem_reader *reader, const dem_node *node, dem_shows_as *out)
{
  static const struct {
    const char *name;
    dem_shows_as shows_as;
  } kinds[] = {{"recommendation", DEM_SHOWS_RECOMMENDATION},
               {"step", DEM_SHOWS_STEP},
               {"caveat", DEM_SHOWS_CAVEAT},
               {"reference", DEM_SHOWS_REFERENCE}};
  for (size_t i = 0; node && i < sizeof kinds / sizeof *kinds; ++i) {
    if (node->kind == DEM_NODE_SCALAR && dem_slice_is(node->text, kinds[i].name)) {
      *out = kinds[i].shows_as;
      return DEM_OK;
    }
  }
  return node ? dem_diagnose(reader->diagnostics, DEM_DIAG_NOT_IN_ENUMERATION, node->place,
                             "'shows_as' is recommendation, step, caveat or reference")
              : DEM_OK;
}

/// Key, label and the like name fields, so they come after the fields.
static dem_status read_roles(dem_reader *reader, uint32_t relation, const dem_node *node)
{
  dem_relation *const r = &reader->model->relations[relation];
  dem_status status = read_field_name(reader, relation, dem_node_find(node, "key"), &r->key);
  dem_status one = read_field_name(reader, relation, dem_node_find(node, "label"), &r->label);
  status = dem_status_worse(status, one);
  one = read_field_name(reader, relation, dem_node_find(node, "names"), &r->names);
  status = dem_status_worse(status, one);
  one = read_also(reader, relation, dem_node_find(node, "also"));
  status = dem_status_worse(status, one);
  one = read_shows_as(reader, dem_node_find(node, "shows_as"), &r->shows_as);
  return dem_status_worse(status, one);
}

static dem_status read_defaults(dem_reader *reader, uint32_t relation, const dem_node *node)
{
  const dem_node *const fields = dem_node_find(node, "fields");
  dem_status status = DEM_OK;
  for (uint32_t i = 0; i < reader->model->relations[relation].field_count; ++i) {
    dem_field *const field = (dem_field *)(uintptr_t)&reader->model->relations[relation].fields[i];
    const dem_node *const value = dem_node_find(fields->entries[i].value, "default");
    if (value) {
      const dem_status one = dem_constant_read(reader, relation, i, value, &field->default_word);
      field->has_default = one == DEM_OK;
      status = dem_status_worse(status, one);
    }
  }
  return status;
}

// What can be checked only when all relations are known ----------------------------------

static dem_slice name_of(const dem_model *model, uint32_t relation)
{
  return dem_symbols_text(model->symbols, model->relations[relation].name);
}

/// A reference is stored as the key that it names, which may itself be a reference: follow the
/// chain to its end, no further than there are relations.
static dem_status settle_reference(dem_reader *reader, uint32_t owner, dem_field *field)
{
  const dem_model *const model = reader->model;
  const dem_type *type = &field->type;
  const dem_slice named = name_of(model, type->relation);
  for (uint32_t hops = 0; type->kind == DEM_TYPE_REFERENCE; ++hops) {
    const dem_relation *const r = &model->relations[type->relation];
    if (r->key >= r->field_count) {
      const dem_slice keyless = name_of(model, type->relation);
      return dem_diagnose(reader->diagnostics, DEM_DIAG_UNKNOWN_TYPE, field->place,
                          "'%.*s' has no key, so nothing can refer to it", (int)keyless.size,
                          keyless.bytes);
    }
    if (hops > model->relation_count) {
      const dem_slice name = name_of(model, owner);
      return dem_diagnose(reader->diagnostics, DEM_DIAG_UNKNOWN_TYPE, field->place,
                          "the keys of '%.*s' and '%.*s' refer to each other in a circle",
                          (int)name.size, name.bytes, (int)named.size, named.bytes);
    }
    type = &r->fields[r->key].type;
  }
  field->type.storage = type->storage;
  return DEM_OK;
}

static dem_status settle_references(dem_reader *reader)
{
  dem_model *const model = reader->model;
  dem_status status = DEM_OK;
  for (uint32_t i = 0; i < model->relation_count; ++i) {
    for (uint32_t j = 0; j < model->relations[i].field_count; ++j) {
      dem_field *const field = (dem_field *)(uintptr_t)&model->relations[i].fields[j];
      if (field->type.kind == DEM_TYPE_REFERENCE) {
        const dem_status one = settle_reference(reader, i, field);
        status = dem_status_worse(status, one);
      }
    }
  }
  return status;
}

/// A field that names rows for people holds words.
static dem_status check_is_words(dem_reader *reader, uint32_t relation, uint32_t field,
                                 const dem_node *node)
{
  const dem_field *const f = &reader->model->relations[relation].fields[field];
  return f->type.storage == DEM_STORAGE_STRING
             ? DEM_OK
             : dem_diagnose(reader->diagnostics, DEM_DIAG_WRONG_TYPE, node->place,
                            "'%.*s' names rows, so it must be a text or a symbol",
                            (int)node->text.size, node->text.bytes);
}

static dem_status check_roles(dem_reader *reader, uint32_t relation, const dem_node *node)
{
  const dem_relation *const r = &reader->model->relations[relation];
  const dem_node *const also = dem_node_find(node, "also");
  dem_status status = DEM_OK;
  if (r->key != DEM_NONE && r->fields[r->key].is_optional) {
    status = dem_diagnose(reader->diagnostics, DEM_DIAG_WRONG_SHAPE,
                          dem_node_find(node, "key")->place, "a key cannot be optional");
  }
  if (r->label != DEM_NONE &&
      check_is_words(reader, relation, r->label, dem_node_find(node, "label")) != DEM_OK) {
    status = DEM_ERR_INVALID;
  }
  for (uint32_t i = 0; i < r->also_count; ++i) {
    if (check_is_words(reader, relation, r->also[i], also->items[i]) != DEM_OK) {
      status = DEM_ERR_INVALID;
    }
  }
  if (r->names != DEM_NONE && r->fields[r->names].type.kind != DEM_TYPE_REFERENCE) {
    status =
        dem_diagnose(reader->diagnostics, DEM_DIAG_WRONG_TYPE, dem_node_find(node, "names")->place,
                     "'names' is a field that refers to what the other fields name");
  }
  return status;
}

/// What the rule language keeps for itself: as a condition, such a relation could not be told from
/// it.
static dem_status check_name(dem_reader *reader, const dem_entry *entry, dem_symbol *name_out)
{
  DEM_TRY(read_word(reader, entry->key, entry->key_place, name_out));
  return dem_condition_is_keyword(entry->key)
             ? dem_diagnose(
                   reader->diagnostics, DEM_DIAG_WRONG_SHAPE, entry->key_place,
                   "'%.*s' is a word of the rule language, so no relation can be called that",
                   (int)entry->key.size, entry->key.bytes)
             : DEM_OK;
}

// The whole ---------------------------------------------------------------------------

static dem_status declare(dem_reader *reader, const dem_node *relations, uint32_t hidden_count)
{
  dem_model *const model = reader->model;
  dem_status status = DEM_OK;
  model->relations = DEM_ARENA_ARRAY(&model->arena, dem_relation, relations->count + hidden_count);
  DEM_TRY_MEMORY(model->relations);
  for (size_t i = 0; i < relations->count; ++i) {
    dem_relation *const r = &model->relations[i];
    *r = (dem_relation){.place = relations->entries[i].key_place,
                        .key = DEM_NONE,
                        .label = DEM_NONE,
                        .names = DEM_NONE};
    const dem_status one = check_name(reader, &relations->entries[i], &r->name);
    status = dem_status_worse(status, one);
  }
  model->relation_count = (uint32_t)relations->count;
  return status;
}

static dem_status read_relation(dem_reader *reader, uint32_t relation, const dem_node *node)
{
  dem_relation *const r = &reader->model->relations[relation];
  if (node->kind != DEM_NODE_MAPPING) {
    return wrong_shape(reader, node, "a relation is a mapping with 'fields'");
  }
  dem_status status = dem_keys_check(reader, node, relation_keys);
  dem_status one = read_fields(reader, node, r);
  status = dem_status_worse(status, one);
  one = dem_text_read(reader, dem_node_find(node, "about"), &r->about);
  status = dem_status_worse(status, one);
  one = read_roles(reader, relation, node);
  return dem_status_worse(status, one);
}

/// What needs to know all relations.
static dem_status settle(dem_reader *reader, const dem_node *relations)
{
  dem_status status = settle_references(reader);
  DEM_TRY(status);
  for (uint32_t i = 0; i < relations->count; ++i) {
    const dem_node *const node = relations->entries[i].value;
    dem_status one = check_roles(reader, i, node);
    status = dem_status_worse(status, one);
    one = read_defaults(reader, i, node);
    status = dem_status_worse(status, one);
  }
  return status;
}

dem_status dem_schema_read(dem_reader *reader, const dem_node *root, uint32_t hidden_count)
{
  static const char *const keys[] = {"relations", NULL};
  if (root->kind != DEM_NODE_MAPPING) {
    return wrong_shape(reader, root, "the schema is a mapping with 'relations'");
  }
  dem_status status = dem_keys_check(reader, root, keys);
  const dem_node *const relations = dem_node_find(root, "relations");
  if (!relations || relations->kind != DEM_NODE_MAPPING) {
    return dem_diagnose(reader->diagnostics, DEM_DIAG_MISSING_KEY, root->place,
                        "'relations', a mapping from names to relations, is missing");
  }
  dem_status one = declare(reader, relations, hidden_count);
  if (one == DEM_ERR_NO_MEMORY) {
    return one;
  }
  status = dem_status_worse(status, one);
  for (uint32_t i = 0; i < relations->count; ++i) {
    one = read_relation(reader, i, relations->entries[i].value);
    status = dem_status_worse(status, one);
  }
  DEM_TRY(status);
  return settle(reader, relations);
}

uint32_t dem_schema_add_hidden(dem_reader *reader, dem_slice name, const char *field_name,
                               const dem_type *type)
{
  dem_model *const model = reader->model;
  dem_field *const field = DEM_ARENA_NEW(&model->arena, dem_field);
  const dem_symbol symbol = dem_symbols_intern(model->symbols, name);
  const dem_symbol field_symbol = dem_symbols_intern(model->symbols, dem_slice_of(field_name));
  if (!field || dem_symbol_is_none(symbol) || dem_symbol_is_none(field_symbol)) {
    return DEM_NONE;
  }
  *field = (dem_field){.name = field_symbol, .type = *type, .place = DEM_PLACE_NONE};
  model->relations[model->relation_count] = (dem_relation){.name = symbol,
                                                           .field_count = 1,
                                                           .fields = field,
                                                           .key = DEM_NONE,
                                                           .label = DEM_NONE,
                                                           .names = DEM_NONE,
                                                           .is_hidden = true,
                                                           .place = DEM_PLACE_NONE};
  return model->relation_count++;
}
