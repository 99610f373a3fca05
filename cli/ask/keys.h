// SPDX-License-Identifier: Apache-2.0

// Bytes from a terminal → keys.
//
// A lone escape byte is a key of its own, or the beginning of another key's
// sequence; only time tells. The caller waits a little and calls keys_expire.

#ifndef CLI_ASK_KEYS_H
#define CLI_ASK_KEYS_H

#include <stdbool.h>
#include <stddef.h>

typedef enum key_kind {
  KEY_NONE, ///< A key that means nothing here.
  KEY_TEXT, ///< A character; `text` holds it.
  KEY_ENTER,
  KEY_TAB,
  KEY_BACK_TAB,
  KEY_ESCAPE,
  KEY_UP,
  KEY_DOWN,
  KEY_LEFT,
  KEY_RIGHT,
  KEY_HOME,
  KEY_END,
  KEY_PAGE_UP,
  KEY_PAGE_DOWN,
  KEY_BACKSPACE,
  KEY_DELETE,
  KEY_ERASE_WORD, ///< Ctrl-W
  KEY_ERASE_LINE, ///< Ctrl-U
  KEY_HELP,       ///< F1
  KEY_REDRAW,     ///< Ctrl-L
  KEY_INTERRUPT,  ///< Ctrl-C; also Ctrl-D, the end of input.
  KEY_SUSPEND,    ///< Ctrl-Z
} key_kind;

typedef struct key {
  key_kind kind;
  char text[5]; ///< UTF-8 of KEY_TEXT, zero-terminated.
} key;

typedef struct key_reader {
  char pending[32]; ///< A sequence that is not complete yet.
  size_t size;
  bool is_pasting; ///< Between the marks of a bracketed paste: every byte is text.
} key_reader;

/// Take one byte.
/// @return Whether a key is complete, in `key_out`.
bool keys_take(key_reader *reader, unsigned char byte, key *key_out);

/// Whether what was read could still go on: call keys_expire if nothing comes for a while.
bool keys_is_waiting(const key_reader *reader);

/// Nothing came: what was read stands for itself.
/// @return Whether it is a key, in `key_out`.
bool keys_expire(key_reader *reader, key *key_out);

#endif
