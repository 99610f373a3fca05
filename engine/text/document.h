// SPDX-License-Identifier: Apache-2.0

// The one tree that YAML, JSON and CSV are read into.
//
// Scalars stay text: what `NO`, `1e3` or `2024-06-01` means is the schema's to
// say. Every node knows its place. A tree is read-only once built.

#ifndef DEM_TEXT_DOCUMENT_H
#define DEM_TEXT_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/place.h"
#include "base/slice.h"

typedef enum dem_node_kind {
  DEM_NODE_SCALAR,
  DEM_NODE_SEQUENCE,
  DEM_NODE_MAPPING,
} dem_node_kind;

typedef enum dem_scalar_style {
  DEM_SCALAR_PLAIN,  ///< YAML without quotes, a JSON number, true, false or null, a CSV cell.
  DEM_SCALAR_QUOTED, ///< In quotes, or a YAML block scalar: never a missing value.
  DEM_SCALAR_STRING, ///< A JSON string: its quotes are the only way to write it.
} dem_scalar_style;

typedef struct dem_node dem_node;
typedef struct dem_entry dem_entry;

struct dem_node {
  dem_node_kind kind;
  dem_scalar_style style; ///< Of a scalar.
  dem_place place;        ///< Where it begins.
  dem_slice text;         ///< A scalar's bytes: valid UTF-8, may hold NUL.
  size_t count;           ///< Items of a sequence, entries of a mapping.
  union {
    const dem_node *const *items; ///< Of a sequence. An alias is the node that it stands for.
    const dem_entry *entries;     ///< Of a mapping, in the order of the text.
  };
};

struct dem_entry {
  dem_slice key;
  dem_place key_place;
  const dem_node *value;
};

/// Bounds on what is read; 0 stands for no bound. DESIGN §6.
typedef struct dem_text_limits {
  size_t max_bytes;
  size_t max_depth;
  size_t max_nodes; ///< An alias counts as the nodes that it stands for.
} dem_text_limits;

/// What a reader needs of its caller. All borrowed.
typedef struct dem_reader_context {
  dem_arena *arena;             ///< Receives the nodes and their texts.
  dem_files *files;             ///< Knows the file that is read.
  dem_diagnostics *diagnostics; ///< Receives what is wrong.
  dem_text_limits limits;
  bool refuses_aliases; ///< Profiles: an alias is an error.
} dem_reader_context;

/// The value of `key` in a mapping, or NULL (also when `node` is NULL or no mapping).
const dem_node *dem_node_find(const dem_node *node, const char *key);

/// The entry of `key` in a mapping, or NULL.
const dem_entry *dem_node_find_entry(const dem_node *node, dem_slice key);

/// Whether a scalar is plain and empty, `~` or `null`: YAML's and JSON's "nothing here".
bool dem_node_is_null(const dem_node *node);

/// "a mapping", "a list", "a text": for messages.
const char *dem_node_describe(const dem_node *node);

#endif
