// SPDX-License-Identifier: Apache-2.0

// Advices as data, for tests of how they are rendered: no pack, no engine.

#ifndef RENDER_ADVICE_FIXTURE_H
#define RENDER_ADVICE_FIXTURE_H

#include "demarche/advice.h"

/// One of everything that an advice can hold, with texts that try to break out of their medium.
extern const dem_advice advice_full;

/// What follows from answers that nothing follows from.
extern const dem_advice advice_empty;

#endif
