// SPDX-License-Identifier: Apache-2.0

// Cuts a stream of bytes into records, without reading what they mean: lines, CSV rows, the items
// of a JSON array, YAML documents.
//
// It keeps its state between calls, so that no byte is looked at twice however little comes at a
// time, and it never looks back: bytes before `at` may be dropped.

#ifndef DEM_TEXT_SPLITTER_H
#define DEM_TEXT_SPLITTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

typedef enum dem_split_format {
  DEM_SPLIT_LINES, ///< A record a line.
  DEM_SPLIT_CSV,   ///< A record a row: quotes may hold line breaks.
  DEM_SPLIT_JSON,  ///< The items of one array; or one value of another kind.
  DEM_SPLIT_YAML,  ///< A record a document.
} dem_split_format;

typedef enum dem_cut {
  DEM_CUT_RECORD, ///< A record lies in [0, end); the next begins at `next`.
  DEM_CUT_BLANK,  ///< What lies before `next` belongs to no record.
  DEM_CUT_MORE,   ///< More bytes are needed.
  DEM_CUT_END,    ///< Nothing is left.
  DEM_CUT_BROKEN, ///< `problem` stands at the first byte: what follows cannot be told apart.
} dem_cut;

typedef struct dem_splitter {
  dem_split_format format;
  int state;          ///< Of the format's own machine.
  size_t at;          ///< How far the bytes were looked at.
  size_t line;        ///< Of YAML: where the line that `at` is in begins.
  size_t depth;       ///< Of JSON: brackets that are open.
  bool has_content;   ///< Of YAML: there is more than comments.
  bool is_explicit;   ///< Of YAML: the document began with "---".
  bool has_directive; ///< Of YAML
  bool is_torn;       ///< Of YAML: the beginning of the line was dropped.
  bool is_value;      ///< Of JSON: `at` is inside of a value.
  bool is_text;       ///< Of JSON: and there inside of quotes.
  bool is_escaped;    ///< Of JSON: and there behind a backslash.
  size_t end;         ///< Results, as dem_cut says.
  size_t next;
  const char *problem; ///< Static text.
} dem_splitter;

dem_splitter dem_splitter_of(dem_split_format format);

/// Look at the bytes that are left, of which more may follow unless `is_end`.
///
/// After DEM_CUT_RECORD and DEM_CUT_BLANK the caller passes what lies behind `next`; after
/// DEM_CUT_MORE the same bytes and further ones.
/// Cost: over all calls linear in the bytes.
dem_cut dem_splitter_cut(dem_splitter *splitter, dem_slice bytes, bool is_end);

/// How many of the bytes that were looked at are the record's for certain.
size_t dem_splitter_sure(const dem_splitter *splitter);

/// Say that the first `size` bytes, at most `at`, were dropped although their record goes on.
void dem_splitter_drop(dem_splitter *splitter, size_t size);

#endif
