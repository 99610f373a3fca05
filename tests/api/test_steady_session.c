// SPDX-License-Identifier: Apache-2.0

// A session that has seen its profiles once asks the system for no more memory: neither for the
// run nor for the advice. And what it gives is the same each time.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "demarche/demarche.h"
#include "support/strict_memory.h"

enum { TURNS = 3 };

static const char *const paths[] = {
    DEMARCHE_SOURCE_DIR "/examples/profiles/morocco.yaml",
    DEMARCHE_SOURCE_DIR "/examples/profiles/fiji.yaml",
    DEMARCHE_SOURCE_DIR "/examples/profiles/germany.yaml",
};

enum { PROFILES = sizeof paths / sizeof *paths };

/// @return Partners of the advice.
static size_t run_profile(dem_session *session, const dem_profiles *profiles)
{
  const dem_advice *advice = NULL;
  dem_session_reset(session);
  assert_int_equal(dem_session_set_profile(session, profiles, 0), DEM_OK);
  assert_int_equal(dem_session_run(session, NULL), DEM_OK);
  assert_int_equal(dem_session_advise(session, &advice), DEM_OK);
  return advice->partner_count;
}

static void allocates_nothing_once_warm(void **state)
{
  (void)state;
  strict_memory memory = STRICT_MEMORY;
  const dem_allocator allocator = strict_allocator(&memory);
  const dem_pack_options options = {.allocator = &allocator};
  dem_pack *pack = NULL;
  dem_session *session = NULL;
  dem_profiles *profiles[PROFILES] = {0};
  size_t partners[PROFILES] = {0};
  assert_int_equal(dem_pack_open_builtin(&options, &pack), DEM_OK);
  assert_int_equal(dem_session_new(pack, &session), DEM_OK);
  for (int i = 0; i < PROFILES; ++i) {
    assert_int_equal(dem_profiles_read_file(paths[i], DEM_PROFILE_AUTO, NULL, NULL, &profiles[i]),
                     DEM_OK);
    partners[i] = run_profile(session, profiles[i]);
    assert_true(partners[i] > 0);
  }
  const size_t before = memory.count;
  for (int turn = 0; turn < TURNS; ++turn) {
    for (int i = 0; i < PROFILES; ++i) {
      assert_int_equal(run_profile(session, profiles[i]), partners[i]);
    }
  }
  assert_int_equal(memory.count, before);
  for (int i = 0; i < PROFILES; ++i) {
    dem_profiles_free(profiles[i]);
  }
  dem_session_free(session);
  dem_pack_free(pack);
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(allocates_nothing_once_warm)};
  return cmocka_run_group_tests_name("api/steady_session", tests, NULL, NULL);
}
