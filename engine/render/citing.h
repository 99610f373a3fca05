// SPDX-License-Identifier: Apache-2.0

// Which sources stand where, so that nothing is cited over and over.
//
//   a partner    what each of its reasons rests on
//   a reason     what it rests on besides
//   an item      what none of its partner's reasons rests on
//
// Sources that come from one document are listed together.

#ifndef DEM_RENDER_CITING_H
#define DEM_RENDER_CITING_H

#include <stdbool.h>
#include <stddef.h>

#include "demarche/advice.h"

typedef enum dem_citing {
  DEM_CITING_ALL,            ///< Every source, again and again.
  DEM_CITING_BEYOND_PARTNER, ///< Of a reason: what not each of its partner's reasons rests on.
  DEM_CITING_BEYOND_REASONS, ///< Of a step and the like: what none of those reasons rests on.
} dem_citing;

/// Whether each of a partner's reasons cites a source.
bool dem_citing_is_common(const dem_advice_partner *partner, size_t source);

/// Whether a source that an item cites is to be shown there.
/// @param partner  The item's; NULL for none: then every source is shown.
bool dem_citing_shows(dem_citing citing, const dem_advice_partner *partner, size_t source);

/// The sources from `first` that are sections of one document: where they end. `first + 1` for a
/// source that stands alone.
size_t dem_citing_group_end(const dem_advice *advice, size_t first);

typedef enum dem_item_list { DEM_LIST_STEPS, DEM_LIST_CAVEATS, DEM_LIST_REFERENCES } dem_item_list;

const dem_advice_items *dem_partner_list(const dem_advice_partner *partner, dem_item_list list);

/// The first partner before `index` whose list says word for word the same; `index` if there is
/// none, or nothing in the list.
size_t dem_partner_with_same(const dem_advice *advice, size_t index, dem_item_list list);

#endif
