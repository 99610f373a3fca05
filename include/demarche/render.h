// SPDX-License-Identifier: Apache-2.0

// Results as bytes: an advice as text, Markdown, HTML, JSON or CSV; facts as a table.
//
// Everything is escaped for where it goes. The same advice gives the same bytes.

#ifndef DEMARCHE_RENDER_H
#define DEMARCHE_RENDER_H

#include <stdbool.h>
#include <stddef.h>

#include "demarche/advice.h"
#include "demarche/session.h"
#include "demarche/status.h"
#include "demarche/write.h"

typedef enum dem_advice_format {
  DEM_ADVICE_TEXT,       ///< For people at a terminal.
  DEM_ADVICE_MARKDOWN,   ///< CommonMark with tables, for a memo.
  DEM_ADVICE_JSON,       ///< An object on lines of its own: docs/advice.schema.json.
  DEM_ADVICE_JSON_LINES, ///< The same object on one line.
  DEM_ADVICE_HTML,       ///< A page that stands alone: no script, no request to anywhere.
  DEM_ADVICE_CSV,        ///< RFC 4180, a row a recommendation; no cell is a formula.
} dem_advice_format;

typedef struct dem_render_options {
  dem_advice_format format;
  size_t width;        ///< Columns of text; 0 leaves lines unbroken.
  bool has_color;      ///< Of text: ANSI colours.
  bool is_full;        ///< Of text: leaves out nothing; else the short form.
  const char *heading; ///< Of text, Markdown and HTML: the title; NULL for "Advice for …".
} dem_render_options;

/// Render an advice.
///
/// @param options  Borrowed; NULL stands for text of 80 columns without colours.
/// @return DEM_OK; DEM_ERR_NO_MEMORY; what `write` returned.
/// Cost: linear in what is written. Threads: any number on one advice.
DEM_API dem_status dem_advice_render(const dem_advice *advice, const dem_render_options *options,
                                     dem_write_function write, void *context);

/// Render several advices as one result: text and Markdown one after the other, HTML as sections of
/// one page, JSON as an array, JSON lines a line each, CSV as one table. One advice is rendered as
/// dem_advice_render does.
DEM_API dem_status dem_advices_render(const dem_advice *const *advices, size_t count,
                                      const dem_render_options *options, dem_write_function write,
                                      void *context);

typedef enum dem_facts_format {
  DEM_FACTS_TSV,        ///< `\t \n \r \\` stand for these characters; no header.
  DEM_FACTS_CSV,        ///< RFC 4180; the header is the fields' names.
  DEM_FACTS_JSON_LINES, ///< An object a fact.
} dem_facts_format;

typedef struct dem_facts_options {
  dem_facts_format format;
  bool is_count; ///< How many facts there are instead of the facts. Nothing is sorted then.
} dem_facts_options;

/// Write the facts of relations as they are after the session's run, sorted by their fields in the
/// schema's order, numbers by value, the rest by bytes.
///
/// With one relation a row holds its fields alone (and its count is the number alone). With
/// several, or none named, each begins with the relation's name, and relations are sorted by name.
///
/// @param relations  `count` names, zero-terminated; 0 stands for every relation that a rule
/// concludes.
/// @param unknown_out  Receives the index of the first name that is no relation; may be NULL.
/// @return DEM_OK; DEM_ERR_NOT_FOUND; DEM_ERR_NO_MEMORY; what `write` returned.
/// Cost: linear in the facts; counts take constant time a relation.
DEM_API dem_status dem_session_render_facts(const dem_session *session,
                                            const char *const *relations, size_t count,
                                            const dem_facts_options *options,
                                            dem_write_function write, void *context,
                                            size_t *unknown_out);

#endif
