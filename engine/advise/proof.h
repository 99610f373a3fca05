// SPDX-License-Identifier: Apache-2.0

// Justifications → the public proof: a graph of facts in words, down to records and answers.

#ifndef DEM_ADVISE_PROOF_H
#define DEM_ADVISE_PROOF_H

#include "advise/advice.h"
#include "advise/bibliography.h"
#include "advise/phrase.h"
#include "advise/subject.h"
#include "demarche/explain.h"
#include "infer/near_match.h"
#include "store/table.h"

/// The fact of a step, and the model that it is of.
typedef struct dem_proved {
  dem_fact fact;
  bool is_certain;
} dem_proved;

/// Builds one proof for all that an explanation shows, so that what is shared is there once.
typedef struct dem_prover {
  const dem_advice_input *in;
  const dem_model *model;
  dem_arena *arena; ///< Receives the proof; borrowed.
  dem_wording words;
  dem_bibliography sources;
  dem_vector steps; ///< dem_proof_step
  dem_vector facts; ///< dem_proved by step.
  dem_table known;  ///< relation, row, model: facts that have a step, in the order of known_steps.
  dem_vector known_steps; ///< size_t
  dem_vector support;     ///< dem_fact
  size_t done;            ///< Steps below are filled in.
} dem_prover;

/// @return DEM_OK; DEM_ERR_NO_MEMORY. In both cases it may be cleared.
dem_status dem_prover_init(dem_prover *prover, const dem_advice_input *input, dem_arena *arena);
void dem_prover_clear(dem_prover *prover);

/// The step of a certain fact, with everything that it rests on.
dem_status dem_prover_add_certain(dem_prover *prover, dem_fact fact, size_t *step_out);

/// The same for a fact of dem_evaluation_facts: what is certain of it is proved as certain.
dem_status dem_prover_add(dem_prover *prover, dem_fact fact, size_t *step_out);

/// The step of a fact of dem_evaluation_facts, without what it rests on.
/// @param step_out  Until the next step is added.
dem_status dem_prover_tell(dem_prover *prover, dem_fact fact, const dem_proof_step **step_out);

/// A step of a certain fact by another derivation than the one that is stored.
/// @param match  Of the rule's conditions, none of which fails.
dem_status dem_prover_add_match(dem_prover *prover, dem_fact fact, uint32_t rule,
                                const dem_near_match *match, size_t *step_out);

/// A fact in words, as data.
dem_status dem_prover_describe(dem_prover *prover, dem_fact fact, dem_fact_text *out);

/// Cite what stands on one given fact of the kb, or on a rule, without a step.
dem_status dem_prover_cite(dem_prover *prover, const dem_citation *citations, uint32_t count,
                           int64_t as_of, const size_t **numbers_out);

/// No more steps follow: number the sources. Citations noted with dem_prover_cite are renumbered by
/// the caller with `after_out`.
dem_status dem_prover_finish(dem_prover *prover, dem_proof *proof_out, const size_t **after_out);

/// What was asked about, as people know it.
dem_status dem_prover_name(dem_prover *prover, const dem_subject *subject, dem_explained *about);

/// What every explanation says of its making.
void dem_prover_introduce(dem_prover *prover, dem_explained *about);

#endif
