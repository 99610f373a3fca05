// SPDX-License-Identifier: Apache-2.0

// What a pack holds, as people look it up.

#include "advise/catalogue.h"

#include <string.h>

#include "base/try.h"

// Tables ----------------------------------------------------------------------------------

void dem_catalogue_begin(dem_catalogue *c, const char *title)
{
  c->title = title;
  dem_vector_reset(&c->columns);
  dem_vector_reset(&c->cells);
}

void dem_catalogue_column(dem_catalogue *c, const char *name, bool is_number)
{
  const dem_column column = {name, is_number};
  if (!name || !dem_vector_add(&c->columns, &column)) {
    c->title = NULL;
  }
}

void dem_catalogue_cell(dem_catalogue *c, const char *text)
{
  if (!text || !dem_vector_add(&c->cells, &text)) {
    c->title = NULL;
  }
}

dem_status dem_catalogue_end(dem_catalogue *c, dem_listing *out)
{
  const size_t column_count = c->columns.count;
  dem_column *const columns = DEM_ARENA_ARRAY(&c->arena, dem_column, column_count);
  const char **const cells = DEM_ARENA_ARRAY(&c->arena, const char *, c->cells.count);
  if (!c->title || !columns || !cells) {
    return DEM_ERR_NO_MEMORY;
  }
  for (size_t i = 0; i < column_count; ++i) {
    columns[i] = DEM_VECTOR_AT(&c->columns, dem_column, i);
  }
  for (size_t i = 0; i < c->cells.count; ++i) {
    cells[i] = DEM_VECTOR_AT(&c->cells, const char *, i);
  }
  *out = (dem_listing){.title = c->title,
                       .column_count = column_count,
                       .columns = columns,
                       .row_count = column_count > 0 ? c->cells.count / column_count : 0,
                       .cells = cells};
  return DEM_OK;
}

const char *dem_catalogue_text(const dem_catalogue *c, dem_symbol symbol)
{
  return dem_wording_of(dem_symbols_text(c->symbols, symbol));
}

const char *dem_catalogue_place(dem_catalogue *c, dem_place place)
{
  if (dem_place_is_none(place)) {
    return "";
  }
  dem_buffer_add(&c->words.text, dem_files_name(&c->model->files, place.file));
  dem_buffer_add_format(&c->words.text, ":%u", (unsigned)place.line);
  return dem_wording_keep(&c->words);
}

const char *dem_catalogue_count(dem_catalogue *c, uint64_t count)
{
  dem_buffer_add_format(&c->words.text, "%llu", (unsigned long long)count);
  return dem_wording_keep(&c->words);
}

const char *dem_catalogue_citations(dem_catalogue *c, const dem_citation *citations, uint32_t count)
{
  for (uint32_t i = 0; i < count; ++i) {
    const dem_source *const source = &c->model->sources[citations[i].source];
    dem_buffer_add_text(&c->words.text, i == 0 ? "" : ";");
    dem_buffer_add(&c->words.text, dem_symbols_text(c->symbols, source->id));
    if (citations[i].section != DEM_NONE) {
      dem_buffer_add_char(&c->words.text, '/');
      dem_buffer_add(&c->words.text,
                     dem_symbols_text(c->symbols, source->sections[citations[i].section].id));
    }
  }
  return dem_wording_keep(&c->words);
}

bool dem_catalogue_is_number(const dem_type *type)
{
  return type->storage == DEM_STORAGE_INTEGER || type->storage == DEM_STORAGE_NUMBER ||
         type->storage == DEM_STORAGE_BOOLEAN;
}

// Things ------------------------------------------------------------------------------------

static dem_status add_thing(dem_catalogue *c, dem_thing thing, const char *name)
{
  const size_t number = c->things.count;
  if (!thing.entry.id || !thing.entry.label || !dem_vector_add(&c->things, &thing)) {
    return DEM_ERR_NO_MEMORY;
  }
  DEM_TRY(dem_name_search_add(&c->search, number, thing.entry.id));
  if (strcmp(thing.entry.id, thing.entry.label) != 0) {
    DEM_TRY(dem_name_search_add(&c->search, number, thing.entry.label));
  }
  return name[0] ? dem_name_search_add(&c->search, number, name) : DEM_OK;
}

/// A text for people, or the id where there is none.
static const char *or_id(dem_slice text, const char *id)
{
  return text.size > 0 ? dem_wording_of(text) : id;
}

static dem_status add_parts(dem_catalogue *c)
{
  for (uint32_t i = 0; i < c->model->relation_count; ++i) {
    const dem_relation *const r = &c->model->relations[i];
    const char *const name = dem_catalogue_text(c, r->name);
    if (!r->is_hidden) {
      DEM_TRY(add_thing(
          c,
          (dem_thing){DEM_THING_RELATION, DEM_NONE, i, {"relation", name, or_id(r->about, name)}},
          ""));
    }
  }
  for (uint32_t i = 0; i < c->model->rule_count; ++i) {
    const dem_rule *const r = &c->model->rules[i];
    const char *const id = dem_catalogue_text(c, r->id);
    if (!r->is_hidden) {
      DEM_TRY(add_thing(c,
                        (dem_thing){DEM_THING_RULE,
                                    DEM_NONE,
                                    i,
                                    {"rule", id, or_id(dem_wording_title(&c->words, r), id)}},
                        ""));
    }
  }
  for (uint32_t i = 0; i < c->model->source_count; ++i) {
    const dem_source *const s = &c->model->sources[i];
    const char *const id = dem_catalogue_text(c, s->id);
    DEM_TRY(add_thing(c,
                      (dem_thing){DEM_THING_SOURCE,
                                  DEM_NONE,
                                  i,
                                  {"source", id, or_id(dem_wording_source(&c->words, i), id)}},
                      dem_wording_of(s->publisher)));
  }
  for (uint32_t i = 0; i < c->model->question_count; ++i) {
    const dem_question *const q = &c->model->questions[i];
    const char *const field = dem_catalogue_text(c, q->field);
    DEM_TRY(add_thing(
        c,
        (dem_thing){
            DEM_THING_QUESTION, DEM_NONE, i, {"question", field, dem_wording_ask(&c->words, i)}},
        ""));
  }
  return DEM_OK;
}

/// What English and the language call a row by one of its fields.
static dem_status add_names(dem_catalogue *c, uint32_t relation, uint32_t field,
                            const dem_word *row, size_t thing)
{
  if (row[field] == DEM_ABSENT ||
      c->model->relations[relation].fields[field].type.storage != DEM_STORAGE_STRING) {
    return DEM_OK;
  }
  const char *const english = dem_catalogue_text(c, dem_word_symbol(row[field]));
  const char *const own = dem_wording_cell(&c->words, relation, field, row);
  DEM_TRY_MEMORY(own);
  DEM_TRY(dem_name_search_add(&c->search, thing, english));
  return strcmp(own, english) == 0 ? DEM_OK : dem_name_search_add(&c->search, thing, own);
}

static dem_status add_row(dem_catalogue *c, uint32_t relation, uint32_t index)
{
  const dem_relation *const r = &c->model->relations[relation];
  const dem_word *const row =
      dem_facts_row(c->names->facts, dem_facts_at(c->names->facts, relation, index));
  const dem_type *const key = &r->fields[r->key].type;
  const char *const id = dem_wording_key(&c->words, key, row[r->key]);
  const char *const label = r->label != DEM_NONE && row[r->label] != DEM_ABSENT
                                ? dem_wording_cell(&c->words, relation, r->label, row)
                                : id;
  const size_t number = c->things.count;
  DEM_TRY(add_thing(
      c, (dem_thing){DEM_THING_ROW, relation, index, {dem_catalogue_text(c, r->name), id, label}},
      ""));
  if (c->names->language && r->label != DEM_NONE) { // English is known in every language.
    DEM_TRY(add_names(c, relation, r->label, row, number));
  }
  for (uint32_t i = 0; i < r->also_count; ++i) {
    DEM_TRY(add_names(c, relation, r->also[i], row, number));
  }
  return DEM_OK;
}

/// The number of the row with that key; the things' count if there is none.
static size_t find_row(const dem_catalogue *c, uint32_t relation, dem_word key, size_t first)
{
  const uint32_t key_field = c->model->relations[relation].key;
  for (size_t i = first; i < c->things.count; ++i) {
    const dem_thing *const t = &DEM_VECTOR_AT(&c->things, dem_thing, i);
    if (t->relation == relation &&
        dem_facts_row(c->names->facts,
                      dem_facts_at(c->names->facts, relation, t->index))[key_field] == key) {
      return i;
    }
  }
  return c->things.count;
}

/// What the rows of an alias relation call the rows that they refer to.
static dem_status add_aliases(dem_catalogue *c, uint32_t alias, size_t first_row)
{
  const dem_relation *const r = &c->model->relations[alias];
  const uint32_t count = dem_facts_count(c->names->facts, alias);
  for (uint32_t i = 0; i < count; ++i) {
    const dem_word *const row =
        dem_facts_row(c->names->facts, dem_facts_at(c->names->facts, alias, i));
    const size_t thing = find_row(c, r->fields[r->names].type.relation, row[r->names], first_row);
    for (uint32_t j = 0; thing < c->things.count && j < r->field_count; ++j) {
      const dem_type_kind kind = r->fields[j].type.kind;
      const bool is_name = j != r->names && (kind == DEM_TYPE_TEXT || kind == DEM_TYPE_SYMBOL);
      if (is_name && row[j] != DEM_ABSENT) {
        DEM_TRY(
            dem_name_search_add(&c->search, thing, dem_catalogue_text(c, dem_word_symbol(row[j]))));
      }
    }
  }
  return DEM_OK;
}

static dem_status add_rows(dem_catalogue *c)
{
  const size_t first_row = c->things.count;
  for (uint32_t i = 0; i < c->model->relation_count; ++i) {
    const dem_relation *const r = &c->model->relations[i];
    const uint32_t count = r->key == DEM_NONE ? 0 : dem_facts_count(c->names->facts, i);
    for (uint32_t j = 0; j < count; ++j) {
      DEM_TRY(add_row(c, i, j));
    }
  }
  for (uint32_t i = 0; i < c->model->relation_count; ++i) {
    const dem_relation *const r = &c->model->relations[i];
    if (r->names != DEM_NONE && r->fields[r->names].type.kind == DEM_TYPE_REFERENCE) {
      DEM_TRY(add_aliases(c, i, first_row));
    }
  }
  return DEM_OK;
}

dem_status dem_catalogue_init(dem_catalogue *c, dem_allocator allocator, const dem_program *program,
                              const dem_names *names)
{
  *c = (dem_catalogue){.allocator = allocator,
                       .program = program,
                       .model = dem_program_model(program),
                       .names = names,
                       .symbols = dem_program_symbols(program),
                       .date = dem_program_plan(program)->date};
  dem_arena_init(&c->arena, allocator);
  dem_wording_init(&c->words, allocator, program, names, c->symbols, NULL, &c->arena);
  dem_name_search_init(&c->search, allocator, &c->arena);
  dem_vector_init(&c->things, allocator, sizeof(dem_thing));
  dem_vector_init(&c->columns, allocator, sizeof(dem_column));
  dem_vector_init(&c->cells, allocator, sizeof(const char *));
  DEM_TRY(dem_wording_reset(&c->words));
  DEM_TRY(add_parts(c));
  return add_rows(c);
}

void dem_catalogue_clear(dem_catalogue *c)
{
  dem_vector_clear(&c->cells);
  dem_vector_clear(&c->columns);
  dem_vector_clear(&c->things);
  dem_name_search_clear(&c->search);
  dem_wording_clear(&c->words);
  dem_arena_clear(&c->arena);
}

// Kinds -------------------------------------------------------------------------------------

static bool ends_with(const char *word, const char *end)
{
  const size_t size = strlen(word);
  const size_t end_size = strlen(end);
  return size > end_size && strcmp(word + size - end_size, end) == 0;
}

/// Whether a word is a name or its English plural.
static bool is_named(const char *word, const char *name)
{
  const size_t size = strlen(name);
  if (ends_with(name, "y") && ends_with(word, "ies") && strlen(word) == size + 2 &&
      strncmp(word, name, size - 1) == 0) {
    return true;
  }
  const char *const rest = strncmp(word, name, size) == 0 ? word + size : "?";
  return strcmp(rest, "") == 0 || strcmp(rest, "s") == 0 || strcmp(rest, "es") == 0;
}

bool dem_catalogue_find_kind(const dem_catalogue *c, const char *word, dem_thing *kind_out)
{
  static const char *const parts[] = {
      [DEM_THING_RELATION] = "relation",
      [DEM_THING_RULE] = "rule",
      [DEM_THING_SOURCE] = "source",
      [DEM_THING_QUESTION] = "question",
  };
  for (int i = 0; i < DEM_THING_ROW; ++i) {
    if (is_named(word, parts[i])) {
      *kind_out = (dem_thing){(dem_thing_kind)i, DEM_NONE, DEM_NONE, {parts[i], "", ""}};
      return true;
    }
  }
  uint32_t found = dem_model_find_relation(c->model, dem_slice_of(word));
  for (uint32_t i = 0; found == DEM_NONE && i < c->model->relation_count; ++i) {
    found = is_named(word, dem_catalogue_text(c, c->model->relations[i].name)) ? i : DEM_NONE;
  }
  if (found == DEM_NONE || c->model->relations[found].is_hidden) {
    return false;
  }
  *kind_out = (dem_thing){DEM_THING_ROW,
                          found,
                          DEM_NONE,
                          {dem_catalogue_text(c, c->model->relations[found].name), "", ""}};
  return true;
}

static bool is_of_kind(const dem_thing *thing, const dem_thing *kind)
{
  return !kind || (thing->kind == kind->kind && thing->relation == kind->relation);
}

const dem_thing *dem_catalogue_find(const dem_catalogue *c, const dem_thing *kind, const char *id)
{
  for (size_t i = 0; i < c->things.count; ++i) {
    const dem_thing *const thing = &DEM_VECTOR_AT(&c->things, dem_thing, i);
    if (is_of_kind(thing, kind) && strcmp(thing->entry.id, id) == 0) {
      return thing;
    }
  }
  return NULL;
}

// Lists -------------------------------------------------------------------------------------

static void list_relations(dem_catalogue *c)
{
  dem_catalogue_column(c, "relation", false);
  dem_catalogue_column(c, "facts", true);
  dem_catalogue_column(c, "about", false);
  for (uint32_t i = 0; i < c->model->relation_count; ++i) {
    const dem_relation *const r = &c->model->relations[i];
    if (!r->is_hidden) {
      dem_catalogue_cell(c, dem_catalogue_text(c, r->name));
      dem_catalogue_cell(c, dem_catalogue_count(c, dem_facts_count(c->names->facts, i)));
      dem_catalogue_cell(c, dem_wording_of(r->about));
    }
  }
}

static void list_rules(dem_catalogue *c)
{
  dem_catalogue_column(c, "rule", false);
  dem_catalogue_column(c, "title", false);
  dem_catalogue_column(c, "place", false);
  for (uint32_t i = 0; i < c->model->rule_count; ++i) {
    const dem_rule *const r = &c->model->rules[i];
    if (!r->is_hidden) {
      dem_catalogue_cell(c, dem_catalogue_text(c, r->id));
      dem_catalogue_cell(c, dem_wording_of(dem_wording_title(&c->words, r)));
      dem_catalogue_cell(c, dem_catalogue_place(c, r->place));
    }
  }
}

static void list_sources(dem_catalogue *c)
{
  dem_catalogue_column(c, "source", false);
  dem_catalogue_column(c, "title", false);
  dem_catalogue_column(c, "publisher", false);
  dem_catalogue_column(c, "date", false);
  dem_catalogue_column(c, "url", false);
  for (uint32_t i = 0; i < c->model->source_count; ++i) {
    const dem_source *const s = &c->model->sources[i];
    dem_catalogue_cell(c, dem_catalogue_text(c, s->id));
    dem_catalogue_cell(c, dem_wording_of(dem_wording_source(&c->words, i)));
    dem_catalogue_cell(c, dem_wording_of(s->publisher));
    dem_catalogue_cell(c, dem_wording_of(s->date));
    dem_catalogue_cell(c, dem_wording_of(s->url));
  }
}

static void list_questions(dem_catalogue *c)
{
  dem_catalogue_column(c, "field", false);
  dem_catalogue_column(c, "ask", false);
  dem_catalogue_column(c, "many", true);
  dem_catalogue_column(c, "required", true);
  for (uint32_t i = 0; i < c->model->question_count; ++i) {
    const dem_question *const q = &c->model->questions[i];
    dem_catalogue_cell(c, dem_catalogue_text(c, q->field));
    dem_catalogue_cell(c, dem_wording_ask(&c->words, i));
    dem_catalogue_cell(c, q->is_many ? "true" : "false");
    dem_catalogue_cell(c, q->is_required ? "true" : "false");
  }
}

static void list_rows(dem_catalogue *c, uint32_t relation)
{
  const dem_relation *const r = &c->model->relations[relation];
  const uint32_t count = dem_facts_count(c->names->facts, relation);
  for (uint32_t f = 0; f < r->field_count; ++f) {
    dem_catalogue_column(c, dem_catalogue_text(c, r->fields[f].name),
                         dem_catalogue_is_number(&r->fields[f].type));
  }
  for (uint32_t i = 0; i < count; ++i) {
    const dem_word *const row =
        dem_facts_row(c->names->facts, dem_facts_at(c->names->facts, relation, i));
    for (uint32_t f = 0; f < r->field_count; ++f) {
      dem_catalogue_cell(c, dem_wording_cell(&c->words, relation, f, row));
    }
  }
}

dem_status dem_catalogue_list(dem_catalogue *c, const dem_thing *kind,
                              const dem_listing **listing_out)
{
  dem_listing *const listing = DEM_ARENA_NEW(&c->arena, dem_listing);
  *listing_out = listing;
  DEM_TRY_MEMORY(listing);
  dem_catalogue_begin(c, kind->entry.kind);
  switch (kind->kind) {
  case DEM_THING_RELATION:
    list_relations(c);
    break;
  case DEM_THING_RULE:
    list_rules(c);
    break;
  case DEM_THING_SOURCE:
    list_sources(c);
    break;
  case DEM_THING_QUESTION:
    list_questions(c);
    break;
  case DEM_THING_ROW:
    list_rows(c, kind->relation);
    break;
  }
  return dem_catalogue_end(c, listing);
}

// Searching -----------------------------------------------------------------------------------

/// How well the matches answer.
static dem_found judge(const dem_matches *matches)
{
  if (matches->count == 0) {
    return DEM_FOUND_NOTHING;
  }
  if (matches->items[0].kind == DEM_MATCH_NEAR) {
    return DEM_FOUND_NEAR;
  }
  const bool is_alone = matches->count == 1 || (matches->items[0].kind == DEM_MATCH_NAME &&
                                                matches->items[1].kind != DEM_MATCH_NAME);
  return is_alone ? DEM_FOUND_ONE : DEM_FOUND_SOME;
}

static dem_status list_matches(dem_catalogue *c, const dem_matches *matches,
                               const dem_listing **listing_out)
{
  dem_listing *const listing = DEM_ARENA_NEW(&c->arena, dem_listing);
  *listing_out = listing;
  DEM_TRY_MEMORY(listing);
  dem_catalogue_begin(c, "found");
  dem_catalogue_column(c, "kind", false);
  dem_catalogue_column(c, "id", false);
  dem_catalogue_column(c, "label", false);
  dem_catalogue_column(c, "found_by", false);
  for (size_t i = 0; i < matches->count; ++i) {
    const dem_match *const match = &matches->items[i];
    const dem_pack_item *const entry = &DEM_VECTOR_AT(&c->things, dem_thing, match->choice).entry;
    const bool is_shown =
        strcmp(match->name, entry->id) == 0 || strcmp(match->name, entry->label) == 0;
    dem_catalogue_cell(c, entry->kind);
    dem_catalogue_cell(c, entry->id);
    dem_catalogue_cell(c, entry->label);
    dem_catalogue_cell(c, is_shown ? "" : match->name);
  }
  return dem_catalogue_end(c, listing);
}

dem_status dem_catalogue_search(dem_catalogue *c, const dem_thing *kind, const char *text,
                                dem_found *found_out, const dem_listing **listing_out,
                                dem_pack_item *entry_out)
{
  dem_matches matches;
  bool *const wanted = DEM_ARENA_ARRAY(&c->arena, bool, c->things.count);
  DEM_TRY_MEMORY(wanted);
  for (size_t i = 0; i < c->things.count; ++i) {
    wanted[i] = is_of_kind(&DEM_VECTOR_AT(&c->things, dem_thing, i), kind);
  }
  DEM_TRY(dem_name_search_find(&c->search, c->things.count, wanted, text, &matches));
  *found_out = judge(&matches);
  const dem_thing *const exact = kind ? dem_catalogue_find(c, kind, text) : NULL;
  if (exact) { // An id goes before labels.
    *found_out = DEM_FOUND_ONE;
    *entry_out = exact->entry;
  } else if (*found_out == DEM_FOUND_ONE) {
    *entry_out = DEM_VECTOR_AT(&c->things, dem_thing, matches.items[0].choice).entry;
  }
  return list_matches(c, &matches, listing_out);
}
