// SPDX-License-Identifier: Apache-2.0

// What a terminal is to show: lines with their styles.

#include "ask/frame.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ask/columns.h"

void frame_begin(frame *f, size_t width, bool has_color)
{
  frame_drop(f, 0, f->count);
  f->width = width;
  f->has_color = has_color;
  f->has_cursor = f->has_failed = false;
  f->cursor_line = f->cursor_column = 0;
}

void frame_clear(frame *f)
{
  frame_drop(f, 0, f->count);
  free(f->lines);
  *f = (frame){0};
}

void frame_drop(frame *f, size_t first, size_t count)
{
  for (size_t i = first; i < first + count; ++i) {
    free(f->lines[i].bytes);
  }
  for (size_t i = first; i + count < f->count; ++i) {
    f->lines[i] = f->lines[i + count];
  }
  f->count -= count;
}

/// "Select graphic rendition" of ECMA-48.
static const char *sequence(frame_style style)
{
  switch (style) {
  case FRAME_PLAIN:
    return "";
  case FRAME_STRONG:
    return "\x1b[1m";
  case FRAME_DIM:
    return "\x1b[2m";
  case FRAME_CURSOR:
    return "\x1b[1;36m";
  case FRAME_CAUTION:
    return "\x1b[33m";
  }
  return "";
}

static void add_line(frame *f, const text *t, size_t width)
{
  if (f->count == f->capacity) {
    const size_t capacity = f->capacity ? f->capacity * 2 : 32;
    frame_line *const lines = realloc(f->lines, capacity * sizeof *lines);
    if (!lines) {
      f->has_failed = true;
      return;
    }
    f->lines = lines;
    f->capacity = capacity;
  }
  char *const bytes = malloc(t->size + 1);
  if (!bytes || t->has_failed) {
    free(bytes);
    f->has_failed = true;
    return;
  }
  if (t->size > 0) {
    memcpy(bytes, t->bytes, t->size);
  }
  bytes[t->size] = '\0';
  f->lines[f->count++] = (frame_line){bytes, t->size, width};
}

void frame_add(frame *f, const char *lead, frame_style style, const char *bytes, size_t size)
{
  text t = {0};
  const size_t lead_width = columns_of(lead);
  const size_t room = f->width > lead_width ? f->width - lead_width : 0;
  const size_t fit = columns_fit(bytes, size, room);
  const bool is_styled = f->has_color && style != FRAME_PLAIN && fit > 0;
  const bool is_cursor = style == FRAME_CURSOR; // Its mark is part of the line.
  text_add(&t, is_styled && is_cursor ? sequence(style) : "");
  text_add(&t, lead);
  text_add(&t, is_styled && !is_cursor ? sequence(style) : "");
  (void)text_write(&t, bytes, fit);
  text_add(&t, is_styled ? "\x1b[0m" : "");
  add_line(f, &t, lead_width + columns_of_bytes(bytes, fit));
  text_clear(&t);
}

void frame_add_wrapped(frame *f, const char *lead, frame_style style, const char *words)
{
  char blanks[64];
  const size_t lead_width = columns_of(lead);
  const size_t room = f->width > lead_width + 1 ? f->width - lead_width : 1;
  size_t offset = 0;
  size_t size;
  bool is_first = true;
  (void)snprintf(blanks, sizeof blanks, "%*s", (int)lead_width, "");
  for (const char *line; (line = columns_wrap(words, room, &offset, &size)); is_first = false) {
    frame_add(f, is_first ? lead : blanks, style, line, size);
  }
}

size_t frame_wrapped_count(size_t width, size_t lead_width, const char *words)
{
  const size_t room = width > lead_width + 1 ? width - lead_width : 1;
  size_t offset = 0;
  size_t size;
  size_t count = 0;
  while (columns_wrap(words, room, &offset, &size)) {
    ++count;
  }
  return count;
}
