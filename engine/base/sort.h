// SPDX-License-Identifier: Apache-2.0

// A stable sort in memory of the caller's: C's qsort takes memory from the system for larger
// arrays.

#ifndef DEM_BASE_SORT_H
#define DEM_BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

/// Order of two elements, as for qsort.
typedef int dem_compare(const void *left, const void *right);

/// Sort elements; equal ones keep their order.
///
/// @param spare  Room for `count` elements.
/// Cost: O(count log count) comparisons.
void dem_sort(void *items, size_t count, size_t size, dem_compare *compare, void *spare);

/// Sort numbers by their keys; those with equal keys keep their order.
///
/// @param order   `count` numbers.
/// @param keys    The key of number n is keys[n * stride].
/// @param spare   Room for `count` numbers.
/// Cost: O(count) for each byte in which keys differ. Method: radix sort from the lowest byte up,
/// Knuth, vol. 3, 5.2.5.
void dem_sort_by_key(uint32_t *order, size_t count, const uint64_t *keys, size_t stride,
                     uint32_t *spare);

#endif
