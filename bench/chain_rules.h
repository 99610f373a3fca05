// SPDX-License-Identifier: Apache-2.0

// Rules that chain over a kb of countries and organizations; the same on every machine.

#ifndef DEM_BENCH_CHAIN_RULES_H
#define DEM_BENCH_CHAIN_RULES_H

#include <stdint.h>

enum {
  COUNTRIES = 195,
  ORGANIZATIONS = 60,
  TOPICS = 48,
  NEEDS = 1,
  STRATA = 2,
  MOST_RESULTS = 512,
  RESULT_SIZE = 32,
};

/// A relation and its facts, each a line of arguments: "c1,o7".
typedef struct chain_relation {
  const char *name;
  int width;
  int count;
  char (*facts)[RESULT_SIZE]; ///< NULL: derived, or given by the profile.
} chain_relation;

enum { CHAIN_GIVEN = 8, CHAIN_PROFILE = 2, CHAIN_DERIVED = 16 };

typedef struct chain_rules {
  chain_relation given[CHAIN_GIVEN];
  chain_relation profile[CHAIN_PROFILE];
  chain_relation derived[CHAIN_DERIVED];
  const char *clauses[STRATA]; ///< By stratum: 17 in all, and
  char *more;                  ///< those that name constants, of the last stratum.
} chain_rules;

/// Who asks: country number and topics.
typedef struct chain_profile {
  char country[8];
  char needs[NEEDS][8];
} chain_profile;

/// @param more  How many further rules name constants.
void chain_rules_make(chain_rules *chain, uint32_t more);
void chain_rules_clear(chain_rules *chain);

void chain_profile_make(chain_profile *profile, uint32_t number);

/// What was derived, as "relation(a,b)", in any order.
typedef struct chain_results {
  uint32_t count;
  uint64_t support; ///< Facts that the reasons name, where the engine has reasons.
  char items[MOST_RESULTS][RESULT_SIZE];
} chain_results;

typedef struct chain_engine {
  const char *name;
  void *(*make)(const chain_rules *chain);
  /// From texts to the results: counted, and written out where `with_texts` says so.
  void (*run)(void *engine, const chain_profile *profile, int with_texts, chain_results *out);
  void (*free)(void *engine);
} chain_engine;

extern const chain_engine chain_demarche;
extern const chain_engine chain_clips;

#endif
