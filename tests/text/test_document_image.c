// SPDX-License-Identifier: Apache-2.0

// A document is the same after it was written as an image and read back: every kind, style, text
// and place.

#include "text/document_image.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/yaml.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof *(array))

typedef struct image_case {
  const char *name;
  const char *yaml;
} image_case;

static image_case cases[] = {
    // not const: cmocka hands a case on as void *
    {"a text", "word\n"},
    {"nothing", "--- # a comment alone\n"},
    {"styles", "[plain, 'single', \"double \\u00e9 \\0\", ~, '']\n"},
    {"a block", "a: |\n  one\n  two\nb: >-\n  folded\n  text\n"},
    {"nesting", "a: {b: [1, [2, {c: 3}]], d: {}}\ne: []\n"},
    {"aliases", "a: &x [1, {b: 2}]\nc: *x\nd: *x\n"},
    {"places far apart", "a: 1\n\n\n\n\n\n\n\n\n\n\n\nb:                             2\n"},
    {"a long text",
     "a: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
     "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'\n"},
};

static void assert_same_place(dem_place a, dem_place b)
{
  assert_int_equal(a.file.index, b.file.index);
  assert_int_equal(a.line, b.line);
  assert_int_equal(a.column, b.column);
  assert_int_equal(a.length, b.length);
}

static void assert_same_text(dem_slice a, dem_slice b)
{
  assert_int_equal(a.size, b.size);
  assert_memory_equal(a.bytes, b.bytes, a.size);
}

static void assert_same(const dem_node *a, const dem_node *b)
{
  assert_int_equal(a->kind, b->kind);
  assert_int_equal(a->style, b->style);
  assert_same_place(a->place, b->place);
  assert_int_equal(a->count, b->count);
  if (a->kind == DEM_NODE_SCALAR) {
    assert_same_text(a->text, b->text);
  }
  for (size_t i = 0; i < a->count; ++i) {
    if (a->kind == DEM_NODE_SEQUENCE) {
      assert_same(a->items[i], b->items[i]);
      continue;
    }
    assert_same_text(a->entries[i].key, b->entries[i].key);
    assert_same_place(a->entries[i].key_place, b->entries[i].key_place);
    assert_same(a->entries[i].value, b->entries[i].value);
  }
}

static void test_case(void **state)
{
  const image_case *const c = *state;
  const dem_allocator allocator = dem_allocator_default();
  dem_arena arena;
  dem_files files;
  dem_diagnostics diagnostics;
  dem_vector roots;
  dem_buffer image;
  dem_arena_init(&arena, allocator);
  dem_files_init(&files, allocator);
  dem_diagnostics_init(&diagnostics, allocator);
  dem_vector_init(&roots, allocator, sizeof(const dem_node *));
  dem_buffer_init(&image, allocator);
  const dem_reader_context context = {
      .arena = &arena, .files = &files, .diagnostics = &diagnostics};
  const dem_file_id file = dem_files_add(&files, dem_slice_of("a.yaml"), dem_slice_of(c->yaml));
  assert_int_equal(dem_yaml_read(&context, file, &roots), DEM_OK);
  assert_int_equal(roots.count, 1);
  const dem_node *const root = DEM_VECTOR_AT(&roots, const dem_node *, 0);
  dem_document_image_write(root, &image);
  assert_false(image.has_failed);
  const dem_node *const again = dem_document_image_read(dem_buffer_slice(&image), file, &arena);
  assert_non_null(again);
  assert_same(root, again);
  dem_buffer_clear(&image);
  dem_vector_clear(&roots);
  dem_diagnostics_clear(&diagnostics);
  dem_files_clear(&files);
  dem_arena_clear(&arena);
}

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(cases)] = {{0}};
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_case, .initial_state = &cases[i]};
  }
  return cmocka_run_group_tests_name("text/document_image", tests, NULL, NULL);
}
