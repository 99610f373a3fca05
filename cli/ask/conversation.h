// SPDX-License-Identifier: Apache-2.0

// Holds the conversation: events from a terminal or a file into the dialogue,
// what it shows back out, and every answer into the profile.

#ifndef CLI_ASK_CONVERSATION_H
#define CLI_ASK_CONVERSATION_H

#include "ask/dialogue.h"

/// Where the answers are kept.
typedef struct keeper {
  const char *path;
  const char *id;
  bool is_saved; ///< The file holds all answers.
  int error;     ///< Of the last saving; 0 for none.
} keeper;

/// Save what is not saved yet.
void keeper_save(keeper *k, dialogue *d);

typedef enum conversation_end {
  CONVERSATION_DONE,        ///< The advice is wanted.
  CONVERSATION_INTERRUPTED, ///< By a key or by a signal.
  CONVERSATION_CUT,         ///< Nothing more can be read.
  CONVERSATION_FAILED,      ///< The dialogue's status says why.
} conversation_end;

/// With keys, on the terminal that both are.
/// @param signal_out  Receives the signal that interrupted it, or 0.
conversation_end conversation_rich(dialogue *d, keeper *k, int input, int output, bool has_color,
                                   int *signal_out);

/// With lines.
/// @param is_echoed  The input is no terminal: what is read is shown after the prompt.
conversation_end conversation_plain(dialogue *d, keeper *k, int input, int output, bool is_echoed,
                                    int *signal_out);

#endif
