// SPDX-License-Identifier: Apache-2.0

// `sources:` → the sources that facts and rules may cite.

#ifndef DEM_LANG_SOURCE_READER_H
#define DEM_LANG_SOURCE_READER_H

#include "lang/reader.h"

/// Append the sources of one file's root mapping to a vector of dem_source.
dem_status dem_sources_read(dem_reader *reader, const dem_node *root, dem_vector *sources);

/// Sort the sources by id into the model; an id that stands twice is an error.
dem_status dem_sources_finish(dem_reader *reader, const dem_vector *sources);

#endif
