// SPDX-License-Identifier: Apache-2.0

// The reference: flat rules by hand, in plain C, with an index on pairs of conditions.
//
// A value of a field is an atom. Each true atom lists the rules whose first condition it meets,
// with the atom of the second; where that is true as well, the other conditions are looked at.

#include <stdlib.h>
#include <string.h>

#include "flat_engines.h"

typedef struct entry {
  uint32_t second; ///< Atom.
  uint32_t rule;
} entry;

typedef struct name {
  uint64_t key; ///< The bytes of the text and its field; 0 when the place is free.
  uint32_t atom;
} name;

typedef struct index {
  const flat_rules *flat;
  uint32_t name_mask;
  name *names;     ///< Hash table.
  uint32_t *begin; ///< By atom: its entries.
  entry *entries;
  uint32_t *stamps; ///< By atom: the last profile in which it was true.
  uint32_t now;
  uint32_t offsets[FIELDS]; ///< By field: its first atom.
} index;

static uint64_t key_of(uint32_t field, const char *text)
{
  uint64_t key = 0;
  for (; *text; ++text) {
    key = key << 8 | (unsigned char)*text;
  }
  return key << 8 | (field + 1);
}

static name *find_name(const index *x, uint64_t key)
{
  uint32_t i = (uint32_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 40) & x->name_mask;
  while (x->names[i].key != 0 && x->names[i].key != key) {
    i = (i + 1) & x->name_mask;
  }
  return &x->names[i];
}

static void *get(size_t count, size_t size)
{
  void *const memory = calloc(count, size);
  if (!memory) {
    perror("index");
    exit(1);
  }
  return memory;
}

static void add_names(index *x, uint32_t atom_count)
{
  x->name_mask = 1;
  while (x->name_mask < atom_count * 2) {
    x->name_mask *= 2;
  }
  x->names = get(x->name_mask--, sizeof *x->names);
  for (uint32_t field = 0; field < FIRST_NUMBER; ++field) {
    for (uint32_t value = 0; value < flat_rules_domain(x->flat, field); ++value) {
      char text[16];
      (void)snprintf(text, sizeof text, "v%u", value);
      const uint64_t key = key_of(field, text);
      *find_name(x, key) = (name){key, x->offsets[field] + value};
    }
  }
}

/// Counts, then lays out: a counting sort by the first atom.
static void add_entries(index *x, uint32_t atom_count)
{
  uint32_t *const place = get(atom_count + 2, sizeof *place);
  for (int pass = 0; pass < 2; ++pass) {
    for (uint32_t i = 0; i < x->flat->rule_count; ++i) {
      const condition *const a = &x->flat->rules[i].conditions[0];
      const condition *const b = &x->flat->rules[i].conditions[1];
      for (uint32_t j = 0; j < a->value_count * b->value_count; ++j) {
        const uint32_t first = x->offsets[a->field] + a->values[j / b->value_count];
        const uint32_t second = x->offsets[b->field] + b->values[j % b->value_count];
        if (pass == 0) {
          ++place[first + 1];
        } else {
          x->entries[place[first]++] = (entry){second, i};
        }
      }
    }
    if (pass == 0) {
      for (uint32_t i = 0; i <= atom_count; ++i) {
        place[i + 1] += place[i];
      }
      memcpy(x->begin, place, (atom_count + 1) * sizeof *place);
      x->entries = get(place[atom_count] + 1, sizeof *x->entries);
    }
  }
  free(place);
}

static void *make(const flat_rules *flat)
{
  index *const x = get(1, sizeof *x);
  x->flat = flat;
  uint32_t atom_count = 0;
  for (uint32_t field = 0; field < FIRST_NUMBER; ++field) {
    x->offsets[field] = atom_count;
    atom_count += flat_rules_domain(flat, field);
  }
  x->begin = get(atom_count + 1, sizeof *x->begin);
  x->stamps = get(atom_count, sizeof *x->stamps);
  add_names(x, atom_count);
  add_entries(x, atom_count);
  return x;
}

static void free_index(void *engine)
{
  index *const x = engine;
  free(x->names);
  free(x->begin);
  free(x->entries);
  free(x->stamps);
  free(x);
}

// Running -----------------------------------------------------------------------------------

static bool holds(const index *x, const condition *c, const uint32_t *numbers)
{
  bool result = false;
  if (c->kind == CONDITION_AMONG) {
    for (uint32_t i = 0; i < c->value_count; ++i) {
      result = result || x->stamps[x->offsets[c->field] + c->values[i]] == x->now;
    }
  } else {
    result = (numbers[c->field - FIRST_NUMBER] < c->values[0]) == (c->kind == CONDITION_LESS);
  }
  return result != c->is_negated;
}

static uint32_t read_number(const char *text)
{
  uint32_t number = 0;
  for (; *text; ++text) {
    number = number * 10 + (uint32_t)(*text - '0');
  }
  return number;
}

static void try_rule(const index *x, uint32_t number, const uint32_t *numbers, firings *out)
{
  const rule *const r = &x->flat->rules[number];
  for (uint32_t i = 2; i < r->count; ++i) {
    if (!holds(x, &r->conditions[i], numbers)) {
      return;
    }
  }
  out->rules[out->count++] = number;
}

static void run(void *engine, const profile *p, firings *out)
{
  index *const x = engine;
  uint32_t atoms[FIRST_NUMBER * MOST_VALUES];
  uint32_t atom_count = 0;
  uint32_t numbers[FIELDS - FIRST_NUMBER];
  ++x->now;
  for (uint32_t field = 0; field < FIRST_NUMBER; ++field) {
    for (uint32_t i = 0; i < p->counts[field]; ++i) {
      const uint32_t atom = find_name(x, key_of(field, p->answers[field][i]))->atom;
      x->stamps[atom] = x->now;
      atoms[atom_count++] = atom;
    }
  }
  for (uint32_t field = FIRST_NUMBER; field < FIELDS; ++field) {
    numbers[field - FIRST_NUMBER] = read_number(p->answers[field][0]);
  }
  out->count = 0;
  for (uint32_t i = 0; i < atom_count; ++i) {
    for (uint32_t j = x->begin[atoms[i]]; j < x->begin[atoms[i] + 1]; ++j) {
      if (x->stamps[x->entries[j].second] == x->now) {
        try_rule(x, x->entries[j].rule, numbers, out);
      }
    }
  }
}

const flat_engine flat_index = {"plain C, pairs", make, run, free_index};
