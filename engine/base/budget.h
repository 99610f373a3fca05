// SPDX-License-Identifier: Apache-2.0

// A bound on the memory of one owner: an allocator that counts what it has given out, and refuses
// what would go beyond.
//
// All memory of a pack, a session or some profiles passes through the budget of its handle, so that
// no other code knows of the bound: to it, there is no memory. Only what grows is counted, so that
// whoever allocates nothing pays nothing. What is said of errors stays outside: it has bounds of
// its own, and is needed just then.

#ifndef DEM_BASE_BUDGET_H
#define DEM_BASE_BUDGET_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/diagnostic.h"
#include "demarche/allocator.h"

typedef struct dem_budget {
  dem_allocator source;    ///< Where the memory comes from.
  uint64_t most;           ///< Bytes that may be out; 0 for no bound. May be changed at any time.
  _Atomic uint64_t used;   ///< Bytes that are out.
  _Atomic bool is_reached; ///< Something was refused.
} dem_budget;

/// The budget's own allocator, valid while the budget stays where it is. Thread-safe if the source
/// is: sessions of one pack look for names in memory of its own.
dem_allocator dem_budget_init(dem_budget *budget, dem_allocator source, uint64_t most);

/// What a failure was: DEM_ERR_LIMIT and a diagnostic when memory was missing because of the
/// budget; any other status as it is.
dem_status dem_budget_settle(const dem_budget *budget, dem_status status,
                             dem_diagnostics *diagnostics);

#endif
