// SPDX-License-Identifier: Apache-2.0

// What an explanation is asked about → goals.

#include "advise/subject.h"

#include "advise/presentation.h"
#include "base/try.h"
#include "base/unicode.h"
#include "lang/scalar.h"

typedef struct finder {
  dem_subject *subject;
  const dem_names *names;
  const dem_model *model;
  dem_symbols *symbols;
  const dem_facts *facts;
  dem_diagnostics *diagnostics;
  dem_slice text;    ///< As it was typed.
  dem_buffer folded; ///< The same for comparing.
  dem_buffer other;  ///< A name that it is compared with.
} finder;

void dem_subject_init(dem_subject *subject, dem_allocator allocator)
{
  *subject = (dem_subject){.relation = DEM_NONE};
  dem_vector_init(&subject->goals, allocator, sizeof(dem_goal));
}

void dem_subject_clear(dem_subject *subject)
{
  dem_vector_clear(&subject->goals);
}

dem_goal dem_goal_of(const dem_word *values, const dem_pattern *pattern)
{
  dem_goal goal = {.relation = pattern->relation};
  for (uint32_t i = 0; i < pattern->term_count; ++i) {
    const dem_term *const term = &pattern->terms[i];
    dem_word word = term->variable == DEM_NONE ? DEM_ABSENT : values[term->variable];
    if (word == DEM_ABSENT && term->test_count > 0 && term->tests[0].kind == DEM_TEST_IN &&
        term->tests[0].word_count == 1) {
      word = term->tests[0].words[0];
    }
    if (word != DEM_ABSENT) {
      goal.mask |= UINT64_C(1) << term->field;
      goal.words[term->field] = word;
    }
  }
  return goal;
}

bool dem_goal_fits(const dem_model *model, const dem_goal *goal, const dem_word *row)
{
  for (uint32_t i = 0; i < model->relations[goal->relation].field_count; ++i) {
    if (goal->mask >> i & 1 && row[i] != goal->words[i]) {
      return false;
    }
  }
  return true;
}

bool dem_subject_holds(const dem_subject *subject, const dem_model *model, const dem_facts *facts)
{
  for (size_t i = 0; i < subject->goals.count; ++i) {
    const dem_goal *const goal = &DEM_VECTOR_AT(&subject->goals, dem_goal, i);
    const uint32_t count = dem_facts_count(facts, goal->relation);
    for (uint32_t j = 0; j < count; ++j) {
      if (dem_goal_fits(model, goal,
                        dem_facts_row(facts, dem_facts_at(facts, goal->relation, j)))) {
        return true;
      }
    }
  }
  return false;
}

static dem_status add_goal(finder *f, uint32_t relation, uint32_t field, dem_word word)
{
  dem_goal goal = {.relation = relation, .mask = UINT64_C(1) << field};
  goal.words[field] = word;
  return dem_vector_add(&f->subject->goals, &goal) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

// Rows by name ------------------------------------------------------------------------

static bool is_named(finder *f, dem_slice name)
{
  return dem_unicode_fold(name, &f->other) &&
         dem_slice_is_equal(dem_buffer_slice(&f->folded), dem_buffer_slice(&f->other));
}

/// Whether one of a keyed row's own names is meant.
static bool is_row_named(finder *f, const dem_relation *r, const dem_word *row)
{
  for (uint32_t i = 0; i <= r->also_count + 1; ++i) {
    const uint32_t field = i < r->also_count ? r->also[i] : i == r->also_count ? r->label : r->key;
    if (field != DEM_NONE && row[field] != DEM_ABSENT &&
        r->fields[field].type.storage == DEM_STORAGE_STRING &&
        is_named(f, dem_symbols_text(f->symbols, dem_word_symbol(row[field])))) {
      return true;
    }
  }
  return false;
}

/// The row of a keyed relation that the text names: by what questions know, else by any name.
static dem_name_verdict find_row(finder *f, uint32_t relation, dem_word *key)
{
  const dem_relation *const r = &f->model->relations[relation];
  dem_name_verdict verdict = dem_names_find(f->names, f->symbols, relation, f->text, key);
  if (verdict != DEM_NAME_UNKNOWN) {
    return verdict;
  }
  const uint32_t count = dem_facts_count(f->facts, relation);
  for (uint32_t i = 0; i < count; ++i) {
    const dem_word *const row = dem_facts_row(f->facts, dem_facts_at(f->facts, relation, i));
    if (is_row_named(f, r, row)) {
      const bool is_other = verdict == DEM_NAME_FOUND && *key != row[r->key];
      verdict = is_other ? DEM_NAME_AMBIGUOUS : DEM_NAME_FOUND;
      *key = row[r->key];
    }
  }
  return verdict;
}

static dem_status say_ambiguous(finder *f)
{
  (void)dem_diagnose(f->diagnostics, DEM_DIAG_AMBIGUOUS_SUBJECT, DEM_PLACE_NONE,
                     "'%.*s' could be more than one", (int)f->text.size, f->text.bytes);
  dem_diagnose_note(f->diagnostics, "give its key instead");
  return DEM_ERR_NOT_FOUND;
}

/// Goals for a row that a field refers to, where the text names one.
static dem_status add_row_goal(finder *f, uint32_t relation, uint32_t field)
{
  const dem_type *const type = &f->model->relations[relation].fields[field].type;
  dem_word key = 0;
  switch (find_row(f, type->relation, &key)) {
  case DEM_NAME_FOUND:
    f->subject->relation = type->relation;
    f->subject->key = key;
    return add_goal(f, relation, field, key);
  case DEM_NAME_UNKNOWN:
    return DEM_OK;
  case DEM_NAME_AMBIGUOUS:
    return say_ambiguous(f);
  case DEM_NAME_NO_MEMORY:
    break;
  }
  return DEM_ERR_NO_MEMORY;
}

static dem_status find_partner(finder *f)
{
  for (uint32_t i = 0; i < f->model->relation_count; ++i) {
    const dem_presentation p = dem_presentation_of(f->model, i);
    if (f->model->relations[i].shows_as == DEM_SHOWS_RECOMMENDATION && p.partner != DEM_NONE) {
      DEM_TRY(add_row_goal(f, i, p.partner));
    }
  }
  f->subject->is_partner = f->subject->goals.count > 0;
  return DEM_OK;
}

/// A shown text that is no reference: the facts that hold it are looked through.
static dem_status add_text_goal(finder *f, uint32_t relation, uint32_t field)
{
  const uint32_t count = dem_facts_count(f->facts, relation);
  for (uint32_t i = 0; i < count; ++i) {
    const dem_word word = dem_facts_row(f->facts, dem_facts_at(f->facts, relation, i))[field];
    if (word != DEM_ABSENT && is_named(f, dem_symbols_text(f->symbols, dem_word_symbol(word)))) {
      return add_goal(f, relation, field, word);
    }
  }
  return DEM_OK;
}

static dem_status find_item(finder *f)
{
  for (uint32_t i = 0; i < f->model->relation_count; ++i) {
    const dem_relation *const r = &f->model->relations[i];
    const dem_presentation p = dem_presentation_of(f->model, i);
    if (r->shows_as == DEM_SHOWS_NOTHING || p.text == DEM_NONE) {
      continue;
    }
    if (r->fields[p.text].type.kind == DEM_TYPE_REFERENCE) {
      DEM_TRY(add_row_goal(f, i, p.text));
    } else if (r->fields[p.text].type.storage == DEM_STORAGE_STRING) {
      DEM_TRY(add_text_goal(f, i, p.text));
    }
  }
  return DEM_OK;
}

// Facts ---------------------------------------------------------------------------------

static bool is_blank(char byte)
{
  return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static dem_slice trim(dem_slice text)
{
  while (text.size && is_blank(text.bytes[0])) {
    ++text.bytes;
    --text.size;
  }
  while (text.size && is_blank(text.bytes[text.size - 1])) {
    --text.size;
  }
  return text;
}

static dem_slice between(dem_slice text, size_t begin, size_t end)
{
  return trim((dem_slice){text.bytes + begin, end - begin});
}

static size_t find_byte(dem_slice text, size_t from, const char *bytes)
{
  while (from < text.size && !strchr(bytes, text.bytes[from])) {
    ++from;
  }
  return from;
}

/// Without the quotes around it.
static dem_slice unquote(dem_slice text)
{
  const bool is_quoted = text.size >= 2 && (text.bytes[0] == '"' || text.bytes[0] == '\'') &&
                         text.bytes[text.size - 1] == text.bytes[0];
  return is_quoted ? (dem_slice){text.bytes + 1, text.size - 2} : text;
}

static dem_status reject(finder *f, dem_diagnostic_code code, const char *what, dem_slice word,
                         dem_slice near)
{
  (void)dem_diagnose(f->diagnostics, code, DEM_PLACE_NONE, what, (int)word.size, word.bytes);
  if (near.size) {
    dem_diagnose_note(f->diagnostics, "did you mean '%.*s'?", (int)near.size, near.bytes);
  }
  return DEM_ERR_NOT_FOUND;
}

static dem_status read_value(finder *f, const dem_type *type, dem_slice text, dem_word *word)
{
  if (type->kind == DEM_TYPE_REFERENCE) {
    const dem_slice whole = f->text;
    f->text = text;
    (void)dem_unicode_fold(text, &f->folded);
    const dem_name_verdict verdict = find_row(f, type->relation, word);
    const dem_status status = verdict == DEM_NAME_FOUND       ? DEM_OK
                              : verdict == DEM_NAME_AMBIGUOUS ? say_ambiguous(f)
                              : verdict == DEM_NAME_NO_MEMORY
                                  ? DEM_ERR_NO_MEMORY
                                  : reject(f, DEM_DIAG_UNKNOWN_SUBJECT, "nothing is called '%.*s'",
                                           text, dem_names_nearest(f->names, type->relation, text));
    f->text = whole;
    return status;
  }
  switch (dem_scalar_read(f->symbols, type, text, word)) {
  case DEM_SCALAR_OK:
    return DEM_OK;
  case DEM_SCALAR_WRONG_TYPE:
  case DEM_SCALAR_NOT_AN_OPTION:
    return reject(f, DEM_DIAG_UNKNOWN_SUBJECT, "'%.*s' is no value of its field", text,
                  (dem_slice){0});
  case DEM_SCALAR_NO_MEMORY:
    break;
  }
  return DEM_ERR_NO_MEMORY;
}

static dem_slice nearest_field(const finder *f, const dem_relation *r, dem_slice name)
{
  dem_slice words[DEM_MAX_FIELDS];
  for (uint32_t i = 0; i < r->field_count; ++i) {
    words[i] = dem_symbols_text(f->model->symbols, r->fields[i].name);
  }
  return dem_nearest(name, words, r->field_count);
}

static dem_status read_field(finder *f, dem_goal *goal, dem_slice name, dem_slice value)
{
  const dem_relation *const r = &f->model->relations[goal->relation];
  const uint32_t field = dem_relation_find_field(f->model, r, unquote(name));
  if (field == DEM_NONE) {
    return reject(f, DEM_DIAG_UNKNOWN_FIELD, "its relation has no field '%.*s'", name,
                  nearest_field(f, r, name));
  }
  goal->mask |= UINT64_C(1) << field;
  return read_value(f, &r->fields[field].type, unquote(value), &goal->words[field]);
}

static dem_status reject_syntax(finder *f)
{
  (void)dem_diagnose(f->diagnostics, DEM_DIAG_SUBJECT_SYNTAX, DEM_PLACE_NONE,
                     "'%.*s' is no fact: write relation(field: value, field: value)",
                     (int)f->text.size, f->text.bytes);
  return DEM_ERR_NOT_FOUND;
}

/// Where a value that begins at `from` ends: at a comma or the end, but not within quotes.
static size_t end_of_value(dem_slice inside, size_t from)
{
  while (from < inside.size && is_blank(inside.bytes[from])) {
    ++from;
  }
  if (from < inside.size && (inside.bytes[from] == '"' || inside.bytes[from] == '\'')) {
    const char quote[] = {inside.bytes[from], '\0'};
    from = find_byte(inside, from + 1, quote);
  }
  return find_byte(inside, from, ",");
}

static dem_status read_fields(finder *f, dem_goal *goal, dem_slice inside)
{
  for (size_t begin = 0; begin < inside.size;) {
    const size_t colon = find_byte(inside, begin, ":=");
    if (colon == inside.size) {
      return reject_syntax(f);
    }
    const size_t end = end_of_value(inside, colon + 1);
    DEM_TRY(read_field(f, goal, between(inside, begin, colon), between(inside, colon + 1, end)));
    begin = end + 1;
  }
  return DEM_OK;
}

static dem_slice nearest_relation(const finder *f, dem_slice name)
{
  dem_slice nearest = {0};
  for (uint32_t i = 0; i < f->model->relation_count && nearest.size == 0; ++i) {
    const dem_slice word = dem_symbols_text(f->model->symbols, f->model->relations[i].name);
    nearest = f->model->relations[i].is_hidden ? nearest : dem_nearest(name, &word, 1);
  }
  return nearest;
}

/// `relation(…)` or `relation: {…}`
static dem_status find_fact(finder *f, size_t open)
{
  const dem_slice text = trim(f->text);
  const char close = text.bytes[open] == '(' ? ')' : '}';
  dem_slice name = between(text, 0, open);
  if (name.size && name.bytes[name.size - 1] == ':') {
    name = between(name, 0, name.size - 1);
  }
  dem_goal goal = {.relation = dem_model_find_relation(f->model, name)};
  if (goal.relation == DEM_NONE || f->model->relations[goal.relation].is_hidden) {
    return reject(f, DEM_DIAG_UNKNOWN_RELATION, "the pack has no relation '%.*s'", name,
                  nearest_relation(f, name));
  }
  if (text.bytes[text.size - 1] != close) {
    return reject_syntax(f);
  }
  f->subject->is_fact = true;
  DEM_TRY(read_fields(f, &goal, between(text, open + 1, text.size - 1)));
  return dem_vector_add(&f->subject->goals, &goal) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

// The whole -----------------------------------------------------------------------------

/// The nearest name among those that a subject could have.
static dem_slice nearest_name(const finder *f)
{
  for (uint32_t i = 0; i < f->model->relation_count; ++i) {
    const dem_relation *const r = &f->model->relations[i];
    const dem_presentation p = dem_presentation_of(f->model, i);
    if (r->shows_as == DEM_SHOWS_RECOMMENDATION && p.partner != DEM_NONE) {
      return dem_names_nearest(f->names, r->fields[p.partner].type.relation, f->text);
    }
  }
  return (dem_slice){0};
}

/// Whatever is recommended.
static dem_status find_everything(finder *f)
{
  f->subject->has_all = true;
  for (uint32_t i = 0; i < f->model->relation_count; ++i) {
    const dem_goal goal = {.relation = i};
    if (f->model->relations[i].shows_as == DEM_SHOWS_RECOMMENDATION &&
        !dem_vector_add(&f->subject->goals, &goal)) {
      return DEM_ERR_NO_MEMORY;
    }
  }
  return DEM_OK;
}

static dem_status find(finder *f)
{
  const dem_slice text = trim(f->text);
  if (!dem_unicode_fold(text, &f->folded)) {
    return f->folded.has_failed
               ? DEM_ERR_NO_MEMORY
               : reject(f, DEM_DIAG_UNKNOWN_SUBJECT, "'%.*s' is not UTF-8", text, (dem_slice){0});
  }
  f->text = text;
  DEM_TRY(find_partner(f));
  if (f->subject->goals.count == 0) {
    DEM_TRY(find_item(f));
  }
  if (f->subject->goals.count > 0) {
    return DEM_OK;
  }
  const size_t open = find_byte(text, 0, "({");
  if (open > 0 && open < text.size) {
    return find_fact(f, open);
  }
  const dem_slice near = nearest_name(f);
  const dem_status status =
      reject(f, DEM_DIAG_UNKNOWN_SUBJECT, "no partner and no item of the advice is called '%.*s'",
             text, near);
  if (!near.size) {
    dem_diagnose_note(
        f->diagnostics,
        "'demarche show' finds partners by a word of their names; an item is given by "
        "its text");
  }
  return status;
}

dem_status dem_subject_find(dem_subject *subject, const dem_names *names, dem_symbols *symbols,
                            const dem_facts *facts, const char *text, dem_diagnostics *diagnostics)
{
  finder f = {.subject = subject,
              .names = names,
              .model = names->model,
              .symbols = symbols,
              .facts = facts,
              .diagnostics = diagnostics,
              .text = dem_slice_of(text)};
  dem_buffer_init(&f.folded, names->allocator);
  dem_buffer_init(&f.other, names->allocator);
  const dem_status status = text ? find(&f) : find_everything(&f);
  dem_buffer_clear(&f.other);
  dem_buffer_clear(&f.folded);
  return status;
}
