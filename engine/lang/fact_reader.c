// SPDX-License-Identifier: Apache-2.0

// `facts:` of a kb file → rows of the model's relations.
//
// A list in a field stands for one row an item; lists in several fields for each combination. Where a
// relation has a field called like a word about facts (`from`), the word means the field.

#include "lang/fact_reader.h"

#include "base/try.h"
#include "lang/scalar.h"
#include "text/csv.h"

/// What a file or a fact says about where facts come from.
typedef struct origin {
  dem_given given;
  bool is_cited;
} origin;

typedef struct fact_reader {
  dem_reader *reader;
  uint32_t relation;
  const dem_relation *shape;
  origin defaults;
  dem_file_finder *find_file;
  void *finder_context;
  uint32_t *columns; ///< Of a CSV table: each column's field, or a word about facts.
} fact_reader;

enum { ABOUT_CITE = DEM_MAX_FIELDS, ABOUT_AS_OF, ABOUT_FROM, ABOUT_UNTIL, ABOUT_END };

static const char *const about_words[] = {"cite", "as_of", "from", "until"};

static dem_status worse(dem_status status, dem_status other)
{
  return other == DEM_OK || status == DEM_ERR_NO_MEMORY ? status : other;
}

// Words about facts -------------------------------------------------------------------

static dem_status read_about(dem_reader *reader, uint32_t word, const dem_node *node, origin *out)
{
  switch (word) {
  case ABOUT_CITE:
    out->is_cited = true;
    return dem_citations_read(reader, node, &out->given.citations, &out->given.citation_count);
  case ABOUT_AS_OF:
    return dem_day_read(reader, node, &out->given.as_of);
  case ABOUT_FROM:
    return dem_day_read(reader, node, &out->given.from);
  default:
    return dem_day_read(reader, node, &out->given.until);
  }
}

static dem_status read_defaults(dem_reader *reader, const dem_node *root, origin *out)
{
  *out = (origin){
    .given = {.as_of = INT64_MIN, .from = INT64_MIN, .until = INT64_MAX}};
  dem_status status = DEM_OK;
  for (uint32_t i = 0; i < sizeof about_words / sizeof *about_words; ++i) {
    const dem_node *const node = dem_node_find(root, about_words[i]);
    if (node) {
      status = worse(status, read_about(reader, ABOUT_CITE + i, node, out));
    }
  }
  return status;
}

/// The field that a key names, or what it says about the fact; DEM_NONE and an error for neither.
static uint32_t resolve_key(const fact_reader *r, dem_slice key, dem_place place)
{
  const uint32_t field = dem_relation_find_field(r->reader->model, r->shape, key);
  for (uint32_t i = 0; field == DEM_NONE && i < ABOUT_END - ABOUT_CITE; ++i) {
    if (dem_slice_is(key, about_words[i])) {
      return ABOUT_CITE + i;
    }
  }
  return field != DEM_NONE ? field : dem_field_resolve(r->reader, r->relation, key, place);
}

static dem_status add_given(fact_reader *r, const origin *o, dem_place place, uint32_t *index_out)
{
  dem_model *const model = r->reader->model;
  dem_given given = o->given;
  given.place = place;
  *index_out = (uint32_t)model->givens.count;
  if (!o->is_cited) {
    (void)dem_diagnose(r->reader->diagnostics, DEM_DIAG_UNCITED, place,
                       "this fact has no source");
    dem_diagnose_label(r->reader->diagnostics, "add 'cite' to it, or to its file");
  }
  return dem_vector_add(&model->givens, &given) ? (o->is_cited ? DEM_OK : DEM_ERR_INVALID)
                                                : DEM_ERR_NO_MEMORY;
}

// Rows --------------------------------------------------------------------------------

static dem_status add_row(fact_reader *r, const dem_word *words, uint32_t given)
{
  dem_given_facts *const facts = &r->reader->model->facts[r->relation];
  dem_word *const row = dem_vector_extend(&facts->words, r->shape->field_count);
  if ((!row && r->shape->field_count) || !dem_vector_add(&facts->givens, &given)) {
    return DEM_ERR_NO_MEMORY;
  }
  for (uint32_t i = 0; i < r->shape->field_count; ++i) {
    row[i] = words[i];
  }
  return DEM_OK;
}

/// The value of a field that a fact leaves out.
static dem_status fill_missing(const fact_reader *r, uint32_t field, dem_place place,
                               dem_word *word)
{
  const dem_field *const f = &r->shape->fields[field];
  if (f->has_default) {
    *word = f->default_word;
    return DEM_OK;
  }
  if (f->is_optional) {
    *word = DEM_ABSENT;
    return DEM_OK;
  }
  const dem_slice name = dem_symbols_text(r->reader->model->symbols, f->name);
  return dem_diagnose(r->reader->diagnostics, DEM_DIAG_MISSING_FIELD, place,
                      "'%.*s' is missing", (int)name.size, name.bytes);
}

/// Values of one field of one fact: one, or those of a list.
typedef struct choice {
  const dem_node *node; ///< NULL when the fact leaves the field out.
  dem_word *words;
  size_t count;
} choice;

static dem_status read_choice(fact_reader *r, uint32_t field, const dem_node *node, choice *out)
{
  const bool is_list = node->kind == DEM_NODE_SEQUENCE;
  out->node = node;
  out->count = is_list ? node->count : 1;
  out->words = DEM_ARENA_ARRAY(&r->reader->model->arena, dem_word, out->count);
  DEM_TRY_MEMORY(out->words);
  dem_status status = DEM_OK;
  for (size_t i = 0; i < out->count; ++i) {
    const dem_node *const item = is_list ? node->items[i] : node;
    const dem_field *const f = &r->shape->fields[field];
    if (!is_list && dem_node_is_null(item) && (f->is_optional || f->has_default)) {
      out->words[i] = f->is_optional ? DEM_ABSENT : f->default_word;
      continue;
    }
    status = worse(status,
                   dem_constant_read(r->reader, r->relation, field, item, &out->words[i]));
  }
  return status;
}

/// Every combination of the fields' values, the last field's changing fastest.
static dem_status add_combinations(fact_reader *r, const choice *choices, uint32_t given)
{
  size_t at[DEM_MAX_FIELDS] = {0};
  dem_word words[DEM_MAX_FIELDS] = {0};
  const uint32_t width = r->shape->field_count;
  for (uint32_t i = 0; i < width; ++i) {
    if (choices[i].count == 0) {
      return DEM_OK; // An empty list stands for no fact.
    }
  }
  for (;;) {
    for (uint32_t i = 0; i < width; ++i) {
      words[i] = choices[i].words[at[i]];
    }
    DEM_TRY(add_row(r, words, given));
    uint32_t i = width;
    while (i > 0 && ++at[i - 1] == choices[i - 1].count) {
      at[--i] = 0;
    }
    if (i == 0) {
      return DEM_OK;
    }
  }
}

static dem_status read_fact(fact_reader *r, const dem_node *node)
{
  if (node->kind != DEM_NODE_MAPPING) {
    return dem_diagnose(r->reader->diagnostics, DEM_DIAG_WRONG_SHAPE, node->place,
                        "a fact is a mapping from fields to values, not %s",
                        dem_node_describe(node));
  }
  choice choices[DEM_MAX_FIELDS] = {{0}};
  origin o = r->defaults;
  dem_status status = DEM_OK;
  for (size_t i = 0; i < node->count; ++i) {
    const dem_entry *const entry = &node->entries[i];
    const uint32_t field = resolve_key(r, entry->key, entry->key_place);
    if (field == DEM_NONE) {
      status = worse(status, DEM_ERR_INVALID);
    } else if (field >= ABOUT_CITE) {
      status = worse(status, read_about(r->reader, field, entry->value, &o));
    } else {
      status = worse(status, read_choice(r, field, entry->value, &choices[field]));
    }
  }
  dem_word missing[DEM_MAX_FIELDS];
  for (uint32_t i = 0; i < r->shape->field_count; ++i) {
    if (!choices[i].node) {
      status = worse(status, fill_missing(r, i, node->place, &missing[i]));
      choices[i] = (choice){NULL, &missing[i], 1};
    }
  }
  uint32_t given = 0;
  status = worse(status, add_given(r, &o, node->place, &given));
  return status == DEM_OK ? add_combinations(r, choices, given) : status;
}

// CSV tables --------------------------------------------------------------------------

static dem_status resolve_columns(fact_reader *r, const dem_node *header, size_t count)
{
  r->columns = DEM_ARENA_ARRAY(&r->reader->model->arena, uint32_t, count);
  DEM_TRY_MEMORY(r->columns);
  dem_status status = DEM_OK;
  for (size_t i = 0; i < count; ++i) {
    r->columns[i] = resolve_key(r, header[i].text, header[i].place);
    status = r->columns[i] == DEM_NONE ? DEM_ERR_INVALID : status;
  }
  return status;
}

static dem_status read_cell(fact_reader *r, uint32_t field, const dem_node *cell, dem_word *word)
{
  const dem_field *const f = &r->shape->fields[field];
  if (dem_node_is_null(cell) && (f->has_default || f->is_optional)) {
    *word = f->has_default ? f->default_word : DEM_ABSENT;
    return DEM_OK;
  }
  return dem_constant_read(r->reader, r->relation, field, cell, word);
}

/// Rows of a table share their file's origin unless a column says otherwise, and each has its own place.
static dem_status read_table_row(void *context, const dem_node *header, const dem_node *cells,
                                 size_t count)
{
  fact_reader *const r = context;
  if (!r->columns) {
    DEM_TRY(resolve_columns(r, header, count));
  }
  dem_word words[DEM_MAX_FIELDS];
  uint64_t seen = 0;
  origin o = r->defaults;
  dem_status status = DEM_OK;
  for (size_t i = 0; i < count; ++i) {
    const uint32_t field = r->columns[i];
    if (field < ABOUT_CITE) {
      status = worse(status, read_cell(r, field, &cells[i], &words[field]));
      seen |= UINT64_C(1) << field;
    } else if (!dem_node_is_null(&cells[i])) {
      status = worse(status, read_about(r->reader, field, &cells[i], &o));
    }
  }
  for (uint32_t i = 0; i < r->shape->field_count; ++i) {
    if (!(seen >> i & 1)) {
      status = worse(status, fill_missing(r, i, header[0].place, &words[i]));
    }
  }
  uint32_t given = 0;
  status = worse(status, add_given(r, &o, cells[0].place, &given));
  status = status == DEM_OK ? add_row(r, words, given) : status;
  return status == DEM_ERR_INVALID ? DEM_OK : status; // Reported: go on with the next row.
}

static dem_status read_table(fact_reader *r, const dem_node *node)
{
  static const char *const keys[] = {"csv", "cite", "as_of", "from", "until", NULL};
  DEM_TRY(dem_keys_check(r->reader, node, keys));
  const dem_node *const path = dem_node_find(node, "csv");
  if (path->kind != DEM_NODE_SCALAR) {
    return dem_diagnose(r->reader->diagnostics, DEM_DIAG_WRONG_SHAPE, path->place,
                        "'csv' is the path of a file");
  }
  for (uint32_t i = 0; i < ABOUT_END - ABOUT_CITE; ++i) {
    const dem_node *const about = dem_node_find(node, about_words[i]);
    if (about) {
      DEM_TRY(read_about(r->reader, ABOUT_CITE + i, about, &r->defaults));
    }
  }
  const dem_slice from = dem_files_name(&r->reader->model->files, node->place.file);
  const dem_file_id file = r->find_file(r->finder_context, from, path->text);
  if (file.index == UINT32_MAX) {
    return dem_diagnose(r->reader->diagnostics, DEM_DIAG_CANNOT_READ, path->place,
                        "the pack has no file '%.*s' beside this one", (int)path->text.size,
                        path->text.bytes);
  }
  const size_t errors = r->reader->diagnostics->error_count;
  const dem_reader_context context = {.arena = &r->reader->model->arena,
                                      .files = &r->reader->model->files,
                                      .diagnostics = r->reader->diagnostics,
                                      .limits = r->reader->limits};
  const dem_status status = dem_csv_read(&context, file, read_table_row, r);
  return status == DEM_OK && r->reader->diagnostics->error_count > errors ? DEM_ERR_INVALID
                                                                          : status;
}

// Files -------------------------------------------------------------------------------

static dem_status read_relation(fact_reader *r, const dem_entry *entry)
{
  r->relation = dem_relation_resolve(r->reader, entry->key, entry->key_place);
  if (r->relation == DEM_NONE) {
    return DEM_ERR_INVALID;
  }
  r->shape = &r->reader->model->relations[r->relation];
  r->columns = NULL;
  const dem_node *const node = entry->value;
  if (node->kind == DEM_NODE_MAPPING && dem_node_find(node, "csv")) {
    const origin defaults = r->defaults;
    const dem_status status = read_table(r, node);
    r->defaults = defaults;
    return status;
  }
  if (node->kind != DEM_NODE_SEQUENCE) {
    return dem_diagnose(r->reader->diagnostics, DEM_DIAG_WRONG_SHAPE, node->place,
                        "a list of facts, or {csv: FILE}, is wanted here, not %s",
                        dem_node_describe(node));
  }
  dem_status status = DEM_OK;
  for (size_t i = 0; i < node->count; ++i) {
    status = worse(status, read_fact(r, node->items[i]));
  }
  return status;
}

dem_status dem_facts_read(dem_reader *reader, const dem_node *root, dem_file_finder *find_file,
                          void *finder_context)
{
  const dem_node *const facts = dem_node_find(root, "facts");
  fact_reader r = {
    .reader = reader, .find_file = find_file, .finder_context = finder_context};
  if (!facts) {
    return DEM_OK;
  }
  dem_status status = read_defaults(reader, root, &r.defaults);
  if (facts->kind != DEM_NODE_MAPPING) {
    return dem_diagnose(reader->diagnostics, DEM_DIAG_WRONG_SHAPE, facts->place,
                        "'facts' is a mapping from relations to lists of facts, not %s",
                        dem_node_describe(facts));
  }
  for (size_t i = 0; i < facts->count; ++i) {
    status = worse(status, read_relation(&r, &facts->entries[i]));
  }
  return status;
}
