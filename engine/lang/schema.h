// SPDX-License-Identifier: Apache-2.0

// schema.yaml → relations and their fields.

#ifndef DEM_LANG_SCHEMA_H
#define DEM_LANG_SCHEMA_H

#include "lang/reader.h"

/// Read the schema's root mapping into the model's relations.
///
/// @param hidden_count  Relations to leave room for behind the schema's: dem_schema_add_hidden.
/// @return DEM_OK; DEM_ERR_INVALID with diagnostics; DEM_ERR_NO_MEMORY.
dem_status dem_schema_read(dem_reader *reader, const dem_node *root, uint32_t hidden_count);

/// Add a hidden relation with one field.
/// @return Its index; DEM_NONE without memory.
uint32_t dem_schema_add_hidden(dem_reader *reader, dem_slice name, const char *field,
                               const dem_type *type);

/// Read a type: the name of one, of a relation with a key, or a list of options.
dem_status dem_type_read(dem_reader *reader, const dem_node *node, dem_type *type_out);

#endif
