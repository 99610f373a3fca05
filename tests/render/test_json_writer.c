// SPDX-License-Identifier: Apache-2.0

// What the writer writes is JSON, the same in one line and in many.

#include "render/json_writer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>

static void write_sample(dem_json_writer *json)
{
  dem_json_begin_object(json);
  dem_json_key(json, "texts");
  dem_json_begin_array(json);
  dem_json_string(json, DEM_SLICE("a\"\n\x01é"));
  dem_json_string(json, DEM_SLICE(""));
  dem_json_end_array(json);
  dem_json_key(json, "empty");
  dem_json_begin_object(json);
  dem_json_end_object(json);
  dem_json_key(json, "none");
  dem_json_begin_array(json);
  dem_json_end_array(json);
  dem_json_pair(json, "left out", DEM_SLICE(""));
  dem_json_pair(json, "put in", DEM_SLICE("x"));
  dem_json_key(json, "numbers");
  dem_json_begin_array(json);
  dem_json_integer(json, INT64_MIN);
  dem_json_number(json, 0.1);
  dem_json_number(json, 1e300);
  dem_json_boolean(json, true);
  dem_json_null(json);
  dem_json_end_array(json);
  dem_json_end_object(json);
}

static json_t *parse_sample(bool is_pretty)
{
  dem_buffer out;
  dem_buffer_init(&out, dem_allocator_default());
  dem_json_writer json = dem_json_writer_on(&out, is_pretty);
  write_sample(&json);
  assert_false(out.has_failed);
  json_t *const root = json_loadb(out.bytes, out.size, JSON_REJECT_DUPLICATES, NULL);
  dem_buffer_clear(&out);
  return root;
}

static void test_pretty_and_compact_are_equal(void **state)
{
  (void)state;
  json_t *const pretty = parse_sample(true);
  json_t *const compact = parse_sample(false);
  assert_non_null(pretty);
  assert_true(json_equal(pretty, compact));
  json_decref(pretty);
  json_decref(compact);
}

static void test_compact_bytes(void **state)
{
  (void)state;
  dem_buffer out;
  dem_buffer_init(&out, dem_allocator_default());
  dem_json_writer json = dem_json_writer_on(&out, false);
  write_sample(&json);
  dem_buffer_add_char(&out, '\0');
  assert_string_equal(out.bytes,
                      "{\"texts\":[\"a\\\"\\n\\u0001é\",\"\"],\"empty\":{},\"none\":[],"
                      "\"put in\":\"x\",\"numbers\":[-9223372036854775808,0.1,1e+300,true,null]}");
  dem_buffer_clear(&out);
}

static void test_pretty_bytes(void **state)
{
  (void)state;
  dem_buffer out;
  dem_buffer_init(&out, dem_allocator_default());
  dem_json_writer json = dem_json_writer_on(&out, true);
  dem_json_begin_object(&json);
  dem_json_key(&json, "a");
  dem_json_begin_array(&json);
  dem_json_integer(&json, 1);
  dem_json_integer(&json, 2);
  dem_json_end_array(&json);
  dem_json_end_object(&json);
  dem_buffer_add_char(&out, '\0');
  assert_string_equal(out.bytes, "{\n  \"a\": [\n    1,\n    2\n  ]\n}");
  dem_buffer_clear(&out);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_pretty_and_compact_are_equal),
      cmocka_unit_test(test_compact_bytes),
      cmocka_unit_test(test_pretty_bytes),
  };
  return cmocka_run_group_tests_name("render/json_writer", tests, NULL, NULL);
}
