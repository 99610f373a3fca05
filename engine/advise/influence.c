// SPDX-License-Identifier: Apache-2.0

// Which facts of a profile can have a say in whether a goal holds.

#include "advise/influence.h"

#include "base/try.h"

enum { MOST_GOALS = 1000 }; // Beyond, goals are taken without their constants: then they are few.

typedef struct follower {
  dem_influence *influence;
  const dem_model *model;
  const dem_rule *rule;
  dem_vector head; ///< dem_word by variable of the rule at hand.
} follower;

/// Whether every fact that fits `narrow` fits `wide`.
static bool covers(const dem_model *model, const dem_goal *wide, const dem_goal *narrow)
{
  if (wide->relation != narrow->relation || (wide->mask & ~narrow->mask) != 0) {
    return false;
  }
  for (uint32_t i = 0; i < model->relations[wide->relation].field_count; ++i) {
    if (wide->mask >> i & 1 && wide->words[i] != narrow->words[i]) {
      return false;
    }
  }
  return true;
}

static dem_status add_goal(dem_influence *influence, dem_goal goal)
{
  if (influence->goals.count > MOST_GOALS) {
    goal.mask = 0;
  }
  for (size_t i = 0; i < influence->goals.count; ++i) {
    if (covers(influence->model, &DEM_VECTOR_AT(&influence->goals, dem_goal, i), &goal)) {
      return DEM_OK;
    }
  }
  return dem_vector_add(&influence->goals, &goal) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_status follow_pattern(follower *f, const dem_pattern *pattern)
{
  return add_goal(f->influence, dem_goal_of(f->head.items, pattern));
}

// As deep as the reader lets conditions nest.
static dem_status follow_conditions(follower *f, const dem_conditions *conditions)
{
  for (uint32_t i = 0; i < conditions->count; ++i) {
    const dem_condition *const c = &conditions->items[i];
    switch (c->kind) {
    case DEM_CONDITION_PATTERN:
      DEM_TRY(follow_pattern(f, &c->pattern));
      break;
    case DEM_CONDITION_NOT:
      DEM_TRY(follow_conditions(f, &c->negated));
      break;
    case DEM_CONDITION_ANY:
      for (uint32_t j = 0; j < c->any.count; ++j) {
        DEM_TRY(follow_conditions(f, &c->any.branches[j]));
      }
      break;
    case DEM_CONDITION_AGGREGATE:
      DEM_TRY(follow_conditions(f, &c->aggregate.over));
      break;
    case DEM_CONDITION_WHERE:
    case DEM_CONDITION_LET:
      break;
    }
  }
  return DEM_OK;
}

/// What a conclusion that fits the goal says of the rule's variables. False when it cannot fit.
static bool bind_head(follower *f, const dem_conclusion *conclusion, const dem_goal *goal)
{
  dem_word *const head = f->head.items;
  for (uint32_t i = 0; i < f->rule->variable_count; ++i) {
    head[i] = DEM_ABSENT;
  }
  for (uint32_t i = 0; i < f->model->relations[conclusion->relation].field_count; ++i) {
    const dem_output *const output = &conclusion->outputs[i];
    if (!(goal->mask >> i & 1) || output->kind == DEM_OUTPUT_EXPRESSION) {
      continue;
    }
    if (output->kind == DEM_OUTPUT_WORD) {
      if (output->word != goal->words[i]) {
        return false;
      }
    } else if (head[output->variable] == DEM_ABSENT) {
      head[output->variable] = goal->words[i];
    } else if (head[output->variable] != goal->words[i]) {
      return false;
    }
  }
  return true;
}

static dem_status follow_goal(follower *f, dem_goal goal)
{
  for (uint32_t i = 0; i < f->model->rule_count; ++i) {
    f->rule = &f->model->rules[i];
    for (uint32_t j = 0; j < f->rule->conclusion_count; ++j) {
      const dem_conclusion *const conclusion = &f->rule->conclusions[j];
      if (conclusion->relation != goal.relation) {
        continue;
      }
      if (!dem_vector_reserve(&f->head, (size_t)f->rule->variable_count + 1)) {
        return DEM_ERR_NO_MEMORY;
      }
      if (bind_head(f, conclusion, &goal)) {
        DEM_TRY(follow_conditions(f, &f->rule->when));
      }
    }
  }
  return DEM_OK;
}

dem_status dem_influence_init(dem_influence *influence, dem_allocator allocator,
                              const dem_model *model, const dem_vector *goals)
{
  follower f = {.influence = influence, .model = model};
  *influence = (dem_influence){.model = model};
  dem_vector_init(&influence->goals, allocator, sizeof(dem_goal));
  dem_vector_init(&f.head, allocator, sizeof(dem_word));
  dem_status status = DEM_OK;
  for (size_t i = 0; i < goals->count && status == DEM_OK; ++i) {
    status = add_goal(influence, DEM_VECTOR_AT(goals, dem_goal, i));
  }
  for (size_t i = 0; i < influence->goals.count && status == DEM_OK; ++i) {
    status = follow_goal(&f, DEM_VECTOR_AT(&influence->goals, dem_goal, i));
  }
  dem_vector_clear(&f.head);
  return status;
}

void dem_influence_clear(dem_influence *influence)
{
  dem_vector_clear(&influence->goals);
}

bool dem_influence_has(const dem_influence *influence, uint32_t relation, const dem_word *row)
{
  for (size_t i = 0; i < influence->goals.count; ++i) {
    const dem_goal *const goal = &DEM_VECTOR_AT(&influence->goals, dem_goal, i);
    if (goal->relation == relation && dem_goal_fits(influence->model, goal, row)) {
      return true;
    }
  }
  return false;
}

bool dem_influence_has_relation(const dem_influence *influence, uint32_t relation)
{
  for (size_t i = 0; i < influence->goals.count; ++i) {
    if (DEM_VECTOR_AT(&influence->goals, dem_goal, i).relation == relation) {
      return true;
    }
  }
  return false;
}
