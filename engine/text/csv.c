// SPDX-License-Identifier: Apache-2.0

// CSV (RFC 4180) → rows, by libcsv.
//
// Spaces belong to a cell, as RFC 4180 says, but for the names of columns. Fed a line at a time, so
// that the line of a row is known; libcsv does not tell columns, so a cell's place is its line, and
// messages name its column.

#include "text/csv.h"

#include <csv.h>

#include "base/buffer.h"
#include "base/symbol.h"
#include "base/try.h"
#include "text/check.h"

/// A cell of the row that is being read: where its text lies in `texts`.
typedef struct cell {
  size_t begin;
  size_t size;
  bool is_null; ///< Empty, without quotes.
} cell;

typedef struct reader {
  const dem_reader_context *context;
  dem_file_id file;
  dem_csv_row *on_row;
  void *row_context;
  dem_buffer texts;
  dem_vector cells; ///< cell
  dem_vector nodes; ///< dem_node, one a cell.
  const dem_node *header;
  size_t column_count; ///< Of the header.
  uint32_t line;       ///< That is being fed.
  uint32_t row_line;   ///< Where the row began; 0 before its first cell.
  dem_status status;
  bool has_errors;
} reader;

static void take_cell(void *text, size_t size, void *context)
{
  reader *const r = context;
  const cell c = {r->texts.size, size, text == NULL};
  r->row_line = r->row_line ? r->row_line : r->line;
  dem_buffer_add(&r->texts, (dem_slice){text, text ? size : 0});
  if (!dem_vector_add(&r->cells, &c) || r->texts.has_failed) {
    r->status = DEM_ERR_NO_MEMORY;
  }
}

static dem_place row_place(const reader *r)
{
  return (dem_place){.file = r->file, .line = r->row_line};
}

static dem_status fill_nodes(reader *r)
{
  dem_vector_reset(&r->nodes);
  for (size_t i = 0; i < r->cells.count; ++i) {
    const cell c = DEM_VECTOR_AT(&r->cells, cell, i);
    const dem_node node = {
        .kind = DEM_NODE_SCALAR,
        .style = c.is_null ? DEM_SCALAR_PLAIN : DEM_SCALAR_QUOTED,
        .place = row_place(r),
        .text = {c.size ? r->texts.bytes + c.begin : "", c.is_null ? 0 : c.size}};
    if (!dem_vector_add(&r->nodes, &node)) {
      return DEM_ERR_NO_MEMORY;
    }
  }
  return DEM_OK;
}

/// A table as spreadsheets write it where the comma is a decimal point: nothing else in it would be
/// understood.
static dem_status check_separator(reader *r, size_t count)
{
  const dem_slice first = DEM_VECTOR_AT(&r->nodes, dem_node, 0).text;
  const bool is_one = count == 1 && first.size > 0;
  const bool has_semicolon = is_one && memchr(first.bytes, ';', first.size);
  if (!has_semicolon && !(is_one && memchr(first.bytes, '\t', first.size))) {
    return DEM_OK;
  }
  const dem_status status =
      dem_diagnose(r->context->diagnostics, DEM_DIAG_CSV_SHAPE, row_place(r),
                   "the columns are separated by %s, but ',' separates the cells of a table",
                   has_semicolon ? "';'" : "tabs");
  dem_diagnose_note(r->context->diagnostics,
                    "a spreadsheet asks for it when it saves: 'CSV (comma delimited)', or the "
                    "separator ','");
  return status;
}

/// As a spreadsheet leaves behind where a column was emptied.
static dem_status report_nameless(reader *r, size_t column)
{
  r->has_errors = true;
  (void)dem_diagnose(r->context->diagnostics, DEM_DIAG_CSV_SHAPE, row_place(r),
                     "column %zu has no name", column + 1);
  dem_diagnose_note(r->context->diagnostics, "name it, or take the column away in every row");
  return DEM_OK;
}

static dem_status check_names(reader *r, const dem_node *header, size_t count)
{
  dem_symbols *const names = dem_symbols_new(r->context->arena->allocator, NULL);
  DEM_TRY_MEMORY(names);
  dem_status status = DEM_OK;
  for (uint32_t i = 0, known = 0; i < count && status == DEM_OK; ++i) {
    const dem_slice name = header[i].text;
    if (name.size == 0) {
      status = report_nameless(r, i);
      continue;
    }
    const dem_symbol symbol = dem_symbols_intern(names, name);
    if (dem_symbol_is_none(symbol)) {
      status = DEM_ERR_NO_MEMORY;
    } else if (symbol.index == known) {
      ++known;
    } else {
      r->has_errors = true;
      (void)dem_diagnose(r->context->diagnostics, DEM_DIAG_DUPLICATE_KEY, row_place(r),
                         "two columns are called '%.*s'", (int)name.size, name.bytes);
    }
  }
  dem_symbols_free(names);
  return status;
}

static dem_status keep_header(reader *r)
{
  const size_t count = r->nodes.count;
  DEM_TRY(check_separator(r, count));
  dem_node *const header = DEM_ARENA_ARRAY(r->context->arena, dem_node, count);
  DEM_TRY_MEMORY(header);
  r->header = header;
  r->column_count = count;
  for (size_t i = 0; i < count; ++i) {
    header[i] = DEM_VECTOR_AT(&r->nodes, dem_node, i);
    const dem_slice text = dem_slice_trim(header[i].text);
    header[i].text = (dem_slice){dem_arena_copy(r->context->arena, text), text.size};
    DEM_TRY_MEMORY(header[i].text.bytes);
  }
  return check_names(r, header, count);
}

static dem_status take_nodes(reader *r)
{
  if (!r->header) {
    return keep_header(r);
  }
  if (r->nodes.count != r->column_count) {
    r->has_errors = true;
    (void)dem_diagnose(r->context->diagnostics, DEM_DIAG_CSV_SHAPE, row_place(r),
                       "%zu cell%s, but the header has %zu", r->nodes.count,
                       r->nodes.count == 1 ? "" : "s", r->column_count);
    dem_diagnose_note(r->context->diagnostics, "%s",
                      r->nodes.count > r->column_count
                          ? "a cell with a ',' in it is put in double quotes"
                          : "a cell with nothing in it is separated by a ',', too");
    return DEM_OK;
  }
  return r->on_row(r->row_context, r->header, r->nodes.items, r->column_count);
}

/// A line of nothing but spaces, where more than one cell is expected.
static bool is_blank(const reader *r)
{
  const dem_slice texts = {r->texts.bytes, r->texts.size};
  return r->cells.count == 1 && r->column_count != 1 && dem_slice_trim(texts).size == 0;
}

static void take_row(int end, void *context)
{
  (void)end;
  reader *const r = context;
  const bool is_row = r->cells.count && !is_blank(r);
  if (r->status == DEM_OK && is_row) {
    r->status = fill_nodes(r);
  }
  if (r->status == DEM_OK && is_row) {
    r->status = take_nodes(r);
  }
  dem_buffer_reset(&r->texts);
  dem_vector_reset(&r->cells);
  r->row_line = 0;
}

static dem_status report_quote(reader *r, struct csv_parser *parser)
{
  if (csv_error(parser) == CSV_ENOMEM) {
    return DEM_ERR_NO_MEMORY;
  }
  const dem_place place = {.file = r->file, .line = r->row_line ? r->row_line : r->line};
  const dem_status status = dem_diagnose(r->context->diagnostics, DEM_DIAG_CSV_SHAPE, place,
                                         "a quote is not closed, or stands inside a cell");
  dem_diagnose_note(r->context->diagnostics,
                    "a cell with a quote in it is quoted, and its quotes are doubled; between a "
                    "quote and a ',' stands nothing, not even a space");
  return status;
}

/// Texts end where a NUL is in C: no cell may hold one.
static dem_status report_nul(reader *r)
{
  const dem_place place = {.file = r->file, .line = r->line};
  const dem_status status =
      dem_diagnose(r->context->diagnostics, DEM_DIAG_CSV_SHAPE, place, "a NUL byte");
  dem_diagnose_note(r->context->diagnostics, "is this UTF-16? save the file as UTF-8");
  return status;
}

static bool is_empty(dem_slice line)
{
  return dem_slice_is(line, "\n") || dem_slice_is(line, "\r\n");
}

static dem_status feed(reader *r, struct csv_parser *parser, dem_slice bytes)
{
  size_t at = 0;
  while (at < bytes.size && r->status == DEM_OK) {
    const char *const newline = memchr(bytes.bytes + at, '\n', bytes.size - at);
    const size_t end = newline ? (size_t)(newline - bytes.bytes) + 1 : bytes.size;
    ++r->line;
    r->row_line = r->row_line ? r->row_line : r->line;
    if (memchr(bytes.bytes + at, '\0', end - at)) {
      return report_nul(r);
    }
    if (csv_parse(parser, bytes.bytes + at, end - at, take_cell, take_row, r) != end - at) {
      return report_quote(r, parser);
    }
    if (r->row_line == r->line && is_empty((dem_slice){bytes.bytes + at, end - at})) {
      r->row_line = 0; // No row, and none begins here.
    }
    at = end;
  }
  DEM_TRY(r->status);
  if (csv_fini(parser, take_cell, take_row, r) != 0) {
    return report_quote(r, parser);
  }
  return r->status;
}

/// Nothing is white space that libcsv should take away.
static int is_space(unsigned char byte)
{
  (void)byte;
  return 0;
}

static dem_status read_all(reader *r, dem_slice bytes)
{
  const size_t bom = bytes.size >= 3 && memcmp(bytes.bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  struct csv_parser parser;
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL) != 0) {
    return DEM_ERR_NO_MEMORY;
  }
  csv_set_space_func(&parser, is_space);
  const dem_status status = feed(r, &parser, (dem_slice){bytes.bytes + bom, bytes.size - bom});
  csv_free(&parser);
  if (status == DEM_OK && !r->header) {
    return dem_diagnose(r->context->diagnostics, DEM_DIAG_EMPTY_DOCUMENT,
                        (dem_place){.file = r->file}, "no header: the first row names the columns");
  }
  return status == DEM_OK && r->has_errors ? DEM_ERR_INVALID : status;
}

/// @param r  Knows its context, file and rows.
static dem_status read_file(reader *r)
{
  const dem_reader_context *const context = r->context;
  DEM_TRY(dem_text_check(context, r->file));
  const dem_allocator allocator = context->arena->allocator;
  dem_buffer_init(&r->texts, allocator);
  dem_vector_init(&r->cells, allocator, sizeof(cell));
  dem_vector_init(&r->nodes, allocator, sizeof(dem_node));
  const dem_status status = read_all(r, dem_files_bytes(context->files, r->file));
  dem_vector_clear(&r->nodes);
  dem_vector_clear(&r->cells);
  dem_buffer_clear(&r->texts);
  return status;
}

dem_status dem_csv_read(const dem_reader_context *context, dem_file_id file, dem_csv_row *on_row,
                        void *row_context)
{
  reader r = {.context = context, .file = file, .on_row = on_row, .row_context = row_context};
  return read_file(&r);
}

static dem_status pass_over(void *context, const dem_node *header, const dem_node *cells,
                            size_t count)
{
  (void)context;
  (void)header;
  (void)cells;
  (void)count;
  return DEM_OK;
}

dem_status dem_csv_read_header(const dem_reader_context *context, dem_file_id file,
                               dem_csv_header *header_out)
{
  reader r = {.context = context, .file = file, .on_row = pass_over};
  DEM_TRY(read_file(&r));
  *header_out = (dem_csv_header){r.header, r.column_count};
  return DEM_OK;
}

dem_status dem_csv_read_rows(const dem_reader_context *context, dem_file_id file,
                             const dem_csv_header *header, dem_csv_row *on_row, void *row_context)
{
  reader r = {.context = context,
              .file = file,
              .on_row = on_row,
              .row_context = row_context,
              .header = header->names,
              .column_count = header->count,
              .row_line = 1}; // Known, where libcsv tells it only at the end of the first cell.
  return read_file(&r);
}
