// SPDX-License-Identifier: Apache-2.0

// JSON Schemas (2020-12) of the files that a pack consists of and reads, for editors and tools.

#ifndef DEMARCHE_SCHEMA_H
#define DEMARCHE_SCHEMA_H

#include "demarche/pack.h"
#include "demarche/write.h"

typedef enum dem_schema_kind {
  DEM_SCHEMA_PROFILE, ///< A profile: the pack's questions and what may be answered.
  DEM_SCHEMA_FACTS,   ///< A file of facts: the pack's relations and their fields.
  DEM_SCHEMA_RULES,   ///< A file of rules over these relations.
  DEM_SCHEMA_ADVICE,  ///< An advice as JSON: the same for every pack.
} dem_schema_kind;

/// Write a JSON Schema. It accepts every file that the pack accepts; what only the whole pack can
/// tell (that a row is there, that a variable is bound) it leaves to dem_pack_open.
///
/// @return DEM_OK; DEM_ERR_NO_MEMORY; what `write` returned.
DEM_API dem_status dem_pack_render_schema(const dem_pack *pack, dem_schema_kind kind,
                                          dem_write_function write, void *context);

#endif
