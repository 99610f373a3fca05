// SPDX-License-Identifier: Apache-2.0

// The questions that matter, written for people or programs: gathers what stands
// beside each; the rest is render/questionnaire.c.

#include "api/handles.h"
#include "base/try.h"
#include "demarche/questions.h"
#include "render/questionnaire.h"
#include "render/sink.h"

static void clear(const dem_session *session, dem_asked *items, size_t count)
{
  const dem_allocator a = session->budget.source;
  for (size_t i = 0; items && i < count; ++i) {
    dem_choices_free(items[i].choices);
  }
  if (items) {
    (void)a.resize(a.context, items, (count + 1) * sizeof *items, 0);
  }
}

static dem_status gather(const dem_session *session, const dem_questions *questions, size_t count,
                         dem_asked *items)
{
  for (size_t i = 0; i < count; ++i) {
    const dem_open_question *const open = &questions->items[i];
    items[i] = (dem_asked){
        .info = dem_pack_question_in(session->pack, open->question, session->names->language),
        .open = open};
  }
  for (size_t i = 0; i < count; ++i) {
    DEM_TRY(dem_choices_new(session, questions->items[i].question, &items[i].choices));
  }
  return DEM_OK;
}

static dem_status render(const dem_questionnaire *questionnaire, const dem_questions_form *form,
                         const dem_session *session, dem_write_function write, void *context)
{
  dem_sink sink;
  dem_sink_init(&sink, session->budget.source, write, context);
  switch (form->format) {
  case DEM_QUESTIONS_TEXT:
    dem_questionnaire_text(questionnaire, form, &sink.buffer);
    break;
  case DEM_QUESTIONS_JSON:
    dem_questionnaire_json(questionnaire, &sink.buffer);
    break;
  }
  const dem_status status = dem_sink_flush(&sink);
  dem_sink_clear(&sink);
  return status;
}

/// How many of them are asked for. Those that were deferred come last.
static size_t count_of(const dem_questions *questions, const dem_questions_form *form)
{
  if (!form->is_first_only) {
    return questions->count;
  }
  return questions->count > 0 && !questions->items[0].is_deferred;
}

dem_status dem_questions_render(const dem_session *session, const dem_questions *questions,
                                const dem_questions_form *form, dem_write_function write,
                                void *context)
{
  static const dem_questions_form usual = {.format = DEM_QUESTIONS_TEXT, .width = 80};
  const dem_questions_form *const f = form ? form : &usual;
  const dem_allocator a = session->budget.source;
  const size_t count = count_of(questions, f);
  dem_asked *const items = a.resize(a.context, NULL, 0, (count + 1) * sizeof *items);
  dem_status status = items ? gather(session, questions, count, items) : DEM_ERR_NO_MEMORY;
  if (status == DEM_OK) {
    const dem_questionnaire questionnaire = {.language = session->names->language,
                                             .pack_name = dem_pack_name(session->pack),
                                             .pack_version = dem_pack_version(session->pack),
                                             .pack_sha256 = dem_pack_sha256(session->pack),
                                             .date = dem_pack_date(session->pack),
                                             .certain_count = questions->certain_count,
                                             .possible_count = questions->possible_count,
                                             .open_count = questions->count,
                                             .count = count,
                                             .items = items};
    status = render(&questionnaire, f, session, write, context);
  }
  clear(session, items, count);
  return status;
}
