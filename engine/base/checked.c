// SPDX-License-Identifier: Apache-2.0

// Integer arithmetic that says when it does not fit, by the compilers' own overflow tests.

#include "base/checked.h"

bool dem_checked_add(int64_t a, int64_t b, int64_t *result)
{
  return __builtin_add_overflow(a, b, result);
}

bool dem_checked_subtract(int64_t a, int64_t b, int64_t *result)
{
  return __builtin_sub_overflow(a, b, result);
}

bool dem_checked_multiply(int64_t a, int64_t b, int64_t *result)
{
  return __builtin_mul_overflow(a, b, result);
}

bool dem_checked_size_add(size_t a, size_t b, size_t *result)
{
  return __builtin_add_overflow(a, b, result);
}

bool dem_checked_size_multiply(size_t a, size_t b, size_t *result)
{
  return __builtin_mul_overflow(a, b, result);
}
