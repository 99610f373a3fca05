// SPDX-License-Identifier: Apache-2.0

// One thing of a pack in full, with everything that refers to it.

#ifndef DEM_ADVISE_DESCRIPTION_H
#define DEM_ADVISE_DESCRIPTION_H

#include "advise/catalogue.h"

/// What dem_browser_describe does.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
dem_status dem_description_build(dem_catalogue *catalogue, const dem_thing *thing,
                                 const dem_description **description_out);

#endif
