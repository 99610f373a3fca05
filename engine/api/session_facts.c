// SPDX-License-Identifier: Apache-2.0

// A session's facts as bytes: which relations, in which order; the rest is
// render/facts_table.c.

#include <stdlib.h>

#include "api/handles.h"
#include "base/try.h"
#include "demarche/render.h"
#include "render/facts_table.h"

/// A relation with its name, to sort by.
typedef struct chosen_relation {
  dem_slice name;
  uint32_t relation;
} chosen_relation;

static int compare_chosen(const void *left, const void *right)
{
  const chosen_relation *const a = left;
  const chosen_relation *const b = right;
  return dem_slice_compare(a->name, b->name);
}

static bool add_chosen(dem_vector *chosen, const dem_model *model, uint32_t relation)
{
  const chosen_relation item = {dem_symbols_text(model->symbols, model->relations[relation].name),
                                relation};
  return dem_vector_add(chosen, &item);
}

static dem_status choose_named(const dem_model *model, const char *const *names, size_t count,
                               dem_vector *chosen, size_t *unknown_out)
{
  for (size_t i = 0; i < count; ++i) {
    const uint32_t relation = dem_model_find_relation(model, dem_slice_of(names[i]));
    if (relation == DEM_NONE || model->relations[relation].is_hidden) {
      if (unknown_out) {
        *unknown_out = i;
      }
      return DEM_ERR_NOT_FOUND;
    }
    if (!add_chosen(chosen, model, relation)) {
      return DEM_ERR_NO_MEMORY;
    }
  }
  return DEM_OK;
}

static bool is_concluded(const dem_rule *rule, uint32_t relation)
{
  for (uint32_t i = 0; i < rule->conclusion_count; ++i) {
    if (rule->conclusions[i].relation == relation) {
      return true;
    }
  }
  return false;
}

static bool is_derived(const dem_model *model, uint32_t relation)
{
  for (uint32_t i = 0; i < model->rule_count; ++i) {
    if (!model->rules[i].is_hidden && is_concluded(&model->rules[i], relation)) {
      return true;
    }
  }
  return false;
}

static dem_status choose_derived(const dem_model *model, dem_vector *chosen)
{
  for (uint32_t r = 0; r < model->relation_count; ++r) {
    if (!model->relations[r].is_hidden && is_derived(model, r) && !add_chosen(chosen, model, r)) {
      return DEM_ERR_NO_MEMORY;
    }
  }
  return DEM_OK;
}

static dem_status render_chosen(const dem_facts_view *view, const dem_vector *chosen,
                                const dem_facts_options *options, bool has_names, dem_sink *sink)
{
  for (size_t i = 0; i < chosen->count; ++i) {
    const uint32_t relation = DEM_VECTOR_AT(chosen, chosen_relation, i).relation;
    if (i > 0 && relation == DEM_VECTOR_AT(chosen, chosen_relation, i - 1).relation) {
      continue; // Named twice.
    }
    if (options->is_count) {
      DEM_TRY(dem_facts_table_count(view, relation, options->format, has_names, sink));
    } else {
      DEM_TRY(dem_facts_table_render(view, relation, options->format, has_names, sink));
    }
  }
  return dem_sink_flush(sink);
}

dem_status dem_session_render_facts(const dem_session *session, const char *const *relations,
                                    size_t count, const dem_facts_options *options,
                                    dem_write_function write, void *context, size_t *unknown_out)
{
  const dem_model *const model = &session->pack->model;
  const dem_facts_view view = {session->budget.source, model, session->facts, session->symbols};
  dem_vector chosen;
  dem_vector_init(&chosen, session->budget.source, sizeof(chosen_relation));
  dem_status status = count > 0 ? choose_named(model, relations, count, &chosen, unknown_out)
                                : choose_derived(model, &chosen);
  if (status == DEM_OK) {
    dem_sink sink;
    if (chosen.count > 1) {
      qsort(chosen.items, chosen.count, sizeof(chosen_relation), compare_chosen);
    }
    dem_sink_init(&sink, session->budget.source, write, context);
    status = render_chosen(&view, &chosen, options, count != 1, &sink);
    dem_sink_clear(&sink);
  }
  dem_vector_clear(&chosen);
  return status;
}
