// SPDX-License-Identifier: Apache-2.0

// One thread's state while joins are run.

#ifndef DEM_INFER_MATCHER_H
#define DEM_INFER_MATCHER_H

#include "base/buffer.h"
#include "base/diagnostic.h"
#include "base/regex.h"
#include "demarche/limits.h"
#include "plan/plan.h"
#include "store/derivations.h"
#include "store/layers.h"

/// How many conclusions wait while their places in memory are fetched, and when their rows are.
enum { DEM_QUEUE_SIZE = 32, DEM_QUEUE_HALF = 16 };

/// A conclusion on its way into a large table.
typedef struct dem_waiting {
  uint32_t relation;
  uint64_t hash;
  dem_word *words; ///< Room for the widest relation.
  uint32_t *rows;  ///< Room for the longest body.
} dem_waiting;

/// What an aggregate came to, by group: so that matches of one group do not collect its ways each.
typedef struct dem_groups {
  bool is_made; ///< `keys` has been initialised.
  uint64_t run; ///< Of which dem_matcher.run they are; those of an earlier one are forgotten.
  dem_table keys;
  dem_vector outcomes; ///< dem_outcomes: one a key.
  dem_vector words;    ///< dem_word: what the outcomes are.
} dem_groups;

enum { DEM_MAX_RANGES = 4 };

/// A variable that has one of several values, all of which are looked at together.
typedef struct dem_range {
  uint32_t variable;
  size_t begin; ///< Of its values in dem_matcher.candidates.
  size_t count;
} dem_range;

typedef struct dem_matcher {
  dem_allocator allocator;
  const dem_plan *plan;
  const dem_phase *phase;
  dem_facts *facts;
  dem_symbols *symbols; ///< Receives strings that expressions make.
  dem_word *values;     ///< By variable of the rule that is run.
  dem_word *way;        ///< Room for one way of an aggregate.
  size_t value_count;   ///< Room in `values` and in `way`.
  uint32_t *rows;       ///< By position: the row that was taken.
  size_t position_count;
  uint32_t session_bit; ///< What marks a row of `facts`: DEM_SESSION_ROW; 0 for the kb, whose rows
                        ///< become the base.
  dem_table *scratch;   ///< One an aggregate: its ways.
  dem_groups *groups;   ///< Two an aggregate: looked at as certain, and as possible.
  uint64_t run;         ///< Number of the run; what an aggregate reads is complete while it lasts.
  bool keeps_groups;    ///< While a run lasts.
  dem_waiting queue[DEM_QUEUE_SIZE];
  uint32_t queue_begin; ///< The oldest of those that wait.
  uint32_t queue_count;
  dem_word *queue_words; ///< Of all entries.
  uint32_t *queue_rows;
  size_t word_count;      ///< Room in queue_words.
  dem_facts *other_facts; ///< While questions are open: those of the other model; else NULL.
  dem_table *other_scratch;
  bool is_possible;      ///< Whether `facts` are the possible ones.
  dem_vector found;      ///< dem_fact: of an aggregate that is explained.
  dem_table told;        ///< Facts that its explanation has already, a word each.
  dem_vector candidates; ///< dem_word: values that uncertain aggregates may have.
  dem_table distinct;    ///< Those of the aggregate at hand.
  dem_range ranges[DEM_MAX_RANGES];
  uint32_t range_count;
  dem_derivations *derivations; ///< Receives every match; or NULL.
  const dem_join *join;         ///< That is being run.
  const dem_rule *rule;         ///< Whose conclusions it derives.
  const dem_body_shape *shape;  ///< Of its body.
  dem_regex_matcher *regex;
  dem_buffer text;
  dem_status status; ///< Not DEM_OK: stop as soon as can be.
  dem_diagnostics *diagnostics;
  dem_limits limits;
  uint64_t work;     ///< Steps taken: when to look at the clock.
  uint64_t deadline; ///< Of the monotonic clock, in nanoseconds; 0 for none.
  uint64_t max_work; ///< Steps after which to give up quietly, whatever the clock says; 0 for none.
} dem_matcher;

/// What a completed match is for.
typedef enum dem_finish_kind {
  DEM_FINISH_DERIVE,  ///< Derive the rule's conclusions.
  DEM_FINISH_EXISTS,  ///< Note that there is a match, and stop.
  DEM_FINISH_COLLECT, ///< Add the way to the aggregate's table.
  DEM_FINISH_SUPPORT, ///< Add the facts that were matched to a list.
} dem_finish_kind;

typedef struct dem_finish {
  dem_finish_kind kind;
  bool found;                     ///< Of EXISTS.
  const dem_aggregate *aggregate; ///< Of COLLECT.
  dem_table *ways;                ///< Of COLLECT.
  const dem_steps *steps;         ///< Of SUPPORT: those that matched.
  dem_vector *support;            ///< Of SUPPORT: dem_fact.
} dem_finish;

/// Make room for running a phase's joins.
dem_status dem_matcher_init(dem_matcher *matcher, dem_allocator allocator, const dem_plan *plan,
                            const dem_phase *phase, dem_facts *facts, dem_symbols *symbols);
void dem_matcher_clear(dem_matcher *matcher);

/// Run one join; its conclusions become pending facts. matcher->status tells how it went.
void dem_matcher_run(dem_matcher *matcher, const dem_join *join);

/// Run steps from the first on.
/// @return False when matching should stop: an error, or a match that was looked for is found.
bool dem_steps_run(dem_matcher *matcher, const dem_step *step, dem_finish *finish);

/// The value of an aggregate for the variables bound now. False when `min` or `max` has no way, or
/// on error.
bool dem_aggregate_compute(dem_matcher *matcher, const dem_step *step, dem_word *result);

/// What an aggregate may come to while questions are open.
typedef struct dem_outcomes {
  size_t begin; ///< Of the values in dem_matcher.candidates; the caller drops them again.
  size_t count;
  bool may_fail; ///< `min` or `max` may have no way.
} dem_outcomes;

/// The values that an aggregate may have, given what is certain and what is possible. False on
/// error.
bool dem_aggregate_outcomes(dem_matcher *matcher, const dem_step *step, dem_outcomes *outcomes);

/// Look at the other model: what is possible instead of what is certain, or the reverse. Twice is
/// as if nothing had been done; without open questions so is once.
void dem_matcher_turn(dem_matcher *matcher);

/// Whether an open value may be met: in a row that is read, or in a variable that stands for all
/// outcomes of an aggregate. Other open values are of the other model, and equal nothing here.
static inline bool dem_matcher_meets_open(const dem_matcher *matcher)
{
  return matcher->other_facts && (matcher->facts->has_open || matcher->range_count > 0);
}

/// Whether two values are equal, as far as this model goes: among the possible facts an open value
/// equals any other, among the certain ones none.
static inline bool dem_words_agree(const dem_matcher *matcher, dem_word a, dem_word b)
{
  if (matcher->other_facts && (a == DEM_OPEN || b == DEM_OPEN)) {
    return matcher->is_possible;
  }
  return a == b;
}

/// Whether a guard holds for the variables bound now; false on error, too.
bool dem_guard_holds(dem_matcher *matcher, const dem_expression *guard);

/// Whether a look-up by this key must reckon with open values.
bool dem_key_is_open(const dem_matcher *matcher, const dem_step *step, const dem_word *key);

/// Go on with a row, if it may be the one that the step looks for.
bool dem_open_row_take(dem_matcher *matcher, const dem_step *step, const dem_table *table,
                       uint32_t row, uint32_t layer, dem_finish *finish);

/// Evaluate an expression over the variables bound now. False on error: matcher->status is set and
/// the diagnostic names the rule's place.
bool dem_expression_evaluate(dem_matcher *matcher, const dem_expression *expression,
                             dem_word *result);

/// Compare two words of a storage: negative, zero or positive. Strings by bytes.
int dem_words_compare(const dem_symbols *symbols, dem_storage storage, dem_word a, dem_word b);

/// Whether a value passes a test. Sets the status when a regex reaches a limit.
bool dem_test_passes(dem_matcher *matcher, const dem_test *test, dem_storage storage,
                     dem_word word);

/// Derive the conclusions of the running join's rule from the match at hand.
bool dem_match_derive(dem_matcher *matcher);

/// Derive what waits. Called when a join is done.
void dem_match_flush(dem_matcher *matcher);

/// Stop when the bound on seconds or facts is reached. Called every few thousand steps.
bool dem_matcher_check_limits(dem_matcher *matcher);

#endif
