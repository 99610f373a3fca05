// SPDX-License-Identifier: Apache-2.0

// Every text of a pack that people read, with the path that names it.

#include "lang/text_list.h"

#include "base/try.h"
#include "lang/scalar.h"
#include "model/saying.h"

typedef struct lister {
  dem_model *model;
  dem_slice code;
  dem_vector texts; // dem_text
  dem_buffer path;
  dem_buffer words;
} lister;

static dem_slice symbol_text(const lister *l, dem_symbol symbol)
{
  return dem_symbols_text(l->model->symbols, symbol);
}

/// "rule/ID/title": parts with a slash between them; those that are empty are left out.
static dem_status add_path(lister *l, const dem_slice *parts, size_t count, dem_text text)
{
  dem_buffer_reset(&l->path);
  for (size_t i = 0; i < count; ++i) {
    if (parts[i].size > 0) {
      dem_buffer_add_text(&l->path, l->path.size ? "/" : "");
      dem_buffer_add(&l->path, parts[i]);
    }
  }
  if (l->path.has_failed) {
    return DEM_ERR_NO_MEMORY;
  }
  text.path =
      (dem_slice){dem_arena_copy(&l->model->arena, dem_buffer_slice(&l->path)), l->path.size};
  text.place = DEM_PLACE_NONE;
  return text.path.bytes && dem_vector_add(&l->texts, &text) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

/// A text, unless the pack leaves it out.
static dem_status add(lister *l, const char *first, dem_slice owner, dem_slice last, dem_text_id id,
                      dem_slice english)
{
  const dem_slice parts[] = {dem_slice_of(first), owner, last};
  return english.size ? add_path(l, parts, 3, (dem_text){.id = id, .english = english}) : DEM_OK;
}

/// A name as English says it: without underscores.
static dem_status spell(lister *l, dem_slice name, dem_slice *out)
{
  dem_buffer_reset(&l->words);
  for (size_t i = 0; i < name.size; ++i) {
    const char byte = name.bytes[i];
    dem_buffer_add_char(&l->words, byte == '_' ? ' ' : byte);
  }
  if (l->words.has_failed) {
    return DEM_ERR_NO_MEMORY;
  }
  *out = (dem_slice){dem_arena_copy(&l->model->arena, dem_buffer_slice(&l->words)), l->words.size};
  return out->bytes ? DEM_OK : DEM_ERR_NO_MEMORY;
}

// Questions -----------------------------------------------------------------------------

static dem_status add_questions(lister *l)
{
  for (uint32_t i = 0; i < l->model->question_count; ++i) {
    const dem_question *const q = &l->model->questions[i];
    const dem_slice field = symbol_text(l, q->field);
    DEM_TRY(add(l, "profile", field, DEM_SLICE("name"), (dem_text_id){DEM_TEXT_QUESTION_NAME, 0, i},
                field));
    const bool has_ask = !dem_slice_is_equal(q->ask, field); // Else its name stands in.
    DEM_TRY(add(l, "profile", field, DEM_SLICE("ask"), (dem_text_id){DEM_TEXT_QUESTION_ASK, 0, i},
                has_ask ? q->ask : DEM_SLICE("")));
    DEM_TRY(add(l, "profile", field, DEM_SLICE("help"), (dem_text_id){DEM_TEXT_QUESTION_HELP, 0, i},
                q->help));
  }
  return DEM_OK;
}

// Facts ---------------------------------------------------------------------------------

/// Whether paths begin with the word for another reason.
static bool is_taken(dem_slice name)
{
  static const char *const words[] = {"pack",     "profile", "rule",  "source", "fact",
                                      "relation", "field",   "value", "words",  "forms"};
  bool is_taken = false;
  for (size_t i = 0; i < sizeof words / sizeof *words; ++i) {
    is_taken = is_taken || dem_slice_is(name, words[i]);
  }
  return is_taken;
}

static dem_status add_cell(lister *l, uint32_t relation, uint32_t field, const dem_word *row,
                           bool is_optional)
{
  const dem_relation *const r = &l->model->relations[relation];
  const dem_slice name = symbol_text(l, r->name);
  if (r->fields[field].type.kind != DEM_TYPE_TEXT || row[field] == DEM_ABSENT) {
    return DEM_OK;
  }
  dem_buffer_reset(&l->words);
  dem_word_write(l->model->symbols, r->fields[r->key].type.storage, row[r->key], &l->words);
  const dem_slice parts[] = {is_taken(name) ? DEM_SLICE("fact") : DEM_SLICE(""), name,
                             dem_buffer_slice(&l->words), symbol_text(l, r->fields[field].name)};
  const dem_text text = {.id = {DEM_TEXT_FACT, dem_text_column(relation, field), row[r->key]},
                         .english =
                             dem_symbols_text(l->model->symbols, dem_word_symbol(row[field])),
                         .is_optional = is_optional};
  return text.english.size ? add_path(l, parts, 4, text) : DEM_OK;
}

/// Whether a row's text was listed before: `also` may name the label, or a field twice.
static bool is_listed(const dem_relation *r, uint32_t also)
{
  bool is_listed = r->also[also] == r->label;
  for (uint32_t i = 0; i < also; ++i) {
    is_listed = is_listed || r->also[i] == r->also[also];
  }
  return is_listed;
}

/// Note that a word was met: its bytes are the symbol. `*is_new`: for the first time.
static dem_status meet(dem_symbols *met, dem_word word, bool *is_new)
{
  const uint32_t before = dem_symbols_count(met);
  const dem_symbol symbol = dem_symbols_intern(met, (dem_slice){(const char *)&word, sizeof word});
  *is_new = symbol.index == before;
  return dem_symbol_is_none(symbol) ? DEM_ERR_NO_MEMORY : DEM_OK;
}

/// The label, and the other names that are texts, of each row; once a key.
static dem_status add_rows(lister *l, uint32_t relation, dem_symbols *keys)
{
  const dem_relation *const r = &l->model->relations[relation];
  const dem_given_facts *const given = &l->model->facts[relation];
  for (size_t i = 0; i < given->givens.count; ++i) {
    const dem_word *const row = &DEM_VECTOR_AT(&given->words, dem_word, i * r->field_count);
    bool is_new;
    DEM_TRY(meet(keys, row[r->key], &is_new));
    if (is_new && r->label != DEM_NONE) {
      DEM_TRY(add_cell(l, relation, r->label, row, false));
    }
    for (uint32_t j = 0; is_new && j < r->also_count; ++j) {
      if (!is_listed(r, j)) {
        DEM_TRY(add_cell(l, relation, r->also[j], row, true));
      }
    }
  }
  return DEM_OK;
}

static dem_status add_facts(lister *l)
{
  for (uint32_t i = 0; i < l->model->relation_count; ++i) {
    if (l->model->relations[i].key == DEM_NONE) {
      continue;
    }
    dem_symbols *const keys = dem_symbols_new(l->model->arena.allocator, NULL);
    const dem_status status = keys ? add_rows(l, i, keys) : DEM_ERR_NO_MEMORY;
    dem_symbols_free(keys);
    DEM_TRY(status);
  }
  return DEM_OK;
}

// Rules and sources -----------------------------------------------------------------------

static dem_status add_rules(lister *l)
{
  for (uint32_t i = 0; i < l->model->rule_count; ++i) {
    const dem_rule *const rule = &l->model->rules[i];
    const dem_slice id = symbol_text(l, rule->id);
    if (!rule->is_hidden) {
      DEM_TRY(add(l, "rule", id, DEM_SLICE("title"), (dem_text_id){DEM_TEXT_RULE_TITLE, 0, i},
                  rule->title));
      DEM_TRY(add(l, "rule", id, DEM_SLICE("because"), (dem_text_id){DEM_TEXT_RULE_BECAUSE, 0, i},
                  rule->reason_text));
    }
  }
  return DEM_OK;
}

/// What a bibliography may leave as the source has it.
static dem_status add_imprint(lister *l, dem_slice id, dem_slice what, dem_text_id text_id,
                              dem_slice english)
{
  const dem_slice parts[] = {DEM_SLICE("source"), id, what};
  const dem_text text = {.id = text_id, .english = english, .is_optional = true};
  return english.size ? add_path(l, parts, 3, text) : DEM_OK;
}

static dem_status add_source(lister *l, uint32_t number)
{
  const dem_source *const s = &l->model->sources[number];
  const dem_slice id = symbol_text(l, s->id);
  DEM_TRY(add(l, "source", id, DEM_SLICE("title"), (dem_text_id){DEM_TEXT_SOURCE_TITLE, 0, number},
              s->title));
  DEM_TRY(add_imprint(l, id, DEM_SLICE("work"), (dem_text_id){DEM_TEXT_SOURCE_WORK, 0, number},
                      s->work));
  DEM_TRY(add_imprint(l, id, DEM_SLICE("publisher"),
                      (dem_text_id){DEM_TEXT_SOURCE_PUBLISHER, 0, number}, s->publisher));
  for (uint32_t i = 0; i < s->section_count; ++i) {
    const dem_slice parts[] = {DEM_SLICE("source"), id, DEM_SLICE("sections"),
                               symbol_text(l, s->sections[i].id)};
    if (s->sections[i].title.size) {
      DEM_TRY(add_path(
          l, parts, 4,
          (dem_text){.id = {DEM_TEXT_SECTION, i, number}, .english = s->sections[i].title}));
    }
  }
  return DEM_OK;
}

// Names of the schema -----------------------------------------------------------------------

static dem_status add_name(lister *l, const char *first, dem_text_kind kind, dem_symbol name)
{
  dem_slice english;
  DEM_TRY(spell(l, symbol_text(l, name), &english));
  return add(l, first, symbol_text(l, name), DEM_SLICE(""), (dem_text_id){kind, 0, name.index},
             english);
}

static dem_status add_values(lister *l, const dem_field *field, dem_symbols *met)
{
  for (uint32_t i = 0; i < field->type.option_count; ++i) {
    bool is_new;
    DEM_TRY(meet(met, dem_word_of_symbol(field->type.options[i]), &is_new));
    if (is_new) {
      DEM_TRY(add_name(l, "value", DEM_TEXT_VALUE, field->type.options[i]));
    }
  }
  return DEM_OK;
}

/// The names of one kind: relations, fields or values, each once.
static dem_status add_schema_names(lister *l, dem_text_kind kind, dem_symbols *met)
{
  for (uint32_t i = 0; i < l->model->relation_count; ++i) {
    const dem_relation *const r = &l->model->relations[i];
    if (!r->is_hidden && kind == DEM_TEXT_RELATION) {
      DEM_TRY(add_name(l, "relation", kind, r->name));
    }
    for (uint32_t j = 0; !r->is_hidden && j < r->field_count; ++j) {
      bool is_new = false;
      if (kind == DEM_TEXT_VALUE) {
        DEM_TRY(add_values(l, &r->fields[j], met));
      } else if (kind == DEM_TEXT_FIELD) {
        DEM_TRY(meet(met, dem_word_of_symbol(r->fields[j].name), &is_new));
      }
      if (is_new) {
        DEM_TRY(add_name(l, "field", kind, r->fields[j].name));
      }
    }
  }
  return DEM_OK;
}

static dem_status add_schema(lister *l)
{
  static const dem_text_kind kinds[] = {DEM_TEXT_RELATION, DEM_TEXT_FIELD, DEM_TEXT_VALUE};
  dem_status status = DEM_OK;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds && status == DEM_OK; ++i) {
    dem_symbols *const met = dem_symbols_new(l->model->arena.allocator, NULL);
    status = met ? add_schema_names(l, kinds[i], met) : DEM_ERR_NO_MEMORY;
    dem_symbols_free(met);
  }
  return status;
}

// The engine's own words ----------------------------------------------------------------------

static dem_status add_saying(lister *l, dem_saying saying)
{
  char room[96];
  const dem_slice name = dem_slice_of(dem_saying_path(saying, room, sizeof room));
  if (!dem_saying_is_counted(saying)) {
    return add(l, "words", name, DEM_SLICE(""),
               (dem_text_id){DEM_TEXT_SAYING, DEM_PLURAL_OTHER, saying},
               dem_slice_of(dem_saying_english(saying, DEM_PLURAL_OTHER)));
  }
  for (int i = 0; i < DEM_PLURAL_COUNT; ++i) {
    const dem_plural plural = (dem_plural)i;
    if (dem_plural_is_used(l->code, plural) || plural == DEM_PLURAL_OTHER) {
      DEM_TRY(add(l, "words", name, dem_slice_of(dem_plural_name(plural)),
                  (dem_text_id){DEM_TEXT_SAYING, plural, saying},
                  dem_slice_of(dem_saying_english(saying, plural))));
    }
  }
  return DEM_OK;
}

static dem_status list(lister *l)
{
  DEM_TRY(add(l, "pack", DEM_SLICE("title"), DEM_SLICE(""),
              (dem_text_id){.kind = DEM_TEXT_PACK_TITLE}, l->model->title));
  DEM_TRY(add_questions(l));
  DEM_TRY(add_facts(l));
  DEM_TRY(add_rules(l));
  for (uint32_t i = 0; i < l->model->source_count; ++i) {
    DEM_TRY(add_source(l, i));
  }
  DEM_TRY(add_schema(l));
  for (int i = 0; i < DEM_SAYING_COUNT; ++i) {
    DEM_TRY(add_saying(l, (dem_saying)i));
  }
  return DEM_OK;
}

dem_status dem_text_list(dem_model *model, dem_slice code, dem_text **texts_out,
                         uint32_t *count_out)
{
  const dem_allocator allocator = model->arena.allocator;
  lister l = {.model = model, .code = code};
  dem_vector_init(&l.texts, allocator, sizeof(dem_text));
  dem_buffer_init(&l.path, allocator);
  dem_buffer_init(&l.words, allocator);
  dem_status status = list(&l);
  *texts_out = DEM_ARENA_ARRAY(&model->arena, dem_text, l.texts.count);
  *count_out = (uint32_t)l.texts.count;
  status = status == DEM_OK && !*texts_out ? DEM_ERR_NO_MEMORY : status;
  for (size_t i = 0; status == DEM_OK && i < l.texts.count; ++i) {
    (*texts_out)[i] = DEM_VECTOR_AT(&l.texts, dem_text, i);
  }
  dem_buffer_clear(&l.words);
  dem_buffer_clear(&l.path);
  dem_vector_clear(&l.texts);
  return status;
}
