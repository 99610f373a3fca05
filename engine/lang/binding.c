// SPDX-License-Identifier: Apache-2.0

// One set of bound variables a scope, as bits. A pass goes over all scopes and steps
// and adds what follows; passes are repeated until one adds nothing. Every pass but the
// last adds a bit, so there are never more than scopes × variables of them,
// and in practice two.

#include "lang/binding.h"

#include "base/try.h"

enum { BITS = 64 };

typedef struct binder {
  dem_draft *draft;
  const dem_variables *variables;
  size_t set_size; // Words a set.
  uint64_t *sets;  // One a scope: what is bound there, what its parent binds included.
  bool has_grown;  // In this pass.
} binder;

// Sets --------------------------------------------------------------------------

static uint64_t *set_of(const binder *b, uint32_t scope)
{
  return b->sets + scope * b->set_size;
}

static bool is_bound(const binder *b, uint32_t scope, uint32_t variable)
{
  return (set_of(b, scope)[variable / BITS] >> (variable % BITS) & 1U) != 0;
}

static void bind(binder *b, uint32_t scope, uint32_t variable)
{
  if (!is_bound(b, scope, variable)) {
    set_of(b, scope)[variable / BITS] |= UINT64_C(1) << (variable % BITS);
    b->has_grown = true;
  }
}

// Add the words of one set to another.
static void join(binder *b, uint64_t *into, const uint64_t *from)
{
  for (size_t i = 0; i < b->set_size; ++i) {
    if ((from[i] & ~into[i]) != 0) {
      into[i] |= from[i];
      b->has_grown = true;
    }
  }
}

static dem_step *step_at(const binder *b, size_t index)
{
  return &DEM_VECTOR_AT(&b->draft->steps, dem_step, index);
}

static uint32_t scope_count(const binder *b)
{
  return (uint32_t)b->variables->scopes.count;
}

// Aggregates --------------------------------------------------------------------

static bool is_home(const binder *b, uint32_t variable, uint32_t scope)
{
  return dem_variables_entry(b->variables, variable)->home ==
         dem_variables_scope(b->variables, scope)->home;
}

// Whether a variable belongs to a scope around `scope` rather than to it or one inside it.
static bool is_outer(const binder *b, uint32_t variable, uint32_t scope)
{
  const uint32_t home = dem_variables_entry(b->variables, variable)->home;
  return !dem_scope_is_inside(b->variables, home, scope);
}

static bool has_variable(const uint32_t *items, uint32_t count, uint32_t variable)
{
  for (uint32_t i = 0; i < count; ++i) {
    if (items[i] == variable) {
      return true;
    }
  }
  return false;
}

// The variables used inside an aggregate that belong to a scope around it.
static dem_status find_group(const binder *b, const dem_step *step)
{
  const size_t count = b->variables->entries.count;
  uint32_t *group = DEM_ARENA_ARRAY(&b->draft->reader->model->arena, uint32_t, count);
  DEM_TRY_MEMORY(group);
  dem_aggregate *aggregate = &step->condition->aggregate;
  for (size_t i = 0; i < b->variables->uses.count; ++i) {
    const dem_use *use = dem_variables_use(b->variables, i);
    if (dem_scope_is_inside(b->variables, use->scope, step->over) &&
        is_outer(b, use->variable, step->over) &&
        !has_variable(group, aggregate->group_count, use->variable)) {
      group[aggregate->group_count++] = use->variable;
    }
  }
  aggregate->group = group;
  return DEM_OK;
}

// The variables that make a way: those said, or all that are at home in `over`.
static dem_status find_way(const binder *b, const dem_step *step)
{
  dem_aggregate *aggregate = &step->condition->aggregate;
  const uint32_t said_count = aggregate->way_count;
  const uint32_t *said = aggregate->way;
  const uint32_t all_count = (uint32_t)b->variables->entries.count;
  const uint32_t count = step->has_way ? said_count : all_count;
  uint32_t *way = DEM_ARENA_ARRAY(&b->draft->reader->model->arena, uint32_t, count);
  DEM_TRY_MEMORY(way);
  aggregate->way_count = 0;
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t variable = step->has_way ? said[i] : i;
    if (is_home(b, variable, step->over) && !has_variable(way, aggregate->way_count, variable)) {
      way[aggregate->way_count++] = variable;
    }
  }
  aggregate->way = way;
  return DEM_OK;
}

static dem_status find_ways(const binder *b)
{
  for (size_t i = 0; i < b->draft->steps.count; ++i) {
    const dem_step *step = step_at(b, i);
    if (step->condition->kind == DEM_CONDITION_AGGREGATE) {
      DEM_TRY(find_group(b, step));
      DEM_TRY(find_way(b, step));
    }
  }
  return DEM_OK;
}

// Fixpoint ----------------------------------------------------------------------

static void bind_fields(binder *b)
{
  for (size_t i = 0; i < b->variables->uses.count; ++i) {
    const dem_use *use = dem_variables_use(b->variables, i);
    if (use->kind == DEM_USE_FIELD && is_home(b, use->variable, use->scope)) {
      bind(b, use->scope, use->variable);
    }
  }
  for (uint32_t i = 0; i < b->variables->entries.count; ++i) {
    const dem_variable_entry *entry = dem_variables_entry(b->variables, i);
    if (entry->is_gap) {
      bind(b, entry->home, i);
    }
  }
}

static bool is_ready(const binder *b, const dem_step *step)
{
  if (step->condition->kind == DEM_CONDITION_AGGREGATE) {
    const dem_aggregate *aggregate = &step->condition->aggregate;
    for (uint32_t i = 0; i < aggregate->group_count; ++i) {
      if (!is_bound(b, step->scope, aggregate->group[i])) {
        return false;
      }
    }
    return true;
  }
  for (size_t i = 0; i < step->read_count; ++i) {
    const dem_use *use = dem_variables_use(b->variables, step->first_read + i);
    if (!is_bound(b, step->scope, use->variable)) {
      return false;
    }
  }
  return true;
}

static void bind_results(binder *b)
{
  for (size_t i = 0; i < b->draft->steps.count; ++i) {
    const dem_step *step = step_at(b, i);
    if (step->result == DEM_NONE) {
      continue;
    }
    const uint32_t variable = dem_variables_use(b->variables, step->result)->variable;
    if (!is_bound(b, step->scope, variable) && is_home(b, variable, step->scope) &&
        is_ready(b, step)) {
      bind(b, step->scope, variable);
    }
  }
}

// What all branches of an `any` bind is bound around it. `first` is its first branch.
static void bind_shared(binder *b, uint32_t first)
{
  const dem_scope *scope = dem_variables_scope(b->variables, first);
  uint64_t shared[DEM_MAX_VARIABLES / BITS];
  memcpy(shared, set_of(b, first), b->set_size * sizeof(shared[0]));
  for (uint32_t i = first + 1; i < scope_count(b); ++i) {
    if (dem_variables_scope(b->variables, i)->any == scope->any) {
      for (size_t word = 0; word < b->set_size; ++word) {
        shared[word] &= set_of(b, i)[word];
      }
    }
  }
  join(b, set_of(b, scope->parent), shared);
}

static void run_pass(binder *b)
{
  bind_results(b);
  for (uint32_t i = 1; i < scope_count(b); ++i) {
    join(b, set_of(b, i), set_of(b, dem_variables_scope(b->variables, i)->parent));
  }
  // An `any` has a greater number than those around it and before it: so the first scope
  // with a new number is its first branch.
  uint32_t next_any = 0;
  for (uint32_t i = 1; i < scope_count(b); ++i) {
    const uint32_t any = dem_variables_scope(b->variables, i)->any;
    if (any != DEM_NONE && any >= next_any) {
      bind_shared(b, i);
      next_any = any + 1;
    }
  }
}

// Mistakes ----------------------------------------------------------------------

// Why a variable that occurs elsewhere does not count as bound here.
static const char *explain_unbound(const binder *b, uint32_t variable, uint32_t scope)
{
  for (size_t i = 0; i < b->variables->uses.count; ++i) {
    const dem_use *use = dem_variables_use(b->variables, i);
    if (use->variable != variable || use->kind == DEM_USE_READ) {
      continue;
    }
    if (!is_home(b, variable, use->scope)) {
      return "a 'not' or an aggregate binds nothing outside itself";
    }
    if (use->scope != scope && dem_variables_scope(b->variables, use->scope)->any != DEM_NONE) {
      return "an 'any' binds only what every one of its branches binds";
    }
    if (use->kind == DEM_USE_RESULT) {
      return "what it is computed from is not bound";
    }
  }
  return NULL;
}

static dem_status report_unbound(const binder *b, uint32_t variable, uint32_t scope,
                                 dem_place place)
{
  dem_diagnostics *diagnostics = b->draft->reader->diagnostics;
  const dem_symbols *symbols = b->draft->reader->model->symbols;
  const dem_symbol name = dem_variables_entry(b->variables, variable)->name;
  const dem_slice text = dem_symbols_text(symbols, name);
  const dem_status status = dem_diagnose(diagnostics, DEM_DIAG_UNBOUND_VARIABLE, place,
                                         "no positive condition binds '%.*s'", DEM_SHOWN(text));
  const dem_slice nearest = dem_variables_nearest(b->variables, symbols, name);
  if (nearest.size > 0) {
    dem_diagnose_label(diagnostics, "did you mean '%.*s'?", DEM_SHOWN(nearest));
  }
  const char *why = explain_unbound(b, variable, scope);
  if (why) {
    dem_diagnose_note(diagnostics, "%s", why);
  }
  return status;
}

// Each variable is reported once, where it is first read without being bound.
static dem_status check_uses(binder *b)
{
  dem_status result = DEM_OK;
  for (size_t i = 0; i < b->variables->uses.count; ++i) {
    const dem_use *use = dem_variables_use(b->variables, i);
    const uint32_t scope = dem_variables_binding_scope(b->variables, use->variable, use->scope);
    dem_variable_entry *entry = dem_variables_entry(b->variables, use->variable);
    if (use->kind == DEM_USE_RESULT || entry->is_gap || is_bound(b, scope, use->variable)) {
      continue;
    }
    result = report_unbound(b, use->variable, scope, use->place);
    entry->is_gap = true;
  }
  return result;
}

// What is summed must differ from way to way: a variable that is bound outside groups instead.
static dem_status check_values(const binder *b)
{
  dem_status result = DEM_OK;
  for (size_t i = 0; i < b->draft->steps.count; ++i) {
    const dem_step *step = step_at(b, i);
    const bool has_value = step->condition->kind == DEM_CONDITION_AGGREGATE &&
                           step->condition->aggregate.value != DEM_NONE;
    if (!has_value || is_home(b, step->condition->aggregate.value, step->over)) {
      continue;
    }
    const uint32_t variable = step->condition->aggregate.value;
    dem_variable_entry *entry = dem_variables_entry(b->variables, variable);
    if (!entry->is_gap) {
      const dem_slice name = dem_symbols_text(b->draft->reader->model->symbols, entry->name);
      result = dem_diagnose(
          b->draft->reader->diagnostics, DEM_DIAG_REBOUND_VARIABLE, step->condition->place,
          "'%.*s' is also bound outside, so it groups and cannot be 'of'", DEM_SHOWN(name));
      entry->is_gap = true;
    }
  }
  return result;
}

// Whether two scopes of one home lie in different branches of the same `any`: then only one of
// them counts in any one match.
static bool is_exclusive(const binder *b, uint32_t one, uint32_t two)
{
  for (uint32_t i = one; i != DEM_NONE; i = dem_variables_scope(b->variables, i)->parent) {
    const dem_scope *left = dem_variables_scope(b->variables, i);
    for (uint32_t k = two; left->any != DEM_NONE && k != DEM_NONE;
         k = dem_variables_scope(b->variables, k)->parent) {
      if (k != i && dem_variables_scope(b->variables, k)->any == left->any) {
        return true;
      }
    }
  }
  return false;
}

static dem_status report_rebound(const binder *b, const dem_use *result, dem_place other)
{
  dem_diagnostics *diagnostics = b->draft->reader->diagnostics;
  const dem_slice name = dem_symbols_text(b->draft->reader->model->symbols, result->name);
  const dem_status status =
      dem_diagnose(diagnostics, DEM_DIAG_REBOUND_VARIABLE, result->place,
                   "'%.*s' is bound here, but means something else in line %u already",
                   DEM_SHOWN(name), other.line);
  dem_diagnose_note(diagnostics, "bind another variable here and compare: where: \"%.*s = …\"",
                    DEM_SHOWN(name));
  return status;
}

// A match binds a let's or an aggregate's variable once. A pattern may use the same variable, and
// then has to agree: that is how a computed value is looked up.
static dem_status check_result(const binder *b, const dem_step *step)
{
  const dem_use *result = dem_variables_use(b->variables, step->result);
  for (size_t i = 0; i < step->result; ++i) {
    const dem_use *other = dem_variables_use(b->variables, i);
    if (other->kind == DEM_USE_RESULT && other->variable == result->variable &&
        !is_exclusive(b, result->scope, other->scope)) {
      return report_rebound(b, result, other->place);
    }
  }
  if (!is_home(b, result->variable, result->scope)) {
    return report_rebound(b, result, dem_variables_entry(b->variables, result->variable)->place);
  }
  return DEM_OK;
}

static dem_status check_results(const binder *b)
{
  dem_status result = DEM_OK;
  for (size_t i = 0; i < b->draft->steps.count; ++i) {
    const dem_step *step = step_at(b, i);
    if (step->result == DEM_NONE) {
      continue;
    }
    const uint32_t variable = dem_variables_use(b->variables, step->result)->variable;
    if (!dem_variables_entry(b->variables, variable)->is_gap) {
      DEM_TRY_ALL(result, check_result(b, step));
    }
  }
  return result;
}

// The whole ---------------------------------------------------------------------

dem_status dem_binding_check(dem_draft *draft)
{
  binder b = {.draft = draft, .variables = &draft->variables};
  b.set_size = (draft->variables.entries.count + BITS - 1) / BITS;
  b.sets = DEM_ARENA_ARRAY(draft->scratch, uint64_t, scope_count(&b) * b.set_size);
  DEM_TRY_MEMORY(b.sets);
  DEM_TRY(find_ways(&b));
  bind_fields(&b);
  do {
    b.has_grown = false;
    run_pass(&b);
  } while (b.has_grown);
  dem_status result = DEM_OK;
  DEM_TRY_ALL(result, check_uses(&b));
  DEM_TRY_ALL(result, check_values(&b));
  DEM_TRY_ALL(result, check_results(&b));
  return result;
}
