// SPDX-License-Identifier: Apache-2.0

// Turns a pack's files into a C file with their bytes. A build tool, not part of the library.
//
//   embed_pack ROOT LIST OUTPUT HEADER TYPE NAME
//
// LIST names the files, one a line, relative to ROOT. OUTPUT defines NAMEs, an array of TYPE, and
// NAME_count, as HEADER declares them. Bytes become string literals, a literal a
// line of the file: compilers read those some ten times faster than lists of numbers.

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

static bool is_plain(int byte)
{
  return byte >= ' ' && byte <= '~' && byte != '"' && byte != '\\' && byte != '?'; // "??=" is '#'
}

/// The file's bytes as literals. @return How many there are.
static size_t write_bytes(FILE *out, const char *root, const char *path)
{
  char full_path[2 * LONGEST_PATH];
  snprintf(full_path, sizeof full_path, "%s/%s", root, path);
  FILE *const in = open_file(full_path, "rb");
  size_t size = 0;
  fputs("  \"", out);
  for (int byte = fgetc(in); byte != EOF; byte = fgetc(in)) {
    ++size;
    if (byte == '\n') {
      fputs("\\n\"\n  \"", out);
    } else if (is_plain(byte)) {
      fputc(byte, out);
    } else {
      fprintf(out, "\\%03o", (unsigned)byte);
    }
  }
  fputs("\"", out);
  if (ferror(in)) {
    fail(full_path);
  }
  fclose(in);
  return size;
}

int main(int argc, char **argv)
{
  if (argc != 7) {
    fputs("usage: embed_pack ROOT LIST OUTPUT HEADER TYPE NAME\n", stderr);
    return EXIT_FAILURE;
  }

  static char *paths[MOST_FILES];
  static size_t sizes[MOST_FILES];
  const size_t count = read_list(argv[2], paths);
  FILE *const out = open_file(argv[3], "w");
  fprintf(out, "// Written by embed_pack from a pack's files.\n\n#include \"%s\"\n\n", argv[4]);
  for (size_t i = 0; i < count; ++i) {
    fprintf(out, "// %s\nstatic const char file_%zu[] =\n", paths[i], i);
    sizes[i] = write_bytes(out, argv[1], paths[i]);
    fputs(";\n\n", out);
  }
  fprintf(out, "const %s %ss[] = {\n", argv[5], argv[6]);
  for (size_t i = 0; i < count; ++i) {
    fprintf(out, "  {\"%s\", file_%zu, %zu},\n", paths[i], i, sizes[i]);
    free(paths[i]);
  }
  fprintf(out, "  {0}};\n\nconst size_t %s_count = %zu;\n", argv[6], count);
  if (ferror(out) || fclose(out) != 0) {
    fail(argv[3]);
  }
  return EXIT_SUCCESS;
}
