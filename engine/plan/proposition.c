// SPDX-License-Identifier: Apache-2.0

// Collects propositions and lays them out for finding them by a row's values.

#include "plan/proposition.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "base/try.h"
#include "base/vector.h"

/// Which test finds the proposition; the others are checked after.
typedef enum access_kind { ACCESS_VALUE, ACCESS_THRESHOLD, ACCESS_NONE } access_kind;

typedef struct draft {
  uint32_t relation;
  uint32_t test_count;
  dem_proposition_test *tests; ///< All of them; the access is first when there is one.
  access_kind access;
} draft;

struct dem_proposition_builder {
  dem_allocator allocator;
  const dem_model *model;
  dem_arena arena;
  dem_symbols *known; ///< The bytes of each proposition: its symbol is its number.
  dem_buffer key;
  dem_vector drafts;
};

bool dem_pattern_is_closed(const dem_pattern *pattern)
{
  for (uint32_t i = 0; i < pattern->term_count; ++i) {
    if (pattern->terms[i].variable != DEM_NONE) {
      return false;
    }
  }
  return true;
}

dem_proposition_builder *dem_proposition_builder_new(dem_allocator allocator,
                                                     const dem_model *model)
{
  dem_proposition_builder *const builder =
      allocator.resize(allocator.context, NULL, 0, sizeof *builder);
  if (!builder) {
    return NULL;
  }
  *builder = (dem_proposition_builder){.allocator = allocator, .model = model};
  dem_arena_init(&builder->arena, allocator);
  dem_buffer_init(&builder->key, allocator);
  dem_vector_init(&builder->drafts, allocator, sizeof(draft));
  builder->known = dem_symbols_new(allocator, NULL);
  if (!builder->known) {
    dem_proposition_builder_free(builder);
    return NULL;
  }
  return builder;
}

void dem_proposition_builder_free(dem_proposition_builder *builder)
{
  if (!builder) {
    return;
  }
  dem_symbols_free(builder->known);
  dem_vector_clear(&builder->drafts);
  dem_buffer_clear(&builder->key);
  dem_arena_clear(&builder->arena);
  (void)builder->allocator.resize(builder->allocator.context, builder, sizeof *builder, 0);
}

// Collecting ------------------------------------------------------------------------

static void add_bytes(dem_buffer *key, const void *bytes, size_t size)
{
  dem_buffer_add(key, (dem_slice){bytes, size});
}

/// Equal patterns have equal bytes: terms stand by field, words by value.
static void write_key(dem_buffer *key, const dem_pattern *pattern)
{
  dem_buffer_reset(key);
  add_bytes(key, &pattern->relation, sizeof pattern->relation);
  for (uint32_t i = 0; i < pattern->term_count; ++i) {
    const dem_term *const term = &pattern->terms[i];
    for (uint32_t j = 0; j < term->test_count; ++j) {
      const dem_test *const test = &term->tests[j];
      const uint64_t head[] = {term->field, (uint64_t)test->kind, test->word_count,
                               (uint64_t)(uintptr_t)test->regex};
      add_bytes(key, head, sizeof head);
      add_bytes(key, test->words, test->word_count * sizeof *test->words);
    }
  }
}

/// Whether a list of bounds, sorted, can find a test. Bounds that are strings would need the texts.
static bool is_threshold(const dem_proposition_test *test)
{
  const dem_test_kind kind = test->test->kind;
  return test->storage != DEM_STORAGE_STRING &&
         (kind == DEM_TEST_LESS || kind == DEM_TEST_LESS_EQUAL || kind == DEM_TEST_GREATER ||
          kind == DEM_TEST_GREATER_EQUAL);
}

/// A value finds a row's propositions best, the fewer words the better; then a threshold.
static uint32_t choose_access(const draft *d, access_kind *access)
{
  uint32_t best = DEM_NONE;
  *access = ACCESS_NONE;
  for (uint32_t i = 0; i < d->test_count; ++i) {
    const dem_test *const test = d->tests[i].test;
    if (test->kind == DEM_TEST_IN &&
        (*access != ACCESS_VALUE || test->word_count < d->tests[best].test->word_count)) {
      best = i;
      *access = ACCESS_VALUE;
    } else if (is_threshold(&d->tests[i]) && *access == ACCESS_NONE) {
      best = i;
      *access = ACCESS_THRESHOLD;
    }
  }
  return best;
}

static bool add_draft(dem_proposition_builder *builder, const dem_pattern *pattern)
{
  draft d = {.relation = pattern->relation};
  for (uint32_t i = 0; i < pattern->term_count; ++i) {
    d.test_count += pattern->terms[i].test_count;
  }
  d.tests = DEM_ARENA_ARRAY(&builder->arena, dem_proposition_test, d.test_count);
  if (!d.tests) {
    return false;
  }
  uint32_t count = 0;
  for (uint32_t i = 0; i < pattern->term_count; ++i) {
    const dem_term *const term = &pattern->terms[i];
    const dem_relation *const relation = &builder->model->relations[pattern->relation];
    for (uint32_t j = 0; j < term->test_count; ++j) {
      d.tests[count++] = (dem_proposition_test){
          term->field, relation->fields[term->field].type.storage, &term->tests[j]};
    }
  }
  const uint32_t access = choose_access(&d, &d.access);
  if (d.access != ACCESS_NONE) {
    const dem_proposition_test first = d.tests[access];
    d.tests[access] = d.tests[0];
    d.tests[0] = first;
  }
  return dem_vector_add(&builder->drafts, &d);
}

uint32_t dem_proposition_of(dem_proposition_builder *builder, const dem_pattern *pattern)
{
  write_key(&builder->key, pattern);
  if (builder->key.has_failed) {
    return DEM_NONE;
  }
  const dem_symbol symbol = dem_symbols_intern(builder->known, dem_buffer_slice(&builder->key));
  if (dem_symbol_is_none(symbol)) {
    return DEM_NONE;
  }
  if (symbol.index == builder->drafts.count && !add_draft(builder, pattern)) {
    return DEM_NONE;
  }
  return symbol.index;
}

// Laying out --------------------------------------------------------------------------

static dem_status build_values(const dem_proposition_builder *builder, dem_arena *arena,
                               dem_propositions *p)
{
  size_t entries = 0;
  for (size_t i = 0; i < builder->drafts.count; ++i) {
    const draft *const d = &DEM_VECTOR_AT(&builder->drafts, draft, i);
    entries += d->access == ACCESS_VALUE ? d->tests[0].test->word_count : 0;
  }
  if (entries == 0) {
    return DEM_OK;
  }
  p->value_slots = 16;
  while (p->value_slots < entries * 2) {
    p->value_slots *= 2;
  }
  p->values = DEM_ARENA_ARRAY(arena, dem_value_entry, p->value_slots);
  p->by_value = DEM_ARENA_ARRAY(arena, uint32_t, entries);
  DEM_TRY_MEMORY(p->values);
  DEM_TRY_MEMORY(p->by_value);
  for (uint32_t i = 0; i < p->value_slots; ++i) {
    p->values[i].field = DEM_NONE;
  }
  // Two passes, as in a counting sort: first how many, then which.
  for (int pass = 0; pass < 2; ++pass) {
    for (uint32_t i = 0; i < builder->drafts.count; ++i) {
      const draft *const d = &DEM_VECTOR_AT(&builder->drafts, draft, i);
      const dem_test *const test = d->test_count ? d->tests[0].test : NULL;
      for (uint32_t j = 0; d->access == ACCESS_VALUE && j < test->word_count; ++j) {
        const uint32_t field = dem_proposition_field(d->relation, d->tests[0].column);
        dem_value_entry *const entry = dem_propositions_place(p, field, test->words[j]);
        if (pass == 1) {
          p->by_value[entry->begin + entry->count] = i;
        }
        entry->word = test->words[j];
        entry->field = field;
        ++entry->count;
      }
    }
    uint32_t begin = 0;
    for (uint32_t i = 0; pass == 0 && i < p->value_slots; ++i) {
      p->values[i].begin = begin;
      begin += p->values[i].count;
      p->values[i].count = 0;
    }
  }
  return DEM_OK;
}

typedef struct threshold {
  uint32_t relation;
  uint32_t column;
  dem_test_kind kind;
  dem_storage storage;
  dem_word word;
  uint32_t proposition;
} threshold;

static int compare_thresholds(const void *left, const void *right)
{
  const threshold *const a = left;
  const threshold *const b = right;
  if (a->relation != b->relation) {
    return a->relation < b->relation ? -1 : 1;
  }
  if (a->column != b->column) {
    return a->column < b->column ? -1 : 1;
  }
  if (a->kind != b->kind) {
    return a->kind < b->kind ? -1 : 1;
  }
  int order = 0;
  if (a->storage == DEM_STORAGE_NUMBER) {
    const double x = dem_word_number(a->word);
    const double y = dem_word_number(b->word);
    order = (x > y) - (x < y);
  } else {
    const int64_t x = dem_word_integer(a->word);
    const int64_t y = dem_word_integer(b->word);
    order = (x > y) - (x < y);
  }
  // `value >= t` holds for the small thresholds, `value <= t` for the large ones: those that hold
  // first.
  const bool falls = a->kind == DEM_TEST_LESS || a->kind == DEM_TEST_LESS_EQUAL;
  if (order != 0) {
    return falls ? -order : order;
  }
  return (a->proposition > b->proposition) - (a->proposition < b->proposition);
}

static bool is_same_list(const threshold *a, const threshold *b)
{
  return a->relation == b->relation && a->column == b->column && a->kind == b->kind;
}

static dem_status add_threshold_lists(dem_arena *arena, dem_propositions *p, const threshold *all,
                                      size_t count)
{
  dem_threshold_list *const lists = DEM_ARENA_ARRAY(arena, dem_threshold_list, count);
  dem_word *const words = DEM_ARENA_ARRAY(arena, dem_word, count);
  uint32_t *const propositions = DEM_ARENA_ARRAY(arena, uint32_t, count);
  DEM_TRY_MEMORY(lists);
  DEM_TRY_MEMORY(words);
  DEM_TRY_MEMORY(propositions);
  size_t list_count = 0;
  for (size_t i = 0; i < count; ++i) {
    words[i] = all[i].word;
    propositions[i] = all[i].proposition;
    if (i == 0 || !is_same_list(&all[i - 1], &all[i])) {
      dem_alpha *const alpha = &p->alphas[all[i].relation];
      alpha->thresholds = alpha->threshold_count ? alpha->thresholds : &lists[list_count];
      ++alpha->threshold_count;
      lists[list_count++] = (dem_threshold_list){.column = all[i].column,
                                                 .kind = all[i].kind,
                                                 .storage = all[i].storage,
                                                 .thresholds = &words[i],
                                                 .propositions = &propositions[i]};
    }
    ++lists[list_count - 1].count;
  }
  return DEM_OK;
}

static dem_status build_thresholds(const dem_proposition_builder *builder, dem_arena *arena,
                                   dem_propositions *p)
{
  dem_vector all;
  dem_vector_init(&all, builder->allocator, sizeof(threshold));
  for (uint32_t i = 0; i < builder->drafts.count; ++i) {
    const draft *const d = &DEM_VECTOR_AT(&builder->drafts, draft, i);
    if (d->access == ACCESS_THRESHOLD) {
      const threshold t = {d->relation,         d->tests[0].column,         d->tests[0].test->kind,
                           d->tests[0].storage, d->tests[0].test->words[0], i};
      if (!dem_vector_add(&all, &t)) {
        dem_vector_clear(&all);
        return DEM_ERR_NO_MEMORY;
      }
    }
  }
  if (all.count) {
    qsort(all.items, all.count, sizeof(threshold), compare_thresholds);
  }
  const dem_status status = add_threshold_lists(arena, p, all.items, all.count);
  dem_vector_clear(&all);
  return status;
}

static dem_status build_others(const dem_proposition_builder *builder, dem_arena *arena,
                               dem_propositions *p)
{
  for (int pass = 0; pass < 2; ++pass) {
    for (uint32_t i = 0; i < builder->drafts.count; ++i) {
      const draft *const d = &DEM_VECTOR_AT(&builder->drafts, draft, i);
      dem_alpha *const alpha = &p->alphas[d->relation];
      if (d->access != ACCESS_NONE) {
        continue;
      }
      if (pass == 1) {
        uint32_t *const others = (uint32_t *)(uintptr_t)alpha->others;
        others[alpha->other_count] = i;
      }
      ++alpha->other_count;
    }
    for (uint32_t i = 0; pass == 0 && i < builder->model->relation_count; ++i) {
      dem_alpha *const alpha = &p->alphas[i];
      alpha->others = DEM_ARENA_ARRAY(arena, uint32_t, alpha->other_count);
      DEM_TRY_MEMORY(alpha->others);
      alpha->other_count = 0;
    }
  }
  return DEM_OK;
}

/// How often a proposition is expected to hold: a value among those that any proposition names of
/// the same column; half of the time for each other test.
static double likelihood(const draft *d, const uint32_t *distinct)
{
  double result = 1;
  for (uint32_t i = 0; i < d->test_count; ++i) {
    const dem_test *const test = d->tests[i].test;
    const double values = distinct[(size_t)d->relation * DEM_MAX_FIELDS + d->tests[i].column] + 1.0;
    result *= test->kind == DEM_TEST_IN ? test->word_count / values : 0.5;
  }
  return result;
}

static dem_status build_items(const dem_proposition_builder *builder, dem_arena *arena,
                              dem_propositions *p)
{
  const size_t columns = (size_t)builder->model->relation_count * DEM_MAX_FIELDS;
  uint32_t *const distinct = DEM_ARENA_ARRAY(arena, uint32_t, columns);
  p->items = DEM_ARENA_ARRAY(arena, dem_proposition, builder->drafts.count);
  DEM_TRY_MEMORY(distinct);
  DEM_TRY_MEMORY(p->items);
  for (uint32_t i = 0; i < p->value_slots; ++i) {
    const dem_value_entry *const entry = &p->values[i];
    if (entry->field != DEM_NONE) {
      ++distinct[entry->field];
    }
  }
  for (size_t i = 0; i < builder->drafts.count; ++i) {
    const draft *const d = &DEM_VECTOR_AT(&builder->drafts, draft, i);
    const uint32_t skipped = d->access != ACCESS_NONE; // The access has been passed already.
    dem_proposition_test *const tests = DEM_ARENA_ARRAY(arena, dem_proposition_test, d->test_count);
    DEM_TRY_MEMORY(tests);
    for (uint32_t j = 0; j < d->test_count; ++j) {
      tests[j] = d->tests[j];
    }
    p->items[i] = (dem_proposition){.relation = d->relation,
                                    .test_count = d->test_count - skipped,
                                    .tests = tests + skipped,
                                    .all_count = d->test_count,
                                    .all = tests,
                                    .likelihood = likelihood(d, distinct)};
  }
  return DEM_OK;
}

dem_status dem_propositions_build(dem_proposition_builder *builder, dem_arena *arena,
                                  dem_propositions *out)
{
  *out = (dem_propositions){.count = (uint32_t)builder->drafts.count, .seed = dem_hash_seed()};
  out->alphas = DEM_ARENA_ARRAY(arena, dem_alpha, builder->model->relation_count);
  DEM_TRY_MEMORY(out->alphas);
  DEM_TRY(build_values(builder, arena, out));
  DEM_TRY(build_thresholds(builder, arena, out));
  DEM_TRY(build_others(builder, arena, out));
  return build_items(builder, arena, out);
}

// Settling ----------------------------------------------------------------------------

static bool is_plain(const dem_propositions *p, uint32_t proposition)
{
  return p->items[proposition].test_count == 0;
}

static void settle_values(dem_propositions *p)
{
  for (uint32_t i = 0; i < p->value_slots; ++i) {
    dem_value_entry *const entry = &p->values[i];
    uint32_t *const list = entry->count ? p->by_value + entry->begin : NULL;
    uint32_t kept = 0;
    for (uint32_t j = 0; j < entry->count; ++j) {
      const uint32_t proposition = list[j];
      if (is_plain(p, proposition)) { // To the front; which one goes back does not matter.
        list[j] = list[entry->plain_count];
        list[entry->plain_count++] = proposition;
      }
    }
    for (uint32_t j = 0; j < entry->count; ++j) {
      if (j < entry->plain_count || !p->items[list[j]].is_lazy) {
        list[kept++] = list[j];
      }
    }
    entry->count = kept;
    if (kept) {
      dem_alpha *const alpha = &p->alphas[entry->field / DEM_MAX_FIELDS];
      const uint64_t column = UINT64_C(1) << entry->field % DEM_MAX_FIELDS;
      alpha->plain_columns |= entry->plain_count ? column : 0;
      alpha->tested_columns |= entry->plain_count < kept ? column : 0;
    }
  }
}

static void settle_alpha(const dem_propositions *p, dem_alpha *alpha)
{
  uint32_t lists = 0;
  dem_threshold_list *const thresholds = (dem_threshold_list *)(uintptr_t)alpha->thresholds;
  for (uint32_t i = 0; i < alpha->threshold_count; ++i) {
    dem_threshold_list list = thresholds[i];
    dem_word *const words = (dem_word *)(uintptr_t)list.thresholds;
    uint32_t *const propositions = (uint32_t *)(uintptr_t)list.propositions;
    uint32_t kept = 0;
    for (uint32_t j = 0; j < list.count; ++j) {
      if (!p->items[propositions[j]].is_lazy) {
        words[kept] = words[j];
        propositions[kept++] = propositions[j];
      }
    }
    list.count = kept;
    if (kept) {
      thresholds[lists++] = list;
    }
  }
  alpha->threshold_count = lists;
  uint32_t *const others = (uint32_t *)(uintptr_t)alpha->others;
  uint32_t kept = 0;
  for (uint32_t i = 0; i < alpha->other_count; ++i) {
    if (!p->items[others[i]].is_lazy) {
      others[kept++] = others[i];
    }
  }
  alpha->other_count = kept;
  alpha->has_more =
      alpha->tested_columns != 0 || alpha->threshold_count > 0 || alpha->other_count > 0;
}

void dem_propositions_settle(dem_propositions *p, uint32_t relation_count,
                             const uint32_t *trigger_begin)
{
  for (uint32_t i = 0; i < p->count; ++i) {
    dem_proposition *const item = &p->items[i];
    const bool is_found_by_value = item->all_count > 0 && item->all[0].test->kind == DEM_TEST_IN;
    const bool is_free = is_found_by_value && is_plain(p, i);
    item->is_lazy = trigger_begin[i] == trigger_begin[i + 1] && !is_free;
  }
  settle_values(p);
  for (uint32_t i = 0; i < relation_count; ++i) {
    settle_alpha(p, &p->alphas[i]);
  }
}
