// SPDX-License-Identifier: Apache-2.0

// What may be answered to one question, and a search by what people call it.

#ifndef DEM_ADVISE_CHOICES_H
#define DEM_ADVISE_CHOICES_H

#include "advise/names.h"
#include "demarche/choices.h"

typedef struct dem_choices_input {
  dem_allocator allocator;
  const dem_program *program;
  const dem_names *names;
  const dem_symbols *symbols; ///< The session's.
  const dem_facts *facts;     ///< The session's.
} dem_choices_input;

/// What dem_choices_new does. Everything but the names' pack is copied.
dem_status dem_choices_build(const dem_choices_input *input, uint32_t question,
                             dem_choices **choices_out);

#endif
