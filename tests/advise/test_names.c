// SPDX-License-Identifier: Apache-2.0

// What a text names: a key, a label, another name, or more than one thing; and what is offered
// where it names nothing.

#include "advise/names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "api/handles.h"
#include "demarche/demarche.h"
#include "lang/scalar.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static const char pack_yaml[] = "name: pets\nversion: 1.0.0\ndate: 2025-01-01\n";
static const char sources_yaml[] = "sources: {made: {title: Made up}}\n";
static const char schema_yaml[] =
    "relations:\n"
    "  pet:\n"
    "    key: id\n"
    "    label: name\n"
    "    also: [nick]\n"
    "    fields: {id: symbol, name: {type: text, optional: true},\n"
    "             nick: {type: text, optional: true}}\n"
    "  alias: {names: pet, fields: {pet: pet, name: text, code: {type: symbol, optional: true}}}\n"
    "  year: {key: n, label: name, fields: {n: integer, name: text}}\n"
    "  quiet: {key: id, label: name, fields: {id: symbol, name: text}}\n"
    "  has: {fields: {pet: pet}}\n"
    "  in: {fields: {year: year}}\n";
static const char facts_yaml[] = "cite: [made]\n"
                                 "facts:\n"
                                 "  pet:\n"
                                 "    - {id: cat, name: House cat, nick: Puss}\n"
                                 "    - {id: dog, name: Hound}\n"
                                 "    - {id: d2, name: dog}\n"
                                 "    - {id: t1, name: Tom}\n"
                                 "    - {id: t2, name: Tom}\n"
                                 "    - {id: elk, name: Élan}\n"
                                 "    - {id: nameless}\n"
                                 "    - {id: p1, name: Piglet one}\n"
                                 "    - {id: p2, name: Piglet two}\n"
                                 "    - {id: p3, name: Piglet three}\n"
                                 "    - {id: p4, name: Piglet four}\n"
                                 "    - {id: p5, name: Piglet five}\n"
                                 "  alias:\n"
                                 "    - {pet: cat, name: Mouser, code: FC}\n"
                                 "    - {pet: cat, name: Mousing cat}\n"
                                 "    - {pet: elk, name: Moose}\n"
                                 "    - {pet: p1, name: Moose}\n"
                                 "    - {pet: p2, name: Hound}\n"
                                 "  year: [{n: 7, name: Seven}, {n: -1, name: Before}]\n"
                                 "  quiet: [{id: q, name: Quiet}]\n";
static const char profile_yaml[] =
    "profile:\n"
    "  - {field: pet, ask: Which?, type: pet, gives: {has: {pet: $answer}}}\n"
    "  - {field: year, ask: When?, type: year, gives: {in: {year: $answer}}}\n";

static dem_pack *pack;

static int open_pack(void **state)
{
  (void)state;
  const dem_memory_file files[] = {
      {"kb/pack.yaml", pack_yaml, sizeof pack_yaml - 1},
      {"kb/sources.yaml", sources_yaml, sizeof sources_yaml - 1},
      {"kb/schema.yaml", schema_yaml, sizeof schema_yaml - 1},
      {"kb/facts.yaml", facts_yaml, sizeof facts_yaml - 1},
      {"kb/profile.yaml", profile_yaml, sizeof profile_yaml - 1},
  };
  return dem_pack_open_files(files, ARRAY_LENGTH(files), NULL, &pack) == DEM_OK ? 0 : -1;
}

static int close_pack(void **state)
{
  (void)state;
  dem_pack_free(pack);
  return 0;
}

static const dem_symbols *symbols(void)
{
  return dem_program_symbols(pack->program);
}

static void check_text(dem_buffer *found, const char *expected)
{
  dem_buffer_add_char(found, '\0');
  assert_string_equal(found->bytes, expected);
  dem_buffer_clear(found);
}

typedef struct name_case {
  const char *name;
  const char *relation;
  const char *text;
  const char *expected; ///< The key; "?" for none, "*" for several.
} name_case;

// Finding -----------------------------------------------------------------------------------

static name_case find_cases[] = {
    // Not const: cmocka hands a case on as void *.
    {"a key", "pet", "cat", "cat"},
    {"a key in capitals", "pet", "CAT", "cat"},
    {"a label", "pet", "House cat", "cat"},
    {"a label in other letters and blanks", "pet", "  hOUSE \t CAT ", "cat"},
    {"a label without its accents", "pet", "elan", "elk"},
    {"a name of its own besides", "pet", "puss", "cat"},
    {"an alias", "pet", "mouser", "cat"},
    {"another text of an alias", "pet", "fc", "cat"},
    {"a second alias", "pet", "mousing cat", "cat"},
    {"a key that is another's label is the key", "pet", "dog", "dog"},
    {"the same in capitals could be either", "pet", "DOG", "*"},
    {"a label of two", "pet", "Tom", "*"},
    {"an alias of two", "pet", "moose", "*"},
    {"a label that is another's alias", "pet", "hound", "*"},
    {"a row without a label has its key", "pet", "Nameless", "nameless"},
    {"the beginning of a name is none", "pet", "house", "?"},
    {"a name of nothing", "pet", "dragon", "?"},
    {"no text", "pet", "", "?"},
    {"what names rows of another relation", "pet", "seven", "?"},
    {"a number", "year", "7", "7"},
    {"a number written otherwise", "year", "+07", "7"},
    {"a number below zero", "year", "-1", "-1"},
    {"a number's label", "year", "SEVEN", "7"},
    {"a number of nothing", "year", "8", "?"},
    {"a key that no question asks for", "quiet", "q", "q"},
    {"a label that no question asks for", "quiet", "Quiet", "?"},
};

static void test_find(void **state)
{
  const name_case *const c = *state;
  const uint32_t relation = dem_pack_find_relation(pack, c->relation);
  const dem_relation *const r = &pack->model.relations[relation];
  dem_word key = 0;
  dem_buffer found;
  dem_buffer_init(&found, dem_allocator_default());
  switch (dem_names_find(&pack->names, symbols(), relation, dem_slice_of(c->text), &key)) {
  case DEM_NAME_FOUND:
    dem_word_write(symbols(), r->fields[r->key].type.storage, key, &found);
    break;
  case DEM_NAME_UNKNOWN:
    dem_buffer_add_char(&found, '?');
    break;
  case DEM_NAME_AMBIGUOUS:
    dem_buffer_add_char(&found, '*');
    break;
  case DEM_NAME_NO_MEMORY:
    fail();
  }
  check_text(&found, c->expected);
}

static void a_text_of_any_size_may_be_looked_up(void **state)
{
  (void)state;
  static char text[70000];
  const uint32_t relation = dem_pack_find_relation(pack, "pet");
  const size_t sizes[] = {100, 1000, 4096, 4097, sizeof text};
  dem_word key = 0;
  memset(text, ' ', sizeof text);
  for (size_t i = 0; i < ARRAY_LENGTH(sizes); ++i) {
    memset(text, ' ', sizeof text);
    memcpy(text + sizes[i] - 3, "Cat", 3);
    assert_int_equal(
        dem_names_find(&pack->names, symbols(), relation, (dem_slice){text, sizes[i]}, &key),
        sizes[i] <= 4096 ? DEM_NAME_FOUND : DEM_NAME_UNKNOWN);
  }
}

// Helping -----------------------------------------------------------------------------------

static name_case list_cases[] = {
    {"rows of one label are listed", "pet", "tom", "t1, t2"},
    {"rows of one alias are listed", "pet", "moose", "elk, p1"},
    {"a row by its label and one by its alias are listed", "pet", "HOUND", "dog, p2"},
    {"a row by its key and one by its label are listed", "pet", "Dog", "d2, dog"},
    {"a row of two such names is listed once", "pet", "house cat", "cat"},
    {"a name of nothing lists nothing", "pet", "dragon", ""},
};

static void test_list(void **state)
{
  const name_case *const c = *state;
  dem_buffer found;
  dem_buffer_init(&found, dem_allocator_default());
  dem_names_list(&pack->names, symbols(), dem_pack_find_relation(pack, c->relation),
                 dem_slice_of(c->text), &found);
  check_text(&found, c->expected);
}

static name_case like_cases[] = {
    {"a word of a label", "pet", "House", "'cat' (House cat)"},
    {"the beginning of a word, in several names of one row", "pet", "mous", "'cat' (House cat)"},
    {"the beginning of a word of two rows", "pet", "moos", ""},
    {"the beginning of words of several rows", "pet", "houn", ""},
    {"as many rows as are offered", "pet", "piglet f", "'p4' (Piglet four) or 'p5' (Piglet five)"},
    {"more rows than are offered", "pet", "piglet", ""},
    {"too short to tell", "pet", "hou", ""},
    {"the middle of a word", "pet", "ouse", ""},
    {"rows that no question asks for", "quiet", "quie", ""},
};

static void test_like(void **state)
{
  const name_case *const c = *state;
  dem_buffer found;
  dem_buffer_init(&found, dem_allocator_default());
  dem_names_like(&pack->names, symbols(), dem_pack_find_relation(pack, c->relation),
                 dem_slice_of(c->text), &found);
  check_text(&found, c->expected);
}

static name_case nearest_cases[] = {
    {"a slip in a label", "pet", "hause cat", "House cat"},
    {"a slip in a label with an accent", "pet", "elam", "Élan"},
    {"a slip in an alias", "pet", "mauser", "Mouser"},
    {"a slip in a key", "pet", "namelss", "nameless"},
    {"nothing is near", "pet", "hippopotamus", ""},
    {"nothing is near to nothing", "pet", "", ""},
    {"what no question asks for is not looked through", "quiet", "Quite", ""},
};

static void test_nearest(void **state)
{
  const name_case *const c = *state;
  const dem_slice nearest = dem_names_nearest(
      &pack->names, dem_pack_find_relation(pack, c->relation), dem_slice_of(c->text));
  dem_buffer found;
  dem_buffer_init(&found, dem_allocator_default());
  dem_buffer_add(&found, nearest);
  check_text(&found, c->expected);
}

// Rows --------------------------------------------------------------------------------------

static name_case label_cases[] = {
    {"a row's label", "pet", "cat", "House cat"},
    {"a row without a label is called by its key", "pet", "nameless", "nameless"},
    {"a key of no row is its own label", "pet", "made", "made"},
};

static void test_label(void **state)
{
  const name_case *const c = *state;
  const uint32_t relation = dem_pack_find_relation(pack, c->relation);
  const dem_symbol symbol = dem_symbols_find(symbols(), dem_slice_of(c->text));
  dem_buffer found;
  dem_buffer_init(&found, dem_allocator_default());
  assert_false(dem_symbol_is_none(symbol));
  dem_names_label(&pack->names, symbols(), relation, dem_word_of_symbol(symbol), &found);
  check_text(&found, c->expected);
}

static void a_row_is_found_by_its_key(void **state)
{
  (void)state;
  const uint32_t relation = dem_pack_find_relation(pack, "year");
  const dem_fact fact = dem_names_row(&pack->names, relation, dem_word_of_integer(-1));
  assert_false(dem_fact_is_none(fact));
  const dem_word *const row = dem_facts_row(pack->names.facts, fact);
  assert_int_equal(dem_word_integer(row[0]), -1);
  assert_true(dem_slice_is(dem_symbols_text(symbols(), dem_word_symbol(row[1])), "Before"));
  assert_true(dem_fact_is_none(dem_names_row(&pack->names, relation, dem_word_of_integer(8))));
}

#define ADD_CASES(cases, function)                                                                 \
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {                                               \
    tests[count++] = (struct CMUnitTest){                                                          \
        .name = (cases)[i].name, .test_func = (function), .initial_state = &(cases)[i]};           \
  }

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(find_cases) + ARRAY_LENGTH(list_cases) +
                          ARRAY_LENGTH(like_cases) + ARRAY_LENGTH(nearest_cases) +
                          ARRAY_LENGTH(label_cases) + 2] = {{0}};
  size_t count = 0;
  ADD_CASES(find_cases, test_find)
  ADD_CASES(list_cases, test_list)
  ADD_CASES(like_cases, test_like)
  ADD_CASES(nearest_cases, test_nearest)
  ADD_CASES(label_cases, test_label)
  tests[count++] = (struct CMUnitTest)cmocka_unit_test(a_text_of_any_size_may_be_looked_up);
  tests[count++] = (struct CMUnitTest)cmocka_unit_test(a_row_is_found_by_its_key);
  return cmocka_run_group_tests_name("advise/names", tests, open_pack, close_pack);
}
