// SPDX-License-Identifier: Apache-2.0

// Values are written as 0, 1, 2, … or as a, b, c, …; variables by number, as $v3 or V3.

#include "peers/peer_writers.h"

#include <string.h>

typedef enum language { YAML, CLINGO, PROLOG } language;

typedef struct writer {
  const peer_program *program;
  FILE *file;
  language language;
  int fresh; ///< Variables for tests on fields that have none: the next number.
} writer;

static void put(writer *w, const char *text)
{
  (void)fputs(text, w->file);
}

static void put_value(writer *w, peer_type type, int value)
{
  if (type == PEER_SYMBOL) {
    (void)fputc('a' + value, w->file);
  } else {
    (void)fprintf(w->file, "%d", value);
  }
}

static void put_variable(writer *w, int variable)
{
  (void)fprintf(w->file, w->language == YAML ? "$v%d" : "V%d", variable);
}

// Expressions -------------------------------------------------------------------------

static const char *operator_text(const writer *w, char kind)
{
  switch (kind) {
  case '/':
    return w->language == PROLOG ? " // " : " / ";
  case '%':
    return w->language == YAML ? " % " : w->language == CLINGO ? " \\ " : " rem ";
  case '*':
    return " * ";
  case '-':
    return " - ";
  default:
    return " + ";
  }
}

/// Writes the expression that begins at a token. Returns the token after it.
static const peer_token *put_tokens(writer *w, const peer_token *token)
{
  switch (token->kind) {
  case 'c':
    (void)fprintf(w->file, "%d", token->value);
    return token + 1;
  case 'v':
    put_variable(w, token->value);
    return token + 1;
  case 'a':
    put(w, w->language == CLINGO ? "|" : "abs(");
    token = put_tokens(w, token + 1);
    put(w, w->language == CLINGO ? "|" : ")");
    return token;
  default:
    break;
  }
  const char kind = token->kind;
  put(w, "(");
  token = put_tokens(w, token + 1);
  put(w, operator_text(w, kind));
  token = put_tokens(w, token);
  put(w, ")");
  return token;
}

static void put_expression(writer *w, const peer_expression *e)
{
  (void)put_tokens(w, e->tokens);
}

static const char *comparison_text(const writer *w, peer_type type, peer_comparison comparison)
{
  static const char *const texts[3][PEER_AMONG] = {
      {" = ", " != ", " < ", " <= ", " > ", " >= "},
      {" = ", " != ", " < ", " <= ", " > ", " >= "},
      {" =:= ", " =\\= ", " < ", " =< ", " > ", " >= "}};
  if (w->language == PROLOG && type == PEER_SYMBOL) {
    return comparison == PEER_EQUAL ? " == " : " \\== ";
  }
  return texts[w->language][comparison];
}

// Clauses -----------------------------------------------------------------------------------

static void put_test(writer *w, const peer_argument *a, int variable)
{
  put(w, ", ");
  if (a->test != PEER_AMONG) {
    put_variable(w, variable);
    put(w, comparison_text(w, a->type, a->test));
    put_value(w, a->type, a->constants[0]);
    return;
  }
  put_variable(w, variable);
  put(w, w->language == CLINGO ? " = (" : " = T");
  if (w->language == PROLOG) {
    (void)fprintf(w->file, "%d, memberchk(T%d, [", w->fresh, w->fresh);
    ++w->fresh;
  }
  put_value(w, a->type, a->constants[0]);
  put(w, w->language == CLINGO ? ";" : ",");
  put_value(w, a->type, a->constants[1]);
  put(w, w->language == CLINGO ? ")" : "])");
}

static void put_atom(writer *w, const peer_atom *atom)
{
  const int width = w->program->relations[atom->relation].width;
  int variables[PEER_MOST_FIELDS];
  (void)fprintf(w->file, "r%d(", atom->relation);
  for (int i = 0; i < width; ++i) {
    const peer_argument *const a = &atom->arguments[i];
    variables[i] = a->variable;
    put(w, i ? "," : "");
    if (a->variable < 0 && a->test == PEER_NO_TEST) {
      put(w, "_");
    } else if (a->variable < 0 && a->test == PEER_EQUAL) {
      put_value(w, a->type, a->constants[0]);
    } else {
      variables[i] = a->variable < 0 ? w->fresh++ : a->variable;
      put_variable(w, variables[i]);
    }
  }
  put(w, ")");
  for (int i = 0; i < width; ++i) {
    const peer_argument *const a = &atom->arguments[i];
    if (a->test != PEER_NO_TEST && variables[i] >= 0) {
      put_test(w, a, variables[i]);
    }
  }
}

static void put_atoms(writer *w, const peer_condition *c)
{
  for (int i = 0; i < c->inner_count; ++i) {
    put(w, i ? ", " : "");
    put_atom(w, &c->inner[i]);
  }
}

static void put_variables(writer *w, const int *variables, int count)
{
  for (int i = 0; i < count; ++i) {
    put(w, i ? "," : "");
    put_variable(w, variables[i]);
  }
  put(w, count == 0 ? "0" : "");
}

static void put_clingo_aggregate(writer *w, const peer_condition *c)
{
  static const char *const functions[] = {"count", "sum", "min", "max"};
  put_variable(w, c->result);
  (void)fprintf(w->file, " = #%s{", functions[c->kind - PEER_COUNT]);
  put_variables(w, c->way, c->way_count);
  put(w, " : ");
  put_atoms(w, c);
  put(w, "}");
  if (c->kind >= PEER_MIN) { // Of nothing it is #sup or #inf.
    put(w, ", ");
    put_variable(w, c->result);
    put(w, c->kind == PEER_MIN ? " < #sup" : " > #inf");
  }
}

static void put_prolog_aggregate(writer *w, const peer_condition *c)
{
  const int list = w->fresh;
  w->fresh += 3;
  (void)fprintf(w->file, "findall(w(");
  put_variables(w, c->way, c->way_count);
  put(w, "), (");
  put_atoms(w, c);
  (void)fprintf(w->file, "), V%d), sort(V%d, V%d), ", list, list, list + 1);
  if (c->kind == PEER_COUNT) {
    // A caller may know a result that is no length at all.
    (void)fprintf(w->file, "length(V%d, V%d), V%d = V%d", list + 1, list + 2, c->result, list + 2);
    return;
  }
  (void)fprintf(w->file, "maplist(arg(1), V%d, V%d), %s(V%d, V%d)", list + 1, list + 2,
                c->kind == PEER_SUM   ? "sum_list"
                : c->kind == PEER_MIN ? "min_list"
                                      : "max_list",
                list + 2, c->result);
}

/// The name of the relation that stands for what is negated.
static void put_negated(writer *w, const peer_condition *c, int rule, int condition)
{
  (void)fprintf(w->file, "no_%d_%d(", rule, condition);
  put_variables(w, c->shared, c->shared_count);
  put(w, ")");
}

static void put_condition(writer *w, const peer_rule *rule, int condition, int branch)
{
  const peer_condition *const c = &rule->conditions[condition];
  switch (c->kind) {
  case PEER_ATOM:
    put_atom(w, &c->inner[0]);
    break;
  case PEER_ANY:
    put_atom(w, &c->inner[branch]);
    break;
  case PEER_NOT:
    put(w, w->language == CLINGO ? "not " : "\\+ ");
    put_negated(w, c, (int)(rule - w->program->rules), condition);
    break;
  case PEER_COMPARE:
    put_expression(w, &c->left);
    put(w, comparison_text(w, PEER_INTEGER, c->comparison));
    put_expression(w, &c->right);
    break;
  case PEER_LET:
    put_variable(w, c->result);
    put(w, w->language == CLINGO ? " = " : " is ");
    put_expression(w, &c->left);
    break;
  case PEER_COUNT:
  case PEER_SUM:
  case PEER_MIN:
  case PEER_MAX:
    if (w->language == CLINGO) {
      put_clingo_aggregate(w, c);
    } else {
      put_prolog_aggregate(w, c);
    }
    break;
  }
}

static void put_output(writer *w, const peer_output *o, int field)
{
  if (o->is_expression && w->language == PROLOG) {
    (void)fprintf(w->file, "O%d", field);
  } else if (o->is_expression) {
    put_expression(w, &o->expression);
  } else if (o->variable >= 0) {
    put_variable(w, o->variable);
  } else {
    put_value(w, o->type, o->constant);
  }
}

/// The rule with one branch of its `any`.
static void put_clause(writer *w, const peer_rule *rule, int branch)
{
  const int width = w->program->relations[rule->relation].width;
  (void)fprintf(w->file, "r%d(", rule->relation);
  for (int i = 0; i < width; ++i) {
    put(w, i ? "," : "");
    put_output(w, &rule->outputs[i], i);
  }
  put(w, ") :- ");
  for (int i = 0; i < rule->condition_count; ++i) {
    put(w, i ? ", " : "");
    put_condition(w, rule, i, branch);
  }
  for (int i = 0; i < width; ++i) {
    if (rule->outputs[i].is_expression && w->language == PROLOG) {
      (void)fprintf(w->file, ", O%d is ", i);
      put_expression(w, &rule->outputs[i].expression);
    }
  }
  put(w, ".\n");
}

static void put_clauses(writer *w)
{
  for (int i = 0; i < PEER_RULES; ++i) {
    const peer_rule *const rule = &w->program->rules[i];
    int branches = 1;
    for (int j = 0; j < rule->condition_count; ++j) {
      const peer_condition *const c = &rule->conditions[j];
      branches = c->kind == PEER_ANY ? c->inner_count : branches;
      if (c->kind == PEER_NOT) {
        w->fresh = PEER_MOST_VARIABLES;
        put_negated(w, c, i, j);
        put(w, " :- ");
        put_atoms(w, c);
        put(w, ".\n");
      }
    }
    for (int j = 0; j < branches; ++j) {
      w->fresh = PEER_MOST_VARIABLES;
      put_clause(w, rule, j);
    }
  }
  for (int i = 0; i < PEER_RELATIONS; ++i) {
    const peer_relation *const r = &w->program->relations[i];
    for (int j = 0; j < r->fact_count; ++j) {
      (void)fprintf(w->file, "r%d(", i);
      for (int k = 0; k < r->width; ++k) {
        put(w, k ? "," : "");
        put_value(w, r->types[k], r->facts[j][k]);
      }
      put(w, ").\n");
    }
  }
}

void peer_write_clingo(const peer_program *program, FILE *file)
{
  writer w = {.program = program, .file = file, .language = CLINGO};
  put_clauses(&w);
  for (int i = 0; i < PEER_RELATIONS; ++i) {
    (void)fprintf(file, "#show r%d/%d.\n", i, program->relations[i].width);
  }
}

void peer_write_prolog(const peer_program *program, FILE *file)
{
  writer w = {.program = program, .file = file, .language = PROLOG};
  (void)fputs(":- style_check(-singleton).\n:- style_check(-discontiguous).\n", file);
  for (int i = 0; i < PEER_RELATIONS; ++i) {
    (void)fprintf(file, ":- table r%d/%d.\n", i, program->relations[i].width);
  }
  put_clauses(&w);
  static const char *const variables[] = {"A", "A,B", "A,B,C"};
  for (int i = 0; i < PEER_RELATIONS; ++i) { // So that each is known.
    (void)fprintf(file, "r%d(%s) :- fail.\n", i, variables[program->relations[i].width - 1]);
  }
  (void)fputs("main :- true", file);
  for (int i = 0; i < PEER_RELATIONS; ++i) {
    static const char *const formats[] = {"\\t~w", "\\t~w\\t~w", "\\t~w\\t~w\\t~w"};
    const int width = program->relations[i].width;
    (void)fprintf(file, ",\n  forall(r%d(%s), format(\"r%d%s~n\", [%s]))", i, variables[width - 1],
                  i, formats[width - 1], variables[width - 1]);
  }
  (void)fputs(".\n", file);
}

// YAML ----------------------------------------------------------------------------------------

static void put_term(writer *w, const peer_argument *a)
{
  static const char *const tests[] = {"is", "not", "lt", "le", "gt", "ge"};
  if (a->test == PEER_NO_TEST) {
    put_variable(w, a->variable);
    return;
  }
  if (a->variable < 0 && a->test == PEER_EQUAL) {
    put_value(w, a->type, a->constants[0]);
    return;
  }
  put(w, a->test == PEER_AMONG && a->variable < 0 ? "[" : "{");
  if (a->test == PEER_AMONG) {
    put(w, a->variable < 0 ? "" : "in: [");
    put_value(w, a->type, a->constants[0]);
    put(w, ", ");
    put_value(w, a->type, a->constants[1]);
    put(w, "]");
  } else {
    (void)fprintf(w->file, "%s: ", tests[a->test]);
    put_value(w, a->type, a->constants[0]);
  }
  if (a->variable >= 0) {
    put(w, ", as: ");
    put_variable(w, a->variable);
  }
  put(w, a->test == PEER_AMONG && a->variable < 0 ? "" : "}");
}

static void put_pattern(writer *w, const peer_atom *atom)
{
  const int width = w->program->relations[atom->relation].width;
  (void)fprintf(w->file, "{r%d: {", atom->relation);
  const char *comma = "";
  for (int i = 0; i < width; ++i) {
    const peer_argument *const a = &atom->arguments[i];
    if (a->variable >= 0 || a->test != PEER_NO_TEST) {
      (void)fprintf(w->file, "%s%c: ", comma, 'x' + i);
      put_term(w, a);
      comma = ", ";
    }
  }
  put(w, "}}");
}

static void put_patterns(writer *w, const peer_condition *c, const char *between)
{
  for (int i = 0; i < c->inner_count; ++i) {
    put(w, i ? between : "");
    put_pattern(w, &c->inner[i]);
  }
}

static void put_yaml_aggregate(writer *w, const peer_condition *c)
{
  static const char *const functions[] = {"count", "sum", "min", "max"};
  (void)fprintf(w->file, "%s: {as: ", functions[c->kind - PEER_COUNT]);
  put_variable(w, c->result);
  if (c->kind != PEER_COUNT) {
    put(w, ", of: ");
    put_variable(w, c->way[0]);
  }
  if (c->is_way_named) {
    put(w, c->kind == PEER_COUNT ? ", of: [" : ", per: [");
    put_variables(w, c->way, c->way_count);
    put(w, "]");
  }
  put(w, ", over: [");
  put_patterns(w, c, ", ");
  put(w, "]}");
}

static void put_yaml_condition(writer *w, const peer_condition *c)
{
  put(w, "      - ");
  switch (c->kind) {
  case PEER_ATOM:
    put_pattern(w, &c->inner[0]);
    break;
  case PEER_NOT:
    put(w, "not: [");
    put_patterns(w, c, ", ");
    put(w, "]");
    break;
  case PEER_ANY:
    put(w, "any: [[");
    put_patterns(w, c, "], [");
    put(w, "]]");
    break;
  case PEER_COMPARE:
    put(w, "where: \"");
    put_expression(w, &c->left);
    put(w, comparison_text(w, PEER_INTEGER, c->comparison));
    put_expression(w, &c->right);
    put(w, "\"");
    break;
  case PEER_LET:
    put(w, "let: {");
    put_variable(w, c->result);
    put(w, ": \"");
    put_expression(w, &c->left);
    put(w, "\"}");
    break;
  case PEER_COUNT:
  case PEER_SUM:
  case PEER_MIN:
  case PEER_MAX:
    put_yaml_aggregate(w, c);
    break;
  }
  put(w, "\n");
}

void peer_write_rules(const peer_program *program, FILE *file)
{
  writer w = {.program = program, .file = file, .language = YAML};
  put(&w, "cite: [made]\nrules:\n");
  for (int i = 0; i < PEER_RULES; ++i) {
    const peer_rule *const rule = &program->rules[i];
    const int width = program->relations[rule->relation].width;
    // Conclusions before conditions: the order of keys means nothing.
    (void)fprintf(file, "  - id: made/rule-%d\n    then:\n      - r%d: {", i, rule->relation);
    for (int j = 0; j < width; ++j) {
      const peer_output *const o = &rule->outputs[j];
      (void)fprintf(file, "%s%c: ", j ? ", " : "", 'x' + j);
      put(&w, o->is_expression ? "{value: \"" : "");
      put_output(&w, o, j);
      put(&w, o->is_expression ? "\"}" : "");
    }
    put(&w, "}\n    when:\n");
    for (int j = 0; j < rule->condition_count; ++j) {
      // Backwards in every other rule: nor does that of conditions.
      put_yaml_condition(&w, &rule->conditions[i % 2 ? rule->condition_count - 1 - j : j]);
    }
  }
}

void peer_write_schema(const peer_program *program, FILE *file)
{
  (void)fputs("relations:\n  note: {fields: {text: text}}\n", file);
  for (int i = 0; i < PEER_RELATIONS; ++i) {
    (void)fprintf(file, "  r%d:\n    fields: {", i);
    for (int j = 0; j < program->relations[i].width; ++j) {
      (void)fprintf(file, "%s%c: %s", j ? ", " : "", 'x' + j,
                    program->relations[i].types[j] == PEER_SYMBOL ? "symbol" : "integer");
    }
    (void)fputs("}\n", file);
  }
}

void peer_write_questions(const peer_program *program, FILE *file)
{
  (void)fputs("profile:\n", file);
  (void)fputs(
      "  - {field: other, ask: Anything else?, type: text, gives: {note: {text: $answer}}}\n",
      file);
  for (int i = 0; i < PEER_RELATIONS; ++i) {
    if (program->relations[i].is_asked) {
      (void)fprintf(file,
                    "  - {field: r%d, ask: Which r%d?, type: %s, many: true, gives: {r%d: {x: "
                    "$answer}}}\n",
                    i, i, program->relations[i].types[0] == PEER_SYMBOL ? "symbol" : "integer", i);
    }
  }
}

void peer_write_profile(const peer_program *program, FILE *file)
{
  writer w = {.program = program, .file = file, .language = YAML};
  put(&w, "other: nothing\n");
  for (int i = 0; i < PEER_RELATIONS; ++i) {
    const peer_relation *const r = &program->relations[i];
    if (r->is_asked) {
      (void)fprintf(file, "r%d: [", i);
      for (int j = 0; j < r->fact_count; ++j) {
        put(&w, j ? ", " : "");
        put_value(&w, r->types[0], r->facts[j][0]);
      }
      put(&w, "]\n");
    }
  }
}

void peer_write_facts(const peer_program *program, FILE *file)
{
  writer w = {.program = program, .file = file, .language = YAML};
  put(&w, "cite: [made]\nfacts:\n");
  for (int i = 0; i < PEER_RELATIONS; ++i) {
    const peer_relation *const r = &program->relations[i];
    if (r->is_asked || r->fact_count == 0) {
      continue;
    }
    (void)fprintf(file, "  r%d:\n", i);
    for (int j = 0; j < r->fact_count; ++j) {
      put(&w, "    - {");
      for (int k = 0; k < r->width; ++k) {
        (void)fprintf(file, "%s%c: ", k ? ", " : "", 'x' + k);
        put_value(&w, r->types[k], r->facts[j][k]);
      }
      put(&w, "}\n");
    }
  }
}
