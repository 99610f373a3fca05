// SPDX-License-Identifier: Apache-2.0

// The results of a pack's tests for people: what failed and why, then the counts.

#ifndef DEM_RENDER_TEST_TEXT_H
#define DEM_RENDER_TEST_TEXT_H

#include "base/buffer.h"
#include "demarche/test.h"

void dem_test_text_render(const dem_test_results *results, const dem_test_render_options *options,
                          dem_buffer *out);

#endif
