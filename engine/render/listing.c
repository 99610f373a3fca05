// SPDX-License-Identifier: Apache-2.0

// Tables and things in full as text, JSON and CSV.
//
// In text, a column is as wide as its widest cell; columns without any value are left out, and so
// is a column in which every cell says the same as the one before it.

#include "render/listing.h"

#include <stdio.h>
#include <string.h>

#include "base/unicode.h"
#include "render/escape.h"
#include "render/json_writer.h"

enum {
  GAP = 2,          // Between two columns.
  WIDEST = 64,      // A wider cell moves the rest of its own line, not of all others.
  DETAIL_WIDTH = 12 // Of a detail's name.
};

static const char *cell_at(const dem_listing *listing, size_t row, size_t column)
{
  return listing->cells[row * listing->column_count + column];
}

// Lines of text -----------------------------------------------------------------------------

/// A line being built, to be cut at the terminal's edge.
typedef struct line {
  const dem_browse_options *options;
  dem_buffer *out;
  dem_buffer text;
  size_t width;
} line;

static void add_text(line *l, const char *text)
{
  const size_t before = l->text.size;
  dem_escape_terminal(dem_slice_of(text), &l->text);
  l->width += dem_unicode_text_width((dem_slice){l->text.bytes + before, l->text.size - before});
}

static void add_blanks(line *l, size_t width)
{
  while (l->width < width) {
    dem_buffer_add_char(&l->text, ' ');
    ++l->width;
  }
}

/// Bytes of the longest beginning of a line that takes at most `width` columns.
static size_t fitting_size(dem_slice text, size_t width)
{
  size_t size = 0;
  size_t used = 0;
  for (size_t i = 0; i < text.size;) {
    used += dem_unicode_width(dem_unicode_next(text, &i));
    if (used > width) {
      break;
    }
    size = i;
  }
  return size;
}

static void end_line(line *l, const char *style)
{
  dem_slice text = dem_buffer_slice(&l->text);
  while (text.size > 0 && text.bytes[text.size - 1] == ' ') {
    --text.size;
  }
  const size_t width = l->options->width;
  const bool is_cut = width > 1 && dem_unicode_text_width(text) > width;
  const bool has_style = l->options->has_color && style[0];
  text.size = is_cut ? fitting_size(text, width - 1) : text.size;
  dem_buffer_add_text(l->out, has_style ? style : "");
  dem_buffer_add(l->out, text);
  dem_buffer_add_text(l->out, is_cut ? "…" : "");
  dem_buffer_add_text(l->out, has_style ? "\x1b[0m\n" : "\n");
  l->out->has_failed = l->out->has_failed || l->text.has_failed;
  dem_buffer_reset(&l->text);
  l->width = 0;
}

#define STYLE_TITLE "\x1b[1;36m"
#define STYLE_DIM "\x1b[2m"

// Tables as text ------------------------------------------------------------------------------

/// A column is shown if it has a value, and not just what the column before it has.
static bool is_shown(const dem_listing *listing, size_t column)
{
  bool has_value = false;
  bool is_new = column == 0;
  for (size_t row = 0; row < listing->row_count; ++row) {
    const char *const cell = cell_at(listing, row, column);
    has_value = has_value || cell[0] != '\0';
    is_new = is_new || strcmp(cell, cell_at(listing, row, column - 1)) != 0;
  }
  // That all are in force goes without saying.
  for (size_t row = 0; strcmp(listing->columns[column].name, "in_force") == 0; ++row) {
    if (row == listing->row_count) {
      return false;
    }
    if (strcmp(cell_at(listing, row, column), "true") != 0) {
      break;
    }
  }
  return has_value && is_new;
}

static size_t width_of(const dem_listing *listing, size_t column)
{
  size_t widest = dem_unicode_text_width(dem_slice_of(listing->columns[column].name));
  for (size_t row = 0; row < listing->row_count; ++row) {
    const size_t width = dem_unicode_text_width(dem_slice_of(cell_at(listing, row, column)));
    widest = width > widest && width <= WIDEST ? width : widest;
  }
  return widest;
}

enum { MOST_COLUMNS = 160 }; // More than a relation's fields with their labels.

static void add_header(line *l, const dem_listing *listing, const size_t *widths, size_t indent)
{
  size_t column_end = indent;
  add_blanks(l, indent);
  for (size_t c = 0; c < listing->column_count && c < MOST_COLUMNS; ++c) {
    if (widths[c] > 0) {
      add_text(l, listing->columns[c].name);
      column_end += widths[c] + GAP;
      add_blanks(l, column_end);
    }
  }
  end_line(l, STYLE_DIM);
}

static void add_rows(line *l, const dem_listing *listing, size_t indent, bool has_header)
{
  size_t widths[MOST_COLUMNS] = {0}; // 0: not shown.
  for (size_t c = 0; c < listing->column_count && c < MOST_COLUMNS; ++c) {
    widths[c] = is_shown(listing, c) ? width_of(listing, c) : 0;
  }
  if (has_header) {
    add_header(l, listing, widths, indent);
  }
  for (size_t row = 0; row < listing->row_count; ++row) {
    size_t column_end = indent;
    add_blanks(l, indent);
    for (size_t c = 0; c < listing->column_count && c < MOST_COLUMNS; ++c) {
      if (widths[c] == 0) {
        continue;
      }
      add_text(l, cell_at(listing, row, c));
      column_end += widths[c] + GAP;
      add_blanks(l, l->width + GAP > column_end ? l->width + GAP : column_end);
    }
    end_line(l, "");
  }
}

static void list_text(const dem_listing *listing, const dem_browse_options *options,
                      dem_buffer *out)
{
  line l = {.options = options, .out = out};
  dem_buffer_init(&l.text, out->allocator);
  if (listing->row_count > 0) {
    add_rows(&l, listing, 0, options->has_header);
  } else {
    add_text(&l, "none");
    end_line(&l, "");
  }
  dem_buffer_clear(&l.text);
}

static void add_title(line *l, const dem_pack_item *entry)
{
  add_text(l, entry->label);
  if (strcmp(entry->label, entry->id) != 0) {
    add_text(l, " (");
    add_text(l, entry->kind);
    add_text(l, " ");
    add_text(l, entry->id);
    add_text(l, ")");
  } else {
    add_text(l, " (");
    add_text(l, entry->kind);
    add_text(l, ")");
  }
  end_line(l, STYLE_TITLE);
}

static void describe_text(const dem_description *description, const dem_browse_options *options,
                          dem_buffer *out)
{
  line l = {.options = options, .out = out};
  dem_buffer_init(&l.text, out->allocator);
  add_title(&l, &description->entry);
  for (size_t i = 0; i < description->detail_count; ++i) {
    const dem_detail *const detail = &description->details[i];
    add_text(&l, "  ");
    add_text(&l, detail->name);
    add_blanks(&l, 2 + DETAIL_WIDTH);
    add_blanks(&l, l.width + (l.text.bytes && l.text.bytes[l.text.size - 1] != ' ' ? 1 : 0));
    add_text(&l, detail->value);
    if (detail->label[0]) {
      add_text(&l, "  ");
      add_text(&l, detail->label);
    }
    end_line(&l, "");
  }
  for (size_t i = 0; i < description->listing_count; ++i) {
    const dem_listing *const listing = &description->listings[i];
    char count[32];
    dem_buffer_add_char(out, '\n');
    add_text(&l, listing->title);
    (void)snprintf(count, sizeof count, " (%zu)", listing->row_count);
    add_text(&l, count);
    end_line(&l, STYLE_TITLE);
    add_rows(&l, listing, 2, true);
  }
  dem_buffer_clear(&l.text);
}

// JSON ----------------------------------------------------------------------------------------

static void add_json_rows(dem_json_writer *json, const dem_listing *listing)
{
  dem_json_begin_array(json);
  for (size_t row = 0; row < listing->row_count; ++row) {
    dem_json_begin_object(json);
    for (size_t c = 0; c < listing->column_count; ++c) {
      const dem_slice cell = dem_slice_of(cell_at(listing, row, c));
      if (cell.size == 0) {
        continue;
      }
      dem_json_key(json, listing->columns[c].name);
      if (listing->columns[c].is_number) {
        dem_json_word(json, cell);
      } else {
        dem_json_string(json, cell);
      }
    }
    dem_json_end_object(json);
  }
  dem_json_end_array(json);
}

static void list_json(const dem_listing *listing, dem_buffer *out)
{
  dem_json_writer json = dem_json_writer_on(out, true);
  add_json_rows(&json, listing);
  dem_buffer_add_char(out, '\n');
}

static void describe_json(const dem_description *description, dem_buffer *out)
{
  dem_json_writer json = dem_json_writer_on(out, true);
  dem_json_begin_object(&json);
  dem_json_pair(&json, "kind", dem_slice_of(description->entry.kind));
  dem_json_pair(&json, "id", dem_slice_of(description->entry.id));
  dem_json_pair(&json, "label", dem_slice_of(description->entry.label));
  dem_json_key(&json, "details");
  dem_json_begin_array(&json);
  for (size_t i = 0; i < description->detail_count; ++i) {
    const dem_detail *const detail = &description->details[i];
    dem_json_begin_object(&json);
    dem_json_pair(&json, "name", dem_slice_of(detail->name));
    dem_json_pair(&json, "value", dem_slice_of(detail->value));
    dem_json_pair(&json, "label", dem_slice_of(detail->label));
    dem_json_end_object(&json);
  }
  dem_json_end_array(&json);
  dem_json_key(&json, "lists");
  dem_json_begin_array(&json);
  for (size_t i = 0; i < description->listing_count; ++i) {
    dem_json_begin_object(&json);
    dem_json_pair(&json, "title", dem_slice_of(description->listings[i].title));
    dem_json_key(&json, "rows");
    add_json_rows(&json, &description->listings[i]);
    dem_json_end_object(&json);
  }
  dem_json_end_array(&json);
  dem_json_end_object(&json);
  dem_buffer_add_char(out, '\n');
}

// CSV -----------------------------------------------------------------------------------------

static void add_cell(const char *text, const char *before, dem_buffer *out)
{
  dem_buffer_add_text(out, before);
  dem_escape_csv_cell(dem_slice_of(text), out);
}

static void list_csv(const dem_listing *listing, dem_buffer *out)
{
  for (size_t c = 0; c < listing->column_count; ++c) {
    add_cell(listing->columns[c].name, c == 0 ? "" : ",", out);
  }
  dem_buffer_add_char(out, '\n');
  for (size_t row = 0; row < listing->row_count; ++row) {
    for (size_t c = 0; c < listing->column_count; ++c) {
      const char *const cell = cell_at(listing, row, c);
      if (listing->columns[c].is_number) { // "-5" is no formula.
        dem_buffer_add_text(out, c == 0 ? "" : ",");
        dem_buffer_add_text(out, cell);
      } else {
        add_cell(cell, c == 0 ? "" : ",", out);
      }
    }
    dem_buffer_add_char(out, '\n');
  }
}

static void add_value(const char *list, size_t row, const char *field, const char *value,
                      dem_buffer *out)
{
  if (value[0]) {
    add_cell(list, "", out);
    dem_buffer_add_format(out, ",%zu", row);
    add_cell(field, ",", out);
    add_cell(value, ",", out);
    dem_buffer_add_char(out, '\n');
  }
}

static void describe_csv(const dem_description *description, dem_buffer *out)
{
  dem_buffer_add_text(out, "list,row,field,value\n");
  for (size_t i = 0; i < description->detail_count; ++i) {
    add_value("", 0, description->details[i].name, description->details[i].value, out);
  }
  for (size_t i = 0; i < description->listing_count; ++i) {
    const dem_listing *const listing = &description->listings[i];
    for (size_t row = 0; row < listing->row_count; ++row) {
      for (size_t c = 0; c < listing->column_count; ++c) {
        add_value(listing->title, row + 1, listing->columns[c].name, cell_at(listing, row, c), out);
      }
    }
  }
}

// All -----------------------------------------------------------------------------------------

void dem_listing_add(const dem_listing *listing, const dem_browse_options *options, dem_buffer *out)
{
  switch (options->format) {
  case DEM_BROWSE_TEXT:
    list_text(listing, options, out);
    return;
  case DEM_BROWSE_JSON:
    list_json(listing, out);
    return;
  case DEM_BROWSE_CSV:
    list_csv(listing, out);
    return;
  }
}

void dem_description_add(const dem_description *description, const dem_browse_options *options,
                         dem_buffer *out)
{
  switch (options->format) {
  case DEM_BROWSE_TEXT:
    describe_text(description, options, out);
    return;
  case DEM_BROWSE_JSON:
    describe_json(description, out);
    return;
  case DEM_BROWSE_CSV:
    describe_csv(description, out);
    return;
  }
}
