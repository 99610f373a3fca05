// SPDX-License-Identifier: Apache-2.0

// Any bytes as a stream of profiles, however they come in: the records are the same, lie in order,
// do not overlap, and each is either read or refused with a word on why.

#include <stdlib.h>
#include <string.h>

#include "demarche/profile_stream.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct source {
  const char *bytes;
  size_t size;
  size_t step; ///< Most bytes at a time.
} source;

static dem_status give(void *context, char *bytes, size_t capacity, size_t *size_out)
{
  source *const s = context;
  const size_t most = s->step < capacity ? s->step : capacity;
  *size_out = s->size < most ? s->size : most;
  if (*size_out > 0) {
    memcpy(bytes, s->bytes, *size_out);
  }
  s->bytes += *size_out;
  s->size -= *size_out;
  return DEM_OK;
}

/// What a stream came to, mixed into a number.
static uint64_t read_stream(const char *bytes, size_t size, dem_profile_format format, size_t step,
                            size_t max_bytes)
{
  dem_limits limits = dem_limits_default();
  limits.max_bytes = max_bytes;
  limits.max_nodes = 1000;
  source from = {bytes, size, step};
  const dem_profile_stream_options options = {.name = "input", .format = format, .limits = &limits};
  dem_profile_stream *stream;
  dem_profiles *profiles;
  if (dem_profile_stream_new(&options, give, &from, &stream) != DEM_OK ||
      dem_profiles_new(NULL, &limits, &profiles) != DEM_OK) {
    abort();
  }
  uint64_t sum = 0;
  uint64_t end = 0;
  dem_profile_record record;
  while (dem_profile_stream_next(stream, &record) == DEM_OK) {
    if (record.offset < end || record.offset + record.size > size) {
      abort();
    }
    end = record.offset + record.size;
    const dem_status status = dem_profiles_read_record(profiles, stream, &record);
    if ((status == DEM_OK) != (dem_report_error_count(dem_profiles_report(profiles)) == 0)) {
      abort();
    }
    sum = (sum ^ record.offset ^ (uint64_t)record.size << 20 ^ (uint64_t)record.line << 40 ^
           (uint64_t)record.column << 50 ^ (uint64_t)status << 60) *
          UINT64_C(0x9E3779B97F4A7C15);
    (void)dem_profile_stream_is_ready(stream);
  }
  dem_profiles_free(profiles);
  dem_profile_stream_free(stream);
  return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static const dem_profile_format formats[] = {DEM_PROFILE_AUTO, DEM_PROFILE_YAML, DEM_PROFILE_JSON,
                                               DEM_PROFILE_JSON_LINES, DEM_PROFILE_CSV};
  if (size < 2) {
    return 0;
  }
  const dem_profile_format format = formats[data[0] % 5];
  const size_t step = data[1] % 17 + 1;
  const char *const bytes = (const char *)data + 2;
  if (read_stream(bytes, size - 2, format, size, 0) !=
      read_stream(bytes, size - 2, format, step, 0)) {
    abort();
  }
  (void)read_stream(bytes, size - 2, format, step, 20); // Where its end is may hang on the step.
  return 0;
}
