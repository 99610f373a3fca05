// SPDX-License-Identifier: Apache-2.0

// Where something was read: file, line and column, both counted from 1.

#ifndef DEM_BASE_PLACE_H
#define DEM_BASE_PLACE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"
#include "base/vector.h"

/// A file of a dem_files table. A file is anything with a name and bytes: also
/// standard input, or a text that was passed in memory.
typedef struct dem_file_id {
  uint32_t index;
} dem_file_id;

typedef struct dem_place {
  dem_file_id file;
  uint32_t line;   ///< From 1; 0 when only the file is known.
  uint32_t column; ///< In code points, from 1; 0 when only the line is known.
  uint32_t length; ///< Code points to underline; 0 counts as 1.
} dem_place;

#define DEM_PLACE_NONE ((dem_place){.file = {UINT32_MAX}})

static inline bool dem_place_is_none(dem_place place)
{
  return place.file.index == UINT32_MAX;
}

/// The files that were read, with their bytes, so that errors can show lines.
typedef struct dem_files {
  dem_arena arena;
  dem_vector items; ///< dem_file (private), in the order in which they were added.
} dem_files;

void dem_files_init(dem_files *files, dem_allocator allocator);
void dem_files_clear(dem_files *files);

/// Forget the files and keep the memory.
void dem_files_reset(dem_files *files);

/// Add a file. Name and bytes are copied.
/// @return Its id; index UINT32_MAX without memory.
dem_file_id dem_files_add(dem_files *files, dem_slice name, dem_slice bytes);

/// The same for bytes that outlive the files: they are not copied.
dem_file_id dem_files_add_lasting(dem_files *files, dem_slice name, dem_slice bytes);

/// Add a part of a file, which begins at a line and a column (both from 1) of the whole.
/// Places in it count from its own beginning, until dem_files_locate.
dem_file_id dem_files_add_part(dem_files *files, dem_slice name, dem_slice bytes, uint32_t line,
                               uint32_t column);

/// The place in the whole file that people know: the same for a file that is no part.
dem_place dem_files_locate(const dem_files *files, dem_place place);

dem_slice dem_files_name(const dem_files *files, dem_file_id file);
dem_slice dem_files_bytes(const dem_files *files, dem_file_id file);

/// Line `line` (from 1) without its line break (LF, CRLF or CR); empty past the end. Only LF, CRLF
/// and CR end a line. The first call for a file builds its line table: O(bytes).
dem_slice dem_files_line(dem_files *files, dem_file_id file, uint32_t line);

/// Build a file's line table now, so that from here on threads may read its lines together.
/// @return False without memory.
bool dem_files_prepare(dem_files *files, dem_file_id file);

/// The place of byte `offset` of a file: for parsers that report offsets.
dem_place dem_files_place(dem_files *files, dem_file_id file, size_t offset, uint32_t length);

/// Order by file name, then line, then column: the order in which errors are shown.
int dem_place_compare(const dem_files *files, dem_place a, dem_place b);

#endif
