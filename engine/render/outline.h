// SPDX-License-Identifier: Apache-2.0

// What every form of an advice says alike: its title, its groups of partners,
// which questions are open.

#ifndef DEM_RENDER_OUTLINE_H
#define DEM_RENDER_OUTLINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "demarche/advice.h"

typedef enum dem_partner_group {
  DEM_GROUP_OUTSIDE_UN,
  DEM_GROUP_UN,
  DEM_GROUP_COUNT,
} dem_partner_group;

/// "Partners" where no partner is of the United Nations: then there is nothing to tell apart.
const char *dem_partner_group_title(dem_partner_group group, const dem_advice *advice);
bool dem_partner_group_has(dem_partner_group group, const dem_advice_partner *partner);
size_t dem_partner_group_size(dem_partner_group group, const dem_advice *advice);

/// How many of a group's partners are certain.
size_t dem_partner_group_certain(dem_partner_group group, const dem_advice *advice);

/// Whom the advice is for: the label of the first question's only answer; NULL if there is none.
const char *dem_advice_subject(const dem_advice *advice);

/// "Advice for Morocco", or "Advice".
void dem_advice_add_title(const dem_advice *advice, dem_buffer *out);

/// How many partners are certain. They stand before the others.
size_t dem_advice_certain_count(const dem_advice *advice);

/// How many questions are open.
size_t dem_advice_open_count(const dem_advice *advice);

/// "if themes is “Trust funds” and needs is not …": the answers that what is possible hangs on;
/// nothing where none is known. Not escaped.
/// @param first  The number of the first hinge that is told.
void dem_advice_add_hinges(const dem_advice *advice, const dem_advice_reason *reason, size_t first,
                           dem_buffer *out);

/// The heaviest reason for a partner.
const dem_advice_reason *dem_partner_first_reason(const dem_advice_partner *partner);

/// How many open questions some advice hangs on.
size_t dem_advice_relevant_count(const dem_advice *advice);

/// Whether a reason says anything that its item's text does not.
bool dem_advice_reason_adds(const dem_advice_reason *reason, const char *text);

/// What ends a sentence after a text: nothing where the text ends it itself, as "n.d." does.
const char *dem_sentence_end(const char *text);

/// The last part that a source's description has: its date, publisher, work, section or title.
const char *dem_source_last_part(const dem_advice_source *source);

#endif
