// SPDX-License-Identifier: Apache-2.0

// Holds JSON against a JSON Schema.

#define _XOPEN_SOURCE 700 // regcomp

#include "support/json_schema.h"

#include <regex.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

typedef struct validator {
  const json_t *root;
  char *message;
  size_t size;
} validator;

/// Where a value stands: its key or index, and its parent's place.
typedef struct path {
  const struct path *parent;
  const char *key; ///< NULL for an item of an array.
  size_t index;
} path;

static bool accepts(const validator *v, const json_t *schema, const json_t *value,
                    const path *place);

static int print_path(char *out, size_t size, const path *place)
{
  if (!place) {
    return 0;
  }
  int used = print_path(out, size, place->parent);
  if (used < 0 || (size_t)used >= size) {
    return used;
  }
  used += place->key ? snprintf(out + used, size - (size_t)used, "/%s", place->key)
                     : snprintf(out + used, size - (size_t)used, "/%zu", place->index);
  return used;
}

static bool reject(const validator *v, const path *place, const char *what, const char *detail)
{
  char where[256] = "";
  (void)print_path(where, sizeof where, place);
  (void)snprintf(v->message, v->size, "%s: %s %s", where[0] ? where : "/", what, detail);
  return false;
}

static bool is_of_type(const char *type, const json_t *value)
{
  switch (json_typeof(value)) {
  case JSON_OBJECT:
    return strcmp(type, "object") == 0;
  case JSON_ARRAY:
    return strcmp(type, "array") == 0;
  case JSON_STRING:
    return strcmp(type, "string") == 0;
  case JSON_INTEGER:
    return strcmp(type, "integer") == 0 || strcmp(type, "number") == 0;
  case JSON_REAL:
    return strcmp(type, "number") == 0;
  case JSON_TRUE:
  case JSON_FALSE:
    return strcmp(type, "boolean") == 0;
  case JSON_NULL:
    return strcmp(type, "null") == 0;
  }
  return false;
}

static bool check_properties(const validator *v, const json_t *schema, const json_t *value,
                             const path *place)
{
  const json_t *const properties = json_object_get(schema, "properties");
  const json_t *const others = json_object_get(schema, "additionalProperties");
  for (void *i = json_object_iter((json_t *)(size_t)value); i;
       i = json_object_iter_next((json_t *)(size_t)value, i)) {
    const char *const key = json_object_iter_key(i);
    const json_t *const known = json_object_get(properties, key);
    const path inner = {place, key, 0};
    if (!known && json_is_false(others)) {
      return reject(v, place, "does not know", key);
    }
    const json_t *const inner_schema = known ? known : others;
    if (json_is_object(inner_schema) &&
        !accepts(v, inner_schema, json_object_iter_value(i), &inner)) {
      return false;
    }
  }
  return true;
}

static bool check_required(const validator *v, const json_t *required, const json_t *value,
                           const path *place)
{
  for (size_t i = 0; json_is_object(value) && i < json_array_size(required); ++i) {
    const char *const key = json_string_value(json_array_get(required, i));
    if (!json_object_get(value, key)) {
      return reject(v, place, "lacks", key);
    }
  }
  return true;
}

static bool check_items(const validator *v, const json_t *items, const json_t *value,
                        const path *place)
{
  for (size_t i = 0; i < json_array_size(value); ++i) {
    const path inner = {place, NULL, i};
    if (!accepts(v, items, json_array_get(value, i), &inner)) {
      return false;
    }
  }
  return true;
}

static bool check_enum(const validator *v, const json_t *options, const json_t *value,
                       const path *place)
{
  for (size_t i = 0; i < json_array_size(options); ++i) {
    if (json_equal(json_array_get(options, i), value)) {
      return true;
    }
  }
  return reject(v, place, "is none of the enumeration", "");
}

static bool check_pattern(const validator *v, const json_t *pattern, const json_t *value,
                          const path *place)
{
  regex_t regex;
  if (!json_is_string(value)) {
    return true;
  }
  if (regcomp(&regex, json_string_value(pattern), REG_EXTENDED | REG_NOSUB) != 0) {
    return reject(v, place, "has a pattern that is none:", json_string_value(pattern));
  }
  const bool is_match = regexec(&regex, json_string_value(value), 0, NULL, 0) == 0;
  regfree(&regex);
  return is_match || reject(v, place, "does not match", json_string_value(pattern));
}

/// `#/$defs/NAME`
static bool check_reference(const validator *v, const json_t *reference, const json_t *value,
                            const path *place)
{
  static const char prefix[] = "#/$defs/";
  const char *const text = json_string_value(reference);
  const json_t *const target =
      strncmp(text, prefix, sizeof prefix - 1) == 0
          ? json_object_get(json_object_get(v->root, "$defs"), text + sizeof prefix - 1)
          : NULL;
  return target ? accepts(v, target, value, place)
                : reject(v, place, "refers to what is not there:", text);
}

static bool check_keyword(const validator *v, const json_t *schema, const char *keyword,
                          const json_t *expected, const json_t *value, const path *place)
{
  if (strcmp(keyword, "type") == 0) {
    return is_of_type(json_string_value(expected), value) ||
           reject(v, place, "is not of type", json_string_value(expected));
  }
  if (strcmp(keyword, "properties") == 0) {
    return !json_is_object(value) || check_properties(v, schema, value, place);
  }
  if (strcmp(keyword, "additionalProperties") == 0) {
    return json_object_get(schema, "properties") || !json_is_object(value) ||
           check_properties(v, schema, value, place);
  }
  if (strcmp(keyword, "required") == 0) {
    return check_required(v, expected, value, place);
  }
  if (strcmp(keyword, "items") == 0) {
    return !json_is_array(value) || check_items(v, expected, value, place);
  }
  if (strcmp(keyword, "enum") == 0) {
    return check_enum(v, expected, value, place);
  }
  if (strcmp(keyword, "const") == 0) {
    return json_equal(expected, value) || reject(v, place, "is not the constant", "");
  }
  if (strcmp(keyword, "pattern") == 0) {
    return check_pattern(v, expected, value, place);
  }
  if (strcmp(keyword, "minimum") == 0) {
    return !json_is_number(value) || json_number_value(value) >= json_number_value(expected) ||
           reject(v, place, "is too small", "");
  }
  if (strcmp(keyword, "minItems") == 0) {
    return !json_is_array(value) ||
           json_array_size(value) >= (size_t)json_integer_value(expected) ||
           reject(v, place, "has too few items", "");
  }
  if (strcmp(keyword, "minLength") == 0) {
    return !json_is_string(value) ||
           json_string_length(value) >= (size_t)json_integer_value(expected) ||
           reject(v, place, "is too short", "");
  }
  return strcmp(keyword, "$ref") == 0
             ? check_reference(v, expected, value, place)
             : reject(v, place, "meets a keyword that this validator lacks:", keyword);
}

/// Keywords that describe and do not restrict.
static bool is_annotation(const char *keyword)
{
  static const char *const names[] = {"$schema", "$id",         "$defs",
                                      "title",   "description", "$comment"};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; ++i) {
    if (strcmp(keyword, names[i]) == 0) {
      return true;
    }
  }
  return false;
}

static bool accepts(const validator *v, const json_t *schema, const json_t *value,
                    const path *place)
{
  json_t *const keywords = (json_t *)(size_t)schema; // jansson's iterators take no const.
  for (void *i = json_object_iter(keywords); i; i = json_object_iter_next(keywords, i)) {
    const char *const keyword = json_object_iter_key(i);
    if (!is_annotation(keyword) &&
        !check_keyword(v, schema, keyword, json_object_iter_value(i), value, place)) {
      return false;
    }
  }
  return true;
}

bool json_schema_accepts(const json_t *schema, const json_t *value, char *message, size_t size)
{
  const validator v = {schema, message, size};
  message[0] = '\0';
  return accepts(&v, schema, value, NULL);
}
