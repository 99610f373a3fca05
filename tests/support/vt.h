// SPDX-License-Identifier: Apache-2.0

// A terminal in memory: what a person would see after a program's output.
// It knows what our program uses; anything else is a failure.

#ifndef SUPPORT_VT_H
#define SUPPORT_VT_H

#include <stdbool.h>
#include <stddef.h>

enum { VT_MOST_COLUMNS = 200, VT_MOST_ROWS = 100, VT_CELL = 24 };

/// A character with what combines with it, zero-terminated; empty in the second half of a wide one.
typedef struct vt_cell {
  char text[VT_CELL];
  bool is_blank;
} vt_cell;

typedef struct vt {
  size_t columns;
  size_t rows;
  vt_cell cells[VT_MOST_ROWS][VT_MOST_COLUMNS];
  bool is_wrapped[VT_MOST_ROWS]; ///< The row goes on in the next one.
  size_t row;
  size_t column;     ///< `columns`: the next character wraps.
  size_t scrolled;   ///< Rows that went out at the top.
  bool has_cursor;   ///< Shown.
  bool takes_pastes; ///< Bracketed.
  char pending[64];  ///< A sequence or a character that is not complete.
  size_t pending_size;
  char unknown[64]; ///< The first sequence that it does not know; empty for none.
} vt;

void vt_init(vt *t, size_t columns, size_t rows);
void vt_write(vt *t, const char *bytes, size_t size);

/// Change the size as terminals do that reflow: rows that were wrapped are joined and wrapped anew.
void vt_resize(vt *t, size_t columns, size_t rows);

/// The screen as text: a line a row, without blanks at the end, without empty rows at the end.
void vt_text(const vt *t, char *text, size_t size);

#endif
