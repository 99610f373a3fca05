// SPDX-License-Identifier: Apache-2.0

// What keys and lines lead to, without a terminal.

#include "ask/dialogue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ask/profile_file.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof(array)[0])
#define UP "\x1b[A"
#define DOWN "\x1b[B"
#define END "\x1b[F"
#define BACK "\x1b[Z"
#define F1 "\x1bOP"
#define DOWN4 DOWN DOWN DOWN DOWN
#define MOROCCO "morocco\r"

typedef struct dialogue_case {
  const char *name;
  const char *keys;    ///< Bytes as a terminal sends them; or lines when they begin with "=".
  const char *where;   ///< The question that is asked then, or why, help, review, done, left.
  const char *profile; ///< What is saved, comments left out, "; " between lines.
  const char *message; ///< Part of what is said; "" for nothing.
} dialogue_case;

static dialogue_case cases[] = {
    {"a name and enter", MOROCCO, "gear", "place: MA", ""},
    {"what a name begins with", "mor\r", "gear", "place: MA", ""},
    {"a code comes first", "ma\r", "gear", "place: MA", ""},
    {"moving among what was found", "m" DOWN DOWN "\r", "gear", "place: MM", ""},
    {"moving past the end stays", "nig" DOWN4 DOWN4 "\r", "gear", "place: NG", ""},
    {"end of the list", END "\r", "gear", "place: JP", ""},
    {"another script", "日\r", "gear", "place: JP", ""},
    {"a slip is not taken", "moroco\r", "place", "{}", "Is it one of these?"},
    {"a slip is taken from the list", "moroco" DOWN "\r", "gear", "place: MA", ""},
    {"nothing like it", "zzzzzz\r", "place", "{}", "Nothing is called"},
    {"escape empties the filter", "zzz\x1b\x1b[H\r", "gear", "place: AX", ""},
    {"backspace", "mox\x7fr\r", "gear", "place: MA", ""},
    {"backspace takes what combines",
     "no\xCC\x88\x7f"
     "orway\r",
     "gear", "place: \"NO\"", ""},
    {"a required answer cannot be unknown", "unknown\r", "place", "{}", "Nothing is called"},

    {"space chooses", MOROCCO DOWN " " DOWN " \r", "season",
     "place: MA; gear:;   - boots;   - rope", ""},
    {"space again does not", MOROCCO " " DOWN " " UP " \r", "season", "place: MA; gear:;   - boots",
     ""},
    {"enter with nothing chosen", MOROCCO "\r", "gear", "place: MA", "Nothing is chosen yet"},
    {"a filter, enter, enter", MOROCCO "ten\r\r", "season", "place: MA; gear:;   - tent", ""},
    {"a filter and space, twice", MOROCCO "ten bo \r", "season",
     "place: MA; gear:;   - boots;   - tent", ""},
    {"none excludes the rest", MOROCCO " " END UP " \r", "season", "place: MA; gear: []", ""},
    {"a choice excludes none", MOROCCO END UP " \x1b[H \r", "season", "place: MA; gear:;   - map",
     ""},
    {"enter on none", MOROCCO END UP "\r", "season", "place: MA; gear: []", ""},
    {"enter on unknown", MOROCCO END "\r", "season", "place: MA; gear: unknown", ""},
    {"what is chosen goes before the cursor", MOROCCO " " END "\r", "season",
     "place: MA; gear:;   - map", ""},

    {"a whole number",
     MOROCCO "none\r"
             "none\r"
             "12\r",
     "price", "place: MA; gear: []; season: []; days: 12", ""},
    {"no whole number", MOROCCO "none\rnone\r12x\r", "days", "place: MA; gear: []; season: []",
     "whole number"},
    {"a number", MOROCCO "none\rnone\r-3\r12.50\r", "start",
     "place: MA; gear: []; season: []; days: -3; price: 12.5", ""},
    {"no day of the calendar", MOROCCO "none\rnone\r1\r1\r2025-02-29\r", "start",
     "place: MA; gear: []; season: []; days: 1; price: 1", "day of the calendar"},
    {"editing in the middle",
     MOROCCO "none\rnone\r19\x1b[D"
             "2\r",
     "price", "place: MA; gear: []; season: []; days: 129", ""},
    {"unknown below what is typed", MOROCCO "none\rnone\r" DOWN DOWN "\r", "price",
     "place: MA; gear: []; season: []; days: unknown", ""},
    {"up again to what is typed", MOROCCO "none\rnone\r7" DOWN UP "\r", "price",
     "place: MA; gear: []; season: []; days: 7", ""},

    {"back at the beginning", BACK, "place", "{}", "nothing before"},
    {"back", MOROCCO BACK, "place", "place: MA", ""},
    {"back with the answer kept", MOROCCO BACK "\r", "gear", "place: MA", ""},
    {"back in words", MOROCCO "back\r", "place", "place: MA", ""},
    {"back and another answer", MOROCCO BACK "norway\r", "gear", "place: \"NO\"", ""},
    {"back with what was chosen kept", MOROCCO DOWN " " BACK "\r\r", "season",
     "place: MA; gear:;   - boots", ""},
    {"back with what was typed kept", MOROCCO "none\rnone\r12" BACK "\r\r", "price",
     "place: MA; gear: []; season: []; days: 12", ""},
    {"back twice, on by what is open", MOROCCO "none\rnone\r" BACK BACK "\x1b[H \r", "days",
     "place: MA; gear:;   - map; season: []", ""},

    {"why", "?", "why", "{}", ""},
    {"why and on",
     "?\x1b"
     "x\x7f" MOROCCO,
     "gear", "place: MA", ""},
    {"help", F1, "help", "{}", ""},
    {"why, then help, then on", "?" F1 "\r" MOROCCO, "gear", "place: MA", ""},
    {"a question mark in a text", MOROCCO "none\rnone\rnone\rnone\rnone\rno\ra?\r\r", "review",
     "place: MA; gear: []; season: []; days: []; price: []; start: []; guide: false; "
     "remarks:;   - \"a?\"",
     ""},
    {"several texts", MOROCCO "none\rnone\rnone\rnone\rnone\ryes\rone\rtwo\rone\r\r", "review",
     "place: MA; gear: []; season: []; days: []; price: []; start: []; guide: true; "
     "remarks:;   - one;   - two",
     ""},
    {"the last text back",
     MOROCCO "none\rnone\rnone\rnone\rnone\ryes\rone\r\x7f"
             "s\r\r",
     "review",
     "place: MA; gear: []; season: []; days: []; price: []; start: []; guide: true; "
     "remarks:;   - ones",
     ""},
    {"a paste answers nothing",
     MOROCCO "none\rnone\rnone\rnone\rnone\ryes\r\x1b[200~one\ntwo\x1b[201~\r\r", "review",
     "place: MA; gear: []; season: []; days: []; price: []; start: []; guide: true; "
     "remarks:;   - \"one two\"",
     ""},
    {"the advice", MOROCCO "none\rnone\rnone\rnone\rnone\ryes\r" DOWN "\r\r", "done",
     "place: MA; gear: []; season: []; days: []; price: []; start: []; guide: true; remarks: []",
     ""},
    {"a change on the last page",
     MOROCCO "none\rnone\rnone\rnone\rnone\ryes\r" DOWN "\r" DOWN DOWN DOWN "\r"
             "win\r",
     "review",
     "place: MA; gear: []; season: winter; days: []; price: []; start: []; guide: true; "
     "remarks: []",
     ""},
    {"no change after all",
     MOROCCO "none\rnone\rnone\rnone\rnone\ryes\r" DOWN "\r" DOWN DOWN DOWN "\r" BACK, "review",
     "place: MA; gear: []; season: []; days: []; price: []; start: []; guide: true; remarks: []",
     ""},
    {"back from the last page", MOROCCO "none\rnone\rnone\rnone\rnone\ryes\r" DOWN "\r" BACK,
     "remarks",
     "place: MA; gear: []; season: []; days: []; price: []; start: []; guide: true; remarks: []",
     ""},
    {"leaving", MOROCCO "\x03", "left", "place: MA", ""},

    {"lines: a number", "=8\n", "gear", "place: MA", ""},
    {"lines: a number too large", "=99\n", "place", "{}", "Nothing is called"},
    {"lines: a former name in capitals", "=ZAIRE\n", "gear", "place: CD", ""},
    {"lines: one of two", "=ni\n", "place", "{}", "could be any of these"},
    {"lines: the shorter of two", "=niger\n", "gear", "place: NE", ""},
    {"lines: a slip", "=moroco\n", "place", "{}", "Is it one of these?"},
    {"lines: a slip, then the number", "=moroco\n8\n", "gear", "place: MA", ""},
    {"lines: nothing", "=\n", "place", "{}", "Please type an answer"},
    {"lines: several by number", "=MA\n1 3\n", "season", "place: MA; gear:;   - map;   - rope", ""},
    {"lines: several by name", "=MA\ntent; boots\n", "season",
     "place: MA; gear:;   - boots;   - tent", ""},
    {"lines: a name with a comma", "=MA\nstove, with gas\n", "season",
     "place: MA; gear:;   - stove", ""},
    {"lines: one of several is wrong", "=MA\nboots, xyzzy\n", "gear", "place: MA", "xyzzy"},
    {"lines: none", "=MA\nNone\n", "season", "place: MA; gear: []", ""},
    {"lines: unknown", "=MA\nunknown\n", "season", "place: MA; gear: unknown", ""},
    {"lines: a required answer cannot be none", "=none\n", "place", "{}", "Nothing is called"},
    {"lines: back", "=MA\nback\n", "place", "place: MA", ""},
    {"lines: back, and enter keeps", "=MA\nback\n\n", "gear", "place: MA", ""},
    {"lines: why", "=?\n", "why", "{}", ""},
    {"lines: why and on", "=why\nMA\n", "gear", "place: MA", ""},
    {"lines: list", "=list ma\nMA\n", "gear", "place: MA", ""},
    {"lines: blanks around", "=  MA \t\n", "gear", "place: MA", ""},
    {"lines: a quoted command is an answer", "=MA\nnone\nnone\n1\n1\nnone\nno\n\"none\"\n\n",
     "review",
     "place: MA; gear: []; season: []; days: 1; price: 1; start: []; guide: false; "
     "remarks:;   - none",
     ""},
    {"lines: the last page", "=MA\nnone\nnone\n1\n1\nnone\nno\nnone\n\n", "done",
     "place: MA; gear: []; season: []; days: 1; price: 1; start: []; guide: false; remarks: []",
     ""},
    {"lines: a change on the last page", "=MA\nnone\nnone\n1\n1\nnone\nno\nnone\n4\n2\n", "review",
     "place: MA; gear: []; season: []; days: 2; price: 1; start: []; guide: false; remarks: []",
     ""},
    {"lines: the last page, a wrong number", "=MA\nnone\nnone\n1\n1\nnone\nno\nnone\n9\n", "review",
     "place: MA; gear: []; season: []; days: 1; price: 1; start: []; guide: false; remarks: []",
     "Type the number"},
    {"lines: quit", "=MA\nquit\n", "left", "place: MA", ""},
};

static dem_pack *pack;

static int open_pack(void **state)
{
  (void)state;
  return dem_pack_open(DEMARCHE_SOURCE_DIR "/tests/packs/dialogue", NULL, &pack) == DEM_OK ? 0 : -1;
}

static int close_pack(void **state)
{
  (void)state;
  dem_pack_free(pack);
  return 0;
}

static void type_keys(dialogue *d, const char *keys)
{
  key_reader reader = {0};
  key pressed;
  for (const char *c = keys; *c; ++c) {
    // A lone escape is told by what follows it: here, anything but a bracket or an O.
    const bool is_lone = *c == '\x1b' && c[1] != '[' && c[1] != 'O';
    if (keys_take(&reader, (unsigned char)*c, &pressed) ||
        (is_lone && keys_expire(&reader, &pressed))) {
      dialogue_key(d, &pressed);
    }
  }
}

static void type_lines(dialogue *d, const char *lines)
{
  char line[256];
  while (*lines) {
    const size_t size = strcspn(lines, "\n");
    assert_true(size < sizeof line);
    memcpy(line, lines, size);
    line[size] = '\0';
    dialogue_line(d, line);
    lines += size + 1;
  }
}

static const char *where(const dialogue *d)
{
  switch (d->view) {
  case VIEW_QUESTION:
    return d->info.field;
  case VIEW_WHY:
    return "why";
  case VIEW_HELP:
    return "help";
  case VIEW_REVIEW:
    return "review";
  case VIEW_DONE:
    return "done";
  case VIEW_LEFT:
    return "left";
  case VIEW_FAILED:
    break;
  }
  return "failed";
}

/// The profile on one line, without comments.
static void flatten(const text *profile, char *flat, size_t size)
{
  size_t used = 0;
  bool is_comment = false;
  for (size_t i = 0; i + 1 < profile->size; ++i) {
    const char c = profile->bytes[i];
    is_comment = c != '\n' && (is_comment || (c == ' ' && profile->bytes[i + 1] == '#'));
    if (!is_comment) {
      assert_true(used + 3 < size);
      used += (size_t)snprintf(flat + used, size - used, "%s", c == '\n' ? "; " : (char[]){c, 0});
    }
  }
  flat[used] = '\0';
}

static void test_case(void **state)
{
  const dialogue_case *const c = *state;
  interview iv;
  dialogue d;
  text profile = {0};
  char flat[1024];
  const dem_limits limits = dem_limits_default();
  assert_int_equal(interview_init(&iv, pack, &limits), DEM_OK);
  assert_int_equal(interview_update(&iv), DEM_OK);
  assert_int_equal(dialogue_init(&d, &iv), DEM_OK);
  if (c->keys[0] == '=') {
    type_lines(&d, c->keys + 1);
  } else {
    type_keys(&d, c->keys);
  }
  profile_write(&iv, "", PROFILE_YAML, &profile);
  flatten(&profile, flat, sizeof flat);
  assert_string_equal(where(&d), c->where);
  assert_string_equal(flat, c->profile);
  char message[512];
  (void)snprintf(message, sizeof message, "%.*s", (int)d.message.size,
                 d.message.size ? d.message.bytes : "");
  if (!strstr(message, c->message) || (c->message[0] == '\0' && message[0] != '\0')) {
    fail_msg("the message is \"%s\"", message);
  }
  text_clear(&profile);
  dialogue_clear(&d);
  interview_clear(&iv);
}

int main(void)
{
  struct CMUnitTest tests[ARRAY_LENGTH(cases)] = {{0}};
  for (size_t i = 0; i < ARRAY_LENGTH(cases); ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_case, .initial_state = &cases[i]};
  }
  return cmocka_run_group_tests_name("cli/dialogue", tests, open_pack, close_pack);
}
