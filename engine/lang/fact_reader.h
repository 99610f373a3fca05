// SPDX-License-Identifier: Apache-2.0

// `facts:` of a kb file → rows of the model's relations.

#ifndef DEM_LANG_FACT_READER_H
#define DEM_LANG_FACT_READER_H

#include "lang/reader.h"

/// Finds another file of the pack, for a CSV table.
///
/// @param path  Relative to the file that names it.
/// @return Its id in the model's files; index UINT32_MAX if the pack has none such.
typedef dem_file_id dem_file_finder(void *context, dem_slice from, dem_slice path);

/// Read one file's facts: `facts`, with the file's `cite`, `as_of`, `from`, `until` as defaults.
dem_status dem_facts_read(dem_reader *reader, const dem_node *root, dem_file_finder *find_file,
                          void *finder_context);

/// When all facts are read: keys are unique among the facts in force together.
dem_status dem_keys_finish(dem_reader *reader);

/// When all constants are read: each reference names a row that there is.
dem_status dem_references_finish(dem_reader *reader);

#endif
