// SPDX-License-Identifier: Apache-2.0

// How the types of fields relate: which is narrower, what two of them have in common.
//
//   enumeration ⊂ symbol ⊂ text
//   reference ⊂ the type of the key that it names (which may be a reference itself)

#ifndef DEM_LANG_TYPE_H
#define DEM_LANG_TYPE_H

#include <stdbool.h>

#include "model/model.h"

/// What a value found in a field is known to be: at a relation's key, a reference to it.
dem_type dem_type_of_field(const dem_model *model, uint32_t relation, uint32_t field);

/// The widest type of a storage: text for strings.
dem_type dem_type_of_storage(dem_storage storage);

/// Whether every value of `a` is one of `b`.
bool dem_type_is_within(const dem_model *model, const dem_type *a, const dem_type *b);

/// Whether a value may be of both: the same storage, and not keys of two relations that
/// have nothing to do with each other.
bool dem_type_is_compatible(const dem_model *model, const dem_type *a, const dem_type *b);

/// What a value of both types is known to be. They must be compatible.
dem_type dem_type_narrow(const dem_model *model, const dem_type *a, const dem_type *b);

/// What a value of one of the types is known to be. They must have the same storage.
dem_type dem_type_widen(const dem_model *model, const dem_type *a, const dem_type *b);

/// A word for messages: "integer", "enumeration", the name of a referred relation.
dem_slice dem_type_name(const dem_model *model, const dem_type *type);

/// "an integer", "a date": what words of a storage are.
const char *dem_storage_describe(dem_storage storage);

#endif
