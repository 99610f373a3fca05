// SPDX-License-Identifier: Apache-2.0

// The engine's own words, with places for what a report puts in.
//
//   dem_say(out, language, DEM_SAID(AS_OF, date));

#ifndef DEM_MODEL_SAYING_H
#define DEM_MODEL_SAYING_H

#include "base/buffer.h"
#include "demarche/sayings.h"
#include "model/language.h"

/// A saying in English, as it stands in demarche/sayings.h.
/// @param plural  Of a counted one: anything but DEM_PLURAL_ONE gives the form for many.
const char *dem_saying_english(dem_saying saying, dem_plural plural);

/// Whether it is said otherwise of one than of many.
bool dem_saying_is_counted(dem_saying saying);

/// "in-short": what its path ends with. In `room`.
const char *dem_saying_path(dem_saying saying, char *room, size_t size);

/// A piece of a saying: text, or a place to fill in.
typedef struct dem_saying_piece {
  dem_slice text; ///< The text, or the place's name without its braces.
  bool is_place;
  size_t value; ///< Of a place: its number among those of the English; SIZE_MAX: {count}.
} dem_saying_piece;

/// The next piece of a saying's text from `*offset` on, which moves past it. False after the last.
bool dem_saying_next(dem_saying saying, dem_slice text, size_t *offset, dem_saying_piece *piece);

/// Takes a piece of a saying: `value` is SIZE_MAX for text, else the number of the place that the
/// text was put into.
typedef void dem_say_function(void *context, dem_slice text, size_t value);

/// A saying, and what is put into its places.
typedef struct dem_said {
  dem_saying saying;
  uint64_t count;            ///< Of a counted one.
  const char *const *values; ///< By place, in the English text's order, {count} aside; NULL where
                             ///< it has none.
} dem_said;

/// `{…}` after the saying's name: what is put into its places.
#define DEM_SAID(name, ...)                                                                        \
  ((dem_said){.saying = DEM_SAY_##name, .values = (const char *const[]){__VA_ARGS__}})

/// The same of a counted one without other places.
#define DEM_SAID_COUNT(name, number) ((dem_said){.saying = DEM_SAY_##name, .count = (number)})

/// Hand on a saying piece by piece.
void dem_say_each(const dem_language *language, const dem_said *said, dem_say_function *function,
                  void *context);

/// Append a saying with its places filled in.
void dem_say(dem_buffer *out, const dem_language *language, dem_said said);

/// A saying without places, as a text that lives as long as the language.
const char *dem_saying_plain(const dem_language *language, dem_saying saying);

#endif
