// SPDX-License-Identifier: Apache-2.0

// What rules name.
//
// Conditions nest as deep as a pack's limit lets them, so they may be walked by recursion.

#include "advise/mention.h"

/// What is looked for: a relation (key_of DEM_NONE), or a row of `key_of`.
typedef struct wanted {
  const dem_model *model;
  uint32_t relation;
  uint32_t key_of;
  dem_word key;
} wanted;

static bool is_reference(const wanted *w, uint32_t relation, uint32_t field)
{
  const dem_type *const type = &w->model->relations[relation].fields[field].type;
  const bool is_key = relation == w->key_of && field == w->model->relations[relation].key;
  return is_key || (type->kind == DEM_TYPE_REFERENCE && type->relation == w->key_of);
}

static bool is_in_term(const wanted *w, uint32_t relation, const dem_term *term)
{
  if (!is_reference(w, relation, term->field)) {
    return false;
  }
  for (uint32_t i = 0; i < term->test_count; ++i) {
    for (uint32_t j = 0; j < term->tests[i].word_count; ++j) {
      if (term->tests[i].words[j] == w->key) {
        return true;
      }
    }
  }
  return false;
}

static bool is_in_pattern(const wanted *w, const dem_pattern *pattern)
{
  if (w->key_of == DEM_NONE) {
    return pattern->relation == w->relation;
  }
  for (uint32_t i = 0; i < pattern->term_count; ++i) {
    if (is_in_term(w, pattern->relation, &pattern->terms[i])) {
      return true;
    }
  }
  return false;
}

static bool is_in_conditions(const wanted *w, const dem_conditions *conditions);

static bool is_in_condition(const wanted *w, const dem_condition *condition)
{
  switch (condition->kind) {
  case DEM_CONDITION_PATTERN:
    return is_in_pattern(w, &condition->pattern);
  case DEM_CONDITION_NOT:
    return is_in_conditions(w, &condition->negated);
  case DEM_CONDITION_ANY:
    for (uint32_t i = 0; i < condition->any.count; ++i) {
      if (is_in_conditions(w, &condition->any.branches[i])) {
        return true;
      }
    }
    return false;
  case DEM_CONDITION_AGGREGATE:
    return is_in_conditions(w, &condition->aggregate.over);
  case DEM_CONDITION_WHERE:
  case DEM_CONDITION_LET:
    return false;
  }
  return false;
}

static bool is_in_conditions(const wanted *w, const dem_conditions *conditions)
{
  for (uint32_t i = 0; i < conditions->count; ++i) {
    if (is_in_condition(w, &conditions->items[i])) {
      return true;
    }
  }
  return false;
}

static bool is_in_conclusion(const wanted *w, const dem_conclusion *conclusion)
{
  if (w->key_of == DEM_NONE) {
    return conclusion->relation == w->relation;
  }
  const uint32_t count = w->model->relations[conclusion->relation].field_count;
  for (uint32_t i = 0; i < count; ++i) {
    if (conclusion->outputs[i].kind == DEM_OUTPUT_WORD && conclusion->outputs[i].word == w->key &&
        is_reference(w, conclusion->relation, i)) {
      return true;
    }
  }
  return false;
}

static dem_mention find(const wanted *w, const dem_rule *rule)
{
  dem_mention mention = {.is_in_conditions = is_in_conditions(w, &rule->when)};
  for (uint32_t i = 0; i < rule->conclusion_count; ++i) {
    mention.is_in_conclusions =
        mention.is_in_conclusions || is_in_conclusion(w, &rule->conclusions[i]);
  }
  return mention;
}

dem_mention dem_mention_of_row(const dem_model *model, const dem_rule *rule, uint32_t relation,
                               dem_word key)
{
  return find(&(wanted){.model = model, .relation = DEM_NONE, .key_of = relation, .key = key},
              rule);
}

dem_mention dem_mention_of_relation(const dem_rule *rule, uint32_t relation)
{
  return find(&(wanted){.relation = relation, .key_of = DEM_NONE}, rule);
}
