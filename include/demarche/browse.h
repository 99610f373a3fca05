// SPDX-License-Identifier: Apache-2.0

// Browsing a pack: lists, a search by text, and one item in full with everything that refers to it.
//
//   dem_browser_new → dem_browser_list, dem_browser_search, dem_browser_describe … → render
//
// What a pack holds is of a kind: "relation", "rule", "source", "question", or the name of a
// relation. A kind may be given in the plural. A browser belongs to one thread; the pack may be
// shared.

#ifndef DEMARCHE_BROWSE_H
#define DEMARCHE_BROWSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "demarche/pack.h"
#include "demarche/status.h"
#include "demarche/write.h"

typedef struct dem_browser dem_browser;

typedef struct dem_column {
  const char *name;
  bool is_number; ///< Its cells are numbers, true or false: JSON writes them without quotes.
} dem_column;

/// A table of texts.
typedef struct dem_listing {
  const char *title; ///< What it lists: "member", "rules that name it".
  size_t column_count;
  const dem_column *columns;
  size_t row_count;
  const char *const *cells; ///< Row by row; "" for what has no value.
} dem_listing;

/// One thing of a pack.
typedef struct dem_pack_item {
  const char *kind;  ///< "organization", "rule", …
  const char *id;    ///< Names it among its kind.
  const char *label; ///< For people; may be its id.
} dem_pack_item;

/// A field of an item, or a property of a rule, a source, …
typedef struct dem_detail {
  const char *name;
  const char *value; ///< As a facts file holds it.
  const char *label; ///< As people know it, where that says more; else empty.
} dem_detail;

/// One item in full.
typedef struct dem_description {
  dem_pack_item entry;
  size_t detail_count;
  const dem_detail *details; ///< Those that have a value.
  size_t listing_count;
  const dem_listing *listings; ///< What refers to it, by kind; none is empty.
} dem_description;

/// @param pack         Borrowed; must outlive the browser.
/// @param browser_out  Yours: dem_browser_free.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
/// Cost: linear in the names of everything that the pack holds.
DEM_API dem_status dem_browser_new(const dem_pack *pack, dem_browser **browser_out);
DEM_API void dem_browser_free(dem_browser *browser);

/// Whether a word is a kind, or its plural. Cost: linear in the relations.
DEM_API bool dem_browser_has_kind(const dem_browser *browser, const char *kind);

/// List everything of a kind: sources and rules by id, relations and questions in their files'
/// order, facts that are in force on the pack's date by their values.
///
/// @param listing_out  The browser's, until it is freed.
/// @return DEM_OK; DEM_ERR_NOT_FOUND when there is no such kind; DEM_ERR_NO_MEMORY.
DEM_API dem_status dem_browser_list(dem_browser *browser, const char *kind,
                                    const dem_listing **listing_out);

/// How well a text finds what it found.
typedef enum dem_found {
  DEM_FOUND_ONE,    ///< One thing has that id or name, or nothing else is like it.
  DEM_FOUND_SOME,   ///< The text is part of the names of several.
  DEM_FOUND_NEAR,   ///< Nothing has it; these are much like it.
  DEM_FOUND_NOTHING ///< Nor is anything like it.
} dem_found;

/// Search ids, labels, titles and other names, without regard to case, accents and punctuation.
///
/// @param kind         NULL: everything.
/// @param listing_out  What was found, the best first: kind, id, label, and the name that matched.
///                     The browser's, until it is freed.
/// @param entry_out    Of DEM_FOUND_ONE: what was found.
/// @return DEM_OK; DEM_ERR_NOT_FOUND when there is no such kind; DEM_ERR_NO_MEMORY.
DEM_API dem_status dem_browser_search(dem_browser *browser, const char *kind, const char *text,
                                      dem_found *found_out, const dem_listing **listing_out,
                                      dem_pack_item *entry_out);

/// Describe one item.
///
/// Of a fact: the facts that refer to it, also those that are not in force on the pack's date, with
/// their dates, places and sources; what is said of others that share a property with it ("what
/// its kind serves"); and the rules that name it. Of a source: what cites it. Of a relation: its
/// fields, and the rules and questions that use it. Of a rule: its conditions and conclusions.
///
/// @param entry            As dem_browser_search gives it, or a kind and an id.
/// @param description_out  The browser's, until it is freed.
/// @return DEM_OK; DEM_ERR_NOT_FOUND; DEM_ERR_NO_MEMORY.
/// Cost: linear in the pack.
DEM_API dem_status dem_browser_describe(dem_browser *browser, const dem_pack_item *entry,
                                        const dem_description **description_out);

typedef enum dem_browse_format {
  DEM_BROWSE_TEXT, ///< Columns that line up on a terminal.
  DEM_BROWSE_JSON, ///< A listing is an array of objects; a description an object.
  DEM_BROWSE_CSV, ///< RFC 4180 with a header; no cell is a formula. A description is a row a value.
} dem_browse_format;

typedef struct dem_browse_options {
  dem_browse_format format;
  size_t width;   ///< Of text: columns at which lines are cut; 0 never cuts.
  bool has_color; ///< Of text.
  bool
      has_header; ///< Of a listing as text: the columns' names stand above it. CSV always has them.
} dem_browse_options;

/// @param options  NULL: text, nothing cut, no colours.
/// @return DEM_OK; DEM_ERR_NO_MEMORY; what `write` returned.
DEM_API dem_status dem_listing_render(const dem_listing *listing, const dem_browse_options *options,
                                      dem_write_function write, void *context);
DEM_API dem_status dem_description_render(const dem_description *description,
                                          const dem_browse_options *options,
                                          dem_write_function write, void *context);

#endif
