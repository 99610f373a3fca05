// SPDX-License-Identifier: Apache-2.0

// `because`: a text with variables in it.
//
//   {$country} is a member of {$bank}.
//
// A brace that no `$` follows stands for itself; `{{$` writes `{$`. A translation may ask for a
// form of a label: `{$country:of}`.

#ifndef DEM_LANG_REASON_H
#define DEM_LANG_REASON_H

#include "lang/draft.h"

typedef enum dem_reason_piece_kind {
  DEM_REASON_TEXT,
  DEM_REASON_VARIABLE,
  DEM_REASON_BROKEN, ///< `{$` that begins no variable.
} dem_reason_piece_kind;

typedef struct dem_reason_piece {
  dem_reason_piece_kind kind;
  dem_slice text; ///< The text, or the variable's name with its `$`.
  dem_slice form; ///< Of a variable; bytes is NULL where none is asked for.
  size_t offset;  ///< Where it begins in the reason, with its brace.
  size_t size;    ///< Of a variable: bytes up to what may be wrong with it.
} dem_reason_piece;

/// The next piece of a reason from `*offset` on, which moves past it. False after the last.
bool dem_reason_next(dem_slice reason, size_t *offset, dem_reason_piece *piece);

/// The pieces that a reason has at most.
size_t dem_reason_most_pieces(dem_slice reason);

/// Read a reason into parts, in the model's arena. Its variables are noted as read in scope 0.
dem_status dem_reason_read(dem_draft *draft, const dem_node *scalar,
                           const dem_reason_part **parts_out, uint32_t *count_out);

#endif
