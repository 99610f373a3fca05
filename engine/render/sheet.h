// SPDX-License-Identifier: Apache-2.0

// An explanation as headings, paragraphs and nested bullets → text, Markdown or HTML.
//
//   dem_sheet_begin(&sheet, DEM_SHEET_BULLET, 2);     a bullet of the second level
//   dem_sheet_add(&sheet, DEM_STYLE_PLAIN, text);
//   dem_sheet_cite(&sheet, numbers, count);
//   dem_sheet_end(&sheet);
//
// Whoever explains says what stands where, once; the sheet knows how each form writes it.

#ifndef DEM_RENDER_SHEET_H
#define DEM_RENDER_SHEET_H

#include "base/vector.h"
#include "demarche/explain.h"
#include "render/wrap.h"

typedef enum dem_sheet_line {
  DEM_SHEET_TITLE,
  DEM_SHEET_SUBTITLE,
  DEM_SHEET_HEADING,
  DEM_SHEET_PARAGRAPH,
  DEM_SHEET_BULLET, ///< Of a level, from 1; one deeper than the bullet before at most.
  DEM_SHEET_DETAIL, ///< A further line of the bullet before, or of the heading at level 0.
} dem_sheet_line;

typedef struct dem_sheet {
  dem_explain_format format; ///< Text, Markdown or HTML.
  const dem_language *language;
  dem_buffer *out;
  dem_wrap wrap; ///< Of text.
  dem_sheet_line line;
  size_t level;     ///< Of the line at hand.
  bool is_open;     ///< Of Markdown: the line before waits for its break.
  bool is_folded;   ///< Of HTML: the next list opened stands in a <details>.
  dem_vector lists; ///< Of HTML: bool by open list: whether it stands in a <details>.
} dem_sheet;

/// @param section  Of HTML: the class of the <section>.
void dem_sheet_init(dem_sheet *sheet, const dem_explain_options *options,
                    const dem_language *language, const char *section, dem_buffer *out);

/// Close what is open.
void dem_sheet_clear(dem_sheet *sheet);

void dem_sheet_begin(dem_sheet *sheet, dem_sheet_line line, size_t level);
void dem_sheet_add(dem_sheet *sheet, dem_style style, const char *text);
void dem_sheet_add_integer(dem_sheet *sheet, dem_style style, int64_t number);

/// One of the engine's own words: with places, of which each has the style, or without.
void dem_sheet_say(dem_sheet *sheet, dem_style style, dem_said said);
void dem_sheet_words(dem_sheet *sheet, dem_style style, dem_saying saying);

/// The same; what is put into the last place, `number`, is strong.
void dem_sheet_say_strong(dem_sheet *sheet, dem_said said, size_t number);

/// " [1][3]": numbers of sources, from 0.
void dem_sheet_cite(dem_sheet *sheet, const size_t *numbers, size_t count);
void dem_sheet_end(dem_sheet *sheet);

/// One line of one style.
void dem_sheet_write(dem_sheet *sheet, dem_sheet_line line, size_t level, dem_style style,
                     const char *text);

/// One line that is one of the engine's own words.
void dem_sheet_write_words(dem_sheet *sheet, dem_sheet_line line, size_t level, dem_style style,
                           dem_saying saying);
void dem_sheet_write_said(dem_sheet *sheet, dem_sheet_line line, size_t level, dem_style style,
                          dem_said said);

/// Whether bullets can be there without being shown at once. Only HTML shows them on demand.
bool dem_sheet_can_fold(const dem_sheet *sheet);

/// The bullets that follow one level deeper are folded.
void dem_sheet_fold(dem_sheet *sheet);

/// The title's lines: what is explained, to whom, of which pack and day.
void dem_sheet_introduce(dem_sheet *sheet, const dem_explained *about, dem_saying title);

/// The list of sources, and how the explanation was made.
void dem_sheet_sources(dem_sheet *sheet, const dem_proof *proof);
void dem_sheet_colophon(dem_sheet *sheet, const dem_explained *about);

#endif
