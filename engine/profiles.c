// SPDX-License-Identifier: Apache-2.0

// Profiles as read from a file: documents that a session gives their meaning.

#include "base/try.h"
#include "folder.h"
#include "handles.h"
#include "text/csv.h"
#include "text/json.h"
#include "text/yaml.h"

// Formats -----------------------------------------------------------------------------

static bool ends_with(dem_slice text, const char *suffix)
{
  const size_t size = strlen(suffix);
  return text.size >= size && memcmp(text.bytes + text.size - size, suffix, size) == 0;
}

static char first_byte(dem_slice bytes)
{
  for (size_t i = 0; i < bytes.size; ++i) {
    const char byte = bytes.bytes[i];
    const bool is_bom = i < 3 && (byte == '\xEF' || byte == '\xBB' || byte == '\xBF');
    if (!is_bom && byte != ' ' && byte != '\t' && byte != '\n' && byte != '\r') {
      return byte;
    }
  }
  return '\0';
}

static dem_profile_format find_format(dem_slice name, dem_slice bytes)
{
  if (ends_with(name, ".yaml") || ends_with(name, ".yml")) {
    return DEM_PROFILE_YAML;
  }
  if (ends_with(name, ".jsonl") || ends_with(name, ".ndjson")) {
    return DEM_PROFILE_JSON_LINES;
  }
  if (ends_with(name, ".csv")) {
    return DEM_PROFILE_CSV;
  }
  const char first = first_byte(bytes);
  return ends_with(name, ".json") || first == '{' || first == '[' ? DEM_PROFILE_JSON
                                                                  : DEM_PROFILE_YAML;
}

// CSV rows ----------------------------------------------------------------------------

typedef struct row_reader {
  dem_profiles *profiles;
} row_reader;

/// One cell: nothing, a text, or several texts with ";" between them.
static const dem_node *read_cell(dem_arena *arena, const dem_node *cell)
{
  size_t count = 1;
  for (size_t i = 0; i < cell->text.size; ++i) {
    count += cell->text.bytes[i] == ';';
  }
  dem_node *const nodes = DEM_ARENA_ARRAY(arena, dem_node, count + 1);
  const dem_node **const items = DEM_ARENA_ARRAY(arena, const dem_node *, count);
  char *const text = dem_arena_copy(arena, cell->text);
  if (!nodes || !items || !text) {
    return NULL;
  }
  size_t begin = 0;
  for (size_t i = 0; i < count; ++i) {
    size_t end = begin;
    while (end < cell->text.size && text[end] != ';') {
      ++end;
    }
    size_t first = begin;
    size_t last = end;
    while (first < last && text[first] == ' ') {
      ++first;
    }
    while (last > first && text[last - 1] == ' ') {
      --last;
    }
    nodes[i] = *cell;
    nodes[i].text = (dem_slice){text + first, last - first};
    nodes[i].style = DEM_SCALAR_PLAIN; // `unknown` in a table means what it means elsewhere.
    items[i] = &nodes[i];
    begin = end + 1;
  }
  if (count == 1) {
    return &nodes[0];
  }
  nodes[count] =
      (dem_node){.kind = DEM_NODE_SEQUENCE, .place = cell->place, .count = count, .items = items};
  return &nodes[count];
}

static dem_status read_row(void *context, const dem_node *header, const dem_node *cells,
                           size_t count)
{
  dem_profiles *const p = ((row_reader *)context)->profiles;
  dem_node *const root = DEM_ARENA_NEW(&p->arena, dem_node);
  dem_entry *const entries = DEM_ARENA_ARRAY(&p->arena, dem_entry, count);
  DEM_TRY_MEMORY(root);
  DEM_TRY_MEMORY(entries);
  for (size_t i = 0; i < count; ++i) {
    entries[i] = (dem_entry){.key = header[i].text,
                             .key_place = header[i].place,
                             .value = read_cell(&p->arena, &cells[i])};
    DEM_TRY_MEMORY(entries[i].value);
  }
  *root = (dem_node){
      .kind = DEM_NODE_MAPPING, .place = cells[0].place, .count = count, .entries = entries};
  return dem_vector_add(&p->roots, &root) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

// Reading -----------------------------------------------------------------------------

static dem_status read_json(dem_profiles *p, const dem_reader_context *context, dem_file_id file)
{
  const dem_node *root = NULL;
  DEM_TRY(dem_json_read(context, file, &root));
  const bool is_list = root->kind == DEM_NODE_SEQUENCE;
  for (size_t i = 0; i < (is_list ? root->count : 1); ++i) {
    const dem_node *const one = is_list ? root->items[i] : root;
    if (!dem_vector_add(&p->roots, &one)) {
      return DEM_ERR_NO_MEMORY;
    }
  }
  return DEM_OK;
}

static dem_status read_bytes(dem_profiles *p, dem_slice name, dem_slice bytes,
                             dem_profile_format format)
{
  const dem_file_id file = dem_files_add(&p->files, name, bytes);
  if (file.index == UINT32_MAX) {
    return DEM_ERR_NO_MEMORY;
  }
  const dem_reader_context context = {.arena = &p->arena,
                                      .files = &p->files,
                                      .diagnostics = &p->report.diagnostics,
                                      .limits = dem_limits_of_text(&p->limits),
                                      .refuses_aliases = true};
  row_reader rows = {p};
  switch (format == DEM_PROFILE_AUTO ? find_format(name, bytes) : format) {
  case DEM_PROFILE_AUTO:
  case DEM_PROFILE_YAML:
    return dem_yaml_read(&context, file, &p->roots);
  case DEM_PROFILE_JSON:
    return read_json(p, &context, file);
  case DEM_PROFILE_JSON_LINES:
    return dem_json_read_lines(&context, file, &p->roots);
  case DEM_PROFILE_CSV:
    return dem_csv_read(&context, file, read_row, &rows);
  }
  return DEM_OK;
}

static dem_status new_profiles(const dem_allocator *allocator, const dem_limits *limits,
                               dem_profiles **out)
{
  const dem_allocator a = allocator ? *allocator : dem_allocator_default();
  dem_profiles *const p = a.resize(a.context, NULL, 0, sizeof *p);
  *out = p;
  DEM_TRY_MEMORY(p);
  *p = (dem_profiles){.allocator = a, .limits = limits ? *limits : dem_limits_default()};
  dem_arena_init(&p->arena, a);
  dem_files_init(&p->files, a);
  dem_report_init(&p->report, a, &p->files);
  dem_vector_init(&p->roots, a, sizeof(const dem_node *));
  return DEM_OK;
}

static dem_status finish(dem_status status, dem_profiles **out)
{
  dem_diagnostics_sort(&(*out)->report.diagnostics, &(*out)->files);
  if (status == DEM_OK && (*out)->roots.count == 0) {
    status = dem_diagnose(&(*out)->report.diagnostics, DEM_DIAG_EMPTY_DOCUMENT,
                          (dem_place){.file = {0}}, "there is no profile in it");
  }
  if (status == DEM_ERR_NO_MEMORY) {
    dem_profiles_free(*out);
    *out = NULL;
  }
  return status;
}

dem_status dem_profiles_read(const char *name, const char *bytes, size_t size,
                             dem_profile_format format, const dem_allocator *allocator,
                             const dem_limits *limits, dem_profiles **profiles_out)
{
  DEM_TRY(new_profiles(allocator, limits, profiles_out));
  const dem_status status =
      read_bytes(*profiles_out, dem_slice_of(name), (dem_slice){bytes, size}, format);
  return finish(status, profiles_out);
}

dem_status dem_profiles_read_file(const char *path, dem_profile_format format,
                                  const dem_allocator *allocator, const dem_limits *limits,
                                  dem_profiles **profiles_out)
{
  DEM_TRY(new_profiles(allocator, limits, profiles_out));
  dem_profiles *const p = *profiles_out;
  dem_slice bytes = {0};
  dem_status status =
      dem_file_read(&p->arena, path, p->limits.max_bytes, &p->report.diagnostics, &bytes);
  if (status == DEM_OK) {
    status = read_bytes(p, dem_slice_of(path), bytes, format);
  }
  return status == DEM_ERR_IO ? status : finish(status, profiles_out);
}

void dem_profiles_free(dem_profiles *profiles)
{
  if (!profiles) {
    return;
  }
  dem_vector_clear(&profiles->roots);
  dem_report_clear(&profiles->report);
  dem_files_clear(&profiles->files);
  dem_arena_clear(&profiles->arena);
  (void)profiles->allocator.resize(profiles->allocator.context, profiles, sizeof *profiles, 0);
}

size_t dem_profiles_count(const dem_profiles *profiles)
{
  return profiles->roots.count;
}

const dem_report *dem_profiles_report(const dem_profiles *profiles)
{
  return &profiles->report;
}

const char *dem_profiles_id(const dem_profiles *profiles, size_t index)
{
  const dem_node *const id =
      dem_node_find(DEM_VECTOR_AT(&profiles->roots, const dem_node *, index), "id");
  return id && id->kind == DEM_NODE_SCALAR && id->text.bytes ? id->text.bytes : "";
}
