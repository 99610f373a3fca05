// SPDX-License-Identifier: Apache-2.0

// What the shipped pack advises on every profile among the examples, and on each as a question that
// is still open: the JSON against its schema, the report in HTML against what reports promise, the
// CSV's rows against its header.

#define _POSIX_C_SOURCE 200809L // opendir

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <dirent.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/buffer.h"
#include "demarche/demarche.h"
#include "support/html_check.h"
#include "support/json_schema.h"

#define PROFILES DEMARCHE_SOURCE_DIR "/examples/profiles"

enum { FEWEST = 10 }; // Profiles: a folder that is not found must not pass.

static dem_status write_buffer(void *context, const char *bytes, size_t size)
{
  dem_buffer_add(context, (dem_slice){bytes, size});
  return DEM_OK;
}

static dem_buffer render(const dem_advice *advice, dem_advice_format format)
{
  dem_buffer out;
  dem_buffer_init(&out, dem_allocator_default());
  assert_int_equal(
      dem_advice_render(advice, &(dem_render_options){.format = format}, write_buffer, &out),
      DEM_OK);
  dem_buffer_add_char(&out, '\0');
  assert_false(out.has_failed);
  return out;
}

static void check_json(const json_t *schema, const dem_advice *advice, const char *name)
{
  char message[256];
  dem_buffer out = render(advice, DEM_ADVICE_JSON);
  json_t *const root = json_loads(out.bytes, JSON_REJECT_DUPLICATES, NULL);
  assert_non_null(root);
  if (!json_schema_accepts(schema, root, message, sizeof message)) {
    fail_msg("%s: %s", name, message);
  }
  json_decref(root);
  dem_buffer_clear(&out);
}

static void check_html(const dem_advice *advice, const char *name)
{
  char message[256];
  dem_buffer out = render(advice, DEM_ADVICE_HTML);
  if (!html_check(out.bytes, message, sizeof message)) {
    fail_msg("%s: %s", name, message);
  }
  dem_buffer_clear(&out);
}

/// Commas outside quotes, row by row.
static void check_csv(const dem_advice *advice)
{
  dem_buffer out = render(advice, DEM_ADVICE_CSV);
  size_t expected = 0;
  size_t rows = 0;
  size_t commas = 0;
  bool is_quoted = false;
  for (const char *c = out.bytes; *c; ++c) {
    is_quoted = is_quoted != (*c == '"');
    commas += *c == ',' && !is_quoted;
    if (*c == '\n' && !is_quoted) {
      expected = rows++ == 0 ? commas : expected;
      assert_int_equal(commas, expected);
      commas = 0;
    }
  }
  size_t reasons = 0;
  for (size_t i = 0; i < advice->partner_count; ++i) {
    for (size_t j = 0; j < advice->partners[i].purpose_count; ++j) {
      reasons += advice->partners[i].purposes[j].reason_count;
    }
  }
  assert_int_equal(rows, reasons + 1);
  dem_buffer_clear(&out);
}

/// What was considered and not recommended is not recommended, and says why.
static void check_ruled_out(const dem_advice *advice)
{
  for (size_t i = 0; i < advice->ruled_out_count; ++i) {
    assert_true(advice->ruled_out[i].text[0] != '\0');
    assert_true(advice->ruled_out[i].rule[0] != '\0');
    for (size_t j = 0; j < advice->partner_count; ++j) {
      assert_string_not_equal(advice->ruled_out[i].id, advice->partners[j].id);
    }
  }
}

static void check_advice(dem_session *session, const json_t *schema, const char *name)
{
  const dem_advice_options more = {.has_proof = true, .has_ruled_out = true};
  const dem_advice *advice;
  assert_int_equal(dem_session_run(session, NULL), DEM_OK);
  assert_int_equal(dem_advice_new_with(session, &more, &advice), DEM_OK);
  assert_true(advice->partner_count > 0);
  check_json(schema, advice, name);
  check_html(advice, name);
  check_csv(advice);
  check_ruled_out(advice);
  dem_advice_free(advice);
}

static void check_profile(dem_session *session, const json_t *schema, const char *name)
{
  char path[1024];
  dem_profiles *profiles;
  (void)snprintf(path, sizeof path, "%s/%s", PROFILES, name);
  assert_int_equal(dem_profiles_read_file(path, DEM_PROFILE_AUTO, NULL, NULL, &profiles), DEM_OK);
  assert_int_equal(dem_session_set_profile(session, profiles, 0), DEM_OK);
  check_advice(session, schema, name);
  dem_session_reset(session);
  dem_profiles_free(profiles);
}

static void test_every_example(void **state)
{
  (void)state;
  dem_pack *pack;
  dem_session *session;
  size_t count = 0;
  json_t *const schema =
      json_load_file(DEMARCHE_SOURCE_DIR "/docs/advice.schema.json", JSON_REJECT_DUPLICATES, NULL);
  DIR *const folder = opendir(PROFILES);
  assert_non_null(schema);
  assert_non_null(folder);
  assert_int_equal(dem_pack_open_builtin(NULL, &pack), DEM_OK);
  assert_int_equal(dem_session_new(pack, &session), DEM_OK);
  for (const struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
    if (entry->d_name[0] != '.') {
      check_profile(session, schema, entry->d_name);
      ++count;
    }
  }
  assert_true(count >= FEWEST);
  dem_session_free(session);
  dem_pack_free(pack);
  (void)closedir(folder);
  json_decref(schema);
}

/// Nothing but the country is answered: almost everything is possible.
static void test_open_questions(void **state)
{
  (void)state;
  dem_pack *pack;
  dem_session *session;
  json_t *const schema =
      json_load_file(DEMARCHE_SOURCE_DIR "/docs/advice.schema.json", JSON_REJECT_DUPLICATES, NULL);
  assert_non_null(schema);
  assert_int_equal(dem_pack_open_builtin(NULL, &pack), DEM_OK);
  assert_int_equal(dem_session_new(pack, &session), DEM_OK);
  const uint32_t country = dem_pack_find_question(pack, "country");
  assert_int_equal(dem_session_answer(session, country, &(const char *){"KE"}, 1), DEM_OK);
  check_advice(session, schema, "Kenya");
  dem_session_free(session);
  dem_pack_free(pack);
  json_decref(schema);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_every_example),
      cmocka_unit_test(test_open_questions),
  };
  return cmocka_run_group_tests_name("api/examples", tests, NULL, NULL);
}
