// SPDX-License-Identifier: Apache-2.0

// Walks the derivations of uncertain facts as a graph.
//
// A node is a possible fact that is not certain; an edge leads to a fact of the same kind that one
// of its derivations rests on, or that a negation or an aggregate in it looks at. What an open
// question gives is a leaf. A fact hangs on the questions of all leaves that can be reached from
// it.

#include "advise/relevance.h"

#include "base/try.h"

typedef struct edge {
  uint32_t from;
  uint32_t to;
} edge;

/// The derivations of each possible fact, found by its row.
typedef struct by_fact {
  const dem_derivations *all;
  uint32_t **newest; ///< By relation, by session row: the last derivation + 1, or 0.
  uint32_t *before;  ///< By derivation: the one before it of the same fact + 1, or 0.
} by_fact;

// Derivations by fact -------------------------------------------------------------------

static dem_status index_derivations(by_fact *index, dem_arena *arena, const dem_evaluation *e)
{
  const uint32_t relations = dem_program_model(e->program)->relation_count;
  index->all = dem_program_derivations(e->possible);
  index->newest = DEM_ARENA_ARRAY(arena, uint32_t *, relations);
  index->before = DEM_ARENA_ARRAY(arena, uint32_t, index->all->items.count);
  DEM_TRY_MEMORY(index->newest);
  DEM_TRY_MEMORY(index->before);
  for (uint32_t i = 0; i < relations; ++i) {
    const uint32_t own = dem_facts_count(e->possible, i) - dem_facts_pack_count(e->possible, i);
    index->newest[i] = DEM_ARENA_ARRAY(arena, uint32_t, own);
    DEM_TRY_MEMORY(index->newest[i]);
  }
  for (uint32_t i = 0; i < index->all->items.count; ++i) {
    const dem_fact fact = DEM_VECTOR_AT(&index->all->items, dem_derivation, i).fact;
    uint32_t *const newest = &index->newest[fact.relation][fact.row & ~DEM_SESSION_ROW];
    index->before[i] = *newest;
    *newest = i + 1;
  }
  return DEM_OK;
}

static uint32_t newest_of(const by_fact *index, dem_fact fact)
{
  return index->newest[fact.relation][fact.row & ~DEM_SESSION_ROW];
}

// The graph -----------------------------------------------------------------------------

typedef struct walker {
  dem_relevance *r;
  const dem_model *model;
  by_fact index;
} walker;

/// The node of a fact; new ones wait at the end of the list for their turn.
static dem_status add_node(walker *w, dem_fact fact, uint32_t *node_out)
{
  const dem_word name[] = {fact.relation, fact.row};
  bool is_new = false;
  *node_out = dem_table_put(&w->r->nodes, name, &is_new);
  if (*node_out == DEM_NONE) {
    return DEM_ERR_NO_MEMORY;
  }
  for (uint32_t i = 0; is_new && i < w->r->mask_size; ++i) {
    const uint64_t none = 0;
    if (!dem_vector_add(&w->r->masks, &none)) {
      return DEM_ERR_NO_MEMORY;
    }
  }
  return DEM_OK;
}

static dem_status link(walker *w, uint32_t from, dem_fact fact)
{
  edge e = {.from = from};
  if (!dem_evaluation_is_uncertain(w->r->evaluation, fact)) {
    return DEM_OK;
  }
  DEM_TRY(add_node(w, fact, &e.to));
  return dem_vector_add(&w->r->edges, &e) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_status follow(walker *w, uint32_t node, const dem_derivation *d)
{
  const dem_evaluation *const e = w->r->evaluation;
  const dem_body *const body = &dem_program_plan(e->program)->bodies[d->body];
  const uint32_t *const rows = &DEM_VECTOR_AT(&w->index.all->rows, uint32_t, d->begin);
  const uint32_t question = dem_model_question_of(w->model, body->rule);
  if (question != DEM_NONE) {
    uint64_t *const mask = &DEM_VECTOR_AT(&w->r->masks, uint64_t, (size_t)node * w->r->mask_size);
    mask[question / 64] |= UINT64_C(1) << question % 64;
  }
  for (uint32_t i = 0; i < body->pattern_count; ++i) {
    DEM_TRY(link(w, node, (dem_fact){body->patterns[i]->pattern.relation, rows[i]}));
  }
  dem_vector_reset(&w->r->doubts);
  DEM_TRY(dem_program_doubts(e->program, e->possible, d->body, rows, &w->r->doubts));
  for (size_t i = 0; i < w->r->doubts.count; ++i) {
    DEM_TRY(link(w, node, DEM_VECTOR_AT(&w->r->doubts, dem_fact, i)));
  }
  return DEM_OK;
}

static dem_fact fact_of(const dem_relevance *r, uint32_t node)
{
  const dem_word *const name = dem_table_row(&r->nodes, node);
  return (dem_fact){(uint32_t)name[0], (uint32_t)name[1]};
}

static dem_status add_shown(walker *w)
{
  const dem_facts *const possible = w->r->evaluation->possible;
  for (uint32_t i = 0; i < w->model->relation_count; ++i) {
    const uint32_t count = dem_facts_count(possible, i);
    if (w->model->relations[i].shows_as == DEM_SHOWS_NOTHING) {
      continue;
    }
    for (uint32_t j = dem_facts_pack_count(possible, i); j < count; ++j) {
      const dem_fact fact = dem_facts_at(possible, i, j);
      uint32_t node;
      if (dem_evaluation_is_uncertain(w->r->evaluation, fact)) {
        DEM_TRY(add_node(w, fact, &node));
      }
    }
  }
  w->r->shown_count = w->r->nodes.count;
  return DEM_OK;
}

static dem_status walk(walker *w)
{
  DEM_TRY(index_derivations(&w->index, &w->r->arena, w->r->evaluation));
  DEM_TRY(add_shown(w));
  for (uint32_t node = 0; node < w->r->nodes.count; ++node) {
    uint32_t next = newest_of(&w->index, fact_of(w->r, node));
    for (; next; next = w->index.before[next - 1]) {
      const dem_derivation d = DEM_VECTOR_AT(&w->index.all->items, dem_derivation, next - 1);
      DEM_TRY(follow(w, node, &d));
    }
  }
  return DEM_OK;
}

/// Against the order in which they were found, most edges lead from what is settled already.
static void spread(dem_relevance *r)
{
  uint64_t *const masks = r->masks.items;
  bool has_changed = true;
  while (has_changed) {
    has_changed = false;
    for (size_t i = r->edges.count; i-- > 0;) {
      const edge e = DEM_VECTOR_AT(&r->edges, edge, i);
      for (uint32_t j = 0; j < r->mask_size; ++j) {
        uint64_t *const from = &masks[(size_t)e.from * r->mask_size + j];
        const uint64_t both = *from | masks[(size_t)e.to * r->mask_size + j];
        has_changed = has_changed || both != *from;
        *from = both;
      }
    }
  }
}

void dem_relevance_init(dem_relevance *r, dem_allocator allocator)
{
  *r = (dem_relevance){0};
  dem_vector_init(&r->masks, allocator, sizeof(uint64_t));
  dem_vector_init(&r->edges, allocator, sizeof(edge));
  dem_vector_init(&r->doubts, allocator, sizeof(dem_fact));
  dem_arena_init(&r->arena, allocator);
  (void)dem_table_init(&r->nodes, allocator, 2, false, NULL, 0);
}

void dem_relevance_clear(dem_relevance *r)
{
  dem_table_clear(&r->nodes);
  dem_arena_clear(&r->arena);
  dem_vector_clear(&r->doubts);
  dem_vector_clear(&r->edges);
  dem_vector_clear(&r->masks);
}

dem_status dem_relevance_find(dem_relevance *r, const dem_evaluation *evaluation)
{
  walker w = {.r = r, .model = dem_program_model(evaluation->program)};
  r->evaluation = evaluation;
  r->mask_size = (w.model->question_count + 63) / 64;
  r->shown_count = 0;
  dem_table_reset(&r->nodes);
  dem_vector_reset(&r->masks);
  dem_vector_reset(&r->edges);
  dem_arena_reset(&r->arena);
  if (!evaluation->is_open) {
    return DEM_OK;
  }
  DEM_TRY(walk(&w));
  spread(r);
  return DEM_OK;
}

dem_fact dem_relevance_shown(const dem_relevance *r, uint32_t index)
{
  return fact_of(r, index);
}

bool dem_relevance_hangs(const dem_relevance *r, uint32_t index, uint32_t question)
{
  const uint64_t *const masks = r->masks.items;
  return masks[(size_t)index * r->mask_size + question / 64] >> question % 64 & 1;
}

bool dem_relevance_matters(const dem_relevance *r, uint32_t question)
{
  bool matters = false;
  for (uint32_t i = 0; i < r->shown_count && !matters; ++i) {
    matters = dem_relevance_hangs(r, i, question);
  }
  return matters;
}
