// SPDX-License-Identifier: Apache-2.0

// Justifications → the public proof.
//
// Steps are filled in one after the other, and what a step rests on is put behind them: a list, not
// the C stack, so that a chain of any length can be told.

#include "advise/proof.h"

#include <stdlib.h>

#include "base/try.h"
#include "lang/scalar.h"

dem_status dem_prover_init(dem_prover *prover, const dem_advice_input *input, dem_arena *arena)
{
  *prover = (dem_prover){
      .in = input, .model = dem_program_model(input->program), .arena = arena, .done = 0};
  dem_bibliography_init(&prover->sources, input->allocator);
  dem_vector_init(&prover->steps, input->allocator, sizeof(dem_proof_step));
  dem_vector_init(&prover->facts, input->allocator, sizeof(dem_proved));
  dem_vector_init(&prover->known_steps, input->allocator, sizeof(size_t));
  dem_vector_init(&prover->support, input->allocator, sizeof(dem_fact));
  dem_wording_init(&prover->words, input->allocator, input->program, input->names, input->symbols,
                   input->evaluation->certain, arena);
  DEM_TRY(dem_table_init(&prover->known, input->allocator, 3, false, NULL, 0));
  return dem_wording_reset(&prover->words);
}

void dem_prover_clear(dem_prover *prover)
{
  dem_table_clear(&prover->known);
  dem_vector_clear(&prover->support);
  dem_vector_clear(&prover->known_steps);
  dem_vector_clear(&prover->facts);
  dem_vector_clear(&prover->steps);
  dem_bibliography_clear(&prover->sources);
  dem_wording_clear(&prover->words);
}

// Values --------------------------------------------------------------------------------

static dem_value_form form_of(dem_storage storage)
{
  switch (storage) {
  case DEM_STORAGE_INTEGER:
  case DEM_STORAGE_NUMBER:
    return DEM_VALUE_NUMBER;
  case DEM_STORAGE_BOOLEAN:
    return DEM_VALUE_BOOLEAN;
  case DEM_STORAGE_STRING:
  case DEM_STORAGE_DATE:
    break;
  }
  return DEM_VALUE_TEXT;
}

static dem_status name_value(dem_prover *p, dem_symbol name, const dem_type *type, dem_word word,
                             dem_named_value *out)
{
  *out = (dem_named_value){.name = dem_wording_of(dem_symbols_text(p->model->symbols, name)),
                           .value = dem_wording_key(&p->words, type, word),
                           .label = dem_wording_label(&p->words, type, word),
                           .form = form_of(type->storage)};
  return out->value && out->label ? DEM_OK : DEM_ERR_NO_MEMORY;
}

dem_status dem_prover_describe(dem_prover *p, dem_fact fact, dem_fact_text *out)
{
  const dem_relation *const r = &p->model->relations[fact.relation];
  const dem_word *const row = dem_facts_row(p->words.facts, fact);
  dem_named_value *const fields = DEM_ARENA_ARRAY(p->arena, dem_named_value, r->field_count);
  DEM_TRY_MEMORY(fields);
  size_t count = 0;
  for (uint32_t i = 0; i < r->field_count; ++i) {
    if (row[i] != DEM_ABSENT) {
      DEM_TRY(name_value(p, r->fields[i].name, &r->fields[i].type, row[i], &fields[count++]));
    }
  }
  dem_phrase_fact(&p->words, fact.relation, row);
  *out = (dem_fact_text){.relation = dem_wording_of(dem_symbols_text(p->model->symbols, r->name)),
                         .text = dem_wording_keep(&p->words),
                         .field_count = count,
                         .fields = fields};
  return out->text ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static void take_place(const dem_prover *p, dem_place place, const char **file, uint32_t *line)
{
  const bool has_place = !dem_place_is_none(place);
  *file = has_place ? dem_wording_of(dem_files_name(&p->model->files, place.file)) : "";
  *line = has_place ? place.line : 0;
}

// Citations -----------------------------------------------------------------------------

dem_status dem_prover_cite(dem_prover *p, const dem_citation *citations, uint32_t count,
                           int64_t as_of, const size_t **numbers_out)
{
  dem_vector cited;
  dem_vector_init(&cited, p->in->allocator, sizeof(dem_cited));
  dem_status status = DEM_OK;
  for (uint32_t i = 0; i < count && status == DEM_OK; ++i) {
    const dem_cited one = {citations[i], as_of};
    status = dem_vector_add(&cited, &one) ? DEM_OK : DEM_ERR_NO_MEMORY;
  }
  size_t *numbers = NULL;
  if (status == DEM_OK) {
    status = dem_bibliography_add(&p->sources, &cited, p->arena, &numbers);
  }
  dem_vector_clear(&cited);
  *numbers_out = numbers;
  return status;
}

// Records and answers -------------------------------------------------------------------

static dem_status take_record(dem_prover *p, const dem_given *given, dem_proof_record *out)
{
  *out = (dem_proof_record){.as_of = "", .from = "", .until = ""};
  take_place(p, given->place, &out->file, &out->line);
  if (given->as_of != INT64_MIN) {
    out->as_of = dem_wording_day(&p->words, given->as_of);
  }
  if (given->from != INT64_MIN) {
    out->from = dem_wording_day(&p->words, given->from);
  }
  if (given->until != INT64_MAX) {
    out->until = dem_wording_day(&p->words, given->until);
  }
  return out->as_of && out->from && out->until ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static int64_t checked_on(const dem_given *given)
{
  return given->as_of == INT64_MIN ? INT64_MAX : given->as_of;
}

/// What all records of one row cite, each once.
static dem_status cite_records(dem_prover *p, const uint32_t *givens, uint32_t count,
                               dem_proof_step *step)
{
  dem_vector cited;
  dem_vector_init(&cited, p->in->allocator, sizeof(dem_cited));
  dem_status status = DEM_OK;
  for (uint32_t i = 0; i < count && status == DEM_OK; ++i) {
    const dem_given *const given = &DEM_VECTOR_AT(&p->model->givens, dem_given, givens[i]);
    for (uint32_t j = 0; j < given->citation_count && status == DEM_OK; ++j) {
      const dem_cited one = {given->citations[j], checked_on(given)};
      bool is_known = false;
      for (size_t k = 0; k < cited.count; ++k) {
        const dem_citation *const known = &DEM_VECTOR_AT(&cited, dem_cited, k).citation;
        is_known = is_known ||
                   (known->source == one.citation.source && known->section == one.citation.section);
      }
      status = is_known || dem_vector_add(&cited, &one) ? DEM_OK : DEM_ERR_NO_MEMORY;
    }
  }
  size_t *numbers = NULL;
  if (status == DEM_OK) {
    status = dem_bibliography_add(&p->sources, &cited, p->arena, &numbers);
  }
  step->citations = numbers;
  step->citation_count = cited.count;
  dem_vector_clear(&cited);
  return status;
}

static dem_status fill_record(dem_prover *p, dem_fact fact, dem_proof_step *step)
{
  uint32_t count = 0;
  const uint32_t *const givens = dem_facts_givens(p->words.facts, fact, &count);
  dem_proof_record *const records = DEM_ARENA_ARRAY(p->arena, dem_proof_record, count);
  DEM_TRY_MEMORY(records);
  for (uint32_t i = 0; i < count; ++i) {
    const dem_given *const given = &DEM_VECTOR_AT(&p->model->givens, dem_given, givens[i]);
    DEM_TRY(take_record(p, given, &records[i]));
  }
  step->origin = DEM_PROOF_RECORD;
  step->records = records;
  step->record_count = count;
  step->text = step->fact.text;
  return cite_records(p, givens, count, step);
}

static void name_question(dem_prover *p, uint32_t question, dem_proof_step *step)
{
  const dem_question *const q = &p->model->questions[question];
  step->field = dem_wording_of(dem_symbols_text(p->model->symbols, q->field));
  step->ask = dem_wording_ask(&p->words, question);
}

/// The answer that a fact stands for: the column that holds it, else all that was answered.
static void add_answer(dem_prover *p, const dem_question *q, uint32_t question, dem_fact fact)
{
  const dem_word *const row = dem_facts_row(p->words.facts, fact);
  for (uint32_t i = 0; i < q->gives_count; ++i) {
    const dem_conclusion *const c = &q->gives[i];
    for (uint32_t j = 0;
         c->relation == fact.relation && j < p->model->relations[c->relation].field_count; ++j) {
      if (c->outputs[j].kind == DEM_OUTPUT_VARIABLE) {
        dem_wording_add_label(&p->words, &q->type, row[j]);
        return;
      }
    }
  }
  const dem_answer *const answer = &p->in->answers->items[question];
  for (uint32_t i = 0; i < answer->count; ++i) {
    dem_buffer_add_text(&p->words.text,
                        i > 0 ? dem_saying_plain(p->in->names->language, DEM_SAY_SEMICOLON) : "");
    dem_wording_add_label(&p->words, &q->type,
                          DEM_VECTOR_AT(&p->in->answers->values, dem_word, answer->first + i));
  }
}

static dem_status fill_answer(dem_prover *p, dem_fact fact, uint32_t question, dem_proof_step *step)
{
  const dem_question *const q = &p->model->questions[question];
  step->origin = DEM_PROOF_ANSWER;
  name_question(p, question, step);
  dem_buffer_add_text(&p->words.text, step->ask);
  dem_buffer_add_char(&p->words.text, ' ');
  add_answer(p, q, question, fact);
  step->text = dem_wording_keep(&p->words);
  return step->text ? DEM_OK : DEM_ERR_NO_MEMORY;
}

// Rules -----------------------------------------------------------------------------------

static dem_status add_proved(dem_prover *p, dem_proved proved, size_t *step_out)
{
  const dem_fact fact = proved.fact;
  const dem_word name[] = {fact.relation, fact.row, proved.is_certain};
  bool is_new = false;
  const uint32_t row = dem_table_put(&p->known, name, &is_new);
  if (row == DEM_NONE) {
    return DEM_ERR_NO_MEMORY;
  }
  if (is_new) {
    const dem_proof_step step = {.handle = {fact.relation, fact.row}};
    const size_t number = p->steps.count;
    if (!dem_vector_add(&p->known_steps, &number) || !dem_vector_add(&p->facts, &proved) ||
        !dem_vector_add(&p->steps, &step)) {
      return DEM_ERR_NO_MEMORY;
    }
  }
  *step_out = DEM_VECTOR_AT(&p->known_steps, size_t, row);
  ++DEM_VECTOR_AT(&p->steps, dem_proof_step, *step_out).use_count;
  return DEM_OK;
}

/// A fact of the model at hand. What a possible fact rests on may be certain.
static dem_status add_fact(dem_prover *p, dem_fact fact, size_t *step_out)
{
  const dem_evaluation *const e = p->in->evaluation;
  dem_proved proved = {fact, true};
  if (p->words.facts != e->certain) {
    const dem_fact certain = dem_evaluation_find_certain(e, fact);
    proved.is_certain = !dem_fact_is_none(certain);
    proved.fact = proved.is_certain ? certain : fact;
  }
  return add_proved(p, proved, step_out);
}

static bool stands_before(const dem_files *files, const dem_condition *a, const dem_condition *b)
{
  return dem_place_compare(files, a->place, b->place) < 0;
}

/// The body's patterns as positions, in the order in which the rule tells them.
static void order_patterns(const dem_prover *p, const dem_body *body, uint32_t *order)
{
  for (uint32_t i = 0; i < body->pattern_count; ++i) {
    uint32_t j = i;
    while (j > 0 &&
           stands_before(&p->model->files, body->patterns[i], body->patterns[order[j - 1]])) {
      order[j] = order[j - 1];
      --j;
    }
    order[j] = i;
  }
}

static dem_status fill_premises(dem_prover *p, const dem_body *body, const dem_justification *why,
                                dem_proof_step *step)
{
  uint32_t *const order = DEM_ARENA_ARRAY(p->arena, uint32_t, body->pattern_count);
  size_t *const premises = DEM_ARENA_ARRAY(p->arena, size_t, body->pattern_count);
  DEM_TRY_MEMORY(order);
  DEM_TRY_MEMORY(premises);
  order_patterns(p, body, order);
  for (uint32_t i = 0; i < body->pattern_count; ++i) {
    DEM_TRY(add_fact(p, dem_justification_fact(why, order[i]), &premises[i]));
  }
  step->premises = premises;
  step->premise_count = body->pattern_count;
  return DEM_OK;
}

/// What the support holds beyond the patterns' facts is what the aggregates ran over.
static dem_status fill_counted(dem_prover *p, dem_fact fact, const dem_justification *why,
                               dem_proof_step *step)
{
  dem_vector_reset(&p->support);
  DEM_TRY(dem_program_support(p->in->program, p->words.facts, fact, &p->support));
  size_t *const counted = DEM_ARENA_ARRAY(p->arena, size_t, p->support.count);
  DEM_TRY_MEMORY(counted);
  size_t count = 0;
  for (size_t i = 0; i < p->support.count; ++i) {
    const dem_fact below = DEM_VECTOR_AT(&p->support, dem_fact, i);
    bool is_premise = false;
    for (uint32_t j = 0; j < why->fact_count; ++j) {
      const dem_fact premise = dem_justification_fact(why, j);
      is_premise = is_premise || (premise.relation == below.relation && premise.row == below.row);
    }
    if (!is_premise) {
      DEM_TRY(add_fact(p, below, &counted[count++]));
    }
  }
  step->counted = counted;
  step->counted_count = count;
  return DEM_OK;
}

static dem_check_kind kind_of(const dem_condition *condition)
{
  return condition->kind == DEM_CONDITION_NOT     ? DEM_CHECK_ABSENCE
         : condition->kind == DEM_CONDITION_WHERE ? DEM_CHECK_COMPARISON
                                                  : DEM_CHECK_VALUE;
}

static dem_status fill_checks(dem_prover *p, const dem_rule *rule, const dem_body *body,
                              dem_proof_step *step)
{
  dem_proof_check *const checks = DEM_ARENA_ARRAY(p->arena, dem_proof_check, body->other_count);
  DEM_TRY_MEMORY(checks);
  const dem_phrase_binding binding = {.rule = rule, .values = p->words.values};
  for (uint32_t i = 0; i < body->other_count; ++i) {
    const dem_condition *const condition = body->others[i];
    dem_phrase_condition(&p->words, &binding, condition);
    checks[i] = (dem_proof_check){kind_of(condition), dem_wording_keep(&p->words), "", 0};
    DEM_TRY_MEMORY(checks[i].text);
    take_place(p, condition->place, &checks[i].file, &checks[i].line);
  }
  step->checks = checks;
  step->check_count = body->other_count;
  return DEM_OK;
}

static void mark_bound(const dem_body *body, bool *is_bound)
{
  for (uint32_t i = 0; i < body->pattern_count; ++i) {
    const dem_pattern *const pattern = &body->patterns[i]->pattern;
    for (uint32_t j = 0; j < pattern->term_count; ++j) {
      if (pattern->terms[j].variable != DEM_NONE) {
        is_bound[pattern->terms[j].variable] = true;
      }
    }
  }
  for (uint32_t i = 0; i < body->other_count; ++i) {
    const dem_condition *const condition = body->others[i];
    if (condition->kind == DEM_CONDITION_LET) {
      is_bound[condition->let.variable] = true;
    } else if (condition->kind == DEM_CONDITION_AGGREGATE) {
      is_bound[condition->aggregate.result] = true;
    }
  }
}

/// The values of the rule's variables; none for those that are an aggregate's own, whatever it
/// looked at last.
static dem_status rebind(dem_prover *p, const dem_rule *rule, const dem_body *body, dem_fact fact)
{
  bool *const is_bound = DEM_ARENA_ARRAY(p->arena, bool, rule->variable_count);
  DEM_TRY_MEMORY(is_bound);
  for (uint32_t i = 0; i < rule->variable_count; ++i) {
    is_bound[i] = false;
  }
  mark_bound(body, is_bound);
  DEM_TRY(dem_program_rebind(p->in->program, p->words.facts, fact, p->words.values));
  for (uint32_t i = 0; i < rule->variable_count; ++i) {
    p->words.values[i] = is_bound[i] ? p->words.values[i] : DEM_ABSENT;
  }
  return DEM_OK;
}

static dem_status fill_variables(dem_prover *p, const dem_rule *rule, dem_proof_step *step)
{
  dem_named_value *const variables =
      DEM_ARENA_ARRAY(p->arena, dem_named_value, rule->variable_count);
  DEM_TRY_MEMORY(variables);
  size_t count = 0;
  for (uint32_t i = 0; i < rule->variable_count; ++i) {
    if (p->words.values[i] != DEM_ABSENT) {
      DEM_TRY(name_value(p, rule->variables[i].name, &rule->variables[i].type, p->words.values[i],
                         &variables[count++]));
    }
  }
  step->variables = variables;
  step->variable_count = count;
  return DEM_OK;
}

static bool has_aggregate(const dem_body *body)
{
  for (uint32_t i = 0; i < body->other_count; ++i) {
    if (body->others[i]->kind == DEM_CONDITION_AGGREGATE) {
      return true;
    }
  }
  return false;
}

static uint32_t known_question(const dem_model *model, uint32_t rule)
{
  for (uint32_t i = 0; i < model->question_count; ++i) {
    if (model->questions[i].known_rule == rule) {
      return i;
    }
  }
  return DEM_NONE;
}

/// The rule's sentence; without one, the fact itself.
static dem_status fill_sentence(dem_prover *p, const dem_rule *rule, uint32_t question,
                                dem_fact fact, dem_proof_step *step)
{
  if (question != DEM_NONE) {
    const dem_question *const q = &p->model->questions[question];
    name_question(p, question, step);
    dem_buffer_add_text(&p->words.text, step->ask);
    dem_buffer_add_char(&p->words.text, ' ');
    add_answer(p, q, question, fact);
  } else if (rule->reason_count > 0) {
    DEM_TRY(dem_wording_add_reason(&p->words, rule, fact));
  } else {
    step->text = step->fact.text;
    return DEM_OK;
  }
  step->text = dem_wording_keep(&p->words);
  return step->text ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_status fill_rule(dem_prover *p, dem_fact fact, const dem_justification *why,
                            dem_proof_step *step)
{
  const dem_rule *const rule = &p->model->rules[why->rule];
  const dem_body *const body = &dem_program_plan(p->in->program)->bodies[why->body];
  step->origin = DEM_PROOF_RULE;
  step->height = why->height;
  step->rule = dem_wording_of(dem_symbols_text(p->model->symbols, rule->id));
  step->title = dem_wording_of(dem_wording_title(&p->words, rule));
  if (!rule->is_hidden) {
    take_place(p, rule->place, &step->file, &step->line);
  }
  DEM_TRY(fill_sentence(p, rule, known_question(p->model, why->rule), fact, step));
  DEM_TRY(fill_premises(p, body, why, step));
  if (has_aggregate(body)) {
    DEM_TRY(fill_counted(p, fact, why, step));
  }
  DEM_TRY(rebind(p, rule, body, fact));
  DEM_TRY(fill_variables(p, rule, step));
  DEM_TRY(fill_checks(p, rule, body, step));
  step->citation_count = rule->citation_count;
  return dem_prover_cite(p, rule->citations, rule->citation_count, INT64_MAX, &step->citations);
}

/// The question whose being open makes a rule's conclusions possible.
static uint32_t open_question(const dem_model *model, uint32_t rule)
{
  for (uint32_t i = 0; i < model->question_count; ++i) {
    if (model->questions[i].open_rule == rule) {
      return i;
    }
  }
  return DEM_NONE;
}

// Steps -------------------------------------------------------------------------------------

static dem_status fill_step(dem_prover *p, size_t number)
{
  const dem_proved proved = DEM_VECTOR_AT(&p->facts, dem_proved, number);
  const dem_fact fact = proved.fact;
  p->words.facts = proved.is_certain ? p->in->evaluation->certain : p->in->evaluation->possible;
  const dem_justification why = dem_facts_justify(p->words.facts, fact);
  dem_proof_step step = {.handle = {fact.relation, fact.row},
                         .text = "",
                         .is_certain = proved.is_certain,
                         .rule = "",
                         .title = "",
                         .file = "",
                         .field = "",
                         .ask = ""};
  DEM_TRY(dem_prover_describe(p, fact, &step.fact));
  const uint32_t open = why.rule == DEM_NONE ? DEM_NONE : open_question(p->model, why.rule);
  if (open != DEM_NONE) {
    DEM_TRY(fill_answer(p, fact, open, &step));
  } else if (why.rule != DEM_NONE) {
    DEM_TRY(fill_rule(p, fact, &why, &step));
  } else if (why.origin != DEM_NONE) {
    DEM_TRY(fill_answer(p, fact, why.origin, &step));
  } else {
    DEM_TRY(fill_record(p, fact, &step));
  }
  dem_proof_step *const place = &DEM_VECTOR_AT(&p->steps, dem_proof_step, number);
  step.use_count = place->use_count;
  *place = step;
  return DEM_OK;
}

static dem_status fill_all(dem_prover *p)
{
  for (; p->done < p->steps.count; ++p->done) {
    if (!DEM_VECTOR_AT(&p->steps, dem_proof_step, p->done).text) { // Else it is filled in.
      DEM_TRY(fill_step(p, p->done));
    }
  }
  p->words.facts = p->in->evaluation->certain;
  return DEM_OK;
}

dem_status dem_prover_add_certain(dem_prover *p, dem_fact fact, size_t *step_out)
{
  const dem_proved proved = {fact, true};
  DEM_TRY(add_proved(p, proved, step_out));
  return fill_all(p);
}

dem_status dem_prover_add(dem_prover *p, dem_fact fact, size_t *step_out)
{
  p->words.facts = dem_evaluation_facts(p->in->evaluation);
  DEM_TRY(add_fact(p, fact, step_out));
  return fill_all(p);
}

dem_status dem_prover_tell(dem_prover *p, dem_fact fact, const dem_proof_step **step_out)
{
  size_t number;
  p->words.facts = dem_evaluation_facts(p->in->evaluation);
  DEM_TRY(add_fact(p, fact, &number));
  if (!DEM_VECTOR_AT(&p->steps, dem_proof_step, number).text) {
    DEM_TRY(fill_step(p, number));
  }
  p->words.facts = p->in->evaluation->certain;
  *step_out = &DEM_VECTOR_AT(&p->steps, dem_proof_step, number);
  return DEM_OK;
}

// Other derivations -------------------------------------------------------------------------

static bool is_told_before(const dem_prover *p, const dem_near_condition *a,
                           const dem_near_condition *b)
{
  return stands_before(&p->model->files, a->condition, b->condition);
}

/// The match's conditions as positions, in the order of the rule.
static size_t *order_conditions(dem_prover *p, const dem_near_match *match)
{
  const dem_near_condition *const items = match->conditions.items;
  size_t *const order = DEM_ARENA_ARRAY(p->arena, size_t, match->conditions.count);
  for (size_t i = 0; order && i < match->conditions.count; ++i) {
    size_t j = i;
    for (; j > 0 && is_told_before(p, &items[i], &items[order[j - 1]]); --j) {
      order[j] = order[j - 1];
    }
    order[j] = i;
  }
  return order;
}

static dem_status fill_match(dem_prover *p, const dem_rule *rule, const dem_near_match *match,
                             dem_proof_step *step)
{
  const size_t count = match->conditions.count;
  const size_t *const order = order_conditions(p, match);
  size_t *const premises = DEM_ARENA_ARRAY(p->arena, size_t, count);
  dem_proof_check *const checks = DEM_ARENA_ARRAY(p->arena, dem_proof_check, count);
  if (!order || !premises || !checks) {
    return DEM_ERR_NO_MEMORY;
  }
  const dem_phrase_binding binding = {.rule = rule, .values = match->values.items};
  for (size_t i = 0; i < count; ++i) {
    const dem_near_condition *const c =
        &DEM_VECTOR_AT(&match->conditions, dem_near_condition, order[i]);
    if (c->condition->kind == DEM_CONDITION_PATTERN) {
      const dem_proved proved = {c->fact, true};
      DEM_TRY(add_proved(p, proved, &premises[step->premise_count++]));
      continue;
    }
    dem_proof_check *const check = &checks[step->check_count++];
    dem_phrase_condition(&p->words, &binding, c->condition);
    *check = (dem_proof_check){kind_of(c->condition), dem_wording_keep(&p->words), "", 0};
    DEM_TRY_MEMORY(check->text);
    take_place(p, c->condition->place, &check->file, &check->line);
  }
  step->premises = premises;
  step->checks = checks;
  return DEM_OK;
}

/// What the match's aggregates ran over, each fact once.
static dem_status count_match(dem_prover *p, uint32_t rule, const dem_near_match *match,
                              dem_proof_step *step)
{
  const dem_near_facts where = {p->in->program, p->in->evaluation->certain,
                                dem_evaluation_facts(p->in->evaluation)};
  dem_vector_reset(&p->support);
  for (size_t i = 0; i < match->conditions.count; ++i) {
    const dem_condition *const c =
        DEM_VECTOR_AT(&match->conditions, dem_near_condition, i).condition;
    if (c->kind == DEM_CONDITION_AGGREGATE) {
      DEM_TRY(dem_near_counted(&where, rule, &c->aggregate.over, match->values.items, &p->support));
    }
  }
  size_t *const counted = DEM_ARENA_ARRAY(p->arena, size_t, p->support.count);
  DEM_TRY_MEMORY(counted);
  for (size_t i = 0; i < p->support.count; ++i) {
    const dem_proved proved = {DEM_VECTOR_AT(&p->support, dem_fact, i), true};
    size_t number;
    bool is_there = false;
    DEM_TRY(add_proved(p, proved, &number));
    for (size_t j = 0; j < step->counted_count && !is_there; ++j) {
      is_there = counted[j] == number;
    }
    if (!is_there) {
      counted[step->counted_count++] = number;
    }
  }
  step->counted = counted;
  return DEM_OK;
}

static dem_status word_match(dem_prover *p, const dem_rule *rule, const dem_near_match *match,
                             dem_proof_step *step)
{
  const dem_word *const values = match->values.items;
  for (uint32_t i = 0; i < rule->variable_count; ++i) {
    p->words.values[i] = values[i];
  }
  step->text = step->fact.text;
  if (rule->reason_count > 0) {
    dem_wording_add_because(&p->words, rule, values);
    step->text = dem_wording_keep(&p->words);
    DEM_TRY_MEMORY(step->text);
  }
  return fill_variables(p, rule, step);
}

dem_status dem_prover_add_match(dem_prover *p, dem_fact fact, uint32_t number,
                                const dem_near_match *match, size_t *step_out)
{
  const dem_rule *const rule = &p->model->rules[number];
  const dem_proved proved = {fact, true};
  dem_proof_step step = {.origin = DEM_PROOF_RULE,
                         .handle = {fact.relation, fact.row},
                         .is_certain = true,
                         .use_count = 1,
                         .rule = dem_wording_of(dem_symbols_text(p->model->symbols, rule->id)),
                         .title = dem_wording_of(dem_wording_title(&p->words, rule)),
                         .file = "",
                         .field = "",
                         .ask = "",
                         .citation_count = rule->citation_count};
  p->words.facts = p->in->evaluation->certain;
  take_place(p, rule->place, &step.file, &step.line);
  DEM_TRY(dem_prover_describe(p, fact, &step.fact));
  DEM_TRY(word_match(p, rule, match, &step));
  DEM_TRY(dem_prover_cite(p, rule->citations, rule->citation_count, INT64_MAX, &step.citations));
  DEM_TRY(fill_match(p, rule, match, &step));
  DEM_TRY(count_match(p, number, match, &step));
  DEM_TRY(fill_all(p));
  for (size_t i = 0; i < step.premise_count; ++i) {
    const uint32_t height = DEM_VECTOR_AT(&p->steps, dem_proof_step, step.premises[i]).height;
    step.height = height >= step.height ? height + 1 : step.height;
  }
  step.height = step.height ? step.height : 1;
  *step_out = p->steps.count;
  return dem_vector_add(&p->facts, &proved) && dem_vector_add(&p->steps, &step) ? fill_all(p)
                                                                                : DEM_ERR_NO_MEMORY;
}

dem_status dem_prover_finish(dem_prover *p, dem_proof *proof_out, const size_t **after_out)
{
  const dem_advice_source *sources;
  const size_t *after;
  DEM_TRY(dem_bibliography_settle(&p->sources, &p->words, &sources, &after));
  dem_proof_step *const steps = DEM_ARENA_ARRAY(p->arena, dem_proof_step, p->steps.count);
  DEM_TRY_MEMORY(steps);
  for (size_t i = 0; i < p->steps.count; ++i) {
    steps[i] = DEM_VECTOR_AT(&p->steps, dem_proof_step, i);
    dem_bibliography_renumber(after, (size_t *)(uintptr_t)steps[i].citations,
                              steps[i].citation_count);
  }
  *proof_out = (dem_proof){.language = p->in->names->language,
                           .step_count = p->steps.count,
                           .steps = steps,
                           .source_count = p->sources.cited.count,
                           .sources = sources};
  if (after_out) {
    *after_out = after;
  }
  return DEM_OK;
}

/// A plain text of the advice is its own name; a fact is said in words.
static const char *name_goal(dem_prover *p, const dem_subject *subject)
{
  const dem_goal *const goal = &DEM_VECTOR_AT(&subject->goals, dem_goal, 0);
  const dem_relation *const r = &p->model->relations[goal->relation];
  if (subject->is_fact || goal->mask == 0) {
    dem_phrase_partial(&p->words, goal->relation, goal->mask, goal->words);
    return dem_wording_keep(&p->words);
  }
  const uint32_t field = (uint32_t)__builtin_ctzll(goal->mask);
  return dem_wording_label(&p->words, &r->fields[field].type, goal->words[field]);
}

dem_status dem_prover_name(dem_prover *p, const dem_subject *subject, dem_explained *about)
{
  if (subject->relation != DEM_NONE) {
    const dem_relation *const r = &p->model->relations[subject->relation];
    dem_names_label(p->in->names, p->in->symbols, subject->relation, subject->key, &p->words.text);
    about->subject = dem_wording_keep(&p->words);
    about->subject_id = dem_wording_key(&p->words, &r->fields[r->key].type, subject->key);
  } else if (subject->has_all) {
    about->subject = dem_saying_plain(p->in->names->language, DEM_SAY_ALL_OF_IT);
  } else if (subject->goals.count > 0) {
    about->subject = name_goal(p, subject);
  }
  return about->subject && about->subject_id ? DEM_OK : DEM_ERR_NO_MEMORY;
}

void dem_prover_introduce(dem_prover *p, dem_explained *about)
{
  const dem_model *const model = p->model;
  *about = (dem_explained){
      .language = p->in->names->language,
      .subject = "",
      .subject_id = "",
      .profile_for = "",
      .pack_name = dem_wording_of(dem_symbols_text(model->symbols, model->name)),
      .pack_version = dem_wording_of(model->version),
      .pack_title = dem_wording_of(dem_language_or(
          p->in->names->language, (dem_text_id){.kind = DEM_TEXT_PACK_TITLE}, model->title)),
      .pack_sha256 = model->sha256,
      .date = p->in->date};
  const dem_answer *const first = model->question_count ? &p->in->answers->items[0] : NULL;
  if (first && first->state == DEM_ANSWER_GIVEN && first->count == 1) {
    dem_wording_add_subject(&p->words, &model->questions[0].type,
                            DEM_VECTOR_AT(&p->in->answers->values, dem_word, first->first));
    about->profile_for = dem_wording_keep(&p->words);
  }
}
