// SPDX-License-Identifier: Apache-2.0

// Citations follow the proof.

#include "advise/citation.h"

#include "base/sort.h"
#include "base/try.h"

/// A fact that some proof rests on.
typedef struct node_state {
  dem_fact fact;
  uint32_t walk;  ///< The last walk that came by.
  bool is_open;   ///< What follows is known.
  uint32_t rule;  ///< That derived it; DEM_NONE for a given fact.
  uint32_t begin; ///< What it rests on, in `links`.
  uint32_t count;
} node_state;

void dem_citer_init(dem_citer *citer, dem_allocator allocator, const dem_program *program,
                    dem_facts *facts)
{
  *citer = (dem_citer){.program = program, .facts = facts};
  dem_vector_init(&citer->states, allocator, sizeof(node_state));
  dem_vector_init(&citer->links, allocator, sizeof(uint32_t));
  dem_vector_init(&citer->todo, allocator, sizeof(uint32_t));
  dem_vector_init(&citer->support, allocator, sizeof(dem_fact));
  dem_vector_init(&citer->found, allocator, sizeof(dem_cited));
  dem_vector_init(&citer->spare, allocator, sizeof(dem_cited));
  (void)dem_table_init(&citer->nodes, allocator, 2, false, NULL, 0);
}

void dem_citer_clear(dem_citer *citer)
{
  dem_vector_clear(&citer->states);
  dem_vector_clear(&citer->links);
  dem_vector_clear(&citer->todo);
  dem_vector_clear(&citer->support);
  dem_vector_clear(&citer->found);
  dem_vector_clear(&citer->spare);
  dem_table_clear(&citer->nodes);
}

void dem_citer_reset(dem_citer *citer)
{
  dem_table_reset(&citer->nodes);
  dem_vector_reset(&citer->states);
  dem_vector_reset(&citer->links);
  citer->walk = 0;
}

// Citations ---------------------------------------------------------------------------

static dem_status add(dem_citer *citer, dem_citation citation, int64_t as_of)
{
  for (size_t i = 0; i < citer->found.count; ++i) {
    dem_cited *const known = &DEM_VECTOR_AT(&citer->found, dem_cited, i);
    if (known->citation.source == citation.source && known->citation.section == citation.section) {
      known->as_of = as_of < known->as_of ? as_of : known->as_of;
      return DEM_OK;
    }
  }
  const dem_cited cited = {citation, as_of};
  return dem_vector_add(&citer->found, &cited) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_status add_all(dem_citer *citer, const dem_citation *citations, uint32_t count,
                          int64_t as_of)
{
  for (uint32_t i = 0; i < count; ++i) {
    DEM_TRY(add(citer, citations[i], as_of));
  }
  return DEM_OK;
}

static dem_status add_given(dem_citer *citer, dem_fact fact)
{
  const dem_model *const model = dem_program_model(citer->program);
  const int64_t date = dem_program_plan(citer->program)->date;
  uint32_t count = 0;
  const uint32_t *const givens = dem_facts_givens(citer->facts, fact, &count);
  for (uint32_t i = 0; i < count; ++i) {
    const dem_given *const given = &DEM_VECTOR_AT(&model->givens, dem_given, givens[i]);
    const bool is_dated = given->as_of != INT64_MIN;
    if (is_dated && model->stale_after > 0 && date - given->as_of > model->stale_after) {
      citer->oldest =
          !citer->is_stale || given->as_of < citer->oldest ? given->as_of : citer->oldest;
      citer->is_stale = true;
    }
    DEM_TRY(add_all(citer, given->citations, given->citation_count,
                    is_dated ? given->as_of : INT64_MAX));
  }
  return DEM_OK;
}

// Proofs ------------------------------------------------------------------------------

static node_state *state_of(const dem_citer *citer, uint32_t node)
{
  return &DEM_VECTOR_AT(&citer->states, node_state, node);
}

/// @return DEM_NONE without memory.
static uint32_t find_node(dem_citer *citer, dem_fact fact)
{
  const dem_word name[] = {(dem_word)fact.relation << 32 | fact.row,
                           (dem_word)(uintptr_t)citer->facts};
  const node_state fresh = {.fact = fact};
  bool is_new = false;
  const uint32_t node = dem_table_put(&citer->nodes, name, &is_new);
  return node != DEM_NONE && is_new && !dem_vector_add(&citer->states, &fresh) ? DEM_NONE : node;
}

static dem_status push(dem_citer *citer, uint32_t node)
{
  node_state *const state = state_of(citer, node);
  if (state->walk == citer->walk) {
    return DEM_OK;
  }
  state->walk = citer->walk;
  return DEM_VECTOR_PUSH(&citer->todo, uint32_t, node) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

/// Find what a fact rests on.
static dem_status open_node(dem_citer *citer, uint32_t node)
{
  const dem_fact fact = state_of(citer, node)->fact;
  const uint32_t rule = dem_facts_justify(citer->facts, fact).rule;
  const uint32_t begin = (uint32_t)citer->links.count;
  dem_vector_reset(&citer->support);
  if (rule != DEM_NONE) {
    DEM_TRY(dem_program_support(citer->program, citer->facts, fact, &citer->support));
  }
  for (size_t i = 0; i < citer->support.count; ++i) {
    const uint32_t below = find_node(citer, DEM_VECTOR_AT(&citer->support, dem_fact, i));
    if (below == DEM_NONE || !DEM_VECTOR_PUSH(&citer->links, uint32_t, below)) {
      return DEM_ERR_NO_MEMORY;
    }
  }
  node_state *const state = state_of(citer, node);
  state->is_open = true;
  state->rule = rule;
  state->begin = begin;
  state->count = (uint32_t)citer->support.count;
  return DEM_OK;
}

/// What a derived fact rests on. Of the rules in its proof the last one speaks for the item; what
/// the others rest on are facts, which speak for themselves.
static dem_status look_at(dem_citer *citer, uint32_t node, bool is_item)
{
  if (!state_of(citer, node)->is_open) {
    DEM_TRY(open_node(citer, node));
  }
  const node_state state = *state_of(citer, node);
  if (state.rule == DEM_NONE) {
    return add_given(citer, state.fact);
  }
  const dem_rule *const rule = &dem_program_model(citer->program)->rules[state.rule];
  if (is_item) {
    DEM_TRY(add_all(citer, rule->citations, rule->citation_count, INT64_MAX));
  }
  for (uint32_t i = 0; i < state.count; ++i) {
    DEM_TRY(push(citer, DEM_VECTOR_AT(&citer->links, uint32_t, state.begin + i)));
  }
  return DEM_OK;
}

static int compare(const void *left, const void *right)
{
  const dem_cited *const a = left;
  const dem_cited *const b = right;
  if (a->citation.source != b->citation.source) {
    return a->citation.source < b->citation.source ? -1 : 1;
  }
  // A source as a whole (DEM_NONE) comes before its sections.
  const uint32_t x = a->citation.section + 1;
  const uint32_t y = b->citation.section + 1;
  return (x > y) - (x < y);
}

dem_status dem_citer_walk(dem_citer *citer, dem_fact fact)
{
  dem_vector_reset(&citer->todo);
  dem_vector_reset(&citer->found);
  citer->is_stale = false;
  ++citer->walk;
  const uint32_t item = find_node(citer, fact);
  if (item == DEM_NONE) {
    return DEM_ERR_NO_MEMORY;
  }
  DEM_TRY(push(citer, item));
  for (bool is_item = true; citer->todo.count > 0; is_item = false) {
    const uint32_t next = DEM_VECTOR_AT(&citer->todo, uint32_t, citer->todo.count - 1);
    --citer->todo.count;
    DEM_TRY(look_at(citer, next, is_item));
  }
  if (citer->found.count) {
    if (!dem_vector_reserve(&citer->spare, citer->found.count)) {
      return DEM_ERR_NO_MEMORY;
    }
    dem_sort(citer->found.items, citer->found.count, sizeof(dem_cited), compare,
             citer->spare.items);
  }
  return DEM_OK;
}
