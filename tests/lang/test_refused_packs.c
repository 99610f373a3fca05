// SPDX-License-Identifier: Apache-2.0

// Packs that must be refused: each folder of tests/packs/refused says beside its mistakes
// what is wrong with them, and nothing else may be found.
//
//     - hint: {to: $d}   # expect 4:20 unbound-variable
//
// The comment stands in the file that has the mistake; several verdicts are separated by commas.
// Where a file has no comments (CSV), or none that can be read, a YAML file of the pack names it:
//
//     # expect kb/edges.csv 3:0 wrong-type

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "demarche/limits.h"
#include "infer/program.h"
#include "lang/pack_reader.h"

#define ROOT DEMARCHE_SOURCE_DIR "/tests/packs/refused"

enum { MOST_CASES = 256, MOST_DEPTH = 8 };

// Files -------------------------------------------------------------------------------

/// A pack as read from its folder.
typedef struct folder {
  dem_arena arena;
  dem_vector files; ///< dem_pack_file
} folder;

static dem_slice joined(dem_arena *arena, const char *before, const char *after)
{
  dem_buffer text;
  dem_buffer_init(&text, dem_allocator_default());
  dem_buffer_add_format(&text, "%s/%s", before, after);
  const dem_slice copy = {dem_arena_copy(arena, dem_buffer_slice(&text)), text.size};
  dem_buffer_clear(&text);
  assert_non_null(copy.bytes);
  return copy;
}

static dem_slice read_file(dem_arena *arena, const char *path)
{
  FILE *const file = fopen(path, "rb");
  assert_non_null(file);
  dem_buffer bytes;
  dem_buffer_init(&bytes, dem_allocator_default());
  for (int byte = getc(file); byte != EOF; byte = getc(file)) {
    dem_buffer_add_char(&bytes, (char)byte);
  }
  (void)fclose(file);
  const dem_slice copy = {dem_arena_copy(arena, dem_buffer_slice(&bytes)), bytes.size};
  dem_buffer_clear(&bytes);
  assert_non_null(copy.bytes);
  return copy;
}

/// Add the files below a folder; `prefix` is its path in the pack, "" for the pack itself.
static void add_files(folder *f, const char *path, const char *prefix, int depth)
{
  DIR *const directory = opendir(path);
  assert_non_null(directory);
  assert_in_range(depth, 0, MOST_DEPTH);
  for (const struct dirent *entry = readdir(directory); entry; entry = readdir(directory)) {
    if (entry->d_name[0] == '.') {
      continue;
    }
    const char *const full = joined(&f->arena, path, entry->d_name).bytes;
    const dem_slice name =
        prefix[0] ? joined(&f->arena, prefix, entry->d_name) : joined(&f->arena, "", entry->d_name);
    const dem_slice inner = prefix[0] ? name : (dem_slice){name.bytes + 1, name.size - 1};
    DIR *const below = opendir(full);
    if (below) {
      (void)closedir(below);
      add_files(f, full, inner.bytes, depth + 1);
    } else {
      const dem_pack_file file = {.path = inner, .bytes = read_file(&f->arena, full)};
      assert_true(dem_vector_add(&f->files, &file));
    }
  }
  (void)closedir(directory);
}

// Verdicts ----------------------------------------------------------------------------

static int compare_lines(const void *left, const void *right)
{
  return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/// The verdicts, sorted, one a line.
static void write_sorted(dem_vector *lines, dem_buffer *out)
{
  if (lines->count) {
    qsort(lines->items, lines->count, sizeof(const char *), compare_lines);
  }
  for (size_t i = 0; i < lines->count; ++i) {
    dem_buffer_add_text(out, DEM_VECTOR_AT(lines, const char *, i));
    dem_buffer_add_char(out, '\n');
  }
  dem_buffer_add_char(out, '\0');
}

static void add_line(folder *f, dem_vector *lines, const char *file, const char *verdict,
                     size_t size)
{
  dem_buffer text;
  dem_buffer_init(&text, dem_allocator_default());
  if (file) {
    dem_buffer_add_format(&text, "%s ", file);
  }
  dem_buffer_add(&text, (dem_slice){verdict, size});
  const char *const line = dem_arena_copy(&f->arena, dem_buffer_slice(&text));
  dem_buffer_clear(&text);
  assert_non_null(line);
  assert_true(dem_vector_add(lines, &line));
}

/// "4:20 slug, 5:1 slug" up to the end of the line.
static void add_verdicts(folder *f, const char *file, const char *text, dem_vector *lines)
{
  while (*text && *text != '\n') {
    const size_t size = strcspn(text, ",\r\n");
    add_line(f, lines, *text >= '0' && *text <= '9' ? file : NULL, text, size);
    text += size;
    text += strspn(text, ", \r");
  }
}

static void collect_expected(folder *f, dem_buffer *out)
{
  static const char mark[] = "# expect ";
  dem_vector lines;
  dem_vector_init(&lines, dem_allocator_default(), sizeof(const char *));
  for (size_t i = 0; i < f->files.count; ++i) {
    const dem_pack_file *const file = &DEM_VECTOR_AT(&f->files, dem_pack_file, i);
    const char *at = strstr(file->bytes.bytes, mark);
    for (; at; at = strstr(at + 1, mark)) {
      add_verdicts(f, file->path.bytes, at + sizeof mark - 1, &lines);
    }
  }
  write_sorted(&lines, out);
  dem_vector_clear(&lines);
}

static void collect_found(folder *f, const dem_model *model, const dem_diagnostics *diagnostics,
                          dem_buffer *out)
{
  dem_vector lines;
  dem_vector_init(&lines, dem_allocator_default(), sizeof(const char *));
  for (size_t i = 0; i < diagnostics->items.count; ++i) {
    const dem_diagnostic *const d = &DEM_VECTOR_AT(&diagnostics->items, dem_diagnostic, i);
    const bool has_place = !dem_place_is_none(d->place);
    const dem_slice file =
        has_place ? dem_files_name(&model->files, d->place.file) : DEM_SLICE("nowhere");
    char line[512];
    const int size = snprintf(line, sizeof line, "%.*s %u:%u %s", (int)file.size, file.bytes,
                              has_place ? d->place.line : 0, has_place ? d->place.column : 0,
                              dem_diagnostic_code_slug(d->code));
    assert_in_range(size, 1, sizeof line - 1);
    add_line(f, &lines, NULL, line, (size_t)size);
  }
  write_sorted(&lines, out);
  dem_vector_clear(&lines);
}

/// Read the pack and, if it can be read, make it ready to run: some mistakes show only then.
static dem_status compile(const folder *f, dem_model *model, dem_diagnostics *diagnostics)
{
  const dem_limits limits = dem_limits_default();
  const dem_text_limits text_limits = {limits.max_bytes, limits.max_depth, limits.max_nodes};
  dem_status status =
      dem_pack_read(f->files.items, f->files.count, &text_limits, model, diagnostics);
  if (status == DEM_OK) {
    dem_program *program = NULL;
    status = dem_program_new(dem_allocator_default(), model, model->date, &limits, diagnostics,
                             &program);
    dem_program_free(program);
  }
  return status;
}

static void test_pack(void **state)
{
  folder f;
  dem_model model;
  dem_diagnostics diagnostics;
  dem_buffer expected;
  dem_buffer found;
  const dem_allocator allocator = dem_allocator_default();
  dem_arena_init(&f.arena, allocator);
  dem_vector_init(&f.files, allocator, sizeof(dem_pack_file));
  dem_model_init(&model, allocator);
  dem_diagnostics_init(&diagnostics, allocator);
  dem_buffer_init(&expected, allocator);
  dem_buffer_init(&found, allocator);
  add_files(&f, joined(&f.arena, ROOT, *state).bytes, "", 0);
  const dem_status status = compile(&f, &model, &diagnostics);
  collect_expected(&f, &expected);
  collect_found(&f, &model, &diagnostics, &found);
  assert_string_equal(found.bytes, expected.bytes);
  assert_int_not_equal(status, DEM_OK);
  dem_buffer_clear(&found);
  dem_buffer_clear(&expected);
  dem_diagnostics_clear(&diagnostics);
  dem_model_clear(&model);
  dem_vector_clear(&f.files);
  dem_arena_clear(&f.arena);
}

int main(void)
{
  static char names[MOST_CASES][256];
  struct CMUnitTest tests[MOST_CASES] = {{0}};
  size_t count = 0;
  DIR *const directory = opendir(ROOT);
  if (!directory) {
    perror(ROOT);
    return 1;
  }
  for (const struct dirent *entry = readdir(directory); entry; entry = readdir(directory)) {
    if (entry->d_name[0] != '.' && count < MOST_CASES) {
      (void)snprintf(names[count], sizeof names[count], "%s", entry->d_name);
      tests[count] = (struct CMUnitTest){
          .name = names[count], .test_func = test_pack, .initial_state = names[count]};
      ++count;
    }
  }
  (void)closedir(directory);
  return count == 0 || count == MOST_CASES
             ? 1
             : _cmocka_run_group_tests("lang/refused_packs", tests, count, NULL, NULL);
}
