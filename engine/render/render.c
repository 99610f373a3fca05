// SPDX-License-Identifier: Apache-2.0

// The public way to a result's bytes: picks the form, then hands them on.

#include "render/render.h"

#include "base/buffer.h"
#include "render/json.h"
#include "render/markdown.h"
#include "render/plain.h"
#include "render/sink.h"
#include "render/test_json.h"
#include "render/test_text.h"

void dem_render(const dem_advice *advice, const dem_render_options *options, dem_buffer *out)
{
  static const dem_render_options usual = {.format = DEM_ADVICE_TEXT, .width = 80};
  options = options ? options : &usual;
  switch (options->format) {
  case DEM_ADVICE_TEXT:
    dem_plain_render(advice, options, out);
    return;
  case DEM_ADVICE_MARKDOWN:
    dem_markdown_render(advice, options, out);
    return;
  case DEM_ADVICE_JSON:
    dem_json_render(advice, true, out);
    return;
  case DEM_ADVICE_JSON_LINES:
    dem_json_render(advice, false, out);
    return;
  }
}

dem_status dem_advice_render(const dem_advice *advice, const dem_render_options *options,
                             dem_write_function write, void *context)
{
  dem_sink sink;
  // An advice is small: it is built whole, so that nothing comes out when memory runs short.
  dem_sink_init(&sink, dem_allocator_default(), write, context);
  dem_render(advice, options, &sink.buffer);
  const dem_status status = dem_sink_flush(&sink);
  dem_sink_clear(&sink);
  return status;
}

dem_status dem_test_results_render(const dem_test_results *results,
                                   const dem_test_render_options *options, dem_write_function write,
                                   void *context)
{
  static const dem_test_render_options usual = {.format = DEM_TEST_TEXT};
  dem_sink sink;
  dem_sink_init(&sink, dem_allocator_default(), write, context);
  switch (options ? options->format : usual.format) {
  case DEM_TEST_TEXT:
    dem_test_text_render(results, options ? options : &usual, &sink.buffer);
    break;
  case DEM_TEST_JSON:
    dem_test_json_render(results, &sink.buffer);
    break;
  }
  const dem_status status = dem_sink_flush(&sink);
  dem_sink_clear(&sink);
  return status;
}
