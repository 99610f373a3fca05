// SPDX-License-Identifier: Apache-2.0

// The order of the types: a variable takes the narrowest type of the fields that
// bind it, and may flow into any field whose type is at least as wide.
//
// References form chains (a relation's key may refer to another relation), which
// are followed no further than there are relations: a pack whose keys
// refer to each other in a circle is refused elsewhere, but must not hang here.

#include "lang/type.h"

static const char *const kind_names[] = {
    [DEM_TYPE_SYMBOL] = "symbol",           [DEM_TYPE_TEXT] = "text",
    [DEM_TYPE_INTEGER] = "integer",         [DEM_TYPE_NUMBER] = "number",
    [DEM_TYPE_BOOLEAN] = "boolean",         [DEM_TYPE_DATE] = "date",
    [DEM_TYPE_ENUMERATION] = "enumeration", [DEM_TYPE_REFERENCE] = "reference",
};

static const char *const storage_names[] = {
    [DEM_STORAGE_STRING] = "a text",   [DEM_STORAGE_INTEGER] = "an integer",
    [DEM_STORAGE_NUMBER] = "a number", [DEM_STORAGE_BOOLEAN] = "a boolean",
    [DEM_STORAGE_DATE] = "a date",
};

dem_type dem_type_of_field(const dem_model *model, uint32_t relation, uint32_t field)
{
  const dem_relation *owner = &model->relations[relation];
  const dem_type declared = owner->fields[field].type;
  if (owner->key != field) {
    return declared;
  }
  return (dem_type){.kind = DEM_TYPE_REFERENCE, .storage = declared.storage, .relation = relation};
}

dem_type dem_type_of_storage(dem_storage storage)
{
  static const dem_type_kind kinds[] = {
      [DEM_STORAGE_STRING] = DEM_TYPE_TEXT,   [DEM_STORAGE_INTEGER] = DEM_TYPE_INTEGER,
      [DEM_STORAGE_NUMBER] = DEM_TYPE_NUMBER, [DEM_STORAGE_BOOLEAN] = DEM_TYPE_BOOLEAN,
      [DEM_STORAGE_DATE] = DEM_TYPE_DATE,
  };
  return (dem_type){.kind = kinds[storage], .storage = storage, .relation = DEM_NONE};
}

// The declared type of the key that a reference names, or NULL.
static const dem_type *key_type(const dem_model *model, const dem_type *type)
{
  if (type->kind != DEM_TYPE_REFERENCE || type->relation >= model->relation_count) {
    return NULL;
  }
  const dem_relation *relation = &model->relations[type->relation];
  return relation->key < relation->field_count ? &relation->fields[relation->key].type : NULL;
}

static bool has_option(const dem_type *enumeration, dem_symbol option)
{
  for (uint32_t i = 0; i < enumeration->option_count; ++i) {
    if (dem_symbol_is_equal(enumeration->options[i], option)) {
      return true;
    }
  }
  return false;
}

static bool has_options_of(const dem_type *outer, const dem_type *inner)
{
  for (uint32_t i = 0; i < inner->option_count; ++i) {
    if (!has_option(outer, inner->options[i])) {
      return false;
    }
  }
  return true;
}

// Whether a type that is no reference lies within another one.
static bool is_plain_within(const dem_type *a, const dem_type *b)
{
  if (b->kind == DEM_TYPE_ENUMERATION) {
    return a->kind == DEM_TYPE_ENUMERATION && has_options_of(b, a);
  }
  if (b->kind == DEM_TYPE_TEXT) {
    return a->storage == DEM_STORAGE_STRING;
  }
  return a->kind == b->kind || (a->kind == DEM_TYPE_ENUMERATION && b->kind == DEM_TYPE_SYMBOL);
}

bool dem_type_is_within(const dem_model *model, const dem_type *a, const dem_type *b)
{
  for (uint32_t hops = 0; a && hops <= model->relation_count; ++hops) {
    if (a->kind != DEM_TYPE_REFERENCE) {
      return b->kind != DEM_TYPE_REFERENCE && is_plain_within(a, b);
    }
    if (b->kind == DEM_TYPE_REFERENCE && a->relation == b->relation) {
      return true;
    }
    a = key_type(model, a);
  }
  return false;
}

bool dem_type_is_compatible(const dem_model *model, const dem_type *a, const dem_type *b)
{
  if (a->storage != b->storage) {
    return false;
  }
  return a->kind != DEM_TYPE_REFERENCE || b->kind != DEM_TYPE_REFERENCE ||
         dem_type_is_within(model, a, b) || dem_type_is_within(model, b, a);
}

dem_type dem_type_narrow(const dem_model *model, const dem_type *a, const dem_type *b)
{
  if (dem_type_is_within(model, a, b)) {
    return *a;
  }
  if (dem_type_is_within(model, b, a)) {
    return *b;
  }
  // Neither holds the other: a reference says most, then the shorter enumeration.
  if (a->kind == DEM_TYPE_REFERENCE || b->kind == DEM_TYPE_REFERENCE) {
    return a->kind == DEM_TYPE_REFERENCE ? *a : *b;
  }
  return a->option_count <= b->option_count ? *a : *b;
}

// The type at the end of a chain of references.
static const dem_type *base_type(const dem_model *model, const dem_type *type)
{
  for (uint32_t hops = 0; hops <= model->relation_count; ++hops) {
    const dem_type *next = key_type(model, type);
    if (!next) {
      break;
    }
    type = next;
  }
  return type;
}

dem_type dem_type_widen(const dem_model *model, const dem_type *a, const dem_type *b)
{
  if (dem_type_is_within(model, a, b)) {
    return *b;
  }
  if (dem_type_is_within(model, b, a)) {
    return *a;
  }
  dem_type wide = dem_type_of_storage(a->storage);
  if (a->storage == DEM_STORAGE_STRING && base_type(model, a)->kind != DEM_TYPE_TEXT &&
      base_type(model, b)->kind != DEM_TYPE_TEXT) {
    wide.kind = DEM_TYPE_SYMBOL;
  }
  return wide;
}

dem_slice dem_type_name(const dem_model *model, const dem_type *type)
{
  if (type->kind == DEM_TYPE_REFERENCE && type->relation < model->relation_count) {
    return dem_symbols_text(model->symbols, model->relations[type->relation].name);
  }
  return dem_slice_of(kind_names[type->kind]);
}

const char *dem_storage_describe(dem_storage storage)
{
  return storage_names[storage];
}
