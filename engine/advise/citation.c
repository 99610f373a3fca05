// SPDX-License-Identifier: Apache-2.0

// Citations follow the proof.

#include "advise/citation.h"

#include "base/sort.h"
#include "base/try.h"

void dem_citer_init(dem_citer *citer, dem_allocator allocator, const dem_program *program,
                    dem_facts *facts)
{
  *citer = (dem_citer){.program = program, .facts = facts};
  dem_vector_init(&citer->todo, allocator, sizeof(dem_fact));
  dem_vector_init(&citer->support, allocator, sizeof(dem_fact));
  dem_vector_init(&citer->found, allocator, sizeof(dem_cited));
  dem_vector_init(&citer->spare, allocator, sizeof(dem_cited));
  (void)dem_table_init(&citer->seen, allocator, 2, false, NULL, 0);
}

void dem_citer_clear(dem_citer *citer)
{
  dem_vector_clear(&citer->todo);
  dem_vector_clear(&citer->support);
  dem_vector_clear(&citer->found);
  dem_vector_clear(&citer->spare);
  dem_table_clear(&citer->seen);
}

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

static dem_status push(dem_citer *citer, dem_fact fact)
{
  const dem_word name[] = {fact.relation, fact.row};
  bool is_new = false;
  if (dem_table_put(&citer->seen, name, &is_new) == DEM_NONE) {
    return DEM_ERR_NO_MEMORY;
  }
  return !is_new || dem_vector_add(&citer->todo, &fact) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

/// What a derived fact rests on. Of the rules in its proof the last one speaks for the item; what
/// the others rest on are facts, which speak for themselves.
static dem_status look_at(dem_citer *citer, dem_fact fact, bool is_item)
{
  const dem_model *const model = dem_program_model(citer->program);
  const dem_justification why = dem_facts_justify(citer->facts, fact);
  if (why.rule == DEM_NONE) {
    return add_given(citer, fact);
  }
  const dem_rule *const rule = &model->rules[why.rule];
  if (is_item) {
    DEM_TRY(add_all(citer, rule->citations, rule->citation_count, INT64_MAX));
  }
  dem_vector_reset(&citer->support);
  DEM_TRY(dem_program_support(citer->program, citer->facts, fact, &citer->support));
  for (size_t i = 0; i < citer->support.count; ++i) {
    DEM_TRY(push(citer, DEM_VECTOR_AT(&citer->support, dem_fact, i)));
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
  dem_table_reset(&citer->seen);
  citer->is_stale = false;
  DEM_TRY(push(citer, fact));
  for (bool is_item = true; citer->todo.count > 0; is_item = false) {
    const dem_fact next = DEM_VECTOR_AT(&citer->todo, dem_fact, citer->todo.count - 1);
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
