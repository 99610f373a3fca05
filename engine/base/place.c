// SPDX-License-Identifier: Apache-2.0

// Files that were read, and places in them.

#include "base/place.h"

#include <stdint.h>
#include <string.h>

typedef struct dem_file {
  dem_slice name;
  dem_slice bytes;
  uint32_t line;      ///< Where in the whole file the bytes begin, from 1.
  uint32_t column;    ///< Likewise.
  dem_vector lines;   ///< size_t: where each line begins. Empty until it is first asked for.
  size_t at;          ///< The offset that was placed last, and its column: what is asked for in the
  uint32_t at_column; ///< order of the text is found in one walk, however long its lines are.
} dem_file;

void dem_files_init(dem_files *files, dem_allocator allocator)
{
  dem_arena_init(&files->arena, allocator);
  dem_vector_init(&files->items, allocator, sizeof(dem_file));
}

static dem_file *get(const dem_files *files, dem_file_id file)
{
  return &DEM_VECTOR_AT(&files->items, dem_file, file.index);
}

static void clear_lines(dem_files *files)
{
  for (uint32_t i = 0; i < files->items.count; ++i) {
    dem_vector_clear(&get(files, (dem_file_id){i})->lines);
  }
}

void dem_files_reset(dem_files *files)
{
  clear_lines(files);
  dem_vector_reset(&files->items);
  dem_arena_reset(&files->arena);
}

void dem_files_clear(dem_files *files)
{
  clear_lines(files);
  dem_vector_clear(&files->items);
  dem_arena_clear(&files->arena);
}

dem_file_id dem_files_add(dem_files *files, dem_slice name, dem_slice bytes)
{
  return dem_files_add_part(files, name, bytes, 1, 1);
}

static dem_file_id add_file(dem_files *files, dem_slice name, dem_file file)
{
  const dem_file_id none = {UINT32_MAX};
  file.name = (dem_slice){dem_arena_copy(&files->arena, name), name.size};
  dem_vector_init(&file.lines, files->items.allocator, sizeof(size_t));
  if (!file.name.bytes || !file.bytes.bytes || !dem_vector_add(&files->items, &file)) {
    return none;
  }
  return (dem_file_id){(uint32_t)files->items.count - 1};
}

dem_file_id dem_files_add_lasting(dem_files *files, dem_slice name, dem_slice bytes)
{
  return add_file(files, name, (dem_file){.bytes = bytes, .line = 1, .column = 1});
}

dem_file_id dem_files_add_part(dem_files *files, dem_slice name, dem_slice bytes, uint32_t line,
                               uint32_t column)
{
  const dem_slice copy = {dem_arena_copy(&files->arena, bytes), bytes.size};
  return add_file(files, name, (dem_file){.bytes = copy, .line = line, .column = column});
}

dem_slice dem_files_name(const dem_files *files, dem_file_id file)
{
  return file.index < files->items.count ? get(files, file)->name : DEM_SLICE("");
}

dem_slice dem_files_bytes(const dem_files *files, dem_file_id file)
{
  return file.index < files->items.count ? get(files, file)->bytes : DEM_SLICE("");
}

// Lines -------------------------------------------------------------------------------

/// Where the line behind the one at `at` begins; SIZE_MAX when there is none. Few files have a CR:
/// in the others memchr finds the next LF.
static size_t next_line(dem_slice bytes, size_t at, bool has_cr)
{
  if (!has_cr) {
    const char *const lf = memchr(bytes.bytes + at, '\n', bytes.size - at);
    return lf ? (size_t)(lf - bytes.bytes) + 1 : SIZE_MAX;
  }
  for (; at < bytes.size; ++at) {
    const char byte = bytes.bytes[at];
    const bool is_crlf = byte == '\r' && at + 1 < bytes.size && bytes.bytes[at + 1] == '\n';
    if ((byte == '\n' || byte == '\r') && !is_crlf) {
      return at + 1;
    }
  }
  return SIZE_MAX;
}

static bool build_lines(dem_file *file)
{
  const bool has_cr = memchr(file->bytes.bytes, '\r', file->bytes.size) != NULL;
  bool has_memory = true;
  for (size_t begin = 0; has_memory && begin != SIZE_MAX;
       begin = next_line(file->bytes, begin, has_cr)) {
    has_memory = dem_vector_add(&file->lines, &begin);
  }
  return has_memory;
}

static dem_file *with_lines(dem_files *files, dem_file_id file)
{
  if (file.index >= files->items.count) {
    return NULL;
  }
  dem_file *const f = get(files, file);
  return f->lines.count || build_lines(f) ? f : NULL;
}

bool dem_files_prepare(dem_files *files, dem_file_id file)
{
  return file.index >= files->items.count || with_lines(files, file) != NULL;
}

dem_slice dem_files_line(dem_files *files, dem_file_id file, uint32_t line)
{
  const dem_file *const f = with_lines(files, file);
  if (!f || line == 0 || line > f->lines.count) {
    return DEM_SLICE("");
  }
  const size_t begin = DEM_VECTOR_AT(&f->lines, size_t, line - 1);
  size_t end = line < f->lines.count ? DEM_VECTOR_AT(&f->lines, size_t, line) : f->bytes.size;
  while (end > begin && (f->bytes.bytes[end - 1] == '\n' || f->bytes.bytes[end - 1] == '\r')) {
    --end;
  }
  return (dem_slice){f->bytes.bytes + begin, end - begin};
}

dem_place dem_files_place(dem_files *files, dem_file_id file, size_t offset, uint32_t length)
{
  dem_file *const f = with_lines(files, file);
  dem_place place = {.file = file, .length = length};
  if (!f) {
    return place;
  }
  size_t low = 0;
  size_t high = f->lines.count;
  while (high - low > 1) { // The last line that begins at or before the offset.
    const size_t middle = low + (high - low) / 2;
    if (DEM_VECTOR_AT(&f->lines, size_t, middle) <= offset) {
      low = middle;
    } else {
      high = middle;
    }
  }
  place.line = (uint32_t)low + 1;
  const size_t begin = DEM_VECTOR_AT(&f->lines, size_t, low);
  if (f->at <= begin || f->at > offset) {
    f->at = begin;
    f->at_column = 1;
  }
  for (; f->at < offset && f->at < f->bytes.size; ++f->at) {
    f->at_column += ((unsigned char)f->bytes.bytes[f->at] & 0xC0) != 0x80;
  }
  place.column = f->at_column;
  return place;
}

dem_place dem_files_locate(const dem_files *files, dem_place place)
{
  if (place.file.index >= files->items.count || place.line == 0) {
    return place;
  }
  const dem_file *const f = get(files, place.file);
  if (place.line == 1 && place.column > 0) {
    place.column += f->column - 1;
  }
  place.line = place.line > UINT32_MAX - f->line ? UINT32_MAX : place.line + f->line - 1;
  return place;
}

int dem_place_compare(const dem_files *files, dem_place a, dem_place b)
{
  if (a.file.index != b.file.index) {
    const int order =
        dem_slice_compare(dem_files_name(files, a.file), dem_files_name(files, b.file));
    return order ? order : (a.file.index > b.file.index) - (a.file.index < b.file.index);
  }
  if (a.line != b.line) {
    return a.line < b.line ? -1 : 1;
  }
  return (a.column > b.column) - (a.column < b.column);
}
