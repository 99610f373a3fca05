// SPDX-License-Identifier: Apache-2.0

#include "chain_rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"

static const char first_stratum[] = "wants(T) :- need(T).\n"
                                    "wants(T) :- wants(S), broader(S,T).\n"
                                    "belongs(O) :- subject(C), member(C,O).\n"
                                    "under(O) :- belongs(O).\n"
                                    "under(P) :- under(O), parent(O,P).\n"
                                    "near(D) :- subject(C), neighbour(C,D).\n"
                                    "peer(D) :- subject(C), country(C,R,I), country(D,R,I).\n"
                                    "barred(O) :- subject(C), suspended(C,O).\n"
                                    "candidate(O,T) :- wants(T), offers(O,T), under(O).\n";

static const char second_stratum[] = "usable(O,T) :- candidate(O,T), ~barred(O).\n"
                                     "bank(O) :- usable(O,T), organization(O,k1).\n"
                                     "forum(O) :- usable(O,T), organization(O,k2).\n"
                                     "shared(D,O) :- near(D), usable(O,T), member(D,O).\n"
                                     "ally(D) :- shared(D,O), peer(D).\n"
                                     "joint(D,O) :- ally(D), shared(D,O).\n"
                                     "step(O,T) :- bank(O), usable(O,T).\n"
                                     "invite(D,T) :- shared(D,O), forum(O), usable(O,T).\n";

// Facts -------------------------------------------------------------------------------

static char *new_fact(chain_relation *r)
{
  enum { MOST_FACTS = 4096 };
  if (!r->facts) {
    r->facts = calloc(MOST_FACTS, RESULT_SIZE);
  }
  if (!r->facts || r->count == MOST_FACTS) {
    perror("chain");
    exit(1);
  }
  return r->facts[r->count++];
}

static void add_fact(chain_relation *r, const char *fact)
{
  for (int i = 0; i < r->count; ++i) {
    if (strcmp(r->facts[i], fact) == 0) {
      return;
    }
  }
  (void)snprintf(new_fact(r), RESULT_SIZE, "%s", fact);
}

static void add_pairs(chain_relation *r, random_source *source, int count, char a, uint32_t a_count,
                      char b, uint32_t b_count)
{
  while (r->count < count) {
    char fact[RESULT_SIZE];
    (void)snprintf(fact, sizeof fact, "%c%u,%c%u", a, random_below(source, a_count), b,
                   random_below(source, b_count));
    add_fact(r, fact);
  }
}

/// Each item but the first few has one above it, of a lower number.
static void add_tree(chain_relation *r, random_source *source, char kind, uint32_t count,
                     uint32_t roots)
{
  for (uint32_t i = roots; i < count; ++i) {
    (void)snprintf(new_fact(r), RESULT_SIZE, "%c%u,%c%u", kind, i, kind, random_below(source, i));
  }
}

static void make_facts(chain_rules *chain)
{
  random_source source = {20250601};
  chain_relation *const g = chain->given;
  g[0] = (chain_relation){.name = "country", .width = 3};
  g[1] = (chain_relation){.name = "organization", .width = 2};
  g[2] = (chain_relation){.name = "member", .width = 2};
  g[3] = (chain_relation){.name = "parent", .width = 2};
  g[4] = (chain_relation){.name = "neighbour", .width = 2};
  g[5] = (chain_relation){.name = "offers", .width = 2};
  g[6] = (chain_relation){.name = "broader", .width = 2};
  g[7] = (chain_relation){.name = "suspended", .width = 2};
  for (uint32_t i = 0; i < COUNTRIES; ++i) {
    (void)snprintf(new_fact(&g[0]), RESULT_SIZE, "c%u,g%u,i%u", i, random_below(&source, 20),
                   random_below(&source, 4));
  }
  for (uint32_t i = 0; i < ORGANIZATIONS; ++i) {
    (void)snprintf(new_fact(&g[1]), RESULT_SIZE, "o%u,k%u", i, random_below(&source, 6));
  }
  add_pairs(&g[2], &source, 2500, 'c', COUNTRIES, 'o', ORGANIZATIONS);
  add_tree(&g[3], &source, 'o', ORGANIZATIONS, 12);
  add_pairs(&g[4], &source, 400, 'c', COUNTRIES, 'c', COUNTRIES);
  add_pairs(&g[5], &source, 300, 'o', ORGANIZATIONS, 't', TOPICS);
  add_tree(&g[6], &source, 't', TOPICS, 4);
  add_pairs(&g[7], &source, 300, 'c', COUNTRIES, 'o', ORGANIZATIONS);
}

// Rules -------------------------------------------------------------------------------

static char *make_more(uint32_t count)
{
  random_source source = {4711};
  char *const clauses = calloc(count + 1, 96);
  if (!clauses) {
    perror("chain");
    exit(1);
  }
  size_t size = 0;
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t o = random_below(&source, ORGANIZATIONS);
    const uint32_t t = random_below(&source, TOPICS);
    const uint32_t c = random_below(&source, COUNTRIES);
    static const char *const bodies[] = {"usable(o%u,t%u)", "belongs(o%u), wants(t%u)",
                                         "under(o%u), need(t%u), near(c%u)"};
    size += (size_t)sprintf(clauses + size, "note(n%u) :- ", i);
    size += (size_t)sprintf(clauses + size, bodies[i % 3], o, t, c);
    size += (size_t)sprintf(clauses + size, ".\n");
  }
  return clauses;
}

void chain_rules_make(chain_rules *chain, uint32_t more)
{
  static const chain_relation derived[CHAIN_DERIVED] = {
      {.name = "wants", .width = 1},  {.name = "belongs", .width = 1},
      {.name = "under", .width = 1},  {.name = "near", .width = 1},
      {.name = "peer", .width = 1},   {.name = "barred", .width = 1},
      {.name = "usable", .width = 2}, {.name = "candidate", .width = 2},
      {.name = "bank", .width = 1},   {.name = "forum", .width = 1},
      {.name = "shared", .width = 2}, {.name = "ally", .width = 1},
      {.name = "joint", .width = 2},  {.name = "step", .width = 2},
      {.name = "invite", .width = 2}, {.name = "note", .width = 1}};
  *chain = (chain_rules){.clauses = {first_stratum, second_stratum}, .more = make_more(more)};
  chain->profile[0] = (chain_relation){.name = "subject", .width = 1};
  chain->profile[1] = (chain_relation){.name = "need", .width = 1};
  memcpy(chain->derived, derived, sizeof derived);
  make_facts(chain);
}

void chain_rules_clear(chain_rules *chain)
{
  for (int i = 0; i < CHAIN_GIVEN; ++i) {
    free(chain->given[i].facts);
  }
  free(chain->more);
}

void chain_profile_make(chain_profile *profile, uint32_t number)
{
  random_source source = {number * UINT64_C(7919) + 1};
  (void)snprintf(profile->country, sizeof profile->country, "c%u", number % COUNTRIES);
  for (int i = 0; i < NEEDS; ++i) {
    (void)snprintf(profile->needs[i], sizeof profile->needs[i], "t%u",
                   random_below(&source, TOPICS) % TOPICS);
  }
}
