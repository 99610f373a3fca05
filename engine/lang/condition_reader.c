// SPDX-License-Identifier: Apache-2.0

// Conditions: a list of mappings with one key each, which is a relation or a keyword.
//
// The part of a condition that is refused is left out, and its variables count as
// bound (dem_draft_forgive), so that reading can go on and report what else is wrong.

#include "lang/condition_reader.h"

#include "base/try.h"
#include "lang/term_reader.h"

// Where conditions are read to. `items` has room for all of the list.
typedef struct list {
  dem_draft *draft;
  uint32_t scope;
  uint32_t depth;
  dem_condition *items;
  uint32_t count;
} list;

typedef dem_status read_keyword(list *l, const dem_entry *entry);

static dem_status read_not(list *l, const dem_entry *entry);
static dem_status read_any(list *l, const dem_entry *entry);
static dem_status read_where(list *l, const dem_entry *entry);
static dem_status read_let(list *l, const dem_entry *entry);
static dem_status read_aggregate(list *l, const dem_entry *entry);

static const struct {
  const char *word;
  read_keyword *read;
} keywords[] = {
    {"not", read_not},       {"any", read_any},         {"where", read_where},
    {"let", read_let},       {"count", read_aggregate}, {"sum", read_aggregate},
    {"min", read_aggregate}, {"max", read_aggregate},
};

enum { KEYWORD_COUNT = sizeof(keywords) / sizeof(keywords[0]) };

static read_keyword *find_keyword(dem_slice word)
{
  for (size_t i = 0; i < KEYWORD_COUNT; ++i) {
    if (dem_slice_is(word, keywords[i].word)) {
      return keywords[i].read;
    }
  }
  return NULL;
}

bool dem_condition_is_keyword(dem_slice word)
{
  return find_keyword(word) != NULL;
}

// A new condition behind those that were read; it counts once `l->count` is raised.
static dem_condition *next_condition(list *l, dem_condition_kind kind, dem_place place)
{
  dem_condition *condition = &l->items[l->count];
  *condition = (dem_condition){.kind = kind, .place = place};
  return condition;
}

static dem_status add_step(list *l, dem_condition *condition, uint32_t *index_out)
{
  const dem_step step = {
      .condition = condition, .scope = l->scope, .over = DEM_NONE, .result = DEM_NONE};
  *index_out = (uint32_t)l->draft->steps.count;
  return dem_vector_add(&l->draft->steps, &step) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_step *step_at(list *l, uint32_t index)
{
  return &DEM_VECTOR_AT(&l->draft->steps, dem_step, index);
}

// Patterns ----------------------------------------------------------------------

// Where each field's term lies: terms are sorted by field, but read in the text's order, so that
// of two conflicting ones the latter is reported.
static void rank_fields(const dem_model *model, const dem_relation *relation,
                        const dem_node *fields, uint32_t *ranks)
{
  for (size_t i = 0; i < fields->count; ++i) {
    const uint32_t field = dem_relation_find_field(model, relation, fields->entries[i].key);
    for (uint32_t k = field; k != DEM_NONE && k < DEM_MAX_FIELDS; ++k) {
      ++ranks[k]; // How many fields up to `k` there are.
    }
  }
}

static dem_status read_terms(list *l, uint32_t relation, const dem_node *fields,
                             dem_pattern *pattern)
{
  dem_reader *reader = l->draft->reader;
  uint32_t ranks[DEM_MAX_FIELDS] = {0};
  rank_fields(reader->model, &reader->model->relations[relation], fields, ranks);
  dem_term *terms = DEM_ARENA_ARRAY(&reader->model->arena, dem_term, fields->count);
  DEM_TRY_MEMORY(terms);
  dem_status result = DEM_OK;
  for (size_t i = 0; i < fields->count; ++i) {
    const dem_entry *entry = &fields->entries[i];
    const uint32_t field = dem_field_resolve(reader, relation, entry->key, entry->key_place);
    dem_status status = DEM_ERR_INVALID;
    if (field != DEM_NONE) {
      status = dem_term_read(l->draft, l->scope, relation, field, entry->value,
                             &terms[ranks[field] - 1]);
      ++pattern->term_count;
    }
    DEM_TRY_ALL(result, status);
    if (status != DEM_OK) {
      DEM_TRY(dem_draft_forgive(l->draft, l->scope, entry->value));
    }
  }
  pattern->terms = terms;
  return result;
}

/// Words of logic that other languages have, and how the same is said here.
static const char *explain_word(dem_slice word)
{
  static const struct {
    const char *word;
    const char *help;
  } words[] = {
      {"or", "write 'any: [[…], […]]', a list of conditions for each case"},
      {"and", "conditions of one list hold together: leave it out"},
      {"all", "conditions of one list hold together: leave it out"},
      {"unless", "write 'not: […]'"},
      {"none", "write 'not: […]'"},
      {"exists", "write the condition itself: it holds where there is such a fact"},
      {"if", "write 'where: …'"},
      {"test", "write 'where: …'"},
      {"set", "write 'let: {$name: …}'"},
  };
  for (size_t i = 0; i < sizeof words / sizeof *words; ++i) {
    if (dem_slice_is(word, words[i].word)) {
      return words[i].help;
    }
  }
  return NULL;
}

static dem_status resolve_relation(list *l, const dem_entry *entry, uint32_t *relation_out)
{
  dem_diagnostics *diagnostics = l->draft->reader->diagnostics;
  const dem_model *model = l->draft->reader->model;
  const dem_slice name = entry->key;
  *relation_out = dem_model_find_relation(model, name);
  if (*relation_out != DEM_NONE && !model->relations[*relation_out].is_hidden) {
    return DEM_OK;
  }
  const char *const help = explain_word(name);
  if (help) {
    dem_diagnose(diagnostics, DEM_DIAG_UNKNOWN_CONDITION, entry->key_place,
                 "there is no condition '%.*s'", DEM_SHOWN(name));
    dem_diagnose_label(diagnostics, "%s", help);
    return DEM_ERR_INVALID;
  }
  dem_slice words[KEYWORD_COUNT];
  for (size_t i = 0; i < KEYWORD_COUNT; ++i) {
    words[i] = dem_slice_of(keywords[i].word);
  }
  const dem_slice nearest = dem_nearest(name, words, KEYWORD_COUNT);
  if (nearest.size > 0) {
    dem_diagnose(diagnostics, DEM_DIAG_UNKNOWN_CONDITION, entry->key_place,
                 "there is no condition '%.*s'", DEM_SHOWN(name));
    dem_diagnose_label(diagnostics, "did you mean '%.*s'?", DEM_SHOWN(nearest));
    return DEM_ERR_INVALID;
  }
  dem_relation_resolve(l->draft->reader, name, entry->key_place);
  for (size_t i = 0; i + 1 < name.size; ++i) {
    if (name.bytes[i] == ':' && name.bytes[i + 1] == '{') {
      dem_diagnose_note(diagnostics, "a space is missing behind '%.*s:'", (int)i, name.bytes);
      break;
    }
  }
  return DEM_ERR_INVALID;
}

static dem_status read_pattern(list *l, const dem_entry *entry)
{
  uint32_t relation = DEM_NONE;
  DEM_TRY(resolve_relation(l, entry, &relation));
  dem_condition *condition = next_condition(l, DEM_CONDITION_PATTERN, entry->key_place);
  condition->pattern.relation = relation;
  ++l->count;
  if (dem_node_is_null(entry->value)) {
    return DEM_OK; // Some fact of the relation.
  }
  if (entry->value->kind != DEM_NODE_MAPPING) {
    return dem_draft_reject(l->draft, entry->value, "a mapping from fields to terms");
  }
  return read_terms(l, relation, entry->value, &condition->pattern);
}

// not, any ----------------------------------------------------------------------

// A list that may not be empty, in a scope of its own.
static dem_status read_inner(list *l, const dem_node *node, uint32_t scope, dem_conditions *out)
{
  if (node->kind == DEM_NODE_SEQUENCE && node->count == 0) {
    return dem_draft_reject(l->draft, node, "at least one condition");
  }
  return dem_conditions_read(l->draft, node, scope, l->depth + 1, out);
}

static dem_status read_not(list *l, const dem_entry *entry)
{
  uint32_t inner = 0;
  DEM_TRY(dem_draft_open(l->draft, l->scope, DEM_NONE, entry->key_place, &inner));
  dem_condition *condition = next_condition(l, DEM_CONDITION_NOT, entry->key_place);
  ++l->count;
  return read_inner(l, entry->value, inner, &condition->negated);
}

static dem_status read_any(list *l, const dem_entry *entry)
{
  const dem_node *node = entry->value;
  if (node->kind != DEM_NODE_SEQUENCE || node->count == 0) {
    return dem_draft_reject(l->draft, node, "a list of lists of conditions");
  }
  dem_conditions *branches =
      DEM_ARENA_ARRAY(&l->draft->reader->model->arena, dem_conditions, node->count);
  DEM_TRY_MEMORY(branches);
  dem_condition *condition = next_condition(l, DEM_CONDITION_ANY, entry->key_place);
  condition->any.branches = branches;
  ++l->count;
  const uint32_t number = l->draft->variables.any_count++;
  dem_status result = DEM_OK;
  for (size_t i = 0; i < node->count; ++i) {
    uint32_t scope = 0;
    DEM_TRY(dem_draft_open(l->draft, l->scope, number, node->items[i]->place, &scope));
    dem_conditions *branch = &branches[condition->any.count++];
    DEM_TRY_ALL(result, dem_conditions_read(l->draft, node->items[i], scope, l->depth + 1, branch));
  }
  return result;
}

// where, let --------------------------------------------------------------------

// Leaves the step without a formula when it is refused.
static dem_status read_formula(list *l, uint32_t index, const dem_node *scalar)
{
  dem_step *step = step_at(l, index);
  const dem_vector *uses = &l->draft->variables.uses;
  step->first_read = uses->count;
  const dem_status status = dem_draft_formula(l->draft, scalar, l->scope, &step->formula);
  step->read_count = uses->count - step->first_read;
  return status;
}

static dem_status add_guard(list *l, const dem_node *scalar)
{
  dem_condition *condition = next_condition(l, DEM_CONDITION_WHERE, scalar->place);
  uint32_t step = 0;
  DEM_TRY(add_step(l, condition, &step));
  ++l->count;
  return read_formula(l, step, scalar);
}

static dem_status read_where(list *l, const dem_entry *entry)
{
  const dem_node *node = entry->value;
  if (node->kind != DEM_NODE_SEQUENCE) {
    return add_guard(l, node);
  }
  dem_status result = node->count ? DEM_OK : dem_draft_reject(l->draft, node, "a comparison");
  for (size_t i = 0; i < node->count; ++i) {
    DEM_TRY_ALL(result, add_guard(l, node->items[i]));
  }
  return result;
}

// Note what a let or an aggregate binds.
static dem_status use_result(list *l, uint32_t step, dem_slice name, dem_place place,
                             uint32_t *slot)
{
  const dem_use use = {.kind = DEM_USE_RESULT, .scope = l->scope, .slot = slot, .place = place};
  step_at(l, step)->result = (uint32_t)l->draft->variables.uses.count;
  const dem_status status = dem_draft_use(l->draft, name, use);
  if (status != DEM_OK) {
    step_at(l, step)->result = DEM_NONE;
  }
  return status;
}

static dem_status add_let(list *l, const dem_entry *entry)
{
  dem_condition *condition = next_condition(l, DEM_CONDITION_LET, entry->key_place);
  uint32_t step = 0;
  DEM_TRY(add_step(l, condition, &step));
  ++l->count;
  DEM_TRY(use_result(l, step, entry->key, entry->key_place, &condition->let.variable));
  return read_formula(l, step, entry->value);
}

static dem_status read_let(list *l, const dem_entry *entry)
{
  const dem_node *node = entry->value;
  if (node->kind != DEM_NODE_MAPPING || node->count == 0) {
    return dem_draft_reject(l->draft, node, "a mapping from variables to expressions");
  }
  dem_status result = DEM_OK;
  for (size_t i = 0; i < node->count; ++i) {
    DEM_TRY_ALL(result, add_let(l, &node->entries[i]));
  }
  return result;
}

// Aggregates --------------------------------------------------------------------

static const struct {
  const char *word;
  dem_aggregate_function function;
} functions[] = {
    {"count", DEM_AGGREGATE_COUNT},
    {"sum", DEM_AGGREGATE_SUM},
    {"min", DEM_AGGREGATE_MIN},
    {"max", DEM_AGGREGATE_MAX},
};

static dem_aggregate_function find_function(dem_slice word)
{
  size_t i = 0;
  while (!dem_slice_is(word, functions[i].word)) {
    ++i; // Only called for words of the table.
  }
  return functions[i].function;
}

static dem_status missing_key(list *l, const dem_entry *entry, const char *key, const char *what)
{
  return dem_diagnose(l->draft->reader->diagnostics, DEM_DIAG_MISSING_KEY, entry->key_place,
                      "'%.*s' needs '%s': %s", DEM_SHOWN(entry->key), key, what);
}

// Note the variables that make a way, one or a list, and `also` behind them.
static dem_status read_way(list *l, uint32_t step, const dem_node *node, const dem_node *also)
{
  const bool is_list = node->kind == DEM_NODE_SEQUENCE;
  const size_t count = is_list ? node->count : 1;
  uint32_t *way = DEM_ARENA_ARRAY(&l->draft->reader->model->arena, uint32_t, count + 1);
  DEM_TRY_MEMORY(way);
  dem_status result = count ? DEM_OK : dem_draft_reject(l->draft, node, "at least one variable");
  dem_use use = {.kind = DEM_USE_READ, .scope = step_at(l, step)->over};
  for (size_t i = 0; i < count; ++i) {
    use.slot = &way[i];
    DEM_TRY_ALL(result, dem_draft_use_scalar(l->draft, is_list ? node->items[i] : node, use));
  }
  if (also) {
    use.slot = &way[count];
    DEM_TRY_ALL(result, dem_draft_use_scalar(l->draft, also, use));
  }
  dem_aggregate *aggregate = &step_at(l, step)->condition->aggregate;
  aggregate->way = way;
  aggregate->way_count = (uint32_t)(count + (also ? 1 : 0));
  step_at(l, step)->has_way = true;
  return result;
}

// `of` and, except for count, `per`.
static dem_status read_values(list *l, uint32_t step, const dem_entry *entry)
{
  dem_aggregate *aggregate = &step_at(l, step)->condition->aggregate;
  const dem_node *of = dem_node_find(entry->value, "of");
  const dem_node *per = dem_node_find(entry->value, "per");
  if (aggregate->function == DEM_AGGREGATE_COUNT) {
    return of ? read_way(l, step, of, NULL) : DEM_OK;
  }
  if (!of) {
    return missing_key(l, entry, "of", "the variable whose values are taken");
  }
  const dem_use use = {
      .kind = DEM_USE_READ, .scope = step_at(l, step)->over, .slot = &aggregate->value};
  DEM_TRY(dem_draft_use_scalar(l->draft, of, use));
  return per ? read_way(l, step, per, of) : DEM_OK;
}

static dem_status read_result(list *l, uint32_t step, const dem_entry *entry)
{
  const dem_node *as = dem_node_find(entry->value, "as");
  if (!as) {
    return missing_key(l, entry, "as", "the variable that it binds");
  }
  if (as->kind != DEM_NODE_SCALAR || !dem_slice_is_dollar(as->text)) {
    return dem_draft_reject(l->draft, as, "a variable");
  }
  dem_aggregate *aggregate = &step_at(l, step)->condition->aggregate;
  return use_result(l, step, as->text, as->place, &aggregate->result);
}

static dem_status read_over(list *l, uint32_t step, const dem_entry *entry)
{
  const dem_node *over = dem_node_find(entry->value, "over");
  if (!over) {
    return missing_key(l, entry, "over", "the conditions that make the ways");
  }
  const uint32_t scope = step_at(l, step)->over;
  dem_aggregate *aggregate = &step_at(l, step)->condition->aggregate;
  return read_inner(l, over, scope, &aggregate->over);
}

static dem_status read_aggregate(list *l, const dem_entry *entry)
{
  static const char *const count_keys[] = {"as", "of", "over", NULL};
  static const char *const other_keys[] = {"as", "of", "over", "per", NULL};
  if (entry->value->kind != DEM_NODE_MAPPING) {
    return dem_draft_reject(l->draft, entry->value, "a mapping with 'as' and 'over'");
  }
  dem_condition *condition = next_condition(l, DEM_CONDITION_AGGREGATE, entry->key_place);
  const dem_aggregate_function function = find_function(entry->key);
  condition->aggregate =
      (dem_aggregate){.function = function, .storage = DEM_STORAGE_INTEGER, .value = DEM_NONE};
  uint32_t step = 0;
  uint32_t over = 0;
  DEM_TRY(dem_draft_open(l->draft, l->scope, DEM_NONE, entry->key_place, &over));
  DEM_TRY(add_step(l, condition, &step));
  step_at(l, step)->over = over;
  ++l->count;
  dem_status result = DEM_OK;
  DEM_TRY_ALL(result, dem_keys_check(l->draft->reader, entry->value,
                                     function == DEM_AGGREGATE_COUNT ? count_keys : other_keys));
  DEM_TRY_ALL(result, read_over(l, step, entry));
  DEM_TRY_ALL(result, read_values(l, step, entry));
  DEM_TRY_ALL(result, read_result(l, step, entry));
  return result;
}

// Lists -------------------------------------------------------------------------

static dem_status reject_item(list *l, const dem_node *item)
{
  dem_diagnostics *diagnostics = l->draft->reader->diagnostics;
  if (item->kind == DEM_NODE_MAPPING && item->count > 1) {
    const dem_status status =
        dem_diagnose(diagnostics, DEM_DIAG_WRONG_SHAPE, item->entries[1].key_place,
                     "a condition has one key, and this is a second one: '%.*s'",
                     DEM_SHOWN(item->entries[1].key));
    dem_diagnose_note(diagnostics, "begin another condition with '- '; indent a field further "
                                   "than its relation");
    return status;
  }
  const dem_status status = dem_draft_reject(l->draft, item, "a condition: 'relation: {field: …}'");
  if (item->kind == DEM_NODE_SCALAR && item->text.size > 0) {
    dem_diagnose_note(diagnostics, "is a ':' with a space behind it missing?");
  }
  return status;
}

static dem_status read_item(list *l, const dem_node *item)
{
  if (item->kind != DEM_NODE_MAPPING || item->count != 1) {
    return reject_item(l, item);
  }
  const dem_entry *entry = &item->entries[0];
  read_keyword *read = find_keyword(entry->key);
  return read ? read(l, entry) : read_pattern(l, entry);
}

// How many conditions a list becomes: every comparison and every variable of a let is one.
static size_t count_conditions(const dem_node *node)
{
  size_t count = 0;
  for (size_t i = 0; i < node->count; ++i) {
    const dem_node *where = dem_node_find(node->items[i], "where");
    const dem_node *let = dem_node_find(node->items[i], "let");
    count += 1 + (where ? where->count : 0) + (let ? let->count : 0);
  }
  return count;
}

static dem_status check_depth(const dem_draft *draft, const dem_node *node, uint32_t depth)
{
  const size_t own = draft->reader->limits.max_depth;
  const size_t bound = own > 0 && own < DEM_MAX_CONDITION_DEPTH ? own : DEM_MAX_CONDITION_DEPTH;
  if (depth < bound) {
    return DEM_OK;
  }
  return dem_diagnose(draft->reader->diagnostics, DEM_DIAG_LIMIT, node->place,
                      "conditions are nested deeper than %zu levels", bound);
}

dem_status dem_conditions_read(dem_draft *draft, const dem_node *node, uint32_t scope,
                               uint32_t depth, dem_conditions *out)
{
  DEM_TRY(check_depth(draft, node, depth));
  if (node->kind != DEM_NODE_SEQUENCE) {
    const dem_status status = dem_draft_reject(draft, node, "a list of conditions");
    DEM_TRY(dem_draft_forgive(draft, scope, node));
    return status;
  }
  list l = {.draft = draft, .scope = scope, .depth = depth};
  l.items = DEM_ARENA_ARRAY(&draft->reader->model->arena, dem_condition, count_conditions(node));
  DEM_TRY_MEMORY(l.items);
  dem_status result = DEM_OK;
  for (size_t i = 0; i < node->count; ++i) {
    const uint32_t count = l.count;
    const dem_status status = read_item(&l, node->items[i]);
    DEM_TRY_ALL(result, status);
    if (status != DEM_OK && l.count == count) {
      DEM_TRY(dem_draft_forgive(draft, scope, node->items[i]));
    }
  }
  *out = (dem_conditions){.count = l.count, .items = l.items};
  return result;
}
