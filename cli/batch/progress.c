// SPDX-License-Identifier: Apache-2.0

// How far a batch has come. Needs POSIX (the monotonic clock).

#define _POSIX_C_SOURCE 200809L

#include "progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

static const uint64_t SECOND = 1000000000;

static uint64_t now(void)
{
  struct timespec time = {0};
  (void)clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * SECOND + (uint64_t)time.tv_nsec;
}

void progress_init(progress *p, progress_choice choice, uint64_t size)
{
  const bool is_terminal = terminal_is(STDERR_FILENO);
  *p = (progress){.is_shown = choice == PROGRESS_ALWAYS || (choice == PROGRESS_AUTO && is_terminal),
                  .is_line = is_terminal,
                  .begin = now(),
                  .size = size};
  p->due = p->begin + (is_terminal ? SECOND / 2 : 5 * SECOND);
}

double progress_seconds(const progress *p)
{
  return (double)(now() - p->begin) / (double)SECOND;
}

const char *progress_count(uint64_t count, char *text)
{
  char digits[24];
  const int size = snprintf(digits, sizeof digits, "%llu", (unsigned long long)count);
  char *out = text;
  for (int i = 0; i < size; ++i) {
    if (i > 0 && (size - i) % 3 == 0) {
      *out++ = ',';
    }
    *out++ = digits[i];
  }
  *out = '\0';
  return text;
}

static void show_time_left(const progress *p, const progress_state *state, double seconds)
{
  const double done = (double)state->position / (double)p->size;
  if (done > 0 && done <= 1) {
    const unsigned long left = (unsigned long)(seconds / done * (1 - done) + 0.5);
    (void)fprintf(stderr, ", %.0f%%, %lu:%02lu:%02lu left", done * 100, left / 3600, left / 60 % 60,
                  left % 60);
  }
}

void progress_show(progress *p, const progress_state *state)
{
  const uint64_t time = p->is_shown ? now() : 0;
  if (!p->is_shown || time < p->due) {
    return;
  }
  p->due = time + (p->is_line ? SECOND / 4 : 5 * SECOND);
  char read[32];
  char rate[32];
  const double seconds = progress_seconds(p);
  (void)fprintf(stderr, "%sdemarche: %s profiles, %s a second", p->is_line ? "\r\033[K" : "",
                progress_count(state->read, read),
                progress_count((uint64_t)((double)state->read / seconds), rate));
  if (state->refused > 0) {
    char refused[32];
    (void)fprintf(stderr, ", %s refused", progress_count(state->refused, refused));
  }
  if (p->size > 0) {
    show_time_left(p, state, seconds);
  }
  if (!p->is_line) {
    (void)fputs("\n", stderr);
  }
  (void)fflush(stderr);
  p->has_line = p->is_line;
}

void progress_hide(progress *p)
{
  if (p->has_line) {
    (void)fputs("\r\033[K", stderr);
    (void)fflush(stderr);
    p->has_line = false;
  }
}
