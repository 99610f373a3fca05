// SPDX-License-Identifier: Apache-2.0

// Rules: terms, types, conclusions, reasons, and what is refused of them.
//
// A row's `body` follows "- id: r" and begins in line 4. Its lines are indented by two.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "lang/rules_fixture.h"
#include "support/strict_memory.h"

typedef struct rule_case {
  const char *name;
  const char *body;
  const char *expected; // The rule as rules_fixture_describe writes it, or the verdict.
} rule_case;

#define DONE "  then: [word: {w: done}]\n"

static rule_case cases[] = {
    // Not const: cmocka hands a case on as void *.
    // Terms
    {"constants by their fields' types",
     "  when: [thing: {n: 7, x: 7, b: yes, d: 2024-06-01, t: '7', s: 7, e: red}]\n" DONE,
     "thing(n=7, x=7, b=true, d=2024-06-01, t=7, s=7, e=red) => word(w=done)"},
    {"terms lie by field", "  when: [thing: {s: a, n: 1}]\n" DONE,
     "thing(n=1, s=a) => word(w=done)"},
    {"some fact", "  when: [thing: {}, word: ]\n" DONE, "thing() word() => word(w=done)"},
    {"no conditions", "  when: []\n" DONE, " => word(w=done)"},
    {"list of constants", "  when: [thing: {e: [red, blue, red]}]\n" DONE,
     "thing(e=red|blue) => word(w=done)"},
    {"empty list", "  when: [thing: {e: []}]\n" DONE, "4:21 wrong-shape"},
    {"tests", "  when: [thing: {n: {ge: 1, lt: 10, not: [3, 4], as: $n}}]\n" DONE,
     "thing(n=$n & >= 1 & < 10 & not 3|4) => word(w=done)"},
    {"in and is", "  when: [thing: {s: {in: [a, b]}, t: {is: \"$5\"}}]\n" DONE,
     "thing(t=$5, s=a|b) => word(w=done)"},
    {"matches", "  when: [thing: {t: {matches: '^a+$'}}]\n" DONE,
     "thing(t=matches ^a+$) => word(w=done)"},
    {"bad regex", "  when: [thing: {t: {matches: '(a'}}]\n" DONE, "4:31 bad-regex"},
    {"matches on an integer", "  when: [thing: {n: {matches: a}}]\n" DONE, "4:22 wrong-type"},
    {"order on a text", "  when: [thing: {t: {lt: a}}]\n" DONE, "thing(t=< a) => word(w=done)"},
    {"order on an enumeration", "  when: [thing: {e: {lt: red}}]\n" DONE, "4:22 wrong-type"},
    {"null where a value must be", "  when: [thing: {s: null, t: ~}]\n" DONE,
     "thing(t=~, s=null) => word(w=done)"},
    {"null where none may be", "  when: [node: {name: null}]\n" DONE, "4:23 wrong-shape"},
    {"null as a conclusion", "  when: []\n  then: [word: {w: null}, total: {n: null}]\n",
     " => word(w=null) & total(n=absent)"},
    {"order on a boolean", "  when: [thing: {b: {ge: yes}}]\n" DONE, "4:22 wrong-type"},
    {"order on a date", "  when: [thing: {d: {le: 2024-12-31}}]\n" DONE,
     "thing(d=<= 2024-12-31) => word(w=done)"},
    {"variable in a test", "  when: [thing: {n: $n, m: {gt: $n}}]\n" DONE, "4:33 wrong-shape"},
    {"variable in a list", "  when: [thing: {n: $n, m: [$n, 1]}]\n" DONE, "4:29 wrong-shape"},
    {"unknown test", "  when: [thing: {n: {above: 1}}]\n" DONE, "4:22 unknown-key"},
    {"no variable's name", "  when: [thing: {t: $5}]\n" DONE, "4:21 wrong-shape"},
    {"quoted variable", "  when: [thing: {n: \"$n\"}]\n  then: [total: {n: $n}]\n",
     "thing(n=$n) => total(n=$n)"},
    {"variable of wide letters", "  when: [thing: {n: $été}]\n  then: [total: {n: $été}]\n",
     "thing(n=$été) => total(n=$été)"},
    {"nothing in a field", "  when: [thing: {n: }]\n" DONE, "4:21 wrong-shape"},
    {"wrong constant", "  when: [thing: {n: seven}]\n" DONE, "4:21 wrong-type"},
    {"no option", "  when: [thing: {e: gren}]\n" DONE, "4:21 not-in-enumeration"},
    {"dangling constant", "  when: [edge: {from: nowhere}]\n" DONE, "4:23 dangling-reference"},

    // Shape
    {"unknown relation", "  when: [edgy: {from: $x}]\n  then: [word: {w: $x}]\n",
     "4:10 unknown-relation"},
    {"unknown condition", "  when: [were: \"1 < 2\"]\n" DONE, "4:10 unknown-condition"},
    {"unknown field", "  when: [edge: {form: $x, to: $y}]\n  then: [word: {w: $x}]\n",
     "4:17 unknown-field"},
    {"two keys in a condition", "  when:\n  - edge: {from: $x}\n    node: {id: $x}\n" DONE,
     "6:5 wrong-shape"},
    {"no list", "  when: {edge: {from: $x}}\n" DONE, "4:9 wrong-shape"},
    {"text for a condition", "  when: [edge]\n" DONE, "4:10 wrong-shape"},
    {"list for fields", "  when: [edge: [a]]\n" DONE, "4:16 wrong-shape"},
    {"empty not", "  when: [not: []]\n" DONE, "4:15 wrong-shape"},
    {"any of no lists", "  when: [any: [edge: {}]]\n" DONE, "4:16 wrong-shape"},
    {"where as a list", "  when: [thing: {n: $n}, where: ['$n > 1', '$n < 9']]\n" DONE,
     "thing(n=$n) (> $n 1) (< $n 9) => word(w=done)"},
    {"where without a comparison", "  when: [thing: {n: $n}, where: '$n + 1']\n" DONE,
     "4:33 wrong-type"},
    {"aggregate without as", "  when: [count: {over: [node: {}]}]\n" DONE, "4:10 missing-key"},
    {"aggregate without over", "  when: [count: {as: $n}]\n" DONE, "4:10 missing-key"},
    {"sum without of", "  when: [sum: {as: $n, over: [node: {}]}]\n" DONE, "4:10 missing-key"},
    {"count with per", "  when: [count: {as: $n, over: [node: {id: $x}], per: [$x]}]\n" DONE,
     "4:50 unknown-key"},
    {"sum of texts", "  when: [sum: {as: $n, of: $t, over: [thing: {t: $t}]}]\n" DONE,
     "4:10 wrong-type"},
    {"max of dates",
     "  when: [max: {as: $m, of: $d, over: [thing: {d: $d}]}]\n  then: [day: {d: $m}]\n",
     "max($m of $d way $d group: thing(d=$d)) => day(d=$m)"},

    // Places inside scalars
    {"mistake in plain text", "  when:\n  - thing: {n: $n}\n  - where: $n == 1\n" DONE,
     "6:15 bad-expression"},
    {"mistake behind doubled quotes",
     "  when:\n  - thing: {t: $t}\n  - where: '$t = ''a'' and $t == ''b'''\n" DONE,
     "6:31 bad-expression"},
    {"mistake behind an escape",
     "  when:\n  - thing: {t: $t}\n  - where: \"$t = '\\\"' and $t == 'b'\"\n" DONE,
     "6:30 bad-expression"},
    {"mistake in a block", "  when:\n  - thing: {n: $n}\n  - where: >\n      $n == 1\n" DONE,
     "6:12 bad-expression"},
    {"mistake behind a line's end",
     "  when:\n  - thing: {n: $n}\n  - where: $n = 1\n      or $n == 2\n" DONE,
     "6:12 bad-expression"},
    {"two on one line", "  when: [thing: {n: $n}, where: $n == 1, where: '1 <> $n']\n" DONE,
     "4:36 bad-expression, 4:52 bad-expression"},

    // Types of variables
    {"join of integer and number", "  when: [thing: {n: $n, x: $n}]\n" DONE, "4:28 wrong-type"},
    {"join of two references", "  when: [node: {id: $x}, place: {id: $x}]\n" DONE,
     "4:38 wrong-type"},
    {"join of key and reference", "  when: [node: {id: $x}, edge: {from: $x}]\n" DONE,
     "node(id=$x) edge(from=$x) => word(w=done)"},
    {"join along a chain of keys", "  when: [capital: {place: $x}, place: {id: $x}]\n" DONE,
     "capital(place=$x) place(id=$x) => word(w=done)"},
    {"join of option and symbol", "  when: [thing: {e: $x, s: $x}]\n" DONE,
     "thing(s=$x, e=$x) => word(w=done)"},
    {"conflict in a not", "  when: [thing: {n: $n}, not: [thing: {t: $n}]]\n" DONE,
     "4:43 wrong-type"},
    {"conflict with a let",
     "  when: [thing: {t: $t}, let: {$l: 'length($t)'}, not: [thing: {t: $l}]]\n" DONE,
     "4:68 wrong-type"},

    // Conclusions
    {"narrow into wide", "  when: [edge: {from: $x}]\n  then: [said: {t: $x}, word: {w: $x}]\n",
     "edge(from=$x) => said(t=$x) & word(w=$x)"},
    {"symbol into reference", "  when: [word: {w: $x}]\n  then: [edge: {from: $x, to: $x}]\n",
     "5:23 wrong-type, 5:31 wrong-type"},
    {"symbol bound by a key",
     "  when: [word: {w: $x}, node: {id: $x}]\n"
     "  then: [edge: {from: $x, to: $x}]\n",
     "word(w=$x) node(id=$x) => edge(from=$x, to=$x)"},
    {"reference through a chain",
     "  when: [capital: {place: $p}, node: {id: $n}]\n"
     "  then: [tip: {partner: $n, purpose: $p, weight: 1}]\n"
     "  title: T\n  because: B\n",
     "capital(place=$p) node(id=$n) => tip(partner=$n, purpose=$p, weight=1)"},
    {"text into symbol", "  when: [thing: {t: $x}]\n  then: [word: {w: $x}]\n", "5:20 wrong-type"},
    {"options into more options", "  when: [shade: {e: $x}]\n  then: [word: {w: $x}]\n",
     "shade(e=$x) => word(w=$x)"},
    {"options into fewer options", "  when: [thing: {e: $x}]\n  then: [shade: {e: $x}]\n",
     "5:21 wrong-type"},
    {"one branch is too wide",
     "  when: [any: [[edge: {from: $x}], [word: {w: $x}]]]\n  then: [edge: {from: $x, to: $x}]\n",
     "5:23 wrong-type, 5:31 wrong-type"},
    {"both branches are references",
     "  when: [any: [[edge: {from: $x}], [node: {id: $x}]]]\n  then: [edge: {from: $x, to: $x}]\n",
     "any(edge(from=$x) | node(id=$x)) => edge(from=$x, to=$x)"},
    {"integer into number", "  when: [thing: {n: $n, r: $r}]\n  then: [score: {node: $r, x: $n}]\n",
     "thing(n=$n, r=$r) => score(node=$r, x=(number $n))"},
    {"expression", "  when: [thing: {n: $n}]\n  then: [total: {n: {value: '$n * 2'}}]\n",
     "thing(n=$n) => total(n=(* $n 2))"},
    {"lone variable as expression",
     "  when: [node: {id: $x}]\n  then: [edge: {from: {value: $x}, to: $x}]\n",
     "node(id=$x) => edge(from=$x, to=$x)"},
    {"text expression into symbol",
     "  when: [word: {w: $w}]\n  then: [word: {w: {value: 'lower($w)'}}]\n", "5:28 wrong-type"},
    {"text expression into text",
     "  when: [word: {w: $w}]\n  then: [said: {t: {value: 'lower($w)'}}]\n",
     "word(w=$w) => said(t=(lower $w))"},
    {"literal with a dollar", "  when: []\n  then: [said: {t: {is: \"$5\"}}]\n", " => said(t=$5)"},
    {"default and absence", "  when: []\n  then: [shade: {e: red}, total: {}]\n",
     " => shade(e=red, k=plain) & total(n=absent)"},
    {"missing field", "  when: []\n  then: [shade: {k: a}]\n", "5:10 missing-field"},
    {"list in a conclusion", "  when: []\n  then: [word: {w: [a, b]}]\n", "5:20 wrong-shape"},
    {"no conclusions", "  when: []\n  then: []\n", "5:9 wrong-shape"},

    // Rules
    {"no then", "  when: []\n", "3:7 missing-key"},
    {"no when", DONE, "3:7 missing-key"},
    {"unknown key", "  wenn: []\n  when: []\n" DONE, "4:3 unknown-key"},
    {"misspelt variable",
     "  when: [edge: {from: $country, to: $contry}]\n"
     "  then: [word: {w: $country}]\n",
     "edge(from=$country, to=$contry) => word(w=$country)"},
    {"several mistakes",
     "  when: [edgy: {}, thing: {n: $n, e: gren}, where: '$n > $k']\n"
     "  then: [word: {w: $z}]\n",
     "4:10 unknown-relation, 4:38 not-in-enumeration, 4:58 unbound-variable, "
     "5:20 unbound-variable"},

    // Reasons
    {"unknown variable in a reason",
     "  when: [node: {id: $x}]\n" DONE "  because: \"Because of {$y} only\"\n",
     "6:25 unbound-variable"},
    {"variable that does not end", "  when: [node: {id: $x}]\n" DONE "  because: \"It is {$x\"\n",
     "6:19 bad-expression"},
};

static void test_case(void **state)
{
  const rule_case *row = *state;
  char rules[2048];
  snprintf(rules, sizeof(rules), "cite: [s]\nrules:\n- id: r\n%s", row->body);
  rules_fixture fixture;
  rules_fixture_read(&fixture, rules);
  const dem_rule *rule = rules_fixture_rule(&fixture, "r");
  assert_string_equal(fixture.status == DEM_OK && rule ? rules_fixture_describe(&fixture, rule)
                                                       : rules_fixture_verdict(&fixture),
                      row->expected);
  rules_fixture_clear(&fixture);
}

// Files -------------------------------------------------------------------------

typedef struct file_case {
  const char *name;
  const char *rules;
  const char *expected; // The verdict: errors and warnings.
} file_case;

static file_case files[] = {
    {"two rules",
     "cite: [s]\nrules:\n- {id: a, when: [], then: [word: {w: a}]}\n"
     "- {id: b, when: [], then: [word: {w: b}]}\n",
     ""},
    {"one id twice",
     "cite: [s]\nrules:\n- {id: a, when: [], then: [word: {w: a}]}\n"
     "- {id: a, when: [], then: [word: {w: b}]}\n",
     "4:8 duplicate-id"},
    {"id that is no symbol", "cite: [s]\nrules:\n- {id: a b, when: [], then: [word: {w: a}]}\n",
     "3:8 wrong-type"},
    {"no id", "cite: [s]\nrules:\n- {when: [], then: [word: {w: a}]}\n", "3:3 missing-key"},
    {"uncited", "rules:\n- {id: a, when: [], then: [word: {w: a}]}\n", "2:8 uncited"},
    {"cited itself", "rules:\n- {id: a, cite: s/one, when: [], then: [word: {w: a}]}\n", ""},
    {"unknown section", "rules:\n- {id: a, cite: [s/two], when: [], then: [word: {w: a}]}\n",
     "2:18 unknown-section"},
    {"no rules yet", "cite: [s]\nrules:\n", ""},
    {"rules in a mapping", "cite: [s]\nrules: {a: b}\n", "2:8 wrong-shape"},
    {"silent advice",
     "cite: [s]\nrules:\n- id: a\n  when: [node: {id: $n}, place: {id: $p}]\n"
     "  then: [tip: {partner: $n, purpose: $p, weight: 1}]\n",
     "3:7 no-reason"},
    {"reasoned advice",
     "cite: [s]\nrules:\n- id: a\n  title: T\n  because: '{$n} at {$p}'\n"
     "  when: [node: {id: $n}, place: {id: $p}]\n"
     "  then: [tip: {partner: $n, purpose: $p, weight: 1}]\n",
     ""},
    {"misspelt variable",
     "cite: [s]\nrules:\n- id: a\n"
     "  when: [edge: {from: $country, to: $contry}]\n"
     "  then: [word: {w: $country}]\n",
     "4:37 unused-variable"},
    {"numbered variables",
     "cite: [s]\nrules:\n- id: a\n"
     "  when: [edge: {from: $node1, to: $node2}]\n"
     "  then: [word: {w: $node1}]\n",
     ""},
    {"bad default date", "cite: [s]\nfrom: 2024-13-01\nrules:\n", "2:7 wrong-type"},
};

static void test_file(void **state)
{
  const file_case *row = *state;
  rules_fixture fixture;
  rules_fixture_read(&fixture, row->rules);
  assert_string_equal(rules_fixture_verdict(&fixture), row->expected);
  rules_fixture_clear(&fixture);
}

// Rules made for the profile ------------------------------------------------------

typedef struct profile_case {
  const char *name;
  const char *question; // Begins in line 3, column 5.
  const char *expected; // The hidden rules, or the verdict.
} profile_case;

static profile_case profiles[] = {
    {"known, while the question is open",
     "known: [capital: {place: $answer}]\n    gives: {place: {id: $answer}}\n",
     "capital(place=$answer) not(answered?(field=q)) => place(id=$answer) & known?(field=q); "
     "open?(field=q) not(known?(field=q)) place(id=$answer) => place(id=$answer); "},
    {"options", "options: [capital: {place: $answer}]\n    gives: {place: {id: $answer}}\n",
     "open?(field=q) q?options(answer=$answer) => place(id=$answer); "
     "capital(place=$answer) => q?options(answer=$answer); "},
    {"asked", "when: [capital: {}]\n    gives: {place: {id: $answer}}\n",
     "open?(field=q) q?asked(yes=true) place(id=$answer) => place(id=$answer); "
     "capital() => q?asked(yes=true); "},
    {"options that bind no answer", "options: [capital: {}]\n    gives: {place: {id: $answer}}\n",
     "kb/profile.yaml:3:14 unbound-variable"},
    {"options of another type",
     "options: [node: {id: $answer}]\n    gives: {place: {id: $answer}}\n",
     "kb/profile.yaml:3:26 wrong-type"},
    {"another variable in gives", "gives: {place: {id: $anser}}\n",
     "kb/profile.yaml:3:25 unbound-variable"},
    {"answer of another type in gives", "gives: {edge: {from: $answer, to: $answer}}\n",
     "kb/profile.yaml:3:26 wrong-type, kb/profile.yaml:3:39 wrong-type"},
    {"expression in gives", "gives: {place: {id: {value: 'lower($answer)'}}}\n",
     "kb/profile.yaml:3:25 wrong-shape"},
};

static void test_profile(void **state)
{
  const profile_case *row = *state;
  char profile[1024];
  snprintf(profile, sizeof(profile),
           "profile:\n  - field: q\n    %s    ask: Where?\n    type: place\n", row->question);
  rules_fixture fixture;
  rules_fixture_read_profile(&fixture, profile);
  char found[1024] = "";
  if (fixture.status != DEM_OK) {
    snprintf(found, sizeof(found), "%s", rules_fixture_verdict(&fixture));
  }
  for (uint32_t i = 0; fixture.status == DEM_OK && i < fixture.model.rule_count; ++i) {
    assert_true(fixture.model.rules[i].is_hidden);
    const size_t size = strlen(found);
    snprintf(found + size, sizeof(found) - size, "%s; ",
             rules_fixture_describe(&fixture, &fixture.model.rules[i]));
  }
  assert_string_equal(found, row->expected);
  rules_fixture_clear(&fixture);
}

// Memory and parts ----------------------------------------------------------------

// A reason's parts, and the days that a rule is in force.
static void test_rule_itself(void **state)
{
  (void)state;
  rules_fixture fixture;
  rules_fixture_read(&fixture, "cite: [s]\nfrom: 1970-01-02\nrules:\n- id: a\n"
                               "  when: [edge: {from: $a, to: $b}]\n"
                               "  then: [word: {w: $a}]\n"
                               "  until: 1970-02-01\n"
                               "  because: \"{$a}{$b} {x} {{$a}\"\n");
  const dem_rule *rule = rules_fixture_rule(&fixture, "a");
  assert_non_null(rule);
  assert_int_equal(rule->from, 1);
  assert_int_equal(rule->until, 31);
  assert_int_equal(rule->citation_count, 1);
  assert_int_equal(rule->reason_count, 4);
  assert_int_equal(rule->reason[0].variable, 0);
  assert_int_equal(rule->reason[1].variable, 1);
  assert_true(dem_slice_is(rule->reason[2].text, " {x} "));
  assert_true(dem_slice_is(rule->reason[3].text, "{$a}"));
  rules_fixture_clear(&fixture);
}

// Whichever allocation fails, reading ends with that status, and nothing leaks.
static void test_out_of_memory(void **state)
{
  (void)state;
  static const char rules[] =
      "cite: [s]\nrules:\n- id: a\n  title: T\n  because: '{$x} counts {$k}'\n  when:\n"
      "  - node: {id: $x}\n"
      "  - any: [[edge: {from: $x}], [edge: {to: $x}]]\n"
      "  - not: [thing: {r: $x, e: [red, blue], t: {matches: '^a'}}]\n"
      "  - count: {as: $k, of: $y, over: [edge: {from: $x, to: $y}]}\n"
      "  - let: {$l: 'max($k, 3) + 1'}\n"
      "  - where: $l > 2\n"
      "  then:\n  - score: {node: $x, x: {value: '$l * 2'}}\n  - shade: {e: red}\n";
  dem_status status = DEM_ERR_NO_MEMORY;
  for (size_t allowed = 0; status == DEM_ERR_NO_MEMORY; ++allowed) {
    strict_memory memory = {.failing_at = allowed, .fails_on = true};
    rules_fixture fixture;
    rules_fixture_read_with(&fixture, rules, strict_allocator(&memory));
    status = fixture.status;
    rules_fixture_clear(&fixture);
    assert_int_equal(memory.bytes, 0);
    assert_in_range(allowed, 0, 10000);
  }
  assert_int_equal(status, DEM_OK);
}

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(cases) + ARRAY_LENGTH(files) + ARRAY_LENGTH(profiles) + 2] =
      {{0}};
  size_t count = 0;
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[count++] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_case, .initial_state = &cases[i]};
  }
  for (size_t i = 0; i < ARRAY_LENGTH(files); ++i) {
    tests[count++] = (struct CMUnitTest){
        .name = files[i].name, .test_func = test_file, .initial_state = &files[i]};
  }
  for (size_t i = 0; i < ARRAY_LENGTH(profiles); ++i) {
    tests[count++] = (struct CMUnitTest){
        .name = profiles[i].name, .test_func = test_profile, .initial_state = &profiles[i]};
  }
  tests[count++] = (struct CMUnitTest){.name = "parts of a rule", .test_func = test_rule_itself};
  tests[count++] = (struct CMUnitTest){.name = "out of memory", .test_func = test_out_of_memory};
  return cmocka_run_group_tests_name("lang/rule_reader", tests, NULL, NULL);
}
