// SPDX-License-Identifier: Apache-2.0

// The results of a pack's tests as JSON.

#ifndef DEM_RENDER_TEST_JSON_H
#define DEM_RENDER_TEST_JSON_H

#include "base/buffer.h"
#include "demarche/test.h"

void dem_test_json_render(const dem_test_results *results, dem_buffer *out);

#endif
