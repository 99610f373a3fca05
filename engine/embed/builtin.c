// SPDX-License-Identifier: Apache-2.0

// Opens the pack that is compiled in.

#include "api/embedded.h"
#include "api/handles.h"
#include "demarche/pack.h"

dem_status dem_pack_open_builtin(const dem_pack_options *options, dem_pack **pack_out)
{
  const dem_allocator allocator =
      options && options->allocator ? *options->allocator : dem_allocator_default();
  const size_t count = dem_embedded_file_count;
  dem_arena arena;
  dem_arena_init(&arena, allocator);
  dem_memory_file *const files = DEM_ARENA_ARRAY(&arena, dem_memory_file, count);
  dem_slice *const images = DEM_ARENA_ARRAY(&arena, dem_slice, count);
  dem_status status = DEM_ERR_NO_MEMORY;
  *pack_out = NULL;
  if (files && images) {
    for (size_t i = 0; i < count; ++i) {
      const dem_embedded_file *const file = &dem_embedded_files[i];
      files[i] = (dem_memory_file){file->path, file->bytes, file->size};
      images[i] = (dem_slice){file->image, file->image_size};
    }
    const dem_pack_variant variant = {.images = images, .sha256 = dem_embedded_file_sha256};
    status = dem_pack_open_variant(files, count, options, &variant, pack_out);
  }
  dem_arena_clear(&arena);
  return status;
}
