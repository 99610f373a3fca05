// SPDX-License-Identifier: Apache-2.0

// Facts and where they come from, in words: for whoever asks why a test failed.

#ifndef DEM_ADVISE_ACCOUNT_H
#define DEM_ADVISE_ACCOUNT_H

#include "base/buffer.h"
#include "infer/program.h"

/// All borrowed.
typedef struct dem_account {
  const dem_program *program;
  const dem_symbols *symbols; ///< The session's.
  dem_facts *facts;
} dem_account;

/// "member {country: MA, organization: au}": absent values are left out.
void dem_account_fact(const dem_account *account, dem_fact fact, dem_buffer *out);

/// The same of a row that stands in no layer of facts.
void dem_account_row(const dem_model *model, const dem_symbols *symbols, uint32_t relation,
                     const dem_word *row, dem_buffer *out);

/// The fact and where it comes from: the rule with its place, the place where it is given, or the
/// question that it answers.
void dem_account_line(const dem_account *account, dem_fact fact, dem_buffer *out);

/// A value as an expectation would write it: in quotes where it needs them.
void dem_account_value(const dem_symbols *symbols, dem_storage storage, dem_word word,
                       dem_buffer *out);

/// "rules/funding.yaml:7"
void dem_account_place(const dem_model *model, dem_place place, dem_buffer *out);

/// The proof of a fact, a line a fact, each deeper by two blanks than what it is a reason for:
///
///   recommend {partner: afdb}, by funding/own-bank (rules/funding.yaml:7)
///     need {kind: funding}, an answer to 'needs'
///     member {country: MA, organization: afdb}, given (kb/members/banks.yaml:12)
///
/// @param indent  Blanks before the first line.
/// @param depth   Facts below this many levels are left out, which a line says.
dem_status dem_account_proof(const dem_account *account, dem_fact fact, uint32_t indent,
                             uint32_t depth, dem_buffer *out);

#endif
