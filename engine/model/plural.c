// SPDX-License-Identifier: Apache-2.0

// Which of a counted text's forms goes with a number.

#include "model/plural.h"

typedef enum rule {
  RULE_ONE,
  RULE_ONE_AND_ZERO,
  RULE_NONE,
  RULE_SLAVIC,
  RULE_POLISH,
  RULE_ARABIC
} rule;

/// Languages that do not count as English does.
static const struct {
  const char *code; // Two or three letters: a region makes no difference here.
  rule rule;
} rules[] = {
    {"fr", RULE_ONE_AND_ZERO}, {"pt", RULE_ONE_AND_ZERO}, {"hi", RULE_ONE_AND_ZERO},
    {"fa", RULE_ONE_AND_ZERO}, {"bn", RULE_ONE_AND_ZERO}, {"am", RULE_ONE_AND_ZERO},
    {"zh", RULE_NONE},         {"ja", RULE_NONE},         {"ko", RULE_NONE},
    {"vi", RULE_NONE},         {"th", RULE_NONE},         {"id", RULE_NONE},
    {"ms", RULE_NONE},         {"ru", RULE_SLAVIC},       {"uk", RULE_SLAVIC},
    {"be", RULE_SLAVIC},       {"pl", RULE_POLISH},       {"ar", RULE_ARABIC},
};

const char *dem_plural_name(dem_plural plural)
{
  static const char *const names[] = {"zero", "one", "two", "few", "many", "other"};
  return names[plural];
}

static rule rule_of(dem_slice code)
{
  size_t size = 0;
  while (size < code.size && code.bytes[size] != '-') {
    ++size;
  }
  for (size_t i = 0; i < sizeof rules / sizeof *rules; ++i) {
    if (dem_slice_is((dem_slice){code.bytes, size}, rules[i].code)) {
      return rules[i].rule;
    }
  }
  return RULE_ONE;
}

static bool is_between(uint64_t number, uint64_t low, uint64_t high)
{
  return number >= low && number <= high;
}

static dem_plural slavic(uint64_t number, bool has_many_ones)
{
  const bool is_teen = is_between(number % 100, 11, 14);
  if (has_many_ones ? number == 1 : number % 10 == 1 && !is_teen) {
    return DEM_PLURAL_ONE;
  }
  return is_between(number % 10, 2, 4) && !is_teen ? DEM_PLURAL_FEW : DEM_PLURAL_MANY;
}

static dem_plural arabic(uint64_t number)
{
  if (number <= 2) {
    return (dem_plural)number; // Zero, one, two.
  }
  if (is_between(number % 100, 3, 10)) {
    return DEM_PLURAL_FEW;
  }
  return is_between(number % 100, 11, 99) ? DEM_PLURAL_MANY : DEM_PLURAL_OTHER;
}

dem_plural dem_plural_of(dem_slice code, uint64_t number)
{
  switch (rule_of(code)) {
  case RULE_ONE:
    return number == 1 ? DEM_PLURAL_ONE : DEM_PLURAL_OTHER;
  case RULE_ONE_AND_ZERO:
    return number <= 1 ? DEM_PLURAL_ONE : DEM_PLURAL_OTHER;
  case RULE_NONE:
    return DEM_PLURAL_OTHER;
  case RULE_SLAVIC:
    return slavic(number, false);
  case RULE_POLISH:
    return slavic(number, true);
  case RULE_ARABIC:
    return arabic(number);
  }
  return DEM_PLURAL_OTHER;
}

bool dem_plural_is_used(dem_slice code, dem_plural plural)
{
  for (uint64_t number = 0; number <= 100; ++number) { // Each rule repeats after a hundred.
    if (dem_plural_of(code, number) == plural) {
      return true;
    }
  }
  return false;
}
