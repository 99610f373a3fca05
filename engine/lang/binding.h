// SPDX-License-Identifier: Apache-2.0

// Safety: every variable that is read is bound by something that holds.
//
// Patterns bind their variables; a `let` binds its own once those of its expression are bound; an
// aggregate its result once the variables that it groups by are; an `any`
// what all of its branches bind; a `not` binds nothing outside itself. Taken to a fixpoint, so
// that the order of conditions never matters.

#ifndef DEM_LANG_BINDING_H
#define DEM_LANG_BINDING_H

#include "lang/draft.h"

/// Check a rule whose variables are numbered, and fill in what its aggregates group by
/// and what their ways are. Reports UNBOUND_VARIABLE and REBOUND_VARIABLE.
dem_status dem_binding_check(dem_draft *draft);

#endif
