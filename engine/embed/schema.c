// SPDX-License-Identifier: Apache-2.0

// JSON Schemas as an embedder asks for them: docs/advice.schema.json as it is, the others from the
// pack.

#include "demarche/schema.h"

#include "api/embedded.h"
#include "api/handles.h"
#include "render/schema.h"

dem_status dem_pack_render_schema(const dem_pack *pack, dem_schema_kind kind,
                                  dem_write_function write, void *context)
{
  if (kind == DEM_SCHEMA_ADVICE) {
    return write(context, dem_embedded_schemas[0].bytes, dem_embedded_schemas[0].size);
  }
  dem_buffer out;
  dem_buffer_init(&out, pack->allocator);
  dem_schema_render(&pack->model, kind, &out);
  const dem_status status =
      out.has_failed ? DEM_ERR_NO_MEMORY : write(context, out.bytes, out.size);
  dem_buffer_clear(&out);
  return status;
}
