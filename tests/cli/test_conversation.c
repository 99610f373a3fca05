// SPDX-License-Identifier: Apache-2.0

// The questionnaire on a terminal, as a person meets it: keys, screens, signals,
// sizes. What is waited for is what should appear, never a time.
//
//   DEMARCHE_GOLDEN=write   writes the screens in tests/golden/ask anew

#define _XOPEN_SOURCE 700 // mkdtemp

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <signal.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/pty.h"

#define PROGRAM DEMARCHE_BINARY_DIR "/demarche"
#define PACK DEMARCHE_SOURCE_DIR "/tests/packs/dialogue"
#define GOLDEN DEMARCHE_SOURCE_DIR "/tests/golden/ask/"
#define UP "\x1b[A"
#define DOWN "\x1b[B"
#define END "\x1b[F"
#define BACK "\x1b[Z"
#define F1 "\x1bOP"

/// A conversation, and a folder of its own.
typedef struct talk {
  pty pty;
  char folder[64];
  char profile[128];
  char output[128];
} talk;

static int set_up(void **state)
{
  talk *const t = calloc(1, sizeof *t);
  (void)snprintf(t->folder, sizeof t->folder, "/tmp/demarche-ask-XXXXXX");
  if (!t || !mkdtemp(t->folder)) {
    return -1;
  }
  (void)snprintf(t->profile, sizeof t->profile, "%s/profile.yaml", t->folder);
  (void)snprintf(t->output, sizeof t->output, "%s/output", t->folder);
  *state = t;
  return 0;
}

static int tear_down(void **state)
{
  char command[128];
  talk *const t = *state;
  pty_close(&t->pty);
  (void)snprintf(command, sizeof command, "rm -rf %s", t->folder);
  (void)system(command); // NOLINT: a folder that this test made.
  free(t);
  return 0;
}

static void start_pack(talk *t, const char *pack, const char *option, const char *variable,
                       size_t columns, size_t rows)
{
  const char *const arguments[] = {PROGRAM, "ask", t->profile, "--pack", pack, option, NULL};
  const char *const variables[] = {variable, variable ? "LANG=C.UTF-8" : NULL, NULL};
  pty_start(&t->pty, arguments, variables, columns, rows, t->output);
}

static void start(talk *t, size_t columns, size_t rows)
{
  start_pack(t, PACK, NULL, "TERM=xterm", columns, rows);
}

static char *read_file(const char *path)
{
  FILE *const file = fopen(path, "rb");
  char *const bytes = calloc(1, 64 * 1024);
  assert_non_null(bytes);
  if (file) {
    (void)fread(bytes, 1, 64 * 1024 - 1, file);
    (void)fclose(file);
  }
  return bytes;
}

static void assert_file_has(const char *path, const char *words)
{
  char *const bytes = read_file(path);
  if (!strstr(bytes, words)) {
    fail_msg("%s does not have \"%s\":\n%s", path, words, bytes);
  }
  free(bytes);
}

/// The screen becomes that of the golden file.
static void assert_screen(talk *t, const char *name)
{
  char path[256];
  (void)snprintf(path, sizeof path, GOLDEN "%s.txt", name);
  const char *const mode = getenv("DEMARCHE_GOLDEN");
  if (mode && strcmp(mode, "write") == 0) {
    pty_settles(&t->pty);
    FILE *const file = fopen(path, "wb");
    assert_non_null(file);
    (void)fputs(t->pty.text, file);
    (void)fclose(file);
  }
  char *const golden = read_file(path);
  pty_becomes(&t->pty, golden);
  free(golden);
  assert_string_equal(t->pty.screen.unknown, "");
}

/// The terminal is as it was: lines are edited and echoed, the cursor is shown.
static void assert_restored(const talk *t)
{
  struct termios modes;
  assert_int_equal(tcgetattr(t->pty.descriptor, &modes), 0);
  assert_true((modes.c_lflag & (tcflag_t)(ICANON | ECHO | ISIG)) == (ICANON | ECHO | ISIG));
  assert_true(t->pty.screen.has_cursor);
  assert_false(t->pty.screen.takes_pastes);
}

// The way through -------------------------------------------------------------------------

static void test_the_whole_way(void **state)
{
  talk *const t = *state;
  start(t, 80, 24);
  pty_shows(&t->pty, "Where are you?");
  pty_shows(&t->pty, "F1: help");
  assert_screen(t, "first");
  pty_type(&t->pty, "mor");
  pty_shows(&t->pty, "Search: mor");
  assert_screen(t, "found");
  pty_type(&t->pty, "\r");
  pty_shows(&t->pty, "None of these");
  assert_screen(t, "several");
  pty_type(&t->pty, DOWN " rop ");
  pty_hides(&t->pty, "Search");
  pty_shows(&t->pty, "[x] Rope");
  assert_screen(t, "chosen");
  pty_type(&t->pty, "\r");
  pty_shows(&t->pty, "Which season");
  pty_type(&t->pty, "\r");
  pty_shows(&t->pty, "how many days");
  pty_type(&t->pty, "1x\r");
  pty_shows(&t->pty, "is not a whole number");
  assert_screen(t, "wrong-number");
  pty_type(&t->pty, "\x7f"
                    "0\r");
  pty_shows(&t->pty, "may a day cost");
  pty_type(&t->pty, "12.5\r2025-05-01\r");
  pty_shows(&t->pty, "Do you want a guide?");
  pty_type(&t->pty, "y\r");
  pty_shows(&t->pty, "What else");
  pty_type(&t->pty, "about h\xC3\xBCts\r");
  pty_shows(&t->pty, "- about");
  pty_type(&t->pty, "\r");
  pty_shows(&t->pty, "Show the advice");
  assert_screen(t, "review");
  pty_type(&t->pty, "\r");
  assert_int_equal(pty_ends(&t->pty), 0);
  assert_restored(t);
  assert_file_has(t->output, "Advice for Morocco");
  assert_file_has(t->profile, "about hüts");
  pty_shows(&t->pty, "What you can do next");
}

static void test_back_keeps_answers(void **state)
{
  talk *const t = *state;
  start(t, 80, 24);
  pty_shows(&t->pty, "Where are you?");
  pty_type(&t->pty, "norway\r");
  pty_shows(&t->pty, "What do you have");
  pty_type(&t->pty, DOWN " ");
  pty_shows(&t->pty, "[x] Boots");
  pty_type(&t->pty, BACK);
  pty_shows(&t->pty, "Norway (your answer)");
  pty_type(&t->pty, "\r");
  pty_shows(&t->pty, "[x] Boots");
  pty_type(&t->pty, "back\r");
  pty_shows(&t->pty, "Norway (your answer)");
}

static void test_reasons_and_help(void **state)
{
  talk *const t = *state;
  start(t, 80, 24);
  pty_shows(&t->pty, "F1: help");
  pty_type(&t->pty, "?");
  pty_shows(&t->pty, "Why this is asked");
  pty_type(&t->pty, "\x1b");
  pty_shows(&t->pty, "Search 13 answers" + 7);
  pty_type(&t->pty, F1);
  pty_shows(&t->pty, "An answer is needed.");
  assert_screen(t, "help");
  pty_type(&t->pty, "\r");
  pty_shows(&t->pty, "> ");
}

static void test_last_page(void **state)
{
  talk *const t = *state;
  FILE *const file = fopen(t->profile, "w");
  assert_non_null(file);
  (void)fputs(
      "place: NO\ngear: [boots]\nseason: summer\ndays: 1\nprice: unknown\nstart: 2025-07-01\n"
      "guide: no\nremarks: []\n",
      file);
  (void)fclose(file);
  start(t, 80, 24);
  pty_shows(&t->pty, "Show the advice"); // Nothing is asked again.
  pty_type(&t->pty, DOWN DOWN DOWN "\r");
  pty_shows(&t->pty, "summer (your answer)");
  pty_type(&t->pty, "win\r");
  pty_shows(&t->pty, "Show the advice");
  assert_file_has(t->profile, "season: winter");
  pty_type(&t->pty, "\r");
  assert_int_equal(pty_ends(&t->pty), 0);
  assert_file_has(t->output, "season: winter");
}

// Interruptions -----------------------------------------------------------------------------

static void test_interrupt_and_resume(void **state)
{
  talk *const t = *state;
  start(t, 80, 24);
  pty_shows(&t->pty, "Where are you?");
  pty_type(&t->pty, "japan\r");
  pty_shows(&t->pty, "What do you have");
  pty_type(&t->pty, END "\r"); // Not known yet.
  pty_shows(&t->pty, "Which season");
  pty_type(&t->pty, "\x03");
  assert_int_equal(pty_ends(&t->pty), 130);
  assert_restored(t);
  pty_shows(&t->pty, "The answers are saved in ");
  assert_file_has(t->profile, "place: JP # 日本\ngear: unknown\n");
  assert_file_has(t->output, "");
  free(t->pty.transcript);
  t->pty.transcript = NULL;
  start(t, 80, 24);
  pty_shows(&t->pty, "Which season"); // What was answered, or left open, is not asked again.
  pty_type(&t->pty, "\x03");
  assert_int_equal(pty_ends(&t->pty), 130);
}

static void test_interrupt_at_once(void **state)
{
  talk *const t = *state;
  start(t, 80, 24);
  pty_shows(&t->pty, "Where are you?");
  pty_type(&t->pty, "\x03");
  assert_int_equal(pty_ends(&t->pty), 130);
  assert_restored(t);
  assert_int_equal(access(t->profile, F_OK), -1); // Nothing was answered.
}

static void test_signals(void **state)
{
  talk *const t = *state;
  start(t, 80, 24);
  pty_shows(&t->pty, "Where are you?");
  pty_signal(&t->pty, SIGTERM);
  assert_int_equal(pty_ends(&t->pty), 128 + SIGTERM);
  assert_restored(t);
}

static void test_interrupt_in_plain_mode(void **state)
{
  talk *const t = *state;
  start_pack(t, PACK, "--accessible", "TERM=xterm", 80, 24);
  pty_shows(&t->pty, "Number or name:");
  pty_type(&t->pty, "MA\n");
  pty_shows(&t->pty, "Numbers or names:");
  pty_type(&t->pty, "\x03"); // The terminal makes a signal of it.
  assert_int_equal(pty_ends(&t->pty), 130);
  assert_file_has(t->profile, "place: MA");
}

/// Suspended by a shell with job control, and brought back by it.
static void test_suspend(void **state)
{
  talk *const t = *state;
  char line[256];
  const char *const arguments[] = {"/bin/sh", "-i", NULL};
  const char *const variables[] = {"TERM=xterm", "PS1=shell: ", "ENV=/dev/null", NULL};
  pty_start(&t->pty, arguments, variables, 80, 24, NULL);
  pty_shows(&t->pty, "shell: ");
  (void)snprintf(line, sizeof line, "%s ask -p %s %s\n", PROGRAM, PACK, t->profile);
  pty_type(&t->pty, line);
  pty_shows(&t->pty, "F1: help");
  pty_type(&t->pty, "mor");
  pty_shows(&t->pty, "Search: mor");
  pty_type(&t->pty, "\x1a");
  pty_shows(&t->pty, "Stopped");
  assert_restored(t);
  pty_type(&t->pty, "fg\n");
  pty_settles(&t->pty);
  pty_type(&t->pty, "\r");
  pty_shows(&t->pty, "What do you have");
  pty_type(&t->pty, "\x03");
  pty_shows(&t->pty, "The answers are saved");
  assert_restored(t);
}

// Terminals -------------------------------------------------------------------------------

static void test_narrow(void **state)
{
  talk *const t = *state;
  start(t, 40, 20);
  pty_shows(&t->pty, "F1: help");
  assert_screen(t, "narrow-first");
  pty_type(&t->pty, "zaire");
  pty_shows(&t->pty, "(Zaire)");
  assert_screen(t, "narrow-found");
  pty_type(&t->pty, "\r");
  pty_shows(&t->pty, "I don't know yet");
  assert_screen(t, "narrow-several");
}

/// Smaller than anybody has it: still no remnants, and the cursor's line in sight.
static void test_tiny(void **state)
{
  talk *const t = *state;
  start(t, 20, 6);
  pty_shows(&t->pty, "> ");
  pty_type(&t->pty, END);
  pty_shows(&t->pty, "> 日本");
  pty_type(&t->pty, "\r");
  pty_shows(&t->pty, "> [ ] A map");
  pty_type(&t->pty, END);
  pty_shows(&t->pty, "don't know");
}

static void test_resize(void **state)
{
  talk *const t = *state;
  start(t, 80, 24);
  pty_shows(&t->pty, "F1: help");
  pty_type(&t->pty, "cong");
  pty_shows(&t->pty, "Search: cong");
  pty_settles(&t->pty); // What is being painted while the size changes is anybody's guess.
  pty_resize(&t->pty, 40, 20);
  pty_shows(&t->pty, "?: why\nF1: help");
  assert_screen(t, "resized-narrow");
  pty_resize(&t->pty, 100, 30);
  pty_shows(&t->pty, "?: why   F1: help");
  assert_screen(t, "resized-wide");
}

static void test_no_color(void **state)
{
  talk *const t = *state;
  const char *const arguments[] = {PROGRAM, "ask", t->profile, "--pack", PACK, NULL};
  const char *const variables[] = {"TERM=xterm", "NO_COLOR=1", NULL};
  pty_start(&t->pty, arguments, variables, 80, 24, t->output);
  pty_shows(&t->pty, "F1: help");
  assert_null(strstr(t->pty.transcript, "\x1b[2m"));
  assert_null(strstr(t->pty.transcript, "\x1b[1m"));
  assert_null(strstr(t->pty.transcript, "\x1b[1;36m"));
  assert_non_null(strstr(t->pty.transcript, "\x1b[K"));
}

static void test_color(void **state)
{
  talk *const t = *state;
  start(t, 80, 24);
  pty_shows(&t->pty, "F1: help");
  assert_non_null(strstr(t->pty.transcript, "\x1b[1;36m"));
}

/// Lines alone: not one escape sequence.
static void check_plain(talk *t)
{
  pty_shows(&t->pty, "Number or name:");
  pty_type(&t->pty, "Norway\n");
  pty_shows(&t->pty, "Numbers or names:");
  pty_type(&t->pty, "none\n");
  pty_shows(&t->pty, "Which season");
  assert_null(strchr(t->pty.transcript, '\x1b'));
}

static void test_dumb_terminal(void **state)
{
  talk *const t = *state;
  start_pack(t, PACK, NULL, "TERM=dumb", 80, 24);
  check_plain(t);
}

static void test_accessible_option(void **state)
{
  talk *const t = *state;
  start_pack(t, PACK, "--accessible", "TERM=xterm", 80, 24);
  check_plain(t);
}

static void test_accessible_variable(void **state)
{
  talk *const t = *state;
  const char *const arguments[] = {PROGRAM, "ask", t->profile, "--pack", PACK, NULL};
  const char *const variables[] = {"TERM=xterm", "ACCESSIBLE=1", NULL};
  pty_start(&t->pty, arguments, variables, 80, 24, t->output);
  check_plain(t);
}

static void test_plain_to_the_end(void **state)
{
  talk *const t = *state;
  start_pack(t, PACK, "--accessible", "TERM=xterm", 40, 20);
  pty_shows(&t->pty, "Number or name:");
  assert_screen(t, "plain-first");
  pty_type(&t->pty, "MA\nboots\nsummer\n3\n50\n2025-05-01\nno\nnone\n");
  pty_shows(&t->pty, "or enter to go on:");
  assert_screen(t, "plain-review");
  pty_type(&t->pty, "\n");
  assert_int_equal(pty_ends(&t->pty), 0);
  assert_file_has(t->output, "Advice for Morocco");
}

// Long lists ------------------------------------------------------------------------------

static void write_long_pack(const talk *t, char *pack, size_t size)
{
  enum { COUNT = 10000 };
  char path[256];
  (void)snprintf(pack, size, "%s/pack", t->folder);
  (void)mkdir(pack, 0700);
  (void)snprintf(path, sizeof path, "%s/kb", pack);
  (void)mkdir(path, 0700);
  static const char *const files[][2] = {
      {"pack",
       "name: long\nversion: 1.0.0\ntitle: A long list\nlanguages: [en]\ndate: 2025-01-01\n"},
      {"schema",
       "relations:\n  thing:\n    key: id\n    label: name\n    fields: {id: symbol, name: "
       "text}\n  has: {fields: {thing: thing}}\n"},
      {"profile",
       "profile:\n  - {field: thing, ask: Which one?, type: thing, required: true, gives: "
       "{has: {thing: $answer}}}\n"},
      {"sources", "sources: {all: {title: All}}\n"}};
  for (size_t i = 0; i < sizeof files / sizeof files[0]; ++i) {
    (void)snprintf(path, sizeof path, "%s/kb/%s.yaml", pack, files[i][0]);
    FILE *const file = fopen(path, "w");
    assert_non_null(file);
    (void)fputs(files[i][1], file);
    (void)fclose(file);
  }
  (void)snprintf(path, sizeof path, "%s/kb/things.yaml", pack);
  FILE *const file = fopen(path, "w");
  assert_non_null(file);
  (void)fputs("cite: [all]\nfacts:\n  thing:\n", file);
  for (int i = 0; i < COUNT; ++i) {
    (void)fprintf(file, "    - {id: t%04d, name: Thing %04d é}\n", i, i);
  }
  (void)fclose(file);
}

static void test_long_list(void **state)
{
  talk *const t = *state;
  char pack[128];
  write_long_pack(t, pack, sizeof pack);
  start_pack(t, pack, NULL, "TERM=xterm", 80, 24);
  pty_shows(&t->pty, "Type to search 10000 answers.");
  pty_type(&t->pty, END);
  pty_shows(&t->pty, "> Thing 9999 é");
  pty_shows(&t->pty, "to 10000 of 10000");
  pty_type(&t->pty, "\x1b[5~\x1b[5~");
  pty_hides(&t->pty, "Thing 9999 é");
  pty_type(&t->pty, "thing 77");
  pty_shows(&t->pty, "Search: thing 77");
  pty_shows(&t->pty, "> Thing 7700 é");
  pty_type(&t->pty, "42");
  pty_shows(&t->pty, "> Thing 7742 é");
  pty_type(&t->pty, "\r");
  pty_shows(&t->pty, "Show the advice");
  assert_file_has(t->profile, "thing: t7742");
}

int main(void)
{
  static const struct {
    const char *name;
    CMUnitTestFunction run;
  } rows[] = {
      {"the whole way", test_the_whole_way},
      {"back, with answers kept", test_back_keeps_answers},
      {"reasons and help", test_reasons_and_help},
      {"the last page changes an answer", test_last_page},
      {"interrupted, and resumed", test_interrupt_and_resume},
      {"interrupted at once", test_interrupt_at_once},
      {"ended by a signal", test_signals},
      {"interrupted in plain mode", test_interrupt_in_plain_mode},
      {"suspended and brought back", test_suspend},
      {"40 columns", test_narrow},
      {"20 columns and 6 rows", test_tiny},
      {"resized", test_resize},
      {"colours", test_color},
      {"NO_COLOR", test_no_color},
      {"TERM=dumb", test_dumb_terminal},
      {"--accessible", test_accessible_option},
      {"ACCESSIBLE", test_accessible_variable},
      {"plain to the end", test_plain_to_the_end},
      {"10,000 answers to choose from", test_long_list},
  };
  enum { COUNT = sizeof rows / sizeof rows[0] };
  struct CMUnitTest tests[COUNT] = {{0}};
  for (size_t i = 0; i < COUNT; ++i) {
    tests[i] = (struct CMUnitTest){.name = rows[i].name,
                                   .test_func = rows[i].run,
                                   .setup_func = set_up,
                                   .teardown_func = tear_down};
  }
  return cmocka_run_group_tests_name("cli/conversation", tests, NULL, NULL);
}
