// SPDX-License-Identifier: Apache-2.0

// A bound on the memory of one owner.

#include "base/budget.h"

#include <assert.h>
#include <stdatomic.h>

/// Count what is asked for before it is got: of two threads one may be refused, but never is more
/// given out than the bound.
static bool reserve(dem_budget *budget, size_t size)
{
  const uint64_t used = atomic_fetch_add_explicit(&budget->used, size, memory_order_relaxed);
  if (budget->most && (used > budget->most || size > budget->most - used)) {
    atomic_fetch_sub_explicit(&budget->used, size, memory_order_relaxed);
    atomic_store_explicit(&budget->is_reached, true, memory_order_relaxed);
    return false;
  }
  return true;
}

static void *resize(void *context, void *memory, size_t old_size, size_t new_size)
{
  dem_budget *const budget = context;
  assert(budget->used >= old_size);
  const size_t more = new_size > old_size ? new_size - old_size : 0;
  if (more && !reserve(budget, more)) {
    return NULL;
  }
  void *const moved = budget->source.resize(budget->source.context, memory, old_size, new_size);
  const bool has_failed = !moved && new_size;
  const size_t less = has_failed ? more : old_size - new_size + more;
  if (less) {
    atomic_fetch_sub_explicit(&budget->used, less, memory_order_relaxed);
  }
  return moved;
}

dem_allocator dem_budget_init(dem_budget *budget, dem_allocator source, uint64_t most)
{
  *budget = (dem_budget){.source = source, .most = most};
  return (dem_allocator){resize, budget};
}

dem_status dem_budget_settle(const dem_budget *budget, dem_status status,
                             dem_diagnostics *diagnostics)
{
  if (status != DEM_ERR_NO_MEMORY || !budget->is_reached || diagnostics->has_failed) {
    return status;
  }
  const dem_status limit = dem_diagnose(diagnostics, DEM_DIAG_LIMIT, DEM_PLACE_NONE,
                                        "more than %llu bytes of memory (the limit max_memory)",
                                        (unsigned long long)budget->most);
  return diagnostics->has_failed ? DEM_ERR_NO_MEMORY : limit;
}
