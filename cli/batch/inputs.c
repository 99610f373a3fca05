// SPDX-License-Identifier: Apache-2.0

// The files that a batch reads. Needs POSIX.

#define _POSIX_C_SOURCE 200809L // strdup, glob, opendir

#include "inputs.h"

#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../command.h"

enum { DEEPEST_FOLDER = 32 }; // Deeper is a circle of links.

void inputs_clear(input_list *found)
{
  for (size_t i = 0; i < found->count; ++i) {
    free(found->items[i].path);
  }
  free(found->items);
  found->items = NULL;
  found->count = found->capacity = 0;
}

static int say(const char *path, const char *what)
{
  (void)fprintf(stderr, "demarche: cannot read %s: %s\n", path, what);
  return EXIT_IO;
}

static int say_avoided(const char *path)
{
  (void)fprintf(stderr, "demarche: batch: '%s' is to be read and written\n", path);
  return EXIT_USAGE;
}

static int add(input_list *found, const char *path, const struct stat *state)
{
  if (found->count == found->capacity) {
    const size_t capacity = found->capacity ? found->capacity * 2 : 16;
    input_file *const items = realloc(found->items, capacity * sizeof *items);
    if (!items) {
      return say(path, strerror(ENOMEM));
    }
    found->items = items;
    found->capacity = capacity;
  }
  const bool is_regular = state && S_ISREG(state->st_mode);
  // Found out now rather than after hours; a pipe is opened once, when it is read.
  if (is_regular && strcmp(path, "-") != 0 && access(path, R_OK) != 0) {
    return say(path, strerror(errno));
  }
  char *const copy = strdup(path);
  if (!copy) {
    return say(path, strerror(ENOMEM));
  }
  found->items[found->count++] = (input_file){
      .path = copy, .size = is_regular ? (uint64_t)state->st_size : 0, .is_regular = is_regular};
  found->is_regular = found->is_regular && is_regular;
  found->size += is_regular ? (uint64_t)state->st_size : 0;
  return EXIT_DONE;
}

static bool is_one_file(const struct stat *a, const struct stat *b)
{
  return S_ISREG(a->st_mode) && a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/// Whether the file is one that the batch writes, under whatever name.
static bool is_avoided(const input_list *found, const struct stat *state)
{
  struct stat other;
  bool is_same = fstat(STDOUT_FILENO, &other) == 0 && is_one_file(&other, state);
  for (size_t i = 0; i < 2 && !is_same; ++i) {
    is_same = found->avoid[i] && stat(found->avoid[i], &other) == 0 && is_one_file(&other, state);
  }
  return is_same;
}

// Folders -----------------------------------------------------------------------------

static bool has_ending(const char *name)
{
  static const char *const endings[] = {".yaml", ".yml", ".json", ".jsonl", ".ndjson", ".csv"};
  const size_t size = strlen(name);
  for (size_t i = 0; i < sizeof endings / sizeof *endings; ++i) {
    const size_t end = strlen(endings[i]);
    if (size > end && strcmp(name + size - end, endings[i]) == 0) {
      return true;
    }
  }
  return false;
}

static char *join(const char *folder, const char *name)
{
  const size_t size = strlen(folder) + strlen(name) + 2;
  char *const path = malloc(size);
  const bool has_slash = folder[0] && folder[strlen(folder) - 1] == '/';
  if (path) {
    (void)snprintf(path, size, "%s%s%s", folder, has_slash ? "" : "/", name);
  }
  return path;
}

static int add_folder(input_list *found, const char *folder, int depth);

static int add_entry(input_list *found, const char *path, const char *name, int depth)
{
  struct stat state;
  if (stat(path, &state) != 0) {
    return say(path, strerror(errno));
  }
  if (S_ISDIR(state.st_mode)) {
    return add_folder(found, path, depth + 1);
  }
  const bool is_profile = S_ISREG(state.st_mode) && has_ending(name);
  return is_profile && !is_avoided(found, &state) ? add(found, path, &state) : EXIT_DONE;
}

static int add_folder(input_list *found, const char *folder, int depth)
{
  DIR *const entries = depth > DEEPEST_FOLDER ? NULL : opendir(folder);
  if (!entries) {
    return say(folder, depth > DEEPEST_FOLDER ? "folders are nested too deep" : strerror(errno));
  }
  int status = EXIT_DONE;
  const struct dirent *entry;
  while (status == EXIT_DONE && (entry = readdir(entries)) != NULL) {
    if (entry->d_name[0] != '.') {
      char *const path = join(folder, entry->d_name);
      status = path ? add_entry(found, path, entry->d_name, depth) : say(folder, strerror(ENOMEM));
      free(path);
    }
  }
  (void)closedir(entries);
  return status;
}

static int compare_paths(const void *left, const void *right)
{
  const input_file *const a = left;
  const input_file *const b = right;
  return strcmp(a->path, b->path);
}

static void sort_from(input_list *found, size_t first)
{
  if (found->count > first) {
    qsort(found->items + first, found->count - first, sizeof *found->items, compare_paths);
  }
}

// Arguments ---------------------------------------------------------------------------

static int add_path(input_list *found, const char *path)
{
  const size_t first = found->count;
  struct stat state;
  if (strcmp(path, "-") == 0) {
    const bool is_known = fstat(STDIN_FILENO, &state) == 0;
    return is_known && is_avoided(found, &state) ? say_avoided("standard input")
                                                 : add(found, path, is_known ? &state : NULL);
  }
  if (stat(path, &state) != 0) {
    return say(path, strerror(errno));
  }
  if (S_ISDIR(state.st_mode)) {
    const int status = add_folder(found, path, 0);
    sort_from(found, first);
    return status;
  }
  return is_avoided(found, &state) ? say_avoided(path) : add(found, path, &state);
}

static int add_pattern(input_list *found, const char *pattern)
{
  glob_t matches;
  const int failed = glob(pattern, GLOB_NOSORT, NULL, &matches);
  if (failed) {
    return say(pattern, failed == GLOB_NOMATCH ? "there is no such file" : strerror(ENOMEM));
  }
  const size_t first = found->count;
  int status = EXIT_DONE;
  for (size_t i = 0; i < matches.gl_pathc && status == EXIT_DONE; ++i) {
    status = add_path(found, matches.gl_pathv[i]);
  }
  globfree(&matches);
  sort_from(found, first);
  return status;
}

int inputs_find(input_list *found, const char *const *arguments, size_t count)
{
  found->is_regular = true;
  int status = EXIT_DONE;
  for (size_t i = 0; i < count && status == EXIT_DONE; ++i) {
    struct stat state;
    const bool is_there = strcmp(arguments[i], "-") == 0 || stat(arguments[i], &state) == 0;
    const bool is_pattern = !is_there && strpbrk(arguments[i], "*?[");
    status = is_pattern ? add_pattern(found, arguments[i]) : add_path(found, arguments[i]);
  }
  return status;
}
