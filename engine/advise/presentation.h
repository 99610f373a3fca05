// SPDX-License-Identifier: Apache-2.0

// Which fields of a shown relation mean what to advice.
//
// `shows_as` says that a relation is shown; its fields say the rest:
//
//   partner   the field `partner`, else the first reference
//   purpose   of a recommendation: the field `purpose`, else the next reference
//   weight    the integer field `weight`
//   order     the integer field `order`
//   text      a text field `text`, else the first text, else the label of the first other reference
//   route     the field `route`: a text, or a reference whose label is shown
//
// Of the partner's own relation: `kind` and `system` (`un` stands for the United Nations).

#ifndef DEM_ADVISE_PRESENTATION_H
#define DEM_ADVISE_PRESENTATION_H

#include "model/model.h"

/// Fields, or DEM_NONE where there is none.
typedef struct dem_presentation {
  uint32_t partner;
  uint32_t purpose;
  uint32_t weight;
  uint32_t order;
  uint32_t text;
  uint32_t route;
} dem_presentation;

/// How a shown relation's fields are read.
dem_presentation dem_presentation_of(const dem_model *model, uint32_t relation);

#endif
