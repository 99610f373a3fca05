// SPDX-License-Identifier: Apache-2.0

// A rule's variables: who uses which name where, and which uses mean the same variable.
//
// Every list of conditions is a scope: a rule's `when`, the list under a `not`
// or an aggregate's `over`, a branch of `any`. A name means one variable in the
// outermost scope that uses it directly and in everything inside it; so a name used only
// inside a `not` is that `not`'s own. Branches of `any` share the names of
// the scope around them, their home.
//
// Names are only noted while a rule is read, since a use further down may make an
// earlier one mean something else. dem_variables_resolve numbers them once
// all are known.

#ifndef DEM_LANG_VARIABLES_H
#define DEM_LANG_VARIABLES_H

#include "base/vector.h"
#include "model/model.h"

/// Bounds on one rule, far beyond what a person writes: they keep checking fast.
enum {
  DEM_MAX_VARIABLES = 1024,
  DEM_MAX_SCOPES = 1024,
  DEM_MAX_USES = 16 * 1024,
};

typedef struct dem_scope {
  uint32_t parent; ///< DEM_NONE for the rule's own.
  uint32_t home;   ///< Itself; for a branch of `any`, the nearest scope around it that is none.
  uint32_t any;    ///< Which `any` of the rule it is a branch of, or DEM_NONE.
} dem_scope;

typedef enum dem_use_kind {
  DEM_USE_FIELD,  ///< In a pattern: binds, or must be equal.
  DEM_USE_RESULT, ///< What a `let` or an aggregate binds.
  DEM_USE_READ,   ///< Needs a value that something else binds.
  DEM_USE_GAP,    ///< In something that was refused: counts as bound, so that one mistake is
                  ///< not reported twice.
} dem_use_kind;

/// One occurrence of a name.
typedef struct dem_use {
  dem_use_kind kind;
  dem_symbol name;
  uint32_t scope;
  uint32_t *slot;    ///< Receives the variable's number; NULL if nobody wants it.
  uint32_t variable; ///< Number, once resolved.
  bool has_type;     ///< Of a field at once; of a result once it is computed.
  dem_type type;
  dem_place place;
} dem_use;

/// One variable, once resolved.
typedef struct dem_variable_entry {
  dem_symbol name;
  uint32_t home; ///< The scope it belongs to; never a branch of `any`.
  bool is_gap;   ///< Something that uses it was refused: say nothing more about it.
  bool has_type;
  dem_type type;
  dem_place place; ///< First use.
} dem_variable_entry;

typedef struct dem_variables {
  dem_vector scopes;  ///< dem_scope; a parent comes before its children.
  dem_vector uses;    ///< dem_use, in the order in which they were noted.
  dem_vector entries; ///< dem_variable_entry
  uint32_t any_count; ///< How many `any` there are: numbers for dem_scope.any.
} dem_variables;

void dem_variables_init(dem_variables *variables, dem_allocator allocator);
void dem_variables_clear(dem_variables *variables);
void dem_variables_reset(dem_variables *variables);

/// Open a scope. `any` is the number of the `any` that it is a branch of, or DEM_NONE.
/// @return DEM_OK; DEM_ERR_LIMIT (without a diagnostic); DEM_ERR_NO_MEMORY.
dem_status dem_variables_open(dem_variables *variables, uint32_t parent, uint32_t any,
                              uint32_t *scope_out);

/// Note a use; its number is ignored.
/// @return DEM_OK; DEM_ERR_LIMIT (without a diagnostic); DEM_ERR_NO_MEMORY.
dem_status dem_variables_note(dem_variables *variables, const dem_use *use);

/// Number the variables and fill in every slot.
void dem_variables_resolve(dem_variables *variables);

static inline const dem_scope *dem_variables_scope(const dem_variables *variables, uint32_t scope)
{
  return &((const dem_scope *)variables->scopes.items)[scope];
}

static inline dem_use *dem_variables_use(const dem_variables *variables, size_t index)
{
  return &DEM_VECTOR_AT(&variables->uses, dem_use, index);
}

static inline dem_variable_entry *dem_variables_entry(const dem_variables *variables,
                                                      uint32_t variable)
{
  return &DEM_VECTOR_AT(&variables->entries, dem_variable_entry, variable);
}

/// Whether `inner` is `outer` or lies inside it.
bool dem_scope_is_inside(const dem_variables *variables, uint32_t inner, uint32_t outer);

/// The scope in which a use of `variable` in `scope` must find it bound: `scope` itself where
/// it is at home there, else the scope around the outermost `not` or aggregate that stands between
/// them.
uint32_t dem_variables_binding_scope(const dem_variables *variables, uint32_t variable,
                                     uint32_t scope);

/// Whether a text is written like a variable: it begins with `$`.
bool dem_slice_is_dollar(dem_slice text);

/// Whether it is a variable's name: `$`, then a letter or `_`, then letters, digits, `_`.
/// Any character outside ASCII counts as a letter.
bool dem_variable_is_name(dem_slice text);

/// How many bytes of a text that begins with `$` belong to the name.
size_t dem_variable_name_size(dem_slice text);

/// The name nearest to `name` among the rule's other variables; empty if none is near.
dem_slice dem_variables_nearest(const dem_variables *variables, const dem_symbols *symbols,
                                dem_symbol name);

#endif
