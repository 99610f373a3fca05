// SPDX-License-Identifier: Apache-2.0

// Bytes on their way out.

#include "render/sink.h"

void dem_sink_init(dem_sink *sink, dem_allocator allocator, dem_write_function write, void *context)
{
  *sink = (dem_sink){.write = write, .context = context};
  dem_buffer_init(&sink->buffer, allocator);
}

void dem_sink_clear(dem_sink *sink)
{
  dem_buffer_clear(&sink->buffer);
}

dem_status dem_sink_flush(dem_sink *sink)
{
  if (sink->buffer.has_failed) {
    return DEM_ERR_NO_MEMORY;
  }
  if (sink->buffer.size == 0) {
    return DEM_OK;
  }
  const dem_status status = sink->write(sink->context, sink->buffer.bytes, sink->buffer.size);
  dem_buffer_reset(&sink->buffer);
  return status;
}
