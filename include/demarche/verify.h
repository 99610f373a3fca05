// SPDX-License-Identifier: Apache-2.0

// Is an advice that was kept what the pack gives today? Its answers are run again and compared.
//
//   dem_profiles_read_file → dem_recorded_find → dem_session_set_recorded → dem_session_run
//   → dem_advice_new_with → dem_recheck_add … → dem_recheck_same_bytes

#ifndef DEMARCHE_VERIFY_H
#define DEMARCHE_VERIFY_H

#include "demarche/advice.h"
#include "demarche/profile.h"
#include "demarche/session.h"
#include "demarche/write.h"

/// What an advice in a file says of its making. Texts live as long as the profiles.
typedef struct dem_recorded_advice {
  const char *pack_name;
  const char *pack_version;
  const char *pack_sha256;
  const char *date;
  dem_advice_options options; ///< What it holds beyond the usual.
} dem_recorded_advice;

/// The advice that was read as document `index` of a JSON file.
///
/// @return DEM_OK; DEM_ERR_INVALID when the document is no advice, and the profiles' report says
///         so.
DEM_API dem_status dem_recorded_find(dem_profiles *profiles, size_t index,
                                     dem_recorded_advice *recorded_out);

/// Take the answers that an advice rests on. What the knowledge base filled in is left to it.
///
/// @param profiles  Borrowed; must live until the session is reset. dem_recorded_find said that it
///                  is an advice.
/// @return As dem_session_set_profile.
DEM_API dem_status dem_session_set_recorded(dem_session *session, const dem_profiles *profiles,
                                            size_t index);

/// Something that differs between an advice in a file and the one made today.
typedef struct dem_recorded_change {
  const char *path;   ///< "partners[afdb].weight"; list items are named by what identifies them.
  const char *before; ///< A text or number, anything else as JSON; NULL if it is not there.
  const char *after;
} dem_recorded_change;

/// One advice of the file.
typedef struct dem_recheck_item {
  const char *id;      ///< The profile's; may be empty.
  const char *subject; ///< Whom it is for; may be empty.
  size_t change_count;
  const dem_recorded_change *changes; ///< In the order of the file.
} dem_recheck_item;

typedef struct dem_recheck dem_recheck;

/// @param profiles  Borrowed; must outlive it.
DEM_API dem_status dem_recheck_new(const dem_profiles *profiles, dem_recheck **recheck_out);
DEM_API void dem_recheck_free(dem_recheck *recheck);

/// Compare the next advice of the file, from the first on, with one made today.
/// @param advice  Borrowed for the call.
DEM_API dem_status dem_recheck_add(dem_recheck *recheck, const dem_advice *advice);

/// Advices compared so far, and what differs.
DEM_API size_t dem_recheck_count(const dem_recheck *recheck);
DEM_API dem_recheck_item dem_recheck_at(const dem_recheck *recheck, size_t index);

/// Whether the file says the same as the advices made today, however it is laid out.
DEM_API bool dem_recheck_is_same(const dem_recheck *recheck);

/// Whether the file has the very bytes that `advise` writes, as `json` or as `jsonl`.
DEM_API bool dem_recheck_has_same_bytes(const dem_recheck *recheck);

/// Write the findings: as text, or as JSON.
DEM_API dem_status dem_recheck_render(const dem_recheck *recheck, const char *name, bool is_json,
                                      dem_write_function write, void *context);

#endif
