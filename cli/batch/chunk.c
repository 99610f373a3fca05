// SPDX-License-Identifier: Apache-2.0

// Some records in a row.

#include "chunk.h"

#include <stdlib.h>

void chunk_reset(chunk *c)
{
  text_reset(&c->bytes);
  text_reset(&c->results);
  text_reset(&c->refusals);
  text_reset(&c->said);
  text_reset(&c->names);
  c->count = 0;
  c->passed = 0;
}

void chunk_clear(chunk *c)
{
  text_clear(&c->bytes);
  text_clear(&c->results);
  text_clear(&c->refusals);
  text_clear(&c->said);
  text_clear(&c->names);
  free(c->records);
  c->records = NULL;
}

bool chunk_add(chunk *c, const chunk_record *record)
{
  if (c->count == c->capacity) {
    const size_t capacity = c->capacity ? c->capacity * 2 : 64;
    chunk_record *const records = realloc(c->records, capacity * sizeof *records);
    if (!records) {
      return false;
    }
    c->records = records;
    c->capacity = capacity;
  }
  const size_t begin = c->bytes.size;
  const size_t size = record->record.size;
  if (size > 0 && text_write(&c->bytes, record->record.bytes, size) != DEM_OK) {
    return false;
  }
  c->records[c->count] = *record;
  c->records[c->count++].begin = begin;
  return true;
}
