// SPDX-License-Identifier: Apache-2.0

// Chain and join, in process: a profile's few facts meet a kb of some 3,800; 17 rules, two of them
// recursive and one with a stratified negation, then 483 more that name constants.
//
// usage: chain [ENGINE [TURNS]]
//
// A run is everything for one profile, from texts to what was derived with its reasons. The engines
// take turns; all must derive the same.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chain_rules.h"
#include "measure.h"

enum { PROFILES = 195, TURNS = 10 };

static const chain_engine *const engines[] = {&chain_demarche, &chain_clips};

enum { ENGINES = sizeof engines / sizeof *engines };

static int compare_items(const void *left, const void *right)
{
  return strcmp(left, right);
}

static void check_profile(const chain_profile *profile, void *const *made, const char *name)
{
  static chain_results results[2];
  for (int i = 0; i < ENGINES; ++i) {
    chain_results *const r = &results[i];
    memset(r->items, 0, sizeof r->items);
    engines[i]->run(made[i], profile, 1, r);
    qsort(r->items, r->count, RESULT_SIZE, compare_items);
  }
  if (results[0].count != results[1].count ||
      memcmp(results[0].items, results[1].items, sizeof results[0].items) != 0) {
    (void)fprintf(stderr, "chain: %s derives other things for %s\n", name, profile->country);
    exit(1);
  }
}

static void measure(uint32_t more, const char *wanted, unsigned turns)
{
  static chain_profile profiles[PROFILES];
  static chain_results results;
  chain_rules chain;
  chain_rules_make(&chain, more);
  void *made[ENGINES] = {0};
  samples times[ENGINES] = {0};
  for (int i = 0; i < ENGINES; ++i) {
    made[i] = wanted && strcmp(engines[i]->name, wanted) != 0 ? NULL : engines[i]->make(&chain);
  }
  double count = 0;
  for (uint32_t i = 0; i < PROFILES; ++i) {
    chain_profile_make(&profiles[i], i);
    if (made[0] && made[1]) {
      check_profile(&profiles[i], made, engines[1]->name);
    }
  }
  for (unsigned turn = 0; turn < turns; ++turn) {
    for (int i = 0; i < ENGINES; ++i) {
      for (uint32_t j = 0; made[i] && j < PROFILES; ++j) {
        const uint64_t begin = clock_ns();
        engines[i]->run(made[i], &profiles[j], 0, &results);
        samples_add(&times[i], clock_ns() - begin);
        count += (double)results.count / PROFILES / turns / (1 + (made[0] && made[1]));
      }
    }
  }
  const double base = samples_quantile(&times[0], 0.5);
  for (int i = 0; i < ENGINES; ++i) {
    printf("%6u %7.1f  %-16s", 17 + more, count, engines[i]->name);
    if (!made[i]) {
      printf(" %8s\n", "skipped");
      continue;
    }
    const double median = samples_quantile(&times[i], 0.5);
    printf(" %8.2f %8.2f %7.2f×\n", median / 1e3, samples_quantile(&times[i], 0.99) / 1e3,
           base > 0 ? median / base : 0);
    engines[i]->free(made[i]);
    samples_clear(&times[i]);
  }
  (void)fflush(stdout);
  chain_rules_clear(&chain);
}

int main(int argc, char **argv)
{
  const char *const wanted = argc > 1 ? argv[1] : NULL;
  const unsigned turns = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : TURNS;
  printf("Chain and join in process: microseconds a profile, times demarche's median\n\n"
         "%6s %7s  %-16s %8s %8s\n",
         "rules", "results", "", "median", "p99");
  measure(0, wanted, turns);
  measure(483, wanted, turns);
  return 0;
}
