// SPDX-License-Identifier: Apache-2.0

// What the readers of the language share: names, citations, dates, constants.

#include "lang/reader.h"

#include "base/try.h"
#include "lang/scalar.h"

static dem_slice text_of(const dem_reader *reader, dem_symbol symbol)
{
  return dem_symbols_text(reader->model->symbols, symbol);
}

/// Words that other languages have for ours.
static const struct {
  const char *word;
  const char *ours;
} habits[] = {
    {"if", "when"},         {"conditions", "when"},   {"given", "when"},
    {"actions", "then"},    {"conclusions", "then"},  {"reason", "because"},
    {"why", "because"},     {"description", "title"}, {"source", "cite"},
    {"sources", "cite"},    {"citation", "cite"},     {"name", "id"},
    {"valid_from", "from"}, {"valid_until", "until"}, {"to", "until"},
};

static dem_slice find_habit(dem_slice word, const dem_slice *known, size_t count)
{
  for (size_t i = 0; i < sizeof habits / sizeof *habits; ++i) {
    for (size_t j = 0; j < count; ++j) {
      if (dem_slice_is(word, habits[i].word) && dem_slice_is(known[j], habits[i].ours)) {
        return known[j];
      }
    }
  }
  return (dem_slice){0};
}

void dem_name_suggest(dem_reader *reader, dem_slice word, const dem_slice *known, size_t count)
{
  const dem_slice habit = find_habit(word, known, count);
  const dem_slice nearest = habit.size ? habit : dem_nearest(word, known, count);
  if (nearest.size) {
    dem_diagnose_label(reader->diagnostics, "did you mean '%.*s'?", (int)nearest.size,
                       nearest.bytes);
  }
}

/// "'member' has: country, organization (kb/schema.yaml:12)" as a note.
static void note_words(dem_reader *reader, const char *before, const dem_slice *words, size_t count,
                       dem_place place)
{
  dem_buffer list;
  dem_buffer_init(&list, reader->model->arena.allocator);
  for (size_t i = 0; i < count; ++i) {
    dem_buffer_add_text(&list, i ? ", " : "");
    dem_buffer_add(&list, words[i]);
  }
  if (!dem_place_is_none(place)) {
    dem_buffer_add_text(&list, " (");
    dem_buffer_add(&list, dem_files_name(&reader->model->files, place.file));
    dem_buffer_add_format(&list, ":%u)", (unsigned)place.line);
  }
  dem_diagnose_note(reader->diagnostics, "%s %.*s", before, (int)list.size,
                    list.bytes ? list.bytes : "");
  dem_buffer_clear(&list);
}

// Names -------------------------------------------------------------------------------

static dem_slice *relation_names(dem_reader *reader, size_t *count_out)
{
  const dem_model *const model = reader->model;
  dem_slice *const names = DEM_ARENA_ARRAY(&reader->model->arena, dem_slice, model->relation_count);
  *count_out = 0;
  for (uint32_t i = 0; names && i < model->relation_count; ++i) {
    if (!model->relations[i].is_hidden) {
      names[(*count_out)++] = text_of(reader, model->relations[i].name);
    }
  }
  return names;
}

uint32_t dem_relation_resolve(dem_reader *reader, dem_slice name, dem_place place)
{
  const uint32_t relation = dem_model_find_relation(reader->model, name);
  if (relation != DEM_NONE && !reader->model->relations[relation].is_hidden) {
    return relation;
  }
  (void)dem_diagnose(reader->diagnostics, DEM_DIAG_UNKNOWN_RELATION, place,
                     "no relation is called '%.*s'", (int)name.size, name.bytes);
  size_t count = 0;
  const dem_slice *const names = relation_names(reader, &count);
  dem_name_suggest(reader, name, names, count);
  note_words(reader, "relations are:", names, count, DEM_PLACE_NONE);
  return DEM_NONE;
}

uint32_t dem_field_resolve(dem_reader *reader, uint32_t relation, dem_slice name, dem_place place)
{
  const dem_relation *const r = &reader->model->relations[relation];
  const uint32_t field = dem_relation_find_field(reader->model, r, name);
  if (field != DEM_NONE) {
    return field;
  }
  const dem_slice relation_name = text_of(reader, r->name);
  (void)dem_diagnose(reader->diagnostics, DEM_DIAG_UNKNOWN_FIELD, place,
                     "relation '%.*s' has no field '%.*s'", (int)relation_name.size,
                     relation_name.bytes, (int)name.size, name.bytes);
  dem_slice names[DEM_MAX_FIELDS];
  for (uint32_t i = 0; i < r->field_count; ++i) {
    names[i] = text_of(reader, r->fields[i].name);
  }
  dem_name_suggest(reader, name, names, r->field_count);
  dem_buffer before;
  dem_buffer_init(&before, reader->model->arena.allocator);
  dem_buffer_add_char(&before, '\'');
  dem_buffer_add(&before, relation_name);
  dem_buffer_add(&before, DEM_SLICE("' has:\0"));
  if (!before.has_failed) {
    note_words(reader, before.bytes, names, r->field_count, r->place);
  }
  dem_buffer_clear(&before);
  return DEM_NONE;
}

void dem_quotes_note(dem_reader *reader, const dem_node *node)
{
  if (node->kind != DEM_NODE_SCALAR) {
    dem_diagnose_note(reader->diagnostics, "a text that starts with '%c' needs quotes",
                      node->kind == DEM_NODE_MAPPING ? '{' : '[');
  }
}

dem_status dem_text_read(dem_reader *reader, const dem_node *node, dem_slice *text_out)
{
  if (!node) {
    return DEM_OK;
  }
  if (node->kind != DEM_NODE_SCALAR) {
    const dem_status status =
        dem_diagnose(reader->diagnostics, DEM_DIAG_WRONG_SHAPE, node->place,
                     "a text is wanted here, not %s", dem_node_describe(node));
    dem_quotes_note(reader, node);
    return status;
  }
  *text_out = (dem_slice){dem_arena_copy(&reader->model->arena, node->text), node->text.size};
  return text_out->bytes ? DEM_OK : DEM_ERR_NO_MEMORY;
}

dem_status dem_keys_check(dem_reader *reader, const dem_node *mapping, const char *const *known)
{
  dem_status status = DEM_OK;
  dem_slice words[64];
  size_t count = 0;
  while (known[count] && count < sizeof words / sizeof *words) {
    words[count] = dem_slice_of(known[count]);
    ++count;
  }
  for (size_t i = 0; i < mapping->count; ++i) {
    const dem_entry *const entry = &mapping->entries[i];
    bool is_known = false;
    for (size_t j = 0; j < count; ++j) {
      is_known = is_known || dem_slice_is_equal(entry->key, words[j]);
    }
    if (!is_known) {
      status = dem_diagnose(reader->diagnostics, DEM_DIAG_UNKNOWN_KEY, entry->key_place,
                            "'%.*s' means nothing here", (int)entry->key.size, entry->key.bytes);
      dem_name_suggest(reader, entry->key, words, count);
      note_words(reader, "keys are:", words, count, DEM_PLACE_NONE);
    }
  }
  return status;
}

// Citations ---------------------------------------------------------------------------

/// Sources are sorted by the bytes of their ids. Of two with the same id the first is meant.
static uint32_t find_source(dem_reader *reader, dem_slice id, dem_place place)
{
  const dem_model *const model = reader->model;
  uint32_t low = 0;
  for (uint32_t high = model->source_count; low < high;) {
    const uint32_t middle = low + (high - low) / 2;
    if (dem_slice_compare(text_of(reader, model->sources[middle].id), id) < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low < model->source_count &&
      dem_slice_is_equal(text_of(reader, model->sources[low].id), id)) {
    return low;
  }
  (void)dem_diagnose(reader->diagnostics, DEM_DIAG_UNKNOWN_SOURCE, place,
                     "no source is called '%.*s'", (int)id.size, id.bytes);
  dem_slice *const ids = DEM_ARENA_ARRAY(&reader->model->arena, dem_slice, model->source_count);
  for (uint32_t i = 0; ids && i < model->source_count; ++i) {
    ids[i] = text_of(reader, model->sources[i].id);
  }
  dem_name_suggest(reader, id, ids, ids ? model->source_count : 0);
  return DEM_NONE;
}

static uint32_t find_section(dem_reader *reader, uint32_t source, dem_slice id, dem_place place)
{
  const dem_source *const s = &reader->model->sources[source];
  const dem_symbol symbol = dem_symbols_find(reader->model->symbols, id);
  for (uint32_t i = 0; !dem_symbol_is_none(symbol) && i < s->section_count; ++i) {
    if (dem_symbol_is_equal(s->sections[i].id, symbol)) {
      return i;
    }
  }
  const dem_slice name = text_of(reader, s->id);
  (void)dem_diagnose(reader->diagnostics, DEM_DIAG_UNKNOWN_SECTION, place,
                     "source '%.*s' has no section '%.*s'", (int)name.size, name.bytes,
                     (int)id.size, id.bytes);
  dem_slice *const ids = DEM_ARENA_ARRAY(&reader->model->arena, dem_slice, s->section_count);
  for (uint32_t i = 0; ids && i < s->section_count; ++i) {
    ids[i] = text_of(reader, s->sections[i].id);
  }
  dem_name_suggest(reader, id, ids, ids ? s->section_count : 0);
  if (s->section_count > 0) {
    note_words(reader, "sections are:", ids, ids ? s->section_count : 0, s->place);
  }
  return DEM_NONE;
}

static dem_status read_citation(dem_reader *reader, const dem_node *node, dem_citation *out)
{
  if (node->kind != DEM_NODE_SCALAR) {
    return dem_diagnose(reader->diagnostics, DEM_DIAG_WRONG_SHAPE, node->place,
                        "a citation is 'source' or 'source/section', not %s",
                        dem_node_describe(node));
  }
  const char *const slash = node->text.size ? memchr(node->text.bytes, '/', node->text.size) : NULL;
  const size_t size = slash ? (size_t)(slash - node->text.bytes) : node->text.size;
  *out = (dem_citation){find_source(reader, (dem_slice){node->text.bytes, size}, node->place),
                        DEM_NONE};
  if (out->source == DEM_NONE) {
    return DEM_ERR_INVALID;
  }
  if (slash) {
    const dem_slice section = {slash + 1, node->text.size - size - 1};
    out->section = find_section(reader, out->source, section, node->place);
    return out->section == DEM_NONE ? DEM_ERR_INVALID : DEM_OK;
  }
  return DEM_OK;
}

dem_status dem_citations_read(dem_reader *reader, const dem_node *node,
                              const dem_citation **citations_out, uint32_t *count_out)
{
  const bool is_list = node->kind == DEM_NODE_SEQUENCE;
  const size_t count = is_list ? node->count : 1;
  dem_citation *const citations = DEM_ARENA_ARRAY(&reader->model->arena, dem_citation, count);
  DEM_TRY_MEMORY(citations);
  dem_status status = DEM_OK;
  uint32_t kept = 0;
  for (size_t i = 0; i < count; ++i) {
    const dem_status one = read_citation(reader, is_list ? node->items[i] : node, &citations[kept]);
    if (one == DEM_OK) {
      ++kept;
    } else {
      status = one;
    }
  }
  *citations_out = citations;
  *count_out = kept;
  return status;
}

// Values ------------------------------------------------------------------------------

dem_status dem_day_read(dem_reader *reader, const dem_node *node, int64_t *day_out)
{
  const dem_type date = {.kind = DEM_TYPE_DATE, .storage = DEM_STORAGE_DATE};
  dem_word word = 0;
  if (node->kind != DEM_NODE_SCALAR ||
      dem_scalar_read(reader->model->symbols, &date, node->text, &word) != DEM_SCALAR_OK) {
    return dem_diagnose(reader->diagnostics, DEM_DIAG_WRONG_TYPE, node->place,
                        "a date is wanted here, as YYYY-MM-DD");
  }
  *day_out = dem_word_integer(word);
  return DEM_OK;
}

static dem_status report_option(dem_reader *reader, const dem_field *field, const dem_node *scalar)
{
  const dem_slice name = text_of(reader, field->name);
  const dem_status status =
      dem_diagnose(reader->diagnostics, DEM_DIAG_NOT_IN_ENUMERATION, scalar->place,
                   "'%.*s' is not a value of '%.*s'", (int)scalar->text.size, scalar->text.bytes,
                   (int)name.size, name.bytes);
  const uint32_t count = field->type.option_count;
  dem_slice *const words = DEM_ARENA_ARRAY(&reader->model->arena, dem_slice, count);
  DEM_TRY_MEMORY(words);
  for (uint32_t i = 0; i < count; ++i) {
    words[i] = text_of(reader, field->type.options[i]);
  }
  dem_name_suggest(reader, scalar->text, words, count);
  note_words(reader, "values are:", words, count, field->place);
  return status;
}

static dem_status report_type(dem_reader *reader, const dem_field *field, const dem_node *scalar)
{
  const dem_slice name = text_of(reader, field->name);
  dem_buffer expected;
  dem_buffer_init(&expected, reader->model->arena.allocator);
  dem_type_describe(reader->model, &field->type, &expected);
  const dem_status status = dem_diagnose(
      reader->diagnostics, DEM_DIAG_WRONG_TYPE, scalar->place, "'%.*s' is %.*s; '%.*s' is not",
      (int)name.size, name.bytes, (int)expected.size, expected.bytes ? expected.bytes : "",
      (int)scalar->text.size, scalar->text.bytes);
  dem_buffer_clear(&expected);
  return status;
}

bool dem_field_is_left_out(const dem_field *field, const dem_node *scalar)
{
  return dem_node_is_null(scalar) &&
         (scalar->text.size == 0 || field->is_optional || field->has_default);
}

dem_status dem_constant_read(dem_reader *reader, uint32_t relation, uint32_t field,
                             const dem_node *scalar, dem_word *word_out)
{
  const dem_field *const f = &reader->model->relations[relation].fields[field];
  if (scalar->kind != DEM_NODE_SCALAR) {
    const dem_slice name = text_of(reader, f->name);
    const dem_status status = dem_diagnose(reader->diagnostics, DEM_DIAG_WRONG_SHAPE, scalar->place,
                                           "'%.*s' takes one value, not %s", (int)name.size,
                                           name.bytes, dem_node_describe(scalar));
    if (f->type.kind == DEM_TYPE_TEXT) {
      dem_quotes_note(reader, scalar);
    }
    return status;
  }
  switch (dem_scalar_read(reader->model->symbols, &f->type, scalar->text, word_out)) {
  case DEM_SCALAR_OK:
    break;
  case DEM_SCALAR_WRONG_TYPE:
    return report_type(reader, f, scalar);
  case DEM_SCALAR_NOT_AN_OPTION:
    return report_option(reader, f, scalar);
  case DEM_SCALAR_NO_MEMORY:
    return DEM_ERR_NO_MEMORY;
  }
  if (*word_out == DEM_ABSENT && f->is_optional && f->type.storage == DEM_STORAGE_INTEGER) {
    return report_type(reader, f, scalar); // The one integer that stands for "no value".
  }
  if (f->type.kind == DEM_TYPE_REFERENCE) {
    const dem_reference_use use = {f->type.relation, *word_out, scalar->place};
    return dem_vector_add(&reader->uses, &use) ? DEM_OK : DEM_ERR_NO_MEMORY;
  }
  return DEM_OK;
}
