// SPDX-License-Identifier: Apache-2.0

// Advices as CSV: a row a recommendation, for spreadsheets.

#ifndef DEM_RENDER_CSV_H
#define DEM_RENDER_CSV_H

#include "base/buffer.h"
#include "demarche/render.h"

/// Append the row of names, then the rows of each advice. Without memory the buffer has failed.
void dem_csv_render(const dem_advice *const *advices, size_t count, dem_buffer *out);

#endif
