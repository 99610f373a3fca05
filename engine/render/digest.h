// SPDX-License-Identifier: Apache-2.0

// What a short form of an advice tells, and what it leaves to the full one.
//
// Of a partner that is certain it tells what is certain; what further answers could add is counted.
// Partners that are only possible are grouped by the answers that they hang on. What was said of
// another partner word for word is referred to.

#ifndef DEM_RENDER_DIGEST_H
#define DEM_RENDER_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "demarche/advice.h"

/// Whether a reason is as certain as its partner: what the partner is there for.
bool dem_digest_has_reason(const dem_advice_partner *partner, const dem_advice_reason *reason);

/// The same of a purpose: one of its reasons is.
bool dem_digest_has_purpose(const dem_advice_partner *partner, const dem_advice_purpose *purpose);

/// The same of a step, caveat or reference.
/// @param partner  NULL for what goes for any partner.
bool dem_digest_has_item(const dem_advice_partner *partner, const dem_advice_item *item);

/// How many items of a list are told.
size_t dem_digest_item_count(const dem_advice_partner *partner, const dem_advice_items *items);

/// The route that all told items of a list share; NULL if they differ or have none.
const char *dem_digest_route(const dem_advice_partner *partner, const dem_advice_items *items);

/// "Answers to themes and situations could add 16 reasons and 3 steps."; nothing if nothing was
/// left out. Not escaped.
/// @param partner  NULL for what goes for any partner.
void dem_digest_add_left_out(const dem_advice *advice, const dem_advice_partner *partner,
                             dem_buffer *out);

/// What decides that something is not recommended, as a sentence: "“Seek funding” does not apply.
/// There is no …." Not escaped.
void dem_digest_add_deciding(const dem_advice *advice, const dem_advice_ruled_out *item,
                             dem_buffer *out);

typedef enum dem_item_list { DEM_LIST_STEPS, DEM_LIST_CAVEATS, DEM_LIST_REFERENCES } dem_item_list;

const dem_advice_items *dem_partner_list(const dem_advice_partner *partner, dem_item_list list);

/// The first partner before `index` of whose list the same is told word for word; `index` if there
/// is none, or if nothing is told.
size_t dem_digest_same_list(const dem_advice *advice, size_t index, dem_item_list list);

/// Whether two possible partners hang on the same answer first; they may hang on further ones.
bool dem_digest_is_same_group(const dem_advice_partner *a, const dem_advice_partner *b);

/// Whether a purpose of a possible partner says more than the answer that its group hangs on: that
/// the country asks for it.
bool dem_digest_purpose_adds(const dem_advice_partner *partner, const dem_advice_purpose *purpose);

/// The first possible partner from `index` on that begins a group; partner_count after the last.
size_t dem_digest_next_group(const dem_advice *advice, size_t index);

#endif
