// SPDX-License-Identifier: Apache-2.0

// Relations: named sets of facts of one shape.

#ifndef DEM_MODEL_RELATION_H
#define DEM_MODEL_RELATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/place.h"
#include "base/slice.h"
#include "model/value.h"

/// An index that stands for nothing: no key, no variable, no section.
#define DEM_NONE UINT32_MAX

/// Most fields that a relation may have.
enum { DEM_MAX_FIELDS = 64 };

typedef enum dem_shows_as {
  DEM_SHOWS_NOTHING,
  DEM_SHOWS_RECOMMENDATION,
  DEM_SHOWS_STEP,
  DEM_SHOWS_CAVEAT,
  DEM_SHOWS_REFERENCE,
} dem_shows_as;

typedef struct dem_field {
  dem_symbol name;
  dem_type type;
  bool is_optional;
  bool has_default;
  dem_word default_word;
  dem_place place;
} dem_field;

typedef struct dem_relation {
  dem_symbol name;
  dem_slice about; ///< May be empty.
  uint32_t field_count;
  const dem_field *fields;
  uint32_t key;        ///< Field, or DEM_NONE.
  uint32_t label;      ///< Field that names a row for people, or DEM_NONE.
  uint32_t also_count; ///< Further fields whose values name a row: `also: [iso3]`.
  const uint32_t *also;
  uint32_t names; ///< Of an alias relation: the reference field that its texts name; or DEM_NONE.
  dem_shows_as shows_as;
  bool is_hidden;   ///< Made by the compiler for the profile; not part of what people browse.
  bool is_answered; ///< Rows may come from a session's profile (some `gives` names it).
  dem_place place;
} dem_relation;

#endif
