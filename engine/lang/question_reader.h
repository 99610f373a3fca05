// SPDX-License-Identifier: Apache-2.0

// profile.yaml → questions, with the hidden relations and rules that stand for what they know and
// give.

#ifndef DEM_LANG_QUESTION_READER_H
#define DEM_LANG_QUESTION_READER_H

#include "lang/reader.h"

/// How many hidden relations a profile may need: room to leave behind the schema's.
uint32_t dem_questions_hidden_count(const dem_node *root);

/// Read the profile's root mapping. The schema and the sources must have been read.
dem_status dem_questions_read(dem_reader *reader, const dem_node *root);

#endif
