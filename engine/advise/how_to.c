// SPDX-License-Identifier: Apache-2.0

// Which changes of answers would make something certain.
//
// Choices are single changes that can matter (advise/influence). Sets of one choice are tried, then
// of two, and so on, each by a run of its own; the search ends with the first size at which some
// set does it, so that none of them could do with less.

#include "advise/how_to.h"

#include <stdlib.h>

#include "advise/influence.h"
#include "advise/proof.h"
#include "base/try.h"

enum { USUAL_MOVES = 3, USUAL_RUNS = 20000, MOST_MOVES = 8, MOST_NUMBERS = 60 };

/// An explanation and the memory that it lies in.
typedef struct owned_how_to {
  dem_how_to how_to;
  dem_arena arena;
} owned_how_to;

/// A question's answer before any change.
typedef struct start {
  dem_answer_state state;
  bool is_known; ///< Filled in from the kb: a change starts from what it says.
  size_t first;  ///< Of its values in builder.values.
  size_t count;
} start;

typedef struct choice {
  uint32_t question;
  dem_move_kind kind;
  dem_word word;
} choice;

/// Choices that are taken together, by number.
typedef struct set {
  size_t count;
  size_t items[MOST_MOVES];
} set;

typedef struct builder {
  const dem_advice_input *in;
  const dem_model *model;
  const dem_subject *subject;
  const dem_limits *limits;
  owned_how_to *out;
  dem_prover prover;
  dem_influence influence;
  start *starts;      ///< By question.
  dem_vector values;  ///< dem_word
  dem_vector choices; ///< choice
  dem_vector numbers; ///< dem_word: candidates of one storage.
  dem_vector found;   ///< set
  uint64_t max_runs;
  dem_symbols *symbols; ///< Of the trials.
  dem_diagnostics diagnostics;
  dem_answers answers;
  dem_evaluation trial;
  dem_status status;
} builder;

// Before any change ---------------------------------------------------------------------------

/// A word of the session in the trials' symbols: strings that only the session knows are made
/// known.
static dem_word translate(builder *b, const dem_type *type, dem_word word)
{
  const uint32_t shared = dem_symbols_count(dem_program_symbols(b->in->program));
  if (type->storage != DEM_STORAGE_STRING || word == DEM_ABSENT || word < shared) {
    return word;
  }
  const dem_symbol symbol =
      dem_symbols_intern(b->symbols, dem_symbols_text(b->in->symbols, dem_word_symbol(word)));
  b->status = dem_symbol_is_none(symbol) ? DEM_ERR_NO_MEMORY : b->status;
  return dem_word_of_symbol(symbol);
}

static void add_value(builder *b, start *s, dem_word word)
{
  if (!dem_vector_add(&b->values, &word)) {
    b->status = DEM_ERR_NO_MEMORY;
  }
  ++s->count;
}

/// What the kb filled in: the answers that the question's rule concluded.
static void take_known(builder *b, const dem_question *q, start *s)
{
  const dem_facts *const facts = b->in->evaluation->certain;
  const dem_conclusion *const c = q->gives;
  const uint32_t width = q->gives_count ? b->model->relations[c->relation].field_count : 0;
  uint32_t column = 0;
  while (column < width && c->outputs[column].kind != DEM_OUTPUT_VARIABLE) {
    ++column;
  }
  const uint32_t count = column < width ? dem_facts_count(facts, c->relation) : 0;
  for (uint32_t i = 0; i < count; ++i) {
    const dem_fact fact = dem_facts_at(facts, c->relation, i);
    if (dem_facts_justify(facts, fact).rule == q->known_rule) {
      add_value(b, s, dem_facts_row(facts, fact)[column]);
      s->is_known = true;
    }
  }
}

static dem_status take_starts(builder *b)
{
  b->starts = DEM_ARENA_ARRAY(&b->out->arena, start, b->model->question_count);
  DEM_TRY_MEMORY(b->starts);
  for (uint32_t i = 0; i < b->model->question_count; ++i) {
    const dem_question *const q = &b->model->questions[i];
    const dem_answer *const answer = &b->in->answers->items[i];
    start *const s = &b->starts[i];
    *s = (start){.state = answer->state, .first = b->values.count};
    for (uint32_t j = 0; j < answer->count; ++j) {
      add_value(b, s,
                translate(b, &q->type,
                          DEM_VECTOR_AT(&b->in->answers->values, dem_word, answer->first + j)));
    }
    if (answer->state == DEM_ANSWER_MISSING && q->known_rule != DEM_NONE) {
      take_known(b, q, s);
    }
  }
  return b->status;
}

static bool is_open(const start *s)
{
  return s->state != DEM_ANSWER_GIVEN && !s->is_known;
}

static bool has_value(const builder *b, const start *s, dem_word word)
{
  for (size_t i = 0; i < s->count; ++i) {
    if (DEM_VECTOR_AT(&b->values, dem_word, s->first + i) == word) {
      return true;
    }
  }
  return false;
}

// Choices ---------------------------------------------------------------------------------------

/// Whether an answer gives a fact that can matter.
static bool can_matter(const builder *b, const dem_question *q, dem_word answer)
{
  for (uint32_t i = 0; i < q->gives_count; ++i) {
    const dem_conclusion *const c = &q->gives[i];
    dem_word row[DEM_MAX_FIELDS];
    for (uint32_t j = 0; j < b->model->relations[c->relation].field_count; ++j) {
      row[j] = c->outputs[j].kind == DEM_OUTPUT_VARIABLE ? answer : c->outputs[j].word;
    }
    if (dem_influence_has(&b->influence, c->relation, row)) {
      return true;
    }
  }
  return false;
}

static bool can_any_matter(const builder *b, const dem_question *q)
{
  for (uint32_t i = 0; i < q->gives_count; ++i) {
    if (dem_influence_has_relation(&b->influence, q->gives[i].relation)) {
      return true;
    }
  }
  return false;
}

static void add_choice(builder *b, uint32_t question, dem_move_kind kind, dem_word word)
{
  const choice c = {question, kind, word};
  if (!dem_vector_add(&b->choices, &c)) {
    b->status = DEM_ERR_NO_MEMORY;
  }
}

/// An answer that is offered, as a change of what is answered.
static void offer(builder *b, uint32_t question, dem_word word)
{
  const dem_question *const q = &b->model->questions[question];
  const start *const s = &b->starts[question];
  if (word == DEM_OPEN || word == DEM_ABSENT) {
    return;
  }
  // In the place of an answer that matters any other may matter: it is the one that goes.
  bool matters = can_matter(b, q, word);
  for (size_t i = 0; !q->is_many && i < s->count; ++i) {
    matters = matters || can_matter(b, q, DEM_VECTOR_AT(&b->values, dem_word, s->first + i));
  }
  if (!matters) {
    return;
  }
  if (!q->is_many) {
    if (!has_value(b, s, word)) {
      add_choice(b, question, DEM_MOVE_SET, word);
    }
    return;
  }
  add_choice(b, question, has_value(b, s, word) ? DEM_MOVE_REMOVE : DEM_MOVE_ADD, word);
}

static void offer_rows(builder *b, uint32_t question, uint32_t relation, uint32_t column)
{
  const dem_facts *const facts = dem_evaluation_facts(b->in->evaluation);
  const dem_type *const type = &b->model->questions[question].type;
  const uint32_t count = dem_facts_count(facts, relation);
  for (uint32_t i = 0; i < count; ++i) {
    const dem_word word = dem_facts_row(facts, dem_facts_at(facts, relation, i))[column];
    offer(b, question, translate(b, type, word));
  }
}

// Numbers and days that the pack names ------------------------------------------------------------

static void add_number(builder *b, dem_word word)
{
  if (!dem_vector_add(&b->numbers, &word)) {
    b->status = DEM_ERR_NO_MEMORY;
  }
}

static void add_neighbours(builder *b, dem_storage storage, dem_word word)
{
  const int64_t value = dem_word_integer(word);
  add_number(b, word);
  if (storage != DEM_STORAGE_NUMBER && value > INT64_MIN + 1 && value < INT64_MAX) {
    add_number(b, dem_word_of_integer(value - 1));
    add_number(b, dem_word_of_integer(value + 1));
  }
}

// As deep as the reader lets expressions nest.
static void collect_literals(builder *b, dem_storage storage, const dem_expression *e)
{
  if (!e) {
    return;
  }
  if (e->op == DEM_OP_LITERAL && e->storage == storage) {
    add_neighbours(b, storage, e->literal);
  }
  collect_literals(b, storage, e->left);
  collect_literals(b, storage, e->right);
}

static void collect_tests(builder *b, dem_storage storage, const dem_pattern *pattern)
{
  for (uint32_t i = 0; i < pattern->term_count; ++i) {
    const dem_term *const term = &pattern->terms[i];
    if (b->model->relations[pattern->relation].fields[term->field].type.storage != storage) {
      continue;
    }
    for (uint32_t j = 0; j < term->test_count; ++j) {
      for (uint32_t k = 0; k < term->tests[j].word_count; ++k) {
        add_neighbours(b, storage, term->tests[j].words[k]);
      }
    }
  }
}

// As deep as the reader lets conditions nest.
static void collect_conditions(builder *b, dem_storage storage, const dem_conditions *conditions)
{
  for (uint32_t i = 0; i < conditions->count; ++i) {
    const dem_condition *const c = &conditions->items[i];
    switch (c->kind) {
    case DEM_CONDITION_PATTERN:
      collect_tests(b, storage, &c->pattern);
      break;
    case DEM_CONDITION_NOT:
      collect_conditions(b, storage, &c->negated);
      break;
    case DEM_CONDITION_ANY:
      for (uint32_t j = 0; j < c->any.count; ++j) {
        collect_conditions(b, storage, &c->any.branches[j]);
      }
      break;
    case DEM_CONDITION_AGGREGATE:
      collect_conditions(b, storage, &c->aggregate.over);
      break;
    case DEM_CONDITION_WHERE:
      collect_literals(b, storage, c->guard);
      break;
    case DEM_CONDITION_LET:
      collect_literals(b, storage, c->let.value);
      break;
    }
  }
}

static void collect_facts(builder *b, dem_storage storage)
{
  const dem_facts *const facts = b->in->evaluation->certain;
  for (uint32_t i = 0; i < b->model->relation_count; ++i) {
    const dem_relation *const r = &b->model->relations[i];
    for (uint32_t f = 0; f < r->field_count; ++f) {
      const uint32_t count =
          dem_influence_has_relation(&b->influence, i) && r->fields[f].type.storage == storage
              ? dem_facts_pack_count(facts, i)
              : 0;
      for (uint32_t j = 0; j < count; ++j) {
        const dem_word word = dem_facts_row(facts, dem_facts_at(facts, i, j))[f];
        if (word != DEM_ABSENT) {
          add_neighbours(b, storage, word);
        }
      }
    }
  }
}

static int compare_words(const void *left, const void *right)
{
  const int64_t a = *(const int64_t *)left;
  const int64_t b = *(const int64_t *)right;
  return (a > b) - (a < b);
}

static void offer_numbers(builder *b, uint32_t question)
{
  const dem_storage storage = b->model->questions[question].type.storage;
  dem_vector_reset(&b->numbers);
  for (uint32_t i = 0; i < b->model->rule_count; ++i) {
    collect_conditions(b, storage, &b->model->rules[i].when);
  }
  collect_facts(b, storage);
  b->out->how_to.has_skipped = true;
  if (b->numbers.count) {
    qsort(b->numbers.items, b->numbers.count, sizeof(dem_word), compare_words);
  }
  size_t offered = 0;
  for (size_t i = 0; i < b->numbers.count && offered < MOST_NUMBERS; ++i) {
    const dem_word word = DEM_VECTOR_AT(&b->numbers, dem_word, i);
    if (i == 0 || DEM_VECTOR_AT(&b->numbers, dem_word, i - 1) != word) {
      offer(b, question, word);
      ++offered;
    }
  }
}

// Questions
// -----------------------------------------------------------------------------------------

static void offer_type(builder *b, uint32_t question)
{
  const dem_type *const type = &b->model->questions[question].type;
  switch (type->kind) {
  case DEM_TYPE_REFERENCE:
    offer_rows(b, question, type->relation, b->model->relations[type->relation].key);
    return;
  case DEM_TYPE_ENUMERATION:
    for (uint32_t i = 0; i < type->option_count; ++i) {
      offer(b, question, dem_word_of_symbol(type->options[i]));
    }
    return;
  case DEM_TYPE_BOOLEAN:
    offer(b, question, 0);
    offer(b, question, 1);
    return;
  case DEM_TYPE_INTEGER:
  case DEM_TYPE_NUMBER:
  case DEM_TYPE_DATE:
    offer_numbers(b, question);
    return;
  case DEM_TYPE_SYMBOL:
  case DEM_TYPE_TEXT:
    b->out->how_to.has_skipped = true; // Free words: only taking back what stands there is tried.
    for (size_t i = 0; i < b->starts[question].count; ++i) {
      offer(b, question, DEM_VECTOR_AT(&b->values, dem_word, b->starts[question].first + i));
    }
    return;
  }
}

static dem_status find_choices(builder *b)
{
  for (uint32_t i = 0; i < b->model->question_count; ++i) {
    const dem_question *const q = &b->model->questions[i];
    const start *const s = &b->starts[i];
    if (q->is_fixed || !can_any_matter(b, q)) {
      continue;
    }
    if (is_open(s) && !q->is_required) {
      add_choice(b, i, DEM_MOVE_NONE, 0);
    }
    if (s->state != DEM_ANSWER_MISSING && q->known_rule != DEM_NONE && !q->is_required) {
      add_choice(b, i, DEM_MOVE_LEAVE, 0);
    }
    if (q->options == DEM_NONE) {
      offer_type(b, i);
    } else {
      offer_rows(b, i, q->options, 0);
    }
  }
  return b->status;
}

// Trials ----------------------------------------------------------------------------------------

static const choice *choice_at(const builder *b, size_t number)
{
  return &DEM_VECTOR_AT(&b->choices, choice, number);
}

static void give(builder *b, dem_answer *answer, dem_word word)
{
  ++answer->count;
  if (!dem_vector_add(&b->answers.values, &word)) {
    b->status = DEM_ERR_NO_MEMORY;
  }
}

/// A question's answer with some choices taken.
static void answer_question(builder *b, uint32_t question, const set *taken)
{
  const start *const s = &b->starts[question];
  dem_answer *const answer = &b->answers.items[question];
  bool is_changed = false;
  bool keeps = true; // What was answered before.
  *answer = (dem_answer){
      .state = s->state, .first = (uint32_t)b->answers.values.count, .place = DEM_PLACE_NONE};
  for (size_t i = 0; i < taken->count; ++i) {
    const choice *const c = choice_at(b, taken->items[i]);
    if (c->question != question) {
      continue;
    }
    is_changed = true;
    if (c->kind == DEM_MOVE_LEAVE) {
      answer->state = DEM_ANSWER_MISSING;
      return;
    }
    keeps = keeps && c->kind != DEM_MOVE_SET && c->kind != DEM_MOVE_NONE;
    if (c->kind == DEM_MOVE_SET || c->kind == DEM_MOVE_ADD) {
      give(b, answer, c->word);
    }
  }
  answer->state = is_changed ? DEM_ANSWER_GIVEN : s->state;
  for (size_t i = 0; keeps && answer->state == DEM_ANSWER_GIVEN && i < s->count; ++i) {
    const dem_word word = DEM_VECTOR_AT(&b->values, dem_word, s->first + i);
    bool is_removed = false;
    for (size_t j = 0; j < taken->count; ++j) {
      const choice *const c = choice_at(b, taken->items[j]);
      is_removed =
          is_removed || (c->question == question && c->kind == DEM_MOVE_REMOVE && c->word == word);
    }
    if (!is_removed) {
      give(b, answer, word);
    }
  }
}

/// Whether a row fits a goal, or may: an open value may be any.
static bool may_fit(const builder *b, const dem_goal *goal, const dem_word *row)
{
  for (uint32_t i = 0; i < b->model->relations[goal->relation].field_count; ++i) {
    if (goal->mask >> i & 1 && row[i] != goal->words[i] && row[i] != DEM_OPEN) {
      return false;
    }
  }
  return true;
}

static bool has_goal(const builder *b, const dem_facts *facts)
{
  for (size_t i = 0; i < b->subject->goals.count; ++i) {
    const dem_goal *const goal = &DEM_VECTOR_AT(&b->subject->goals, dem_goal, i);
    const uint32_t count = dem_facts_count(facts, goal->relation);
    for (uint32_t j = 0; j < count; ++j) {
      if (may_fit(b, goal, dem_facts_row(facts, dem_facts_at(facts, goal->relation, j)))) {
        return true;
      }
    }
  }
  return false;
}

/// Run the answers that were put together. A run that goes wrong makes nothing certain.
static bool run(builder *b)
{
  dem_evaluation_reset(&b->trial);
  dem_diagnostics_reset(&b->diagnostics);
  ++b->out->how_to.run_count;
  dem_status status = dem_evaluation_give(&b->trial, &b->answers);
  if (status == DEM_OK) {
    status = dem_evaluation_run(&b->trial, &b->answers, b->limits, &b->diagnostics);
  }
  b->status = status == DEM_ERR_NO_MEMORY ? status : b->status;
  return status == DEM_OK;
}

static bool is_reached(builder *b, const set *taken)
{
  dem_vector_reset(&b->answers.values);
  for (uint32_t i = 0; i < b->model->question_count; ++i) {
    answer_question(b, i, taken);
  }
  return b->status == DEM_OK && run(b) && has_goal(b, b->trial.certain);
}

/// Whether it can be reached at all: every question that is not fixed is left open. Where one is
/// required that is not to be told.
static bool is_impossible(builder *b)
{
  const set none = {0};
  dem_vector_reset(&b->answers.values);
  for (uint32_t i = 0; i < b->model->question_count; ++i) {
    const dem_question *const q = &b->model->questions[i];
    if (q->is_required && !q->is_fixed) {
      return false;
    }
    answer_question(b, i, &none);
    if (!q->is_fixed) {
      b->answers.items[i] = (dem_answer){.state = DEM_ANSWER_UNKNOWN, .place = DEM_PLACE_NONE};
    }
  }
  return run(b) && !has_goal(b, dem_evaluation_facts(&b->trial));
}

// Search ----------------------------------------------------------------------------------------

/// Whether a choice can be taken beside those of a set: of one question only answers that are added
/// and removed go together.
static bool goes_with(const builder *b, const set *taken, size_t number)
{
  const choice *const c = choice_at(b, number);
  for (size_t i = 0; i < taken->count; ++i) {
    const choice *const other = choice_at(b, taken->items[i]);
    const bool is_single = other->kind != DEM_MOVE_ADD && other->kind != DEM_MOVE_REMOVE;
    if (other->question == c->question &&
        (is_single || (c->kind != DEM_MOVE_ADD && c->kind != DEM_MOVE_REMOVE))) {
      return false;
    }
  }
  return true;
}

/// Try every set of `size` choices. Recursion is as deep as the size.
static void try_sets(builder *b, set *taken, size_t first, size_t size)
{
  dem_how_to *const out = &b->out->how_to;
  if (taken->count == size) {
    if (out->run_count >= b->max_runs) {
      out->is_cut = true;
    } else if (is_reached(b, taken) && !dem_vector_add(&b->found, taken)) {
      b->status = DEM_ERR_NO_MEMORY;
    }
    return;
  }
  for (size_t i = first; i < b->choices.count && !out->is_cut && b->status == DEM_OK; ++i) {
    if (goes_with(b, taken, i)) {
      taken->items[taken->count++] = i;
      try_sets(b, taken, i + 1, size);
      --taken->count;
    }
  }
}

static dem_status search(builder *b, size_t max_moves)
{
  dem_how_to *const out = &b->out->how_to;
  for (size_t size = 1; size <= max_moves && b->found.count == 0 && !out->is_cut; ++size) {
    set taken = {0};
    try_sets(b, &taken, 0, size);
    DEM_TRY(b->status);
    out->move_bound = out->is_cut ? out->move_bound : size;
  }
  return b->status;
}

// Words -----------------------------------------------------------------------------------------

static dem_status describe_move(builder *b, size_t number, dem_move *out)
{
  const choice *const c = choice_at(b, number);
  const dem_question *const q = &b->model->questions[c->question];
  const bool has_word =
      c->kind == DEM_MOVE_SET || c->kind == DEM_MOVE_ADD || c->kind == DEM_MOVE_REMOVE;
  dem_wording *const words = &b->prover.words;
  words->symbols = b->symbols; // The choices' words are the trials'.
  *out = (dem_move){.kind = c->kind,
                    .field = dem_wording_of(dem_symbols_text(b->model->symbols, q->field)),
                    .ask = dem_wording_ask(words, c->question),
                    .value = has_word ? dem_wording_key(words, &q->type, c->word) : "",
                    .label = has_word ? dem_wording_label(words, &q->type, c->word) : "",
                    .was_open = is_open(&b->starts[c->question])};
  words->symbols = b->in->symbols;
  return out->value && out->label ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static size_t overturned(const builder *b, const set *taken)
{
  size_t count = 0;
  for (size_t i = 0; i < taken->count; ++i) {
    count += !is_open(&b->starts[choice_at(b, taken->items[i])->question]);
  }
  return count;
}

/// Insertion sort: sets of one size, in the order of their choices already.
static void sort_found(builder *b)
{
  set *const sets = b->found.items;
  for (size_t i = 1; i < b->found.count; ++i) {
    const set one = sets[i];
    const size_t cost = overturned(b, &one);
    size_t j = i;
    for (; j > 0 && overturned(b, &sets[j - 1]) > cost; --j) {
      sets[j] = sets[j - 1];
    }
    sets[j] = one;
  }
}

static dem_status describe_ways(builder *b)
{
  dem_how_to *const out = &b->out->how_to;
  dem_way *const ways = DEM_ARENA_ARRAY(&b->out->arena, dem_way, b->found.count);
  DEM_TRY_MEMORY(ways);
  sort_found(b);
  for (size_t i = 0; i < b->found.count; ++i) {
    const set *const taken = &DEM_VECTOR_AT(&b->found, set, i);
    dem_move *const moves = DEM_ARENA_ARRAY(&b->out->arena, dem_move, taken->count);
    DEM_TRY_MEMORY(moves);
    for (size_t j = 0; j < taken->count; ++j) {
      DEM_TRY(describe_move(b, taken->items[j], &moves[j]));
    }
    ways[i] = (dem_way){taken->count, moves};
  }
  out->ways = ways;
  out->way_count = b->found.count;
  return DEM_OK;
}

// The whole ---------------------------------------------------------------------------------------

static dem_status build(builder *b, size_t max_moves)
{
  dem_how_to *const out = &b->out->how_to;
  dem_prover_introduce(&b->prover, &out->about);
  DEM_TRY_MEMORY(out->about.profile_for);
  DEM_TRY(dem_prover_name(&b->prover, b->subject, &out->about));
  out->holds = has_goal(b, b->in->evaluation->certain);
  if (out->holds) {
    return DEM_OK;
  }
  DEM_TRY(dem_influence_init(&b->influence, b->in->allocator, b->model, &b->subject->goals));
  DEM_TRY(take_starts(b));
  DEM_TRY(find_choices(b));
  out->choice_count = b->choices.count;
  out->is_impossible = is_impossible(b);
  DEM_TRY(b->status);
  if (!out->is_impossible) {
    DEM_TRY(search(b, max_moves));
  }
  return describe_ways(b);
}

static dem_status begin(builder *b)
{
  const dem_advice_input *const in = b->in;
  dem_vector_init(&b->values, in->allocator, sizeof(dem_word));
  dem_vector_init(&b->choices, in->allocator, sizeof(choice));
  dem_vector_init(&b->numbers, in->allocator, sizeof(dem_word));
  dem_vector_init(&b->found, in->allocator, sizeof(set));
  dem_vector_init(&b->influence.goals, in->allocator, sizeof(dem_goal));
  dem_diagnostics_init(&b->diagnostics, in->allocator);
  DEM_TRY(dem_prover_init(&b->prover, in, &b->out->arena));
  b->symbols = dem_symbols_new(in->allocator, dem_program_symbols(in->program));
  DEM_TRY_MEMORY(b->symbols);
  DEM_TRY(dem_answers_init(&b->answers, in->allocator, in->program, in->names, b->symbols,
                           &b->diagnostics));
  return dem_evaluation_init(&b->trial, in->allocator, in->program, b->symbols);
}

static void end(builder *b)
{
  if (b->trial.allocator.resize) {
    dem_evaluation_clear(&b->trial);
  }
  dem_answers_clear(&b->answers);
  dem_symbols_free(b->symbols);
  dem_prover_clear(&b->prover);
  dem_diagnostics_clear(&b->diagnostics);
  dem_influence_clear(&b->influence);
  dem_vector_clear(&b->found);
  dem_vector_clear(&b->numbers);
  dem_vector_clear(&b->choices);
  dem_vector_clear(&b->values);
}

dem_status dem_how_to_build(const dem_advice_input *input, const dem_subject *subject,
                            const dem_how_to_options *options, const dem_limits *limits,
                            const dem_how_to **how_to_out)
{
  const dem_allocator allocator = input->allocator;
  owned_how_to *const out = allocator.resize(allocator.context, NULL, 0, sizeof *out);
  *how_to_out = NULL;
  DEM_TRY_MEMORY(out);
  *out = (owned_how_to){0};
  dem_arena_init(&out->arena, allocator);
  size_t max_moves = options && options->max_moves ? options->max_moves : USUAL_MOVES;
  max_moves = max_moves > MOST_MOVES ? MOST_MOVES : max_moves;
  builder b = {.in = input,
               .model = dem_program_model(input->program),
               .subject = subject,
               .limits = limits,
               .max_runs = options && options->max_runs ? options->max_runs : USUAL_RUNS,
               .out = out};
  dem_status status = begin(&b);
  status = status == DEM_OK ? build(&b, max_moves) : status;
  end(&b);
  if (status != DEM_OK) {
    dem_how_to_free(&out->how_to);
    return status;
  }
  *how_to_out = &out->how_to;
  return DEM_OK;
}

void dem_how_to_free(const dem_how_to *how_to)
{
  if (!how_to) {
    return;
  }
  owned_how_to *const out = (owned_how_to *)(uintptr_t)how_to;
  const dem_allocator allocator = out->arena.allocator;
  dem_arena_clear(&out->arena);
  (void)allocator.resize(allocator.context, out, sizeof *out, 0);
}
