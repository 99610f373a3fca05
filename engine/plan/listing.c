// SPDX-License-Identifier: Apache-2.0

// A plan as text, for people: strata, joins and the indexes they use.

#include "plan/listing.h"

typedef struct listing {
  const dem_plan *plan;
  const dem_phase *phase;
  const dem_rule *rule; ///< Whose join is being listed.
  dem_buffer *out;
} listing;

static void add_symbol(listing *l, dem_symbol symbol)
{
  dem_buffer_add(l->out, dem_symbols_text(l->plan->model->symbols, symbol));
}

static void add_relation(listing *l, uint32_t relation)
{
  add_symbol(l, l->plan->model->relations[relation].name);
}

static void add_field(listing *l, uint32_t relation, uint32_t column)
{
  add_symbol(l, l->plan->model->relations[relation].fields[column].name);
}

static void add_word(listing *l, dem_storage storage, dem_word word)
{
  switch (storage) {
  case DEM_STORAGE_STRING:
    add_symbol(l, dem_word_symbol(word));
    break;
  case DEM_STORAGE_NUMBER:
    dem_buffer_add_number(l->out, dem_word_number(word));
    break;
  case DEM_STORAGE_BOOLEAN:
    dem_buffer_add_text(l->out, word ? "true" : "false");
    break;
  case DEM_STORAGE_INTEGER:
  case DEM_STORAGE_DATE:
    dem_buffer_add_integer(l->out, dem_word_integer(word));
    break;
  }
}

static void add_variable(listing *l, uint32_t variable)
{
  add_symbol(l, l->rule->variables[variable].name);
}

static void add_key(listing *l, const dem_step *step)
{
  const dem_field *const fields = l->plan->model->relations[step->relation].fields;
  for (uint32_t i = 0; i < step->key_count; ++i) {
    const dem_key_part *const part = &step->key[i];
    dem_buffer_add_text(l->out, i ? ", " : " by ");
    add_field(l, step->relation, part->column);
    dem_buffer_add_text(l->out, " = ");
    if (part->variable == DEM_NONE) {
      add_word(l, fields[part->column].type.storage, part->word);
    } else {
      add_variable(l, part->variable);
    }
  }
}

/// Which of a relation's rows a step reads. While the pack is compiled there are only its own.
static const char *rows_name(const listing *l, uint32_t rows)
{
  switch (rows) {
  case DEM_ROWS_BASE:
    return "the kb's ";
  case DEM_ROWS_DELTA:
    return "the new ";
  case DEM_ROWS_OLD:
    return "the old ";
  case DEM_ROWS_SEEN:
    return "all but the new ";
  default:
    return rows == DEM_ROWS_SESSION && l->phase == &l->plan->session ? "the session's " : "";
  }
}

static void add_pattern_step(listing *l, const dem_step *step)
{
  const char *const verb = step->kind == DEM_STEP_SCAN     ? "scan "
                           : step->kind == DEM_STEP_LOOKUP ? "look up "
                                                           : "find ";
  dem_buffer_add_text(l->out, verb);
  dem_buffer_add_text(l->out, rows_name(l, step->rows));
  add_relation(l, step->relation);
  add_key(l, step);
  const char *before = ", binding ";
  for (uint32_t i = 0; i < step->action_count; ++i) {
    if (step->actions[i].kind == DEM_COLUMN_BIND) {
      dem_buffer_add_text(l->out, before);
      add_variable(l, step->actions[i].variable);
      before = ", ";
    }
  }
  before = ", testing ";
  for (uint32_t i = 0; i < step->action_count; ++i) {
    if (step->actions[i].kind != DEM_COLUMN_BIND) {
      dem_buffer_add_text(l->out, before);
      add_field(l, step->relation, step->actions[i].column);
      before = ", ";
    }
  }
}

static void indent(listing *l, int depth)
{
  for (int i = 0; i < depth; ++i) {
    dem_buffer_add_text(l->out, "  ");
  }
}

static void add_steps(listing *l, const dem_steps *steps, int depth);

static void add_inner(listing *l, const dem_step *step, int depth)
{
  for (uint32_t i = 0; i < step->inner.count; ++i) {
    add_steps(l, &step->inner.items[i], depth + 1);
  }
}

static void add_step(listing *l, const dem_step *step, int depth)
{
  indent(l, depth);
  switch (step->kind) {
  case DEM_STEP_SCAN:
  case DEM_STEP_LOOKUP:
  case DEM_STEP_FIND:
    add_pattern_step(l, step);
    break;
  case DEM_STEP_GUARD:
    dem_buffer_add_text(l->out, "guard");
    break;
  case DEM_STEP_LET:
    dem_buffer_add_text(l->out, "let ");
    add_variable(l, step->variable);
    break;
  case DEM_STEP_NOT:
    dem_buffer_add_text(l->out, "not");
    break;
  case DEM_STEP_AGGREGATE:
    dem_buffer_add_text(l->out, "aggregate into ");
    add_variable(l, step->variable);
    break;
  case DEM_STEP_FINISH:
    break;
  }
  dem_buffer_add_char(l->out, '\n');
  add_inner(l, step, depth);
}

static void add_steps(listing *l, const dem_steps *steps, int depth)
{
  for (uint32_t i = 0; i < steps->count; ++i) {
    if (steps->items[i].kind != DEM_STEP_FINISH) {
      add_step(l, &steps->items[i], depth);
    }
  }
}

static void add_gates(listing *l, const dem_join *join)
{
  for (uint32_t i = 0; i < join->gate_count; ++i) {
    const dem_gate *const gate = &join->gates[i];
    dem_buffer_add_text(l->out, i == 0 ? ", woken by " : " and ");
    dem_buffer_add_text(l->out, gate->is_negative ? "no " : "");
    add_relation(l, l->phase->propositions.items[gate->proposition].relation);
    dem_buffer_add_format(l->out, " (proposition %u)", (unsigned)gate->proposition);
  }
}

static void add_join(listing *l, const dem_join *join)
{
  l->rule = &l->plan->model->rules[l->plan->bodies[join->body].rule];
  dem_buffer_add_text(l->out, "  rule ");
  add_symbol(l, l->rule->id);
  add_gates(l, join);
  dem_buffer_add_char(l->out, '\n');
  add_steps(l, &join->steps, 2);
}

static void add_phase(listing *l, uint32_t stratum)
{
  for (uint32_t i = 0; i < l->phase->join_count; ++i) {
    if (l->plan->body_stratum[l->phase->joins[i].body] == stratum) {
      add_join(l, &l->phase->joins[i]);
    }
  }
}

static void add_stratum(listing *l, uint32_t number)
{
  const dem_stratum *const stratum = &l->plan->strata[number];
  dem_buffer_add_format(l->out, "stratum %u%s:", (unsigned)number + 1,
                        stratum->is_recursive ? " (recursive)" : "");
  for (uint32_t i = 0; i < stratum->relation_count; ++i) {
    dem_buffer_add_char(l->out, ' ');
    add_relation(l, stratum->relations[i]);
  }
  dem_buffer_add_char(l->out, '\n');
  add_phase(l, number);
}

static void add_indexes(listing *l)
{
  for (uint32_t i = 0; i < l->plan->model->relation_count; ++i) {
    const dem_index_list *const list = &l->phase->indexes[i];
    for (uint32_t j = 0; j < list->count; ++j) {
      dem_buffer_add_text(l->out, "index ");
      add_relation(l, i);
      const char *before = " on ";
      for (uint64_t rest = list->columns[j]; rest; rest &= rest - 1) {
        dem_buffer_add_text(l->out, before);
        add_field(l, i, (uint32_t)__builtin_ctzll(rest));
        before = ", ";
      }
      dem_buffer_add_char(l->out, '\n');
    }
  }
}

void dem_plan_list(const dem_plan *plan, dem_buffer *out)
{
  const struct {
    const char *title;
    const dem_phase *phase;
  } phases[] = {{"When the pack is compiled", &plan->kb}, {"In each session", &plan->session}};
  for (size_t i = 0; i < sizeof phases / sizeof *phases; ++i) {
    listing l = {.plan = plan, .phase = phases[i].phase, .out = out};
    dem_buffer_add_format(out, "%s%s\n\n", i ? "\n" : "", phases[i].title);
    for (uint32_t j = 0; j < plan->stratum_count; ++j) {
      add_stratum(&l, j);
    }
    add_indexes(&l);
  }
}
