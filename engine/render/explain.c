// SPDX-License-Identifier: Apache-2.0

// The public way to an explanation's bytes: picks the form, then hands them on.

#include "render/explain.h"

#include "render/sink.h"

static const dem_explain_options usual = {.format = DEM_EXPLAIN_TEXT, .width = 80};

/// An explanation is built whole, so that nothing comes out when memory runs short.
static dem_status deliver(dem_sink *sink, dem_status status)
{
  status = status == DEM_OK ? dem_sink_flush(sink) : status;
  dem_sink_clear(sink);
  return status;
}

dem_status dem_why_render(const dem_why *why, const dem_explain_options *options,
                          dem_write_function write, void *context)
{
  dem_sink sink;
  dem_status status = DEM_OK;
  options = options ? options : &usual;
  dem_sink_init(&sink, dem_allocator_default(), write, context);
  switch (options->format) {
  case DEM_EXPLAIN_TEXT:
  case DEM_EXPLAIN_MARKDOWN:
  case DEM_EXPLAIN_HTML:
    status = dem_why_sheet(why, options, &sink.buffer);
    break;
  case DEM_EXPLAIN_JSON:
    dem_why_json(why, &sink.buffer);
    break;
  case DEM_EXPLAIN_DOT:
    dem_why_dot(why, &sink.buffer);
    break;
  }
  return deliver(&sink, status);
}

dem_status dem_difference_render(const dem_difference *difference,
                                 const dem_explain_options *options, const char *heading,
                                 dem_write_function write, void *context)
{
  dem_sink sink;
  options = options ? options : &usual;
  dem_sink_init(&sink, dem_allocator_default(), write, context);
  switch (options->format) {
  case DEM_EXPLAIN_TEXT:
  case DEM_EXPLAIN_MARKDOWN:
  case DEM_EXPLAIN_HTML:
    dem_difference_sheet(difference, options, heading, &sink.buffer);
    break;
  case DEM_EXPLAIN_JSON:
    dem_difference_json(difference, &sink.buffer);
    break;
  case DEM_EXPLAIN_DOT:
    break;
  }
  return deliver(&sink, DEM_OK);
}

dem_status dem_why_not_render(const dem_why_not *why_not, const dem_explain_options *options,
                              dem_write_function write, void *context)
{
  dem_sink sink;
  dem_status status = DEM_OK;
  options = options ? options : &usual;
  dem_sink_init(&sink, dem_allocator_default(), write, context);
  switch (options->format) {
  case DEM_EXPLAIN_TEXT:
  case DEM_EXPLAIN_MARKDOWN:
  case DEM_EXPLAIN_HTML:
    status = dem_why_not_sheet(why_not, options, &sink.buffer);
    break;
  case DEM_EXPLAIN_JSON:
    dem_why_not_json(why_not, &sink.buffer);
    break;
  case DEM_EXPLAIN_DOT:
    break;
  }
  return deliver(&sink, status);
}

dem_status dem_how_to_render(const dem_how_to *how_to, const dem_explain_options *options,
                             dem_write_function write, void *context)
{
  dem_sink sink;
  options = options ? options : &usual;
  dem_sink_init(&sink, dem_allocator_default(), write, context);
  switch (options->format) {
  case DEM_EXPLAIN_TEXT:
  case DEM_EXPLAIN_MARKDOWN:
  case DEM_EXPLAIN_HTML:
    dem_how_to_sheet(how_to, options, &sink.buffer);
    break;
  case DEM_EXPLAIN_JSON:
    dem_how_to_json(how_to, &sink.buffer);
    break;
  case DEM_EXPLAIN_DOT:
    break;
  }
  return deliver(&sink, DEM_OK);
}
