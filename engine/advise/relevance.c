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
  dem_arena arena;
  uint32_t **newest; ///< By relation, by session row: the last derivation + 1, or 0.
  uint32_t *before;  ///< By derivation: the one before it of the same fact + 1, or 0.
} by_fact;

// Derivations by fact -------------------------------------------------------------------

static dem_status index_derivations(by_fact *index, const dem_evaluation *e)
{
  const uint32_t relations = dem_program_model(e->program)->relation_count;
  dem_arena_init(&index->arena, e->allocator);
  index->all = dem_program_derivations(e->possible);
  index->newest = DEM_ARENA_ARRAY(&index->arena, uint32_t *, relations);
  index->before = DEM_ARENA_ARRAY(&index->arena, uint32_t, index->all->items.count);
  DEM_TRY_MEMORY(index->newest);
  DEM_TRY_MEMORY(index->before);
  for (uint32_t i = 0; i < relations; ++i) {
    const uint32_t own = dem_facts_count(e->possible, i) - dem_facts_pack_count(e->possible, i);
    index->newest[i] = DEM_ARENA_ARRAY(&index->arena, uint32_t, own);
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

// Questions -----------------------------------------------------------------------------

/// The question whose rule this is while it is open, or DEM_NONE.
static uint32_t question_of(const dem_model *model, uint32_t rule)
{
  for (uint32_t i = 0; i < model->question_count; ++i) {
    if (model->questions[i].open_rule == rule) {
      return i;
    }
  }
  return DEM_NONE;
}

static bool is_uncertain(const dem_evaluation *e, dem_fact fact)
{
  return fact.row & DEM_SESSION_ROW && dem_fact_is_none(dem_evaluation_find_certain(e, fact));
}

// The graph -----------------------------------------------------------------------------

typedef struct walker {
  dem_relevance *r;
  const dem_model *model;
  by_fact index;
  dem_vector doubts; ///< dem_fact
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
  if (!is_uncertain(w->r->evaluation, fact)) {
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
  const uint32_t question = question_of(w->model, body->rule);
  if (question != DEM_NONE) {
    uint64_t *const mask = &DEM_VECTOR_AT(&w->r->masks, uint64_t, (size_t)node * w->r->mask_size);
    mask[question / 64] |= UINT64_C(1) << question % 64;
  }
  for (uint32_t i = 0; i < body->pattern_count; ++i) {
    DEM_TRY(link(w, node, (dem_fact){body->patterns[i]->pattern.relation, rows[i]}));
  }
  dem_vector_reset(&w->doubts);
  DEM_TRY(dem_program_doubts(e->program, e->possible, d->body, rows, &w->doubts));
  for (size_t i = 0; i < w->doubts.count; ++i) {
    DEM_TRY(link(w, node, DEM_VECTOR_AT(&w->doubts, dem_fact, i)));
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
      if (is_uncertain(w->r->evaluation, fact)) {
        DEM_TRY(add_node(w, fact, &node));
      }
    }
  }
  w->r->shown_count = w->r->nodes.count;
  return DEM_OK;
}

static dem_status walk(walker *w)
{
  DEM_TRY(index_derivations(&w->index, w->r->evaluation));
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

dem_status dem_relevance_init(dem_relevance *r, const dem_evaluation *evaluation)
{
  const dem_allocator allocator = evaluation->allocator;
  *r = (dem_relevance){.evaluation = evaluation};
  dem_vector_init(&r->masks, allocator, sizeof(uint64_t));
  dem_vector_init(&r->edges, allocator, sizeof(edge));
  DEM_TRY(dem_table_init(&r->nodes, allocator, 2, false, NULL, 0));
  if (!evaluation->is_open) {
    return DEM_OK;
  }
  walker w = {.r = r, .model = dem_program_model(evaluation->program)};
  r->mask_size = (w.model->question_count + 63) / 64;
  dem_vector_init(&w.doubts, allocator, sizeof(dem_fact));
  const dem_status status = walk(&w);
  dem_vector_clear(&w.doubts);
  dem_arena_clear(&w.index.arena);
  if (status == DEM_OK) {
    spread(r);
  }
  return status;
}

void dem_relevance_clear(dem_relevance *r)
{
  dem_table_clear(&r->nodes);
  dem_vector_clear(&r->edges);
  dem_vector_clear(&r->masks);
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

// Hinges --------------------------------------------------------------------------------

/// A fact of the proof, and whether the proof wants it not to be.
typedef struct step {
  dem_fact fact;
  bool is_negative;
} step;

typedef struct hinge_search {
  const dem_evaluation *evaluation;
  const dem_model *model;
  dem_table seen;  ///< relation, row, is_negative
  dem_vector todo; ///< step
  dem_vector doubts;
  dem_vector *hinges;
} hinge_search;

static dem_status push(hinge_search *s, dem_fact fact, bool is_negative)
{
  const dem_word name[] = {fact.relation, fact.row, is_negative};
  const step next = {fact, is_negative};
  bool is_new = false;
  if (!is_uncertain(s->evaluation, fact)) {
    return DEM_OK;
  }
  if (dem_table_put(&s->seen, name, &is_new) == DEM_NONE) {
    return DEM_ERR_NO_MEMORY;
  }
  return !is_new || dem_vector_add(&s->todo, &next) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

/// What the question was answered with, going by the fact that it gave.
static dem_word answer_of(const dem_question *q, const dem_model *model, const dem_fact fact,
                          const dem_word *row)
{
  for (uint32_t i = 0; i < q->gives_count; ++i) {
    const dem_conclusion *const c = &q->gives[i];
    for (uint32_t j = 0;
         c->relation == fact.relation && j < model->relations[c->relation].field_count; ++j) {
      if (c->outputs[j].kind == DEM_OUTPUT_VARIABLE) {
        return row[j];
      }
    }
  }
  return DEM_OPEN;
}

static dem_status add_hinge(hinge_search *s, uint32_t question, const step *at)
{
  const dem_word *const row = dem_facts_row(s->evaluation->possible, at->fact);
  const dem_hinge hinge = {question,
                           answer_of(&s->model->questions[question], s->model, at->fact, row),
                           at->is_negative};
  for (size_t i = 0; i < s->hinges->count; ++i) {
    const dem_hinge known = DEM_VECTOR_AT(s->hinges, dem_hinge, i);
    if (known.question == question && known.answer == hinge.answer &&
        known.is_negative == hinge.is_negative) {
      return DEM_OK;
    }
  }
  return dem_vector_add(s->hinges, &hinge) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_status look_at(hinge_search *s, const step *at)
{
  const dem_evaluation *const e = s->evaluation;
  const dem_justification why = dem_facts_justify(e->possible, at->fact);
  if (why.rule == DEM_NONE) {
    return DEM_OK; // That a question is open is no answer.
  }
  const uint32_t question = question_of(s->model, why.rule);
  if (question != DEM_NONE) {
    DEM_TRY(add_hinge(s, question, at));
  }
  dem_vector_reset(&s->doubts);
  DEM_TRY(dem_program_doubts(e->program, e->possible, why.body, why.rows, &s->doubts));
  for (size_t i = 0; i < s->doubts.count; ++i) {
    DEM_TRY(push(s, DEM_VECTOR_AT(&s->doubts, dem_fact, i), !at->is_negative));
  }
  for (uint32_t i = 0; i < why.fact_count; ++i) {
    DEM_TRY(push(s, dem_justification_fact(&why, i), at->is_negative));
  }
  return DEM_OK;
}

/// By question, then by answer: texts by their bytes, since symbols are numbered as they are met.
static bool comes_before(const hinge_search *s, const dem_hinge *a, const dem_hinge *b)
{
  if (a->question != b->question) {
    return a->question < b->question;
  }
  if (a->is_negative != b->is_negative) {
    return b->is_negative;
  }
  if (a->answer == DEM_OPEN || b->answer == DEM_OPEN) {
    return a->answer == DEM_OPEN && b->answer != DEM_OPEN;
  }
  const dem_storage storage = s->model->questions[a->question].type.storage;
  if (storage != DEM_STORAGE_STRING) {
    return (int64_t)a->answer < (int64_t)b->answer;
  }
  const dem_symbols *const symbols = s->evaluation->symbols;
  return dem_slice_compare(dem_symbols_text(symbols, dem_word_symbol(a->answer)),
                           dem_symbols_text(symbols, dem_word_symbol(b->answer))) < 0;
}

/// Insertion sort: few answers make a proof.
static void sort_hinges(const hinge_search *s)
{
  dem_hinge *const items = s->hinges->items;
  for (size_t i = 1; i < s->hinges->count; ++i) {
    const dem_hinge item = items[i];
    size_t j = i;
    for (; j > 0 && comes_before(s, &item, &items[j - 1]); --j) {
      items[j] = items[j - 1];
    }
    items[j] = item;
  }
}

dem_status dem_hinges_find(const dem_evaluation *evaluation, dem_fact possible, dem_vector *hinges)
{
  hinge_search s = {
      .evaluation = evaluation, .model = dem_program_model(evaluation->program), .hinges = hinges};
  dem_vector_init(&s.todo, evaluation->allocator, sizeof(step));
  dem_vector_init(&s.doubts, evaluation->allocator, sizeof(dem_fact));
  dem_status status = dem_table_init(&s.seen, evaluation->allocator, 3, false, NULL, 0);
  if (status == DEM_OK) {
    status = push(&s, possible, false);
  }
  while (status == DEM_OK && s.todo.count > 0) {
    const step next = DEM_VECTOR_AT(&s.todo, step, --s.todo.count);
    status = look_at(&s, &next);
  }
  dem_table_clear(&s.seen);
  dem_vector_clear(&s.doubts);
  dem_vector_clear(&s.todo);
  sort_hinges(&s);
  return status;
}
