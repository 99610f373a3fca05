// SPDX-License-Identifier: Apache-2.0

// One thing of a pack in full, with everything that refers to it.
//
// Facts are taken as the pack gives them, with their dates: what is not in force any more is shown
// as that. Facts that rules derive from the pack alone follow them.

#include "advise/description.h"

#include <stdlib.h>
#include <string.h>

#include "advise/mention.h"
#include "advise/phrase.h"
#include "base/try.h"
#include "lang/scalar.h"

typedef struct describer {
  dem_catalogue *c;
  const dem_model *model;
  dem_vector details;  ///< dem_detail
  dem_vector listings; ///< dem_listing
  dem_vector rows;     ///< found_row: of the table at hand.
} describer;

static dem_status add_detail(describer *d, const char *name, const char *value, const char *label)
{
  DEM_TRY_MEMORY(value);
  DEM_TRY_MEMORY(label);
  const dem_detail detail = {name, value, strcmp(label, value) == 0 ? "" : label};
  return value[0] == '\0' || dem_vector_add(&d->details, &detail) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_status add_text(describer *d, const char *name, dem_slice text)
{
  return add_detail(d, name, dem_wording_of(text), "");
}

static dem_status add_day(describer *d, const char *name, int64_t day)
{
  const bool is_said = day != INT64_MIN && day != INT64_MAX;
  return is_said ? add_detail(d, name, dem_wording_day(&d->c->words, day), "") : DEM_OK;
}

/// Keep the table at hand, unless it is empty.
static dem_status end_listing(describer *d)
{
  dem_listing listing;
  DEM_TRY(dem_catalogue_end(d->c, &listing));
  return listing.row_count == 0 || dem_vector_add(&d->listings, &listing) ? DEM_OK
                                                                          : DEM_ERR_NO_MEMORY;
}

static const char *join(describer *d, const char *first, const char *between, const char *second,
                        const char *after)
{
  dem_buffer *const text = &d->c->words.text;
  dem_buffer_add_text(text, first);
  dem_buffer_add_text(text, between);
  dem_buffer_add_text(text, second);
  dem_buffer_add_text(text, after);
  return dem_wording_keep(&d->c->words);
}

// Facts that refer to a row -----------------------------------------------------------------

/// A fact with what it is sorted by.
typedef struct found_row {
  const dem_relation *relation;
  const dem_word *words;
  const dem_given *given; ///< NULL for what a rule derived.
  dem_fact fact;          ///< Of a derived one.
  bool is_in_force;
  size_t options[DEM_MAX_FIELDS]; ///< By field of an enumeration: its place in the schema.
  const char *labels[DEM_MAX_FIELDS];
} found_row;

static int compare_rows(const void *left, const void *right)
{
  const found_row *const a = left;
  const found_row *const b = right;
  if (a->is_in_force != b->is_in_force) {
    return a->is_in_force ? -1 : 1;
  }
  for (uint32_t f = 0; f < a->relation->field_count; ++f) {
    if (a->options[f] != b->options[f]) {
      return a->options[f] < b->options[f] ? -1 : 1;
    }
  }
  for (uint32_t f = 0; f < a->relation->field_count; ++f) {
    const int order = strcmp(a->labels[f], b->labels[f]);
    if (order != 0) {
      return order;
    }
  }
  const int64_t from[] = {a->given ? a->given->from : 0, b->given ? b->given->from : 0};
  return (from[0] > from[1]) - (from[0] < from[1]);
}

static size_t option_of(const dem_type *type, dem_word word)
{
  size_t i = 0;
  while (i < type->option_count && type->options[i].index != word) {
    ++i;
  }
  return type->option_count > 0 ? i + 1 : 0;
}

static dem_status add_found(describer *d, found_row row)
{
  for (uint32_t f = 0; f < row.relation->field_count; ++f) {
    const dem_type *const type = &row.relation->fields[f].type;
    row.options[f] = option_of(type, row.words[f]);
    row.labels[f] = dem_wording_label(&d->c->words, type, row.words[f]);
    DEM_TRY_MEMORY(row.labels[f]);
  }
  return dem_vector_add(&d->rows, &row) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

/// Find the facts of a relation whose field holds a word.
static dem_status find_facts(describer *d, uint32_t relation, uint32_t field, dem_word word)
{
  const dem_relation *const r = &d->model->relations[relation];
  const dem_given_facts *const all = &d->model->facts[relation];
  dem_vector_reset(&d->rows);
  for (size_t i = 0; i < all->givens.count; ++i) {
    const dem_word *const words = (const dem_word *)all->words.items + i * r->field_count;
    const dem_given *const given =
        &DEM_VECTOR_AT(&d->model->givens, dem_given, DEM_VECTOR_AT(&all->givens, uint32_t, i));
    if (words[field] == word) {
      DEM_TRY(add_found(
          d, (found_row){.relation = r,
                         .words = words,
                         .given = given,
                         .is_in_force = given->from <= d->c->date && d->c->date < given->until}));
    }
  }
  const dem_facts *const facts = d->c->names->facts;
  const uint32_t count = dem_facts_count(facts, relation);
  for (uint32_t i = 0; i < count; ++i) {
    const dem_fact fact = dem_facts_at(facts, relation, i);
    const dem_word *const words = dem_facts_row(facts, fact);
    if (words[field] == word && dem_facts_justify(facts, fact).rule != DEM_NONE) {
      DEM_TRY(add_found(
          d, (found_row){.relation = r, .words = words, .fact = fact, .is_in_force = true}));
    }
  }
  if (d->rows.count > 0) {
    qsort(d->rows.items, d->rows.count, d->rows.item_size, compare_rows);
  }
  return DEM_OK;
}

static void add_day_cell(describer *d, bool is_said, int64_t day)
{
  dem_catalogue_cell(d->c, is_said ? dem_wording_day(&d->c->words, day) : "");
}

static void add_given_cells(describer *d, const found_row *row)
{
  const dem_given *const given = row->given;
  dem_catalogue_cell(d->c, row->is_in_force ? "true" : "false");
  add_day_cell(d, given && given->from != INT64_MIN, given ? given->from : 0);
  add_day_cell(d, given && given->until != INT64_MAX, given ? given->until : 0);
  add_day_cell(d, given && given->as_of != INT64_MIN, given ? given->as_of : 0);
  if (given) {
    dem_catalogue_cell(d->c, "");
    dem_catalogue_cell(d->c, dem_catalogue_place(d->c, given->place));
    dem_catalogue_cell(d->c,
                       dem_catalogue_citations(d->c, given->citations, given->citation_count));
    return;
  }
  const dem_rule *const rule =
      &d->model->rules[dem_facts_justify(d->c->names->facts, row->fact).rule];
  dem_catalogue_cell(d->c, dem_catalogue_text(d->c, rule->id));
  dem_catalogue_cell(d->c, dem_catalogue_place(d->c, rule->place));
  dem_catalogue_cell(d->c, dem_catalogue_citations(d->c, rule->citations, rule->citation_count));
}

static bool is_reference(const dem_type *type)
{
  return type->kind == DEM_TYPE_REFERENCE;
}

/// The facts that were found, as a table: their fields but one, references with their labels.
static dem_status list_found(describer *d, const char *title, uint32_t relation, uint32_t but)
{
  static const char *const given_columns[] = {"in_force", "from",  "until", "checked",
                                              "rule",     "place", "cites"};
  const dem_relation *const r = &d->model->relations[relation];
  dem_catalogue_begin(d->c, title);
  for (uint32_t f = 0; f < r->field_count; ++f) {
    const char *const name = dem_catalogue_text(d->c, r->fields[f].name);
    if (f != but) {
      dem_catalogue_column(d->c, name, dem_catalogue_is_number(&r->fields[f].type));
    }
    if (f != but && is_reference(&r->fields[f].type)) {
      dem_catalogue_column(d->c, join(d, name, "_label", "", ""), false);
    }
  }
  for (size_t i = 0; i < sizeof given_columns / sizeof given_columns[0]; ++i) {
    dem_catalogue_column(d->c, given_columns[i], i == 0);
  }
  for (size_t i = 0; i < d->rows.count; ++i) {
    const found_row *const row = &DEM_VECTOR_AT(&d->rows, found_row, i);
    for (uint32_t f = 0; f < r->field_count; ++f) {
      if (f != but) {
        dem_catalogue_cell(d->c, dem_wording_key(&d->c->words, &r->fields[f].type, row->words[f]));
      }
      if (f != but && is_reference(&r->fields[f].type)) {
        dem_catalogue_cell(d->c, row->labels[f]);
      }
    }
    add_given_cells(d, row);
  }
  return end_listing(d);
}

/// How many fields of a relation refer to another.
static uint32_t count_references(const dem_relation *r, uint32_t to)
{
  uint32_t count = 0;
  for (uint32_t f = 0; f < r->field_count; ++f) {
    count += is_reference(&r->fields[f].type) && r->fields[f].type.relation == to;
  }
  return count;
}

static dem_status list_references(describer *d, uint32_t relation, dem_word key)
{
  for (uint32_t i = 0; i < d->model->relation_count; ++i) {
    const dem_relation *const r = &d->model->relations[i];
    const char *const name = dem_catalogue_text(d->c, r->name);
    for (uint32_t f = 0; f < r->field_count && !r->is_hidden; ++f) {
      if (is_reference(&r->fields[f].type) && r->fields[f].type.relation == relation) {
        const bool is_only = count_references(r, relation) == 1 && i != relation;
        const char *const field = dem_catalogue_text(d->c, r->fields[f].name);
        DEM_TRY(find_facts(d, i, f, key));
        DEM_TRY(list_found(d, is_only ? name : join(d, name, " (", field, ")"), i, f));
      }
    }
  }
  return DEM_OK;
}

static bool is_same_enumeration(const dem_field *a, const dem_field *b)
{
  bool is_same = a->type.kind == DEM_TYPE_ENUMERATION && b->type.kind == DEM_TYPE_ENUMERATION &&
                 dem_symbol_is_equal(a->name, b->name) &&
                 a->type.option_count == b->type.option_count;
  for (uint32_t i = 0; is_same && i < a->type.option_count; ++i) {
    is_same = dem_symbol_is_equal(a->type.options[i], b->type.options[i]);
  }
  return is_same;
}

/// What relations without a key say of all that share a property with a row: "serves (kind:
/// union)".
static dem_status list_shared(describer *d, const dem_relation *r, const dem_word *row)
{
  for (uint32_t i = 0; i < d->model->relation_count; ++i) {
    const dem_relation *const other = &d->model->relations[i];
    for (uint32_t f = 0; f < other->field_count && other->key == DEM_NONE; ++f) {
      for (uint32_t g = 0; g < r->field_count && !other->is_hidden; ++g) {
        if (is_same_enumeration(&r->fields[g], &other->fields[f]) && row[g] != DEM_ABSENT) {
          const char *const value = dem_wording_key(&d->c->words, &r->fields[g].type, row[g]);
          const char *const property =
              join(d, dem_catalogue_text(d->c, r->fields[g].name), ": ", value ? value : "", ")");
          DEM_TRY_MEMORY(property);
          DEM_TRY(find_facts(d, i, f, row[g]));
          DEM_TRY(list_found(d, join(d, dem_catalogue_text(d->c, other->name), " (", property, ""),
                             i, f));
        }
      }
    }
  }
  return DEM_OK;
}

// Rules and questions -----------------------------------------------------------------------

static void begin_rules(describer *d, const char *title)
{
  dem_catalogue_begin(d->c, title);
  dem_catalogue_column(d->c, "rule", false);
  dem_catalogue_column(d->c, "title", false);
  dem_catalogue_column(d->c, "in", false);
  dem_catalogue_column(d->c, "place", false);
}

static void add_rule(describer *d, const dem_rule *rule, const char *where)
{
  dem_catalogue_cell(d->c, dem_catalogue_text(d->c, rule->id));
  dem_catalogue_cell(d->c, dem_wording_of(dem_wording_title(&d->c->words, rule)));
  dem_catalogue_cell(d->c, where);
  dem_catalogue_cell(d->c, dem_catalogue_place(d->c, rule->place));
}

static const char *describe_mention(dem_mention mention)
{
  if (!mention.is_in_conclusions) {
    return "when";
  }
  return mention.is_in_conditions ? "when, then" : "then";
}

static dem_status list_naming_rules(describer *d, uint32_t relation, dem_word key)
{
  begin_rules(d, "rules that name it");
  for (uint32_t i = 0; i < d->model->rule_count; ++i) {
    const dem_rule *const rule = &d->model->rules[i];
    const dem_mention mention = dem_mention_of_row(d->model, rule, relation, key);
    if (!rule->is_hidden && dem_mention_is_any(mention)) {
      add_rule(d, rule, describe_mention(mention));
    }
  }
  return end_listing(d);
}

static dem_status list_using_rules(describer *d, uint32_t relation)
{
  begin_rules(d, "rules that use it");
  for (uint32_t i = 0; i < d->model->rule_count; ++i) {
    const dem_rule *const rule = &d->model->rules[i];
    const dem_mention mention = dem_mention_of_relation(rule, relation);
    if (!rule->is_hidden && dem_mention_is_any(mention)) {
      add_rule(d, rule, describe_mention(mention));
    }
  }
  return end_listing(d);
}

static bool gives(const dem_question *question, uint32_t relation)
{
  bool does = false;
  for (uint32_t i = 0; i < question->gives_count; ++i) {
    does = does || question->gives[i].relation == relation;
  }
  return does;
}

static dem_status list_giving_questions(describer *d, uint32_t relation)
{
  dem_catalogue_begin(d->c, "questions that give it");
  dem_catalogue_column(d->c, "field", false);
  dem_catalogue_column(d->c, "ask", false);
  for (uint32_t i = 0; i < d->model->question_count; ++i) {
    if (gives(&d->model->questions[i], relation)) {
      dem_catalogue_cell(d->c, dem_catalogue_text(d->c, d->model->questions[i].field));
      dem_catalogue_cell(d->c, dem_wording_ask(&d->c->words, i));
    }
  }
  return end_listing(d);
}

// Things ------------------------------------------------------------------------------------

/// What people know a value as: a reference by its label, a text in the language, others as they
/// are.
static const char *label_of(describer *d, uint32_t relation, uint32_t field, const dem_word *row)
{
  const dem_type *const type = &d->model->relations[relation].fields[field].type;
  if (is_reference(type)) {
    return dem_wording_label(&d->c->words, type, row[field]);
  }
  const bool has_language = d->c->names->language && type->kind == DEM_TYPE_TEXT;
  return has_language ? dem_wording_cell(&d->c->words, relation, field, row) : "";
}

static dem_status describe_row(describer *d, const dem_thing *thing)
{
  const dem_relation *const r = &d->model->relations[thing->relation];
  const dem_word *const row = dem_facts_row(
      d->c->names->facts, dem_facts_at(d->c->names->facts, thing->relation, thing->index));
  for (uint32_t f = 0; f < r->field_count; ++f) {
    const dem_type *const type = &r->fields[f].type;
    DEM_TRY(add_detail(d, dem_catalogue_text(d->c, r->fields[f].name),
                       dem_wording_key(&d->c->words, type, row[f]),
                       label_of(d, thing->relation, f, row)));
  }
  DEM_TRY(find_facts(d, thing->relation, r->key, row[r->key]));
  for (size_t i = 0; i < d->rows.count; ++i) {
    const dem_given *const given = DEM_VECTOR_AT(&d->rows, found_row, i).given;
    if (given) {
      DEM_TRY(add_day(d, "checked", given->as_of));
      DEM_TRY(add_day(d, "from", given->from));
      DEM_TRY(add_day(d, "until", given->until));
      DEM_TRY(add_detail(d, "place", dem_catalogue_place(d->c, given->place), ""));
      DEM_TRY(add_detail(
          d, "cites", dem_catalogue_citations(d->c, given->citations, given->citation_count), ""));
    }
  }
  DEM_TRY(list_references(d, thing->relation, row[r->key]));
  DEM_TRY(list_shared(d, r, row));
  return list_naming_rules(d, thing->relation, row[r->key]);
}

static dem_status list_fields(describer *d, uint32_t relation)
{
  const dem_relation *const r = &d->model->relations[relation];
  dem_catalogue_begin(d->c, "fields");
  dem_catalogue_column(d->c, "field", false);
  dem_catalogue_column(d->c, "optional", true);
  dem_catalogue_column(d->c, "default", false);
  dem_catalogue_column(d->c, "type", false);
  for (uint32_t f = 0; f < r->field_count; ++f) {
    const dem_field *const field = &r->fields[f];
    dem_catalogue_cell(d->c, dem_catalogue_text(d->c, field->name));
    dem_catalogue_cell(d->c, field->is_optional ? "true" : "false");
    dem_catalogue_cell(d->c, field->has_default
                                 ? dem_wording_key(&d->c->words, &field->type, field->default_word)
                                 : "");
    if (is_reference(&field->type)) {
      dem_buffer_add(
          &d->c->words.text,
          dem_symbols_text(d->c->symbols, d->model->relations[field->type.relation].name));
    } else {
      dem_type_describe(d->model, &field->type, &d->c->words.text);
    }
    dem_catalogue_cell(d->c, dem_wording_keep(&d->c->words));
  }
  return end_listing(d);
}

static dem_status list_referring_relations(describer *d, uint32_t relation)
{
  dem_catalogue_begin(d->c, "relations that refer to it");
  dem_catalogue_column(d->c, "relation", false);
  dem_catalogue_column(d->c, "field", false);
  for (uint32_t i = 0; i < d->model->relation_count; ++i) {
    const dem_relation *const r = &d->model->relations[i];
    for (uint32_t f = 0; f < r->field_count && !r->is_hidden; ++f) {
      if (is_reference(&r->fields[f].type) && r->fields[f].type.relation == relation) {
        dem_catalogue_cell(d->c, dem_catalogue_text(d->c, r->name));
        dem_catalogue_cell(d->c, dem_catalogue_text(d->c, r->fields[f].name));
      }
    }
  }
  return end_listing(d);
}

static dem_status describe_relation(describer *d, uint32_t relation)
{
  static const char *const shown[] = {"", "recommendation", "step", "caveat", "reference"};
  const dem_relation *const r = &d->model->relations[relation];
  DEM_TRY(add_text(d, "about", r->about));
  DEM_TRY(add_detail(
      d, "key", r->key == DEM_NONE ? "" : dem_catalogue_text(d->c, r->fields[r->key].name), ""));
  DEM_TRY(add_detail(d, "label",
                     r->label == DEM_NONE ? "" : dem_catalogue_text(d->c, r->fields[r->label].name),
                     ""));
  DEM_TRY(add_detail(d, "shown as", shown[r->shows_as], ""));
  DEM_TRY(add_detail(d, "facts",
                     dem_catalogue_count(d->c, dem_facts_count(d->c->names->facts, relation)), ""));
  DEM_TRY(add_detail(d, "place", dem_catalogue_place(d->c, r->place), ""));
  DEM_TRY(list_fields(d, relation));
  DEM_TRY(list_referring_relations(d, relation));
  DEM_TRY(list_giving_questions(d, relation));
  return list_using_rules(d, relation);
}

static dem_status list_phrases(describer *d, const dem_rule *rule)
{
  dem_catalogue_begin(d->c, "when");
  dem_catalogue_column(d->c, "condition", false);
  for (uint32_t i = 0; i < rule->variable_count; ++i) {
    d->c->words.values[i] = DEM_ABSENT;
  }
  const dem_phrase_binding binding = {rule, d->c->words.values, true};
  for (uint32_t i = 0; i < rule->when.count; ++i) {
    dem_phrase_condition(&d->c->words, &binding, &rule->when.items[i]);
    dem_catalogue_cell(d->c, dem_wording_keep(&d->c->words));
  }
  return end_listing(d);
}

static const char *phrase_output(describer *d, const dem_rule *rule, const dem_type *type,
                                 const dem_output *output)
{
  switch (output->kind) {
  case DEM_OUTPUT_WORD:
    return dem_wording_label(&d->c->words, type, output->word);
  case DEM_OUTPUT_VARIABLE:
    return dem_catalogue_text(d->c, rule->variables[output->variable].name);
  case DEM_OUTPUT_EXPRESSION:
    return "computed";
  }
  return "";
}

static dem_status list_conclusions(describer *d, const dem_rule *rule)
{
  dem_catalogue_begin(d->c, "then");
  dem_catalogue_column(d->c, "relation", false);
  dem_catalogue_column(d->c, "field", false);
  dem_catalogue_column(d->c, "value", false);
  for (uint32_t i = 0; i < rule->conclusion_count; ++i) {
    const dem_conclusion *const conclusion = &rule->conclusions[i];
    const dem_relation *const r = &d->model->relations[conclusion->relation];
    for (uint32_t f = 0; f < r->field_count; ++f) {
      const dem_output *const output = &conclusion->outputs[f];
      if (output->kind != DEM_OUTPUT_WORD || output->word != DEM_ABSENT) {
        dem_catalogue_cell(d->c, dem_catalogue_text(d->c, r->name));
        dem_catalogue_cell(d->c, dem_catalogue_text(d->c, r->fields[f].name));
        dem_catalogue_cell(d->c, phrase_output(d, rule, &r->fields[f].type, output));
      }
    }
  }
  return end_listing(d);
}

static dem_status list_cited(describer *d, const dem_citation *citations, uint32_t count)
{
  dem_catalogue_begin(d->c, "sources");
  dem_catalogue_column(d->c, "source", false);
  dem_catalogue_column(d->c, "title", false);
  dem_catalogue_column(d->c, "section", false);
  for (uint32_t i = 0; i < count; ++i) {
    const dem_source *const source = &d->model->sources[citations[i].source];
    dem_catalogue_cell(d->c, dem_catalogue_citations(d->c, &citations[i], 1));
    dem_catalogue_cell(d->c, dem_wording_of(source->title));
    dem_catalogue_cell(d->c, citations[i].section == DEM_NONE
                                 ? ""
                                 : dem_wording_of(source->sections[citations[i].section].title));
  }
  return end_listing(d);
}

static dem_status describe_rule(describer *d, const dem_rule *rule)
{
  DEM_TRY(add_text(d, "title", dem_wording_title(&d->c->words, rule)));
  const dem_text_id because = {DEM_TEXT_RULE_BECAUSE, 0, (uint64_t)(rule - d->model->rules)};
  DEM_TRY(
      add_text(d, "because", dem_language_or(d->c->names->language, because, rule->reason_text)));
  DEM_TRY(add_day(d, "from", rule->from));
  DEM_TRY(add_day(d, "until", rule->until));
  DEM_TRY(add_detail(d, "place", dem_catalogue_place(d->c, rule->place), ""));
  DEM_TRY(list_phrases(d, rule));
  DEM_TRY(list_conclusions(d, rule));
  return list_cited(d, rule->citations, rule->citation_count);
}

static bool cites(const dem_citation *citations, uint32_t count, uint32_t source, uint32_t section)
{
  bool does = false;
  for (uint32_t i = 0; i < count; ++i) {
    does = does || (citations[i].source == source && citations[i].section == section);
  }
  return does;
}

/// How many facts of a relation one file gives with a citation, file by file.
static void count_citing_facts(describer *d, uint32_t source, uint32_t section, const char *id)
{
  for (uint32_t i = 0; i < d->model->relation_count; ++i) {
    const dem_given_facts *const all = &d->model->facts[i];
    dem_place place = DEM_PLACE_NONE;
    uint64_t count = 0;
    for (size_t j = 0; j <= all->givens.count; ++j) { // Facts of one file follow one another.
      const dem_given *const given = j < all->givens.count
                                         ? &DEM_VECTOR_AT(&d->model->givens, dem_given,
                                                          DEM_VECTOR_AT(&all->givens, uint32_t, j))
                                         : NULL;
      const bool does = given && cites(given->citations, given->citation_count, source, section);
      if (count > 0 && (!given || (does && given->place.file.index != place.file.index))) {
        dem_catalogue_cell(d->c, dem_catalogue_text(d->c, d->model->relations[i].name));
        dem_catalogue_cell(d->c, id);
        dem_catalogue_cell(d->c, dem_catalogue_count(d->c, count));
        dem_catalogue_cell(d->c, dem_wording_of(dem_files_name(&d->model->files, place.file)));
        count = 0;
      }
      place = does ? given->place : place;
      count += does;
    }
  }
}

static const char *section_id(describer *d, const dem_source *source, uint32_t section)
{
  return section == DEM_NONE ? "" : dem_catalogue_text(d->c, source->sections[section].id);
}

/// Section -1 stands for the source as a whole.
static uint32_t section_at(uint32_t index)
{
  return index == 0 ? DEM_NONE : index - 1;
}

static dem_status list_citing_facts(describer *d, uint32_t index)
{
  const dem_source *const source = &d->model->sources[index];
  dem_catalogue_begin(d->c, "facts that cite it");
  dem_catalogue_column(d->c, "relation", false);
  dem_catalogue_column(d->c, "section", false);
  dem_catalogue_column(d->c, "facts", true);
  dem_catalogue_column(d->c, "file", false);
  for (uint32_t i = 0; i <= source->section_count; ++i) {
    count_citing_facts(d, index, section_at(i), section_id(d, source, section_at(i)));
  }
  return end_listing(d);
}

static dem_status list_citing_rules(describer *d, uint32_t index)
{
  const dem_source *const source = &d->model->sources[index];
  dem_catalogue_begin(d->c, "rules that cite it");
  dem_catalogue_column(d->c, "rule", false);
  dem_catalogue_column(d->c, "section", false);
  dem_catalogue_column(d->c, "title", false);
  dem_catalogue_column(d->c, "place", false);
  for (uint32_t i = 0; i < d->model->rule_count; ++i) {
    const dem_rule *const rule = &d->model->rules[i];
    for (uint32_t j = 0; j <= source->section_count && !rule->is_hidden; ++j) {
      if (cites(rule->citations, rule->citation_count, index, section_at(j))) {
        dem_catalogue_cell(d->c, dem_catalogue_text(d->c, rule->id));
        dem_catalogue_cell(d->c, section_id(d, source, section_at(j)));
        dem_catalogue_cell(d->c, dem_wording_of(dem_wording_title(&d->c->words, rule)));
        dem_catalogue_cell(d->c, dem_catalogue_place(d->c, rule->place));
      }
    }
  }
  return end_listing(d);
}

static dem_status describe_source(describer *d, uint32_t index)
{
  const dem_source *const source = &d->model->sources[index];
  DEM_TRY(add_text(d, "title", dem_wording_source(&d->c->words, index)));
  DEM_TRY(add_text(d, "work", source->work));
  DEM_TRY(add_text(d, "author", source->author));
  DEM_TRY(add_text(d, "publisher", source->publisher));
  DEM_TRY(add_text(d, "date", source->date));
  DEM_TRY(add_text(d, "accessed", source->accessed));
  DEM_TRY(add_text(d, "url", source->url));
  DEM_TRY(add_text(d, "licence", source->licence));
  DEM_TRY(add_detail(d, "place", dem_catalogue_place(d->c, source->place), ""));
  dem_catalogue_begin(d->c, "sections");
  dem_catalogue_column(d->c, "section", false);
  dem_catalogue_column(d->c, "title", false);
  for (uint32_t i = 0; i < source->section_count; ++i) {
    dem_catalogue_cell(d->c, dem_catalogue_text(d->c, source->sections[i].id));
    dem_catalogue_cell(d->c, dem_wording_of(source->sections[i].title));
  }
  DEM_TRY(end_listing(d));
  DEM_TRY(list_citing_facts(d, index));
  return list_citing_rules(d, index);
}

static dem_status describe_question(describer *d, const dem_question *question)
{
  const uint32_t number = (uint32_t)(question - d->model->questions);
  const dem_text_id help = {DEM_TEXT_QUESTION_HELP, 0, number};
  DEM_TRY(add_detail(d, "ask", dem_wording_ask(&d->c->words, number), ""));
  DEM_TRY(add_text(d, "help", dem_language_or(d->c->names->language, help, question->help)));
  if (is_reference(&question->type)) {
    dem_buffer_add(
        &d->c->words.text,
        dem_symbols_text(d->c->symbols, d->model->relations[question->type.relation].name));
  } else {
    dem_type_describe(d->model, &question->type, &d->c->words.text);
  }
  DEM_TRY(add_detail(d, "type", dem_wording_keep(&d->c->words), ""));
  DEM_TRY(add_detail(d, "answers", question->is_many ? "any number of them" : "one", ""));
  DEM_TRY(add_detail(d, "required", question->is_required ? "yes" : "", ""));
  DEM_TRY(add_detail(d, "fixed", question->is_fixed ? "yes" : "", ""));
  DEM_TRY(
      add_detail(d, "filled in", question->known_rule == DEM_NONE ? "" : "from the records", ""));
  DEM_TRY(add_detail(d, "place", dem_catalogue_place(d->c, question->place), ""));
  dem_catalogue_begin(d->c, "what it gives");
  dem_catalogue_column(d->c, "relation", false);
  dem_catalogue_column(d->c, "about", false);
  for (uint32_t i = 0; i < question->gives_count; ++i) {
    const dem_relation *const r = &d->model->relations[question->gives[i].relation];
    dem_catalogue_cell(d->c, dem_catalogue_text(d->c, r->name));
    dem_catalogue_cell(d->c, dem_wording_of(r->about));
  }
  DEM_TRY(end_listing(d));
  for (uint32_t i = 0; i < question->gives_count; ++i) {
    DEM_TRY(list_using_rules(d, question->gives[i].relation));
  }
  return DEM_OK;
}

static dem_status describe(describer *d, const dem_thing *thing)
{
  switch (thing->kind) {
  case DEM_THING_RELATION:
    return describe_relation(d, thing->index);
  case DEM_THING_RULE:
    return describe_rule(d, &d->model->rules[thing->index]);
  case DEM_THING_SOURCE:
    return describe_source(d, thing->index);
  case DEM_THING_QUESTION:
    return describe_question(d, &d->model->questions[thing->index]);
  case DEM_THING_ROW:
    return describe_row(d, thing);
  }
  return DEM_OK;
}

/// Copy what was collected into the catalogue's arena.
static dem_status settle(const describer *d, const dem_thing *thing,
                         const dem_description **description_out)
{
  dem_description *const out = DEM_ARENA_NEW(&d->c->arena, dem_description);
  dem_detail *const details = DEM_ARENA_ARRAY(&d->c->arena, dem_detail, d->details.count);
  dem_listing *const listings = DEM_ARENA_ARRAY(&d->c->arena, dem_listing, d->listings.count);
  if (!out || !details || !listings) {
    return DEM_ERR_NO_MEMORY;
  }
  for (size_t i = 0; i < d->details.count; ++i) {
    details[i] = DEM_VECTOR_AT(&d->details, dem_detail, i);
  }
  for (size_t i = 0; i < d->listings.count; ++i) {
    listings[i] = DEM_VECTOR_AT(&d->listings, dem_listing, i);
  }
  *out = (dem_description){.entry = thing->entry,
                           .detail_count = d->details.count,
                           .details = details,
                           .listing_count = d->listings.count,
                           .listings = listings};
  *description_out = out;
  return DEM_OK;
}

dem_status dem_description_build(dem_catalogue *catalogue, const dem_thing *thing,
                                 const dem_description **description_out)
{
  describer d = {.c = catalogue, .model = catalogue->model};
  dem_vector_init(&d.details, catalogue->allocator, sizeof(dem_detail));
  dem_vector_init(&d.listings, catalogue->allocator, sizeof(dem_listing));
  dem_vector_init(&d.rows, catalogue->allocator, sizeof(found_row));
  *description_out = NULL;
  dem_status status = describe(&d, thing);
  if (status == DEM_OK) {
    status = settle(&d, thing, description_out);
  }
  dem_vector_clear(&d.rows);
  dem_vector_clear(&d.listings);
  dem_vector_clear(&d.details);
  return status;
}
