// SPDX-License-Identifier: Apache-2.0

// Decides whether anything is open, and runs one model or two.

#include "advise/evaluation.h"

#include "base/try.h"

dem_status dem_evaluation_init(dem_evaluation *e, dem_allocator allocator,
                               const dem_program *program, dem_symbols *symbols)
{
  *e = (dem_evaluation){.allocator = allocator, .program = program, .symbols = symbols};
  e->certain = dem_program_facts(program, allocator, symbols);
  return e->certain ? DEM_OK : DEM_ERR_NO_MEMORY;
}

void dem_evaluation_clear(dem_evaluation *e)
{
  dem_facts_free(e->possible);
  dem_facts_free(e->certain);
  *e = (dem_evaluation){0};
}

void dem_evaluation_reset(dem_evaluation *e)
{
  dem_facts_reset(e->certain);
  if (e->possible) {
    dem_facts_reset(e->possible);
  }
  e->is_open = false;
}

// Which questions are open ----------------------------------------------------------------

/// Whether its `known` certainly fills the question in.
static bool is_filled_in(const dem_evaluation *e, const dem_question *question)
{
  const dem_model *const model = dem_program_model(e->program);
  const dem_word field = dem_word_of_symbol(question->field);
  return !dem_fact_is_none(dem_facts_find(e->certain, model->known, &field));
}

typedef enum openness {
  OPENNESS_NONE,
  OPENNESS_UNLESS_KNOWN, ///< All that are not answered have a `known`: a run of one model tells.
  OPENNESS_SOME,
} openness;

static openness estimate_openness(const dem_model *model, const dem_answers *answers)
{
  openness result = OPENNESS_NONE;
  for (uint32_t i = 0; i < model->question_count; ++i) {
    const dem_answer_state state = answers->items[i].state;
    if (state == DEM_ANSWER_GIVEN) {
      continue;
    }
    if (state == DEM_ANSWER_UNKNOWN || model->questions[i].known_rule == DEM_NONE) {
      return OPENNESS_SOME;
    }
    result = OPENNESS_UNLESS_KNOWN;
  }
  return result;
}

bool dem_evaluation_is_open(const dem_evaluation *e, const dem_answers *answers, uint32_t question)
{
  const dem_question *const q = &dem_program_model(e->program)->questions[question];
  const dem_answer_state state = answers->items[question].state;
  return state == DEM_ANSWER_UNKNOWN || (state == DEM_ANSWER_MISSING && !is_filled_in(e, q));
}

static bool is_any_open(const dem_evaluation *e, const dem_answers *answers)
{
  bool is_open = false;
  for (uint32_t i = 0; i < dem_program_model(e->program)->question_count; ++i) {
    is_open = is_open || dem_evaluation_is_open(e, answers, i);
  }
  return is_open;
}

// Running -------------------------------------------------------------------------------

/// Whether a question is open hangs on what is known, which the run itself finds out: so each that
/// may be is marked, and its rule looks whether it is known.
static dem_status mark_open(const dem_evaluation *e, const dem_answers *answers)
{
  const dem_model *const model = dem_program_model(e->program);
  for (uint32_t i = 0; i < model->question_count; ++i) {
    const dem_word field = dem_word_of_symbol(model->questions[i].field);
    if (answers->items[i].state != DEM_ANSWER_GIVEN) {
      DEM_TRY(dem_facts_add_given(e->possible, model->open, &field, i));
    }
  }
  return DEM_OK;
}

static dem_status run_both(dem_evaluation *e, const dem_answers *answers, const dem_limits *limits,
                           dem_diagnostics *diagnostics)
{
  if (!e->possible) {
    e->possible = dem_program_possible(e->program, e->allocator, e->symbols);
    DEM_TRY_MEMORY(e->possible);
  }
  DEM_TRY(dem_answers_give(answers, e->possible));
  DEM_TRY(mark_open(e, answers));
  e->is_open = true;
  return dem_program_run_open(e->program, e->certain, e->possible, limits, diagnostics);
}

dem_status dem_evaluation_give(dem_evaluation *e, const dem_answers *answers)
{
  return dem_answers_give(answers, e->certain);
}

dem_status dem_evaluation_run(dem_evaluation *e, const dem_answers *answers,
                              const dem_limits *limits, dem_diagnostics *diagnostics)
{
  const openness open = estimate_openness(dem_program_model(e->program), answers);
  if (open != OPENNESS_SOME) {
    const dem_status status = dem_program_run(e->program, e->certain, limits, diagnostics);
    if (status != DEM_OK || open == OPENNESS_NONE || !is_any_open(e, answers)) {
      return status;
    }
    dem_facts_reset(e->certain);
    DEM_TRY(dem_answers_give(answers, e->certain));
  }
  return run_both(e, answers, limits, diagnostics);
}

dem_fact dem_evaluation_find_certain(const dem_evaluation *e, dem_fact possible)
{
  if (!e->is_open || !(possible.row & DEM_SESSION_ROW)) {
    return possible;
  }
  return dem_facts_find(e->certain, possible.relation, dem_facts_row(e->possible, possible));
}

bool dem_evaluation_is_uncertain(const dem_evaluation *e, dem_fact possible)
{
  return possible.row & DEM_SESSION_ROW &&
         dem_fact_is_none(dem_evaluation_find_certain(e, possible));
}
