// SPDX-License-Identifier: Apache-2.0

// What came of running kept advices again, as text and as JSON.

#ifndef DEM_RENDER_RECHECK_H
#define DEM_RENDER_RECHECK_H

#include "base/buffer.h"
#include "demarche/verify.h"

typedef struct dem_recheck_findings {
  const char *name; ///< Of the file.
  bool is_same;
  bool has_same_bytes;
  size_t count;
  const dem_recheck_item *items;
} dem_recheck_findings;

void dem_recheck_text(const dem_recheck_findings *findings, dem_buffer *out);
void dem_recheck_json(const dem_recheck_findings *findings, dem_buffer *out);

#endif
