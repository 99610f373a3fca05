// SPDX-License-Identifier: Apache-2.0

// Bytes from terminals of all kinds become the keys that were pressed.

#include "ask/keys.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof(array)[0])

typedef struct keys_case {
  const char *name;
  const char *bytes;
  const char *expected; ///< Characters as they are, other keys in angle brackets.
} keys_case;

static keys_case cases[] = {
    {"letters", "ab", "ab"},
    {"two bytes a letter", "é", "é"},
    {"three and four", "日😀", "日😀"},
    {"enter, as raw terminals and others send it", "\r\n", "<enter><enter>"},
    {"control keys", "\t\x7f\x08\x03\x1a\x15\x17\x0c",
     "<tab><backspace><backspace><interrupt><suspend><erase-line><erase-word><redraw>"},
    {"arrows", "\x1b[A\x1b[B\x1b[C\x1b[D", "<up><down><right><left>"},
    {"arrows of a keypad in application mode", "\x1bOA\x1bOB", "<up><down>"},
    {"arrows with a modifier", "\x1b[1;5A", "<up>"},
    {"shift-tab", "\x1b[Z", "<back-tab>"},
    {"home and end, four ways", "\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[7~\x1b[8~\x1bOH\x1bOF",
     "<home><end><home><end><home><end><home><end>"},
    {"pages and delete", "\x1b[5~\x1b[6~\x1b[3~", "<page-up><page-down><delete>"},
    {"F1, three ways", "\x1bOP\x1b[11~\x1b[[A", "<help><help><help>"},
    {"F2 means nothing", "\x1bOQ\x1b[12~\x1b[[B", ""},
    {"escape, then time", "\x1b|", "<escape>"},
    {"escape twice, then time", "\x1b\x1b|", "<escape><escape>"},
    {"escape before an arrow", "\x1b\x1b[A", "<escape><up>"},
    {"alt with a letter means nothing",
     "\x1b"
     "x",
     ""},
    {"a sequence cut short", "\x1b[|x", "x"},
    {"a sequence longer than any key", "\x1b[1111111111111111111111111111111111111A", "<up>"},
    {"a paste",
     "\x1b[200~a\nb\t\x03"
     "c\x1b[201~\r",
     "a b c<enter>"},
    {"bytes that are no character",
     "\xff\x80"
     "a",
     "a"},
    {"a character cut short",
     "\xC3"
     "a",
     "a"},
    {"an overlong form",
     "\xC0\xAF\xE0\x80\xAF"
     "a",
     "a"},
    {"a surrogate",
     "\xED\xA0\x80"
     "a",
     "a"},
};

static const char *name_of(key_kind kind)
{
  switch (kind) {
  case KEY_NONE:
  case KEY_TEXT:
    return "";
  case KEY_ENTER:
    return "<enter>";
  case KEY_TAB:
    return "<tab>";
  case KEY_BACK_TAB:
    return "<back-tab>";
  case KEY_ESCAPE:
    return "<escape>";
  case KEY_UP:
    return "<up>";
  case KEY_DOWN:
    return "<down>";
  case KEY_LEFT:
    return "<left>";
  case KEY_RIGHT:
    return "<right>";
  case KEY_HOME:
    return "<home>";
  case KEY_END:
    return "<end>";
  case KEY_PAGE_UP:
    return "<page-up>";
  case KEY_PAGE_DOWN:
    return "<page-down>";
  case KEY_BACKSPACE:
    return "<backspace>";
  case KEY_DELETE:
    return "<delete>";
  case KEY_ERASE_WORD:
    return "<erase-word>";
  case KEY_ERASE_LINE:
    return "<erase-line>";
  case KEY_HELP:
    return "<help>";
  case KEY_REDRAW:
    return "<redraw>";
  case KEY_INTERRUPT:
    return "<interrupt>";
  case KEY_SUSPEND:
    return "<suspend>";
  }
  return "";
}

/// '|' stands for time passing.
static void test_case(void **state)
{
  const keys_case *const c = *state;
  key_reader reader = {0};
  char found[512] = "";
  size_t size = 0;
  for (const char *b = c->bytes; *b; ++b) {
    key pressed;
    if (*b == '|' ? keys_expire(&reader, &pressed)
                  : keys_take(&reader, (unsigned char)*b, &pressed)) {
      size += (size_t)snprintf(found + size, sizeof found - size, "%s",
                               pressed.kind == KEY_TEXT ? pressed.text : name_of(pressed.kind));
    }
  }
  assert_string_equal(found, c->expected);
  assert_false(keys_is_waiting(&reader));
}

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(cases)] = {{0}};
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_case, .initial_state = &cases[i]};
  }
  return cmocka_run_group_tests_name("cli/keys", tests, NULL, NULL);
}
