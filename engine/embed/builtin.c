// SPDX-License-Identifier: Apache-2.0

// Opens the pack that is compiled in.

#include "demarche/pack.h"
#include "embedded.h"

dem_status dem_pack_open_builtin(const dem_pack_options *options, dem_pack **pack_out)
{
  const dem_allocator allocator =
      options && options->allocator ? *options->allocator : dem_allocator_default();
  const size_t size = (dem_embedded_file_count + 1) * sizeof(dem_memory_file);
  dem_memory_file *const files = allocator.resize(allocator.context, NULL, 0, size);
  *pack_out = NULL;
  if (!files) {
    return DEM_ERR_NO_MEMORY;
  }
  for (size_t i = 0; i < dem_embedded_file_count; ++i) {
    const dem_embedded_file *const file = &dem_embedded_files[i];
    files[i] = (dem_memory_file){file->path, file->bytes, file->size};
  }
  const dem_status status = dem_pack_open_files(files, dem_embedded_file_count, options, pack_out);
  (void)allocator.resize(allocator.context, files, size, 0);
  return status;
}
