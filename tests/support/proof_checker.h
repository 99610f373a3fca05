// SPDX-License-Identifier: Apache-2.0

// Replays a proof step by step: does each rule, read afresh, give its fact from the premises that
// are named? Shares no code with engine/infer, engine/plan or engine/advise.

#ifndef DEM_TESTS_PROOF_CHECKER_H
#define DEM_TESTS_PROOF_CHECKER_H

#include "demarche/explain.h"
#include "model/model.h"
#include "store/facts.h"

typedef struct proof_checker {
  const dem_model *model;
  const dem_symbols *symbols; ///< The session's.
  const dem_facts *facts;     ///< Read as plain lists of rows.
  int64_t date;
} proof_checker;

/// Steps that are only possible are passed over.
/// NULL when the proof is valid, else what is wrong with which step; the caller's to free.
char *proof_checker_check(const proof_checker *checker, const dem_proof *proof);

#endif
