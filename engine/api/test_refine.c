// SPDX-License-Identifier: Apache-2.0

// Tests again, with their open questions answered one by one.
//
// Each answer may only make more certain and less possible. Two sessions stand side by side, one
// step apart; what a step takes back is told. When no question matters any more, answers to those
// that are still open must leave the advice as it is.

#include "api/test_run.h"
#include "base/try.h"
#include "demarche/choices.h"
#include "demarche/questions.h"
#include "lang/scalar.h"
#include "lang/shuffle.h"

/// An answer given on the way.
typedef struct given_answer {
  uint32_t question;
  bool is_none;     ///< Of a question with several answers.
  const char *text; ///< In the path's arena.
} given_answer;

typedef struct path {
  const dem_test_run *run;
  const dem_pack *pack;
  const dem_pack_test *test;
  size_t index; ///< Of the test.
  dem_shuffle shuffle;
  dem_session *before; ///< One step back.
  dem_session *after;
  dem_arena arena;
  dem_vector answers; ///< given_answer, in the order in which they were given.
  dem_buffer message;
  dem_buffer details;
} path;

// Running -----------------------------------------------------------------------------

static dem_status give(dem_session *session, const given_answer *answer)
{
  return dem_session_answer(session, answer->question, &answer->text, answer->is_none ? 0 : 1);
}

/// Run a session with the test's profile and the answers given so far.
static dem_status run(const path *p, dem_session *session)
{
  DEM_TRY(dem_test_answer(p->run, session, p->test));
  for (size_t i = 0; i < p->answers.count; ++i) {
    DEM_TRY(give(session, &DEM_VECTOR_AT(&p->answers, given_answer, i)));
  }
  return dem_session_run(session, NULL);
}

// Comparing ---------------------------------------------------------------------------

/// What a word of one session is in another. An unknown string becomes DEM_ABSENT.
static dem_word translate(const dem_session *from, const dem_session *to, dem_storage storage,
                          dem_word word)
{
  if (storage != DEM_STORAGE_STRING || word == DEM_ABSENT || word == DEM_OPEN) {
    return word;
  }
  const dem_symbol symbol =
      dem_symbols_find(to->symbols, dem_symbols_text(from->symbols, dem_word_symbol(word)));
  return dem_symbol_is_none(symbol) ? DEM_ABSENT : dem_word_of_symbol(symbol);
}

/// Whether an open value of a row stands for what another row has there.
static bool covers(const dem_word *open, const dem_word *words, uint32_t width)
{
  for (uint32_t i = 0; i < width; ++i) {
    if (open[i] != words[i] && open[i] != DEM_OPEN) {
      return false;
    }
  }
  return true;
}

/// Whether facts of another session hold a fact.
static bool holds(const path *p, const dem_session *from, const dem_facts *facts, dem_fact fact,
                  const dem_session *to, const dem_facts *others)
{
  const dem_relation *const r = &p->pack->model.relations[fact.relation];
  const dem_word *const row = dem_facts_row(facts, fact);
  dem_word words[DEM_MAX_FIELDS];
  for (uint32_t i = 0; i < r->field_count; ++i) {
    words[i] = translate(from, to, r->fields[i].type.storage, row[i]);
  }
  if (!dem_fact_is_none(dem_facts_find(others, fact.relation, words))) {
    return true;
  }
  for (uint32_t i = dem_facts_pack_count(others, fact.relation);
       i < dem_facts_count(others, fact.relation); ++i) {
    const dem_fact other = dem_facts_at(others, fact.relation, i);
    if (covers(dem_facts_row(others, other), words, r->field_count)) {
      return true;
    }
  }
  return false;
}

/// Which facts are compared.
typedef enum fact_choice { ALL_FACTS, SHOWN_FACTS } fact_choice;

/// The first fact of one session that another does not hold, or DEM_FACT_NONE.
static dem_fact find_missing(const path *p, const dem_session *from, const dem_facts *facts,
                             const dem_session *to, const dem_facts *others, fact_choice choice)
{
  const dem_model *const model = &p->pack->model;
  for (uint32_t i = 0; i < model->relation_count; ++i) {
    if (model->relations[i].is_hidden ||
        (choice == SHOWN_FACTS && model->relations[i].shows_as == DEM_SHOWS_NOTHING)) {
      continue;
    }
    for (uint32_t j = dem_facts_pack_count(facts, i); j < dem_facts_count(facts, i); ++j) {
      const dem_fact fact = dem_facts_at(facts, i, j);
      if (!holds(p, from, facts, fact, to, others)) {
        return fact;
      }
    }
  }
  return DEM_FACT_NONE;
}

// Telling -----------------------------------------------------------------------------

static void add_answers(path *p)
{
  const dem_model *const model = &p->pack->model;
  for (size_t i = 0; i < p->answers.count; ++i) {
    const given_answer *const answer = &DEM_VECTOR_AT(&p->answers, given_answer, i);
    dem_buffer_add_text(&p->details, i == 0 ? "with the answers " : ", ");
    dem_buffer_add(&p->details,
                   dem_symbols_text(model->symbols, model->questions[answer->question].field));
    dem_buffer_add_text(&p->details, ": ");
    dem_buffer_add_text(&p->details, answer->is_none ? "[]" : answer->text);
  }
  dem_buffer_add_char(&p->details, '\n');
}

static dem_status complain(path *p, const dem_session *session, dem_facts *facts, dem_fact fact,
                           const char *what)
{
  const dem_account account = {p->pack->program, session->symbols, facts};
  dem_buffer_reset(&p->message);
  dem_buffer_reset(&p->details);
  dem_account_fact(&account, fact, &p->message);
  dem_buffer_add_text(&p->message, what);
  add_answers(p);
  return dem_test_fail(p->run, p->index, &p->message, &p->details);
}

/// Compare one step with the next. `is_good` tells whether nothing was taken back.
static dem_status compare_steps(path *p, bool *is_good)
{
  const dem_evaluation *const before = &p->before->evaluation;
  const dem_evaluation *const after = &p->after->evaluation;
  *is_good = false;
  dem_fact fact = find_missing(p, p->before, before->certain, p->after, after->certain, ALL_FACTS);
  if (!dem_fact_is_none(fact)) {
    return complain(p, p->before, before->certain, fact, " was certain, and is not any more");
  }
  dem_facts *const possible = dem_evaluation_facts(after);
  fact = find_missing(p, p->after, possible, p->before, dem_evaluation_facts(before), ALL_FACTS);
  if (!dem_fact_is_none(fact)) {
    return complain(p, p->after, possible, fact, " was impossible, and is not any more");
  }
  *is_good = true;
  return DEM_OK;
}

/// What an answer to a question that does not matter changes, it should not.
static dem_status compare_ends(path *p, bool *is_good)
{
  dem_facts *const before = p->before->evaluation.certain;
  dem_facts *const after = dem_evaluation_facts(&p->after->evaluation);
  const dem_fact fact = find_missing(p, p->after, after, p->before, before, SHOWN_FACTS);
  *is_good = dem_fact_is_none(fact);
  return *is_good ? DEM_OK
                  : complain(p, p->after, after, fact,
                             " came by an answer to a question that is not asked");
}

// Answering ---------------------------------------------------------------------------

/// A number, date or text: any will do, but small ones, zero and none decide most.
static const char *sample(path *p, dem_type_kind kind)
{
  static const char *const integers[] = {"0", "1", "2", "7", "100", "-1"};
  static const char *const dates[] = {"1999-12-31", "2025-06-01", "2040-01-01"};
  static const char *const texts[] = {"x", "nothing", "zz"};
  switch (kind) {
  case DEM_TYPE_INTEGER:
  case DEM_TYPE_NUMBER:
    return integers[dem_shuffle_below(&p->shuffle, sizeof integers / sizeof *integers)];
  case DEM_TYPE_DATE:
    return dates[dem_shuffle_below(&p->shuffle, sizeof dates / sizeof *dates)];
  case DEM_TYPE_BOOLEAN:
    return dem_shuffle_below(&p->shuffle, 2) ? "true" : "false";
  case DEM_TYPE_SYMBOL:
  case DEM_TYPE_TEXT:
  case DEM_TYPE_ENUMERATION:
  case DEM_TYPE_REFERENCE:
    break;
  }
  return texts[dem_shuffle_below(&p->shuffle, sizeof texts / sizeof *texts)];
}

/// Choose an answer. Of a question with several answers "none" is one as well.
static dem_status choose(path *p, uint32_t question, given_answer *answer, bool *has_answer)
{
  const dem_question *const q = &p->pack->model.questions[question];
  dem_choices *choices = NULL;
  DEM_TRY(dem_choices_new(p->before, question, &choices));
  const size_t count = dem_choices_count(choices);
  const bool has_list =
      q->type.kind == DEM_TYPE_REFERENCE || q->type.kind == DEM_TYPE_ENUMERATION || count > 0;
  const size_t total = count + (q->is_many ? 1 : 0);
  *answer = (given_answer){.question = question};
  *has_answer = !has_list || total > 0;
  if (!has_list) {
    answer->text = sample(p, q->type.kind);
  } else if (total > 0) {
    const size_t chosen = dem_shuffle_below(&p->shuffle, (uint32_t)total);
    answer->is_none = chosen == count;
    answer->text =
        answer->is_none
            ? ""
            : dem_arena_copy(&p->arena, dem_slice_of(dem_choices_at(choices, chosen).value));
  }
  dem_choices_free(choices);
  return !*has_answer || answer->text ? DEM_OK : DEM_ERR_NO_MEMORY;
}

/// Answer one more question, and run on.
static dem_status step(path *p, uint32_t question, bool *has_answer)
{
  given_answer answer;
  DEM_TRY(choose(p, question, &answer, has_answer));
  if (!*has_answer) {
    return DEM_OK;
  }
  return dem_vector_add(&p->answers, &answer) ? run(p, p->after) : DEM_ERR_NO_MEMORY;
}

static void swap(path *p)
{
  dem_session *const session = p->before;
  p->before = p->after;
  p->after = session;
}

/// The question to ask next, or DEM_NONE.
static dem_status find_next(const path *p, uint32_t *question_out)
{
  const dem_questions *questions = NULL;
  DEM_TRY(dem_questions_new(p->before, &questions));
  *question_out = questions->count > 0 ? questions->items[0].question : DEM_NONE;
  dem_questions_free(questions);
  return DEM_OK;
}

/// Answer what matters, until nothing does.
static dem_status answer_all(path *p, bool *is_good)
{
  for (uint32_t i = 0; i < p->pack->model.question_count && *is_good; ++i) {
    uint32_t question;
    bool has_answer;
    DEM_TRY(find_next(p, &question));
    if (question == DEM_NONE) {
      return DEM_OK;
    }
    DEM_TRY(step(p, question, &has_answer));
    if (!has_answer) {
      *is_good = false; // No answer is to be had: the path ends here.
      return DEM_OK;
    }
    DEM_TRY(compare_steps(p, is_good));
    swap(p);
  }
  return DEM_OK;
}

/// Whether a question is open and could be asked. One whose `when` cannot hold is not: whoever
/// answers it all the same says more than was asked.
static bool could_be_asked(const path *p, uint32_t question)
{
  const dem_evaluation *const e = &p->before->evaluation;
  const uint32_t asked = p->pack->model.questions[question].asked;
  return dem_evaluation_is_open(e, &p->before->answers, question) &&
         (asked == DEM_NONE || dem_facts_count(dem_evaluation_facts(e), asked) > 0);
}

/// Answer what does not matter.
static dem_status answer_rest(path *p)
{
  bool is_good = true;
  for (uint32_t i = 0; i < p->pack->model.question_count && is_good; ++i) {
    bool has_answer = false;
    if (!could_be_asked(p, i)) {
      continue;
    }
    DEM_TRY(step(p, i, &has_answer));
    if (has_answer) {
      DEM_TRY(compare_ends(p, &is_good));
      swap(p);
    }
  }
  return DEM_OK;
}

static dem_status walk(path *p)
{
  bool is_good = true;
  DEM_TRY(run(p, p->before));
  DEM_TRY(answer_all(p, &is_good));
  return is_good ? answer_rest(p) : DEM_OK;
}

// The whole ---------------------------------------------------------------------------

static dem_status walk_test(path *p, size_t index)
{
  dem_dated_pack *dated;
  p->index = index;
  p->test = &DEM_VECTOR_AT(p->run->tests, dem_pack_test, index);
  DEM_TRY(dem_test_pack(p->run->packs, p->test, &dated));
  p->pack = dated->pack;
  dem_vector_reset(&p->answers);
  dem_arena_reset(&p->arena);
  dem_status status = dem_session_new(p->pack, &p->before);
  if (status == DEM_OK) {
    status = dem_session_new(p->pack, &p->after);
  }
  if (status == DEM_OK) {
    status = walk(p);
  }
  dem_session_free(p->before);
  dem_session_free(p->after);
  p->before = p->after = NULL;
  return status;
}

dem_status dem_test_refine(const dem_test_run *run, uint64_t seed)
{
  path p = {.run = run, .shuffle = dem_shuffle_new(seed)};
  dem_arena_init(&p.arena, run->allocator);
  dem_vector_init(&p.answers, run->allocator, sizeof(given_answer));
  dem_buffer_init(&p.message, run->allocator);
  dem_buffer_init(&p.details, run->allocator);
  dem_status status = DEM_OK;
  for (size_t i = 0; i < run->tests->count && status != DEM_ERR_NO_MEMORY; ++i) {
    const dem_test_verdict verdict = run->results[i].verdict;
    if (verdict == DEM_TEST_PASSED || verdict == DEM_TEST_FAILED) {
      status = walk_test(&p, i);
    }
  }
  dem_buffer_clear(&p.details);
  dem_buffer_clear(&p.message);
  dem_vector_clear(&p.answers);
  dem_arena_clear(&p.arena);
  return status;
}
