// SPDX-License-Identifier: Apache-2.0

// A list of texts that it owns.

#include "ask/strings.h"

#include <stdlib.h>
#include <string.h>

bool strings_add_bytes(strings *list, const char *bytes, size_t size)
{
  if (list->count == list->capacity) {
    const size_t capacity = list->capacity ? list->capacity * 2 : 4;
    char **const items = realloc(list->items, capacity * sizeof *items);
    if (!items) {
      return false;
    }
    list->items = items;
    list->capacity = capacity;
  }
  char *const copy = malloc(size + 1);
  if (!copy) {
    return false;
  }
  memcpy(copy, bytes, size);
  copy[size] = '\0';
  list->items[list->count++] = copy;
  return true;
}

bool strings_add(strings *list, const char *words)
{
  return strings_add_bytes(list, words, strlen(words));
}

bool strings_has(const strings *list, const char *words)
{
  for (size_t i = 0; i < list->count; ++i) {
    if (strcmp(list->items[i], words) == 0) {
      return true;
    }
  }
  return false;
}

void strings_drop(strings *list)
{
  free(list->items[--list->count]);
}

void strings_clear(strings *list)
{
  while (list->count > 0) {
    strings_drop(list);
  }
  free(list->items);
  *list = (strings){0};
}
