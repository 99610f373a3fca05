// SPDX-License-Identifier: Apache-2.0

// `facts:` of a kb file → rows of the model's relations.
//
// A list in a field stands for one row an item; lists in several fields for each combination. Where
// a relation has a field called like a word about facts (`from`), the word means the field.

#include "lang/fact_reader.h"

#include "base/checked.h"
#include "base/try.h"
#include "lang/scalar.h"
#include "text/csv.h"

/// What a file or a fact says about where facts come from.
typedef struct origin {
  dem_given given;
  bool is_cited;
} origin;

/// Values of one field of one fact: one, or those of a list.
typedef struct choice {
  const dem_word *words; ///< NULL while the fact leaves the field out.
  size_t count;
  dem_word one;  ///< Where `words` points to when there is one value.
  bool is_wrong; ///< Some value was refused, and is DEM_ABSENT.
} choice;

typedef struct fact_reader {
  dem_reader *reader;
  uint32_t relation;
  const dem_relation *shape;
  origin defaults;
  dem_file_finder *find_file;
  void *finder_context;
  dem_slice
      keys[DEM_MAX_FIELDS]; ///< Of the fact before: facts of a list have the same keys, mostly.
  uint32_t fields[DEM_MAX_FIELDS]; ///< What each of these keys is: as resolve_key.
  choice choices[DEM_MAX_FIELDS];  ///< Of the fact that is being read.
} fact_reader;

enum { ABOUT_CITE = DEM_MAX_FIELDS, ABOUT_AS_OF, ABOUT_FROM, ABOUT_UNTIL, ABOUT_END };

static const char *const about_words[] = {"cite", "as_of", "from", "until"};

// Words about facts -------------------------------------------------------------------

static dem_status read_about(dem_reader *reader, uint32_t word, const dem_node *node, origin *out)
{
  switch (word) {
  case ABOUT_CITE:
    out->is_cited = true; // Wrong citations are reported as such, not as none.
    DEM_TRY(dem_citations_read(reader, node, &out->given.citations, &out->given.citation_count));
    out->is_cited = out->given.citation_count > 0;
    return DEM_OK;
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
  *out = (origin){.given = {.as_of = INT64_MIN, .from = INT64_MIN, .until = INT64_MAX}};
  dem_status status = DEM_OK;
  for (uint32_t i = 0; i < sizeof about_words / sizeof *about_words; ++i) {
    const dem_node *const node = dem_node_find(root, about_words[i]);
    if (node) {
      status = dem_status_worse(status, read_about(reader, ABOUT_CITE + i, node, out));
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

/// As resolve_key, trying first what stood there in the fact before.
static uint32_t recall_key(fact_reader *r, size_t position, const dem_entry *entry)
{
  if (position >= DEM_MAX_FIELDS) {
    return resolve_key(r, entry->key, entry->key_place);
  }
  if (r->keys[position].size == 0 || !dem_slice_is_equal(r->keys[position], entry->key)) {
    const uint32_t field = resolve_key(r, entry->key, entry->key_place);
    r->keys[position] = field == DEM_NONE ? (dem_slice){0} : entry->key;
    r->fields[position] = field;
    return field;
  }
  return r->fields[position];
}

static dem_status report_uncited(fact_reader *r, dem_place place, const char *message)
{
  const dem_status status =
      dem_diagnose(r->reader->diagnostics, DEM_DIAG_UNCITED, place, "%s", message);
  dem_diagnose_label(r->reader->diagnostics, "add 'cite' here, or to the file");
  return status;
}

static dem_status add_given(fact_reader *r, const origin *o, dem_place place, uint32_t *index_out)
{
  dem_model *const model = r->reader->model;
  dem_given given = o->given;
  given.place = place;
  *index_out = (uint32_t)model->givens.count;
  if (!dem_vector_add(&model->givens, &given)) {
    return DEM_ERR_NO_MEMORY;
  }
  return given.from < given.until
             ? DEM_OK
             : dem_diagnose(r->reader->diagnostics, DEM_DIAG_WRONG_SHAPE, place,
                            "never in force: 'until' must be a later day than 'from'");
}

// Rows --------------------------------------------------------------------------------

/// Facts are bounded like nodes: a list expansion counts as what it stands for.
static dem_status count_facts(fact_reader *r, size_t count, dem_place place)
{
  dem_reader *const reader = r->reader;
  const size_t most = reader->limits.max_nodes ? reader->limits.max_nodes : UINT32_MAX - 1;
  if (count > most || reader->fact_count > most - count) {
    (void)dem_diagnose(reader->diagnostics, DEM_DIAG_LIMIT, place,
                       "more than %zu facts (the limit max_nodes)", most);
    return DEM_ERR_LIMIT;
  }
  reader->fact_count += count;
  return DEM_OK;
}

static dem_status add_row(fact_reader *r, uint32_t given, dem_word **row_out)
{
  dem_given_facts *const facts = &r->reader->model->facts[r->relation];
  *row_out = dem_vector_extend(&facts->words, r->shape->field_count);
  if (!*row_out && r->shape->field_count) {
    return DEM_ERR_NO_MEMORY;
  }
  return dem_vector_add(&facts->givens, &given) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

/// The value of a field that a fact leaves out.
static dem_status fill_missing(const fact_reader *r, uint32_t field, dem_place place,
                               dem_word *word)
{
  const dem_field *const f = &r->shape->fields[field];
  if (f->has_default || f->is_optional) {
    *word = f->has_default ? f->default_word : DEM_ABSENT;
    return DEM_OK;
  }
  *word = DEM_ABSENT;
  const dem_slice name = dem_symbols_text(r->reader->model->symbols, f->name);
  const dem_slice relation = dem_symbols_text(r->reader->model->symbols, r->shape->name);
  return dem_diagnose(r->reader->diagnostics, DEM_DIAG_MISSING_FIELD, place,
                      "'%.*s' is missing: every '%.*s' has one", (int)name.size, name.bytes,
                      (int)relation.size, relation.bytes);
}

/// Read one value; what is refused becomes DEM_ABSENT.
static dem_status read_value(fact_reader *r, uint32_t field, const dem_node *node, dem_word *word)
{
  const dem_field *const f = &r->shape->fields[field];
  if ((f->has_default || f->is_optional) && dem_node_is_null(node)) {
    return fill_missing(r, field, node->place, word);
  }
  const dem_status status = dem_constant_read(r->reader, r->relation, field, node, word);
  if (status != DEM_OK) {
    *word = DEM_ABSENT;
  }
  return status;
}

static dem_status read_choice(fact_reader *r, uint32_t field, const dem_node *node)
{
  choice *const c = &r->choices[field];
  const bool is_list = node->kind == DEM_NODE_SEQUENCE;
  dem_word *words = &c->one;
  if (is_list) {
    words = DEM_ARENA_ARRAY(&r->reader->model->arena, dem_word, node->count);
    DEM_TRY_MEMORY(words);
  }
  c->words = words;
  c->count = is_list ? node->count : 1;
  dem_status status = DEM_OK;
  for (size_t i = 0; i < c->count; ++i) {
    status =
        dem_status_worse(status, read_value(r, field, is_list ? node->items[i] : node, &words[i]));
  }
  c->is_wrong = status != DEM_OK;
  return status;
}

/// Every combination of the fields' values, the last field's changing fastest.
static dem_status add_combinations(fact_reader *r, uint32_t given, dem_place place)
{
  const uint32_t width = r->shape->field_count;
  size_t total = 1;
  for (uint32_t i = 0; i < width; ++i) {
    if (dem_checked_size_multiply(total, r->choices[i].count, &total)) {
      total = SIZE_MAX;
      break;
    }
  }
  DEM_TRY(count_facts(r, total, place));
  size_t at[DEM_MAX_FIELDS];
  memset(at, 0, width * sizeof *at);
  for (size_t n = 0; n < total; ++n) {
    dem_word *row = NULL;
    DEM_TRY(add_row(r, given, &row));
    for (uint32_t i = 0; i < width; ++i) {
      row[i] = r->choices[i].words[at[i]];
    }
    for (uint32_t i = width; i > 0 && ++at[i - 1] == r->choices[i - 1].count; --i) {
      at[i - 1] = 0;
    }
  }
  return DEM_OK;
}

static dem_status read_keys(fact_reader *r, const dem_node *node, origin *o)
{
  dem_status status = DEM_OK;
  for (size_t i = 0; i < node->count; ++i) {
    const dem_entry *const entry = &node->entries[i];
    const uint32_t field = recall_key(r, i, entry);
    if (field == DEM_NONE) {
      status = dem_status_worse(status, DEM_ERR_INVALID);
    } else if (field >= ABOUT_CITE) {
      status = dem_status_worse(status, read_about(r->reader, field, entry->value, o));
    } else {
      status = dem_status_worse(status, read_choice(r, field, entry->value));
    }
  }
  return status;
}

/// A refused fact with a good key stays, so that what refers to it is not refused as well.
static bool keeps_key(const fact_reader *r)
{
  return r->shape->key != DEM_NONE && !r->choices[r->shape->key].is_wrong;
}

static dem_status read_fact(fact_reader *r, const dem_node *node)
{
  if (node->kind != DEM_NODE_MAPPING) {
    return dem_diagnose(r->reader->diagnostics, DEM_DIAG_WRONG_SHAPE, node->place,
                        "a fact is a mapping from fields to values, not %s",
                        dem_node_describe(node));
  }
  for (uint32_t i = 0; i < r->shape->field_count; ++i) {
    r->choices[i].words = NULL;
    r->choices[i].is_wrong = false;
  }
  origin o = r->defaults;
  dem_status status = read_keys(r, node, &o);
  for (uint32_t i = 0; i < r->shape->field_count; ++i) {
    choice *const c = &r->choices[i];
    if (!c->words) {
      status = dem_status_worse(status, fill_missing(r, i, node->place, &c->one));
      c->words = &c->one;
      c->count = 1;
      c->is_wrong = c->one == DEM_ABSENT;
    }
  }
  if (!o.is_cited) {
    status = dem_status_worse(status, report_uncited(r, node->place, "this fact has no source"));
  }
  uint32_t given = 0;
  status = dem_status_worse(status, add_given(r, &o, node->place, &given));
  if (status == DEM_OK || (status == DEM_ERR_INVALID && keeps_key(r))) {
    status = dem_status_worse(status, add_combinations(r, given, node->place));
  }
  return status;
}

// CSV tables --------------------------------------------------------------------------

/// What the rows of one table share.
typedef struct table {
  fact_reader *r;
  dem_place place;   ///< Of the table's name in the YAML file.
  uint32_t *columns; ///< Each column's field, or a word about facts. NULL before the first row.
  dem_word row[DEM_MAX_FIELDS]; ///< Values of the fields that have no column.
  bool has_cite;                ///< A column says each row's sources.
  bool is_reported;             ///< That rows lack a source.
  dem_slice cite;               ///< The cell that was read last as citations, and what it said:
  origin cited;                 ///< rows of one source tend to follow each other.
} table;

static dem_status resolve_columns(table *t, const dem_node *header, size_t count)
{
  fact_reader *const r = t->r;
  uint64_t seen = 0;
  t->columns = DEM_ARENA_ARRAY(&r->reader->model->arena, uint32_t, count);
  DEM_TRY_MEMORY(t->columns);
  dem_status status = DEM_OK;
  for (size_t i = 0; i < count; ++i) {
    const uint32_t field = resolve_key(r, header[i].text, header[i].place);
    t->columns[i] = field;
    t->has_cite = t->has_cite || field == ABOUT_CITE;
    seen |= field < DEM_MAX_FIELDS ? UINT64_C(1) << field : 0;
    status = field == DEM_NONE ? DEM_ERR_INVALID : status;
  }
  for (uint32_t i = 0; i < r->shape->field_count; ++i) {
    if (!(seen >> i & 1)) {
      status = dem_status_worse(status, fill_missing(r, i, header[0].place, &t->row[i]));
    }
  }
  return status;
}

/// Count or list the citations of a cell, which ";" separates.
static size_t split_citations(const dem_node *cell, dem_node *nodes)
{
  size_t count = 0;
  size_t at = 0;
  while (at < cell->text.size) {
    size_t end = at;
    while (end < cell->text.size && cell->text.bytes[end] != ';') {
      ++end;
    }
    const dem_slice one = dem_slice_trim((dem_slice){cell->text.bytes + at, end - at});
    if (one.size) {
      if (nodes) {
        nodes[count] = *cell;
        nodes[count].text = one;
      }
      ++count;
    }
    at = end + 1;
  }
  return count;
}

static dem_status read_cite_cell(table *t, const dem_node *cell, origin *out)
{
  dem_arena *const arena = &t->r->reader->model->arena;
  if (t->cite.size == 0 || !dem_slice_is_equal(t->cite, cell->text)) {
    const size_t count = split_citations(cell, NULL);
    dem_node *const nodes = DEM_ARENA_ARRAY(arena, dem_node, count);
    const dem_node **const items = DEM_ARENA_ARRAY(arena, const dem_node *, count);
    t->cite = (dem_slice){dem_arena_copy(arena, cell->text), cell->text.size};
    if (!nodes || !items || !t->cite.bytes) {
      return DEM_ERR_NO_MEMORY;
    }
    (void)split_citations(cell, nodes);
    for (size_t i = 0; i < count; ++i) {
      items[i] = &nodes[i];
    }
    const dem_node list = {
        .kind = DEM_NODE_SEQUENCE, .place = cell->place, .count = count, .items = items};
    DEM_TRY(read_about(t->r->reader, ABOUT_CITE, &list, &t->cited));
  }
  out->is_cited = t->cited.is_cited;
  out->given.citations = t->cited.given.citations;
  out->given.citation_count = t->cited.given.citation_count;
  return DEM_OK;
}

static dem_status read_cells(table *t, const dem_node *cells, size_t count, origin *o)
{
  dem_status status = DEM_OK;
  for (size_t i = 0; i < count; ++i) {
    const uint32_t field = t->columns[i];
    dem_node cell = cells[i];
    if (field >= DEM_MAX_FIELDS || t->r->shape->fields[field].type.kind != DEM_TYPE_TEXT) {
      cell.text = dem_slice_trim(cell.text); // Spaces belong to a text, and to nothing else.
    }
    if (field < DEM_MAX_FIELDS) {
      status = dem_status_worse(status, read_value(t->r, field, &cell, &t->row[field]));
    } else if (!dem_node_is_null(&cell)) {
      status =
          dem_status_worse(status, field == ABOUT_CITE ? read_cite_cell(t, &cell, o)
                                                       : read_about(t->r->reader, field, &cell, o));
    }
  }
  return status;
}

/// Where no column could hold it, a missing source is one mistake, not one a row.
static dem_status check_cited(table *t, const origin *o, dem_place place)
{
  if (o->is_cited || (t->is_reported && !t->has_cite)) {
    return o->is_cited ? DEM_OK : DEM_ERR_INVALID;
  }
  t->is_reported = true;
  return report_uncited(t->r, t->has_cite ? place : t->place,
                        t->has_cite ? "this row has no source" : "this table has no source");
}

static dem_status read_table_row(void *context, const dem_node *header, const dem_node *cells,
                                 size_t count)
{
  table *const t = context;
  fact_reader *const r = t->r;
  if (!t->columns) {
    DEM_TRY(resolve_columns(t, header, count));
  }
  origin o = r->defaults;
  uint32_t given = 0;
  dem_status status = read_cells(t, cells, count, &o);
  status = dem_status_worse(status, check_cited(t, &o, cells[0].place));
  status = dem_status_worse(status, add_given(r, &o, cells[0].place, &given));
  if (status == DEM_ERR_INVALID &&
      (r->shape->key == DEM_NONE || t->row[r->shape->key] == DEM_ABSENT)) {
    return DEM_OK; // Reported: go on with the next row.
  }
  if (status != DEM_OK && status != DEM_ERR_INVALID) {
    return status;
  }
  DEM_TRY(count_facts(r, 1, cells[0].place));
  dem_word *row = NULL;
  DEM_TRY(add_row(r, given, &row));
  for (uint32_t i = 0; i < r->shape->field_count; ++i) {
    row[i] = t->row[i];
  }
  return DEM_OK;
}

static dem_status read_table(fact_reader *r, const dem_node *node)
{
  static const char *const keys[] = {"csv", "cite", "as_of", "from", "until", NULL};
  const bool had_unread_facts = r->reader->has_unread_facts;
  r->reader->has_unread_facts = true; // Until the table is read to its end.
  dem_status status = dem_keys_check(r->reader, node, keys);
  const dem_node *const path = dem_node_find(node, "csv");
  if (path->kind != DEM_NODE_SCALAR) {
    return dem_diagnose(r->reader->diagnostics, DEM_DIAG_WRONG_SHAPE, path->place,
                        "'csv' is the path of a file");
  }
  for (uint32_t i = 0; i < ABOUT_END - ABOUT_CITE; ++i) {
    const dem_node *const about = dem_node_find(node, about_words[i]);
    if (about) {
      status = dem_status_worse(status, read_about(r->reader, ABOUT_CITE + i, about, &r->defaults));
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
  table t = {.r = r, .place = path->place};
  const dem_status read = dem_csv_read(&context, file, read_table_row, &t);
  if (read == DEM_OK) {
    r->reader->has_unread_facts = had_unread_facts;
  }
  const bool has_errors = r->reader->diagnostics->error_count > errors;
  return dem_status_worse(dem_status_worse(status, read), has_errors ? DEM_ERR_INVALID : DEM_OK);
}

// Files -------------------------------------------------------------------------------

static dem_status read_relation(fact_reader *r, const dem_entry *entry)
{
  r->relation = dem_relation_resolve(r->reader, entry->key, entry->key_place);
  if (r->relation == DEM_NONE) {
    return DEM_ERR_INVALID;
  }
  r->shape = &r->reader->model->relations[r->relation];
  memset(r->keys, 0, sizeof r->keys);
  const dem_node *const node = entry->value;
  if (node->kind == DEM_NODE_MAPPING && dem_node_find(node, "csv")) {
    const origin defaults = r->defaults;
    const dem_status status = read_table(r, node);
    r->defaults = defaults;
    return status;
  }
  if (dem_node_is_null(node)) {
    return DEM_OK; // A list whose items are not written yet.
  }
  if (node->kind != DEM_NODE_SEQUENCE) {
    r->reader->has_unread_facts = true;
    return dem_diagnose(r->reader->diagnostics, DEM_DIAG_WRONG_SHAPE, node->place,
                        "a list of facts, or {csv: FILE}, is wanted here, not %s",
                        dem_node_describe(node));
  }
  dem_status status = DEM_OK;
  for (size_t i = 0; i < node->count && status != DEM_ERR_LIMIT && status != DEM_ERR_NO_MEMORY;
       ++i) {
    status = dem_status_worse(status, read_fact(r, node->items[i]));
  }
  return status;
}

dem_status dem_facts_read(dem_reader *reader, const dem_node *root, dem_file_finder *find_file,
                          void *finder_context)
{
  const dem_node *const facts = dem_node_find(root, "facts");
  fact_reader r = {.reader = reader, .find_file = find_file, .finder_context = finder_context};
  if (!facts || dem_node_is_null(facts)) {
    return DEM_OK;
  }
  dem_status status = read_defaults(reader, root, &r.defaults);
  if (facts->kind != DEM_NODE_MAPPING) {
    reader->has_unread_facts = true;
    return dem_diagnose(reader->diagnostics, DEM_DIAG_WRONG_SHAPE, facts->place,
                        "'facts' is a mapping from relations to lists of facts, not %s",
                        dem_node_describe(facts));
  }
  for (size_t i = 0; i < facts->count; ++i) {
    status = dem_status_worse(status, read_relation(&r, &facts->entries[i]));
  }
  return status;
}
