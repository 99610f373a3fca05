// SPDX-License-Identifier: Apache-2.0

// Keys are unique, and references name rows that there are.

#include <stdlib.h>

#include "base/try.h"
#include "lang/fact_reader.h"
#include "lang/scalar.h"

/// One row of a keyed relation.
typedef struct keyed_row {
  dem_word key;
  int64_t from; ///< First day in force.
  uint32_t row;
} keyed_row;

/// The rows of a relation, sorted by key, then by when they come into force.
typedef struct key_list {
  keyed_row *rows;
  size_t count;
} key_list;

static int compare_rows(const void *left, const void *right)
{
  const keyed_row *const a = left;
  const keyed_row *const b = right;
  if (a->key != b->key) {
    return a->key < b->key ? -1 : 1;
  }
  if (a->from != b->from) {
    return a->from < b->from ? -1 : 1;
  }
  return (a->row > b->row) - (a->row < b->row);
}

static const dem_given *given_of(const dem_model *model, uint32_t relation, uint32_t row)
{
  const uint32_t given = DEM_VECTOR_AT(&model->facts[relation].givens, uint32_t, row);
  return &DEM_VECTOR_AT(&model->givens, dem_given, given);
}

static dem_status list_keys(const dem_model *model, uint32_t relation, dem_arena *arena,
                            key_list *out)
{
  const dem_relation *const r = &model->relations[relation];
  const dem_given_facts *const facts = &model->facts[relation];
  out->count = facts->givens.count;
  out->rows = DEM_ARENA_ARRAY(arena, keyed_row, out->count);
  DEM_TRY_MEMORY(out->rows);
  for (uint32_t i = 0; i < out->count; ++i) {
    const size_t at = (size_t)i * r->field_count + r->key;
    out->rows[i] = (keyed_row){.key = DEM_VECTOR_AT(&facts->words, dem_word, at),
                               .from = given_of(model, relation, i)->from,
                               .row = i};
  }
  if (out->count) {
    qsort(out->rows, out->count, sizeof *out->rows, compare_rows);
  }
  return DEM_OK;
}

// Keys --------------------------------------------------------------------------------

static bool is_same_row(const dem_model *model, uint32_t relation, uint32_t a, uint32_t b)
{
  const size_t width = model->relations[relation].field_count;
  for (size_t i = 0; i < width; ++i) {
    if (DEM_VECTOR_AT(&model->facts[relation].words, dem_word, a * width + i) !=
        DEM_VECTOR_AT(&model->facts[relation].words, dem_word, b * width + i)) {
      return false;
    }
  }
  return true;
}

static dem_status report_twice(dem_reader *reader, uint32_t relation, uint32_t a, uint32_t b)
{
  const dem_model *const model = reader->model;
  const dem_relation *const r = &model->relations[relation];
  const dem_given *const first = given_of(model, relation, a < b ? a : b);
  const dem_given *const second = given_of(model, relation, a < b ? b : a);
  const dem_slice name = dem_symbols_text(model->symbols, r->name);
  const size_t at = (size_t)a * r->field_count + r->key;
  dem_buffer text;
  dem_buffer_init(&text, model->arena.allocator);
  dem_word_write(model->symbols, r->fields[r->key].type.storage,
                 DEM_VECTOR_AT(&model->facts[relation].words, dem_word, at), &text);
  const dem_status status =
      dem_diagnose(reader->diagnostics, DEM_DIAG_DUPLICATE_FACT_KEY, second->place,
                   "%.*s '%.*s' is given twice, with different values", (int)name.size, name.bytes,
                   (int)text.size, text.bytes ? text.bytes : "");
  const dem_slice file = dem_files_name(&model->files, first->place.file);
  dem_diagnose_note(reader->diagnostics, "first at %.*s:%u", (int)file.size, file.bytes,
                    (unsigned)first->place.line);
  dem_buffer_clear(&text);
  return status;
}

/// The rows of one key that end last, of those seen so far: the last of all, and
/// the last of those that say something else. Nothing that begins later can meet others and miss
/// both.
typedef struct latest {
  uint32_t row; ///< DEM_NONE when there is none.
  int64_t until;
} latest;

static void keep_latest(const dem_model *model, uint32_t relation, latest ends[2], latest row)
{
  const bool is_same =
      ends[0].row != DEM_NONE && is_same_row(model, relation, ends[0].row, row.row);
  if (ends[0].row == DEM_NONE || row.until > ends[0].until) {
    if (ends[0].row != DEM_NONE && !is_same) {
      ends[1] = ends[0];
    }
    ends[0] = row;
  } else if (!is_same && (ends[1].row == DEM_NONE || row.until > ends[1].until)) {
    ends[1] = row;
  }
}

/// Rows of one key may differ only where they are not in force at the same time.
/// Cost: linear, however often a row is repeated.
static dem_status check_keys(dem_reader *reader, uint32_t relation, const key_list *keys)
{
  const dem_model *const model = reader->model;
  dem_status status = DEM_OK;
  latest ends[2] = {{DEM_NONE, 0}, {DEM_NONE, 0}};
  for (size_t i = 0; i < keys->count; ++i) {
    const uint32_t row = keys->rows[i].row;
    if (i > 0 && keys->rows[i - 1].key != keys->rows[i].key) {
      ends[0].row = ends[1].row = DEM_NONE;
    }
    for (size_t j = 0; j < 2; ++j) {
      if (ends[j].row != DEM_NONE && ends[j].until > keys->rows[i].from &&
          !is_same_row(model, relation, ends[j].row, row)) {
        status = report_twice(reader, relation, ends[j].row, row);
        break;
      }
    }
    keep_latest(model, relation, ends, (latest){row, given_of(model, relation, row)->until});
  }
  return status;
}

dem_status dem_keys_finish(dem_reader *reader)
{
  dem_arena scratch;
  dem_arena_init(&scratch, reader->model->arena.allocator);
  dem_status status = DEM_OK;
  for (uint32_t i = 0; i < reader->model->relation_count; ++i) {
    key_list keys;
    if (reader->model->relations[i].key == DEM_NONE) {
      continue;
    }
    dem_status one = list_keys(reader->model, i, &scratch, &keys);
    one = one == DEM_OK ? check_keys(reader, i, &keys) : one;
    status = dem_status_worse(status, one);
    dem_arena_reset(&scratch);
  }
  dem_arena_clear(&scratch);
  return status;
}

// References ----------------------------------------------------------------------------

static bool has_key(const key_list *keys, dem_word key)
{
  size_t low = 0;
  size_t high = keys->count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (keys->rows[middle].key < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < keys->count && keys->rows[low].key == key;
}

/// Whether a field of a relation holds a name of its rows that people may write.
static bool is_name(const dem_relation *r, uint32_t field)
{
  for (uint32_t i = 0; i < r->also_count; ++i) {
    if (r->also[i] == field) {
      return true;
    }
  }
  return field == r->key || field == r->label;
}

/// Name the row whose key or label is nearest to a word.
static void suggest(dem_reader *reader, const dem_reference_use *use, dem_slice word)
{
  const dem_model *const model = reader->model;
  const dem_relation *const r = &model->relations[use->relation];
  const dem_vector *const rows = &model->facts[use->relation].words;
  dem_vector names;
  dem_vector keys;
  dem_vector_init(&names, model->arena.allocator, sizeof(dem_slice));
  dem_vector_init(&keys, model->arena.allocator, sizeof(dem_word));
  for (size_t i = 0; i < rows->count; ++i) {
    const uint32_t field = (uint32_t)(i % r->field_count);
    const dem_word value = DEM_VECTOR_AT(rows, dem_word, i);
    if (!is_name(r, field) || r->fields[field].type.storage != DEM_STORAGE_STRING ||
        value == DEM_ABSENT) {
      continue;
    }
    const dem_slice name = dem_symbols_text(model->symbols, dem_word_symbol(value));
    if (dem_vector_add(&keys, &DEM_VECTOR_AT(rows, dem_word, i - field + r->key))) {
      (void)dem_vector_add(&names, &name);
    }
  }
  const dem_slice nearest = dem_nearest(word, names.items, names.count);
  for (size_t i = 0; nearest.size && i < names.count; ++i) {
    if (DEM_VECTOR_AT(&names, dem_slice, i).bytes == nearest.bytes) {
      const dem_slice key =
          dem_symbols_text(model->symbols, dem_word_symbol(DEM_VECTOR_AT(&keys, dem_word, i)));
      dem_diagnose_label(reader->diagnostics,
                         dem_slice_is_equal(key, nearest) ? "did you mean '%.*s'?"
                                                          : "did you mean '%.*s' (%.*s)?",
                         (int)key.size, key.bytes, (int)nearest.size, nearest.bytes);
      break;
    }
  }
  dem_vector_clear(&keys);
  dem_vector_clear(&names);
}

static dem_status report_dangling(dem_reader *reader, const dem_reference_use *use)
{
  const dem_model *const model = reader->model;
  const dem_relation *const r = &model->relations[use->relation];
  const dem_storage storage = r->fields[r->key].type.storage;
  const dem_slice name = dem_symbols_text(model->symbols, r->name);
  dem_buffer text;
  dem_buffer_init(&text, model->arena.allocator);
  dem_word_write(model->symbols, storage, use->key, &text);
  const dem_slice word = {text.bytes ? text.bytes : "", text.size};
  const dem_status status = dem_diagnose(reader->diagnostics, DEM_DIAG_DANGLING_REFERENCE,
                                         use->place, "no %.*s is called '%.*s'", (int)name.size,
                                         name.bytes, (int)word.size, word.bytes);
  if (storage == DEM_STORAGE_STRING) {
    suggest(reader, use, word); // Each mistake looks through all names: mistakes are few.
  }
  dem_buffer_clear(&text);
  return status;
}

/// A relation whose rows rules derive or profiles give is not checked: they are known only at run
/// time.
static void find_derived(const dem_reader *reader, bool *is_derived)
{
  for (uint32_t i = 0; i < reader->model->relation_count; ++i) {
    is_derived[i] = reader->model->relations[i].is_answered;
  }
  for (size_t i = 0; i < reader->rules.count; ++i) {
    const dem_rule *const rule = &DEM_VECTOR_AT(&reader->rules, dem_rule, i);
    for (uint32_t j = 0; j < rule->conclusion_count; ++j) {
      is_derived[rule->conclusions[j].relation] = true;
    }
  }
}

dem_status dem_references_finish(dem_reader *reader)
{
  const dem_model *const model = reader->model;
  if (reader->has_unread_facts) {
    return DEM_OK; // Reported already; what refers to those facts may be right.
  }
  dem_arena scratch;
  dem_arena_init(&scratch, model->arena.allocator);
  key_list *const keys = DEM_ARENA_ARRAY(&scratch, key_list, model->relation_count);
  bool *const is_derived = DEM_ARENA_ARRAY(&scratch, bool, model->relation_count);
  dem_status status = keys && is_derived ? DEM_OK : DEM_ERR_NO_MEMORY;
  if (status == DEM_OK) {
    find_derived(reader, is_derived);
  }
  for (size_t i = 0; i < reader->uses.count && status != DEM_ERR_NO_MEMORY; ++i) {
    const dem_reference_use *const use = &DEM_VECTOR_AT(&reader->uses, dem_reference_use, i);
    dem_status one = DEM_OK;
    if (is_derived[use->relation] || model->relations[use->relation].key == DEM_NONE) {
      continue;
    }
    if (!keys[use->relation].rows) {
      one = list_keys(model, use->relation, &scratch, &keys[use->relation]);
    }
    if (one == DEM_OK && !has_key(&keys[use->relation], use->key)) {
      one = report_dangling(reader, use);
    }
    status = dem_status_worse(status, one);
  }
  dem_arena_clear(&scratch);
  return status;
}
