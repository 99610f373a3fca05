// SPDX-License-Identifier: Apache-2.0

// Advice: which partners, for which purposes, with which steps and caveats, and why.

#ifndef DEMARCHE_ADVICE_H
#define DEMARCHE_ADVICE_H

#include "demarche/session.h"

/// A source that some item cites, with what it says of dates.
typedef struct dem_advice_source {
  const char *id; ///< "emm-igos" or "emm-igos/examples"
  const char *title;
  const char *section; ///< The section's title; may be empty, as may the following.
  const char *work;
  const char *author;
  const char *publisher;
  const char *date;
  const char *url;
  const char *as_of; ///< The earliest day on which a fact cited to it was last checked.
} dem_advice_source;

/// An answer to an open question by which something that is possible comes about.
typedef struct dem_advice_hinge {
  const char *field; ///< The question.
  const char *name;  ///< The same for people: the field, in another language its name there.
  const char *ask;
  const char *value; ///< As a profile would hold it; "" for any answer.
  const char *label; ///< The same for people.
  bool is_negative;  ///< It comes about if this is not the answer.
} dem_advice_hinge;

/// Why an item is in the advice.
typedef struct dem_advice_reason {
  const char *text; ///< The rule's `because` with its names filled in, or its title.
  const char *rule; ///< The rule's id.
  const char *file; ///< Where the rule stands.
  uint32_t line;
  int64_t weight;     ///< What it adds to the partner's; 0 where there are no weights.
  bool is_certain;    ///< Whatever the answers to open questions are.
  size_t hinge_count; ///< Of what is possible only: all of these answers make it certain, as
  const dem_advice_hinge *hinges; ///< far as the simplest way to it goes. By question.
  size_t citation_count;
  const size_t *citations; ///< Numbers of dem_advice.sources, ascending.
  size_t step;             ///< Of dem_advice.proof, where that was asked for: of a recommendation.
} dem_advice_reason;

typedef struct dem_advice_purpose {
  const char *id;
  const char *label;
  bool is_certain;
  int64_t weight; ///< Sum of its reasons'; of the certain ones alone where one is certain.
  size_t reason_count;
  const dem_advice_reason *reasons; ///< The heaviest first, then by rule.
} dem_advice_purpose;

/// A step, a caveat or a reference.
typedef struct dem_advice_item {
  int64_t order; ///< Of a step; 0 where there is none.
  const char *text;
  const char *route; ///< How to reach whom; may be empty.
  dem_advice_reason reason;
} dem_advice_item;

typedef struct dem_advice_items {
  size_t count;
  const dem_advice_item *items;
} dem_advice_items;

typedef struct dem_advice_partner {
  const char *id;
  const char *label;
  const char *kind; ///< May be empty.
  const char
      *kind_words; ///< The same for people: blanks for hyphens, no "un-" before what is_un says.
  bool is_un;
  bool is_certain;
  int64_t weight; ///< Sum of its recommendations'; of the certain ones alone where one is certain.
  size_t purpose_count;
  const dem_advice_purpose *purposes; ///< The heaviest first, then by label.
  dem_advice_items steps;             ///< By order, then by text.
  dem_advice_items caveats;
  dem_advice_items references;
} dem_advice_partner;

typedef struct dem_advice_answer {
  const char *field;
  const char *name; ///< The same for people: the field, in another language its name there.
  const char *ask;
  bool is_open;     ///< Not answered, or answered "unknown".
  bool is_relevant; ///< Some advice that is possible, not certain, hangs on this open question.
  bool is_known;    ///< Filled in from the knowledge base.
  size_t value_count;
  const char *const *values; ///< Keys, as a profile would hold them.
  const char *const *labels; ///< The same for people.
} dem_advice_answer;

/// What decides that a partner is not recommended, the plainest first.
typedef enum dem_ruled_out_by {
  DEM_RULED_OUT_BY_EXCEPTION,  ///< A `not`: something speaks against it.
  DEM_RULED_OUT_BY_DATE,       ///< What is on record is not in force on the day.
  DEM_RULED_OUT_BY_COMPARISON, ///< A `where`.
  DEM_RULED_OUT_BY_RECORD,     ///< What is on record does not fit, or nothing is.
  DEM_RULED_OUT_BY_ANSWER,     ///< The profile answers otherwise.
} dem_ruled_out_by;

/// A partner that was considered and is neither certain nor possible.
typedef struct dem_advice_ruled_out {
  const char *id;
  const char *label;
  dem_ruled_out_by by;
  const char *text;  ///< What decides, in words: a part of a sentence, or one.
  size_t distance;   ///< How much is missing: dem_missed_rule.distance.
  const char *rule;  ///< The nearest rule that could have recommended it.
  const char *title; ///< Its title; may be empty.
  const char *file;
  uint32_t line;
} dem_advice_ruled_out;

typedef struct dem_advice {
  const char *profile_id; ///< The profile's own `id`; empty if it has none.
  const char *pack_name;
  const char *pack_version;
  const char *pack_title;
  const char *pack_sha256;
  const char *date;
  const struct dem_language *language; ///< Of its texts: demarche/language.h. NULL: English.
  const char
      *subject; ///< Whom it is for, as sentences name them; NULL for the first answer's label.
  size_t answer_count;
  const dem_advice_answer *answers; ///< One a question, in the questionnaire's order.
  size_t partner_count;
  const dem_advice_partner
      *partners;          ///< Certain before possible, the heaviest first, ties by label.
  dem_advice_items steps; ///< Those of no partner.
  dem_advice_items caveats;
  dem_advice_items references;
  bool wants_references; ///< The profile asks for references: short forms tell all of them.
  size_t source_count;
  const dem_advice_source *sources; ///< Each once, sorted by id.

  // Where they were asked for: dem_advice_options.
  size_t ruled_out_count;
  const dem_advice_ruled_out
      *ruled_out; ///< By what decides, the nearest first, then by label. NULL: not asked.
  const struct dem_proof *proof; ///< demarche/explain.h. Its steps cite `sources`; NULL: not asked.
} dem_advice;

typedef struct dem_advice_options {
  bool has_proof;     ///< Prove what is certain and recommended. Then the sources hold those of the
                      ///< rules on the way, too.
  bool has_ruled_out; ///< Say what was considered and is not recommended. Costs a `why not` for
                      ///< each partner that some fact of this profile names.
} dem_advice_options;

/// Put together the advice of a session that was run.
///
/// @param advice_out  Yours: dem_advice_free. Independent of the session, not of the pack.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
/// Cost: proportional to the advice and to the proofs behind it. Deterministic.
DEM_API dem_status dem_advice_new(dem_session *session, const dem_advice **advice_out);

/// The same with more to it.
/// @param options  NULL: none of them.
DEM_API dem_status dem_advice_new_with(dem_session *session, const dem_advice_options *options,
                                       const dem_advice **advice_out);
DEM_API void dem_advice_free(const dem_advice *advice);

/// The same in memory of the session, which it keeps: for those who advise on many profiles.
///
/// @param advice_out  The session's, until the next call or the session is freed.
/// @return DEM_OK; DEM_ERR_NO_MEMORY. Warm, it allocates nothing from the system.
DEM_API dem_status dem_session_advise(dem_session *session, const dem_advice **advice_out);

/// The same with more to it, which does allocate.
/// @param options  NULL: none of them.
DEM_API dem_status dem_session_advise_with(dem_session *session, const dem_advice_options *options,
                                           const dem_advice **advice_out);

/// The same of answers, partners and their purposes alone: no reasons, sources, steps, caveats and
/// references, and no word of which open questions are relevant. Cost: a small part, since no proof
/// is walked.
DEM_API dem_status dem_session_advise_briefly(dem_session *session, const dem_advice **advice_out);

#endif
