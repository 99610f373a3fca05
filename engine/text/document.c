// SPDX-License-Identifier: Apache-2.0

// Looking things up in a document.

#include "text/document.h"

const dem_entry *dem_node_find_entry(const dem_node *node, dem_slice key)
{
  if (!node || node->kind != DEM_NODE_MAPPING) {
    return NULL;
  }
  for (size_t i = 0; i < node->count; ++i) {
    if (dem_slice_is_equal(node->entries[i].key, key)) {
      return &node->entries[i];
    }
  }
  return NULL;
}

const dem_node *dem_node_find(const dem_node *node, const char *key)
{
  const dem_entry *const entry = dem_node_find_entry(node, dem_slice_of(key));
  return entry ? entry->value : NULL;
}

bool dem_node_is_null(const dem_node *node)
{
  return node->kind == DEM_NODE_SCALAR && node->style == DEM_SCALAR_PLAIN &&
         (node->text.size == 0 || dem_slice_is(node->text, "~") ||
          dem_slice_is(node->text, "null"));
}

const char *dem_node_describe(const dem_node *node)
{
  switch (node->kind) {
  case DEM_NODE_SCALAR:
    return dem_node_is_null(node) ? "nothing" : "a text";
  case DEM_NODE_SEQUENCE:
    return "a list";
  case DEM_NODE_MAPPING:
    return "a mapping";
  }
  return "nothing";
}
