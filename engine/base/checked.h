// SPDX-License-Identifier: Apache-2.0

// Integer arithmetic that says when it does not fit. True means overflow, and
// then `*result` is unspecified.

#ifndef DEM_BASE_CHECKED_H
#define DEM_BASE_CHECKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool dem_checked_add(int64_t a, int64_t b, int64_t *result);
bool dem_checked_subtract(int64_t a, int64_t b, int64_t *result);
bool dem_checked_multiply(int64_t a, int64_t b, int64_t *result);
bool dem_checked_size_add(size_t a, size_t b, size_t *result);
bool dem_checked_size_multiply(size_t a, size_t b, size_t *result);

#endif
