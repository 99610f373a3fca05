// SPDX-License-Identifier: Apache-2.0

// YAML → documents, by libyaml's events.
//
// libyaml counts code points and takes U+0085, U+2028 and U+2029 for line breaks; people and
// editors do not. So its index is turned into a place by a line table of our own.

#include "text/yaml.h"

#include <yaml.h>

#include "base/symbol.h"
#include "base/try.h"
#include "text/check.h"
#include "text/yaml_mistakes.h"

enum { FEW_KEYS = 8 }; ///< Up to here keys are compared with each other; beyond, hashed.

typedef struct line_start {
  size_t byte;
  size_t point; ///< Code points before it, as libyaml counts them (without a BOM).
} line_start;

/// A collection that is open.
typedef struct frame {
  dem_node *node;
  size_t first;     ///< Where its items begin in `items` (or `entries`).
  dem_slice anchor; ///< Empty if it has none.
  size_t nodes;     ///< Nodes in it so far, itself included.
  bool expects_value;
} frame;

typedef struct anchor {
  const dem_node *node;
  size_t nodes;
} anchor;

typedef struct reader {
  const dem_reader_context *context;
  dem_file_id file;
  dem_slice bytes; ///< Without a BOM.
  size_t bom;      ///< Bytes of the BOM.
  yaml_parser_t parser;
  dem_vector lines;   ///< line_start
  size_t line;        ///< The line of the place that was asked for last.
  line_start cursor;  ///< Of byte_at.
  dem_vector frames;  ///< frame
  dem_vector items;   ///< const dem_node *: of open sequences, and `root`.
  dem_vector entries; ///< dem_entry: of open mappings.
  dem_symbols *names; ///< Of anchors.
  dem_vector anchors; ///< anchor, by name.
  dem_symbols *keys;  ///< Of the mapping that is closed.
  dem_vector firsts;  ///< const dem_entry *: by key, where it stands first.
  size_t node_count;
  dem_vector *documents;
} reader;

// Places ------------------------------------------------------------------------------

static bool build_lines(reader *r)
{
  line_start start = {0, 0};
  bool has_memory = dem_vector_add(&r->lines, &start);
  for (size_t i = 0, point = 0; has_memory && i < r->bytes.size; ++i) {
    const unsigned char byte = (unsigned char)r->bytes.bytes[i];
    point += (byte & 0xC0) != 0x80;
    const bool is_crlf = byte == '\r' && i + 1 < r->bytes.size && r->bytes.bytes[i + 1] == '\n';
    if ((byte == '\n' || byte == '\r') && !is_crlf) {
      start = (line_start){i + 1, point};
      has_memory = dem_vector_add(&r->lines, &start);
    }
  }
  return has_memory;
}

/// Which line holds a code point. Events come in the order of the text, so the search goes out from
/// the line that was asked for last, in doubling steps.
static size_t line_of(reader *r, size_t point)
{
  const line_start *const lines = r->lines.items;
  size_t low = lines[r->line].point <= point ? r->line : 0;
  size_t step = 1;
  while (low + step < r->lines.count && lines[low + step].point <= point) {
    low += step;
    step *= 2;
  }
  size_t high = low + step < r->lines.count ? low + step : r->lines.count;
  while (high - low > 1) {
    const size_t middle = low + (high - low) / 2;
    *(lines[middle].point <= point ? &low : &high) = middle;
  }
  r->line = low;
  return low;
}

static dem_place place_at(reader *r, size_t point, size_t length)
{
  const size_t line = line_of(r, point);
  const size_t column = point - DEM_VECTOR_AT(&r->lines, line_start, line).point;
  return (dem_place){.file = r->file,
                     .line = (uint32_t)line + 1,
                     .column = (uint32_t)column + 1,
                     .length = (uint32_t)length};
}

/// From one mark to the other, or one code point where that goes over a line's end.
static dem_place place_of(reader *r, const yaml_event_t *event)
{
  const yaml_mark_t start = event->start_mark;
  const yaml_mark_t end = event->end_mark;
  const bool is_one_line = start.line == end.line && end.index > start.index;
  return place_at(r, start.index, is_one_line ? end.index - start.index : 1);
}

/// The byte of a code point. Asked for in rising order as a rule, so it goes on from where it was:
/// linear over a whole file, however long its lines are.
static size_t byte_at(reader *r, size_t point)
{
  if (point < r->cursor.point) {
    r->cursor = (line_start){0, 0};
  }
  while (r->cursor.point < point && r->cursor.byte < r->bytes.size) {
    do {
      ++r->cursor.byte;
    } while (r->cursor.byte < r->bytes.size &&
             ((unsigned char)r->bytes.bytes[r->cursor.byte] & 0xC0) == 0x80);
    ++r->cursor.point;
  }
  return r->cursor.byte;
}

// Errors ------------------------------------------------------------------------------

static dem_status report(reader *r, dem_diagnostic_code code, dem_place place, const char *message,
                         const char *label)
{
  const dem_status status = dem_diagnose(r->context->diagnostics, code, place, "%s", message);
  if (label) {
    dem_diagnose_label(r->context->diagnostics, "%s", label);
  }
  return status;
}

// Nodes -------------------------------------------------------------------------------

static dem_status count_nodes(reader *r, size_t nodes, dem_place place)
{
  const size_t limit = r->context->limits.max_nodes;
  r->node_count = nodes > SIZE_MAX - r->node_count ? SIZE_MAX : r->node_count + nodes;
  if (limit && r->node_count > limit) {
    (void)dem_diagnose(r->context->diagnostics, DEM_DIAG_LIMIT, place,
                       "more than %zu nodes (the limit max_nodes)", limit);
    dem_diagnose_note(r->context->diagnostics, "an alias counts as what it stands for");
    return DEM_ERR_LIMIT;
  }
  return DEM_OK;
}

static frame *top(reader *r)
{
  return r->frames.count ? &DEM_VECTOR_AT(&r->frames, frame, r->frames.count - 1) : NULL;
}

static dem_status remember_anchor(reader *r, dem_slice name, const dem_node *node, size_t nodes)
{
  const anchor a = {node, nodes};
  const dem_symbol symbol = dem_symbols_intern(r->names, name);
  if (dem_symbol_is_none(symbol)) {
    return DEM_ERR_NO_MEMORY;
  }
  if (symbol.index < r->anchors.count) {
    DEM_VECTOR_AT(&r->anchors, anchor, symbol.index) = a; // The later one counts from here on.
    return DEM_OK;
  }
  return dem_vector_add(&r->anchors, &a) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

/// A key that is refused still stands for a key, or what follows would be taken for one.
static dem_status add_key(reader *r, frame *parent, const dem_node *key)
{
  dem_status status = DEM_OK;
  if (key->kind != DEM_NODE_SCALAR) {
    status = report(r, DEM_DIAG_UNSUPPORTED_YAML, key->place, "a key must be a text", NULL);
  } else if (key->style == DEM_SCALAR_PLAIN && dem_slice_is(key->text, "<<")) {
    status = report(r, DEM_DIAG_UNSUPPORTED_YAML, key->place, "'<<' is not supported",
                    "write the keys out");
  }
  const dem_slice text = key->kind == DEM_NODE_SCALAR ? key->text : DEM_SLICE("");
  const dem_entry entry = {.key = text, .key_place = key->place};
  parent->expects_value = true;
  return dem_vector_add(&r->entries, &entry) ? status : DEM_ERR_NO_MEMORY;
}

/// A finished node goes to the collection that is open, or is a root.
static dem_status deliver(reader *r, const dem_node *node, size_t nodes)
{
  frame *const parent = top(r);
  if (!parent) {
    return dem_vector_add(r->documents, &node) ? DEM_OK : DEM_ERR_NO_MEMORY;
  }
  parent->nodes += nodes;
  if (parent->node->kind == DEM_NODE_SEQUENCE) {
    return dem_vector_add(&r->items, &node) ? DEM_OK : DEM_ERR_NO_MEMORY;
  }
  if (!parent->expects_value) {
    return add_key(r, parent, node);
  }
  DEM_VECTOR_AT(&r->entries, dem_entry, r->entries.count - 1).value = node;
  parent->expects_value = false;
  return DEM_OK;
}

static bool expects_key(reader *r)
{
  const frame *const parent = top(r);
  return parent && parent->node->kind == DEM_NODE_MAPPING && !parent->expects_value;
}

static dem_slice name_of(const yaml_char_t *text)
{
  return dem_slice_of((const char *)text);
}

static dem_status refuse_tag(reader *r, const yaml_char_t *tag, dem_place place)
{
  return tag ? report(r, DEM_DIAG_UNSUPPORTED_YAML, place, "tags are not supported",
                      "the schema says what type a value has")
             : DEM_OK;
}

/// ` #` ends a plain text without a word. Where what follows looks like text (`Article #5`), say
/// so; not where it looks like a comment (`symbol  # ISO code`).
static void warn_of_comment(reader *r, const yaml_event_t *event)
{
  const yaml_mark_t end = event->end_mark;
  size_t i = byte_at(r, end.index);
  const size_t first = i;
  while (i < r->bytes.size && r->bytes.bytes[i] == ' ') {
    ++i;
  }
  if (i != first + 1 || i + 1 >= r->bytes.size || r->bytes.bytes[i] != '#') {
    return;
  }
  const unsigned char next = (unsigned char)r->bytes.bytes[i + 1];
  if (next == ' ' || next == '#' || next == '\n' || next == '\r' || next == '\t') {
    return; // A comment that is written like one.
  }
  const dem_place comment = place_at(r, end.index + 1, 1);
  (void)dem_diagnose(r->context->diagnostics, DEM_DIAG_CUT_BY_COMMENT, comment,
                     "the text ends here: ' #' begins a comment");
  dem_diagnose_label(r->context->diagnostics, "quote the text if this belongs to it");
}

/// Keeps a scalar that is no key, or one that an alias may stand for.
static dem_status add_scalar(reader *r, const yaml_event_t *event, const dem_node *scalar)
{
  dem_node *const node = DEM_ARENA_NEW(r->context->arena, dem_node);
  DEM_TRY_MEMORY(node);
  *node = *scalar;
  if (node->style == DEM_SCALAR_PLAIN && node->text.size) {
    warn_of_comment(r, event);
  }
  if (event->data.scalar.anchor) {
    DEM_TRY(remember_anchor(r, name_of(event->data.scalar.anchor), node, 1));
  }
  return deliver(r, node, 1);
}

static dem_status read_scalar(reader *r, const yaml_event_t *event)
{
  const dem_place place = place_of(r, event);
  const dem_status refused = refuse_tag(r, event->data.scalar.tag, place);
  DEM_TRY(count_nodes(r, 1, place));
  const dem_slice value = {(const char *)event->data.scalar.value, event->data.scalar.length};
  const char *const text = dem_arena_copy(r->context->arena, value);
  DEM_TRY_MEMORY(text);
  const bool is_plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
  const dem_node scalar = {.kind = DEM_NODE_SCALAR,
                           .style = is_plain ? DEM_SCALAR_PLAIN : DEM_SCALAR_QUOTED,
                           .place = place,
                           .text = {text, value.size}};
  if (expects_key(r) && !event->data.scalar.anchor) {
    DEM_TRY(deliver(r, &scalar, 1)); // A key is copied into its entry: it needs no node to stay.
  } else {
    DEM_TRY(add_scalar(r, event, &scalar));
  }
  return refused;
}

/// What is refused still leaves a node, or what follows would take its place.
static dem_status deliver_nothing(reader *r, dem_place place, dem_status refused)
{
  dem_node *const node = DEM_ARENA_NEW(r->context->arena, dem_node);
  DEM_TRY_MEMORY(node);
  *node = (dem_node){.kind = DEM_NODE_SCALAR, .place = place};
  DEM_TRY(deliver(r, node, 1));
  return refused;
}

static dem_status read_alias(reader *r, const yaml_event_t *event)
{
  const dem_place place = place_of(r, event);
  if (r->context->refuses_aliases) {
    return deliver_nothing(r, place,
                           report(r, DEM_DIAG_UNSUPPORTED_YAML, place,
                                  "aliases are not supported here", "write it out"));
  }
  const dem_symbol name = dem_symbols_find(r->names, name_of(event->data.alias.anchor));
  const anchor *const a =
      dem_symbol_is_none(name) ? NULL : &DEM_VECTOR_AT(&r->anchors, anchor, name.index);
  if (!a) {
    return deliver_nothing(r, place,
                           report(r, DEM_DIAG_SYNTAX, place,
                                  "an alias to an anchor that is not complete here",
                                  "define the anchor before, and not around it"));
  }
  DEM_TRY(count_nodes(r, a->nodes, place));
  return deliver(r, a->node, a->nodes);
}

static dem_status open_collection(reader *r, const yaml_event_t *event, dem_node_kind kind,
                                  const yaml_char_t *tag, const yaml_char_t *anchor_name)
{
  const dem_place place = place_of(r, event);
  const size_t limit = r->context->limits.max_depth;
  const dem_status refused = refuse_tag(r, tag, place);
  DEM_TRY(count_nodes(r, 1, place));
  if (limit && r->frames.count >= limit) {
    (void)dem_diagnose(r->context->diagnostics, DEM_DIAG_LIMIT, place,
                       "nested more than %zu deep (the limit max_depth)", limit);
    return DEM_ERR_LIMIT;
  }
  frame f = {.node = DEM_ARENA_NEW(r->context->arena, dem_node), .nodes = 1};
  DEM_TRY_MEMORY(f.node);
  f.node->kind = kind;
  f.node->place = place;
  f.first = kind == DEM_NODE_SEQUENCE ? r->items.count : r->entries.count;
  if (anchor_name) {
    const dem_slice name = name_of(anchor_name);
    f.anchor = (dem_slice){dem_arena_copy(r->context->arena, name), name.size};
    DEM_TRY_MEMORY(f.anchor.bytes);
  }
  return dem_vector_add(&r->frames, &f) ? refused : DEM_ERR_NO_MEMORY;
}

static dem_status report_duplicate(reader *r, const dem_entry *first, const dem_entry *second)
{
  const dem_status status =
      dem_diagnose(r->context->diagnostics, DEM_DIAG_DUPLICATE_KEY, second->key_place,
                   "the key '%.*s' stands here twice", (int)second->key.size, second->key.bytes);
  const dem_place place = dem_files_locate(r->context->files, first->key_place);
  dem_diagnose_label(r->context->diagnostics, "first on line %u", (unsigned)place.line);
  return status;
}

static dem_status check_keys(reader *r, const dem_entry *entries, size_t count)
{
  dem_status status = DEM_OK;
  if (count <= FEW_KEYS) {
    for (size_t i = 1; i < count; ++i) {
      for (size_t j = 0; j < i; ++j) {
        if (dem_slice_is_equal(entries[i].key, entries[j].key)) {
          status = report_duplicate(r, &entries[j], &entries[i]);
          break;
        }
      }
    }
    return status;
  }
  dem_symbols_reset(r->keys);
  dem_vector_reset(&r->firsts);
  for (size_t i = 0; i < count; ++i) {
    const dem_entry *const entry = &entries[i];
    const dem_symbol symbol = dem_symbols_intern(r->keys, entry->key);
    if (dem_symbol_is_none(symbol)) {
      return DEM_ERR_NO_MEMORY;
    }
    if (symbol.index < r->firsts.count) {
      status =
          report_duplicate(r, DEM_VECTOR_AT(&r->firsts, const dem_entry *, symbol.index), entry);
    } else if (!dem_vector_add(&r->firsts, &entry)) {
      return DEM_ERR_NO_MEMORY;
    }
  }
  return status;
}

static dem_status close_mapping(reader *r, const frame *f)
{
  const size_t count = r->entries.count - f->first;
  dem_entry *const entries = DEM_ARENA_ARRAY(r->context->arena, dem_entry, count);
  DEM_TRY_MEMORY(entries);
  for (size_t i = 0; i < count; ++i) {
    entries[i] = DEM_VECTOR_AT(&r->entries, dem_entry, f->first + i);
  }
  r->entries.count = f->first;
  f->node->count = count;
  f->node->entries = entries;
  return check_keys(r, entries, count);
}

static dem_status close_sequence(reader *r, const frame *f)
{
  const size_t count = r->items.count - f->first;
  const dem_node **const items = DEM_ARENA_ARRAY(r->context->arena, const dem_node *, count);
  DEM_TRY_MEMORY(items);
  for (size_t i = 0; i < count; ++i) {
    items[i] = DEM_VECTOR_AT(&r->items, const dem_node *, f->first + i);
  }
  r->items.count = f->first;
  f->node->count = count;
  f->node->items = items;
  return DEM_OK;
}

static dem_status close_collection(reader *r)
{
  const frame f = *top(r);
  --r->frames.count;
  dem_status status =
      f.node->kind == DEM_NODE_MAPPING ? close_mapping(r, &f) : close_sequence(r, &f);
  if (status == DEM_OK && f.anchor.size) {
    status = remember_anchor(r, f.anchor, f.node, f.nodes);
  }
  const dem_status delivered = deliver(r, f.node, f.nodes);
  return status == DEM_OK ? delivered : status;
}

// Events ------------------------------------------------------------------------------

static dem_status take_event(reader *r, const yaml_event_t *event)
{
  switch (event->type) {
  case YAML_SCALAR_EVENT:
    return read_scalar(r, event);
  case YAML_ALIAS_EVENT:
    return read_alias(r, event);
  case YAML_SEQUENCE_START_EVENT:
    return open_collection(r, event, DEM_NODE_SEQUENCE, event->data.sequence_start.tag,
                           event->data.sequence_start.anchor);
  case YAML_MAPPING_START_EVENT:
    return open_collection(r, event, DEM_NODE_MAPPING, event->data.mapping_start.tag,
                           event->data.mapping_start.anchor);
  case YAML_SEQUENCE_END_EVENT:
  case YAML_MAPPING_END_EVENT:
    return close_collection(r);
  case YAML_DOCUMENT_START_EVENT: // Anchors belong to their document.
    dem_symbols_reset(r->names);
    dem_vector_reset(&r->anchors);
    return DEM_OK;
  case YAML_NO_EVENT:
  case YAML_STREAM_START_EVENT:
  case YAML_STREAM_END_EVENT:
  case YAML_DOCUMENT_END_EVENT:
    break;
  }
  return DEM_OK;
}

/// What is wrong with the meaning (a duplicate key) does not stop the reading; what is wrong with
/// the syntax does, since nothing after it can be trusted.
static dem_status read_events(reader *r)
{
  dem_status worst = DEM_OK;
  for (;;) {
    yaml_event_t event;
    if (!yaml_parser_parse(&r->parser, &event)) {
      const dem_status status = dem_yaml_report(r->context, r->file, r->bom, &r->parser);
      return status == DEM_ERR_INVALID && worst != DEM_OK ? worst : status;
    }
    const bool is_end = event.type == YAML_STREAM_END_EVENT;
    const dem_status status = take_event(r, &event);
    yaml_event_delete(&event);
    if (status != DEM_OK && status != DEM_ERR_INVALID) {
      return status;
    }
    worst = status == DEM_OK ? worst : status;
    if (is_end) {
      return worst;
    }
  }
}

static dem_status read_bytes(reader *r)
{
  if (!build_lines(r) || !yaml_parser_initialize(&r->parser)) {
    return DEM_ERR_NO_MEMORY;
  }
  yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&r->parser, (const unsigned char *)r->bytes.bytes, r->bytes.size);
  const dem_status status = read_events(r);
  yaml_parser_delete(&r->parser);
  return status;
}

dem_status dem_yaml_read(const dem_reader_context *context, dem_file_id file, dem_vector *documents)
{
  reader r = {.context = context, .file = file, .documents = documents};
  r.bytes = dem_files_bytes(context->files, file);
  DEM_TRY(dem_text_check(context, file));
  if (r.bytes.size >= 3 && memcmp(r.bytes.bytes, "\xEF\xBB\xBF", 3) == 0) {
    r.bom = 3;
    r.bytes = (dem_slice){r.bytes.bytes + 3, r.bytes.size - 3};
  }
  const dem_allocator allocator = context->arena->allocator;
  dem_vector_init(&r.lines, allocator, sizeof(line_start));
  dem_vector_init(&r.frames, allocator, sizeof(frame));
  dem_vector_init(&r.items, allocator, sizeof(const dem_node *));
  dem_vector_init(&r.entries, allocator, sizeof(dem_entry));
  dem_vector_init(&r.anchors, allocator, sizeof(anchor));
  dem_vector_init(&r.firsts, allocator, sizeof(const dem_entry *));
  r.names = dem_symbols_new(allocator, NULL);
  r.keys = dem_symbols_new(allocator, NULL);
  const dem_status status = r.names && r.keys ? read_bytes(&r) : DEM_ERR_NO_MEMORY;
  dem_symbols_free(r.keys);
  dem_vector_clear(&r.firsts);
  dem_symbols_free(r.names);
  dem_vector_clear(&r.anchors);
  dem_vector_clear(&r.entries);
  dem_vector_clear(&r.items);
  dem_vector_clear(&r.frames);
  dem_vector_clear(&r.lines);
  return status;
}
