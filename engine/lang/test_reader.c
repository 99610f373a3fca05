// SPDX-License-Identifier: Apache-2.0

// A pack's tests: YAML → profiles with what is expected of them.
//
// Names, types and references are checked by the readers that facts and rules are checked with, on
// a copy of the model that has symbols, files and memory of its own: the pack stays as it is.

#include "lang/test_reader.h"

#include "base/try.h"
#include "lang/fact_reader.h"
#include "lang/reader.h"
#include "text/yaml.h"

/// Most facts that the lists of one expectation may stand for.
enum { MOST_EXPECTED = 10000 };

typedef struct test_reader {
  const dem_test_reading *in;
  dem_model scratch; ///< The pack's model with other symbols, files and memory.
  dem_reader reader;
  dem_pack_test *test; ///< That is being read.
} test_reader;

static dem_status reject(test_reader *r, dem_place place, const char *wanted, const dem_node *node)
{
  return dem_diagnose(r->in->diagnostics, DEM_DIAG_WRONG_SHAPE, place, "%s, not %s", wanted,
                      dem_node_describe(node));
}

// Expected facts ----------------------------------------------------------------------

/// One field of an expectation: the values that its list stands for, or its one value.
typedef struct choice {
  uint32_t field;
  uint32_t first; ///< Of its terms.
  uint32_t count;
} choice;

typedef struct fact_reading {
  uint32_t relation;
  choice fields[DEM_MAX_FIELDS];
  uint32_t field_count;
  dem_vector terms; ///< dem_expected_term
} fact_reading;

static dem_status read_value(test_reader *r, fact_reading *f, uint32_t field, const dem_node *node)
{
  dem_expected_term term = {.field = field, .place = node->place};
  DEM_TRY(dem_constant_read(&r->reader, f->relation, field, node, &term.word));
  term.text = node->text;
  return dem_vector_add(&f->terms, &term) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_status read_field(test_reader *r, fact_reading *f, const dem_entry *entry)
{
  const uint32_t field = dem_field_resolve(&r->reader, f->relation, entry->key, entry->key_place);
  if (field == DEM_NONE) {
    return DEM_ERR_INVALID;
  }
  const dem_node *const node = entry->value;
  const bool is_list = node->kind == DEM_NODE_SEQUENCE;
  const size_t count = is_list ? node->count : 1;
  if (count == 0) {
    return dem_diagnose(r->in->diagnostics, DEM_DIAG_WRONG_SHAPE, node->place,
                        "an empty list stands for no fact at all");
  }
  choice *const c = &f->fields[f->field_count++];
  *c = (choice){.field = field, .first = (uint32_t)f->terms.count};
  dem_status status = DEM_OK;
  for (size_t i = 0; i < count && status != DEM_ERR_NO_MEMORY; ++i) {
    status = dem_status_worse(status, read_value(r, f, field, is_list ? node->items[i] : node));
  }
  c->count = (uint32_t)f->terms.count - c->first;
  return status;
}

/// The facts that the lists stand for: every combination, the last field's values first.
static dem_status add_combinations(test_reader *r, const fact_reading *f, dem_expected expected,
                                   dem_place place)
{
  uint32_t at[DEM_MAX_FIELDS] = {0};
  for (;;) {
    dem_expected_term *const terms =
        DEM_ARENA_ARRAY(r->in->arena, dem_expected_term, f->field_count);
    DEM_TRY_MEMORY(terms);
    for (uint32_t i = 0; i < f->field_count; ++i) {
      terms[i] = DEM_VECTOR_AT(&f->terms, dem_expected_term, f->fields[i].first + at[i]);
    }
    const dem_expected_fact fact = {expected, f->relation, f->field_count, terms, place};
    if (!dem_vector_add(&r->test->facts, &fact)) {
      return DEM_ERR_NO_MEMORY;
    }
    uint32_t last = f->field_count;
    while (last > 0 && ++at[last - 1] == f->fields[last - 1].count) {
      at[--last] = 0;
    }
    if (last == 0) {
      return DEM_OK;
    }
  }
}

static dem_status check_combinations(test_reader *r, const fact_reading *f, dem_place place)
{
  uint64_t count = 1;
  for (uint32_t i = 0; i < f->field_count && count <= MOST_EXPECTED; ++i) {
    count *= f->fields[i].count;
  }
  return count <= MOST_EXPECTED
             ? DEM_OK
             : dem_diagnose(r->in->diagnostics, DEM_DIAG_LIMIT, place,
                            "these lists stand for more than %d facts", (int)MOST_EXPECTED);
}

static dem_status read_fact_into(test_reader *r, fact_reading *f, dem_expected expected,
                                 const dem_node *node)
{
  dem_status status = DEM_OK;
  if (node->count > DEM_MAX_FIELDS) { // Then some name no field, or one twice.
    return dem_diagnose(r->in->diagnostics, DEM_DIAG_WRONG_SHAPE, node->place,
                        "a fact has at most %d fields", (int)DEM_MAX_FIELDS);
  }
  for (size_t i = 0; i < node->count && status != DEM_ERR_NO_MEMORY; ++i) {
    status = dem_status_worse(status, read_field(r, f, &node->entries[i]));
  }
  DEM_TRY(status);
  DEM_TRY(check_combinations(r, f, node->place));
  return add_combinations(r, f, expected, node->place);
}

static dem_status read_fact(test_reader *r, dem_expected expected, uint32_t relation,
                            const dem_node *node)
{
  if (node->kind != DEM_NODE_MAPPING) {
    return reject(r, node->place, "an expected fact is a mapping from some of its fields to values",
                  node);
  }
  fact_reading f = {.relation = relation};
  dem_vector_init(&f.terms, r->in->arena->allocator, sizeof(dem_expected_term));
  const dem_status status = read_fact_into(r, &f, expected, node);
  dem_vector_clear(&f.terms);
  return status;
}

static dem_status read_relation(test_reader *r, dem_expected expected, const dem_entry *entry)
{
  const uint32_t relation = dem_relation_resolve(&r->reader, entry->key, entry->key_place);
  const dem_node *const list = entry->value;
  if (relation == DEM_NONE) {
    return DEM_ERR_INVALID;
  }
  if (list->kind != DEM_NODE_SEQUENCE) {
    return reject(r, list->place, "a list of facts is wanted here", list);
  }
  if (list->count == 0) {
    const dem_status status = dem_diagnose(r->in->diagnostics, DEM_DIAG_WRONG_SHAPE, list->place,
                                           "an empty list expects nothing");
    dem_diagnose_note(r->in->diagnostics, "that there is no such fact is 'never: {%.*s: [{}]}'",
                      (int)entry->key.size, entry->key.bytes);
    return status;
  }
  dem_status status = DEM_OK;
  for (size_t i = 0; i < list->count && status != DEM_ERR_NO_MEMORY; ++i) {
    status = dem_status_worse(status, read_fact(r, expected, relation, list->items[i]));
  }
  return status;
}

static dem_status read_relations(test_reader *r, dem_expected expected, const dem_node *node)
{
  if (node->kind != DEM_NODE_MAPPING) {
    return reject(r, node->place, "a mapping from relations to lists of facts is wanted here",
                  node);
  }
  dem_status status = DEM_OK;
  for (size_t i = 0; i < node->count && status != DEM_ERR_NO_MEMORY; ++i) {
    status = dem_status_worse(status, read_relation(r, expected, &node->entries[i]));
  }
  return status;
}

// Citations and questions ----------------------------------------------------------------

static dem_status read_citation(test_reader *r, const dem_node *node)
{
  const dem_citation *citations = NULL;
  uint32_t count = 0;
  if (node->kind != DEM_NODE_SCALAR) {
    return reject(r, node->place, "a citation is 'source' or 'source/section'", node);
  }
  DEM_TRY(dem_citations_read(&r->reader, node, &citations, &count));
  const dem_expected_citation cite = {citations[0], node->text, node->place};
  return dem_vector_add(&r->test->cites, &cite) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_slice field_of(const test_reader *r, uint32_t question)
{
  return dem_symbols_text(r->in->model->symbols, r->in->model->questions[question].field);
}

static dem_status reject_question(test_reader *r, const dem_node *node)
{
  const uint32_t count = r->in->model->question_count;
  const dem_status status =
      dem_diagnose(r->in->diagnostics, DEM_DIAG_UNKNOWN_QUESTION, node->place,
                   "no question is called '%.*s'", (int)node->text.size, node->text.bytes);
  dem_slice *const fields = DEM_ARENA_ARRAY(r->in->arena, dem_slice, count);
  DEM_TRY_MEMORY(fields);
  for (uint32_t i = 0; i < count; ++i) {
    fields[i] = field_of(r, i);
  }
  const dem_slice nearest = dem_nearest(node->text, fields, count);
  if (nearest.size) {
    dem_diagnose_label(r->in->diagnostics, "did you mean '%.*s'?", (int)nearest.size,
                       nearest.bytes);
  }
  return status;
}

static dem_status read_question(test_reader *r, const dem_node *node)
{
  if (node->kind != DEM_NODE_SCALAR) {
    return reject(r, node->place, "a question is the name of a profile's field", node);
  }
  for (uint32_t i = 0; i < r->in->model->question_count; ++i) {
    if (dem_slice_is_equal(field_of(r, i), node->text)) {
      const dem_expected_question ask = {i, node->place};
      return dem_vector_add(&r->test->asks, &ask) ? DEM_OK : DEM_ERR_NO_MEMORY;
    }
  }
  return reject_question(r, node);
}

typedef dem_status item_reader(test_reader *r, const dem_node *node);

static dem_status read_list(test_reader *r, const dem_node *list, item_reader *read)
{
  if (list->kind != DEM_NODE_SEQUENCE || list->count == 0) {
    return reject(r, list->place, "a list with something in it is wanted here", list);
  }
  dem_status status = DEM_OK;
  for (size_t i = 0; i < list->count && status != DEM_ERR_NO_MEMORY; ++i) {
    status = dem_status_worse(status, read(r, list->items[i]));
  }
  return status;
}

// Tests -------------------------------------------------------------------------------

static dem_status read_expectation(test_reader *r, const dem_entry *entry)
{
  if (dem_slice_is(entry->key, "possible")) {
    return read_relations(r, DEM_EXPECTED_POSSIBLE, entry->value);
  }
  if (dem_slice_is(entry->key, "never")) {
    return read_relations(r, DEM_EXPECTED_NEVER, entry->value);
  }
  if (dem_slice_is(entry->key, "cites")) {
    return read_list(r, entry->value, read_citation);
  }
  if (dem_slice_is(entry->key, "asks")) {
    return read_list(r, entry->value, read_question);
  }
  return read_relation(r, DEM_EXPECTED_CERTAIN, entry);
}

static dem_status read_expectations(test_reader *r, const dem_node *node, dem_place place)
{
  if (!node) {
    return dem_diagnose(r->in->diagnostics, DEM_DIAG_MISSING_KEY, place,
                        "'expect' is missing: the test could not fail");
  }
  if (node->kind != DEM_NODE_MAPPING || node->count == 0) {
    return reject(r, node->place,
                  "'expect' is a mapping with relations, possible, never, cites "
                  "or asks",
                  node);
  }
  dem_status status = DEM_OK;
  for (size_t i = 0; i < node->count && status != DEM_ERR_NO_MEMORY; ++i) {
    status = dem_status_worse(status, read_expectation(r, &node->entries[i]));
  }
  return status;
}

static dem_status read_name(test_reader *r, const dem_node *node)
{
  const dem_node *const name = dem_node_find(node, "name");
  if (!name) {
    return dem_diagnose(r->in->diagnostics, DEM_DIAG_MISSING_KEY, node->place,
                        "'name' is missing: one sentence that says what the test shows");
  }
  if (name->kind != DEM_NODE_SCALAR || name->text.size == 0) {
    return reject(r, name->place, "a test's name is a text", name);
  }
  r->test->name = name->text;
  r->test->place = name->place;
  return DEM_OK;
}

/// What is left out is an open question: a test without a profile leaves all of them open.
static dem_status read_profile(test_reader *r, const dem_node *node)
{
  const dem_node *const profile = dem_node_find(node, "profile");
  if (!profile) {
    dem_node *const empty = DEM_ARENA_NEW(r->in->arena, dem_node);
    DEM_TRY_MEMORY(empty);
    *empty = (dem_node){.kind = DEM_NODE_MAPPING, .place = node->place};
    r->test->profile = empty;
    return DEM_OK;
  }
  r->test->profile = profile;
  return profile->kind == DEM_NODE_MAPPING
             ? DEM_OK
             : reject(r, profile->place, "a profile is a mapping from questions to answers",
                      profile);
}

static dem_status read_test(test_reader *r, const dem_node *node)
{
  static const char *const keys[] = {"name", "profile", "date", "expect", NULL};
  if (node->kind != DEM_NODE_MAPPING) {
    return reject(r, node->place, "a test is a mapping with 'name', 'profile' and 'expect'", node);
  }
  dem_status status = dem_keys_check(&r->reader, node, keys);
  status = dem_status_worse(status, read_name(r, node));
  status = dem_status_worse(status, read_profile(r, node));
  const dem_node *const date = dem_node_find(node, "date");
  if (date) {
    r->test->has_date = true;
    status = dem_status_worse(status, dem_day_read(&r->reader, date, &r->test->date));
  }
  return dem_status_worse(status,
                          read_expectations(r, dem_node_find(node, "expect"), r->test->place));
}

/// References are checked test by test, so that the one that is wrong is known.
static dem_status check_references(test_reader *r)
{
  const dem_status status = dem_references_finish(&r->reader);
  dem_vector_reset(&r->reader.uses);
  return status;
}

static dem_status add_test(test_reader *r, const dem_node *node, dem_vector *tests)
{
  const dem_allocator allocator = r->in->arena->allocator;
  dem_pack_test test = {.place = node->place};
  dem_vector_init(&test.facts, allocator, sizeof(dem_expected_fact));
  dem_vector_init(&test.cites, allocator, sizeof(dem_expected_citation));
  dem_vector_init(&test.asks, allocator, sizeof(dem_expected_question));
  r->test = &test;
  dem_status status = read_test(r, node);
  status = dem_status_worse(status, check_references(r));
  test.is_broken = status != DEM_OK;
  if (status == DEM_ERR_NO_MEMORY || !dem_vector_add(tests, &test)) {
    dem_pack_test_clear(&test);
    return DEM_ERR_NO_MEMORY;
  }
  return status;
}

static dem_status read_root(test_reader *r, const dem_node *root, dem_vector *tests)
{
  static const char *const keys[] = {"tests", NULL};
  if (root->kind == DEM_NODE_SCALAR && dem_node_is_null(root)) {
    return DEM_OK; // An empty file, or one of comments alone.
  }
  if (root->kind != DEM_NODE_MAPPING) {
    return reject(r, root->place, "a file of tests is a mapping with 'tests'", root);
  }
  dem_status status = dem_keys_check(&r->reader, root, keys);
  const dem_node *const list = dem_node_find(root, "tests");
  if (!list) {
    return dem_status_worse(status, dem_diagnose(r->in->diagnostics, DEM_DIAG_MISSING_KEY,
                                                 root->place, "'tests' is missing"));
  }
  if (list->kind != DEM_NODE_SEQUENCE) {
    return dem_status_worse(status, reject(r, list->place, "'tests' is a list", list));
  }
  for (size_t i = 0; i < list->count && status != DEM_ERR_NO_MEMORY; ++i) {
    status = dem_status_worse(status, add_test(r, list->items[i], tests));
  }
  return status;
}

static dem_status read_file(test_reader *r, dem_file_id file, dem_vector *tests)
{
  dem_vector roots;
  dem_vector_init(&roots, r->in->arena->allocator, sizeof(const dem_node *));
  const dem_reader_context context = {.arena = r->in->arena,
                                      .files = r->in->files,
                                      .diagnostics = r->in->diagnostics,
                                      .limits = r->in->limits};
  dem_status status = dem_yaml_read(&context, file, &roots);
  for (size_t i = 0; i < roots.count && status != DEM_ERR_NO_MEMORY; ++i) {
    status =
        dem_status_worse(status, read_root(r, DEM_VECTOR_AT(&roots, const dem_node *, i), tests));
  }
  dem_vector_clear(&roots);
  return status;
}

dem_status dem_tests_read(const dem_test_reading *reading, dem_file_id file, dem_vector *tests)
{
  const dem_allocator allocator = reading->arena->allocator;
  test_reader r = {.in = reading, .scratch = *reading->model};
  dem_arena_init(&r.scratch.arena, allocator);
  r.scratch.symbols = dem_symbols_new(allocator, reading->model->symbols);
  DEM_TRY_MEMORY(r.scratch.symbols);
  r.scratch.files = *reading->files; // Read only: names and lines for notes.
  r.reader = (dem_reader){
      .model = &r.scratch, .diagnostics = reading->diagnostics, .limits = reading->limits};
  dem_vector_init(&r.reader.uses, allocator, sizeof(dem_reference_use));
  // What rules derive is known at run time only; the checker looks for that among the reader's
  // rules, which are read only here.
  r.reader.rules = (dem_vector){.allocator = allocator,
                                .items = reading->model->rules,
                                .count = reading->model->rule_count,
                                .item_size = sizeof(dem_rule)};
  const dem_status status = read_file(&r, file, tests);
  dem_vector_clear(&r.reader.uses);
  dem_symbols_free(r.scratch.symbols);
  dem_arena_clear(&r.scratch.arena);
  return status;
}

void dem_pack_test_clear(dem_pack_test *test)
{
  dem_vector_clear(&test->facts);
  dem_vector_clear(&test->cites);
  dem_vector_clear(&test->asks);
}
