// SPDX-License-Identifier: Apache-2.0

// A folder's files in memory. Needs POSIX.

#define _POSIX_C_SOURCE 200809L

#include "api/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/try.h"
#include "lang/pack_reader.h"

enum { DEEPEST_FOLDER = 16, FIRST_CHUNK = 64 * 1024 };

static dem_status report(dem_diagnostics *diagnostics, const char *path, const char *what)
{
  (void)dem_diagnose(diagnostics, DEM_DIAG_CANNOT_READ, DEM_PLACE_NONE, "cannot read '%s': %s",
                     path, what);
  return DEM_ERR_IO;
}

static dem_status report_errno(dem_diagnostics *diagnostics, const char *path, int error)
{
  char what[128];
  if (strerror_r(error, what, sizeof what) != 0) {
    what[0] = '\0';
  }
  return report(diagnostics, path, what);
}

// Files -------------------------------------------------------------------------------

/// Also of a pipe, whose size is not known before.
static dem_status read_stream(dem_arena *arena, FILE *stream, const char *path, size_t max_bytes,
                              dem_diagnostics *diagnostics, dem_slice *out)
{
  dem_buffer bytes;
  dem_buffer_init(&bytes, arena->allocator);
  char chunk[FIRST_CHUNK];
  size_t got = 0;
  while ((got = fread(chunk, 1, sizeof chunk, stream)) > 0 && !bytes.has_failed &&
         (max_bytes == 0 || bytes.size <= max_bytes)) {
    dem_buffer_add(&bytes, (dem_slice){chunk, got});
  }
  dem_status status = DEM_OK;
  if (ferror(stream)) {
    status = report_errno(diagnostics, path, errno);
  } else if (bytes.has_failed) {
    status = DEM_ERR_NO_MEMORY;
  } else if (max_bytes && bytes.size > max_bytes) {
    (void)dem_diagnose(diagnostics, DEM_DIAG_LIMIT, DEM_PLACE_NONE,
                       "'%s' is larger than %zu bytes (the limit max_bytes)", path, max_bytes);
    status = DEM_ERR_LIMIT;
  } else {
    *out = (dem_slice){dem_arena_copy(arena, dem_buffer_slice(&bytes)), bytes.size};
    status = out->bytes ? DEM_OK : DEM_ERR_NO_MEMORY;
  }
  dem_buffer_clear(&bytes);
  return status;
}

dem_status dem_file_read(dem_arena *arena, const char *path, size_t max_bytes,
                         dem_diagnostics *diagnostics, dem_slice *bytes_out)
{
  struct stat about;
  FILE *const stream = fopen(path, "rb");
  if (!stream) {
    return report_errno(diagnostics, path, errno);
  }
  dem_status status = DEM_OK;
  if (stat(path, &about) == 0 && S_ISDIR(about.st_mode)) {
    status = report(diagnostics, path, "it is a folder");
  } else {
    status = read_stream(arena, stream, path, max_bytes, diagnostics, bytes_out);
  }
  (void)fclose(stream);
  return status;
}

// Folders -----------------------------------------------------------------------------

typedef struct walk {
  dem_arena *arena;
  const char *root;
  size_t max_bytes;
  dem_diagnostics *diagnostics;
  dem_vector *files;
} walk;

static bool ends_with(const char *text, const char *suffix)
{
  const size_t size = strlen(text);
  const size_t end = strlen(suffix);
  return size > end && strcmp(text + size - end, suffix) == 0;
}

static char *join(dem_arena *arena, const char *folder, const char *name)
{
  const size_t size = strlen(folder) + strlen(name) + 2;
  char *const path = dem_arena_alloc(arena, size);
  if (path) {
    (void)snprintf(path, size, "%s/%s", folder, name);
  }
  return path;
}

static dem_status take_file(walk *w, const char *path, const char *relative)
{
  dem_pack_file file = {.path = dem_slice_of(relative)};
  DEM_TRY(dem_file_read(w->arena, path, w->max_bytes, w->diagnostics, &file.bytes));
  return dem_vector_add(w->files, &file) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_status walk_folder(walk *w, const char *path, const char *relative, int depth);

static dem_status take_entry(walk *w, const char *folder, const char *relative, const char *name,
                             int depth)
{
  struct stat about;
  const char *const path = join(w->arena, folder, name);
  const char *const inside = join(w->arena, relative, name);
  DEM_TRY_MEMORY(path);
  DEM_TRY_MEMORY(inside);
  if (stat(path, &about) != 0) {
    return report_errno(w->diagnostics, path, errno);
  }
  if (S_ISDIR(about.st_mode)) {
    return walk_folder(w, path, inside, depth + 1);
  }
  const bool is_part =
      ends_with(name, ".yaml") || ends_with(name, ".yml") || ends_with(name, ".csv");
  if (is_part && !S_ISREG(about.st_mode)) {
    return report(w->diagnostics, path, "it is neither a file nor a folder");
  }
  return is_part ? take_file(w, path, inside) : DEM_OK;
}

static dem_status walk_folder(walk *w, const char *path, const char *relative, int depth)
{
  if (depth > DEEPEST_FOLDER) {
    return report(w->diagnostics, path, "folders are nested too deep, or in a circle");
  }
  DIR *const folder = opendir(path);
  if (!folder) {
    return errno == ENOENT && depth == 0 ? DEM_OK : report_errno(w->diagnostics, path, errno);
  }
  dem_status status = DEM_OK;
  const struct dirent *entry;
  while (status == DEM_OK && (entry = readdir(folder)) != NULL) {
    if (entry->d_name[0] != '.') {
      status = take_entry(w, path, relative, entry->d_name, depth);
    }
  }
  (void)closedir(folder);
  return status;
}

/// Whether the folder is there at all, and is one.
static dem_status check_folder(const char *folder, dem_diagnostics *diagnostics)
{
  struct stat about;
  if (stat(folder, &about) != 0) {
    return report_errno(diagnostics, folder, errno);
  }
  return S_ISDIR(about.st_mode)
             ? DEM_OK
             : report(diagnostics, folder, "a pack is a folder with kb/ and rules/");
}

dem_status dem_folder_read(dem_arena *arena, const char *folder, size_t max_bytes,
                           dem_diagnostics *diagnostics, dem_vector *files)
{
  static const char *const parts[] = {"kb", "rules"};
  walk w = {arena, folder, max_bytes, diagnostics, files};
  DEM_TRY(check_folder(folder, diagnostics));
  for (size_t i = 0; i < sizeof parts / sizeof *parts; ++i) {
    const char *const path = join(arena, folder, parts[i]);
    DEM_TRY_MEMORY(path);
    DEM_TRY(walk_folder(&w, path, parts[i], 0));
  }
  return DEM_OK;
}

dem_status dem_folder_read_tests(dem_arena *arena, const char *folder, size_t max_bytes,
                                 dem_diagnostics *diagnostics, dem_vector *files)
{
  static const char *const parts[] = {"tests/advice", "tests"};
  walk w = {arena, folder, max_bytes, diagnostics, files};
  struct stat about;
  DEM_TRY(check_folder(folder, diagnostics));
  for (size_t i = 0; i < sizeof parts / sizeof *parts; ++i) {
    const char *const path = join(arena, folder, parts[i]);
    DEM_TRY_MEMORY(path);
    if (stat(path, &about) == 0 && S_ISDIR(about.st_mode)) {
      return walk_folder(&w, path, parts[i], 0);
    }
  }
  return DEM_OK;
}
