// SPDX-License-Identifier: Apache-2.0

// The smallest changes that make something certain, against brute force: every profile of a small
// pack is run, and none that makes it certain is nearer than what is told. What is told does make
// it certain, and is told whole.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "demarche/demarche.h"

static const char *const topics[] = {"maps", "birds", "law"};
static const char *const libraries[] = {"a", "b", "c", "d"};
static const char *const rides[] = {NULL, "1", "2", "3", "4", "5", "6", "11", "12", "13"};

enum { OPEN = -1, RIDES = sizeof rides / sizeof rides[0] };

/// Answers of the pack of libraries. A set is a bit mask, or OPEN.
typedef struct answers {
  const char *town;
  int topics;
  int busy; ///< 0, 1 or OPEN
  int avoids;
  int ride; ///< Index into rides; 0: open.
} answers;

typedef struct how_to_case {
  const char *name;
  answers start;
  const char *what;
} how_to_case;

static how_to_case cases[] = {
    {"a longer ride", {"ash", 5, 0, 0, 5}, "b"},
    {"one more topic", {"ash", 1, 0, 0, 5}, "lends(partner: a, purpose: birds)"},
    {"from an empty profile", {"ash", OPEN, OPEN, OPEN, 0}, "a"},
    {"from an empty profile, afar", {"ash", OPEN, OPEN, OPEN, 0}, "c"},
    {"an exception taken back", {"ash", 1, 0, 1, 5}, "a"},
    {"two things at once", {"ash", 0, 1, 3, 5}, "a"},
    {"three things at once", {"ash", 0, 1, 2, 5}, "b"},
    {"what is open is closed", {"ash", 1, OPEN, OPEN, 0}, "a"},
    {"a library that is closed by day", {"bay", 4, 1, 0, 0}, "b"},
    {"what stands on record is out of reach", {"ash", 7, 0, 0, 5}, "d"},
    {"the other town", {"bay", 7, 0, 0, 5}, "a"},
    {"a fact", {"ash", 7, 0, 0, 5}, "barred(library: c)"},
    {"a hint", {"ash", 0, 0, 0, 5}, "It has more than you asked for"},
};

typedef struct lab {
  dem_pack *pack;
  dem_session *session;
} lab;

static void begin(lab *l)
{
  assert_int_equal(dem_pack_open("tests/packs/libraries", NULL, &l->pack), DEM_OK);
  assert_int_equal(dem_session_new(l->pack, &l->session), DEM_OK);
}

static void end(lab *l)
{
  dem_session_free(l->session);
  dem_pack_free(l->pack);
}

// Runs ------------------------------------------------------------------------------------

static void give(const lab *l, const char *field, const char *const *values, size_t count)
{
  const uint32_t question = dem_pack_find_question(l->pack, field);
  assert_int_equal(dem_session_answer(l->session, question, values, count), DEM_OK);
}

static void give_mask(const lab *l, const char *field, const char *const *all, size_t count,
                      int mask)
{
  const char *values[4];
  size_t given = 0;
  for (size_t i = 0; i < count; ++i) {
    if (mask >> i & 1) {
      values[given++] = all[i];
    }
  }
  if (mask != OPEN) {
    give(l, field, values, given);
  }
}

static void run(const lab *l, const answers *a)
{
  static const char *const no_yes[] = {"no", "yes"};
  dem_session_reset(l->session);
  give(l, "town", &a->town, 1);
  give_mask(l, "topics", topics, 3, a->topics);
  give_mask(l, "avoids", libraries, 4, a->avoids);
  if (a->busy != OPEN) {
    give(l, "busy", &no_yes[a->busy], 1);
  }
  if (rides[a->ride]) {
    give(l, "ride", &rides[a->ride], 1);
  }
  assert_int_equal(dem_session_run(l->session, NULL), DEM_OK);
}

static bool is_certain(const lab *l, const answers *a, const char *what)
{
  const dem_why *why = NULL;
  run(l, a);
  if (dem_why_new(l->session, what, &why) == DEM_ERR_NOT_FOUND) {
    return false; // A text that nothing holds.
  }
  bool found = false;
  for (size_t i = 0; i < why->item_count; ++i) {
    found = found || why->items[i].is_certain;
  }
  dem_why_free(why);
  return found;
}

// Brute force -----------------------------------------------------------------------------

static size_t bits(int mask)
{
  return (size_t)__builtin_popcount((unsigned)mask);
}

/// Changes from one answer to another; SIZE_MAX where none leads there: nothing is unsaid.
static size_t set_distance(int from, int to)
{
  if (from == to) {
    return 0;
  }
  if (to == OPEN) {
    return SIZE_MAX;
  }
  if (from == OPEN) {
    return to == 0 ? 1 : bits(to);
  }
  return bits(from ^ to);
}

static size_t value_distance(int from, int to, int open)
{
  return from == to ? 0 : to == open ? SIZE_MAX : 1;
}

static size_t distance(const answers *from, const answers *to)
{
  const size_t parts[] = {
      set_distance(from->topics, to->topics), set_distance(from->avoids, to->avoids),
      value_distance(from->busy, to->busy, OPEN), value_distance(from->ride, to->ride, 0)};
  size_t sum = 0;
  for (size_t i = 0; i < 4; ++i) {
    if (parts[i] == SIZE_MAX) {
      return SIZE_MAX;
    }
    sum += parts[i];
  }
  return sum;
}

/// The fewest changes that make it certain, and how many sets of so many do. SIZE_MAX: more than
/// three.
static size_t fewest_changes(const lab *l, const how_to_case *c, size_t *ways_out)
{
  size_t fewest = SIZE_MAX;
  *ways_out = 0;
  for (size_t wanted = 1; wanted <= 3 && fewest == SIZE_MAX; ++wanted) {
    answers a = c->start;
    for (a.topics = OPEN; a.topics < 8; ++a.topics) {
      for (a.avoids = OPEN; a.avoids < 16; ++a.avoids) {
        for (a.busy = OPEN; a.busy < 2; ++a.busy) {
          for (a.ride = 0; a.ride < (int)RIDES; ++a.ride) {
            if (distance(&c->start, &a) == wanted && is_certain(l, &a, c->what)) {
              fewest = wanted;
              ++*ways_out;
            }
          }
        }
      }
    }
  }
  return fewest;
}

// What is told ----------------------------------------------------------------------------

static int index_of(const char *const *all, size_t count, const char *value)
{
  for (size_t i = 0; i < count; ++i) {
    if (all[i] && strcmp(all[i], value) == 0) {
      return (int)i;
    }
  }
  return -1;
}

static void apply_set(int *mask, const char *const *all, size_t count, const dem_move *move)
{
  const int item = move->kind == DEM_MOVE_NONE ? -1 : index_of(all, count, move->value);
  *mask = *mask == OPEN ? 0 : *mask;
  if (move->kind == DEM_MOVE_ADD) {
    assert_int_equal(*mask >> item & 1, 0);
    *mask |= 1 << item;
  } else if (move->kind == DEM_MOVE_REMOVE) {
    assert_int_equal(*mask >> item & 1, 1);
    *mask &= ~(1 << item);
  } else {
    assert_int_equal(move->kind, DEM_MOVE_NONE);
  }
}

/// False when a number is none of those that brute force tries.
static bool apply(answers *a, const dem_way *way)
{
  for (size_t i = 0; i < way->move_count; ++i) {
    const dem_move *const move = &way->moves[i];
    assert_string_not_equal(move->field, "town"); // It is fixed.
    if (strcmp(move->field, "topics") == 0) {
      apply_set(&a->topics, topics, 3, move);
    } else if (strcmp(move->field, "avoids") == 0) {
      apply_set(&a->avoids, libraries, 4, move);
    } else if (strcmp(move->field, "busy") == 0) {
      a->busy = move->kind == DEM_MOVE_NONE ? OPEN : strcmp(move->value, "true") == 0;
    } else {
      a->ride = move->kind == DEM_MOVE_NONE ? -1 : index_of(rides, RIDES, move->value);
    }
  }
  return a->ride >= 0 && a->busy != OPEN;
}

static void is_exact(void **state)
{
  const how_to_case *const c = *state;
  lab l;
  const dem_how_to *how_to = NULL;
  size_t ways = 0;
  begin(&l);
  const size_t fewest = fewest_changes(&l, c, &ways);
  run(&l, &c->start);
  const dem_status status = dem_how_to_new(l.session, c->what, NULL, &how_to);
  if (status == DEM_ERR_NOT_FOUND) {
    end(&l); // No fact holds such a text yet.
    return;
  }
  assert_int_equal(status, DEM_OK);
  assert_false(how_to->holds);
  assert_false(how_to->is_cut);
  assert_int_equal(how_to->way_count > 0, fewest != SIZE_MAX);
  size_t plain = 0;
  for (size_t i = 0; i < how_to->way_count; ++i) {
    answers a = c->start;
    assert_int_equal(how_to->ways[i].move_count, fewest);
    if (apply(&a, &how_to->ways[i])) {
      assert_int_equal(distance(&c->start, &a), fewest);
      assert_true(is_certain(&l, &a, c->what));
      ++plain;
    }
  }
  if (c->start.busy != OPEN &&
      c->start.ride != 0) { // Else brute force does not say "none" to them.
    assert_int_equal(plain, ways);
  }
  dem_how_to_free(how_to);
  end(&l);
}

/// The bounds are kept, and said.
static void keeps_bounds(void **state)
{
  (void)state;
  lab l;
  const dem_how_to *how_to = NULL;
  const answers start = {"ash", 0, 1, 2, 5};
  const dem_how_to_options few = {.max_runs = 10};
  const dem_how_to_options small = {.max_moves = 1};
  begin(&l);
  run(&l, &start);
  assert_int_equal(dem_how_to_new(l.session, "b", &few, &how_to), DEM_OK);
  assert_true(how_to->is_cut);
  assert_int_equal(how_to->run_count, 10);
  assert_int_equal(how_to->move_bound, 0);
  dem_how_to_free(how_to);
  assert_int_equal(dem_how_to_new(l.session, "b", &small, &how_to), DEM_OK);
  assert_false(how_to->is_cut);
  assert_int_equal(how_to->move_bound, 1);
  assert_int_equal(how_to->way_count, 0);
  dem_how_to_free(how_to);
  end(&l);
}

enum { CASE_COUNT = sizeof cases / sizeof cases[0] };

int main(void)
{
  struct CMUnitTest tests[CASE_COUNT + 1] = {{0}};
  for (size_t i = 0; i < CASE_COUNT; ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = is_exact, .initial_state = &cases[i]};
  }
  tests[CASE_COUNT] =
      (struct CMUnitTest){.name = "bounds are kept and said", .test_func = keeps_bounds};
  return cmocka_run_group_tests_name("advise/how_to", tests, NULL, NULL);
}
