// SPDX-License-Identifier: Apache-2.0

// What is wrong with a user's pack or profile: collected, sorted, shown.
//
// Codes stand in base/diagnostic_codes.h, a row each; a code keeps its meaning
// for ever.

#ifndef DEM_BASE_DIAGNOSTIC_H
#define DEM_BASE_DIAGNOSTIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/diagnostic_codes.h"
#include "base/nearest.h"
#include "base/place.h"
#include "demarche/status.h"

typedef enum dem_severity { DEM_SEVERITY_ERROR, DEM_SEVERITY_WARNING } dem_severity;

/// One row a code: DEM_DIAG_<NAME>.
typedef enum dem_diagnostic_code {
#define DEM_DIAGNOSTIC(name, severity, code, slug) DEM_DIAG_##name,
  DEM_DIAGNOSTIC_CODES
#undef DEM_DIAGNOSTIC
      DEM_DIAG_COUNT
} dem_diagnostic_code;

const char *dem_diagnostic_code_name(dem_diagnostic_code code); ///< "E104"
const char *dem_diagnostic_code_slug(dem_diagnostic_code code); ///< "unknown-field"
dem_severity dem_diagnostic_code_severity(dem_diagnostic_code code);

typedef struct dem_diagnostic dem_diagnostic;
struct dem_diagnostic {
  dem_diagnostic_code code;
  dem_place place;   ///< May be DEM_PLACE_NONE.
  dem_slice message; ///< One sentence without a full stop: what is wrong.
  dem_slice label;   ///< Stands beside the caret, or where there is none below it: "did you mean
                     ///< 'organization'?"; may be empty.
  dem_slice notes;   ///< Lines after "= ", separated by LF; may be empty.
  dem_slice field;   ///< The profile's field that it is about; may be empty.
};

typedef struct dem_diagnostics {
  dem_arena arena;  ///< Holds the texts.
  dem_vector items; ///< dem_diagnostic: the first thousand errors, and as many warnings.
  size_t error_count;
  size_t warning_count;
  bool has_failed;  ///< Memory ran out while one was added.
  bool is_left_out; ///< The one added last is only counted.
} dem_diagnostics;

void dem_diagnostics_init(dem_diagnostics *diagnostics, dem_allocator allocator);
void dem_diagnostics_clear(dem_diagnostics *diagnostics);
void dem_diagnostics_reset(dem_diagnostics *diagnostics);

/// Add one. `format` as in printf, for the message.
///
/// @return DEM_ERR_LIMIT for a bound that was reached, DEM_ERR_INVALID for any other error, DEM_OK
///         for a warning, so that callers can write `return dem_diagnose(…)`.
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
dem_status
dem_diagnose(dem_diagnostics *diagnostics, dem_diagnostic_code code, dem_place place,
             const char *format, ...);

/// Set the caret's label of the diagnostic added last.
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void dem_diagnose_label(dem_diagnostics *diagnostics, const char *format, ...);

/// Add a note line to the diagnostic added last.
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void dem_diagnose_note(dem_diagnostics *diagnostics, const char *format, ...);

/// Say which field of a profile the diagnostic added last is about. The name is copied.
void dem_diagnose_field(dem_diagnostics *diagnostics, dem_slice field);

/// Sort by place (file name, line, column), then code; drop exact repetitions.
void dem_diagnostics_sort(dem_diagnostics *diagnostics, const dem_files *files);

/// Append one diagnostic as DESIGN §2 shows it: header, arrow, line with caret, notes.
/// Control characters of the shown line are made visible. `use_color` adds ANSI colours.
void dem_diagnostic_render(const dem_diagnostic *diagnostic, dem_files *files, bool use_color,
                           dem_buffer *out);

#endif
