// SPDX-License-Identifier: Apache-2.0

// Explanations of a session that was run, as data: why an item is in the advice.
//
//   dem_session_run → dem_why_new → read, or dem_why_render → dem_why_free
//
// What is asked about is named as people name it: a partner by its key, label or short name
// ("afdb", "African Development Bank"), a step, caveat or reference by its text or key, or a
// fact, "member(organization: afdb, country: MA)", where fields that are left out match anything.

#ifndef DEMARCHE_EXPLAIN_H
#define DEMARCHE_EXPLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "demarche/advice.h"
#include "demarche/render.h"
#include "demarche/session.h"
#include "demarche/status.h"
#include "demarche/write.h"

/// No step of a proof.
#define DEM_NO_STEP SIZE_MAX

// Proofs --------------------------------------------------------------------------------

typedef enum dem_value_form { DEM_VALUE_TEXT, DEM_VALUE_NUMBER, DEM_VALUE_BOOLEAN } dem_value_form;

/// A field of a fact, or a variable of a rule, with its value.
typedef struct dem_named_value {
  const char *name;    ///< A variable's begins with `$`.
  const char *value;   ///< As a facts file holds it.
  const char *label;   ///< As people know it.
  dem_value_form form; ///< How JSON writes the value.
} dem_named_value;

typedef struct dem_fact_text {
  const char *relation;
  const char *text; ///< In words: "member (organization: African Development Bank, …)".
  size_t field_count;
  const dem_named_value *fields; ///< Those that have a value, in the schema's order.
} dem_fact_text;

typedef enum dem_proof_origin {
  DEM_PROOF_RULE,   ///< A rule derived it.
  DEM_PROOF_RECORD, ///< The pack's facts hold it.
  DEM_PROOF_ANSWER, ///< An answer of the profile gives it.
} dem_proof_origin;

/// Where a pack holds a fact, and what it says of time.
typedef struct dem_proof_record {
  const char *file;
  uint32_t line;
  const char *as_of; ///< When it was last checked; may be empty, as may the following.
  const char *from;  ///< The first day on which it is in force.
  const char *until; ///< The first day on which it is not in force any more.
} dem_proof_record;

typedef enum dem_check_kind {
  DEM_CHECK_ABSENCE,    ///< A `not`: nothing of the kind holds.
  DEM_CHECK_COMPARISON, ///< A `where`.
  DEM_CHECK_VALUE,      ///< A `let`, or what an aggregate came to.
} dem_check_kind;

/// A condition that holds, but not by a fact.
typedef struct dem_proof_check {
  dem_check_kind kind;
  const char *text; ///< In words, with the values at hand.
  const char *file;
  uint32_t line;
} dem_proof_check;

/// One fact of a proof, and why it holds.
typedef struct dem_proof_step {
  dem_proof_origin origin;
  dem_fact_handle handle;
  dem_fact_text fact;
  const char *text; ///< A sentence: the rule's `because` filled in, the record or answer in words.
  bool is_certain;
  uint32_t height;  ///< 0 for a record or an answer, else 1 + that of the highest step below it.
  size_t use_count; ///< How many steps and items of the explanation rest on it directly.

  // Of DEM_PROOF_RULE; empty otherwise.
  const char *rule;
  const char *title;
  const char *file; ///< Where the rule stands; empty for what the questionnaire itself fills in.
  uint32_t line;
  size_t variable_count;
  const dem_named_value *variables; ///< Those that the conditions bound.
  size_t premise_count;
  const size_t *premises; ///< Steps that match the rule's patterns, in the order of the rule.
  size_t counted_count;
  const size_t *counted; ///< Steps that its aggregates ran over.
  size_t check_count;
  const dem_proof_check *checks; ///< Its other conditions, in the order of the rule.

  // Of DEM_PROOF_RECORD.
  size_t record_count; ///< More than one where the pack says the same more than once.
  const dem_proof_record *records;

  // Of DEM_PROOF_ANSWER, and of a rule that fills in an answer from the knowledge base.
  const char *field;
  const char *ask;

  size_t citation_count;
  const size_t *citations; ///< Numbers of dem_proof.sources that the rule or record itself cites.
} dem_proof_step;

/// Steps that rest on one another: a graph without loops. What several steps need is there once.
typedef struct dem_proof {
  const struct dem_language *language; ///< Of its texts; NULL: English.
  size_t step_count;
  const dem_proof_step *steps;
  size_t source_count;
  const dem_advice_source *sources; ///< Each once, sorted by id.
} dem_proof;

/// What every explanation says of its making.
typedef struct dem_explained {
  const struct dem_language *language; ///< Of its texts: demarche/language.h. NULL: English.
  const char *subject;                 ///< What was asked about, as people know it.
  const char *subject_id;              ///< Its key; empty for a fact.
  const char *profile_for; ///< The first question's only answer: "Morocco"; may be empty.
  const char *pack_name;
  const char *pack_version;
  const char *pack_title;
  const char *pack_sha256;
  const char *date;
} dem_explained;

// Why -------------------------------------------------------------------------------------

typedef enum dem_item_kind {
  DEM_ITEM_FACT, ///< Of a relation that advice does not show.
  DEM_ITEM_RECOMMENDATION,
  DEM_ITEM_STEP,
  DEM_ITEM_CAVEAT,
  DEM_ITEM_REFERENCE,
} dem_item_kind;

/// A fact that was asked about, and its proofs.
typedef struct dem_why_item {
  dem_item_kind kind;
  const char *text; ///< The purpose of a recommendation, the text of a step, …, a fact in words.
  int64_t weight;   ///< Of a recommendation.
  bool is_certain;
  size_t proof_count;   ///< At least 1.
  const size_t *proofs; ///< Steps of this fact: the lowest proof first.
} dem_why_item;

typedef struct dem_why {
  dem_explained about;
  dem_proof proof;
  size_t item_count;
  const dem_why_item *items; ///< The heaviest first, then by text.
  bool is_cut;               ///< Of dem_why_all_new: there may be further proofs.
} dem_why;

/// Explain why something holds.
///
/// Each step of a proof is one fact; of several ways to derive it the one of lowest height is told.
///
/// @param what     As above; NULL for every recommendation.
/// @param why_out  Yours: dem_why_free. Independent of the session, not of the pack. It has no item
///                 when what was asked about is known to the pack, but does not hold.
/// @return DEM_OK; DEM_ERR_NOT_FOUND when nothing has that name, and the session's report says so;
///         DEM_ERR_NO_MEMORY.
/// Cost: proportional to the proofs. Deterministic.
DEM_API dem_status dem_why_new(dem_session *session, const char *what, const dem_why **why_out);
DEM_API void dem_why_free(const dem_why *why);

/// The same with every independent proof of each certain item, the stored one first: one for each
/// way in which a rule derives it from facts that do not rest on it themselves, unless another way
/// needs fewer given facts, and all of them from this one.
///
/// Cost: that of a search for the matches of each rule, bounded as for dem_why_not_new.
DEM_API dem_status dem_why_all_new(dem_session *session, const char *what, const dem_why **why_out);

// Why not ---------------------------------------------------------------------------------

typedef enum dem_missed_state {
  DEM_MISSED_HELD,
  DEM_MISSED_FAILED,
  DEM_MISSED_UNSEEN, ///< It needs a value that a failed condition would have given.
} dem_missed_state;

typedef enum dem_record_state {
  DEM_RECORD_ENDED,   ///< It would fit, but is not in force any more on the day.
  DEM_RECORD_NOT_YET, ///< It would fit, but is not in force yet.
  DEM_RECORD_OTHER,   ///< It is in force and fits but for one field.
} dem_record_state;

/// A fact on record that nearly satisfies a condition.
typedef struct dem_missed_record {
  dem_record_state state;
  const char *text;         ///< In words.
  const char *differs;      ///< Of DEM_RECORD_OTHER: the field that does not fit.
  const char *differs_name; ///< The same for people.
  dem_proof_record record;
} dem_missed_record;

typedef struct dem_missed_condition {
  dem_missed_state state;
  const char *text; ///< In words, with the values that are bound.
  const char *file;
  uint32_t line;
  bool is_comparison; ///< It compares values, and looks at no fact.
  bool is_absence;    ///< It is a `not`.
  bool is_identity;   ///< Of a failed one: what it names is there, but of another kind.
  size_t step;        ///< Of a condition that held by a fact: that fact; else DEM_NO_STEP.
  size_t blocker_count;
  const size_t *blockers; ///< Of a `not` that failed: the facts that it forbids.
  size_t record_count;
  const dem_missed_record *records; ///< Those that dates decide first.
  const char *field;                ///< The question whose answer would give it; may be empty.
  const char *ask;
  const char *answer; ///< What the answer would have to be; empty: any that fits.
  size_t rule_count;
  const size_t *rules; ///< Numbers of dem_why_not.rules that could have concluded it.
} dem_missed_condition;

/// A rule that could have concluded what was asked about, or a condition on the way to it.
typedef struct dem_missed_rule {
  const char *rule;
  const char *title;
  const char *file;
  uint32_t line;
  const char *wanted; ///< What it would have to conclude, in words.
  const char *from;   ///< When the rule is not in force: since when it will be,
  const char *until;  ///< or until when it was.
  size_t distance;    ///< How much is missing, through all rules on the way: 1 for an answer, an
                      ///< exception or a day, 2 for a comparison, 4 for what is not on record,
                      ///< 8 for what would have to be of another kind.
  size_t held_count;
  size_t failed_count;
  bool is_cut; ///< The search was given up after a bound: there may be a nearer way.
  size_t condition_count;
  const dem_missed_condition *conditions; ///< Those that held, then those that failed, then the
                                          ///< rest, each in the order in which they were tried.
} dem_missed_rule;

typedef struct dem_why_not {
  dem_explained about;
  bool is_cut;     ///< Some rules on the way are not told: there are too many.
  bool holds;      ///< It is certain: there is nothing to explain, --why does.
  dem_proof proof; ///< Of the facts that held, and of those that a `not` forbids.
  size_t root_count;
  const size_t *roots; ///< Numbers of rules that conclude what was asked about, nearest first.
  size_t rule_count;
  const dem_missed_rule *rules;
} dem_why_not;

/// Explain why something does not hold: for each rule that could have concluded it, the
/// conditions that held together and those that failed, followed through further rules.
///
/// Of the ways to apply a rule the one with the fewest failures is told.
///
/// @param what         As for dem_why_new, but not NULL.
/// @param why_not_out  Yours: dem_why_not_free. Independent of the session, not of the pack.
/// @return As dem_why_new.
/// Cost: bounded by a number of rows for each rule (is_cut says when it was reached).
DEM_API dem_status dem_why_not_new(dem_session *session, const char *what,
                                   const dem_why_not **why_not_out);
DEM_API void dem_why_not_free(const dem_why_not *why_not);

// How to ----------------------------------------------------------------------------------

typedef enum dem_move_kind {
  DEM_MOVE_SET,    ///< Answer a question that takes one answer.
  DEM_MOVE_ADD,    ///< One more answer to a question that takes several.
  DEM_MOVE_REMOVE, ///< One answer less.
  DEM_MOVE_NONE,   ///< Answer an open question with "none".
  DEM_MOVE_LEAVE,  ///< Take the answer back, so that the knowledge base fills it in.
} dem_move_kind;

/// One change of the answers.
typedef struct dem_move {
  dem_move_kind kind;
  const char *field;
  const char *ask;
  const char *value; ///< As a profile would hold it; empty for DEM_MOVE_NONE and DEM_MOVE_LEAVE.
  const char *label; ///< The same for people.
  bool was_open;     ///< The question is not answered yet.
} dem_move;

/// Changes that make it certain together, and none of which can be left out.
typedef struct dem_way {
  size_t move_count;
  const dem_move *moves; ///< In the questionnaire's order.
} dem_way;

typedef struct dem_how_to_options {
  size_t max_moves;  ///< Most changes of one way. 0: 3.
  uint64_t max_runs; ///< Most profiles to try. 0: 20000.
} dem_how_to_options;

typedef struct dem_how_to {
  dem_explained about;
  bool holds;          ///< It is certain already.
  bool is_impossible;  ///< It is not even possible with every question open that is not fixed.
  size_t choice_count; ///< Single changes that could matter.
  uint64_t run_count;  ///< Profiles that were tried.
  size_t move_bound;   ///< All ways of up to so many changes were tried.
  bool is_cut;         ///< Larger ways, up to max_moves, were not all tried: max_runs was reached.
  bool has_skipped;    ///< Free texts, and numbers that the pack does not name, were not tried.
  size_t way_count;
  const dem_way *ways; ///< The cheapest first: fewest changes, then fewest that take back what was
                       ///< answered.
} dem_how_to;

/// Find the smallest changes of answers that make something certain. What is `fixed` stays.
///
/// Exact for ways of up to `move_bound` changes among the answers that the questions offer; of
/// numbers and days those that the pack names, and their neighbours.
///
/// @param session     That was run. It is not changed.
/// @param what        As for dem_why_not_new.
/// @param options     NULL: the usual bounds.
/// @param how_to_out  Yours: dem_how_to_free. Independent of the session, not of the pack.
/// @return As dem_why_new.
/// Cost: run_count runs.
DEM_API dem_status dem_how_to_new(dem_session *session, const char *what,
                                  const dem_how_to_options *options, const dem_how_to **how_to_out);
DEM_API void dem_how_to_free(const dem_how_to *how_to);

// Rendering ---------------------------------------------------------------------------------

typedef enum dem_explain_format {
  DEM_EXPLAIN_TEXT,     ///< For people at a terminal.
  DEM_EXPLAIN_JSON,     ///< An object on lines of its own: docs/explain.md.
  DEM_EXPLAIN_MARKDOWN, ///< CommonMark, for a memo.
  DEM_EXPLAIN_HTML,     ///< A fragment for a page: one <section>, no script, no style.
  DEM_EXPLAIN_DOT,      ///< A graph for Graphviz, where there is something to draw.
} dem_explain_format;

typedef struct dem_explain_options {
  dem_explain_format format;
  size_t width;   ///< Columns of text; 0 leaves lines unbroken.
  bool has_color; ///< Of text: ANSI colours.
  size_t depth; ///< Steps below are folded: left out of text and Markdown with a remark, closed in
                ///< HTML. 0 folds nothing. JSON and DOT are always whole.
  bool has_all; ///< Of why-not as text, Markdown and HTML: each rule in full, not only the nearest.
} dem_explain_options;

/// Write an explanation.
///
/// @param options  Borrowed; NULL stands for text of 80 columns, nothing folded.
/// @return DEM_OK; DEM_ERR_NO_MEMORY; what `write` returned.
/// Cost: linear in what is written. Threads: any number on one explanation.
DEM_API dem_status dem_why_render(const dem_why *why, const dem_explain_options *options,
                                  dem_write_function write, void *context);

/// DEM_EXPLAIN_DOT has nothing to draw and writes nothing. `depth` folds rules below rules.
DEM_API dem_status dem_why_not_render(const dem_why_not *why_not,
                                      const dem_explain_options *options, dem_write_function write,
                                      void *context);

/// DEM_EXPLAIN_DOT has nothing to draw and writes nothing.
DEM_API dem_status dem_how_to_render(const dem_how_to *how_to, const dem_explain_options *options,
                                     dem_write_function write, void *context);

#endif
