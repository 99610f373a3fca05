// SPDX-License-Identifier: Apache-2.0

// Flat rules: 100, 1,000 and 10,000 of them over one profile's fields, in process.
//
// usage: flat [ENGINE [RULES [TURNS]]]
//
// A run is everything for one profile: forget the last one, take the answers as plain texts,
// derive, read what was derived, with rule and support where the engine keeps them. The engines
// take turns; every profile's rules are checked to be those that hold by definition.

#include <stdlib.h>
#include <string.h>

#include "flat_engines.h"
#include "measure.h"

enum { PROFILES = 500, TURNS = 10 };

static const flat_engine *const engines[] = {&flat_demarche, &flat_index, &flat_clips_facts,
                                             &flat_clips_one};

enum { ENGINES = sizeof engines / sizeof *engines };

static int compare_numbers(const void *left, const void *right)
{
  const uint32_t a = *(const uint32_t *)left;
  const uint32_t b = *(const uint32_t *)right;
  return (a > b) - (a < b);
}

static uint32_t fire_by_definition(const flat_rules *flat, const profile *p, uint32_t *rules)
{
  uint32_t count = 0;
  for (uint32_t i = 0; i < flat->rule_count; ++i) {
    bool holds = true;
    for (uint32_t j = 0; holds && j < flat->rules[i].count; ++j) {
      holds = condition_holds(&flat->rules[i].conditions[j], p);
    }
    if (holds) {
      rules[count++] = i;
    }
  }
  return count;
}

/// How many rules fire for a profile; ends the program when the engine says otherwise than the
/// definition.
static double check(const flat_rules *flat, const flat_engine *kind, void *engine)
{
  uint64_t total = 0;
  for (uint32_t i = 0; i < flat->profile_count; ++i) {
    uint32_t right[MOST_FIRING];
    firings found = {0};
    const uint32_t count = fire_by_definition(flat, &flat->profiles[i], right);
    kind->run(engine, &flat->profiles[i], &found);
    qsort(found.rules, found.count, sizeof *found.rules, compare_numbers);
    if (found.count != count || memcmp(found.rules, right, count * sizeof *right) != 0) {
      (void)fprintf(stderr, "%s: profile %u fires %u rules instead of %u\n", kind->name, i,
                    found.count, count);
      exit(1);
    }
    total += count;
  }
  return (double)total / flat->profile_count;
}

static void run_all(const flat_rules *flat, const flat_engine *kind, void *engine, samples *times)
{
  for (uint32_t i = 0; i < flat->profile_count; ++i) {
    firings found = {0};
    const uint64_t begin = clock_ns();
    kind->run(engine, &flat->profiles[i], &found);
    samples_add(times, clock_ns() - begin);
  }
}

static void measure(uint32_t rule_count, const char *wanted, unsigned turns)
{
  flat_rules flat;
  flat_rules_make(&flat, rule_count, PROFILES);
  void *made[ENGINES] = {0};
  samples times[ENGINES] = {0};
  double firing = 0;
  for (int i = 0; i < ENGINES; ++i) {
    made[i] = wanted && !strstr(engines[i]->name, wanted) ? NULL : engines[i]->make(&flat);
    firing = made[i] ? check(&flat, engines[i], made[i]) : firing;
  }
  for (unsigned turn = 0; turn < turns; ++turn) {
    for (int i = 0; i < ENGINES; ++i) {
      if (made[i]) {
        run_all(&flat, engines[i], made[i], &times[i]);
      }
    }
  }
  const double base = samples_quantile(&times[0], 0.5);
  for (int i = 0; i < ENGINES; ++i) {
    if (!made[i]) {
      printf("%6u %7.1f  %-16s %8s\n", rule_count, firing, engines[i]->name, "skipped");
      continue;
    }
    const double median = samples_quantile(&times[i], 0.5);
    printf("%6u %7.1f  %-16s %8.2f %8.2f %7.2f×\n", rule_count, firing, engines[i]->name,
           median / 1e3, samples_quantile(&times[i], 0.99) / 1e3, base > 0 ? median / base : 0);
    engines[i]->free(made[i]);
    samples_clear(&times[i]);
  }
  (void)fflush(stdout);
  flat_rules_clear(&flat);
}

int main(int argc, char **argv)
{
  static const uint32_t sizes[] = {100, 1000, 10000};
  const char *const wanted = argc > 1 ? argv[1] : NULL;
  printf("Flat rules in process: microseconds a profile, times demarche's median\n\n"
         "%6s %7s  %-16s %8s %8s\n",
         "rules", "firing", "", "median", "p99");
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; ++i) {
    if (argc < 3 || strtoul(argv[2], NULL, 10) == sizes[i]) {
      measure(sizes[i], wanted, argc > 3 ? (unsigned)strtoul(argv[3], NULL, 10) : TURNS);
    }
  }
  return 0;
}
