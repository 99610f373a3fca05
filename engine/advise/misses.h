// SPDX-License-Identifier: Apache-2.0

// Why something does not hold, before it is put in words: for each rule that could have concluded
// it the nearest match, what failed there, and how far away it is that it holds.

#ifndef DEM_ADVISE_MISSES_H
#define DEM_ADVISE_MISSES_H

#include "advise/advice.h"
#include "advise/subject.h"
#include "demarche/explain.h"
#include "infer/near_match.h"

enum { DEM_MISS_MOST_RECORDS = 3 }; // Nearly fitting records that are told of one condition.

/// Given facts that nearly are what a pattern asks for, in their order: the first few.
typedef struct dem_miss_records {
  bool is_dated; ///< They would fit on another day; else they are in force, but for one field.
  size_t count;
  size_t rows[DEM_MISS_MOST_RECORDS];     ///< Of the relation's given facts in the model.
  uint32_t fields[DEM_MISS_MOST_RECORDS]; ///< What differs.
} dem_miss_records;

/// A condition of a rule's nearest match. What follows `near` is of one that failed.
typedef struct dem_miss_condition {
  dem_near_condition near;
  uint32_t question;    ///< Whose answer would give what a pattern asks for; DEM_NONE.
  dem_word answer;      ///< That answer; DEM_ABSENT where any would do.
  bool is_identity;     ///< A pattern that asks for one row by its key.
  size_t want;          ///< What rules could have given; SIZE_MAX: no rule could.
  size_t first_blocker; ///< Of what a `not` excludes and holds.
  size_t blocker_count;
  size_t distance; ///< If no rule could have given it; 0: not measured.
} dem_miss_condition;

/// A rule that could have concluded what is wanted.
typedef struct dem_miss {
  uint32_t rule;
  size_t want;
  size_t first_condition; ///< Those that held, then those that failed, then the rest.
  size_t condition_count;
  size_t first_value; ///< Of the rule's variables.
  size_t held_count;
  size_t failed_count;
  size_t distance; ///< By dem_misses_measure.
  bool is_cut;
} dem_miss;

/// A fact that is known in part, and the rules that could have concluded it.
typedef struct dem_want {
  uint32_t relation;
  uint64_t mask;              ///< Bit f: field f must be words[f].
  const dem_word *words;      ///< One a field.
  const dem_pattern *pattern; ///< Whose tests a conclusion must pass; NULL where the goal says all.
  size_t before;              ///< The want before it of the same relation, + 1; 0: it is the first.
  size_t first_miss;
  size_t miss_count;
  size_t distance; ///< Of its nearest rule.
} dem_want;

typedef struct dem_misses {
  const dem_advice_input *in;
  const dem_model *model;
  dem_near_facts facts;
  dem_near_match match;
  dem_arena arena;
  uint32_t *first_of; ///< By relation: of the rules that conclude it, in `concluding`; one more.
  uint32_t *concluding;
  dem_word *head;        ///< By variable.
  dem_vector wants;      ///< dem_want
  size_t *last_want;     ///< By relation, + 1.
  dem_vector items;      ///< dem_miss
  dem_vector conditions; ///< dem_miss_condition, of all items.
  dem_vector values;     ///< dem_word, of all items; DEM_ABSENT: not bound.
  dem_vector blockers;   ///< dem_fact of dem_evaluation_facts, of all conditions.
  size_t explained;      ///< Wants below have their misses.
  size_t most_wants;
  bool is_cut; ///< Chains of rules went on for too long.
} dem_misses;

/// @return DEM_OK; DEM_ERR_NO_MEMORY. In both cases it may be cleared.
dem_status dem_misses_init(dem_misses *misses, const dem_advice_input *input);
void dem_misses_clear(dem_misses *misses);

/// Find the misses of some goals and of all that they rest on. May be called again: what several
/// goals share is looked at once.
///
/// @param wants_out  One a goal: what it became; SIZE_MAX where there were too many.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
/// Cost: a near match for each rule that could conclude what was not wanted before.
dem_status dem_misses_explain(dem_misses *misses, const dem_goal *goals, size_t count,
                              size_t *wants_out);

/// Fill in all distances, when everything is explained.
void dem_misses_measure(dem_misses *misses);

/// The misses of some wants, nearest first.
///
/// @param order_out  A vector of size_t: indexes of items; replaced.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
dem_status dem_misses_rank(const dem_misses *misses, const size_t *wants, size_t count,
                           dem_vector *order_out);

/// The first of them for one want; NULL: no rule could have concluded it.
const dem_miss *dem_misses_nearest(const dem_misses *misses, size_t want);

/// Given facts that would satisfy a failed pattern on another day, else those that fit but for one
/// field. Cost: linear in the given facts of its relation.
dem_miss_records dem_misses_records(const dem_misses *misses, const dem_miss *miss,
                                    const dem_miss_condition *condition);

/// One of them.
const dem_word *dem_misses_record_row(const dem_misses *misses, uint32_t relation, size_t row);
const dem_given *dem_misses_record_given(const dem_misses *misses, uint32_t relation, size_t row);

dem_record_state dem_misses_record_state(const dem_misses *misses, const dem_miss_records *records,
                                         const dem_given *given);

/// Conditions and values of a miss.
dem_miss_condition *dem_misses_conditions(const dem_misses *misses, const dem_miss *miss);
const dem_word *dem_misses_values(const dem_misses *misses, const dem_miss *miss);

#endif
