// SPDX-License-Identifier: Apache-2.0

// What the parts of a page of HTML are put together from.

#ifndef DEM_RENDER_HTML_PARTS_H
#define DEM_RENDER_HTML_PARTS_H

#include "model/saying.h"
#include "render/citing.h"
#include "render/html_proof.h"

/// A page, or the section of one advice in it, while it is written.
typedef struct dem_html {
  const dem_advice *advice;
  dem_buffer *out;
  size_t number;  ///< Of the advice, from 1; 0 when it is the only one.
  unsigned level; ///< Of the headings of parts.
  int64_t full;   ///< The heaviest partner's weight fills its bar.
  const char *heading;
  dem_html_proof *proof; ///< NULL: none was asked for.
} dem_html;

/// Bytes that are HTML already.
void dem_html_raw(dem_html *h, const char *text);
/// A text, escaped.
void dem_html_add(dem_html *h, const char *text);

/// One of the engine's own words, and what is filled in, escaped.
void dem_html_say(dem_html *h, dem_said said);
/// The same; what is filled in is HTML already.
void dem_html_say_around(dem_html *h, dem_said said);
/// One without places.
void dem_html_words(dem_html *h, dem_saying saying);
/// The same between a start and an end tag.
void dem_html_wrap_words(dem_html *h, const char *before, dem_saying saying, const char *after);

/// A colon at the end of a line: what stands between words, without the blank behind it.
void dem_html_colon(dem_html *h);

/// Text between a start and an end tag; nothing at all when it is empty.
void dem_html_wrap(dem_html *h, const char *before, const char *text, const char *after);

/// What an id begins with, so that two advices of a page share none.
void dem_html_id(dem_html *h, const char *name);
void dem_html_numbered_id(dem_html *h, const char *name, size_t number);

/// A section with its heading.
void dem_html_part_begin(dem_html *h, const char *id, const char *title);
void dem_html_part_end(dem_html *h);

/// A heading inside a part, `below` levels under its own.
void dem_html_heading(dem_html *h, unsigned below, const char *attributes, const char *text);

/// " [1, 3]", each a link into the list of sources; nothing for none.
void dem_html_cite(dem_html *h, const dem_advice_reason *reason, dem_citing citing,
                   const dem_advice_partner *partner);

/// The same for what all of a partner's reasons rest on.
void dem_html_cite_common(dem_html *h, const dem_advice_partner *partner);

/// Add what another function appended to a buffer, with a capital letter if it begins a sentence.
void dem_html_take(dem_html *h, dem_buffer *text, bool is_sentence);

/// The answers that a possible thing hangs on, from the `first` on. False where none is known.
bool dem_html_hinges(dem_html *h, const dem_advice_reason *reason, size_t first, bool is_sentence);

/// A text as HTML, in a buffer that is the caller's; with a zero byte.
const char *dem_html_escaped(dem_html *h, const char *text, dem_buffer *room);

#endif
