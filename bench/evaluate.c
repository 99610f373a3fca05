// SPDX-License-Identifier: Apache-2.0

// The shipped pack, in process: the example profiles in a loop.
//
// usage: evaluate PROFILE…
//
// Timed apart: the run from answers to the fixpoint, reasons kept; then the advice that is put
// together from it, with reasons in words and citations. Allocations are counted by the pack's
// allocator once every profile has been run: there must be none. Each turn must give the same
// number of facts and partners as the first.

#include <stdio.h>
#include <stdlib.h>

#include "demarche/demarche.h"
#include "measure.h"

enum { MOST_PROFILES = 64, TURNS = 200 };

typedef struct counter {
  size_t calls;
  size_t bytes; ///< In use.
} counter;

static void *count_and_resize(void *context, void *memory, size_t old_size, size_t new_size)
{
  counter *const c = context;
  const dem_allocator system = dem_allocator_default();
  c->calls += new_size > 0;
  c->bytes += new_size - old_size;
  return system.resize(system.context, memory, old_size, new_size);
}

static _Noreturn void fail(const char *what, const char *which)
{
  (void)fprintf(stderr, "evaluate: %s: %s\n", which, what);
  exit(1);
}

typedef struct outcome {
  uint32_t facts;
  size_t partners;
} outcome;

typedef struct bench {
  dem_pack *pack;
  dem_session *session;
  dem_profiles *profiles[MOST_PROFILES];
  char **names;
  int count;
  outcome first[MOST_PROFILES]; ///< What each profile came to.
  samples run;
  samples advise;
} bench;

static uint32_t count_facts(const bench *b)
{
  uint32_t count = 0;
  for (uint32_t i = 0; i < dem_pack_relation_count(b->pack); ++i) {
    count += dem_session_fact_count(b->session, i) - dem_session_own_facts(b->session, i);
  }
  return count;
}

static outcome run_profile(bench *b, int number)
{
  const dem_advice *advice = NULL;
  const uint64_t begin = clock_ns();
  dem_session_reset(b->session);
  if (dem_session_set_profile(b->session, b->profiles[number], 0) != DEM_OK ||
      dem_session_run(b->session, NULL) != DEM_OK) {
    fail("cannot be run", b->names[number]);
  }
  const uint64_t middle = clock_ns();
  if (dem_session_advise(b->session, &advice) != DEM_OK) {
    fail("no memory", b->names[number]);
  }
  const uint64_t end = clock_ns();
  samples_add(&b->run, middle - begin);
  samples_add(&b->advise, end - middle);
  return (outcome){count_facts(b), advice->partner_count};
}

static void run_all(bench *b, bool is_first)
{
  for (int i = 0; i < b->count; ++i) {
    const outcome now = run_profile(b, i);
    if (is_first) {
      b->first[i] = now;
    } else if (now.facts != b->first[i].facts || now.partners != b->first[i].partners) {
      fail("comes to something else than before", b->names[i]);
    }
  }
}

static void print_row(const char *name, samples *times)
{
  const double median = samples_quantile(times, 0.5);
  printf("%-34s %10.1f %10.1f %14.0f\n", name, median / 1e3, samples_quantile(times, 0.99) / 1e3,
         median > 0 ? 1e9 / median : 0);
}

int main(int argc, char **argv)
{
  static bench b;
  counter counted = {0};
  const dem_allocator allocator = {count_and_resize, &counted};
  const dem_pack_options options = {.allocator = &allocator};
  if (argc < 2 || argc - 1 > MOST_PROFILES) {
    (void)fprintf(stderr, "usage: evaluate PROFILE…\n");
    return 2;
  }
  b.names = argv + 1;
  b.count = argc - 1;
  if (dem_pack_open_builtin(&options, &b.pack) != DEM_OK) {
    fail("cannot be opened", "the shipped pack");
  }
  for (int i = 0; i < b.count; ++i) {
    if (dem_profiles_read_file(b.names[i], DEM_PROFILE_AUTO, NULL, NULL, &b.profiles[i]) !=
        DEM_OK) {
      fail("cannot be read", b.names[i]);
    }
  }
  const size_t before = counted.bytes;
  if (dem_session_new(b.pack, &b.session) != DEM_OK) {
    fail("no memory", "the session");
  }
  run_all(&b, true);
  run_all(&b, false);
  const size_t session_bytes = counted.bytes - before;
  const size_t calls = counted.calls;
  b.run.count = b.advise.count = 0;
  for (int turn = 0; turn < TURNS; ++turn) {
    run_all(&b, false);
  }
  size_t facts = 0;
  size_t partners = 0;
  for (int i = 0; i < b.count; ++i) {
    facts += b.first[i].facts;
    partners += b.first[i].partners;
  }
  printf("The shipped pack in process: %d profiles, %zu facts and %zu partners in all\n\n"
         "%-34s %10s %10s %14s\n",
         b.count, facts, partners, "microseconds a profile", "median", "p99", "profiles/s");
  print_row("answers to facts with reasons", &b.run);
  print_row("advice with reasons and citations", &b.advise);
  const size_t allocations = counted.calls - calls;
  printf("\nallocations once warm: %zu; bytes of the session: %zu; of the pack: %zu\n", allocations,
         session_bytes, before);
  dem_session_free(b.session);
  for (int i = 0; i < b.count; ++i) {
    dem_profiles_free(b.profiles[i]);
  }
  dem_pack_free(b.pack);
  samples_clear(&b.run);
  samples_clear(&b.advise);
  return allocations ? 1 : 0;
}
