// SPDX-License-Identifier: Apache-2.0

// Where results go.
//
// A regular file is written beside itself and renamed at the end, so that
// readers see the old or the new one, whole. What is no regular file (a pipe, a
// terminal, /dev/null) must never be replaced and is written directly.

#define _XOPEN_SOURCE 700 // mkstemp, realpath

#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char suffix[] = ".XXXXXX";

static char *copy_with_suffix(const char *text, const char *end)
{
  const size_t size = strlen(text);
  char *const copy = malloc(size + strlen(end) + 1);
  if (copy) {
    memcpy(copy, text, size);
    memcpy(copy + size, end, strlen(end) + 1);
  }
  return copy;
}

/// The mode that the file has, or that a new one gets.
static mode_t mode_of(const struct stat *old)
{
  if (old) {
    return old->st_mode & 07777;
  }
  const mode_t mask = umask(0);
  (void)umask(mask);
  return 0666 & ~mask;
}

static void open_beside(output *out, const struct stat *old)
{
  // A link keeps pointing where it points: its file is replaced, not the link.
  out->target = old ? realpath(out->path, NULL) : copy_with_suffix(out->path, "");
  out->temporary = out->target ? copy_with_suffix(out->target, suffix) : NULL;
  out->descriptor = out->temporary ? mkstemp(out->temporary) : -1;
  if (out->descriptor < 0) {
    out->error = errno ? errno : ENOMEM;
    free(out->temporary);
    out->temporary = NULL;
    return;
  }
  (void)fchmod(out->descriptor, mode_of(old));
}

int output_write_all(int descriptor, const char *bytes, size_t size)
{
  while (size > 0) {
    const ssize_t written = write(descriptor, bytes, size);
    if (written < 0 && errno != EINTR) {
      return errno;
    }
    bytes += written > 0 ? written : 0;
    size -= written > 0 ? (size_t)written : 0;
  }
  return 0;
}

void output_open(output *out, const char *path)
{
  *out = (output){.descriptor = STDOUT_FILENO};
  if (!path || strcmp(path, "-") == 0) {
    return;
  }
  out->path = path;
  errno = 0;
  struct stat state;
  const bool is_there = stat(path, &state) == 0;
  if (!is_there || S_ISREG(state.st_mode)) {
    open_beside(out, is_there ? &state : NULL);
    return;
  }
  out->descriptor = open(path, O_WRONLY);
  out->error = out->descriptor < 0 ? errno : 0;
}

dem_status output_write(void *context, const char *bytes, size_t size)
{
  output *const out = context;
  if (!out->error) {
    out->error = output_write_all(out->descriptor, bytes, size);
  }
  return out->error ? DEM_ERR_IO : DEM_OK;
}

static void close_descriptor(output *out)
{
  if (out->path && out->descriptor >= 0 && close(out->descriptor) != 0 && !out->error) {
    out->error = errno;
  }
}

static void settle_file(output *out, bool is_good)
{
  if (is_good && !out->error && rename(out->temporary, out->target) != 0) {
    out->error = errno;
  }
  if (!is_good || out->error) {
    (void)unlink(out->temporary);
  }
}

bool output_is_unwanted(const output *out)
{
  return out->error == EPIPE;
}

int output_finish(output *out, bool is_good)
{
  close_descriptor(out);
  if (out->temporary) {
    settle_file(out, is_good);
  }
  free(out->target);
  free(out->temporary);
  out->target = out->temporary = NULL;
  return out->error;
}

bool output_close(output *out, bool is_good)
{
  const int error = output_finish(out, is_good);
  if (error && !output_is_unwanted(out)) {
    (void)fprintf(stderr, "demarche: cannot write %s: %s\n",
                  out->path ? out->path : "standard output", strerror(error));
  }
  return error == 0;
}
