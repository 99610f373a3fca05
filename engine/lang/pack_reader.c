// SPDX-License-Identifier: Apache-2.0

// A pack's files → its checked, typed model.
//
// Files are taken by path, whatever order they come in. What others refer to is read first: the
// schema, the sources, the profile's fields, then facts, then rules. What is wrong in one part does
// not keep the rest from being checked, except that nothing can be checked without a schema.

#include "lang/pack_reader.h"

#include <stdlib.h>

#include "base/try.h"
#include "lang/fact_reader.h"
#include "lang/language_reader.h"
#include "lang/open_rule.h"
#include "lang/pack_hash.h"
#include "lang/question_reader.h"
#include "lang/rule_reader.h"
#include "lang/scalar.h"
#include "lang/schema.h"
#include "lang/shuffle.h"
#include "lang/source_reader.h"
#include "text/document_image.h"
#include "text/yaml.h"

/// The version of the language that this engine reads: what a pack's `engine` may ask for at most.
enum { ENGINE_MAJOR = 0, ENGINE_MINOR = 1 };

/// A file of the pack, read if it is YAML.
typedef struct pack_document {
  dem_file_id file;
  dem_slice path;
  const dem_node *root; ///< NULL when it is not YAML, or could not be read.
  dem_status status;    ///< Of reading it.
} pack_document;

typedef struct pack_reader {
  dem_reader reader;
  const dem_pack_file **files; ///< Sorted by path.
  pack_document *documents;    ///< One a file.
  size_t count;
  dem_shuffle *shuffle; ///< Decides the order of what has none; NULL: as it stands there.
} pack_reader;

static bool begins_with(dem_slice text, const char *prefix)
{
  const size_t size = strlen(prefix);
  return text.size >= size && memcmp(text.bytes, prefix, size) == 0;
}

static bool ends_with(dem_slice text, const char *suffix)
{
  const size_t size = strlen(suffix);
  return text.size >= size && memcmp(text.bytes + text.size - size, suffix, size) == 0;
}

static bool is_yaml(dem_slice path)
{
  return ends_with(path, ".yaml") || ends_with(path, ".yml");
}

static bool is_part(dem_slice path)
{
  return begins_with(path, "kb/") || begins_with(path, "rules/");
}

static bool is_reserved(dem_slice path)
{
  return dem_slice_is(path, "kb/pack.yaml") || dem_slice_is(path, "kb/schema.yaml") ||
         dem_slice_is(path, "kb/profile.yaml") || begins_with(path, "kb/lang/");
}

// Files -------------------------------------------------------------------------------

static int compare_files(const void *left, const void *right)
{
  const dem_pack_file *const *const a = left;
  const dem_pack_file *const *const b = right;
  return dem_slice_compare((*a)->path, (*b)->path);
}

static dem_status sort_files(pack_reader *p, const dem_pack_file *files, size_t count)
{
  dem_arena *const arena = &p->reader.model->arena;
  p->files = DEM_ARENA_ARRAY(arena, const dem_pack_file *, count);
  p->documents = DEM_ARENA_ARRAY(arena, pack_document, count);
  DEM_TRY_MEMORY(p->files);
  DEM_TRY_MEMORY(p->documents);
  for (size_t i = 0; i < count; ++i) {
    if (is_part(files[i].path)) {
      p->files[p->count++] = &files[i];
    }
  }
  if (p->count) {
    qsort(p->files, p->count, sizeof *p->files, compare_files);
  }
  return DEM_OK;
}

static void shuffle_files(pack_reader *p)
{
  for (size_t i = p->count; i > 1; --i) {
    const size_t other = dem_shuffle_below(p->shuffle, (uint32_t)i);
    const dem_pack_file *const last = p->files[i - 1];
    p->files[i - 1] = p->files[other];
    p->files[other] = last;
  }
}

/// Whether a file's lists have no order: those of facts and rules. Where the schema, the profile or
/// a source has a list, its order is for people.
static bool has_no_order(dem_slice path)
{
  return begins_with(path, "rules/") || !is_reserved(path);
}

static dem_status read_yaml(pack_reader *p, pack_document *document)
{
  dem_model *const model = p->reader.model;
  dem_vector roots;
  dem_vector_init(&roots, model->arena.allocator, sizeof(const dem_node *));
  const dem_reader_context context = {.arena = &model->arena,
                                      .files = &model->files,
                                      .diagnostics = p->reader.diagnostics,
                                      .limits = p->reader.limits};
  dem_status status = dem_yaml_read(&context, document->file, &roots);
  if (roots.count > 0) {
    document->root = DEM_VECTOR_AT(&roots, const dem_node *, 0);
  }
  if (roots.count > 1) {
    const dem_node *const second = DEM_VECTOR_AT(&roots, const dem_node *, 1);
    status = dem_status_worse(
        status, dem_diagnose(p->reader.diagnostics, DEM_DIAG_WRONG_SHAPE, second->place,
                             "a pack's file holds one document, this is a second"));
  }
  dem_vector_clear(&roots);
  return status;
}

static dem_status read_image(pack_reader *p, dem_slice image, pack_document *document)
{
  document->root = dem_document_image_read(image, document->file, &p->reader.model->arena);
  return document->root ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_status read_document(pack_reader *p, size_t index)
{
  pack_document *const document = &p->documents[index];
  const dem_pack_file *const file = p->files[index];
  dem_model *const model = p->reader.model;
  const dem_slice language = dem_language_of_path(file->path);
  const bool is_passed_over = language.size > 0 && !dem_language_is_wanted(model, language);
  document->path = file->path;
  // Of a language that is not read only the name is kept.
  const dem_slice bytes = is_passed_over ? DEM_SLICE("") : file->bytes;
  document->file =
      (file->image.size ? dem_files_add_lasting : dem_files_add)(&model->files, file->path, bytes);
  if (document->file.index == UINT32_MAX) {
    return DEM_ERR_NO_MEMORY;
  }
  document->path = dem_files_name(&model->files, document->file);
  if (is_passed_over || !is_yaml(document->path)) {
    return DEM_OK;
  }
  dem_status status =
      file->image.size ? read_image(p, file->image, document) : read_yaml(p, document);
  if (document->root && p->shuffle && has_no_order(document->path)) {
    document->root = dem_shuffle_lists(p->shuffle, document->root, &model->arena);
    status = document->root ? status : DEM_ERR_NO_MEMORY;
  }
  return status;
}

static const dem_node *find_root(const pack_reader *p, const char *path)
{
  for (size_t i = 0; i < p->count; ++i) {
    if (dem_slice_is(p->documents[i].path, path)) {
      return p->documents[i].root;
    }
  }
  return NULL;
}

/// A path is relative to the folder of the file that names it, and stays in it: ".." is not
/// followed.
static dem_file_id find_file(void *context, dem_slice from, dem_slice path)
{
  const pack_reader *const p = context;
  if (begins_with(path, "./")) {
    path = (dem_slice){path.bytes + 2, path.size - 2};
  }
  size_t folder = from.size;
  while (folder > 0 && from.bytes[folder - 1] != '/') {
    --folder;
  }
  for (size_t i = 0; i < p->count; ++i) {
    const dem_slice known = p->documents[i].path;
    if (known.size == folder + path.size && memcmp(known.bytes, from.bytes, folder) == 0 &&
        memcmp(known.bytes + folder, path.bytes, path.size) == 0) {
      return p->documents[i].file;
    }
  }
  return (dem_file_id){UINT32_MAX};
}

// pack.yaml ---------------------------------------------------------------------------

/// That a file which every pack has is not there, or empty, if that was not reported otherwise.
static dem_status report_missing(pack_reader *p, const char *path)
{
  for (size_t i = 0; i < p->count; ++i) {
    const pack_document *const document = &p->documents[i];
    if (!dem_slice_is(document->path, path)) {
      continue;
    }
    return document->status != DEM_OK
               ? document->status
               : dem_diagnose(p->reader.diagnostics, DEM_DIAG_EMPTY_DOCUMENT,
                              (dem_place){.file = document->file}, "nothing is in it");
  }
  return dem_diagnose(p->reader.diagnostics, DEM_DIAG_CANNOT_READ, DEM_PLACE_NONE,
                      "the pack has no %s", path);
}

/// "0.1" or "0.1.0": a pack that asks for a later engine than this one is refused.
static dem_status check_engine(pack_reader *p, const dem_node *node)
{
  unsigned long parts[2] = {0, 0};
  if (!node) {
    return DEM_OK;
  }
  size_t part = 0;
  bool is_version = node->kind == DEM_NODE_SCALAR && node->text.size > 0;
  for (size_t i = 0; is_version && i < node->text.size; ++i) {
    const char byte = node->text.bytes[i];
    if (byte == '.') {
      ++part;
    } else if (byte < '0' || byte > '9') {
      is_version = false;
    } else if (part < 2 && parts[part] < 1000000) {
      parts[part] = parts[part] * 10 + (unsigned long)(byte - '0');
    }
  }
  if (!is_version) {
    return dem_diagnose(p->reader.diagnostics, DEM_DIAG_WRONG_VERSION, node->place,
                        "'engine' is a version, as 0.1");
  }
  if (parts[0] > ENGINE_MAJOR || (parts[0] == ENGINE_MAJOR && parts[1] > ENGINE_MINOR)) {
    return dem_diagnose(p->reader.diagnostics, DEM_DIAG_WRONG_VERSION, node->place,
                        "the pack needs engine %.*s; this one is %d.%d", (int)node->text.size,
                        node->text.bytes, (int)ENGINE_MAJOR, (int)ENGINE_MINOR);
  }
  return DEM_OK;
}

static dem_status read_stale_after(pack_reader *p, const dem_node *node)
{
  const dem_type type = {.kind = DEM_TYPE_INTEGER, .storage = DEM_STORAGE_INTEGER};
  dem_word word = 0;
  if (!node) {
    return DEM_OK;
  }
  if (node->kind != DEM_NODE_SCALAR ||
      dem_scalar_read(p->reader.model->symbols, &type, node->text, &word) != DEM_SCALAR_OK ||
      dem_word_integer(word) < 0) {
    return dem_diagnose(p->reader.diagnostics, DEM_DIAG_WRONG_TYPE, node->place,
                        "'stale_after' is a number of days");
  }
  p->reader.model->stale_after = dem_word_integer(word);
  return DEM_OK;
}

static dem_status name_languages(pack_reader *p, const dem_node *list)
{
  dem_status status = dem_languages_name(&p->reader, list, p->count);
  for (size_t i = 0; i < p->count && status != DEM_ERR_NO_MEMORY; ++i) {
    const pack_document *const document = &p->documents[i];
    const dem_slice code = dem_language_of_path(document->path);
    if (code.size && is_yaml(document->path)) {
      status = dem_status_worse(
          status, dem_language_meet(&p->reader, code, (dem_place){.file = document->file}));
    }
  }
  return dem_status_worse(status, dem_languages_finish(&p->reader));
}

static dem_status read_pack_file(pack_reader *p)
{
  static const char *const keys[] = {"name",   "version", "title",       "about",   "languages",
                                     "engine", "date",    "stale_after", "licence", NULL};
  dem_model *const model = p->reader.model;
  const dem_node *const root = find_root(p, "kb/pack.yaml");
  if (!root) {
    return report_missing(p, "kb/pack.yaml");
  }
  if (root->kind != DEM_NODE_MAPPING) {
    return dem_diagnose(p->reader.diagnostics, DEM_DIAG_WRONG_SHAPE, root->place,
                        "pack.yaml is a mapping with 'name', 'version', 'date', not %s",
                        dem_node_describe(root));
  }
  dem_status status = dem_keys_check(&p->reader, root, keys);
  const dem_node *const name = dem_node_find(root, "name");
  if (!name || name->kind != DEM_NODE_SCALAR || name->text.size == 0) {
    status = dem_status_worse(status,
                              dem_diagnose(p->reader.diagnostics, DEM_DIAG_MISSING_KEY,
                                           name ? name->place : root->place, "'name' is missing"));
  }
  const dem_slice text = name && name->kind == DEM_NODE_SCALAR ? name->text : DEM_SLICE("unnamed");
  model->name = dem_symbols_intern(model->symbols, text);
  if (dem_symbol_is_none(model->name)) {
    return DEM_ERR_NO_MEMORY;
  }
  status = dem_status_worse(
      status, dem_text_read(&p->reader, dem_node_find(root, "version"), &model->version));
  status = dem_status_worse(status,
                            dem_text_read(&p->reader, dem_node_find(root, "title"), &model->title));
  status = dem_status_worse(status, check_engine(p, dem_node_find(root, "engine")));
  status = dem_status_worse(status, read_stale_after(p, dem_node_find(root, "stale_after")));
  status = dem_status_worse(status, name_languages(p, dem_node_find(root, "languages")));
  const dem_node *const date = dem_node_find(root, "date");
  return date ? dem_status_worse(status, dem_day_read(&p->reader, date, &model->date)) : status;
}

enum { DAY_2000_01_01 = 10957 }; // Since 1970-01-01.

/// A pack without a date of its own is as of the day on which its newest fact was checked; where
/// no fact says that, of 2000-01-01: any day that is always the same one.
static void settle_date(dem_model *model)
{
  if (model->date != INT64_MIN) {
    return;
  }
  for (size_t i = 0; i < model->givens.count; ++i) {
    const int64_t as_of = DEM_VECTOR_AT(&model->givens, dem_given, i).as_of;
    model->date = as_of > model->date ? as_of : model->date;
  }
  model->date = model->date == INT64_MIN ? DAY_2000_01_01 : model->date;
}

// Sources, facts and rules --------------------------------------------------------------

static dem_status read_sources(pack_reader *p)
{
  dem_vector sources;
  dem_vector_init(&sources, p->reader.model->arena.allocator, sizeof(dem_source));
  dem_status status = DEM_OK;
  for (size_t i = 0; i < p->count; ++i) {
    const dem_slice path = p->documents[i].path;
    if (p->documents[i].root && begins_with(path, "kb/") && !begins_with(path, "kb/lang/")) {
      status =
          dem_status_worse(status, dem_sources_read(&p->reader, p->documents[i].root, &sources));
    }
  }
  status = dem_status_worse(status, dem_sources_finish(&p->reader, &sources));
  dem_vector_clear(&sources);
  return status;
}

static dem_status read_facts_file(pack_reader *p, const pack_document *document)
{
  static const char *const keys[] = {"cite", "as_of", "from", "until", "facts", "sources", NULL};
  if (document->root->kind != DEM_NODE_MAPPING) {
    if (dem_node_is_null(document->root)) {
      return DEM_OK; // An empty file, or one of comments alone.
    }
    return dem_diagnose(p->reader.diagnostics, DEM_DIAG_WRONG_SHAPE, document->root->place,
                        "a kb file is a mapping with 'facts' or 'sources', not %s",
                        dem_node_describe(document->root));
  }
  const dem_status status = dem_keys_check(&p->reader, document->root, keys);
  return dem_status_worse(status, dem_facts_read(&p->reader, document->root, find_file, p));
}

static dem_status init_facts(dem_model *model)
{
  model->facts = DEM_ARENA_ARRAY(&model->arena, dem_given_facts, model->relation_count);
  DEM_TRY_MEMORY(model->facts);
  for (uint32_t i = 0; i < model->relation_count; ++i) {
    dem_vector_init(&model->facts[i].words, model->arena.allocator, sizeof(dem_word));
    dem_vector_init(&model->facts[i].givens, model->arena.allocator, sizeof(uint32_t));
  }
  return DEM_OK;
}

static dem_status read_facts_and_rules(pack_reader *p)
{
  dem_status status = DEM_OK;
  for (size_t i = 0; i < p->count && status != DEM_ERR_NO_MEMORY; ++i) {
    const pack_document *const document = &p->documents[i];
    if (is_reserved(document->path)) {
      continue;
    }
    if (!document->root) {
      p->reader.has_unread_facts = p->reader.has_unread_facts || is_yaml(document->path);
      continue;
    }
    if (begins_with(document->path, "kb/")) {
      status = dem_status_worse(status, read_facts_file(p, document));
    } else if (!dem_node_is_null(document->root)) {
      status = dem_status_worse(status, dem_rules_read(&p->reader, document->root));
    }
  }
  return status;
}

// Rules in order ------------------------------------------------------------------------

/// A rule and where it stood: questions name rules by number.
typedef struct sorted_rule {
  const dem_symbols *symbols;
  dem_rule rule;
  uint32_t before;
} sorted_rule;

static int compare_rules(const void *left, const void *right)
{
  const sorted_rule *const a = left;
  const sorted_rule *const b = right;
  const int order = dem_slice_compare(dem_symbols_text(a->symbols, a->rule.id),
                                      dem_symbols_text(b->symbols, b->rule.id));
  return order ? order : (a->before > b->before) - (a->before < b->before);
}

static dem_status sort_rules(pack_reader *p)
{
  dem_model *const model = p->reader.model;
  const size_t count = p->reader.rules.count;
  sorted_rule *const sorted = DEM_ARENA_ARRAY(&model->arena, sorted_rule, count);
  uint32_t *const after = DEM_ARENA_ARRAY(&model->arena, uint32_t, count);
  model->rules = DEM_ARENA_ARRAY(&model->arena, dem_rule, count);
  if (!sorted || !after || !model->rules) {
    return DEM_ERR_NO_MEMORY;
  }
  for (uint32_t i = 0; i < count; ++i) {
    sorted[i] = (sorted_rule){model->symbols, DEM_VECTOR_AT(&p->reader.rules, dem_rule, i), i};
  }
  if (count) {
    qsort(sorted, count, sizeof *sorted, compare_rules);
  }
  for (uint32_t i = 0; i < count; ++i) {
    model->rules[i] = sorted[i].rule;
    after[sorted[i].before] = i;
  }
  model->rule_count = (uint32_t)count;
  for (uint32_t i = 0; i < model->question_count; ++i) {
    uint32_t *const known = &model->questions[i].known_rule;
    uint32_t *const open = &model->questions[i].open_rule;
    *known = *known == DEM_NONE ? DEM_NONE : after[*known];
    *open = *open == DEM_NONE ? DEM_NONE : after[*open];
  }
  return DEM_OK;
}

// Languages -----------------------------------------------------------------------------

static dem_status read_languages(pack_reader *p)
{
  dem_status status = DEM_OK;
  for (size_t i = 0; i < p->count && status != DEM_ERR_NO_MEMORY; ++i) {
    const pack_document *const document = &p->documents[i];
    const dem_slice code = dem_language_of_path(document->path);
    if (code.size && is_yaml(document->path) && dem_language_is_wanted(p->reader.model, code)) {
      status = dem_status_worse(status, dem_language_read(&p->reader, code, document->root));
    }
  }
  return status;
}

// The whole -----------------------------------------------------------------------------

static dem_status read_parts(pack_reader *p)
{
  dem_model *const model = p->reader.model;
  dem_status status = DEM_OK;
  for (size_t i = 0; i < p->count && status != DEM_ERR_NO_MEMORY; ++i) {
    p->documents[i].status = read_document(p, i);
    status = dem_status_worse(status, p->documents[i].status);
  }
  status = dem_status_worse(status, read_pack_file(p));
  const dem_node *const schema = find_root(p, "kb/schema.yaml");
  const dem_node *const profile = find_root(p, "kb/profile.yaml");
  if (!schema) {
    return dem_status_worse(status, report_missing(p, "kb/schema.yaml"));
  }
  const dem_status schema_status =
      dem_schema_read(&p->reader, schema, dem_questions_hidden_count(profile));
  if (schema_status != DEM_OK) {
    return dem_status_worse(status, schema_status); // Everything else would be wrong because of it.
  }
  status = dem_status_worse(status, read_sources(p));
  if (profile) {
    status = dem_status_worse(status, dem_questions_read(&p->reader, profile));
  }
  status = dem_status_worse(status, init_facts(model));
  if (status == DEM_ERR_NO_MEMORY) {
    return status;
  }
  status = dem_status_worse(status, read_facts_and_rules(p));
  if (status == DEM_ERR_NO_MEMORY) {
    return status;
  }
  status = dem_status_worse(status, dem_rule_ids_finish(&p->reader));
  if (status == DEM_OK) {
    status = dem_open_rules_add(&p->reader); // Of a pack that is refused there is no use for them.
  }
  status = dem_status_worse(status, dem_keys_finish(&p->reader));
  status = dem_status_worse(status, dem_references_finish(&p->reader));
  settle_date(model);
  status = dem_status_worse(status, sort_rules(p));
  // A translation of what is wrong itself would be found wrong because of it.
  return status == DEM_OK ? read_languages(p) : status;
}

static dem_status read_pack(const dem_pack_file *files, size_t count, const dem_text_limits *limits,
                            dem_shuffle *shuffle, dem_model *model, dem_diagnostics *diagnostics)
{
  pack_reader p = {.reader = {.model = model, .diagnostics = diagnostics, .limits = *limits},
                   .shuffle = shuffle};
  const dem_allocator allocator = model->arena.allocator;
  dem_vector_init(&p.reader.rules, allocator, sizeof(dem_rule));
  dem_vector_init(&p.reader.ids, allocator, sizeof(dem_rule_id));
  dem_vector_init(&p.reader.uses, allocator, sizeof(dem_reference_use));
  model->date = INT64_MIN;
  model->symbols = dem_symbols_new(allocator, NULL);
  dem_status status = model->symbols ? sort_files(&p, files, count) : DEM_ERR_NO_MEMORY;
  if (status == DEM_OK) {
    if (model->sha256[0] == '\0') {
      dem_pack_hash(p.files, p.count, model->sha256);
    }
    if (shuffle) {
      shuffle_files(&p);
    }
    status = read_parts(&p);
  }
  dem_vector_clear(&p.reader.uses);
  dem_vector_clear(&p.reader.ids);
  dem_vector_clear(&p.reader.rules);
  dem_diagnostics_sort(diagnostics, &model->files);
  return diagnostics->has_failed ? DEM_ERR_NO_MEMORY : status;
}

dem_status dem_pack_read(const dem_pack_file *files, size_t count, const dem_text_limits *limits,
                         dem_model *model, dem_diagnostics *diagnostics)
{
  return read_pack(files, count, limits, NULL, model, diagnostics);
}

dem_status dem_pack_read_shuffled(const dem_pack_file *files, size_t count,
                                  const dem_text_limits *limits, uint64_t seed, dem_model *model,
                                  dem_diagnostics *diagnostics)
{
  dem_shuffle shuffle = dem_shuffle_new(seed);
  return read_pack(files, count, limits, &shuffle, model, diagnostics);
}
