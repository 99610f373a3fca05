// SPDX-License-Identifier: Apache-2.0

// Runs a phase's joins, stratum by stratum, each to its fixpoint.
//
// When a relation is complete, its session rows make propositions true; those wake the joins that
// wait for them, in the strata where they belong. A join that nothing wakes is never looked at.
//
// Method: semi-naive evaluation, Abiteboul, Hull and Vianu (1995), ch. 13, with rounds by proof
// height (store/table.h).

#include "infer/fixpoint.h"

#include "base/clock.h"
#include "base/hot.h"
#include "base/try.h"

// Propositions ----------------------------------------------------------------------------

static inline void wake(dem_worker *w, uint32_t proposition)
{
  const dem_phase *const phase = w->matcher.phase;
  const uint32_t end = phase->trigger_begin[proposition + 1];
  for (uint32_t i = phase->trigger_begin[proposition]; i < end; ++i) {
    uint32_t *const first = &w->first_trigger[phase->triggers[i].stratum];
    w->next_trigger[i] = *first;
    *first = i + 1;
  }
}

static bool passes_all(dem_worker *w, const dem_proposition_test *tests, uint32_t count,
                       const dem_word *words)
{
  for (uint32_t i = 0; i < count; ++i) {
    const dem_word word = words[tests[i].column];
    if (word == DEM_ABSENT ||
        !dem_test_passes(&w->matcher, tests[i].test, tests[i].storage, word)) {
      return false;
    }
  }
  return true;
}

/// The row makes the proposition true. The lowest row of the lowest height stands for it.
static inline void mark(dem_worker *w, uint32_t proposition, const dem_table *table, uint32_t row)
{
  const uint32_t known = w->witness[proposition];
  if (known == DEM_NONE) {
    w->witness[proposition] = row;
    w->touched[w->true_count++] = proposition;
    wake(w, proposition);
  } else if (table->reasons[row].height < table->reasons[known].height) {
    w->witness[proposition] = row;
  }
}

/// The first join that waits for a proposition: what an error in its tests is told of.
static const dem_join *first_waiting(const dem_phase *phase, uint32_t proposition)
{
  const uint32_t first = phase->trigger_begin[proposition];
  return first == phase->trigger_begin[proposition + 1]
             ? NULL
             : &phase->joins[phase->triggers[first].candidates[0].join];
}

static void consider_tests(dem_worker *w, uint32_t proposition, const dem_table *table,
                           uint32_t row)
{
  const dem_proposition *const p = &w->matcher.phase->propositions.items[proposition];
  w->matcher.join = first_waiting(w->matcher.phase, proposition);
  if (passes_all(w, p->tests, p->test_count, dem_table_row(table, row))) {
    mark(w, proposition, table, row);
  }
}

/// Look at a lazy proposition for the first time.
static uint32_t look_at(dem_worker *w, uint32_t proposition, const dem_join *join)
{
  const dem_proposition *const p = &w->matcher.phase->propositions.items[proposition];
  const dem_table *const table = &w->matcher.facts->tables[p->relation];
  uint32_t best = DEM_NONE;
  w->matcher.join = join;
  for (uint32_t row = 0; row < table->count; ++row) {
    if ((best == DEM_NONE || table->reasons[row].height < table->reasons[best].height) &&
        passes_all(w, p->all, p->all_count, dem_table_row(table, row))) {
      best = row;
    }
  }
  w->witness[proposition] = best;
  w->touched[w->matcher.phase->propositions.count - ++w->asked_count] = proposition;
  return best;
}

static bool passes_threshold(const dem_threshold_list *list, dem_word threshold, dem_word word)
{
  const int order = dem_words_compare(NULL, list->storage, word, threshold);
  return list->kind == DEM_TEST_LESS         ? order < 0
         : list->kind == DEM_TEST_LESS_EQUAL ? order <= 0
         : list->kind == DEM_TEST_GREATER    ? order > 0
                                             : order >= 0;
}

/// A row with an open value may be found by any value: ask each proposition of its relation.
static void consider_open_row(dem_worker *w, uint32_t relation, const dem_table *table,
                              uint32_t row)
{
  const dem_propositions *const all = &w->matcher.phase->propositions;
  const dem_word *const words = dem_table_row(table, row);
  for (uint32_t i = 0; i < all->count; ++i) {
    const dem_proposition *const p = &all->items[i];
    w->matcher.join = first_waiting(w->matcher.phase, i);
    if (p->relation == relation && !p->is_lazy && passes_all(w, p->all, p->all_count, words)) {
      mark(w, i, table, row);
    }
  }
}

static bool is_open_row(const dem_table *table, uint32_t row)
{
  bool is_open = false;
  for (uint32_t i = 0; i < table->width; ++i) {
    is_open = is_open || dem_table_row(table, row)[i] == DEM_OPEN;
  }
  return is_open;
}

/// As mark, if what is left of the proposition's tests passes too.
static inline void consider(dem_worker *w, uint32_t proposition, const dem_table *table,
                            uint32_t row)
{
  const uint32_t known = w->witness[proposition];
  if (known == DEM_NONE || table->reasons[row].height < table->reasons[known].height) {
    consider_tests(w, proposition, table, row);
  }
}

static void consider_thresholds(dem_worker *w, const dem_alpha *alpha, const dem_table *table,
                                uint32_t row)
{
  for (uint32_t i = 0; i < alpha->threshold_count; ++i) {
    const dem_threshold_list *const list = &alpha->thresholds[i];
    const dem_word word = dem_table_row(table, row)[list->column];
    for (uint32_t j = 0;
         word != DEM_ABSENT && j < list->count && passes_threshold(list, list->thresholds[j], word);
         ++j) {
      consider(w, list->propositions[j], table, row);
    }
  }
}

/// All but what is found by value alone.
static void consider_more(dem_worker *w, const dem_alpha *alpha, uint32_t relation,
                          const dem_table *table, uint32_t row)
{
  for (uint64_t rest = alpha->tested_columns; rest; rest &= rest - 1) {
    const uint32_t column = (uint32_t)__builtin_ctzll(rest);
    const dem_propositions *const all = &w->matcher.phase->propositions;
    const dem_value_entry *const entry = dem_propositions_place(
        all, dem_proposition_field(relation, column), dem_table_row(table, row)[column]);
    for (uint32_t i = entry->plain_count; i < entry->count; ++i) {
      consider(w, all->by_value[entry->begin + i], table, row);
    }
  }
  consider_thresholds(w, alpha, table, row);
  for (uint32_t i = 0; i < alpha->other_count; ++i) {
    consider(w, alpha->others[i], table, row);
  }
}

/// What the rows' values make true without any further test, column by column.
static inline void consider_column(dem_worker *w, const dem_table *table, uint32_t relation,
                                   uint32_t column)
{
  const dem_propositions *const all = &w->matcher.phase->propositions;
  const uint32_t field = dem_proposition_field(relation, column);
  const uint32_t count = table->count;
  const uint32_t width = table->width;
  const dem_word *word = table->words + column;
  for (uint32_t row = 0; row < count; ++row, word += width) {
    const dem_value_entry *const entry = dem_propositions_place(all, field, *word);
    for (uint32_t i = 0; i < entry->plain_count; ++i) { // None in a free place.
      mark(w, all->by_value[entry->begin + i], table, row);
    }
  }
}

DEM_NOINLINE static void consider_rest(dem_worker *w, const dem_alpha *alpha,
                                       const dem_table *table, uint32_t relation)
{
  const uint64_t *const open = w->matcher.facts->open_columns;
  for (uint32_t row = 0; row < table->count; ++row) {
    if (open && open[relation] && is_open_row(table, row)) {
      consider_open_row(w, relation, table, row);
    } else {
      consider_more(w, alpha, relation, table, row);
    }
  }
}

/// A relation is complete: its rows speak.
static inline void consider_relation(dem_worker *w, uint32_t relation)
{
  const dem_alpha *const alphas = w->matcher.phase->propositions.alphas;
  if (!alphas) {
    return; // The kb's phase.
  }
  const dem_alpha *const alpha = &alphas[relation];
  const dem_table *const table = &w->matcher.facts->tables[relation];
  const uint64_t *const open = w->matcher.facts->open_columns;
  for (uint64_t rest = alpha->plain_columns; rest; rest &= rest - 1) {
    consider_column(w, table, relation, (uint32_t)__builtin_ctzll(rest));
  }
  if (alpha->has_more || (open && open[relation])) {
    consider_rest(w, alpha, table, relation);
  }
}

static void forget_propositions(dem_worker *w)
{
  for (uint32_t i = 0; i < w->true_count; ++i) {
    w->witness[w->touched[i]] = DEM_NONE;
  }
  for (uint32_t i = 1; i <= w->asked_count; ++i) {
    w->witness[w->touched[w->matcher.phase->propositions.count - i]] = DEM_UNASKED;
  }
  w->true_count = w->asked_count = 0;
}

// Joins -----------------------------------------------------------------------------------

/// A negative gate asks the other model, where there is one: what is not even possible, or what is
/// not certain.
static inline bool is_open_gate(dem_worker *w, uint32_t join, uint32_t proposition,
                                bool is_negative)
{
  dem_worker *const asked = is_negative && w->twin ? w->twin : w;
  uint32_t known = asked->witness[proposition];
  if (known == DEM_UNASKED) {
    known = look_at(asked, proposition, &w->matcher.phase->joins[join]);
  }
  return (known != DEM_NONE) != is_negative;
}

static bool gates_are_open(dem_worker *w, uint32_t join, uint32_t from)
{
  const dem_join *const j = &w->matcher.phase->joins[join];
  for (uint32_t i = from; i < j->gate_count; ++i) {
    if (!is_open_gate(w, join, j->gates[i].proposition, j->gates[i].is_negative)) {
      return false;
    }
  }
  return true;
}

static void run_join(dem_worker *w, const dem_join *join)
{
  for (uint32_t i = 0; i < join->preset_count; ++i) {
    const dem_preset *const preset = &join->presets[i];
    w->matcher.rows[preset->position] = w->witness[preset->proposition] | w->matcher.session_bit;
  }
  dem_matcher_run(&w->matcher, join);
  if (w->matcher.status == DEM_ERR_NO_MEMORY) {
    dem_facts_drop_unproven(w->matcher.facts);
  }
}

static void run_trigger(dem_worker *w, const dem_trigger *trigger)
{
  const dem_candidate *const end = trigger->candidates + trigger->count;
  for (const dem_candidate *c = trigger->candidates; c < end; ++c) {
    if (c->gate != DEM_NONE && !is_open_gate(w, c->join, c->gate / 2, c->gate % 2)) {
      continue;
    }
    if (w->matcher.status == DEM_OK && gates_are_open(w, c->join, 2)) {
      run_join(w, &w->matcher.phase->joins[c->join]);
    }
  }
}

static void begin_stratum(dem_worker *w, uint32_t stratum)
{
  const dem_phase *const phase = w->matcher.phase;
  const dem_stratum_joins *const joins = &phase->strata[stratum];
  for (uint32_t i = 0; i < joins->always_count && w->matcher.status == DEM_OK; ++i) {
    if (gates_are_open(w, joins->always[i], 0)) {
      run_join(w, &phase->joins[joins->always[i]]);
    }
  }
  for (uint32_t i = w->first_trigger[stratum]; i && w->matcher.status == DEM_OK;
       i = w->next_trigger[i - 1]) {
    run_trigger(w, &phase->triggers[i - 1]);
  }
  w->first_trigger[stratum] = 0;
}

// Rounds ----------------------------------------------------------------------------------

static uint32_t lowest_pending(const dem_worker *w, const dem_stratum *stratum)
{
  uint32_t lowest = UINT32_MAX;
  for (uint32_t i = 0; i < stratum->relation_count; ++i) {
    const dem_table *const table = &w->matcher.facts->tables[stratum->relations[i]];
    lowest = table->pending_low < lowest ? table->pending_low : lowest;
  }
  return lowest;
}

static bool has_delta(const dem_worker *w, const dem_join *join)
{
  const uint32_t relation =
      w->matcher.plan->bodies[join->body].patterns[join->delta]->pattern.relation;
  const dem_table *const table = &w->matcher.facts->tables[relation];
  return table->delta_begin < table->delta_end;
}

static void run_round(dem_worker *w, const dem_stratum *stratum, uint32_t number, uint32_t height)
{
  const dem_phase *const phase = w->matcher.phase;
  const dem_stratum_joins *const joins = &phase->strata[number];
  for (uint32_t i = 0; i < stratum->relation_count; ++i) {
    dem_table_advance(&w->matcher.facts->tables[stratum->relations[i]], height);
  }
  for (uint32_t i = 0; i < joins->recursive_count && w->matcher.status == DEM_OK; ++i) {
    const dem_join *const join = &phase->joins[joins->recursive[i]];
    if (has_delta(w, join) && gates_are_open(w, joins->recursive[i], 0)) {
      run_join(w, join);
    }
  }
}

static void run_rounds(dem_worker *w, const dem_stratum *stratum, uint32_t number)
{
  dem_matcher *const m = &w->matcher;
  for (uint64_t round = 0; m->status == DEM_OK; ++round) {
    const uint32_t height = lowest_pending(w, stratum);
    if (height == UINT32_MAX || !dem_matcher_check_limits(m)) {
      return;
    }
    if (m->limits.max_rounds && round >= m->limits.max_rounds) {
      (void)dem_diagnose(m->diagnostics, DEM_DIAG_LIMIT, DEM_PLACE_NONE,
                         "no fixpoint after %llu rounds (the limit max_rounds)",
                         (unsigned long long)m->limits.max_rounds);
      m->status = DEM_ERR_LIMIT;
      return;
    }
    run_round(w, stratum, number, height);
  }
}

static void run_stratum(dem_worker *w, uint32_t number)
{
  const dem_stratum *const stratum = &w->matcher.plan->strata[number];
  begin_stratum(w, number);
  if (stratum->is_recursive && w->matcher.status == DEM_OK) {
    run_rounds(w, stratum, number);
  }
  for (uint32_t i = 0; i < stratum->relation_count; ++i) {
    dem_table *const table = &w->matcher.facts->tables[stratum->relations[i]];
    if (table->count) {
      dem_table_complete(table);
      consider_relation(w, stratum->relations[i]);
    }
  }
}

// The whole run -----------------------------------------------------------------------------

/// Relations that nothing can be derived for are complete; the others' given rows wait for their
/// stratum.
static void begin(dem_worker *w)
{
  dem_facts *const facts = w->matcher.facts;
  const uint32_t *const stratum_of = w->matcher.plan->stratum_of;
  const uint32_t touched = facts->touched_count;
  for (uint32_t i = 0; i < touched; ++i) {
    const uint32_t relation = facts->touched[i];
    const uint32_t stratum = stratum_of[relation];
    if (stratum == DEM_NONE || (!w->twin && !w->matcher.phase->is_active[stratum])) {
      dem_table_complete(&facts->tables[relation]);
      consider_relation(w, relation);
    } else {
      dem_table_open(&facts->tables[relation]);
    }
  }
}

static void prepare(dem_worker *w, const dem_limits *limits, dem_diagnostics *diagnostics)
{
  dem_matcher *const m = &w->matcher;
  m->status = DEM_OK;
  m->diagnostics = diagnostics;
  m->limits = *limits;
  m->work = 0;
  ++m->run;
  m->keeps_groups = true;
  m->deadline =
      limits->max_seconds ? dem_clock_now() + limits->max_seconds * UINT64_C(1000000000) : 0;
}

static void finish(dem_worker *w)
{
  for (uint32_t i = 0; i < w->matcher.plan->stratum_count; ++i) {
    w->first_trigger[i] = 0;
  }
  forget_propositions(w);
  w->matcher.keeps_groups = false;
  if (w->matcher.status == DEM_OK) {
    (void)dem_matcher_check_limits(&w->matcher);
  }
}

dem_status dem_fixpoint_run(dem_worker *w, const dem_limits *limits, dem_diagnostics *diagnostics)
{
  dem_worker_pair(w, NULL);
  prepare(w, limits, diagnostics);
  begin(w);
  const dem_phase *const phase = w->matcher.phase;
  for (uint32_t i = 0; i < phase->active_count && w->matcher.status == DEM_OK; ++i) {
    run_stratum(w, phase->active[i]);
  }
  finish(w);
  return w->matcher.status;
}

// Two models ------------------------------------------------------------------------------

static void face(dem_worker *w, dem_worker *twin, bool is_possible)
{
  w->twin = twin;
  w->matcher.is_possible = is_possible;
  w->matcher.other_facts = twin ? twin->matcher.facts : NULL;
  w->matcher.other_scratch = twin ? twin->matcher.scratch : NULL;
}

void dem_worker_pair(dem_worker *certain, dem_worker *possible)
{
  face(certain, possible, false);
  if (possible) {
    face(possible, certain, true);
  }
}

/// Stratum by stratum in both models: what one negates, the other has complete.
dem_status dem_fixpoint_run_open(dem_worker *certain, dem_worker *possible,
                                 const dem_limits *limits, dem_diagnostics *diagnostics)
{
  dem_worker_pair(certain, possible);
  prepare(certain, limits, diagnostics);
  prepare(possible, limits, diagnostics);
  begin(certain);
  begin(possible);
  const uint32_t count = certain->matcher.plan->stratum_count;
  dem_status status = DEM_OK;
  for (uint32_t i = 0; i < count && status == DEM_OK; ++i) {
    run_stratum(certain, i);
    if (certain->matcher.status == DEM_OK) {
      run_stratum(possible, i);
    }
    status = certain->matcher.status != DEM_OK ? certain->matcher.status : possible->matcher.status;
  }
  finish(certain);
  finish(possible);
  return status != DEM_OK                    ? status
         : certain->matcher.status != DEM_OK ? certain->matcher.status
                                             : possible->matcher.status;
}

// Memory ------------------------------------------------------------------------------------

static uint32_t *get_words(dem_allocator allocator, size_t count)
{
  return allocator.resize(allocator.context, NULL, 0, (count + 1) * sizeof(uint32_t));
}

static void give_back_words(dem_allocator allocator, uint32_t *words, size_t count)
{
  if (words) {
    (void)allocator.resize(allocator.context, words, (count + 1) * sizeof(uint32_t), 0);
  }
}

static size_t trigger_count(const dem_phase *phase)
{
  return phase->trigger_begin[phase->propositions.count];
}

dem_status dem_worker_init(dem_worker *w, dem_allocator allocator, const dem_plan *plan,
                           const dem_phase *phase, dem_facts *facts, dem_symbols *symbols)
{
  *w = (dem_worker){0};
  DEM_TRY(dem_matcher_init(&w->matcher, allocator, plan, phase, facts, symbols));
  dem_derivations_init(&w->derivations, allocator);
  const size_t propositions = phase->propositions.count;
  w->witness = get_words(allocator, propositions);
  w->touched = get_words(allocator, propositions);
  w->first_trigger = get_words(allocator, plan->stratum_count);
  w->next_trigger = get_words(allocator, trigger_count(phase));
  if (!w->witness || !w->touched || !w->first_trigger || !w->next_trigger) {
    dem_worker_clear(w);
    return DEM_ERR_NO_MEMORY;
  }
  for (size_t i = 0; i < propositions; ++i) {
    w->witness[i] = phase->propositions.items[i].is_lazy ? DEM_UNASKED : DEM_NONE;
  }
  for (uint32_t i = 0; i < plan->stratum_count; ++i) {
    w->first_trigger[i] = 0;
  }
  return DEM_OK;
}

void dem_worker_clear(dem_worker *w)
{
  const dem_phase *const phase = w->matcher.phase;
  if (phase) {
    const dem_allocator allocator = w->matcher.allocator;
    give_back_words(allocator, w->witness, phase->propositions.count);
    give_back_words(allocator, w->touched, phase->propositions.count);
    give_back_words(allocator, w->first_trigger, w->matcher.plan->stratum_count);
    give_back_words(allocator, w->next_trigger, trigger_count(phase));
    dem_matcher_clear(&w->matcher);
  }
  *w = (dem_worker){0};
}
