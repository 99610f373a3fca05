// SPDX-License-Identifier: Apache-2.0

// Text made safe for where it goes: a terminal, Markdown, HTML, JSON, CSV, TSV.
//
// Names and answers may come from strangers. What would steer a terminal, open
// a tag or start a formula is shown instead of obeyed.

#ifndef DEM_RENDER_ESCAPE_H
#define DEM_RENDER_ESCAPE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/slice.h"

/// Whether a code point steers its medium instead of being seen: controls (C0, DEL, C1), line and
/// paragraph separators, and what turns the direction of the text around it.
bool dem_escape_is_control(uint32_t point);

/// Append a control as people can read it: `\u{1b}`.
void dem_escape_control(uint32_t point, dem_buffer *out);

/// One line for a terminal: white space is a blank, controls are visible.
void dem_escape_terminal(dem_slice text, dem_buffer *out);

/// Inline Markdown (CommonMark with tables) that shows the text as it is, wherever it stands.
void dem_escape_markdown(dem_slice text, dem_buffer *out);

/// HTML text or a quoted attribute's value.
void dem_escape_html(dem_slice text, dem_buffer *out);

/// A JSON string, with its quotes.
void dem_escape_json(dem_slice text, dem_buffer *out);

/// A CSV field by RFC 4180: quoted where it must be, else as it is.
void dem_escape_csv(dem_slice text, dem_buffer *out);

/// A CSV field for a spreadsheet: what it would take for a formula begins with an apostrophe.
void dem_escape_csv_cell(dem_slice text, dem_buffer *out);

/// A TSV field: `\t`, `\n`, `\r` and `\\` stand for these characters.
void dem_escape_tsv(dem_slice text, dem_buffer *out);

/// A web address for a link: what does not belong into one is percent-encoded. Appends nothing
/// and returns false unless it begins with http:// or https://.
bool dem_escape_url(dem_slice url, dem_buffer *out);

#endif
