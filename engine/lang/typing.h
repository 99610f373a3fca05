// SPDX-License-Identifier: Apache-2.0

// The types of a rule's variables, from the fields and expressions that bind them.

#ifndef DEM_LANG_TYPING_H
#define DEM_LANG_TYPING_H

#include "lang/draft.h"

/// Type the variables of a rule that dem_binding_check has seen, check its guards, lets and
/// aggregates and fill them in. Reports WRONG_TYPE.
///
/// A variable has the narrowest type of the fields that bind it for certain; one that only
/// branches of `any` bind has the widest of theirs.
dem_status dem_typing_check(dem_draft *draft);

#endif
