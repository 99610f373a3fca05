// SPDX-License-Identifier: Apache-2.0

// Threads that work through a source's records and hand them to an outlet in their order.

#ifndef CLI_BATCH_POOL_H
#define CLI_BATCH_POOL_H

#include "outlet.h"
#include "source.h"

/// Work through everything.
///
/// @param threads  At least 1: the caller is one of them.
/// @return False without memory. Otherwise source and outlet tell how it ended.
bool pool_run(source *s, outlet *o, const desk_order *order, size_t threads);

#endif
