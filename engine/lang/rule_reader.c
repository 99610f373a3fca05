// SPDX-License-Identifier: Apache-2.0

// Reads rules one by one: parts first, then what needs all of them (lang/draft.h).
//
// A rule with a mistake is left out; the others are still read, so that one run reports
// everything.

#include "lang/rule_reader.h"

#include "base/try.h"
#include "lang/binding.h"
#include "lang/conclusion_reader.h"
#include "lang/condition_reader.h"
#include "lang/draft.h"
#include "lang/reason.h"
#include "lang/scalar.h"
#include "lang/type.h"
#include "lang/typing.h"

#include <stdlib.h>

// What a file says for all of its rules.
typedef struct defaults {
  const dem_citation *citations;
  uint32_t citation_count;
  bool has_wrong_citations; // Reported: its rules are not uncited as well.
  int64_t from;
  int64_t until;
} defaults;

static dem_diagnostics *diagnostics_of(const dem_draft *draft)
{
  return draft->reader->diagnostics;
}

// Checks of the whole -----------------------------------------------------------

static dem_status copy_variables(dem_draft *draft, dem_rule *rule)
{
  const uint32_t count = (uint32_t)draft->variables.entries.count;
  dem_variable *variables = DEM_ARENA_ARRAY(&draft->reader->model->arena, dem_variable, count);
  DEM_TRY_MEMORY(variables);
  for (uint32_t i = 0; i < count; ++i) {
    const dem_variable_entry *entry = dem_variables_entry(&draft->variables, i);
    variables[i] = (dem_variable){.name = entry->name, .type = entry->type, .place = entry->place};
  }
  rule->variables = variables;
  rule->variable_count = count;
  return DEM_OK;
}

// A name that differs from another one in more than digits, and is long enough to be misspelt.
static bool is_likely_typo(dem_slice name, dem_slice nearest)
{
  enum { SHORTEST = 5 }; // With its `$`.
  if (name.size < SHORTEST || nearest.size < SHORTEST || name.bytes[1] == '_') {
    return false;
  }
  if (name.size != nearest.size) {
    return true;
  }
  for (size_t i = 0; i < name.size; ++i) {
    const bool is_digit = name.bytes[i] >= '0' && name.bytes[i] <= '9';
    if (name.bytes[i] != nearest.bytes[i] && !is_digit) {
      return true;
    }
  }
  return false;
}

// Warn of a variable that occurs once and is spelt almost like another one.
static void warn_of_typos(const dem_draft *draft)
{
  uint32_t counts[DEM_MAX_VARIABLES] = {0};
  const dem_symbols *symbols = draft->reader->model->symbols;
  for (size_t i = 0; i < draft->variables.uses.count; ++i) {
    ++counts[dem_variables_use(&draft->variables, i)->variable];
  }
  for (uint32_t i = 0; i < draft->variables.entries.count; ++i) {
    const dem_variable_entry *entry = dem_variables_entry(&draft->variables, i);
    if (counts[i] != 1 || entry->is_gap) {
      continue;
    }
    const dem_slice name = dem_symbols_text(symbols, entry->name);
    const dem_slice nearest = dem_variables_nearest(&draft->variables, symbols, entry->name);
    if (is_likely_typo(name, nearest)) {
      dem_diagnose(diagnostics_of(draft), DEM_DIAG_UNUSED_VARIABLE, entry->place,
                   "'%.*s' is used only here", DEM_SHOWN(name));
      dem_diagnose_label(diagnostics_of(draft), "did you mean '%.*s'?", DEM_SHOWN(nearest));
    }
  }
}

// What needs all parts of a rule.
static dem_status finish(dem_draft *draft, dem_conclusions_form form, dem_rule *rule)
{
  dem_status result = DEM_OK;
  dem_variables_resolve(&draft->variables);
  DEM_TRY_ALL(result, dem_binding_check(draft));
  DEM_TRY_ALL(result, dem_typing_check(draft));
  DEM_TRY_ALL(result, dem_conclusions_fit(draft, form));
  return result == DEM_OK ? copy_variables(draft, rule) : result;
}

// Parts -------------------------------------------------------------------------

static dem_status missing_key(const dem_draft *draft, dem_place place, const char *key)
{
  return dem_diagnose(diagnostics_of(draft), DEM_DIAG_MISSING_KEY, place, "a rule needs '%s'", key);
}

static dem_status read_id(dem_draft *draft, const dem_node *node, dem_rule *rule)
{
  static const dem_type symbol = {.kind = DEM_TYPE_SYMBOL, .storage = DEM_STORAGE_STRING};
  const dem_node *id = dem_node_find(node, "id");
  if (!id) {
    return missing_key(draft, node->place, "id");
  }
  dem_word word = 0;
  if (id->kind != DEM_NODE_SCALAR || dem_node_is_null(id)) {
    return dem_draft_reject(draft, id, "a rule's id");
  }
  switch (dem_scalar_read(draft->reader->model->symbols, &symbol, id->text, &word)) {
  case DEM_SCALAR_OK:
    break;
  case DEM_SCALAR_NO_MEMORY:
    return DEM_ERR_NO_MEMORY;
  case DEM_SCALAR_WRONG_TYPE:
  case DEM_SCALAR_NOT_AN_OPTION:
    return dem_diagnose(diagnostics_of(draft), DEM_DIAG_WRONG_TYPE, id->place,
                        "a rule's id is a symbol: no white space, no control characters");
  }
  rule->id = dem_word_symbol(word);
  rule->place = id->place;
  return DEM_OK;
}

static dem_status note_id(dem_reader *reader, const dem_rule *rule)
{
  const dem_rule_id noted = {rule->id, rule->place, (uint32_t)reader->ids.count};
  return dem_vector_add(&reader->ids, &noted) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_status read_title(dem_draft *draft, const dem_node *node, dem_rule *rule)
{
  const dem_node *title = dem_node_find(node, "title");
  if (!title || dem_node_is_null(title)) {
    return DEM_OK;
  }
  return dem_text_read(draft->reader, title, &rule->title);
}

// Citations, the file's if the rule has none of its own, and the days that it is in force.
static dem_status read_standing(dem_draft *draft, const dem_node *node, const defaults *file,
                                dem_rule *rule)
{
  dem_reader *reader = draft->reader;
  const dem_node *cite = dem_node_find(node, "cite");
  const dem_node *from = dem_node_find(node, "from");
  const dem_node *until = dem_node_find(node, "until");
  dem_status result = DEM_OK;
  rule->from = file->from;
  rule->until = file->until;
  if (from) {
    DEM_TRY_ALL(result, dem_day_read(reader, from, &rule->from));
  }
  if (until) {
    DEM_TRY_ALL(result, dem_day_read(reader, until, &rule->until));
  }
  if (result == DEM_OK && rule->from >= rule->until) {
    result = dem_diagnose(diagnostics_of(draft), DEM_DIAG_WRONG_SHAPE, rule->place,
                          "never in force: 'until' must be a later day than 'from'");
  }
  rule->citations = file->citations;
  rule->citation_count = file->citation_count;
  if (cite) {
    rule->citation_count = 0;
    const dem_status status =
        dem_citations_read(reader, cite, &rule->citations, &rule->citation_count);
    DEM_TRY_ALL(result, status);
    if (status != DEM_OK) {
      return result;
    }
  }
  if (rule->citation_count == 0 && (cite || !file->has_wrong_citations)) {
    result = dem_diagnose(diagnostics_of(draft), DEM_DIAG_UNCITED, rule->place,
                          "the rule cites no source");
    dem_diagnose_note(diagnostics_of(draft), "add cite: [source/section], or a default 'cite' at "
                                             "the top of the file");
  }
  return result;
}

static dem_status read_when(dem_draft *draft, const dem_node *node, dem_rule *rule)
{
  const dem_node *when = dem_node_find(node, "when");
  return when ? dem_conditions_read(draft, when, 0, 0, &rule->when)
              : missing_key(draft, rule->place, "when");
}

static dem_status read_then(dem_draft *draft, const dem_node *node, dem_rule *rule)
{
  const dem_node *then = dem_node_find(node, "then");
  return then ? dem_conclusions_read(draft, then, DEM_CONCLUSIONS_RULE, &rule->conclusions,
                                     &rule->conclusion_count)
              : missing_key(draft, rule->place, "then");
}

static dem_status read_because(dem_draft *draft, const dem_node *node, dem_rule *rule)
{
  const dem_node *because = dem_node_find(node, "because");
  if (!because || dem_node_is_null(because)) {
    return DEM_OK;
  }
  DEM_TRY(dem_reason_read(draft, because, &rule->reason, &rule->reason_count));
  rule->reason_text.bytes = dem_arena_copy(&draft->reader->model->arena, because->text);
  rule->reason_text.size = because->text.size;
  return rule->reason_text.bytes ? DEM_OK : DEM_ERR_NO_MEMORY;
}

// What advice shows needs a title and a reason.
static void warn_of_silence(const dem_draft *draft, const dem_rule *rule)
{
  const dem_model *model = draft->reader->model;
  const char *missing = rule->title.size == 0 && rule->reason_count == 0 ? "title and no 'because'"
                        : rule->title.size == 0                          ? "title"
                        : rule->reason_count == 0                        ? "'because'"
                                                                         : NULL;
  for (uint32_t i = 0; missing && i < rule->conclusion_count; ++i) {
    const dem_relation *relation = &model->relations[rule->conclusions[i].relation];
    if (relation->shows_as != DEM_SHOWS_NOTHING) {
      const dem_slice name = dem_symbols_text(model->symbols, relation->name);
      dem_diagnose(diagnostics_of(draft), DEM_DIAG_NO_REASON, rule->place,
                   "the rule concludes '%.*s', which advice shows, but has no %s", DEM_SHOWN(name),
                   missing);
      return;
    }
  }
}

// Rules -------------------------------------------------------------------------

static dem_status read_parts(dem_draft *draft, const dem_node *node, const defaults *file,
                             dem_rule *rule)
{
  static const char *const known[] = {"id",   "title", "when",  "then", "because",
                                      "cite", "from",  "until", NULL};
  dem_status result = DEM_OK;
  DEM_TRY_ALL(result, dem_keys_check(draft->reader, node, known));
  const dem_status id = read_id(draft, node, rule);
  DEM_TRY_ALL(result, id);
  if (id == DEM_OK) {
    DEM_TRY(note_id(draft->reader, rule));
  }
  DEM_TRY_ALL(result, read_title(draft, node, rule));
  DEM_TRY_ALL(result, read_standing(draft, node, file, rule));
  DEM_TRY_ALL(result, read_when(draft, node, rule));
  DEM_TRY_ALL(result, read_then(draft, node, rule));
  DEM_TRY_ALL(result, read_because(draft, node, rule));
  return result;
}

static dem_status add_rule(dem_draft *draft, const dem_rule *rule)
{
  return dem_vector_add(&draft->reader->rules, rule) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_status read_rule(dem_draft *draft, const dem_node *node, const defaults *file)
{
  dem_rule rule = {.id = DEM_SYMBOL_NONE, .place = node->place};
  dem_status result = DEM_OK;
  if (node->kind != DEM_NODE_MAPPING) {
    return dem_draft_reject(draft, node, "a rule: a mapping with 'id', 'when' and 'then'");
  }
  DEM_TRY(dem_draft_begin(draft));
  DEM_TRY_ALL(result, read_parts(draft, node, file, &rule));
  DEM_TRY_ALL(result, finish(draft, DEM_CONCLUSIONS_RULE, &rule));
  if (result != DEM_OK) {
    return result;
  }
  warn_of_typos(draft);
  warn_of_silence(draft, &rule);
  return add_rule(draft, &rule);
}

static dem_status read_defaults(dem_draft *draft, const dem_node *root, defaults *file)
{
  const dem_node *cite = dem_node_find(root, "cite");
  const dem_node *from = dem_node_find(root, "from");
  const dem_node *until = dem_node_find(root, "until");
  dem_status result = DEM_OK;
  *file = (defaults){.from = INT64_MIN, .until = INT64_MAX};
  if (cite) {
    DEM_TRY_ALL(result,
                dem_citations_read(draft->reader, cite, &file->citations, &file->citation_count));
    file->has_wrong_citations = result != DEM_OK;
  }
  if (from) {
    DEM_TRY_ALL(result, dem_day_read(draft->reader, from, &file->from));
  }
  if (until) {
    DEM_TRY_ALL(result, dem_day_read(draft->reader, until, &file->until));
  }
  return result;
}

static dem_status read_file(dem_draft *draft, const dem_node *root)
{
  static const char *const known[] = {"rules", "cite", "from", "until", NULL};
  defaults file;
  dem_status result = DEM_OK;
  if (root->kind != DEM_NODE_MAPPING) {
    return dem_draft_reject(draft, root, "a mapping with 'rules'");
  }
  DEM_TRY_ALL(result, dem_keys_check(draft->reader, root, known));
  DEM_TRY_ALL(result, read_defaults(draft, root, &file));
  const dem_node *rules = dem_node_find(root, "rules");
  if (!rules) {
    return dem_diagnose(diagnostics_of(draft), DEM_DIAG_MISSING_KEY, root->place,
                        "a rules file needs 'rules'");
  }
  if (dem_node_is_null(rules)) {
    return result; // Nothing written there yet.
  }
  if (rules->kind != DEM_NODE_SEQUENCE) {
    return dem_draft_reject(draft, rules, "a list of rules");
  }
  for (size_t i = 0; i < rules->count; ++i) {
    DEM_TRY_ALL(result, read_rule(draft, rules->items[i], &file));
  }
  return result;
}

// Run `body` with a draft, and give back what it needs.
typedef dem_status with_draft(dem_draft *draft, void *context);

static dem_status run_with_draft(dem_reader *reader, with_draft *body, void *context)
{
  dem_arena scratch;
  dem_draft draft;
  dem_arena_init(&scratch, reader->model->arena.allocator);
  dem_draft_init(&draft, reader, &scratch);
  const dem_status status = body(&draft, context);
  dem_draft_clear(&draft);
  dem_arena_clear(&scratch);
  return status;
}

static dem_status rules_body(dem_draft *draft, void *context)
{
  const dem_node *const *root = context;
  return read_file(draft, *root);
}

dem_status dem_rules_read(dem_reader *reader, const dem_node *root)
{
  return run_with_draft(reader, rules_body, &root);
}

// Hidden rules ------------------------------------------------------------------

static const dem_slice answer_name = {"$answer", sizeof("$answer") - 1};

// The conclusion of a hidden relation: its field is `$answer`, or `true`.
static dem_status conclude_relation(dem_draft *draft, const dem_hidden_rule *hidden, dem_rule *rule)
{
  dem_model *model = draft->reader->model;
  dem_output *output = DEM_ARENA_NEW(&model->arena, dem_output);
  dem_conclusion *conclusion = DEM_ARENA_NEW(&model->arena, dem_conclusion);
  DEM_TRY_MEMORY(output);
  DEM_TRY_MEMORY(conclusion);
  *output = (dem_output){.kind = DEM_OUTPUT_WORD, .word = true, .variable = DEM_NONE};
  *conclusion =
      (dem_conclusion){.relation = hidden->relation, .outputs = output, .place = hidden->place};
  rule->conclusions = conclusion;
  rule->conclusion_count = 1;
  if (model->relations[hidden->relation].fields[0].type.kind == DEM_TYPE_BOOLEAN) {
    return DEM_OK;
  }
  output->kind = DEM_OUTPUT_VARIABLE; // check_answer looks after its type.
  const dem_use use = {.kind = DEM_USE_READ, .slot = &output->variable, .place = hidden->place};
  return dem_draft_use(draft, answer_name, use);
}

// Add "not answered(field)" behind the conditions.
static dem_status add_unanswered(dem_draft *draft, const dem_hidden_rule *hidden, dem_rule *rule)
{
  dem_arena *arena = &draft->reader->model->arena;
  dem_word *word = DEM_ARENA_NEW(arena, dem_word);
  dem_test *test = DEM_ARENA_NEW(arena, dem_test);
  dem_term *term = DEM_ARENA_NEW(arena, dem_term);
  dem_condition *pattern = DEM_ARENA_NEW(arena, dem_condition);
  dem_condition *items = DEM_ARENA_ARRAY(arena, dem_condition, (size_t)rule->when.count + 1);
  if (!word || !test || !term || !pattern || !items) {
    return DEM_ERR_NO_MEMORY;
  }
  *word = dem_word_of_symbol(hidden->field);
  *test = (dem_test){.kind = DEM_TEST_IN, .word_count = 1, .words = word};
  *term = (dem_term){.variable = DEM_NONE, .test_count = 1, .tests = test, .place = hidden->place};
  *pattern =
      (dem_condition){.kind = DEM_CONDITION_PATTERN,
                      .place = hidden->place,
                      .pattern = {.relation = hidden->answered, .term_count = 1, .terms = term}};
  if (rule->when.count > 0) {
    memcpy(items, rule->when.items, rule->when.count * sizeof(*items));
  }
  items[rule->when.count] = (dem_condition){
      .kind = DEM_CONDITION_NOT, .place = hidden->place, .negated = {.count = 1, .items = pattern}};
  rule->when = (dem_conditions){.count = rule->when.count + 1, .items = items};
  return DEM_OK;
}

// What conditions find for `$answer` must be an answer.
static dem_status check_answer(const dem_draft *draft, const dem_hidden_rule *hidden)
{
  const dem_model *model = draft->reader->model;
  const dem_symbol name = dem_symbols_find(model->symbols, answer_name);
  for (uint32_t i = 0; i < draft->variables.entries.count; ++i) {
    const dem_variable_entry *entry = dem_variables_entry(&draft->variables, i);
    if (entry->home != 0 || !dem_symbol_is_equal(entry->name, name) || !entry->has_type ||
        dem_type_is_within(model, &entry->type, hidden->answer_type)) {
      continue;
    }
    const dem_slice wanted = dem_type_name(model, hidden->answer_type);
    const dem_slice found = dem_type_name(model, &entry->type);
    return dem_diagnose(diagnostics_of(draft), DEM_DIAG_WRONG_TYPE, entry->place,
                        "answers are of type %.*s, but '$answer' is of type %.*s here",
                        DEM_SHOWN(wanted), DEM_SHOWN(found));
  }
  return DEM_OK;
}

typedef struct hidden_context {
  const dem_hidden_rule *hidden;
  uint32_t *index_out;
} hidden_context;

static dem_status hidden_body(dem_draft *draft, void *context)
{
  const hidden_context *given = context;
  const dem_hidden_rule *hidden = given->hidden;
  dem_rule rule = {.id = hidden->id,
                   .title = hidden->title,
                   .from = INT64_MIN,
                   .until = INT64_MAX,
                   .is_hidden = true,
                   .place = hidden->place};
  dem_status result = DEM_OK;
  if (dem_symbol_is_none(rule.id)) {
    return DEM_ERR_NO_MEMORY;
  }
  DEM_TRY(dem_draft_begin(draft));
  if (hidden->when) {
    DEM_TRY_ALL(result, dem_conditions_read(draft, hidden->when, 0, 0, &rule.when));
  }
  if (hidden->then) {
    DEM_TRY_ALL(result, dem_conclusions_read(draft, hidden->then, DEM_CONCLUSIONS_GIVES,
                                             &rule.conclusions, &rule.conclusion_count));
  } else {
    DEM_TRY_ALL(result, conclude_relation(draft, hidden, &rule));
  }
  DEM_TRY_ALL(result, finish(draft, DEM_CONCLUSIONS_GIVES, &rule));
  DEM_TRY_ALL(result, check_answer(draft, hidden));
  if (hidden->answered != DEM_NONE) {
    DEM_TRY(add_unanswered(draft, hidden, &rule));
  }
  if (result != DEM_OK) {
    return result;
  }
  *given->index_out = (uint32_t)draft->reader->rules.count;
  DEM_TRY(note_id(draft->reader, &rule));
  return add_rule(draft, &rule);
}

dem_status dem_hidden_rule_read(dem_reader *reader, const dem_hidden_rule *hidden,
                                uint32_t *index_out)
{
  hidden_context context = {.hidden = hidden, .index_out = index_out};
  return run_with_draft(reader, hidden_body, &context);
}

// What answers give -------------------------------------------------------------

typedef struct gives_context {
  const dem_node *gives;
  const dem_type *answer_type;
  const dem_conclusion **conclusions_out;
  uint32_t *count_out;
} gives_context;

static dem_status gives_body(dem_draft *draft, void *context)
{
  const gives_context *given = context;
  dem_status result = DEM_OK;
  DEM_TRY(dem_draft_begin(draft));
  const dem_use answer = {.kind = DEM_USE_FIELD,
                          .has_type = true,
                          .type = *given->answer_type,
                          .place = given->gives->place};
  DEM_TRY(dem_draft_use(draft, answer_name, answer));
  DEM_TRY_ALL(result, dem_conclusions_read(draft, given->gives, DEM_CONCLUSIONS_GIVES,
                                           given->conclusions_out, given->count_out));
  dem_rule unused = {0};
  DEM_TRY_ALL(result, finish(draft, DEM_CONCLUSIONS_GIVES, &unused));
  return result;
}

dem_status dem_gives_read(dem_reader *reader, const dem_node *gives, const dem_type *answer_type,
                          const dem_conclusion **conclusions_out, uint32_t *count_out)
{
  gives_context context = {.gives = gives,
                           .answer_type = answer_type,
                           .conclusions_out = conclusions_out,
                           .count_out = count_out};
  return run_with_draft(reader, gives_body, &context);
}

// Ids ---------------------------------------------------------------------------

static int compare_ids(const void *left, const void *right)
{
  const dem_rule_id *a = left;
  const dem_rule_id *b = right;
  return a->id.index != b->id.index ? (a->id.index > b->id.index) - (a->id.index < b->id.index)
                                    : (a->rank > b->rank) - (a->rank < b->rank);
}

static dem_status report_id(dem_reader *reader, const dem_rule_id *first, const dem_rule_id *again)
{
  const dem_slice id = dem_symbols_text(reader->model->symbols, again->id);
  const dem_status status = dem_diagnose(reader->diagnostics, DEM_DIAG_DUPLICATE_ID, again->place,
                                         "there is another rule '%.*s'", DEM_SHOWN(id));
  if (!dem_place_is_none(first->place)) {
    const dem_slice file = dem_files_name(&reader->model->files, first->place.file);
    dem_diagnose_note(reader->diagnostics, "the first one is in %.*s:%u", DEM_SHOWN(file),
                      first->place.line);
  }
  return status;
}

dem_status dem_rule_ids_finish(dem_reader *reader)
{
  dem_status status = DEM_OK;
  if (reader->ids.count) {
    qsort(reader->ids.items, reader->ids.count, sizeof(dem_rule_id), compare_ids);
  }
  const dem_rule_id *first = NULL;
  for (size_t i = 0; i < reader->ids.count; ++i) {
    const dem_rule_id *const one = &DEM_VECTOR_AT(&reader->ids, dem_rule_id, i);
    if (first && dem_symbol_is_equal(first->id, one->id)) {
      status = report_id(reader, first, one);
    } else {
      first = one;
    }
  }
  return status;
}
