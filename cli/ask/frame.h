// SPDX-License-Identifier: Apache-2.0

// What a terminal is to show: lines with their styles, and where the cursor stands.

#ifndef CLI_ASK_FRAME_H
#define CLI_ASK_FRAME_H

#include <stdbool.h>
#include <stddef.h>

typedef enum frame_style {
  FRAME_PLAIN,
  FRAME_STRONG,
  FRAME_DIM,
  FRAME_CURSOR,  ///< The line that the cursor is on.
  FRAME_CAUTION, ///< What went wrong.
} frame_style;

typedef struct frame_line {
  char *bytes; ///< With escape sequences; owned.
  size_t size;
  size_t width; ///< Columns that it takes.
} frame_line;

typedef struct frame {
  frame_line *lines; ///< Owned.
  size_t count;
  size_t capacity;
  size_t width; ///< Columns that a line may take.
  bool has_color;
  bool has_cursor;    ///< The terminal's cursor is shown,
  size_t cursor_line; ///< in this line,
  size_t cursor_column;
  bool has_failed; ///< Memory ran out; something is missing.
} frame;

/// Forget the lines and begin anew.
void frame_begin(frame *f, size_t width, bool has_color);
void frame_clear(frame *f);

/// Append one line: clean words of a style after a plain lead.
void frame_add(frame *f, const char *lead, frame_style style, const char *bytes, size_t size);

/// Append a paragraph, wrapped; `lead` stands before its first line, blanks before the others.
void frame_add_wrapped(frame *f, const char *lead, frame_style style, const char *words);

/// Lines that frame_add_wrapped would append.
size_t frame_wrapped_count(size_t width, size_t lead_width, const char *words);

/// Drop `count` lines from line `first` on.
void frame_drop(frame *f, size_t first, size_t count);

#endif
