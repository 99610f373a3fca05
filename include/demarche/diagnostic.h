// SPDX-License-Identifier: Apache-2.0

// What is wrong with a pack, a profile or a run: a report, sorted by place.

#ifndef DEMARCHE_DIAGNOSTIC_H
#define DEMARCHE_DIAGNOSTIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "demarche/write.h"

/// Belongs to the pack, the profiles or the session that it speaks of, and lives as long.
typedef struct dem_report dem_report;

typedef struct dem_report_item {
  const char *code;    ///< "E104": keeps its meaning for ever.
  const char *slug;    ///< "unknown-field"
  bool is_error;       ///< Else a warning.
  const char *file;    ///< Empty when it has no place.
  uint32_t line;       ///< From 1; 0 when only the file is known.
  uint32_t column;     ///< From 1, in code points; 0 when only the line is known.
  const char *message; ///< One sentence: what is wrong.
  const char *label;   ///< What to do, or what was meant; may be empty.
  const char *notes;   ///< Further lines; may be empty.
  const char *field;   ///< The profile's field that it is about; may be empty.
} dem_report_item;

DEM_API size_t dem_report_count(const dem_report *report);
DEM_API size_t dem_report_error_count(const dem_report *report);
DEM_API size_t dem_report_warning_count(const dem_report *report);

/// Item `index`, below dem_report_count. Its texts live as long as the report.
DEM_API dem_report_item dem_report_at(const dem_report *report, size_t index);

/// Write the items as people read them: message, place, the line with a caret, notes.
///
/// @param has_color  ANSI colours.
/// @return DEM_OK; DEM_ERR_NO_MEMORY; what `write` returned.
DEM_API dem_status dem_report_render(const dem_report *report, bool has_color,
                                     dem_write_function write, void *context);

#endif
