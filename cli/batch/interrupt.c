// SPDX-License-Identifier: Apache-2.0

// Signals as a wish to stop. Needs POSIX.
//
// A thread may be waiting for input when the signal comes, and the signal may go to another. So the
// handler writes a byte into a pipe that whoever waits is watching, too.

#define _POSIX_C_SOURCE 200809L

#include "interrupt.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

// A handler is given nothing but the signal's number.
static atomic_bool is_wished;
static int wake[2] = {-1, -1};

static void wish(int signal_number)
{
  (void)signal_number;
  const int error = errno;
  atomic_store(&is_wished, true);
  if (write(wake[1], "", 1) < 0) {
    // The pipe is full: whoever waits has been woken.
  }
  errno = error;
}

bool interrupt_watch(void)
{
  static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
  if (pipe(wake) != 0) {
    return false;
  }
  (void)fcntl(wake[0], F_SETFD, FD_CLOEXEC);
  (void)fcntl(wake[1], F_SETFD, FD_CLOEXEC);
  (void)fcntl(wake[1], F_SETFL, O_NONBLOCK);
  struct sigaction action = {.sa_handler = wish, .sa_flags = (int)SA_RESETHAND};
  (void)sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < sizeof signals / sizeof *signals; ++i) {
    struct sigaction old;
    // What the caller ignores (nohup) stays ignored.
    if (sigaction(signals[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN) {
      (void)sigaction(signals[i], &action, NULL);
    }
  }
  return true;
}

bool interrupt_is_wished(void)
{
  return atomic_load(&is_wished);
}

bool interrupt_wait(int descriptor, bool is_patient)
{
  struct pollfd watched[] = {{.fd = descriptor, .events = POLLIN},
                             {.fd = wake[0], .events = POLLIN}};
  for (;;) {
    const int count = poll(watched, 2, is_patient ? -1 : 0);
    if (count < 0 && errno != EINTR) {
      return true; // Reading will say what is wrong.
    }
    if (interrupt_is_wished()) {
      return false;
    }
    if (count >= 0) {
      return watched[0].revents != 0;
    }
  }
}
