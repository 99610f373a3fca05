// SPDX-License-Identifier: Apache-2.0

// Paints a frame inline, by the cursor's relative movements alone: where on the
// terminal the frame stands is never asked.

#include "ask/screen.h"

#include <stdio.h>
#include <string.h>

static void add_move(text *out, size_t count, char direction)
{
  char sequence[32];
  if (count > 0) {
    (void)snprintf(sequence, sizeof sequence, "\x1b[%zu%c", count, direction);
    text_add(out, sequence);
  }
}

/// To the frame's first column and line.
static void go_home(const screen *s, text *out)
{
  text_add(out, "\r");
  add_move(out, s->row, 'A');
}

static bool is_same(const frame_line *a, const frame_line *b)
{
  return a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0;
}

static void add_line(const screen *s, const frame *f, size_t i, text *out)
{
  const bool is_old = s->is_painted && i < s->shown.count;
  if (i > 0) {
    text_add(out, "\r\n");
  }
  if (!is_old || !is_same(&s->shown.lines[i], &f->lines[i])) {
    (void)text_write(out, f->lines[i].bytes, f->lines[i].size);
    text_add(out, "\x1b[K");
  }
}

static void place_cursor(screen *s, const frame *f, text *out)
{
  const size_t last = f->count > 0 ? f->count - 1 : 0;
  s->row = f->cursor_line < last ? f->cursor_line : last;
  s->column = f->cursor_column;
  add_move(out, last - s->row, 'A');
  text_add(out, "\r");
  add_move(out, s->column, 'C');
  text_add(out, f->has_cursor ? "\x1b[?25h" : "");
}

void screen_paint(screen *s, frame *f, text *out)
{
  text_add(out, "\x1b[?25l");
  if (s->is_painted) {
    go_home(s, out);
  }
  for (size_t i = 0; i < f->count; ++i) {
    add_line(s, f, i, out);
  }
  if (s->is_painted && s->shown.count > f->count) {
    text_add(out, "\r\n\x1b[J");
    add_move(out, 1, 'A');
  }
  place_cursor(s, f, out);
  const frame before = s->shown;
  s->shown = *f;
  s->is_painted = true;
  *f = before; // Its memory serves for the next one.
}

void screen_wipe(screen *s, text *out)
{
  if (s->is_painted) {
    go_home(s, out);
    text_add(out, "\x1b[J");
  }
  text_add(out, "\x1b[?25h");
  s->is_painted = false;
  s->row = s->column = 0;
}

/// Rows that a line of `columns` takes on a terminal `width` columns wide.
static size_t rows_of(size_t columns, size_t width)
{
  return columns == 0 ? 1 : (columns + width - 1) / width;
}

void screen_resize(screen *s, size_t width, text *out)
{
  // Terminals that reflow wrap the lines that are too long now. One that does not has cut them,
  // and some lines above the frame are wiped with it.
  size_t row = 0;
  for (size_t i = 0; i < s->row && i < s->shown.count; ++i) {
    row += rows_of(s->shown.lines[i].width, width);
  }
  s->row = row + s->column / width;
  screen_wipe(s, out);
}

void screen_leave(screen *s, text *out)
{
  if (s->is_painted) {
    const size_t last = s->shown.count > 0 ? s->shown.count - 1 : 0;
    add_move(out, last - s->row, 'B');
    text_add(out, "\r\n");
  }
  text_add(out, "\x1b[?25h");
  s->is_painted = false;
  s->row = s->column = 0;
}

void screen_clear(screen *s)
{
  frame_clear(&s->shown);
}
