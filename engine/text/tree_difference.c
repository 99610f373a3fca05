// SPDX-License-Identifier: Apache-2.0

// What differs between two documents of JSON.

#include "text/tree_difference.h"

#include "base/buffer.h"
#include "base/try.h"

typedef struct comparison {
  dem_arena *arena;
  dem_vector *changes;
  dem_buffer path;
  dem_buffer text;
} comparison;

// Values as text ----------------------------------------------------------------------

static void write_string(dem_slice text, dem_buffer *out)
{
  static const char digits[] = "0123456789abcdef";
  dem_buffer_add_char(out, '"');
  for (size_t i = 0; i < text.size; ++i) {
    const unsigned char byte = (unsigned char)text.bytes[i];
    if (byte == '"' || byte == '\\') {
      dem_buffer_add_char(out, '\\');
    }
    if (byte < 0x20) {
      dem_buffer_add_text(out, "\\u00");
      dem_buffer_add_char(out, digits[byte >> 4]);
      dem_buffer_add_char(out, digits[byte & 15]);
    } else {
      dem_buffer_add_char(out, (char)byte);
    }
  }
  dem_buffer_add_char(out, '"');
}

// As deep as the reader lets documents nest.
static void write_node(const dem_node *node, dem_buffer *out)
{
  if (node->kind == DEM_NODE_SCALAR) {
    write_string(node->text, out);
    return;
  }
  const bool is_list = node->kind == DEM_NODE_SEQUENCE;
  dem_buffer_add_char(out, is_list ? '[' : '{');
  for (size_t i = 0; i < node->count; ++i) {
    dem_buffer_add_text(out, i > 0 ? ", " : "");
    if (!is_list) {
      write_string(node->entries[i].key, out);
      dem_buffer_add_text(out, ": ");
    }
    write_node(is_list ? node->items[i] : node->entries[i].value, out);
  }
  dem_buffer_add_char(out, is_list ? ']' : '}');
}

static const char *keep(comparison *c, dem_buffer *buffer)
{
  return buffer->has_failed ? NULL : dem_arena_copy(c->arena, dem_buffer_slice(buffer));
}

/// False without memory.
static bool take_text(comparison *c, const dem_node *node, const char **text_out)
{
  dem_buffer_reset(&c->text);
  if (!node) {
    return true;
  }
  if (node->kind == DEM_NODE_SCALAR) {
    dem_buffer_add(&c->text, node->text);
  } else {
    write_node(node, &c->text);
  }
  *text_out = keep(c, &c->text);
  return *text_out != NULL;
}

static dem_status add_change(comparison *c, const dem_node *before, const dem_node *after)
{
  dem_tree_change change = {.path = keep(c, &c->path)};
  return change.path && take_text(c, before, &change.before) &&
                 take_text(c, after, &change.after) && dem_vector_add(c->changes, &change)
             ? DEM_OK
             : DEM_ERR_NO_MEMORY;
}

// Names of list items -----------------------------------------------------------------

static const dem_node *name_of(const dem_node *item)
{
  static const char *const keys[] = {"id", "field", "text", "because", "rule"};
  for (size_t i = 0; item->kind == DEM_NODE_MAPPING && i < sizeof keys / sizeof keys[0]; ++i) {
    const dem_node *const name = dem_node_find(item, keys[i]);
    if (name && name->kind == DEM_NODE_SCALAR) {
      return name;
    }
  }
  return item->kind == DEM_NODE_SCALAR ? item : NULL;
}

/// The item of a list with a name; NULL when there is none.
static const dem_node *find_item(const dem_node *list, dem_slice name)
{
  for (size_t i = 0; i < list->count; ++i) {
    const dem_node *const one = name_of(list->items[i]);
    if (one && dem_slice_is_equal(one->text, name)) {
      return list->items[i];
    }
  }
  return NULL;
}

/// Whether each item of a list has a name that no other has.
static bool is_named(const dem_node *list)
{
  for (size_t i = 0; i < list->count; ++i) {
    const dem_node *const name = name_of(list->items[i]);
    if (!name || find_item(list, name->text) != list->items[i]) {
      return false;
    }
  }
  return true;
}

// Comparing ---------------------------------------------------------------------------

static dem_status compare(comparison *c, const dem_node *before, const dem_node *after);

/// Compare what stands one step further down the path.
static dem_status compare_below(comparison *c, const char *open, dem_slice name, const char *close,
                                const dem_node *before, const dem_node *after)
{
  const size_t size = c->path.size;
  dem_buffer_add_text(&c->path, open);
  dem_buffer_add(&c->path, name);
  dem_buffer_add_text(&c->path, close);
  const dem_status status =
      before && after ? compare(c, before, after) : add_change(c, before, after);
  c->path.size = size;
  return status;
}

static dem_status compare_mappings(comparison *c, const dem_node *before, const dem_node *after)
{
  const char *const dot = c->path.size > 0 ? "." : "";
  for (size_t i = 0; i < before->count; ++i) {
    const dem_entry *const entry = &before->entries[i];
    const dem_entry *const other = dem_node_find_entry(after, entry->key);
    DEM_TRY(compare_below(c, dot, entry->key, "", entry->value, other ? other->value : NULL));
  }
  for (size_t i = 0; i < after->count; ++i) {
    const dem_entry *const entry = &after->entries[i];
    if (!dem_node_find_entry(before, entry->key)) {
      DEM_TRY(compare_below(c, dot, entry->key, "", NULL, entry->value));
    }
  }
  return DEM_OK;
}

static bool is_same_set(const dem_node *before, const dem_node *after)
{
  for (size_t i = 0; i < before->count; ++i) {
    if (!find_item(after, name_of(before->items[i])->text)) {
      return false;
    }
  }
  return before->count == after->count;
}

/// Lists of the same items: the first place at which another one stands.
static dem_status compare_order(comparison *c, const dem_node *before, const dem_node *after)
{
  size_t i = 0;
  while (i < before->count &&
         dem_slice_is_equal(name_of(before->items[i])->text, name_of(after->items[i])->text)) {
    ++i;
  }
  if (i == before->count) {
    return DEM_OK;
  }
  const size_t size = c->path.size;
  dem_buffer_add_format(&c->path, "[%zu]", i);
  const dem_status status = add_change(c, name_of(before->items[i]), name_of(after->items[i]));
  c->path.size = size;
  return status;
}

static dem_status compare_named(comparison *c, const dem_node *before, const dem_node *after)
{
  for (size_t i = 0; i < before->count; ++i) {
    const dem_slice name = name_of(before->items[i])->text;
    DEM_TRY(compare_below(c, "[", name, "]", before->items[i], find_item(after, name)));
  }
  for (size_t i = 0; i < after->count; ++i) {
    const dem_slice name = name_of(after->items[i])->text;
    if (!find_item(before, name)) {
      DEM_TRY(compare_below(c, "[", name, "]", NULL, after->items[i]));
    }
  }
  return is_same_set(before, after) ? compare_order(c, before, after) : DEM_OK;
}

static dem_status compare_numbered(comparison *c, const dem_node *before, const dem_node *after)
{
  const size_t count = before->count > after->count ? before->count : after->count;
  for (size_t i = 0; i < count; ++i) {
    dem_buffer number;
    dem_buffer_init(&number, c->arena->allocator);
    dem_buffer_add_integer(&number, (int64_t)i);
    const dem_status status = compare_below(c, "[", dem_buffer_slice(&number), "]",
                                            i < before->count ? before->items[i] : NULL,
                                            i < after->count ? after->items[i] : NULL);
    dem_buffer_clear(&number);
    DEM_TRY(status);
  }
  return DEM_OK;
}

// As deep as the reader lets documents nest.
static dem_status compare(comparison *c, const dem_node *before, const dem_node *after)
{
  if (before->kind != after->kind) {
    return add_change(c, before, after);
  }
  switch (before->kind) {
  case DEM_NODE_SCALAR:
    return before->style == after->style && dem_slice_is_equal(before->text, after->text)
               ? DEM_OK
               : add_change(c, before, after);
  case DEM_NODE_MAPPING:
    return compare_mappings(c, before, after);
  case DEM_NODE_SEQUENCE:
    return is_named(before) && is_named(after) ? compare_named(c, before, after)
                                               : compare_numbered(c, before, after);
  }
  return DEM_OK;
}

dem_status dem_tree_compare(dem_arena *arena, const dem_node *before, const dem_node *after,
                            dem_vector *changes)
{
  comparison c = {.arena = arena, .changes = changes};
  dem_buffer_init(&c.path, arena->allocator);
  dem_buffer_init(&c.text, arena->allocator);
  const dem_status status = compare(&c, before, after);
  dem_buffer_clear(&c.text);
  dem_buffer_clear(&c.path);
  return status;
}
