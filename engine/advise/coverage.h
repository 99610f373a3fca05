// SPDX-License-Identifier: Apache-2.0

// How much of a pack its tests reach: what demarche/test.h calls coverage, test by test.

#ifndef DEM_ADVISE_COVERAGE_H
#define DEM_ADVISE_COVERAGE_H

#include "advise/names.h"
#include "demarche/advice.h"
#include "demarche/test.h"
#include "infer/program.h"
#include "store/table.h"

/// A condition, and what was seen of it.
typedef struct dem_seen_condition {
  const dem_condition *condition;
  uint32_t rule;
  bool is_known; ///< Some program probed it; else its rule was never in force.
  bool can_fail;
  bool has_held;
  bool has_failed;
  bool is_given_up; ///< Some probe of it took too many rows.
} dem_seen_condition;

/// The given facts of one relation.
typedef struct dem_seen_facts {
  bool is_read;    ///< By some visible rule; else nothing is noted.
  dem_table rows;  ///< Each once.
  bool *reached;   ///< By row.
  uint32_t *given; ///< By row: index into the model's givens.
} dem_seen_facts;

typedef struct dem_coverage_tracker {
  dem_allocator allocator;
  const dem_model *model;
  dem_arena arena;
  bool *has_fired;        ///< By rule.
  dem_vector conditions;  ///< dem_seen_condition, by rule.
  uint32_t *rule_begin;   ///< By rule, and one more: its conditions.
  dem_seen_facts *facts;  ///< By relation.
  bool **section_reached; ///< By source: the source as a whole, then its sections.
  dem_vector programs;    ///< Private to coverage.c.
  dem_vector todo;        ///< dem_fact
  dem_vector support;     ///< dem_fact
  dem_vector barred;      ///< dem_fact
  dem_table seen;         ///< relation, row: of the session, in this test.
} dem_coverage_tracker;

/// @param model  Borrowed: of every program whose runs are noted.
dem_status dem_coverage_init(dem_coverage_tracker *tracker, dem_allocator allocator,
                             const dem_model *model);
void dem_coverage_clear(dem_coverage_tracker *tracker);

/// Note what one run reached.
/// @param program  With probes; must outlive the tracker.
/// @param names    The program's.
/// @param facts    Of the run.
dem_status dem_coverage_note(dem_coverage_tracker *tracker, const dem_program *program,
                             const dem_names *names, dem_facts *facts, const dem_advice *advice);

/// Sum up.
/// @param files  The model's, or others that begin with them.
/// @param arena  Receives the result and its texts.
dem_status dem_coverage_finish(const dem_coverage_tracker *tracker, dem_files *files,
                               dem_arena *arena, const dem_coverage **coverage_out);

#endif
