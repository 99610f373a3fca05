// SPDX-License-Identifier: Apache-2.0

// A pack's own tests: profiles with the advice that is expected of them, and how much of the
// pack they reach.
//
//   dem_tests_run → dem_tests_report, dem_tests_results → dem_test_results_render
//
// The tests of a folder lie in tests/advice where there is such a folder, else anywhere under
// tests/; each file is YAML, a mapping with `tests`.

#ifndef DEMARCHE_TEST_H
#define DEMARCHE_TEST_H

#include "demarche/pack.h"
#include "demarche/write.h"

/// A pack with its tests and what became of them.
typedef struct dem_tests dem_tests;

typedef struct dem_tests_options {
  const dem_pack_options *pack; ///< Its date is for the tests that have none; NULL: the defaults.
  const char *filter;           ///< Run only tests with this in their names, whatever its case;
                                ///< NULL runs all.
  unsigned shuffles;    ///< Run all again so many times, with the pack's files, facts, rules
                        ///< and conditions in another order each time: a test whose result
                        ///< is not the same bytes fails.
  unsigned refinements; ///< Answer the open questions of all tests step by step, so many
                        ///< times with other answers: a test fails where an answer takes
                        ///< back what was certain, or allows what was impossible, or where
                        ///< one to a question that is not asked changes the advice.
  uint64_t seed;        ///< Of the first of these orders and answers.
} dem_tests_options;

/// Run the tests of the pack in a folder.
///
/// @param options    Borrowed for the call; NULL: the defaults.
/// @param tests_out  Receives the results; also when something is wrong, for the reports. NULL when
///                   DEM_ERR_NO_MEMORY.
/// @return DEM_OK when every test could be run, passed or not; DEM_ERR_INVALID when the pack or
///         some test is wrong: the reports say what (the other tests were run); DEM_ERR_LIMIT,
///         DEM_ERR_IO; DEM_ERR_NO_MEMORY.
/// Cost: the pack is compiled once a date that tests ask for; then a run and an advice a test.
DEM_API dem_status dem_tests_run(const char *folder, const dem_tests_options *options,
                                 dem_tests **tests_out);

/// The same for files in memory, in any order: those of the pack, and tests/….
DEM_API dem_status dem_tests_run_files(const dem_memory_file *files, size_t count,
                                       const dem_tests_options *options, dem_tests **tests_out);

DEM_API void dem_tests_free(dem_tests *tests);

/// What is wrong with the pack itself: then no test was run.
DEM_API const dem_report *dem_tests_pack_report(const dem_tests *tests);

/// What is wrong with the tests: their files, their profiles.
DEM_API const dem_report *dem_tests_report(const dem_tests *tests);

// Results -----------------------------------------------------------------------------
//
// Texts belong to the tests.

typedef enum dem_test_verdict {
  DEM_TEST_PASSED,
  DEM_TEST_FAILED,  ///< Some expectation was not met.
  DEM_TEST_BROKEN,  ///< It could not be run: dem_tests_report says why.
  DEM_TEST_SKIPPED, ///< Its name is not what was asked for.
} dem_test_verdict;

/// An expectation that was not met.
typedef struct dem_test_failure {
  const char *file; ///< Where it stands.
  uint32_t line;
  uint32_t column;
  const char *message; ///< "recommend {partner: ipu} is not certain"
  const char *details; ///< What was found instead, and why (not): lines, each ending in LF.
} dem_test_failure;

typedef struct dem_test_result {
  const char *name;
  const char *file;
  uint32_t line;
  const char *date; ///< The day that it was run for; empty if it was not.
  dem_test_verdict verdict;
  size_t failure_count;
  const dem_test_failure *failures; ///< In the order of the text.
} dem_test_result;

/// A part of the pack that no test reached.
typedef struct dem_coverage_item {
  const char *what;  ///< "funding/own-bank", "member {country: MA, …}", "emm-igos/examples"
  const char *group; ///< The rule of a condition, the relation of a fact, the source of a section.
  const char *note;  ///< Of a condition: "never held", "never failed"; else empty.
  const char *file;  ///< Where it stands.
  uint32_t line;
} dem_coverage_item;

typedef struct dem_coverage_part {
  const char *name; ///< "rules", "conditions", "facts", "sources"
  size_t total;
  size_t missed_count;
  const dem_coverage_item *missed; ///< In the order of the pack's files.
} dem_coverage_part;

enum { DEM_COVERAGE_PARTS = 4 };

/// How much of the pack the tests that were run reach.
///
/// A rule is reached when it fired. A condition is reached when it was seen to hold, and to fail
/// where everything else that its rule asks for held; what cannot fail need only hold. A given fact
/// is reached when something that a test derived rests on it, when a `not` that alone decided found
/// it, or when something shown names it (facts that no rule reads are left out); a source or
/// section when the advice of a test cites it.
typedef struct dem_coverage {
  dem_coverage_part parts[DEM_COVERAGE_PARTS]; ///< Rules, conditions, facts, sources.
  unsigned percent; ///< Of rules and conditions taken together, rounded down.
} dem_coverage;

/// What became of a pack's tests.
typedef struct dem_test_results {
  const char *pack_name;
  const char *pack_version;
  size_t test_count;
  const dem_test_result *tests; ///< By file name, then in the order of the text.
  size_t passed;                ///< How many tests have which verdict.
  size_t failed;
  size_t broken;
  size_t skipped;
  unsigned shuffles;    ///< Orders in which all was run again.
  unsigned refinements; ///< Times that open questions were answered.
  uint64_t seed;
  const dem_coverage *coverage; ///< NULL where a filter left tests out, or none was run.
} dem_test_results;

/// The results; all empty when no test was run.
DEM_API const dem_test_results *dem_tests_results(const dem_tests *tests);

// Rendering ---------------------------------------------------------------------------

typedef enum dem_test_format {
  DEM_TEST_TEXT,
  DEM_TEST_JSON,
} dem_test_format;

typedef struct dem_test_render_options {
  dem_test_format format;
  bool has_color;
  bool is_verbose; ///< Of text: tests that passed, too, and all that no test reached.
} dem_test_render_options;

/// Write the results: failures first, then the coverage, then the count.
/// @param options  NULL: text, without colours, in short.
DEM_API dem_status dem_test_results_render(const dem_test_results *results,
                                           const dem_test_render_options *options,
                                           dem_write_function write, void *context);

#endif
