// SPDX-License-Identifier: Apache-2.0

// A pack in memory, made of one rules file, for tests of what the language's readers make
// of it: what they report, and what they build, written as a short text.

#ifndef DEM_TESTS_LANG_RULES_FIXTURE_H
#define DEM_TESTS_LANG_RULES_FIXTURE_H

#include "base/buffer.h"
#include "base/diagnostic.h"
#include "lang/pack_reader.h"

typedef struct rules_fixture {
  dem_model model;
  dem_diagnostics diagnostics;
  dem_status status;
  dem_buffer text; ///< What was described last.
} rules_fixture;

/// Read a pack with the tests' schema and sources and this rules file.
void rules_fixture_read(rules_fixture *fixture, const char *rules);

/// As rules_fixture_read, with the memory of `allocator`.
void rules_fixture_read_with(rules_fixture *fixture, const char *rules, dem_allocator allocator);

/// As rules_fixture_read, without rules and with this profile.yaml.
void rules_fixture_read_profile(rules_fixture *fixture, const char *profile);

void rules_fixture_clear(rules_fixture *fixture);

/// "LINE:COLUMN slug" for each diagnostic in the rules file, separated by ", ", sorted by
/// place; "FILE:LINE:COLUMN slug" for those in other files.
const char *rules_fixture_verdict(rules_fixture *fixture);

/// The rule of that id, or NULL.
const dem_rule *rules_fixture_rule(const rules_fixture *fixture, const char *id);

/// "integer (+ $n 1)": storage and tree of an expression.
const char *rules_fixture_expression(rules_fixture *fixture, const dem_rule *rule,
                                     const dem_expression *expression);

/// Conditions and conclusions of a rule: "edge(from=$x, to=$y) not(edge(from=$y)) => node(id=$x)".
const char *rules_fixture_describe(rules_fixture *fixture, const dem_rule *rule);

#endif
