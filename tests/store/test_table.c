// SPDX-License-Identifier: Apache-2.0

// Rows of a table: found while they are few and scanned, found when they are many and hashed, in
// indexes as the rounds go on, and gone after a reset.

#include "store/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/strict_memory.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

enum { MOST_WIDTH = 64, MANY = 200 };

/// Row `n` of a width. Different rows agree in many words, and in all but the low bits of others.
typedef struct row {
  dem_word words[MOST_WIDTH];
} row;

static row make_row(uint32_t width, uint32_t n)
{
  row r = {{0}};
  for (uint32_t i = 0; i < width; ++i) {
    r.words[i] = i + 1 == width ? n % 16 : n / 16 % (i + 2);
  }
  if (width > 0) {
    r.words[width / 2] += (dem_word)(n / 16) << 32;
  }
  return r;
}

static void init(dem_table *table, strict_memory *memory, uint32_t width, bool is_justified)
{
  assert_int_equal(dem_table_init(table, strict_allocator(memory), width, is_justified, NULL, 0),
                   DEM_OK);
}

static void clear(dem_table *table, const strict_memory *memory)
{
  dem_table_clear(table);
  assert_int_equal(memory->bytes, 0);
}

static uint32_t put(dem_table *table, uint32_t n)
{
  const row r = make_row(table->width, n);
  bool is_new = false;
  const uint32_t number = dem_table_put(table, r.words, &is_new);
  assert_true(is_new);
  return number;
}

static void check_found(const dem_table *table, uint32_t n, uint32_t expected)
{
  const row r = make_row(table->width, n);
  assert_int_equal(dem_table_find(table, r.words), expected);
  assert_int_equal(dem_table_find_hashed(table, r.words, dem_table_hash(table, r.words)), expected);
  if (expected != DEM_NONE) {
    assert_memory_equal(dem_table_row(table, expected), r.words, table->width * sizeof(dem_word));
  }
}

/// The rows from 0 on are there under their own numbers, and the next ones are not.
static void check_rows(const dem_table *table, uint32_t count)
{
  assert_int_equal(table->count, count);
  for (uint32_t n = 0; n < count; ++n) {
    check_found(table, n, n);
  }
  for (uint32_t n = count; n < count + 20; ++n) {
    check_found(table, n, DEM_NONE);
  }
}

static void check_slots_are_free(const dem_slot *slots, uint32_t slot_count)
{
  for (uint32_t i = 0; i < slot_count; ++i) {
    assert_int_equal(slots[i].row, 0);
  }
}

// Putting and finding -------------------------------------------------------------------

typedef struct width_case {
  const char *name;
  uint32_t width;
  bool is_justified;
} width_case;

static width_case width_cases[] = {
    // Not const: cmocka hands a case on as void *.
    {"rows of one word", 1, true},
    {"rows of one word without reasons", 1, false},
    {"rows of two words", 2, true},
    {"rows of 64 words", 64, true},
};

static void test_width(void **state)
{
  const width_case *const c = *state;
  strict_memory memory = STRICT_MEMORY;
  dem_table table;
  init(&table, &memory, c->width, c->is_justified);
  for (uint32_t n = 0; n < MANY; ++n) {
    assert_int_equal(put(&table, n), n);
    assert_int_equal(table.slot_count == 0, n < DEM_SMALL_TABLE);
    assert_true(table.slot_count == 0 || table.count <= table.slot_count / 2);
    check_rows(&table, n + 1);
    bool is_new = true;
    const row again = make_row(c->width, n / 2);
    assert_int_equal(dem_table_put(&table, again.words, &is_new), n / 2);
    assert_false(is_new);
    assert_true(!c->is_justified || table.reasons[n].begin == DEM_NONE);
  }
  dem_table_reset(&table);
  check_rows(&table, 0);
  check_slots_are_free(table.slots, table.slot_count);
  for (uint32_t n = MANY; n-- > 0;) {
    assert_int_equal(put(&table, n), MANY - 1 - n);
  }
  clear(&table, &memory);
}

static void the_one_row_of_no_words_is_put_once(void **state)
{
  (void)state;
  strict_memory memory = STRICT_MEMORY;
  dem_table table;
  const dem_word none[1] = {0};
  init(&table, &memory, 0, true);
  for (int turn = 0; turn < 2; ++turn) {
    bool is_new = false;
    assert_int_equal(dem_table_find(&table, none), DEM_NONE);
    assert_int_equal(dem_table_put(&table, none, &is_new), 0);
    assert_true(is_new);
    assert_int_equal(dem_table_put(&table, none, &is_new), 0);
    assert_false(is_new);
    assert_int_equal(dem_table_find(&table, none), 0);
    assert_int_equal(table.count, 1);
    dem_table_reset(&table);
  }
  clear(&table, &memory);
}

static void a_small_table_is_put_into_in_line(void **state)
{
  (void)state;
  strict_memory memory = STRICT_MEMORY;
  dem_table table;
  init(&table, &memory, 2, true);
  assert_false(dem_table_is_small(&table)); // No room yet.
  assert_int_equal(put(&table, 0), 0);
  for (uint32_t n = 1; n < DEM_SMALL_TABLE; ++n) {
    const row r = make_row(2, n);
    bool is_new = false;
    assert_true(dem_table_is_small(&table));
    assert_int_equal(dem_table_put_small(&table, r.words, &is_new), n);
    assert_true(is_new);
    assert_int_equal(table.reasons[n].begin, DEM_NONE);
    if (n + 1 < DEM_SMALL_TABLE) {
      assert_int_equal(dem_table_put_small(&table, r.words, &is_new), n);
      assert_false(is_new);
    }
    check_rows(&table, n + 1);
  }
  assert_false(dem_table_is_small(&table));
  assert_int_equal(put(&table, DEM_SMALL_TABLE), DEM_SMALL_TABLE);
  assert_false(dem_table_is_small(&table));
  check_rows(&table, DEM_SMALL_TABLE + 1);
  clear(&table, &memory);
}

static void tables_of_one_width_hash_alike(void **state)
{
  (void)state;
  strict_memory memory = STRICT_MEMORY;
  dem_table one;
  dem_table other;
  init(&one, &memory, 2, true);
  init(&other, &memory, 2, false);
  for (uint32_t n = 0; n < MANY; ++n) {
    const row r = make_row(2, n);
    bool is_new = false;
    assert_int_equal(put(&one, n), n);
    const uint64_t hash = dem_table_hash(&one, r.words);
    assert_int_equal(hash, dem_table_hash(&other, r.words));
    if (n < 9) { // It has no slots before.
      assert_int_equal(put(&other, n), n);
    } else {
      assert_int_equal(dem_table_put_hashed(&other, r.words, hash, &is_new), n);
      assert_true(is_new);
    }
    assert_int_equal(dem_table_put(&other, r.words, &is_new), n);
    assert_false(is_new);
  }
  check_rows(&other, MANY);
  dem_table_clear(&one);
  clear(&other, &memory);
}

static void rows_that_differ_in_their_last_bits_have_slots_side_by_side(void **state)
{
  (void)state;
  enum { SIDE = 4, GROUPS = 256 };
  strict_memory memory = STRICT_MEMORY;
  dem_table table;
  bool is_taken[GROUPS] = {false};
  uint32_t taken = 0;
  init(&table, &memory, 2, false);
  for (dem_word n = 0; n < GROUPS / 2; ++n) {
    const uint64_t group = (dem_table_hash(&table, (dem_word[]){7, n * SIDE}) >> 32) / SIDE;
    uint32_t places = 0;
    for (dem_word low = 0; low < SIDE; ++low) {
      const uint64_t place = dem_table_hash(&table, (dem_word[]){7, n * SIDE + low}) >> 32;
      assert_int_equal(place / SIDE, group);
      places |= 1u << place % SIDE;
    }
    assert_int_equal(places, 0xF);
    taken += !is_taken[group % GROUPS];
    is_taken[group % GROUPS] = true;
  }
  assert_in_range(taken, GROUPS / 4, GROUPS / 2); // Other rows are spread.
  clear(&table, &memory);
}

static void room_that_was_made_is_enough(void **state)
{
  (void)state;
  strict_memory memory = STRICT_MEMORY;
  dem_table table;
  init(&table, &memory, 2, true);
  for (uint32_t n = 0; n < 5; ++n) {
    (void)put(&table, n);
  }
  assert_int_equal(dem_table_reserve(&table, MANY), DEM_OK);
  check_rows(&table, 5);
  const size_t asked = memory.count;
  for (uint32_t n = 5; n < MANY; ++n) {
    (void)put(&table, n);
  }
  assert_int_equal(dem_table_reserve(&table, 1), DEM_OK);
  assert_int_equal(memory.count, asked);
  check_rows(&table, MANY);
  clear(&table, &memory);
}

static void the_row_added_last_can_be_dropped(void **state)
{
  (void)state;
  strict_memory memory = STRICT_MEMORY;
  dem_table table;
  init(&table, &memory, 2, true);
  for (uint32_t n = 0; n < MANY; ++n) { // Also where it has just made the table grow.
    assert_int_equal(put(&table, n), n);
    dem_table_drop_last(&table);
    check_rows(&table, n);
    assert_int_equal(put(&table, n), n);
  }
  check_rows(&table, MANY);
  clear(&table, &memory);
}

// Resetting -----------------------------------------------------------------------------

typedef struct reset_case {
  const char *name;
  uint32_t first;  ///< Rows before a first reset: they decide how large the lookups are.
  uint32_t second; ///< Rows before a second one: few are forgotten one by one.
} reset_case;

static reset_case reset_cases[] = {
    {"a reset of a small table leaves nothing", 7, 5},
    {"a reset of a full table leaves nothing", MANY, MANY},
    {"a reset of few rows in a large table leaves nothing", 1000, 12},
    {"a reset of one row in a large table leaves nothing", 1000, 1},
    {"a reset of an empty table leaves nothing", 1000, 0},
};

static void fill_and_reset(dem_table *table, uint32_t count)
{
  for (uint32_t n = 0; n < count; ++n) {
    assert_int_equal(put(table, n), n);
    assert_int_equal(dem_table_justify_new(table, n, 1, 0, &n, 1), DEM_OK);
  }
  dem_table_advance(table, 1);
  assert_int_equal(dem_index_sync(table, &table->indexes[0]), DEM_OK);
  (void)put(table, count); // Pending, and in no index.
  dem_table_reset(table);
}

static void test_reset(void **state)
{
  const reset_case *const c = *state;
  strict_memory memory = STRICT_MEMORY;
  dem_table table;
  const uint64_t columns = 2;
  assert_int_equal(dem_table_init(&table, strict_allocator(&memory), 2, true, &columns, 1), DEM_OK);
  fill_and_reset(&table, c->first);
  const size_t asked = memory.count;
  fill_and_reset(&table, c->second);
  assert_int_equal(memory.count, asked); // The memory was kept.
  assert_int_equal(table.delta_begin, 0);
  assert_int_equal(table.delta_end, 0);
  assert_int_equal(table.proof_count, 0);
  check_slots_are_free(table.slots, table.slot_count);
  check_slots_are_free(table.indexes[0].slots, table.indexes[0].slot_count);
  check_rows(&table, 0);
  (void)put(&table, 3);
  dem_table_complete(&table);
  assert_int_equal(dem_index_sync(&table, &table.indexes[0]), DEM_OK);
  assert_int_equal(dem_index_first(&table, &table.indexes[0], &make_row(2, 3).words[1]), 0);
  assert_int_equal(dem_index_next(&table.indexes[0], 0), DEM_NONE);
  clear(&table, &memory);
}

// Indexes -------------------------------------------------------------------------------

static bool agree(const dem_word *a, const dem_word *b, uint64_t columns)
{
  bool is_same = true;
  for (uint64_t rest = columns; rest; rest &= rest - 1) {
    is_same = is_same && a[__builtin_ctzll(rest)] == b[__builtin_ctzll(rest)];
  }
  return is_same;
}

/// By the key of row `n`, the index gives the rows below delta_end that have it, newest first.
static void check_key(const dem_table *table, const dem_index *index, uint32_t n)
{
  const row wanted = make_row(table->width, n);
  dem_word key[MOST_WIDTH];
  uint32_t size = 0;
  for (uint64_t rest = index->columns; rest; rest &= rest - 1) {
    key[size++] = wanted.words[__builtin_ctzll(rest)];
  }
  uint32_t at = dem_index_first(table, index, key);
  for (uint32_t r = table->delta_end; r-- > 0;) {
    if (agree(dem_table_row(table, r), wanted.words, index->columns)) {
      assert_int_equal(at, r);
      at = dem_index_next(index, at);
    }
  }
  assert_int_equal(at, DEM_NONE);
}

static void check_indexes(dem_table *table)
{
  for (uint32_t i = 0; i < table->index_count; ++i) {
    assert_int_equal(dem_index_sync(table, &table->indexes[i]), DEM_OK);
    for (uint32_t n = 0; n < MANY + 20; ++n) {
      check_key(table, &table->indexes[i], n);
    }
  }
}

static void put_pending(dem_table *table, uint32_t n, uint32_t height)
{
  const uint32_t number = put(table, n);
  assert_int_equal(dem_table_justify_new(table, number, height, n, NULL, 0), DEM_OK);
}

static void test_indexes(void **state)
{
  const width_case *const c = *state;
  strict_memory memory = STRICT_MEMORY;
  dem_table table;
  const uint64_t first = 1;
  const uint64_t last = UINT64_C(1) << (c->width - 1);
  const uint64_t columns[] = {first, last, first | last, first | last | last >> 1};
  assert_int_equal(dem_table_init(&table, strict_allocator(&memory), c->width, true, columns,
                                  ARRAY_LENGTH(columns)),
                   DEM_OK);
  check_indexes(&table);
  for (uint32_t round = 1; table.count < MANY; ++round) {
    for (uint32_t i = 0; i < round; ++i) { // Every third waits for the next round.
      put_pending(&table, table.count, round + (i % 3 == 0));
    }
    dem_table_advance(&table, round);
    check_indexes(&table);
  }
  assert_true(table.delta_end < table.count);
  dem_table_complete(&table);
  check_indexes(&table);
  clear(&table, &memory);
}

static void indexes_that_stay_keep_their_rows(void **state)
{
  (void)state;
  strict_memory memory = STRICT_MEMORY;
  dem_table table;
  const uint64_t before[] = {1, 2};
  const uint64_t after[] = {3, 2};
  assert_int_equal(dem_table_init(&table, strict_allocator(&memory), 2, true, before, 2), DEM_OK);
  for (uint32_t n = 0; n < MANY; ++n) {
    (void)put(&table, n);
  }
  dem_table_complete(&table);
  check_indexes(&table);
  assert_int_equal(dem_table_set_indexes(&table, after, 2), DEM_OK);
  assert_int_equal(table.indexes[0].indexed, 0);
  assert_int_equal(table.indexes[1].indexed, MANY);
  check_indexes(&table);
  assert_int_equal(dem_table_set_indexes(&table, NULL, 0), DEM_OK);
  assert_int_equal(table.index_count, 0);
  check_rows(&table, MANY);
  clear(&table, &memory);
}

// Rounds --------------------------------------------------------------------------------

enum { MOST_HEIGHT = 5 };

typedef struct round_case {
  const char *name;
  const char *heights; ///< A digit a row, in the order in which they are added.
  uint32_t repeat;     ///< How often all that is added: once stays small, often is hashed.
} round_case;

static round_case round_cases[] = {
    {"rows of one height are one round", "111", 1},
    {"rows that are lower come first", "21", 1},
    {"rows in order are not moved", "11223", 1},
    {"rows upside down change places", "54321", 1},
    {"rows that wait are in the way of several", "2111", 1},
    {"heights that nobody has are rounds of nothing", "5", 1},
    {"rows of a hashed table change places and are still found", "231452", 40},
    {"rows of a hashed table in order", "1", 100},
};

/// Each row of the height, and no other, is in the delta; it took its reason along.
static void check_delta(const dem_table *table, const round_case *c, uint32_t height)
{
  uint32_t expected = 0;
  for (uint32_t n = 0; n < table->count; ++n) {
    expected += (uint32_t)(c->heights[n % strlen(c->heights)] - '0') == height;
  }
  assert_int_equal(table->delta_end - table->delta_begin, expected);
  for (uint32_t r = table->delta_begin; r < table->delta_end; ++r) {
    assert_int_equal(table->reasons[r].height, height);
  }
  uint32_t lowest = UINT32_MAX;
  for (uint32_t r = table->delta_end; r < table->count; ++r) {
    const uint32_t pending = table->reasons[r].height;
    lowest = pending < lowest ? pending : lowest;
  }
  assert_int_equal(table->pending_low, lowest); // The next round begins with it.
  for (uint32_t n = 0; n < table->count; ++n) {
    const row wanted = make_row(table->width, n);
    const uint32_t r = dem_table_find(table, wanted.words);
    assert_in_range(r, 0, table->count - 1);
    check_found(table, n, r);
    assert_int_equal(table->proofs[table->reasons[r].begin], n);
  }
}

static void test_rounds(void **state)
{
  const round_case *const c = *state;
  strict_memory memory = STRICT_MEMORY;
  dem_table table;
  const uint32_t size = (uint32_t)strlen(c->heights);
  init(&table, &memory, 2, true);
  for (uint32_t n = 0; n < size * c->repeat; ++n) {
    put_pending(&table, n, (uint32_t)(c->heights[n % size] - '0'));
  }
  for (uint32_t height = 1; height <= MOST_HEIGHT; ++height) {
    const uint32_t before = table.delta_end;
    dem_table_advance(&table, height);
    assert_int_equal(table.delta_begin, before);
    check_delta(&table, c, height);
  }
  assert_int_equal(table.delta_end, table.count);
  dem_table_advance(&table, MOST_HEIGHT + 1);
  assert_int_equal(table.delta_begin, table.count);
  assert_int_equal(table.delta_end, table.count);
  clear(&table, &memory);
}

static void a_row_found_lower_while_it_waits_comes_sooner(void **state)
{
  (void)state;
  strict_memory memory = STRICT_MEMORY;
  dem_table table;
  init(&table, &memory, 2, true);
  put_pending(&table, 0, 3);
  put_pending(&table, 1, 4);
  assert_int_equal(dem_table_justify(&table, 1, 2, 1, NULL, 0), DEM_OK);
  dem_table_advance(&table, 2);
  assert_int_equal(table.delta_end, 1);
  check_found(&table, 1, 0);
  dem_table_advance(&table, 3);
  assert_int_equal(table.delta_end, 2);
  check_found(&table, 0, 1);
  clear(&table, &memory);
}

static void a_stratum_begins_with_all_rows_pending(void **state)
{
  (void)state;
  strict_memory memory = STRICT_MEMORY;
  dem_table table;
  init(&table, &memory, 2, true);
  (void)put(&table, 0); // Given: of height 0.
  put_pending(&table, 1, 2);
  dem_table_complete(&table);
  assert_int_equal(table.delta_end, 2);
  dem_table_open(&table);
  assert_int_equal(table.delta_end, 0);
  dem_table_advance(&table, 0);
  assert_int_equal(table.delta_end, 1);
  check_found(&table, 0, 0);
  dem_table_advance(&table, 1);
  assert_int_equal(table.delta_end, 1);
  dem_table_advance(&table, 2);
  assert_int_equal(table.delta_begin, 1);
  assert_int_equal(table.delta_end, 2);
  clear(&table, &memory);
}

// Justifications --------------------------------------------------------------------------

static void check_proof(const dem_table *table, uint32_t number, uint32_t height, uint32_t body,
                        uint32_t first, uint32_t count)
{
  const dem_reason reason = table->reasons[number];
  assert_int_equal(reason.height, height);
  assert_int_equal(table->proofs[reason.begin], body);
  for (uint32_t i = 0; i < count; ++i) {
    assert_int_equal(table->proofs[reason.begin + 1 + i], first + i);
  }
}

static void a_justification_is_noted_replaced_and_made_longer(void **state)
{
  (void)state;
  strict_memory memory = STRICT_MEMORY;
  dem_table table;
  const uint32_t rows[] = {10, 11, 12, 13, 14, 15};
  init(&table, &memory, 1, true);
  (void)put(&table, 0);
  (void)put(&table, 1);
  assert_int_equal(dem_table_justify(&table, 0, 4, 7, rows, 2), DEM_OK); // The first of its own.
  assert_int_equal(dem_table_justify(&table, 1, 5, 8, rows, 1), DEM_OK);
  check_proof(&table, 0, 4, 7, 10, 2);
  check_proof(&table, 1, 5, 8, 10, 1);
  assert_int_equal(table.pending_low, 4);
  assert_int_equal(table.pending_high, 5);
  assert_int_equal(dem_table_justify(&table, 0, 3, 7, rows + 3, 2), DEM_OK);
  assert_int_equal(table.proof_count, 5); // The same body has as many rows: in the same place.
  assert_int_equal(table.pending_low, 3);
  check_proof(&table, 0, 3, 7, 13, 2);
  assert_int_equal(dem_table_justify(&table, 0, 2, 9, rows, 6), DEM_OK);
  check_proof(&table, 0, 2, 9, 10, 6);
  check_proof(&table, 1, 5, 8, 10, 1);
  clear(&table, &memory);
}

static void justifications_of_many_rows_find_room(void **state)
{
  (void)state;
  strict_memory memory = STRICT_MEMORY;
  dem_table table;
  uint32_t rows[MANY];
  for (uint32_t i = 0; i < MANY; ++i) {
    rows[i] = i;
  }
  init(&table, &memory, 1, true);
  for (uint32_t n = 0; n < 70; ++n) { // The second is longer than doubling once makes room for.
    (void)put(&table, n);
    assert_int_equal(dem_table_justify_new(&table, n, 1, 1000 + n, rows, n * 149 % 150), DEM_OK);
  }
  for (uint32_t n = 0; n < 70; ++n) {
    check_proof(&table, n, 1, 1000 + n, 0, n * 149 % 150);
  }
  clear(&table, &memory);
}

// No memory -------------------------------------------------------------------------------

/// Rows, justifications and an index, where one demand for memory is refused and made again.
static size_t play_with_one_refusal(size_t failing_at)
{
  strict_memory memory = STRICT_MEMORY;
  dem_table table;
  const uint64_t columns = 2;
  size_t refusals = 0;
  assert_int_equal(dem_table_init(&table, strict_allocator(&memory), 2, true, &columns, 1), DEM_OK);
  memory.failing_at = failing_at + memory.count;
  for (uint32_t n = 0; n < 70; ++n) {
    const row r = make_row(2, n);
    bool is_new = true;
    if (dem_table_put(&table, r.words, &is_new) == DEM_NONE) {
      assert_false(is_new);
      check_rows(&table, n);
      ++refusals;
      assert_int_equal(put(&table, n), n);
    }
    while (dem_table_justify(&table, n, 1, n, &n, 1) != DEM_OK) {
      ++refusals;
    }
    dem_table_advance(&table, 1);
    while (dem_index_sync(&table, &table.indexes[0]) != DEM_OK) {
      ++refusals;
    }
  }
  check_rows(&table, 70);
  check_indexes(&table);
  clear(&table, &memory);
  return refusals;
}

static void a_refusal_leaves_the_table_as_it_was(void **state)
{
  (void)state;
  size_t refused = 0;
  while (play_with_one_refusal(refused) == 1) {
    ++refused;
  }
  assert_true(refused > 12);
  assert_int_equal(play_with_one_refusal(SIZE_MAX / 2), 0);
}

// The group -------------------------------------------------------------------------------

enum {
  WIDTHS = ARRAY_LENGTH(width_cases),
  RESETS = ARRAY_LENGTH(reset_cases),
  ROUNDS = ARRAY_LENGTH(round_cases),
};

static width_case index_cases[] = {
    {"indexes of rows of two words follow the rounds", 2, true},
    {"indexes of rows of 64 words follow the rounds", 64, true},
};

static const struct CMUnitTest others[] = {
    cmocka_unit_test(the_one_row_of_no_words_is_put_once),
    cmocka_unit_test(a_small_table_is_put_into_in_line),
    cmocka_unit_test(tables_of_one_width_hash_alike),
    cmocka_unit_test(rows_that_differ_in_their_last_bits_have_slots_side_by_side),
    cmocka_unit_test(room_that_was_made_is_enough),
    cmocka_unit_test(the_row_added_last_can_be_dropped),
    cmocka_unit_test(indexes_that_stay_keep_their_rows),
    cmocka_unit_test(a_row_found_lower_while_it_waits_comes_sooner),
    cmocka_unit_test(a_stratum_begins_with_all_rows_pending),
    cmocka_unit_test(a_justification_is_noted_replaced_and_made_longer),
    cmocka_unit_test(justifications_of_many_rows_find_room),
    cmocka_unit_test(a_refusal_leaves_the_table_as_it_was),
};

#define ADD_CASES(cases, function)                                                                 \
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {                                               \
    tests[count++] = (struct CMUnitTest){                                                          \
        .name = (cases)[i].name, .test_func = (function), .initial_state = &(cases)[i]};           \
  }

int main(void)
{
  struct CMUnitTest
      tests[WIDTHS + RESETS + ROUNDS + ARRAY_LENGTH(index_cases) + ARRAY_LENGTH(others)] = {{0}};
  size_t count = 0;
  ADD_CASES(width_cases, test_width)
  ADD_CASES(reset_cases, test_reset)
  ADD_CASES(index_cases, test_indexes)
  ADD_CASES(round_cases, test_rounds)
  for (size_t i = 0; i < ARRAY_LENGTH(others); ++i) {
    tests[count++] = others[i];
  }
  return cmocka_run_group_tests_name("store/table", tests, NULL, NULL);
}
