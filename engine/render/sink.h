// SPDX-License-Identifier: Apache-2.0

// Bytes on their way out: collected to a fair size, then given to a writer.

#ifndef DEM_RENDER_SINK_H
#define DEM_RENDER_SINK_H

#include "base/buffer.h"
#include "demarche/render.h"

typedef struct dem_sink {
  dem_buffer buffer; ///< Append here, then call dem_sink_flow now and then.
  dem_write_function write;
  void *context;
} dem_sink;

void dem_sink_init(dem_sink *sink, dem_allocator allocator, dem_write_function write,
                   void *context);
void dem_sink_clear(dem_sink *sink);

/// Pass on everything that was appended.
dem_status dem_sink_flush(dem_sink *sink);

enum { DEM_SINK_SIZE = 64 * 1024 }; // Fewer, larger writes gain nothing measurable.

/// Pass on what was appended once it is much.
static inline dem_status dem_sink_flow(dem_sink *sink)
{
  return sink->buffer.size < DEM_SINK_SIZE ? DEM_OK : dem_sink_flush(sink);
}

#endif
