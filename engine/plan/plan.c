// SPDX-License-Identifier: Apache-2.0

// The life of a plan: bodies in force, strata, then the kb's joins and the sessions'.

#include "plan/plan.h"

#include "base/try.h"
#include "plan/phase.h"
#include "plan/stratify.h"

static bool is_in_force(const dem_rule *rule, int64_t date)
{
  return rule->from <= date && date < rule->until;
}

static dem_status expand_rules(dem_plan *plan, dem_diagnostics *diagnostics)
{
  dem_vector bodies;
  dem_vector_init(&bodies, plan->arena.allocator, sizeof(dem_body));
  dem_status status = DEM_OK;
  for (uint32_t i = 0; i < plan->model->rule_count && status != DEM_ERR_NO_MEMORY; ++i) {
    const dem_rule *const rule = &plan->model->rules[i];
    if (is_in_force(rule, plan->date)) {
      const dem_status one =
          dem_bodies_expand(&plan->arena, plan->model, i, &rule->when, diagnostics, &bodies);
      status = dem_status_worse(status, one);
    }
  }
  plan->body_count = (uint32_t)bodies.count;
  plan->bodies = DEM_ARENA_ARRAY(&plan->arena, dem_body, bodies.count);
  plan->body_stratum = DEM_ARENA_ARRAY(&plan->arena, uint32_t, bodies.count);
  for (size_t i = 0; plan->bodies && i < bodies.count; ++i) {
    plan->bodies[i] = DEM_VECTOR_AT(&bodies, dem_body, i);
  }
  dem_vector_clear(&bodies);
  if (!plan->bodies || !plan->body_stratum) {
    return DEM_ERR_NO_MEMORY;
  }
  return status;
}

typedef struct use {
  dem_plan *plan;
  bool finds_session;
} use;

static dem_status note_use(void *context, uint32_t relation, bool is_negative, dem_place place)
{
  (void)is_negative;
  (void)place;
  use *const u = context;
  u->plan->is_read[relation] = true;
  u->finds_session = u->finds_session || u->plan->is_session[relation];
  return DEM_OK;
}

/// A relation may differ between sessions when the profile gives it, or a rule derives it from one
/// that may. Grows until nothing changes.
static void find_session_relations(dem_plan *plan)
{
  const dem_model *const model = plan->model;
  for (uint32_t i = 0; i < model->relation_count; ++i) {
    plan->is_session[i] =
        model->relations[i].is_answered || i == model->answered || i == model->open;
  }
  bool has_changed = true;
  while (has_changed) {
    has_changed = false;
    for (uint32_t i = 0; i < plan->body_count; ++i) {
      const dem_rule *const rule = &model->rules[plan->bodies[i].rule];
      if (i > 0 && plan->bodies[i - 1].rule == plan->bodies[i].rule) {
        continue;
      }
      use u = {plan, false};
      (void)dem_conditions_visit(&rule->when, false, note_use, &u);
      for (uint32_t j = 0; u.finds_session && j < rule->conclusion_count; ++j) {
        bool *const is_session = &plan->is_session[rule->conclusions[j].relation];
        has_changed = has_changed || !*is_session;
        *is_session = true;
      }
    }
  }
}

dem_status dem_plan_init(dem_plan *plan, dem_allocator allocator, const dem_model *model,
                         int64_t date, const dem_relation_size *sizes, dem_diagnostics *diagnostics)
{
  *plan = (dem_plan){.model = model, .date = date};
  dem_arena_init(&plan->arena, allocator);
  plan->stratum_of = DEM_ARENA_ARRAY(&plan->arena, uint32_t, model->relation_count);
  plan->is_session = DEM_ARENA_ARRAY(&plan->arena, bool, model->relation_count);
  plan->is_read = DEM_ARENA_ARRAY(&plan->arena, bool, model->relation_count);
  if (!plan->stratum_of || !plan->is_session || !plan->is_read) {
    return DEM_ERR_NO_MEMORY;
  }
  DEM_TRY(expand_rules(plan, diagnostics));
  DEM_TRY(dem_plan_stratify(plan, diagnostics));
  find_session_relations(plan);
  return dem_phase_plan_kb(plan, sizes, diagnostics);
}

dem_status dem_plan_sessions(dem_plan *plan, const dem_relation_size *sizes,
                             dem_diagnostics *diagnostics)
{
  return dem_phase_plan_session(plan, sizes, diagnostics);
}

void dem_plan_clear(dem_plan *plan)
{
  dem_arena_clear(&plan->arena);
  *plan = (dem_plan){0};
}
