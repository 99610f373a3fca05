// SPDX-License-Identifier: Apache-2.0

// Which variables are bound, which are local, what aggregates group by and count; and that
// the order of conditions makes no difference to any of it.
//
// A row's `when` and `then` are flow lists. Their first characters stand in columns 9 of the
// lines 4 and 5.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "lang/rules_fixture.h"

typedef struct binding_case {
  const char *name;
  const char *when;
  const char *then;
  const char *expected; // The rule as rules_fixture_describe writes it, or the verdict.
} binding_case;

static binding_case cases[] = {
    // Not const: cmocka hands a case on as void *.
    // Patterns, not
    {"bound by a pattern", "[edge: {from: $x, to: $y}]", "[edge: {from: $y, to: $x}]",
     "edge(from=$x, to=$y) => edge(from=$y, to=$x)"},
    {"bound nowhere", "[edge: {from: $x}]", "[edge: {from: $x, to: $z}]", "5:31 unbound-variable"},
    {"bound only under not", "[not: [edge: {from: $x}]]", "[edge: {from: $x, to: $x}]",
     "4:29 unbound-variable"},
    {"local to a not", "[node: {id: $x}, not: [edge: {from: $x, to: $y}]]", "[word: {w: $x}]",
     "node(id=$x) not(edge(from=$x, to=$y)) => word(w=$x)"},
    {"two nots, two variables",
     "[node: {id: $x}, not: [edge: {from: $x, to: $y}], not: [edge: {from: $y, to: $x}]]",
     "[word: {w: $x}]",
     "node(id=$x) not(edge(from=$x, to=$y)) not(edge(from=$y#2, to=$x)) => word(w=$x)"},
    {"not before what binds it", "[not: [edge: {from: $x, to: $x}], node: {id: $x}]",
     "[word: {w: $x}]", "not(edge(from=$x, to=$x)) node(id=$x) => word(w=$x)"},
    {"not inside not",
     "[node: {id: $x}, not: [edge: {from: $x, to: $y}, not: [edge: {from: $y, to: $x}]]]",
     "[word: {w: $x}]",
     "node(id=$x) not(edge(from=$x, to=$y) not(edge(from=$y, to=$x))) => word(w=$x)"},
    {"used in not and where", "[word: {w: a}, not: [thing: {n: $n}], where: \"$n > 1\"]",
     "[word: {w: b}]", "4:41 unbound-variable"},
    {"where inside not", "[thing: {n: $n}, not: [thing: {m: $m}, where: \"$m > $n\"]]",
     "[total: {n: $n}]", "thing(n=$n) not(thing(m=$m) (> $m $n)) => total(n=$n)"},
    {"where alone inside not", "[thing: {n: $n}, not: [where: \"$n > 3\"]]", "[total: {n: $n}]",
     "thing(n=$n) not((> $n 3)) => total(n=$n)"},
    {"unbound in where", "[thing: {n: $n}, where: \"$n > $k\"]", "[total: {n: $n}]",
     "4:39 unbound-variable"},

    // let
    {"let", "[thing: {n: $n}, let: {$k: \"$n + 1\"}]", "[total: {n: $k}]",
     "thing(n=$n) $k:=(+ $n 1) => total(n=$k)"},
    {"lets in any order", "[let: {$c: \"$b + 1\"}, let: {$b: \"$a * 2\"}, thing: {n: $a}]",
     "[total: {n: $c}]", "$c:=(+ $b 1) $b:=(* $a 2) thing(n=$a) => total(n=$c)"},
    {"several lets in one", "[thing: {n: $a}, let: {$c: \"$b + 1\", $b: \"$a\"}]",
     "[total: {n: $c}]", "thing(n=$a) $c:=(+ $b 1) $b:=$a => total(n=$c)"},
    {"lets in a circle", "[let: {$a: \"$b\", $b: \"$a\"}]", "[total: {n: $a}]",
     "4:21 unbound-variable, 4:31 unbound-variable"},
    {"let of what a pattern binds", "[thing: {n: $n, m: $m}, let: {$m: \"$n\"}]",
     "[total: {n: $m}]", "thing(n=$n, m=$m) $m:=$n => total(n=$m)"},
    {"let looked up", "[thing: {n: $n}, let: {$k: \"$n + 1\"}, thing: {n: $k, m: $m}]",
     "[total: {n: $m}]", "thing(n=$n) $k:=(+ $n 1) thing(n=$k, m=$m) => total(n=$m)"},
    {"let twice", "[thing: {n: $n}, let: {$m: \"$n\"}, let: {$m: \"$n + 1\"}]", "[total: {n: $m}]",
     "4:49 rebound-variable"},
    {"let inside not", "[thing: {n: $n}, not: [let: {$k: \"$n + 1\"}, total: {n: $k}]]",
     "[total: {n: $n}]", "thing(n=$n) not($k:=(+ $n 1) total(n=$k)) => total(n=$n)"},
    {"let keeps a reference", "[node: {id: $x}, let: {$y: \"$x\"}]", "[edge: {from: $x, to: $y}]",
     "node(id=$x) $y:=$x => edge(from=$x, to=$y)"},

    // any
    {"bound in every branch", "[any: [[edge: {from: $x}], [edge: {to: $x}]]]", "[word: {w: $x}]",
     "any(edge(from=$x) | edge(to=$x)) => word(w=$x)"},
    {"bound in one branch", "[any: [[edge: {from: $x}], [word: {w: a}]]]", "[word: {w: $x}]",
     "5:20 unbound-variable"},
    {"branch with a variable of its own",
     "[any: [[edge: {from: $x, to: $y}, node: {id: $y}], [node: {id: $x}]]]", "[word: {w: $x}]",
     "any(edge(from=$x, to=$y) node(id=$y) | node(id=$x)) => word(w=$x)"},
    {"branch that reads what the other binds", "[any: [[thing: {n: $n}], [where: \"$n > 1\"]]]",
     "[word: {w: a}]", "4:43 unbound-variable"},
    {"let in each branch", "[thing: {n: $n}, any: [[let: {$k: \"$n\"}], [let: {$k: \"$n + 1\"}]]]",
     "[total: {n: $k}]", "thing(n=$n) any($k:=$n | $k:=(+ $n 1)) => total(n=$k)"},
    {"let in a branch and outside",
     "[thing: {n: $n}, let: {$k: \"1\"}, any: [[let: {$k: \"$n\"}]]]", "[total: {n: $k}]",
     "4:55 rebound-variable"},
    {"branch under branch",
     "[any: [[any: [[edge: {from: $x}], [edge: {to: $x}]]], [node: {id: $x}]]]", "[word: {w: $x}]",
     "any(any(edge(from=$x) | edge(to=$x)) | node(id=$x)) => word(w=$x)"},
    {"not in a branch, bound outside",
     "[any: [[not: [edge: {from: $x}]], [edge: {to: $x}]], node: {id: $x}]", "[word: {w: $x}]",
     "any(not(edge(from=$x)) | edge(to=$x)) node(id=$x) => word(w=$x)"},
    {"not in a branch, bound in the other", "[any: [[not: [edge: {from: $x}]], [edge: {to: $x}]]]",
     "[word: {w: a}]", "4:36 unbound-variable"},

    // Aggregates
    {"count of ways", "[count: {as: $k, over: [edge: {from: $x, to: $y}]}]", "[total: {n: $k}]",
     "count($k way $x $y group: edge(from=$x, to=$y)) => total(n=$k)"},
    {"count of a variable", "[count: {as: $k, of: $x, over: [edge: {from: $x, to: $y}]}]",
     "[total: {n: $k}]", "count($k way $x group: edge(from=$x, to=$y)) => total(n=$k)"},
    {"count of pairs",
     "[count: {as: $k, of: [$y, $x], over: [edge: {from: $x, to: $y}, edge: {from: $y, to: $z}]}]",
     "[total: {n: $k}]",
     "count($k way $y $x group: edge(from=$x, to=$y) edge(from=$y, to=$z)) => total(n=$k)"},
    {"grouped", "[node: {id: $x}, count: {as: $k, over: [edge: {from: $x, to: $y}]}]",
     "[score: {node: $x, x: $k}]",
     "node(id=$x) count($k way $y group $x: edge(from=$x, to=$y)) => "
     "score(node=$x, x=(number $k))"},
    {"nothing left to count", "[node: {id: $x}, count: {as: $k, over: [word: {w: $x}]}]",
     "[total: {n: $k}]", "node(id=$x) count($k way group $x: word(w=$x)) => total(n=$k)"},
    {"sum per ways said",
     "[sum: {as: $k, of: $n, over: [thing: {n: $n, m: $m, s: $s}], per: [$m]}]", "[total: {n: $k}]",
     "sum($k of $n way $m $n group: thing(n=$n, m=$m, s=$s)) => total(n=$k)"},
    {"sum with of among per",
     "[sum: {as: $k, of: $n, over: [thing: {n: $n, s: $s, m: $m}], per: [$n, $s]}]",
     "[total: {n: $k}]", "sum($k of $n way $n $s group: thing(n=$n, m=$m, s=$s)) => total(n=$k)"},
    {"sum of all", "[sum: {as: $k, of: $n, over: [thing: {n: $n, s: $s}]}]", "[total: {n: $k}]",
     "sum($k of $n way $n $s group: thing(n=$n, s=$s)) => total(n=$k)"},
    {"local of a not is no part of a way",
     "[count: {as: $k, over: [node: {id: $x}, not: [edge: {from: $x, to: $y}]]}]",
     "[total: {n: $k}]",
     "count($k way $x group: node(id=$x) not(edge(from=$x, to=$y))) => total(n=$k)"},
    {"grouped inside a not",
     "[node: {id: $x}, count: {as: $k, over: [node: {id: $z}, not: [edge: {from: $z, to: $x}]]}]",
     "[total: {n: $k}]",
     "node(id=$x) count($k way $z group $x: node(id=$z) not(edge(from=$z, to=$x))) => "
     "total(n=$k)"},
    {"grouped by a result",
     "[count: {as: $k, over: [node: {id: $x}]}, count: {as: $j, over: [thing: {n: $k, s: $s}]}]",
     "[total: {n: $j}]",
     "count($k way $x group: node(id=$x)) count($j way $s group $k: thing(n=$k, s=$s)) => "
     "total(n=$j)"},
    {"grouped by its own result", "[count: {as: $k, over: [thing: {n: $k}]}]", "[total: {n: $k}]",
     "4:44 unbound-variable"},
    {"grouped by what nothing binds", "[count: {as: $k, over: [edge: {from: $x, to: $y}]}]",
     "[word: {w: $x}]", "4:46 unbound-variable"},
    {"two counts, two variables",
     "[count: {as: $k, over: [node: {id: $x}]}, count: {as: $j, over: [place: {id: $x}]}]",
     "[total: {n: $k}]",
     "count($k way $x group: node(id=$x)) count($j way $x#2 group: place(id=$x#2)) => "
     "total(n=$k)"},
    {"count inside count",
     "[count: {as: $k, over: [node: {id: $x}, count: {as: $j, over: [edge: {from: $x, to: $y}]}, "
     "where: \"$j > 1\"]}]",
     "[total: {n: $k}]",
     "count($k way $x $j group: node(id=$x) count($j way $y group $x: edge(from=$x, to=$y)) "
     "(> $j 1)) => total(n=$k)"},
    {"result looked up", "[thing: {n: $k}, count: {as: $k, over: [node: {id: $x}]}]",
     "[total: {n: $k}]", "thing(n=$k) count($k way $x group: node(id=$x)) => total(n=$k)"},
    {"result bound twice", "[let: {$k: \"1\"}, count: {as: $k, over: [node: {id: $x}]}]",
     "[total: {n: $k}]", "4:38 rebound-variable"},
    {"let inside not of what is bound outside", "[thing: {n: $n, m: $m}, not: [let: {$m: \"$n\"}]]",
     "[total: {n: $n}]", "4:45 rebound-variable"},
    {"sum of what is bound outside",
     "[thing: {n: $n}, sum: {as: $k, of: $n, over: [thing: {n: $n, m: $m}]}]", "[total: {n: $k}]",
     "4:26 rebound-variable"},
    {"of names nothing in over", "[count: {as: $k, of: $z, over: [node: {id: $x}]}]",
     "[total: {n: $k}]", "4:30 unbound-variable"},
    {"min before its let",
     "[where: \"$k > 3\", min: {as: $k, of: $j, over: [let: {$j: \"$n + 1\"}, "
     "thing: {n: $n}]}]",
     "[total: {n: $k}]",
     "(> $k 3) min($k of $j way $j $n group: $j:=(+ $n 1) thing(n=$n)) => total(n=$k)"},
};

static void test_case(void **state)
{
  const binding_case *row = *state;
  char rules[2048];
  snprintf(rules, sizeof(rules), "cite: [s]\nrules:\n- id: r\n  when: %s\n  then: %s\n", row->when,
           row->then);
  rules_fixture fixture;
  rules_fixture_read(&fixture, rules);
  const dem_rule *rule = rules_fixture_rule(&fixture, "r");
  assert_string_equal(fixture.status == DEM_OK && rule ? rules_fixture_describe(&fixture, rule)
                                                       : rules_fixture_verdict(&fixture),
                      row->expected);
  rules_fixture_clear(&fixture);
}

// Every order of these conditions is accepted, and every order of the same without the
// one that binds `$a` is refused.
static void test_orders(void **state)
{
  (void)state;
  static const char *const conditions[] = {
      "let: {$c: \"$b + 1\"}", "let: {$b: \"$a * 2\"}", "where: \"$c > 3\"",
      "count: {as: $k, over: [thing: {n: $c, s: $s}]}", "thing: {n: $a}"};
  enum { COUNT = 5 };
  for (unsigned code = 0; code < 120; ++code) {
    unsigned order[COUNT] = {0, 1, 2, 3, 4};
    unsigned rest = code;
    for (unsigned i = COUNT; i > 1; --i) {
      const unsigned other = rest % i;
      rest /= i;
      const unsigned kept = order[i - 1];
      order[i - 1] = order[other];
      order[other] = kept;
    }
    for (int has_all = 0; has_all < 2; ++has_all) {
      char rules[2048];
      size_t size = (size_t)snprintf(rules, sizeof(rules), "cite: [s]\nrules:\n- id: r\n  when:\n");
      for (unsigned i = 0; i < COUNT; ++i) {
        if (has_all || order[i] != COUNT - 1) {
          size += (size_t)snprintf(rules + size, sizeof(rules) - size, "  - %s\n",
                                   conditions[order[i]]);
        }
      }
      snprintf(rules + size, sizeof(rules) - size, "  then: [total: {n: $k}]\n");
      rules_fixture fixture;
      rules_fixture_read(&fixture, rules);
      assert_int_equal(fixture.status, has_all ? DEM_OK : DEM_ERR_INVALID);
      rules_fixture_clear(&fixture);
    }
  }
}

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(cases) + 1] = {{0}};
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_case, .initial_state = &cases[i]};
  }
  tests[ARRAY_LENGTH(cases)] =
      (struct CMUnitTest){.name = "every order of conditions", .test_func = test_orders};
  return cmocka_run_group_tests_name("lang/binding", tests, NULL, NULL);
}
