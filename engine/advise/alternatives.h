// SPDX-License-Identifier: Apache-2.0

// The other ways in which a fact is derived.

#ifndef DEM_ADVISE_ALTERNATIVES_H
#define DEM_ADVISE_ALTERNATIVES_H

#include "advise/proof.h"

/// Add a step for each derivation of a certain fact that does not rest on the fact itself and needs
/// given facts that no other derivation does without.
///
/// @param steps   A vector of size_t: the stored derivation's step stands in it; appended, lowest
///                proofs first.
/// @param is_cut  Set when a search was given up, or there are too many.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
dem_status dem_alternatives_find(dem_prover *prover, dem_fact fact, dem_vector *steps,
                                 bool *is_cut);

#endif
