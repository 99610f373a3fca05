// SPDX-License-Identifier: Apache-2.0

// What further runs of tests share.

#include "api/test_run.h"

#include "base/try.h"

dem_status dem_test_answer(const dem_test_run *run, dem_session *session, const dem_pack_test *test)
{
  dem_session_reset(session);
  session->report.files = run->files;
  return dem_session_settle(session, dem_answers_read(&session->answers, test->profile));
}

dem_status dem_test_pack(dem_dated_packs *packs, const dem_pack_test *test, dem_dated_pack **out)
{
  const int64_t date =
      test->has_date ? test->date : DEM_VECTOR_AT(&packs->items, dem_dated_pack, 0).date;
  dem_pack *failed;
  const dem_status status = dem_dated_packs_find(packs, date, out, &failed);
  dem_pack_free(failed);
  return status;
}

dem_status dem_test_fail(const dem_test_run *run, size_t index, const dem_buffer *message,
                         const dem_buffer *details)
{
  const dem_pack_test *const test = &DEM_VECTOR_AT(run->tests, dem_pack_test, index);
  dem_test_result *const result = &run->results[index];
  dem_test_failure *const failures =
      DEM_ARENA_ARRAY(run->arena, dem_test_failure, result->failure_count + 1);
  DEM_TRY_MEMORY(failures);
  for (size_t i = 0; i < result->failure_count; ++i) {
    failures[i] = result->failures[i];
  }
  if (message->has_failed || details->has_failed) {
    return DEM_ERR_NO_MEMORY;
  }
  failures[result->failure_count] =
      (dem_test_failure){.file = dem_files_name(run->files, test->place.file).bytes,
                         .line = test->place.line,
                         .column = test->place.column,
                         .message = dem_arena_copy(run->arena, dem_buffer_slice(message)),
                         .details = dem_arena_copy(run->arena, dem_buffer_slice(details))};
  if (!failures[result->failure_count].message || !failures[result->failure_count].details) {
    return DEM_ERR_NO_MEMORY;
  }
  result->failures = failures;
  ++result->failure_count;
  result->verdict = DEM_TEST_FAILED;
  return DEM_OK;
}
