// SPDX-License-Identifier: Apache-2.0

// A proof as nested bullets: what each step rests on stands one level below it.
//
// What was shown is not shown again: a step that several others need has a number, and is referred
// to by it.

#ifndef DEM_RENDER_PROOF_SHEET_H
#define DEM_RENDER_PROOF_SHEET_H

#include "render/sheet.h"

/// What a step's sentence is put into: where it comes from. DEM_SAYING_COUNT where a rule says it.
dem_saying dem_proof_opening(const dem_proof_step *step);

/// A step's sentence, with where it comes from.
void dem_proof_sheet_say(dem_sheet *sheet, const dem_proof_step *step);

/// Which steps were shown so far, for one sheet.
typedef struct dem_proof_sheet {
  dem_sheet *sheet;
  const dem_proof *proof;
  size_t depth;    ///< Steps below are folded; 0: none.
  size_t *numbers; ///< By step: what it is called by; 0 while it was not shown.
  size_t count;    ///< Numbers given.
  dem_vector todo; ///< Bullets still to be written.
  bool has_folded; ///< Something was left out.
} dem_proof_sheet;

/// @return DEM_OK; DEM_ERR_NO_MEMORY. In both cases it may be cleared.
dem_status dem_proof_sheet_init(dem_proof_sheet *ps, dem_sheet *sheet, const dem_proof *proof,
                                size_t depth);
void dem_proof_sheet_clear(dem_proof_sheet *ps);

/// Write a step as a bullet of a level, and what it rests on below it.
dem_status dem_proof_sheet_add(dem_proof_sheet *ps, size_t step, size_t level);

#endif
