// SPDX-License-Identifier: Apache-2.0

// Diagnostics as an embedder sees them.

#include "api/handles.h"

void dem_report_init(dem_report *report, dem_allocator allocator, dem_files *files)
{
  report->files = files;
  dem_diagnostics_init(&report->diagnostics, allocator);
}

void dem_report_clear(dem_report *report)
{
  dem_diagnostics_clear(&report->diagnostics);
}

size_t dem_report_count(const dem_report *report)
{
  return report->diagnostics.items.count;
}

size_t dem_report_error_count(const dem_report *report)
{
  return report->diagnostics.error_count;
}

size_t dem_report_warning_count(const dem_report *report)
{
  return report->diagnostics.warning_count;
}

static const char *text_of(dem_slice slice)
{
  return slice.bytes ? slice.bytes : "";
}

dem_report_item dem_report_at(const dem_report *report, size_t index)
{
  const dem_diagnostic *const d = &DEM_VECTOR_AT(&report->diagnostics.items, dem_diagnostic, index);
  const bool has_place = !dem_place_is_none(d->place);
  const dem_place place = has_place ? dem_files_locate(report->files, d->place) : d->place;
  return (dem_report_item){.code = dem_diagnostic_code_name(d->code),
                           .slug = dem_diagnostic_code_slug(d->code),
                           .is_error = dem_diagnostic_code_severity(d->code) == DEM_SEVERITY_ERROR,
                           .file = has_place ? text_of(dem_files_name(report->files, d->place.file))
                                             : "",
                           .line = has_place ? place.line : 0,
                           .column = has_place ? place.column : 0,
                           .message = text_of(d->message),
                           .label = text_of(d->label),
                           .notes = text_of(d->notes),
                           .field = text_of(d->field)};
}

/// How many there are that are only counted.
static dem_status render_rest(const dem_report *report, dem_buffer *out, dem_write_function write,
                              void *context)
{
  const dem_diagnostics *const d = &report->diagnostics;
  const size_t all = d->error_count + d->warning_count;
  if (all <= d->items.count) {
    return DEM_OK;
  }
  dem_buffer_reset(out);
  dem_buffer_add_format(out, "\nand %zu more of the kind: %zu errors and %zu warnings in all\n",
                        all - d->items.count, d->error_count, d->warning_count);
  return out->has_failed ? DEM_ERR_NO_MEMORY : write(context, out->bytes, out->size);
}

dem_status dem_report_render(const dem_report *report, bool has_color, dem_write_function write,
                             void *context)
{
  dem_buffer out;
  dem_buffer_init(&out, report->diagnostics.arena.allocator);
  dem_status status = DEM_OK;
  for (size_t i = 0; i < report->diagnostics.items.count && status == DEM_OK; ++i) {
    dem_buffer_reset(&out);
    if (i > 0) {
      dem_buffer_add_char(&out, '\n');
    }
    dem_diagnostic_render(&DEM_VECTOR_AT(&report->diagnostics.items, dem_diagnostic, i),
                          report->files, has_color, &out);
    status = out.has_failed ? DEM_ERR_NO_MEMORY : write(context, out.bytes, out.size);
  }
  if (status == DEM_OK) {
    status = render_rest(report, &out, write, context);
  }
  dem_buffer_clear(&out);
  return status;
}
