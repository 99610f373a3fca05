// SPDX-License-Identifier: Apache-2.0

// Documents as bytes: nodes in preorder, numbers in as many bytes as they need.
//
//   node     kind + 4 * style, place, then
//              scalar    text
//              sequence  count, nodes
//              mapping   count, entries: text of the key, place, node
//   place    line less the line of the place before, column, length
//   text     size, bytes, NUL
//   number   7 bits a byte, the lowest first; all but the last have the top bit

#include "text/document_image.h"

// Writing -----------------------------------------------------------------------------

typedef struct writer {
  dem_buffer *out;
  uint32_t line; ///< Of the place before.
} writer;

static void put_number(writer *w, uint64_t number)
{
  for (; number >= 0x80; number >>= 7) {
    dem_buffer_add_char(w->out, (char)(number | 0x80));
  }
  dem_buffer_add_char(w->out, (char)number);
}

/// Lines grow, but for a node whose place is known late: its difference wraps.
static void put_place(writer *w, dem_place place)
{
  put_number(w, place.line - w->line);
  put_number(w, place.column);
  put_number(w, place.length);
  w->line = place.line;
}

static void put_text(writer *w, dem_slice text)
{
  put_number(w, text.size);
  dem_buffer_add(w->out, text);
  dem_buffer_add_char(w->out, '\0');
}

// Recursion is as deep as the document, which its reader bounds.
static void put_node(writer *w, const dem_node *node)
{
  put_number(w, (uint64_t)node->kind + 4 * (uint64_t)node->style);
  put_place(w, node->place);
  switch (node->kind) {
  case DEM_NODE_SCALAR:
    put_text(w, node->text);
    break;
  case DEM_NODE_SEQUENCE:
    put_number(w, node->count);
    for (size_t i = 0; i < node->count; ++i) {
      put_node(w, node->items[i]);
    }
    break;
  case DEM_NODE_MAPPING:
    put_number(w, node->count);
    for (size_t i = 0; i < node->count; ++i) {
      put_text(w, node->entries[i].key);
      put_place(w, node->entries[i].key_place);
      put_node(w, node->entries[i].value);
    }
    break;
  }
}

void dem_document_image_write(const dem_node *root, dem_buffer *out)
{
  writer w = {.out = out};
  put_node(&w, root);
}

// Reading -----------------------------------------------------------------------------

typedef struct reader {
  const char *at;
  dem_file_id file;
  dem_arena *arena;
  uint32_t line; ///< Of the place before.
} reader;

static uint64_t take_number(reader *r)
{
  uint64_t byte = (unsigned char)*r->at++;
  uint64_t number = byte & 0x7F;
  for (unsigned shift = 7; byte & 0x80; shift += 7) {
    byte = (unsigned char)*r->at++;
    number |= (byte & 0x7F) << shift;
  }
  return number;
}

static dem_place take_place(reader *r)
{
  dem_place place = {.file = r->file};
  place.line = r->line += (uint32_t)take_number(r);
  place.column = (uint32_t)take_number(r);
  place.length = (uint32_t)take_number(r);
  return place;
}

static dem_slice take_text(reader *r)
{
  const size_t size = (size_t)take_number(r);
  const dem_slice text = {r->at, size};
  r->at += size + 1;
  return text;
}

static bool take_node(reader *r, dem_node *node);

static bool take_items(reader *r, dem_node *node)
{
  dem_node *const nodes = DEM_ARENA_ARRAY(r->arena, dem_node, node->count);
  const dem_node **const items = DEM_ARENA_ARRAY(r->arena, const dem_node *, node->count);
  bool has_all = nodes && items;
  for (size_t i = 0; has_all && i < node->count; ++i) {
    items[i] = &nodes[i];
    has_all = take_node(r, &nodes[i]);
  }
  node->items = items;
  return has_all;
}

static bool take_entries(reader *r, dem_node *node)
{
  dem_node *const nodes = DEM_ARENA_ARRAY(r->arena, dem_node, node->count);
  dem_entry *const entries = DEM_ARENA_ARRAY(r->arena, dem_entry, node->count);
  bool has_all = nodes && entries;
  for (size_t i = 0; has_all && i < node->count; ++i) {
    entries[i].key = take_text(r);
    entries[i].key_place = take_place(r);
    entries[i].value = &nodes[i];
    has_all = take_node(r, &nodes[i]);
  }
  node->entries = entries;
  return has_all;
}

// Recursion is as deep as the document was when it was written.
static bool take_node(reader *r, dem_node *node)
{
  const uint64_t head = take_number(r);
  node->kind = (dem_node_kind)(head % 4);
  node->style = (dem_scalar_style)(head / 4);
  node->place = take_place(r);
  if (node->kind == DEM_NODE_SCALAR) {
    node->text = take_text(r);
    return true;
  }
  node->count = (size_t)take_number(r);
  return node->kind == DEM_NODE_SEQUENCE ? take_items(r, node) : take_entries(r, node);
}

const dem_node *dem_document_image_read(dem_slice image, dem_file_id file, dem_arena *arena)
{
  reader r = {.at = image.bytes, .file = file, .arena = arena};
  dem_node *const root = DEM_ARENA_NEW(arena, dem_node);
  return root && take_node(&r, root) ? root : NULL;
}
