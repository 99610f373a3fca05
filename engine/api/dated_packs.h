// SPDX-License-Identifier: Apache-2.0

// A pack compiled for each date that is asked for, with a session each: tests ask for dates of
// their own, and many for the same.

#ifndef DEM_API_DATED_PACKS_H
#define DEM_API_DATED_PACKS_H

#include "api/handles.h"

/// The pack compiled for one date.
typedef struct dem_dated_pack {
  int64_t date;
  dem_pack *pack; ///< Owned, unless it is the first's.
  dem_session *session;
} dem_dated_pack;

typedef struct dem_dated_packs {
  dem_vector items; ///< dem_dated_pack; the first is the pack itself.
} dem_dated_packs;

/// Must be called before anything else; needs no memory.
void dem_dated_packs_init(dem_dated_packs *packs, dem_allocator allocator);

/// Release all but the pack that was given.
void dem_dated_packs_clear(dem_dated_packs *packs);

/// Begin with a pack, compiled for its date. Borrowed.
dem_status dem_dated_packs_begin(dem_dated_packs *packs, dem_pack *pack);

/// The pack for a date, compiled when it is asked for first.
///
/// @param found_out   Valid until the next call.
/// @param failed_out  On failure the pack that could not be compiled, for its report: yours. NULL
///                    without memory.
dem_status dem_dated_packs_find(dem_dated_packs *packs, int64_t date, dem_dated_pack **found_out,
                                dem_pack **failed_out);

#endif
