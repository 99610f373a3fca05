// SPDX-License-Identifier: Apache-2.0

// Bytes from a terminal → keys: UTF-8 and the sequences of ECMA-48 terminals.
//
//   ESC [ parameters final      CSI: arrows, page keys, function keys, pastes
//   ESC O final                 SS3: the same on a keypad in application mode
//   ESC [ [ A                   F1 of the Linux console

#include "ask/keys.h"

#include <stdlib.h>
#include <string.h>

enum { ESCAPE = 0x1B, DELETE = 0x7F };

static key plain_key(key_kind kind)
{
  return (key){.kind = kind};
}

// Single bytes --------------------------------------------------------------------------

static key_kind control_key(unsigned char byte)
{
  switch (byte) {
  case '\r':
  case '\n':
    return KEY_ENTER;
  case '\t':
    return KEY_TAB;
  case DELETE:
  case 0x08: // Ctrl-H
    return KEY_BACKSPACE;
  case 0x03: // Ctrl-C
  case 0x04: // Ctrl-D
    return KEY_INTERRUPT;
  case 0x01: // Ctrl-A
    return KEY_HOME;
  case 0x05: // Ctrl-E
    return KEY_END;
  case 0x0C: // Ctrl-L
    return KEY_REDRAW;
  case 0x0E: // Ctrl-N
    return KEY_DOWN;
  case 0x10: // Ctrl-P
    return KEY_UP;
  case 0x15: // Ctrl-U
    return KEY_ERASE_LINE;
  case 0x17: // Ctrl-W
    return KEY_ERASE_WORD;
  case 0x1A: // Ctrl-Z
    return KEY_SUSPEND;
  default:
    return KEY_NONE;
  }
}

/// Bytes of the character that begins so; 0 for a byte that begins none.
static size_t character_size(unsigned char first)
{
  return first < 0x80                     ? 1
         : first >= 0xC2 && first <= 0xDF ? 2
         : first >= 0xE0 && first <= 0xEF ? 3
         : first >= 0xF0 && first <= 0xF4 ? 4
                                          : 0;
}

static bool is_continuation(unsigned char byte)
{
  return (byte & 0xC0) == 0x80;
}

/// Surrogates, overlong forms and what lies beyond Unicode: their second byte shows them.
static bool is_wrong_second(unsigned char first, unsigned char second)
{
  return (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
         (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
}

// Sequences -----------------------------------------------------------------------------

static key_kind numbered_key(int number)
{
  switch (number) {
  case 1:
  case 7:
    return KEY_HOME;
  case 3:
    return KEY_DELETE;
  case 4:
  case 8:
    return KEY_END;
  case 5:
    return KEY_PAGE_UP;
  case 6:
    return KEY_PAGE_DOWN;
  case 11:
    return KEY_HELP;
  default:
    return KEY_NONE;
  }
}

static key_kind final_key(char final)
{
  switch (final) {
  case 'A':
    return KEY_UP;
  case 'B':
    return KEY_DOWN;
  case 'C':
    return KEY_RIGHT;
  case 'D':
    return KEY_LEFT;
  case 'F':
    return KEY_END;
  case 'H':
    return KEY_HOME;
  case 'M':
    return KEY_ENTER;
  case 'P':
    return KEY_HELP;
  case 'Z':
    return KEY_BACK_TAB;
  default:
    return KEY_NONE;
  }
}

/// A whole sequence, from ESC to its final byte, zero-terminated.
static key_kind sequence_key(key_reader *reader, const char *sequence)
{
  const size_t size = strlen(sequence);
  if (size == 4 && memcmp(sequence + 1, "[[", 2) == 0) {
    return sequence[3] == 'A' ? KEY_HELP : KEY_NONE;
  }
  if (sequence[size - 1] != '~') {
    return final_key(sequence[size - 1]);
  }
  const int number = (int)strtol(sequence + 2, NULL, 10);
  if (number == 200 || number == 201) {
    reader->is_pasting = number == 200;
    return KEY_NONE;
  }
  return numbered_key(number);
}

/// Whether ESC and what follows it is whole.
static bool is_whole(const char *pending, size_t size)
{
  const unsigned char last = (unsigned char)pending[size - 1];
  if (size < 2) {
    return false;
  }
  if (pending[1] == 'O') {
    return size == 3;
  }
  if (pending[1] != '[') {
    return true; // Alt with a key: nothing here.
  }
  const bool is_console = size == 3 && last == '[';
  return size > 2 && last >= 0x40 && last <= 0x7E && !is_console;
}

static bool take_sequence(key_reader *reader, key *key_out)
{
  if (reader->size == 2 && reader->pending[1] == ESCAPE) {
    reader->size = 1; // The first one stood for itself.
    *key_out = plain_key(KEY_ESCAPE);
    return true;
  }
  if (!is_whole(reader->pending, reader->size)) {
    if (reader->size + 1 == sizeof reader->pending) {
      reader->size = 2; // No key is that long: what is left of it is read over.
    }
    return false;
  }
  reader->pending[reader->size] = '\0';
  reader->size = 0;
  *key_out = plain_key(sequence_key(reader, reader->pending));
  return key_out->kind != KEY_NONE && !reader->is_pasting;
}

// Reading ---------------------------------------------------------------------------------

static bool take_character(key_reader *reader, key *key_out)
{
  const unsigned char first = (unsigned char)reader->pending[0];
  if (reader->size < character_size(first)) {
    return false;
  }
  *key_out = plain_key(KEY_TEXT);
  memcpy(key_out->text, reader->pending, reader->size);
  reader->size = 0;
  return true;
}

/// A byte with nothing pending before it.
static bool take_first(key_reader *reader, unsigned char byte, key *key_out)
{
  if (byte == ESCAPE) {
    reader->pending[0] = ESCAPE;
    reader->size = 1;
    return false;
  }
  if (byte < 0x20 || byte == DELETE) {
    *key_out = plain_key(control_key(byte));
    if (reader->is_pasting) { // A line break in a pasted text does not answer the question.
      *key_out = (key){.kind = byte == '\n' || byte == '\r' || byte == '\t' ? KEY_TEXT : KEY_NONE,
                       .text = " "};
    }
    return key_out->kind != KEY_NONE;
  }
  if (character_size(byte) == 0) {
    return false;
  }
  reader->pending[0] = (char)byte;
  reader->size = 1;
  return take_character(reader, key_out);
}

bool keys_take(key_reader *reader, unsigned char byte, key *key_out)
{
  if (reader->size == 0) {
    return take_first(reader, byte, key_out);
  }
  const unsigned char first = (unsigned char)reader->pending[0];
  const bool is_sequence = first == ESCAPE;
  if (!is_sequence &&
      (!is_continuation(byte) || (reader->size == 1 && is_wrong_second(first, byte)))) {
    reader->size = 0; // What came before was no character.
    return take_first(reader, byte, key_out);
  }
  reader->pending[reader->size++] = (char)byte;
  return is_sequence ? take_sequence(reader, key_out) : take_character(reader, key_out);
}

bool keys_is_waiting(const key_reader *reader)
{
  return reader->size > 0;
}

bool keys_expire(key_reader *reader, key *key_out)
{
  const bool is_escape = reader->size == 1 && reader->pending[0] == ESCAPE;
  reader->size = 0;
  *key_out = plain_key(is_escape ? KEY_ESCAPE : KEY_NONE);
  return is_escape && !reader->is_pasting;
}
