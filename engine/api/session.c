// SPDX-License-Identifier: Apache-2.0

// The session's handle: answers → facts → the fixpoint, and what follows from it.

#include "advise/advice.h"
#include "api/handles.h"
#include "base/hot.h"
#include "base/try.h"
#include "lang/scalar.h"

dem_status dem_session_new(const dem_pack *pack, dem_session **session_out)
{
  const dem_allocator source = pack->allocator;
  dem_session *const s = source.resize(source.context, NULL, 0, sizeof *s);
  *session_out = NULL;
  DEM_TRY_MEMORY(s);
  *s = (dem_session){.pack = pack, .names = dem_pack_names(pack, pack->language)};
  // What it begins with hangs on the pack alone: it is counted, but never too much.
  const dem_allocator allocator = s->allocator = dem_budget_init(&s->budget, source, 0);
  dem_files_init(&s->files, source);
  dem_report_init(&s->report, source, &s->files);
  dem_buffer_init(&s->text, allocator);
  s->symbols = dem_symbols_new(allocator, dem_program_symbols(pack->program));
  const bool has_facts = s->symbols && dem_evaluation_init(&s->evaluation, allocator, pack->program,
                                                           s->symbols) == DEM_OK;
  s->facts = s->evaluation.certain;
  if (!has_facts || dem_answers_init(&s->answers, allocator, pack->program, s->names, s->symbols,
                                     &s->report.diagnostics) != DEM_OK) {
    dem_session_free(s);
    return DEM_ERR_NO_MEMORY;
  }
  s->budget.most = pack->limits.max_memory;
  *session_out = s;
  return DEM_OK;
}

dem_status dem_session_settle(dem_session *session, dem_status status)
{
  return dem_budget_settle(&session->budget, status, &session->report.diagnostics);
}

bool dem_session_is_full(const dem_session *session)
{
  return session->budget.is_reached;
}

void dem_session_free(dem_session *session)
{
  if (!session) {
    return;
  }
  dem_adviser_free(session->adviser);
  dem_answers_clear(&session->answers);
  dem_evaluation_clear(&session->evaluation);
  dem_symbols_free(session->symbols);
  dem_buffer_clear(&session->text);
  dem_report_clear(&session->report);
  dem_files_clear(&session->files);
  const dem_allocator source = session->budget.source;
  (void)source.resize(source.context, session, sizeof *session, 0);
}

void dem_session_reset(dem_session *session)
{
  dem_answers_reset(&session->answers);
  dem_evaluation_reset(&session->evaluation);
  dem_symbols_reset(session->symbols);
  dem_diagnostics_reset(&session->report.diagnostics);
  dem_files_reset(&session->files);
  session->report.files = &session->files;
  session->profile_id = DEM_SLICE("");
  session->budget.is_reached = false;
}

const dem_report *dem_session_report(const dem_session *session)
{
  return &session->report;
}

// Answers -----------------------------------------------------------------------------

dem_status dem_session_answer(dem_session *session, uint32_t question, const char *const *answers,
                              size_t count)
{
  return dem_session_settle(session, dem_answers_take(&session->answers, question, answers, count));
}

dem_status dem_session_leave_open(dem_session *session, uint32_t question)
{
  dem_answers_set(&session->answers, question, DEM_ANSWER_UNKNOWN, DEM_PLACE_NONE);
  return DEM_OK;
}

dem_status dem_session_set_profile(dem_session *session, const dem_profiles *profiles, size_t index)
{
  const dem_node *const root = DEM_VECTOR_AT(&profiles->roots, const dem_node *, index);
  session->report.files = (dem_files *)(uintptr_t)&profiles->files;
  session->profile_id = dem_slice_of(dem_profiles_id(profiles, index));
  const dem_status status = dem_session_settle(session, dem_answers_read(&session->answers, root));
  dem_diagnostics_sort(&session->report.diagnostics, session->report.files);
  return session->report.diagnostics.has_failed ? DEM_ERR_NO_MEMORY : status;
}

/// What went wrong in a rule is told with the rule's lines, of which the session keeps a copy: the
/// pack is shared. `first`: the first diagnostic of the run.
static void locate_in_pack(dem_session *session, size_t first)
{
  const dem_files *const files = &session->pack->model.files;
  dem_vector *const items = &session->report.diagnostics.items;
  for (size_t i = first; i < items->count; ++i) {
    dem_place *const place = &DEM_VECTOR_AT(items, dem_diagnostic, i).place;
    if (!dem_place_is_none(*place)) {
      place->file = dem_files_add(&session->files, dem_files_name(files, place->file),
                                  dem_files_bytes(files, place->file));
    }
  }
  session->report.files = &session->files;
}

dem_status dem_session_run(dem_session *session, const dem_limits *limits)
{
  const size_t before = session->report.diagnostics.items.count;
  session->budget.most = (limits ? limits : &session->pack->limits)->max_memory;
  dem_status status = dem_evaluation_give(&session->evaluation, &session->answers);
  if (status == DEM_OK) {
    status =
        dem_evaluation_run(&session->evaluation, &session->answers,
                           limits ? limits : &session->pack->limits, &session->report.diagnostics);
    if (status != DEM_OK) {
      locate_in_pack(session, before);
    }
  }
  status = dem_session_settle(session, status);
  return session->report.diagnostics.has_failed ? DEM_ERR_NO_MEMORY : status;
}

// Facts -------------------------------------------------------------------------------

static dem_fact fact_of(dem_fact_handle handle)
{
  return (dem_fact){handle.relation, handle.row};
}

uint32_t dem_session_fact_count(const dem_session *session, uint32_t relation)
{
  return dem_facts_count(session->facts, relation);
}

uint32_t dem_session_own_facts(const dem_session *session, uint32_t relation)
{
  return dem_facts_pack_count(session->facts, relation);
}

dem_fact_handle dem_session_fact(const dem_session *session, uint32_t relation, uint32_t index)
{
  const dem_fact fact = dem_facts_at(session->facts, relation, index);
  return (dem_fact_handle){fact.relation, fact.row};
}

const char *dem_session_fact_text(dem_session *session, dem_fact_handle fact, uint32_t field)
{
  const dem_word word = dem_facts_row(session->facts, fact_of(fact))[field];
  const dem_storage storage =
      session->pack->model.relations[fact.relation].fields[field].type.storage;
  if (word == DEM_ABSENT) {
    return "";
  }
  if (storage == DEM_STORAGE_STRING) {
    return dem_symbols_text(session->symbols, dem_word_symbol(word)).bytes;
  }
  dem_buffer_reset(&session->text);
  dem_word_write(session->symbols, storage, word, &session->text);
  dem_buffer_add_char(&session->text, '\0');
  return session->text.has_failed ? "" : session->text.bytes;
}

uint32_t dem_session_fact_rule(const dem_session *session, dem_fact_handle fact)
{
  return dem_facts_justify(session->facts, fact_of(fact)).rule;
}

uint32_t dem_session_fact_support_count(const dem_session *session, dem_fact_handle fact)
{
  return dem_facts_justify(session->facts, fact_of(fact)).fact_count;
}

dem_fact_handle dem_session_fact_support(const dem_session *session, dem_fact_handle fact,
                                         uint32_t index)
{
  const dem_justification why = dem_facts_justify(session->facts, fact_of(fact));
  const dem_fact support = dem_justification_fact(&why, index);
  return (dem_fact_handle){support.relation, support.row};
}

// Advice ------------------------------------------------------------------------------

static dem_advice_input advice_input(dem_session *session)
{
  return (dem_advice_input){.allocator = session->allocator,
                            .program = session->pack->program,
                            .names = session->names,
                            .symbols = session->symbols,
                            .evaluation = &session->evaluation,
                            .answers = &session->answers,
                            .date = session->pack->date,
                            .profile_id = session->profile_id};
}

dem_status dem_advice_new(dem_session *session, const dem_advice **advice_out)
{
  return dem_advice_new_with(session, NULL, advice_out);
}

dem_status dem_advice_new_with(dem_session *session, const dem_advice_options *options,
                               const dem_advice **advice_out)
{
  dem_advice_input input = advice_input(session);
  input.options = options ? *options : (dem_advice_options){0};
  return dem_session_settle(session, dem_advice_build(&input, advice_out));
}

static dem_status advise(dem_session *session, const dem_advice_input *input,
                         const dem_advice **advice_out)
{
  *advice_out = NULL;
  if (!session->adviser) {
    DEM_TRY(dem_session_settle(session, dem_adviser_new(input, &session->adviser)));
  }
  return dem_session_settle(session, dem_adviser_build(session->adviser, input, advice_out));
}

dem_status dem_session_advise_with(dem_session *session, const dem_advice_options *options,
                                   const dem_advice **advice_out)
{
  dem_advice_input input = advice_input(session);
  input.options = options ? *options : (dem_advice_options){0};
  return advise(session, &input, advice_out);
}

dem_status dem_session_advise(dem_session *session, const dem_advice **advice_out)
{
  return dem_session_advise_with(session, NULL, advice_out);
}

dem_status dem_session_advise_briefly(dem_session *session, const dem_advice **advice_out)
{
  dem_advice_input input = advice_input(session);
  input.is_brief = true;
  return advise(session, &input, advice_out);
}
