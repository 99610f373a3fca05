// SPDX-License-Identifier: Apache-2.0

// Runs a program on a terminal of its own.

#define _XOPEN_SOURCE 700 // posix_openpt
#define _DEFAULT_SOURCE   // struct winsize, TIOCSCTTY

#include "support/pty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { PATIENCE = 10 * 1000, STEP = 20 }; // Milliseconds. A loaded machine is slow.

static void set_size(int descriptor, size_t columns, size_t rows)
{
  const struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
  assert_int_equal(ioctl(descriptor, TIOCSWINSZ, &size), 0);
}

static void run_child(int terminal, const char *const *arguments, const char *const *variables,
                      const char *output)
{
  (void)setsid();
  (void)ioctl(terminal, TIOCSCTTY, 0);
  for (int i = 0; i < 3; ++i) {
    (void)dup2(terminal, i);
  }
  if (output) {
    const int file = open(output, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    (void)dup2(file, STDOUT_FILENO);
    (void)close(file);
  }
  (void)close(terminal);
  static const char *const unset[] = {"TERM", "NO_COLOR", "ACCESSIBLE", "COLUMNS"};
  for (size_t i = 0; i < sizeof unset / sizeof unset[0]; ++i) {
    (void)unsetenv(unset[i]);
  }
  for (size_t i = 0; variables[i]; ++i) {
    (void)putenv((char *)(uintptr_t)variables[i]);
  }
  (void)execv(arguments[0], (char *const *)(uintptr_t)arguments);
  _exit(127);
}

void pty_start(pty *p, const char *const *arguments, const char *const *variables, size_t columns,
               size_t rows, const char *output)
{
  *p = (pty){.descriptor = posix_openpt(O_RDWR | O_NOCTTY)};
  vt_init(&p->screen, columns, rows);
  assert_true(p->descriptor >= 0);
  assert_int_equal(grantpt(p->descriptor), 0);
  assert_int_equal(unlockpt(p->descriptor), 0);
  // Opened before the fork: while nobody has the other end open, reading ends at once.
  const int terminal = open(ptsname(p->descriptor), O_RDWR | O_NOCTTY);
  set_size(terminal, columns, rows);
  p->child = fork();
  if (p->child == 0) {
    (void)close(p->descriptor);
    run_child(terminal, arguments, variables, output);
  }
  (void)close(terminal);
  assert_true(p->child > 0);
}

static void take(pty *p, const char *bytes, size_t size)
{
  vt_write(&p->screen, bytes, size);
  char *const grown = realloc(p->transcript, p->transcript_size + size + 1);
  assert_non_null(grown);
  memcpy(grown + p->transcript_size, bytes, size);
  p->transcript = grown;
  p->transcript_size += size;
  grown[p->transcript_size] = '\0';
}

/// Read what there is, waiting a little for more. False when nothing will come any more.
static bool look(pty *p, int milliseconds)
{
  char bytes[4096];
  struct pollfd ready = {.fd = p->descriptor, .events = POLLIN};
  if (poll(&ready, 1, milliseconds) > 0) {
    const ssize_t count = read(p->descriptor, bytes, sizeof bytes);
    if (count <= 0) {
      return false; // EIO: the other end is closed.
    }
    take(p, bytes, (size_t)count);
  }
  vt_text(&p->screen, p->text, sizeof p->text);
  return true;
}

static int64_t now(void)
{
  struct timespec time;
  (void)clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void wait_for(pty *p, const char *words, bool is_wanted)
{
  const int64_t end = now() + PATIENCE;
  bool is_open = true;
  while (is_open && now() < end) {
    if ((strstr(p->text, words) != NULL) == is_wanted) {
      return;
    }
    is_open = look(p, STEP);
  }
  vt_text(&p->screen, p->text, sizeof p->text);
  if ((strstr(p->text, words) != NULL) != is_wanted) {
    fail_msg("the screen %s \"%s\":\n%s", is_wanted ? "does not show" : "still shows", words,
             p->text);
  }
}

void pty_shows(pty *p, const char *words)
{
  wait_for(p, words, true);
}

void pty_hides(pty *p, const char *words)
{
  wait_for(p, words, false);
}

void pty_becomes(pty *p, const char *text)
{
  for (int64_t end = now() + PATIENCE; strcmp(p->text, text) != 0 && now() < end;) {
    if (!look(p, STEP)) {
      break;
    }
  }
  assert_string_equal(p->text, text);
}

void pty_settles(pty *p)
{
  enum { QUIET = 15 }; // Steps.
  for (int quiet = 0; quiet < QUIET;) {
    const size_t before = p->transcript_size;
    const bool is_open = look(p, STEP);
    quiet = p->transcript_size == before ? quiet + 1 : 0;
    quiet = is_open ? quiet : QUIET;
  }
}

void pty_type(pty *p, const char *keys)
{
  const size_t size = strlen(keys);
  assert_int_equal(write(p->descriptor, keys, size), (ssize_t)size);
}

void pty_signal(pty *p, int number)
{
  assert_int_equal(kill(p->child, number), 0);
}

void pty_resize(pty *p, size_t columns, size_t rows)
{
  while (look(p, 0) && p->screen.pending_size > 0) { // What was written is of the old size.
  }
  vt_resize(&p->screen, columns, rows);
  set_size(p->descriptor, columns, rows);
}

/// Wait for a change of the child's state. Reads on: it may be waiting to be read.
static int wait_child(pty *p, int options)
{
  int state = 0;
  const int64_t end = now() + PATIENCE;
  while (now() < end) {
    const pid_t changed = waitpid(p->child, &state, options | WNOHANG);
    if (changed == p->child) {
      return state;
    }
    if (!look(p, STEP)) {
      (void)poll(NULL, 0, STEP);
    }
  }
  fail_msg("the program goes on; the screen:\n%s", p->text);
  return state;
}

void pty_stops(pty *p)
{
  const int state = wait_child(p, WUNTRACED);
  assert_true(WIFSTOPPED(state));
}

int pty_ends(pty *p)
{
  const int state = wait_child(p, 0);
  p->child = 0;
  for (int64_t end = now() + PATIENCE; now() < end && look(p, STEP);) { // Until it is closed.
  }
  return WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
}

void pty_close(pty *p)
{
  if (p->child > 0) {
    (void)kill(p->child, SIGKILL);
    (void)kill(p->child, SIGCONT);
    (void)waitpid(p->child, NULL, 0);
  }
  (void)close(p->descriptor);
  free(p->transcript);
  p->transcript = NULL;
}
