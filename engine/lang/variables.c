// SPDX-License-Identifier: Apache-2.0

// Scopes and names. See variables.h for the rule that decides which uses mean the
// same variable.
//
// Cost: O(names² × nesting) at worst, both bounded.

#include "lang/variables.h"

#include "base/diagnostic.h"

void dem_variables_init(dem_variables *variables, dem_allocator allocator)
{
  *variables = (dem_variables){0};
  dem_vector_init(&variables->scopes, allocator, sizeof(dem_scope));
  dem_vector_init(&variables->uses, allocator, sizeof(dem_use));
  dem_vector_init(&variables->entries, allocator, sizeof(dem_variable_entry));
}

void dem_variables_clear(dem_variables *variables)
{
  dem_vector_clear(&variables->scopes);
  dem_vector_clear(&variables->uses);
  dem_vector_clear(&variables->entries);
}

void dem_variables_reset(dem_variables *variables)
{
  dem_vector_reset(&variables->scopes);
  dem_vector_reset(&variables->uses);
  dem_vector_reset(&variables->entries);
  variables->any_count = 0;
}

// Scopes ------------------------------------------------------------------------

dem_status dem_variables_open(dem_variables *variables, uint32_t parent, uint32_t any,
                              uint32_t *scope_out)
{
  if (variables->scopes.count == DEM_MAX_SCOPES) {
    return DEM_ERR_LIMIT;
  }
  const uint32_t self = (uint32_t)variables->scopes.count;
  const bool is_branch = any != DEM_NONE;
  const dem_scope scope = {
      .parent = parent,
      .home = is_branch ? dem_variables_scope(variables, parent)->home : self,
      .any = any,
  };
  *scope_out = self;
  return dem_vector_add(&variables->scopes, &scope) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

bool dem_scope_is_inside(const dem_variables *variables, uint32_t inner, uint32_t outer)
{
  while (inner != DEM_NONE && inner != outer) {
    inner = dem_variables_scope(variables, inner)->parent;
  }
  return inner == outer;
}

uint32_t dem_variables_binding_scope(const dem_variables *variables, uint32_t variable,
                                     uint32_t scope)
{
  const uint32_t home = dem_variables_entry(variables, variable)->home;
  while (dem_variables_scope(variables, scope)->home != home) {
    const uint32_t inner_home = dem_variables_scope(variables, scope)->home;
    scope = dem_variables_scope(variables, inner_home)->parent;
  }
  return scope;
}

// Uses --------------------------------------------------------------------------

static uint32_t find_entry(const dem_variables *variables, uint32_t home, dem_symbol name)
{
  for (uint32_t i = 0; i < variables->entries.count; ++i) {
    const dem_variable_entry *entry = dem_variables_entry(variables, i);
    if (entry->home == home && dem_symbol_is_equal(entry->name, name)) {
      return i;
    }
  }
  return DEM_NONE;
}

dem_status dem_variables_note(dem_variables *variables, const dem_use *use)
{
  if (variables->uses.count == DEM_MAX_USES) {
    return DEM_ERR_LIMIT;
  }
  const uint32_t home = dem_variables_scope(variables, use->scope)->home;
  uint32_t entry = find_entry(variables, home, use->name);
  if (entry == DEM_NONE) {
    if (variables->entries.count == DEM_MAX_VARIABLES) {
      return DEM_ERR_LIMIT;
    }
    entry = (uint32_t)variables->entries.count;
    const dem_variable_entry added = {.name = use->name, .home = home, .place = use->place};
    if (!dem_vector_add(&variables->entries, &added)) {
      return DEM_ERR_NO_MEMORY;
    }
  }
  dem_use noted = *use;
  noted.variable = entry;
  return dem_vector_add(&variables->uses, &noted) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

// Numbers -----------------------------------------------------------------------

// The entry that a name's entry stands for: that of the outermost scope around it which uses the
// same name directly.
static uint32_t find_outermost(const dem_variables *variables, uint32_t index)
{
  const dem_variable_entry *entry = dem_variables_entry(variables, index);
  uint32_t found = index;
  uint32_t scope = dem_variables_scope(variables, entry->home)->parent;
  while (scope != DEM_NONE) {
    const uint32_t home = dem_variables_scope(variables, scope)->home;
    const uint32_t outer = find_entry(variables, home, entry->name);
    found = outer == DEM_NONE ? found : outer;
    scope = dem_variables_scope(variables, home)->parent;
  }
  return found;
}

void dem_variables_resolve(dem_variables *variables)
{
  // An entry that stands for itself keeps its rank among those that do; the others take the
  // number of the one that they stand for.
  uint32_t outermost[DEM_MAX_VARIABLES];
  uint32_t numbers[DEM_MAX_VARIABLES];
  uint32_t count = 0;
  for (uint32_t i = 0; i < variables->entries.count; ++i) {
    outermost[i] = find_outermost(variables, i);
    numbers[i] = outermost[i] == i ? count++ : DEM_NONE;
  }
  for (uint32_t i = 0; i < variables->entries.count; ++i) {
    if (numbers[i] != DEM_NONE) {
      *dem_variables_entry(variables, numbers[i]) = *dem_variables_entry(variables, i);
    }
  }
  variables->entries.count = count;
  for (size_t i = 0; i < variables->uses.count; ++i) {
    dem_use *use = dem_variables_use(variables, i);
    use->variable = numbers[outermost[use->variable]];
    if (use->slot) {
      *use->slot = use->variable;
    }
    if (use->kind == DEM_USE_GAP) {
      dem_variables_entry(variables, use->variable)->is_gap = true;
    }
  }
}

// Names -------------------------------------------------------------------------

bool dem_slice_is_dollar(dem_slice text)
{
  return text.size > 0 && text.bytes[0] == '$';
}

static bool is_letter(char byte)
{
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' ||
         ((unsigned char)byte & 0x80U) != 0;
}

size_t dem_variable_name_size(dem_slice text)
{
  size_t size = 1;
  while (size < text.size && (is_letter(text.bytes[size]) ||
                              (size > 1 && text.bytes[size] >= '0' && text.bytes[size] <= '9'))) {
    ++size;
  }
  return size;
}

bool dem_variable_is_name(dem_slice text)
{
  return dem_slice_is_dollar(text) && text.size > 1 && dem_variable_name_size(text) == text.size;
}

dem_slice dem_variables_nearest(const dem_variables *variables, const dem_symbols *symbols,
                                dem_symbol name)
{
  dem_slice words[DEM_MAX_VARIABLES];
  size_t count = 0;
  for (uint32_t i = 0; i < variables->entries.count; ++i) {
    const dem_symbol other = dem_variables_entry(variables, i)->name;
    if (!dem_symbol_is_equal(other, name)) {
      words[count++] = dem_symbols_text(symbols, other);
    }
  }
  return dem_nearest(dem_symbols_text(symbols, name), words, count);
}
