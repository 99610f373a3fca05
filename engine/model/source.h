// SPDX-License-Identifier: Apache-2.0

// Sources that facts and rules cite.

#ifndef DEM_MODEL_SOURCE_H
#define DEM_MODEL_SOURCE_H

#include <stdint.h>

#include "base/place.h"
#include "base/slice.h"
#include "base/symbol.h"

typedef struct dem_section {
  dem_symbol id;
  dem_slice title;
} dem_section;

typedef struct dem_source {
  dem_symbol id;
  dem_slice title;
  dem_slice work; ///< May be empty, as may the following texts.
  dem_slice author;
  dem_slice publisher;
  dem_slice date; ///< When it was published, as its source writes it.
  dem_slice accessed;
  dem_slice url;
  dem_slice licence;
  uint32_t section_count;
  const dem_section *sections;
  dem_place place;
} dem_source;

/// `source` or `source/section`.
typedef struct dem_citation {
  uint32_t source;  ///< Index into the model's sources.
  uint32_t section; ///< Index into the source's sections, or DEM_NONE.
} dem_citation;

#endif
