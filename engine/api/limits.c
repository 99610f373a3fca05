// SPDX-License-Identifier: Apache-2.0

// The default bounds.

#include "demarche/limits.h"

dem_limits dem_limits_default(void)
{
  return (dem_limits){.max_bytes = (size_t)256 * 1024 * 1024,
                      .max_depth = 64,
                      .max_nodes = 50 * 1000 * 1000,
                      .max_facts = 50 * 1000 * 1000,
                      .max_rounds = 10 * 1000 * 1000,
                      .max_seconds = 300,
                      .max_memory = UINT64_C(4) * 1024 * 1024 * 1024};
}
