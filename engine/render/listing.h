// SPDX-License-Identifier: Apache-2.0

// Tables and things in full as text, JSON and CSV.

#ifndef DEM_RENDER_LISTING_H
#define DEM_RENDER_LISTING_H

#include "base/buffer.h"
#include "demarche/browse.h"

/// Append a table. Without memory the buffer has failed.
void dem_listing_add(const dem_listing *listing, const dem_browse_options *options,
                     dem_buffer *out);

void dem_description_add(const dem_description *description, const dem_browse_options *options,
                         dem_buffer *out);

#endif
