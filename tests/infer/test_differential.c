// SPDX-License-Identifier: Apache-2.0

// The evaluator against the reference: on random stratified programs both find the same facts, in
// the kb and in sessions, and every proof is sound.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "infer/program.h"
#include "infer/random_model.h"
#include "support/naive.h"

enum { PROGRAMS = 3000, SESSIONS = 4 };

typedef struct trial {
  random_model random;
  naive reference;
  dem_program *program;
  dem_symbols *symbols;
  dem_facts *facts;
  dem_diagnostics diagnostics;
  uint64_t seed;
} trial;

static void begin_reference(trial *t)
{
  t->reference.model = &t->random.model;
  t->reference.levels = t->random.levels;
  t->reference.level_count = t->random.level_count;
  t->reference.count = 0;
  for (uint32_t r = 0; r < RANDOM_RELATIONS; ++r) {
    const dem_given_facts *const given = &t->random.model.facts[r];
    const uint32_t width = t->random.model.relations[r].field_count;
    for (size_t i = 0; i < given->givens.count; ++i) {
      (void)naive_add(&t->reference, r, &DEM_VECTOR_AT(&given->words, dem_word, i * width));
    }
  }
}

static void add_session_facts(trial *t)
{
  for (uint32_t r = 0; r < RANDOM_RELATIONS; ++r) {
    const uint32_t count = random_below(&t->random, 4);
    for (uint32_t i = 0; t->random.model.relations[r].is_answered && i < count; ++i) {
      dem_word words[NAIVE_MAX_FIELDS];
      for (size_t j = 0; j < NAIVE_MAX_FIELDS; ++j) {
        words[j] = random_below(&t->random, 4);
      }
      (void)naive_add(&t->reference, r, words);
      assert_int_equal(dem_facts_add_given(t->facts, r, words, 7), DEM_OK);
    }
  }
}

static void assert_same_facts(const trial *t)
{
  size_t found = 0;
  for (uint32_t r = 0; r < RANDOM_RELATIONS; ++r) {
    const uint32_t count = dem_facts_count(t->facts, r);
    for (uint32_t i = 0; i < count; ++i) {
      const dem_word *const row = dem_facts_row(t->facts, dem_facts_at(t->facts, r, i));
      if (!naive_has(&t->reference, r, row)) {
        print_error("seed %llu: relation r%u has a fact too many\n", (unsigned long long)t->seed,
                    (unsigned)r);
        fail();
      }
    }
    found += count;
  }
  if (found != t->reference.count) {
    print_error("seed %llu: %zu facts instead of %zu\n", (unsigned long long)t->seed, found,
                t->reference.count);
  }
  assert_int_equal(found, t->reference.count);
}

/// Every derived fact is higher than the facts it came from, so every proof ends in given facts.
static void assert_sound_proofs(const trial *t)
{
  for (uint32_t r = 0; r < RANDOM_RELATIONS; ++r) {
    const uint32_t count = dem_facts_count(t->facts, r);
    for (uint32_t i = 0; i < count; ++i) {
      const dem_justification why = dem_facts_justify(t->facts, dem_facts_at(t->facts, r, i));
      uint32_t highest = 0;
      for (uint32_t j = 0; j < why.fact_count; ++j) {
        const uint32_t height = dem_facts_justify(t->facts, dem_justification_fact(&why, j)).height;
        highest = height > highest ? height : highest;
      }
      assert_int_equal(why.height, why.rule == DEM_NONE ? 0 : highest + 1);
    }
  }
}

static void run_session(trial *t)
{
  const dem_limits limits = dem_limits_default();
  dem_facts_reset(t->facts);
  begin_reference(t);
  add_session_facts(t);
  assert_int_equal(dem_program_run(t->program, t->facts, &limits, &t->diagnostics), DEM_OK);
  naive_run(&t->reference);
  assert_same_facts(t);
  assert_sound_proofs(t);
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
  t->facts = dem_program_facts(t->program, allocator, t->symbols);
  for (int i = 0; i < SESSIONS; ++i) {
    run_session(t);
  }
  dem_facts_free(t->facts);
  dem_symbols_free(t->symbols);
  dem_program_free(t->program);
  dem_diagnostics_clear(&t->diagnostics);
  random_model_free(&t->random);
}

static void finds_what_the_reference_finds(void **state)
{
  (void)state;
  trial *const t = calloc(1, sizeof *t);
  for (uint64_t seed = 1; seed <= PROGRAMS; ++seed) {
    try_seed(t, seed);
  }
  free(t);
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(finds_what_the_reference_finds)};
  return cmocka_run_group_tests_name("infer/differential", tests, NULL, NULL);
}
