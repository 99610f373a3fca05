// SPDX-License-Identifier: Apache-2.0

// A search of things by what people call them.

#include "advise/name_search.h"

#include <string.h>

#include "base/nearest.h"
#include "base/try.h"
#include "base/unicode.h"

enum {
  LONGEST_CODE = 3,  // "MA", "MAR", "EU": found by the whole code, not by its beginning.
  SHORTEST_NEAR = 3, // One edit of a shorter text could be anything.
  MOST_NEAR = 5,     // More to choose from is no help.
};

typedef struct thing_name {
  dem_slice folded;
  const char *written;
  size_t thing;
} thing_name;

void dem_name_search_init(dem_name_search *search, dem_allocator allocator, dem_arena *arena)
{
  *search = (dem_name_search){.arena = arena};
  dem_vector_init(&search->names, allocator, sizeof(thing_name));
  dem_vector_init(&search->matches, allocator, sizeof(dem_match));
  dem_vector_init(&search->found, allocator, sizeof(dem_match));
  dem_buffer_init(&search->typed, allocator);
  dem_buffer_init(&search->scratch, allocator);
}

void dem_name_search_clear(dem_name_search *search)
{
  dem_buffer_clear(&search->scratch);
  dem_buffer_clear(&search->typed);
  dem_vector_clear(&search->found);
  dem_vector_clear(&search->matches);
  dem_vector_clear(&search->names);
}

// Folding -----------------------------------------------------------------------------

/// What a letter without a decomposition is typed as; NULL for itself.
static const char *plain_letter(uint32_t point)
{
  switch (point) {
  case 0xE6:
    return "ae";
  case 0xF0:
  case 0x111:
    return "d";
  case 0xF8:
    return "o";
  case 0xFE:
    return "th";
  case 0x127:
    return "h";
  case 0x131:
    return "i";
  case 0x142:
    return "l";
  case 0x153:
    return "oe";
  default:
    return NULL;
  }
}

static bool is_separator(uint32_t point)
{
  const bool is_ascii_name =
      (point >= '0' && point <= '9') || (point >= 'a' && point <= 'z') || point >= 0x80;
  const bool is_quote_or_dash = point >= 0x2010 && point <= 0x2027;
  return !is_ascii_name || is_quote_or_dash || (point >= 0xA0 && point <= 0xBF);
}

/// Replace `out` by the text as it is searched for. False when it is no text or memory is short.
static bool fold(dem_slice text, dem_buffer *scratch, dem_buffer *out)
{
  dem_buffer_reset(out);
  if (!dem_unicode_fold(text, scratch)) {
    return false;
  }
  const dem_slice folded = dem_buffer_slice(scratch);
  bool is_blank = true; // Blanks in front go.
  for (size_t i = 0; i < folded.size;) {
    const size_t begin = i;
    const uint32_t point = dem_unicode_next(folded, &i);
    const char *const letter = plain_letter(point);
    const bool is_gap = is_separator(point);
    if (letter) {
      dem_buffer_add_text(out, letter);
    } else if (!is_gap) {
      dem_buffer_add(out, (dem_slice){folded.bytes + begin, i - begin});
    } else if (!is_blank) {
      dem_buffer_add_char(out, ' ');
    }
    is_blank = is_gap;
  }
  if (out->size > 0 && out->bytes[out->size - 1] == ' ') {
    --out->size;
  }
  return !out->has_failed;
}

bool dem_name_search_fold(dem_name_search *search, dem_slice text, dem_slice *folded_out)
{
  if (!fold(text, &search->scratch, &search->typed)) {
    dem_buffer_reset(&search->typed);
  }
  *folded_out = dem_buffer_slice(&search->typed);
  return !search->scratch.has_failed && !search->typed.has_failed;
}

dem_status dem_name_search_add(dem_name_search *search, size_t thing, const char *written)
{
  dem_slice folded;
  if (!dem_name_search_fold(search, dem_slice_of(written), &folded)) {
    return DEM_ERR_NO_MEMORY;
  }
  if (folded.size == 0) {
    return DEM_OK;
  }
  const thing_name name = {.folded = {dem_arena_copy(search->arena, folded), folded.size},
                           .written = written,
                           .thing = thing};
  return name.folded.bytes && dem_vector_add(&search->names, &name) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

// Searching ---------------------------------------------------------------------------

static bool begins(dem_slice text, dem_slice start)
{
  return start.size <= text.size && memcmp(text.bytes, start.bytes, start.size) == 0;
}

/// The text up to the next blank; `*offset` moves behind it.
static dem_slice next_word(dem_slice text, size_t *offset)
{
  const char *const begin = text.bytes + *offset;
  const char *const blank = memchr(begin, ' ', text.size - *offset);
  const size_t size = blank ? (size_t)(blank - begin) : text.size - *offset;
  *offset += size + 1;
  return (dem_slice){begin, size};
}

static bool has_word(dem_slice name, dem_slice start)
{
  for (size_t i = 0; i < name.size;) {
    if (begins(next_word(name, &i), start)) {
      return true;
    }
  }
  return false;
}

static bool has_words(dem_slice name, dem_slice text)
{
  for (size_t i = 0; i < text.size;) {
    if (!has_word(name, next_word(text, &i))) {
      return false;
    }
  }
  return true;
}

/// Whether a name answers to a text that is not empty, and how well.
static bool is_match(dem_slice name, dem_slice text, dem_match_kind *kind)
{
  if (dem_slice_is_equal(name, text)) {
    *kind = DEM_MATCH_NAME;
    return true;
  }
  if (name.size <= LONGEST_CODE) {
    return false;
  }
  *kind = begins(name, text) ? DEM_MATCH_START : DEM_MATCH_WORDS;
  return *kind == DEM_MATCH_START || has_words(name, text);
}

/// Note the best name of each thing in `found`. Returns how many things have one.
static size_t match_names(dem_name_search *search, const bool *wanted, dem_slice text)
{
  size_t count = 0;
  dem_match *const found = search->found.items;
  for (size_t i = 0; i < search->names.count; ++i) {
    const thing_name *const name = &DEM_VECTOR_AT(&search->names, thing_name, i);
    dem_match *const best = &found[name->thing];
    dem_match_kind kind;
    if ((!wanted || wanted[name->thing]) && is_match(name->folded, text, &kind) &&
        (!best->name || kind < best->kind)) {
      count += !best->name;
      *best = (dem_match){name->thing, kind, name->written};
    }
  }
  return count;
}

/// Things that were found, by kind and then in their order.
static void list_matches(dem_name_search *search, size_t thing_count)
{
  const dem_match *const found = search->found.items;
  for (int kind = DEM_MATCH_NAME; kind <= DEM_MATCH_WORDS; ++kind) {
    for (size_t i = 0; i < thing_count; ++i) {
      if (found[i].name && found[i].kind == (dem_match_kind)kind) {
        (void)dem_vector_add(&search->matches, &found[i]); // There is room.
      }
    }
  }
}

/// How far a name is from a text: as a whole, or its nearest word.
static size_t distance_of(dem_slice name, dem_slice text, size_t most)
{
  size_t least = dem_nearest_distance(text, name, most);
  for (size_t i = 0; i < name.size;) {
    const dem_slice word = next_word(name, &i);
    const size_t edits =
        word.size > LONGEST_CODE ? dem_nearest_distance(text, word, most) : most + 1;
    least = edits < least ? edits : least;
  }
  return least;
}

/// Keep the nearest few in `matches`, in order; `edits` runs beside them.
static void keep_near(dem_name_search *search, size_t *edits, const dem_match *match,
                      size_t distance)
{
  dem_match *const kept = search->matches.items;
  size_t count = search->matches.count;
  for (size_t i = 0; i < count; ++i) { // Of a thing's names the nearest.
    if (kept[i].choice == match->choice) {
      if (edits[i] <= distance) {
        return;
      }
      for (--count; i < count; ++i) {
        kept[i] = kept[i + 1];
        edits[i] = edits[i + 1];
      }
    }
  }
  size_t place = count;
  while (place > 0 && (edits[place - 1] > distance ||
                       (edits[place - 1] == distance && kept[place - 1].choice > match->choice))) {
    --place;
  }
  count += count < MOST_NEAR;
  for (size_t i = count; i > place + 1; --i) {
    kept[i - 1] = kept[i - 2];
    edits[i - 1] = edits[i - 2];
  }
  if (place < count) {
    kept[place] = *match;
    edits[place] = distance;
  }
  search->matches.count = count;
}

static void list_near(dem_name_search *search, const bool *wanted, dem_slice text)
{
  size_t edits[MOST_NEAR];
  size_t most = dem_nearest_allowance(text);
  for (size_t i = 0; i < search->names.count; ++i) {
    const thing_name *const name = &DEM_VECTOR_AT(&search->names, thing_name, i);
    if (name->folded.size <= LONGEST_CODE || (wanted && !wanted[name->thing])) {
      continue;
    }
    const size_t distance = distance_of(name->folded, text, most);
    if (distance <= most) {
      const dem_match match = {name->thing, DEM_MATCH_NEAR, name->written};
      keep_near(search, edits, &match, distance);
      most = distance + 1 < most ? distance + 1 : most; // What is much further was not meant.
    }
  }
  while (search->matches.count > 0 && edits[search->matches.count - 1] > most) {
    --search->matches.count;
  }
}

static dem_status search_for(dem_name_search *search, size_t thing_count, const bool *wanted,
                             dem_slice text)
{
  const size_t room = thing_count > MOST_NEAR ? thing_count : MOST_NEAR;
  if (!dem_vector_reserve(&search->matches, room) ||
      !dem_vector_reserve(&search->found, thing_count)) {
    return DEM_ERR_NO_MEMORY;
  }
  for (size_t i = 0; i < thing_count; ++i) {
    DEM_VECTOR_AT(&search->found, dem_match, i) = (dem_match){i, DEM_MATCH_NEAR, NULL};
  }
  if (match_names(search, wanted, text) > 0) {
    list_matches(search, thing_count);
  } else if (dem_unicode_length(text) >= SHORTEST_NEAR) {
    list_near(search, wanted, text);
  }
  return DEM_OK;
}

dem_status dem_name_search_find(dem_name_search *search, size_t thing_count, const bool *wanted,
                                const char *text, dem_matches *matches_out)
{
  dem_slice folded;
  dem_vector_reset(&search->matches);
  *matches_out = (dem_matches){0};
  if (!dem_name_search_fold(search, dem_slice_of(text), &folded)) {
    return DEM_ERR_NO_MEMORY;
  }
  if (folded.size > 0) { // "?!" names nothing.
    DEM_TRY(search_for(search, thing_count, wanted, folded));
  }
  *matches_out = (dem_matches){search->matches.count, search->matches.items};
  return DEM_OK;
}
