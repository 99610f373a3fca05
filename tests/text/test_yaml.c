// SPDX-License-Identifier: Apache-2.0

// YAML documents, and what people get wrong in them.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/text_fixture.h"
#include "text/yaml.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

typedef struct yaml_case {
  const char *name;
  dem_slice bytes;
  const char *expected;
} yaml_case;

#define S(literal)                                                                                 \
  {                                                                                                \
    "" literal, sizeof(literal) - 1                                                                \
  }

static yaml_case cases[] = {
    // Not const: cmocka hands a case on as void *.
    {"a scalar has no type", S("[NO, on, 1e3, 0x10, 2024-06-01, null, ~, yes]"),
     "[NO, on, 1e3, 0x10, 2024-06-01, null, ~, yes]"},
    {"quotes are told apart", S("{a: 'b', c: \"d\\n\", e: }"), "{a: 'b', c: 'd\n', e: }"},
    {"blocks", S("a: |\n  x\n  y\nb: >-\n  x\n  y\n"), "{a: 'x\ny\n', b: 'x y'}"},
    {"nothing", S(""), ""},
    {"comments alone", S("# nothing\n"), ""},
    {"a byte order mark",
     S("\xEF\xBB\xBF"
       "a: b"),
     "{a: b}"},
    {"lines that end in CR LF", S("a: b\r\nc: d\r\n"), "{a: b, c: d}"},
    {"lines that end in CR", S("a: b\rc: d\r"), "{a: b, c: d}"},
    {"several documents", S("a\n---\nb\n"), "a b"},
    {"an alias", S("a: &x [b]\nc: *x\n"), "{a: [b], c: [b]}"},
    {"an anchor again", S("[&x a, *x, &x b, *x]"), "[a, a, b, b]"},
    {"a comment after a value", S("a: b  # c\n"), "{a: b}"},
    {"a text that a comment cuts", S("a: Article #5\n"), "1:12 cut-by-comment"},
    {"an alias to nothing", S("a: *x\n"), "1:4 syntax"},
    {"an alias inside of what it stands for", S("&x [a, *x]"), "1:8 syntax"},
    {"a key twice", S("a: b\nc: d\na: e\n"), "3:1 duplicate-key"},
    {"a key twice among many",
     S("{a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1, h: 1, i: 1, c: 1, a: 1}"),
     "1:56 duplicate-key, 1:62 duplicate-key"},
    {"a tag", S("a: !!int 5\n"), "1:4 unsupported-yaml"},
    {"a merge key", S("<<: {a: b}\n"), "1:1 unsupported-yaml"},
    {"a merge key in quotes is a key", S("\"<<\": b\n"), "{<<: b}"},
    {"a list as a key", S("? [a]\n: b\n"), "1:3 unsupported-yaml"},
    {"too deep", S("[[[[[[[[[a]]]]]]]]]"), "1:9 limit"},
    {"as deep as may be", S("[[[[[[[[a]]]]]]]]"), "[[[[[[[[a]]]]]]]]"},
    {"too many nodes by aliases",
     S("- &a [x,x,x,x,x,x,x,x,x,x]\n- &b [*a,*a,*a,*a,*a]\n- [*b,*b]\n"), "3:4 limit"},
    {"a tab", S("a:\n\t- b\n"), "2:1 syntax"},
    {"a control character", S("a: \x07\n"), "1:4 syntax"},
    {"a NUL", S("a: b\0c\n"), "1:5 syntax"},
    {"no UTF-8", S("a: caf\xE9\n"), "1:7 not-utf8"},
    {"an overlong form", S("a: \xC0\xAF\n"), "1:4 not-utf8"},
    {"a surrogate", S("a: \xED\xA0\x80\n"), "1:4 not-utf8"},
    {"an open bracket", S("a: ["), "1:5 syntax"},
    {"an open quote is told where it opens", S("a: 'b\nc: d\n"), "1:4 syntax"},
    {"a text that begins with a brace", S("a: {$b} lends\n"), "1:9 syntax"},
    {"a text that begins with a quote", S("a: \"b\" c\n"), "1:8 syntax"},
    {"a colon in a text", S("a: Step 1: go\n"), "1:10 syntax"},
    {"columns count characters", S("é: {è: b, ê: c, è: d}\n"), "1:17 duplicate-key"},
    {"a separator that is no line's end", S("a: 'b\xE2\x80\xA8'\nc: d\nc: e\n"),
     "3:1 duplicate-key"},
};

static dem_status read_yaml(const dem_reader_context *context, dem_file_id file, dem_buffer *out)
{
  dem_vector documents;
  dem_vector_init(&documents, dem_allocator_default(), sizeof(const dem_node *));
  const dem_status status = dem_yaml_read(context, file, &documents);
  for (size_t i = 0; i < documents.count; ++i) {
    dem_buffer_add_text(out, i ? " " : "");
    text_fixture_add(DEM_VECTOR_AT(&documents, const dem_node *, i), out);
  }
  dem_vector_clear(&documents);
  return status;
}

static void test_case(void **state)
{
  const yaml_case *const row = *state;
  dem_buffer found;
  dem_buffer_init(&found, dem_allocator_default());
  text_fixture_read(row->bytes, read_yaml, &found);
  assert_string_equal(found.bytes, row->expected);
  dem_buffer_clear(&found);
}

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(cases)] = {{0}};
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_case, .initial_state = &cases[i]};
  }
  return cmocka_run_group_tests_name("text/yaml", tests, NULL, NULL);
}
