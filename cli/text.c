// SPDX-License-Identifier: Apache-2.0

// A result being put together in memory.

#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "output.h"

dem_status text_write(void *context, const char *bytes, size_t size)
{
  text *const t = context;
  if (size == 0) {
    return DEM_OK;
  }
  if (t->size + size > t->capacity) {
    size_t capacity = t->capacity ? t->capacity * 2 : 4096;
    capacity = capacity < t->size + size ? t->size + size : capacity;
    char *const grown = realloc(t->bytes, capacity);
    if (!grown) {
      t->has_failed = true;
      return DEM_ERR_NO_MEMORY;
    }
    t->bytes = grown;
    t->capacity = capacity;
  }
  memcpy(t->bytes + t->size, bytes, size);
  t->size += size;
  return DEM_OK;
}

void text_add(text *t, const char *words)
{
  const size_t size = strlen(words);
  if (size > 0) {
    (void)text_write(t, words, size);
  }
}

void text_add_safe(text *t, const char *words)
{
  for (const char *c = words; *c; ++c) {
    const unsigned char byte = (unsigned char)*c;
    const bool is_c1 = byte == 0xC2 && (unsigned char)c[1] >= 0x80 && (unsigned char)c[1] < 0xA0;
    if (byte < 0x20 || byte == 0x7F || is_c1) {
      (void)text_write(t, byte == '\n' || byte == '\t' ? " " : "?", 1);
      c += is_c1;
    } else {
      (void)text_write(t, c, 1);
    }
  }
}

void text_add_column(text *t, const char *words, size_t width)
{
  size_t used = strlen(words);
  text_add_safe(t, words);
  do {
    text_add(t, " ");
  } while (++used < width || used < strlen(words) + 2);
}

void text_clear(text *t)
{
  free(t->bytes);
  *t = (text){0};
}

int text_deliver(const text *t, const options *opts)
{
  output out;
  if (t->has_failed) {
    (void)fputs("demarche: out of memory\n", stderr);
    return EXIT_IO;
  }
  output_open(&out, opts->output);
  const dem_status status = output_write(&out, t->bytes, t->size);
  const bool is_written = output_close(&out, status == DEM_OK);
  return is_written || output_is_unwanted(&out) ? EXIT_DONE : EXIT_IO;
}
