// SPDX-License-Identifier: Apache-2.0

// Every bound of the library, with its default. Nothing is ever cut silently: what
// reaches a bound stops with DEM_ERR_LIMIT and a diagnostic that names it.

#ifndef DEMARCHE_LIMITS_H
#define DEMARCHE_LIMITS_H

#include <stddef.h>
#include <stdint.h>

#include "demarche/status.h"

/// 0 stands for no bound.
typedef struct dem_limits {
  size_t max_bytes; ///< Of one document. Default 256 MiB: a table of some million facts.
  size_t max_depth; ///< Of nesting in a document or a rule. Default 64.
  size_t max_nodes; ///< Of one document; an alias counts as what it stands for. Default 50 million.
  uint64_t max_facts;   ///< Facts of a pack or a session, given and derived. Default 50 million.
  uint64_t max_rounds;  ///< Rounds of one stratum's fixpoint. Default 10 million.
  uint32_t max_seconds; ///< Of one evaluation, by the monotonic clock. Default 300.
  /// Bytes that a pack, a session or a set of profiles holds, each by itself. Default 4 GiB: no
  /// input takes all of a common machine's memory. Texts of errors are not counted.
  uint64_t max_memory;
} dem_limits;

DEM_API dem_limits dem_limits_default(void);

#endif
