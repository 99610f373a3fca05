// SPDX-License-Identifier: Apache-2.0

// Which of a counted text's forms goes with a number: "1 partner", "2 partners".

#ifndef DEM_MODEL_PLURAL_H
#define DEM_MODEL_PLURAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

typedef enum dem_plural {
  DEM_PLURAL_ZERO,
  DEM_PLURAL_ONE,
  DEM_PLURAL_TWO,
  DEM_PLURAL_FEW,
  DEM_PLURAL_MANY,
  DEM_PLURAL_OTHER,
  DEM_PLURAL_COUNT,
} dem_plural;

/// "one", "few", "other": as paths of translations write them.
const char *dem_plural_name(dem_plural plural);

/// The form that a language takes for a whole number.
/// @param code  Of the language: "fr", "pt-BR".
/// Source: Unicode CLDR, language plural rules, of whole numbers; for languages that are not in
/// the table, as in English.
dem_plural dem_plural_of(dem_slice code, uint64_t number);

/// Whether some whole number takes that form in a language.
bool dem_plural_is_used(dem_slice code, dem_plural plural);

#endif
