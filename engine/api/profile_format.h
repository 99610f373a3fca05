// SPDX-License-Identifier: Apache-2.0

// In which language profiles are written, by their name or their first line.

#ifndef DEM_API_PROFILE_FORMAT_H
#define DEM_API_PROFILE_FORMAT_H

#include "base/slice.h"
#include "demarche/profile.h"

/// The format that a name's ending says, or DEM_PROFILE_AUTO where the bytes have to be looked at.
dem_profile_format dem_profile_format_of_name(dem_slice name);

/// The format of bytes, of which the first line that is not blank decides.
///
/// @param named  What dem_profile_format_of_name says; only AUTO and JSON leave anything to find.
dem_profile_format dem_profile_format_of_bytes(dem_profile_format named, dem_slice bytes);

#endif
