// SPDX-License-Identifier: Apache-2.0

// An advice in each form, against what people read of it in tests/golden; and
// the JSON against its schema.
//
// DEMARCHE_GOLDEN=write in the environment writes the golden files anew.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/buffer.h"
#include "demarche/render.h"
#include "render/advice_fixture.h"
#include "support/json_schema.h"

typedef struct render_case {
  const char *name;
  const dem_advice *advice;
  dem_render_options options;
  const char *golden;
} render_case;

static render_case cases[] = {
    {"text of 72 columns", &advice_full, {.format = DEM_ADVICE_TEXT, .width = 72}, "full.txt"},
    {"text of 40 columns", &advice_full, {.format = DEM_ADVICE_TEXT, .width = 40}, "full-40.txt"},
    {"text in colour",
     &advice_full,
     {.format = DEM_ADVICE_TEXT, .width = 72, .has_color = true},
     "full-color.txt"},
    {"text in full",
     &advice_full,
     {.format = DEM_ADVICE_TEXT, .width = 72, .is_full = true},
     "full-verbose.txt"},
    {"text of nothing", &advice_empty, {.format = DEM_ADVICE_TEXT, .width = 72}, "empty.txt"},
    {"markdown", &advice_full, {.format = DEM_ADVICE_MARKDOWN}, "full.md"},
    {"markdown of nothing", &advice_empty, {.format = DEM_ADVICE_MARKDOWN}, "empty.md"},
    {"html", &advice_full, {.format = DEM_ADVICE_HTML}, "full.html"},
    {"html of nothing", &advice_empty, {.format = DEM_ADVICE_HTML}, "empty.html"},
    {"csv", &advice_full, {.format = DEM_ADVICE_CSV}, "full.csv"},
    {"csv of nothing", &advice_empty, {.format = DEM_ADVICE_CSV}, "empty.csv"},
    {"json", &advice_full, {.format = DEM_ADVICE_JSON}, "full.json"},
    {"json of nothing", &advice_empty, {.format = DEM_ADVICE_JSON}, "empty.json"},
    {"json lines", &advice_full, {.format = DEM_ADVICE_JSON_LINES}, "full.jsonl"},
};

static dem_status write_buffer(void *context, const char *bytes, size_t size)
{
  dem_buffer *const out = context;
  dem_buffer_add(out, (dem_slice){bytes, size});
  return out->has_failed ? DEM_ERR_NO_MEMORY : DEM_OK;
}

static void render(const dem_advice *advice, const dem_render_options *options, dem_buffer *out)
{
  dem_buffer_init(out, dem_allocator_default());
  assert_int_equal(dem_advice_render(advice, options, write_buffer, out), DEM_OK);
}

static void read_file(FILE *file, dem_buffer *out)
{
  char bytes[4096];
  size_t size;
  dem_buffer_init(out, dem_allocator_default());
  while ((size = fread(bytes, 1, sizeof bytes, file)) > 0) {
    dem_buffer_add(out, (dem_slice){bytes, size});
  }
}

static void write_golden(const char *path, const dem_buffer *out)
{
  FILE *const file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(out->bytes, 1, out->size, file), out->size);
  assert_int_equal(fclose(file), 0);
}

static void test_golden(void **state)
{
  const render_case *const c = *state;
  char path[512];
  dem_buffer out;
  dem_buffer expected;
  (void)snprintf(path, sizeof path, "%s/tests/golden/render/%s", DEMARCHE_SOURCE_DIR, c->golden);
  render(c->advice, &c->options, &out);
  const char *const wish = getenv("DEMARCHE_GOLDEN");
  if (wish && strcmp(wish, "write") == 0) {
    write_golden(path, &out);
  }
  FILE *const file = fopen(path, "rb");
  assert_non_null(file);
  read_file(file, &expected);
  (void)fclose(file);
  dem_buffer_add_char(&out, '\0');
  dem_buffer_add_char(&expected, '\0');
  assert_string_equal(out.bytes, expected.bytes);
  dem_buffer_clear(&out);
  dem_buffer_clear(&expected);
}

static json_t *render_json(const dem_advice *advice, dem_advice_format format)
{
  dem_buffer out;
  render(advice, &(dem_render_options){.format = format}, &out);
  json_t *const root = json_loadb(out.bytes, out.size, JSON_REJECT_DUPLICATES, NULL);
  dem_buffer_clear(&out);
  assert_non_null(root);
  return root;
}

static void check_schema(const json_t *schema, const dem_advice *advice)
{
  char message[256];
  json_t *const root = render_json(advice, DEM_ADVICE_JSON);
  if (!json_schema_accepts(schema, root, message, sizeof message)) {
    fail_msg("%s", message);
  }
  json_decref(root);
}

static void test_json_keeps_its_schema(void **state)
{
  (void)state;
  json_t *const schema =
      json_load_file(DEMARCHE_SOURCE_DIR "/docs/advice.schema.json", JSON_REJECT_DUPLICATES, NULL);
  assert_non_null(schema);
  check_schema(schema, &advice_full);
  check_schema(schema, &advice_empty);
  json_decref(schema);
}

/// What the engine makes of a pack, as tests/cli/command.sh saw it.
static void test_the_commands_json_keeps_the_schema(void **state)
{
  (void)state;
  char message[256];
  json_t *const schema =
      json_load_file(DEMARCHE_SOURCE_DIR "/docs/advice.schema.json", JSON_REJECT_DUPLICATES, NULL);
  json_t *const root = json_load_file(DEMARCHE_SOURCE_DIR "/tests/golden/cli/garden.json",
                                      JSON_REJECT_DUPLICATES, NULL);
  assert_non_null(root);
  if (!json_schema_accepts(schema, root, message, sizeof message)) {
    fail_msg("%s", message);
  }
  json_decref(root);
  json_decref(schema);
}

static void test_schema_refuses_what_is_wrong(void **state)
{
  (void)state;
  char message[256];
  json_t *const schema =
      json_load_file(DEMARCHE_SOURCE_DIR "/docs/advice.schema.json", JSON_REJECT_DUPLICATES, NULL);
  json_t *const root = render_json(&advice_full, DEM_ADVICE_JSON);
  json_t *const partner = json_array_get(json_object_get(root, "partners"), 0);
  json_object_set_new(partner, "certainty", json_string("sure"));
  assert_false(json_schema_accepts(schema, root, message, sizeof message));
  assert_string_equal(message, "/partners/0/certainty: is none of the enumeration ");
  json_decref(root);
  json_decref(schema);
}

static void test_lines_hold_the_same(void **state)
{
  (void)state;
  json_t *const pretty = render_json(&advice_full, DEM_ADVICE_JSON);
  json_t *const line = render_json(&advice_full, DEM_ADVICE_JSON_LINES);
  assert_true(json_equal(pretty, line));
  json_decref(pretty);
  json_decref(line);
}

/// Names from a stranger's pack: no spreadsheet may take one for a formula, no row may end early.
static void test_csv_keeps_formulas_and_rows_apart(void **state)
{
  (void)state;
  const dem_advice_reason reason = {
      .text = "-1+1\",\n=x", .rule = "@r", .file = "+f", .line = 3, .is_certain = true};
  const dem_advice_purpose purpose = {"=p", "\tp", true, -5, 1, &reason};
  const dem_advice_partner partner = {.id = "=cmd()",
                                      .label = "+1, \"2\"",
                                      .kind = "-",
                                      .kind_words = "-",
                                      .is_certain = true,
                                      .weight = -5,
                                      .purpose_count = 1,
                                      .purposes = &purpose};
  dem_advice advice = advice_empty;
  advice.profile_id = "@id";
  advice.partner_count = 1;
  advice.partners = &partner;
  dem_buffer out;
  render(&advice, &(dem_render_options){.format = DEM_ADVICE_CSV}, &out);
  dem_buffer_add_char(&out, '\0');
  assert_string_equal(strchr(out.bytes, '\n') + 1,
                      "'@id,,1,'=cmd(),\"'+1, \"\"2\"\"\",'-,false,certain,-5,'=p,'\tp,0,certain,,"
                      "\"'-1+1\"\",\n=x\",'@r,'+f:3,,2025-06-01,sample,1.2.0\n");
  dem_buffer_clear(&out);
}

static dem_status refuse(void *context, const char *bytes, size_t size)
{
  (void)context;
  (void)bytes;
  (void)size;
  return DEM_ERR_IO;
}

static void test_a_failing_writer_is_told_of(void **state)
{
  (void)state;
  assert_int_equal(dem_advice_render(&advice_full, NULL, refuse, NULL), DEM_ERR_IO);
}

int main(void)
{
  enum { COUNT = sizeof cases / sizeof cases[0] };
  struct CMUnitTest tests[COUNT + 6] = {
      cmocka_unit_test(test_json_keeps_its_schema),
      cmocka_unit_test(test_the_commands_json_keeps_the_schema),
      cmocka_unit_test(test_schema_refuses_what_is_wrong),
      cmocka_unit_test(test_lines_hold_the_same),
      cmocka_unit_test(test_a_failing_writer_is_told_of),
      cmocka_unit_test(test_csv_keeps_formulas_and_rows_apart),
  };
  for (size_t i = 0; i < COUNT; ++i) {
    tests[i + 6] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_golden, .initial_state = &cases[i]};
  }
  return cmocka_run_group_tests_name("render/render", tests, NULL, NULL);
}
