// SPDX-License-Identifier: Apache-2.0

// Turns a pack's files into a C file with their bytes. A build tool, not part of the library.
//
//   embed_pack ROOT LIST OUTPUT HEADER TYPE NAME [images]
//
// LIST names the files, one a line, relative to ROOT. OUTPUT defines NAMEs, an array of TYPE, and
// NAME_count, as HEADER declares them. Bytes become string literals, a literal a
// line of the file: compilers read those some ten times faster than lists of numbers.
//
// With `images`, what each YAML file says is embedded beside its bytes, read already
// (text/document_image.h), and the pack's SHA-256: a program then starts without a YAML parser.

#include "base/diagnostic.h"
#include "lang/pack_hash.h"
#include "text/document_image.h"
#include "text/yaml.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FILES = 4096, LONGEST_PATH = 4096 };

static _Noreturn void fail(const char *path)
{
  fprintf(stderr, "embed_pack: %s: %s\n", path, errno ? strerror(errno) : "failed");
  exit(EXIT_FAILURE);
}

static FILE *open_file(const char *path, const char *mode)
{
  FILE *const file = fopen(path, mode);
  if (!file) {
    fail(path);
  }
  return file;
}

static char *copy_of(const char *text)
{
  char *const copy = malloc(strlen(text) + 1);
  if (!copy) {
    fail(text);
  }
  return strcpy(copy, text);
}

static int compare_paths(const void *left, const void *right)
{
  return strcmp(*(char *const *)left, *(char *const *)right);
}

/// The paths in the list, sorted by their bytes.
static size_t read_list(const char *path, char *paths[MOST_FILES])
{
  FILE *const list = open_file(path, "r");
  char line[LONGEST_PATH];
  size_t count = 0;
  while (fgets(line, sizeof line, list)) {
    line[strcspn(line, "\n")] = '\0';
    if (line[0] == '\0') {
      continue;
    }
    if (count == MOST_FILES) {
      fail("more files than MOST_FILES");
    }
    paths[count++] = copy_of(line);
  }
  fclose(list);
  qsort(paths, count, sizeof *paths, compare_paths);
  return count;
}

/// A file's bytes. @return Yours.
static dem_slice read_file(const char *root, const char *path)
{
  char full_path[2 * LONGEST_PATH];
  snprintf(full_path, sizeof full_path, "%s/%s", root, path);
  FILE *const in = open_file(full_path, "rb");
  char *bytes = NULL;
  size_t size = 0;
  size_t capacity = 0;
  for (size_t taken = 1; taken > 0; size += taken) {
    if (capacity - size < LONGEST_PATH) {
      capacity = 2 * capacity + LONGEST_PATH;
      bytes = realloc(bytes, capacity);
      if (!bytes) {
        fail(full_path);
      }
    }
    taken = fread(bytes + size, 1, capacity - size, in);
  }
  if (ferror(in)) {
    fail(full_path);
  }
  fclose(in);
  return (dem_slice){bytes, size};
}

// Images ------------------------------------------------------------------------------

static bool is_yaml(const char *path)
{
  const size_t size = strlen(path);
  return size > 5 && strcmp(path + size - 5, ".yaml") == 0;
}

/// Read a file and append its image; nothing where the reader has anything to say: it should say
/// so to whoever opens the pack.
static void add_image(const char *path, dem_slice bytes, dem_buffer *image)
{
  const dem_allocator allocator = dem_allocator_default();
  dem_arena arena;
  dem_files files;
  dem_diagnostics diagnostics;
  dem_vector roots;
  dem_arena_init(&arena, allocator);
  dem_files_init(&files, allocator);
  dem_diagnostics_init(&diagnostics, allocator);
  dem_vector_init(&roots, allocator, sizeof(const dem_node *));
  const dem_reader_context context = {
      .arena = &arena, .files = &files, .diagnostics = &diagnostics, .limits = {.max_depth = 64}};
  const dem_file_id file = dem_files_add(&files, dem_slice_of(path), bytes);
  if (dem_yaml_read(&context, file, &roots) == DEM_OK && diagnostics.items.count == 0 &&
      roots.count == 1) {
    dem_document_image_write(DEM_VECTOR_AT(&roots, const dem_node *, 0), image);
  }
  dem_vector_clear(&roots);
  dem_diagnostics_clear(&diagnostics);
  dem_files_clear(&files);
  dem_arena_clear(&arena);
}

static void hash_files(char *const *paths, const dem_slice *contents, size_t count, char hash[65])
{
  dem_pack_file *const files = calloc(count + 1, sizeof *files);
  const dem_pack_file **const sorted = calloc(count + 1, sizeof *sorted);
  if (!files || !sorted) {
    fail("hash");
  }
  for (size_t i = 0; i < count; ++i) {
    files[i] = (dem_pack_file){.path = dem_slice_of(paths[i]), .bytes = contents[i]};
    sorted[i] = &files[i];
  }
  dem_pack_hash(sorted, count, hash);
  free(sorted);
  free(files);
}

// Writing -----------------------------------------------------------------------------

static bool is_plain(char byte)
{
  return byte >= ' ' && byte <= '~' && byte != '"' && byte != '\\' && byte != '?'; // "??=" is '#'
}

static void write_bytes(FILE *out, const char *what, size_t number, dem_slice bytes)
{
  fprintf(out, "static const char %s_%zu[] =\n  \"", what, number);
  for (size_t i = 0; i < bytes.size; ++i) {
    const char byte = bytes.bytes[i];
    if (byte == '\n') {
      fputs("\\n\"\n  \"", out);
    } else if (is_plain(byte)) {
      fputc(byte, out);
    } else {
      fprintf(out, "\\%03o", (unsigned)(unsigned char)byte);
    }
  }
  fputs("\";\n\n", out);
}

int main(int argc, char **argv)
{
  const bool has_images = argc == 8 && strcmp(argv[7], "images") == 0;
  if (argc != 7 && !has_images) {
    fputs("usage: embed_pack ROOT LIST OUTPUT HEADER TYPE NAME [images]\n", stderr);
    return EXIT_FAILURE;
  }

  static char *paths[MOST_FILES];
  static dem_slice contents[MOST_FILES];
  static size_t image_sizes[MOST_FILES];
  const size_t count = read_list(argv[2], paths);
  FILE *const out = open_file(argv[3], "w");
  fprintf(out, "// Written by embed_pack from a pack's files.\n\n#include \"%s\"\n\n", argv[4]);
  for (size_t i = 0; i < count; ++i) {
    contents[i] = read_file(argv[1], paths[i]);
    fprintf(out, "// %s\n", paths[i]);
    write_bytes(out, "file", i, contents[i]);
    if (has_images) {
      dem_buffer image;
      dem_buffer_init(&image, dem_allocator_default());
      if (is_yaml(paths[i])) {
        add_image(paths[i], contents[i], &image);
      }
      write_bytes(out, "image", i, dem_buffer_slice(&image));
      image_sizes[i] = image.has_failed ? 0 : dem_buffer_slice(&image).size;
      dem_buffer_clear(&image);
    }
  }
  fprintf(out, "const %s %ss[] = {\n", argv[5], argv[6]);
  for (size_t i = 0; i < count; ++i) {
    fprintf(out, "  {\"%s\", file_%zu, %zu", paths[i], i, contents[i].size);
    if (has_images) {
      fprintf(out, ", image_%zu, %zu", i, image_sizes[i]);
    }
    fputs("},\n", out);
  }
  fprintf(out, "  {0}};\n\nconst size_t %s_count = %zu;\n", argv[6], count);
  if (has_images) {
    char hash[65];
    hash_files(paths, contents, count, hash);
    fprintf(out, "const char %s_sha256[] = \"%s\";\n", argv[6], hash);
  }
  for (size_t i = 0; i < count; ++i) {
    free((char *)(uintptr_t)contents[i].bytes);
    free(paths[i]);
  }
  if (ferror(out) || fclose(out) != 0) {
    fail(argv[3]);
  }
  return EXIT_SUCCESS;
}
