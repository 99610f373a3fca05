// SPDX-License-Identifier: Apache-2.0

// Paragraphs for a terminal: words wrapped to a width that counts what people
// see (wide and combining characters), with hanging indents and styles.
//
//   dem_wrap_begin(&wrap, "  1. ", 5);       first line's margin, the others' indent
//   dem_wrap_add(&wrap, DEM_STYLE_STRONG, label);
//   dem_wrap_add(&wrap, DEM_STYLE_PLAIN, text);
//   dem_wrap_end(&wrap);

#ifndef DEM_RENDER_WRAP_H
#define DEM_RENDER_WRAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/slice.h"
#include "model/saying.h"

typedef enum dem_style {
  DEM_STYLE_PLAIN,
  DEM_STYLE_STRONG,
  DEM_STYLE_DIM,
  DEM_STYLE_HEADING,
  DEM_STYLE_CERTAIN,
  DEM_STYLE_POSSIBLE,
  DEM_STYLE_CAUTION,
} dem_style;

typedef struct dem_wrap {
  dem_buffer *out;
  dem_buffer word;   ///< The word being collected, with its styles.
  dem_buffer said;   ///< A piece of a saying, likewise.
  size_t word_width; ///< Columns of the word.
  size_t width;      ///< Columns of a line; 0 never wraps.
  size_t indent;     ///< Of every line but the first.
  size_t column;     ///< Where the current line ends.
  bool has_color;
  bool has_gap;  ///< A blank stands between the line and the word.
  bool is_fresh; ///< No word stands on the current line yet.
} dem_wrap;

void dem_wrap_init(dem_wrap *wrap, dem_buffer *out, size_t width, bool has_color);
void dem_wrap_clear(dem_wrap *wrap);

/// Start a paragraph. `margin` is trusted text that stands before its first line.
void dem_wrap_begin(dem_wrap *wrap, const char *margin, size_t indent);

/// Append text, escaped for the terminal. White space separates words; where two pieces meet
/// without any, they are one word.
void dem_wrap_add(dem_wrap *wrap, dem_style style, dem_slice text);
void dem_wrap_add_text(dem_wrap *wrap, dem_style style, const char *text);

/// What is put into a place of a saying.
typedef struct dem_styled {
  const char *text;
  dem_style style;
} dem_styled;

enum { DEM_MOST_PLACES = 4 }; // Of a saying whose places have styles of their own.

/// Append one of the engine's own words, of one style.
void dem_wrap_say(dem_wrap *wrap, const dem_language *language, dem_style style, dem_said said);

/// The same, each place with a style of its own.
/// @param values  DEM_MOST_PLACES at most; those that are not used have no text.
void dem_wrap_say_styled(dem_wrap *wrap, const dem_language *language, dem_style style,
                         dem_saying saying, const dem_styled values[DEM_MOST_PLACES]);

/// Finish the paragraph and its line.
void dem_wrap_end(dem_wrap *wrap);

/// An empty line.
void dem_wrap_blank(dem_wrap *wrap);

#endif
