// SPDX-License-Identifier: Apache-2.0

// The plain face: the dialogue as lines that are written once and never repainted,
// for screen readers, simple terminals and scripts.

#ifndef CLI_ASK_PLAIN_H
#define CLI_ASK_PLAIN_H

#include "ask/dialogue.h"
#include "text.h"

typedef struct plain {
  size_t width;
  size_t visit;       ///< The dialogue's visit that was written last.
  bool has_explained; ///< How to get help was said.
} plain;

/// Write what is new since the last call, then the prompt. Closes pages of explanation: they are
/// written once.
void plain_prompt(plain *p, dialogue *d, text *out);

#endif
