// SPDX-License-Identifier: Apache-2.0

// Which records of a batch were refused. Needs POSIX.

#define _POSIX_C_SOURCE 200809L

#include "journal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../output.h"

static const char mark[] = JOURNAL_MARK;

static int write_stamp(journal *j, const text *stamp)
{
  const int error = output_write_all(j->descriptor, stamp->bytes, stamp->size);
  return error ? error : output_write_all(j->descriptor, "\n", 1);
}

/// Whether something else has that name, which must not be lost.
static bool is_other(int descriptor)
{
  char bytes[sizeof mark - 1];
  const ssize_t size = pread(descriptor, bytes, sizeof bytes, 0);
  return size != 0 && (size < 0 || memcmp(bytes, mark, (size_t)size) != 0);
}

int journal_begin(journal *j, char *path, const text *stamp)
{
  *j = (journal){.path = path, .descriptor = -1};
  if (!path || stamp->has_failed) {
    return ENOMEM;
  }
  const int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor < 0) {
    const int error = errno;
    return access(path, F_OK) == 0 ? error : 0;
  }
  if (is_other(descriptor)) {
    (void)close(descriptor);
    return EEXIST;
  }
  j->descriptor = descriptor;
  return ftruncate(descriptor, 0) == 0 ? write_stamp(j, stamp) : errno;
}

// Taking up ---------------------------------------------------------------------------

enum { LONGEST_NUMBER = 20 };

/// @return False at the end, and where no whole line with a larger number follows.
static bool read_number(FILE *file, uint64_t last, uint64_t *number_out)
{
  char line[LONGEST_NUMBER + 2];
  if (!fgets(line, sizeof line, file)) {
    return false;
  }
  char *end;
  errno = 0;
  const uint64_t number = strtoull(line, &end, 10);
  *number_out = number;
  return line[0] >= '0' && line[0] <= '9' && *end == '\n' && errno == 0 && number > last;
}

static bool has_stamp(FILE *file, const text *stamp, bool *is_journal)
{
  bool is_same = true;
  size_t i = 0;
  int byte;
  *is_journal = true;
  while ((byte = getc(file)) != EOF && byte != '\n') {
    *is_journal = *is_journal && (i >= sizeof mark - 1 || byte == mark[i]);
    is_same = is_same && i < stamp->size && byte == (unsigned char)stamp->bytes[i];
    ++i;
  }
  *is_journal = *is_journal && byte == '\n' && i >= sizeof mark - 1;
  return is_same && i == stamp->size;
}

/// Count the numbers that hold, and cut off the others.
static int cut(journal *j, uint64_t written)
{
  long end = ftell(j->listed);
  const long begin = end;
  uint64_t number;
  while (read_number(j->listed, j->last, &number) && number - j->left - 1 < written) {
    ++j->left;
    j->last = number;
    end = ftell(j->listed);
  }
  if (ferror(j->listed) || end < 0) {
    return errno ? errno : EIO;
  }
  if (ftruncate(j->descriptor, end) != 0 || lseek(j->descriptor, end, SEEK_SET) < 0 ||
      fseek(j->listed, begin, SEEK_SET) != 0) {
    return errno;
  }
  return 0;
}

int journal_take_up(journal *j, char *path, const text *stamp, uint64_t written,
                    journal_state *state_out)
{
  *j = (journal){.path = path, .descriptor = -1};
  *state_out = JOURNAL_ABSENT;
  if (!path || stamp->has_failed) {
    return ENOMEM;
  }
  j->descriptor = open(path, O_WRONLY | O_CLOEXEC);
  j->listed = j->descriptor >= 0 ? fopen(path, "r") : NULL;
  if (!j->listed) {
    return errno == ENOENT ? 0 : errno;
  }
  bool is_journal;
  const bool is_ours = has_stamp(j->listed, stamp, &is_journal);
  if (!is_journal) {
    return 0;
  }
  *state_out = is_ours ? JOURNAL_TAKEN_UP : JOURNAL_FOREIGN;
  return is_ours ? cut(j, written) : 0;
}

uint64_t journal_next(journal *j)
{
  uint64_t number;
  if (j->left == 0 || !read_number(j->listed, 0, &number)) {
    return UINT64_MAX;
  }
  --j->left;
  return number;
}

// Adding ------------------------------------------------------------------------------

int journal_add(journal *j, uint64_t number)
{
  if (j->descriptor < 0 || number <= j->last) {
    return 0;
  }
  char line[LONGEST_NUMBER + 2];
  const int size = snprintf(line, sizeof line, "%" PRIu64 "\n", number);
  j->last = number;
  return output_write_all(j->descriptor, line, (size_t)size);
}

void journal_close(journal *j, bool is_needed)
{
  if (j->listed) {
    (void)fclose(j->listed);
  }
  if (j->descriptor >= 0) {
    (void)close(j->descriptor);
    if (!is_needed) {
      (void)unlink(j->path);
    }
  }
  free(j->path);
  *j = (journal){.descriptor = -1};
}
