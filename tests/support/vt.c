// SPDX-License-Identifier: Apache-2.0

// A terminal in memory.

#include "support/vt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

static void clear_cells(vt *t, size_t row, size_t first, size_t last)
{
  for (size_t i = first; i < last; ++i) {
    t->cells[row][i] = (vt_cell){.text = " ", .is_blank = true};
  }
}

static void clear_row(vt *t, size_t row)
{
  clear_cells(t, row, 0, VT_MOST_COLUMNS);
  t->is_wrapped[row] = false;
}

void vt_init(vt *t, size_t columns, size_t rows)
{
  *t = (vt){.columns = columns, .rows = rows, .has_cursor = true};
  for (size_t i = 0; i < VT_MOST_ROWS; ++i) {
    clear_row(t, i);
  }
}

static void scroll(vt *t)
{
  for (size_t i = 0; i + 1 < t->rows; ++i) {
    memcpy(t->cells[i], t->cells[i + 1], sizeof t->cells[i]);
    t->is_wrapped[i] = t->is_wrapped[i + 1];
  }
  clear_row(t, t->rows - 1);
  ++t->scrolled;
}

static void line_feed(vt *t)
{
  if (t->row + 1 == t->rows) {
    scroll(t);
  } else {
    ++t->row;
  }
}

static void put_character(vt *t, const char *text, size_t width)
{
  if (width == 0) { // Combines with what stands before it.
    vt_cell *const cell = &t->cells[t->row][t->column > 0 ? t->column - 1 : 0];
    if (strlen(cell->text) + strlen(text) < VT_CELL) {
      (void)strcat(cell->text, text);
    }
    return;
  }
  if (t->column + width > t->columns) {
    t->is_wrapped[t->row] = true;
    t->column = 0;
    line_feed(t);
  }
  vt_cell *const cell = &t->cells[t->row][t->column];
  *cell = (vt_cell){0};
  (void)snprintf(cell->text, sizeof cell->text, "%s", text);
  if (width == 2) {
    t->cells[t->row][t->column + 1] = (vt_cell){0};
  }
  t->column += width;
}

// Sequences -----------------------------------------------------------------------------

static void erase(vt *t, bool is_screen)
{
  clear_cells(t, t->row, t->column, VT_MOST_COLUMNS);
  t->is_wrapped[t->row] = false;
  for (size_t i = t->row + 1; is_screen && i < t->rows; ++i) {
    clear_row(t, i);
  }
}

static void move(vt *t, char direction, size_t count)
{
  t->column = t->column < t->columns ? t->column : t->columns - 1;
  if (direction == 'A') {
    t->row = count > t->row ? 0 : t->row - count;
  } else if (direction == 'B') {
    t->row = t->row + count < t->rows ? t->row + count : t->rows - 1;
  } else {
    t->column = t->column + count < t->columns ? t->column + count : t->columns - 1;
  }
}

static void set_mode(vt *t, const char *sequence, bool is_on)
{
  if (strncmp(sequence, "\x1b[?25", 5) == 0) {
    t->has_cursor = is_on;
  } else if (strncmp(sequence, "\x1b[?2004", 7) == 0) {
    t->takes_pastes = is_on;
  } else if (!t->unknown[0]) {
    (void)snprintf(t->unknown, sizeof t->unknown, "%s", sequence + 1);
  }
}

static void obey(vt *t, const char *sequence, char final)
{
  const size_t number = strtoul(sequence + 2, NULL, 10);
  switch (final) {
  case 'A':
  case 'B':
  case 'C':
    move(t, final, number ? number : 1);
    break;
  case 'J':
  case 'K':
    erase(t, final == 'J');
    break;
  case 'h':
  case 'l':
    set_mode(t, sequence, final == 'h');
    break;
  case 'm': // Colours are not seen here.
    break;
  default:
    if (!t->unknown[0]) {
      (void)snprintf(t->unknown, sizeof t->unknown, "%s", sequence + 1);
    }
  }
}

static void take_pending(vt *t)
{
  const unsigned char first = (unsigned char)t->pending[0];
  const char last = t->pending[t->pending_size - 1];
  t->pending[t->pending_size] = '\0';
  if (first == 0x1B) {
    if (t->pending_size > 2 && last >= 0x40) {
      t->pending_size = 0;
      obey(t, t->pending, last);
    }
    return;
  }
  utf8proc_int32_t point;
  if (utf8proc_iterate((const utf8proc_uint8_t *)t->pending, (utf8proc_ssize_t)t->pending_size,
                       &point) > 0) {
    t->pending_size = 0;
    put_character(t, t->pending, (size_t)utf8proc_charwidth(point));
  }
}

void vt_write(vt *t, const char *bytes, size_t size)
{
  for (size_t i = 0; i < size; ++i) {
    const unsigned char byte = (unsigned char)bytes[i];
    if (t->pending_size > 0 || byte == 0x1B || byte >= 0x20) {
      t->pending[t->pending_size++] = (char)byte;
      take_pending(t);
      t->pending_size %= sizeof t->pending - 1;
    } else if (byte == '\n') {
      line_feed(t);
    } else if (byte == '\r') {
      t->column = 0;
    }
  }
}

// Size ------------------------------------------------------------------------------------

/// Cells of a row that hold something.
static size_t row_size(const vt *t, size_t row)
{
  size_t size = t->is_wrapped[row] ? t->columns : VT_MOST_COLUMNS;
  while (size > 0 && t->cells[row][size - 1].is_blank) {
    --size;
  }
  return size;
}

/// Write a row again, and note where the cursor goes that was at `old`'s.
/// @param cursor_row  Counted from the first row ever, so that scrolling does not matter.
static void rewrite_row(vt *t, const vt *old, size_t row, size_t *cursor_row, size_t *cursor_column)
{
  const size_t size = row_size(old, row);
  const bool has_cursor = row == old->row;
  const size_t last = has_cursor && old->column > size ? old->column : size;
  for (size_t i = 0; i <= last; ++i) {
    if (has_cursor && i == old->column) {
      *cursor_row = t->scrolled + t->row;
      *cursor_column = t->column;
    }
    if (i < size && old->cells[row][i].text[0]) {
      const bool is_wide = i + 1 < VT_MOST_COLUMNS && !old->cells[row][i + 1].text[0];
      put_character(t, old->cells[row][i].text, is_wide ? 2 : 1);
    } else if (i < last && i >= size) {
      put_character(t, " ", 1);
    }
  }
}

/// The last row with something in it, or with the cursor.
static size_t last_row(const vt *t)
{
  size_t last = t->rows - 1;
  while (last > t->row && row_size(t, last) == 0) {
    --last;
  }
  return last;
}

void vt_resize(vt *t, size_t columns, size_t rows)
{
  static vt old; // Too large for the stack.
  old = *t;
  vt_init(t, columns, rows);
  t->has_cursor = old.has_cursor;
  t->takes_pastes = old.takes_pastes;
  size_t cursor_row = 0;
  size_t cursor_column = 0;
  const size_t last = last_row(&old);
  for (size_t i = 0; i <= last; ++i) {
    rewrite_row(t, &old, i, &cursor_row, &cursor_column);
    if (!old.is_wrapped[i] && i < last) {
      t->column = 0;
      line_feed(t);
    }
  }
  t->row = cursor_row > t->scrolled ? cursor_row - t->scrolled : 0;
  t->column = cursor_column;
}

void vt_text(const vt *t, char *text, size_t size)
{
  size_t used = 0;
  size_t end = 0; // Behind the last row with something in it.
  for (size_t row = 0; row < t->rows; ++row) {
    const size_t count = row_size(t, row) < t->columns ? row_size(t, row) : t->columns;
    for (size_t i = 0; i < count && used + VT_CELL < size; ++i) {
      used += (size_t)snprintf(text + used, size - used, "%s", t->cells[row][i].text);
    }
    text[used++] = '\n';
    end = count > 0 ? used : end;
  }
  text[end] = '\0';
}
