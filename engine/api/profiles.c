// SPDX-License-Identifier: Apache-2.0

// Profiles as read from a file: documents that a session gives their meaning.

#include "api/folder.h"
#include "api/handles.h"
#include "api/profile_format.h"
#include "api/profile_stream.h"
#include "base/try.h"
#include "text/csv.h"
#include "text/json.h"
#include "text/yaml.h"

// CSV rows ----------------------------------------------------------------------------

typedef struct row_reader {
  dem_profiles *profiles;
  bool is_part; ///< The header stands in another file: a column's place is that of its row.
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
  if (dem_slice_is(dem_slice_trim(cell->text), "[]")) { // None, where an empty cell says nothing.
    nodes[0] = (dem_node){.kind = DEM_NODE_SEQUENCE, .place = cell->place, .items = items};
    return &nodes[0];
  }
  size_t begin = 0;
  for (size_t i = 0; i < count; ++i) {
    size_t end = begin;
    while (end < cell->text.size && text[end] != ';') {
      ++end;
    }
    nodes[i] = *cell;
    nodes[i].text = dem_slice_trim((dem_slice){text + begin, end - begin});
    nodes[i].style = DEM_SCALAR_PLAIN; // `unknown` in a table means what it means elsewhere.
    items[i] = &nodes[i];
    begin = end + 1;
  }
  if (count == 1) {
    return &nodes[0];
  }
  nodes[count] = (dem_node){.kind = DEM_NODE_SEQUENCE,
                            .place = cell->place,
                            .text = {text, cell->text.size}, // For who takes one text.
                            .count = count,
                            .items = items};
  return &nodes[count];
}

static dem_status read_row(void *context, const dem_node *header, const dem_node *cells,
                           size_t count)
{
  const row_reader *const reader = context;
  dem_profiles *const p = reader->profiles;
  dem_node *const root = DEM_ARENA_NEW(&p->arena, dem_node);
  dem_entry *const entries = DEM_ARENA_ARRAY(&p->arena, dem_entry, count);
  DEM_TRY_MEMORY(root);
  DEM_TRY_MEMORY(entries);
  for (size_t i = 0; i < count; ++i) {
    entries[i] = (dem_entry){.key = header[i].text,
                             .key_place = reader->is_part ? cells[i].place : header[i].place,
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
  row_reader rows = {p, false};
  const dem_profile_format named =
      format == DEM_PROFILE_AUTO ? dem_profile_format_of_name(name) : format;
  const bool is_told = format != DEM_PROFILE_AUTO;
  switch (is_told ? format : dem_profile_format_of_bytes(named, bytes)) {
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

dem_status dem_profiles_new(const dem_allocator *allocator, const dem_limits *limits,
                            dem_profiles **out)
{
  const dem_allocator a = allocator ? *allocator : dem_allocator_default();
  dem_profiles *const p = a.resize(a.context, NULL, 0, sizeof *p);
  *out = p;
  DEM_TRY_MEMORY(p);
  *p = (dem_profiles){.allocator = a, .limits = limits ? *limits : dem_limits_default()};
  const dem_allocator counted = dem_budget_init(&p->budget, a, p->limits.max_memory);
  dem_arena_init(&p->arena, counted);
  dem_files_init(&p->files, counted);
  dem_report_init(&p->report, a, &p->files);
  dem_vector_init(&p->roots, counted, sizeof(const dem_node *));
  return DEM_OK;
}

static dem_status finish(dem_status failure, dem_profiles **out)
{
  dem_status status = dem_budget_settle(&(*out)->budget, failure, &(*out)->report.diagnostics);
  dem_diagnostics_sort(&(*out)->report.diagnostics, &(*out)->files);
  if (status == DEM_OK && (*out)->roots.count == 0) {
    status = dem_diagnose(&(*out)->report.diagnostics, DEM_DIAG_EMPTY_DOCUMENT,
                          (dem_place){.file = {0}}, "there is no profile in it");
  }
  if (status == DEM_ERR_NO_MEMORY || (*out)->report.diagnostics.has_failed) {
    status = DEM_ERR_NO_MEMORY;
    dem_profiles_free(*out);
    *out = NULL;
  }
  return status;
}

dem_status dem_profiles_read(const char *name, const char *bytes, size_t size,
                             dem_profile_format format, const dem_allocator *allocator,
                             const dem_limits *limits, dem_profiles **profiles_out)
{
  DEM_TRY(dem_profiles_new(allocator, limits, profiles_out));
  const dem_status status =
      read_bytes(*profiles_out, dem_slice_of(name), (dem_slice){bytes, size}, format);
  return finish(status, profiles_out);
}

dem_status dem_profiles_read_file(const char *path, dem_profile_format format,
                                  const dem_allocator *allocator, const dem_limits *limits,
                                  dem_profiles **profiles_out)
{
  DEM_TRY(dem_profiles_new(allocator, limits, profiles_out));
  dem_profiles *const p = *profiles_out;
  dem_slice bytes = {0};
  dem_status status =
      dem_file_read(&p->arena, path, p->limits.max_bytes, &p->report.diagnostics, &bytes);
  if (status == DEM_OK) {
    status = read_bytes(p, dem_slice_of(path), bytes, format);
  }
  return status == DEM_ERR_IO ? status : finish(status, profiles_out);
}

// Records -----------------------------------------------------------------------------

static dem_status report_problem(dem_profiles *p, const dem_profile_record *record,
                                 dem_file_id file)
{
  const dem_diagnostic_code code = (dem_diagnostic_code)record->problem_code;
  const dem_place place = {.file = file, .line = 1, .column = 1, .length = 1};
  const dem_status status =
      dem_diagnose(&p->report.diagnostics, code, place, "%s", record->problem);
  if (code != DEM_DIAG_LIMIT) {
    dem_diagnose_note(&p->report.diagnostics, "what follows in this input is not read");
  }
  return status;
}

static dem_status read_record(dem_profiles *p, const dem_profile_stream *stream, dem_file_id file)
{
  const dem_reader_context context = {.arena = &p->arena,
                                      .files = &p->files,
                                      .diagnostics = &p->report.diagnostics,
                                      .limits = dem_limits_of_text(&p->limits),
                                      .refuses_aliases = true};
  row_reader rows = {p, true};
  const dem_node *root = NULL;
  switch (stream->format) {
  case DEM_PROFILE_JSON:
  case DEM_PROFILE_JSON_LINES:
    DEM_TRY(dem_json_read(&context, file, &root));
    return dem_vector_add(&p->roots, &root) ? DEM_OK : DEM_ERR_NO_MEMORY;
  case DEM_PROFILE_CSV:
    return dem_csv_read_rows(&context, file, &stream->header, read_row, &rows);
  case DEM_PROFILE_AUTO:
  case DEM_PROFILE_YAML:
    break;
  }
  return dem_yaml_read(&context, file, &p->roots);
}

static dem_status read_anew(dem_profiles *p, const dem_profile_stream *stream,
                            const dem_profile_record *record)
{
  dem_vector_reset(&p->roots);
  dem_diagnostics_reset(&p->report.diagnostics);
  dem_files_reset(&p->files);
  dem_arena_reset(&p->arena);
  const dem_slice bytes = {record->bytes, record->size};
  const dem_file_id file =
      dem_files_add_part(&p->files, stream->name, bytes, record->line, record->column);
  if (file.index == UINT32_MAX) {
    return DEM_ERR_NO_MEMORY;
  }
  const dem_status status =
      record->problem ? report_problem(p, record, file) : read_record(p, stream, file);
  return status == DEM_OK && p->roots.count != 1
             ? dem_diagnose(&p->report.diagnostics, DEM_DIAG_SYNTAX,
                            (dem_place){.file = file, .line = 1},
                            "%zu profiles stand where one is expected", p->roots.count)
             : status;
}

static void give_back(dem_profiles *p)
{
  dem_vector_clear(&p->roots);
  dem_files_clear(&p->files);
  dem_arena_clear(&p->arena);
}

dem_status dem_profiles_read_record(dem_profiles *profiles, const dem_profile_stream *stream,
                                    const dem_profile_record *record)
{
  dem_profiles *const p = profiles;
  dem_status status = read_anew(p, stream, record);
  if (status == DEM_ERR_NO_MEMORY && p->budget.is_reached) {
    // What earlier records left behind may not decide: once more without it.
    give_back(p);
    p->budget.is_reached = false;
    status = dem_budget_settle(&p->budget, read_anew(p, stream, record), &p->report.diagnostics);
  }
  dem_diagnostics_sort(&p->report.diagnostics, &p->files);
  return p->report.diagnostics.has_failed ? DEM_ERR_NO_MEMORY : status;
}

// The handle --------------------------------------------------------------------------

void dem_profiles_free(dem_profiles *profiles)
{
  if (!profiles) {
    return;
  }
  give_back(profiles);
  dem_report_clear(&profiles->report);
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
  const bool is_text = id && id->kind == DEM_NODE_SCALAR && !dem_node_is_null(id);
  return is_text && id->text.bytes ? id->text.bytes : "";
}
