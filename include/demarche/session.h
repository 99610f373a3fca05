// SPDX-License-Identifier: Apache-2.0

// Sessions: one profile's answers, what follows from them, and why.
//
//   dem_session_reset → dem_session_answer … → dem_session_run → read facts or dem_advice_new
//
// A session belongs to one thread. Warm, it allocates nothing from the system.

#ifndef DEMARCHE_SESSION_H
#define DEMARCHE_SESSION_H

#include "demarche/pack.h"
#include "demarche/profile.h"

typedef struct dem_session dem_session;

/// @param pack         Borrowed; must outlive the session.
/// @param session_out  Yours: dem_session_free.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
DEM_API dem_status dem_session_new(const dem_pack *pack, dem_session **session_out);
DEM_API void dem_session_free(dem_session *session);

/// Forget answers, facts and report; keep the memory. Cost: what was used.
DEM_API void dem_session_reset(dem_session *session);

/// Whether the bound on memory (max_memory) has been reached since the session was reset. What it
/// keeps counts, so such a session has little room for the next profile: make a new one.
DEM_API bool dem_session_is_full(const dem_session *session);

/// Errors of the answers and of the run, sorted by place.
DEM_API const dem_report *dem_session_report(const dem_session *session);

/// Answer a question. Codes, labels and other names are accepted where they are unambiguous.
///
/// @param question  Its number (dem_pack_find_question).
/// @param answers   `count` zero-terminated texts; 0 answers "none".
/// @return DEM_OK; DEM_ERR_INVALID and the report names the nearest right answers: those that are
/// right are taken, and if none is, the question is as if it were left out;
/// DEM_ERR_NO_MEMORY. Cost: O(1) expected an answer that is a key; a label costs a search by name.
DEM_API dem_status dem_session_answer(dem_session *session, uint32_t question,
                                      const char *const *answers, size_t count);

/// Say that an answer is not known: the question is open, and the kb does not fill it in.
DEM_API dem_status dem_session_leave_open(dem_session *session, uint32_t question);

/// Take the answers of a profile that was read. Errors carry the profile's places.
///
/// @param profiles  Borrowed; must live until the session is reset.
DEM_API dem_status dem_session_set_profile(dem_session *session, const dem_profiles *profiles,
                                           size_t index);

/// Derive everything that follows. Call once after the answers.
///
/// @param limits  NULL: those of the pack. Its max_memory also bounds what is asked of the session
///                afterwards: advice, explanations.
/// @return DEM_OK; DEM_ERR_INVALID for a required question without an answer or an arithmetic
/// error; DEM_ERR_LIMIT, and what was derived so far stays readable; DEM_ERR_NO_MEMORY.
DEM_API dem_status dem_session_run(dem_session *session, const dem_limits *limits);

// Facts -------------------------------------------------------------------------------

/// Names one fact. Valid until the session is reset.
typedef struct dem_fact_handle {
  uint32_t relation;
  uint32_t row;
} dem_fact_handle;

/// Facts of a relation: the pack's, then those from `dem_session_own_facts` on are the session's.
DEM_API uint32_t dem_session_fact_count(const dem_session *session, uint32_t relation);
DEM_API uint32_t dem_session_own_facts(const dem_session *session, uint32_t relation);
DEM_API dem_fact_handle dem_session_fact(const dem_session *session, uint32_t relation,
                                         uint32_t index);

/// A field's value as text, in memory of the session that the next call reuses; "" if it has none.
DEM_API const char *dem_session_fact_text(dem_session *session, dem_fact_handle fact,
                                          uint32_t field);

/// The rule that derived a fact, or DEM_NO_INDEX for a given one. Cost: O(1).
DEM_API uint32_t dem_session_fact_rule(const dem_session *session, dem_fact_handle fact);

/// How many facts the derivation rests on directly, and the `index`th of them. Cost: O(1).
DEM_API uint32_t dem_session_fact_support_count(const dem_session *session, dem_fact_handle fact);
DEM_API dem_fact_handle dem_session_fact_support(const dem_session *session, dem_fact_handle fact,
                                                 uint32_t index);

#endif
