// SPDX-License-Identifier: Apache-2.0

// How people name the rows of keyed relations: by key, label and other names.

#include "advise/names.h"

#include "base/try.h"
#include "base/unicode.h"
#include "lang/scalar.h"

enum {
  LONGEST_NAME = 4096
}; ///< Bytes of what may be looked up by name; a stranger's text may be any.

// Building ----------------------------------------------------------------------------

static dem_status add_folded(dem_relation_names *r, dem_buffer *text, dem_slice name,
                             dem_name meaning)
{
  if (!dem_unicode_fold(name, text)) {
    return DEM_ERR_NO_MEMORY;
  }
  const dem_symbol symbol = dem_symbols_intern(r->folded, dem_buffer_slice(text));
  if (dem_symbol_is_none(symbol)) {
    return DEM_ERR_NO_MEMORY;
  }
  if (symbol.index == r->meanings.count) {
    return dem_vector_add(&r->meanings, &meaning) ? DEM_OK : DEM_ERR_NO_MEMORY;
  }
  dem_name *const known = &DEM_VECTOR_AT(&r->meanings, dem_name, symbol.index);
  known->key = known->key == meaning.key ? meaning.key : DEM_ABSENT;
  return DEM_OK;
}

/// A name that is a string of the pack.
static dem_status add_name(dem_relation_names *r, const dem_symbols *symbols, dem_buffer *text,
                           dem_word name, dem_word key)
{
  const dem_slice spelling = dem_symbols_text(symbols, dem_word_symbol(name));
  return add_folded(r, text, spelling, (dem_name){key, spelling});
}

static dem_status add_key(dem_relation_names *r, const dem_symbols *symbols, dem_buffer *text,
                          dem_storage storage, dem_word key)
{
  if (storage == DEM_STORAGE_STRING) {
    return add_name(r, symbols, text, key, key);
  }
  dem_buffer name;
  dem_buffer_init(&name, text->allocator);
  dem_word_write(symbols, storage, key, &name);
  const dem_status status = add_folded(r, text, dem_buffer_slice(&name), (dem_name){.key = key});
  dem_buffer_clear(&name);
  return status;
}

static dem_status add_keys(dem_names *names, uint32_t relation)
{
  const dem_relation *const r = &names->model->relations[relation];
  dem_table *const keys = &names->relations[relation].keys;
  const uint32_t count = dem_facts_count(names->facts, relation);
  DEM_TRY(dem_table_reserve(keys, count));
  for (uint32_t i = 0; i < count; ++i) {
    bool is_new;
    const dem_word *const row =
        dem_facts_row(names->facts, dem_facts_at(names->facts, relation, i));
    if (dem_table_put(keys, &row[r->key], &is_new) == DEM_NONE) {
      return DEM_ERR_NO_MEMORY;
    }
  }
  return DEM_OK;
}

static dem_status add_row_names(dem_names *names, const dem_symbols *symbols, uint32_t relation,
                                const dem_word *row, dem_buffer *text)
{
  const dem_relation *const r = &names->model->relations[relation];
  dem_relation_names *const n = &names->relations[relation];
  dem_status status = add_key(n, symbols, text, r->fields[r->key].type.storage, row[r->key]);
  for (uint32_t i = 0; i <= r->also_count && status == DEM_OK; ++i) {
    const uint32_t field = i < r->also_count ? r->also[i] : r->label;
    if (field != DEM_NONE && row[field] != DEM_ABSENT &&
        r->fields[field].type.storage == DEM_STORAGE_STRING) {
      status = add_name(n, symbols, text, row[field], row[r->key]);
    }
  }
  return status;
}

/// Whether a field of an alias relation is a name.
static bool is_alias(const dem_relation *r, uint32_t field)
{
  const dem_type_kind kind = r->fields[field].type.kind;
  return field != r->names && (kind == DEM_TYPE_TEXT || kind == DEM_TYPE_SYMBOL);
}

/// Rows of an alias relation: every text of theirs names the row that they refer to.
static dem_status add_aliases(dem_names *names, const dem_symbols *symbols, uint32_t alias,
                              dem_buffer *text)
{
  const dem_relation *const r = &names->model->relations[alias];
  const dem_type *const named = &r->fields[r->names].type;
  dem_relation_names *const n = &names->relations[named->relation];
  const uint32_t count = dem_facts_count(names->facts, alias);
  for (uint32_t i = 0; n->folded && i < count; ++i) {
    const dem_word *const row = dem_facts_row(names->facts, dem_facts_at(names->facts, alias, i));
    for (uint32_t j = 0; j < r->field_count; ++j) {
      if (is_alias(r, j) && row[j] != DEM_ABSENT) {
        DEM_TRY(add_name(n, symbols, text, row[j], row[r->names]));
      }
    }
  }
  return DEM_OK;
}

static dem_status add_names(dem_names *names, const dem_symbols *symbols, uint32_t relation,
                            dem_buffer *text)
{
  const uint32_t count = dem_facts_count(names->facts, relation);
  for (uint32_t i = 0; names->relations[relation].folded && i < count; ++i) {
    const dem_word *const row =
        dem_facts_row(names->facts, dem_facts_at(names->facts, relation, i));
    DEM_TRY(add_row_names(names, symbols, relation, row, text));
  }
  return DEM_OK;
}

static dem_status prepare(dem_names *names)
{
  const dem_model *const model = names->model;
  for (uint32_t i = 0; i < model->relation_count; ++i) {
    DEM_TRY(dem_table_init(&names->relations[i].keys, names->allocator, 1, false, NULL, 0));
    dem_vector_init(&names->relations[i].meanings, names->allocator, sizeof(dem_name));
  }
  for (uint32_t i = 0; i < model->question_count; ++i) {
    const dem_type *const type = &model->questions[i].type;
    if (type->kind == DEM_TYPE_REFERENCE && !names->relations[type->relation].folded) {
      names->relations[type->relation].folded = dem_symbols_new(names->allocator, NULL);
      DEM_TRY_MEMORY(names->relations[type->relation].folded);
    }
  }
  return DEM_OK;
}

static dem_status build(dem_names *names, const dem_symbols *symbols, dem_buffer *text)
{
  const dem_model *const model = names->model;
  DEM_TRY(prepare(names));
  for (uint32_t i = 0; i < model->relation_count; ++i) {
    if (model->relations[i].key != DEM_NONE) {
      DEM_TRY(add_keys(names, i));
      DEM_TRY(add_names(names, symbols, i, text));
    }
  }
  for (uint32_t i = 0; i < model->relation_count; ++i) {
    const dem_relation *const r = &model->relations[i];
    if (r->names != DEM_NONE && r->fields[r->names].type.kind == DEM_TYPE_REFERENCE) {
      DEM_TRY(add_aliases(names, symbols, i, text));
    }
  }
  return DEM_OK;
}

static dem_status init_relations(dem_names *names)
{
  const dem_allocator allocator = names->allocator;
  names->relations =
      allocator.resize(allocator.context, NULL, 0, (names->count + 1) * sizeof *names->relations);
  DEM_TRY_MEMORY(names->relations);
  for (uint32_t i = 0; i <= names->count; ++i) {
    names->relations[i] = (dem_relation_names){.keys = {.allocator = allocator}};
    names->relations[i].meanings.allocator = allocator;
  }
  return DEM_OK;
}

dem_status dem_names_init(dem_names *names, dem_allocator allocator, const dem_program *program)
{
  *names = (dem_names){.allocator = allocator, .model = dem_program_model(program)};
  names->count = names->model->relation_count;
  DEM_TRY(init_relations(names));
  names->facts = dem_program_facts(program, allocator, NULL);
  DEM_TRY_MEMORY(names->facts);
  dem_buffer text;
  dem_buffer_init(&text, allocator);
  const dem_status status = build(names, dem_program_symbols(program), &text);
  dem_buffer_clear(&text);
  return status;
}

/// What the language calls rows of the relations that questions ask for.
static dem_status build_translated(dem_names *names, dem_buffer *text)
{
  const dem_language *const language = names->language;
  for (uint32_t i = 0; i < names->count; ++i) {
    dem_vector_init(&names->relations[i].meanings, names->allocator, sizeof(dem_name));
    if (names->english->relations[i].folded) {
      names->relations[i].folded = dem_symbols_new(names->allocator, NULL);
      DEM_TRY_MEMORY(names->relations[i].folded);
    }
  }
  for (uint32_t i = 0; i < language->translated_count; ++i) {
    const dem_text *const t = &language->texts[language->translated[i]];
    dem_relation_names *const r = t->id.kind == DEM_TEXT_FACT
                                      ? &names->relations[dem_text_column_relation(t->id.part)]
                                      : NULL;
    if (r && r->folded) {
      DEM_TRY(add_folded(r, text, t->text, (dem_name){t->id.owner, t->text}));
    }
  }
  return DEM_OK;
}

dem_status dem_names_init_for(dem_names *names, dem_allocator allocator, const dem_names *english,
                              const dem_language *language)
{
  *names = (dem_names){.allocator = allocator,
                       .model = english->model,
                       .language = language,
                       .english = english,
                       .facts = english->facts,
                       .count = english->count};
  DEM_TRY(init_relations(names));
  dem_buffer text;
  dem_buffer_init(&text, allocator);
  const dem_status status = build_translated(names, &text);
  dem_buffer_clear(&text);
  return status;
}

void dem_names_clear(dem_names *names)
{
  for (uint32_t i = 0; names->relations && i < names->count; ++i) {
    dem_table_clear(&names->relations[i].keys);
    dem_symbols_free(names->relations[i].folded);
    dem_vector_clear(&names->relations[i].meanings);
  }
  if (names->relations) {
    (void)names->allocator.resize(names->allocator.context, names->relations,
                                  (names->count + 1) * sizeof *names->relations, 0);
  }
  dem_facts_free(names->english ? NULL : (dem_facts *)(uintptr_t)names->facts);
  *names = (dem_names){0};
}

// Asking ------------------------------------------------------------------------------

static bool read_key(const dem_names *names, const dem_symbols *symbols, uint32_t relation,
                     dem_slice text, dem_word *key)
{
  const dem_relation *const r = &names->model->relations[relation];
  const dem_type *const type = &r->fields[r->key].type;
  if (type->storage == DEM_STORAGE_STRING) {
    const dem_symbol symbol = dem_symbols_find(symbols, text);
    *key = dem_word_of_symbol(symbol);
    return !dem_symbol_is_none(symbol);
  }
  return dem_scalar_read(NULL, type, text, key) == DEM_SCALAR_OK; // No string: no table is needed.
}

/// The rows by their keys: English has them for all languages.
static const dem_table *keys_of(const dem_names *names, uint32_t relation)
{
  return &(names->english ? names->english : names)->relations[relation].keys;
}

static dem_symbol find_folded(const dem_names *names, const dem_relation_names *n, dem_slice text,
                              bool *has_failed)
{
  char room[DEM_FOLD_ROOM];
  const size_t size = dem_unicode_fold_short(text, room);
  if (size != SIZE_MAX) {
    return dem_symbols_find(n->folded, (dem_slice){room, size});
  }
  dem_buffer folded;
  dem_buffer_init(&folded, names->allocator);
  const bool is_folded = dem_unicode_fold(text, &folded);
  const dem_symbol symbol =
      is_folded ? dem_symbols_find(n->folded, dem_buffer_slice(&folded)) : DEM_SYMBOL_NONE;
  *has_failed = folded.has_failed;
  dem_buffer_clear(&folded);
  return symbol;
}

/// What a label, an `also` field or an alias names.
static dem_name_verdict find_name(const dem_names *names, uint32_t relation, dem_slice text,
                                  dem_word *key_out)
{
  const dem_relation_names *const n = &names->relations[relation];
  if (!n->folded || text.size > LONGEST_NAME) {
    return DEM_NAME_UNKNOWN;
  }
  bool has_failed = false;
  const dem_symbol symbol = find_folded(names, n, text, &has_failed);
  if (dem_symbol_is_none(symbol)) {
    return has_failed ? DEM_NAME_NO_MEMORY : DEM_NAME_UNKNOWN;
  }
  *key_out = DEM_VECTOR_AT(&n->meanings, dem_name, symbol.index).key;
  return *key_out == DEM_ABSENT ? DEM_NAME_AMBIGUOUS : DEM_NAME_FOUND;
}

dem_name_verdict dem_names_find(const dem_names *names, const dem_symbols *symbols,
                                uint32_t relation, dem_slice text, dem_word *key_out)
{
  if (read_key(names, symbols, relation, text, key_out) &&
      dem_table_find(keys_of(names, relation), key_out) != DEM_NONE) {
    return DEM_NAME_FOUND;
  }
  const dem_name_verdict verdict = find_name(names, relation, text, key_out);
  return verdict == DEM_NAME_UNKNOWN && names->english
             ? find_name(names->english, relation, text, key_out)
             : verdict;
}

dem_fact dem_names_row(const dem_names *names, uint32_t relation, dem_word key)
{
  const uint32_t row = dem_table_find(keys_of(names, relation), &key);
  return row == DEM_NONE ? DEM_FACT_NONE : dem_facts_at(names->facts, relation, row);
}

const dem_text *dem_names_translation(const dem_names *names, uint32_t relation, dem_word key)
{
  const uint32_t label = names->model->relations[relation].label;
  return names->language && label != DEM_NONE
             ? dem_language_find(
                   names->language,
                   (dem_text_id){DEM_TEXT_FACT, dem_text_column(relation, label), key})
             : NULL;
}

dem_word dem_names_label_word(const dem_names *names, uint32_t relation, dem_word key,
                              dem_storage *storage_out)
{
  const dem_relation *const r = &names->model->relations[relation];
  const dem_fact fact = r->label == DEM_NONE ? DEM_FACT_NONE : dem_names_row(names, relation, key);
  const dem_word label =
      dem_fact_is_none(fact) ? DEM_ABSENT : dem_facts_row(names->facts, fact)[r->label];
  const bool has_label = label != DEM_ABSENT;
  *storage_out = r->fields[has_label ? r->label : r->key].type.storage;
  return has_label ? label : key;
}

void dem_names_label(const dem_names *names, const dem_symbols *symbols, uint32_t relation,
                     dem_word key, dem_buffer *out)
{
  const dem_text *const translation = dem_names_translation(names, relation, key);
  dem_storage storage;
  if (translation) {
    dem_buffer_add(out, translation->text);
  } else {
    const dem_word word = dem_names_label_word(names, relation, key, &storage);
    dem_word_write(symbols, storage, word, out);
  }
}

static bool is_folded(dem_slice name, dem_slice folded, dem_buffer *text)
{
  return dem_unicode_fold(name, text) && dem_slice_is_equal(dem_buffer_slice(text), folded);
}

/// Whether a row's key, label or another field of its own is the name that `folded` holds.
static bool is_named(const dem_names *names, const dem_symbols *symbols, uint32_t relation,
                     const dem_word *row, dem_slice folded, dem_buffer *text)
{
  const dem_relation *const r = &names->model->relations[relation];
  bool is_same = false;
  for (uint32_t i = 0; i < r->also_count + 2 && !is_same; ++i) {
    const uint32_t field = i < r->also_count ? r->also[i] : i == r->also_count ? r->label : r->key;
    if (field == DEM_NONE || row[field] == DEM_ABSENT ||
        r->fields[field].type.storage != DEM_STORAGE_STRING) {
      continue;
    }
    const dem_slice english = dem_symbols_text(symbols, dem_word_symbol(row[field]));
    const dem_text_id id = {DEM_TEXT_FACT, dem_text_column(relation, field), row[r->key]};
    const dem_slice own = dem_language_or(names->language, id, english);
    is_same = is_folded(english, folded, text) || is_folded(own, folded, text);
  }
  return is_same;
}

/// Add the keys of the rows that an alias relation calls `folded`.
static void find_aliased(const dem_names *names, const dem_symbols *symbols, uint32_t alias,
                         dem_slice folded, dem_buffer *text, dem_table *keys)
{
  const dem_relation *const r = &names->model->relations[alias];
  const uint32_t count = dem_facts_count(names->facts, alias);
  for (uint32_t i = 0; i < count; ++i) {
    const dem_word *const row = dem_facts_row(names->facts, dem_facts_at(names->facts, alias, i));
    for (uint32_t j = 0; j < r->field_count; ++j) {
      if (is_alias(r, j) && row[j] != DEM_ABSENT &&
          is_folded(dem_symbols_text(symbols, dem_word_symbol(row[j])), folded, text)) {
        bool is_new;
        (void)dem_table_put(keys, &row[r->names], &is_new); // Without memory the list is shorter.
      }
    }
  }
}

/// The keys of the rows of a relation that some alias calls `folded`.
static void find_all_aliased(const dem_names *names, const dem_symbols *symbols, uint32_t relation,
                             dem_slice folded, dem_buffer *text, dem_table *keys)
{
  for (uint32_t i = 0; i < names->model->relation_count; ++i) {
    const dem_relation *const r = &names->model->relations[i];
    const dem_type *const type = r->names == DEM_NONE ? NULL : &r->fields[r->names].type;
    if (type && type->kind == DEM_TYPE_REFERENCE && type->relation == relation) {
      find_aliased(names, symbols, i, folded, text, keys);
    }
  }
}

void dem_names_list(const dem_names *names, const dem_symbols *symbols, uint32_t relation,
                    dem_slice text, dem_buffer *out)
{
  const dem_relation *const r = &names->model->relations[relation];
  dem_buffer folded;
  dem_buffer other;
  dem_buffer_init(&folded, names->allocator);
  dem_buffer_init(&other, names->allocator);
  const uint32_t count =
      dem_unicode_fold(text, &folded) ? dem_facts_count(names->facts, relation) : 0;
  const dem_slice name = dem_buffer_slice(&folded);
  dem_table aliased;
  (void)dem_table_init(&aliased, names->allocator, 1, false, NULL, 0); // Nothing to allocate yet.
  find_all_aliased(names, symbols, relation, name, &other, &aliased);
  const char *before = "";
  for (uint32_t i = 0; i < count; ++i) {
    const dem_word *const row =
        dem_facts_row(names->facts, dem_facts_at(names->facts, relation, i));
    if (is_named(names, symbols, relation, row, name, &other) ||
        dem_table_find(&aliased, &row[r->key]) != DEM_NONE) {
      dem_buffer_add_text(out, before);
      dem_word_write(symbols, r->fields[r->key].type.storage, row[r->key], out);
      before = ", ";
    }
  }
  dem_table_clear(&aliased);
  dem_buffer_clear(&other);
  dem_buffer_clear(&folded);
}

enum { FEWEST_BYTES = 4, MOST_LIKE = 4 }; // Of what is taken for a part of a name; rows like it.

static bool has_word(dem_slice name, dem_slice start)
{
  for (size_t i = 0; i + start.size <= name.size; ++i) {
    const bool is_begin = i == 0 || name.bytes[i - 1] == ' ' || name.bytes[i - 1] == '-';
    if (is_begin && memcmp(name.bytes + i, start.bytes, start.size) == 0) {
      return true;
    }
  }
  return false;
}

/// The rows, each once; their number, or one more than the most.
static size_t find_like(const dem_relation_names *n, dem_slice start, dem_word *keys)
{
  size_t count = 0;
  for (uint32_t i = 0; i < dem_symbols_count(n->folded) && count <= MOST_LIKE; ++i) {
    const dem_word key = DEM_VECTOR_AT(&n->meanings, dem_name, i).key;
    bool is_new =
        key != DEM_ABSENT && has_word(dem_symbols_text(n->folded, (dem_symbol){i}), start);
    for (size_t j = 0; j < count; ++j) {
      is_new = is_new && keys[j] != key;
    }
    if (is_new) {
      keys[count++] = key;
    }
  }
  return count;
}

void dem_names_like(const dem_names *names, const dem_symbols *symbols, uint32_t relation,
                    dem_slice text, dem_buffer *out)
{
  const dem_relation *const r = &names->model->relations[relation];
  const dem_relation_names *const n = &names->relations[relation];
  dem_word keys[MOST_LIKE + 1];
  dem_buffer folded;
  dem_buffer_init(&folded, names->allocator);
  const bool is_long = n->folded && text.size <= LONGEST_NAME && dem_unicode_fold(text, &folded) &&
                       folded.size >= FEWEST_BYTES;
  const size_t count = is_long ? find_like(n, dem_buffer_slice(&folded), keys) : 0;
  for (size_t i = 0; count <= MOST_LIKE && i < count; ++i) {
    dem_buffer_add_text(out, i == 0 ? "'" : i + 1 < count ? ", '" : " or '");
    dem_word_write(symbols, r->fields[r->key].type.storage, keys[i], out);
    dem_buffer_add_text(out, "' (");
    dem_names_label(names, symbols, relation, keys[i], out);
    dem_buffer_add_char(out, ')');
  }
  dem_buffer_clear(&folded);
}

static dem_slice find_nearest(const dem_names *names, uint32_t relation, dem_slice text)
{
  const dem_relation_names *const n = &names->relations[relation];
  dem_buffer folded;
  dem_buffer_init(&folded, names->allocator);
  dem_slice nearest = {0};
  const uint32_t count = n->folded && text.size <= LONGEST_NAME ? dem_symbols_count(n->folded) : 0;
  dem_slice *const words =
      count ? names->allocator.resize(names->allocator.context, NULL, 0, count * sizeof *words)
            : NULL;
  if (words && dem_unicode_fold(text, &folded)) {
    for (uint32_t i = 0; i < count; ++i) {
      words[i] = dem_symbols_text(n->folded, (dem_symbol){i});
    }
    nearest = dem_nearest(dem_buffer_slice(&folded), words, count);
  }
  if (nearest.size) {
    const dem_symbol symbol = dem_symbols_find(n->folded, nearest);
    const dem_slice spelling = DEM_VECTOR_AT(&n->meanings, dem_name, symbol.index).spelling;
    nearest = spelling.size ? spelling : nearest;
  }
  if (words) {
    (void)names->allocator.resize(names->allocator.context, words, count * sizeof *words, 0);
  }
  dem_buffer_clear(&folded);
  return nearest;
}

dem_slice dem_names_nearest(const dem_names *names, uint32_t relation, dem_slice text)
{
  const dem_slice nearest = find_nearest(names, relation, text);
  return nearest.size == 0 && names->english ? find_nearest(names->english, relation, text)
                                             : nearest;
}
