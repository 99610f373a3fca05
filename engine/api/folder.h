// SPDX-License-Identifier: Apache-2.0

// A folder's files in memory.

#ifndef DEM_API_FOLDER_H
#define DEM_API_FOLDER_H

#include "base/diagnostic.h"
#include "base/vector.h"

/// Read the whole of one file.
/// @param bytes_out  In the arena, followed by a NUL that is not counted.
/// @return DEM_OK; DEM_ERR_IO and a diagnostic; DEM_ERR_LIMIT; DEM_ERR_NO_MEMORY.
dem_status dem_file_read(dem_arena *arena, const char *path, size_t max_bytes,
                         dem_diagnostics *diagnostics, dem_slice *bytes_out);

/// Read a pack's files: what lies under kb/ and rules/ and ends in .yaml, .yml or .csv. Links are
/// followed; names that begin with a point are passed over.
///
/// @param files  A vector of dem_pack_file (lang/pack_reader.h), in the arena.
dem_status dem_folder_read(dem_arena *arena, const char *folder, size_t max_bytes,
                           dem_diagnostics *diagnostics, dem_vector *files);

/// Read the files of a pack's tests: those in tests/advice where there is such a folder, else all
/// under tests/, that end in .yaml or .yml. Paths are relative to the pack.
dem_status dem_folder_read_tests(dem_arena *arena, const char *folder, size_t max_bytes,
                                 dem_diagnostics *diagnostics, dem_vector *files);

#endif
