// SPDX-License-Identifier: Apache-2.0

// Patterns give types at once; a let or an aggregate does when the variables that it is computed
// from have theirs. Steps are gone over until no more can be done, so their order in
// the text does not matter.

#include "lang/typing.h"

#include "base/try.h"
#include "lang/expression.h"
#include "lang/type.h"

typedef struct typer {
  dem_draft *draft;
  dem_variables *variables;
  const dem_model *model;
} typer;

static dem_step *step_at(const typer *t, size_t index)
{
  return &DEM_VECTOR_AT(&t->draft->steps, dem_step, index);
}

static bool is_binder(const typer *t, const dem_use *use)
{
  const dem_scope *scope = dem_variables_scope(t->variables, use->scope);
  return (use->kind == DEM_USE_FIELD || use->kind == DEM_USE_RESULT) &&
         scope->home == dem_variables_entry(t->variables, use->variable)->home;
}

static bool is_certain(const typer *t, const dem_use *use)
{
  return dem_variables_scope(t->variables, use->scope)->any == DEM_NONE;
}

// Conflicts ---------------------------------------------------------------------

static dem_status report_conflict(const typer *t, const dem_use *use, const dem_use *other)
{
  dem_diagnostics *diagnostics = t->draft->reader->diagnostics;
  const dem_slice name = dem_symbols_text(t->model->symbols, use->name);
  const dem_slice type = dem_type_name(t->model, &use->type);
  const dem_slice first = dem_type_name(t->model, &other->type);
  const dem_status status = dem_diagnose(
      diagnostics, DEM_DIAG_WRONG_TYPE, use->place,
      "'%.*s' is of type %.*s here, but of type %.*s in line %u, column %u", DEM_SHOWN(name),
      DEM_SHOWN(type), DEM_SHOWN(first), other->place.line, other->place.column);
  dem_diagnose_note(diagnostics, "use two variables if they are not meant to be equal");
  return status;
}

// The first use that a variable's other uses must agree with, one a variable.
static dem_status check_conflicts(const typer *t)
{
  const dem_use **first =
      DEM_ARENA_ARRAY(t->draft->scratch, const dem_use *, t->variables->entries.count);
  DEM_TRY_MEMORY(first);
  dem_status result = DEM_OK;
  for (size_t i = 0; i < t->variables->uses.count; ++i) {
    const dem_use *use = dem_variables_use(t->variables, i);
    dem_variable_entry *entry = dem_variables_entry(t->variables, use->variable);
    if (!use->has_type || entry->is_gap) {
      continue;
    }
    if (!first[use->variable]) {
      first[use->variable] = use;
    } else if (!dem_type_is_compatible(t->model, &first[use->variable]->type, &use->type)) {
      result = report_conflict(t, use, first[use->variable]);
      entry->is_gap = true;
    }
  }
  return result;
}

// Variables ---------------------------------------------------------------------

// What is known of a variable while its binders are gone over.
typedef struct summary {
  bool is_sure;       // A binder outside any `any` was met.
  bool is_incomplete; // A binder has no type yet.
} summary;

// Take one more binder into account.
static void merge(const typer *t, dem_variable_entry *entry, const dem_use *use, summary *known)
{
  const bool certain = is_certain(t, use);
  if (!entry->has_type || (certain && !known->is_sure)) {
    entry->type = use->type;
  } else if (certain) {
    entry->type = dem_type_narrow(t->model, &entry->type, &use->type);
  } else if (!known->is_sure) {
    entry->type = dem_type_widen(t->model, &entry->type, &use->type);
  }
  entry->has_type = true;
  known->is_sure = known->is_sure || certain;
}

// The type of every variable whose binders have theirs, or, if `is_hasty`, one of them has.
// A gap has none: whatever reads it is passed over.
static void type_variables(const typer *t, bool is_hasty)
{
  summary known[DEM_MAX_VARIABLES] = {{0}};
  const uint32_t count = (uint32_t)t->variables->entries.count;
  for (uint32_t i = 0; i < count; ++i) {
    dem_variables_entry(t->variables, i)->has_type = false;
  }
  for (size_t i = 0; i < t->variables->uses.count; ++i) {
    const dem_use *use = dem_variables_use(t->variables, i);
    dem_variable_entry *entry = dem_variables_entry(t->variables, use->variable);
    if (entry->is_gap || !is_binder(t, use)) {
      continue;
    }
    if (use->has_type) {
      merge(t, entry, use, &known[use->variable]);
    } else {
      known[use->variable].is_incomplete = true;
    }
  }
  for (uint32_t i = 0; i < count; ++i) {
    dem_variable_entry *entry = dem_variables_entry(t->variables, i);
    entry->has_type = entry->has_type && (is_hasty || !known[i].is_incomplete);
  }
}

// Steps -------------------------------------------------------------------------

static dem_status check_summed(const typer *t, const dem_aggregate *aggregate, dem_place place,
                               const dem_type *type)
{
  const bool is_sum = aggregate->function == DEM_AGGREGATE_SUM;
  const bool is_numeric =
      type->storage == DEM_STORAGE_INTEGER || type->storage == DEM_STORAGE_NUMBER;
  if (is_numeric || (!is_sum && type->storage != DEM_STORAGE_BOOLEAN)) {
    return DEM_OK;
  }
  const dem_variable_entry *entry = dem_variables_entry(t->variables, aggregate->value);
  const dem_slice name = dem_symbols_text(t->model->symbols, entry->name);
  return dem_diagnose(t->draft->reader->diagnostics, DEM_DIAG_WRONG_TYPE, place,
                      is_sum ? "a sum is of integers or numbers, but '%.*s' is %s"
                             : "a minimum or maximum is of what has an order, but '%.*s' is %s",
                      DEM_SHOWN(name), dem_storage_describe(type->storage));
}

// The type of what an aggregate binds; DEM_ERR_NOT_FOUND while that is not known.
static dem_status type_aggregate(const typer *t, dem_step *step, dem_type *type_out)
{
  dem_aggregate *aggregate = &step->condition->aggregate;
  *type_out = dem_type_of_storage(DEM_STORAGE_INTEGER);
  if (aggregate->function == DEM_AGGREGATE_COUNT) {
    return DEM_OK;
  }
  if (aggregate->value == DEM_NONE) {
    return DEM_ERR_INVALID; // `of` was refused.
  }
  const dem_variable_entry *value = dem_variables_entry(t->variables, aggregate->value);
  if (!value->has_type) {
    return DEM_ERR_NOT_FOUND;
  }
  DEM_TRY(check_summed(t, aggregate, step->condition->place, &value->type));
  aggregate->storage = value->type.storage;
  *type_out = aggregate->function == DEM_AGGREGATE_SUM ? dem_type_of_storage(value->type.storage)
                                                       : value->type;
  return DEM_OK;
}

static bool has_typed_reads(const typer *t, const dem_step *step)
{
  for (size_t i = 0; i < step->read_count; ++i) {
    const dem_use *use = dem_variables_use(t->variables, step->first_read + i);
    if (!dem_variables_entry(t->variables, use->variable)->has_type) {
      return false;
    }
  }
  return true;
}

// As type_aggregate, for a let, which is filled in.
static dem_status type_let(const typer *t, dem_step *step, dem_type *type_out)
{
  if (!step->formula) {
    return DEM_ERR_INVALID;
  }
  if (!has_typed_reads(t, step)) {
    return DEM_ERR_NOT_FOUND;
  }
  return dem_expression_check(t->draft->reader, t->variables, step->formula,
                              &step->condition->let.value, type_out);
}

// Type what a step binds, if that can be done now. A step that is refused makes its result a gap.
static dem_status type_result(const typer *t, dem_step *step)
{
  dem_type type = {0};
  const dem_status status = step->condition->kind == DEM_CONDITION_LET
                                ? type_let(t, step, &type)
                                : type_aggregate(t, step, &type);
  if (status == DEM_ERR_NOT_FOUND) {
    return DEM_OK;
  }
  step->is_done = true;
  if (step->result == DEM_NONE) {
    return status;
  }
  dem_use *use = dem_variables_use(t->variables, step->result);
  if (status == DEM_OK) {
    use->has_type = true;
    use->type = type;
  } else {
    dem_variables_entry(t->variables, use->variable)->is_gap = true;
  }
  return status;
}

// One pass over the lets and aggregates that are left.
static dem_status type_results(const typer *t, bool *has_progress)
{
  dem_status result = DEM_OK;
  *has_progress = false;
  for (size_t i = 0; i < t->draft->steps.count; ++i) {
    dem_step *step = step_at(t, i);
    if (step->is_done || step->condition->kind == DEM_CONDITION_WHERE) {
      continue;
    }
    DEM_TRY_ALL(result, type_result(t, step));
    *has_progress = *has_progress || step->is_done;
  }
  return result;
}

static dem_status check_guard(const typer *t, const dem_step *step)
{
  if (!step->formula || !has_typed_reads(t, step)) {
    return DEM_OK; // Was reported.
  }
  dem_type type = {0};
  DEM_TRY(dem_expression_check(t->draft->reader, t->variables, step->formula,
                               &step->condition->guard, &type));
  if (type.storage != DEM_STORAGE_BOOLEAN) {
    return dem_diagnose(t->draft->reader->diagnostics, DEM_DIAG_WRONG_TYPE, step->condition->place,
                        "'where' needs a comparison, and this is %s",
                        dem_storage_describe(type.storage));
  }
  return DEM_OK;
}

static dem_status check_guards(const typer *t)
{
  dem_status result = DEM_OK;
  for (size_t i = 0; i < t->draft->steps.count; ++i) {
    const dem_step *step = step_at(t, i);
    if (step->condition->kind == DEM_CONDITION_WHERE) {
      DEM_TRY_ALL(result, check_guard(t, step));
    }
  }
  return result;
}

dem_status dem_typing_check(dem_draft *draft)
{
  const typer t = {.draft = draft, .variables = &draft->variables, .model = draft->reader->model};
  dem_status result = DEM_OK;
  DEM_TRY_ALL(result, check_conflicts(&t));
  bool has_progress = true;
  bool is_hasty = false;
  while (has_progress || !is_hasty) {
    // Two lets in branches of two `any` may each wait for the other's other branch: then what is
    // known has to do.
    is_hasty = !has_progress;
    type_variables(&t, is_hasty);
    DEM_TRY_ALL(result, type_results(&t, &has_progress));
  }
  DEM_TRY_ALL(result, check_conflicts(&t));
  type_variables(&t, true);
  DEM_TRY_ALL(result, check_guards(&t));
  return result;
}
