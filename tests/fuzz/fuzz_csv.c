// SPDX-License-Identifier: Apache-2.0

// Any bytes as CSV: rows as wide as their header or a diagnostic, nothing else.

#include <stdlib.h>

#include "text/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static dem_status look_at_row(void *context, const dem_node *header, const dem_node *cells,
                              size_t count)
{
  size_t *const read = context;
  for (size_t i = 0; i < count; ++i) {
    *read += header[i].text.size + cells[i].text.size;
  }
  return DEM_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  const dem_allocator allocator = dem_allocator_default();
  dem_arena arena;
  dem_files files;
  dem_diagnostics diagnostics;
  dem_arena_init(&arena, allocator);
  dem_files_init(&files, allocator);
  dem_diagnostics_init(&diagnostics, allocator);

  const dem_slice bytes = {.bytes = (const char *)data, .size = size};
  const dem_file_id file = dem_files_add(&files, DEM_SLICE("input.csv"), bytes);
  const dem_reader_context context = {
      .arena = &arena,
      .files = &files,
      .diagnostics = &diagnostics,
      .limits = {.max_bytes = 1 << 20, .max_depth = 64, .max_nodes = 100000},
  };
  size_t read = 0;
  const dem_status status = dem_csv_read(&context, file, look_at_row, &read);
  if ((status == DEM_OK) != (diagnostics.error_count == 0)) {
    abort();
  }

  dem_diagnostics_clear(&diagnostics);
  dem_files_clear(&files);
  dem_arena_clear(&arena);
  return 0;
}
