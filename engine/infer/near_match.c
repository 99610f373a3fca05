// SPDX-License-Identifier: Apache-2.0

// How near a rule comes to deriving something.
//
// A depth-first search with a bound: what already has as many failures as the best match known is
// given up. Recursion is as deep as the rule has conditions.

#include "infer/near_match.h"

#include "base/try.h"
#include "infer/fixpoint.h"

/// Conditions still to be looked at: a list with marks, and what lies behind it.
typedef struct todo {
  const dem_conditions *conditions;
  const bool *is_done; ///< By condition.
  uint32_t left;
  const struct todo *rest;
} todo;

typedef struct near {
  const dem_near_facts *where;
  dem_matcher *m; ///< Its values are the variables'.
  const dem_rule *rule;
  dem_facts *facts; ///< That patterns match now.
  dem_arena *arena; ///< Marks: the match's, or that of the search around this one.
  bool *is_outer;   ///< By variable: some positive condition binds it.
  dem_vector *path; ///< dem_near_condition, the match's
  uint32_t cost;    ///< Of the path.
  uint32_t best;    ///< Of the best match; what reaches it is given up.
  bool is_strict;   ///< Nothing may fail.
  uint64_t work;
  bool is_cut;
  dem_status status;
  dem_near_match *match; ///< Receives the best match.
  dem_near_visit visit;  ///< Or is told each one.
  void *context;
  bool is_stopped; ///< `visit` has seen enough.
} near;

enum { FAILED_COST = 1 << 10, UNSEEN_COST = 1 }; // No number of unseen ones outweighs a failure.

void dem_near_match_init(dem_near_match *match, dem_allocator allocator)
{
  *match = (dem_near_match){0};
  dem_vector_init(&match->conditions, allocator, sizeof(dem_near_condition));
  dem_vector_init(&match->values, allocator, sizeof(dem_word));
  dem_vector_init(&match->path, allocator, sizeof(dem_near_condition));
  dem_arena_init(&match->marks, allocator);
}

void dem_near_match_clear(dem_near_match *match)
{
  dem_vector_clear(&match->conditions);
  dem_vector_clear(&match->values);
  dem_vector_clear(&match->path);
  dem_arena_clear(&match->marks);
}

static bool is_over(const near *n)
{
  return n->status != DEM_OK || n->is_cut || n->is_stopped;
}

static bool spend(near *n)
{
  if (++n->work > DEM_NEAR_MOST_WORK) {
    n->is_cut = true;
  }
  return !is_over(n);
}

// What is bound ---------------------------------------------------------------------------

static bool is_bound(const near *n, uint32_t variable)
{
  return n->m->values[variable] != DEM_ABSENT;
}

static void mark_outer(near *n, const dem_conditions *conditions)
{
  for (uint32_t i = 0; i < conditions->count; ++i) {
    const dem_condition *const c = &conditions->items[i];
    for (uint32_t j = 0; c->kind == DEM_CONDITION_PATTERN && j < c->pattern.term_count; ++j) {
      if (c->pattern.terms[j].variable != DEM_NONE) {
        n->is_outer[c->pattern.terms[j].variable] = true;
      }
    }
    for (uint32_t j = 0; c->kind == DEM_CONDITION_ANY && j < c->any.count; ++j) {
      mark_outer(n, &c->any.branches[j]);
    }
    if (c->kind == DEM_CONDITION_LET) {
      n->is_outer[c->let.variable] = true;
    } else if (c->kind == DEM_CONDITION_AGGREGATE) {
      n->is_outer[c->aggregate.result] = true;
    }
  }
}

static bool is_expression_ready(const near *n, const dem_expression *e)
{
  if (!e) {
    return true;
  }
  if (e->op == DEM_OP_VARIABLE) {
    return is_bound(n, e->variable);
  }
  return is_expression_ready(n, e->left) && is_expression_ready(n, e->right);
}

static bool are_inner_ready(const near *n, const dem_conditions *conditions);

/// Whether all variables that a condition inside a `not` or an aggregate shares with the rule's
/// positive conditions have values.
static bool is_inner_ready(const near *n, const dem_condition *c)
{
  switch (c->kind) {
  case DEM_CONDITION_PATTERN:
    for (uint32_t i = 0; i < c->pattern.term_count; ++i) {
      const uint32_t variable = c->pattern.terms[i].variable;
      if (variable != DEM_NONE && n->is_outer[variable] && !is_bound(n, variable)) {
        return false;
      }
    }
    return true;
  case DEM_CONDITION_NOT:
    return are_inner_ready(n, &c->negated);
  case DEM_CONDITION_ANY:
    for (uint32_t i = 0; i < c->any.count; ++i) {
      if (!are_inner_ready(n, &c->any.branches[i])) {
        return false;
      }
    }
    return true;
  case DEM_CONDITION_AGGREGATE:
    return are_inner_ready(n, &c->aggregate.over);
  case DEM_CONDITION_WHERE:
  case DEM_CONDITION_LET:
    break; // Its variables come from patterns.
  }
  return true;
}

static bool are_inner_ready(const near *n, const dem_conditions *conditions)
{
  for (uint32_t i = 0; i < conditions->count; ++i) {
    if (!is_inner_ready(n, &conditions->items[i])) {
      return false;
    }
  }
  return true;
}

// Rows ------------------------------------------------------------------------------------

static bool evaluate(near *n, const dem_expression *e, dem_word *word)
{
  const bool is_good = dem_expression_evaluate(n->m, e, word);
  if (n->m->status == DEM_ERR_NO_MEMORY) {
    n->status = DEM_ERR_NO_MEMORY;
  }
  n->m->status = DEM_OK; // An overflow here would have stopped the run: it cannot hold.
  return is_good;
}

/// The word that a term's column must be, if that is known.
static bool wanted_word(const near *n, const dem_term *term, dem_word *word)
{
  if (term->variable != DEM_NONE && is_bound(n, term->variable)) {
    *word = n->m->values[term->variable];
    return true;
  }
  const bool is_constant =
      term->test_count > 0 && term->tests[0].kind == DEM_TEST_IN && term->tests[0].word_count == 1;
  *word = is_constant ? term->tests[0].words[0] : DEM_ABSENT;
  return is_constant;
}

static bool term_accepts(near *n, const dem_pattern *pattern, const dem_term *term, dem_word word)
{
  const dem_relation *const r = &n->m->plan->model->relations[pattern->relation];
  if (word == DEM_ABSENT) {
    return false;
  }
  if (word == DEM_OPEN) {
    return true;
  }
  for (uint32_t i = 0; i < term->test_count; ++i) {
    if (!dem_test_passes(n->m, &term->tests[i], r->fields[term->field].type.storage, word)) {
      n->m->status = DEM_OK;
      return false;
    }
  }
  if (term->variable == DEM_NONE) {
    return true;
  }
  if (!is_bound(n, term->variable)) {
    n->m->values[term->variable] = word;
    return true;
  }
  return n->m->values[term->variable] == word || n->m->values[term->variable] == DEM_OPEN;
}

/// Whether a row matches; binds what the pattern binds. The caller restores the values.
static bool row_accepts(near *n, const dem_pattern *pattern, const dem_word *row)
{
  for (uint32_t i = 0; i < pattern->term_count; ++i) {
    if (!term_accepts(n, pattern, &pattern->terms[i], row[pattern->terms[i].field])) {
      return false;
    }
  }
  return true;
}

/// The index of a table that knows most of the columns that are bound; NULL: none helps.
static const dem_index *best_index(const dem_table *table, uint64_t bound)
{
  const dem_index *best = NULL;
  for (uint32_t i = 0; i < table->index_count; ++i) {
    const dem_index *const index = &table->indexes[i];
    if ((index->columns & ~bound) == 0 && index->columns && index->indexed == table->count &&
        (!best || __builtin_popcountll(index->columns) > __builtin_popcountll(best->columns))) {
      best = index;
    }
  }
  return best;
}

/// Rows of one layer that may match a pattern, one after the other.
typedef struct row_walk {
  const dem_table *table;
  const dem_index *index; ///< NULL: every row.
  uint32_t row;
  uint32_t layer;
  uint32_t known_count; ///< Columns whose word is known; nearly all rows differ in one of them.
  uint32_t columns[DEM_MAX_FIELDS];
  dem_word words[DEM_MAX_FIELDS];
} row_walk;

static void begin_walk(const near *n, const dem_pattern *pattern, row_walk *walk)
{
  dem_word by_column[DEM_MAX_FIELDS];
  dem_word key[DEM_MAX_FIELDS];
  uint64_t bound = 0;
  uint32_t count = 0;
  walk->known_count = 0;
  for (uint32_t i = 0; i < pattern->term_count; ++i) {
    const uint32_t field = pattern->terms[i].field;
    dem_word word;
    if (wanted_word(n, &pattern->terms[i], &word) && word != DEM_OPEN) {
      bound |= UINT64_C(1) << field;
      by_column[field] = word;
      walk->columns[walk->known_count] = field;
      walk->words[walk->known_count++] = word;
    }
  }
  // Open values match anything: rows of possible facts are all looked at.
  walk->row = 0;
  walk->index = n->facts == n->where->certain ? best_index(walk->table, bound) : NULL;
  if (!walk->index) {
    return;
  }
  for (uint32_t column = 0; column < walk->table->width; ++column) {
    if (walk->index->columns >> column & 1) {
      key[count++] = by_column[column];
    }
  }
  walk->row = dem_index_first(walk->table, walk->index, key);
}

/// Whether a row has what is known of it.
static bool may_accept(const row_walk *walk, const dem_word *row)
{
  for (uint32_t i = 0; i < walk->known_count; ++i) {
    const dem_word word = row[walk->columns[i]];
    if (word != walk->words[i] && word != DEM_OPEN) {
      return false;
    }
  }
  return true;
}

static bool has_row(const row_walk *walk)
{
  return walk->index ? walk->row != DEM_NONE : walk->row < walk->table->count;
}

static void next_row(row_walk *walk)
{
  walk->row = walk->index ? dem_index_next(walk->index, walk->row) : walk->row + 1;
}

// The path --------------------------------------------------------------------------------

static void solve(near *n, const todo *t);

static uint32_t cost_of(dem_near_state state)
{
  return state == DEM_NEAR_FAILED ? FAILED_COST : state == DEM_NEAR_UNSEEN ? UNSEEN_COST : 0;
}

/// Go on behind a condition with what it came to.
static void go_on(near *n, const dem_condition *condition, dem_near_state state, dem_fact fact,
                  const todo *rest)
{
  const dem_near_condition step = {condition, state, fact};
  if (state != DEM_NEAR_HELD && (n->is_strict || n->cost + cost_of(state) >= n->best)) {
    return;
  }
  if (!dem_vector_add(n->path, &step)) {
    n->status = DEM_ERR_NO_MEMORY;
    return;
  }
  n->cost += cost_of(state);
  solve(n, rest);
  n->cost -= cost_of(state);
  --n->path->count;
}

static void fill_match(const near *n, dem_near_match *match)
{
  dem_vector_reset(&match->conditions);
  dem_vector_reset(&match->values);
  match->held = match->failed = match->unseen = 0;
  for (size_t i = 0; i < n->path->count; ++i) {
    const dem_near_condition *const c = &DEM_VECTOR_AT(n->path, dem_near_condition, i);
    match->held += c->state == DEM_NEAR_HELD;
    match->failed += c->state == DEM_NEAR_FAILED;
    match->unseen += c->state == DEM_NEAR_UNSEEN;
  }
}

static void complete(near *n)
{
  dem_near_match *const match = n->match;
  n->best = n->is_strict ? n->best : n->cost;
  fill_match(n, match);
  for (size_t i = 0; i < n->path->count && n->status == DEM_OK; ++i) {
    if (!dem_vector_add(&match->conditions, &DEM_VECTOR_AT(n->path, dem_near_condition, i))) {
      n->status = DEM_ERR_NO_MEMORY;
    }
  }
  for (uint32_t i = 0; i < n->rule->variable_count && n->status == DEM_OK; ++i) {
    if (!dem_vector_add(&match->values, &n->m->values[i])) {
      n->status = DEM_ERR_NO_MEMORY;
    }
  }
  if (n->visit && n->status == DEM_OK) {
    n->is_stopped = !n->visit(n->context, match);
  }
}

// Conditions ------------------------------------------------------------------------------

static void forget_pattern(near *n, const dem_pattern *pattern, uint64_t unbound)
{
  for (uint32_t i = 0; i < pattern->term_count; ++i) {
    if (unbound >> i & 1) {
      n->m->values[pattern->terms[i].variable] = DEM_ABSENT;
    }
  }
}

/// Bit i: term i's variable has no value yet.
static uint64_t unbound_terms(const near *n, const dem_pattern *pattern)
{
  uint64_t unbound = 0;
  for (uint32_t i = 0; i < pattern->term_count; ++i) {
    const uint32_t variable = pattern->terms[i].variable;
    unbound |= variable != DEM_NONE && !is_bound(n, variable) ? UINT64_C(1) << i : 0;
  }
  return unbound;
}

static void solve_pattern(near *n, const dem_condition *c, const todo *rest)
{
  const dem_pattern *const pattern = &c->pattern;
  const uint64_t unbound = unbound_terms(n, pattern);
  bool has_match = false;
  const dem_table *const layers[] = {&n->facts->base->tables[pattern->relation],
                                     &n->facts->tables[pattern->relation]};
  for (int layer = 0; layer < 2 && !is_over(n); ++layer) {
    row_walk walk;
    walk.table = layers[layer];
    walk.layer = layer ? DEM_SESSION_ROW : 0;
    if (walk.table->count == 0) {
      continue;
    }
    for (begin_walk(n, pattern, &walk); has_row(&walk) && spend(n); next_row(&walk)) {
      const dem_word *const row = dem_table_row(walk.table, walk.row);
      if (!may_accept(&walk, row)) {
        continue;
      }
      if (row_accepts(n, pattern, row)) {
        has_match = true;
        go_on(n, c, DEM_NEAR_HELD, (dem_fact){pattern->relation, walk.row | walk.layer}, rest);
      }
      forget_pattern(n, pattern, unbound);
    }
  }
  if (!has_match && !is_over(n)) {
    go_on(n, c, DEM_NEAR_FAILED, DEM_FACT_NONE, rest);
  }
}

/// A search inside a search: are the conditions satisfied with the values at hand?
typedef struct inner_match {
  bool is_found;
  const dem_aggregate *aggregate; ///< NULL: the first match is enough.
  near *outer;
  dem_table ways;
  dem_vector *facts; ///< Receives those of the first match; may be NULL.
  dem_near_match match;
} inner_match;

static bool note_inner(void *context, const dem_near_match *match)
{
  inner_match *const inner = context;
  inner->is_found = true;
  if (!inner->aggregate) {
    for (size_t i = 0; inner->facts && i < match->conditions.count; ++i) {
      const dem_fact fact = DEM_VECTOR_AT(&match->conditions, dem_near_condition, i).fact;
      if (!dem_fact_is_none(fact) && !dem_vector_add(inner->facts, &fact)) {
        inner->outer->status = DEM_ERR_NO_MEMORY;
      }
    }
    return false;
  }
  dem_word way[256];
  bool is_new;
  for (uint32_t i = 0; i < inner->aggregate->way_count; ++i) {
    way[i] = inner->outer->m->values[inner->aggregate->way[i]];
  }
  if (dem_table_put(&inner->ways, way, &is_new) == DEM_NONE) {
    inner->outer->status = DEM_ERR_NO_MEMORY;
  }
  return inner->outer->status == DEM_OK;
}

static void search_inner(near *outer, const dem_conditions *conditions, inner_match *inner)
{
  near n = {.where = outer->where,
            .m = outer->m,
            .rule = outer->rule,
            .facts = inner->aggregate ? outer->where->certain : outer->where->widest,
            .best = UINT32_MAX,
            .is_strict = true,
            .arena = outer->arena,
            .work = outer->work,
            .visit = note_inner,
            .context = inner,
            .match = &inner->match};
  inner->outer = outer;
  dem_near_match_init(&inner->match, outer->m->allocator);
  n.path = &inner->match.path;
  bool *const marks = DEM_ARENA_ARRAY(n.arena, bool, conditions->count);
  for (uint32_t i = 0; marks && i < conditions->count; ++i) {
    marks[i] = false;
  }
  n.is_outer = DEM_ARENA_ARRAY(n.arena, bool, outer->rule->variable_count);
  const todo all = {conditions, marks, conditions->count, NULL};
  n.status = marks && n.is_outer ? DEM_OK : DEM_ERR_NO_MEMORY;
  if (n.status == DEM_OK) {
    for (uint32_t i = 0; i < outer->rule->variable_count; ++i) {
      n.is_outer[i] = outer->is_outer[i];
    }
    mark_outer(&n, conditions);
    solve(&n, &all);
  }
  outer->work = n.work;
  outer->is_cut = outer->is_cut || n.is_cut;
  outer->status = outer->status == DEM_OK ? n.status : outer->status;
  dem_near_match_clear(&inner->match);
}

static void solve_not(near *n, const dem_condition *c, const todo *rest)
{
  inner_match inner = {0};
  search_inner(n, &c->negated, &inner);
  if (!is_over(n)) {
    go_on(n, c, inner.is_found ? DEM_NEAR_FAILED : DEM_NEAR_HELD, DEM_FACT_NONE, rest);
  }
}

static void solve_value(near *n, const dem_condition *c, uint32_t variable, bool has_value,
                        dem_word word, const todo *rest)
{
  const bool was_bound = is_bound(n, variable);
  if (!has_value || (was_bound && n->m->values[variable] != word)) {
    go_on(n, c, DEM_NEAR_FAILED, DEM_FACT_NONE, rest);
    return;
  }
  n->m->values[variable] = word;
  go_on(n, c, DEM_NEAR_HELD, DEM_FACT_NONE, rest);
  n->m->values[variable] = was_bound ? word : DEM_ABSENT;
}

static uint32_t value_column(const dem_aggregate *a)
{
  uint32_t column = 0;
  while (column < a->way_count && a->way[column] != a->value) {
    ++column;
  }
  return column;
}

/// An aggregate of the ways. False: there is none, or it does not fit its type.
static bool combine(const near *n, const dem_aggregate *a, const dem_table *ways, dem_word *result)
{
  const uint32_t column = a->function == DEM_AGGREGATE_COUNT ? 0 : value_column(a);
  double number = 0;
  int64_t sum = 0;
  *result = dem_word_of_integer(ways->count);
  if (a->function == DEM_AGGREGATE_COUNT) {
    return true;
  }
  for (uint32_t i = 0; i < ways->count; ++i) {
    const dem_word word = dem_table_row(ways, i)[column];
    const int order = i == 0 ? 0 : dem_words_compare(n->m->symbols, a->storage, word, *result);
    const bool is_better = a->function == DEM_AGGREGATE_MIN ? order < 0 : order > 0;
    if (a->function != DEM_AGGREGATE_SUM) {
      *result = i == 0 || is_better ? word : *result;
    } else if (a->storage == DEM_STORAGE_NUMBER) {
      number += dem_word_number(word);
    } else if (__builtin_add_overflow(sum, dem_word_integer(word), &sum)) {
      return false;
    }
  }
  if (a->function == DEM_AGGREGATE_SUM) {
    *result =
        a->storage == DEM_STORAGE_NUMBER ? dem_word_of_number(number) : dem_word_of_integer(sum);
    return true;
  }
  return ways->count > 0;
}

static void solve_aggregate(near *n, const dem_condition *c, const todo *rest)
{
  const dem_aggregate *const a = &c->aggregate;
  inner_match inner = {.aggregate = a};
  dem_word word = 0;
  if (a->way_count > 256 ||
      dem_table_init(&inner.ways, n->m->allocator, a->way_count, false, NULL, 0) != DEM_OK) {
    n->status = a->way_count > 256 ? n->status : DEM_ERR_NO_MEMORY;
    go_on(n, c, DEM_NEAR_UNSEEN, DEM_FACT_NONE, rest);
    return;
  }
  search_inner(n, &a->over, &inner);
  const bool has_value = combine(n, a, &inner.ways, &word);
  dem_table_clear(&inner.ways);
  if (!is_over(n)) {
    solve_value(n, c, a->result, has_value, word, rest);
  }
}

static void solve_any(near *n, const dem_condition *c, const todo *rest)
{
  for (uint32_t i = 0; i < c->any.count && !is_over(n); ++i) {
    const dem_conditions *const branch = &c->any.branches[i];
    bool *const marks = DEM_ARENA_ARRAY(n->arena, bool, branch->count);
    if (!marks) {
      n->status = DEM_ERR_NO_MEMORY;
      return;
    }
    for (uint32_t j = 0; j < branch->count; ++j) {
      marks[j] = false;
    }
    const todo inside = {branch, marks, branch->count, rest};
    solve(n, &inside);
  }
}

static void solve_condition(near *n, const dem_condition *c, bool is_ready, const todo *rest)
{
  dem_word word = 0;
  if (!is_ready) {
    go_on(n, c, DEM_NEAR_UNSEEN, DEM_FACT_NONE, rest);
    return;
  }
  switch (c->kind) {
  case DEM_CONDITION_PATTERN:
    solve_pattern(n, c, rest);
    return;
  case DEM_CONDITION_NOT:
    solve_not(n, c, rest);
    return;
  case DEM_CONDITION_ANY:
    solve_any(n, c, rest);
    return;
  case DEM_CONDITION_WHERE:
    go_on(n, c, evaluate(n, c->guard, &word) && word ? DEM_NEAR_HELD : DEM_NEAR_FAILED,
          DEM_FACT_NONE, rest);
    return;
  case DEM_CONDITION_LET: {
    const bool has_value = evaluate(n, c->let.value, &word);
    solve_value(n, c, c->let.variable, has_value, word, rest);
    return;
  }
  case DEM_CONDITION_AGGREGATE:
    solve_aggregate(n, c, rest);
    return;
  }
}

// The next one ----------------------------------------------------------------------------

enum { CHECK_NOW = 0, NOT_READY = 1 << 30 };

/// About how many rows a pattern has left: each bound column is taken to divide them by eight.
static uint32_t expected_rows(const near *n, const dem_pattern *pattern)
{
  uint32_t rows = dem_facts_count(n->facts, pattern->relation);
  if (rows > 0 && n->m->plan->model->relations[pattern->relation].is_answered) {
    return 1; // What the profile says is where a reader starts from.
  }
  for (uint32_t i = 0; i < pattern->term_count; ++i) {
    dem_word word;
    rows /= wanted_word(n, &pattern->terms[i], &word) ? 8 : 1;
  }
  return rows < NOT_READY / 2 ? rows + 2 : NOT_READY / 2;
}

/// What comes first has the smallest number.
static uint32_t urgency(const near *n, const dem_condition *c)
{
  switch (c->kind) {
  case DEM_CONDITION_PATTERN:
    return expected_rows(n, &c->pattern);
  case DEM_CONDITION_WHERE:
    return is_expression_ready(n, c->guard) ? CHECK_NOW : NOT_READY;
  case DEM_CONDITION_LET:
    return is_expression_ready(n, c->let.value) ? CHECK_NOW : NOT_READY;
  case DEM_CONDITION_NOT:
    return are_inner_ready(n, &c->negated) ? CHECK_NOW : NOT_READY;
  case DEM_CONDITION_ANY:
    return NOT_READY / 2 + 1; // After the patterns: its branches are searched one by one.
  case DEM_CONDITION_AGGREGATE:
    return are_inner_ready(n, &c->aggregate.over) ? 1 : NOT_READY;
  }
  return NOT_READY;
}

static void solve(near *n, const todo *t)
{
  while (t && t->left == 0) {
    t = t->rest;
  }
  if (!t) {
    complete(n);
    return;
  }
  if (!spend(n)) {
    return;
  }
  uint32_t next = DEM_NONE;
  uint32_t least = UINT32_MAX;
  for (uint32_t i = 0; i < t->conditions->count; ++i) {
    const uint32_t u = t->is_done[i] ? UINT32_MAX : urgency(n, &t->conditions->items[i]);
    if (u < least) {
      least = u;
      next = i;
    }
  }
  // Checks of the lists behind may be ready, too, but wait: a branch is looked at as a whole.
  bool *const marks = (bool *)(uintptr_t)t->is_done;
  const todo rest = {t->conditions, marks, t->left - 1, t->rest};
  marks[next] = true;
  solve_condition(n, &t->conditions->items[next], least < NOT_READY, &rest);
  marks[next] = false;
}

// Entry -------------------------------------------------------------------------------------

/// A body of a rule, by which what goes wrong finds the rule; 0 for a rule that is not in force.
static uint32_t body_of(const dem_plan *plan, uint32_t rule)
{
  uint32_t low = 0;
  for (uint32_t high = plan->body_count; low < high;) {
    const uint32_t middle = low + (high - low) / 2;
    if (plan->bodies[middle].rule < rule) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < plan->body_count && plan->bodies[low].rule == rule ? low : 0;
}

static dem_status search(near *n, uint32_t rule, const dem_conditions *conditions,
                         const dem_word *head)
{
  dem_diagnostics scratch; // What goes wrong on the way is no error of the run.
  dem_matcher *const m = n->m;
  const dem_rule *const r = n->rule;
  bool *const marks = DEM_ARENA_ARRAY(n->arena, bool, conditions->count);
  n->is_outer = DEM_ARENA_ARRAY(n->arena, bool, r->variable_count);
  DEM_TRY_MEMORY(marks);
  DEM_TRY_MEMORY(n->is_outer);
  for (uint32_t i = 0; i < conditions->count; ++i) {
    marks[i] = false;
  }
  for (uint32_t i = 0; i < r->variable_count; ++i) {
    n->is_outer[i] = false;
    m->values[i] = head[i];
  }
  mark_outer(n, &r->when);
  mark_outer(n, conditions);
  dem_join join = {.body = body_of(m->plan, rule)};
  dem_diagnostics *const kept = m->diagnostics;
  dem_diagnostics_init(&scratch, m->allocator);
  m->diagnostics = &scratch;
  m->join = &join;
  m->status = DEM_OK;
  m->range_count = 0;
  const todo all = {conditions, marks, conditions->count, NULL};
  solve(n, &all);
  m->join = NULL;
  m->status = DEM_OK;
  m->diagnostics = kept;
  dem_diagnostics_clear(&scratch);
  return n->status;
}

/// @param match  Its room for paths and marks is used.
static near begin(const dem_near_facts *facts, uint32_t rule, dem_near_match *match)
{
  dem_vector_reset(&match->path);
  dem_arena_reset(&match->marks);
  return (near){.where = facts,
                .m = &((dem_worker *)facts->certain->worker)->matcher,
                .rule = &dem_program_model(facts->program)->rules[rule],
                .facts = facts->certain,
                .arena = &match->marks,
                .path = &match->path,
                .best = UINT32_MAX,
                .match = match};
}

dem_status dem_near_find(const dem_near_facts *facts, uint32_t rule, const dem_word *head,
                         dem_near_match *match)
{
  near n = begin(facts, rule, match);
  dem_vector_reset(&match->conditions);
  dem_vector_reset(&match->values);
  const dem_status status = search(&n, rule, &n.rule->when, head);
  match->is_cut = n.is_cut;
  return status;
}

dem_status dem_near_each(const dem_near_facts *facts, uint32_t rule, const dem_word *head,
                         dem_near_visit visit, void *context, bool *is_cut)
{
  dem_near_match match;
  dem_near_match_init(&match, facts->certain->allocator);
  near n = begin(facts, rule, &match);
  n.is_strict = true;
  n.visit = visit;
  n.context = context;
  const dem_status status = search(&n, rule, &n.rule->when, head);
  *is_cut = n.is_cut;
  dem_near_match_clear(&match);
  return status;
}

typedef struct fact_list {
  dem_vector *facts;
  bool has_failed;
  bool has_all; ///< Those of every match, not of the first alone.
} fact_list;

static bool note_facts(void *context, const dem_near_match *match)
{
  fact_list *const list = context;
  for (size_t i = 0; i < match->conditions.count; ++i) {
    const dem_fact fact = DEM_VECTOR_AT(&match->conditions, dem_near_condition, i).fact;
    if (!dem_fact_is_none(fact) && !dem_vector_add(list->facts, &fact)) {
      list->has_failed = true;
    }
  }
  return list->has_all && !list->has_failed;
}

static dem_status list_facts(const dem_near_facts *facts, dem_facts *where, uint32_t rule,
                             const dem_conditions *conditions, const dem_word *values,
                             fact_list *list)
{
  dem_near_match match;
  dem_near_match_init(&match, facts->certain->allocator);
  near n = begin(facts, rule, &match);
  n.facts = where;
  n.is_strict = true;
  n.visit = note_facts;
  n.context = list;
  const dem_status status = search(&n, rule, conditions, values);
  dem_near_match_clear(&match);
  return list->has_failed ? DEM_ERR_NO_MEMORY : status;
}

dem_status dem_near_blockers(const dem_near_facts *facts, uint32_t rule,
                             const dem_conditions *negated, const dem_word *values,
                             dem_vector *blockers)
{
  fact_list list = {.facts = blockers};
  return list_facts(facts, facts->widest, rule, negated, values, &list);
}

dem_status dem_near_counted(const dem_near_facts *facts, uint32_t rule, const dem_conditions *over,
                            const dem_word *values, dem_vector *counted)
{
  fact_list list = {.facts = counted, .has_all = true};
  return list_facts(facts, facts->certain, rule, over, values, &list);
}
