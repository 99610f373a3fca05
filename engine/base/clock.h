// SPDX-License-Identifier: Apache-2.0

// The monotonic clock, for the bound on seconds. No result ever depends on it.

#ifndef DEM_BASE_CLOCK_H
#define DEM_BASE_CLOCK_H

#include <stdint.h>

/// Nanoseconds since some fixed moment.
uint64_t dem_clock_now(void);

#endif
