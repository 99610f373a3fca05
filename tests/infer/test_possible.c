// SPDX-License-Identifier: Apache-2.0

// What is certain and what is possible, held against all completions: on random stratified programs
// with some facts and values open, what is certain holds however they turn out, and whatever holds
// for some way is possible.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "infer/program.h"
#include "infer/random_model.h"
#include "support/naive.h"

enum { PROGRAMS = 200, SESSIONS = 2, MOST_OPEN = 4, OPEN_VALUES = 5 };

/// A fact that may be given or not; an open column may have any of OPEN_VALUES values.
typedef struct open_fact {
  uint32_t relation;
  dem_word words[NAIVE_MAX_FIELDS];
  uint32_t open_column; ///< DEM_NONE for none.
} open_fact;

typedef struct trial {
  random_model random;
  naive reference;
  dem_program *program;
  dem_symbols *symbols;
  dem_facts *certain;
  dem_facts *possible;
  dem_diagnostics diagnostics;
  uint64_t seed;
  naive given; ///< What is given in any case.
  open_fact open[MOST_OPEN];
  uint32_t open_count;
  size_t certain_seen; ///< Over all completions of a session: how many certain facts were checked.
  size_t exact_seen;   ///< Sessions in which both bounds had to be met exactly.
} trial;

static void add_kb_facts(trial *t)
{
  t->given.model = t->reference.model = &t->random.model;
  t->reference.levels = t->random.levels;
  t->reference.level_count = t->random.level_count;
  t->given.count = 0;
  for (uint32_t r = 0; r < RANDOM_RELATIONS; ++r) {
    const dem_given_facts *const given = &t->random.model.facts[r];
    const uint32_t width = t->random.model.relations[r].field_count;
    for (size_t i = 0; i < given->givens.count; ++i) {
      (void)naive_add(&t->given, r, &DEM_VECTOR_AT(&given->words, dem_word, i * width));
    }
  }
}

static void give(trial *t, uint32_t relation, const dem_word *words)
{
  (void)naive_add(&t->given, relation, words);
  assert_int_equal(dem_facts_add_given(t->certain, relation, words, 7), DEM_OK);
  assert_int_equal(dem_facts_add_given(t->possible, relation, words, 7), DEM_OK);
}

static void leave_open(trial *t, uint32_t relation, const dem_word *words)
{
  const uint32_t width = t->random.model.relations[relation].field_count;
  open_fact *const fact = &t->open[t->open_count++];
  *fact = (open_fact){.relation = relation, .open_column = DEM_NONE};
  memcpy(fact->words, words, sizeof fact->words);
  if (width > 0 && random_below(&t->random, 4) == 0) {
    fact->open_column = random_below(&t->random, width);
    fact->words[fact->open_column] = DEM_OPEN;
  }
  assert_int_equal(dem_facts_add_given(t->possible, relation, fact->words, 8), DEM_OK);
}

static void add_session_facts(trial *t)
{
  t->open_count = 0;
  for (uint32_t r = 0; r < RANDOM_RELATIONS; ++r) {
    const uint32_t count = random_below(&t->random, 5);
    for (uint32_t i = 0; t->random.model.relations[r].is_answered && i < count; ++i) {
      dem_word words[NAIVE_MAX_FIELDS];
      for (size_t j = 0; j < NAIVE_MAX_FIELDS; ++j) {
        words[j] = random_below(&t->random, 4);
      }
      if (random_below(&t->random, 2) && t->open_count < MOST_OPEN) {
        leave_open(t, r, words);
      } else {
        give(t, r, words);
      }
    }
  }
}

// Completions -------------------------------------------------------------------------

static bool covers(const dem_word *row, const int64_t *words, uint32_t width)
{
  for (uint32_t i = 0; i < width; ++i) {
    if (row[i] != DEM_OPEN && (int64_t)row[i] != words[i]) {
      return false;
    }
  }
  return true;
}

static bool is_possible(const trial *t, const naive_fact *fact)
{
  const uint32_t width = t->random.model.relations[fact->relation].field_count;
  const uint32_t count = dem_facts_count(t->possible, fact->relation);
  for (uint32_t i = 0; i < count; ++i) {
    const dem_fact candidate = dem_facts_at(t->possible, fact->relation, i);
    if (covers(dem_facts_row(t->possible, candidate), fact->words, width)) {
      return true;
    }
  }
  return false;
}

static void check_completion(trial *t)
{
  naive_run(&t->reference);
  for (size_t i = 0; i < t->reference.count; ++i) {
    if (!is_possible(t, &t->reference.facts[i])) {
      fail_msg("seed %llu: a fact of r%u should be possible", (unsigned long long)t->seed,
               (unsigned)t->reference.facts[i].relation);
    }
  }
  for (uint32_t r = 0; r < RANDOM_RELATIONS; ++r) {
    const uint32_t count = dem_facts_count(t->certain, r);
    for (uint32_t i = 0; i < count; ++i) {
      if (!naive_has(&t->reference, r, dem_facts_row(t->certain, dem_facts_at(t->certain, r, i)))) {
        fail_msg("seed %llu: a fact of r%u should not be certain", (unsigned long long)t->seed,
                 (unsigned)r);
      }
      ++t->certain_seen;
    }
  }
}

/// Each open fact is given or not, each open value is each of some.
static void complete(trial *t, uint32_t next)
{
  if (next == t->open_count) {
    const size_t given = t->given.count;
    t->reference.count = given;
    memcpy(t->reference.facts, t->given.facts, given * sizeof *t->given.facts);
    check_completion(t);
    return;
  }
  const open_fact *const fact = &t->open[next];
  const size_t count = t->given.count;
  complete(t, next + 1);
  for (dem_word value = 0; value < OPEN_VALUES; ++value) {
    dem_word words[NAIVE_MAX_FIELDS];
    memcpy(words, fact->words, sizeof words);
    if (fact->open_column != DEM_NONE) {
      words[fact->open_column] = value;
    }
    (void)naive_add(&t->given, fact->relation, words);
    complete(t, next + 1);
    t->given.count = count;
    if (fact->open_column == DEM_NONE) {
      break;
    }
  }
}

static void assert_certain_is_possible(const trial *t)
{
  for (uint32_t r = 0; r < RANDOM_RELATIONS; ++r) {
    const uint32_t count = dem_facts_count(t->certain, r);
    for (uint32_t i = 0; i < count; ++i) {
      const dem_word *const row = dem_facts_row(t->certain, dem_facts_at(t->certain, r, i));
      assert_false(dem_fact_is_none(dem_facts_find(t->possible, r, row)));
    }
  }
}

// Bounds that are met -------------------------------------------------------------------

/// Without negations, aggregates and open values, giving none of the open facts leaves the least
/// and giving all the most.
static bool has_exact_bounds(const trial *t)
{
  bool is_exact = t->random.is_positive;
  for (uint32_t i = 0; i < t->open_count; ++i) {
    is_exact = is_exact && t->open[i].open_column == DEM_NONE;
  }
  return is_exact;
}

static size_t count_all(const dem_facts *facts)
{
  size_t count = 0;
  for (uint32_t r = 0; r < RANDOM_RELATIONS; ++r) {
    count += dem_facts_count(facts, r);
  }
  return count;
}

static void assert_exact_bounds(trial *t)
{
  t->reference.count = t->given.count;
  memcpy(t->reference.facts, t->given.facts, t->given.count * sizeof *t->given.facts);
  naive_run(&t->reference);
  assert_int_equal(count_all(t->certain), t->reference.count);
  t->reference.count = t->given.count;
  memcpy(t->reference.facts, t->given.facts, t->given.count * sizeof *t->given.facts);
  for (uint32_t i = 0; i < t->open_count; ++i) {
    (void)naive_add(&t->reference, t->open[i].relation, t->open[i].words);
  }
  naive_run(&t->reference);
  assert_int_equal(count_all(t->possible), t->reference.count);
  ++t->exact_seen;
}

static void run_session(trial *t)
{
  const dem_limits limits = dem_limits_default();
  dem_facts_reset(t->certain);
  dem_facts_reset(t->possible);
  add_kb_facts(t);
  add_session_facts(t);
  assert_int_equal(
      dem_program_run_open(t->program, t->certain, t->possible, &limits, &t->diagnostics), DEM_OK);
  assert_certain_is_possible(t);
  complete(t, 0);
  if (has_exact_bounds(t)) {
    assert_exact_bounds(t);
  }
}

static void try_seed(trial *t, uint64_t seed)
{
  const dem_limits limits = dem_limits_default();
  const dem_allocator allocator = dem_allocator_default();
  t->seed = seed;
  random_model_make(&t->random, seed);
  dem_diagnostics_init(&t->diagnostics, allocator);
  assert_int_equal(
      dem_program_new(allocator, &t->random.model, 0, &limits, &t->diagnostics, &t->program),
      DEM_OK);
  t->symbols = dem_symbols_new(allocator, dem_program_symbols(t->program));
  t->certain = dem_program_facts(t->program, allocator, t->symbols);
  t->possible = dem_program_possible(t->program, allocator, t->symbols);
  for (int i = 0; i < SESSIONS; ++i) {
    run_session(t);
  }
  dem_facts_free(t->possible);
  dem_facts_free(t->certain);
  dem_symbols_free(t->symbols);
  dem_program_free(t->program);
  dem_diagnostics_clear(&t->diagnostics);
  random_model_free(&t->random);
}

static void brackets_every_completion(void **state)
{
  (void)state;
  trial *const t = calloc(1, sizeof *t);
  assert_non_null(t);
  for (uint64_t seed = 1; seed <= PROGRAMS; ++seed) {
    try_seed(t, seed);
  }
  assert_true(t->certain_seen > 0);
  assert_true(t->exact_seen > 0);
  free(t);
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(brackets_every_completion)};
  return cmocka_run_group_tests_name("infer/possible", tests, NULL, NULL);
}
