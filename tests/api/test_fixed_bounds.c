// SPDX-License-Identifier: Apache-2.0

// The bounds that no option changes: a pack at each of them is read, one past it is a limit, told
// with its value; and what else is wrong with the pack is told, too.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "demarche/demarche.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

enum { WIDTH = 64 }; // Fields of `wide`.

/// Writes the conditions of a rule that reaches a bound of `size`.
typedef void writer(dem_buffer *out, unsigned size);

static void write_fields(dem_buffer *out, unsigned count)
{
  for (unsigned i = 0; i < count; ++i) {
    dem_buffer_add_format(out, "%sf%u: integer", i ? ", " : "", i);
  }
}

static void write_variables(dem_buffer *out, unsigned count)
{
  for (unsigned i = 0; i < count; ++i) {
    dem_buffer_add_format(out, "%sf%u: $v%u%s", i % WIDTH ? ", " : "      - wide: {", i % WIDTH, i,
                          i % WIDTH == WIDTH - 1 || i + 1 == count ? "}\n" : "");
  }
}

/// Each comparison uses its variable once, after the pattern that binds it.
static void write_uses(dem_buffer *out, unsigned count)
{
  dem_buffer_add_text(out, "      - wide: {f0: $x}\n");
  for (unsigned i = 1; i < count; ++i) {
    dem_buffer_add_text(out, "      - where: \"$x > 0\"\n");
  }
}

/// The rule's own list is the first.
static void write_lists(dem_buffer *out, unsigned count)
{
  for (unsigned i = 1; i < count; ++i) {
    dem_buffer_add_format(out, "      - not: [wide: {f0: %u}]\n", i);
  }
}

static void write_nested_lists(dem_buffer *out, unsigned count)
{
  dem_buffer_add_text(out, "      - ");
  for (unsigned i = 1; i < count; ++i) {
    dem_buffer_add_text(out, "not: [{");
  }
  dem_buffer_add_text(out, "wide: {f0: 1}");
  for (unsigned i = 1; i < count; ++i) {
    dem_buffer_add_text(out, "}]");
  }
  dem_buffer_add_char(out, '\n');
}

/// A sum is a tree that leans to the left; the comparison is its root.
static void write_sum(dem_buffer *out, unsigned depth)
{
  dem_buffer_add_text(out, "      - where: \"1");
  for (unsigned i = 2; i < depth; ++i) {
    dem_buffer_add_text(out, " + 1");
  }
  dem_buffer_add_text(out, " > 0\"\n");
}

static void write_long_expression(dem_buffer *out, unsigned size)
{
  dem_buffer_add_text(out, "      - where: \"1 = 1");
  for (unsigned i = 5; i < size; ++i) {
    dem_buffer_add_char(out, ' ');
  }
  dem_buffer_add_text(out, "\"\n");
}

static void write_regex(dem_buffer *out, unsigned size)
{
  dem_buffer_add_text(out, "      - said: {t: {matches: ");
  for (unsigned i = 0; i < size; ++i) {
    dem_buffer_add_char(out, 'a');
  }
  dem_buffer_add_text(out, "}}\n");
}

static void write_any(dem_buffer *out, unsigned count)
{
  dem_buffer_add_text(out, "      - any:\n");
  for (unsigned i = 0; i < count; ++i) {
    dem_buffer_add_format(out, "        - [said: {t: a%u}]\n", i);
  }
}

/// 4,096 is 64 times 64, 4,097 is 17 times 241.
static void write_choices(dem_buffer *out, unsigned count)
{
  const unsigned first = count == 4096 ? 64 : 17;
  assert_int_equal(count % first, 0);
  write_any(out, first);
  write_any(out, count / first);
}

typedef struct bound_case {
  const char *name;
  unsigned bound;
  bool is_schema; ///< `write` writes fields of a relation, not conditions.
  writer *write;
  const char *code;
  const char *told; ///< Part of the message.
} bound_case;

static bound_case cases[] = {
    // Not const: cmocka hands a case on as void *.
    {"fields of a relation", 64, true, write_fields, "E006", "64 fields at most"},
    {"variables of a rule", 1024, false, write_variables, "E006", "at most 1024 variables"},
    {"uses of variables in a rule", 16384, false, write_uses, "E006", "16384 uses of them"},
    {"lists of conditions in a rule", 1024, false, write_lists, "E006", "1024 lists"},
    {"nested lists of conditions", 64, false, write_nested_lists, "E006", "deeper than 64"},
    {"nesting of an expression", 512, false, write_sum, "E006", "deeper than 512"},
    {"bytes of an expression", 65536, false, write_long_expression, "E006", "than 65536 bytes"},
    {"bytes of a regular expression", 4096, false, write_regex, "E006", "4096 bytes at most"},
    {"combinations of choices", 4096, false, write_choices, "E207", "more than 4096"},
};

static dem_memory_file file_of(const char *path, const dem_buffer *text)
{
  return (dem_memory_file){.path = path, .bytes = text->bytes, .size = text->size};
}

/// Open a pack of this size; `rest` goes behind its rule.
static dem_status open_pack(const bound_case *c, unsigned size, const char *rest,
                            dem_pack **pack_out)
{
  dem_buffer texts[4];
  for (size_t i = 0; i < ARRAY_LENGTH(texts); ++i) {
    dem_buffer_init(&texts[i], dem_allocator_default());
  }
  dem_buffer_add_text(&texts[0], "name: large\nversion: 1.0.0\ndate: 2025-06-01\n");
  dem_buffer_add_text(&texts[1], "sources: {made: {title: Made up}}\n");
  dem_buffer_add_text(&texts[2], "relations:\n  said: {fields: {t: text}}\n"
                                 "  done: {fields: {}}\n  wide: {fields: {");
  write_fields(&texts[2], c->is_schema ? size : WIDTH);
  dem_buffer_add_text(&texts[2], "}}\n");
  dem_buffer_add_text(&texts[3], "cite: [made]\nrules:\n  - id: large\n    when:\n");
  (c->is_schema ? write_sum : c->write)(&texts[3], c->is_schema ? 2 : size);
  dem_buffer_add_format(&texts[3], "    then: [done: {}]\n%s", rest);
  const dem_memory_file files[] = {
      file_of("kb/pack.yaml", &texts[0]), file_of("kb/sources.yaml", &texts[1]),
      file_of("kb/schema.yaml", &texts[2]), file_of("rules/rules.yaml", &texts[3])};
  dem_limits limits = dem_limits_default();
  limits.max_depth = 0; // Else it is reached before the bound of the lists.
  const dem_status status = dem_pack_open_files(files, ARRAY_LENGTH(files),
                                                &(dem_pack_options){.limits = &limits}, pack_out);
  for (size_t i = 0; i < ARRAY_LENGTH(texts); ++i) {
    assert_false(texts[i].has_failed);
    dem_buffer_clear(&texts[i]);
  }
  return status;
}

static bool is_told(const dem_report *report, const char *code, const char *part)
{
  for (size_t i = 0; i < dem_report_count(report); ++i) {
    const dem_report_item item = dem_report_at(report, i);
    if (strcmp(item.code, code) == 0 && strstr(item.message, part)) {
      return true;
    }
  }
  return false;
}

static void test_bound(void **state)
{
  const bound_case *const c = *state;
  dem_pack *pack = NULL;
  assert_int_equal(open_pack(c, c->bound, "", &pack), DEM_OK);
  dem_pack_free(pack);
  assert_int_equal(open_pack(c, c->bound + 1, "", &pack), DEM_ERR_LIMIT);
  assert_true(is_told(dem_pack_report(pack), c->code, c->told));
  assert_int_equal(dem_report_error_count(dem_pack_report(pack)), 1);
  dem_pack_free(pack);
}

/// A mistake that is read after the bound neither hides it nor is hidden by it.
static void test_bound_and_mistake(void **state)
{
  (void)state;
  const bound_case *const c = &cases[5];
  dem_pack *pack = NULL;
  const char *const rest = "  - id: small\n    when: [sad: {}]\n    then: [done: {}]\n";
  assert_int_equal(open_pack(c, c->bound + 1, rest, &pack), DEM_ERR_LIMIT);
  assert_true(is_told(dem_pack_report(pack), c->code, c->told));
  assert_true(is_told(dem_pack_report(pack), "E103", "sad"));
  dem_pack_free(pack);
}

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(cases) + 1] = {{0}};
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_bound, .initial_state = &cases[i]};
  }
  tests[ARRAY_LENGTH(cases)] =
      (struct CMUnitTest){.name = "a bound and a mistake", .test_func = test_bound_and_mistake};
  return cmocka_run_group_tests_name("api/fixed_bounds", tests, NULL, NULL);
}
