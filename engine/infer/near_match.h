// SPDX-License-Identifier: Apache-2.0

// How near a rule comes to deriving something: which of its conditions hold together, which do not.
//
// Conditions are tried top-down from what is wanted: those that are bound best first, checks as
// soon as they can be made. A condition that nothing satisfies is noted as failed and passed over,
// so that the match found is the one with the fewest failures. With none at all it is a way to
// derive the conclusion.

#ifndef DEM_INFER_NEAR_MATCH_H
#define DEM_INFER_NEAR_MATCH_H

#include "base/arena.h"
#include "base/vector.h"
#include "infer/program.h"

/// Rows and checks that one search looks at. What is found by then is the answer, marked as cut.
enum { DEM_NEAR_MOST_WORK = 1 << 18 };

typedef enum dem_near_state {
  DEM_NEAR_HELD,
  DEM_NEAR_FAILED,
  DEM_NEAR_UNSEEN, ///< It needs a value that a failed condition would have bound.
} dem_near_state;

typedef struct dem_near_condition {
  const dem_condition *condition; ///< Never an `any`: the conditions of its nearest branch.
  dem_near_state state;
  dem_fact fact; ///< Of a pattern that held; DEM_FACT_NONE otherwise.
} dem_near_condition;

typedef struct dem_near_match {
  dem_vector conditions; ///< dem_near_condition, in the order in which they were looked at.
  dem_vector values;     ///< dem_word by variable; DEM_ABSENT: not bound.
  uint32_t held;
  uint32_t failed;
  uint32_t unseen;
  bool is_cut;     ///< The search was given up: there may be a nearer one.
  dem_vector path; ///< Room for the search, kept for the next one.
  dem_arena marks; ///< Likewise.
} dem_near_match;

void dem_near_match_init(dem_near_match *match, dem_allocator allocator);
void dem_near_match_clear(dem_near_match *match);

/// Where a search looks.
typedef struct dem_near_facts {
  const dem_program *program;
  dem_facts *certain; ///< What patterns match; its worker's memory is used.
  dem_facts *widest;  ///< What negations look at: the possible facts while questions are open.
} dem_near_facts;

/// The nearest match of a rule's conditions.
///
/// @param head  One word a variable: those that what is wanted binds; DEM_ABSENT for the others.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
dem_status dem_near_find(const dem_near_facts *facts, uint32_t rule, const dem_word *head,
                         dem_near_match *match);

/// Every match of a rule's conditions, none of which fails, until `visit` returns false.
/// @return DEM_OK, also when it was given up (then *is_cut); DEM_ERR_NO_MEMORY; what `visit` left.
typedef bool (*dem_near_visit)(void *context, const dem_near_match *match);
dem_status dem_near_each(const dem_near_facts *facts, uint32_t rule, const dem_word *head,
                         dem_near_visit visit, void *context, bool *is_cut);

/// The facts by which what a `not` excludes holds.
///
/// @param values   As a near match left them.
/// @param blockers A vector of dem_fact, of facts->widest; those of the first match are appended.
dem_status dem_near_blockers(const dem_near_facts *facts, uint32_t rule,
                             const dem_conditions *negated, const dem_word *values,
                             dem_vector *blockers);

/// The facts by which what an aggregate runs over holds: those of every match, once or more often.
///
/// @param values   As a near match left them.
/// @param counted  A vector of dem_fact, of facts->certain; appended.
dem_status dem_near_counted(const dem_near_facts *facts, uint32_t rule, const dem_conditions *over,
                            const dem_word *values, dem_vector *counted);

#endif
