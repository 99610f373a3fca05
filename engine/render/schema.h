// SPDX-License-Identifier: Apache-2.0

// JSON Schemas made from a pack: its profile, its facts, its rules.

#ifndef DEM_RENDER_SCHEMA_H
#define DEM_RENDER_SCHEMA_H

#include "base/buffer.h"
#include "demarche/schema.h"
#include "model/model.h"

/// Any kind but DEM_SCHEMA_ADVICE. The buffer tells whether memory ran out.
void dem_schema_render(const dem_model *model, dem_schema_kind kind, dem_buffer *out);

#endif
