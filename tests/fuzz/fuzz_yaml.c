// SPDX-License-Identifier: Apache-2.0

// Any bytes as YAML: documents or a diagnostic, nothing else.

#include <stdlib.h>

#include "text/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  const dem_allocator allocator = dem_allocator_default();
  dem_arena arena;
  dem_files files;
  dem_diagnostics diagnostics;
  dem_vector documents;
  dem_arena_init(&arena, allocator);
  dem_files_init(&files, allocator);
  dem_diagnostics_init(&diagnostics, allocator);
  dem_vector_init(&documents, allocator, sizeof(const dem_node *));

  const dem_slice bytes = {.bytes = (const char *)data, .size = size};
  const dem_file_id file = dem_files_add(&files, DEM_SLICE("input.yaml"), bytes);
  const dem_reader_context context = {
      .arena = &arena,
      .files = &files,
      .diagnostics = &diagnostics,
      .limits = {.max_bytes = 1 << 20, .max_depth = 64, .max_nodes = 100000},
      .refuses_aliases = size % 2 == 0,
  };
  const dem_status status = dem_yaml_read(&context, file, &documents);
  if ((status == DEM_OK) != (diagnostics.error_count == 0)) {
    abort();
  }

  dem_vector_clear(&documents);
  dem_diagnostics_clear(&diagnostics);
  dem_files_clear(&files);
  dem_arena_clear(&arena);
  return 0;
}
