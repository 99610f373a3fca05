// SPDX-License-Identifier: Apache-2.0

// Paints a frame inline: below what the terminal shows already, over the frame of
// before. No alternate screen: what was there, and what was settled, stays.

#ifndef CLI_ASK_SCREEN_H
#define CLI_ASK_SCREEN_H

#include "ask/frame.h"
#include "text.h"

typedef struct screen {
  frame shown;     ///< What stands on the terminal.
  bool is_painted; ///< Else nothing of it does.
  size_t row;      ///< Line of the frame that the terminal's cursor is in.
  size_t column;   ///< Column of it.
} screen;

/// Append the bytes that turn what is shown into `f`, and take its lines. Writes only the lines
/// that differ.
void screen_paint(screen *s, frame *f, text *out);

/// The terminal became `width` columns wide, which may have wrapped lines: wipe the frame.
void screen_resize(screen *s, size_t width, text *out);

/// Wipe the frame. The cursor then stands where it began.
void screen_wipe(screen *s, text *out);

/// Leave the frame as it stands and go below it.
void screen_leave(screen *s, text *out);

void screen_clear(screen *s);

#endif
