// SPDX-License-Identifier: Apache-2.0

// The whole records of an output. Needs POSIX (pread).

#define _POSIX_C_SOURCE 200809L

#include "tally.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PIECE_SIZE = 256 * 1024 };

typedef struct scan {
  bool has_quotes;
  bool is_quoted;
  uint64_t at; ///< Bytes that were scanned.
  uint64_t count;
  uint64_t first_end;
  uint64_t last_begin;
  uint64_t last_end;
} scan;

static void end_record(scan *s, uint64_t end)
{
  ++s->count;
  s->last_begin = s->last_end;
  s->last_end = end;
  s->first_end = s->count == 1 ? end : s->first_end;
}

static void scan_lines(scan *s, const char *bytes, size_t size)
{
  const char *at = bytes;
  const char *newline;
  while ((newline = memchr(at, '\n', size - (size_t)(at - bytes))) != NULL) {
    at = newline + 1;
    end_record(s, s->at + (uint64_t)(at - bytes));
  }
}

/// Our own tables: a quote in a cell is doubled, so quotes open and close by turns.
static void scan_rows(scan *s, const char *bytes, size_t size)
{
  for (size_t i = 0; i < size; ++i) {
    s->is_quoted ^= bytes[i] == '"';
    if (bytes[i] == '\n' && !s->is_quoted) {
      end_record(s, s->at + i + 1);
    }
  }
}

static int scan_file(int descriptor, char *piece, scan *s)
{
  for (;;) {
    const ssize_t got = pread(descriptor, piece, PIECE_SIZE, (off_t)s->at);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got <= 0) {
      return got < 0 ? errno : 0;
    }
    (s->has_quotes ? scan_rows : scan_lines)(s, piece, (size_t)got);
    s->at += (uint64_t)got;
  }
}

static int read_part(int descriptor, char *piece, uint64_t begin, uint64_t end, text *out)
{
  while (begin < end) {
    const size_t size = end - begin < PIECE_SIZE ? (size_t)(end - begin) : PIECE_SIZE;
    const ssize_t got = pread(descriptor, piece, size, (off_t)begin);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got <= 0) {
      return got < 0 ? errno : EIO;
    }
    if (text_write(out, piece, (size_t)got) != DEM_OK) {
      return ENOMEM;
    }
    begin += (uint64_t)got;
  }
  return 0;
}

int tally_take(int descriptor, bool has_quotes, tally *t)
{
  *t = (tally){0};
  scan s = {.has_quotes = has_quotes};
  char *const piece = malloc(PIECE_SIZE);
  int error = piece ? scan_file(descriptor, piece, &s) : ENOMEM;
  if (!error) {
    error = read_part(descriptor, piece, 0, s.first_end, &t->first);
  }
  if (!error) {
    error = read_part(descriptor, piece, s.last_begin, s.last_end, &t->last);
  }
  t->count = s.count;
  t->end = s.last_end;
  free(piece);
  return error;
}

void tally_clear(tally *t)
{
  text_clear(&t->first);
  text_clear(&t->last);
}
