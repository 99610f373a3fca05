// SPDX-License-Identifier: Apache-2.0

// The tests' handle: a pack's files → its tests, each run and judged.

#include <stdlib.h>

#include "advise/coverage.h"
#include "advise/verdict.h"
#include "api/folder.h"
#include "api/test_run.h"
#include "base/try.h"
#include "lang/pack_reader.h"

struct dem_tests {
  dem_allocator allocator;
  dem_arena arena;
  dem_files files; ///< The pack's, numbered as there, then the tests'.
  dem_report report;
  dem_report no_report; ///< Stands for the pack's while there is no pack.
  dem_pack *pack;
  dem_dated_packs packs;
  dem_vector tests; ///< dem_pack_test
  dem_vector found; ///< dem_test_result, one a test.
  dem_coverage_tracker coverage;
  dem_test_run run;
  dem_test_results results;
};

// Reading -----------------------------------------------------------------------------

static bool begins_with(dem_slice text, const char *prefix)
{
  const size_t size = strlen(prefix);
  return text.size >= size && memcmp(text.bytes, prefix, size) == 0;
}

static int compare_files(const void *left, const void *right)
{
  const dem_pack_file *const a = left;
  const dem_pack_file *const b = right;
  return dem_slice_compare(a->path, b->path);
}

/// The pack's files under the numbers that its places name.
static dem_status add_pack_files(dem_tests *t)
{
  const dem_files *const files = &t->pack->model.files;
  for (uint32_t i = 0; i < files->items.count; ++i) {
    const dem_file_id file = {i};
    if (dem_files_add(&t->files, dem_files_name(files, file), dem_files_bytes(files, file)).index !=
        i) {
      return DEM_ERR_NO_MEMORY;
    }
  }
  return DEM_OK;
}

static dem_status read_tests(dem_tests *t, dem_pack_file *files, size_t count)
{
  dem_status status = add_pack_files(t);
  const dem_test_reading reading = {.model = &t->pack->model,
                                    .files = &t->files,
                                    .arena = &t->arena,
                                    .diagnostics = &t->report.diagnostics,
                                    .limits = dem_limits_of_text(&t->pack->limits)};
  if (count) {
    qsort(files, count, sizeof *files, compare_files);
  }
  for (size_t i = 0; i < count && status != DEM_ERR_NO_MEMORY; ++i) {
    const dem_file_id file = dem_files_add(&t->files, files[i].path, files[i].bytes);
    if (file.index == UINT32_MAX) {
      return DEM_ERR_NO_MEMORY;
    }
    status = dem_status_worse(status, dem_tests_read(&reading, file, &t->tests));
  }
  return status;
}

// Reports -----------------------------------------------------------------------------

/// Say again what another report says, at a place where it has none.
static dem_status take_report(dem_tests *t, const dem_report *from, const dem_pack_test *test)
{
  for (size_t i = 0; i < from->diagnostics.items.count; ++i) {
    const dem_diagnostic *const d = &DEM_VECTOR_AT(&from->diagnostics.items, dem_diagnostic, i);
    const bool has_place = !dem_place_is_none(d->place);
    (void)dem_diagnose(&t->report.diagnostics, d->code, has_place ? d->place : test->place, "%.*s",
                       (int)d->message.size, d->message.bytes ? d->message.bytes : "");
    if (d->label.size) {
      dem_diagnose_label(&t->report.diagnostics, "%.*s", (int)d->label.size, d->label.bytes);
    }
    if (d->notes.size) {
      dem_diagnose_note(&t->report.diagnostics, "%.*s", (int)d->notes.size, d->notes.bytes);
    }
  }
  return t->report.diagnostics.has_failed ? DEM_ERR_NO_MEMORY : DEM_OK;
}

static dem_status find_pack(dem_tests *t, const dem_pack_test *test, dem_dated_pack **out)
{
  const int64_t date =
      test->has_date ? test->date : DEM_VECTOR_AT(&t->packs.items, dem_dated_pack, 0).date;
  dem_pack *failed;
  dem_status status = dem_dated_packs_find(&t->packs, date, out, &failed);
  if (failed) {
    status = dem_status_worse(status, take_report(t, dem_pack_report(failed), test));
    dem_pack_free(failed);
  }
  return status;
}

// Running -----------------------------------------------------------------------------

static dem_status keep_failures(dem_tests *t, const dem_vector *found, dem_test_result *result)
{
  dem_test_failure *const failures = DEM_ARENA_ARRAY(&t->arena, dem_test_failure, found->count);
  DEM_TRY_MEMORY(failures);
  for (size_t i = 0; i < found->count; ++i) {
    failures[i] = DEM_VECTOR_AT(found, dem_test_failure, i);
  }
  result->failures = failures;
  result->failure_count = found->count;
  result->verdict = found->count ? DEM_TEST_FAILED : DEM_TEST_PASSED;
  return DEM_OK;
}

static dem_status judge(dem_tests *t, const dem_dated_pack *dated, const dem_pack_test *test,
                        const dem_advice *advice, const dem_questions *questions,
                        dem_test_result *result)
{
  const dem_verdict_input input = {
      .account = {dated->pack->program, dated->session->symbols, dated->session->facts},
      .evaluation = &dated->session->evaluation,
      .questions = questions,
      .advice = advice,
      .files = &t->files,
      .arena = &t->arena};
  dem_vector found;
  dem_vector_init(&found, t->allocator, sizeof(dem_test_failure));
  dem_status status = dem_verdict_find(&input, test, &found);
  if (status == DEM_OK) {
    status = keep_failures(t, &found, result);
  }
  dem_vector_clear(&found);
  return status;
}

/// A test that cannot be run may have a wrong profile besides: one run tells all.
static dem_status check_profile(dem_tests *t, const dem_pack_test *test)
{
  dem_session *const session = DEM_VECTOR_AT(&t->packs.items, dem_dated_pack, 0).session;
  if (!test->profile || test->profile->kind != DEM_NODE_MAPPING) {
    return DEM_OK;
  }
  const dem_status status = dem_test_answer(&t->run, session, test);
  return dem_status_worse(status, take_report(t, &session->report, test));
}

static dem_status answer_and_run(dem_tests *t, dem_session *session, const dem_pack_test *test)
{
  dem_status status = dem_test_answer(&t->run, session, test);
  if (status == DEM_OK) {
    status = dem_session_run(session, NULL);
  }
  return dem_status_worse(status, take_report(t, &session->report, test));
}

static dem_status run_test(dem_tests *t, const dem_pack_test *test, dem_test_result *result)
{
  dem_dated_pack *dated = NULL;
  const dem_advice *advice = NULL;
  const dem_questions *questions = NULL;
  result->verdict = DEM_TEST_BROKEN;
  DEM_TRY(find_pack(t, test, &dated));
  result->date = dem_arena_copy(&t->arena, dem_slice_of(dem_pack_date(dated->pack)));
  DEM_TRY_MEMORY(result->date);
  DEM_TRY(answer_and_run(t, dated->session, test));
  DEM_TRY(dem_questions_new(dated->session, &questions));
  dem_status status = dem_advice_new(dated->session, &advice);
  if (status == DEM_OK) {
    status = judge(t, dated, test, advice, questions, result);
  }
  if (status == DEM_OK) {
    status = dem_coverage_note(&t->coverage, dated->pack->program, &dated->pack->names,
                               dated->session->facts, advice);
  }
  dem_questions_free(questions);
  dem_advice_free(advice);
  return status;
}

static char fold(char byte)
{
  return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

static bool is_wanted(const dem_pack_test *test, const char *filter)
{
  const size_t size = filter ? strlen(filter) : 0;
  for (size_t i = 0; i + size <= test->name.size; ++i) {
    size_t same = 0;
    while (same < size && fold(test->name.bytes[i + same]) == fold(filter[same])) {
      ++same;
    }
    if (same == size) {
      return true;
    }
  }
  return false;
}

static dem_status run_tests(dem_tests *t, const char *filter)
{
  dem_status status = DEM_OK;
  for (size_t i = 0; i < t->tests.count && status != DEM_ERR_NO_MEMORY; ++i) {
    const dem_pack_test *const test = &DEM_VECTOR_AT(&t->tests, dem_pack_test, i);
    dem_test_result result = {.name = test->name.bytes ? test->name.bytes : "",
                              .file = dem_files_name(&t->files, test->place.file).bytes,
                              .line = test->place.line,
                              .date = "",
                              .verdict = DEM_TEST_SKIPPED};
    if (test->is_broken) {
      result.verdict = is_wanted(test, filter) ? DEM_TEST_BROKEN : DEM_TEST_SKIPPED;
      status = dem_status_worse(status, check_profile(t, test));
    } else if (is_wanted(test, filter)) {
      status = dem_status_worse(status, run_test(t, test, &result));
    }
    if (!dem_vector_add(&t->found, &result)) {
      return DEM_ERR_NO_MEMORY;
    }
  }
  return status;
}

// Opening -----------------------------------------------------------------------------

static dem_status new_tests(const dem_tests_options *options, dem_tests **tests_out)
{
  const dem_allocator allocator = options && options->pack && options->pack->allocator
                                      ? *options->pack->allocator
                                      : dem_allocator_default();
  dem_tests *const t = allocator.resize(allocator.context, NULL, 0, sizeof *t);
  *tests_out = t;
  DEM_TRY_MEMORY(t);
  *t = (dem_tests){.allocator = allocator};
  t->results.pack_name = t->results.pack_version = "";
  dem_arena_init(&t->arena, allocator);
  dem_files_init(&t->files, allocator);
  dem_report_init(&t->report, allocator, &t->files);
  dem_report_init(&t->no_report, allocator, &t->files);
  dem_dated_packs_init(&t->packs, allocator);
  dem_vector_init(&t->tests, allocator, sizeof(dem_pack_test));
  dem_vector_init(&t->found, allocator, sizeof(dem_test_result));
  t->run = (dem_test_run){.allocator = allocator,
                          .arena = &t->arena,
                          .files = &t->files,
                          .packs = &t->packs,
                          .tests = &t->tests};
  return DEM_OK;
}

static dem_status open_pack(dem_tests *t, const dem_memory_file *files, size_t count,
                            const dem_pack_options *options)
{
  static const dem_pack_variant probed = {.has_probes = true};
  DEM_TRY(dem_pack_open_variant(files, count, options, &probed, &t->pack));
  t->results.pack_name = dem_pack_name(t->pack);
  t->results.pack_version = dem_pack_version(t->pack);
  DEM_TRY(dem_coverage_init(&t->coverage, t->allocator, &t->pack->model));
  return dem_dated_packs_begin(&t->packs, t->pack);
}

/// Further runs that must come to the same.
static dem_status run_again(dem_tests *t, const dem_memory_file *files, size_t count,
                            const dem_tests_options *options)
{
  dem_status status = DEM_OK;
  t->run.results = t->found.items;
  t->results.seed = options->seed;
  for (unsigned i = 0; i < options->shuffles && status == DEM_OK; ++i) {
    status = dem_test_shuffle(&t->run, files, count, options->pack, options->seed + i);
    t->results.shuffles += status == DEM_OK;
  }
  for (unsigned i = 0; i < options->refinements && status == DEM_OK; ++i) {
    status = dem_test_refine(&t->run, options->seed + i);
    t->results.refinements += status == DEM_OK;
  }
  return status;
}

static dem_status run(dem_tests *t, const dem_memory_file *files, size_t count,
                      const dem_tests_options *options)
{
  dem_pack_file *const test_files = DEM_ARENA_ARRAY(&t->arena, dem_pack_file, count);
  size_t test_count = 0;
  DEM_TRY_MEMORY(test_files);
  for (size_t i = 0; i < count; ++i) {
    const dem_slice path = dem_slice_of(files[i].path);
    if (begins_with(path, "tests/")) {
      test_files[test_count++] =
          (dem_pack_file){.path = path, .bytes = {files[i].bytes, files[i].size}};
    }
  }
  const char *const filter = options ? options->filter : NULL;
  DEM_TRY(open_pack(t, files, count, options ? options->pack : NULL));
  dem_status status = read_tests(t, test_files, test_count);
  if (status != DEM_ERR_NO_MEMORY) {
    status = dem_status_worse(status, run_tests(t, filter));
  }
  if (status != DEM_ERR_NO_MEMORY && options) {
    status = dem_status_worse(status, run_again(t, files, count, options));
  }
  if (status != DEM_ERR_NO_MEMORY && !filter && t->found.count > 0) {
    status = dem_status_worse(
        status, dem_coverage_finish(&t->coverage, &t->files, &t->arena, &t->results.coverage));
  }
  return status;
}

static void count_verdicts(dem_tests *t)
{
  size_t *const counts[] = {[DEM_TEST_PASSED] = &t->results.passed,
                            [DEM_TEST_FAILED] = &t->results.failed,
                            [DEM_TEST_BROKEN] = &t->results.broken,
                            [DEM_TEST_SKIPPED] = &t->results.skipped};
  for (size_t i = 0; i < t->found.count; ++i) {
    ++*counts[DEM_VECTOR_AT(&t->found, dem_test_result, i).verdict];
  }
  t->results.tests = t->found.items;
  t->results.test_count = t->found.count;
}

static dem_status finish(dem_status status, dem_tests **tests_out)
{
  count_verdicts(*tests_out);
  dem_diagnostics_sort(&(*tests_out)->report.diagnostics, &(*tests_out)->files);
  if (status == DEM_ERR_NO_MEMORY) {
    dem_tests_free(*tests_out);
    *tests_out = NULL;
  }
  return status;
}

dem_status dem_tests_run_files(const dem_memory_file *files, size_t count,
                               const dem_tests_options *options, dem_tests **tests_out)
{
  DEM_TRY(new_tests(options, tests_out));
  return finish(run(*tests_out, files, count, options), tests_out);
}

/// The files of a folder, as they would be given from memory.
static dem_status run_folder(dem_tests *t, const char *folder, const dem_tests_options *options,
                             dem_vector *read)
{
  const dem_limits *const given = options && options->pack ? options->pack->limits : NULL;
  const dem_limits limits = given ? *given : dem_limits_default();
  dem_diagnostics *const diagnostics = &t->report.diagnostics;
  DEM_TRY(dem_folder_read(&t->arena, folder, limits.max_bytes, diagnostics, read));
  DEM_TRY(dem_folder_read_tests(&t->arena, folder, limits.max_bytes, diagnostics, read));
  dem_memory_file *const files = DEM_ARENA_ARRAY(&t->arena, dem_memory_file, read->count);
  DEM_TRY_MEMORY(files);
  for (size_t i = 0; i < read->count; ++i) {
    const dem_pack_file *const file = &DEM_VECTOR_AT(read, dem_pack_file, i);
    files[i] = (dem_memory_file){file->path.bytes, file->bytes.bytes, file->bytes.size};
  }
  return run(t, files, read->count, options);
}

dem_status dem_tests_run(const char *folder, const dem_tests_options *options,
                         dem_tests **tests_out)
{
  DEM_TRY(new_tests(options, tests_out));
  dem_vector read;
  dem_vector_init(&read, (*tests_out)->allocator, sizeof(dem_pack_file));
  const dem_status status = run_folder(*tests_out, folder, options, &read);
  dem_vector_clear(&read);
  return finish(status, tests_out);
}

void dem_tests_free(dem_tests *tests)
{
  if (!tests) {
    return;
  }
  dem_coverage_clear(&tests->coverage);
  dem_dated_packs_clear(&tests->packs);
  for (size_t i = 0; i < tests->tests.count; ++i) {
    dem_pack_test_clear(&DEM_VECTOR_AT(&tests->tests, dem_pack_test, i));
  }
  dem_pack_free(tests->pack);
  dem_vector_clear(&tests->tests);
  dem_vector_clear(&tests->found);
  dem_report_clear(&tests->report);
  dem_report_clear(&tests->no_report);
  dem_files_clear(&tests->files);
  dem_arena_clear(&tests->arena);
  (void)tests->allocator.resize(tests->allocator.context, tests, sizeof *tests, 0);
}

// Results -----------------------------------------------------------------------------

const dem_report *dem_tests_pack_report(const dem_tests *tests)
{
  return tests->pack ? dem_pack_report(tests->pack) : &tests->no_report;
}

const dem_report *dem_tests_report(const dem_tests *tests)
{
  return &tests->report;
}

const dem_test_results *dem_tests_results(const dem_tests *tests)
{
  return &tests->results;
}
