// SPDX-License-Identifier: Apache-2.0

// The schema: types, roles of fields, and what is refused of them.
//
// A row's text follows "relations:" and begins in line 2.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lang/pack_fixture.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

typedef struct schema_case {
  const char *name;
  const char *schema;
  const char *expected; // "LINE:COLUMN slug" in schema.yaml, separated by ", ".
} schema_case;

static schema_case cases[] = {
    // Not const: cmocka hands a case on as void *.
    {"every type",
     "  a: {key: id, label: t, also: [s], shows_as: step, about: An a., fields: {id: symbol, s: "
     "symbol, t: text, i: integer, n: number, b: boolean, d: date, e: [x, y], r: c}}\n"
     "  c: {key: k, fields: {k: {type: a, about: A key that refers}}}\n",
     ""},
    {"no fields at all", "  a: {fields: {}}\n", ""},
    {"a relation that refers to itself",
     "  a: {key: id, fields: {id: symbol, up: {type: a, optional: true}}}\n", ""},
    {"names of an alias",
     "  a: {key: id, fields: {id: symbol}}\n"
     "  b: {names: a, fields: {a: a, name: text}}\n",
     ""},
    {"defaults", "  a: {fields: {i: {type: integer, default: 3}, e: {type: [x, y], default: y}}}\n",
     ""},
    {"an unknown type", "  a: {fields: {i: integr, s: symbol}}\n", "2:19 unknown-type"},
    {"every unknown type", "  a: {fields: {i: integr}}\n  b: {fields: {i: [], s: {}}}\n",
     "2:19 unknown-type, 3:19 wrong-shape, 3:23 missing-key"},
    {"a type without a key", "  a: {fields: {r: b}}\n  b: {fields: {id: symbol}}\n",
     "2:16 unknown-type"},
    {"keys in a circle", "  a: {key: id, fields: {id: b}}\n  b: {key: id, fields: {id: a}}\n",
     "2:25 unknown-type, 3:25 unknown-type"},
    {"a key of its own", "  a: {key: id, fields: {id: a}}\n", "2:25 unknown-type"},
    {"an optional key", "  a: {key: id, fields: {id: {type: symbol, optional: true}}}\n",
     "2:12 wrong-shape"},
    {"an unknown key field", "  a: {key: ID, label: nam, fields: {id: symbol, name: text}}\n",
     "2:12 unknown-field, 2:23 unknown-field"},
    {"a label that is a number", "  a: {label: i, also: [i], fields: {i: integer}}\n",
     "2:14 wrong-type, 2:24 wrong-type"},
    {"names without a reference", "  a: {names: t, fields: {t: text}}\n", "2:14 wrong-type"},
    {"an unknown key", "  a: {feilds: {}, fields: {i: {type: integer, opt: true}}}\n",
     "2:7 unknown-key, 2:47 unknown-key"},
    {"no fields", "  a: {about: Nothing}\n", "2:3 missing-key"},
    {"a relation as text", "  a: symbol\n", "2:6 wrong-shape"},
    {"fields as list", "  a: {fields: [id]}\n", "2:15 wrong-shape"},
    {"a value twice", "  a: {fields: {e: [x, y, x]}}\n", "2:26 duplicate-id"},
    {"a value with a space", "  a: {fields: {e: [x y, z]}}\n", "2:20 wrong-type"},
    {"a value that is a list", "  a: {fields: {e: [[x]]}}\n", "2:20 wrong-shape"},
    {"a default of another type", "  a: {fields: {i: {type: integer, default: x}}}\n",
     "2:44 wrong-type"},
    {"a default outside of the values", "  a: {fields: {e: {type: [x, y], default: z}}}\n",
     "2:43 not-in-enumeration"},
    {"a default that dangles",
     "  a: {key: id, fields: {id: symbol}}\n  b: {fields: {r: {type: a, default: q}}}\n",
     "3:38 dangling-reference"},
    {"optional maybe", "  a: {fields: {i: {type: integer, optional: maybe}}}\n", "2:45 wrong-type"},
    {"a name with a space", "  a b: {fields: {c d: integer}}\n", "2:3 wrong-type, 2:18 wrong-type"},
    {"a word of the rules", "  not: {fields: {}}\n  count: {fields: {}}\n",
     "2:3 wrong-shape, 3:3 wrong-shape"},
    {"shown as nothing known", "  a: {shows_as: advice, fields: {}}\n", "2:17 not-in-enumeration"},
    {"a relation twice", "  a: {fields: {}}\n  a: {fields: {}}\n", "3:3 duplicate-key"},
};

static void test_case(void **state)
{
  const schema_case *const row = *state;
  pack_fixture fixture;
  dem_buffer schema;
  dem_buffer_init(&schema, dem_allocator_default());
  dem_buffer_add_format(&schema, "relations:\n%s%c", row->schema, '\0');
  pack_fixture_read(&fixture,
                    (pack_fixture_file[]){{"kb/schema.yaml", schema.bytes}, {NULL, NULL}});
  dem_buffer verdict;
  dem_buffer_init(&verdict, dem_allocator_default());
  for (size_t i = 0; i < fixture.diagnostics.items.count; ++i) {
    const dem_diagnostic *const d = &DEM_VECTOR_AT(&fixture.diagnostics.items, dem_diagnostic, i);
    dem_buffer_add_format(&verdict, "%s%u:%u %s", i ? ", " : "", d->place.line, d->place.column,
                          dem_diagnostic_code_slug(d->code));
  }
  dem_buffer_add_char(&verdict, '\0');
  assert_string_equal(verdict.bytes, row->expected);
  dem_buffer_clear(&verdict);
  dem_buffer_clear(&schema);
  pack_fixture_clear(&fixture);
}

// A reference is stored as the key at the end of its chain, wherever the relations stand.
static void test_chain(void **state)
{
  (void)state;
  pack_fixture fixture;
  pack_fixture_read(
      &fixture, (pack_fixture_file[]){{"kb/schema.yaml", "relations:\n"
                                                         "  d: {fields: {r: c}}\n"
                                                         "  c: {key: k, fields: {k: b}}\n"
                                                         "  b: {key: k, fields: {k: a}}\n"
                                                         "  a: {key: k, fields: {k: integer}}\n"},
                                      {NULL, NULL}});
  assert_int_equal(fixture.status, DEM_OK);
  for (uint32_t i = 0; i < 4; ++i) {
    assert_int_equal(fixture.model.relations[i].fields[0].type.storage, DEM_STORAGE_INTEGER);
  }
  assert_int_equal(fixture.model.relations[0].fields[0].type.relation, 1);
  pack_fixture_clear(&fixture);
}

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(cases) + 1] = {{0}};
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_case, .initial_state = &cases[i]};
  }
  tests[ARRAY_LENGTH(cases)] =
      (struct CMUnitTest){.name = "a chain of references", .test_func = test_chain};
  return cmocka_run_group_tests_name("lang/schema", tests, NULL, NULL);
}
