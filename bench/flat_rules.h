// SPDX-License-Identifier: Apache-2.0

// Rules over one profile's fields, and profiles to run them on; the same on every machine.

#ifndef DEM_BENCH_FLAT_RULES_H
#define DEM_BENCH_FLAT_RULES_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum {
  FIRST_LIST = 28,   ///< Fields below have one symbol; from here on a list of three.
  FIRST_NUMBER = 38, ///< From here on an integer below NUMBERS.
  FIELDS = 50,
  NUMBERS = 100,
  MOST_VALUES = 3,
  MOST_CONDITIONS = 4,
  MOST_FIRING = 256,
};

typedef enum condition_kind {
  CONDITION_AMONG, ///< The field has (or its list holds) one of the values.
  CONDITION_LESS,  ///< The field's number is below the value.
  CONDITION_AT_LEAST,
} condition_kind;

typedef struct condition {
  condition_kind kind;
  bool is_negated; ///< Never of a rule's first two.
  uint32_t field;
  uint32_t value_count;
  uint32_t values[MOST_VALUES];
} condition;

typedef struct rule {
  uint32_t count;
  condition
      conditions[MOST_CONDITIONS]; ///< Of different fields. The first two are CONDITION_AMONG.
} rule;

/// A profile: values by field, and the texts that stand for them.
typedef struct profile {
  uint32_t counts[FIELDS];
  uint32_t values[FIELDS][MOST_VALUES];
  char texts[FIELDS][MOST_VALUES][8];
  const char *answers[FIELDS][MOST_VALUES]; ///< The texts, as arguments of a call.
} profile;

typedef struct flat_rules {
  uint32_t domain; ///< Symbols that a field may have; the lists', three times as many.
  uint32_t rule_count;
  uint32_t profile_count;
  rule *rules;
  profile *profiles;
} flat_rules;

/// About nine rules fire for a profile, whatever the number of rules.
void flat_rules_make(flat_rules *flat, uint32_t rule_count, uint32_t profile_count);
void flat_rules_clear(flat_rules *flat);

/// Symbols that the field may have.
uint32_t flat_rules_domain(const flat_rules *flat, uint32_t field);

bool condition_holds(const condition *c, const profile *p);

#endif
