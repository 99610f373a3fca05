// SPDX-License-Identifier: Apache-2.0

// The terminal that one types on. POSIX lives here.
//
// Signal handlers do nothing but write the signal's number into a pipe that the
// waiting loop reads beside the terminal. That pipe and the state to restore at
// exit are the program's only variables of file scope: handlers take no context.

#define _DEFAULT_SOURCE // struct winsize, SIGWINCH; POSIX.1-2008 comes with it.

#include "ask/tty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static const char paste_on[] = "\x1b[?2004h";
static const char paste_off[] = "\x1b[?2004l\x1b[?25h"; // And the cursor is shown.

static int signal_pipe[2] = {-1, -1};
static volatile sig_atomic_t last_signal;
static struct termios saved_modes;
static int saved_input = -1; // -1: there is nothing to restore.
static int saved_output = -1;

// Modes -----------------------------------------------------------------------------------

static void put(int descriptor, const char *bytes)
{
  const ssize_t written = write(descriptor, bytes, strlen(bytes));
  (void)written; // A terminal that is gone needs no more sequences.
}

static void restore_modes(void)
{
  if (saved_input >= 0) {
    put(saved_output, paste_off);
    (void)tcsetattr(saved_input, TCSADRAIN, &saved_modes);
  }
}

static bool set_raw(const tty *t)
{
  struct termios raw = saved_modes;
  raw.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | INLCR | IGNCR | INPCK | ISTRIP | IXON);
  raw.c_lflag &= ~(tcflag_t)(ECHO | ICANON | IEXTEN | ISIG);
  raw.c_cflag |= CS8;
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  if (tcsetattr(t->input, TCSADRAIN, &raw) != 0) {
    return false;
  }
  put(t->output, paste_on);
  return true;
}

// Signals ---------------------------------------------------------------------------------

static const int caught[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGCONT, SIGTSTP};
enum { CAUGHT_COUNT = sizeof caught / sizeof caught[0] };

static void on_signal(int number)
{
  const int error = errno;
  const unsigned char byte = (unsigned char)number;
  const ssize_t written = write(signal_pipe[1], &byte, 1);
  (void)written; // A full pipe wakes the loop as well.
  errno = error;
}

static void catch_signal(int number, void (*handler)(int))
{
  struct sigaction action = {.sa_handler = handler};
  (void)sigemptyset(&action.sa_mask);
  (void)sigaction(number, &action, NULL);
}

/// Without raw mode the terminal's own ways of stopping do.
static bool is_wanted(const tty *t, int number)
{
  return t->is_raw || (number != SIGTSTP && number != SIGCONT);
}

static bool open_pipe(void)
{
  if (pipe(signal_pipe) != 0) {
    return false;
  }
  for (int i = 0; i < 2; ++i) {
    (void)fcntl(signal_pipe[i], F_SETFD, FD_CLOEXEC);
    (void)fcntl(signal_pipe[i], F_SETFL, O_NONBLOCK);
  }
  return true;
}

bool tty_open(tty *t, int input, int output, bool is_raw)
{
  *t = (tty){.input = input, .output = output, .is_raw = is_raw};
  if (!open_pipe()) {
    return false;
  }
  if (is_raw) {
    if (tcgetattr(input, &saved_modes) != 0) {
      return false;
    }
    saved_input = input;
    saved_output = output;
    (void)atexit(restore_modes);
  }
  for (size_t i = 0; i < CAUGHT_COUNT; ++i) {
    if (is_wanted(t, caught[i])) {
      catch_signal(caught[i], on_signal);
    }
  }
  return !is_raw || set_raw(t);
}

void tty_close(tty *t)
{
  restore_modes();
  saved_input = -1;
  for (size_t i = 0; i < CAUGHT_COUNT; ++i) {
    if (is_wanted(t, caught[i])) {
      catch_signal(caught[i], SIG_DFL);
    }
  }
  for (int i = 0; i < 2; ++i) {
    if (signal_pipe[i] >= 0) {
      (void)close(signal_pipe[i]);
      signal_pipe[i] = -1;
    }
  }
}

void tty_suspend(tty *t)
{
  restore_modes();
  catch_signal(SIGTSTP, SIG_DFL);
  catch_signal(SIGCONT, SIG_DFL); // The caller knows that it went on.
  (void)kill(0, SIGTSTP);         // The whole job, as the terminal would. Goes on here.
  catch_signal(SIGCONT, on_signal);
  catch_signal(SIGTSTP, on_signal);
  (void)set_raw(t);
}

// Waiting ---------------------------------------------------------------------------------

static tty_event event_of(const tty *t, int number)
{
  switch (number) {
  case SIGWINCH:
    return TTY_RESIZED;
  case SIGTSTP:
    return TTY_STOPPING;
  case SIGCONT:
    (void)set_raw(t); // The shell has set the modes that it likes.
    return TTY_CONTINUED;
  default:
    last_signal = number;
    return TTY_INTERRUPTED;
  }
}

int tty_signal(void)
{
  return last_signal;
}

tty_event tty_wait(tty *t, int milliseconds, unsigned char *byte_out)
{
  struct pollfd both[] = {{.fd = signal_pipe[0], .events = POLLIN},
                          {.fd = t->input, .events = POLLIN}};
  for (;;) {
    const int ready = poll(both, 2, milliseconds);
    unsigned char number;
    if (ready < 0 && errno != EINTR) {
      return TTY_END;
    }
    if (read(signal_pipe[0], &number, 1) == 1) {
      return event_of(t, number);
    }
    if (ready == 0) {
      return TTY_TIMEOUT;
    }
    if (ready > 0 && both[1].revents) {
      const ssize_t count = read(t->input, byte_out, 1);
      if (count == 1) {
        return TTY_BYTE;
      }
      if (count == 0 || (errno != EINTR && errno != EAGAIN)) {
        return TTY_END;
      }
    }
  }
}

void tty_size(const tty *t, size_t *width_out, size_t *height_out)
{
  struct winsize size = {0};
  const bool is_told = ioctl(t->output, TIOCGWINSZ, &size) == 0;
  *width_out = is_told && size.ws_col > 0 ? size.ws_col : 80;
  *height_out = is_told && size.ws_row > 0 ? size.ws_row : 24;
}

bool tty_write(const tty *t, const text *bytes)
{
  for (size_t done = 0; done < bytes->size;) {
    const ssize_t written = write(t->output, bytes->bytes + done, bytes->size - done);
    if (written > 0) {
      done += (size_t)written;
    } else if (written < 0 && errno != EINTR) {
      return false;
    }
  }
  return true;
}
