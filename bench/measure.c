// SPDX-License-Identifier: Apache-2.0

// Clocks, quantiles and child processes. Needs POSIX, and wait4 for a child's peak memory.

#define _DEFAULT_SOURCE // NOLINT: fork, wait4, clock_gettime

#include "measure.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void die(const char *what)
{
  perror(what);
  exit(1);
}

uint64_t clock_ns(void)
{
  struct timespec now;
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * UINT64_C(1000000000) + (uint64_t)now.tv_nsec;
}

// Samples ---------------------------------------------------------------------------

void samples_add(samples *s, uint64_t item)
{
  if (s->count == s->capacity) {
    s->capacity = s->capacity ? s->capacity * 2 : 1024;
    s->items = realloc(s->items, s->capacity * sizeof *s->items);
    if (!s->items) {
      die("samples");
    }
  }
  s->items[s->count++] = item;
}

static int compare_items(const void *left, const void *right)
{
  const uint64_t a = *(const uint64_t *)left;
  const uint64_t b = *(const uint64_t *)right;
  return (a > b) - (a < b);
}

double samples_quantile(samples *s, double part)
{
  if (s->count == 0) {
    return 0;
  }
  qsort(s->items, s->count, sizeof *s->items, compare_items);
  return (double)s->items[(size_t)(part * (double)(s->count - 1))];
}

void samples_clear(samples *s)
{
  free(s->items);
  *s = (samples){0};
}

// Processes ---------------------------------------------------------------------------

static void become(char *const arguments[], int output)
{
  (void)dup2(output, STDOUT_FILENO);
  (void)freopen("/dev/null", "w", stderr);
  (void)execvp(arguments[0], arguments);
  _exit(127);
}

/// What is read past the room is dropped; a program that writes more must not wait for us.
static void read_output(int from, process_run *run)
{
  char bytes[4096];
  size_t size = 0;
  for (;;) {
    const ssize_t count = read(from, bytes, sizeof bytes);
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count <= 0) {
      break;
    }
    const size_t room = sizeof run->output - 1 - size;
    const size_t taken = (size_t)count < room ? (size_t)count : room;
    memcpy(run->output + size, bytes, taken);
    size += taken;
  }
  run->output[size] = '\0';
}

void process_measure(char *const arguments[], unsigned seconds, process_run *run)
{
  int ends[2];
  if (pipe(ends) != 0) {
    die("pipe");
  }
  const uint64_t begin = clock_ns();
  const pid_t child = fork();
  if (child < 0) {
    die("fork");
  }
  if (child == 0) {
    (void)close(ends[0]);
    (void)alarm(seconds); // Outlives exec.
    become(arguments, ends[1]);
  }
  (void)close(ends[1]);
  read_output(ends[0], run);
  (void)close(ends[0]);
  struct rusage usage = {0};
  int status = 0;
  while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  run->milliseconds = (double)(clock_ns() - begin) / 1e6;
  run->mebibytes = (double)usage.ru_maxrss / 1024;
  // clingo's status says that there is an answer (10, 30), not that something failed.
  run->is_done = WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 10 ||
                                       WEXITSTATUS(status) == 30);
}

bool process_exists(const char *program)
{
  const char *path = getenv("PATH");
  while (path && *path) {
    const size_t size = strcspn(path, ":");
    char folder[1000];
    (void)snprintf(folder, sizeof folder, "%.*s", (int)size, path);
    if (access(path_in(folder, program).text, X_OK) == 0) {
      return true;
    }
    path += size + (path[size] == ':');
  }
  return false;
}

// Files -------------------------------------------------------------------------------

file_path path_in(const char *folder, const char *name)
{
  file_path path;
  const int size = snprintf(path.text, sizeof path.text, "%s/%s", folder, name);
  if (size < 0 || (size_t)size >= sizeof path.text) {
    (void)fprintf(stderr, "%s/%s: path too long\n", folder, name);
    exit(1);
  }
  return path;
}

void make_folder(const char *folder)
{
  file_path copy = path_in(folder, "");
  char *const path = copy.text;
  for (char *end = path + 1;; ++end) {
    if (*end == '/' || *end == '\0') {
      const char kept = *end;
      *end = '\0';
      if (mkdir(path, 0777) != 0 && errno != EEXIST) {
        die(path);
      }
      *end = kept;
      if (kept == '\0') {
        return;
      }
    }
  }
}

FILE *open_file(const char *folder, const char *name)
{
  const file_path path = path_in(folder, name);
  FILE *const file = fopen(path.text, "w");
  if (!file) {
    die(path.text);
  }
  return file;
}
