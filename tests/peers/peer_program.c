// SPDX-License-Identifier: Apache-2.0

// Conditions are made in an order in which each is ready: atoms and `any`, lets, aggregates,
// comparisons, negations. Prolog needs that order; the others must not care.
//
// Everything ends: a let that may be part of a recursion is bounded, and an expression in a
// conclusion stands only where nothing of its own level is read.

#include "peers/peer_program.h"

#include <string.h>

enum { VALUES = 5, LET_BOUND = 9 };

typedef struct generator {
  peer_program *program;
  peer_rule *rule;
  uint64_t state;
  int level;
  int variable_count;
  bool is_bound[PEER_MOST_VARIABLES];
  bool is_by_atom[PEER_MOST_VARIABLES]; ///< Bound by an atom, not worked out.
  bool reads_own_level;
} generator;

static int below(generator *g, int bound)
{
  g->state = g->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (int)((g->state >> 33) % (uint64_t)bound);
}

static bool chance(generator *g, int of)
{
  return below(g, of) == 0;
}

// Variables ---------------------------------------------------------------------------

static bool has_room(const generator *g)
{
  return g->variable_count + 6 < PEER_MOST_VARIABLES;
}

static int new_variable(generator *g, peer_type type)
{
  g->rule->types[g->variable_count] = type;
  g->is_bound[g->variable_count] = true;
  return g->variable_count++;
}

/// One that has a value and comes from an atom, or -1.
static int known_variable(generator *g, peer_type type)
{
  int found = -1;
  int count = 0;
  for (int i = 0; i < g->variable_count; ++i) {
    if (g->is_bound[i] && g->is_by_atom[i] && g->rule->types[i] == type && chance(g, ++count)) {
      found = i;
    }
  }
  return found;
}

static int any_variable(generator *g, peer_type type)
{
  int found = -1;
  int count = 0;
  for (int i = 0; i < g->variable_count; ++i) {
    if (g->is_bound[i] && g->rule->types[i] == type && chance(g, ++count)) {
      found = i;
    }
  }
  return found;
}

// Atoms -------------------------------------------------------------------------------

typedef enum atom_use { BINDS, BINDS_NOTHING } atom_use;

static peer_argument random_argument(generator *g, peer_type type, atom_use use)
{
  peer_argument a = {.type = type, .variable = -1, .test = PEER_NO_TEST};
  const int what = below(g, 12);
  if (what == 0) {
    return a;
  }
  if (what > 1) {
    const bool is_new = use == BINDS && has_room(g) && !chance(g, 3);
    a.variable = is_new ? -1 : known_variable(g, type);
    if (a.variable < 0 && use == BINDS && has_room(g)) {
      a.variable = new_variable(g, type);
      g->is_by_atom[a.variable] = true;
    }
  }
  if (a.variable < 0 || chance(g, 12)) {
    a.test = type == PEER_INTEGER
                 ? (peer_comparison)below(g, PEER_NO_TEST)
                 : (peer_comparison[]){PEER_EQUAL, PEER_NOT_EQUAL, PEER_AMONG}[below(g, 3)];
    a.constants[0] = below(g, VALUES);
    a.constants[1] = (a.constants[0] + 1 + below(g, VALUES - 1)) % VALUES;
  }
  return a;
}

/// An atom of a relation of this level or lower, or of a lower one only.
static peer_atom random_atom(generator *g, bool is_lower, atom_use use)
{
  int count = 0;
  while (count < PEER_RELATIONS &&
         g->program->relations[count].level < g->level + (is_lower ? 0 : 1)) {
    ++count;
  }
  peer_atom atom = {.relation = below(g, count)};
  if (!is_lower && chance(g, 3)) { // The last ones are those of its own level.
    atom.relation = count - 1;
  }
  const peer_relation *const r = &g->program->relations[atom.relation];
  g->reads_own_level = g->reads_own_level || r->level == g->level;
  for (int i = 0; i < r->width; ++i) {
    atom.arguments[i] = random_argument(g, r->types[i], use);
  }
  return atom;
}

static peer_condition *add(generator *g, peer_kind kind)
{
  peer_condition *const c = &g->rule->conditions[g->rule->condition_count++];
  *c = (peer_condition){.kind = kind};
  return c;
}

static void add_atom(generator *g)
{
  peer_condition *const c = add(g, PEER_ATOM);
  c->inner[0] = random_atom(g, false, BINDS);
  c->inner_count = 1;
}

// Expressions ---------------------------------------------------------------------------

static void add_token(peer_expression *e, char kind, int value)
{
  e->tokens[e->count++] = (peer_token){kind, value};
}

static void add_operand(generator *g, peer_expression *e)
{
  const int variable = chance(g, 3) ? -1 : any_variable(g, PEER_INTEGER);
  if (variable < 0) {
    add_token(e, 'c', below(g, VALUES));
  } else {
    add_token(e, 'v', variable);
  }
}

static peer_expression random_expression(generator *g)
{
  peer_expression e = {0};
  const char kind = "+-+-*/%a.."[below(g, 10)];
  if (kind == '.') {
    add_operand(g, &e);
    return e;
  }
  add_token(&e, kind, 0);
  if (chance(g, 3)) {
    add_token(&e, chance(g, 2) ? '+' : '-', 0);
    add_operand(g, &e);
  }
  add_operand(g, &e);
  if (kind == '*' || kind == '/' || kind == '%') {
    add_token(&e, 'c', 1 + below(g, VALUES)); // Never zero; and products stay small.
  } else if (kind != 'a') {
    add_operand(g, &e);
  }
  return e;
}

static void add_comparison(generator *g, peer_comparison comparison, peer_expression left,
                           peer_expression right)
{
  peer_condition *const c = add(g, PEER_COMPARE);
  c->comparison = comparison;
  c->left = left;
  c->right = right;
}

static void add_bound(generator *g, int variable, peer_comparison comparison, int constant)
{
  peer_expression left = {0};
  peer_expression right = {0};
  add_token(&left, 'v', variable);
  add_token(&right, 'c', constant);
  add_comparison(g, comparison, left, right);
}

static void add_let(generator *g)
{
  const peer_expression value = random_expression(g);
  peer_condition *const c = add(g, PEER_LET);
  c->left = value;
  c->result = new_variable(g, PEER_INTEGER);
  add_bound(g, c->result, PEER_GREATER_EQUAL, 0);
  add_bound(g, c->result, PEER_LESS_EQUAL, LET_BOUND);
}

// Nested conditions -----------------------------------------------------------------------

static void note_shared(peer_condition *c, int variable)
{
  for (int i = 0; i < c->shared_count; ++i) {
    if (c->shared[i] == variable) {
      return;
    }
  }
  c->shared[c->shared_count++] = variable;
}

/// Variables of the atoms that are older than `first`.
static void find_shared(peer_condition *c, const generator *g, int first)
{
  for (int i = 0; i < c->inner_count; ++i) {
    const int width = g->program->relations[c->inner[i].relation].width;
    for (int j = 0; j < width; ++j) {
      const int variable = c->inner[i].arguments[j].variable;
      if (variable >= 0 && variable < first) {
        note_shared(c, variable);
      }
    }
  }
}

static void forget_from(generator *g, int first)
{
  for (int i = first; i < g->variable_count; ++i) {
    g->is_bound[i] = false;
  }
}

static void add_negation(generator *g)
{
  if (g->level == 0 || !has_room(g)) {
    return;
  }
  const int first = g->variable_count;
  peer_condition *const c = add(g, PEER_NOT);
  c->inner_count = 1 + below(g, 2);
  for (int i = 0; i < c->inner_count; ++i) {
    c->inner[i] = random_atom(g, true, chance(g, 2) ? BINDS : BINDS_NOTHING);
  }
  find_shared(c, g, first);
  forget_from(g, first);
}

/// Branches of one atom each that name the same variables: known ones, and one or two new.
static void add_any(generator *g)
{
  const int first = g->variable_count;
  peer_condition c = {.kind = PEER_ANY, .inner_count = 2};
  c.inner[0] = random_atom(g, false, BINDS);
  const peer_relation *const r = &g->program->relations[c.inner[0].relation];
  int candidates[PEER_RELATIONS];
  int count = 0;
  for (int i = 0; i < PEER_RELATIONS; ++i) {
    const peer_relation *const other = &g->program->relations[i];
    const bool fits = other->level <= g->level && other->width == r->width &&
                      memcmp(other->types, r->types, sizeof r->types) == 0;
    if (fits) {
      candidates[count++] = i;
    }
  }
  c.inner[1] = c.inner[0];
  c.inner[1].relation = candidates[below(g, count)];
  g->reads_own_level =
      g->reads_own_level || g->program->relations[c.inner[1].relation].level == g->level;
  for (int i = 0; i < r->width; ++i) { // The branches differ in what they test.
    if (c.inner[1].arguments[i].variable < 0) {
      c.inner[1].arguments[i] = random_argument(g, r->types[i], BINDS_NOTHING);
      if (c.inner[1].arguments[i].variable >= first) {
        c.inner[1].arguments[i].variable = -1;
      }
    } else {
      note_shared(&c, c.inner[1].arguments[i].variable);
    }
  }
  find_shared(&c, g, g->variable_count);
  // A known variable that only one branch tests must be known before: it is, by an atom.
  g->rule->conditions[g->rule->condition_count++] = c;
}

static bool is_shared(const peer_condition *c, int variable)
{
  for (int i = 0; i < c->shared_count; ++i) {
    if (c->shared[i] == variable) {
      return true;
    }
  }
  return false;
}

static void add_aggregate(generator *g)
{
  if (g->level == 0 || !has_room(g)) {
    return;
  }
  const int first = g->variable_count;
  peer_condition c = {.kind = (peer_kind)(PEER_COUNT + below(g, 4))};
  c.inner_count = 1 + below(g, 2);
  for (int i = 0; i < c.inner_count; ++i) {
    c.inner[i] = random_atom(g, true, BINDS);
  }
  find_shared(&c, g, first);
  int value = -1;
  for (int i = first; i < g->variable_count; ++i) {
    value = g->rule->types[i] == PEER_INTEGER && value < 0 ? i : value;
  }
  if (value < 0 && c.kind != PEER_COUNT) {
    c.kind = PEER_COUNT;
  }
  c.is_way_named = g->variable_count > first && chance(g, 3);
  if (c.kind != PEER_COUNT) {
    c.way[c.way_count++] = value;
  }
  for (int i = first; i < g->variable_count; ++i) {
    const bool is_taken = i == value && c.kind != PEER_COUNT;
    if (!is_taken && !(c.is_way_named && chance(g, 2)) && !is_shared(&c, i)) {
      c.way[c.way_count++] = i;
    }
  }
  if (c.way_count == 0 && c.is_way_named) {
    c.way[c.way_count++] = first;
  }
  forget_from(g, first);
  c.result = new_variable(g, PEER_INTEGER);
  g->rule->conditions[g->rule->condition_count++] = c;
}

// Rules -------------------------------------------------------------------------------------

static peer_output random_output(generator *g, peer_type type)
{
  peer_output o = {.type = type, .variable = -1, .constant = below(g, VALUES)};
  if (!chance(g, 8)) {
    o.variable = any_variable(g, type);
  }
  if (type == PEER_INTEGER && !g->reads_own_level && chance(g, 5)) {
    o.is_expression = true;
    o.variable = -1;
    o.expression = random_expression(g);
  }
  return o;
}

static void make_rule(generator *g, peer_rule *rule, int relation)
{
  *rule = (peer_rule){.relation = relation};
  g->rule = rule;
  g->level = g->program->relations[relation].level;
  g->variable_count = 0;
  g->reads_own_level = false;
  memset(g->is_bound, 0, sizeof g->is_bound);
  memset(g->is_by_atom, 0, sizeof g->is_by_atom);
  const int atoms = 1 + below(g, 3);
  for (int i = 0; i < atoms; ++i) {
    add_atom(g);
  }
  if (chance(g, 4)) {
    add_any(g);
  }
  if (chance(g, 3)) {
    add_let(g);
  }
  if (chance(g, 3)) {
    add_aggregate(g);
  }
  if (chance(g, 3)) {
    const peer_expression left = random_expression(g);
    add_comparison(g, (peer_comparison)below(g, PEER_AMONG), left, random_expression(g));
  }
  if (chance(g, 3)) {
    add_negation(g);
  }
  const peer_relation *const r = &g->program->relations[relation];
  for (int i = 0; i < r->width; ++i) {
    rule->outputs[i] = random_output(g, r->types[i]);
  }
}

static void make_relation(generator *g, int number)
{
  peer_relation *const r = &g->program->relations[number];
  r->width = 1 + below(g, PEER_MOST_FIELDS);
  for (int i = 0; i < r->width; ++i) {
    r->types[i] = chance(g, 3) ? PEER_SYMBOL : PEER_INTEGER;
  }
  const bool is_given = number < PEER_GIVEN;
  r->level = is_given ? 0 : g->program->relations[number - 1].level + (number == PEER_GIVEN);
  r->level += !is_given && number > PEER_GIVEN && chance(g, 2);
  r->is_asked = r->width == 1 && chance(g, 2);
  r->fact_count = is_given || chance(g, 4) ? 4 + below(g, PEER_MOST_FACTS - 3) : 0;
  for (int i = 0; i < r->fact_count; ++i) {
    for (int j = 0; j < r->width; ++j) {
      r->facts[i][j] = below(g, VALUES);
    }
  }
}

void peer_program_make(peer_program *program, uint64_t seed)
{
  generator g = {.program = program, .state = seed * 2654435761U + 1};
  *program = (peer_program){0};
  for (int i = 0; i < PEER_RELATIONS; ++i) {
    make_relation(&g, i);
  }
  for (int i = 0; i < PEER_RULES; ++i) {
    const int relation = i < PEER_DERIVED ? i : below(&g, PEER_DERIVED);
    make_rule(&g, &program->rules[i], PEER_GIVEN + relation);
  }
}
