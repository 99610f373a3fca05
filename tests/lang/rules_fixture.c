// SPDX-License-Identifier: Apache-2.0

// The tests' pack, and rules as short texts.

#include "lang/rules_fixture.h"

#include "lang/scalar.h"

static const char pack_text[] = "name: test\n"
                                "version: 1.0.0\n"
                                "title: A pack for tests\n"
                                "languages: [en]\n"
                                "date: 2025-06-01\n";

static const char sources_text[] = "sources:\n"
                                   "  s:\n"
                                   "    title: A source\n"
                                   "    sections: {one: The first section}\n";

static const char schema_text[] =
    "relations:\n"
    "  node: {key: id, label: name, fields: {id: symbol, name: {type: text, optional: true}}}\n"
    "  place: {key: id, fields: {id: symbol}}\n"
    "  capital: {key: place, fields: {place: place, rank: {type: integer, optional: true}}}\n"
    "  edge: {fields: {from: node, to: node}}\n"
    "  word: {fields: {w: symbol}}\n"
    "  thing:\n"
    "    fields:\n"
    "      n: integer\n"
    "      m: integer\n"
    "      x: number\n"
    "      b: boolean\n"
    "      d: date\n"
    "      t: text\n"
    "      s: symbol\n"
    "      e: [red, green, blue]\n"
    "      r: node\n"
    "  shade: {fields: {e: [red, blue], k: {type: symbol, default: plain}}}\n"
    "  total: {fields: {n: {type: integer, optional: true}}}\n"
    "  score: {fields: {node: node, x: number}}\n"
    "  day: {fields: {d: date}}\n"
    "  said: {fields: {t: text}}\n"
    "  tip: {shows_as: recommendation, fields: {partner: node, purpose: place, weight: integer}}\n";

static dem_pack_file file_of(const char *path, const char *text)
{
  return (dem_pack_file){.path = dem_slice_of(path), .bytes = dem_slice_of(text)};
}

// Read the tests' pack with one more file.
static void read_pack(rules_fixture *fixture, dem_pack_file more, dem_allocator allocator)
{
  const dem_pack_file files[] = {
      file_of("kb/pack.yaml", pack_text),
      file_of("kb/schema.yaml", schema_text),
      file_of("kb/sources.yaml", sources_text),
      more,
  };
  const dem_text_limits limits = {.max_bytes = 1 << 20, .max_depth = 64, .max_nodes = 100000};
  dem_model_init(&fixture->model, allocator);
  dem_diagnostics_init(&fixture->diagnostics, allocator);
  dem_buffer_init(&fixture->text, dem_allocator_default());
  fixture->status = dem_pack_read(files, sizeof(files) / sizeof(files[0]), &limits, &fixture->model,
                                  &fixture->diagnostics);
}

void rules_fixture_read(rules_fixture *fixture, const char *rules)
{
  rules_fixture_read_with(fixture, rules, dem_allocator_default());
}

void rules_fixture_read_with(rules_fixture *fixture, const char *rules, dem_allocator allocator)
{
  read_pack(fixture, file_of("rules/rules.yaml", rules), allocator);
}

void rules_fixture_read_profile(rules_fixture *fixture, const char *profile)
{
  read_pack(fixture, file_of("kb/profile.yaml", profile), dem_allocator_default());
}

void rules_fixture_clear(rules_fixture *fixture)
{
  dem_buffer_clear(&fixture->text);
  dem_diagnostics_clear(&fixture->diagnostics);
  dem_model_clear(&fixture->model);
}

const char *rules_fixture_verdict(rules_fixture *fixture)
{
  dem_buffer *out = &fixture->text;
  dem_buffer_reset(out);
  dem_diagnostics_sort(&fixture->diagnostics, &fixture->model.files);
  for (size_t i = 0; i < fixture->diagnostics.items.count; ++i) {
    const dem_diagnostic *found = &DEM_VECTOR_AT(&fixture->diagnostics.items, dem_diagnostic, i);
    const bool has_file = !dem_place_is_none(found->place);
    const dem_slice name =
        has_file ? dem_files_name(&fixture->model.files, found->place.file) : DEM_SLICE("?");
    dem_buffer_add_text(out, i ? ", " : "");
    if (!dem_slice_is(name, "rules/rules.yaml")) {
      dem_buffer_add(out, name);
      dem_buffer_add_char(out, ':');
    }
    dem_buffer_add_format(out, "%u:%u %s", found->place.line, found->place.column,
                          dem_diagnostic_code_slug(found->code));
  }
  dem_buffer_add_char(out, '\0');
  return out->bytes;
}

const dem_rule *rules_fixture_rule(const rules_fixture *fixture, const char *id)
{
  for (uint32_t i = 0; i < fixture->model.rule_count; ++i) {
    const dem_rule *rule = &fixture->model.rules[i];
    if (dem_slice_is(dem_symbols_text(fixture->model.symbols, rule->id), id)) {
      return rule;
    }
  }
  return NULL;
}

// Descriptions ------------------------------------------------------------------

typedef struct describer {
  const dem_model *model;
  const dem_rule *rule;
  dem_buffer *out;
} describer;

static void describe_conditions(const describer *d, const dem_conditions *conditions);

static void add_symbol(const describer *d, dem_symbol symbol)
{
  dem_buffer_add(d->out, dem_symbols_text(d->model->symbols, symbol));
}

// A variable as its name and, where names repeat, its number: `$x`, `$x#3`.
static void add_variable(const describer *d, uint32_t variable)
{
  const dem_symbol name = d->rule->variables[variable].name;
  uint32_t same = 0;
  for (uint32_t i = 0; i < variable; ++i) {
    same += dem_symbol_is_equal(d->rule->variables[i].name, name);
  }
  add_symbol(d, name);
  if (same > 0) {
    dem_buffer_add_format(d->out, "#%u", same + 1);
  }
}

static void add_word(const describer *d, dem_storage storage, dem_word word)
{
  if (word == DEM_ABSENT) {
    dem_buffer_add_text(d->out, "absent");
    return;
  }
  dem_word_write(d->model->symbols, storage, word, d->out);
}

static const char *const operator_names[] = {
    [DEM_OP_LITERAL] = "literal",
    [DEM_OP_VARIABLE] = "variable",
    [DEM_OP_TO_NUMBER] = "number",
    [DEM_OP_NEGATE] = "negate",
    [DEM_OP_ADD] = "+",
    [DEM_OP_SUBTRACT] = "-",
    [DEM_OP_MULTIPLY] = "*",
    [DEM_OP_DIVIDE] = "/",
    [DEM_OP_REMAINDER] = "%",
    [DEM_OP_MIN] = "min",
    [DEM_OP_MAX] = "max",
    [DEM_OP_ABS] = "abs",
    [DEM_OP_LENGTH] = "length",
    [DEM_OP_LOWER] = "lower",
    [DEM_OP_EQUAL] = "=",
    [DEM_OP_NOT_EQUAL] = "!=",
    [DEM_OP_LESS] = "<",
    [DEM_OP_LESS_EQUAL] = "<=",
    [DEM_OP_GREATER] = ">",
    [DEM_OP_GREATER_EQUAL] = ">=",
    [DEM_OP_AND] = "and",
    [DEM_OP_OR] = "or",
    [DEM_OP_NOT] = "not",
};

static void describe_expression(const describer *d, const dem_expression *e)
{
  if (e->op == DEM_OP_LITERAL) {
    const char *quote = e->storage == DEM_STORAGE_STRING ? "'" : "";
    dem_buffer_add_text(d->out, quote);
    dem_word_write(d->model->symbols, e->storage, e->literal, d->out);
    dem_buffer_add_text(d->out, quote);
    return;
  }
  if (e->op == DEM_OP_VARIABLE) {
    add_variable(d, e->variable);
    return;
  }
  dem_buffer_add_format(d->out, "(%s ", operator_names[e->op]);
  describe_expression(d, e->left);
  if (e->right) {
    dem_buffer_add_char(d->out, ' ');
    describe_expression(d, e->right);
  }
  dem_buffer_add_char(d->out, ')');
}

static void describe_test(const describer *d, dem_storage storage, const dem_test *test)
{
  static const char *const names[] = {"", "not ", "< ", "<= ", "> ", ">= ", "matches "};
  dem_buffer_add_text(d->out, names[test->kind]);
  for (uint32_t i = 0; i < test->word_count; ++i) {
    dem_buffer_add_text(d->out, i ? "|" : "");
    add_word(d, storage, test->words[i]);
  }
  dem_buffer_add(d->out, test->regex_text);
}

static void describe_pattern(const describer *d, const dem_pattern *pattern)
{
  const dem_relation *relation = &d->model->relations[pattern->relation];
  add_symbol(d, relation->name);
  dem_buffer_add_char(d->out, '(');
  for (uint32_t i = 0; i < pattern->term_count; ++i) {
    const dem_term *term = &pattern->terms[i];
    dem_buffer_add_text(d->out, i ? ", " : "");
    add_symbol(d, relation->fields[term->field].name);
    dem_buffer_add_char(d->out, '=');
    if (term->variable != DEM_NONE) {
      add_variable(d, term->variable);
    }
    for (uint32_t k = 0; k < term->test_count; ++k) {
      dem_buffer_add_text(d->out, k || term->variable != DEM_NONE ? " & " : "");
      describe_test(d, relation->fields[term->field].type.storage, &term->tests[k]);
    }
  }
  dem_buffer_add_char(d->out, ')');
}

static void describe_list(const describer *d, const char *title, const uint32_t *items,
                          uint32_t count)
{
  dem_buffer_add_text(d->out, title);
  for (uint32_t i = 0; i < count; ++i) {
    dem_buffer_add_char(d->out, ' ');
    add_variable(d, items[i]);
  }
}

static void describe_aggregate(const describer *d, const dem_aggregate *aggregate)
{
  static const char *const names[] = {"count", "sum", "min", "max"};
  dem_buffer_add_format(d->out, "%s(", names[aggregate->function]);
  add_variable(d, aggregate->result);
  if (aggregate->value != DEM_NONE) {
    describe_list(d, " of", &aggregate->value, 1);
  }
  describe_list(d, " way", aggregate->way, aggregate->way_count);
  describe_list(d, " group", aggregate->group, aggregate->group_count);
  dem_buffer_add_text(d->out, ": ");
  describe_conditions(d, &aggregate->over);
  dem_buffer_add_char(d->out, ')');
}

static void describe_condition(const describer *d, const dem_condition *condition)
{
  switch (condition->kind) {
  case DEM_CONDITION_PATTERN:
    describe_pattern(d, &condition->pattern);
    break;
  case DEM_CONDITION_NOT:
    dem_buffer_add_text(d->out, "not(");
    describe_conditions(d, &condition->negated);
    dem_buffer_add_char(d->out, ')');
    break;
  case DEM_CONDITION_ANY:
    dem_buffer_add_text(d->out, "any(");
    for (uint32_t i = 0; i < condition->any.count; ++i) {
      dem_buffer_add_text(d->out, i ? " | " : "");
      describe_conditions(d, &condition->any.branches[i]);
    }
    dem_buffer_add_char(d->out, ')');
    break;
  case DEM_CONDITION_WHERE:
    describe_expression(d, condition->guard);
    break;
  case DEM_CONDITION_LET:
    add_variable(d, condition->let.variable);
    dem_buffer_add_text(d->out, ":=");
    describe_expression(d, condition->let.value);
    break;
  case DEM_CONDITION_AGGREGATE:
    describe_aggregate(d, &condition->aggregate);
    break;
  }
}

static void describe_conditions(const describer *d, const dem_conditions *conditions)
{
  for (uint32_t i = 0; i < conditions->count; ++i) {
    dem_buffer_add_text(d->out, i ? " " : "");
    describe_condition(d, &conditions->items[i]);
  }
}

static void describe_conclusion(const describer *d, const dem_conclusion *conclusion)
{
  const dem_relation *relation = &d->model->relations[conclusion->relation];
  add_symbol(d, relation->name);
  dem_buffer_add_char(d->out, '(');
  for (uint32_t i = 0; i < relation->field_count; ++i) {
    const dem_output *output = &conclusion->outputs[i];
    dem_buffer_add_text(d->out, i ? ", " : "");
    add_symbol(d, relation->fields[i].name);
    dem_buffer_add_char(d->out, '=');
    switch (output->kind) {
    case DEM_OUTPUT_WORD:
      add_word(d, relation->fields[i].type.storage, output->word);
      break;
    case DEM_OUTPUT_VARIABLE:
      add_variable(d, output->variable);
      break;
    case DEM_OUTPUT_EXPRESSION:
      describe_expression(d, output->expression);
      break;
    }
  }
  dem_buffer_add_char(d->out, ')');
}

const char *rules_fixture_expression(rules_fixture *fixture, const dem_rule *rule,
                                     const dem_expression *expression)
{
  static const char *const storages[] = {"text", "integer", "number", "boolean", "date"};
  const describer d = {.model = &fixture->model, .rule = rule, .out = &fixture->text};
  dem_buffer_reset(d.out);
  dem_buffer_add_format(d.out, "%s ", storages[expression->storage]);
  describe_expression(&d, expression);
  dem_buffer_add_char(d.out, '\0');
  return d.out->bytes;
}

const char *rules_fixture_describe(rules_fixture *fixture, const dem_rule *rule)
{
  const describer d = {.model = &fixture->model, .rule = rule, .out = &fixture->text};
  dem_buffer_reset(d.out);
  describe_conditions(&d, &rule->when);
  for (uint32_t i = 0; i < rule->conclusion_count; ++i) {
    dem_buffer_add_text(d.out, i ? " & " : " => ");
    describe_conclusion(&d, &rule->conclusions[i]);
  }
  dem_buffer_add_char(d.out, '\0');
  return d.out->bytes;
}
