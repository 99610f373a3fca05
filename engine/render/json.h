// SPDX-License-Identifier: Apache-2.0

// An advice as JSON: `"demarche": 1`, as docs/advice.schema.json describes it.

#ifndef DEM_RENDER_JSON_H
#define DEM_RENDER_JSON_H

#include <stdbool.h>

#include "base/buffer.h"
#include "demarche/render.h"
#include "render/json_writer.h"

/// Append the advice as one object, then a line break.
void dem_json_render(const dem_advice *advice, bool is_pretty, dem_buffer *out);

/// Append the keys and values of the advice's object to one that is open.
void dem_json_add_advice(const dem_advice *advice, dem_json_writer *json);

/// One source of an advice or a proof, as an object.
void dem_json_source(const dem_advice_source *source, dem_json_writer *json);

#endif
