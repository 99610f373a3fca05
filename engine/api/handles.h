// SPDX-License-Identifier: Apache-2.0

// The public handles, laid open for the code that stands behind them.

#ifndef DEM_API_HANDLES_H
#define DEM_API_HANDLES_H

#include "advise/advice.h"
#include "advise/answers.h"
#include "advise/evaluation.h"
#include "advise/names.h"
#include "base/budget.h"
#include "demarche/advice.h"
#include "demarche/pack.h"
#include "demarche/profile.h"
#include "demarche/session.h"
#include "infer/program.h"

struct dem_report {
  dem_diagnostics diagnostics;
  dem_files *files; ///< Borrowed: those that the places are in.
};

struct dem_pack {
  dem_allocator allocator; ///< Of the handle, of the report, and of what is made from the pack.
  dem_budget budget;       ///< Of all the rest.
  dem_allocator counted;   ///< The budget's.
  dem_limits limits;
  dem_model model;
  bool has_borrowed_model; ///< Of dem_pack_open_for: the model is the other pack's.
  bool has_probes;         ///< Its sessions may be asked which conditions held and failed.
  dem_report report;
  dem_program *program; ///< NULL when the pack is wrong.
  dem_names names;
  dem_names *translated;        ///< By language of the model.
  const dem_language *language; ///< Of its sessions; NULL: English.
  dem_arena arena;              ///< Texts for browsing.
  char date[16];
};

struct dem_profiles {
  dem_allocator allocator; ///< Of the handle, of the report, and of what is made from the profiles.
  dem_budget budget;       ///< Of all the rest.
  dem_limits limits;
  dem_arena arena;
  dem_files files;
  dem_report report;
  dem_vector roots; ///< const dem_node *
};

struct dem_session {
  dem_budget budget;       ///< Of all but the handle and the report.
  dem_allocator allocator; ///< The budget's.
  const dem_pack *pack;
  const dem_names *names; ///< The pack's, in the language that was chosen.
  dem_symbols *symbols;
  dem_evaluation evaluation;
  dem_facts *facts; ///< Its certain ones.
  dem_files files;  ///< None of its own: what report.files points to without a profile.
  dem_report report;
  dem_answers answers;
  dem_buffer text;      ///< Of dem_session_fact_text.
  dem_slice profile_id; ///< The profile's; empty if it has none.
  dem_adviser *adviser; ///< Of dem_session_advise; NULL before.
};

/// What a pack is opened for besides advice.
typedef struct dem_pack_variant {
  bool has_probes;         ///< Its sessions may be asked which conditions held and failed.
  bool is_shuffled;        ///< Its files, facts, rules and conditions are read in another order.
  uint64_t seed;           ///< Of that order.
  const dem_slice *images; ///< One a file, as in dem_pack_file; or NULL.
  const char *sha256;      ///< Known already; or NULL.
} dem_pack_variant;

/// dem_pack_open_files for a pack with more to it. dem_pack_open_for gives others like it.
dem_status dem_pack_open_variant(const dem_memory_file *files, size_t count,
                                 const dem_pack_options *options, const dem_pack_variant *variant,
                                 dem_pack **pack_out);

/// The names of a pack in one of its languages.
const dem_names *dem_pack_names(const dem_pack *pack, const dem_language *language);

void dem_report_init(dem_report *report, dem_allocator allocator, dem_files *files);
void dem_report_clear(dem_report *report);

/// What a failure of a session was: the bound on its memory, or anything else.
dem_status dem_session_settle(dem_session *session, dem_status status);

/// The bounds that concern documents.
dem_text_limits dem_limits_of_text(const dem_limits *limits);

#endif
