// SPDX-License-Identifier: Apache-2.0

// kb/lang/CODE.yaml → what a language says instead of English.
//
// The texts of the pack are listed first, with their paths; then each entry of the file looks for
// the text that it translates. What a translation asks to be filled in must be what the English
// asks for, each at least once. A translation whose English was changed since is not held to that:
// English stands in for one that has places to fill in, until somebody has seen to it.

#include "lang/language_reader.h"

#include <stdlib.h>

#include "base/try.h"
#include "base/unicode.h"
#include "lang/reason.h"
#include "lang/text_list.h"
#include "model/saying.h"

typedef struct translator {
  dem_reader *reader;
  dem_language *language;
  dem_symbols *paths;      // Path n names text n.
  const dem_slice *listed; // The same paths as a list; NULL until one is missed.
} translator;

static dem_slice symbol_text(const translator *t, dem_symbol symbol)
{
  return dem_symbols_text(t->reader->model->symbols, symbol);
}

/// Report a name that is none of those known, and name the nearest.
static dem_status reject_name(const translator *t, dem_diagnostic_code code, dem_place place,
                              const char *what, dem_slice name, const dem_slice *known,
                              size_t count)
{
  const dem_status status = dem_diagnose(t->reader->diagnostics, code, place, "%s '%.*s'", what,
                                         (int)name.size, name.bytes);
  dem_name_suggest(t->reader, name, known, count);
  return status;
}

static dem_status wrong_shape(const translator *t, const dem_node *node, const char *what)
{
  const dem_status status = dem_diagnose(t->reader->diagnostics, DEM_DIAG_WRONG_SHAPE, node->place,
                                         "%s, not %s", what, dem_node_describe(node));
  dem_quotes_note(t->reader, node);
  return status;
}

// Which languages there are ---------------------------------------------------------------

/// "fr", "pt-BR": two or three small letters, then parts of letters and digits.
static bool is_code(dem_slice text)
{
  size_t part = 0;
  size_t size = 0;
  for (size_t i = 0; i <= text.size; ++i) {
    const char byte = i < text.size ? text.bytes[i] : '-';
    if (byte == '-') {
      if (size < 2 || size > (part == 0 ? 3 : 8)) {
        return false;
      }
      ++part;
      size = 0;
      continue;
    }
    const bool is_small = byte >= 'a' && byte <= 'z';
    const bool is_other = (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
    if (!is_small && !(part > 0 && is_other)) {
      return false;
    }
    ++size;
  }
  return true;
}

static dem_status reject_code(dem_reader *reader, dem_place place, const char *what, dem_slice code)
{
  return dem_diagnose(reader->diagnostics, DEM_DIAG_WRONG_LANGUAGE, place, what, (int)code.size,
                      code.bytes);
}

static dem_status add_language(dem_reader *reader, dem_slice code, dem_place place)
{
  dem_model *const model = reader->model;
  const char *const copy = dem_arena_copy(&model->arena, code);
  DEM_TRY_MEMORY(copy);
  model->languages[model->language_count++] =
      (dem_language){.code = {copy, code.size}, .place = place};
  return DEM_OK;
}

static dem_status name_language(dem_reader *reader, const dem_node *node)
{
  const dem_slice code = node->text;
  if (node->kind != DEM_NODE_SCALAR || !is_code(code)) {
    const dem_slice shown = node->kind == DEM_NODE_SCALAR ? code : DEM_SLICE("…");
    return reject_code(reader, node->place, "'%.*s' is no code of a language, as fr or pt-BR",
                       shown);
  }
  if (dem_slice_is(code, "en")) {
    return DEM_OK;
  }
  if (dem_model_find_language(reader->model, code)) {
    return reject_code(reader, node->place, "the language '%.*s' stands here again", code);
  }
  return add_language(reader, code, node->place);
}

dem_status dem_languages_name(dem_reader *reader, const dem_node *list, size_t file_count)
{
  dem_model *const model = reader->model;
  const bool is_list = list && list->kind == DEM_NODE_SEQUENCE;
  const size_t count = !list ? 0 : is_list ? list->count : 1;
  model->languages = DEM_ARENA_ARRAY(&model->arena, dem_language, count + file_count);
  DEM_TRY_MEMORY(model->languages);
  dem_status status = DEM_OK;
  for (size_t i = 0; i < count; ++i) {
    status = dem_status_worse(status, name_language(reader, is_list ? list->items[i] : list));
  }
  reader->names_languages = list != NULL;
  return status;
}

dem_slice dem_language_of_path(dem_slice path)
{
  static const char folder[] = "kb/lang/";
  const size_t before = sizeof folder - 1;
  size_t end = path.size;
  while (end > before && path.bytes[end - 1] != '.') {
    --end;
  }
  const bool is_in_folder = path.size > before && memcmp(path.bytes, folder, before) == 0;
  return is_in_folder && end > before + 1 ? (dem_slice){path.bytes + before, end - 1 - before}
                                          : (dem_slice){NULL, 0};
}

bool dem_language_is_wanted(const dem_model *model, dem_slice code)
{
  return !model->only_language || dem_slice_is(code, model->only_language);
}

dem_status dem_language_meet(dem_reader *reader, dem_slice code, dem_place place)
{
  const dem_language *const known = dem_model_find_language(reader->model, code);
  if (known && known->has_file) {
    return reject_code(reader, place, "the language '%.*s' has two files; keep one", code);
  }
  if (known) {
    ((dem_language *)(uintptr_t)known)->has_file = true;
    return DEM_OK;
  }
  if (dem_slice_is(code, "en")) {
    return reject_code(reader, place, "'%.*s' is written in place, in the pack's own files", code);
  }
  if (!is_code(code)) {
    return reject_code(reader, place, "'%.*s' is no code of a language, as fr or pt-BR", code);
  }
  if (reader->names_languages) {
    return reject_code(reader, place, "pack.yaml does not name the language '%.*s'", code);
  }
  DEM_TRY(add_language(reader, code, place));
  reader->model->languages[reader->model->language_count - 1].has_file = true;
  return DEM_OK;
}

dem_status dem_languages_finish(dem_reader *reader)
{
  dem_status status = DEM_OK;
  for (uint32_t i = 0; i < reader->model->language_count; ++i) {
    const dem_language *const l = &reader->model->languages[i];
    if (!l->has_file) {
      status = reject_code(reader, l->place, "the language '%.*s' has no file in kb/lang", l->code);
    }
  }
  return status;
}

// Forms of labels -----------------------------------------------------------------------------

static dem_status read_form(translator *t, const dem_node *node, dem_label_form *out)
{
  const dem_slice text = node->text;
  size_t hole = 0;
  while (node->kind == DEM_NODE_SCALAR && hole + 1 < text.size &&
         (text.bytes[hole] != '{' || text.bytes[hole + 1] != '}')) {
    ++hole;
  }
  if (node->kind != DEM_NODE_SCALAR || hole + 1 >= text.size) {
    return wrong_shape(t, node, "a form is a text with {} where the label stands");
  }
  const char *const copy = dem_arena_copy(&t->reader->model->arena, text);
  DEM_TRY_MEMORY(copy);
  out->before = (dem_slice){copy, hole};
  out->after = (dem_slice){copy + hole + 2, text.size - hole - 2};
  return DEM_OK;
}

static uint32_t find_among(const dem_slice *names, uint32_t count, dem_slice name)
{
  uint32_t i = 0;
  while (i < count && !dem_slice_is_equal(names[i], name)) {
    ++i;
  }
  return i;
}

static dem_status reject_class(const translator *t, const dem_node *node)
{
  return wrong_shape(t, node, "a class is a mapping from forms to texts");
}

/// The forms of one class: as many as those of the first, and called alike.
static dem_status read_class(translator *t, const dem_entry *entry, dem_label_form *endings)
{
  const dem_language *const l = t->language;
  const dem_node *const node = entry->value;
  if (node->kind != DEM_NODE_MAPPING) {
    return reject_class(t, node);
  }
  dem_status status = DEM_OK;
  for (size_t i = 0; i < node->count; ++i) {
    const uint32_t form = find_among(l->forms, l->form_count, node->entries[i].key);
    const dem_status one = form < l->form_count
                               ? read_form(t, node->entries[i].value, &endings[form])
                               : reject_name(t, DEM_DIAG_UNKNOWN_KEY, node->entries[i].key_place,
                                             "the first class has no form", node->entries[i].key,
                                             l->forms, l->form_count);
    status = dem_status_worse(status, one);
  }
  for (uint32_t i = 0; i < l->form_count; ++i) {
    if (!dem_node_find_entry(node, l->forms[i])) {
      status = dem_status_worse(
          status, dem_diagnose(t->reader->diagnostics, DEM_DIAG_MISSING_KEY, entry->key_place,
                               "class '%.*s' has no form '%.*s'", (int)entry->key.size,
                               entry->key.bytes, (int)l->forms[i].size, l->forms[i].bytes));
    }
  }
  return status;
}

static dem_status copy_keys(translator *t, const dem_node *mapping, const dem_slice **keys_out)
{
  dem_arena *const arena = &t->reader->model->arena;
  dem_slice *const keys = DEM_ARENA_ARRAY(arena, dem_slice, mapping->count);
  DEM_TRY_MEMORY(keys);
  for (size_t i = 0; i < mapping->count; ++i) {
    const dem_slice key = mapping->entries[i].key;
    keys[i] = (dem_slice){dem_arena_copy(arena, key), key.size};
    DEM_TRY_MEMORY(keys[i].bytes);
  }
  *keys_out = keys;
  return DEM_OK;
}

static dem_status read_forms(translator *t, const dem_node *node)
{
  dem_language *const l = t->language;
  if (!node) {
    return DEM_OK;
  }
  if (node->kind != DEM_NODE_MAPPING) {
    return wrong_shape(t, node, "'forms' is a mapping from classes to their forms");
  }
  if (node->count == 0) {
    return dem_diagnose(t->reader->diagnostics, DEM_DIAG_WRONG_SHAPE, node->place,
                        "'forms' has no class; where labels have no forms, leave it out");
  }
  if (node->entries[0].value->kind != DEM_NODE_MAPPING) {
    return reject_class(t, node->entries[0].value);
  }
  const dem_node *const first = node->entries[0].value;
  DEM_TRY(copy_keys(t, node, &l->classes));
  DEM_TRY(copy_keys(t, first, &l->forms));
  l->class_count = (uint32_t)node->count;
  l->form_count = (uint32_t)first->count;
  dem_label_form *const endings =
      DEM_ARENA_ARRAY(&t->reader->model->arena, dem_label_form, node->count * first->count);
  DEM_TRY_MEMORY(endings);
  l->endings = endings;
  dem_status status = DEM_OK;
  for (size_t i = 0; i < node->count; ++i) {
    status = dem_status_worse(status, read_class(t, &node->entries[i], endings + i * first->count));
  }
  return status;
}

// What is filled in -----------------------------------------------------------------------------

/// The place of a piece of a translation. Looked for only where something is wrong with it: the
/// first look at a line makes a table of all lines of the file.
static dem_place place_of(const translator *t, const dem_node *scalar, size_t offset, size_t size)
{
  dem_line_walk line = {0};
  dem_inner_place walk;
  dem_inner_place_init(&walk, &t->reader->model->files, &line, scalar);
  return dem_inner_place_at(&walk, offset, size);
}

static bool is_outdated(const dem_text *text)
{
  return text->made_from.bytes && !dem_slice_is_equal(text->made_from, text->english);
}

/// The variables that the English names.
static size_t list_variables(const translator *t, const dem_rule *rule, dem_slice *names)
{
  size_t count = 0;
  for (uint32_t i = 0; i < rule->reason_count; ++i) {
    const uint32_t variable = rule->reason[i].variable;
    if (variable != DEM_NONE) {
      names[count++] = symbol_text(t, rule->variables[variable].name);
    }
  }
  return count;
}

/// Whether a value of the variable has a label, which has forms.
static bool has_forms(const translator *t, const dem_rule *rule, uint32_t variable)
{
  const dem_type *const type = &rule->variables[variable].type;
  return type->kind == DEM_TYPE_REFERENCE &&
         t->reader->model->relations[type->relation].label != DEM_NONE;
}

static dem_status take_form(translator *t, const dem_node *scalar, const dem_rule *rule,
                            const dem_reason_piece *piece, dem_reason_part *part)
{
  const dem_language *const l = t->language;
  const size_t offset = piece->offset + 2 + piece->text.size;
  const uint32_t form = find_among(l->forms, l->form_count, piece->form);
  if (form == l->form_count) {
    return reject_name(t, DEM_DIAG_WRONG_PLACES, place_of(t, scalar, offset, piece->form.size),
                       "labels have no form", piece->form, l->forms, l->form_count);
  }
  if (!has_forms(t, rule, part->variable)) {
    return dem_diagnose(t->reader->diagnostics, DEM_DIAG_WRONG_PLACES,
                        place_of(t, scalar, offset, piece->form.size),
                        "'%.*s' has no label, so it has no forms", (int)piece->text.size,
                        piece->text.bytes);
  }
  part->form = form + 1;
  return DEM_OK;
}

static dem_status take_variable(translator *t, const dem_node *scalar, const dem_rule *rule,
                                const dem_reason_piece *piece, dem_reason_part *part)
{
  if (piece->kind == DEM_REASON_BROKEN) {
    return dem_diagnose(t->reader->diagnostics, DEM_DIAG_BAD_EXPRESSION,
                        place_of(t, scalar, piece->offset, piece->size),
                        "a variable in a reason is written '{$name}' or '{$name:form}'");
  }
  for (uint32_t i = 0; i < rule->reason_count; ++i) {
    const uint32_t variable = rule->reason[i].variable;
    if (variable != DEM_NONE &&
        dem_slice_is_equal(symbol_text(t, rule->variables[variable].name), piece->text)) {
      part->variable = variable;
      return piece->form.bytes ? take_form(t, scalar, rule, piece, part) : DEM_OK;
    }
  }
  dem_slice *const names = DEM_ARENA_ARRAY(&t->reader->model->arena, dem_slice, rule->reason_count);
  DEM_TRY_MEMORY(names);
  return reject_name(
      t, DEM_DIAG_WRONG_PLACES, place_of(t, scalar, piece->offset + 1, piece->text.size),
      "the English names no variable", piece->text, names, list_variables(t, rule, names));
}

static dem_status report_missing(const translator *t, dem_place place, dem_slice name)
{
  return dem_diagnose(t->reader->diagnostics, DEM_DIAG_WRONG_PLACES, place,
                      "the English names '%.*s', which is missing here", (int)name.size,
                      name.bytes);
}

static dem_status check_variables(const translator *t, const dem_node *scalar, const dem_rule *rule,
                                  const dem_text *text)
{
  dem_status status = DEM_OK;
  for (uint32_t i = 0; i < rule->reason_count; ++i) {
    const uint32_t variable = rule->reason[i].variable;
    bool is_there = variable == DEM_NONE;
    for (uint32_t j = 0; j < text->reason_count; ++j) {
      is_there = is_there || text->reason[j].variable == variable;
    }
    for (uint32_t j = 0; j < i; ++j) { // Once a variable.
      is_there = is_there || rule->reason[j].variable == variable;
    }
    if (!is_there) {
      status = report_missing(t, scalar->place, symbol_text(t, rule->variables[variable].name));
    }
  }
  return status;
}

/// A `because`: cut into pieces.
static dem_status read_reason(translator *t, const dem_node *scalar, dem_text *text)
{
  const dem_rule *const rule = &t->reader->model->rules[text->id.owner];
  dem_reason_part *const parts = DEM_ARENA_ARRAY(&t->reader->model->arena, dem_reason_part,
                                                 dem_reason_most_pieces(text->text));
  DEM_TRY_MEMORY(parts);
  text->reason = parts;
  dem_status status = DEM_OK;
  dem_reason_piece piece;
  for (size_t offset = 0; dem_reason_next(text->text, &offset, &piece);) {
    dem_reason_part *const part = &parts[text->reason_count++];
    *part = (dem_reason_part){.text = piece.text, .variable = DEM_NONE};
    if (piece.kind != DEM_REASON_TEXT) {
      part->text = (dem_slice){NULL, 0};
      status = dem_status_worse(status, take_variable(t, scalar, rule, &piece, part));
    }
  }
  return status == DEM_OK ? check_variables(t, scalar, rule, text) : status;
}

enum { MOST_PLACES = 8 }; // Of one saying.

/// The names of a saying's places. `{count}` is one that a translation may leave out.
static size_t list_places(dem_saying saying, dem_slice *names)
{
  const dem_slice english = dem_slice_of(dem_saying_english(saying, DEM_PLURAL_OTHER));
  size_t count = 0;
  dem_saying_piece piece;
  for (size_t offset = 0; dem_saying_next(saying, english, &offset, &piece);) {
    if (piece.is_place && count < MOST_PLACES) {
      names[count++] = piece.text;
    }
  }
  return count;
}

/// What would steer a terminal, or turn the direction of what follows: the engine's own words are
/// written as they are.
static bool is_steering(uint32_t point)
{
  return point < 0x20 || (point >= 0x7F && point < 0xA0) || (point >= 0x202A && point <= 0x202E) ||
         (point >= 0x2066 && point <= 0x2069);
}

static dem_status check_saying(const translator *t, const dem_node *scalar, const dem_text *text)
{
  for (size_t offset = 0; offset < text->text.size;) {
    if (is_steering(dem_unicode_next(text->text, &offset))) {
      return dem_diagnose(t->reader->diagnostics, DEM_DIAG_WRONG_TYPE, scalar->place,
                          "the engine's own words hold no control characters");
    }
  }
  const dem_saying saying = (dem_saying)text->id.owner;
  dem_slice names[MOST_PLACES];
  bool is_there[MOST_PLACES] = {false};
  const uint32_t count = (uint32_t)list_places(saying, names);
  dem_status status = DEM_OK;
  dem_saying_piece piece;
  for (size_t offset = 0; dem_saying_next(saying, text->text, &offset, &piece);) {
    const uint32_t place = piece.is_place ? find_among(names, count, piece.text) : 0;
    if (piece.is_place && place < count) {
      is_there[place] = true;
    } else if (piece.is_place) {
      const dem_place where =
          place_of(t, scalar, (size_t)(piece.text.bytes - text->text.bytes), piece.text.size);
      status = reject_name(t, DEM_DIAG_WRONG_PLACES, where, "the English has no place", piece.text,
                           names, count);
    }
  }
  for (uint32_t i = 0; i < count; ++i) {
    if (!is_there[i] && !(dem_saying_is_counted(saying) && dem_slice_is(names[i], "count"))) {
      status = dem_status_worse(status, report_missing(t, scalar->place, names[i]));
    }
  }
  return status;
}

static dem_status check_fit(translator *t, const dem_node *scalar, dem_text *text)
{
  switch (text->id.kind) {
  case DEM_TEXT_RULE_BECAUSE:
    return read_reason(t, scalar, text);
  case DEM_TEXT_SAYING:
    return check_saying(t, scalar, text);
  case DEM_TEXT_PACK_TITLE:
  case DEM_TEXT_QUESTION_NAME:
  case DEM_TEXT_QUESTION_ASK:
  case DEM_TEXT_QUESTION_HELP:
  case DEM_TEXT_FACT:
  case DEM_TEXT_RULE_TITLE:
  case DEM_TEXT_SOURCE_TITLE:
  case DEM_TEXT_SOURCE_WORK:
  case DEM_TEXT_SOURCE_PUBLISHER:
  case DEM_TEXT_SECTION:
  case DEM_TEXT_RELATION:
  case DEM_TEXT_FIELD:
  case DEM_TEXT_VALUE:
    break;
  }
  return DEM_OK;
}

// Entries -----------------------------------------------------------------------------------

/// The translation itself. A blank is one that is still missing.
static dem_status take_text(translator *t, const dem_node *scalar, dem_text *text)
{
  if (!scalar || dem_node_is_null(scalar) ||
      (scalar->kind == DEM_NODE_SCALAR && scalar->text.size == 0)) {
    return DEM_OK;
  }
  DEM_TRY(dem_text_read(t->reader, scalar, &text->text));
  text->place = scalar->place;
  text->is_used = true;
  if (!is_outdated(text)) {
    return check_fit(t, scalar, text);
  }
  text->is_used = text->id.kind != DEM_TEXT_RULE_BECAUSE && text->id.kind != DEM_TEXT_SAYING;
  return DEM_OK;
}

static dem_status read_class_of(translator *t, const dem_node *node, dem_text *text)
{
  const dem_language *const l = t->language;
  if (!node) {
    return DEM_OK;
  }
  if (text->id.kind != DEM_TEXT_FACT || node->kind != DEM_NODE_SCALAR) {
    return dem_diagnose(t->reader->diagnostics, DEM_DIAG_UNKNOWN_KEY, node->place,
                        "only labels have a 'class'");
  }
  text->class_index = find_among(l->classes, l->class_count, node->text);
  return text->class_index < l->class_count
             ? DEM_OK
             : reject_name(t, DEM_DIAG_UNKNOWN_KEY, node->place, "'forms' has no class", node->text,
                           l->classes, l->class_count);
}

static dem_status read_mapping(translator *t, const dem_node *node, dem_text *text)
{
  const char *const code = t->language->code.bytes;
  const char *const keys[] = {"en", code, "class", NULL};
  dem_status status = dem_keys_check(t->reader, node, keys);
  status = dem_status_worse(status,
                            dem_text_read(t->reader, dem_node_find(node, "en"), &text->made_from));
  status = dem_status_worse(status, read_class_of(t, dem_node_find(node, "class"), text));
  return dem_status_worse(status, take_text(t, dem_node_find(node, code), text));
}

static dem_status list_paths(translator *t)
{
  const uint32_t count = t->language->text_count;
  dem_slice *const paths = DEM_ARENA_ARRAY(&t->reader->model->arena, dem_slice, count);
  DEM_TRY_MEMORY(paths);
  for (uint32_t i = 0; i < count; ++i) {
    paths[i] = t->language->texts[i].path;
  }
  t->listed = paths;
  return DEM_OK;
}

static dem_status report_unknown(translator *t, const dem_entry *entry)
{
  if (!t->listed) {
    DEM_TRY(list_paths(t));
  }
  return reject_name(t, DEM_DIAG_UNKNOWN_TEXT, entry->key_place, "the pack has no text", entry->key,
                     t->listed, t->language->text_count);
}

static dem_status read_entry(translator *t, const dem_entry *entry)
{
  const dem_symbol path = dem_symbols_find(t->paths, entry->key);
  if (dem_symbol_is_none(path)) {
    return report_unknown(t, entry);
  }
  dem_text *const text = &t->language->texts[path.index];
  switch (entry->value->kind) {
  case DEM_NODE_SCALAR:
    return take_text(t, entry->value, text);
  case DEM_NODE_MAPPING:
    return read_mapping(t, entry->value, text);
  case DEM_NODE_SEQUENCE:
    break;
  }
  return wrong_shape(t, entry->value,
                     "a translation is a text, or a mapping with 'en' and its own");
}

// The whole -----------------------------------------------------------------------------------

/// A text that is translated, while they are sorted.
typedef struct sorted_text {
  dem_text_id id;
  uint32_t index;
} sorted_text;

static int compare_texts(const void *left, const void *right)
{
  const sorted_text *const a = left;
  const sorted_text *const b = right;
  return dem_text_id_compare(a->id, b->id);
}

static dem_status sort_texts(translator *t)
{
  dem_language *const l = t->language;
  dem_arena *const arena = &t->reader->model->arena;
  sorted_text *const sorted = DEM_ARENA_ARRAY(arena, sorted_text, l->text_count);
  uint32_t *const order = DEM_ARENA_ARRAY(arena, uint32_t, l->text_count);
  DEM_TRY_MEMORY(sorted);
  DEM_TRY_MEMORY(order);
  for (uint32_t i = 0; i < l->text_count; ++i) {
    if (l->texts[i].is_used) {
      sorted[l->translated_count++] = (sorted_text){l->texts[i].id, i};
    }
  }
  if (l->translated_count) {
    qsort(sorted, l->translated_count, sizeof *sorted, compare_texts);
  }
  for (uint32_t i = 0; i < l->translated_count; ++i) {
    order[i] = sorted[i].index;
  }
  l->translated = order;
  return DEM_OK;
}

/// Paths are numbered as the texts are. Two texts of one path would be one to a translator.
static dem_status number_paths(translator *t)
{
  for (uint32_t i = 0; i < t->language->text_count; ++i) {
    const dem_slice path = t->language->texts[i].path;
    const dem_symbol symbol = dem_symbols_intern(t->paths, path);
    if (dem_symbol_is_none(symbol)) {
      return DEM_ERR_NO_MEMORY;
    }
    if (symbol.index != i) {
      return dem_diagnose(t->reader->diagnostics, DEM_DIAG_DUPLICATE_ID, t->language->place,
                          "two texts of the pack have the path '%.*s'", (int)path.size, path.bytes);
    }
  }
  return DEM_OK;
}

static dem_status read_root(translator *t, const dem_node *root)
{
  if (!root || dem_node_is_null(root)) {
    return DEM_OK;
  }
  if (root->kind != DEM_NODE_MAPPING) {
    return wrong_shape(t, root, "a language's file is a mapping from paths to translations");
  }
  dem_status status = read_forms(t, dem_node_find(root, "forms"));
  if (status != DEM_OK) {
    return status; // Classes and forms could not be told from mistakes.
  }
  for (size_t i = 0; i < root->count && status != DEM_ERR_NO_MEMORY; ++i) {
    if (!dem_slice_is(root->entries[i].key, "forms")) {
      status = dem_status_worse(status, read_entry(t, &root->entries[i]));
    }
  }
  return status;
}

dem_status dem_language_read(dem_reader *reader, dem_slice code, const dem_node *root)
{
  dem_model *const model = reader->model;
  translator t = {.reader = reader,
                  .language = (dem_language *)(uintptr_t)dem_model_find_language(model, code)};
  if (!t.language) {
    return DEM_OK; // It was reported.
  }
  DEM_TRY(dem_text_list(model, code, &t.language->texts, &t.language->text_count));
  t.paths = dem_symbols_new(model->arena.allocator, NULL);
  DEM_TRY_MEMORY(t.paths);
  dem_status status = number_paths(&t);
  status = status == DEM_OK ? read_root(&t, root) : status;
  status = status == DEM_ERR_NO_MEMORY ? status : dem_status_worse(status, sort_texts(&t));
  t.language->is_read = status == DEM_OK;
  dem_symbols_free(t.paths);
  return status;
}
