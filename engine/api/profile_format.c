// SPDX-License-Identifier: Apache-2.0

// In which language profiles are written.

#include "api/profile_format.h"

#include <string.h>

static bool ends_with(dem_slice text, const char *suffix)
{
  const size_t size = strlen(suffix);
  return text.size >= size && memcmp(text.bytes + text.size - size, suffix, size) == 0;
}

dem_profile_format dem_profile_format_of_name(dem_slice name)
{
  static const struct {
    const char *ending;
    dem_profile_format format;
  } endings[] = {
      {".yaml", DEM_PROFILE_YAML},         {".yml", DEM_PROFILE_YAML},
      {".json", DEM_PROFILE_JSON},         {".jsonl", DEM_PROFILE_JSON_LINES},
      {".ndjson", DEM_PROFILE_JSON_LINES}, {".csv", DEM_PROFILE_CSV},
  };
  for (size_t i = 0; i < sizeof endings / sizeof *endings; ++i) {
    if (ends_with(name, endings[i].ending)) {
      return endings[i].format;
    }
  }
  return DEM_PROFILE_AUTO;
}

static bool is_space(char byte)
{
  return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/// The first line with something on it, without blanks at its ends.
static dem_slice first_line(dem_slice bytes)
{
  size_t begin = bytes.size >= 3 && memcmp(bytes.bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  while (begin < bytes.size && is_space(bytes.bytes[begin])) {
    ++begin;
  }
  size_t end = begin;
  while (end < bytes.size && bytes.bytes[end] != '\n' && bytes.bytes[end] != '\r') {
    ++end;
  }
  while (end > begin && is_space(bytes.bytes[end - 1])) {
    --end;
  }
  return (dem_slice){bytes.bytes + begin, end - begin};
}

/// A table's header: words with commas between them, or one word. No profile in YAML begins so: its
/// first line has a ':', or is a marker, a comment, a directive.
static bool looks_like_csv(dem_slice line)
{
  bool has_comma = false;
  bool is_word = true;
  if (line.size == 0 || memchr("#%-{[&!|>?", line.bytes[0], 10)) {
    return false;
  }
  for (size_t i = 0; i < line.size; ++i) {
    if (line.bytes[i] == ':' && (i + 1 == line.size || is_space(line.bytes[i + 1]))) {
      return false;
    }
    has_comma = has_comma || line.bytes[i] == ',';
    is_word = is_word && !is_space(line.bytes[i]);
  }
  return has_comma || is_word;
}

dem_profile_format dem_profile_format_of_bytes(dem_profile_format named, dem_slice bytes)
{
  if (named != DEM_PROFILE_AUTO && named != DEM_PROFILE_JSON) {
    return named;
  }
  const dem_slice line = first_line(bytes);
  const char first = line.size ? line.bytes[0] : '\0';
  if (first == '{' && line.bytes[line.size - 1] == '}') {
    return DEM_PROFILE_JSON_LINES; // Also what a single object on one line may be called.
  }
  if (first == '{' || first == '[' || named == DEM_PROFILE_JSON) {
    return DEM_PROFILE_JSON;
  }
  return looks_like_csv(line) ? DEM_PROFILE_CSV : DEM_PROFILE_YAML;
}
