// SPDX-License-Identifier: Apache-2.0

// A stable sort in memory of the caller's: C's qsort takes memory from the system for larger
// arrays.

#ifndef DEM_BASE_SORT_H
#define DEM_BASE_SORT_H

#include <stddef.h>

/// Order of two elements, as for qsort.
typedef int dem_compare(const void *left, const void *right);

/// Sort elements; equal ones keep their order.
///
/// @param spare  Room for `count` elements.
/// Cost: O(count log count) comparisons.
void dem_sort(void *items, size_t count, size_t size, dem_compare *compare, void *spare);

#endif
