// SPDX-License-Identifier: Apache-2.0

// What a run makes of a test's expectations.

#include "advise/verdict.h"

#include "base/try.h"

enum {
  PROOF_DEPTH = 4,   // Levels of a proof that fit a screen
  MOST_NEAREST = 3,  // Facts that are nearly as expected
  MOST_RULES = 5,    // Rules that could have derived a fact
  MOST_SOURCES = 12, // Citations that were found instead
};

typedef struct judge {
  const dem_verdict_input *in;
  const dem_model *model;
  dem_vector *failures;
  dem_buffer message;
  dem_buffer details;
} judge;

// Matching ------------------------------------------------------------------------------

static bool term_matches(const judge *j, uint32_t relation, const dem_expected_term *term,
                         const dem_word *row)
{
  const dem_field *const field = &j->model->relations[relation].fields[term->field];
  const dem_word word = row[term->field];
  if (word == DEM_OPEN) {
    return true; // Any value: this one, too.
  }
  if (field->is_optional && word == DEM_ABSENT) {
    return false;
  }
  if (field->type.storage != DEM_STORAGE_STRING) {
    return word == term->word;
  }
  const dem_slice text = dem_symbols_text(j->in->account.symbols, dem_word_symbol(word));
  return dem_slice_is_equal(text, term->text);
}

/// How many of the terms a row agrees with.
static uint32_t count_matches(const judge *j, const dem_expected_fact *expected,
                              const dem_word *row)
{
  uint32_t count = 0;
  for (uint32_t i = 0; i < expected->term_count; ++i) {
    count += term_matches(j, expected->relation, &expected->terms[i], row);
  }
  return count;
}

/// The first fact that is certain and as expected, and how many there are.
static dem_fact find_certain(const judge *j, const dem_expected_fact *expected, uint32_t *count_out)
{
  const dem_facts *const facts = j->in->account.facts;
  const uint32_t count = dem_facts_count(facts, expected->relation);
  dem_fact first = DEM_FACT_NONE;
  *count_out = 0;
  for (uint32_t i = 0; i < count; ++i) {
    const dem_fact fact = dem_facts_at(facts, expected->relation, i);
    if (count_matches(j, expected, dem_facts_row(facts, fact)) == expected->term_count) {
      first = *count_out == 0 ? fact : first;
      ++*count_out;
    }
  }
  return first;
}

/// The first fact that is possible, not certain, and as expected, or DEM_FACT_NONE.
static dem_fact find_possible(const judge *j, const dem_expected_fact *expected)
{
  const dem_evaluation *const e = j->in->evaluation;
  const uint32_t count = e->is_open ? dem_facts_count(e->possible, expected->relation) : 0;
  for (uint32_t i = 0; i < count; ++i) {
    const dem_fact fact = dem_facts_at(e->possible, expected->relation, i);
    if (dem_evaluation_is_uncertain(e, fact) &&
        count_matches(j, expected, dem_facts_row(e->possible, fact)) == expected->term_count) {
      return fact;
    }
  }
  return DEM_FACT_NONE;
}

static bool is_asked(const judge *j, uint32_t question)
{
  for (size_t i = 0; i < j->in->questions->count; ++i) {
    if (j->in->questions->items[i].question == question) {
      return true;
    }
  }
  return false;
}

// Words -----------------------------------------------------------------------------------

static void add_symbol(dem_buffer *out, const judge *j, dem_symbol symbol)
{
  dem_buffer_add(out, dem_symbols_text(j->model->symbols, symbol));
}

/// "recommend {partner: ipu}"
static void add_expected(judge *j, const dem_expected_fact *expected)
{
  const dem_relation *const r = &j->model->relations[expected->relation];
  add_symbol(&j->message, j, r->name);
  dem_buffer_add_text(&j->message, " {");
  for (uint32_t i = 0; i < expected->term_count; ++i) {
    dem_buffer_add_text(&j->message, i ? ", " : "");
    add_symbol(&j->message, j, r->fields[expected->terms[i].field].name);
    dem_buffer_add_text(&j->message, ": ");
    dem_buffer_add(&j->message, expected->terms[i].text);
  }
  dem_buffer_add_char(&j->message, '}');
}

static dem_status finish(judge *j, dem_place place)
{
  if (j->message.has_failed || j->details.has_failed) {
    return DEM_ERR_NO_MEMORY;
  }
  const dem_test_failure failure = {
      .file = dem_files_name(j->in->files, place.file).bytes,
      .line = place.line,
      .column = place.column,
      .message = dem_arena_copy(j->in->arena, dem_buffer_slice(&j->message)),
      .details = dem_arena_copy(j->in->arena, dem_buffer_slice(&j->details))};
  DEM_TRY_MEMORY(failure.message);
  DEM_TRY_MEMORY(failure.details);
  dem_buffer_reset(&j->message);
  dem_buffer_reset(&j->details);
  return dem_vector_add(j->failures, &failure) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

// Why not -----------------------------------------------------------------------------------

/// How near a fact is to what is expected: whom it is about weighs more than how much.
static uint32_t nearness(const judge *j, const dem_expected_fact *expected, dem_fact fact)
{
  const dem_relation *const r = &j->model->relations[expected->relation];
  const dem_word *const row = dem_facts_row(dem_evaluation_facts(j->in->evaluation), fact);
  uint32_t sum = 0;
  for (uint32_t i = 0; i < expected->term_count; ++i) {
    const dem_expected_term *const term = &expected->terms[i];
    const bool is_reference = r->fields[term->field].type.kind == DEM_TYPE_REFERENCE;
    sum += term_matches(j, expected->relation, term, row) ? is_reference ? 4 : 1 : 0;
  }
  return sum;
}

/// The facts that agree with the most fields, if with any.
static void add_nearest(judge *j, const dem_expected_fact *expected)
{
  dem_account widest = j->in->account;
  widest.facts = dem_evaluation_facts(j->in->evaluation);
  const dem_account *const account = &widest;
  const uint32_t count = dem_facts_count(account->facts, expected->relation);
  uint32_t best = 0;
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t near =
        nearness(j, expected, dem_facts_at(account->facts, expected->relation, i));
    best = near > best ? near : best;
  }
  if (best == 0 && (count == 0 || count > MOST_NEAREST)) {
    dem_buffer_add_format(&j->details,
                          count == 0 ? "there is no such fact at all\n"
                                     : "none of its %u facts is near that\n",
                          (unsigned)count);
    return;
  }
  uint32_t shown = 0;
  for (uint32_t i = 0; i < count && shown <= MOST_NEAREST; ++i) {
    const dem_fact fact = dem_facts_at(account->facts, expected->relation, i);
    if (nearness(j, expected, fact) == best) {
      if (shown++ < MOST_NEAREST) {
        dem_buffer_add_text(&j->details, best > 0 ? "nearest: " : "found: ");
        dem_account_line(account, fact, &j->details);
        dem_buffer_add_char(&j->details, '\n');
      }
    }
  }
  if (shown > MOST_NEAREST) {
    dem_buffer_add_text(&j->details, "nearest: …\n");
  }
}

/// Whether a conclusion may give a fact as expected: its constants agree.
static bool could_conclude(const judge *j, const dem_conclusion *conclusion,
                           const dem_expected_fact *expected)
{
  if (conclusion->relation != expected->relation) {
    return false;
  }
  dem_word row[DEM_MAX_FIELDS];
  for (uint32_t i = 0; i < j->model->relations[expected->relation].field_count; ++i) {
    row[i] = conclusion->outputs[i].word;
  }
  for (uint32_t i = 0; i < expected->term_count; ++i) {
    const dem_expected_term *const term = &expected->terms[i];
    if (conclusion->outputs[term->field].kind == DEM_OUTPUT_WORD &&
        !term_matches(j, expected->relation, term, row)) {
      return false;
    }
  }
  return true;
}

static bool could_derive(const judge *j, const dem_rule *rule, const dem_expected_fact *expected)
{
  for (uint32_t i = 0; i < rule->conclusion_count; ++i) {
    if (could_conclude(j, &rule->conclusions[i], expected)) {
      return true;
    }
  }
  return false;
}

static void add_rules(judge *j, const dem_expected_fact *expected)
{
  uint32_t count = 0;
  for (uint32_t i = 0; i < j->model->rule_count; ++i) {
    const dem_rule *const rule = &j->model->rules[i];
    if (!could_derive(j, rule, expected)) {
      continue;
    }
    if (count++ < MOST_RULES) {
      dem_buffer_add_text(&j->details, count == 1 ? "could come from " : "             or ");
      add_symbol(&j->details, j, rule->id);
      dem_buffer_add_text(&j->details, " (");
      dem_account_place(j->model, rule->place, &j->details);
      dem_buffer_add_text(&j->details, ")\n");
    }
  }
  if (count > MOST_RULES) {
    dem_buffer_add_format(&j->details, "             or from %u more rules\n",
                          (unsigned)(count - MOST_RULES));
  } else if (count == 0) {
    dem_buffer_add_text(&j->details, "no rule could conclude it\n");
  }
}

static dem_status miss(judge *j, const dem_expected_fact *expected, const char *what)
{
  add_expected(j, expected);
  dem_buffer_add_text(&j->message, what);
  add_nearest(j, expected);
  add_rules(j, expected);
  return finish(j, expected->place);
}

/// A fact that should not be, with its proof.
/// @param facts  That it is one of: the certain or the possible ones.
static dem_status object(judge *j, const dem_expected_fact *expected, dem_facts *facts,
                         dem_fact fact, uint32_t count, const char *what)
{
  dem_account account = j->in->account;
  account.facts = facts;
  add_expected(j, expected);
  dem_buffer_add_text(&j->message, what);
  DEM_TRY(dem_account_proof(&account, fact, 0, PROOF_DEPTH, &j->details));
  if (count > 1) {
    dem_buffer_add_format(&j->details, "and %u more like it\n", (unsigned)(count - 1));
  }
  return finish(j, expected->place);
}

// Expectations --------------------------------------------------------------------------------

static dem_status judge_fact(judge *j, const dem_expected_fact *expected)
{
  uint32_t count = 0;
  const dem_fact certain = find_certain(j, expected, &count);
  const dem_fact possible = find_possible(j, expected);
  const bool is_certain = !dem_fact_is_none(certain);
  const bool is_possible = !dem_fact_is_none(possible);
  dem_facts *const facts = j->in->account.facts;
  dem_facts *const other = j->in->evaluation->possible;
  switch (expected->expected) {
  case DEM_EXPECTED_CERTAIN:
    if (is_certain) {
      return DEM_OK;
    }
    return is_possible ? object(j, expected, other, possible, 1, " is possible, but not certain")
                       : miss(j, expected, " does not hold");
  case DEM_EXPECTED_POSSIBLE:
    if (is_certain) {
      return object(j, expected, facts, certain, count, " is certain, not only possible");
    }
    return is_possible ? DEM_OK : miss(j, expected, " is not possible");
  case DEM_EXPECTED_NEVER:
    if (is_certain) {
      return object(j, expected, facts, certain, count, " holds, which should never be");
    }
    return is_possible
               ? object(j, expected, other, possible, 1, " is possible, which should never be")
               : DEM_OK;
  }
  return DEM_OK;
}

/// Whether `id` is the source that is expected, or (without a section) any section of it.
static bool is_cited_as(const dem_expected_citation *cite, const char *id)
{
  const size_t size = cite->text.size;
  return strncmp(id, cite->text.bytes, size) == 0 &&
         (id[size] == '\0' || (cite->citation.section == DEM_NONE && id[size] == '/'));
}

static dem_status judge_citation(judge *j, const dem_expected_citation *cite)
{
  const dem_advice *const advice = j->in->advice;
  for (size_t i = 0; i < advice->source_count; ++i) {
    if (is_cited_as(cite, advice->sources[i].id)) {
      return DEM_OK;
    }
  }
  dem_buffer_add(&j->message, cite->text);
  dem_buffer_add_text(&j->message, " is not cited");
  for (size_t i = 0; i < advice->source_count && i < MOST_SOURCES; ++i) {
    dem_buffer_add_text(&j->details, i == 0 ? "cited are: " : "           ");
    dem_buffer_add_text(&j->details, advice->sources[i].id);
    dem_buffer_add_char(&j->details, '\n');
  }
  if (advice->source_count > MOST_SOURCES) {
    dem_buffer_add_format(&j->details, "           and %zu more\n",
                          advice->source_count - MOST_SOURCES);
  } else if (advice->source_count == 0) {
    dem_buffer_add_text(&j->details, "the advice cites nothing\n");
  }
  return finish(j, cite->place);
}

static dem_status judge_question(judge *j, const dem_expected_question *ask)
{
  if (is_asked(j, ask->question)) {
    return DEM_OK;
  }
  bool has_any = false;
  dem_buffer_add_char(&j->message, '\'');
  add_symbol(&j->message, j, j->model->questions[ask->question].field);
  dem_buffer_add_text(&j->message, "' is not asked");
  for (uint32_t i = 0; i < j->model->question_count; ++i) {
    if (is_asked(j, i)) {
      dem_buffer_add_text(&j->details, has_any ? ", " : "asked are: ");
      add_symbol(&j->details, j, j->model->questions[i].field);
      has_any = true;
    }
  }
  dem_buffer_add_text(&j->details, has_any ? "\n" : "nothing is asked\n");
  return finish(j, ask->place);
}

static dem_status judge_all(judge *j, const dem_pack_test *test)
{
  for (size_t i = 0; i < test->facts.count; ++i) {
    DEM_TRY(judge_fact(j, &DEM_VECTOR_AT(&test->facts, dem_expected_fact, i)));
  }
  for (size_t i = 0; i < test->cites.count; ++i) {
    DEM_TRY(judge_citation(j, &DEM_VECTOR_AT(&test->cites, dem_expected_citation, i)));
  }
  for (size_t i = 0; i < test->asks.count; ++i) {
    DEM_TRY(judge_question(j, &DEM_VECTOR_AT(&test->asks, dem_expected_question, i)));
  }
  return DEM_OK;
}

dem_status dem_verdict_find(const dem_verdict_input *input, const dem_pack_test *test,
                            dem_vector *failures)
{
  judge j = {.in = input, .model = dem_program_model(input->account.program), .failures = failures};
  dem_buffer_init(&j.message, input->arena->allocator);
  dem_buffer_init(&j.details, input->arena->allocator);
  const dem_status status = judge_all(&j, test);
  dem_buffer_clear(&j.message);
  dem_buffer_clear(&j.details);
  return status;
}
