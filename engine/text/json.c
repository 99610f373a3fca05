// SPDX-License-Identifier: Apache-2.0

// JSON → a document, by jansson.
//
// jansson says whether the bytes are JSON and decodes the texts; it keeps
// neither places nor how a number was written. So its tree is walked side by
// side with the bytes, token by token: the bytes give the place of each value
// and the text of each number, which is never rounded.
//
// A first scan counts depth and nodes, so that a bound is met before jansson
// builds anything: its nodes take up to eighty times the bytes of `{}`.

#include "text/json.h"

#include <jansson.h>

#include "base/try.h"
#include "text/check.h"

/// A bracket, colon or comma, a text with its quotes, or a run of other bytes (a number, a word).
typedef struct token {
  size_t begin;
  size_t end; ///< As `begin` at the end of the input.
} token;

typedef struct reader {
  const dem_reader_context *context;
  dem_file_id file;
  dem_slice bytes; ///< Of the whole file.
  size_t begin;    ///< The value's text is bytes[begin .. end).
  size_t end;
  size_t at;         ///< How far the walk has come.
  size_t line_point; ///< The byte that `line` and `column` stand for.
  uint32_t line;
  uint32_t column;
} reader;

// Tokens ------------------------------------------------------------------------------

static bool is_space(char byte)
{
  return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static bool is_punctuation(char byte)
{
  return byte == '{' || byte == '}' || byte == '[' || byte == ']' || byte == ':' || byte == ',';
}

static bool opens(char byte)
{
  return byte == '{' || byte == '[';
}

static bool closes(char byte)
{
  return byte == '}' || byte == ']';
}

/// The offset of the closing quote, or `end` if there is none.
static size_t find_quote(const reader *r, size_t begin)
{
  for (size_t i = begin + 1; i < r->end; ++i) {
    if (r->bytes.bytes[i] == '\\') {
      ++i;
    } else if (r->bytes.bytes[i] == '"') {
      return i;
    }
  }
  return r->end;
}

/// The offset behind a text.
static size_t text_end(const reader *r, size_t begin)
{
  const size_t quote = find_quote(r, begin);
  return quote < r->end ? quote + 1 : r->end;
}

/// The first token at or behind `at`. Knows no grammar: any bytes give tokens.
static token token_at(const reader *r, size_t at)
{
  while (at < r->end && is_space(r->bytes.bytes[at])) {
    ++at;
  }
  token t = {at, at};
  if (at == r->end) {
    return t;
  }
  const char first = r->bytes.bytes[at];
  if (is_punctuation(first)) {
    t.end = at + 1;
  } else if (first == '"') {
    t.end = text_end(r, at);
  } else {
    while (t.end < r->end && !is_space(r->bytes.bytes[t.end]) &&
           !is_punctuation(r->bytes.bytes[t.end]) && r->bytes.bytes[t.end] != '"') {
      ++t.end;
    }
  }
  return t;
}

static bool is_end(token t)
{
  return t.begin == t.end;
}

static dem_slice token_text(const reader *r, token t)
{
  return (dem_slice){r->bytes.bytes + t.begin, t.end - t.begin};
}

static token next(reader *r)
{
  const token t = token_at(r, r->at);
  r->at = t.end;
  return t;
}

// Places ------------------------------------------------------------------------------

static uint32_t count_points(dem_slice text)
{
  uint32_t count = 0;
  for (size_t i = 0; i < text.size; ++i) {
    count += ((unsigned char)text.bytes[i] & 0xC0) != 0x80;
  }
  return count;
}

/// The place of a token of the walk. Tokens come in order, so all places together cost one pass.
static dem_place walk_to(reader *r, token t)
{
  for (; r->line_point < t.begin; ++r->line_point) {
    const char byte = r->bytes.bytes[r->line_point];
    const bool is_crlf = byte == '\r' && r->bytes.bytes[r->line_point + 1] == '\n';
    if (byte == '\n' || (byte == '\r' && !is_crlf)) {
      ++r->line;
      r->column = 1;
    } else {
      r->column += ((unsigned char)byte & 0xC0) != 0x80;
    }
  }
  return (dem_place){.file = r->file,
                     .line = r->line,
                     .column = r->column,
                     .length = count_points(token_text(r, t))};
}

static dem_place place_of(const reader *r, token t)
{
  const uint32_t length = count_points(token_text(r, t));
  return dem_files_place(r->context->files, r->file, t.begin, length);
}

// Bounds ------------------------------------------------------------------------------

static dem_status refuse(const reader *r, token t, const char *what, size_t limit, const char *name)
{
  const dem_place place = place_of(r, (token){t.begin, t.begin + 1});
  (void)dem_diagnose(r->context->diagnostics, DEM_DIAG_LIMIT, place, "%s %zu (the limit %s)", what,
                     limit, name);
  return DEM_ERR_LIMIT;
}

/// Stop at a bound before anything is built. Counts as the reader of YAML does: keys are nodes.
static dem_status check_bounds(const reader *r)
{
  const dem_text_limits limits = r->context->limits;
  size_t depth = 0;
  size_t nodes = 0;
  for (token t = token_at(r, r->begin); !is_end(t); t = token_at(r, t.end)) {
    const char first = r->bytes.bytes[t.begin];
    depth -= closes(first) && depth > 0;
    depth += opens(first);
    nodes += opens(first) || !is_punctuation(first);
    if (limits.max_depth && depth > limits.max_depth) {
      return refuse(r, t, "nested deeper than", limits.max_depth, "max_depth");
    }
    if (limits.max_nodes && nodes > limits.max_nodes) {
      return refuse(r, t, "more nodes than", limits.max_nodes, "max_nodes");
    }
  }
  return DEM_OK;
}

// Mistakes ----------------------------------------------------------------------------

/// Where the brackets that are open at `offset` stand, outermost first: vector of token.
static bool find_open(const reader *r, size_t offset, dem_vector *open)
{
  for (token t = token_at(r, r->begin); t.end <= offset && !is_end(t); t = token_at(r, t.end)) {
    if (opens(r->bytes.bytes[t.begin]) && !dem_vector_add(open, &t)) {
      return false;
    }
    open->count -= closes(r->bytes.bytes[t.begin]) && open->count > 0;
  }
  return true;
}

/// The innermost bracket that is open at `offset`; an end token if there is none.
static dem_status find_innermost(const reader *r, size_t offset, token *bracket_out)
{
  dem_vector open;
  dem_vector_init(&open, r->context->arena->allocator, sizeof(token));
  const bool has_memory = find_open(r, offset, &open);
  *bracket_out = open.count ? DEM_VECTOR_AT(&open, token, open.count - 1) : (token){r->end, r->end};
  dem_vector_clear(&open);
  return has_memory ? DEM_OK : DEM_ERR_NO_MEMORY;
}

/// The last token that begins before `offset`, which is where jansson stopped.
static token find_last(const reader *r, size_t offset)
{
  token last = token_at(r, r->begin);
  for (token t = last; !is_end(t) && t.begin < offset; t = token_at(r, t.end)) {
    last = t;
  }
  return last;
}

static dem_status report(const reader *r, token t, const char *message, const char *label)
{
  const dem_status status =
      dem_diagnose(r->context->diagnostics, DEM_DIAG_SYNTAX, place_of(r, t), "%s", message);
  if (label) {
    dem_diagnose_label(r->context->diagnostics, "%s", label);
  }
  return status;
}

/// The first key of the object at `bracket` that is written like the key at `second`.
static token find_key(const reader *r, token bracket, token second)
{
  size_t depth = 1;
  for (token t = token_at(r, bracket.end); t.begin < second.begin; t = token_at(r, t.end)) {
    const char first = r->bytes.bytes[t.begin];
    depth = depth + opens(first) - closes(first);
    const bool is_key = first == '"' && r->bytes.bytes[token_at(r, t.end).begin] == ':';
    if (depth == 1 && is_key && dem_slice_is_equal(token_text(r, t), token_text(r, second))) {
      return t;
    }
  }
  return second;
}

static dem_status report_duplicate(const reader *r, size_t offset)
{
  const token second = find_last(r, offset);
  token bracket;
  DEM_TRY(find_innermost(r, offset, &bracket));
  const token first = find_key(r, bracket, second);
  const dem_slice key = {r->bytes.bytes + second.begin + 1, second.end - second.begin - 2};
  const dem_status status =
      dem_diagnose(r->context->diagnostics, DEM_DIAG_DUPLICATE_KEY, place_of(r, second),
                   "the key '%.*s' stands here twice", (int)key.size, key.bytes);
  if (first.begin != second.begin) { // Else one of the two is written with escapes.
    const dem_place place = dem_files_locate(r->context->files, place_of(r, first));
    dem_diagnose_label(r->context->diagnostics, "first on line %u", (unsigned)place.line);
  }
  return status;
}

static dem_status report_end(const reader *r)
{
  token bracket;
  DEM_TRY(find_innermost(r, r->end, &bracket));
  const token last = find_last(r, r->end);
  const bool is_open_text =
      r->bytes.bytes[last.begin] == '"' && find_quote(r, last.begin) == r->end;
  if (is_open_text) {
    return report(r, (token){last.begin, last.begin + 1}, "a text is not closed",
                  "where is its closing quote?");
  }
  if (is_end(bracket)) {
    return report(r, last, "the value is not complete", NULL);
  }
  const bool is_object = r->bytes.bytes[bracket.begin] == '{';
  return report(r, bracket, is_object ? "a '{' is not closed" : "a '[' is not closed",
                is_object ? "where is its '}'?" : "where is its ']'?");
}

static const char not_json[] = "not a JSON value";

/// jansson's words for a token in the wrong place, and ours.
static const struct {
  const char *problem;
  const char *message;
} problems[] = {
    {"string or '}' expected", "a key is a text in double quotes"},
    {"'}' expected", "a ',' or a '}' is missing before this"},
    {"']' expected", "a ',' or a ']' is missing before this"},
    {"':' expected", "a ':' is missing between a key and its value"},
    {"unexpected token", "a value is missing before this"},
    {"invalid token", not_json},
};

static const char *explain(const char *problem)
{
  for (size_t i = 0; i < sizeof problems / sizeof *problems; ++i) {
    if (strcmp(problems[i].problem, problem) == 0) {
      return problems[i].message;
    }
  }
  return problem;
}

/// Says what helps against the habits of other languages.
static dem_status report_token(const reader *r, token t, const char *message)
{
  switch (is_end(t) ? '\0' : r->bytes.bytes[t.begin]) {
  case '\'':
    return report(r, t, "JSON has no single quotes", "write \"…\"");
  case '#':
  case '/':
    return report(r, t, "JSON has no comments", "leave it out");
  case 'T':
  case 'F':
  case 'N':
    return report(r, t, message, "true, false and null are written in small letters");
  case '}':
  case ']':
    return report(r, t, message, "is there a ',' too many, or a bracket of the wrong kind?");
  case '+':
  case '.':
  case '0':
    return report(r, t, message, "a number begins with 1 to 9, '-', or '0.'");
  default:
    return report(r, t, message,
                  strcmp(message, not_json) != 0           ? NULL
                  : t.begin == token_at(r, r->begin).begin ? "if this is YAML, name the file .yaml"
                                                           : "a text needs double quotes");
  }
}

static dem_status report_syntax(const reader *r, const json_error_t *error, size_t offset)
{
  char problem[sizeof error->text];
  memcpy(problem, error->text, sizeof problem);
  problem[sizeof problem - 1] = '\0';
  char *const near = strstr(problem, " near "); // The place shows what it is near to.
  if (near) {
    *near = '\0';
  }
  const token t = find_last(r, offset);
  if (!is_end(t) && r->bytes.bytes[t.begin] == '"' && offset < t.end) {
    const bool is_break = strncmp(problem, "unexpected newline", 18) == 0;
    return report(r, (token){offset, offset < r->end ? offset + 1 : offset},
                  is_break ? "a text ends on the line on which it begins" : problem,
                  is_break ? "write a line break as \\n" : NULL);
  }
  return report_token(r, t, explain(problem));
}

static dem_status report_error(const reader *r, const json_error_t *error)
{
  const size_t position = error->position < 0 ? 0 : (size_t)error->position;
  const size_t length = r->end - r->begin;
  const size_t offset = r->begin + (position < length ? position : length);
  switch (json_error_code(error)) {
  case json_error_out_of_memory:
    return DEM_ERR_NO_MEMORY;
  case json_error_unknown: // jansson says nothing where its text buffer found no memory.
    return error->text[0] ? report_syntax(r, error, offset) : DEM_ERR_NO_MEMORY;
  case json_error_stack_overflow:
    return refuse(r, find_last(r, offset), "nested deeper than", JSON_PARSER_MAX_DEPTH,
                  "of the JSON reader");
  case json_error_duplicate_key:
    return report_duplicate(r, offset);
  case json_error_premature_end_of_input:
    return report_end(r);
  case json_error_end_of_input_expected:
    return report(r, find_last(r, offset), "something stands behind the value",
                  "several values go into a list, or one on each line of a .jsonl file");
  case json_error_numeric_overflow:
    return report(r, find_last(r, offset), "a number that is too large", NULL);
  case json_error_null_byte_in_key:
    return report(r, find_last(r, offset), "a key with a NUL in it", NULL);
  case json_error_invalid_argument:
  case json_error_cannot_open_file:
  case json_error_invalid_utf8:
  case json_error_invalid_syntax:
  case json_error_invalid_format:
  case json_error_wrong_type:
  case json_error_null_character:
  case json_error_null_value:
  case json_error_item_not_found:
  case json_error_index_out_of_range:
    break;
  }
  return report_syntax(r, error, offset);
}

// The walk ----------------------------------------------------------------------------

static dem_status build(reader *r, json_t *value, dem_node *node);

static dem_status copy_text(reader *r, dem_slice text, dem_slice *text_out)
{
  const char *const copy = dem_arena_copy(r->context->arena, text);
  DEM_TRY_MEMORY(copy);
  *text_out = (dem_slice){copy, text.size};
  return DEM_OK;
}

static dem_status build_sequence(reader *r, json_t *value, dem_node *node)
{
  const size_t count = json_array_size(value);
  dem_node *const nodes = DEM_ARENA_ARRAY(r->context->arena, dem_node, count);
  const dem_node **const items = DEM_ARENA_ARRAY(r->context->arena, const dem_node *, count);
  DEM_TRY_MEMORY(nodes);
  DEM_TRY_MEMORY(items);
  for (size_t i = 0; i < count; ++i) {
    DEM_TRY(build(r, json_array_get(value, i), &nodes[i]));
    items[i] = &nodes[i];
    (void)next(r); // The comma, or the closing bracket.
  }
  node->kind = DEM_NODE_SEQUENCE;
  node->count = count;
  node->items = items;
  return DEM_OK;
}

static dem_status build_mapping(reader *r, json_t *value, dem_node *node)
{
  const size_t count = json_object_size(value);
  dem_node *const nodes = DEM_ARENA_ARRAY(r->context->arena, dem_node, count);
  dem_entry *const entries = DEM_ARENA_ARRAY(r->context->arena, dem_entry, count);
  DEM_TRY_MEMORY(nodes);
  DEM_TRY_MEMORY(entries);
  void *member = json_object_iter(value); // In the order of the text.
  for (size_t i = 0; i < count; ++i) {
    const dem_slice key = {json_object_iter_key(member), json_object_iter_key_len(member)};
    DEM_TRY(copy_text(r, key, &entries[i].key));
    entries[i].key_place = walk_to(r, next(r));
    (void)next(r); // The colon.
    DEM_TRY(build(r, json_object_iter_value(member), &nodes[i]));
    entries[i].value = &nodes[i];
    (void)next(r); // The comma, or the closing bracket.
    member = json_object_iter_next(value, member);
  }
  node->kind = DEM_NODE_MAPPING;
  node->count = count;
  node->entries = entries;
  return DEM_OK;
}

/// Both sides stand before the same value. Recursion: as deep as jansson read, which is bounded.
static dem_status build(reader *r, json_t *value, dem_node *node)
{
  const token t = next(r);
  node->place = walk_to(r, t);
  const bool is_array = json_is_array(value);
  if (is_array || json_is_object(value)) {
    DEM_TRY(is_array ? build_sequence(r, value, node) : build_mapping(r, value, node));
    if (node->count == 0) {
      (void)next(r); // The closing bracket, which otherwise the last item took.
    }
    return DEM_OK;
  }
  node->kind = DEM_NODE_SCALAR;
  if (json_is_string(value)) {
    node->style = DEM_SCALAR_STRING;
    const dem_slice text = {json_string_value(value), json_string_length(value)};
    return copy_text(r, text, &node->text);
  }
  node->style = DEM_SCALAR_PLAIN;
  return copy_text(r, token_text(r, t), &node->text);
}

/// One value between `begin` and `end`; there is at least one token.
static dem_status read_value(reader *r, const dem_node **root_out)
{
  DEM_TRY(check_bounds(r));
  // Every number as a double: only its being a number counts, its text is taken from the bytes.
  const size_t flags =
      JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL;
  json_error_t error;
  json_t *const value = json_loadb(r->bytes.bytes + r->begin, r->end - r->begin, flags, &error);
  if (!value) {
    return report_error(r, &error);
  }
  r->at = r->begin;
  dem_node *const root = DEM_ARENA_NEW(r->context->arena, dem_node);
  const dem_status status = root ? build(r, value, root) : DEM_ERR_NO_MEMORY;
  json_decref(value);
  *root_out = root;
  return status;
}

// Files -------------------------------------------------------------------------------

static reader reader_of(const dem_reader_context *context, dem_file_id file)
{
  const dem_slice bytes = dem_files_bytes(context->files, file);
  const bool has_bom = bytes.size >= 3 && memcmp(bytes.bytes, "\xEF\xBB\xBF", 3) == 0;
  return (reader){.context = context,
                  .file = file,
                  .bytes = bytes,
                  .begin = has_bom ? 3 : 0,
                  .end = bytes.size,
                  .line_point = has_bom ? 3 : 0,
                  .line = 1,
                  .column = 1};
}

dem_status dem_json_read(const dem_reader_context *context, dem_file_id file,
                         const dem_node **root_out)
{
  reader r = reader_of(context, file);
  *root_out = NULL;
  DEM_TRY(dem_text_check(context, file));
  if (is_end(token_at(&r, r.begin))) {
    return dem_diagnose(context->diagnostics, DEM_DIAG_EMPTY_DOCUMENT, (dem_place){.file = file},
                        "nothing stands here");
  }
  return read_value(&r, root_out);
}

dem_status dem_json_read_lines(const dem_reader_context *context, dem_file_id file,
                               dem_vector *documents)
{
  reader r = reader_of(context, file);
  DEM_TRY(dem_text_check(context, file));
  dem_status worst = DEM_OK;
  while (r.begin < r.bytes.size) {
    const char *const from = r.bytes.bytes + r.begin;
    const char *const newline = memchr(from, '\n', r.bytes.size - r.begin);
    r.end = newline ? (size_t)(newline - r.bytes.bytes) : r.bytes.size;
    const dem_node *root = NULL;
    const dem_status status = is_end(token_at(&r, r.begin)) ? DEM_OK : read_value(&r, &root);
    if (root && status == DEM_OK && !dem_vector_add(documents, &root)) {
      return DEM_ERR_NO_MEMORY;
    }
    if (status != DEM_OK && status != DEM_ERR_INVALID) {
      return status;
    }
    worst = status == DEM_OK ? worst : status; // A bad line is reported; the others are read.
    r.begin = r.end + 1;
  }
  return worst;
}
