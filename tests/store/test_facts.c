// SPDX-License-Identifier: Apache-2.0

// The session's facts on top of the kb's: what is given in one way or another, what is found, what
// is known of where it comes from, and that a reset leaves nothing.

#include "store/facts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "store/layers.h"
#include "support/strict_memory.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

enum { PLAIN, FILLED, PAIR, BARE, RELATIONS };

static const uint32_t widths[RELATIONS] = {1, 1, 2, 0};

// The kb fills one relation: 10 and 11 are given, 12 is derived from them by body 0 of rule 5.
static const dem_word filled[] = {10, 11, 12};
static const uint32_t derived_from[] = {0, 1};
static const uint32_t shape_relations[] = {FILLED, FILLED};
static const dem_body_shape shapes[] = {{5, 2, shape_relations}};

enum { ORIGIN = 3 };

typedef struct fixture {
  strict_memory memory;
  dem_table tables[RELATIONS];
  uint32_t begins[3];
  uint32_t givens[3];
  uint32_t *given_begin[RELATIONS];
  uint32_t *given_list[RELATIONS];
  uint32_t given_rows[RELATIONS];
  dem_base base;
  dem_facts *facts;
} fixture;

static dem_facts *new_facts(fixture *f)
{
  uint64_t *columns[RELATIONS] = {NULL};
  const uint32_t index_counts[RELATIONS] = {0};
  return dem_facts_new(strict_allocator(&f->memory), &f->base, widths, columns, index_counts);
}

static void setup(fixture *f)
{
  *f = (fixture){.memory = STRICT_MEMORY,
                 .begins = {0, 1, 3}, // One given for the first row, two for the second.
                 .givens = {20, 21, 22}};
  for (uint32_t i = 0; i < RELATIONS; ++i) {
    assert_int_equal(
        dem_table_init(&f->tables[i], strict_allocator(&f->memory), widths[i], true, NULL, 0),
        DEM_OK);
  }
  for (uint32_t i = 0; i < ARRAY_LENGTH(filled); ++i) {
    bool is_new = false;
    assert_int_equal(dem_table_put(&f->tables[FILLED], &filled[i], &is_new), i);
  }
  assert_int_equal(dem_table_justify(&f->tables[FILLED], 2, 1, 0, derived_from, 2), DEM_OK);
  f->given_begin[FILLED] = f->begins;
  f->given_list[FILLED] = f->givens;
  f->given_rows[FILLED] = 2;
  f->base = (dem_base){.relation_count = RELATIONS,
                       .tables = f->tables,
                       .given_begin = f->given_begin,
                       .given_list = f->given_list,
                       .given_rows = f->given_rows,
                       .shapes = shapes};
  f->facts = new_facts(f);
  assert_non_null(f->facts);
}

static void teardown(fixture *f)
{
  dem_facts_free(f->facts);
  for (uint32_t i = 0; i < RELATIONS; ++i) {
    dem_table_clear(&f->tables[i]);
  }
  assert_int_equal(f->memory.bytes, 0);
}

static void give(dem_facts *facts, uint32_t relation, dem_word word, uint32_t origin)
{
  assert_int_equal(dem_facts_add_given(facts, relation, &word, origin), DEM_OK);
}

/// A relation of one field holds the kb's facts, then these words of the session.
static void check_words(const dem_facts *facts, uint32_t relation, const dem_word *words,
                        uint32_t count)
{
  const uint32_t below = relation == FILLED ? (uint32_t)ARRAY_LENGTH(filled) : 0;
  assert_int_equal(dem_facts_pack_count(facts, relation), below);
  assert_int_equal(dem_facts_count(facts, relation), below + count);
  for (uint32_t i = 0; i < below + count; ++i) {
    const dem_word word = i < below ? filled[i] : words[i - below];
    const dem_fact fact = dem_facts_at(facts, relation, i);
    const dem_fact found = dem_facts_find(facts, relation, &word);
    assert_int_equal(fact.row & DEM_SESSION_ROW, i < below ? 0 : DEM_SESSION_ROW);
    assert_int_equal(*dem_facts_row(facts, fact), word);
    assert_int_equal(found.relation, relation);
    assert_int_equal(found.row, fact.row);
  }
  const dem_word other = 99;
  assert_true(dem_fact_is_none(dem_facts_find(facts, relation, &other)));
}

// Given words -----------------------------------------------------------------------------

typedef struct words_case {
  const char *name;
  uint32_t relation;
  uint32_t warm;        ///< Facts before a reset: they decide which memory there is.
  uint32_t before;      ///< Facts given one by one first: 1, 2, …
  const char *words;    ///< Letters, each a word: 'a' is 1.
  const char *expected; ///< The session's, `before` included.
} words_case;

static words_case words_cases[] = {
    // Not const: cmocka hands a case on as void *.
    {"no words give no facts", PLAIN, 8, 0, "", ""},
    {"one word in a new session", PLAIN, 0, 0, "c", "c"},
    {"one word in a session with memory", PLAIN, 8, 0, "c", "c"},
    {"as many words as are looked through", PLAIN, 8, 0, "hgfedcba", "hgfedcba"},
    {"one word more than are looked through", PLAIN, 8, 0, "ihgfedcba", "ihgfedcba"},
    {"words where the memory is a hash table's", PLAIN, 30, 0, "cba", "cba"},
    {"many words where the memory is a hash table's", PLAIN, 30, 0, "jihgfedcba", "jihgfedcba"},
    {"words behind others of the relation", PLAIN, 8, 2, "dc", "abdc"},
    {"words that are there already", PLAIN, 8, 3, "bdae", "abcde"},
    {"words that the kb holds", FILLED, 8, 0, "jkl", ""},
    {"words some of which the kb holds", FILLED, 8, 0, "mjnlb", "mnb"},
};

static dem_word word_of(char letter)
{
  return (dem_word)(letter - 'a' + 1);
}

static void warm_up(dem_facts *facts, const words_case *c)
{
  for (uint32_t i = 0; i < c->warm; ++i) {
    give(facts, c->relation, 100 + i, ORIGIN);
  }
  dem_facts_reset(facts);
  for (uint32_t i = 0; i < c->before; ++i) {
    give(facts, c->relation, i + 1, ORIGIN);
  }
}

static void check_given(const dem_facts *facts, const words_case *c)
{
  dem_word expected[32];
  const uint32_t count = (uint32_t)strlen(c->expected);
  for (uint32_t i = 0; i < count; ++i) {
    expected[i] = word_of(c->expected[i]);
  }
  check_words(facts, c->relation, expected, count);
  assert_int_equal(facts->fact_count, count);
  assert_int_equal(facts->touched_count, count > 0);
  for (uint32_t i = 0; i < count; ++i) {
    const dem_fact fact = dem_facts_find(facts, c->relation, &expected[i]);
    const dem_justification why = dem_facts_justify(facts, fact);
    assert_int_equal(why.rule, DEM_NONE);
    assert_int_equal(why.height, 0);
    assert_int_equal(why.fact_count, 0);
    assert_int_equal(why.origin, i < c->before ? ORIGIN : ORIGIN + 1);
  }
}

static void test_words(void **state)
{
  const words_case *const c = *state;
  fixture f;
  dem_word words[32];
  const uint32_t count = (uint32_t)strlen(c->words);
  setup(&f);
  for (uint32_t i = 0; i < count; ++i) {
    words[i] = word_of(c->words[i]);
  }
  warm_up(f.facts, c);
  assert_int_equal(dem_facts_add_given_words(f.facts, c->relation, words, count, ORIGIN + 1),
                   DEM_OK);
  check_given(f.facts, c);
  dem_facts_reset(f.facts);
  warm_up(f.facts, c);
  for (uint32_t i = 0; i < count; ++i) { // One by one they are the same facts.
    give(f.facts, c->relation, words[i], ORIGIN + 1);
  }
  check_given(f.facts, c);
  dem_facts_reset(f.facts);
  check_words(f.facts, c->relation, NULL, 0);
  teardown(&f);
}

// Given facts -----------------------------------------------------------------------------

static void the_first_to_give_a_fact_is_its_origin(void **state)
{
  (void)state;
  fixture f;
  const dem_word word = 7;
  setup(&f);
  give(f.facts, PLAIN, word, 1);
  give(f.facts, PLAIN, word, 2);
  check_words(f.facts, PLAIN, &word, 1);
  assert_int_equal(dem_facts_justify(f.facts, dem_facts_at(f.facts, PLAIN, 0)).origin, 1);
  teardown(&f);
}

static void a_fact_of_the_kb_is_not_given_again(void **state)
{
  (void)state;
  fixture f;
  bool is_new = true;
  bool has_failed = false;
  setup(&f);
  give(f.facts, FILLED, filled[1], ORIGIN);
  check_words(f.facts, FILLED, NULL, 0);
  assert_int_equal(f.facts->touched_count, 0);
  assert_int_equal(dem_facts_put(f.facts, FILLED, &filled[2], &is_new, &has_failed), DEM_NONE);
  assert_false(is_new);
  assert_false(has_failed);
  teardown(&f);
}

static void facts_of_several_relations_are_kept_apart(void **state)
{
  (void)state;
  fixture f;
  const dem_word pairs[][2] = {{10, 11}, {11, 10}, {10, 10}};
  const dem_word more = 10;
  setup(&f);
  give(f.facts, PLAIN, more, ORIGIN);
  give(f.facts, BARE, 0, ORIGIN);
  give(f.facts, BARE, 1, ORIGIN); // It has no words to differ in.
  for (uint32_t i = 0; i < ARRAY_LENGTH(pairs); ++i) {
    assert_int_equal(dem_facts_add_given(f.facts, PAIR, pairs[i], ORIGIN), DEM_OK);
  }
  check_words(f.facts, PLAIN, &more, 1);
  check_words(f.facts, FILLED, NULL, 0);
  assert_int_equal(dem_facts_count(f.facts, BARE), 1);
  assert_int_equal(dem_facts_count(f.facts, PAIR), 3);
  assert_int_equal(dem_facts_width(f.facts, PAIR), 2);
  for (uint32_t i = 0; i < ARRAY_LENGTH(pairs); ++i) {
    const dem_fact fact = dem_facts_find(f.facts, PAIR, pairs[i]);
    assert_int_equal(fact.row, i | DEM_SESSION_ROW);
    assert_memory_equal(dem_facts_row(f.facts, fact), pairs[i], sizeof pairs[i]);
  }
  assert_int_equal(f.facts->fact_count, 5);
  dem_facts_reset(f.facts);
  for (uint32_t i = 0; i < RELATIONS; ++i) {
    assert_int_equal(dem_facts_count(f.facts, i), dem_facts_pack_count(f.facts, i));
  }
  assert_true(dem_fact_is_none(dem_facts_find(f.facts, BARE, &more)));
  assert_int_equal(f.facts->fact_count, 0);
  teardown(&f);
}

// Where facts come from -------------------------------------------------------------------

static void a_derived_fact_names_its_rule_and_facts(void **state)
{
  (void)state;
  fixture f;
  const dem_word word = 40;
  const uint32_t rows[] = {1, 0 | DEM_SESSION_ROW};
  bool is_new = false;
  bool has_failed = false;
  setup(&f);
  give(f.facts, FILLED, 30, ORIGIN);
  const uint32_t row = dem_facts_put(f.facts, PLAIN, &word, &is_new, &has_failed);
  assert_true(is_new);
  assert_int_equal(dem_table_justify(&f.facts->tables[PLAIN], row, 6, 0, rows, 2), DEM_OK);
  const dem_justification why = dem_facts_justify(f.facts, dem_facts_at(f.facts, PLAIN, row));
  assert_int_equal(why.rule, 5);
  assert_int_equal(why.body, 0);
  assert_int_equal(why.height, 6);
  assert_int_equal(why.origin, DEM_NONE);
  assert_int_equal(why.fact_count, 2);
  assert_int_equal(*dem_facts_row(f.facts, dem_justification_fact(&why, 0)), 11);
  assert_int_equal(*dem_facts_row(f.facts, dem_justification_fact(&why, 1)), 30);
  const dem_justification below = dem_facts_justify(f.facts, (dem_fact){FILLED, 2});
  assert_int_equal(below.rule, 5);
  assert_int_equal(below.height, 1);
  assert_int_equal(dem_justification_fact(&below, 1).row, 1);
  teardown(&f);
}

static void only_facts_given_in_the_kb_name_its_places(void **state)
{
  (void)state;
  fixture f;
  uint32_t count = 9;
  setup(&f);
  give(f.facts, FILLED, 30, ORIGIN);
  const uint32_t *givens = dem_facts_givens(f.facts, (dem_fact){FILLED, 0}, &count);
  assert_int_equal(count, 1);
  assert_int_equal(givens[0], 20);
  givens = dem_facts_givens(f.facts, (dem_fact){FILLED, 1}, &count);
  assert_int_equal(count, 2);
  assert_int_equal(givens[0], 21);
  assert_int_equal(givens[1], 22);
  assert_null(dem_facts_givens(f.facts, (dem_fact){FILLED, 2}, &count));
  assert_int_equal(count, 0);
  count = 9;
  assert_null(dem_facts_givens(f.facts, (dem_fact){FILLED, 0 | DEM_SESSION_ROW}, &count));
  assert_int_equal(count, 0);
  teardown(&f);
}

// Facts without a reason --------------------------------------------------------------------

static uint32_t put_unproven(dem_facts *facts, uint32_t relation, dem_word word)
{
  bool is_new = false;
  bool has_failed = false;
  const uint32_t row = dem_facts_put(facts, relation, &word, &is_new, &has_failed);
  assert_true(is_new);
  return row;
}

static void an_unproven_fact_is_dropped(void **state)
{
  (void)state;
  fixture f;
  const dem_word kept = 1;
  setup(&f);
  give(f.facts, PLAIN, kept, ORIGIN);
  (void)put_unproven(f.facts, PLAIN, 2);
  dem_facts_drop_unproven(f.facts);
  check_words(f.facts, PLAIN, &kept, 1);
  assert_int_equal(f.facts->fact_count, 1);
  dem_facts_drop_unproven(f.facts); // What is given has a reason.
  check_words(f.facts, PLAIN, &kept, 1);
  const uint32_t row = put_unproven(f.facts, PLAIN, 2);
  assert_int_equal(dem_table_justify(&f.facts->tables[PLAIN], row, 1, 0, derived_from, 2), DEM_OK);
  dem_facts_drop_unproven(f.facts); // So has what was derived.
  assert_int_equal(dem_facts_count(f.facts, PLAIN), 2);
  teardown(&f);
}

static void an_unproven_fact_alone_leaves_its_relation_untouched(void **state)
{
  (void)state;
  fixture f;
  setup(&f);
  give(f.facts, FILLED, 30, ORIGIN);
  (void)put_unproven(f.facts, PLAIN, 2);
  assert_int_equal(f.facts->touched_count, 2);
  dem_facts_drop_unproven(f.facts);
  assert_int_equal(f.facts->touched_count, 1);
  assert_int_equal(f.facts->fact_count, 1);
  check_words(f.facts, PLAIN, NULL, 0);
  for (dem_word word = 1; word < 20; ++word) { // Each relation is noted once, or there is no room.
    give(f.facts, PLAIN, word, ORIGIN);
    give(f.facts, FILLED, 30 + word, ORIGIN);
  }
  assert_int_equal(f.facts->touched_count, 2);
  teardown(&f);
}

// Open values -------------------------------------------------------------------------------

static void open_columns_are_noted_until_the_reset(void **state)
{
  (void)state;
  fixture f;
  const dem_word closed[] = {1, DEM_ABSENT};
  const dem_word open[] = {1, DEM_OPEN};
  const dem_word words[] = {4, DEM_OPEN, 5};
  setup(&f);
  assert_int_equal(dem_facts_add_given(f.facts, PAIR, open, ORIGIN), DEM_OK);
  assert_null(f.facts->open_columns); // Certain facts do not look.
  dem_facts_reset(f.facts);
  assert_int_equal(dem_facts_allow_open(f.facts), DEM_OK);
  assert_int_equal(dem_facts_add_given(f.facts, PAIR, closed, ORIGIN), DEM_OK);
  assert_int_equal(f.facts->open_columns[PAIR], 0);
  assert_int_equal(dem_facts_add_given(f.facts, PAIR, open, ORIGIN), DEM_OK);
  assert_int_equal(f.facts->open_columns[PAIR], 2);
  assert_int_equal(dem_facts_add_given_words(f.facts, PLAIN, words, 3, ORIGIN), DEM_OK);
  assert_int_equal(f.facts->open_columns[PLAIN], 1);
  check_words(f.facts, PLAIN, words, 3);
  dem_facts_reset(f.facts);
  assert_int_equal(f.facts->open_columns[PAIR], 0);
  assert_int_equal(f.facts->open_columns[PLAIN], 0);
  assert_int_equal(dem_facts_add_given_words(f.facts, PLAIN, words, 3, ORIGIN), DEM_OK);
  assert_int_equal(f.facts->open_columns[PLAIN], 1);
  dem_facts_reset(f.facts);
  (void)put_unproven(f.facts, PLAIN, DEM_OPEN);
  assert_int_equal(f.facts->open_columns[PLAIN], 1);
  dem_facts_drop_unproven(f.facts);
  assert_int_equal(f.facts->open_columns[PLAIN], 0);
  teardown(&f);
}

// No memory -----------------------------------------------------------------------------------

static void without_memory_there_are_no_facts_and_nothing_is_lost(void **state)
{
  (void)state;
  fixture f;
  setup(&f);
  const size_t bytes = f.memory.bytes;
  dem_facts *more = NULL;
  size_t refused = 0;
  for (; !more; ++refused) {
    f.memory.failing_at = f.memory.count + refused;
    more = new_facts(&f);
    assert_true(more || f.memory.bytes == bytes);
  }
  assert_true(refused > 3);
  const dem_word word = 1;
  f.memory.failing_at = f.memory.count;
  assert_int_equal(dem_facts_add_given(more, PLAIN, &word, ORIGIN), DEM_ERR_NO_MEMORY);
  check_words(more, PLAIN, NULL, 0);
  assert_int_equal(more->touched_count, 0);
  f.memory.failing_at = f.memory.count;
  assert_int_equal(dem_facts_add_given_words(more, PLAIN, &word, 1, ORIGIN), DEM_ERR_NO_MEMORY);
  f.memory.failing_at = f.memory.count;
  assert_int_equal(dem_facts_allow_open(more), DEM_ERR_NO_MEMORY);
  give(more, PLAIN, word, ORIGIN);
  check_words(more, PLAIN, &word, 1);
  dem_facts_free(more);
  teardown(&f);
}

static const struct CMUnitTest others[] = {
    cmocka_unit_test(the_first_to_give_a_fact_is_its_origin),
    cmocka_unit_test(a_fact_of_the_kb_is_not_given_again),
    cmocka_unit_test(facts_of_several_relations_are_kept_apart),
    cmocka_unit_test(a_derived_fact_names_its_rule_and_facts),
    cmocka_unit_test(only_facts_given_in_the_kb_name_its_places),
    cmocka_unit_test(an_unproven_fact_is_dropped),
    cmocka_unit_test(an_unproven_fact_alone_leaves_its_relation_untouched),
    cmocka_unit_test(open_columns_are_noted_until_the_reset),
    cmocka_unit_test(without_memory_there_are_no_facts_and_nothing_is_lost),
};

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(words_cases) + ARRAY_LENGTH(others)] = {{0}};
  size_t count = 0;
  for (size_t i = 0; i < ARRAY_LENGTH(words_cases); ++i) {
    tests[count++] = (struct CMUnitTest){
        .name = words_cases[i].name, .test_func = test_words, .initial_state = &words_cases[i]};
  }
  for (size_t i = 0; i < ARRAY_LENGTH(others); ++i) {
    tests[count++] = others[i];
  }
  return cmocka_run_group_tests_name("store/facts", tests, NULL, NULL);
}
