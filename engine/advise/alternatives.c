// SPDX-License-Identifier: Apache-2.0

// The other ways in which a fact is derived.
//
// The given facts below each match are compared. A way that needs all that another needs, and more,
// is no proof of its own.

#include "advise/alternatives.h"

#include <stdlib.h>

#include "base/try.h"

enum { MOST_PROOFS = 40, MOST_MATCHES = 400 };

/// One derivation, and the given facts, records and answers, below it.
typedef struct ground {
  uint32_t rule;
  uint32_t height;
  dem_near_match match; ///< Owned; empty for the stored derivation.
  size_t count;
  const dem_fact *leaves; ///< Sorted.
  bool is_circular;       ///< It rests on the fact itself.
} ground;

typedef struct finder {
  dem_prover *prover;
  dem_facts *facts; ///< The certain ones.
  dem_fact fact;
  uint32_t rule; ///< That is searched.
  dem_vector grounds;
  dem_vector todo;   ///< dem_fact
  dem_vector leaves; ///< dem_fact
  dem_table seen;    ///< relation, row
  bool is_cut;
  dem_status status;
} finder;

// What lies below -----------------------------------------------------------------------------

static dem_status meet(finder *f, dem_fact fact)
{
  const dem_word name[] = {fact.relation, fact.row};
  bool is_new = false;
  if (dem_table_put(&f->seen, name, &is_new) == DEM_NONE ||
      (is_new && !dem_vector_add(&f->todo, &fact))) {
    return DEM_ERR_NO_MEMORY;
  }
  return DEM_OK;
}

/// What a stored derivation rests on is to be looked at, too.
static dem_status meet_support(finder *f, dem_fact fact)
{
  dem_vector support;
  dem_vector_init(&support, f->prover->in->allocator, sizeof(dem_fact));
  dem_status status = dem_program_support(f->prover->in->program, f->facts, fact, &support);
  for (size_t i = 0; i < support.count && status == DEM_OK; ++i) {
    status = meet(f, DEM_VECTOR_AT(&support, dem_fact, i));
  }
  dem_vector_clear(&support);
  return status;
}

static int compare_facts(const void *left, const void *right)
{
  const dem_fact *const a = left;
  const dem_fact *const b = right;
  if (a->relation != b->relation) {
    return a->relation < b->relation ? -1 : 1;
  }
  return (a->row > b->row) - (a->row < b->row);
}

/// Find the given facts below those that were met.
static dem_status dig(finder *f, ground *g)
{
  dem_vector_reset(&f->leaves);
  while (f->todo.count > 0) {
    const dem_fact fact = DEM_VECTOR_AT(&f->todo, dem_fact, --f->todo.count);
    g->is_circular = g->is_circular || compare_facts(&fact, &f->fact) == 0;
    if (dem_facts_justify(f->facts, fact).rule != DEM_NONE) {
      DEM_TRY(meet_support(f, fact));
    } else if (!dem_vector_add(&f->leaves, &fact)) {
      return DEM_ERR_NO_MEMORY;
    }
  }
  dem_fact *const leaves = DEM_ARENA_ARRAY(f->prover->arena, dem_fact, f->leaves.count);
  DEM_TRY_MEMORY(leaves);
  for (size_t i = 0; i < f->leaves.count; ++i) {
    leaves[i] = DEM_VECTOR_AT(&f->leaves, dem_fact, i);
  }
  if (f->leaves.count) {
    qsort(leaves, f->leaves.count, sizeof *leaves, compare_facts);
  }
  g->leaves = leaves;
  g->count = f->leaves.count;
  return DEM_OK;
}

static dem_status dig_stored(finder *f)
{
  ground g = {.rule = DEM_NONE};
  dem_near_match_init(&g.match, f->prover->in->allocator);
  dem_table_reset(&f->seen);
  const bool is_given = dem_facts_justify(f->facts, f->fact).rule == DEM_NONE;
  DEM_TRY(is_given ? meet(f, f->fact) : meet_support(f, f->fact));
  DEM_TRY(dig(f, &g));
  g.is_circular = false;
  return dem_vector_add(&f->grounds, &g) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

/// What an aggregate ran over is rested on, too.
static dem_status meet_counted(finder *f, const ground *g, size_t condition)
{
  const dem_near_condition *const c =
      &DEM_VECTOR_AT(&g->match.conditions, dem_near_condition, condition);
  if (c->condition->kind != DEM_CONDITION_AGGREGATE) {
    return DEM_OK;
  }
  dem_vector counted;
  const dem_near_facts where = {f->prover->in->program, f->facts,
                                dem_evaluation_facts(f->prover->in->evaluation)};
  dem_vector_init(&counted, f->prover->in->allocator, sizeof(dem_fact));
  dem_status status = dem_near_counted(&where, g->rule, &c->condition->aggregate.over,
                                       g->match.values.items, &counted);
  for (size_t i = 0; i < counted.count && status == DEM_OK; ++i) {
    status = meet(f, DEM_VECTOR_AT(&counted, dem_fact, i));
  }
  dem_vector_clear(&counted);
  return status;
}

static dem_status dig_match(finder *f, ground *g)
{
  g->height = 1;
  dem_table_reset(&f->seen);
  for (size_t i = 0; i < g->match.conditions.count; ++i) {
    const dem_fact fact = DEM_VECTOR_AT(&g->match.conditions, dem_near_condition, i).fact;
    if (!dem_fact_is_none(fact)) {
      const uint32_t height = dem_facts_justify(f->facts, fact).height;
      g->height = height >= g->height ? height + 1 : g->height;
      DEM_TRY(meet(f, fact));
    }
    DEM_TRY(meet_counted(f, g, i));
  }
  return dig(f, g);
}

/// Whether all leaves of `a` are leaves of `b`.
static bool needs_no_more(const ground *a, const ground *b)
{
  size_t j = 0;
  for (size_t i = 0; i < a->count; ++i) {
    while (j < b->count && compare_facts(&b->leaves[j], &a->leaves[i]) < 0) {
      ++j;
    }
    if (j == b->count || compare_facts(&b->leaves[j], &a->leaves[i]) != 0) {
      return false;
    }
  }
  return true;
}

// Matches
// -------------------------------------------------------------------------------------------

static bool copy(dem_vector *to, const dem_vector *from)
{
  bool is_good = true;
  for (size_t i = 0; i < from->count && is_good; ++i) {
    is_good = dem_vector_add(to, (const char *)from->items + i * from->item_size);
  }
  return is_good;
}

/// Matches are kept and looked at later: the search is in the middle of its work.
static bool take_match(void *context, const dem_near_match *match)
{
  finder *const f = context;
  ground g = {.rule = f->rule};
  if (f->grounds.count >= MOST_MATCHES) {
    f->is_cut = true;
    return false;
  }
  dem_near_match_init(&g.match, f->prover->in->allocator);
  const bool is_copied = copy(&g.match.conditions, &match->conditions) &&
                         copy(&g.match.values, &match->values) && dem_vector_add(&f->grounds, &g);
  if (!is_copied) {
    dem_near_match_clear(&g.match);
    f->status = DEM_ERR_NO_MEMORY;
  }
  return is_copied;
}

/// Conclusions that are the fact, with what that says of the rule's variables.
static bool unify(const finder *f, const dem_rule *rule, const dem_conclusion *conclusion,
                  dem_word *head)
{
  const dem_word *const row = dem_facts_row(f->facts, f->fact);
  for (uint32_t i = 0; i < rule->variable_count; ++i) {
    head[i] = DEM_ABSENT;
  }
  for (uint32_t i = 0; i < f->prover->model->relations[conclusion->relation].field_count; ++i) {
    const dem_output *const output = &conclusion->outputs[i];
    if (output->kind == DEM_OUTPUT_EXPRESSION) {
      return false; // It would have to be solved: only the stored derivation is told.
    }
    if (output->kind == DEM_OUTPUT_WORD) {
      if (output->word != row[i]) {
        return false;
      }
    } else if (head[output->variable] == DEM_ABSENT) {
      head[output->variable] = row[i];
    } else if (head[output->variable] != row[i]) {
      return false;
    }
  }
  return true;
}

static dem_status search_rules(finder *f)
{
  const dem_model *const model = f->prover->model;
  const dem_evaluation *const e = f->prover->in->evaluation;
  const int64_t date = dem_program_plan(f->prover->in->program)->date;
  const dem_near_facts where = {f->prover->in->program, e->certain, dem_evaluation_facts(e)};
  dem_word *const head =
      DEM_ARENA_ARRAY(f->prover->arena, dem_word, dem_wording_most_variables(model));
  DEM_TRY_MEMORY(head);
  for (uint32_t i = 0; i < model->rule_count; ++i) {
    const dem_rule *const rule = &model->rules[i];
    if (rule->is_hidden || date < rule->from || date >= rule->until) {
      continue;
    }
    for (uint32_t j = 0; j < rule->conclusion_count; ++j) {
      if (rule->conclusions[j].relation == f->fact.relation &&
          unify(f, rule, &rule->conclusions[j], head)) {
        bool is_cut = false;
        f->rule = i;
        DEM_TRY(dem_near_each(&where, i, head, take_match, f, &is_cut));
        DEM_TRY(f->status);
        f->is_cut = f->is_cut || is_cut;
      }
    }
  }
  return DEM_OK;
}

// Choosing
// --------------------------------------------------------------------------------------------

/// Whether a derivation is told: no other needs less; of those that need the same the first is.
static bool is_independent(const ground *grounds, size_t count, size_t index)
{
  if (grounds[index].is_circular) {
    return false;
  }
  for (size_t i = 0; i < count; ++i) {
    if (i != index && !grounds[i].is_circular && needs_no_more(&grounds[i], &grounds[index]) &&
        (i < index || !needs_no_more(&grounds[index], &grounds[i]))) {
      return false;
    }
  }
  return true;
}

/// Lowest proofs first; of equal height, by rule.
static dem_status choose(finder *f, dem_vector *steps)
{
  const ground *const grounds = f->grounds.items;
  bool has_higher = true;
  for (uint32_t height = 0; has_higher; ++height) {
    has_higher = false;
    for (size_t i = 1; i < f->grounds.count; ++i) {
      size_t step;
      has_higher = has_higher || grounds[i].height > height;
      if (grounds[i].height != height || !is_independent(grounds, f->grounds.count, i)) {
        continue;
      }
      if (steps->count >= MOST_PROOFS) {
        f->is_cut = true;
        return DEM_OK;
      }
      DEM_TRY(dem_prover_add_match(f->prover, f->fact, grounds[i].rule, &grounds[i].match, &step));
      if (!dem_vector_add(steps, &step)) {
        return DEM_ERR_NO_MEMORY;
      }
    }
  }
  return DEM_OK;
}

static dem_status find(finder *f, dem_vector *steps)
{
  DEM_TRY(dem_table_init(&f->seen, f->prover->in->allocator, 2, false, NULL, 0));
  DEM_TRY(dig_stored(f)); // First, so that a match that is the stored one does not count beside it.
  DEM_TRY(search_rules(f));
  for (size_t i = 1; i < f->grounds.count; ++i) {
    DEM_TRY(dig_match(f, &DEM_VECTOR_AT(&f->grounds, ground, i)));
  }
  return choose(f, steps);
}

dem_status dem_alternatives_find(dem_prover *prover, dem_fact fact, dem_vector *steps, bool *is_cut)
{
  const dem_allocator allocator = prover->in->allocator;
  finder f = {.prover = prover,
              .facts = prover->in->evaluation->certain,
              .fact = fact,
              .seen = {.allocator = allocator}};
  dem_vector_init(&f.grounds, allocator, sizeof(ground));
  dem_vector_init(&f.todo, allocator, sizeof(dem_fact));
  dem_vector_init(&f.leaves, allocator, sizeof(dem_fact));
  const dem_status status = find(&f, steps);
  *is_cut = *is_cut || f.is_cut;
  for (size_t i = 0; i < f.grounds.count; ++i) {
    dem_near_match_clear(&DEM_VECTOR_AT(&f.grounds, ground, i).match);
  }
  dem_table_clear(&f.seen);
  dem_vector_clear(&f.leaves);
  dem_vector_clear(&f.todo);
  dem_vector_clear(&f.grounds);
  return status;
}
