// SPDX-License-Identifier: Apache-2.0

// The proofs of a report's reasons as nested lists.

#ifndef DEM_RENDER_HTML_PROOF_H
#define DEM_RENDER_HTML_PROOF_H

#include <stdbool.h>

#include "base/buffer.h"
#include "demarche/explain.h"

/// Which steps a page has shown so far: each is told in full once.
typedef struct dem_html_proof {
  const dem_proof *proof;
  dem_buffer *out;
  size_t number; ///< Of the advice among several, from 1; 0 when it is the only one.
  bool *shown;   ///< By step.
} dem_html_proof;

/// @return False without memory. In both cases it may be cleared.
bool dem_html_proof_init(dem_html_proof *hp, const dem_proof *proof, size_t number,
                         dem_buffer *out);
void dem_html_proof_clear(dem_html_proof *hp);

/// Append what a step rests on, as a list; nothing at all if it rests on nothing.
void dem_html_proof_add(dem_html_proof *hp, size_t step);

#endif
