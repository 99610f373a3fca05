// SPDX-License-Identifier: Apache-2.0

// The public way to a result's bytes: picks the form, then hands them on.

#include "render/render.h"

#include "base/buffer.h"
#include "render/csv.h"
#include "render/html.h"
#include "render/json.h"
#include "render/markdown.h"
#include "render/plain.h"
#include "render/sink.h"
#include "render/test_json.h"
#include "render/test_text.h"

/// What stands between two advices of a form that holds one.
static const char *separator(dem_advice_format format)
{
  switch (format) {
  case DEM_ADVICE_TEXT:
    return "\n\n";
  case DEM_ADVICE_MARKDOWN:
    return "\n---\n\n";
  case DEM_ADVICE_JSON:
    return ",\n";
  case DEM_ADVICE_JSON_LINES:
  case DEM_ADVICE_HTML:
  case DEM_ADVICE_CSV:
    return "";
  }
  return "";
}

static void render_one(const dem_advice *advice, const dem_render_options *options, dem_buffer *out)
{
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
  case DEM_ADVICE_HTML:
    dem_html_render(&advice, 1, options, out);
    return;
  case DEM_ADVICE_CSV:
    dem_csv_render(&advice, 1, out);
    return;
  }
}

static const dem_render_options *or_usual(const dem_render_options *options)
{
  static const dem_render_options usual = {.format = DEM_ADVICE_TEXT, .width = 80};
  return options ? options : &usual;
}

void dem_render(const dem_advice *advice, const dem_render_options *options, dem_buffer *out)
{
  render_one(advice, or_usual(options), out);
}

static void render_each(const dem_advice *const *advices, size_t count,
                        const dem_render_options *options, dem_buffer *out)
{
  const bool is_array = options->format == DEM_ADVICE_JSON;
  dem_buffer_add_text(out, is_array ? "[\n" : "");
  for (size_t i = 0; i < count; ++i) {
    dem_buffer_add_text(out, i > 0 ? separator(options->format) : "");
    render_one(advices[i], options, out);
  }
  dem_buffer_add_text(out, is_array ? "]\n" : "");
}

static void render_all(const dem_advice *const *advices, size_t count,
                       const dem_render_options *options, dem_buffer *out)
{
  if (count == 1) {
    render_one(advices[0], options, out);
  } else if (options->format == DEM_ADVICE_HTML) {
    dem_html_render(advices, count, options, out);
  } else if (options->format == DEM_ADVICE_CSV) {
    dem_csv_render(advices, count, out);
  } else {
    render_each(advices, count, options, out);
  }
}

dem_status dem_advices_render(const dem_advice *const *advices, size_t count,
                              const dem_render_options *options, dem_write_function write,
                              void *context)
{
  dem_sink sink;
  // An advice is small: it is built whole, so that nothing comes out when memory runs short.
  dem_sink_init(&sink, dem_allocator_default(), write, context);
  render_all(advices, count, or_usual(options), &sink.buffer);
  const dem_status status = dem_sink_flush(&sink);
  dem_sink_clear(&sink);
  return status;
}

dem_status dem_advice_render(const dem_advice *advice, const dem_render_options *options,
                             dem_write_function write, void *context)
{
  return dem_advices_render(&advice, 1, options, write, context);
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
