// SPDX-License-Identifier: Apache-2.0

// The questions that matter, as people and as programs read them.
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
#include "demarche/demarche.h"
#include "demarche/questions.h"
#include "support/json_schema.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof(array)[0])

typedef struct questionnaire_case {
  const char *name;
  const char *profile; ///< YAML.
  dem_questions_form form;
  const char *golden;
} questionnaire_case;

static questionnaire_case cases[] = {
    {"a required answer first", "{}", {.format = DEM_QUESTIONS_TEXT, .width = 72}, "required.txt"},
    {"what is open", "place: MA", {.format = DEM_QUESTIONS_TEXT, .width = 72}, "open.txt"},
    {"40 columns",
     "{place: MA, gear: [], season: unknown}",
     {.format = DEM_QUESTIONS_TEXT, .width = 40},
     "open-40.txt"},
    {"the next one alone",
     "{place: MA, gear: unknown}",
     {.format = DEM_QUESTIONS_TEXT, .width = 72, .is_first_only = true},
     "next.txt"},
    {"nothing is left",
     "{place: MA, gear: [], season: winter, days: 1, price: 50, start: 2025-07-01, guide: no, "
     "remarks: []}",
     {.format = DEM_QUESTIONS_TEXT, .width = 72},
     "nothing.txt"},
    {"what is left was deferred",
     "{place: MA, gear: [], season: unknown, days: 1, price: 50, start: 2025-07-01, guide: no, "
     "remarks: []}",
     {.format = DEM_QUESTIONS_TEXT, .width = 72, .is_first_only = true},
     "deferred.txt"},
    {"json", "{place: MA, season: unknown}", {.format = DEM_QUESTIONS_JSON}, "open.json"},
    {"json of what is required", "{}", {.format = DEM_QUESTIONS_JSON}, "required.json"},
};

static dem_pack *pack;
static json_t *schema;

static int set_up(void **state)
{
  (void)state;
  json_error_t error;
  schema = json_load_file(DEMARCHE_SOURCE_DIR "/docs/questions.schema.json", 0, &error);
  return schema && dem_pack_open(DEMARCHE_SOURCE_DIR "/tests/packs/dialogue", NULL, &pack) == DEM_OK
             ? 0
             : -1;
}

static int tear_down(void **state)
{
  (void)state;
  dem_pack_free(pack);
  json_decref(schema);
  return 0;
}

static dem_status write_buffer(void *context, const char *bytes, size_t size)
{
  dem_buffer *const out = context;
  dem_buffer_add(out, (dem_slice){bytes, size});
  return out->has_failed ? DEM_ERR_NO_MEMORY : DEM_OK;
}

static void render(const questionnaire_case *c, dem_buffer *out)
{
  dem_profiles *profiles;
  dem_session *session;
  const dem_questions *questions;
  dem_buffer_init(out, dem_allocator_default());
  assert_int_equal(dem_profiles_read("profile.yaml", c->profile, strlen(c->profile),
                                     DEM_PROFILE_YAML, NULL, NULL, &profiles),
                   DEM_OK);
  assert_int_equal(dem_session_new(pack, &session), DEM_OK);
  assert_int_equal(dem_session_set_profile(session, profiles, 0), DEM_OK);
  (void)dem_session_run(session, NULL); // Fails where an answer is required: then that is listed.
  assert_int_equal(dem_questions_new(session, &questions), DEM_OK);
  assert_int_equal(dem_questions_render(session, questions, &c->form, write_buffer, out), DEM_OK);
  dem_questions_free(questions);
  dem_session_free(session);
  dem_profiles_free(profiles);
}

static void assert_schema(const dem_buffer *out)
{
  char message[256];
  json_error_t error;
  json_t *const value = json_loadb(out->bytes, out->size, 0, &error);
  assert_non_null(value);
  if (!json_schema_accepts(schema, value, message, sizeof message)) {
    fail_msg("%s", message);
  }
  json_decref(value);
}

static void test_case(void **state)
{
  const questionnaire_case *const c = *state;
  dem_buffer out;
  char path[256];
  char *const golden = calloc(1, 64 * 1024);
  assert_non_null(golden);
  render(c, &out);
  (void)snprintf(path, sizeof path, DEMARCHE_SOURCE_DIR "/tests/golden/questions/%s", c->golden);
  const char *const mode = getenv("DEMARCHE_GOLDEN");
  if (mode && strcmp(mode, "write") == 0) {
    FILE *const file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(out.bytes, 1, out.size, file), out.size);
    assert_int_equal(fclose(file), 0);
  }
  FILE *const file = fopen(path, "rb");
  assert_non_null(file);
  (void)fread(golden, 1, 64 * 1024 - 1, file);
  (void)fclose(file);
  dem_buffer_add_char(&out, '\0');
  assert_string_equal(out.bytes, golden);
  if (c->form.format == DEM_QUESTIONS_JSON) {
    --out.size;
    assert_schema(&out);
  }
  free(golden);
  dem_buffer_clear(&out);
}

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(cases)] = {{0}};
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_case, .initial_state = &cases[i]};
  }
  return cmocka_run_group_tests_name("render/questionnaire", tests, set_up, tear_down);
}
