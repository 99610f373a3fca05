// SPDX-License-Identifier: Apache-2.0

// The results of a pack's tests as JSON: an object with the counts, then every test.

#include "render/test_json.h"

#include "render/json_writer.h"

static void add_text(dem_json_writer *json, const char *key, const char *text)
{
  dem_json_key(json, key);
  dem_json_string(json, dem_slice_of(text));
}

static void add_size(dem_json_writer *json, const char *key, size_t value)
{
  dem_json_key(json, key);
  dem_json_integer(json, (int64_t)value);
}

static void add_failure(dem_json_writer *json, const dem_test_failure *failure)
{
  dem_json_begin_object(json);
  add_text(json, "message", failure->message);
  add_text(json, "details", failure->details);
  add_text(json, "file", failure->file);
  add_size(json, "line", failure->line);
  add_size(json, "column", failure->column);
  dem_json_end_object(json);
}

static void add_test(dem_json_writer *json, const dem_test_result *test)
{
  static const char *const verdicts[] = {[DEM_TEST_PASSED] = "passed",
                                         [DEM_TEST_FAILED] = "failed",
                                         [DEM_TEST_BROKEN] = "broken",
                                         [DEM_TEST_SKIPPED] = "skipped"};
  dem_json_begin_object(json);
  add_text(json, "name", test->name);
  add_text(json, "file", test->file);
  add_size(json, "line", test->line);
  dem_json_pair(json, "date", dem_slice_of(test->date));
  add_text(json, "verdict", verdicts[test->verdict]);
  dem_json_key(json, "failures");
  dem_json_begin_array(json);
  for (size_t i = 0; i < test->failure_count; ++i) {
    add_failure(json, &test->failures[i]);
  }
  dem_json_end_array(json);
  dem_json_end_object(json);
}

static void add_item(dem_json_writer *json, const dem_coverage_item *item)
{
  dem_json_begin_object(json);
  add_text(json, "what", item->what);
  dem_json_pair(json, "group", dem_slice_of(item->group));
  dem_json_pair(json, "note", dem_slice_of(item->note));
  dem_json_pair(json, "file", dem_slice_of(item->file));
  if (item->line > 0) {
    add_size(json, "line", item->line);
  }
  dem_json_end_object(json);
}

static void add_coverage(dem_json_writer *json, const dem_coverage *coverage)
{
  dem_json_key(json, "coverage");
  dem_json_begin_object(json);
  add_size(json, "percent", coverage->percent);
  for (size_t i = 0; i < DEM_COVERAGE_PARTS; ++i) {
    const dem_coverage_part *const part = &coverage->parts[i];
    dem_json_key(json, part->name);
    dem_json_begin_object(json);
    add_size(json, "total", part->total);
    add_size(json, "reached", part->total - part->missed_count);
    dem_json_key(json, "missed");
    dem_json_begin_array(json);
    for (size_t j = 0; j < part->missed_count; ++j) {
      add_item(json, &part->missed[j]);
    }
    dem_json_end_array(json);
    dem_json_end_object(json);
  }
  dem_json_end_object(json);
}

void dem_test_json_render(const dem_test_results *results, dem_buffer *out)
{
  dem_json_writer json = dem_json_writer_on(out, true);
  dem_json_begin_object(&json);
  add_size(&json, "demarche", 1);
  add_text(&json, "pack", results->pack_name);
  add_text(&json, "version", results->pack_version);
  add_size(&json, "passed", results->passed);
  add_size(&json, "failed", results->failed);
  add_size(&json, "broken", results->broken);
  add_size(&json, "skipped", results->skipped);
  if (results->shuffles + results->refinements > 0) {
    add_size(&json, "shuffles", results->shuffles);
    add_size(&json, "refinements", results->refinements);
    add_size(&json, "seed", results->seed);
  }
  dem_json_key(&json, "tests");
  dem_json_begin_array(&json);
  for (size_t i = 0; i < results->test_count; ++i) {
    add_test(&json, &results->tests[i]);
  }
  dem_json_end_array(&json);
  if (results->coverage) {
    add_coverage(&json, results->coverage);
  }
  dem_json_end_object(&json);
  dem_buffer_add_char(out, '\n');
}
