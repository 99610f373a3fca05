// SPDX-License-Identifier: Apache-2.0

// Where bytes go that the library writes.

#ifndef DEMARCHE_WRITE_H
#define DEMARCHE_WRITE_H

#include <stddef.h>

#include "demarche/status.h"

/// Receives bytes, some tens of KiB at a time, in order.
///
/// @return DEM_OK to go on; anything else ends the writing, which returns it.
typedef dem_status (*dem_write_function)(void *context, const char *bytes, size_t size);

#endif
