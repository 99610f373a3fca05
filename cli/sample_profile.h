// SPDX-License-Identifier: Apache-2.0

// What to write where there is no profile yet.

#ifndef CLI_SAMPLE_PROFILE_H
#define CLI_SAMPLE_PROFILE_H

#include "demarche/demarche.h"

/// Show on standard error the shortest profile that the pack takes: an answer to each required
/// question (to the first one, where none is), each the first that may be given.
///
/// @param path  What the profile is to be written into; its ending says in which form.
void sample_profile_say(const dem_pack *pack, const char *path);

#endif
