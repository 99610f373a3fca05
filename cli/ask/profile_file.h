// SPDX-License-Identifier: Apache-2.0

// Where the answers are kept: a profile as YAML or JSON, replaced whole after
// each answer, that reads back the same.

#ifndef CLI_ASK_PROFILE_FILE_H
#define CLI_ASK_PROFILE_FILE_H

#include "ask/interview.h"
#include "text.h"

typedef enum profile_form {
  PROFILE_YAML,
  PROFILE_JSON,
  PROFILE_JSON_LINE,
} profile_form;

/// The form that a file's name asks for. False for one that cannot hold a profile of ours: CSV.
bool profile_form_of(const char *path, profile_form *form_out);

/// Write the answers. What the kb fills in is left out, as what was not answered.
/// @param id  The profile's own name; may be empty.
void profile_write(const interview *iv, const char *id, profile_form form, text *out);

/// Replace the file.
/// @return 0, or the error's number.
int profile_save(const interview *iv, const char *id, const char *path);

/// The first of profile.yaml, profile-2.yaml, … that is not there. Yours; NULL without memory.
char *profile_free_name(void);

#endif
