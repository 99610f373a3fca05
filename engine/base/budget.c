// SPDX-License-Identifier: Apache-2.0

// A bound on the memory of one owner.

#include "base/budget.h"

#include <assert.h>

static bool is_too_much(const dem_budget *budget, uint64_t more)
{
  return budget->most && (budget->used > budget->most || more > budget->most - budget->used);
}

static void *resize(void *context, void *memory, size_t old_size, size_t new_size)
{
  dem_budget *const budget = context;
  assert(budget->used >= old_size);
  if (new_size > old_size && is_too_much(budget, new_size - old_size)) {
    budget->is_reached = true;
    return NULL;
  }
  void *const moved = budget->source.resize(budget->source.context, memory, old_size, new_size);
  if (moved || new_size == 0) {
    budget->used = budget->used - old_size + new_size;
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
