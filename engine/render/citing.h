// SPDX-License-Identifier: Apache-2.0

// Which sources stand where, so that nothing is cited over and over.
//
//   a partner    what each of the reasons that it is there for rests on
//   a reason     what it rests on besides
//   an item      what none of those reasons rests on
//
// Text and Markdown number the sources as they cite them; HTML, which folds much of what it says,
// lists all of them by id, sections under their document.

#ifndef DEM_RENDER_CITING_H
#define DEM_RENDER_CITING_H

#include <stdbool.h>
#include <stddef.h>

#include "demarche/advice.h"
#include "demarche/allocator.h"

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

/// The sources that a text cites, numbered as they are cited: the first is 1.
typedef struct dem_numbering {
  dem_allocator allocator;
  const dem_advice *advice;
  size_t count;
  size_t *sources; ///< By number - 1.
  size_t *numbers; ///< By source; 0: not cited so far.
  size_t *shown;   ///< What dem_numbering_add found last, ascending.
} dem_numbering;

/// @return False without memory. In both cases it may be cleared.
bool dem_numbering_init(dem_numbering *cited, const dem_advice *advice, dem_allocator allocator);
void dem_numbering_clear(dem_numbering *cited);

/// Number the sources that an item shows.
/// @return How many there are: their numbers stand in `shown` until the next call.
size_t dem_numbering_add(dem_numbering *cited, const dem_advice_reason *reason, dem_citing citing,
                         const dem_advice_partner *partner);

/// The same for what each of the reasons that a partner is there for rests on.
size_t dem_numbering_add_common(dem_numbering *cited, const dem_advice_partner *partner);

/// The first number that stands for a section of the same document, or for all of it.
size_t dem_numbering_first(const dem_numbering *cited, size_t number);

/// The sources from `first` that are sections of one document: where they end. `first + 1` for a
/// source that stands alone.
size_t dem_citing_group_end(const dem_advice *advice, size_t first);

#endif
