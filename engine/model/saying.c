// SPDX-License-Identifier: Apache-2.0

// The engine's own words, with places for what a report puts in.

#include "model/saying.h"

#include <stdio.h>

typedef struct words {
  const char *name;
  const char *one; ///< NULL: it is not counted.
  const char *other;
} words;

static const words english[] = {
#define DEM_SAYING(name, text) {#name, NULL, text},
#define DEM_COUNTED(name, one, other) {#name, one, other},
    DEM_SAYINGS
#undef DEM_COUNTED
#undef DEM_SAYING
};

const char *dem_saying_english(dem_saying saying, dem_plural plural)
{
  const words *const w = &english[saying];
  return w->one && plural == DEM_PLURAL_ONE ? w->one : w->other;
}

bool dem_saying_is_counted(dem_saying saying)
{
  return english[saying].one != NULL;
}

const char *dem_saying_path(dem_saying saying, char *room, size_t size)
{
  const char *const name = english[saying].name;
  size_t i = 0;
  for (; name[i] && i + 1 < size; ++i) {
    room[i] =
        name[i] == '_' ? '-' : (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] + 32 : name[i]);
  }
  room[i] = '\0';
  return room;
}

// Pieces --------------------------------------------------------------------------------

/// The place that begins at a brace: its name; nothing where none does.
static dem_slice place_at(dem_slice text, size_t offset)
{
  size_t end = offset + 1;
  while (end < text.size &&
         ((text.bytes[end] >= 'a' && text.bytes[end] <= 'z') || text.bytes[end] == '-')) {
    ++end;
  }
  const bool is_place = end > offset + 1 && end < text.size && text.bytes[end] == '}';
  return is_place ? (dem_slice){text.bytes + offset + 1, end - offset - 1} : (dem_slice){NULL, 0};
}

/// The number of a place among those of the English text.
static size_t number_of(dem_saying saying, dem_slice name)
{
  const dem_slice text = dem_slice_of(english[saying].other);
  size_t number = 0;
  if (english[saying].one && dem_slice_is(name, "count")) {
    return SIZE_MAX;
  }
  for (size_t i = 0; i < text.size; ++i) {
    const dem_slice other = text.bytes[i] == '{' ? place_at(text, i) : (dem_slice){NULL, 0};
    if (other.size && dem_slice_is_equal(other, name)) {
      return number;
    }
    number += other.size && !(english[saying].one && dem_slice_is(other, "count"));
  }
  return number;
}

bool dem_saying_next(dem_saying saying, dem_slice text, size_t *offset, dem_saying_piece *piece)
{
  const size_t begin = *offset;
  size_t end = begin;
  dem_slice place = {NULL, 0};
  while (end < text.size && !place.bytes) {
    place = text.bytes[end] == '{' ? place_at(text, end) : place;
    end += !place.bytes;
  }
  if (place.bytes && end == begin) {
    *offset = begin + place.size + 2;
    *piece = (dem_saying_piece){place, true, number_of(saying, place)};
    return true;
  }
  *offset = end;
  *piece = (dem_saying_piece){.text = {text.bytes + begin, end - begin}};
  return end > begin;
}

// Saying --------------------------------------------------------------------------------

/// What a language says, in the form for some numbers or else in that for the others.
static const dem_text *find(const dem_language *language, dem_saying saying, dem_plural plural)
{
  const dem_text *const text =
      dem_language_find(language, (dem_text_id){DEM_TEXT_SAYING, plural, saying});
  return text || plural == DEM_PLURAL_OTHER ? text : find(language, saying, DEM_PLURAL_OTHER);
}

static dem_slice text_of(const dem_language *language, const dem_said *said)
{
  const bool is_counted = dem_saying_is_counted(said->saying);
  const dem_plural plural =
      language && is_counted ? dem_plural_of(language->code, said->count) : DEM_PLURAL_OTHER;
  const dem_text *const text = language ? find(language, said->saying, plural) : NULL;
  return text ? text->text
              : dem_slice_of(
                    dem_saying_english(said->saying, dem_plural_of(DEM_SLICE("en"), said->count)));
}

void dem_say_each(const dem_language *language, const dem_said *said, dem_say_function *function,
                  void *context)
{
  const dem_slice text = text_of(language, said);
  dem_saying_piece piece;
  for (size_t offset = 0; dem_saying_next(said->saying, text, &offset, &piece);) {
    if (!piece.is_place) {
      function(context, piece.text, SIZE_MAX);
    } else if (piece.value == SIZE_MAX) {
      char number[24];
      const int size = snprintf(number, sizeof number, "%llu", (unsigned long long)said->count);
      function(context, (dem_slice){number, (size_t)size}, SIZE_MAX);
    } else {
      function(context, dem_slice_of(said->values[piece.value]), piece.value);
    }
  }
}

static void add_piece(void *context, dem_slice text, size_t value)
{
  (void)value;
  dem_buffer_add(context, text);
}

void dem_say(dem_buffer *out, const dem_language *language, dem_said said)
{
  dem_say_each(language, &said, add_piece, out);
}

const char *dem_saying_plain(const dem_language *language, dem_saying saying)
{
  return text_of(language, &(dem_said){.saying = saying}).bytes;
}
