// SPDX-License-Identifier: Apache-2.0

// Regular expressions of rules: PCRE2 with UTF, bounded in every direction.
//
// The just-in-time compiler stays off: at a limit it answers differently from the interpreter.

#define PCRE2_CODE_UNIT_WIDTH 8

#include "base/regex.h"

#include <pcre2.h>

enum {
  MATCH_LIMIT = 200000, ///< Steps of one match.
  DEPTH_LIMIT = 20000,  ///< Nested backtracking points.
  HEAP_LIMIT_KIB = 8 * 1024,
  LONGEST_SUBJECT = 64 * 1024,
};

struct dem_regex {
  dem_allocator allocator;
  pcre2_general_context *general;
  pcre2_code *code;
};

struct dem_regex_matcher {
  dem_allocator allocator;
  pcre2_general_context *general;
  pcre2_match_context *limits;
  pcre2_match_data *data;
};

// PCRE2 does not tell a block's size when it gives the block back, so the size stands in front.
typedef union block_header {
  size_t size;
  _Alignas(16) unsigned char padding[16];
} block_header;

static void *get(size_t size, void *context)
{
  const dem_allocator *const allocator = context;
  if (size > SIZE_MAX - sizeof(block_header)) {
    return NULL;
  }
  block_header *const header =
      allocator->resize(allocator->context, NULL, 0, sizeof *header + size);
  if (!header) {
    return NULL;
  }
  header->size = size;
  return header + 1;
}

static void give_back(void *memory, void *context)
{
  const dem_allocator *const allocator = context;
  if (memory) {
    block_header *const header = (block_header *)memory - 1;
    (void)allocator->resize(allocator->context, header, sizeof *header + header->size, 0);
  }
}

static bool refuses(dem_buffer *error, const char *why)
{
  dem_buffer_add_text(error, why);
  return true;
}

/// What PCRE2 would accept and a stranger's pack must not have.
static bool is_refused(dem_slice pattern, dem_buffer *error)
{
  if (pattern.size >= 2 && pattern.bytes[0] == '(' && pattern.bytes[1] == '*') {
    return refuses(error, "(*VERBS) at the beginning are not accepted");
  }
  for (size_t i = 0; i + 2 < pattern.size; ++i) {
    if (pattern.bytes[i] == '\\') {
      ++i;
    } else if (pattern.bytes[i] == '(' && pattern.bytes[i + 1] == '?' &&
               pattern.bytes[i + 2] == 'C') {
      return refuses(error, "callouts (?C…) are not accepted");
    }
  }
  return false;
}

static pcre2_code *compile(dem_regex *regex, dem_slice pattern, int *code, size_t *offset)
{
  pcre2_compile_context *const context = pcre2_compile_context_create(regex->general);
  if (!context) {
    return NULL;
  }
  const uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C;
  pcre2_code *const compiled =
      pcre2_compile((PCRE2_SPTR)pattern.bytes, pattern.size, options, code, offset, context);
  pcre2_compile_context_free(context);
  return compiled;
}

dem_status dem_regex_new(dem_allocator allocator, dem_slice pattern, dem_regex **regex_out,
                         dem_buffer *error)
{
  if (pattern.size > DEM_MAX_REGEX_BYTES) {
    return DEM_ERR_LIMIT;
  }
  if (is_refused(pattern, error)) {
    return DEM_ERR_INVALID;
  }
  dem_regex *const regex = allocator.resize(allocator.context, NULL, 0, sizeof *regex);
  if (!regex) {
    return DEM_ERR_NO_MEMORY;
  }
  *regex = (dem_regex){.allocator = allocator};
  regex->general = pcre2_general_context_create(get, give_back, &regex->allocator);
  int code = PCRE2_ERROR_NOMEMORY;
  size_t offset = 0;
  regex->code = regex->general ? compile(regex, pattern, &code, &offset) : NULL;
  if (regex->code) {
    *regex_out = regex;
    return DEM_OK;
  }
  dem_regex_free(regex);
  // PCRE2 numbers its memory failures both ways: negative at matching, 21 at compiling.
  if (code == PCRE2_ERROR_NOMEMORY || code == PCRE2_ERROR_HEAP_FAILED) {
    return DEM_ERR_NO_MEMORY;
  }
  unsigned char message[128];
  (void)pcre2_get_error_message(code, message, sizeof message);
  dem_buffer_add_format(error, "%s (at byte %zu)", (const char *)message, offset + 1);
  return DEM_ERR_INVALID;
}

void dem_regex_free(dem_regex *regex)
{
  if (!regex) {
    return;
  }
  pcre2_code_free(regex->code);
  pcre2_general_context_free(regex->general);
  (void)regex->allocator.resize(regex->allocator.context, regex, sizeof *regex, 0);
}

dem_regex_matcher *dem_regex_matcher_new(dem_allocator allocator)
{
  dem_regex_matcher *const matcher = allocator.resize(allocator.context, NULL, 0, sizeof *matcher);
  if (!matcher) {
    return NULL;
  }
  *matcher = (dem_regex_matcher){.allocator = allocator};
  matcher->general = pcre2_general_context_create(get, give_back, &matcher->allocator);
  matcher->limits = matcher->general ? pcre2_match_context_create(matcher->general) : NULL;
  matcher->data = matcher->general ? pcre2_match_data_create(1, matcher->general) : NULL;
  if (!matcher->limits || !matcher->data) {
    dem_regex_matcher_free(matcher);
    return NULL;
  }
  (void)pcre2_set_match_limit(matcher->limits, MATCH_LIMIT);
  (void)pcre2_set_depth_limit(matcher->limits, DEPTH_LIMIT);
  (void)pcre2_set_heap_limit(matcher->limits, HEAP_LIMIT_KIB);
  return matcher;
}

void dem_regex_matcher_free(dem_regex_matcher *matcher)
{
  if (!matcher) {
    return;
  }
  pcre2_match_data_free(matcher->data);
  pcre2_match_context_free(matcher->limits);
  pcre2_general_context_free(matcher->general);
  (void)matcher->allocator.resize(matcher->allocator.context, matcher, sizeof *matcher, 0);
}

dem_status dem_regex_match(const dem_regex *regex, dem_regex_matcher *matcher, dem_slice subject,
                           bool *is_match)
{
  *is_match = false;
  if (subject.size > LONGEST_SUBJECT) {
    return DEM_ERR_LIMIT;
  }
  const char *const bytes = subject.bytes ? subject.bytes : "";
  const int result = pcre2_match(regex->code, (PCRE2_SPTR)bytes, subject.size, 0, 0, matcher->data,
                                 matcher->limits);
  if (result >= 0) {
    *is_match = true;
    return DEM_OK;
  }
  if (result == PCRE2_ERROR_NOMATCH) {
    return DEM_OK;
  }
  return result == PCRE2_ERROR_NOMEMORY ? DEM_ERR_NO_MEMORY : DEM_ERR_LIMIT;
}
