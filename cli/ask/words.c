// SPDX-License-Identifier: Apache-2.0

// The dialogue's words in the language that the pack was opened for.

#include "ask/words.h"

#include <stdio.h>
#include <stdlib.h>

const char *words_of(const dem_pack *pack, dem_saying saying)
{
  return dem_language_words(dem_pack_language(pack), saying);
}

static void add(text *t, const dem_pack *pack, dem_saying saying, size_t count,
                const char *const *values)
{
  const dem_language *const language = dem_pack_language(pack);
  const size_t size = dem_language_say(language, saying, count, values, NULL, 0);
  char *const words = malloc(size + 1);
  if (words) {
    (void)dem_language_say(language, saying, count, values, words, size + 1);
    (void)text_write(t, words, size);
  } else {
    t->has_failed = true;
  }
  free(words);
}

void words_add(text *t, const dem_pack *pack, dem_saying saying, const char *const *values)
{
  add(t, pack, saying, 0, values);
}

void words_add_count(text *t, const dem_pack *pack, dem_saying saying, size_t count)
{
  add(t, pack, saying, count, NULL);
}

void words_add_numbers(text *t, const dem_pack *pack, dem_saying saying, size_t first,
                       size_t second, size_t third)
{
  char numbers[3][24];
  const size_t values[] = {first, second, third};
  for (size_t i = 0; i < 3; ++i) {
    (void)snprintf(numbers[i], sizeof numbers[i], "%zu", values[i]);
  }
  add(t, pack, saying, 0, (const char *const[]){numbers[0], numbers[1], numbers[2]});
}
