// SPDX-License-Identifier: Apache-2.0

// `sources:` → the sources that facts and rules may cite.

#include "lang/source_reader.h"

#include <stdlib.h>

#include "base/try.h"

static const char *const keys[] = {"title", "work",    "author",   "publisher", "date", "accessed",
                                   "url",   "licence", "sections", "note",      NULL};

static dem_status wrong_shape(dem_reader *reader, const dem_node *node, const char *what)
{
  return dem_diagnose(reader->diagnostics, DEM_DIAG_WRONG_SHAPE, node->place, "%s, not %s", what,
                      dem_node_describe(node));
}

static dem_status read_sections(dem_reader *reader, const dem_node *node, dem_source *source)
{
  if (!node) {
    return DEM_OK;
  }
  if (node->kind != DEM_NODE_MAPPING) {
    return wrong_shape(reader, node, "'sections' is a mapping from ids to titles");
  }
  dem_section *const sections = DEM_ARENA_ARRAY(&reader->model->arena, dem_section, node->count);
  DEM_TRY_MEMORY(sections);
  for (size_t i = 0; i < node->count; ++i) {
    sections[i].id = dem_symbols_intern(reader->model->symbols, node->entries[i].key);
    if (dem_symbol_is_none(sections[i].id)) {
      return DEM_ERR_NO_MEMORY;
    }
    DEM_TRY(dem_text_read(reader, node->entries[i].value, &sections[i].title));
  }
  source->sections = sections;
  source->section_count = (uint32_t)node->count;
  return DEM_OK;
}

static dem_status read_texts(dem_reader *reader, const dem_node *node, dem_source *source)
{
  const struct {
    const char *key;
    dem_slice *text;
  } texts[] = {{"title", &source->title},   {"work", &source->work},
               {"author", &source->author}, {"publisher", &source->publisher},
               {"date", &source->date},     {"accessed", &source->accessed},
               {"url", &source->url},       {"licence", &source->licence}};
  dem_status status = DEM_OK;
  for (size_t i = 0; i < sizeof texts / sizeof *texts; ++i) {
    const dem_status one = dem_text_read(reader, dem_node_find(node, texts[i].key), texts[i].text);
    status = dem_status_worse(status, one);
  }
  return status;
}

static dem_status read_source(dem_reader *reader, const dem_entry *entry, dem_vector *sources)
{
  const dem_node *const node = entry->value;
  if (node->kind != DEM_NODE_MAPPING) {
    return wrong_shape(reader, node, "a source is a mapping with a 'title'");
  }
  dem_status status = dem_keys_check(reader, node, keys);
  dem_source source = {.place = entry->key_place};
  source.id = dem_symbols_intern(reader->model->symbols, entry->key);
  if (dem_symbol_is_none(source.id)) {
    return DEM_ERR_NO_MEMORY;
  }
  if (!dem_node_find(node, "title")) {
    status = dem_diagnose(reader->diagnostics, DEM_DIAG_MISSING_KEY, entry->key_place,
                          "source '%.*s' has no title", (int)entry->key.size, entry->key.bytes);
  }
  dem_status one = read_texts(reader, node, &source);
  status = dem_status_worse(status, one);
  one = read_sections(reader, dem_node_find(node, "sections"), &source);
  status = dem_status_worse(status, one);
  return dem_vector_add(sources, &source) ? status : DEM_ERR_NO_MEMORY;
}

dem_status dem_sources_read(dem_reader *reader, const dem_node *root, dem_vector *sources)
{
  const dem_node *const node = dem_node_find(root, "sources");
  dem_status status = DEM_OK;
  if (!node) {
    return DEM_OK;
  }
  if (node->kind != DEM_NODE_MAPPING) {
    return wrong_shape(reader, node, "'sources' is a mapping from ids to sources");
  }
  for (size_t i = 0; i < node->count; ++i) {
    const dem_status one = read_source(reader, &node->entries[i], sources);
    status = dem_status_worse(status, one);
  }
  return status;
}

typedef struct named_source {
  dem_slice id;
  const dem_source *source; ///< In the order in which they were read.
} named_source;

static int compare_sources(const void *left, const void *right)
{
  const named_source *const a = left;
  const named_source *const b = right;
  const int order = dem_slice_compare(a->id, b->id);
  return order ? order : (a->source > b->source) - (a->source < b->source);
}

dem_status dem_sources_finish(dem_reader *reader, const dem_vector *sources)
{
  dem_model *const model = reader->model;
  const size_t count = sources->count;
  dem_status status = DEM_OK;
  named_source *const order = DEM_ARENA_ARRAY(&model->arena, named_source, count);
  model->sources = DEM_ARENA_ARRAY(&model->arena, dem_source, count);
  DEM_TRY_MEMORY(order);
  DEM_TRY_MEMORY(model->sources);
  for (size_t i = 0; i < count; ++i) {
    const dem_source *const source = &DEM_VECTOR_AT(sources, dem_source, i);
    order[i] = (named_source){dem_symbols_text(model->symbols, source->id), source};
  }
  if (count > 0) {
    qsort(order, count, sizeof *order, compare_sources);
  }
  for (size_t i = 0; i < count; ++i) {
    model->sources[i] = *order[i].source;
    if (i > 0 && dem_symbol_is_equal(order[i - 1].source->id, order[i].source->id)) {
      status =
          dem_diagnose(reader->diagnostics, DEM_DIAG_DUPLICATE_ID, order[i].source->place,
                       "source '%.*s' stands here again", (int)order[i].id.size, order[i].id.bytes);
    }
  }
  model->source_count = (uint32_t)count;
  return status;
}
