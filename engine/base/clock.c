// SPDX-License-Identifier: Apache-2.0

// The monotonic clock. Needs POSIX.

#define _POSIX_C_SOURCE 200809L

#include "base/clock.h"

#include <time.h>

uint64_t dem_clock_now(void)
{
  struct timespec now = {0};
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * UINT64_C(1000000000) + (uint64_t)now.tv_nsec;
}
