// SPDX-License-Identifier: Apache-2.0

// The partners of an advice as parts of a page of HTML.

#ifndef DEM_RENDER_HTML_PARTNERS_H
#define DEM_RENDER_HTML_PARTNERS_H

#include "render/digest.h"
#include "render/html_parts.h"
#include "render/outline.h"

/// A list, after the route that all of its items share.
void dem_html_items(dem_html *h, const dem_advice_partner *partner, const dem_advice_items *items,
                    dem_item_list list);

/// The id of a group's part, to link to.
const char *dem_html_group_id(dem_partner_group group);

/// The groups of certain partners, an article each.
void dem_html_partners(dem_html *h);

/// The possible ones, by the answers that they hang on.
void dem_html_possible_partners(dem_html *h);

#endif
