// SPDX-License-Identifier: Apache-2.0

// Numbers relations so that a negated relation is complete before it is read.
//
// The strongly connected components of the graph "conclusion needs condition", in topological
// order, are the strata. A component with a `not` or an aggregate inside has no stratified meaning:
// its loop is reported rule by rule.
//
// Cost: O(relations + conditions). Sources: Tarjan (1972) for the components; Apt, Blair and Walker
// (1988) for stratified negation.

#include "plan/stratify.h"

#include "base/try.h"

typedef struct edge {
  uint32_t from; ///< The relation that is concluded.
  uint32_t to;   ///< The relation that is needed for it.
  uint32_t rule;
  bool is_negative;
  dem_place place;
} edge;

typedef struct graph {
  const dem_model *model;
  dem_vector edges; ///< edge, sorted by `from` once built.
  uint32_t *first;  ///< By relation, and one more: its edges.
  edge *sorted;
  const dem_rule *rule;
  uint32_t rule_index;
} graph;

// The graph -------------------------------------------------------------------------

static dem_status add_edges(void *context, uint32_t relation, bool is_negative, dem_place place)
{
  graph *const g = context;
  for (uint32_t i = 0; i < g->rule->conclusion_count; ++i) {
    const edge e = {g->rule->conclusions[i].relation, relation, g->rule_index, is_negative, place};
    if (!dem_vector_add(&g->edges, &e)) {
      return DEM_ERR_NO_MEMORY;
    }
  }
  return DEM_OK;
}

static dem_status build_graph(graph *g, const dem_plan *plan)
{
  uint32_t previous = DEM_NONE;
  for (uint32_t i = 0; i < plan->body_count; ++i) {
    if (plan->bodies[i].rule != previous) {
      previous = plan->bodies[i].rule;
      g->rule = &g->model->rules[previous];
      g->rule_index = previous;
      DEM_TRY(dem_conditions_visit(&g->rule->when, false, add_edges, g));
    }
  }
  return DEM_OK;
}

/// Counting sort by `from`; stable, so edges stay in the order of the rules.
static dem_status sort_edges(graph *g, dem_arena *arena)
{
  const uint32_t count = g->model->relation_count;
  g->first = DEM_ARENA_ARRAY(arena, uint32_t, (size_t)count + 2);
  g->sorted = DEM_ARENA_ARRAY(arena, edge, g->edges.count);
  DEM_TRY_MEMORY(g->first);
  DEM_TRY_MEMORY(g->sorted);
  for (size_t i = 0; i < g->edges.count; ++i) {
    ++g->first[DEM_VECTOR_AT(&g->edges, edge, i).from + 2];
  }
  for (uint32_t i = 2; i < count + 2; ++i) {
    g->first[i] += g->first[i - 1];
  }
  for (size_t i = 0; i < g->edges.count; ++i) {
    const edge e = DEM_VECTOR_AT(&g->edges, edge, i);
    g->sorted[g->first[e.from + 1]++] = e;
  }
  return DEM_OK;
}

// Components --------------------------------------------------------------------------

typedef struct tarjan {
  const graph *g;
  uint32_t *order; ///< By relation: when it was met, from 1; 0 before.
  uint32_t *low;
  uint32_t *component; ///< By relation; DEM_NONE while open.
  uint32_t *stack;     ///< Relations whose component is not known yet.
  uint32_t stack_count;
  uint32_t *path;      ///< The relations that are being visited, outermost first.
  uint32_t *next_edge; ///< By relation: the edge to follow next.
  uint32_t met;
  uint32_t component_count;
} tarjan;

static void enter(tarjan *t, uint32_t relation)
{
  t->order[relation] = t->low[relation] = ++t->met;
  t->stack[t->stack_count++] = relation;
  t->next_edge[relation] = t->g->first[relation];
}

static void leave(tarjan *t, uint32_t relation)
{
  if (t->low[relation] != t->order[relation]) {
    return;
  }
  uint32_t member;
  do {
    member = t->stack[--t->stack_count];
    t->component[member] = t->component_count;
  } while (member != relation);
  ++t->component_count;
}

/// Depth first with a path of its own: a long chain of relations must not use up the C stack.
static void visit(tarjan *t, uint32_t root)
{
  uint32_t depth = 0;
  t->path[depth++] = root;
  enter(t, root);
  while (depth > 0) {
    const uint32_t relation = t->path[depth - 1];
    if (t->next_edge[relation] == t->g->first[relation + 1]) {
      leave(t, relation);
      if (--depth > 0) {
        const uint32_t parent = t->path[depth - 1];
        t->low[parent] = t->low[relation] < t->low[parent] ? t->low[relation] : t->low[parent];
      }
      continue;
    }
    const uint32_t to = t->g->sorted[t->next_edge[relation]++].to;
    if (t->order[to] == 0) {
      t->path[depth++] = to;
      enter(t, to);
    } else if (t->component[to] == DEM_NONE && t->order[to] < t->low[relation]) {
      t->low[relation] = t->order[to];
    }
  }
}

static dem_status find_components(tarjan *t, dem_arena *arena)
{
  const uint32_t count = t->g->model->relation_count;
  uint32_t **const arrays[] = {&t->order, &t->low,  &t->component,
                               &t->stack, &t->path, &t->next_edge};
  for (size_t i = 0; i < sizeof arrays / sizeof *arrays; ++i) {
    *arrays[i] = DEM_ARENA_ARRAY(arena, uint32_t, count);
    DEM_TRY_MEMORY(*arrays[i]);
  }
  for (uint32_t i = 0; i < count; ++i) {
    t->component[i] = DEM_NONE;
  }
  for (uint32_t i = 0; i < count; ++i) {
    if (t->order[i] == 0) {
      visit(t, i);
    }
  }
  return DEM_OK;
}

// Loops through negation ------------------------------------------------------------------

static dem_slice relation_name(const dem_model *model, uint32_t relation)
{
  return dem_symbols_text(model->symbols, model->relations[relation].name);
}

static void note_edge(dem_diagnostics *diagnostics, const dem_model *model, const edge *e)
{
  const dem_slice from = relation_name(model, e->from);
  const dem_slice to = relation_name(model, e->to);
  const dem_slice rule = dem_symbols_text(model->symbols, model->rules[e->rule].id);
  const dem_slice file = dem_files_name(&model->files, e->place.file);
  dem_diagnose_note(diagnostics, "'%.*s' needs %s'%.*s' by rule '%.*s' (%.*s:%u)", (int)from.size,
                    from.bytes, e->is_negative ? "all of " : "", (int)to.size, to.bytes,
                    (int)rule.size, rule.bytes, (int)file.size, file.bytes,
                    (unsigned)e->place.line);
}

/// The shortest way back from the negated relation to the concluded one, breadth first.
static dem_status report_loop(const tarjan *t, const edge *negative, dem_arena *arena,
                              dem_diagnostics *diagnostics)
{
  const graph *const g = t->g;
  const dem_model *const model = g->model;
  const edge **const reached_by = DEM_ARENA_ARRAY(arena, const edge *, model->relation_count);
  uint32_t *const queue = DEM_ARENA_ARRAY(arena, uint32_t, (size_t)model->relation_count + 1);
  DEM_TRY_MEMORY(reached_by);
  DEM_TRY_MEMORY(queue);
  const dem_slice name = relation_name(model, negative->to);
  const dem_status status = dem_diagnose(diagnostics, DEM_DIAG_NEGATIVE_LOOP, negative->place,
                                         "'%.*s' is counted or negated in a loop that derives it",
                                         (int)name.size, name.bytes);
  note_edge(diagnostics, model, negative);
  uint32_t head = 0;
  uint32_t tail = 0;
  queue[tail++] = negative->to;
  while (head < tail && negative->to != negative->from && !reached_by[negative->from]) {
    const uint32_t relation = queue[head++];
    for (uint32_t i = g->first[relation]; i < g->first[relation + 1]; ++i) {
      const edge *const e = &g->sorted[i];
      if (t->component[e->to] == t->component[negative->from] && !reached_by[e->to] &&
          e->to != negative->to) {
        reached_by[e->to] = e;
        queue[tail++] = e->to;
      }
    }
  }
  // The way was found from its end: turn it round before it is shown.
  uint32_t count = 0;
  const edge **const way = DEM_ARENA_ARRAY(arena, const edge *, model->relation_count);
  DEM_TRY_MEMORY(way);
  for (uint32_t at = negative->from; at != negative->to; at = reached_by[at]->from) {
    way[count++] = reached_by[at];
  }
  while (count > 0) {
    note_edge(diagnostics, model, way[--count]);
  }
  dem_diagnose_note(diagnostics,
                    "a negation or an aggregate must not go round in a loop: split the "
                    "relation, or negate something that is complete before");
  return status;
}

/// One loop of each component is told.
static dem_status check_loops(const tarjan *t, dem_arena *arena, dem_diagnostics *diagnostics)
{
  dem_status status = DEM_OK;
  bool *const is_told = DEM_ARENA_ARRAY(arena, bool, t->component_count);
  DEM_TRY_MEMORY(is_told);
  for (size_t i = 0; i < t->g->edges.count; ++i) {
    const edge *const e = &t->g->sorted[i];
    const uint32_t component = t->component[e->from];
    if (e->is_negative && component == t->component[e->to] && !is_told[component]) {
      is_told[component] = true;
      status = report_loop(t, e, arena, diagnostics);
      if (status == DEM_ERR_NO_MEMORY) {
        return status;
      }
    }
  }
  return status;
}

// Strata ----------------------------------------------------------------------------------

/// Components come out of Tarjan's method with what they need before them. Those that no rule
/// derives need no stratum.
static dem_status number_strata(dem_plan *plan, const tarjan *t)
{
  const uint32_t relations = plan->model->relation_count;
  uint32_t *const stratum = DEM_ARENA_ARRAY(&plan->arena, uint32_t, t->component_count);
  bool *const is_derived = DEM_ARENA_ARRAY(&plan->arena, bool, t->component_count);
  DEM_TRY_MEMORY(stratum);
  DEM_TRY_MEMORY(is_derived);
  for (uint32_t i = 0; i < plan->body_count; ++i) {
    const dem_rule *const rule = &plan->model->rules[plan->bodies[i].rule];
    for (uint32_t j = 0; j < rule->conclusion_count; ++j) {
      is_derived[t->component[rule->conclusions[j].relation]] = true;
    }
  }
  for (uint32_t i = 0; i < t->component_count; ++i) {
    stratum[i] = is_derived[i] ? plan->stratum_count++ : DEM_NONE;
  }
  plan->strata = DEM_ARENA_ARRAY(&plan->arena, dem_stratum, plan->stratum_count);
  DEM_TRY_MEMORY(plan->strata);
  for (uint32_t i = 0; i < relations; ++i) {
    plan->stratum_of[i] = stratum[t->component[i]];
    if (plan->stratum_of[i] != DEM_NONE) {
      ++plan->strata[plan->stratum_of[i]].relation_count;
    }
  }
  for (uint32_t i = 0; i < plan->stratum_count; ++i) {
    uint32_t *const members =
        DEM_ARENA_ARRAY(&plan->arena, uint32_t, plan->strata[i].relation_count);
    DEM_TRY_MEMORY(members);
    plan->strata[i].relations = members;
    plan->strata[i].relation_count = 0;
  }
  for (uint32_t i = 0; i < relations; ++i) {
    if (plan->stratum_of[i] != DEM_NONE) {
      dem_stratum *const s = &plan->strata[plan->stratum_of[i]];
      uint32_t *const members = (uint32_t *)(uintptr_t)s->relations;
      members[s->relation_count++] = i;
    }
  }
  return DEM_OK;
}

/// A body runs in the first of its conclusions' strata: what it needs is complete there, or
/// recursive.
static void place_bodies(dem_plan *plan, const tarjan *t)
{
  for (uint32_t i = 0; i < plan->body_count; ++i) {
    const dem_rule *const rule = &plan->model->rules[plan->bodies[i].rule];
    plan->body_stratum[i] = DEM_NONE;
    for (uint32_t j = 0; j < rule->conclusion_count; ++j) {
      const uint32_t stratum = plan->stratum_of[rule->conclusions[j].relation];
      plan->body_stratum[i] = stratum < plan->body_stratum[i] ? stratum : plan->body_stratum[i];
    }
  }
  for (size_t i = 0; i < t->g->edges.count; ++i) {
    const edge *const e = &t->g->sorted[i];
    if (t->component[e->from] == t->component[e->to]) {
      plan->strata[plan->stratum_of[e->from]].is_recursive = true;
    }
  }
}

dem_status dem_plan_stratify(dem_plan *plan, dem_diagnostics *diagnostics)
{
  dem_arena scratch;
  dem_arena_init(&scratch, plan->arena.allocator);
  graph g = {.model = plan->model};
  dem_vector_init(&g.edges, plan->arena.allocator, sizeof(edge));
  tarjan t = {.g = &g};
  dem_status status = build_graph(&g, plan);
  if (status == DEM_OK) {
    status = sort_edges(&g, &scratch);
  }
  if (status == DEM_OK) {
    status = find_components(&t, &scratch);
  }
  if (status == DEM_OK) {
    status = check_loops(&t, &scratch, diagnostics);
  }
  if (status == DEM_OK) {
    status = number_strata(plan, &t);
  }
  if (status == DEM_OK) {
    place_bodies(plan, &t);
  }
  dem_vector_clear(&g.edges);
  dem_arena_clear(&scratch);
  return status;
}
