// SPDX-License-Identifier: Apache-2.0

#include "text/text_fixture.h"

void text_fixture_add(const dem_node *node, dem_buffer *out)
{
  switch (node->kind) {
  case DEM_NODE_SCALAR: {
    const char *const quote = node->style == DEM_SCALAR_PLAIN ? "" : "'";
    dem_buffer_add_text(out, quote);
    dem_buffer_add(out, node->text);
    dem_buffer_add_text(out, quote);
    break;
  }
  case DEM_NODE_SEQUENCE:
    dem_buffer_add_char(out, '[');
    for (size_t i = 0; i < node->count; ++i) {
      dem_buffer_add_text(out, i ? ", " : "");
      text_fixture_add(node->items[i], out);
    }
    dem_buffer_add_char(out, ']');
    break;
  case DEM_NODE_MAPPING:
    dem_buffer_add_char(out, '{');
    for (size_t i = 0; i < node->count; ++i) {
      dem_buffer_add_text(out, i ? ", " : "");
      dem_buffer_add(out, node->entries[i].key);
      dem_buffer_add_text(out, ": ");
      text_fixture_add(node->entries[i].value, out);
    }
    dem_buffer_add_char(out, '}');
    break;
  }
}

static void add_verdict(const dem_diagnostics *diagnostics, dem_buffer *out)
{
  for (size_t i = 0; i < diagnostics->items.count; ++i) {
    const dem_diagnostic *const d = &DEM_VECTOR_AT(&diagnostics->items, dem_diagnostic, i);
    dem_buffer_add_format(out, "%s%u:%u %s", i ? ", " : "", (unsigned)d->place.line,
                          (unsigned)d->place.column, dem_diagnostic_code_slug(d->code));
  }
}

void text_fixture_read(dem_slice bytes, text_reader *read, dem_buffer *found)
{
  const dem_allocator allocator = dem_allocator_default();
  dem_arena arena;
  dem_files files;
  dem_diagnostics diagnostics;
  dem_arena_init(&arena, allocator);
  dem_files_init(&files, allocator);
  dem_diagnostics_init(&diagnostics, allocator);
  const dem_file_id file = dem_files_add(&files, DEM_SLICE("file"), bytes);
  const dem_reader_context context = {
      .arena = &arena,
      .files = &files,
      .diagnostics = &diagnostics,
      .limits = {.max_bytes = 1 << 20, .max_depth = 8, .max_nodes = 100}};
  const dem_status status = read(&context, file, found);
  if (status != DEM_OK || diagnostics.items.count > 0) {
    dem_buffer_reset(found);
    dem_diagnostics_sort(&diagnostics, &files);
    add_verdict(&diagnostics, found);
  }
  dem_buffer_add_char(found, '\0');
  dem_diagnostics_clear(&diagnostics);
  dem_files_clear(&files);
  dem_arena_clear(&arena);
}
