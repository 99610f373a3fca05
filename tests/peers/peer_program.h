// SPDX-License-Identifier: Apache-2.0

// Random stratified programs that several rule engines can run: recursion, negation, aggregates,
// disjunction, comparisons and arithmetic over small integers and symbols.
//
// A program is what the languages have in common; peer_writers.h puts it into each of them.

#ifndef DEM_TESTS_PEER_PROGRAM_H
#define DEM_TESTS_PEER_PROGRAM_H

#include <stdbool.h>
#include <stdint.h>

enum {
  PEER_GIVEN = 4,   ///< Relations with facts.
  PEER_DERIVED = 6, ///< Relations with rules; some have facts as well.
  PEER_RELATIONS = PEER_GIVEN + PEER_DERIVED,
  PEER_RULES = 12,
  PEER_MOST_FIELDS = 3,
  PEER_MOST_FACTS = 16,
  PEER_MOST_VARIABLES = 24,
  PEER_MOST_CONDITIONS = 16,
  PEER_MOST_INNER = 3,
};

typedef enum peer_type { PEER_INTEGER, PEER_SYMBOL } peer_type;

typedef enum peer_comparison {
  PEER_EQUAL,
  PEER_NOT_EQUAL,
  PEER_LESS,
  PEER_LESS_EQUAL,
  PEER_GREATER,
  PEER_GREATER_EQUAL,
  PEER_AMONG, ///< One of two constants. Of arguments only.
  PEER_NO_TEST,
} peer_comparison;

/// What one field of an atom must be.
typedef struct peer_argument {
  peer_type type;
  int variable; ///< -1: none.
  peer_comparison test;
  int constants[2]; ///< Of the test. PEER_EQUAL without a variable is a plain constant.
} peer_argument;

typedef struct peer_atom {
  int relation;
  peer_argument arguments[PEER_MOST_FIELDS];
} peer_atom;

/// Polish notation: an operator ('+', '-', '*', '/', '%', 'a' for the absolute value), a
/// constant ('c') or a variable ('v'); `value` is the constant or the variable's number.
typedef struct peer_token {
  char kind;
  int value;
} peer_token;

typedef struct peer_expression {
  int count;
  peer_token tokens[8];
} peer_expression;

typedef enum peer_kind {
  PEER_ATOM,
  PEER_NOT,     ///< No way to satisfy `inner`.
  PEER_ANY,     ///< One of `inner` holds, each a branch of its own; all bind `shared`.
  PEER_COMPARE, ///< `left` against `right`.
  PEER_LET,     ///< `result` is `left`.
  PEER_COUNT,   ///< `result` is an aggregate of `inner`.
  PEER_SUM,
  PEER_MIN,
  PEER_MAX,
} peer_kind;

typedef struct peer_condition {
  peer_kind kind;
  int inner_count;
  peer_atom inner[PEER_MOST_INNER]; ///< Of an atom, the first.
  int shared_count;                 ///< Variables of `inner` that the rest of the rule binds, too.
  int shared[PEER_MOST_VARIABLES];
  peer_comparison comparison;
  peer_expression left;
  peer_expression right;
  int result;
  int way_count; ///< Variables whose distinct combinations an aggregate takes; a sum's, a
                 ///< minimum's and a maximum's value is the first.
  int way[PEER_MOST_VARIABLES];
  bool is_way_named; ///< It is not simply all variables that are local to `inner`.
} peer_condition;

typedef struct peer_output {
  peer_type type;
  int variable; ///< -1: see the next.
  bool is_expression;
  int constant;
  peer_expression expression;
} peer_output;

typedef struct peer_rule {
  int relation;
  peer_output outputs[PEER_MOST_FIELDS];
  int condition_count;
  peer_condition conditions[PEER_MOST_CONDITIONS];
  peer_type types[PEER_MOST_VARIABLES];
} peer_rule;

typedef struct peer_relation {
  int width;
  peer_type types[PEER_MOST_FIELDS];
  int level;     ///< Negations and aggregates read lower ones only.
  bool is_asked; ///< Its facts come with the profile, where a language has one. Of width 1.
  int fact_count;
  int facts[PEER_MOST_FACTS][PEER_MOST_FIELDS];
} peer_relation;

typedef struct peer_program {
  peer_relation relations[PEER_RELATIONS];
  peer_rule rules[PEER_RULES];
} peer_program;

/// The same seed gives the same program.
void peer_program_make(peer_program *program, uint64_t seed);

#endif
