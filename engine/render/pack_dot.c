// SPDX-License-Identifier: Apache-2.0

// A pack's relations and rules as a graph: facts flow downwards, from what is given, through the
// rules of one stratum after the other, to what advice shows.
//
//   relation → rule      solid: a condition; dashed: a `not`; dotted: an aggregate
//   rule → relation      a conclusion

#include "render/pack_dot.h"

#include "render/dot_writer.h"

enum { LABEL_WIDTH = 28 };

static dem_slice name_of(const dem_plan *plan, dem_symbol symbol)
{
  return dem_symbols_text(plan->model->symbols, symbol);
}

static bool concludes(const dem_rule *rule, uint32_t relation)
{
  for (uint32_t i = 0; i < rule->conclusion_count; ++i) {
    if (rule->conclusions[i].relation == relation) {
      return true;
    }
  }
  return false;
}

/// The stratum in which rules of the pack derive a relation; DEM_NONE where they do not: what the
/// questionnaire's own rules fill in counts as given.
static uint32_t stratum_of(const dem_plan *plan, uint32_t relation)
{
  for (uint32_t i = 0; i < plan->model->rule_count; ++i) {
    if (!plan->model->rules[i].is_hidden && concludes(&plan->model->rules[i], relation)) {
      return plan->stratum_of[relation];
    }
  }
  return DEM_NONE;
}

/// Whether any relation of a stratum is drawn in it.
static bool is_drawn(const dem_plan *plan, uint32_t stratum)
{
  for (uint32_t i = 0; i < plan->model->relation_count; ++i) {
    if (!plan->model->relations[i].is_hidden && stratum_of(plan, i) == stratum) {
      return true;
    }
  }
  return false;
}

// Relations -----------------------------------------------------------------------------

static void add_relation(const dem_plan *plan, uint32_t relation, const char *indent,
                         dem_buffer *out)
{
  const dem_relation *const r = &plan->model->relations[relation];
  const char *const style =
      r->shows_as != DEM_SHOWS_NOTHING         ? ", style=\"filled,bold\", fillcolor=\"#e6f4e6\""
      : stratum_of(plan, relation) == DEM_NONE ? ", style=filled, fillcolor=\"#f5f5f5\""
                                               : ", style=filled, fillcolor=\"#ffffff\"";
  dem_buffer_add_format(out, "%sr%u [shape=ellipse%s, label=\"", indent, (unsigned)relation, style);
  dem_dot_lines(out, name_of(plan, r->name), 0);
  dem_buffer_add_text(out, "\"");
  if (r->about.size) {
    dem_buffer_add_text(out, ", tooltip=");
    dem_dot_string(out, r->about);
  }
  dem_buffer_add_text(out, "];\n");
}

/// Relations of one stratum; DEM_NONE: those that no rule concludes.
static void add_relations(const dem_plan *plan, uint32_t stratum, bool is_answered, dem_buffer *out)
{
  for (uint32_t i = 0; i < plan->model->relation_count; ++i) {
    const dem_relation *const r = &plan->model->relations[i];
    const bool is_here =
        stratum_of(plan, i) == stratum && (stratum != DEM_NONE || r->is_answered == is_answered);
    if (!r->is_hidden && is_here) {
      add_relation(plan, i, "    ", out);
    }
  }
}

// Rules ---------------------------------------------------------------------------------

/// The stratum of a rule in force; DEM_NONE for one that is not.
static uint32_t stratum_of_rule(const dem_plan *plan, uint32_t rule)
{
  for (uint32_t i = 0; i < plan->body_count; ++i) {
    if (plan->bodies[i].rule == rule) {
      return plan->body_stratum[i];
    }
  }
  return DEM_NONE;
}

static void add_rule(const dem_plan *plan, uint32_t rule, dem_buffer *out)
{
  const dem_rule *const r = &plan->model->rules[rule];
  dem_buffer_add_format(out, "      u%u [shape=box, style=filled, fillcolor=\"#eef3fb\", label=\"",
                        (unsigned)rule);
  dem_dot_lines(out, name_of(plan, r->id), LABEL_WIDTH);
  dem_buffer_add_format(out, "\", tooltip=");
  dem_dot_string(out, r->title);
  dem_buffer_add_text(out, "];\n");
}

static bool is_first_of_file(const dem_plan *plan, uint32_t stratum, uint32_t rule)
{
  const uint32_t file = plan->model->rules[rule].place.file.index;
  for (uint32_t i = 0; i < rule; ++i) {
    const dem_rule *const r = &plan->model->rules[i];
    if (!r->is_hidden && r->place.file.index == file && stratum_of_rule(plan, i) == stratum) {
      return false;
    }
  }
  return true;
}

/// The rules of a stratum, a cluster a file. Files stand in the order of their first rules' ids.
static void add_rules(const dem_plan *plan, uint32_t stratum, dem_buffer *out)
{
  const dem_model *const model = plan->model;
  for (uint32_t i = 0; i < model->rule_count; ++i) {
    const dem_rule *const first = &model->rules[i];
    if (first->is_hidden || stratum_of_rule(plan, i) != stratum ||
        !is_first_of_file(plan, stratum, i)) {
      continue;
    }
    dem_buffer_add_format(out, "    subgraph cluster_s%u_f%u {\n      style=dashed;\n      label=",
                          (unsigned)stratum, (unsigned)i);
    dem_dot_string(out, dem_files_name(&model->files, first->place.file));
    dem_buffer_add_text(out, ";\n");
    for (uint32_t j = i; j < model->rule_count; ++j) {
      const dem_rule *const r = &model->rules[j];
      if (!r->is_hidden && r->place.file.index == first->place.file.index &&
          stratum_of_rule(plan, j) == stratum) {
        add_rule(plan, j, out);
      }
    }
    dem_buffer_add_text(out, "    }\n");
  }
}

// Edges ---------------------------------------------------------------------------------

/// Whether an earlier pattern of the same list is of the same relation: one edge is enough.
static bool is_repeated(const dem_conditions *conditions, uint32_t index)
{
  const dem_condition *const c = &conditions->items[index];
  for (uint32_t i = 0; i < index; ++i) {
    if (conditions->items[i].kind == DEM_CONDITION_PATTERN &&
        conditions->items[i].pattern.relation == c->pattern.relation) {
      return true;
    }
  }
  return false;
}

/// As deep as the reader lets conditions nest.
static void add_conditions(const dem_plan *plan, uint32_t rule, const dem_conditions *conditions,
                           const char *style, dem_buffer *out)
{
  for (uint32_t i = 0; i < conditions->count; ++i) {
    const dem_condition *const c = &conditions->items[i];
    switch (c->kind) {
    case DEM_CONDITION_PATTERN:
      if (!plan->model->relations[c->pattern.relation].is_hidden && !is_repeated(conditions, i)) {
        dem_buffer_add_format(out, "  r%u -> u%u%s;\n", (unsigned)c->pattern.relation,
                              (unsigned)rule, style);
      }
      break;
    case DEM_CONDITION_NOT:
      add_conditions(plan, rule, &c->negated, " [style=dashed, color=\"#b03030\"]", out);
      break;
    case DEM_CONDITION_ANY:
      for (uint32_t j = 0; j < c->any.count; ++j) {
        add_conditions(plan, rule, &c->any.branches[j], style, out);
      }
      break;
    case DEM_CONDITION_AGGREGATE:
      add_conditions(plan, rule, &c->aggregate.over, " [style=dotted, color=\"#3050b0\"]", out);
      break;
    case DEM_CONDITION_WHERE:
    case DEM_CONDITION_LET:
      break;
    }
  }
}

static void add_edges(const dem_plan *plan, uint32_t rule, dem_buffer *out)
{
  const dem_rule *const r = &plan->model->rules[rule];
  add_conditions(plan, rule, &r->when, "", out);
  for (uint32_t i = 0; i < r->conclusion_count; ++i) {
    dem_buffer_add_format(out, "  u%u -> r%u;\n", (unsigned)rule,
                          (unsigned)r->conclusions[i].relation);
  }
}

// The whole -----------------------------------------------------------------------------

static void add_given(const dem_plan *plan, dem_buffer *out)
{
  static const char *const labels[] = {"Facts on record", "Answers of the profile"};
  for (int i = 0; i < 2; ++i) {
    dem_buffer_add_format(out, "  subgraph cluster_given%d {\n    label=\"%s\";\n", i, labels[i]);
    add_relations(plan, DEM_NONE, i == 1, out);
    dem_buffer_add_text(out, "  }\n");
  }
}

void dem_pack_dot(const dem_plan *plan, dem_buffer *out)
{
  dem_buffer_add_text(out, "digraph pack {\n  label=");
  dem_dot_string(out,
                 plan->model->title.size ? plan->model->title : name_of(plan, plan->model->name));
  dem_buffer_add_text(out, ";\n  labelloc=t;\n  rankdir=TB;\n"
                           "  node [fontname=\"sans-serif\", fontsize=10];\n"
                           "  edge [color=\"#555555\"];\n");
  add_given(plan, out);
  unsigned number = 0; // Strata of the questionnaire's own rules are not counted.
  for (uint32_t i = 0; i < plan->stratum_count; ++i) {
    if (!is_drawn(plan, i)) {
      continue;
    }
    dem_buffer_add_format(out, "  subgraph cluster_s%u {\n    label=\"Stratum %u%s\";\n",
                          (unsigned)i, ++number, plan->strata[i].is_recursive ? ", recursive" : "");
    add_rules(plan, i, out);
    add_relations(plan, i, false, out);
    dem_buffer_add_text(out, "  }\n");
  }
  for (uint32_t i = 0; i < plan->model->rule_count; ++i) {
    if (!plan->model->rules[i].is_hidden && stratum_of_rule(plan, i) != DEM_NONE) {
      add_edges(plan, i, out);
    }
  }
  dem_buffer_add_text(out, "}\n");
}
