// SPDX-License-Identifier: Apache-2.0

// What is wrong where libyaml gives up, in words that help.
//
// libyaml tells where it noticed; people want to know where they went wrong, which is often the
// line above.

#include "text/yaml_mistakes.h"

typedef struct mistake {
  const dem_reader_context *context;
  dem_file_id file;
  dem_slice bytes; ///< Of the whole file.
  const yaml_parser_t *parser;
  size_t at;    ///< Byte at which libyaml gave up.
  size_t began; ///< Byte at which what it was reading begins.
} mistake;

static dem_place place_at(const mistake *m, size_t byte)
{
  return dem_files_place(m->context->files, m->file, byte, 1);
}

static dem_status report(const mistake *m, dem_place place, const char *message, const char *label)
{
  const dem_status status =
      dem_diagnose(m->context->diagnostics, DEM_DIAG_SYNTAX, place, "%s", message);
  if (label) {
    dem_diagnose_label(m->context->diagnostics, "%s", label);
  }
  return status;
}

/// The byte of a code point, as libyaml counts them.
static size_t byte_of(dem_slice bytes, size_t begin, size_t point)
{
  size_t byte = begin;
  for (; byte < bytes.size && point > 0; --point) {
    do {
      ++byte;
    } while (byte < bytes.size && ((unsigned char)bytes.bytes[byte] & 0xC0) == 0x80);
  }
  return byte;
}

/// libyaml's words for the mistakes that people make most, and what helps.
static const struct {
  const char *problem;
  const char *message;
  const char *label;
} hints[] = {
    {"did not find expected ',' or '}'", "a '{' is not closed as a mapping",
     "a text that starts with '{' needs quotes"},
    {"did not find expected ',' or ']'", "a '[' is not closed as a list",
     "a text that starts with '[' needs quotes"},
    {"mapping keys are not allowed in this context", "a '?' stands where no key can be",
     "a text that starts with '?' needs quotes"},
    {"did not find expected key", "something stands here that is no key of this mapping",
     "is it indented like the lines above, and are quotes closed?"},
    {"did not find expected '-' indicator", "something stands here that is no item of this list",
     "items begin with '- ' and are indented alike"},
    {"found character that cannot start any token", "no text can begin like this",
     "a text that starts with '@', '`' or '%' needs quotes"},
    {"did not find expected alphabetic or numeric character", "no name follows",
     "a text that starts with '&' or '*' needs quotes"},
    {"did not find expected node content", "a value is missing here, or not complete",
     "is a '{' or '[' before it not closed?"},
    {"did not find expected <document start>", "this belongs to nothing that stands above it",
     "is it indented like the lines above?"},
};

/// What stands before a place where a key should be: the end of a text that YAML took for less than
/// it is, as in `because: {$bank} lends` and `title: "Fund" for all`. NULL if it is neither.
static const char *explain_rest(const mistake *m, size_t byte)
{
  size_t i = byte;
  while (i > 0 && m->bytes.bytes[i - 1] == ' ') {
    --i;
  }
  switch (i > 0 && i <= m->bytes.size ? m->bytes.bytes[i - 1] : '\0') {
  case '}':
    return "a text that starts with '{' needs quotes";
  case ']':
    return "a text that starts with '[' needs quotes";
  case '"':
  case '\'':
    return "a text that starts with a quote ends with the next one: put quotes around all of it";
  default:
    return NULL;
  }
}

static size_t indent_of(dem_slice line)
{
  size_t indent = 0;
  while (indent < line.size && line.bytes[indent] == ' ') {
    ++indent;
  }
  return indent;
}

/// Whether a ':' stands in a text with a space or the end behind it, or one with neither.
static bool has_colon(dem_slice text, bool has_space)
{
  for (size_t i = 0; i < text.size; ++i) {
    const bool is_last = i + 1 == text.size || text.bytes[i + 1] == ' ';
    if (text.bytes[i] == ':' && is_last == has_space) {
      return true;
    }
  }
  return false;
}

/// What a ':' too many comes from: a line that was taken for more of the text above it, or a text
/// with a ': ' in it.
static const char *explain_colon(const mistake *m, dem_place place)
{
  dem_files *const files = m->context->files;
  const dem_slice line = dem_files_line(files, m->file, place.line);
  const size_t column = place.column - 1;
  const dem_slice before = {line.bytes, column < line.size ? column : line.size};
  dem_slice above = {0};
  for (uint32_t i = place.line - 1; i > 0 && indent_of(above) == above.size; --i) {
    above = dem_files_line(files, m->file, i); // Blank lines are passed over.
  }
  if (above.size > 0 && !has_colon(before, true)) {
    if (has_colon(above, false) && !has_colon(above, true)) {
      return "is a space missing behind the ':' on the line above?";
    }
    if (indent_of(line) > indent_of(above)) {
      return "is this line indented too far?";
    }
  }
  return "a text with ': ' in it needs quotes";
}

/// Mistakes whose cause stands where libyaml's context begins.
static const struct {
  const char *context;
  const char *problem; ///< NULL for any.
  char first;          ///< The context's first byte; 0 for any.
  bool is_above;       ///< It begins on another line than the one at which libyaml gave up.
  const char *message;
  const char *label;
} causes[] = {
    {"while scanning a quoted scalar", "found unexpected end of stream", 0, false,
     "a quote that is not closed", "where is the closing one?"},
    {"while scanning a directive", NULL, 0, false, "a line that begins with '%' is no text",
     "a text that starts with '%' needs quotes"},
    {"while scanning a simple key", NULL, '-', false, "a '-' without a space behind it",
     "items of a list begin with '- '"},
    {"while scanning a simple key", NULL, 0, false, "a key without its ':'",
     "is a space missing after a ':', or does a text over two lines need quotes?"},
    {"while parsing a flow sequence", NULL, 0, true, "a '[' is not closed as a list",
     "where is its ']'? A text that starts with '[' needs quotes"},
    {"while parsing a flow mapping", NULL, 0, true, "a '{' is not closed as a mapping",
     "where is its '}'? A text that starts with '{' needs quotes"},
};

/// Report a mistake at its cause. Returns whether it is one of those.
static bool report_cause(const mistake *m, const char *problem)
{
  const char *const context = m->parser->context ? m->parser->context : "";
  const dem_place place = place_at(m, m->began);
  const int first = m->began < m->bytes.size ? m->bytes.bytes[m->began] : '\0';
  const bool is_above = place.line != place_at(m, m->at).line;
  for (size_t i = 0; i < sizeof causes / sizeof *causes; ++i) {
    if (strcmp(causes[i].context, context) == 0 &&
        (!causes[i].problem || strcmp(causes[i].problem, problem) == 0) &&
        (!causes[i].first || causes[i].first == first) && (is_above || !causes[i].is_above)) {
      (void)report(m, place, causes[i].message, causes[i].label);
      return true;
    }
  }
  return false;
}

static dem_status report_at(const mistake *m, const char *problem)
{
  const dem_place place = place_at(m, m->at);
  const bool has_byte = m->at < m->bytes.size;
  if (has_byte && m->bytes.bytes[m->at] == '\t') {
    return report(m, place, "a tab stands where only spaces may", "indent with spaces");
  }
  if (report_cause(m, problem)) {
    return DEM_ERR_INVALID;
  }
  if (strcmp(problem, "mapping values are not allowed in this context") == 0) {
    return report(m, place, "a ':' stands where no key can be", explain_colon(m, place));
  }
  const char *const rest = has_byte ? explain_rest(m, m->at) : NULL;
  if (rest && strcmp(problem, "did not find expected key") == 0) {
    return report(m, place, "something is left over behind a value", rest);
  }
  for (size_t i = 0; i < sizeof hints / sizeof *hints; ++i) {
    if (strcmp(hints[i].problem, problem) == 0) {
      return report(m, place, hints[i].message, hints[i].label);
    }
  }
  return report(m, place, problem, NULL);
}

dem_status dem_yaml_report(const dem_reader_context *context, dem_file_id file, size_t bom,
                           const yaml_parser_t *parser)
{
  if (parser->error == YAML_MEMORY_ERROR) {
    return DEM_ERR_NO_MEMORY;
  }
  mistake m = {.context = context,
               .file = file,
               .bytes = dem_files_bytes(context->files, file),
               .parser = parser};
  if (parser->error == YAML_READER_ERROR) {
    return report(&m, place_at(&m, parser->problem_offset + bom), "a control character",
                  "YAML does not allow it");
  }
  m.at = byte_of(m.bytes, bom, parser->problem_mark.index);
  m.began = byte_of(m.bytes, bom, parser->context_mark.index);
  return report_at(&m, parser->problem ? parser->problem : "this is not YAML");
}
