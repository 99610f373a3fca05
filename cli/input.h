// SPDX-License-Identifier: Apache-2.0

// Packs, profiles and answers as the command line names them, opened and, where
// they are wrong, explained on standard error.

#ifndef CLI_INPUT_H
#define CLI_INPUT_H

#include <stdbool.h>

#include "demarche/demarche.h"
#include "options.h"

/// Open the pack of `--pack`, or the one that is built in.
///
/// @param folder    Instead of `--pack`; may be NULL.
/// @param pack_out  Yours, also on failure; may be NULL then.
dem_status input_open_pack(const options *opts, const char *folder, dem_pack **pack_out);

/// The same for a language: read it alone and speak it; NULL reads every one and speaks English.
dem_status input_open_pack_in(const options *opts, const char *folder, const char *language,
                              dem_pack **pack_out);

/// Read profiles from a path, `-` for standard input.
/// @param pack          For which they are: where there is none, what to write is shown. NULL: no
///                      profiles are read, but advices.
/// @param profiles_out  Yours, also on failure; may be NULL then. What is wrong was said.
dem_status input_read_profiles(const options *opts, const dem_pack *pack, const char *path,
                               dem_profiles **profiles_out);

/// Whether an argument is a profile by its looks: `-`, a path, a file name with an ending.
bool input_is_profile(const char *argument);

/// Give a session the answers of a profile (NULL for none) and those of `--set`.
/// What is wrong was said.
dem_status input_answer(const options *opts, const dem_pack *pack, dem_session *session,
                        const dem_profiles *profiles, size_t index);

/// Give a session further answers, FIELD=ANSWER each, over those that it has. What is wrong was
/// said.
/// @param option  What holds the answers, for messages: "--set".
dem_status input_answer_also(const options *opts, const dem_pack *pack, dem_session *session,
                             const char *option, const text_list *answers);

/// Run a session. What is wrong was said, and for a required answer that is missing, how to give
/// it.
/// @return The exit status: EXIT_DONE when it ran.
int input_run(const options *opts, const dem_pack *pack, dem_session *session);

/// Show a report on standard error; with --quiet its warnings are left out.
void input_show_report(const options *opts, const dem_report *report);

/// The exit status that a library's status stands for where input was read.
int input_exit_status(dem_status status);

#endif
