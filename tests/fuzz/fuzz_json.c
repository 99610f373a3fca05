// SPDX-License-Identifier: Apache-2.0

// Any bytes as JSON: a value that stays the same when it is written and read again, or a
// diagnostic.

#include <stdlib.h>

#include "render/json_writer.h"
#include "text/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { DEEPEST = 64 }; // What is written is walked by recursion.

static void write_node(dem_json_writer *json, const dem_node *node)
{
  switch (node->kind) {
  case DEM_NODE_SCALAR:
    dem_json_string(json, node->text);
    break;
  case DEM_NODE_SEQUENCE:
    dem_json_begin_array(json);
    for (size_t i = 0; i < node->count; ++i) {
      write_node(json, node->items[i]);
    }
    dem_json_end_array(json);
    break;
  case DEM_NODE_MAPPING:
    dem_json_begin_object(json);
    for (size_t i = 0; i < node->count; ++i) {
      dem_json_key_slice(json, node->entries[i].key);
      write_node(json, node->entries[i].value);
    }
    dem_json_end_object(json);
    break;
  }
}

/// @return Whether the bytes are JSON; then `out` holds it as the writer has it.
static bool read_and_write(dem_slice bytes, dem_buffer *out)
{
  const dem_allocator allocator = dem_allocator_default();
  dem_arena arena;
  dem_files files;
  dem_diagnostics diagnostics;
  dem_arena_init(&arena, allocator);
  dem_files_init(&files, allocator);
  dem_diagnostics_init(&diagnostics, allocator);
  const dem_file_id file = dem_files_add(&files, DEM_SLICE("input.json"), bytes);
  const dem_reader_context context = {
      .arena = &arena,
      .files = &files,
      .diagnostics = &diagnostics,
      .limits = {.max_bytes = 1 << 20, .max_depth = DEEPEST, .max_nodes = 100000},
  };
  const dem_node *root = NULL;
  const dem_status status = dem_json_read(&context, file, &root);
  if ((status == DEM_OK) != (diagnostics.error_count == 0)) {
    abort();
  }
  if (status == DEM_OK) {
    dem_json_writer json = dem_json_writer_on(out, false);
    write_node(&json, root);
  }
  for (size_t i = 0; i < diagnostics.items.count; ++i) {
    dem_diagnostic_render(&DEM_VECTOR_AT(&diagnostics.items, dem_diagnostic, i), &files, true, out);
  }
  dem_diagnostics_clear(&diagnostics);
  dem_files_clear(&files);
  dem_arena_clear(&arena);
  return status == DEM_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  dem_buffer once;
  dem_buffer twice;
  dem_buffer_init(&once, dem_allocator_default());
  dem_buffer_init(&twice, dem_allocator_default());
  const bool is_json = read_and_write((dem_slice){(const char *)data, size}, &once);
  if (is_json && (!read_and_write(dem_buffer_slice(&once), &twice) ||
                  !dem_slice_is_equal(dem_buffer_slice(&once), dem_buffer_slice(&twice)))) {
    abort();
  }
  dem_buffer_clear(&twice);
  dem_buffer_clear(&once);
  return 0;
}
