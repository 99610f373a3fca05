// SPDX-License-Identifier: Apache-2.0

// The facts of a relation, sorted.
//
// Each column is mapped to small numbers that sort like its values: a string to
// its rank among the strings that occur, a number to its distance from the
// least one. Columns are packed into 64-bit keys, as many as fit, and sorted
// from the last key to the first; most relations need one key.
//
// Method: least significant digit radix sort, Knuth, TAOCP 3, section 5.2.5.

#include "render/facts_order.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "base/try.h"

typedef struct column {
  uint32_t field;
  dem_storage storage;
  bool has_absent;
  uint64_t least; ///< Smallest mapped value.
  unsigned bits;  ///< Of the largest distance from it.
} column;

typedef struct sort_item {
  uint64_t key;
  uint32_t index;
} sort_item;

typedef struct sorter {
  dem_allocator allocator;
  const dem_relation *relation;
  uint32_t relation_index;
  const dem_facts *facts;
  const dem_symbols *symbols;
  uint32_t count;
  uint32_t symbol_count;
  uint32_t *ranks; ///< By symbol, of those that occur in the relation; NULL without strings.
  column columns[DEM_MAX_FIELDS];
  sort_item *items;
  sort_item *spare;
} sorter;

static void *get_memory(const sorter *s, size_t count, size_t size)
{
  return s->allocator.resize(s->allocator.context, NULL, 0, count * size);
}

static void give_back(const sorter *s, void *memory, size_t count, size_t size)
{
  if (memory) {
    (void)s->allocator.resize(s->allocator.context, memory, count * size, 0);
  }
}

static const dem_word *row_at(const sorter *s, uint32_t index)
{
  return dem_facts_row(s->facts, dem_facts_at(s->facts, s->relation_index, index));
}

static bool has_strings(const sorter *s)
{
  for (uint32_t f = 0; f < s->relation->field_count; ++f) {
    if (s->relation->fields[f].type.storage == DEM_STORAGE_STRING) {
      return true;
    }
  }
  return false;
}

// Ranks of strings --------------------------------------------------------------

typedef struct named {
  dem_slice text;
  uint64_t prefix; ///< Its first eight bytes, the first the highest: decides most comparisons.
  uint32_t symbol;
} named;

static uint64_t prefix_of(dem_slice text)
{
  uint64_t prefix = 0;
  for (size_t i = 0; i < 8; ++i) {
    prefix = prefix << 8 | (i < text.size ? (unsigned char)text.bytes[i] : 0);
  }
  return prefix;
}

static int compare_named(const void *left, const void *right)
{
  const named *const a = left;
  const named *const b = right;
  if (a->prefix != b->prefix) {
    return a->prefix < b->prefix ? -1 : 1;
  }
  return dem_slice_compare(a->text, b->text);
}

/// Mark each symbol that occurs by rank 1; the count of them.
static uint32_t mark_symbols(sorter *s)
{
  uint32_t marked = 0;
  for (uint32_t i = 0; i < s->count; ++i) {
    const dem_word *const row = row_at(s, i);
    for (uint32_t f = 0; f < s->relation->field_count; ++f) {
      const bool is_string = s->relation->fields[f].type.storage == DEM_STORAGE_STRING;
      if (is_string && row[f] != DEM_ABSENT && !s->ranks[row[f]]) {
        s->ranks[row[f]] = 1;
        ++marked;
      }
    }
  }
  return marked;
}

static dem_status rank_symbols(sorter *s)
{
  s->symbol_count = dem_symbols_count(s->symbols);
  s->ranks = get_memory(s, (size_t)s->symbol_count + 1, sizeof *s->ranks);
  DEM_TRY_MEMORY(s->ranks);
  memset(s->ranks, 0, ((size_t)s->symbol_count + 1) * sizeof *s->ranks);
  const uint32_t marked = mark_symbols(s);
  named *const names = get_memory(s, (size_t)marked + 1, sizeof *names);
  DEM_TRY_MEMORY(names);
  uint32_t filled = 0;
  for (uint32_t i = 0; filled < marked; ++i) {
    if (s->ranks[i]) {
      const dem_slice text = dem_symbols_text(s->symbols, (dem_symbol){i});
      names[filled++] = (named){text, prefix_of(text), i};
    }
  }
  qsort(names, marked, sizeof *names, compare_named);
  for (uint32_t i = 0; i < marked; ++i) {
    s->ranks[names[i].symbol] = i;
  }
  give_back(s, names, (size_t)marked + 1, sizeof *names);
  return DEM_OK;
}

// Columns as numbers --------------------------------------------------------------

/// A present word as a number that sorts like its value.
static uint64_t map_word(const sorter *s, dem_storage storage, dem_word word)
{
  const uint64_t sign = UINT64_C(1) << 63;
  switch (storage) {
  case DEM_STORAGE_STRING:
    return s->ranks[word];
  case DEM_STORAGE_INTEGER:
  case DEM_STORAGE_DATE:
    return word ^ sign;
  case DEM_STORAGE_NUMBER: // A double's bits sort by size; those of negative ones, backwards.
    return word & sign ? ~word : word | sign;
  case DEM_STORAGE_BOOLEAN:
    return word;
  }
  return word;
}

static unsigned bits_of(uint64_t value)
{
  unsigned bits = 0;
  for (; value; value >>= 1) {
    ++bits;
  }
  return bits;
}

static void measure_column(const sorter *s, column *c)
{
  uint64_t most = 0;
  c->least = UINT64_MAX;
  for (uint32_t i = 0; i < s->count; ++i) {
    const dem_word word = row_at(s, i)[c->field];
    if (word == DEM_ABSENT && s->relation->fields[c->field].is_optional) {
      c->has_absent = true;
      continue;
    }
    const uint64_t mapped = map_word(s, c->storage, word);
    c->least = mapped < c->least ? mapped : c->least;
    most = mapped > most ? mapped : most;
  }
  const bool is_empty = c->least > most;
  // No overflow: an optional field holds no smallest integer, so a place is left for absence.
  c->bits = is_empty ? 0 : bits_of(most - c->least + c->has_absent);
}

static uint64_t distance(const sorter *s, const column *c, dem_word word)
{
  if (c->has_absent && word == DEM_ABSENT) {
    return 0;
  }
  return map_word(s, c->storage, word) - c->least + c->has_absent;
}

// Sorting ---------------------------------------------------------------------------

static void sort_digit(sorter *s, unsigned shift)
{
  size_t begins[256] = {0};
  for (uint32_t i = 0; i < s->count; ++i) {
    ++begins[s->items[i].key >> shift & 255];
  }
  size_t begin = 0;
  for (size_t d = 0; d < 256; ++d) {
    const size_t size = begins[d];
    begins[d] = begin;
    begin += size;
  }
  for (uint32_t i = 0; i < s->count; ++i) {
    s->spare[begins[s->items[i].key >> shift & 255]++] = s->items[i];
  }
  sort_item *const sorted = s->spare;
  s->spare = s->items;
  s->items = sorted;
}

/// Sort by columns [begin, end), whose distances fit into one key together.
static void sort_columns(sorter *s, uint32_t begin, uint32_t end, unsigned bits)
{
  for (uint32_t i = 0; i < s->count; ++i) {
    const dem_word *const row = row_at(s, s->items[i].index);
    uint64_t key = 0;
    for (uint32_t f = begin; f < end; ++f) {
      const column *const c = &s->columns[f];
      key = c->bits == 0 ? key : (c->bits == 64 ? 0 : key << c->bits) | distance(s, c, row[f]);
    }
    s->items[i].key = key;
  }
  for (unsigned shift = 0; shift < bits; shift += 8) {
    sort_digit(s, shift);
  }
}

static void sort_rows(sorter *s)
{
  for (uint32_t end = s->relation->field_count; end > 0;) {
    unsigned bits = 0;
    uint32_t begin = end;
    while (begin > 0 && bits + s->columns[begin - 1].bits <= 64) {
      bits += s->columns[--begin].bits;
    }
    sort_columns(s, begin, end, bits);
    end = begin;
  }
}

static dem_status sort_facts(sorter *s)
{
  if (has_strings(s)) {
    DEM_TRY(rank_symbols(s));
  }
  s->items = get_memory(s, s->count, sizeof *s->items);
  s->spare = get_memory(s, s->count, sizeof *s->spare);
  if (!s->items || !s->spare) {
    return DEM_ERR_NO_MEMORY;
  }
  for (uint32_t f = 0; f < s->relation->field_count; ++f) {
    s->columns[f] = (column){.field = f, .storage = s->relation->fields[f].type.storage};
    measure_column(s, &s->columns[f]);
  }
  for (uint32_t i = 0; i < s->count; ++i) {
    s->items[i] = (sort_item){.index = i};
  }
  sort_rows(s);
  return DEM_OK;
}

dem_status dem_facts_order(dem_allocator allocator, const dem_relation *relation,
                           uint32_t relation_index, const dem_facts *facts,
                           const dem_symbols *symbols, uint32_t **order_out, uint32_t *count_out)
{
  sorter s = {.allocator = allocator,
              .relation = relation,
              .relation_index = relation_index,
              .facts = facts,
              .symbols = symbols,
              .count = dem_facts_count(facts, relation_index)};
  *order_out = NULL;
  *count_out = s.count;
  if (s.count == 0) {
    return DEM_OK;
  }
  dem_status status = sort_facts(&s);
  uint32_t *const order = status == DEM_OK ? get_memory(&s, s.count, sizeof *order) : NULL;
  for (uint32_t i = 0; order && i < s.count; ++i) {
    order[i] = s.items[i].index;
  }
  give_back(&s, s.items, s.count, sizeof *s.items);
  give_back(&s, s.spare, s.count, sizeof *s.spare);
  give_back(&s, s.ranks, (size_t)s.symbol_count + 1, sizeof *s.ranks);
  *order_out = order;
  return status == DEM_OK && !order ? DEM_ERR_NO_MEMORY : status;
}

void dem_facts_order_free(dem_allocator allocator, uint32_t *order, uint32_t count)
{
  if (order) {
    (void)allocator.resize(allocator.context, order, count * sizeof *order, 0);
  }
}
