// SPDX-License-Identifier: Apache-2.0

// How selective a condition is follows the number of rules, as in packs: more rules name more
// values.

#include "flat_rules.h"

#include <stdlib.h>
#include <string.h>

#include "random.h"

enum { SEED = 20250601 };

uint32_t flat_rules_domain(const flat_rules *flat, uint32_t field)
{
  return field < FIRST_LIST ? flat->domain : flat->domain * MOST_VALUES;
}

// Rules -----------------------------------------------------------------------------------

static bool is_used(const rule *r, uint32_t field)
{
  for (uint32_t i = 0; i < r->count; ++i) {
    if (r->conditions[i].field == field) {
      return true;
    }
  }
  return false;
}

static uint32_t choose_field(random_source *source, const rule *r, uint32_t begin, uint32_t end)
{
  uint32_t field;
  do {
    field = begin + random_below(source, end - begin);
  } while (is_used(r, field));
  return field;
}

static void choose_values(random_source *source, condition *c, uint32_t count, uint32_t domain)
{
  const uint32_t first = random_below(source, domain);
  const uint32_t step = 1 + random_below(source, domain > 3 ? domain / 3 : 1);
  c->value_count = count;
  for (uint32_t i = 0; i < count; ++i) {
    c->values[i] = (first + i * step) % domain;
  }
}

/// The field is one of a few values; or a list's holds one.
static condition choose_among(const flat_rules *flat, random_source *source, const rule *r,
                              uint32_t most)
{
  condition c = {.kind = CONDITION_AMONG};
  c.field = choose_field(source, r, 0, most == 1 ? FIRST_LIST : FIRST_NUMBER);
  // A quarter of the tests on one symbol name two or three of them.
  const bool is_in = most > 1 && c.field < FIRST_LIST && random_below(source, 4) == 0;
  const uint32_t count = is_in && flat->domain > 3 ? 2 + random_below(source, 2) : 1;
  choose_values(source, &c, count, flat_rules_domain(flat, c.field));
  return c;
}

static condition choose_threshold(random_source *source, const rule *r)
{
  condition c = {.value_count = 1};
  c.field = choose_field(source, r, FIRST_NUMBER, FIELDS);
  c.kind = random_below(source, 2) ? CONDITION_LESS : CONDITION_AT_LEAST;
  c.values[0] = 10 + random_below(source, NUMBERS - 20);
  return c;
}

static rule choose_rule(const flat_rules *flat, random_source *source)
{
  rule r = {0};
  const uint32_t count = 2 + random_below(source, MOST_CONDITIONS - 1);
  r.conditions[r.count++] = choose_among(flat, source, &r, 1);
  r.conditions[r.count++] = choose_among(flat, source, &r, MOST_VALUES);
  while (r.count < count) {
    condition c = random_below(source, 2) ? choose_threshold(source, &r)
                                          : choose_among(flat, source, &r, MOST_VALUES);
    c.is_negated = random_below(source, 10) < 3; // A tenth of all conditions.
    r.conditions[r.count++] = c;
  }
  return r;
}

// Profiles ----------------------------------------------------------------------------------

static void fill_field(const flat_rules *flat, random_source *source, profile *p, uint32_t field)
{
  if (field >= FIRST_NUMBER) {
    p->counts[field] = 1;
    p->values[field][0] = random_below(source, NUMBERS);
    (void)snprintf(p->texts[field][0], sizeof p->texts[field][0], "%u",
                   p->values[field][0] % NUMBERS);
    return;
  }
  p->counts[field] = field < FIRST_LIST ? 1 : MOST_VALUES;
  const uint32_t domain = flat_rules_domain(flat, field);
  for (uint32_t i = 0; i < p->counts[field]; ++i) {
    // A list's values differ: each comes from a third of its own.
    const uint32_t part = domain / p->counts[field];
    p->values[field][i] = i * part + random_below(source, part);
    (void)snprintf(p->texts[field][i], sizeof p->texts[field][i], "v%u",
                   p->values[field][i] % 100000);
  }
}

static void fill_profile(const flat_rules *flat, random_source *source, profile *p)
{
  for (uint32_t field = 0; field < FIELDS; ++field) {
    fill_field(flat, source, p, field);
    for (uint32_t i = 0; i < MOST_VALUES; ++i) {
      p->answers[field][i] = p->texts[field][i];
    }
  }
}

// All ---------------------------------------------------------------------------------------

static uint32_t square_root(uint32_t number)
{
  uint32_t root = 0;
  while ((root + 1) * (root + 1) <= number) {
    ++root;
  }
  return root;
}

void flat_rules_make(flat_rules *flat, uint32_t rule_count, uint32_t profile_count)
{
  random_source source = {SEED};
  *flat = (flat_rules){.domain = square_root(rule_count / 12) + (rule_count < 1000),
                       .rule_count = rule_count,
                       .profile_count = profile_count,
                       .rules = calloc(rule_count, sizeof(rule)),
                       .profiles = calloc(profile_count, sizeof(profile))};
  if (!flat->rules || !flat->profiles) {
    perror("flat");
    exit(1);
  }
  for (uint32_t i = 0; i < rule_count; ++i) {
    flat->rules[i] = choose_rule(flat, &source);
  }
  for (uint32_t i = 0; i < profile_count; ++i) {
    fill_profile(flat, &source, &flat->profiles[i]);
  }
}

void flat_rules_clear(flat_rules *flat)
{
  free(flat->rules);
  free(flat->profiles);
  *flat = (flat_rules){0};
}

static bool holds_for(const condition *c, uint32_t value)
{
  for (uint32_t i = 0; i < c->value_count; ++i) {
    if (c->kind == CONDITION_AMONG  ? value == c->values[i]
        : c->kind == CONDITION_LESS ? value < c->values[i]
                                    : value >= c->values[i]) {
      return true;
    }
  }
  return false;
}

bool condition_holds(const condition *c, const profile *p)
{
  bool holds = false;
  for (uint32_t i = 0; i < p->counts[c->field]; ++i) {
    holds = holds || holds_for(c, p->values[c->field][i]);
  }
  return holds != c->is_negated;
}
