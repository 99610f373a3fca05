// SPDX-License-Identifier: Apache-2.0

// Writes JSON piece by piece: deterministic, shortest numbers, nothing lost
// without memory (the buffer says so).
//
// The caller keeps the grammar: a key before each value of an object, an end
// for each begin.

#ifndef DEM_RENDER_JSON_WRITER_H
#define DEM_RENDER_JSON_WRITER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/slice.h"
#include "render/selection.h"

enum { DEM_JSON_SELECTED_DEPTH = 16 }; // Containers in which a selection is followed.

typedef struct dem_json_writer {
  dem_buffer *out;
  bool is_pretty; ///< A line per item, two blanks per level; else everything on one line.
  bool has_items; ///< The innermost container has an item already.
  bool has_key;   ///< A key was written and waits for its value.
  uint32_t depth;

  // Of a selection: dem_json_writer_select.
  bool is_flat; ///< Values alone, ";" between them.
  bool has_selection;
  bool is_skipping;            ///< The value that follows, or the one that is open, is not chosen.
  uint32_t skip_depth;         ///< Containers that are open in it.
  const dem_selected *pending; ///< Of the key that was written: NULL for all of its value.
  const dem_selected
      *scopes[DEM_JSON_SELECTED_DEPTH]; ///< Of the containers that are open, likewise.
} dem_json_writer;

dem_json_writer dem_json_writer_on(dem_buffer *out, bool is_pretty);

/// Write only what is chosen; what is not is passed over at little cost.
/// @param is_flat  Values alone, without keys and brackets, ";" between them: a cell of a table.
void dem_json_writer_select(dem_json_writer *writer, const dem_selected *root, bool is_flat);

void dem_json_begin_object(dem_json_writer *writer);
void dem_json_end_object(dem_json_writer *writer);
void dem_json_begin_array(dem_json_writer *writer);
void dem_json_end_array(dem_json_writer *writer);

/// @param key  One of ours: letters, digits and '_'.
void dem_json_plain_key(dem_json_writer *writer, dem_slice key);

/// The same. In line, so that nobody measures a key that is written in the code.
static inline void dem_json_key(dem_json_writer *writer, const char *key)
{
  dem_json_plain_key(writer, dem_slice_of(key));
}

void dem_json_key_slice(dem_json_writer *writer, dem_slice key);

void dem_json_string(dem_json_writer *writer, dem_slice text);

/// A string whose inside the caller appends to `out`, needing no escapes.
void dem_json_begin_string(dem_json_writer *writer);
void dem_json_end_string(dem_json_writer *writer);

void dem_json_integer(dem_json_writer *writer, int64_t value);
void dem_json_number(dem_json_writer *writer, double value); ///< Must be finite.
void dem_json_boolean(dem_json_writer *writer, bool value);
void dem_json_null(dem_json_writer *writer);

/// A number or a word that stands already as JSON writes it.
void dem_json_word(dem_json_writer *writer, dem_slice word);

/// A key with a string; nothing at all when the string is empty.
void dem_json_pair(dem_json_writer *writer, const char *key, dem_slice text);

#endif
