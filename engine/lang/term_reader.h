// SPDX-License-Identifier: Apache-2.0

// Terms of a pattern: what one field must be.
//
//   constant · $variable · [a, b] · {is: …, not: …, in: […], lt: …, matches: …, as: $variable}

#ifndef DEM_LANG_TERM_READER_H
#define DEM_LANG_TERM_READER_H

#include "lang/draft.h"

/// Read a term into `term`, which stays where it is until the variables are numbered.
dem_status dem_term_read(dem_draft *draft, uint32_t scope, uint32_t relation, uint32_t field,
                         const dem_node *node, dem_term *term);

#endif
