// SPDX-License-Identifier: Apache-2.0

// The flat rules as JSON, for engines of other languages (flat_peers.cjs).
//
// usage: flat_json RULES
//
// With the profiles, the rules that fire for each, and demarche's own time for a profile.

#include <stdlib.h>

#include "flat_engines.h"
#include "measure.h"

enum { PROFILES = 200, TURNS = 200 };

static void write_condition(const condition *c)
{
  static const char *const kinds[] = {"among", "less", "at-least"};
  printf("{\"field\":\"f%u\",\"kind\":\"%s\",\"isNegated\":%s,\"values\":[", c->field,
         kinds[c->kind], c->is_negated ? "true" : "false");
  for (uint32_t i = 0; i < c->value_count; ++i) {
    const char *const quote = c->kind == CONDITION_AMONG ? "\"" : "";
    printf("%s%s%s%u%s", i ? "," : "", quote, *quote ? "v" : "", c->values[i], quote);
  }
  printf("]}");
}

static void write_profile(const profile *p)
{
  for (uint32_t field = 0; field < FIELDS; ++field) {
    printf("%s\"f%u\":", field ? "," : "{", field);
    if (field >= FIRST_NUMBER) {
      printf("%s", p->answers[field][0]);
      continue;
    }
    (void)fputs(field < FIRST_LIST ? "" : "[", stdout);
    for (uint32_t i = 0; i < p->counts[field]; ++i) {
      printf("%s\"%s\"", i ? "," : "", p->answers[field][i]);
    }
    (void)fputs(field < FIRST_LIST ? "" : "]", stdout);
  }
  printf("}");
}

static bool fires(const rule *r, const profile *p)
{
  for (uint32_t i = 0; i < r->count; ++i) {
    if (!condition_holds(&r->conditions[i], p)) {
      return false;
    }
  }
  return true;
}

static void write_firings(const flat_rules *flat, const profile *p)
{
  const char *separator = "";
  printf("[");
  for (uint32_t i = 0; i < flat->rule_count; ++i) {
    if (fires(&flat->rules[i], p)) {
      printf("%s%u", separator, i);
      separator = ",";
    }
  }
  printf("]");
}

/// Microseconds a profile, the median.
static double measure(const flat_rules *flat)
{
  samples times = {0};
  void *const engine = flat_demarche.make(flat);
  for (uint32_t i = 0; i < flat->profile_count * TURNS; ++i) {
    firings found = {0};
    const uint64_t begin = clock_ns();
    flat_demarche.run(engine, &flat->profiles[i % flat->profile_count], &found);
    samples_add(&times, clock_ns() - begin);
  }
  flat_demarche.free(engine);
  const double median = samples_quantile(&times, 0.5) / 1e3;
  samples_clear(&times);
  return median;
}

int main(int argc, char **argv)
{
  if (argc != 2) {
    (void)fprintf(stderr, "usage: flat_json RULES\n");
    return 2;
  }
  flat_rules flat;
  flat_rules_make(&flat, (uint32_t)strtoul(argv[1], NULL, 10), PROFILES);
  printf("{\"demarche\":%.3f,\n\"rules\":[", measure(&flat));
  for (uint32_t i = 0; i < flat.rule_count; ++i) {
    printf("%s[", i ? ",\n" : "");
    for (uint32_t j = 0; j < flat.rules[i].count; ++j) {
      (void)fputs(j ? "," : "", stdout);
      write_condition(&flat.rules[i].conditions[j]);
    }
    printf("]");
  }
  printf("],\n\"profiles\":[");
  for (uint32_t i = 0; i < flat.profile_count; ++i) {
    (void)fputs(i ? ",\n" : "", stdout);
    write_profile(&flat.profiles[i]);
  }
  printf("],\n\"firings\":[");
  for (uint32_t i = 0; i < flat.profile_count; ++i) {
    (void)fputs(i ? ",\n" : "", stdout);
    write_firings(&flat, &flat.profiles[i]);
  }
  printf("]}\n");
  flat_rules_clear(&flat);
  return 0;
}
