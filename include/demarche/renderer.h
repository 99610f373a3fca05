// SPDX-License-Identifier: Apache-2.0

// Many advices as bytes: memory that is kept, fields that are chosen, a row of a table each.

#ifndef DEMARCHE_RENDERER_H
#define DEMARCHE_RENDERER_H

#include <stdbool.h>

#include "demarche/advice.h"
#include "demarche/render.h"

// Selections --------------------------------------------------------------------------
//
// A field is a path of the advice's JSON, docs/advice.schema.json: "partners.id" is the id of each
// partner. A question's name stands for its answers, as a profile would hold them.

typedef enum dem_selection_shape {
  DEM_SELECTION_JSON,  ///< An object with what was chosen and what stands around it.
  DEM_SELECTION_TABLE, ///< A CSV cell a field; ";" stands between several values.
} dem_selection_shape;

/// Which fields of advice to show. Immutable; shared by threads.
typedef struct dem_selection dem_selection;

/// @param pack           Borrowed; must outlive the selection.
/// @param fields         Commas between them; NULL: everything, or a table's usual columns.
/// @param selection_out  Yours also when a field is wrong: then for dem_selection_problem alone.
/// @return DEM_OK; DEM_ERR_INVALID; DEM_ERR_NO_MEMORY.
DEM_API dem_status dem_selection_new(const dem_pack *pack, const char *fields,
                                     dem_selection_shape shape, dem_selection **selection_out);
DEM_API void dem_selection_free(dem_selection *selection);

/// What is wrong with the fields, one sentence; "" if nothing is.
DEM_API const char *dem_selection_problem(const dem_selection *selection);

/// Whether advice made by dem_session_advise_briefly has all that was chosen.
DEM_API bool dem_selection_is_brief(const dem_selection *selection);

/// What advice must be asked for, so that it has all that was chosen by name. Without fields:
/// nothing more than usual.
DEM_API dem_advice_options dem_selection_options(const dem_selection *selection);

/// Write a table's header, a line. RFC 4180, lines end in LF.
DEM_API dem_status dem_selection_write_header(const dem_selection *selection,
                                              dem_write_function write, void *context);

// Renderers ---------------------------------------------------------------------------

/// Renders one advice after another in memory that it keeps. One thread at a time.
typedef struct dem_renderer dem_renderer;

/// @param allocator     Copied; NULL: the C library's.
/// @param renderer_out  Yours: dem_renderer_free.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
DEM_API dem_status dem_renderer_new(const dem_allocator *allocator, dem_renderer **renderer_out);
DEM_API void dem_renderer_free(dem_renderer *renderer);

/// The same as dem_advice_render. `write` is called once. Warm, nothing is allocated.
DEM_API dem_status dem_renderer_write(dem_renderer *renderer, const dem_advice *advice,
                                      const dem_render_options *options, dem_write_function write,
                                      void *context);

/// Write what was chosen, on one line: JSON, or a table's row. `write` is called once.
///
/// Cells that a spreadsheet would take for a formula begin with an apostrophe.
/// @return DEM_OK; DEM_ERR_NO_MEMORY; what `write` returned.
DEM_API dem_status dem_renderer_write_selected(dem_renderer *renderer, const dem_advice *advice,
                                               const dem_selection *selection,
                                               dem_write_function write, void *context);

#endif
